"""The whole course with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

WHERE = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const host = at?.getRootNode()?.host;
  return {tag: at?.tagName ?? "", type: at?.type ?? "", name: at?.name ?? "", text: at?.textContent?.trim() ?? "",
          item: host?.tagName === "SS-CHOICE" ? host.item.id : "", href: at?.getAttribute?.("href") ?? "",
          outlined: !!at && (getComputedStyle(at).outlineStyle !== "none" ||
                    getComputedStyle(at.closest("label") ?? at).outlineStyle !== "none")};
}"""


def walk(page: Page, until) -> dict:
    """Press Tab until something is focused that fits; everything met on the way shows its focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at["tag"] not in {"", "BODY", "MAIN"}:
            assert at["outlined"], at
        if until(at):
            return at
    raise AssertionError("the keyboard never came there")


def answer_all(page: Page) -> set[str]:
    answered: set[str] = set()
    total = page.locator("ss-choice").count()
    while len(answered) < total:
        at = walk(page, lambda at: at["item"] and at["item"] not in answered and at["name"] == "option")
        item = at["item"]
        page.keyboard.press("Space")
        walk(page, lambda at, item=item: at["item"] == item and at["name"] == "certainty")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        walk(page, lambda at, item=item: at["item"] == item and at["text"] == "Check my answer")
        page.keyboard.press("Enter")
        assert page.evaluate(WHERE)["text"] == "Try again"
        answered.add(item)
    return answered


def test_the_course_is_done_from_the_first_lesson_to_the_last(visit, site: Path, lessons: list[Path]) -> None:
    page = visit(site / "index.html").page
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE)["text"] == "Skip to the content"
    page.keyboard.press("Enter")
    walk(page, lambda at: at["href"] == lessons[0].name)
    page.keyboard.press("Enter")
    done = 0
    for path in lessons:
        page.wait_for_url(f"**/{path.name}")
        done += len(answer_all(page))
        expect(page.locator(".verdict")).to_have_count(page.locator("ss-choice").count())
        if path != lessons[-1]:
            walk(page, lambda at: at["text"].startswith("Next:"))
            page.keyboard.press("Enter")
    assert done >= 90


def test_arrows_move_among_options_without_answering(visit, site: Path) -> None:
    page = visit(site / "05-bone.html").page
    walk(page, lambda at: at["name"] == "option")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    first = page.locator("ss-choice").first
    expect(first.locator(".verdict")).to_have_count(0)
    expect(first.get_by_role("radio").nth(2)).to_be_checked()


def test_names_and_groups_are_told(visit, site: Path) -> None:
    page = visit(site / "05-bone.html").page
    first = page.locator("ss-choice").first
    group = first.get_by_role("group", name="Breast cancer can spread to many parts of the body")
    expect(group.get_by_role("radio")).to_have_count(4)
    expect(first.get_by_role("group", name="How sure are you?").get_by_role("radio")).to_have_count(3)
    expect(first.get_by_role("radio", name="Bone", exact=True)).to_have_count(1)
    expect(page.get_by_role("img", name="Where")).to_have_count(1)
