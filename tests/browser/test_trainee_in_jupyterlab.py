"""A trainee in a real JupyterLab: from the start button to the recap, and back after a break."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from running_lab import Lab
from secondsight.attempt import Attempt
from secondsight.record_file import Record

from .in_jupyterlab import open_lesson, start
from .trainee import answer

LESSON = "05-bone.ipynb"


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
    open_lesson(page, lab, LESSON)
    expect(page.locator(".jp-RenderedMarkdown", has_text="Almost everyone who has had")).to_be_visible()
    # Pressed at once, while the kernel is still connecting.
    start(page)
    choices = page.locator("ss-choice")
    choices.first.wait_for()
    expect(choices).to_have_count(9)
    assert page.locator(".jp-CodeCell .cm-editor:visible, .jp-CodeCell .jp-InputPlaceholder:visible").count() == 0
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
    open_lesson(page, lab, LESSON)
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
    open_lesson(page, lab, LESSON)
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


def test_progress_goes_from_jupyter_to_a_page(
    lab: Lab, page: Page, visit, parts: dict[str, Path], tmp_path: Path
) -> None:
    open_lesson(page, lab, LESSON)
    start(page)
    answer(page.locator("ss-choice").first, [1], "Sure")
    expect(page.locator("ss-choice").first.locator(".verdict")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress").click()
    taken = tmp_path / "progress.jsonl"
    download.value.save_as(taken)
    assert json.loads(taken.read_text().splitlines()[0])["count"] == 1

    exported = visit(parts["bone"]).page
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


def test_the_export_menu_makes_the_page_of_the_site(lab: Lab, page: Page, parts: dict[str, Path]) -> None:
    # The menu is filled with the server's list of exporters, which comes late where much is going on.
    with page.expect_response(lambda response: response.url.split("?")[0].endswith("/api/nbconvert")):
        open_lesson(page, lab, LESSON)
    item = page.get_by_role("menuitem", name=re.compile("Second ?sight", re.I))
    for _ in range(20):
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.locator(".lm-Menu-item", has_text="Save and Export Notebook As").hover()
        page.wait_for_timeout(500)
        if item.is_visible():
            break
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    asked_for = f"/nbconvert/secondsight/notebooks/{LESSON}"
    with page.context.expect_event("response", lambda response: asked_for in response.url) as answered:
        item.click()
    assert answered.value.ok
    made = lab.call("GET", f"nbconvert/secondsight/notebooks/{LESSON}")
    assert made == (parts["bone"]).read_text(encoding="utf-8")


def test_a_lesson_has_room_on_a_phone(lab: Lab, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    open_lesson(page, lab, LESSON).tap()
    first = page.locator("ss-choice").first
    first.wait_for()
    assert page.locator(".jp-Notebook").bounding_box()["width"] > 280
    answer(first, [1])
    expect(first.locator(".verdict")).to_have_text("Right.")
    context.close()
