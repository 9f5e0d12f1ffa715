"""A real Chromium, real exported pages with the network off, and a real JupyterLab."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from running_lab import Lab, running_lab

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# A slow machine is no failure; what never comes is.
expect.set_options(timeout=30_000)
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


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
def lessons(site: Path) -> list[Path]:
    found = sorted(site.glob("[0-9][0-9]-*.html"))
    assert len(found) >= 10
    return found


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    with running_lab(tmp_path) as running:
        yield running


def answer(choice: Locator, options: list[int], certainty: str = "Fairly sure") -> None:
    """Answer one item as a trainee does; options are counted from 0."""
    for option in options:
        choice.locator(".options label").nth(option).click()
    choice.get_by_text(certainty, exact=True).click()
    choice.get_by_role("button", name="Check my answer").click()


def axe(page: Page, within: str | None = None) -> list[str]:
    """What axe finds wrong, a line for each place; its script is let past the page's own policy."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": WCAG_22_AA}}
    result = page.evaluate(
        "([within, options]) => axe.run(within ? {include: [[within]]} : document, options)", [within, options]
    )
    assert result["passes"], "axe looked at nothing"
    return [
        f"{found['id']}: {node['target']} {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]
