"""The worked example of a course on another disease: whole, cited, exported, and reached by the guide's commands."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from secondsight.cli import COMMANDS, main
from secondsight.course import Course, audit, load_course, read_course
from secondsight.course.advice import notes
from secondsight.course.notebook import is_lesson_code
from secondsight.course.part import Level
from secondsight.export import site
from secondsight.preview import Preview
from secondsight.reading_ease import reading_ease

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "example-course"
GUIDE = ROOT / "docs" / "own-course.md"
# What only a course on breast cancer says, or this one's own name.
TIED = re.compile(r"(?i)breast|cancer|oncolog|secondar(?:y|ies)\b|metasta|second sight")


@pytest.fixture(scope="module")
def example() -> Course:
    return load_course(EXAMPLE)


def test_it_has_nothing_to_mend_and_nothing_that_is_worth_a_look(example):
    course, problems = read_course(EXAMPLE)
    assert [*problems, *audit(course)] == []
    assert notes(course, date(2026, 12, 1)) == []


def test_it_shows_two_lessons_of_several_kinds_with_the_four_levels_a_card_and_words(example):
    assert len(example.lessons) == 2
    kinds = {lesson: {item.kind for item in items} for lesson, items in example.items_by_lesson.items()}
    assert all("choice" in each and len(each) > 1 for each in kinds.values())
    assert list(example.actions) == list(Level.__args__)
    assert example.red_flags and example.terms
    assert all(len(lesson.objectives) >= 2 for lesson in example.lessons.values())


def test_every_source_was_read_and_says_how_far_and_where(example):
    assert len(example.sources) >= 5
    for source in example.sources.values():
        assert source.read, source.id
        assert "stored copy" in source.read_note, source.id
        assert source.url.startswith("https://"), source.id


def test_nothing_in_it_claims_to_have_been_reviewed(example):
    assert len(example.files) >= 13
    assert {read.reviewed_by for read in example.files.values()} == {"not yet reviewed by a clinician"}
    assert "Not yet reviewed by a clinician" in example.head.notice


def test_its_notebooks_are_as_jupyter_saves_them_with_stable_ids_and_no_outputs(example):
    ids = []
    for path in sorted((EXAMPLE / "notebooks").glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text)
        assert text == json.dumps(raw, indent=1, ensure_ascii=False) + "\n"
        for cell in raw["cells"]:
            ids.append(cell["id"])
            if cell["cell_type"] == "code":
                assert (cell["outputs"], cell["execution_count"]) == ([], None)
                assert cell["metadata"] == {"jupyter": {"source_hidden": True}}
                assert is_lesson_code("".join(cell["source"]))
    assert len(ids) == len(set(ids)) > 20
    assert not any(re.fullmatch(r"[0-9a-f]{8}(-.*)?", id) for id in ids), "ids say what a cell is for"


def test_its_cells_run_in_a_kernel_as_they_stand(example):
    """As JupyterLab runs them: in the folder of the notebooks, which the course is found from."""
    for notebook in example.notebooks.values():
        code = "\n".join(cell.source for cell in notebook.cells if cell.kind == "code")
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=EXAMPLE / "notebooks", capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr


@pytest.mark.parametrize("single_file", [False, True])
def test_its_pages_speak_of_no_other_disease(tmp_path, single_file):
    made = site.export(EXAMPLE, tmp_path / "site", single_file=single_file)
    assert made.warnings == []
    pages = sorted((tmp_path / "site").glob("*.html"))
    assert len(pages) == (1 if single_file else 3)
    for path in pages:
        # Scripts and styles are the engine's; what they hold that trainees read is looked at in the browser.
        text = re.sub(r"<(script|style)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert "Act on a Stroke" in text
        assert TIED.findall(text) == [], path.name


@pytest.mark.parametrize("script", ["page.js", "page-match.js", "page-spot.js"])
def test_the_scripts_of_its_pages_speak_of_no_other_disease(script):
    text = (ROOT / "src" / "secondsight" / "static" / script).read_text(encoding="utf-8")
    said = re.sub(r"second-sight[\w/-]*", "", text)
    assert TIED.findall(said) == []


def test_it_can_be_previewed_and_its_reading_measured(example):
    preview = Preview(EXAMPLE, pytest.fail)
    assert "Spot a stroke" in preview.page("01-spot-a-stroke.html").html
    assert {ease.lesson for ease in reading_ease(example)} == set(example.lessons)


def commands() -> list[list[str]]:
    """Every ``secondsight`` command of the guide, in its order."""
    blocks = re.findall(r"```\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("secondsight ")]


def test_every_command_of_the_guide_is_one():
    named = {command[0] for command in commands()}
    assert {"new", "check", "preview", "export"} <= named
    assert named <= {module.__name__.rsplit(".", 1)[-1] for module in COMMANDS}


def test_the_guides_commands_work_as_they_are_typed_one_after_another(tmp_path, monkeypatch, capsys):
    """Those that ask somebody, wait for somebody or need the internet are left out."""
    monkeypatch.chdir(tmp_path)
    done = []
    for command in commands():
        asks = command[:2] in (["new", "fact"], ["new", "question"], ["new", "lesson"])
        if asks or command[0] == "preview" or "--links" in command:
            continue
        assert main(command) == 0, (command, capsys.readouterr())
        if command[:2] == ["new", "course"]:
            monkeypatch.chdir(command[2])
        done.append(command[0])
    assert done.count("check") >= 3
    assert done.count("export") >= 4
    assert (tmp_path / "stroke" / "pages" / "index.html").is_file()


def test_what_the_guide_quotes_from_the_example_stands_there(example):
    quoted = re.findall(r"^\| `(.*?)` \|", GUIDE.read_text(encoding="utf-8"), re.M)
    assert len(quoted) >= 6
    sources = [cell.source for notebook in example.notebooks.values() for cell in notebook.cells]
    for line in quoted:
        start = line.removesuffix(")")
        assert any(source.startswith(start) for source in sources), line


def test_files_of_the_guide_are_files_of_the_example():
    named = set(re.findall(r"`(content/[\w/-]+\.yaml)`", GUIDE.read_text(encoding="utf-8")))
    assert len(named) >= 5
    for name in named:
        assert "reviewed_by" in yaml.safe_load((EXAMPLE / name).read_text(encoding="utf-8")), name
