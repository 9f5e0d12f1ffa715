"""axe and the Nu HTML checker on every page; names and roles; zoom, motion and touch."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from secondsight.course import Course

from .conftest import OF_COLOUR, ROOT, axe
from .kept import known
from .kinds import ANY, answer_any
from .test_course_panels import everything_answered
from .trainee import ANSWER_ALL, Mouse


def in_both_schemes(page: Page, state: str, *within: str) -> list[str]:
    """What axe finds, light and dark."""
    found = []
    for scheme, rules in (("dark", OF_COLOUR), ("light", None)):
        page.emulate_media(color_scheme=scheme)
        found += [f"{Path(page.url).stem}, {state}, {scheme}: {line}" for line in axe(page, *within, rules=rules)]
    return found


def test_axe_finds_nothing_on_any_page(visit, site: Path, parts: dict[str, Path]) -> None:
    found = []
    for path in [site / "index.html", *parts.values()]:
        page = visit(path).page
        found += in_both_schemes(page, "before")
        if page.evaluate(ANSWER_ALL):
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            found += in_both_schemes(page, "answered")
        page.close()
    assert found == []


def test_axe_finds_nothing_on_the_way_through_each_kind(visit, small_site: Path) -> None:
    """Between the first look and the answer: a card in hand, what is missing, a model answer, a case half-way."""
    page = visit(small_site / "02-third.html").page
    for check in page.get_by_role("button", name="Check my answer").all():
        check.click()
    page.locator("ss-match .card").first.click()
    page.locator("ss-reflect textarea").fill("Some words.")
    page.get_by_role("button", name="Compare with a model answer").click()
    page.get_by_role("button", name="Since when?").click()
    page.get_by_role("button", name="Wish her well").click()
    page.get_by_role("button", name="Begin with ten").click()
    assert in_both_schemes(page, "half-way") == []
    vignette = page.locator("ss-vignette")
    vignette.locator(".options label").last.click()
    vignette.locator(".certainty label").last.click()
    vignette.get_by_role("button", name="Check my answer").click()
    assert in_both_schemes(page, "a vignette answered", "ss-clinic") == []


OPEN_ALL = """() => {
  const open = (root) => root.querySelectorAll("*").forEach((each) => {
    if (each.matches("details")) each.open = true;
    if (each.shadowRoot) open(each.shadowRoot);
  });
  open(document);
}"""


def test_axe_finds_nothing_in_any_state_of_what_looks_at_the_whole_course(
    visit, site: Path, parts: dict[str, Path], real: Course
) -> None:
    """Each panel with much to show, on the way, and at its end; empty they are looked at with their pages."""
    found = []
    answered = everything_answered(real)
    with_open_ends = [each for each in answered if not each.get("sitting")]
    page = visit(site / "index.html").page
    known(page, with_open_ends)
    found += in_both_schemes(page, "something is due", "ss-due")

    page.goto(parts["review"].as_uri())
    review, own = page.locator("ss-review"), Mouse(page)
    page.evaluate(OPEN_ALL)
    found += in_both_schemes(page, "much is due", "ss-review")
    review.get_by_role("button", name="Begin with 20").click()
    found += in_both_schemes(page, "asked", "ss-review")
    answer_any(own, review.locator(ANY))
    found += in_both_schemes(page, "answered", "ss-review")

    page.goto(parts["final-check"].as_uri())
    check = page.locator("ss-final-check")
    check.get_by_role("button", name="Begin", exact=True).click()
    found += in_both_schemes(page, "asked", "ss-final-check")
    check.get_by_role("button", name="Keep my answer").or_(check.locator(".ways button")).first.click()
    found += in_both_schemes(page, "something is missing", "ss-final-check")
    # A sitting of which all but one are answered: its end is near.
    known(page, answered[:-1])
    check.get_by_role("button", name="Go on after 29 of 30").click()
    answer_any(own, check.locator(ANY), "Keep my answer")
    expect(check.get_by_role("heading", name="Your result")).to_be_visible()
    page.evaluate(OPEN_ALL)
    found += in_both_schemes(page, "the result", "ss-final-check")

    page.goto(parts["certificate"].as_uri())
    found += in_both_schemes(page, "the sheet without a name", "ss-certificate")
    page.locator("ss-certificate").get_by_role("textbox").fill("A Name")
    found += in_both_schemes(page, "the sheet", "ss-certificate")
    page.goto(parts["where-you-stand"].as_uri())
    page.get_by_role("button", name="Erase all my answers").click()
    page.evaluate(OPEN_ALL)
    found += in_both_schemes(page, "full, and asked about erasing", "ss-progress")
    assert found == []


def test_axe_finds_nothing_in_the_single_file_or_without_javascript(
    visit, single: Path, parts: dict[str, Path]
) -> None:
    assert axe(visit(single).page) == []
    assert axe(visit(single, "#08-skin-and-general").page) == []
    printed = visit(parts["bone"]).page
    printed.emulate_media(media="print")
    assert axe(printed) == []


def test_the_html_checker_finds_no_errors(site: Path, single: Path) -> None:
    if not shutil.which("java"):
        pytest.fail("java was not found; run tests/install-browser.sh")
    jar = ROOT / "frontend" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = sorted(site.glob("*.html"))
    assert len(pages) >= 11
    done = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--format", "json", *pages, single],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    assert [f"{m['url'].split('/')[-1]}:{m['lastLine']}: {m['message']}" for m in messages] == []


NAMES = {
    "ss-match": """
      - 'group /Put each ache where it belongs/':
        - group "Cards to place":
          - button "An ache after digging"
          - button "An ache that eases"
          - button "An ache since May" [pressed]
        - group "It passes":
          - 'button "Put here: It passes"'
        - group "It is talked about":
          - 'button "Put here: It is talked about"'
        - status: "/Picked up: An ache since May. Choose a place/"
    """,
    "ss-order": """
      - 'group /Put the call in order/':
        - list:
          - listitem:
            - button "Write down who was told"
            - 'button "Move up: Write down who was told" [disabled]'
            - 'button "Move down: Write down who was told"'
          - listitem:
            - button "Ask about walking"
          - listitem:
            - button "Hear what the person says"
            - 'button "Move up: Hear what the person says"'
            - 'button "Move down: Hear what the person says" [disabled]'
        - status
    """,
    "ss-hotspot": """
      - 'group /Where may an ache be talked about/':
        - figure:
          - img /A back/
          - 'button "a: The shoulder blades" [pressed]'
          - 'button "b: The small of the back"'
        - checkbox "a. The shoulder blades" [checked]
        - checkbox "b. The small of the back"
        - checkbox "c. The chair"
    """,
    "ss-spot": """
      - 'group /Ann rings/':
        - paragraph: On the phone
        - paragraph:
          - checkbox "a cold"
          - checkbox "My legs give way" [checked]
        - paragraph:
          - checkbox "I sleep badly"
    """,
    "ss-worked": """
      - group "1. Which step is the slip?":
        - radio "He heard that legs gave way."
        - radio "He booked a talk for Monday."
        - radio "He wrote it down."
      - group "2. What would have been safer?":
        - radio "Book a talk for Friday"
        - radio "Ring the helpline now"
    """,
    "ss-reflect": """
      - textbox /Why do most aches need no call/
      - status:
        - paragraph: A model answer
        - paragraph: Most aches pass, and I say when to come back.
      - group "Which of these does your answer cover?":
        - checkbox "Most pass."
        - checkbox "It says when to come back."
      - button "Keep my answer"
    """,
    "ss-case": """
      - region "Step 1":
        - status: You have 2 minutes left for questions.
        - list:
          - listitem:
            - button "Since when? asked" [disabled]
            - status:
              - paragraph: “Since May.”
          - listitem:
            - button "And your legs? 2 min"
        - button "Ask her to stand up"
        - button "Wish her well"
    """,
    "ss-vignette": """
      - paragraph: 1 of 4
      - group "How fast does this need action?":
        - radio "Act now"
        - radio "Act within days"
        - radio "Discuss if it lasts"
        - radio "Explain"
    """,
}
CHECKED = """
  - group "How sure are you?":
    - radio "Just guessing"
    - radio "Fairly sure"
    - radio "Sure"
  - button "Check my answer"
  - status
