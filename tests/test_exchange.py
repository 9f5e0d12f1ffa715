"""What the frontend may ask of the record: keep, save, load, erase, a message at a time."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsight import exchange, progress_file, record_file
from secondsight.exchange import NOT_UNDERSTOOD, Exchange
from secondsight.record_file import Record
from some_attempts import RECORDS, attempt, many, saved

COURSE = "small"


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch) -> None:
    """As in a kernel that has just begun."""
    monkeypatch.setattr(exchange, "_told", set())
    monkeypatch.setattr(record_file, "_unkept", {})


@pytest.fixture
def record(tmp_path) -> Record:
    return Record(tmp_path / "record.sqlite3")


@pytest.fixture
def talk(record) -> Exchange:
    return Exchange(record, COURSE)


def as_sent(*attempts) -> list[dict]:
    """Attempts as the frontend sends them."""
    return [json.loads(each.model_dump_json()) for each in attempts]


def keep(talk: Exchange, *attempts) -> dict:
    return talk.answer({"do": "keep", "to": "1", "attempts": as_sent(*attempts)})


def save(talk: Exchange) -> list[str]:
    """The pieces of a progress file, each asked for where the one before ended."""
    pieces, start = [], 0
    while start is not None:
        reply = talk.answer({"do": "save", "to": "s", "from": start})
        assert set(reply) == {"to", "text", "next"}, reply
        assert reply["next"] is None or reply["next"] > start
        pieces.append(reply["text"])
        start = reply["next"]
    return pieces


def load(talk: Exchange, *pieces: str, load: str = "l") -> dict:
    """The reply to the last piece of a file, or to the first that is refused."""
    for n, piece in enumerate(pieces, 1):
        reply = talk.answer({"do": "load", "to": str(n), "load": load, "text": piece, "last": n == len(pieces)})
        assert reply["to"] == str(n)
        if n < len(pieces):
            if "error" in reply:
                return reply
            assert reply == {"to": str(n)}
    return reply


def written(record: Record) -> str:
    out = io.BytesIO()
    progress_file.write(record.stream, COURSE, out)
    return out.getvalue().decode()


def cut(text: str, places: list[int]) -> list[str]:
    """A text in pieces, cut at these places."""
    ends = sorted({min(place, len(text)) for place in places} | {0, len(text)})
    return [text[start:end] for start, end in pairwise(ends)] or [""]


def test_an_answer_is_kept_and_known_the_second_time(talk, record):
    assert keep(talk, attempt("one"), attempt("two")) == {"to": "1", "fresh": 2}
    assert keep(talk, attempt("one"), attempt("three")) == {"to": "1", "fresh": 1}
    assert [each.id for each in record.attempts()] == ["one", "three", "two"]


def test_a_file_that_is_saved_is_the_one_that_the_command_writes(talk, record):
    keep(talk, *many(20))
    assert "".join(save(talk)) == written(record)


def test_a_file_of_nothing_is_a_head(talk):
    (text,) = save(talk)
    (head,) = text.splitlines()
    assert (json.loads(head)["course"], json.loads(head)["count"]) == (COURSE, 0)


@pytest.mark.parametrize("piece", [1, 64, 1000, 4096])
def test_a_file_of_several_pieces_is_put_together_whole(talk, record, monkeypatch, piece):
    """Each piece ends with a line, so that no character is cut."""
    monkeypatch.setattr(exchange, "PIECE", piece)
    words = "“é” 🩺 – ß" * 9
    keep(talk, *(attempt(f"id-{n}-é", text=f"{words[n:]}") for n in range(40)))
    pieces = save(talk)
    assert len(pieces) > (2 if piece > 1000 else 10)
    assert all(each.endswith("\n") for each in pieces)
    assert "".join(pieces) == written(record)


def test_a_large_file_travels_in_pieces_as_it_is_set(talk, record):
    record.keep(many(6_000))
    pieces = save(talk)
    assert len(pieces) >= 2
    assert max(map(len, pieces)) < 2 * exchange.PIECE
    assert "".join(pieces) == written(record)


def test_what_is_answered_while_a_file_is_saved_is_in_the_next_file(talk, monkeypatch):
    """A file is one look at the record: its head tells how many answers follow."""
    monkeypatch.setattr(exchange, "PIECE", 300)
    keep(talk, *many(10))
    first = talk.answer({"do": "save", "to": "1", "from": 0})
    keep(talk, *many(3, "late"))
    rest, start = [], first["next"]
    while start is not None:
        reply = talk.answer({"do": "save", "to": "1", "from": start})
        rest.append(reply["text"])
        start = reply["next"]
    head, *lines = "".join([first["text"], *rest]).splitlines()
    assert json.loads(head)["count"] == len(lines) == 10
    assert len("".join(save(talk)).splitlines()) == 14


def test_a_save_that_was_left_half_way_does_not_spoil_the_next(talk, record, monkeypatch):
    monkeypatch.setattr(exchange, "PIECE", 300)
    keep(talk, *many(10))
    assert talk.answer({"do": "save", "to": "1", "from": 0})["next"]
    keep(talk, *many(2, "late"))
    assert "".join(save(talk)) == written(record)


def test_a_file_that_is_loaded_says_what_became_of_it(talk, record):
    keep(talk, attempt("a-0000001"))
    reply = load(talk, saved(many(3), COURSE).decode())
    assert reply["taken"] == {
        "fresh": 2, "known": 1, "unread": 0, "missing": 0, "changed": False, "future": 0,
    }  # fmt: skip
    assert len(record.attempts()) == 3


@given(RECORDS, st.lists(st.integers(0, 3000), max_size=8))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_saved_and_loaded_elsewhere_a_record_is_the_same_however_the_file_is_cut(tmp_path_factory, attempts, places):
    """Also where a piece ends within a line, or between two halves of what is one character elsewhere."""
    folder = tmp_path_factory.mktemp("two")
    here, there = Record(folder / "here.sqlite3"), Record(folder / "there.sqlite3")
    here.keep(attempts)
    text = "".join(save(Exchange(here, COURSE)))
    reply = load(Exchange(there, COURSE), *cut(text, places))
    assert reply["taken"]["fresh"] == len(attempts), reply
    assert reply["taken"]["changed"] is False
    assert there.attempts() == here.attempts()


def test_a_file_cut_into_its_characters_is_taken_whole(talk, record):
    text = saved([attempt("é🩺", text="“so” – é")], COURSE).decode()
    taken = load(talk, *text)["taken"]
    assert taken == {"fresh": 1, "known": 0, "unread": 0, "missing": 0, "changed": False, "future": 0}
    assert record.attempts() == [attempt("é🩺", text="“so” – é")]


def test_nothing_reaches_the_record_before_the_last_piece(talk, record):
    text = saved(many(50), COURSE).decode()
    assert talk.answer({"do": "load", "to": "1", "load": "a", "text": text, "last": False}) == {"to": "1"}
    assert record.attempts() == []
    assert talk.answer({"do": "load", "to": "2", "load": "a", "text": "", "last": True})["taken"]["fresh"] == 50
    assert len(record.attempts()) == 50


WRONG = {
    "no progress file": ("hello\n", "This is not a progress file of this course."),
    "empty": ("", "This is not a progress file of this course."),
    "a list": ("[]\n", "This is not a progress file of this course."),
    "a head without its end": ('{"format":', "This is not a progress file of this course."),
    "another course": (saved(many(2), "other").decode(), "belongs to another course (“other”)"),
    "a newer version": (
        saved(many(2), COURSE).decode().replace('"version": 2', '"version": 3'),
        "made by a newer version of the course",
    ),
    "lone surrogates": ("\ud800\udc00\n", "This is not a progress file of this course."),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_one_sentence_and_changes_nothing(talk, record, text, says):
    keep(talk, attempt("mine"))
    reply = load(talk, *cut(text, [7, 40]))
    assert set(reply) == {"to", "error"}
    assert says in reply["error"]
    assert reply["error"].endswith("Nothing was changed.")
    assert [each.id for each in record.attempts()] == ["mine"]
    # The right file under the same name is taken as if nothing had been.
    assert load(talk, saved(many(2), COURSE).decode())["taken"]["fresh"] == 2


def test_what_is_no_attempt_is_counted_and_the_rest_is_taken(talk, record):
    text = saved(many(3), COURSE).decode()
    head, first, *rest = text.splitlines()
    reply = load(talk, "\n".join([head, first, "<b>no attempt</b>", *rest[1:]]) + "\n")
    assert {key: reply["taken"][key] for key in ("fresh", "unread", "changed")} == {
        "fresh": 2, "unread": 1, "changed": True,
    }  # fmt: skip
    assert len(record.attempts()) == 2


def test_two_files_loaded_at_once_do_not_mix(talk, record):
    """A second window, or a file chosen again before the first was through."""
    texts = {name: cut(saved(many(count, name), COURSE).decode(), [40, 500]) for name, count in (("a", 5), ("b", 8))}
    replies = {}
    for n in range(3):
        for name, pieces in texts.items():
            message = {"do": "load", "to": name, "load": name, "text": pieces[n], "last": n == 2}
            replies[name] = talk.answer(message)
    assert {name: reply["taken"]["fresh"] for name, reply in replies.items()} == {"a": 5, "b": 8}
    assert not any(reply["taken"]["changed"] for reply in replies.values())
    assert len(record.attempts()) == 13


def test_a_wrong_file_beside_a_right_one_spoils_only_itself(talk):
    one, two = cut(saved(many(4), COURSE).decode(), [300])
    assert talk.answer({"do": "load", "to": "1", "load": "a", "text": one}) == {"to": "1"}
    assert "error" in talk.answer({"do": "load", "to": "2", "load": "b", "text": "no\n"})
    assert talk.answer({"do": "load", "to": "3", "load": "a", "text": two, "last": True})["taken"]["fresh"] == 4


def test_erasing_says_how_many_there_were_and_leaves_nothing(talk, record):
    keep(talk, *many(5))
    assert talk.answer({"do": "erase", "to": "9"}) == {"to": "9", "erased": 5}
    assert record.attempts() == []
    assert talk.answer({"do": "erase", "to": "9"}) == {"to": "9", "erased": 0}
    assert len("".join(save(talk)).splitlines()) == 1


ONE = as_sent(attempt())[0]
MALFORMED = {
    "no attempts": {"do": "keep"},
    "attempts that are nothing": {"do": "keep", "attempts": None},
    "attempts that are a number": {"do": "keep", "attempts": 3},
    "an empty attempt": {"do": "keep", "attempts": [{}]},
    "an attempt that is a word": {"do": "keep", "attempts": ["x"]},
    "a score too high": {"do": "keep", "attempts": [ONE, {**ONE, "id": "two", "score": 7}]},
    "a time without a zone": {"do": "keep", "attempts": [{**ONE, "at": "2026-11-22T10:15:00"}]},
    "a time of no year": {"do": "keep", "attempts": [{**ONE, "at": "0001-01-01T00:00:00+14:00"}]},
    "a place that is none": {"do": "keep", "attempts": [{**ONE, "place": "moon"}]},
    "save without a start": {"do": "save"},
    "save from a word": {"do": "save", "from": "x"},
    "save from nothing": {"do": "save", "from": None},
    "load without a text": {"do": "load", "load": "a"},
    "load without a name": {"do": "load", "text": "x"},
    "load under a list": {"do": "load", "load": [], "text": "x"},
}


@pytest.mark.parametrize("message", MALFORMED.values(), ids=MALFORMED)
def test_a_message_that_is_none_is_one_sentence_and_changes_nothing(talk, record, message):
    keep(talk, attempt("mine"))
    assert talk.answer({**message, "to": "7"}) == {"to": "7", "error": NOT_UNDERSTOOD}
    assert [each.id for each in record.attempts()] == ["mine"]
    assert len("".join(save(talk)).splitlines()) == 2


def test_a_record_that_cannot_be_written_is_said_once_and_the_answers_are_still_in_the_file(unwritable):
    talk = Exchange(Record(unwritable / "record.sqlite3"), COURSE)
    first = keep(talk, attempt("one"))
    assert "Your answer could not be kept on this machine (" in first["error"]
    assert "save your progress to a file" in first["error"]
    assert keep(talk, attempt("two")) == {"to": "1", "fresh": 0}
    # Another activity of the same lesson has a record of its own to the same file.
    other = Exchange(Record(unwritable / "record.sqlite3"), COURSE)
    assert keep(other, attempt("three")) == {"to": "1", "fresh": 0}
    for each in (talk, other):
        head, *lines = "".join(save(each)).splitlines()
        assert [json.loads(line)["id"] for line in lines] == ["one", "three", "two"]
        assert json.loads(head)["count"] == 3


def test_what_cannot_be_loaded_or_erased_is_said_each_time(unwritable):
    """Somebody asked for that, so silence would be taken for success."""
    talk = Exchange(Record(unwritable / "record.sqlite3"), COURSE)
    text = saved(many(3), COURSE).decode()
    for _ in range(2):
        reply = load(talk, text)
        assert "could not be kept on this machine" in reply["error"]
        assert reply["error"].endswith("Nothing was changed.")
        assert "could not all be erased" in talk.answer({"do": "erase", "to": "1"})["error"]


def damage(path: Path) -> None:
    Record(path).keep([attempt("before")])
    path.write_bytes(b"no record " * 1000)


def test_a_damaged_record_is_said_once_with_where_it_was_set_aside(record, talk):
    damage(record.path)
    reply = keep(talk, attempt("one"))
    (aside,) = record.path.parent.glob("record.damaged-*.sqlite3")
    assert reply["fresh"] == 1
    assert "was damaged" in reply["error"]
    assert f"set aside as {aside}," in reply["error"]
    assert aside.read_bytes().startswith(b"no record")
    assert keep(talk, attempt("two")) == {"to": "1", "fresh": 1}
    assert [each.id for each in record.attempts()] == ["one", "two"]


def test_a_record_damaged_again_is_said_again(record, talk):
    damage(record.path)
    first = keep(talk, attempt("one"))["error"]
    damage(record.path)
    second = keep(talk, attempt("two"))["error"]
    assert first != second
    assert len(list(record.path.parent.glob("record.damaged-*.sqlite3"))) == 2


@pytest.mark.parametrize(
    "message",
    [
        {"do": "save", "from": -5},
        {"do": "load", "load": "a", "text": 3},
        {"do": "load", "load": "a", "text": None},
        {"do": "dance"},
        {"do": None},
        {"do": ["keep"]},
        {},
    ],
    ids=str,
)
def test_a_message_of_another_shape_is_one_sentence(talk, record, message):
    keep(talk, attempt("mine"))
    assert talk.answer({**message, "to": "7"}) == {"to": "7", "error": NOT_UNDERSTOOD}
    assert [each.id for each in record.attempts()] == ["mine"]


def full(*_, **__):
    raise OSError(28, "No space left on device")


def test_a_file_is_given_out_where_the_disk_has_no_room_for_it(talk, monkeypatch):
    """A full disk is when the file is needed most."""
    keep(talk, attempt("mine"))
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    reply = talk.answer({"do": "save", "to": "7", "from": 0})
    assert (reply["next"], '"id":"mine"' in reply["text"]) == (None, True)


def test_a_file_that_there_is_no_room_for_is_one_sentence(talk, monkeypatch):
    keep(talk, attempt("mine"))
    monkeypatch.setattr(exchange, "SpooledTemporaryFile", full)
    reply = talk.answer({"do": "save", "to": "7", "from": 0})
    assert set(reply) == {"to", "error"}
    assert "No space left on device" in reply["error"]


def test_files_that_were_broken_off_are_forgotten(talk):
    for number in range(20):
        assert talk.answer({"do": "load", "to": "1", "load": f"load-{number}", "text": ""}) == {"to": "1"}
    assert len(talk._loading) <= exchange.LOADS
