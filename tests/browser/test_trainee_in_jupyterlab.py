"""A trainee in a real JupyterLab: from the start button to the recap, and back after a break."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from running_lab import Lab
from secondsight.record import Attempt, Record

from .conftest import answer, axe

LESSON = "05-bone.ipynb"


@pytest.fixture
def page(chromium: Browser) -> Page:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def open_lesson(page: Page, lab: Lab, lesson: str = LESSON) -> Locator:
    page.goto(lab.lesson(lesson))
    button = page.get_by_role("button", name="Start this lesson")
    button.wait_for()
    return button


def start(page: Page) -> None:
    """Press the button, at once, and wait for the lesson to stand."""
    button = page.get_by_role("button", name="Start this lesson")
    button.click()
    expect(page.locator("button[aria-busy]")).to_have_count(0)
    expect(button).to_be_visible()
    page.locator("ss-choice").first.wait_for()


def kept(lab: Lab, attempts: int) -> list[Attempt]:
    """What the record holds, once it holds that many."""
    record = Record(lab.home / "record.sqlite3")
    for _ in range(200):
        if len(found := record.attempts()) >= attempts:
            return found
        time.sleep(0.1)
    raise AssertionError(f"the record holds {len(found)} attempts, not {attempts}")


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(".lm-DockPanel-tabBar .jp-mod-dirty")).to_have_count(0)


def test_from_start_to_recap(lab: Lab, page: Page) -> None:
    open_lesson(page, lab)
    expect(page.locator(".jp-RenderedMarkdown", has_text="Almost everyone who has had")).to_be_visible()
    # Pressed at once, while the kernel is still connecting.
    start(page)
    choices = page.locator("ss-choice")
    choices.first.wait_for()
    expect(choices).to_have_count(9)
    assert page.locator(".jp-CodeCell .cm-editor:visible, .jp-CodeCell .jp-InputPlaceholder:visible").count() == 0
    expect(page.locator(".ss-asleep:visible")).to_have_count(0)
    expect(page.get_by_text("Would you like to get notified")).to_have_count(0)
    expect(page.get_by_role("heading", name="Bone", exact=True)).to_be_in_viewport()

    answer(choices.first, [1], "Sure")
    expect(choices.first.get_by_role("status")).to_contain_text("Right.")
    expect(page.get_by_role("heading", name="Recap")).to_be_attached()
    expect(page.locator(".jp-RenderedMarkdown", has_text="Education, not medical advice")).to_be_visible()
    expect(choices.first.get_by_role("alert")).to_be_empty()
    (attempt,) = kept(lab, 1)
    assert (attempt.item, attempt.answer, attempt.score, attempt.certainty, attempt.place) == (
        "bone-commonest-site",
        ["b"],
        1.0,
        "sure",
        "jupyter",
    )


def test_answers_come_back_after_reload_rerun_and_restart(lab: Lab, page: Page) -> None:
    open_lesson(page, lab)
    start(page)
    first = page.locator("ss-choice").first
    answer(first, [1], "Sure")
    expect(first.locator(".verdict")).to_have_text("Right.")
    kept(lab, 1)
    save(page)

    page.reload()
    expect(first.locator(".verdict")).to_have_text("Right.", timeout=20_000)

    start(page)
    expect(first.locator(".verdict")).to_have_text("Right.")
    save(page)

    lab.stop_kernels()
    page.reload()
    expect(page.get_by_text("These questions are asleep").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("model not found").first).to_be_hidden()
    expect(page.locator(".stem").first).to_be_visible()
    start(page)
    expect(first.locator(".verdict")).to_have_text("Right.", timeout=20_000)
    expect(page.locator(".ss-asleep:visible")).to_have_count(0)


def test_a_restarted_kernel_is_told_of_and_mended_by_starting_again(lab: Lab, page: Page) -> None:
    open_lesson(page, lab)
    start(page)
    first = page.locator("ss-choice").first
    first.wait_for()
    lab.restart_kernels()
    page.wait_for_timeout(2500)
    answer(first, [1], "Sure")
    expect(first.locator(".verdict")).to_have_text("Right.")
    expect(first.get_by_role("alert")).to_contain_text("Start this lesson")
    start(page)
    expect(page.locator("ss-choice").first.locator(".verdict")).to_have_count(0)
    answer(page.locator("ss-choice").first, [1], "Sure")
    assert len(kept(lab, 1)) == 1


def test_progress_goes_from_jupyter_to_a_page(lab: Lab, page: Page, visit, site: Path, tmp_path: Path) -> None:
    open_lesson(page, lab)
    start(page)
    answer(page.locator("ss-choice").first, [1], "Sure")
    expect(page.locator("ss-choice").first.locator(".verdict")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress").click()
    taken = tmp_path / "progress.jsonl"
    download.value.save_as(taken)
    assert json.loads(taken.read_text().splitlines()[0])["count"] == 1

    exported = visit(site / "05-bone.html").page
    exported.locator("ss-progress-file input").set_input_files(taken)
    expect(exported.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")

    answer(exported.locator("ss-choice").nth(1), [2])
    with exported.expect_download() as download:
        exported.get_by_role("button", name="Save my progress").click()
    back = tmp_path / "back.jsonl"
    download.value.save_as(back)
    page.locator("ss-progress-file input").set_input_files(back)
    expect(page.locator("ss-progress-file .said")).to_have_text("1 answer loaded, 1 known already.")
    expect(page.locator("ss-choice").nth(1).locator(".verdict")).to_have_text("Right.")


def test_the_export_menu_makes_the_page_of_the_site(lab: Lab, page: Page, site: Path) -> None:
    open_lesson(page, lab)
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Save and Export Notebook As").hover()
    item = page.get_by_role("menuitem", name=re.compile("Second ?sight", re.I))
    expect(item).to_be_visible()
    asked_for = f"/nbconvert/secondsight/notebooks/{LESSON}"
    with page.context.expect_event("request", lambda request: asked_for in request.url):
        item.click()
    made = lab.call("GET", f"nbconvert/secondsight/notebooks/{LESSON}")
    assert made == (site / "05-bone.html").read_text(encoding="utf-8")


def test_a_lesson_has_room_on_a_phone(lab: Lab, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    open_lesson(page, lab).tap()
    first = page.locator("ss-choice").first
    first.wait_for()
    assert page.locator(".jp-Notebook").bounding_box()["width"] > 280
    answer(first, [1])
    expect(first.locator(".verdict")).to_have_text("Right.")
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_lesson(lab: Lab, page: Page, theme: str) -> None:
    if theme == "dark":
        settings = lab.folder.parent / "settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        (settings / "themes.jupyterlab-settings").write_text('{"theme": "JupyterLab Dark"}')
    lessons = sorted(path.name for path in (lab.folder / "notebooks").glob("*.ipynb"))
    assert len(lessons) >= 10
    found = []
    for lesson in lessons:
        open_lesson(page, lab, lesson)
        start(page)
        choices = page.locator("ss-choice")
        choices.first.wait_for()
        answer(choices.first, [0])
        answer(choices.nth(1), [1], "Sure")
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true" if theme == "light" else "false")
        expect(page.locator(".ss-asleep:visible")).to_have_count(0)
        for part in (".jp-RenderedHTMLCommon .ss", ".ss-live", ".jp-MarkdownCell .jp-RenderedMarkdown"):
            found += [f"{lesson}: {line}" for line in axe(page, part)]
        lab.stop_kernels()
    assert found == []
