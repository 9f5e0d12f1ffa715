"""The documents: their links lead somewhere, their commands exist, lock files name no registry."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from secondsight.course import audit, load_course, read_course
from secondsight.course.audit import VERBS
from secondsight.course.model import Course, Want

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LOCKS = sorted(ROOT.glob("*/package-lock.json"))


def test_there_are_documents_and_locks():
    assert len(DOCUMENTS) >= 6
    assert len(LOCKS) == 2


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_to_files(path):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
        assert (path.parent / target).exists(), target


def test_every_make_command_in_the_readme_is_one():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"lab", "test", "site", "bench", "clean"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.M), target


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.parent.name)
def test_lock_files_carry_no_address_to_download_from(path):
    assert '"resolved"' not in path.read_text(encoding="utf-8")


def test_dependencies_stand_once():
    """Binder's environment takes them from pyproject.toml."""
    environment = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert re.findall(r"^ {6}- (.+)$", environment, re.M) == ["."]


GUIDE = ROOT / "docs" / "write-content.md"
KINDS = Want.model_fields["kind"].annotation.__args__
EDIT = re.compile(
    r"\*\*(At the end of|New file|In) `([^`]+)`(?:, this)?:\*\*\n\n```\w*\n(.*?)```"
    r"(?:\n\n\*\*becomes:\*\*\n\n```\w*\n(.*?)```)?",
    re.S,
)


def test_the_worked_examples_can_be_typed_in_as_they_stand(tmp_path):
    """Every edit that docs/write-content.md asks for, one after another, in a copy of the course."""
    for room in ("content", "exercises", "notebooks"):
        shutil.copytree(ROOT / room, tmp_path / room)
    edits = EDIT.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(edits) >= 30
    for what, name, text, instead in edits:
        file = tmp_path / name
        if what == "New file":
            assert not file.exists(), name
            file.write_text(text, encoding="utf-8")
        elif what == "At the end of":
            file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n\n{text}", encoding="utf-8")
        else:
            before = file.read_text(encoding="utf-8")
            assert before.count(text.rstrip("\n")) == 1, (name, text)
            file.write_text(before.replace(text.rstrip("\n"), instead.rstrip("\n")), encoding="utf-8")
    course, problems = read_course(tmp_path)
    assert [str(problem) for problem in [*problems, *audit(course)]] == []
    untouched = load_course(ROOT)
    assert len(course.lessons) == len(untouched.lessons) + 2
    assert len(course.clinics) == len(untouched.clinics) + 1
    fresh = _of_each_kind(course) - _of_each_kind(untouched)
    assert set(fresh) == set(KINDS), "each kind of item has its example"


def _of_each_kind(course: Course) -> Counter[str]:
    return Counter(getattr(item, "kind", "vignette") for item in course.items.values())


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_names_every_kind_of_item(kind):
    assert f"`{kind}`" in GUIDE.read_text(encoding="utf-8")


def test_the_guide_quotes_the_verbs_as_check_lists_them():
    assert f"the verbs are {', '.join(VERBS)}`" in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_the_guide_tells_what_every_verb_shows(verb):
    table = GUIDE.read_text(encoding="utf-8").partition("### The verbs")[2].partition("\n###")[0]
    assert re.search(rf"^\| `[^|]*\bss\.{verb}\(", table, re.M)
