"""A trainee in a learning platform: SCORM packages in a real browser, spoken with by scorm-again."""

from __future__ import annotations

import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from secondsight.course import Course
from secondsight.course.items import DECIDE, Case, Item, Match, Order, Reflect, Vignette, Worked
from secondsight.export.edition import Edition
from secondsight.export.handover import hand_over
from small_course import SmallCourse

from .conftest import ROOT
from .kept import attempt, progress_file
from .kinds import ANY, answer_any
from .learning_platform import Platform, Visit, launch, running_platform
from .trainee import ANSWER_ALL, Mouse, answer

VERSIONS = {"1.2": "scorm", "2004": "scorm-2004"}
LIMITS = {"1.2": 4096, "2004": 64_000}
BONE = '[id="05-bone"]'
# Each item on the page, with the answer it shows and what it says of it.
SHOWN = """() => [...document.querySelectorAll("ss-quiz")].flatMap((quiz) =>
  [...quiz.shadowRoot.querySelectorAll("section > *")].filter((each) => each.item).map((each) => ({
    item: each.item.id,
    answer: each.attempt && [each.attempt.answer, each.attempt.score, each.attempt.certainty, each.attempt.hints],
    told: each.shadowRoot.querySelector(".told")?.textContent.replace(/\\s+/g, " "),
  })))"""


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory, make_course: Callable[[], SmallCourse]) -> Callable[..., Path]:
    """Makes a package of the real course, or of the small one, once."""
    folder = tmp_path_factory.mktemp("packages")
    roots = {"real": ROOT, "small": make_course().root}

    def package(course: str, version: str) -> Path:
        out = folder / f"{course}-{version}.zip"
        return out if out.exists() else hand_over(roots[course], VERSIONS[version], out, Edition()).out

    return package


@pytest.fixture
def platform(packages, tmp_path: Path, version: str) -> Iterator[Callable[[str], Platform]]:
    with ExitStack() as running:
        yield lambda course: running.enter_context(
            running_platform(packages(course, version), tmp_path / course, version)
        )


