"""The whole course with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from secondsight.course import Course

from .kept import stored
from .trainee import FOCUSED

WHERE = f"""() => {{
  {FOCUSED}
  const host = at?.getRootNode()?.host;
  const outlined = (each) => getComputedStyle(each).outlineStyle !== "none";
  return {{tag: at?.tagName ?? "", type: at?.type ?? "", name: at?.name ?? "", text: at?.textContent?.trim() ?? "",
          item: host?.item?.id ?? "", kind: host?.item?.kind ?? "", href: at?.getAttribute?.("href") ?? "",
          in: at?.closest?.("[class]:is(div, fieldset, section)")?.className ?? "", card: at?.dataset?.card ?? "",
          heard: host?.shadowRoot?.querySelector(".unseen[role=status]")?.textContent ?? "",
          outlined: !!at && (outlined(at) || outlined(at.closest("label") ?? at))}};
}}"""
# What is moved to, not stopped at, on the way through a case or a clinic.
PLACES = {"", "BODY", "MAIN", "SECTION", "DIV", "P"}
At = dict[str, str]


def walk(page: Page, until: Callable[[At], bool], key: str = "Tab") -> At:
    """Press Tab until something is focused that fits; everything met on the way shows its focus."""
    for _ in range(600):
        page.keyboard.press(key)
        at = page.evaluate(WHERE)
        if at["tag"] not in PLACES:
            assert at["outlined"], at
        if until(at):
            return at
    raise AssertionError("the keyboard never came there")


class Answers:
    """Answers items one after another, as the focus comes to them."""

    def __init__(self, page: Page):
        self.page = page
        self.done: set[str] = set()

    def here(self, at: At) -> None:
        """Answer the item whose first control has the focus."""
        item = at["item"]
        getattr(self, f"_{at['kind']}")(item, at)
        if at["kind"] != "reflect":
            self._check(item)
        expected = {"reflect": "Write on"}.get(at["kind"], "Try again")
        assert self.page.evaluate(WHERE)["text"] == expected, item
        self.done.add(item)

    def to(self, item: str, until: Callable[[At], bool], key: str = "Tab") -> At:
        return walk(self.page, lambda at: at["item"] == item and until(at), key)

    def _check(self, item: str) -> None:
        self.to(item, lambda at: at["name"] == "certainty")
        self.page.keyboard.press("Space")
        self.page.keyboard.press("ArrowRight")
        self.to(item, lambda at: at["text"] == "Check my answer")
        self.page.keyboard.press("Enter")

    def _choice(self, item: str, _: At) -> None:
        self.page.keyboard.press("Space")

    _hotspot = _spot = _choice

    def _worked(self, item: str, _: At) -> None:
        self.page.keyboard.press("Space")
        self.to(item, lambda at: at["name"] == "mend")
        self.page.keyboard.press("Space")

    def _order(self, item: str, at: At) -> None:
        self._carry(at)

    def _match(self, item: str, at: At) -> None:
        self._carry(at)
        while self.page.evaluate(CARDS_LEFT):
            self._carry(self.to(item, lambda at: at["in"] == "tray", "Shift+Tab"))

    def _carry(self, at: At) -> None:
        """Pick the card up, go one place on, and drop it there."""
        for key, says in (("Enter", "Picked up: "), ("ArrowDown", "Over "), ("Enter", ": now at ")):
            self.page.keyboard.press(key)
            now = self.page.evaluate(WHERE)
            assert says in now["heard"], now
            assert now["card"] == at["card"], "the focus is lost"

    def _reflect(self, item: str, _: At) -> None:
        self.page.keyboard.type("What I would say.")
        self.to(item, lambda at: at["text"] == "Compare with a model answer")
        self.page.keyboard.press("Enter")
        # The points stand before the button, since they are read before it is pressed.
        self.to(item, lambda at: at["type"] == "checkbox", "Shift+Tab")
        self.page.keyboard.press("Space")
        self.to(item, lambda at: at["text"] == "Keep my answer")
        self.page.keyboard.press("Enter")

    def _case(self, item: str, _: At) -> None:
        self.page.keyboard.press("Enter")
        while True:
            self.to(item, lambda at: at["in"] == "ways" or at["name"] == "level")
            if self.page.evaluate(WHERE)["name"] == "level":
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("Enter")


CARDS_LEFT = f"() => {{ {FOCUSED} return at.getRootNode().querySelectorAll('.tray .card').length; }}"


def test_the_course_is_done_from_the_first_lesson_to_the_last(
    visit, site: Path, parts: dict[str, Path], real: Course
) -> None:
    seen = visit(site / "index.html")
    page, pages = seen.page, list(parts.values())
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE)["text"] == "Skip to the content"
    page.keyboard.press("Enter")
    walk(page, lambda at: at["href"] == pages[0].name)
    page.keyboard.press("Enter")
    answers = Answers(page)
    for path in pages:
        page.wait_for_url(f"**/{path.name}")
        total = page.locator("ss-quiz .item").count()
        answers.done.clear()
        while len(answers.done) < total:
            answers.here(walk(page, lambda at: at["item"] not in {"", *answers.done} and at["tag"] != "SUMMARY"))
        if path != pages[-1]:
            walk(page, lambda at: at["text"].startswith("Next:"))
            page.keyboard.press("Enter")
    assert len(stored(page)) == len(real.items) - sum(map(len, real.vignettes.values()))
    assert (seen.requests, seen.errors) == ([], [])


def test_arrows_move_among_options_without_answering(visit, parts: dict[str, Path]) -> None:
    page = visit(parts["bone"]).page
    walk(page, lambda at: at["name"] == "option")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    first = page.locator("ss-choice").first
    expect(first.locator(".verdict")).to_have_count(0)
    expect(first.get_by_role("radio").nth(2)).to_be_checked()


def test_names_and_groups_are_told(visit, parts: dict[str, Path]) -> None:
    page = visit(parts["bone"]).page
    first = page.locator("ss-choice").first
    group = first.get_by_role("group", name="Breast cancer can spread to many parts of the body")
    expect(group.get_by_role("radio")).to_have_count(4)
    expect(first.get_by_role("group", name="How sure are you?").get_by_role("radio")).to_have_count(3)
    expect(first.get_by_role("radio", name="Bone", exact=True)).to_have_count(1)
    expect(page.get_by_role("img", name="Where")).to_have_count(1)
