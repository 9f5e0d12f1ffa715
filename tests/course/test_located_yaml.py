"""YAML to values with their lines; whatever the text, only a YamlProblem with a line may come of it."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from secondsight.course.located_yaml import DEEPEST, YamlProblem, parse

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20)
TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


def problem_of(text: str) -> YamlProblem:
    with pytest.raises(YamlProblem) as caught:
        parse(text)
    return caught.value


@given(TREES.filter(lambda tree: not isinstance(tree, str)))
def test_what_was_written_is_read_back_as_text(tree):
    written = yaml.safe_dump(tree, allow_unicode=True, default_style='"')
    assert parse(written).value == tree


@given(st.text(max_size=200) | st.text("abc:-[]{}&*!|>'\"#%@`\n\t ?,", max_size=200))
def test_any_text_is_read_or_refused_at_a_line_of_it(text):
    try:
        parse(text)
    except YamlProblem as problem:
        assert 1 <= problem.line <= len(text.splitlines()) + 2
        assert problem.says


@pytest.mark.parametrize("word", ["no", "yes", "null", "~", "12", "1e3", "2026-01-10", "0x1F", "true"])
def test_a_plain_word_stays_text(word):
    assert parse(f"a: {word}").value == {"a": word}


def test_each_part_knows_its_line():
    text = "facts:\n  - id: one\n    says: >-\n      long\n      text\n  - id: two\n    sources: [x,\n      y]\n"
    located = parse(text)
    assert located.line(("facts",)) == 1
    assert located.line(("facts", 0, "says")) == 3
    assert located.line(("facts", 1)) == 6
    assert located.line(("facts", 1, "sources", 1)) == 8


def test_a_part_that_is_not_there_has_the_line_of_what_holds_it():
    located = parse("facts:\n  - id: one\n  - id: two\n")
    assert located.line(("facts", 1, "says")) == 3


def test_a_syntax_error_is_at_its_line():
    problem = problem_of("a: 1\nb:\n  c: 2\n d: 3\n")
    assert problem.line == 4
    assert "indentation" in problem.says


def test_a_key_given_twice_is_at_the_second():
    problem = problem_of("a: 1\nb: 2\na: 3\n")
    assert problem.line == 3
    assert "'a' is given twice" in problem.says


def test_an_alias_bomb_is_refused_before_it_grows():
    bomb = 'a: &a ["x", "x"]\n' + "".join(f"{n}: &{n} [*{chr(ord(n) - 1)}, *{chr(ord(n) - 1)}]\n" for n in "bcdefghij")
    problem = problem_of(bomb)
    assert problem.line == 1
    assert "anchors" in problem.says


@pytest.mark.parametrize("text", ["*x : 1", "a: *x", "- *x"])
def test_an_alias_alone_is_refused(text):
    assert problem_of(text).line == 1


def test_a_tag_is_refused():
    assert "tag" in problem_of("a: !!python/object/apply:os.system [ls]").says


@pytest.mark.parametrize("text", ["[" * 50_000, "- " * 50_000, "a: " + "{b: " * 3000], ids=["flow", "block", "fields"])
def test_endless_nesting_is_refused(text):
    assert f"more than {DEEPEST} deep" in problem_of(text).says


def test_a_field_whose_name_is_a_list_is_refused():
    assert "plain word" in problem_of("a: 1\n? [b]\n: 2\n").says


@pytest.mark.parametrize("before", ["plain: text\n", "größe: naïve “quotes”\n"])
def test_a_control_character_is_at_its_line(before):
    assert problem_of(before * 50 + "bad: \x01\n" + "a: b\n" * 50).line == 51


@pytest.mark.parametrize("rest", ["---\nb: 2\n", "...\n---\nb: 2\n"])
def test_a_second_document_is_refused_and_not_lost(rest):
    assert problem_of("a: 1\n" + rest).line >= 2


def test_text_after_the_document_is_refused_and_not_lost():
    problem_of("{a: 1}\nb: 2\n")


def test_an_empty_file_holds_nothing():
    assert parse("").value is None
    assert parse("# only a comment\n").value is None