"""


@pytest.fixture
def begun(visit, small_site: Path) -> Page:
    """One item of each kind, each with something chosen."""
    page = visit(small_site / "02-third.html").page
    page.locator("ss-match .card", has_text="An ache since May").click()
    page.get_by_role("button", name="a: The shoulder blades").click()
    page.locator("ss-spot label", has_text="My legs give way").click()
    page.locator("ss-reflect textarea").fill("Some words.")
    page.get_by_role("button", name="Compare with a model answer").click()
    page.get_by_role("button", name="Since when?").click()
    page.get_by_role("button", name="Begin with ten").click()
    return page


def test_every_control_of_every_kind_has_its_role_name_and_state(begun: Page) -> None:
    for element, names in NAMES.items():
        expect(begun.locator(element)).to_match_aria_snapshot(names)
        if element not in {"ss-reflect", "ss-case"}:
            expect(begun.locator(element)).to_match_aria_snapshot(CHECKED)


def test_what_is_told_is_told_to_a_screen_reader_too(begun: Page) -> None:
    """An answered item: the verdict and its reasons in a live region, the options with what they were."""
    item = begun.locator("ss-worked")
    item.locator(".steps label").nth(1).click()
    item.locator(".mends label").first.click()
    item.get_by_text("Sure", exact=True).click()
    item.get_by_role("button", name="Check my answer").click()
    expect(item).to_match_aria_snapshot("""
      - group "1. Which step is the slip?":
        - 'radio "He booked a talk for Monday. ✓ The slip · your answer" [checked] [disabled]'
      - group "2. What would have been safer?":
        - 'radio "Book a talk for Friday ✗ Not this · your answer" [checked] [disabled]'
        - 'radio "Ring the helpline now ✓ The safer way" [disabled]'
      - button "Try again"
      - status:
        - paragraph: Partly right.
    """)


# Everything below an element, through shadow roots.
DEEP = """const deep = function* (root) {
    for (const each of root.querySelectorAll("*")) {
      yield each;
      if (each.shadowRoot) yield* deep(each.shadowRoot);
    }
  };"""
# What can be pressed in a page's activities and is less than 24 CSS pixels wide or high (a phrase that goes on
# in the next line: in any of its lines); and how much was looked at.
SMALL = f"""() => {{
  {DEEP}
  const activities = [...document.querySelectorAll("ss-quiz, ss-clinic, ss-body-map, ss-progress-file, "
    + "ss-due, ss-review, ss-final-check, ss-progress, ss-certificate")];
  const controls = activities.flatMap((each) => [...deep(each), ...deep(each.shadowRoot)])
    .filter((each) => each.matches("button, label, summary, textarea") && each.checkVisibility());
  const small = controls.filter((each) => each.getBoundingClientRect().width < 24
    || [...each.getClientRects()].some(({{height}}) => height < 24));
  return [controls.length, small.map((each) => `${{each.outerHTML.slice(0, 80)}} ${{each.textContent.slice(0, 40)}}`)];
}}"""
# What reaches over the side of the page, scrolls sideways, or is cut off. A table of text may scroll in its own box:
# WCAG's reflow leaves out what has its meaning in two dimensions.
OVER = f"""() => {{
  {DEEP}
  const wide = document.documentElement.clientWidth;
  const told = (each) => `${{each.tagName}}.${{each.getAttribute("class")}} ${{each.textContent.trim().slice(0, 50)}}`;
  const out = [...deep(document)].filter((each) => {{
    if (!each.checkVisibility() || each.closest(".skip, .unseen, svg, input[type=file], main > table")) return false;
    const {{left, right, width}} = each.getBoundingClientRect();
    const cut = getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
    return cut || (width && (left < -1 || right > wide + 1));
  }});
  return [...new Set(out.map(told)), ...(document.documentElement.scrollWidth > wide ? ["the page scrolls"] : [])];
}}"""
# What has an animation or a transition; and how much was looked at.
MOVING = f"""() => {{
  {DEEP}
  const moves = (style) => style.animationName !== "none" || style.scrollBehavior === "smooth"
    || style.transitionDuration.split(", ").some((each) => each !== "0s");
  const all = [...deep(document)];
  const parts = [null, "::before", "::after"];
  const moving = all.filter((each) => parts.some((part) => moves(getComputedStyle(each, part))));
  return [all.length, moving.map((each) => each.outerHTML.slice(0, 80))];
}}"""


def test_nothing_runs_off_the_side_or_is_cut_off_or_too_small_to_touch(visit, parts: dict[str, Path]) -> None:
    """320 CSS pixels is a desk at 400 % zoom. In the live state, before and after answering."""
    found, controls = [], 0
    for id, path in parts.items():
        page = visit(path, viewport={"width": 320, "height": 800}, has_touch=True).page
        page.evaluate("document.querySelectorAll('main > details').forEach(each => each.open = true)")
        for state in ("before", "answered"):
            if state == "answered" and not page.evaluate(ANSWER_ALL):
                continue
            looked_at, small = page.evaluate(SMALL)
            controls += looked_at
            found += [f"{id}, {state}: too small: {line}" for line in small]
            found += [f"{id}, {state}: over the side: {line}" for line in page.evaluate(OVER)]
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{id}, {width} wide: {line}" for line in page.evaluate(OVER)]
        page.close()
    assert found == []
    assert controls > 2000


def test_the_ways_between_answers_fit_a_narrow_screen_too(begun: Page) -> None:
    begun.set_viewport_size({"width": 320, "height": 800})
    assert begun.evaluate(OVER) == []
    looked_at, small = begun.evaluate(SMALL)
    assert small == []
    assert looked_at >= 50


PANEL_NAMES = {
    "review": """
      - region "Review":
        - heading "Due today" [level=3]
        - paragraph: /About \\d+ minute/
        - button "Begin with 20"
        - group: The next 7 days
    """,
    "final-check": """
      - region "The final check":
        - heading "The final check" [level=3]
        - button "Begin anew, with other questions"
        - heading "Your checks so far" [level=3]
        - table:
          - rowgroup:
            - row "Check Right Likely range"
          - rowgroup:
            - row /Before the course 3 of 6/
            - row /The final check, 2 March 2026 30 of 30/
    """,
    "where-you-stand": """
      - region "Where you stand":
        - heading "Next" [level=3]
        - heading "Lessons and objectives" [level=3]
        - heading "Being sure and being right" [level=3]
        - figure:
          - 'img /Sure: right in/'
        - heading "You as a spotter" [level=3]
        - heading "From before to after" [level=3]
        - heading "When it comes back" [level=3]
        - heading "Your record" [level=3]
        - group "Erase everything":
          - button "No, keep them"
          - button "Save them to a file first"
          - button "Yes, erase everything"
    """,
    "certificate": """
      - region "Certificate of completion":
        - textbox "Your name, if you want it on the certificate"
        - button "Print, or save as PDF"
        - article:
          - heading "Certificate of completion" [level=3]
          - heading "What was covered" [level=4]
    """,
}


def test_every_panel_of_the_whole_course_tells_its_names_and_fits_a_narrow_screen(
    visit, parts: dict[str, Path], real: Course
) -> None:
    """With much to show, folded open; what is small or runs off the side is found by the measures above."""
    page = visit(parts["review"], viewport={"width": 320, "height": 800}, has_touch=True).page
    known(page, everything_answered(real))
    found, controls = [], 0
    for id, names in PANEL_NAMES.items():
        page.goto(parts[id].as_uri())
        if id == "where-you-stand":
            page.get_by_role("button", name="Erase all my answers").tap()
        expect(page.get_by_role("main")).to_match_aria_snapshot(names)
        page.evaluate(OPEN_ALL)
        looked_at, small = page.evaluate(SMALL)
        controls += looked_at
        found += [f"{id}: too small: {line}" for line in small]
        found += [f"{id}: over the side: {line}" for line in page.evaluate(OVER)]
    assert found == []
    assert controls >= 30
    page.goto(parts["final-check"].as_uri())
    page.get_by_role("button", name="Begin anew, with other questions").tap()
    expect(page.locator("ss-final-check")).to_match_aria_snapshot("""
      - region "The final check":
        - paragraph: Question 1 of 30
        - progressbar "Questions answered"
    """)
    assert page.evaluate(OVER) == []


def test_nothing_moves_for_those_who_asked_for_less_motion(visit, parts: dict[str, Path], small_site: Path) -> None:
    for path in [parts["bone"], parts["body-map"], small_site / "02-third.html"]:
        page = visit(path, reduced_motion="reduce").page
        assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
        page.evaluate("addEventListener('transitionrun', () => { window.moved = true; }, true)")
        page.evaluate(ANSWER_ALL)
        looked_at, moving = page.evaluate(MOVING)
        assert (path.name, moving) == (path.name, [])
        assert looked_at > 200
        assert page.evaluate("[window.moved, document.getAnimations().length]") == [None, 0]
