"""axe and the Nu HTML checker on every page; zoom, motion and touch."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .conftest import ROOT, axe

ANSWER_ALL = """async () => {
  for (const quiz of document.querySelectorAll("ss-quiz"))
    for (const choice of quiz.shadowRoot.querySelectorAll("ss-choice")) {
      const root = choice.shadowRoot;
      root.querySelector(".row button.quiet")?.click();
      root.querySelector(".options input").click();
      root.querySelector(".certainty input").click();
      await choice.updateComplete;
      root.querySelector("button[type=submit]").click();
      await choice.updateComplete;
      root.querySelector("details")?.setAttribute("open", "");
    }
}"""


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(visit, site: Path, lessons: list[Path], scheme: str) -> None:
    found = []
    for path in [site / "index.html", *lessons]:
        page = visit(path, color_scheme=scheme).page
        found += [f"{path.name} before: {line}" for line in axe(page)]
        page.evaluate(ANSWER_ALL)
        open_everything(page)
        found += [f"{path.name} after: {line}" for line in axe(page)]
        page.close()
    assert found == []


def test_axe_finds_nothing_in_the_single_file_or_without_javascript(visit, single: Path, site: Path) -> None:
    assert axe(visit(single).page) == []
    assert axe(visit(single, "#08-skin-and-general").page) == []
    printed = visit(site / "05-bone.html").page
    printed.emulate_media(media="print")
    assert axe(printed) == []


def test_the_html_checker_finds_no_errors(site: Path, single: Path) -> None:
    if not shutil.which("java"):
        pytest.fail("java was not found; run tests/install-browser.sh")
    jar = ROOT / "frontend" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = sorted(site.glob("*.html"))
    assert len(pages) >= 11
    done = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--format", "json", *pages, single],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    assert [f"{m['url'].split('/')[-1]}:{m['lastLine']}: {m['message']}" for m in messages] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_runs_off_the_side(visit, lessons: list[Path], width: int) -> None:
    """320 CSS pixels is a desk at 400 % zoom."""
    for path in lessons:
        page = visit(path, viewport={"width": width, "height": 800}).page
        page.evaluate(ANSWER_ALL)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (path.name, wide) == (path.name, width)
        page.close()


def test_controls_are_large_enough_to_touch(visit, site: Path) -> None:
    page = visit(site / "05-bone.html", viewport={"width": 390, "height": 800}, has_touch=True).page
    page.evaluate(ANSWER_ALL)
    sizes = [
        (control.inner_text()[:30], control.bounding_box())
        for control in page.locator("ss-choice").first.locator("label, button, summary").all()
    ]
    assert len(sizes) >= 8
    assert [text for text, box in sizes if min(box["width"], box["height"]) < 24] == []
