"""An author's first five minutes: what docs/write-content.md says is typed, and the new question is answered."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from at_the_keyboard import Terminal
from secondsight.course import load_course
from secondsight.course.items import Choice

from .trainee import answer

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "write-content.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Your own question in five minutes\n")[2].partition("\n## ")[0]
COMMANDS = [line.split() for block in re.findall(r"```\n(.*?)```", SECTION, re.S) for line in block.splitlines()]
TYPED = [
    (prompt, "" if typed == "Enter" else typed.strip("`"))
    for prompt, typed in re.findall(r"^\| (.+) \| (Enter|`.+`) \|$", SECTION.partition("**You can stop")[0], re.M)
]


@pytest.fixture
def folder(tmp_path) -> Path:
    """The course in a folder of its own, where the commands are found as the guide says."""
    for room in ("content", "exercises", "notebooks"):
        shutil.copytree(ROOT / room, tmp_path / "course" / room)
    (tmp_path / "course" / ".venv").mkdir()
    (tmp_path / "course" / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    return tmp_path / "course"


def answer_it(page: Page, item: Choice) -> None:
    """Answer the question as its author meant it, and read why."""
    key = next(number for number, option in enumerate(item.options) if option.correct)
    question = page.locator("ss-choice", has_text=item.stem[:60])
    answer(question, [key])
    expect(question.get_by_role("status")).to_contain_text("Right.")
    expect(question.get_by_text(item.options[key].feedback)).to_be_visible()


def test_the_guides_first_section_is_there_to_be_typed():
    assert [" ".join(command) for command in COMMANDS] == [
        "make check",
        ".venv/bin/secondsight new question",
        ".venv/bin/secondsight preview bone",
        ".venv/bin/secondsight export --lessons bone --out ../bone-pages",
    ]
    assert len(TYPED) >= 15


def test_a_question_typed_as_the_guide_says_is_answered_in_the_browser(folder, page, visit, own_home):
    before = load_course(folder)
    _, new, preview, export = COMMANDS
    terminal = Terminal(new, folder, SECONDSIGHT_HOME=str(own_home))
    for prompt, typed in TYPED:
        terminal.answer(prompt, typed)
    assert terminal.ends() == 0, terminal.said[-2000:]
    assert "Check finds nothing to mend." in terminal.said
    assert f"To see it in a browser: {' '.join(preview).removeprefix('.venv/bin/')}" in terminal.said

    checked = subprocess.run([new[0], "check"], cwd=folder, check=True, capture_output=True, text=True)
    assert f"{len(before.items) + 1} items: nothing to mend." in checked.stdout
    course = load_course(folder)
    (id,) = course.items.keys() - before.items.keys()
    item = course.items[id]
    assert [item.stem, *(option.text for option in item.options)] == [
        typed for prompt, typed in TYPED if typed and re.fullmatch(r"stem|option \d( \(.*)?", prompt)
    ]
    # Nothing else in the file has changed.
    file = "exercises/questions/bone.yaml"
    assert (folder / file).read_bytes().startswith((ROOT / file).read_bytes())

    showing = Terminal(preview, folder, SECONDSIGHT_HOME=str(own_home), BROWSER="true")
    try:
        showing.expect("The preview is at ")
        showing.expect("\n")
        page.goto(re.search(r"The preview is at (\S+)", showing.said)[1])
        answer_it(page, item)
    finally:
        showing.stop("\x03")

    subprocess.run(export, cwd=folder, check=True, capture_output=True)
    seen = visit(folder.parent / "bone-pages" / "05-bone.html")
    answer_it(seen.page, item)
    assert seen.requests == seen.errors == []
