"""What looks at the whole course, on exported pages: review, final check, where one stands, certificate."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from secondsight.course import Course
from secondsight.course.items import Item

from .kept import attempt, known, read, stored
from .kinds import ANY, answer_any
from .printed_sheet import pages, text
from .trainee import HANDS, Hand, Keyboard, words

ONE_BY_ONE = [HANDS["mouse"], HANDS["keyboard"]]
RIGHT = 0.8  # as in frontend/src/scoring/right.ts


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def kind(item: Item) -> str:
    return getattr(item, "kind", "vignette")


def one_of_each_kind(real: Course) -> dict[str, Item]:
    """The first item of each kind that is scored, and that a lesson asks."""
    found: dict[str, Item] = {}
    for item in real.items.values():
        if item.is_scored and item.id in real.lesson_of_item:
            found.setdefault(kind(item), item)
    assert set(found) == {"choice", "match", "order", "hotspot", "spot", "worked", "case", "vignette"}
    return found


@pytest.mark.parametrize("hand", ONE_BY_ONE, ids=["mouse", "keyboard"])
def test_what_is_due_is_asked_again_and_gets_a_new_date(
    visit, site: Path, parts: dict[str, Path], real: Course, tmp_path: Path, hand: type[Hand]
) -> None:
    """One item of each kind is due; one was wrong and sure; one is known so well that it is not due."""
    due = one_of_each_kind(real)
    asked = {item.id for item in due.values()}
    surely_wrong = due["spot"]
    well_known = next(i for i in real.items.values() if kind(i) == "choice" and i.id not in asked)
    seeds = [attempt(item, n, days_ago(20 + n), certainty="fairly-sure") for n, item in enumerate(due.values())]
    seeds += [
        attempt(surely_wrong, 100, days_ago(3), score=0),
        attempt(well_known, 101, days_ago(1)),
    ]
    seen = visit(site / "index.html")
    index = seen.page
    expect(index.locator("ss-due")).to_contain_text("Nothing yet.")
    known(index, seeds)
    expect(index.locator("ss-due")).to_contain_text(f"{len(due)} questions to answer again")
    own = hand(index)
    own.press(index.get_by_role("link", name="Go to the review"))
    expect(index).to_have_url(parts["review"].as_uri())

    review = index.locator("ss-review")
    expect(review.get_by_text(f"{len(due)} questions")).to_be_visible()
    own.press(review.get_by_role("button", name=f"Begin with {len(due)}"))
    met, right = [], 0
    for number in range(1, len(due) + 1):
        head = review.locator(".head")
        expect(head).to_contain_text(f"{number} of {len(due)}, from “")
        expect(head).to_be_focused()
        item = review.locator(ANY)
        met.append(item.evaluate("each => each.item.id"))
        assert real.lessons[real.lesson_of_item[met[-1]]].title in head.inner_text()
        answer_any(own, item)
        expect(item.locator(".told .cites").first).to_be_attached()
        right += item.evaluate("each => each.attempt.score") >= RIGHT
        own.press(item.get_by_role("button", name="Next" if number < len(due) else "Finish"))
    assert met[0] == surely_wrong.id
    assert sorted(met) == sorted(asked)
    assert all(each["lesson"] == "review" for each in stored(index)[-len(due) :])
    expect(review.get_by_role("heading", name="Done")).to_be_focused()
    expect(review).to_contain_text(f"You had {right} of {len(due)} right.")
    expect(review).to_contain_text("Nothing is due today.")
    expect(review.get_by_role("button", name=re.compile("Begin|Go on"))).to_have_count(0)

    # The next dates go with the file.
    own.press(review.get_by_text("The next 7 days"))
    dates = words(review.locator("table.ahead"))
    assert re.search("[1-9] question", dates)
    taken = save(index, tmp_path)
    assert read(taken.read_text(encoding="utf-8"))[0]["count"] == len(seeds) + len(due)
    other = visit(parts["review"])
    other.page.locator("ss-progress-file input").set_input_files(taken)
    expect(other.page.locator("ss-review")).to_contain_text("Nothing is due today.")
    other.page.locator("ss-review").get_by_text("The next 7 days").click()
    assert words(other.page.locator("ss-review table.ahead")) == dates
    assert (seen.requests, seen.errors, other.requests, other.errors) == ([], [], [], [])


def save(page: Page, folder: Path) -> Path:
    """Press "Save my progress" at the foot of the page."""
    with page.expect_download() as download:
        page.locator("ss-progress-file").get_by_role("button", name="Save my progress").click()
    taken = folder / "progress.jsonl"
    download.value.save_as(taken)
    return taken


QUEUE = "each => each.queue.map((item) => item.id)"


def begin_with(panel: Locator, own: Hand, enough: Callable[[list[str]], bool], button: str) -> list[str]:
    """Begin a final check; what is drawn by chance is drawn anew until it is enough. The items it asks."""
    for _ in range(60):
        own.press(panel.get_by_role("button", name=button, exact=True))
        if enough(queue := panel.evaluate(QUEUE)):
            return queue
        panel.page.reload()
    raise AssertionError("no such final check was drawn")


def before_the_check(real: Course, drawn_from: set[str]) -> list[dict[str, Any]]:
    """Two right answers to the check before the course; and every choice met where there is anything else to draw."""
    first = real.quizzes[real.final_check.before].items
    special = {i.objective for i in real.items.values() if i.objective in drawn_from and kind(i) != "choice"}
    others = [i for i in real.items.values() if i.objective in special and kind(i) == "choice" and i not in first]
    return [
        *(attempt(item, n, days_ago(40), score=int(n < 2)) for n, item in enumerate(first)),
        *(attempt(item, 100 + n, days_ago(30)) for n, item in enumerate(others)),
    ]


def test_the_final_check_from_the_first_question_to_the_result(visit, parts: dict[str, Path], real: Course) -> None:
    """By keyboard alone: every kind that can come, no feedback before the end, a reload in the middle."""
    total = sum(draw.items for draw in real.final_check.draws)
    drawn_from = {objective for draw in real.final_check.draws for objective in draw.objectives}
    can_come = {kind(i) for i in real.items.values() if i.objective in drawn_from and i.is_scored}
    assert {"choice", "match", "order", "worked", "case", "vignette"} <= can_come
    first = real.quizzes[real.final_check.before].items
    seen = visit(parts["final-check"])
    page = seen.page
    known(page, before_the_check(real, drawn_from))
    panel, own = page.locator("ss-final-check"), Keyboard(page)
    queue = begin_with(panel, own, lambda queue: {kind(real.items[id]) for id in queue} == can_come, "Begin")
    assert len(queue) == len(set(queue)) == total

    half = 2 * total // 3
    for number in range(1, total + 1):
        expect(panel.locator(".head")).to_have_text(f"Question {number} of {total}")
        expect(panel.locator(".head")).to_be_focused()
        expect(panel.get_by_role("progressbar", name="Questions answered")).to_have_attribute("value", str(number - 1))
        item = panel.locator(ANY)
        assert item.evaluate("each => each.item.id") == queue[number - 1]
        expect(item.get_by_role("button", name="hint")).to_have_count(0)
        answer_any(own, item, "Keep my answer")
        if number == total:
            break
        expect(panel.locator(".head")).to_have_text(f"Question {number + 1} of {total}")
        expect(panel.locator(".verdict, .mark, .why, .cites, mark")).to_have_count(0)
        if number == half:
            page.reload()
            expect(panel.locator(ANY)).to_have_count(0)
            own.press(panel.get_by_role("button", name=f"Go on after {half} of {total}"))

    expect(panel.get_by_role("heading", name="Your result")).to_be_focused()
    sitting = [each for each in stored(page) if each.get("sitting")]
    assert [each["item"] for each in sitting] == queue
    assert len({each["sitting"] for each in sitting}) == 1
    right = sum(each["score"] >= RIGHT for each in sitting)
    expect(panel).to_contain_text(f"You had {right} of {total} right")
    # Now each says why.
    to_look_at = panel.locator("details", has_text="to look at").first
    expect(to_look_at.locator(f":is({ANY})")).to_have_count(total - right)
    assert to_look_at.locator(".told").filter(has_text="Sources: ").count() == total - right

    stand = visit(parts["where-you-stand"], context=page.context).page
    table = stand.locator("ss-progress").get_by_role("table").filter(has_text="Before the course")
    expect(table.get_by_role("row", name="Before the course")).to_contain_text(f"2 of {len(first)}")
    expect(table.get_by_role("row", name=real.final_check.title)).to_contain_text(f"{right} of {total}")
    expect(stand.locator("ss-progress")).to_contain_text("From before the course to your newest check: ")

    page.reload()
    again = begin_with(panel, own, bool, "Begin anew, with other questions")
    # Of the patients, some objectives have one only.
    assert [id for id in set(again) & set(queue) if kind(real.items[id]) != "case"] == []
    assert (seen.requests, seen.errors) == ([], [])


def everything_answered(real: Course) -> list[dict[str, Any]]:
    """Every item once, half of them wrongly, on 1 March 2026; then a final check of thirty on 2 March."""
    asked = [item for item in real.items.values() if item.id in real.lesson_of_item]
    answers = [
        attempt(item, n, "2026-03-01T10:00:00.000Z", score=n % 2 if item.is_scored else None)
        for n, item in enumerate(asked)
    ]
    total = sum(draw.items for draw in real.final_check.draws)
    check = [item for item in asked if item.is_scored][:total]
    return answers + [
        attempt(item, 5000 + n, "2026-03-02T10:00:00.000Z", lesson="final-check", sitting="a-sitting")
        for n, item in enumerate(check)
    ]


def test_the_certificate_says_what_is_still_open(visit, parts: dict[str, Path], real: Course) -> None:
    answered = everything_answered(real)
    page = visit(parts["certificate"]).page
    panel = page.locator("ss-certificate")
    lessons = [lesson for lesson in real.lessons.values() if lesson.kind == "lesson"]
    asked = [lesson for lesson in lessons if lesson.id in real.lesson_of_item.values()]
    expect(panel.get_by_role("listitem")).to_have_count(len(asked) + 1)
    expect(panel.get_by_role("textbox")).to_have_count(0)
    # All but one question of one lesson, and no final check.
    left = next(item.id for item in real.items.values() if real.lesson_of_item.get(item.id) == "bone")
    known(page, [each for each in answered if each["item"] != left and not each.get("sitting")])
    total = sum(lesson == "bone" for lesson in real.lesson_of_item.values())
    expect(panel.get_by_role("listitem")).to_have_text(
        [f"{real.lessons['bone'].title}: {total - 1} of {total} answered", real.lessons["final-check"].title]
    )
    panel.get_by_role("link", name=real.lessons["bone"].title).click()
    expect(page).to_have_url(parts["bone"].as_uri())


# The frame that is printed, as it stands at that moment; then as if the trainee had closed the dialogue.
CATCH_PRINT = """() => {
  const content = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow");
  Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", { get() {
    const own = content.get.call(this);
    own.print = () => {
      const looks = [...own.document.adoptedStyleSheets, ...own.document.styleSheets];
      window.printed = {
        html: own.document.documentElement.outerHTML,
        text: own.document.body.innerText,
        look: looks.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join("\\n"),
      };
      own.dispatchEvent(new Event("afterprint"));
    };
    return own;
  } });
}"""
NAME = "Ngozi Ó Súilleabháin <b>"


def test_the_certificate_is_one_sheet_and_forgets_the_name(
    visit, parts: dict[str, Path], real: Course, tmp_path: Path
) -> None:
    seen = visit(parts["certificate"])
    page = seen.page
    known(page, everything_answered(real))
    panel, own = page.locator("ss-certificate"), Keyboard(page)
    own.write(panel.get_by_role("textbox", name="Your name, if you want it on the certificate"), NAME)
    page.evaluate(CATCH_PRINT)
    own.press(panel.get_by_role("button", name="Print, or save as PDF"))
    printed = page.evaluate("window.printed")

    parts_of_it = [lesson for lesson in real.lessons.values() if lesson.kind in {"lesson", "practice"}]
    in_it = [lesson for lesson in parts_of_it if lesson.id in real.lesson_of_item.values()]
    halves = round(sum(lesson.minutes for lesson in in_it) / 30)
    flat = " ".join(printed["text"].split())
    says = [NAME, f"“{real.head.title}”", "Completed on 2 March 2026", f"about {halves / 2:g} hours"]
    says += [lesson.title for lesson in in_it]
    says += ["It is not a test of clinical competence", real.head.reviewed_by, "no proof of who answered"]
    assert [each for each in says if each not in flat] == []
    assert flat == words(panel.locator(".sheet"))
    assert "Still open" not in flat
    assert re.search(r"version \d+\.\d+", flat)

    paper = page.context.new_page()
    paper.set_content(f"<style>{printed['look']}</style>{printed['html']}")
    pdf = paper.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "1.5cm"))
    assert pages(pdf) == 1
    assert "".join(in_it[-1].title.split()) in text(pdf)
    paper.close()

    # The name is nowhere: not on the page, not in any storage, not in the file.
    expect(page.locator("iframe")).to_have_count(0)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")
    taken = save(page, tmp_path).read_text(encoding="utf-8")
    assert "a-sitting" in kept
    assert "a-sitting" in taken
    assert [place for place in (kept, taken) if "Ngozi" in place] == []
    page.reload()
    expect(panel.get_by_role("textbox")).to_have_value("")
    expect(panel).not_to_contain_text("Ngozi")
    assert (seen.requests, seen.errors) == ([], [])


def of_objective(real: Course, objective: str) -> list[Item]:
    return [item for item in real.items.values() if item.objective == objective and item.id in real.lesson_of_item]


def test_where_one_stands_follows_from_the_answers(visit, parts: dict[str, Path], real: Course) -> None:
    """One objective of a lesson holds, one is practised, one is met, the others are not."""
    bone = real.lessons["bone"]
    holding, practised, met, *not_met = bone.objectives
    numbers = iter(range(1000))

    def answers(items: Iterable[Item], days: float, **more: Any) -> list[dict[str, Any]]:
        return [attempt(item, next(numbers), days_ago(days), **more) for item in items]

    seeds = [
        *answers(of_objective(real, holding.id), 9),
        *answers(of_objective(real, holding.id), 2),
        *answers(of_objective(real, practised.id), 2),
        *answers(of_objective(real, met.id)[:1], 2, score=0),
    ]
    page = visit(parts["where-you-stand"]).page
    panel = page.locator("ss-progress")
    expect(panel.locator(".next")).to_contain_text(f"Begin “{real.lessons['start-here'].title}”")
    known(page, seeds)
    row = panel.get_by_role("row", name=re.compile(f"^{bone.title} "))
    row.locator("summary").click()
    for objective, standing in [(holding, "Holding"), (practised, "Practised"), (met, "Met")]:
        expect(row.get_by_role("listitem").filter(has_text=objective.says)).to_contain_text(standing)
    for objective in not_met:
        expect(row.get_by_role("listitem").filter(has_text=objective.says)).to_contain_text("Not met")
    expect(row.locator("summary")).to_contain_text("1 holding, 1 practised, 1 met")
    right = sum(each["score"] for each in seeds)
    expect(panel).to_contain_text(f"When you were sure, you were right {right} of {len(seeds)} times.")
    # A lesson left halfway comes before what is due.
    expect(panel.locator(".next")).to_contain_text(f"Go on with “{bone.title}”")
    panel.locator(".next").get_by_role("link", name=f"Go on with “{bone.title}”").click()
    expect(page).to_have_url(parts["bone"].as_uri())


def test_erasing_asks_first_and_then_leaves_nothing(
    visit, parts: dict[str, Path], real: Course, tmp_path: Path
) -> None:
    """By keyboard alone."""
    seen = visit(parts["where-you-stand"])
    page = seen.page
    known(page, everything_answered(real)[:40])
    panel, own = page.locator("ss-progress"), Keyboard(page)
    button = panel.get_by_role("button", name="Erase all my answers")
    own.press(button)
    group = panel.get_by_role("group", name="Erase everything")
    expect(group.get_by_role("button", name="No, keep them")).to_be_focused()
    page.keyboard.press("Enter")
    expect(group).to_have_count(0)
    expect(button).to_be_focused()
    assert len(stored(page)) == 40

    page.keyboard.press("Enter")
    with page.expect_download() as download:
        own.press(group.get_by_role("button", name="Save them to a file first"))
    assert read(Path(download.value.path()).read_text(encoding="utf-8"))[0]["count"] == 40
    # A record of the course's first version is erased with it; that of another course is not.
    page.evaluate("localStorage.setItem('second-sight/attempts', '[]')")
    page.evaluate("localStorage.setItem('second-sight/2/another/x', '{}')")
    own.press(group.get_by_role("button", name="Yes, erase everything"))
    expect(panel.get_by_role("status").last).to_have_text("All your answers in this browser are erased.")
    expect(button).to_be_focused()
    expect(panel).to_contain_text("No answers yet.")
    page.reload()
    expect(panel).to_contain_text("No answers yet.")
    expect(panel.locator(".next")).to_contain_text(f"Begin “{real.lessons['start-here'].title}”")
    assert json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))")) == ["second-sight/2/another/x"]
    assert (seen.requests, seen.errors) == ([], [])
