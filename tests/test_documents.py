"""The documents: their links lead somewhere, their commands exist, lock files name no registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
