"""Makes the README's pictures: a lesson in JupyterLab, exported, and on a phone. ``make screenshots``."""

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
        live(browser, Path(scratch))
        browser.close()


if __name__ == "__main__":
    main()
