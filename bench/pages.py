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

import generated
from playwright.sync_api import Browser, Page, sync_playwright

from running_lab import running_lab

BENCH = Path(__file__).parent
CHROMIUM = os.environ.get("SECONDSIGHT_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
# Tells, on the page's own clock, when the first question can be answered.
ANSWERABLE = """
const look = () => {
  const first = document.querySelector("ss-quiz, ss-clinic, ss-body-map")?.shadowRoot;
  const ready = (each) => each.localName === "button" || each.shadowRoot?.querySelector("button");
  if ([...first?.querySelectorAll("*") ?? []].some(ready)) window.answerable = performance.now();
  else requestAnimationFrame(look);
};
look();
"""
# Answers every item of a page; for each, its kind and the time from the click to feedback in the DOM.
CLICKS = """async () => {
  const give = {
    choice: async (item, root) => root.querySelector(".options input").click(),
    match: async (item, root) => {
      while (root.querySelector(".tray .card")) {
        root.querySelector(".tray .card").click();
        await item.updateComplete;
        root.querySelector(".group .drop").click();
        await item.updateComplete;
      }
    },
    order: async (item, root) => root.querySelector(".move:not(:disabled)").click(),
    spot: async (item, root) => root.querySelector(".phrase input").click(),
    worked: async (item, root) => {
      root.querySelector(".steps input").click();
      root.querySelector(".mends input").click();
    },
    case: async (item, root) => {
      while (root.querySelector(".ways button")) {
        [...root.querySelectorAll(".ways button")].at(-1).click();
        await item.updateComplete;
      }
      root.querySelector(".decision input").click();
    },
    reflect: async (item, root) => {
      root.querySelector("textarea").value = "In my own words.";
      root.querySelector("textarea").dispatchEvent(new Event("input"));
    },
  };
  give.hotspot = give.choice;
  const taken = [];
  for (const quiz of document.querySelectorAll("ss-quiz"))
    for (const item of [...quiz.shadowRoot.querySelectorAll("*")].filter((each) => each.item)) {
      const root = item.shadowRoot;
      await give[item.item.kind](item, root);
      await item.updateComplete;
      root.querySelector(".certainty input")?.click();
      await item.updateComplete;
      const told = new Promise((resolve) => {
        const seen = () => root.querySelector(".told .why, .told .verdict, .model") && resolve(performance.now());
        new MutationObserver(seen).observe(root, {childList: true, subtree: true});
      });
      const start = performance.now();
      root.querySelector("button[type=submit]").click();
      taken.push([item.item.kind, await told - start]);
    }
  return taken;
}"""
# Answers ten vignettes of a clinic; for each, the time from the click to feedback in the DOM.
SESSION = """async () => {
  const clinic = document.querySelector("ss-clinic");
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  clinic.shadowRoot.querySelector("button").click();
  const taken = [];
  for (let at = 0; at < 10; at += 1) {
    await settled();
    const item = clinic.shadowRoot.querySelector("ss-vignette");
    await item.updateComplete;
    const root = item.shadowRoot;
    root.querySelector(".options input").click();
    root.querySelector(".certainty input").click();
    await item.updateComplete;
    const told = new Promise((resolve) => {
      const seen = () => root.querySelector(".verdict") && resolve(performance.now());
      new MutationObserver(seen).observe(root, {childList: true, subtree: true});
    });
    const start = performance.now();
    root.querySelector("button[type=submit]").click();
    taken.push(await told - start);
    await item.updateComplete;
    root.querySelector("button[type=submit]").click();
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
    """Milliseconds from click to feedback: for every kind on the exported pages, and live in JupyterLab."""
    with _chromium() as browser:
        page = browser.new_page()
        taken: dict[str, list[float]] = {}
        for path in _lessons(site):
            page.goto(path.as_uri())
            for kind, each in page.evaluate(CLICKS):
                taken.setdefault(f"exported, {kind}", []).append(each)
        with tempfile.TemporaryDirectory() as scratch, running_lab(Path(scratch)) as lab:
            taken["live in JupyterLab"] = _live(browser.new_page(), lab.lesson("05-bone.ipynb"))
    return [
        (where, f"{statistics.median(each):.1f}", f"{max(each):.1f}", len(each))
        for where, each in sorted(taken.items())
    ]


def _live(page: Page, url: str) -> list[float]:
    page.goto(url)
    page.get_by_role("button", name="Start this lesson").click()
    page.wait_for_selector("ss-choice")
    page.wait_for_timeout(2000)
    return [each for _, each in page.evaluate(CLICKS)]


def clinics(folder: Path, rounds: int) -> list[tuple[int, str, str, str, str]]:
    """Clinics of growing size: bytes of the page and of a vignette more, opening it, click to feedback."""
    rows = []
    first: tuple[int, int] | None = None
    with _chromium() as browser:
        context = browser.new_context()
        context.set_offline(True)
        context.add_init_script(ANSWERABLE)
        for count in (60, 500):
            path = generated.clinic_page(folder, count)
            opened, answered = [], []
            for _ in range(rounds):
                page = context.new_page()
                page.goto(path.as_uri())
                page.wait_for_function("window.answerable")
                opened.append(page.evaluate("window.answerable"))
                answered += page.evaluate(SESSION)
                page.close()
            size = path.stat().st_size
            first = first or (count, size)
            more = f"{(size - first[1]) / (count - first[0]):,.0f}" if count > first[0] else ""
            rows.append(
                (count, f"{size:,}", more, f"{statistics.median(opened):.0f}", f"{statistics.median(answered):.1f}")
            )
    return rows


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
