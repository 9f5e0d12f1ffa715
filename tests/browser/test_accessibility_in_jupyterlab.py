"""axe in JupyterLab, light and dark, before and after answering."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from running_lab import Lab
from secondsight.course import Course

from .conftest import OF_COLOUR, axe
from .in_jupyterlab import open_lesson, start
from .trainee import ANSWER_ALL

# What in JupyterLab is ours.
OURS = (".jp-RenderedHTMLCommon .ss", ".ss-live", ".jp-MarkdownCell .jp-RenderedMarkdown")
# Between them they show what is only looked at: key points, pictures, words, cards, levels, sources.
LESSONS = ["bone", "when-to-act", "talking"]


@pytest.fixture
def themed_lab(small_lab: Lab) -> Iterator[Lab]:
    """Its theme follows the machine's."""
    settings = small_lab.folder.parent / "settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"adaptive-theme": true}', encoding="utf-8")
    yield small_lab
    settings.unlink()


def in_both_themes(page: Page, state: str) -> list[str]:
    """What axe finds, dark and light."""
    found = []
    for theme, rules in (("dark", OF_COLOUR), ("light", None)):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", str(theme == "light").lower())
        found += [f"{state}, {theme}: {line}" for line in axe(page, *OURS, rules=rules)]
    return found


def test_axe_finds_nothing_in_any_kind_before_or_after_answering(themed_lab: Lab, page: Page) -> None:
    open_lesson(page, themed_lab, "02-third.ipynb", "small/notebooks")
    start(page)
    found = in_both_themes(page, "before")
    assert page.evaluate(ANSWER_ALL) > 10
    assert found + in_both_themes(page, "answered") == []


def test_axe_finds_nothing_in_what_a_lesson_shows(themed_lab: Lab, page: Page, real: Course) -> None:
    found = []
    for id in LESSONS:
        open_lesson(page, themed_lab, Path(real.lessons[id].notebook).name)
        start(page)
        found += in_both_themes(page, id)
        themed_lab.stop_kernels()
    assert found == []