@pytest.fixture
def computer(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A computer with nothing on it."""
    contexts: list[BrowserContext] = []

    def new(**settings: Any) -> BrowserContext:
        contexts.append(chromium.new_context(**settings))
        return contexts[-1]

    yield new
    for context in contexts:
        context.close()


def leave(visit: Visit, platform: Platform, trainee: str) -> dict[str, Any]:
    """Go away by a link of the platform; what it keeps of the trainee when the visit is over."""
    visit.page.goto("about:blank")
    until = time.monotonic() + 20
    while "total_time" not in (cmi := platform.cmi(trainee)) and time.monotonic() < until:
        time.sleep(0.02)
    assert visit.errors == []
    # All that was asked for was asked of the platform.
    assert visit.requests
    assert [url for url in visit.requests if not url.startswith(f"{platform.address}/")] == []
    return cmi


def seconds(cmi: dict[str, Any]) -> float:
    """The time of all visits, from either version's way of writing it."""
    hours, minutes, rest = 0.0, 0.0, cmi["total_time"]
    if not rest.startswith("PT"):
        hours, minutes, rest = rest.split(":")
        return float(hours) * 3600 + float(minutes) * 60 + float(rest)
    return float(rest.removeprefix("PT").removesuffix("S"))


def test_a_trainee_answers_leaves_and_comes_back_on_another_computer(platform, computer, version: str) -> None:
    lms = platform("real")
    first = launch(lms, "ann", computer())
    first.course.locator('.contents a[href="#05-bone"]').click()
    choices = first.course.locator(f"{BONE} ss-choice")
    answer(choices.nth(0), [1], "Sure")
    answer(choices.nth(1), [0], "Just guessing")
    # She reads on to the third question, and goes.
    choices.nth(2).scroll_into_view_if_needed()
    shown = first.page.frames[1].evaluate(SHOWN)
    cmi = leave(first, lms, "ann")
    assert sum(each["answer"] is not None for each in shown) == 2
    assert (cmi["status"], cmi["exit"], cmi["score"]["raw"]) == ("incomplete", "suspend", "0.85")
    assert 0 < len(cmi["suspend_data"]) < LIMITS[version]
    before = seconds(cmi)
    assert before > 0

    again = launch(lms, "ann", computer())
    expect(again.course.locator(f"{BONE} h1")).to_be_visible()
    expect(again.course.locator(".contents")).to_be_hidden()
    expect(again.course.locator(f"{BONE} ss-choice").nth(2).get_by_role("button", name="Check")).to_be_in_viewport()
    expect(choices_told := again.course.locator(f"{BONE} ss-choice .verdict")).to_have_count(2)
    assert choices_told.all_inner_texts() == ["Right.", "Not this time."]
    assert again.page.frames[1].evaluate(SHOWN) == shown
    assert again.page.evaluate("Object.keys(localStorage)") == []
    later = leave(again, lms, "ann")
    assert later["suspend_data"] == cmi["suspend_data"]
    assert seconds(later) > before


@pytest.mark.parametrize("version", ["1.2"], indirect=True)
def test_two_trainees_on_one_computer_never_meet_each_others_answers(platform, computer) -> None:
    lms, shared = platform("small"), computer()
    # Somebody has opened the same page there without the platform: the browser has their answers.
    alone = shared.new_page()
    alone.goto(f"{lms.address}/course/{lms.page}#00-first")
    answer(alone.locator("ss-choice").first, [0])
    expect(alone.locator(".verdict")).to_have_count(1)
    assert alone.evaluate("Object.keys(localStorage).length") == 1

    ann = launch(lms, "ann", shared)
    expect(ann.course.get_by_role("heading", name="Small Course")).to_be_visible()
    assert all(each["answer"] is None for each in ann.page.frames[1].evaluate(SHOWN))
    ann.course.get_by_role("link", name="Second").first.click()
    answer(ann.course.locator('[id="01-second"] ss-choice'), [0])
    leave(ann, lms, "ann")

    ben = launch(lms, "ben", shared)
    expect(ben.course.get_by_role("heading", name="Small Course")).to_be_visible()
    assert all(each["answer"] is None for each in ben.page.frames[1].evaluate(SHOWN))
    leave(ben, lms, "ben")
    assert "suspend_data" not in {name for name, value in lms.cmi("ben").items() if value}
    # Nor does the browser keep anything of either.
    assert alone.evaluate("Object.keys(localStorage).length") == 1

    ann = launch(lms, "ann", shared)
    expect(ann.course.locator('[id="01-second"] ss-choice .verdict')).to_have_text("Right.")
    assert [each["item"] for each in ann.page.frames[1].evaluate(SHOWN) if each["answer"]] == ["legs-when"]


def test_every_kind_of_item_comes_back_as_it_was_answered(platform, computer, version: str) -> None:
    lms = platform("small")
    visit = launch(lms, "ann", computer())
    expect(visit.course.locator("ss-quiz").first).to_be_attached()
    frame = visit.page.frames[1]
    assert frame.evaluate(ANSWER_ALL) > 10
    shown = frame.evaluate(SHOWN)
    assert all(each["answer"] for each in shown)
    kinds = set(
        frame.evaluate("[...document.querySelectorAll('[data-item]')].map((each) => each.dataset.kind ?? 'choice')")
    )
    assert len(kinds) >= 8
    cmi = leave(visit, lms, "ann")
    # Of three questions of the lessons one was wrong and one half right; the final check is still to come.
    assert (cmi["status"], cmi["score"]["raw"]) == ("incomplete", "50")
    if version == "2004":
        assert (cmi["score"]["scaled"], cmi["progress_measure"]) == ("0.5", "0.375")

    again = launch(lms, "ann", computer())
    expect(again.course.locator("ss-quiz").first).to_be_attached()
    back = again.page.frames[1].evaluate(SHOWN)
    assert back == shown
    # A trainee's own words are not the platform's business, and the page says so where they are written.
    words = again.course.locator("ss-reflect")
    assert words.locator("textarea").input_value() == ""
    assert "are not sent to the learning platform" in words.evaluate("each => each.shadowRoot.textContent")
    assert leave(again, lms, "ann")["suspend_data"] == cmi["suspend_data"]


@pytest.mark.parametrize("version", ["2004"], indirect=True)
def test_a_final_check_that_is_left_halfway_goes_on_and_completes_the_course(platform, computer) -> None:
    lms = platform("small")
    visit = launch(lms, "ann", computer())
    expect(visit.course.locator("ss-quiz").first).to_be_attached()
    visit.page.frames[1].evaluate(ANSWER_ALL)
    visit.course.locator('.contents a[href="#05-finish"]').click()
    panel = visit.course.locator("ss-final-check")
    panel.get_by_role("button", name="Begin", exact=True).click()
    for number in (2, 3):
        answer_any(Mouse(visit.page), panel.locator(ANY), "Keep my answer")
        expect(panel.locator(".head")).to_have_text(f"Question {number} of 5")
    assert leave(visit, lms, "ann")["status"] == "incomplete"

    again = launch(lms, "ann", computer())
    panel = again.course.locator("ss-final-check")
    panel.get_by_role("button", name="Go on after 2 of 5").click()
    for number in (4, 5, None):
        answer_any(Mouse(again.page), panel.locator(ANY), "Keep my answer")
        expect(panel.locator(".head")).to_have_text(f"Question {number} of 5" if number else "Your result")
    right = int(re.search(r"You had (\d) of 5 right", panel.locator(".box").first.inner_text())[1])
    cmi = leave(again, lms, "ann")
    # Every question is answered, rightly or not: nothing is passed or failed.
    assert (cmi["status"], cmi["score"]["raw"]) == ("completed", str(right * 20))
    assert (cmi["success_status"], cmi["progress_measure"]) == ("unknown", "1")


def letters(count: int) -> list[str]:
    return [chr(97 + index) for index in range(count)]


def way_through(case: Case) -> list[str]:
    """Every question for which there is time, then the straight way to the decision."""
    steps = {step.id: step for step in case.steps}
    log, left, step, met = [], case.minutes, case.steps[0], set()
    while True:
        met.add(step.id)
        for letter, ask in zip(letters(len(step.asks)), step.asks, strict=True):
            if ask.minutes <= left:
                log.append(f"ask:{step.id}:{letter}")
                left -= ask.minutes
        way = next((number for number, to in enumerate(step.ways) if to not in met), 0)
        log.append(f"way:{step.id}:{letters(way + 1)[-1]}")
        if step.ways[way] == DECIDE:
            return [*log, f"act:{case.action}"]
        step = steps[step.ways[way]]


def answer_to(item: Item) -> list[str]:
    match item:
        case Vignette():
            return [item.action]
        case Case():
            return way_through(item)
        case Match():
            return [f"{card}-{group}" for card, group in zip(letters(len(item.cards)), letters(2) * 6, strict=False)]
        case Order():
            return letters(len(item.steps))[::-1]
        case Worked():
            return ["b", "a"]
        case _:
            return ["a"]


def whole_course(course: Course, times: int) -> list[dict[str, Any]]:
    """Each item of the course answered so many times, then a final check of thirty with six that are wrong."""
    made: list[dict[str, Any]] = []

    def give(item: Item, **more: Any) -> None:
        number = len(made)
        at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(1_790_000_000 + number * 40 + number // 30 * 90_000))
        scored = {"score": [1, 2 / 3, 0][number % 3]} if item.is_scored else {"score": None, "certainty": None}
        lesson = course.lesson_of_item[item.id]
        made.append(attempt(item, number, at, answer=answer_to(item), lesson=lesson, **scored) | more)

    items = [item for items in course.items_by_lesson.values() for item in items]
    assert len(items) > 200
    for _ in range(times):
        for item in items:
            give(item)
    check = [item for item in items if not isinstance(item, Reflect)][: sum(d.items for d in course.final_check.draws)]
    assert len(check) == 30
    sitting = "6c1f3a9e-0000-4000-8000-00000000000a"
    for number, item in enumerate(check):
        give(item, lesson="final-check", sitting=sitting, score=0 if number < 6 else 1)
    return made


def test_a_course_done_from_end_to_end_fits_is_completed_and_comes_back(
    platform, computer, real: Course, tmp_path: Path, version: str
) -> None:
    """Its answers come from a progress file, so that each is given twice, and a final check is finished."""
    made = whole_course(real, times=2)
    newest = {each["item"]: each["answer"] for each in made}
    file = tmp_path / "progress.jsonl"
    gone = attempt(real.items["bone-commonest-site"], 9999, item="gone-from-the-course")
    file.write_text(progress_file([*made, gone]), encoding="utf-8")
    lms = platform("real")
    visit = launch(lms, "ann", computer())
    saver = visit.course.locator("ss-progress-file")
    saver.locator("input").set_input_files(file)
    expect(saver.locator(".said")).to_have_text(
        f"{len(made)} answers loaded. 1 left out, because this course does not ask those questions, or words them "
        "differently now."
    )
    shown = visit.page.frames[1].evaluate(SHOWN)
    assert len(shown) > 150
    assert all(each["answer"] and each["answer"][0] == newest[each["item"]] for each in shown)
    cmi = leave(visit, lms, "ann")
    assert (cmi["status"], cmi["score"]["raw"]) == ("completed", "80")
    assert len(cmi["suspend_data"]) <= LIMITS[version]

    again = launch(lms, "ann", computer())
    expect(again.course.locator("ss-quiz").first).to_be_attached()
    assert again.page.frames[1].evaluate(SHOWN) == shown
    again.course.locator('.contents a[href="#28-certificate"]').click()
    expect(again.course.locator("ss-certificate .sheet")).to_contain_text("30 questions of the final check")
    again.course.get_by_role("link", name="All lessons").filter(visible=True).click()
    again.course.locator('.contents a[href="#23-spotters-clinic"]').click()
    vignettes = len(real.vignettes["spotters-clinic"])
    expect(again.course.locator("ss-clinic")).to_contain_text(f"You have met {vignettes} of {vignettes}.")
    assert leave(again, lms, "ann")["suspend_data"] == cmi["suspend_data"]


@pytest.mark.parametrize("version", ["1.2"], indirect=True)
def test_what_is_erased_is_gone_from_the_platform_too(platform, computer) -> None:
    lms = platform("small")
    visit = launch(lms, "ann", computer())
    visit.course.get_by_role("link", name="First").first.click()
    answer(visit.course.locator('[id="00-first"] ss-choice').first, [1])
    expect(visit.course.locator(".verdict")).to_have_count(1)
    assert lms.cmi("ann")["suspend_data"]
    visit.course.get_by_role("link", name="All lessons").filter(visible=True).click()
    visit.course.locator('.contents a[href="#06-standing"]').click()
    progress = visit.course.locator("ss-progress")
    progress.get_by_role("button", name="Erase all my answers").click()
    progress.get_by_role("button", name="Yes, erase everything").click()
    expect(progress).to_contain_text("All your answers to this course in your learning platform are erased.")
    assert leave(visit, lms, "ann")["suspend_data"] == ""
    again = launch(lms, "ann", computer())
    expect(again.course.locator("ss-quiz").first).to_be_attached()
    assert all(each["answer"] is None for each in again.page.frames[1].evaluate(SHOWN))


@pytest.mark.parametrize("version", ["1.2"], indirect=True)
def test_an_answer_that_is_saved_in_two_visits_is_one_answer(platform, computer) -> None:
    """The platform keeps no random ids; a file saved before and one saved after hold the same answer, once."""
    lms, saved = platform("small"), []
    for _ in range(2):
        visit = launch(lms, "ann", computer())
        saver = visit.course.locator("ss-progress-file")
        if not saved:
            visit.course.get_by_role("link", name="First").first.click()
            answer(visit.course.locator('[id="00-first"] ss-choice').first, [1])
            expect(visit.course.locator(".verdict")).to_have_count(1)
        with visit.page.expect_download() as download:
            saver.get_by_role("button", name="Save my progress").click()
        path = Path(download.value.path())
        saved.append(json.loads(path.read_text(encoding="utf-8").splitlines()[1]))
        saver.locator("input").set_input_files({"name": "p.jsonl", "mimeType": "", "buffer": path.read_bytes()})
        expect(saver.locator(".said")).to_have_text("0 answers loaded, 1 known already.")
        leave(visit, lms, "ann")
    assert saved[0]["id"] == saved[1]["id"]
    assert {**saved[0], "at": ""} == {**saved[1], "at": ""}


@pytest.mark.parametrize("version", ["2004"], indirect=True)
def test_the_page_of_a_package_works_where_there_is_no_platform(packages, visit, tmp_path: Path, version: str) -> None:
    with zipfile.ZipFile(packages("small", version)) as archive:
        archive.extractall(tmp_path / "unpacked")
    seen = visit(tmp_path / "unpacked" / "index.html", "#00-first")
    answer(seen.page.locator("ss-choice").first, [1])
    expect(seen.page.locator(".verdict")).to_have_text("Right.")
    expect(seen.page.locator("ss-progress-file")).to_contain_text("Your answers stay with you.")
    seen.page.reload()
    expect(seen.page.locator(".verdict")).to_have_text("Right.")
    assert (seen.requests, seen.errors) == ([], [])
