"""Makes the README's pictures: a lesson three ways, the body map, a clinic's figures, and what those see who teach.

``make screenshots``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from running_lab import running_lab

ROOT = Path(__file__).parents[1]
IMAGES = Path(__file__).parent / "images"
FOUND = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
CHROMIUM = os.environ.get("SECONDSIGHT_BROWSER") or next(filter(None, FOUND), "")
SESSIONS = 4
# The same vignettes in the same order each time.
NO_CHANCE = "let seed = 7; Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;"
# A session of the clinic, by somebody who is mostly right.
SESSION = """async () => {
  const clinic = document.querySelector("ss-clinic");
  const levels = ["same-day-emergency", "contact-team-within-days", "discuss-if-beyond-1-2-weeks",
    "reassure-and-safety-net"];
  await clinic.updateComplete;
  clinic.shadowRoot.querySelector("button").click();
  for (let at = 0; at < 10; at += 1) {
    await clinic.updateComplete;
    const vignette = clinic.shadowRoot.querySelector("ss-vignette");
    await vignette.updateComplete;
    const root = vignette.shadowRoot;
    const chance = Math.random();
    const right = levels.indexOf(vignette.item.action);
    const chosen = chance < 0.7 ? right : chance < 0.9 ? Math.max(0, right - 1) : Math.min(3, right + 1);
    root.querySelectorAll(".options input")[chosen].click();
    const sure = chance < 0.3 ? 2 : Math.floor(Math.random() * 3);
    root.querySelectorAll(".certainty input")[sure].click();
    await vignette.updateComplete;
    root.querySelector("button[type=submit]").click();
    await vignette.updateComplete;
    root.querySelector("button[type=submit]").click();
  }
}"""


def answer(page: Page) -> None:
    """Answer the first question rightly."""
    choice = page.locator("ss-choice").first
    choice.wait_for()
    choice.locator(".options label").nth(1).click()
    choice.get_by_text("Fairly sure", exact=True).click()
    choice.get_by_role("button", name="Check my answer").click()


def exported(browser: Browser, folder: Path) -> None:
    """The exported lesson at desk width, and in the dark on a phone."""
    command = [sys.executable, "-m", "secondsight.cli", "export", "--course", ROOT, "--out", folder / "site"]
    subprocess.run(command, check=True, capture_output=True)
    for name, settings in (
        ("exported", {"viewport": {"width": 1000, "height": 900}}),
        ("phone", {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}),
    ):
        page = browser.new_page(**settings)
        page.goto((folder / "site" / "05-bone.html").as_uri())
        answer(page)
        page.locator("ss-choice").first.scroll_into_view_if_needed()
        page.evaluate("document.querySelector('ss-quiz').scrollIntoView()")
        page.screenshot(path=IMAGES / f"{name}.png")


def practised(browser: Browser, folder: Path) -> None:
    """The body map with a place chosen, and the figures of somebody who has been to the clinic."""
    page = browser.new_page(viewport={"width": 760, "height": 900})
    page.goto((folder / "site" / "12-body-map.html").as_uri())
    page.get_by_role("button", name="Liver", exact=True).click()
    page.evaluate("document.querySelector('ss-body-map').scrollIntoView()")
    page.screenshot(path=IMAGES / "body-map.png")
    page.add_init_script(NO_CHANCE)
    page.goto((folder / "site" / "23-spotters-clinic.html").as_uri())
    for _ in range(SESSIONS):
        page.evaluate(SESSION)
    figures = page.get_by_role("heading", name="Your figures so far")
    page.locator("ss-clinic .panel").filter(has=figures).screenshot(path=IMAGES / "clinic.png")


def taught(browser: Browser, folder: Path) -> None:
    """The report on a made-up class, and a lesson with its keys open."""
    start = [sys.executable, "-m", "secondsight.cli"]
    for command in (
        ["insights", "--example", "--out", folder / "class.html"],
        ["export", "--for", "educators", "--lessons", "bone", "--out", folder / "taught"],
    ):
        subprocess.run([*start, *command, "--course", ROOT], check=True, capture_output=True)
    page = browser.new_page(viewport={"width": 760, "height": 900})
    page.goto((folder / "class.html").as_uri())
    page.screenshot(path=IMAGES / "class-report.png")
    page.goto((folder / "taught" / "05-bone.html").as_uri())
    page.evaluate("document.querySelector('.for-educators').scrollIntoView()")
    page.screenshot(path=IMAGES / "educators.png")


def live(browser: Browser, folder: Path) -> None:
    """The same lesson in JupyterLab, just started."""
    with running_lab(folder) as lab:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(lab.lesson("05-bone.ipynb"))
        page.get_by_role("button", name="Start this lesson").click()
        page.locator("ss-quiz").first.wait_for()
        page.wait_for_timeout(2000)
        page.screenshot(path=IMAGES / "jupyterlab.png")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        exported(browser, Path(scratch))
        practised(browser, Path(scratch))
        taught(browser, Path(scratch))
        live(browser, Path(scratch))
        browser.close()


if __name__ == "__main__":
    main()
