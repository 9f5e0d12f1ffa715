"""A real Chromium, real exported pages with the network off, and a real JupyterLab."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TOKEN = "journey"
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


@dataclass
class Lab:
    """A running JupyterLab with the course's notebooks in it."""

    url: str
    folder: Path
    home: Path

    def call(self, method: str, path: str) -> Any:
        headers = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(f"{self.url}/{path}", method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as reply:
            body = reply.read()
        return json.loads(body) if reply.headers.get_content_type() == "application/json" else body.decode()

    def restart_kernels(self) -> None:
        kernels = self.call("GET", "api/kernels")
        assert kernels
        for kernel in kernels:
            self.call("POST", f"api/kernels/{kernel['id']}/restart")

    def stop_kernels(self) -> None:
        for session in self.call("GET", "api/sessions"):
            self.call("DELETE", f"api/sessions/{session['id']}")


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """JupyterLab as `make lab` starts it: course copied, notebooks trusted, no news."""
    for name in ("content", "exercises", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / "course" / name)
    shutil.copy(ROOT / "postBuild", tmp_path / "course")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path / "home"
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SECONDSIGHT_HOME": str(home),
        "JUPYTER_DATA_DIR": str(tmp_path / "jupyter"),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter-config"),
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
    }
    subprocess.run([tmp_path / "course" / "postBuild"], env=environment, check=True, capture_output=True)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={tmp_path / 'course'}",
    ]
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    running = Lab(f"http://127.0.0.1:{port}", tmp_path / "course", home)
    try:
        for _ in range(300):
            try:
                running.call("GET", "api")
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail((tmp_path / "lab.log").read_text())
        yield running
    finally:
        server.terminate()
        server.wait(20)


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
