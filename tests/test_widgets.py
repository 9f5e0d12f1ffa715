"""What the frontend is given, and what it may ask of the record."""

import re

import pytest

from secondsight import widgets
from secondsight.record import Record
from secondsight.widgets import ProgressFileWidget, QuizWidget, quiz_data

ATTEMPT = {
    "id": "one", "item": "which-ache", "item_version": "abc", "lesson": "first", "answer": ["b"], "score": 1.0,
    "certainty": "sure", "hints": 0, "seconds": 12.4, "at": "2026-11-22T10:15:00Z", "place": "jupyter",
}  # fmt: skip


@pytest.fixture
def record(tmp_path) -> Record:
    return Record(tmp_path / "record.sqlite3")


@pytest.fixture
def quiz(small_read, record) -> QuizWidget:
    return QuizWidget(small_read, "first-before", record)


def asked(widget, message: dict) -> dict:
    """The widget's one reply to a message of the frontend."""
    replies = []
    widget.send = replies.append
    widget._heard(widget, message, [])
    (reply,) = replies
    return reply


def test_a_quiz_is_given_whole(small_read):
    data = quiz_data(small_read, "first-before")
    assert (data["id"], data["lesson"], data["title"], data["says"]) == (
        "first-before", "first", "First thoughts", "Have a go.",
    )  # fmt: skip
    first, second = data["items"]
    assert first["version"] == small_read.items["which-ache"].version
    assert [option["correct"] for option in first["options"]] == [False, True]
    assert first["hints"] == ["Think of time.", "Think of weeks."]
    assert first["sources"] == [{"label": "Ward book 2025", "href": "https://example.org/ward-book"}]
    assert [source["label"] for source in first["options"][0]["sources"]] == ["Ward book 2025", "Old letter"]
    assert first["options"][1]["sources"] == []
    assert second["answers"] == "several"


def test_an_answer_is_kept_and_shown_and_confirmed(quiz, record):
    assert asked(quiz, {"do": "keep", "to": "7", "attempts": [ATTEMPT]}) == {"to": "7", "fresh": 1}
    assert [attempt.id for attempt in record.attempts()] == ["one"]
    assert [attempt["id"] for attempt in quiz.attempts] == ["one"]
    assert asked(quiz, {"do": "keep", "to": "8", "attempts": [ATTEMPT]}) == {"to": "8", "fresh": 0}


def test_a_quiz_shows_the_answers_given_before_and_only_its_own(small_read, quiz, record):
    other = {**ATTEMPT, "id": "two", "item": "legs-when"}
    asked(quiz, {"do": "keep", "to": "1", "attempts": [ATTEMPT, other]})
    again = QuizWidget(small_read, "first-before", Record(record.path))
    assert [attempt["id"] for attempt in again.attempts] == ["one"]


def test_all_attempts_are_given_out(quiz):
    asked(quiz, {"do": "keep", "to": "1", "attempts": [ATTEMPT]})
    reply = asked(quiz, {"do": "all", "to": "2"})
    assert (reply["to"], reply["attempts"]) == ("2", [ATTEMPT])


def test_a_loaded_progress_file_wakes_the_lessons_quizzes(quiz, record):
    panel = ProgressFileWidget(record, [quiz])
    assert asked(panel, {"do": "keep", "to": "1", "attempts": [ATTEMPT]})["fresh"] == 1
    assert [attempt["id"] for attempt in quiz.attempts] == ["one"]


@pytest.mark.parametrize(
    "message",
    [
        {"do": "keep", "to": "1"},
        {"do": "keep", "to": "1", "attempts": None},
        {"do": "keep", "to": "1", "attempts": [{}]},
        {"do": "keep", "to": "1", "attempts": ["x"]},
        {"do": "keep", "to": "1", "attempts": [ATTEMPT, {**ATTEMPT, "id": "two", "score": 7}]},
    ],
    ids=str,
)
def test_an_answer_that_is_none_is_refused_whole_and_in_words(quiz, record, message):
    reply = asked(quiz, message)
    assert "was not understood, so it was not kept" in reply["error"]
    assert reply["to"] == "1"
    assert record.attempts() == []


def test_a_record_that_cannot_be_written_is_said_and_the_quiz_still_opens(small_read, unwritable):
    quiz = QuizWidget(small_read, "first-before", Record(unwritable / "record.sqlite3"))
    assert quiz.attempts == []
    assert len(quiz.quiz["items"]) == 2
    reply = asked(quiz, {"do": "keep", "to": "1", "attempts": [ATTEMPT]})
    assert "could not be kept on this machine" in reply["error"]
    assert "could not be read" in asked(quiz, {"do": "all", "to": "2"})["error"]


def test_the_widget_bundle_asks_no_other_host():
    text = (widgets.STATIC / "widget.js").read_text(encoding="utf-8")
    assert text
    assert not re.search(r"""(import|from|src|href|fetch\()\s*\(?=?["'`]?https?:""", text)
