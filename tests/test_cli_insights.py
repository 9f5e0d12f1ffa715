"""``secondsight insights``: what an educator types, and what comes of it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from attacks import ATTACKS, dangers
from secondsight import example_class
from secondsight.cli import main
from secondsight.insights.columns import TABLES
from some_attempts import attempt, saved


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture
def insights(tmp_path, monkeypatch, capsys) -> Callable[..., Done]:
    """The command, run in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(course: Path, *arguments: object) -> Done:
        status = main(["insights", *map(str, arguments), "--course", str(course)])
        return Done(status, *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def course(make_course) -> Path:
    return make_course().root


@pytest.fixture(scope="module")
def a_class(small_read, tmp_path_factory) -> Path:
    """A folder with the progress files of a class; not to be changed."""
    folder = tmp_path_factory.mktemp("class")
    for name, data in example_class.files(small_read, trainees=6).items():
        (folder / name).write_bytes(data)
    return folder


def html_text(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text().split())


def page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html5lib")


def test_a_folder_gives_a_summary_in_words_and_a_page(insights, course, a_class, tmp_path):
    done = insights(course, a_class)
    assert (done.status, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("The class: 6 trainees gave ")
    assert any(line.startswith("Mind: 6 trainees are few.") for line in lines)
    assert lines[-1] == "The whole report: open class-report.html"
    assert max(map(len, lines)) <= 100
    soup = page(tmp_path / "class-report.html")
    assert soup.h1.get_text() == "How the class did"
    # What is printed is the head of the page.
    heads = [head.get_text() for head in soup.select(".short dt")]
    assert [line.split(":")[0] for line in lines if line[:1].isupper() and ": " in line][:-1] == heads
    assert "made up" not in soup.get_text()


def test_csv_gives_every_table_with_its_columns_and_no_formula(insights, course, a_class, tmp_path):
    done = insights(course, a_class, "--to", "csv")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == f"{len(TABLES)} tables in class-report."
    assert not (tmp_path / "class-report.html").exists()
    assert {path.stem for path in (tmp_path / "class-report").iterdir()} == {*TABLES}
    for name, columns in TABLES.items():
        with (tmp_path / "class-report" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            head, *rows = csv.reader(file)
        assert head == [column.name for column in columns]
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    with (tmp_path / "class-report" / "trainees.csv").open(newline="", encoding="utf-8") as file:
        assert len([*csv.DictReader(file)]) == 6


def test_an_example_needs_no_files_and_says_that_it_is_made_up(insights, course, tmp_path):
    done = insights(course, "--example")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.startswith("This class is made up")
    text = page(tmp_path / "class-report.html").get_text()
    assert "This class is made up" in text
    assert "real people" not in text


def test_a_broken_file_is_named_with_its_reason_and_the_others_go_on(insights, course, a_class, tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0 no text")
    (tmp_path / "other.jsonl").write_bytes(saved([attempt()], course="night-ward"))
    (tmp_path / "cut.jsonl").write_bytes(saved([attempt("one"), attempt("two")], course="small")[:-40])
    names = ["holiday.jpg", "other.jsonl", "cut.jsonl", "none-such.jsonl"]
    done = insights(course, a_class, *names)
    assert done.status == 0
    notes = done.stderr.splitlines()
    for name in names:
        (note,) = [note for note in notes if name in note]
        assert note.startswith("note: ") and len(note) > len(name) + 20
    assert len(notes) == len(names)
    assert "night-ward" in next(note for note in notes if "other.jsonl" in note)
    soup = page(tmp_path / "class-report.html")
    # "cut.jsonl" holds one attempt, so it is a trainee's.
    assert "7 trainees gave" in soup.get_text()
    assert all(name in soup.get_text() for name in names)


def test_a_folder_counts_with_the_folders_in_it_as_a_learning_platform_packs_them(insights, course, a_class, tmp_path):
    for number, path in enumerate(sorted(a_class.iterdir())):
        (tmp_path / "all" / f"submission {number}").mkdir(parents=True)
        # Every trainee's file has the name of its day.
        (tmp_path / "all" / f"submission {number}" / "second-sight-2026-11-22.jsonl").write_bytes(path.read_bytes())
    done = insights(course, "all")
    assert done.stdout.startswith("The class: 6 trainees gave ")


def test_files_that_are_there_twice_change_nothing_but_what_is_said_about_files(insights, course, a_class, tmp_path):
    first = sorted(a_class.iterdir())[0]
    (tmp_path / "copy.jsonl").write_bytes(first.read_bytes())
    once, twice = tmp_path / "once.html", tmp_path / "twice.html"
    one = insights(course, a_class, "--out", once)
    two = insights(course, a_class, "copy.jsonl", "--out", twice)
    assert one.stdout.splitlines()[0] == two.stdout.splitlines()[0]
    shown = [[str(each) for each in page(path).select(".figures")] for path in (once, twice)]
    assert shown[0] == shown[1] != []
    assert "1 file held nothing that another one did not hold." in page(twice).get_text()


def test_the_same_files_give_the_same_page_in_any_order(insights, course, a_class, tmp_path):
    files = sorted(a_class.iterdir())
    for name, order in (("a", files), ("b", files[::-1])):
        assert insights(course, *order, "--out", f"{name}.html").status == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_files_without_an_answer_are_an_empty_class_in_words(insights, course, tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(saved([], course="small"))
    done = insights(course, "empty.jsonl")
    assert done.status == 0
    assert done.stdout.startswith("The class: The files hold no answers yet.")
    assert "Traceback" not in done.stderr
    assert "The files hold no answers yet." in page(tmp_path / "class-report.html").get_text()


def test_one_trainee_is_one_trainee(insights, course, a_class, tmp_path):
    done = insights(course, sorted(a_class.iterdir())[0])
    assert done.status == 0
    assert done.stdout.startswith("The class: 1 trainee gave ")
    assert "Mind: This is one trainee." in done.stdout
    text = page(tmp_path / "class-report.html").get_text()
    assert "nan" not in text.lower().split()


def test_where_all_answers_are_right_nothing_divides_by_nothing(insights, course, small_read, tmp_path):
    item = small_read.items["which-ache"]
    for number in range(3):
        right = attempt(f"right-{number}", item_version=item.version)
        (tmp_path / f"{number}.jsonl").write_bytes(saved([right], course="small"))
    done = insights(course, *sorted(tmp_path.glob("*.jsonl")))
    assert (done.status, done.stderr) == (0, "")
    question = page(tmp_path / "class-report.html").select_one('[data-item="which-ache"]').get_text()
    assert "100%" in question
    assert "cannot be worked out" in question


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name the progress files of the class"),
        (("--example", "some.jsonl"), "--example takes no files"),
        (("none-such.jsonl",), "none-such.jsonl"),
        (("empty-folder",), "empty-folder"),
    ],
)
def test_where_there_is_nothing_to_read_it_says_so_and_writes_nothing(insights, course, tmp_path, arguments, says):
    (tmp_path / "empty-folder").mkdir()
    done = insights(course, *arguments)
    assert (done.status, done.stdout) == (1, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "class-report.html").exists()


def test_a_file_that_is_no_page_is_not_written_over(insights, course, a_class, tmp_path):
    mine = tmp_path / "mine.jsonl"
    mine.write_bytes(sorted(a_class.iterdir())[0].read_bytes())
    before = mine.read_bytes()
    done = insights(course, mine, "--out", mine)
    assert done.status == 1
    assert "a file that this command did not make" in done.stderr
    assert mine.read_bytes() == before
    # A page of before is.
    for _ in range(2):
        assert insights(course, mine).status == 0


@pytest.mark.parametrize("form", ["page", "csv"])
def test_where_nothing_can_be_written_it_says_where_and_what_to_do(insights, course, a_class, unwritable, form):
    done = insights(course, a_class, "--to", form, "--out", unwritable / "report.html")
    assert done.status == 1
    assert "report.html" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("missing", ["polars", "duckdb"])
def test_where_the_educators_extra_is_missing_it_says_how_to_bring_it_in(
    insights, course, a_class, monkeypatch, missing
):
    monkeypatch.setitem(sys.modules, missing, None)
    done = insights(course, a_class)
    assert done.status == 1
    (line,) = done.stderr.splitlines()
    assert missing in line
    assert "pip install 'secondsight[educators]'" in line


def test_a_course_with_something_to_mend_has_had_a_class_all_the_same(insights, small, a_class, tmp_path):
    small.write("exercises/questions/second.yaml", "quizzes: [")
    done = insights(small.root, a_class)
    assert done.status == 0
    assert done.stdout.startswith("The class: 6 trainees gave ")


def test_a_course_without_a_head_is_refused_in_a_sentence(insights, small, a_class, tmp_path):
    small.write("content/course.yaml", "id: [")
    done = insights(small.root, a_class)
    assert done.status == 1
    assert "course.yaml cannot be read" in done.stderr


def test_what_trainees_wrote_is_nowhere_and_what_files_say_is_text(insights, course, tmp_path):
    words = attempt("a", item="write-why", score=None, certainty=None, text="My own words.")
    strange = [
        attempt(f"b{number}", item=attack, lesson=attack, answer=[attack])
        for number, attack in enumerate(text[:200] for text in ATTACKS)
    ]
    name = "strange <b>name<i>.jsonl"
    (tmp_path / name).write_bytes(saved([words, *strange], course="small") + b"{broken}\n")
    assert insights(course, name).status == 0
    html = (tmp_path / "class-report.html").read_text(encoding="utf-8")
    assert "My own words" not in html
    assert dangers(html, frozenset({"script", "style", "meta", "link", "noscript"})) == []
    soup = BeautifulSoup(html, "html5lib")
    assert soup.select("b, i, img") == []
    assert name in soup.get_text()
    shown = html_text(soup)
    assert all(" ".join(attack[:60].split()) in shown for attack in ATTACKS)


def test_the_command_as_it_is_typed(course, a_class, tmp_path):
    command = [sys.executable, "-m", "secondsight.cli", "insights", a_class, "--course", course]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ}, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "class-report.html").exists()
