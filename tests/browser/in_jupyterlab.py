"""Opening and starting a lesson in JupyterLab, as a trainee does."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from running_lab import Lab


def open_lesson(page: Page, lab: Lab, notebook: str, folder: str = "notebooks") -> Locator:
    page.goto(lab.lesson(notebook, folder))
    button = page.get_by_role("button", name="Start this lesson")
    button.wait_for()
    return button


def start(page: Page) -> None:
    """Press the button, at once, and wait for the lesson to stand."""
    button = page.get_by_role("button", name="Start this lesson")
    button.click()
    expect(page.locator("button[aria-busy]")).to_have_count(0)
    expect(button).to_be_visible()
    page.locator(".ss-live").first.wait_for()
    expect(page.locator(".ss-asleep:visible")).to_have_count(0)
