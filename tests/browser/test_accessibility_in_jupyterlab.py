"""axe in JupyterLab, light and dark, before and after answering."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from running_lab import Lab
from secondsight.course import Course

from .conftest import OF_COLOUR, axe
from .in_jupyterlab import open_lesson, start
from .kept import progress_file
from .kinds import ANY, answer_any
from .test_course_panels import everything_answered
from .trainee import ANSWER_ALL, Mouse

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


PANELS = ["due", "review", "final_check", "progress", "certificate"]


def test_axe_finds_nothing_in_what_looks_at_the_whole_course(themed_lab: Lab, page: Page, real: Course) -> None:
    """All of it in one notebook: with nothing answered; then with everything, on the way, and asked about erasing."""
    path = themed_lab.folder / "notebooks" / "99-panels.ipynb"
    raw = json.loads((path.parent / "25-review.ipynb").read_text(encoding="utf-8"))
    verb = next(cell for cell in raw["cells"] if "".join(cell["source"]) == "ss.review()")
    raw["cells"] = raw["cells"][:2] + [
        verb | {"id": name.replace("_", "-"), "source": f"ss.{name}()"} for name in PANELS
    ]
    path.write_text(json.dumps(raw), encoding="utf-8")
    open_lesson(page, themed_lab, path.name)
    start(page)
    expect(page.locator("ss-certificate")).to_contain_text("Still open")
    found = in_both_themes(page, "empty")

    file = themed_lab.folder / "everything.jsonl"
    file.write_text(progress_file(everything_answered(real)), encoding="utf-8")
    page.locator("ss-progress-file input").set_input_files(file)
    expect(page.locator("ss-progress-file .said")).to_contain_text("answers loaded.")
    start(page)
    page.locator("ss-review").get_by_role("button", name="Begin with 20").click()
    page.locator("ss-final-check").get_by_role("button", name="Begin anew, with other questions").click()
    page.locator("ss-progress").get_by_role("button", name="Erase all my answers").click()
    page.locator("ss-certificate").get_by_role("textbox").fill("A Name")
    found += in_both_themes(page, "full")
    answer_any(Mouse(page), page.locator("ss-review").locator(ANY))
    found += in_both_themes(page, "answered")
    file.unlink()
    path.unlink()
    assert found == []


def test_axe_finds_nothing_in_what_a_lesson_shows(themed_lab: Lab, page: Page, real: Course) -> None:
    found = []
    for id in LESSONS:
        open_lesson(page, themed_lab, Path(real.lessons[id].notebook).name)
        start(page)
        found += in_both_themes(page, id)
        themed_lab.stop_kernels()
    assert found == []
