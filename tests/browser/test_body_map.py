"""The body map: every place a button that shows its signs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from secondsight.course import Course

from .trainee import HANDS

SETTINGS = {"mouse": {}, "keyboard": {}, "finger": {"has_touch": True, "viewport": {"width": 390, "height": 800}}}


def shown(body_map: Locator) -> str:
    """The signs that are read there now."""
    visible = body_map.locator("details[data-site]").filter(visible=True)
    expect(visible).to_have_count(1)
    return " ".join(visible.inner_text().split())


@pytest.mark.parametrize("hand", HANDS)
def test_each_place_is_a_button_with_a_name_that_shows_its_signs(
    visit, parts: dict[str, Path], real: Course, hand: str
) -> None:
    seen = visit(parts["body-map"], **SETTINGS[hand])
    own, body_map = HANDS[hand](seen.page), seen.page.locator("ss-body-map")
    places = [(site, place) for site in real.sites.values() for place in site.places]
    assert len(places) >= 12
    expect(body_map.locator(".view button")).to_have_count(len(places))
    for site, place in places:
        button = body_map.get_by_role("button", name=f"{place.name}, {site.name}", exact=True)
        own.press(button)
        expect(button).to_have_attribute("aria-pressed", "true")
        signs = shown(body_map)
        assert [sign.lay for sign in site.symptoms if sign.lay not in signs] == []
        assert [name for name in (real.red_flags[id].name for id in site.red_flags) if name not in signs] == []
        pressed = body_map.locator(".view [aria-pressed=true]")
        expect(pressed).to_have_count(len(site.places))
    assert (seen.requests, seen.errors) == ([], [])


@pytest.mark.parametrize("hand", HANDS)
def test_sites_are_also_chosen_by_name(visit, parts: dict[str, Path], real: Course, hand: str) -> None:
    seen = visit(parts["body-map"], **SETTINGS[hand])
    body_map = seen.page.locator("ss-body-map")
    names = body_map.get_by_role("group", name="Places of the body")
    expect(names.get_by_role("button")).to_have_text([site.name for site in real.sites.values()])
    for site in reversed(real.sites.values()):
        HANDS[hand](seen.page).press(names.get_by_role("button", name=site.name, exact=True))
        assert shown(body_map).startswith(site.name)
        # What has changed is told to who cannot see it.
        expect(body_map.get_by_role("status")).to_match_aria_snapshot(f"- text: {site.name}")


def test_it_leads_on_to_the_lessons(visit, parts: dict[str, Path]) -> None:
    page = visit(parts["body-map"]).page
    body_map = page.locator("ss-body-map")
    body_map.get_by_role("button", name="Brain", exact=True).click()
    body_map.get_by_role("link", name="Brain").click()
    expect(page).to_have_url(parts["brain"].as_uri())


def test_without_javascript_every_place_and_every_sign_can_be_read(visit, parts: dict[str, Path], real: Course) -> None:
    page = visit(parts["body-map"], java_script_enabled=False).page
    body_map = page.locator("ss-body-map")
    places = sum(len(site.places) for site in real.sites.values())
    expect(body_map.locator(".p-pins circle").filter(visible=True)).to_have_count(places)
    for site in real.sites.values():
        folded = body_map.locator(f"details[data-site={site.id}]")
        expect(folded.get_by_text(site.symptoms[0].lay).first).to_be_hidden()
        folded.locator("summary").click()
        for sign in site.symptoms:
            expect(folded.get_by_text(sign.lay, exact=True).first).to_be_visible()
