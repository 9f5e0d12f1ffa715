"""The hands of a trainee: a mouse, a finger, a keyboard; and what is answered with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Locator, Page, expect

# Answers all that a page asks, each thing once; gives back how many were answered.
ANSWER_ALL = (Path(__file__).parent / "answer_all.js").read_text(encoding="utf-8")
# What has the focus, through every shadow root.
FOCUSED = """let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"""
# Which way the focus has to go to come to an element; 0 where it is.
WHICH_WAY = f"""to => {{
  {FOCUSED}
  if (at === to) return 0;
  const chain = (node) => {{
    const up = [];
    for (; node; node = node.getRootNode().host) up.unshift(node);
    return up;
  }};
  const [ours, theirs] = [chain(at), chain(to)];
  const split = ours.findIndex((node, index) => node !== theirs[index]);
  if (split < 0 || !theirs[split]) return 1;
  return ours[split].compareDocumentPosition(theirs[split]) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}}"""


class Hand(Protocol):
    """What can be done to a part of an item; a control is a button, a summary, or the label of a field."""

    page: Page

    def press(self, control: Locator) -> None: ...

    def write(self, field: Locator, words: str) -> None: ...

    def carry(self, item: Locator, card: str, place: str) -> None:
        """Bring a card to a group of a match, by its name, or to a place of an order, by its number."""


def card_of(item: Locator, words: str) -> Locator:
    return item.locator(".card", has_text=words)


def place_of(item: Locator, place: str) -> Locator:
    """A group of a match, or a step's place of an order, counted from 1."""
    if place.isdigit():
        return item.locator("li[data-place]").nth(int(place) - 1)
    return item.get_by_role("group", name=place, exact=True)


@dataclass
class Mouse:
    page: Page

    def press(self, control: Locator) -> None:
        control.click()

    def write(self, field: Locator, words: str) -> None:
        field.click()
        field.press_sequentially(words)

    def carry(self, item: Locator, card: str, place: str) -> None:
        """Drag the card, button held down, and let it go over the place."""
        target = place_of(item, place)
        target.scroll_into_view_if_needed()
        card_of(item, card).scroll_into_view_if_needed()
        start, end = card_of(item, card).bounding_box(), target.bounding_box()
        self.page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=20)
        self.page.mouse.up()


@dataclass
class Finger:
    page: Page

    def press(self, control: Locator) -> None:
        control.tap()

    def write(self, field: Locator, words: str) -> None:
        field.tap()
        field.press_sequentially(words)

    def carry(self, item: Locator, card: str, place: str) -> None:
        """Tap the card, then the place; a step of an order goes by its arrows."""
        if not place.isdigit():
            card_of(item, card).tap()
            item.get_by_role("button", name=f"Put here: {place}", exact=True).tap()
            return
        lies = item.locator(".card .words").all_inner_texts().index(card)
        for _ in range(abs(int(place) - 1 - lies)):
            way = "up" if int(place) - 1 < lies else "down"
            item.get_by_role("button", name=f"Move {way}: {card}").tap()


@dataclass
class Keyboard:
    page: Page

    def go(self, control: Locator) -> None:
        """Tab to a control, whichever way it lies."""
        self._until(lambda: not control.evaluate(WHICH_WAY), control, "Tab", "Shift+Tab")

    def press(self, control: Locator) -> None:
        field = control.locator("input")
        if not field.count():
            self.go(control)
            self.page.keyboard.press("Enter")
        elif field.get_attribute("type") == "checkbox":
            self.go(field)
            self.page.keyboard.press("Space")
        else:
            self.choose(field)

    def choose(self, radio: Locator) -> None:
        """Tab to a group of radio buttons, and go on with the arrows to the one that is meant."""
        inside = f"to => {{ {FOCUSED} return at.name === to.name && at.getRootNode() === to.getRootNode(); }}"
        self._until(lambda: radio.evaluate(inside), radio, "Tab", "Shift+Tab")
        self._until(lambda: not radio.evaluate(WHICH_WAY), radio, "ArrowDown", "ArrowUp")
        self.page.keyboard.press("Space")
        expect(radio).to_be_checked()

    def _until(self, there: Callable[[], bool], control: Locator, on: str, back: str) -> None:
        for _ in range(300):
            if there():
                return
            self.page.keyboard.press(on if control.evaluate(WHICH_WAY) > 0 else back)
        raise AssertionError(f"the keyboard never came to {control}")

    def write(self, field: Locator, words: str) -> None:
        self.go(field)
        self.page.keyboard.type(words)

    def carry(self, item: Locator, card: str, place: str) -> None:
        """Pick the card up, choose the place with the arrows, and drop it; each step is announced."""
        heard = item.locator(".unseen[role=status]")
        name = f"place {place}" if place.isdigit() else place
        self.go(card_of(item, card))
        self.page.keyboard.press("Enter")
        expect(heard).to_contain_text(f"Picked up: {card}.")
        expect(card_of(item, card)).to_have_attribute("aria-pressed", "true")
        for _ in range(12):
            self.page.keyboard.press("ArrowDown")
            expect(heard).to_contain_text("Over ")
            if heard.inner_text().startswith(f"Over {name},"):
                break
        self.page.keyboard.press("Enter")
        expect(heard).to_have_text(f"{card}: now at {name}.")
        expect(card_of(item, card)).to_be_focused()


HANDS = {"mouse": Mouse, "finger": Finger, "keyboard": Keyboard}


def option(item: Locator, words: str, within: str = "") -> Locator:
    """The label of an option, by its words."""
    return item.locator(f"{within} label", has_text=words)


def check(hand: Hand, item: Locator, certainty: str = "Fairly sure") -> None:
    """Say how sure, and check the answer."""
    hand.press(item.get_by_text(certainty, exact=True))
    hand.press(item.get_by_role("button", name="Check my answer"))


def answer(item: Locator, options: list[int], certainty: str = "Fairly sure") -> None:
    """Answer one choice with the mouse; options are counted from 0."""
    for index in options:
        item.locator(".options label").nth(index).click()
    item.get_by_text(certainty, exact=True).click()
    item.get_by_role("button", name="Check my answer").click()


def words(within: Locator) -> str:
    """What is read there, spaces and line breaks as one space."""
    return " ".join(within.inner_text().split())


def told(item: Locator) -> dict[str, Any]:
    """All that an answered item says: the answer, its marks, and why."""
    return {
        "why": words(item.locator(".told")),
        "marks": item.locator(".mark").all_inner_texts(),
        "fields": item.locator("input, textarea").evaluate_all(
            "all => all.map(each => [each.checked ?? each.value, each.disabled || each.readOnly])"
        ),
        "pressed": item.locator("[aria-pressed=true]").all_inner_texts(),
        "cards": item.locator(".card").all_inner_texts(),
        "replies": item.locator(".reply, .taken").all_inner_texts(),
    }
