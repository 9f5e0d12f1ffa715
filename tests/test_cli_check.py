"""``secondsight check``: what must be mended, what is worth a look, and what it shows when asked."""

from __future__ import annotations

import datetime
import sys

import pytest

from secondsight import link_check
from secondsight.cli import check, main
from secondsight.cli.check import NOTES
from secondsight.course.advice import so_many
from secondsight.link_check import Links
from test_cli import break_in_many_places


@pytest.fixture
def on(monkeypatch):
    """Set the day on which the check is made."""

    def set_to(today: datetime.date) -> None:
        class Date(datetime.date):
            @classmethod
            def today(cls) -> datetime.date:
                return today

        monkeypatch.setattr(check, "date", Date)

    set_to(datetime.date(2026, 3, 1))
    return set_to


def asked(capsys, small, *options: str) -> tuple[int, str, str]:
    status = main(["check", "--course", str(small.root), *options])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_notes_stand_under_their_heading_above_the_last_line_and_fail_nothing(small, on, capsys):
    status, out, err = asked(capsys, small)
    assert (status, err) == (0, "")
    heading, *notes, blank, last = out.splitlines()
    assert (heading, blank, last) == (NOTES, "", "8 lessons, 3 facts, 14 items: nothing to mend.")
    assert len(notes) > 3
    assert all(": lesson '" in note or ": item '" in note for note in notes)


def test_problems_stand_above_the_notes_and_only_they_are_counted(small, on, capsys):
    small.edit("content/facts/aches.yaml", "seed: [S01]", "seed: [S01, S99]")
    status, out, err = asked(capsys, small)
    assert (status, err) == (1, "\n1 to mend.\n")
    problem, blank, heading, *notes = out.splitlines()
    assert "names the statement 'S99'" in problem
    assert (blank, heading) == ("", NOTES)
    assert notes
    assert "nothing to mend" not in out.partition(NOTES)[2]


def test_a_date_that_has_passed_fails_nothing(small, on, capsys):
    on(datetime.date(2031, 1, 1))
    status, out, _ = asked(capsys, small)
    assert status == 0
    assert "content/course.yaml:2: was to be reviewed by 2027-01-10, 1,452 days ago; review it\n" in out
    assert out.endswith(": nothing to mend.\n")


def test_where_nothing_is_worth_a_look_there_is_no_heading(small, on, capsys, monkeypatch):
    monkeypatch.setattr("secondsight.course.advice.notes", lambda course, today: [])
    assert asked(capsys, small) == (0, "8 lessons, 3 facts, 14 items: nothing to mend.\n", "")


def test_reading_is_shown_as_a_table_with_a_word_on_what_it_means(small, on, capsys):
    status, out, _ = asked(capsys, small, "--reading")
    assert status == 0
    lines = out.splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("lesson "))
    assert lines[head].split() == ["lesson", "words", "in", "a", "sentence", "LIX", "grade"]
    rows = [line.split() for line in lines[head + 1 : head + 9]]
    assert [row[0] for row in rows] == [
        *("first", "second", "third", "fourth", "again", "finish", "standing", "certificate"),
    ]
    assert all(int(row[1]) > 0 for row in rows)
    assert lines[head + 9] == ""
    assert "LIX adds the words of a sentence to the long words" in out
    assert "Clinical words count as hard ones" in out


def test_reading_is_shown_of_a_broken_course_as_far_as_it_can(small, on, capsys):
    break_in_many_places(small)
    status, out, err = asked(capsys, small, "--reading")
    assert status == 1
    assert "Traceback" not in err
    assert any(line.startswith("first ") for line in out.splitlines())


def test_reading_names_a_lesson_much_harder_than_the_others(small, on, capsys):
    easy = "We see him. He is well. She can go home. It is late now. " * 12
    for name in ("01-second.ipynb", "02-third.ipynb", "03-fourth.ipynb"):
        small.add_cell(name, "markdown", "easy", easy)
    hard = "Interdisciplinary pharmacological considerations predominate notwithstanding multifactorial aetiologies, "
    small.add_cell("00-first.ipynb", "markdown", "hard", hard * 20)
    _, out, _ = asked(capsys, small, "--reading")
    (named,) = (line for line in out.splitlines() if "reads at grade" in line)
    assert named.startswith("content/lessons/first.yaml:5: lesson 'first' reads at grade ")


def test_without_textstat_the_check_ends_with_one_sentence(small, on, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "textstat", None)
    status, _, err = asked(capsys, small, "--reading")
    assert status == 1
    assert err.count("\n") == 1
    assert "Run pip install 'secondsight[educators]' and try again." in err


@pytest.fixture
def no_links(monkeypatch):
    def asked_the_network(course):
        raise AssertionError("nobody asked for links")

    monkeypatch.setattr(link_check, "check_links", asked_the_network)


def test_no_link_is_asked_unless_somebody_wants_it(small, on, capsys, no_links):
    assert asked(capsys, small, "--reading", "--blueprint")[0] == 0
    with pytest.raises(AssertionError, match="nobody asked"):
        asked(capsys, small, "--links")


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Links(5, [], False), "\nOf 5 links to sources, 5 are as before.\n"),
        (Links(5, ["a.yaml:1: source 'x' is gone"] * 4, False), "gone\nOf 5 links to sources, 1 is as before.\n"),
        (
            Links(1, [], True),
            "\nNo source could be reached: this machine seems to be offline. Try again when it is not.",
        ),
    ],
    ids=["as before", "gone", "offline"],
)
def test_links_are_told_and_fail_nothing(small, on, capsys, monkeypatch, found, says):
    monkeypatch.setattr(link_check, "check_links", lambda course: found)
    status, out, _ = asked(capsys, small, "--links")
    assert status == 0
    assert says in out
    assert out.endswith("\n\n8 lessons, 3 facts, 14 items: nothing to mend.\n")


def test_one_of_each_is_counted_as_one():
    assert (so_many(1, "fact"), so_many(0, "fact"), so_many(1200, "fact")) == ("1 fact", "0 facts", "1,200 facts")


@pytest.mark.parametrize("options", [[], ["--reading"], ["--blueprint", "--reading"]])
@pytest.mark.parametrize("there", ["nothing", "an empty course.yaml", "only course.yaml"])
def test_a_folder_with_nothing_in_it_is_said_in_sentences(tmp_path, small, capsys, options, there):
    if there != "nothing":
        head = "" if there == "an empty course.yaml" else small.read("content/course.yaml")
        (tmp_path / "content").mkdir()
        (tmp_path / "content" / "course.yaml").write_text(head, encoding="utf-8")
    assert main(["check", "--course", str(tmp_path), *options]) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    if there == "nothing":
        assert said.err == f"{tmp_path}: no course is here; name a folder that holds content/course.yaml\n"
    else:
        assert "content/sources.yaml: this file is missing; the course needs it\n" in said.out
