"""Somebody writes a lesson with its preview beside the editor."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from secondsight.preview import Preview
from secondsight.preview_server import PreviewServer, Watch
from small_course import SmallCourse

from .conftest import OF_COLOUR, axe

FACTS = "content/facts/aches.yaml"
BROKEN = "Something has to be mended"


@dataclass
class Writing:
    """A course that somebody writes, its preview's address, and the browser that shows it."""

    small: SmallCourse
    url: str
    context: BrowserContext
    errors: list[str]
    hosts: set[str]

    def open(self, name: str) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: None if r.url.startswith("data:") else self.hosts.add(urlsplit(r.url).netloc))
        page.goto(self.url + name)
        return page


@contextmanager
def writing(small: SmallCourse, chromium: Browser, **settings) -> Iterator[Writing]:
    watch, stop = Watch(small.root), threading.Event()
    with PreviewServer(Preview(small.root, pytest.fail), None) as server:
        threads = [
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True),
            threading.Thread(target=watch.run, args=(server.changed, stop), daemon=True),
        ]
        for thread in threads:
            thread.start()
        context = chromium.new_context(**settings)
        one = Writing(small, server.url, context, [], set())
        yield one
        context.close()
        stop.set()
        server.shutdown()
        threads[1].join()
    assert one.errors == []
    assert one.hosts == {urlsplit(one.url).netloc}


def make_long(small: SmallCourse) -> None:
    """A page that has to be scrolled."""
    for number in range(30):
        small.add_cell("00-first.ipynb", "markdown", f"long-{number}", f"## Part {number}\n\n{'Much to read. ' * 60}")


def test_what_is_saved_shows_by_itself_where_the_reader_was_and_answers_stay(small, chromium):
    make_long(small)
    with writing(small, chromium, viewport={"width": 1280, "height": 800}) as one:
        page = one.open("00-first.html")
        item = page.locator("ss-choice").first
        item.get_by_text("One that lasts").click()
        item.get_by_text("Fairly sure").click()
        item.get_by_role("button", name="Check my answer").click()
        expect(item).to_contain_text("It has lasted.")
        page.get_by_role("heading", name="Part 20").scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        assert before > 1_000
        small.edit(FACTS, "An ache that lasts is talked about.", "An ache that stays is talked about.")
        expect(page.locator("main")).to_contain_text("An ache that stays is talked about.")
        page.wait_for_function("at => Math.abs(scrollY - at) < 3", arg=before)
        expect(page.locator("ss-choice").first).to_contain_text("It has lasted.")
        # Another wording is another question: its old answer is not shown.
        small.edit("exercises/questions/first.yaml", "Which ache is talked about?", "Which ache do we talk about?")
        expect(page.locator("ss-choice").first).to_contain_text("Which ache do we talk about?")
        expect(page.locator("ss-choice").first).not_to_contain_text("It has lasted.")


def test_something_to_mend_is_said_in_sentences_and_the_page_comes_back_where_it_was(small, chromium):
    make_long(small)
    with writing(small, chromium, viewport={"width": 390, "height": 800}) as one:
        page = one.open("00-first.html")
        page.evaluate("scrollTo(0, 2000)")
        small.edit(FACTS, "seed: [S01]", "seeds: [S01]")
        expect(page.get_by_role("heading", name=BROKEN)).to_be_visible()
        expect(page.get_by_role("listitem")).to_have_text(
            [f"{FACTS}:8: fact 'ache-lasts' has an unknown field 'seeds'; did you mean 'seed'?"]
        )
        # Another fault beside it shows too, and the place is not forgotten over it.
        small.edit(FACTS, "sources: [ward-book]", "sources: ward-book")
        expect(page.get_by_role("listitem")).to_have_count(2)
        small.edit(FACTS, "sources: ward-book", "sources: [ward-book]")
        small.edit(FACTS, "seeds: [S01]", "seed: [S01]")
        expect(page.get_by_role("heading", name="First", exact=True)).to_be_attached()
        page.wait_for_function("Math.abs(scrollY - 2000) < 3")


def test_a_page_that_did_not_change_is_left_as_it_is(small, chromium):
    with writing(small, chromium) as one:
        first, second = one.open("00-first.html"), one.open("01-second.html")
        # A page in the background is told when it comes to the front again.
        first.bring_to_front()
        first.evaluate("window.mine = 1")
        small.edit("content/facts/aches.yaml", "says: Weak legs are an emergency.", "says: Weak legs cannot wait.")
        second.bring_to_front()
        expect(second.locator("main")).to_contain_text("Weak legs cannot wait.")
        assert first.evaluate("window.mine") == 1


def test_from_one_lesson_the_others_are_reached_by_links_alone(small, chromium):
    with writing(small, chromium) as one:
        page = one.open("00-first.html")
        page.get_by_role("link", name="Next: Second").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Second")
        page.get_by_role("link", name="All lessons").first.click()
        expect(page.locator(".lessons a")).to_have_count(8)
        page.locator(".lessons").get_by_role("link", name="On paper").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("On paper")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_what_stands_in_the_place_of_a_page_can_be_used_by_everybody(small, chromium, scheme, width):
    small.write("content/facts/a-file-with-a-name-that-is-a-good-deal-longer-than-a-phone-is-wide.yaml", "a: [")
    with writing(small, chromium, viewport={"width": width, "height": 700}, color_scheme=scheme) as one:
        page = one.open("00-first.html")
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(BROKEN))
        assert axe(page) == []
        assert axe(page, rules=OF_COLOUR) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
