"""Marked phrases: what stands in square brackets, and every way to get that wrong."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from secondsight.course.marks import segments

READ = {
    "": [],
    "no marks": [("no marks", False)],
    "[all]": [("all", True)],
    "a [b] c": [("a ", False), ("b", True), (" c", False)],
    "[a][b]": [("a", True), ("b", True)],
    "a\n[b\nc] d": [("a\n", False), ("b\nc", True), (" d", False)],
}


@pytest.mark.parametrize(("text", "pieces"), READ.items(), ids=map(ascii, READ))
def test_a_text_is_read_in_its_pieces(text, pieces):
    assert segments(text) == pieces


WRONG = {
    "a [b [c] d]": "has a mark inside the mark '[b'; close the first with ']' before the next",
    "a [b] c]": "closes a mark after 'c' that was never opened; add its '['",
    "]": "closes a mark after '' that was never opened; add its '['",
    "a [b": "opens a mark at '[b' and never closes it; add its ']'",
    "a [b] c [": "opens a mark at '[' and never closes it; add its ']'",
    "a [] b": "has a mark with no words in it; put the phrase between '[' and ']'",
    "a [ \n] b": "has a mark with no words in it; put the phrase between '[' and ']'",
    "[a [b": "has a mark inside the mark '[a'; close the first with ']' before the next",
    f"[{'x' * 99}": f"opens a mark at '[{'x' * 40}' and never closes it; add its ']'",
}


@pytest.mark.parametrize(("text", "says"), WRONG.items(), ids=map(ascii, WRONG))
def test_marks_that_do_not_pair_nest_or_hold_nothing_are_named(text, says):
    with pytest.raises(PydanticCustomError) as caught:
        segments(text)
    assert str(caught.value) == says


WELL_MARKED = re.compile(r"(?:[^][]|\[[^][]*[^][\s][^][]*\])*")


@given(st.text("ab[] \n", max_size=20))
def test_a_text_is_read_whole_or_refused(text):
    try:
        pieces = segments(text)
    except PydanticCustomError:
        assert not WELL_MARKED.fullmatch(text)
        return
    assert WELL_MARKED.fullmatch(text)
    assert "".join(f"[{piece}]" if marked else piece for piece, marked in pieces) == text
    assert all(piece for piece, _ in pieces)
