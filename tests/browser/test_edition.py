"""What an educator exports and hands out: keys open, a logo, chosen lessons; from disk and from a plain web server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .conftest import export
from .test_accessibility import in_both_schemes
from .trainee import answer

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="200" height="100">'
    '<rect width="20" height="10" fill="#333"/></svg>'
)
CHOSEN = ("bone", "sort-it-out", "patients-bone", "spotters-clinic", "body-map")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both editions of some lessons, with all that can be set."""
    folder = tmp_path_factory.mktemp("edition")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    options = ["--title", "Ward 12", "--logo", str(folder / "logo.svg"), "--contact", "Ms Lee", "--lessons", *CHOSEN]
    return {who: export(folder / who, "--for", who, *options) for who in ("educators", "learners")}


@pytest.mark.parametrize("who", ["educators", "learners"])
def test_axe_finds_nothing_and_nothing_is_asked_of_the_network(visit, made, who):
    pages = sorted(made[who].glob("*.html"))
    assert len(pages) == len(CHOSEN) + 1
    found = []
    for path in pages if who == "educators" else pages[:2]:
        seen = visit(path)
        found += in_both_schemes(seen.page, "opened")
        assert (seen.requests, seen.errors) == ([], [])
        expect(seen.page.locator("img.logo")).to_be_visible()
        seen.page.close()
    assert found == []


def test_an_educator_reads_every_key_without_opening_anything(visit, made):
    page = visit(made["educators"] / "05-bone.html").page
    keys = page.locator(".quiz-printed .item .why")
    assert keys.count() > 20
    assert all(key.is_visible() for key in keys.all())
    expect(page.locator(".for-educators")).to_contain_text("Planned: about 20 minutes.")
    expect(page.get_by_text("Every key stands open here.")).to_be_visible()


def test_a_learner_sees_no_key_before_answering(visit, made):
    page = visit(made["learners"] / "05-bone.html").page
    expect(page.locator("ss-quiz").first).to_be_visible()
    assert not any(key.is_visible() for key in page.locator("ss-quiz .why").all())


@pytest.mark.parametrize("name", ["index", "05-bone", "18-patients-bone", "23-spotters-clinic"])
def test_nothing_runs_off_the_side_of_a_phone(visit, made, name):
    page = visit(made["educators"] / f"{name}.html", viewport={"width": 320, "height": 640}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.fixture
def served(made) -> Iterator[str]:
    """The learners' edition on a plain web server, below a folder of its own."""
    handler = partial(SimpleHTTPRequestHandler, directory=made["learners"].parent)
    handler.log_message = lambda *_: None
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/learners/"
        server.shutdown()


def test_from_a_plain_web_server_answers_are_kept_and_links_lead_on(chromium: Browser, served):
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}index.html")
    page.get_by_role("link", name="Bone", exact=True).click()
    item = page.locator("ss-choice").first
    answer(item, [1])
    expect(item).to_contain_text("Right")
    page.reload()
    expect(page.locator("ss-choice").first).to_contain_text("Right")
    page.get_by_role("link", name="Next:").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The body map")
    assert asked
    assert all(url.startswith((served, "data:")) for url in asked)
    context.close()
