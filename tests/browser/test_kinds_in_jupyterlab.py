"""Every kind of item in a real JupyterLab: answered, kept by the kernel, and back when the lesson runs again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from running_lab import Lab
from secondsight.record_file import Record

from .in_jupyterlab import open_lesson, start
from .kinds import KINDS
from .trainee import Mouse, check, told

FOLDER = "small/notebooks"
NOTEBOOK = "02-third.ipynb"


def test_each_kind_is_answered_kept_and_comes_back(small_lab: Lab, page: Page) -> None:
    open_lesson(page, small_lab, NOTEBOOK, FOLDER)
    start(page)
    # What is written comes first, before anything else of its quiz has had the focus.
    kinds = sorted((kind for kind in KINDS if kind.page == "02-third.html"), key=lambda kind: kind.name != "reflect")
    assert len(kinds) >= 7
    items = {kind.name: page.locator(kind.element) for kind in kinds}
    for kind in kinds:
        item = items[kind.name]
        kind.partly(Mouse(page), item)
        if kind.verdict:
            expect(item.locator(".verdict")).to_have_text(kind.verdict)
        expect(item.locator("[role=status].told")).to_contain_text("Sources: ")
        said = told(item)["why"]
        assert [reason for reason in kind.reasons if reason not in said] == []
        expect(item.get_by_role("alert")).to_be_empty()

    clinic = page.locator("ss-clinic")
    clinic.get_by_role("button", name="Begin with ten").click()
    vignette = clinic.locator("ss-vignette")
    for number in range(1, 5):
        expect(vignette.locator(".number")).to_have_text(f"{number} of 4")
        vignette.get_by_text("Explain", exact=True).click()
        check(Mouse(page), vignette)
        vignette.get_by_role("button", name="See how you did" if number == 4 else "Next").click()
    expect(clinic.locator(".result .missed")).to_contain_text("The card: Weak legs")
    expect(clinic).to_contain_text("You have met 4 of 4.")

    attempts = {attempt.item: attempt for attempt in Record(small_lab.home / "record-small.sqlite3").attempts()}
    assert len(attempts) == len(kinds) + 4
    for kind in kinds:
        kept = attempts[items[kind.name].evaluate("each => each.item.id")]
        assert (kept.answer, kept.score, kept.place) == (kind.kept[0], pytest.approx(kind.kept[1]), "jupyter")
    assert attempts["write-why"].text == "Aches mostly pass."

    before = {name: told(item) for name, item in items.items()}
    start(page)
    for kind in kinds:
        expect(items[kind.name].get_by_role("button", name=kind.again)).to_be_visible()
    assert {name: told(item) for name, item in items.items()} == before
    expect(clinic).to_contain_text("You have met 4 of 4.")
    expect(clinic.get_by_role("heading", name="Your figures so far")).to_be_visible()

    body_map = page.locator("ss-body-map")
    body_map.get_by_role("button", name="The ribs, Back").click()
    expect(body_map.get_by_text("Legs that give way")).to_be_visible()
