"""A real Chromium, real exported pages with the network off, and one real JupyterLab."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from running_lab import Lab, running_lab
from secondsight.course import Course
from secondsight.export import site as export_site
from small_course import SmallCourse

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# A slow machine is no failure; what never comes is.
expect.set_options(timeout=30_000)
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# All of those that a change of colours can change.
OF_COLOUR = ["color-contrast", "link-in-text-block"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("SECONDSIGHT_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.fail("no Chromium was found; run tests/install-browser.sh, or name one in SECONDSIGHT_BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page with all that it asked the network for and all that went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Open an exported file from disk with the network off; keyword arguments go to the context."""
    contexts: list[BrowserContext] = []

    def open_file(path: Path, anchor: str = "", context: BrowserContext | None = None, **settings: Any) -> Visit:
        if context is None:
            context = chromium.new_context(**settings)
            context.set_offline(True)
            contexts.append(context)
        page = context.new_page()
        seen = Visit(page)
        page.on(
            "request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else seen.requests.append(r.url)
        )
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
        page.goto(path.as_uri() + anchor)
        return seen

    yield open_file
    for context in contexts:
        context.close()


def export(out: Path, *options: str) -> Path:
    command = [sys.executable, "-m", "secondsight.cli", "export", "--course", str(ROOT), "--out", str(out), *options]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return out


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course exported as pages."""
    return export(tmp_path_factory.mktemp("export") / "site")


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course exported as one file."""
    return export(tmp_path_factory.mktemp("export") / "single", "--single-file") / "second-sight.html"


@pytest.fixture(scope="session")
def parts(site: Path, real: Course) -> dict[str, Path]:
    """The page of each part of the course (lesson, practice, reference) by its id, in the course's order."""
    pages = {id: site / part.notebook.replace(".ipynb", ".html") for id, part in real.lessons.items()}
    assert len(pages) >= 20
    return pages


@pytest.fixture(scope="session")
def small_site(make_course: Callable[[], SmallCourse]) -> Path:
    """The small course exported as pages: every kind of item is on one of them, and short."""
    root = make_course().root
    export_site.export(root, root / "site")
    return root / "site"


@pytest.fixture(scope="session")
def one_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def lab(one_lab: Lab) -> Lab:
    """A JupyterLab as a trainee finds it the first time."""
    one_lab.make_new()
    return one_lab


@pytest.fixture
def small_lab(lab: Lab) -> Lab:
    """The small course lies beside the course, in ``small/``; its practice shows the body map too."""
    shutil.rmtree(lab.folder / "small", ignore_errors=True)
    small = SmallCourse(lab.folder / "small")
    small.add_cell("02-third.ipynb", "code", "third-map", "ss.body_map()")
    raw = json.loads(small.read("notebooks/02-third.ipynb"))
    raw["metadata"] = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    small.write("notebooks/02-third.ipynb", json.dumps(raw))
    return lab


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a browser that is online, for JupyterLab."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def axe(page: Page, *within: str, rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong, a line for each place; its script is let past the page's own policy."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG_22_AA}
    # The places of what axe finds right are many, and nobody reads them.
    options = {"runOnly": only, "resultTypes": ["violations"]}
    context = {"include": [[part] for part in within]} if within else None
    result = page.evaluate("([context, options]) => axe.run(context ?? document, options)", [context, options])
    assert result["passes"], "axe looked at nothing"
    return [
        f"{found['id']}: {node['target']} {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]
