"""Notebooks read without running them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsight.course.notebook import Call, NotebookProblem, calls_in, is_lesson_code, parse
from small_course import cell, notebook

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def test_cells_keep_number_id_kind_and_calls():
    read = parse(notebook(cell("markdown", "a", "# A"), cell("code", "b", 'ss.quiz("x")')), "notebooks/a.ipynb")
    assert [(c.number, c.id, c.kind, c.name) for c in read.cells] == [
        (1, "a", "markdown", "1 (a)"),
        (2, "b", "code", "2 (b)"),
    ]
    assert read.cells[1].calls == (Call("quiz", ("x",)),)


def test_a_source_in_lines_is_joined():
    text = notebook(cell("markdown", "a", "x")).replace('"x"', '["# A\\n", "b"]')
    assert parse(text, "a.ipynb").cells[0].source == "# A\nb"


def test_a_call_in_markdown_is_only_text():
    assert parse(notebook(cell("markdown", "a", 'ss.quiz("x")')), "a.ipynb").cells[0].calls == ()


def test_a_cell_of_no_known_kind_is_named():
    with pytest.raises(NotebookProblem, match="cell 2 is of no known kind"):
        parse(notebook(cell("markdown", "a", "x"), cell("heading", "b", "x")), "a.ipynb")


@pytest.mark.parametrize(
    ("source", "calls"),
    [
        ('import secondsight as ss; ss.start("bone")', [("start", ("bone",))]),
        ('ss.key_points("a", "b")\nss.actions()', [("key_points", ("a", "b")), ("actions", ())]),
        ("# only a comment", []),
        ("", []),
    ],
)
def test_lesson_code_names_parts_and_does_no_more(source, calls):
    assert is_lesson_code(source)
    assert [(call.verb, call.arguments) for call in calls_in(source)] == calls


@pytest.mark.parametrize(
    "source",
    [
        "ss = None",
        "x = ss.quiz",
        'ss.quiz("a" + "b")',
        'ss.quiz(*["a"])',
        'ss.quiz(id="a")',
        'ss.quiz("a"); print(1)',
        "import os",
        "import secondsight",
        "import secondsight as os",
        "import secondsight as ss, os",
        "from secondsight import quiz",
        'ss.quiz("a").x',
        'ss.course.quiz("a")',
        "%matplotlib inline",
        "!ls",
        "ss.quiz(",
        'for q in ["a"]: ss.quiz(q)',
        'ss.quiz("a") if True else 1',
        "ss.quiz(1)",
        "a\0b",
        "(" * 5000,
        'ss.quiz(f"{x}")',
        'exec("ss = 1")',
        "ss.quiz = print",
        "del ss",
        "import secondsight.lesson as ss",
    ],
)
def test_any_other_code_is_no_lesson_code(source):
    assert not is_lesson_code(source)


@given(JSON)
def test_any_json_is_a_notebook_or_refused_in_words(value):
    for raw in (value, {"nbformat": 4, "cells": value}, {"nbformat": 4, "cells": [value]}):
        try:
            parse(json.dumps(raw), "a.ipynb")
        except NotebookProblem as problem:
            assert str(problem)


@given(st.dictionaries(st.sampled_from(["id", "source", "metadata", "outputs", "attachments"]), JSON))
def test_a_cell_with_odd_fields_is_read_or_refused_in_words(odd):
    for kind in ("markdown", "code", "raw"):
        try:
            read = parse(notebook({"cell_type": kind, **odd}), "a.ipynb")
        except NotebookProblem:
            continue
        assert isinstance(read.cells[0].source, str)


@pytest.mark.parametrize("kind", ["markdown", "code"])
def test_a_broken_character_is_refused_when_it_is_read(kind):
    # Half of a pair of surrogates is valid JSON, but can be written to no page.
    with pytest.raises(NotebookProblem):
        parse(notebook(cell(kind, "a", "# \ud800")), "a.ipynb")
