"""Every kind of item on an exported page, from disk, the network off: by mouse, by touch, by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from .kept import stored
from .kinds import KINDS, Kind
from .trainee import HANDS, Keyboard, Mouse, card_of, place_of, told, words

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
SETTINGS = {"mouse": {}, "keyboard": {}, "finger": {"has_touch": True, "viewport": {"width": 390, "height": 800}}}


def attempts(page: Page) -> list[dict[str, Any]]:
    return stored(page, "small")


@each_kind
@pytest.mark.parametrize("hand", HANDS)
def test_it_is_answered_says_why_comes_back_and_is_tried_again(visit, small_site: Path, kind: Kind, hand: str) -> None:
    seen = visit(small_site / kind.page, **SETTINGS[hand])
    own, item = HANDS[hand](seen.page), seen.page.locator(kind.element)

    kind.partly(own, item)

    if kind.verdict:
        expect(item.locator(".verdict")).to_have_text(kind.verdict)
    expect(item.locator("[role=status].told")).to_contain_text("Sources: ")
    here = words(item.locator("form"))
    assert {part: here.count(part) for part in kind.parts} == kind.parts
    assert [reason for reason in kind.reasons if reason not in words(item.locator(".told"))] == []
    (kept,) = attempts(seen.page)
    assert (kept["answer"], kept["score"]) == (kind.kept[0], pytest.approx(kind.kept[1]))

    before = told(item)
    seen.page.reload()
    expect(item.get_by_role("button", name=kind.again)).to_be_visible()
    assert told(item) == before

    own.press(item.get_by_role("button", name=kind.again))
    expect(item.locator(".verdict, .cites")).to_have_count(0)
    if kind.rightly:
        kind.rightly(own, item)
        expect(item.locator(".verdict")).to_have_text(kind.right)
        assert [each["score"] for each in attempts(seen.page)] == [kept["score"], 1]
    else:
        expect(item.get_by_role("textbox")).to_have_value("Aches mostly pass.")
        expect(item.get_by_role("textbox")).to_be_focused()
    assert (seen.requests, seen.errors) == ([], [])


MISSING = {
    "choice": "Choose an answer first.",
    "match": "Put every card into a group first. 3 are left.",
    "order": "Move the steps into the order you think is right first.",
    "hotspot": "Choose an answer first.",
    "worked": "Choose the step with the slip first.",
    "spot": "Say how sure you are, then check your answer.",
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name in MISSING], ids=lambda kind: kind.name)
def test_nothing_is_scored_before_there_is_an_answer(visit, small_site: Path, kind: Kind) -> None:
    page = visit(small_site / kind.page).page
    item = page.locator(kind.element)
    item.get_by_role("button", name="Check my answer").click()
    expect(item.locator(".told")).to_have_text(MISSING[kind.name])
    expect(item.locator(".verdict")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_a_reflection_takes_no_empty_answer(visit, small_site: Path) -> None:
    item = visit(small_site / "02-third.html").page.locator("ss-reflect")
    item.get_by_role("button", name="Compare with a model answer").click()
    expect(item.locator(".told")).to_have_text("Write a sentence or two first. Nobody else reads it.")
    expect(item.locator(".model")).to_have_count(0)


def test_the_keyboard_puts_a_card_back_and_says_so(visit, small_site: Path) -> None:
    page = visit(small_site / "02-third.html").page
    item = page.locator("ss-match")
    heard = item.locator(".unseen[role=status]")
    card = card_of(item, "An ache since May")
    Keyboard(page).go(card)
    page.keyboard.press("Space")
    expect(heard).to_have_text("Picked up: An ache since May. Choose a place with the arrow keys, then press Enter.")
    page.keyboard.press("ArrowUp")
    expect(heard).to_have_text("Over It is talked about, 2 of 2.")
    page.keyboard.press("ArrowUp")
    expect(heard).to_have_text("Over It passes, 1 of 2.")
    page.keyboard.press("Escape")
    expect(heard).to_have_text("Put back: An ache since May.")
    expect(card).to_be_focused()
    expect(card).to_have_attribute("aria-pressed", "false")
    expect(item.get_by_role("group", name="Cards to place").locator(".card")).to_have_count(3)
    # Put back, it is no longer led by the arrows.
    page.keyboard.press("ArrowDown")
    expect(heard).to_have_text("Put back: An ache since May.")


def test_a_step_moved_by_its_arrows_is_announced_and_keeps_the_focus(visit, small_site: Path) -> None:
    page = visit(small_site / "02-third.html").page
    item = page.locator("ss-order")
    up = item.get_by_role("button", name="Move up: Hear what the person says")
    Keyboard(page).press(up)
    expect(item.locator(".unseen[role=status]")).to_have_text("Hear what the person says: now at place 2.")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(item.locator(".unseen[role=status]")).to_have_text("Hear what the person says: now at place 1.")
    # At the top there is no further up; the focus goes to the way down.
    expect(item.get_by_role("button", name="Move down: Hear what the person says")).to_be_focused()


def test_a_card_let_go_over_nothing_goes_back(visit, small_site: Path) -> None:
    page = visit(small_site / "02-third.html").page
    item = page.locator("ss-match")
    card = card_of(item, "An ache since May")
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(2, 2, steps=40)
    page.mouse.up()
    expect(item.locator(".unseen[role=status]")).to_have_text("Put back: An ache since May.")
    expect(item.get_by_role("group", name="Cards to place").locator(".card")).to_have_count(3)
    Mouse(page).carry(item, "An ache since May", "It passes")
    expect(place_of(item, "It passes").locator(".card")).to_have_count(1)


# A page that a finger has pushed scrolls on for a while.
AT_REST = """() => new Promise((done) => {
  let last = -1, same = 0;
  const look = () => {
    same = scrollY === last ? same + 1 : 0;
    last = scrollY;
    if (same > 10) done(); else requestAnimationFrame(look);
  };
  look();
})"""


def test_a_finger_drags_a_card_by_its_grip_and_scrolls_anywhere_else(visit, small_site: Path) -> None:
    page = visit(small_site / "02-third.html", has_touch=True, viewport={"width": 390, "height": 800}).page
    item = page.locator("ss-match")
    touch = page.context.new_cdp_session(page)

    def drag(start: Locator, to: Locator) -> None:
        page.evaluate(AT_REST)
        item.get_by_role("group", name="Cards to place").evaluate("each => each.scrollIntoView({block: 'start'})")
        page.evaluate(AT_REST)
        x, y = (start.bounding_box()[key] + 8 for key in "xy")
        end = to.bounding_box()
        points = [(x, y), (x + 5, y + 20), (end["x"] + 40, end["y"] + 20)]
        for kind, at in zip(["touchStart", "touchMove", "touchMove"], points, strict=True):
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    card = card_of(item, "An ache since May")
    drag(card.locator(".words"), place_of(item, "It passes"))
    expect(place_of(item, "It passes").locator(".card")).to_have_count(0)
    drag(card.locator(".grip"), place_of(item, "It passes"))
    expect(place_of(item, "It passes").locator(".card")).to_have_count(1)


@each_kind
def test_without_javascript_it_is_read_with_its_answer(visit, small_site: Path, kind: Kind) -> None:
    page = visit(small_site / kind.page, java_script_enabled=False).page
    item = page.locator(f".item[data-kind={kind.name}]" if kind.name != "choice" else ".item >> nth=-1")
    for text in kind.shown:
        expect(item.get_by_text(text).first).to_be_visible()
    before = words(item)
    assert [text for text in kind.folded if text in before] == []

    for summary in item.locator("summary").all():
        summary.click()

    after = words(item)
    assert [text for text in kind.folded if text not in after] == []


def test_without_javascript_a_clinic_is_read_with_its_answers_and_cards(visit, small_site: Path) -> None:
    page = visit(small_site / "02-third.html", java_script_enabled=False).page
    clinic = page.locator("ss-clinic")
    expect(clinic.get_by_text("About 5 in 10 of these 4 vignettes need action within days or sooner.")).to_be_visible()
    vignettes = clinic.locator("[data-item]")
    expect(vignettes).to_have_count(4)
    for vignette in vignettes.all():
        expect(vignette.locator("p").first).to_be_visible()
        expect(vignette.locator("details p").first).to_be_hidden()
        vignette.locator("summary").click()
        expect(vignette.locator("details p").first).to_be_visible()
    assert "Act now. Weak legs cannot wait." in words(vignettes.first)
    clinic.get_by_text("The emergency cards").click()
    expect(clinic.get_by_role("heading", name="Weak legs")).to_be_visible()
