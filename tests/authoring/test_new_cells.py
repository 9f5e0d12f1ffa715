"""Notebooks from the template, and cells that are put into those that are there."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from secondsight.authoring import notebooks
from secondsight.course.notebook import parse

ROOT = Path(__file__).parents[2]
REAL = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(text: str) -> list[dict]:
    return json.loads(text)["cells"]


def test_the_template_is_a_notebook_with_every_part_of_a_lesson():
    nbformat.validate(nbformat.read(notebooks.TEMPLATE, as_version=4))
    text = notebooks.from_template("rest", "Rest", "Sit.", "Notice.", ["a", "b"])
    read = parse(text, "rest.ipynb")
    assert [call.verb for cell in read.cells for call in cell.calls] == [
        *("start", "quiz", "key_points", "quiz", "sources")
    ]
    assert read.cells[0].source.startswith("# Rest\n\nSit.\n\n<button data-commandlinker-command=")
    assert read.cells[0].source.endswith("\n\n*Notice.*")
    assert 'ss.key_points("a", "b")' in text.replace('\\"', '"')
    assert "{" not in "".join(cell.source for cell in read.cells)
    hidden = [cell for cell in cells(text) if cell["cell_type"] == "code"]
    assert all(cell["metadata"] == {"jupyter": {"source_hidden": True}} and not cell["outputs"] for cell in hidden)


def test_what_an_author_writes_is_no_place_of_the_template():
    text = notebooks.from_template("rest", "{opening}", "{title} {facts}", "{lesson}", [])
    assert "".join(cells(text)[0]["source"]).startswith("# {opening}\n\n{title} {facts}\n\n<button")
    assert "*{lesson}*" in "".join(cells(text)[0]["source"])


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_cell_more_changes_nothing_else_in_a_real_notebook(path):
    before = path.read_text(encoding="utf-8")
    after = notebooks.with_cell(before, "A heading", "new-cell", 'ss.case("x")')
    fresh = [cell for cell in cells(after) if cell not in cells(before)]
    assert [cell["id"] for cell in fresh] == ["new-cell-text", "new-cell"]
    assert [cell for cell in cells(after) if cell not in fresh] == cells(before)
    start = next(number for number, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    assert after.endswith(before[start:].lstrip()[-200:])
    assert {key: value for key, value in json.loads(after).items() if key != "cells"} == {
        key: value for key, value in json.loads(before).items() if key != "cells"
    }


def test_there_are_real_notebooks():
    assert len(REAL) >= 20


def test_a_cell_stands_after_the_last_that_asks_something():
    bone = (ROOT / "notebooks" / "05-bone.ipynb").read_text(encoding="utf-8")
    ids = [cell["id"] for cell in cells(notebooks.with_cell(bone, "", "new", 'ss.case("x")'))]
    assert ids[ids.index("new") - 1] == "bone-after"
    assert ids.index("new") < ids.index("bone-recap")


def test_a_cells_id_is_one_of_its_own():
    once = notebooks.with_cell(notebooks.from_template("r", "R", "O", "N", ["a"]), "", "r-points", "ss.actions()")
    assert [cell["id"] for cell in cells(once)].count("r-points-2") == 1


def test_key_points_are_named_by_their_headings_and_take_one_more():
    bone = (ROOT / "notebooks" / "05-bone.ipynb").read_text(encoding="utf-8")
    named = notebooks.point_cells(bone)
    assert named["bone-feel-points"] == "What a person may feel"
    after = notebooks.with_fact(bone, "bone-feel-points", "new-fact")
    assert after == bone.replace('\\"bone-fracture\\")', '\\"bone-fracture\\", \\"new-fact\\")', 1)
