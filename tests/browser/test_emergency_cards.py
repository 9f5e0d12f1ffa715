"""The emergency cards, on the screen and on one sheet of paper."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from secondsight.course import Course

from .printed_sheet import pages, text

CARDS = "emergency-cards"


def test_they_print_on_one_sheet_with_all_that_they_say(visit, parts: dict[str, Path], real: Course) -> None:
    pdf = visit(parts[CARDS]).page.pdf(format="A4")
    assert pages(pdf) == 1
    sheet = text(pdf)
    assert len(real.red_flags) == 12
    for flag in real.red_flags.values():
        for says in [flag.name, *flag.features, flag.act_within, flag.who_to_call, flag.while_waiting]:
            assert "".join(says.split()) in sheet, (flag.name, says)
    assert "".join(real.head.notice.split()) in sheet


def test_nothing_on_the_sheet_is_smaller_than_six_points(visit, parts: dict[str, Path]) -> None:
    page = visit(parts[CARDS], viewport={"width": 718, "height": 1000}).page
    page.emulate_media(media="print")
    sizes = page.locator(".sheet :is(li, dt, dd, h3)").evaluate_all(
        "all => all.map((each) => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert len(sizes) >= 12 * 5
    assert min(sizes) >= 8


def test_on_the_screen_each_card_says_how_fast_and_whom_to_call(visit, parts: dict[str, Path], real: Course) -> None:
    page = visit(parts[CARDS]).page
    for flag in real.red_flags.values():
        card = page.locator(f"[data-card={flag.id}]")
        expect(card.get_by_role("heading", name=flag.name, exact=True)).to_be_visible()
        expect(card).to_contain_text(flag.act_within)
        expect(card).to_contain_text(flag.who_to_call)


def test_other_pages_print_more_than_cards(visit, parts: dict[str, Path]) -> None:
    """What is left out on the sheet is left out nowhere else."""
    pdf = visit(parts["when-to-act"]).page.pdf(format="A4")
    assert pages(pdf) > 1
    assert "Checkyourself" in text(pdf)
