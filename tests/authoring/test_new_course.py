"""A course of one's own on another subject: whole from the first minute, on the same engine."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import date

import jsonschema
import nbformat
import pytest
import yaml

from secondsight.authoring.head import head
from secondsight.cli import main
from secondsight.course import audit, load_course, read_course, schema
from secondsight.export import site


@pytest.fixture
def own(tmp_path):
    """A course that somebody has just made."""
    folder = tmp_path / "own"
    assert main(["new", "course", str(folder), "--set", "title=Heart: failure", "--set", "says=Spot it early."]) == 0
    return folder


def type_lines(monkeypatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_it_passes_check_and_says_that_nobody_has_reviewed_it(own, capsys):
    capsys.readouterr()
    assert main(["check", "--course", str(own)]) == 0
    assert capsys.readouterr().out.endswith(": nothing to mend.\n")
    course = load_course(own)
    assert (course.head.id, course.head.title, course.head.says) == (
        "heart-failure",
        "Heart: failure",
        "Spot it early.",
    )
    assert "Not yet reviewed by a clinician" in course.head.notice
    assert course.head.notice in course.notebooks["first-lesson"].cells[0].source
    assert {file.reviewed_by for file in course.files.values()} == {"not yet reviewed by a clinician"}
    assert {file.reviewed_on for file in course.files.values()} == {date.today()}


def test_all_that_has_to_be_replaced_says_so(own):
    course = load_course(own)
    (fact,), (source,), (item,), (lesson,) = (
        [*parts.values()] for parts in (course.facts, course.sources, course.items, course.lessons)
    )
    for text in (fact.says, source.title, item.stem, lesson.says, lesson.objectives[0].says):
        assert text.startswith("EXAMPLE")
    assert source.read is False


def test_its_pages_are_made_and_its_notebook_runs(own, tmp_path):
    made = site.export(own, tmp_path / "pages")
    assert made.pages == 2
    page = (tmp_path / "pages" / "00-first-lesson.html").read_text(encoding="utf-8")
    assert "Heart: failure" in page
    assert "EXAMPLE, to be replaced: what does every fact of this course name?" in page
    notebook = own / "notebooks" / "00-first-lesson.ipynb"
    nbformat.validate(nbformat.read(notebook, as_version=4))
    cells = [
        "".join(cell["source"])
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    assert len(cells) == 4
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(cells)], cwd=notebook.parent, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_editors_complete_and_check_in_it_too(own):
    settings = json.loads((own / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    checked = set()
    for path, pattern in settings.items():
        one = json.loads((own / path).read_text(encoding="utf-8"))
        for file in own.glob(pattern):
            value = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))
            assert [*jsonschema.Draft7Validator(one).iter_errors(value)] == []
            checked.add(file)
    assert checked == {*own.rglob("*.yaml")}
    assert len(checked) == 10
    for file in checked:
        lead = re.match(r"# yaml-language-server: \$schema=(.+)\n", file.read_text(encoding="utf-8"))[1]
        assert str((file.parent / lead).resolve().relative_to(own)) in {path.removeprefix("./") for path in settings}
    assert {path.name for path in (own / "schemas").iterdir()} == schema.texts().keys()


def test_the_first_fact_and_question_of_ones_own_are_written_into_it(own, monkeypatch):
    source = ["A leaflet", "A ward", "2024", "", "Leaflet 2024", "patient-information", "y", "all of it", ""]
    fact = ["1", "Ankles can swell.", "new", *source, "", "ankles-swell", "ask", "first-lesson", ""]
    question = ["Whose ankles?", "Nobody’s", "", "They can.", "Anybody’s", "y", "They can swell.", "", "", "", "y"]
    type_lines(monkeypatch, *fact, *question)
    assert main(["new", "fact", "--course", str(own)]) == 0
    course, problems = read_course(own)
    assert [*problems, *audit(course)] == []
    assert [*course.facts] == ["example-fact", "ankles-swell"]
    assert [*course.quizzes["first-lesson-before"].items][-1].facts == ["ankles-swell"]


def test_it_can_get_a_second_lesson_and_a_case(own, monkeypatch):
    question = ["example-fact", "", "Which?", "a", "y", "b", "c", "", "d", "", "", ""]
    lesson = ["Ankles", "About ankles.", "5", "", "Look down.", "Look at ankles.", "", "", "", "example-fact", ""]
    type_lines(monkeypatch, *lesson, *question, "y")
    assert main(["new", "lesson", "--course", str(own)]) == 0
    case = [
        "ankles",
        "example-fact",
        "",
        "Shoes",
        "Jo, 70",
        "None.",
        "At the door.",
        "3",
        "door",
        "“My shoes!”",
        "",
        "",
    ]
    case += ["decide", "", "1", "a", "b", "c", "d", "Ring.", "Hearts.", "tight shoes", "", "", "Look down.", "", "y"]
    type_lines(monkeypatch, *case)
    assert main(["new", "case", "--course", str(own)]) == 0
    course, problems = read_course(own)
    assert [*problems, *audit(course)] == []
    assert [*course.lessons] == ["first-lesson", "ankles"]
    first = (own / "exercises" / "cases" / "ankles.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schemas/cases.schema.json"
    assert course.lessons["ankles"].notebook == "01-ankles.ipynb"
    assert course.lesson_of_item["case-shoes"] == "ankles"
    assert course.places["case", "case-shoes"][0] == "exercises/cases/ankles.yaml"


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "notes.txt"):
        assert main(["new", "course", str(folder), "--set", "title=T", "--set", "says=S"]) == 1
        assert "something is here already; name a folder that is not there yet" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "empty").mkdir()
    assert main(["new", "course", str(tmp_path / "empty"), "--set", "title=T", "--set", "says=S"]) == 0
    assert load_course(tmp_path / "empty").head.title == "T"


def test_a_place_that_cannot_be_written_is_named(unwritable, capsys):
    assert main(["new", "course", str(unwritable / "own"), "--set", "title=T", "--set", "says=S"]) == 1
    said = capsys.readouterr().err
    assert "this folder cannot be made" in said
    assert "Traceback" not in said


def test_without_a_title_nothing_is_made(tmp_path, monkeypatch, capsys):
    type_lines(monkeypatch)
    assert main(["new", "course", str(tmp_path / "own")]) == 1
    assert capsys.readouterr().err.startswith("The answers end before 'title'")
    assert [*tmp_path.iterdir()] == []


def test_a_title_of_signs_alone_still_gives_an_id(tmp_path):
    assert (
        main(["new", "course", str(tmp_path / "own"), "--set", "title=🩺 …", "--set", "says=# no comment: none"]) == 0
    )
    course = load_course(tmp_path / "own")
    assert (course.head.id, course.head.title, course.head.says) == ("course", "🩺 …", "# no comment: none")


def test_a_head_of_the_29th_of_february_is_due_on_a_day_that_there_is():
    assert head(date(2028, 2, 29)).startswith("reviewed_on: 2028-02-29\nreview_by: 2029-02-28\n")
