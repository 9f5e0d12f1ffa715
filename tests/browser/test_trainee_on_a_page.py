"""A trainee with exported pages, opened from disk, the network off."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from secondsight.course import Course

from .trainee import ANSWER_ALL, answer


def test_a_lesson_is_answered_and_survives_a_reload(visit, parts: dict[str, Path]) -> None:
    seen = visit(parts["bone"])
    page = seen.page
    choices = page.locator("ss-choice")
    total = choices.count()
    assert total >= 6
    for index in range(total):
        answer(choices.nth(index), [0])
        expect(choices.nth(index).get_by_role("status")).to_contain_text("Sources:")
    last = page.locator("ss-quiz").last
    asked, answered = last.locator("form").count(), last.locator("ss-choice").count()
    expect(last).to_contain_text(f"{answered} of {asked} answered")
    expect(page.get_by_role("heading", name="Recap")).to_be_visible()
    told = [choices.nth(index).locator(".verdict").inner_text() for index in range(total)]

    page.reload()

    assert [choices.nth(index).locator(".verdict").inner_text() for index in range(total)] == told
    assert seen.requests == []
    assert seen.errors == []


def test_right_and_wrong_are_told_with_words_and_reasons(visit, parts: dict[str, Path]) -> None:
    choice = visit(parts["bone"]).page.locator("ss-choice").first
    answer(choice, [0], "Sure")
    status = choice.get_by_role("status")
    expect(status).to_contain_text("Not this time. You were sure")
    expect(choice.locator("label.bad")).to_contain_text("✗ Your answer")
    expect(choice.locator("label.good")).to_contain_text("✓ A right answer")

    choice.get_by_role("button", name="Try again").click()
    expect(status).to_be_empty()
    answer(choice, [1])
    expect(status).to_contain_text("Right.")
    expect(choice.locator("label.good")).to_contain_text("✓ Your answer, and right")


def test_nothing_is_scored_before_an_answer_and_a_certainty(visit, parts: dict[str, Path]) -> None:
    choice = visit(parts["bone"]).page.locator("ss-choice").first
    choice.get_by_role("button", name="Check my answer").click()
    expect(choice.get_by_role("status")).to_have_text("Choose an answer first.")
    choice.locator(".options label").first.click()
    choice.get_by_role("button", name="Check my answer").click()
    expect(choice.get_by_role("status")).to_have_text("Say how sure you are, then check your answer.")
    expect(choice.locator(".verdict")).to_have_count(0)


def test_every_page_opens_is_answered_and_comes_back(visit, parts: dict[str, Path], real: Course) -> None:
    answered = 0
    for id, path in parts.items():
        seen = visit(path)
        page = seen.page
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("Education, not medical advice. Not yet reviewed by a clinician").first).to_be_visible()
        answered += page.evaluate(ANSWER_ALL)
        told = page.locator(".told")
        before = told.all_text_contents()
        page.reload()
        expect(told, id).to_have_text(before)
        assert (id, seen.requests, seen.errors) == (id, [], [])
        page.context.close()
    vignettes = sum(map(len, real.vignettes.values()))
    assert answered == len(real.items) - vignettes + 20 * len(real.clinics)


def test_one_leads_to_the_next_from_the_index_to_the_end(visit, site: Path, parts: dict[str, Path]) -> None:
    pages = list(parts.values())
    page = visit(site / "index.html").page
    page.locator(".lessons a").first.click()
    visited = [Path(page.url).name]
    while page.locator(".ends .next").count():
        page.locator(".ends .next").click()
        visited.append(Path(page.url).name)
    assert visited == [path.name for path in pages]
    page.locator(".ends .before").click()
    assert Path(page.url).name == pages[-2].name


def test_the_single_file_holds_the_whole_course(visit, single: Path, parts: dict[str, Path]) -> None:
    seen = visit(single)
    page = seen.page
    expect(page.get_by_role("heading", name="Second Sight", level=1)).to_be_visible()
    expect(page.locator(".lesson").first).to_be_hidden()
    for number, link in enumerate(page.locator("ol.lessons a").all()):
        if number:
            page.locator(".lesson:visible").get_by_role("link", name="All lessons").click()
        link.click()
        expect(page.locator(".lesson:visible")).to_have_count(1)
        expect(page.locator(".lesson:visible h1")).to_be_visible()
    assert page.locator(".lesson").count() == len(parts)

    page.goto(f"{single.as_uri()}#{parts['bone'].stem}")
    first = page.locator(".lesson:visible ss-choice").first
    answer(first, [0])
    verdict = first.locator(".verdict").inner_text()
    page.locator(".lesson:visible .told .cites a").first.click()
    expect(page.locator(".lesson:visible")).to_have_count(1)
    page.reload()
    assert page.locator(".lesson:visible ss-choice").first.locator(".verdict").inner_text() == verdict
    assert (seen.requests, seen.errors) == ([], [])


def test_links_between_lessons_lead_to_pages(visit, parts: dict[str, Path]) -> None:
    followed = 0
    for path in parts.values():
        page = visit(path).page
        links = page.locator("main a[href]:not([href^='http'], [href^='#'])")
        for link in links.evaluate_all("all => all.map((link) => link.getAttribute('href'))"):
            assert (path.parent / link).is_file(), (path.name, link)
            followed += 1
        page.close()
    assert followed >= len(parts) - 1


def test_progress_goes_from_one_page_to_another_browser(visit, parts: dict[str, Path], tmp_path: Path) -> None:
    page = visit(parts["bone"]).page
    answer(page.locator("ss-choice").first, [1])
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress").click()
    taken = tmp_path / "progress.jsonl"
    download.value.save_as(taken)
    head, *attempts = map(json.loads, taken.read_text(encoding="utf-8").splitlines())
    assert head["count"] == len(attempts) == 1
    assert attempts[0]["answer"] == ["b"]

    other = visit(parts["bone"]).page
    expect(other.locator(".verdict")).to_have_count(0)
    other.locator("ss-progress-file input").set_input_files(taken)
    expect(other.locator("ss-progress-file").get_by_role("status")).to_have_text("1 answer loaded.")
    expect(other.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")
    other.locator("ss-progress-file input").set_input_files(taken)
    expect(other.locator("ss-progress-file").get_by_role("status")).to_have_text("0 answers loaded, 1 known already.")


def test_a_file_that_is_no_progress_file_is_refused_kindly(visit, parts: dict[str, Path], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("<script>alert(1)</script>")
    page = visit(parts["bone"]).page
    answer(page.locator("ss-choice").first, [1])
    page.locator("ss-progress-file input").set_input_files(wrong)
    expect(page.locator("ss-progress-file").get_by_role("status")).to_contain_text("not a progress file of this course")
    expect(page.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")


# Of each thing asked: whether it can be read, whether its answer is folded away, and whether that opens.
READ = """() => [...document.querySelectorAll("[data-item]")].map((item) => {
  const key = [...item.querySelectorAll("details")].at(-1);
  const seen = (selector, within = item) => within.querySelector(selector).checkVisibility();
  const before = [seen("p"), seen(".cites", key)];
  key.querySelector("summary").click();
  return [...before, seen(".cites", key)];
})"""


def test_without_javascript_every_question_and_answer_can_be_read(visit, parts: dict[str, Path], real: Course) -> None:
    found = []
    for path in parts.values():
        page = visit(path, java_script_enabled=False).page
        found += page.evaluate(READ)
        page.close()
    assert len(found) == len(real.items)
    assert [each for each in found if each != [True, False, True]] == []


def test_on_paper_questions_stand_with_their_key(visit, parts: dict[str, Path]) -> None:
    page = visit(parts["bone"]).page
    page.emulate_media(media="print")
    first = page.locator(".item").first
    expect(first.locator(".stem")).to_be_visible()
    expect(first.locator(".right")).to_be_visible()
    expect(page.locator("ss-choice").first).to_be_hidden()
    expect(page.get_by_role("button", name="Check my answer")).to_have_count(0)


def test_what_storage_holds_is_never_markup(visit, parts: dict[str, Path]) -> None:
    page = visit(parts["bone"]).page
    attack = '<img src=x onerror="window.ran=1">'
    page.evaluate(
        """attack => localStorage.setItem("second-sight/attempts", JSON.stringify([
          {id: attack, item: "bone-commonest-site", item_version: attack, lesson: attack, answer: [attack], score: 1,
           certainty: "sure", hints: 0, seconds: 1, at: "2026-01-01T00:00:00Z", place: "page"}, attack, null, 7]))""",
        attack,
    )
    page.reload()
    answer(page.locator("ss-choice").first, [1])
    expect(page.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")
    assert page.evaluate("window.ran") is None
