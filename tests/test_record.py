"""Attempts kept on this machine."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from secondsight.record import Attempt, Record, RecordError, default_path


def attempt(id: str = "one", **changed) -> Attempt:
    return Attempt.model_validate(
        {
            "id": id,
            "item": "which-ache",
            "item_version": "abc",
            "lesson": "first",
            "answer": ["b"],
            "score": 1.0,
            "certainty": "sure",
            "hints": 0,
            "seconds": 12.4,
            "at": "2026-11-22T10:15:00Z",
            "place": "jupyter",
            **changed,
        }
    )


ZONES = [timezone(timedelta(hours=hours)) for hours in (-5, 0, 2)]
TEXTS = st.text(min_size=1, max_size=200)
ATTEMPTS = st.builds(
    Attempt,
    id=TEXTS, item=TEXTS, item_version=TEXTS, lesson=TEXTS, answer=st.lists(TEXTS, max_size=8),
    score=st.none() | st.floats(0, 1), hints=st.integers(0, 9),
    certainty=st.sampled_from([None, "guessing", "fairly-sure", "sure"]),
    seconds=st.floats(0, 1e9), at=st.datetimes(datetime(2000, 1, 1), timezones=st.sampled_from(ZONES)),
    place=st.sampled_from(["jupyter", "page"]), text=st.none() | st.text(max_size=4000),
)  # fmt: skip


@given(st.lists(ATTEMPTS, max_size=8, unique_by=lambda each: each.id))
def test_what_is_kept_is_read_back_in_the_order_it_was_made(tmp_path_factory, attempts):
    record = Record(tmp_path_factory.mktemp("record") / "record.sqlite3")
    assert record.keep(attempts) == len(attempts)
    read = record.attempts()
    assert {each.id: each for each in read} == {each.id: each for each in attempts}
    moments = [each.at for each in read]
    assert moments == sorted(moments)


def test_an_attempt_survives_reopening(tmp_path):
    path = tmp_path / "record.sqlite3"
    Record(path).keep([attempt()])
    assert Record(path).attempts() == [attempt()]


def test_an_attempt_known_already_counts_once_and_stays_as_it_was(tmp_path):
    record = Record(tmp_path / "record.sqlite3")
    assert record.keep([attempt("a"), attempt("b")]) == 2
    assert record.keep([attempt("b", score=0.0), attempt("c"), attempt("c")]) == 1
    assert [(each.id, each.score) for each in record.attempts()] == [("a", 1.0), ("b", 1.0), ("c", 1.0)]


def test_attempts_at_given_items_alone_are_read(tmp_path):
    record = Record(tmp_path / "record.sqlite3")
    record.keep([attempt("a"), attempt("b", item="legs-when"), attempt("c", item="other")])
    assert [each.id for each in record.attempts(["which-ache", "legs-when"])] == ["a", "b"]
    assert record.attempts([]) == []


def test_two_lessons_can_keep_at_the_same_time(tmp_path):
    path = tmp_path / "record.sqlite3"
    Record(path).keep([])
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda n: Record(path).keep([attempt(f"{n}-{m}") for m in range(5)]), range(16)))
    assert kept == [5] * 16
    assert len(Record(path).attempts()) == 80


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 1.5}, {"score": -0.1}, {"score": float("nan")}, {"hints": -1}, {"seconds": -1},
        {"seconds": float("inf")}, {"certainty": "certain"}, {"place": "moon"}, {"id": ""}, {"id": "x" * 201},
        {"answer": ["a"] * 51}, {"answer": "a"}, {"at": "yesterday"}, {"at": "2026-11-22T10:15:00"},
        {"item": None}, {"item": "\ud800"}, {"text": "x" * 4001}, {"text": ["x"]}, {"score": "high"},
    ],
    ids=str,
)  # fmt: skip
def test_an_attempt_that_is_none_is_refused(wrong):
    with pytest.raises(ValidationError):
        attempt(**wrong)


@pytest.mark.parametrize(
    "right",
    [{"score": None}, {"certainty": None}, {"answer": []}, {"text": ""}, {"text": "x" * 4000}, {"answer": ["a"] * 50}],
    ids=lambda right: str(right)[:30],
)
def test_what_some_kinds_of_item_need_is_let_in(right):
    ((field, value),) = right.items()
    assert getattr(attempt(**right), field) == value


def test_an_attempt_of_the_version_before_has_no_words():
    assert attempt().text is None


def test_what_a_later_version_adds_to_an_attempt_is_passed_over():
    assert attempt(mood="fine") == attempt()


def test_the_record_lives_where_secondsight_home_says(own_home):
    assert default_path() == own_home / "record.sqlite3"
    Record().keep([attempt()])
    assert (own_home / "record.sqlite3").is_file()


def test_without_secondsight_home_it_lives_in_the_users_own_data(monkeypatch, tmp_path):
    monkeypatch.delenv("SECONDSIGHT_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_path().is_relative_to(tmp_path)


def test_a_home_that_cannot_be_written_is_said_in_words(monkeypatch, unwritable):
    monkeypatch.setenv("SECONDSIGHT_HOME", str(unwritable))
    with pytest.raises(RecordError, match=r"could not be kept on this machine .* save your progress to a file"):
        Record().keep([attempt()])
    with pytest.raises(RecordError, match="could not be read"):
        Record().attempts()


def test_a_damaged_file_is_said_in_words_and_left_as_it_is(tmp_path):
    path = tmp_path / "record.sqlite3"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(RecordError, match="could not be kept"):
        Record(path).keep([attempt()])
    with pytest.raises(RecordError, match="could not be read"):
        Record(path).attempts()
    assert path.read_bytes() == b"this is no database" * 100


def test_one_damaged_row_does_not_hide_the_others(tmp_path):
    path = tmp_path / "record.sqlite3"
    Record(path).keep([attempt("a"), attempt("b")])
    with sqlite3.connect(path) as connection:
        connection.execute("""update attempts set body = '{"of": "a later version"}' where id = 'a'""")
    assert [each.id for each in Record(path).attempts()] == ["b"]


def test_attempts_are_kept_all_or_none(tmp_path):
    path = tmp_path / "record.sqlite3"
    Record(path).keep([attempt("a")])
    with sqlite3.connect(path) as connection:
        connection.execute(
            "create trigger full before insert on attempts when new.id = 'c'"
            " begin select raise(abort, 'disk full'); end"
        )
    with pytest.raises(RecordError, match="disk full"):
        Record(path).keep([attempt("b"), attempt("c")])
    assert [each.id for each in Record(path).attempts()] == ["a"]


def test_the_time_of_an_attempt_keeps_its_zone(tmp_path):
    record = Record(tmp_path / "record.sqlite3")
    record.keep([attempt("later", at="2026-11-22T10:00:00+02:00"), attempt("last", at="2026-11-22T09:00:00Z")])
    first, last = record.attempts()
    assert (first.id, last.id) == ("later", "last")
    assert first.at == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_an_attempt_has_a_field_for_words_only_where_it_has_words():
    """The frontend takes a field that is empty for something that is no attempt."""
    assert "text" not in attempt().model_dump(mode="json")
    assert attempt(text="Most pass.").model_dump(mode="json")["text"] == "Most pass."
    assert attempt(score=None, certainty=None).model_dump(mode="json")["score"] is None
