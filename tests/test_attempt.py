"""What is an attempt, and what is none."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from secondsight.attempt import in_order, read_lines
from some_attempts import ATTEMPTS, attempt


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 1.5}, {"score": -0.1}, {"score": float("nan")}, {"hints": -1}, {"hints": 2**53 + 1}, {"seconds": -1},
        {"seconds": float("inf")}, {"certainty": "certain"}, {"place": "moon"}, {"id": ""}, {"id": "x" * 201},
        {"answer": ["a"] * 51}, {"answer": "a"}, {"at": "yesterday"}, {"at": "2026-11-22T10:15:00"},
        {"item": None}, {"item": "\ud800"}, {"text": "x" * 4001}, {"text": ["x"]}, {"score": "high"},
        {"sitting": ""}, {"sitting": "x" * 201}, {"at": "0001-01-01T00:00:00+02:00"},
        {"at": "9999-12-31T23:59:59-02:00"},
    ],
    ids=str,
)  # fmt: skip
def test_an_attempt_that_is_none_is_refused(wrong):
    with pytest.raises(ValidationError):
        attempt(**wrong)


@pytest.mark.parametrize(
    "right",
    [
        {"score": None}, {"certainty": None}, {"answer": []}, {"text": ""}, {"text": "x" * 4000},
        {"answer": ["a"] * 50}, {"sitting": "check-1"}, {"hints": 2**53}, {"seconds": 1.7e308}, {"item": "a\0b"},
    ],
    ids=lambda right: str(right)[:30],
)  # fmt: skip
def test_what_some_kinds_of_item_need_is_let_in(right):
    ((field, value),) = right.items()
    assert getattr(attempt(**right), field) == value


def test_an_attempt_of_the_version_before_has_no_words_and_no_sitting():
    assert (attempt().text, attempt().sitting) == (None, None)


def test_what_a_later_version_adds_to_an_attempt_is_passed_over():
    assert attempt(mood="fine") == attempt()


def test_an_attempt_has_a_field_for_words_and_sitting_only_where_it_has_them():
    """The frontend takes a field that is empty for something that is no attempt."""
    assert not {"text", "sitting"} & set(attempt().model_dump(mode="json"))
    whole = attempt(text="Most pass.", sitting="check-1").model_dump(mode="json")
    assert (whole["text"], whole["sitting"]) == ("Most pass.", "check-1")
    assert attempt(score=None, certainty=None).model_dump(mode="json")["score"] is None


@pytest.mark.parametrize(
    "at", ["2026-11-22T10:15:00+02:00", "2026-11-22T03:15:00-05:00", "2026-11-22T08:15:00Z", "2026-11-22T08:15:00.000Z"]
)
def test_a_time_is_the_same_moment_in_utc(at):
    """Texts of times in several zones would not sort."""
    moment = attempt(at=at).at
    assert (moment, moment.utcoffset()) == (datetime(2026, 11, 22, 8, 15, tzinfo=UTC), UTC.utcoffset(None))
    assert json.loads(attempt(at=at).model_dump_json())["at"] == "2026-11-22T08:15:00Z"


def test_attempts_are_in_the_order_of_their_time_then_of_their_ids():
    late, other, early = attempt("a", at="2026-11-23T00:00:00Z"), attempt("c"), attempt("b")
    assert sorted([late, other, early], key=in_order) == [early, other, late]


@given(ATTEMPTS)
def test_a_line_gives_back_its_attempt(given):
    assert read_lines([given.model_dump_json().encode()]) == [given]


ONE, TWO = (attempt(id).model_dump_json().encode() for id in ("one", "two"))
NO_ATTEMPTS = [
    b"", b"{}", b"null", b"[]", b"7", b'"one"', b"{", b"]", b"[", b"}", b",", b"\xff", b"\0", ONE[:-1], ONE[1:],
    ONE + b"," + TWO, ONE + TWO, b"[" + ONE + b"]", ONE + b"],[" + TWO, b"[" * 5000, ONE.replace(b"1.0", b"7.0"),
    ONE.replace(b"abc", b"\xe9"), ONE.replace(b"abc", b"\\ud800"),
]  # fmt: skip


@given(st.lists(st.sampled_from([ONE, TWO, *NO_ATTEMPTS]), max_size=12))
def test_a_line_without_an_attempt_spoils_no_other(lines):
    expected = {ONE: attempt("one"), TWO: attempt("two")}
    assert read_lines(lines) == [expected.get(line) for line in lines]


@pytest.mark.parametrize("line", NO_ATTEMPTS, ids=lambda line: ascii(line)[:30])
def test_a_line_that_holds_no_attempt_gives_none(line):
    assert read_lines([line]) == [None]
    assert read_lines([ONE, line, TWO]) == [attempt("one"), None, attempt("two")]


def test_lines_that_are_json_only_together_give_none():
    assert read_lines([ONE[:-1], b'"x": 1}']) == [None, None]
    assert read_lines(iter([])) == []


def test_an_attempt_cannot_be_changed():
    with pytest.raises(ValidationError):
        attempt().score = 0.0
