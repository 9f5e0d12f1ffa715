"""Pages in a real Chromium: how soon a question can be answered, how soon feedback stands, Lighthouse."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from running_lab import running_lab

BENCH = Path(__file__).parent
CHROMIUM = os.environ.get("SECONDSIGHT_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
# Tells, on the page's own clock, when the first question can be answered.
ANSWERABLE = """
const look = () => {
  const quiz = document.querySelector("ss-quiz");
  const button = quiz?.shadowRoot?.querySelector("ss-choice")?.shadowRoot?.querySelector("button");
  if (button) window.answerable = performance.now(); else requestAnimationFrame(look);
};
look();
"""
# Answers every item of a page; for each, the time from the click to feedback in the DOM.
CLICKS = """async () => {
  const taken = [];
  for (const quiz of document.querySelectorAll("ss-quiz"))
    for (const choice of quiz.shadowRoot.querySelectorAll("ss-choice")) {
      const root = choice.shadowRoot;
      root.querySelector(".options input").click();
      root.querySelector(".certainty input").click();
      await choice.updateComplete;
      const told = new Promise((resolve) => {
        const seen = () => root.querySelector(".verdict") && resolve(performance.now());
        new MutationObserver(seen).observe(root, {childList: true, subtree: true});
      });
      const start = performance.now();
      root.querySelector("button[type=submit]").click();
      taken.push(await told - start);
    }
  return taken;
}"""


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _lessons(site: Path) -> list[Path]:
    return sorted(site.glob("[0-9][0-9]-*.html"))


def opening(site: Path, rounds: int) -> list[tuple[str, str, str]]:
    """For each lesson: median and longest milliseconds from navigation to an answerable question."""
    rows = []
    with _chromium() as browser:
        context = browser.new_context()
        context.set_offline(True)
        context.add_init_script(ANSWERABLE)
        for path in _lessons(site):
            taken = []
            for _ in range(rounds):
                page = context.new_page()
                page.goto(path.as_uri())
                page.wait_for_function("window.answerable")
                taken.append(page.evaluate("window.answerable"))
                page.close()
            rows.append((path.stem, f"{statistics.median(taken):.0f}", f"{max(taken):.0f}"))
    return rows


def clicks(site: Path) -> list[tuple[str, str, str, int]]:
    """Milliseconds from click to feedback: on every exported lesson, and live in JupyterLab."""
    with _chromium() as browser:
        page = browser.new_page()
        exported: list[float] = []
        for path in _lessons(site):
            page.goto(path.as_uri())
            page.wait_for_selector("ss-choice")
            exported += page.evaluate(CLICKS)
        with tempfile.TemporaryDirectory() as scratch, running_lab(Path(scratch)) as lab:
            live = _live(browser.new_page(), lab.lesson("05-bone.ipynb"))
    return [
        (where, f"{statistics.median(taken):.1f}", f"{max(taken):.1f}", len(taken))
        for where, taken in (("exported", exported), ("live in JupyterLab", live))
    ]


def _live(page: Page, url: str) -> list[float]:
    page.goto(url)
    page.get_by_role("button", name="Start this lesson").click()
    page.wait_for_selector("ss-choice")
    page.wait_for_timeout(2000)
    return page.evaluate(CLICKS)


def lighthouse(site: Path) -> list[tuple[str, ...]]:
    """Lighthouse's scores, from 0 to 100, for the index and every lesson, served from loopback."""
    if not (BENCH / "node_modules" / "lighthouse").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=BENCH, check=True)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows = []
    try:
        for path in [site / "index.html", *_lessons(site)]:
            done = subprocess.run(
                [
                    "node",
                    BENCH / "node_modules" / "lighthouse" / "cli" / "index.js",
                    f"http://127.0.0.1:{server.server_port}/{path.name}",
                    "--quiet",
                    "--output=json",
                    "--only-categories=performance,accessibility,best-practices",
                    "--chrome-flags=--headless --no-sandbox --disable-gpu",
                ],
                env={**os.environ, "CHROME_PATH": CHROMIUM},
                capture_output=True,
                text=True,
                check=True,
            )
            scores = json.loads(done.stdout)["categories"]
            rows.append(
                (
                    path.stem,
                    *(
                        f"{100 * scores[name]['score']:.0f}"
                        for name in ("performance", "accessibility", "best-practices")
                    ),
                )
            )
    finally:
        server.shutdown()
    return rows
