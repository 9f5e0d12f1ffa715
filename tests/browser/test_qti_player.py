"""QTI 3.0 in a player that others wrote: qti3-item-player, which 1EdTech has certified for delivery of QTI 3."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from qti_answers import Answer, Offered, answers, scores
from secondsight.course import Course
from secondsight.course.items import Item
from secondsight.export import qti_3
from secondsight.export.edition import Edition

from .conftest import ROOT

MODULES = ROOT / "frontend" / "node_modules"
PLAYER = MODULES / "qti3-item-player" / "dist"
Q = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
BEGIN = """() => {
  console.log = () => {};
  const on = {
    notifyQti3PlayerReady: (player) => { window.player = player; },
    notifyQti3ItemReady: () => window.done(),
    notifyQti3EndAttemptCompleted: ({ state }) => window.done(state),
    notifyQti3ScoreAttemptCompleted: ({ state }) => window.done(state),
  };
  const props = { suppressAlertMessages: true, suppressInvalidResponseMessages: true };
  new Vue({ render: (make) => make(window.qti3Player, { props, on }) }).$mount("#app");
  window.heard = (act) => new Promise((done, fail) => {
    window.done = done;
    setTimeout(fail, 30000, "the player never answered");
    act();
  });
  let loads = 0;
  window.load = (xml, more) => heard(() => {
    const sessionControl = { max_attempts: 0, show_feedback: true, validate_responses: false };
    // The player does not begin anew with the very text that it has.
    const fresh = `${xml}<!-- ${loads += 1} -->`;
    player.loadItemFromXml(fresh, { guid: "one", status: "interacting", sessionControl, ...more });
  });
}"""


@pytest.fixture(scope="module")
def package(small_read) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(qti_3.make(small_read, Edition()).data)) as made:
        return {name: made.read(name) for name in made.namelist()}


@pytest.fixture(scope="module")
def player(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content('<!doctype html><html lang="en"><body><div id="app"></div></body></html>')
    page.add_script_tag(path=MODULES / "vue" / "dist" / "vue.min.js")
    page.add_script_tag(path=PLAYER / "qti3Player.umd.min.js")
    page.add_style_tag(path=PLAYER / "qti3Player.css")
    page.evaluate(BEGIN)
    page.wait_for_function("() => Boolean(window.player)")
    yield page
    page.close()
    assert errors == []


def scored(small_read: Course) -> list[Item]:
    return [item for items in small_read.items_by_lesson.values() for item in items if item.is_scored]


def offered(xml: bytes) -> Offered:
    found: dict[str, dict[str, str]] = {}
    for interaction in ElementTree.fromstring(xml).find(f"{Q}qti-item-body"):
        if response := interaction.get("response-identifier"):
            parts = (part for part in interaction.iter() if part.get("identifier"))
            found.setdefault(response, {}).update({part.get("identifier"): part.text for part in parts})
    return Offered(found)


def load(player: Page, xml: bytes, **more: object) -> None:
    player.evaluate("([xml, more]) => load(xml, more)", [xml.decode(), more])


def end(player: Page, method: str) -> dict:
    """The item's state, once the player has scored it."""
    return player.evaluate("(method) => heard(() => player[method]('here'))", method)


def score(state: dict) -> float:
    return next(each["value"] for each in state["outcomeVariables"] if each["identifier"] == "SCORE")


def played(player: Page, xml: bytes, ways: list[Answer]) -> Iterator[float]:
    """What each answer to an item earns in the player."""
    load(player, xml)
    # The player itself says what a state looks like; the answers are put into it.
    state = end(player, "scoreAttempt") | {"contextVariables": []}
    for way in ways:
        for variable in state["responseVariables"]:
            variable["value"] = way.given.get(variable["identifier"], variable["value"])
        load(player, xml, state=state)
        yield score(end(player, "scoreAttempt"))


def test_every_answer_earns_in_the_player_what_the_course_gives_for_it(player, small_read, package):
    given, asked = [], []
    for item in scored(small_read):
        xml = package[f"items/{item.id}.xml"]
        ways = answers(item, offered(xml))
        given += played(player, xml, ways)
        asked += [way.asked for way in ways]
    assert len(asked) > 50
    assert given == pytest.approx(scores(asked))


def test_a_person_chooses_and_is_told_why(player, package):
    load(player, package["items/which-ache.xml"])
    expect(player.get_by_text("Which ache is talked about?")).to_be_visible()
    player.get_by_role("radio", name="One that eased yesterday").click()
    assert score(end(player, "endAttempt")) == 0
    for text in ("Most aches pass.", "It has lasted.", "Practice, not advice."):
        expect(player.get_by_text(text)).to_be_attached()
