"""Answers on exported pages: full or switched-off storage, two tabs, files that are no good."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from secondsight.course import Course

from .bad_files import bad_files, cut
from .conftest import Visit
from .kept import attempt, known, read, stored
from .kinds import ANY, answer_any
from .trainee import Mouse, answer

NOT_KEPT = (
    "This browser cannot keep your answers. You can go on; save your progress to a file before you close the page."
)
# Fills the storage to the last character.
FILL = """() => {
  let size = 1 << 22, number = 0;
  while (size >= 1) {
    try { localStorage.setItem(`full-${number}`, "x".repeat(size)); number += 1; }
    catch { size = Math.floor(size / 2); }
  }
}"""
SWITCHED_OFF = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }})"


def opened(visit, path: Path, context: BrowserContext, without: str) -> Visit:
    if without == "switched off":
        context.add_init_script(SWITCHED_OFF)
    seen = visit(path, context=context)
    if without == "full":
        seen.page.evaluate(FILL)
    return seen


def saved_by(page: Page, button) -> list[dict]:
    with page.expect_download() as download:
        button.click()
    return read(Path(download.value.path()).read_text(encoding="utf-8"))[1]


@pytest.mark.parametrize("without", ["full", "switched off"])
def test_work_goes_on_where_nothing_can_be_kept_and_goes_along_as_a_file(
    visit, parts: dict[str, Path], chromium, without: str
) -> None:
    context = chromium.new_context()
    seen = opened(visit, parts["bone"], context, without)
    page, choices = seen.page, seen.page.locator("ss-choice")
    answer(choices.nth(0), [1])
    expect(choices.nth(0).locator(".verdict")).to_have_text("Right.")
    expect(choices.nth(0).get_by_role("alert")).to_have_text(NOT_KEPT)
    # It is said once.
    answer(choices.nth(1), [2])
    expect(choices.nth(1).locator(".verdict")).to_be_visible()
    expect(choices.nth(1).get_by_role("alert")).to_be_empty()

    attempts = saved_by(page, choices.nth(0).get_by_role("button", name="Save my progress"))
    assert [each["answer"] for each in attempts] == [["b"], ["c"]]
    assert saved_by(page, page.locator("ss-progress-file").get_by_role("button", name="Save my progress")) == attempts
    assert seen.errors == []

    if without == "full":
        # There is room again: what waits is kept with the next answer.
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('full-'))"
                      ".forEach((key) => localStorage.removeItem(key))")  # fmt: skip
        answer(choices.nth(2), [0])
        expect(choices.nth(2).locator(".verdict")).to_be_visible()
        assert [each["id"] for each in stored(page)][:2] == [each["id"] for each in attempts]
        assert len(stored(page)) == 3
    context.close()


def test_panels_of_the_whole_course_work_where_nothing_can_be_kept(
    visit, parts: dict[str, Path], real: Course, chromium
) -> None:
    """The final check tells of it at its next question, and goes on; its file has the answers."""
    context = chromium.new_context()
    seen = opened(visit, parts["final-check"], context, "switched off")
    panel = seen.page.locator("ss-final-check")
    panel.get_by_role("button", name="Begin", exact=True).click()
    answer_any(Mouse(seen.page), panel.locator(ANY), "Keep my answer")
    expect(panel.locator(".head")).to_contain_text("Question 2 of")
    expect(panel.get_by_role("alert").filter(has_text=NOT_KEPT)).to_have_count(1)
    (kept,) = saved_by(seen.page, panel.get_by_role("button", name="Save my progress"))
    assert kept["sitting"]
    assert seen.errors == []
    context.close()


def test_two_tabs_that_answer_at_once_lose_nothing(visit, parts: dict[str, Path]) -> None:
    one = visit(parts["bone"])
    two = visit(parts["bone"], context=one.page.context)
    tabs = [one.page, two.page]
    for number, tab in enumerate(tabs):
        choice = tab.locator("ss-choice").nth(number)
        choice.locator(".options label").nth(1).click()
        choice.get_by_text("Sure", exact=True).click()
    for number, tab in enumerate(tabs):
        tab.locator("ss-choice").nth(number).get_by_role("button", name="Check my answer").click()
    for tab in tabs:
        # Each shows the other's answer too.
        for number in range(2):
            expect(tab.locator("ss-choice").nth(number).locator(".verdict")).to_be_visible()
    assert len(stored(one.page)) == 2
    index = visit(parts["bone"], context=one.page.context).page
    expect(index.locator("ss-choice").nth(1).locator(".verdict")).to_be_visible()
    assert (one.errors, two.errors) == ([], [])


def test_what_the_first_version_kept_is_still_there(visit, parts: dict[str, Path], real: Course) -> None:
    """It held all attempts in one entry."""
    item = real.items["bone-commonest-site"]
    page = visit(parts["bone"]).page
    page.evaluate(
        "all => localStorage.setItem('second-sight/attempts', JSON.stringify(all))",
        [attempt(item, 1, answer=["b"])],
    )
    page.reload()
    expect(page.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")
    answer(page.locator("ss-choice").nth(1), [0])
    attempts = saved_by(page, page.locator("ss-progress-file").get_by_role("button", name="Save my progress"))
    assert attempts[0]["item"] == item.id
    assert len(attempts) == 2


def test_a_file_that_is_no_good_changes_nothing_and_says_so(
    visit, parts: dict[str, Path], real: Course, tmp_path: Path
) -> None:
    seen = visit(parts["bone"])
    page = seen.page
    answer(page.locator("ss-choice").first, [1])
    before = stored(page)
    said = page.locator("ss-progress-file .said")
    for bad in bad_files(tmp_path):
        page.locator("ss-progress-file input").set_input_files(bad.path)
        expect(said).to_contain_text(bad.says)
        assert said.inner_text().count("\n") == 0
        assert (bad.path.name, stored(page)) == (bad.path.name, before)
        # One sentence of words; nothing in it is markup.
        assert said.locator("*").count() == 0
    expect(page.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")
    assert page.evaluate("window.ran") is None
    assert (seen.requests, seen.errors) == ([], [])


def test_what_can_be_taken_of_a_file_is_taken_and_the_rest_is_counted(
    visit, parts: dict[str, Path], real: Course, tmp_path: Path
) -> None:
    seen = visit(parts["bone"])
    page = seen.page
    said = page.locator("ss-progress-file .said")
    page.locator("ss-progress-file input").set_input_files(cut(tmp_path, real))
    expect(said).to_have_text(
        "3 answers loaded, 2 could not be read, 1 missing from the file, 1 dated in the future, by a wrong clock "
        "perhaps. The file has been changed or cut since it was saved."
    )
    assert len(stored(page)) == 3
    expect(page.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")

    # What it holds for questions that the course does not have is kept, counted, and never markup.
    stand = visit(parts["where-you-stand"], context=page.context)
    expect(stand.page.locator("ss-progress")).to_contain_text("1 answer belongs to questions that this course does not")
    assert (page.evaluate("window.ran"), stand.page.evaluate("window.ran")) == (None, None)
    assert (seen.requests, seen.errors, stand.errors) == ([], [], [])


def test_links_of_the_panels_lead_to_pages(visit, site: Path, parts: dict[str, Path], real: Course) -> None:
    page = visit(site / "index.html").page
    items = [item for item in real.items.values() if real.lesson_of_item.get(item.id) == "bone"]
    known(page, [attempt(item, n) for n, item in enumerate(items)])
    followed = 0
    for path in [site / "index.html", parts["where-you-stand"], parts["certificate"]]:
        page.goto(path.as_uri())
        links = page.locator("ss-due a, ss-progress a, ss-certificate a").filter(visible=True)
        links.first.wait_for()
        for link in links.evaluate_all("all => all.map((each) => each.getAttribute('href'))"):
            assert (site / link).is_file(), (path.name, link)
            followed += 1
    assert followed > len(set(real.lesson_of_item.values()))


def test_nothing_that_storage_holds_stops_a_page(visit, parts: dict[str, Path], real: Course) -> None:
    """Entries that are no attempts, and one with markup in its fields."""
    seen = visit(parts["where-you-stand"])
    attack = '<img src=x onerror="window.ran=1">'
    item = real.items["bone-commonest-site"]
    known(seen.page, [attempt(item, 1, id="x1", lesson=attack), attempt(item, 2, id="x2", item=attack)])
    seen.page.evaluate("""() => ["null", "7", "[", "{}", '{"id": 1}'].forEach((text, number) =>
      localStorage.setItem(`second-sight/2/second-sight/bad-${number}`, text))""")
    seen.page.reload()
    expect(seen.page.locator("ss-progress")).to_contain_text("Your answers go from 1 January 2026")
    assert json.loads(seen.page.evaluate("JSON.stringify(window.ran ?? null)")) is None
    assert seen.errors == []
