"""Answers in a real JupyterLab: there and back as a file, homes that keep nothing, kernels that are killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from running_lab import Lab
from secondsight.attempt import Attempt
from secondsight.course import Course
from secondsight.exchange import damaged
from secondsight.lesson import AFTER_LESSON, TEMPORARY
from secondsight.record_file import Record

from .bad_files import bad_files, cut
from .in_jupyterlab import open_lesson, start
from .kept import attempt, progress_file, read, stored
from .kinds import answer_any
from .test_course_panels import days_ago
from .trainee import Mouse, answer, words

LESSON = "05-bone.ipynb"
TALKING = "11-talking.ipynb"


def record_of(lab: Lab) -> list[Attempt]:
    return Record(lab.home / "record.sqlite3").attempts()


def ids(attempts: list[Attempt] | list[dict]) -> list[str]:
    return [each.id if isinstance(each, Attempt) else each["id"] for each in attempts]


def said(page: Page) -> Locator:
    return page.locator("ss-progress-file .said").first


def load(page: Page, file: Path) -> None:
    page.locator("ss-progress-file input").first.set_input_files(file)


def save(button: Locator, to: Path) -> list[dict]:
    """Press a button that gives the progress file; what it holds."""
    with button.page.expect_download() as download:
        button.click()
    download.value.save_as(to)
    return read(to.read_text(encoding="utf-8"))[1]


def save_button(within: Locator | Page) -> Locator:
    return within.get_by_role("button", name="Save my progress")


def ahead(review: Locator) -> str:
    """What comes back on which of the next days."""
    review.get_by_text("The next 7 days").click()
    return words(review.locator("table.ahead"))


def test_work_goes_from_jupyterlab_to_a_page_and_back(
    lab: Lab, page: Page, visit, parts: dict[str, Path], real: Course, tmp_path: Path
) -> None:
    # An old file first: what was answered weeks ago, in another place.
    bone = [item for item in real.items.values() if real.lesson_of_item.get(item.id) == "bone"]
    old = [attempt(item, n, days_ago(30 - n), certainty="fairly-sure") for n, item in enumerate(bone[:5])]
    file = tmp_path / "old.jsonl"
    file.write_text(progress_file(reversed(old)), encoding="utf-8")
    open_lesson(page, lab, TALKING)
    start(page)
    load(page, file)
    expect(said(page)).to_have_text("5 answers loaded.")
    for kind in ("ss-choice", "ss-match", "ss-order"):
        answer_any(Mouse(page), page.locator(kind).first)
        expect(page.locator(kind).first.locator(".verdict")).to_be_visible()
    reflect = page.locator("ss-reflect").first
    reflect.get_by_role("textbox").fill("I would sit down first.")
    reflect.get_by_role("button", name="Compare with a model answer").click()
    reflect.get_by_role("button", name="Keep my answer").click()
    expect(reflect.get_by_role("button", name="Write on")).to_be_visible()
    taken = save(save_button(page.locator("ss-progress-file").first), tmp_path / "taken.jsonl")
    assert ids(taken) == ids(record_of(lab))
    assert ids(taken)[:5] == ids(old)
    assert len(taken) == 9

    talking = visit(parts["talking"])
    load(talking.page, tmp_path / "taken.jsonl")
    expect(said(talking.page)).to_have_text("9 answers loaded.")
    for kind in ("ss-choice", "ss-match", "ss-order"):
        assert words(talking.page.locator(kind).first.locator(".told")) == words(
            page.locator(kind).first.locator(".told")
        )
    expect(talking.page.locator("ss-reflect").first.get_by_role("textbox")).to_have_value("I would sit down first.")
    assert ids(stored(talking.page)) == ids(taken)
    answer(talking.page.locator("ss-choice").nth(1), [0])
    answer(talking.page.locator("ss-choice").nth(2), [0], "Sure")
    back = save(save_button(talking.page.locator("ss-progress-file")), tmp_path / "back.jsonl")
    assert back[:9] == stored(talking.page)[:9]
    assert len(back) == 11
    review = visit(parts["review"], context=talking.page.context)

    load(page, tmp_path / "back.jsonl")
    expect(said(page)).to_have_text("2 answers loaded, 9 known already.")
    expect(page.locator("ss-choice").nth(2).locator(".verdict")).to_be_visible()
    load(page, tmp_path / "back.jsonl")
    expect(said(page)).to_have_text("0 answers loaded, 11 known already.")
    assert ids(record_of(lab)) == ids(back)
    assert [each.model_dump(mode="json")["answer"] for each in record_of(lab)] == [each["answer"] for each in back]

    # When it comes back is the same here and there.
    open_lesson(page, lab, "25-review.ipynb")
    start(page)
    here, there = page.locator("ss-review"), review.page.locator("ss-review")
    due = re.compile(r"\d+ questions?")
    assert due.search(words(here.locator(".box").last))[0] == due.search(words(there.locator(".box").last))[0]
    dates = ahead(here)
    assert re.search("[1-9] question", dates)
    assert ahead(there) == dates
    assert (talking.requests, talking.errors, review.errors) == ([], [], [])


@pytest.fixture
def home_that_is_a_file(lab: Lab) -> Iterator[Lab]:
    """Nothing can be written below it, not even by root."""
    lab.home.write_text("no folder")
    yield lab
    lab.home.unlink()


def test_work_goes_on_in_a_home_that_cannot_be_written(home_that_is_a_file: Lab, page: Page, tmp_path: Path) -> None:
    open_lesson(page, home_that_is_a_file, LESSON)
    start(page)
    expect(page.locator("ss-progress-file .warning")).to_contain_text("Your earlier answers could not be read (")
    choices = page.locator("ss-choice")
    answer(choices.nth(0), [1])
    expect(choices.nth(0).locator(".verdict")).to_have_text("Right.")
    expect(choices.nth(0).get_by_role("alert")).to_contain_text("Your answer could not be kept on this machine (")
    answer(choices.nth(1), [2])
    expect(choices.nth(1).locator(".verdict")).to_be_visible()
    kept = save(save_button(choices.nth(0)), tmp_path / "kept.jsonl")
    assert [each["answer"] for each in kept] == [["b"], ["c"]]
    # It is said once.
    expect(choices.nth(1).get_by_role("alert")).to_be_empty()
    assert save(save_button(page.locator("ss-progress-file")), tmp_path / "again.jsonl") == kept
    # A lesson that is started once more shows them still.
    start(page)
    expect(choices.nth(1).locator(".verdict")).to_be_visible()


def kill_kernels(lab: Lab) -> None:
    """End every kernel's process at once, as a machine does that is out of memory."""
    killed = 0
    for kernel in lab.call("GET", "api/kernels"):
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if f"kernel-{kernel['id']}.json".encode() in command:
                os.kill(int(process.name), signal.SIGKILL)
                killed += 1
    assert killed


def test_every_answer_that_was_acknowledged_outlives_a_killed_kernel(lab: Lab, page: Page) -> None:
    acknowledged: list[str] = []

    def heard(frame: bytes | str) -> None:
        body = frame if isinstance(frame, bytes) else frame.encode()
        if b'"fresh": 1' in body or b'"fresh":1' in body:
            acknowledged.extend(re.findall(r'"to": ?"([\w-]+)"', body.decode(errors="replace")))

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", heard)

    page.on("websocket", listen)
    open_lesson(page, lab, LESSON)
    start(page)
    choices = page.locator("ss-choice")
    choices.first.wait_for()
    for index in range(5):
        answer(choices.nth(index), [0])
    expect(choices.nth(4).locator(".verdict")).to_be_visible()
    # The first is acknowledged before the kernel dies; of the others, those that are.
    for _ in range(300):
        if acknowledged:
            break
        page.wait_for_timeout(20)
    kill_kernels(lab)
    told = len(set(acknowledged))
    assert told >= 1
    assert len(record_of(lab)) >= told
    kept = {each.item for each in record_of(lab)}

    # JupyterLab says that the kernel has died, and starts another.
    page.get_by_role("dialog").get_by_role("button", name="Ok").click()
    expect(page.locator(".jp-Notebook-ExecutionIndicator").first).to_have_attribute("data-status", "idle")
    start(page)
    for index in range(5):
        item = choices.nth(index)
        item.wait_for()
        back = item.evaluate("each => each.item.id") in kept
        expect(item.locator(".verdict")).to_have_count(int(back))
    answer(choices.nth(6), [1])
    expect(choices.nth(6).locator(".verdict")).to_be_visible()
    expect(choices.nth(6).get_by_role("alert")).to_be_empty()


@pytest.fixture
def on_binder(lab: Lab) -> Iterator[Lab]:
    """The lesson's kernel finds in its environment what Binder puts there."""
    spec = lab.folder.parent / "jupyter/kernels/binder"
    spec.mkdir(parents=True)
    launch = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    environment = {"BINDER_SERVICE_HOST": "10.0.0.1"}
    (spec / "kernel.json").write_text(
        json.dumps({"argv": launch, "display_name": "Binder", "language": "python", "env": environment})
    )
    path = lab.folder / "notebooks" / LESSON
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["metadata"]["kernelspec"] = {"name": "binder", "display_name": "Binder", "language": "python"}
    path.write_text(json.dumps(raw), encoding="utf-8")
    yield lab
    shutil.rmtree(spec)


def test_on_binder_the_end_of_the_session_is_told_before_and_after(on_binder: Lab, page: Page, tmp_path: Path) -> None:
    open_lesson(page, on_binder, LESSON)
    start(page)
    files = page.locator("ss-progress-file")
    expect(files.locator(".warning")).to_have_text([TEMPORARY, AFTER_LESSON])
    # The second stands after the last question.
    last = page.locator("ss-quiz").last.bounding_box()
    assert files.last.bounding_box()["y"] >= last["y"] + last["height"]
    answer(page.locator("ss-choice").first, [1])
    expect(page.locator("ss-choice").first.get_by_role("alert")).to_be_empty()
    assert [each["answer"] for each in save(save_button(files.last), tmp_path / "kept.jsonl")] == [["b"]]


def test_where_the_home_lasts_nothing_is_said(lab: Lab, page: Page) -> None:
    open_lesson(page, lab, LESSON)
    start(page)
    expect(page.locator("ss-progress-file")).to_have_count(1)
    expect(page.locator("ss-progress-file .warning")).to_have_count(0)


def test_a_damaged_record_is_set_aside_and_said(lab: Lab, page: Page) -> None:
    rubbish = b"This was a record once." * 400
    lab.home.mkdir(parents=True)
    (lab.home / "record.sqlite3").write_bytes(rubbish)
    open_lesson(page, lab, LESSON)
    start(page)
    (aside,) = lab.home.glob("record.damaged-*.sqlite3")
    assert aside.read_bytes() == rubbish
    record = Record(lab.home / "record.sqlite3")
    record.set_aside = aside
    expect(page.locator("ss-progress-file .warning")).to_have_text(damaged(record))
    answer(page.locator("ss-choice").first, [1])
    expect(page.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")
    save_button(page.locator("ss-progress-file")).click()
    expect(said(page)).to_have_text("Your progress is in your downloads folder.")
    assert [each.answer for each in record_of(lab)] == [["b"]]


def test_files_that_are_no_good_change_nothing_and_the_rest_is_taken(
    lab: Lab, page: Page, real: Course, tmp_path: Path
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_lesson(page, lab, LESSON)
    start(page)
    answer(page.locator("ss-choice").nth(1), [1])
    expect(page.locator("ss-choice").nth(1).locator(".verdict")).to_be_visible()
    before = save(save_button(page.locator("ss-progress-file")), tmp_path / "before.jsonl")
    assert len(before) == 1
    for bad in bad_files(tmp_path):
        load(page, bad.path)
        expect(said(page)).to_contain_text(bad.says)
        assert said(page).locator("*").count() == 0
        assert (bad.path.name, ids(record_of(lab))) == (bad.path.name, ids(before))
    load(page, cut(tmp_path, real))
    expect(said(page)).to_contain_text("3 answers loaded, 2 could not be read, 1 missing from the file, 1 dated in")
    expect(page.locator("ss-choice").first.locator(".verdict")).to_have_text("Right.")
    expect(page.locator("ss-choice").nth(1).locator(".verdict")).to_be_visible()
    assert len(record_of(lab)) == 4
    assert page.evaluate("window.ran") is None
    assert errors == []


def all_answered(real: Course, lesson: str) -> list[dict]:
    items = [item for item in real.items.values() if real.lesson_of_item.get(item.id) == lesson]
    return [attempt(item, n, days_ago(20), certainty="fairly-sure") for n, item in enumerate(items)]


def test_where_one_stands_leads_to_the_notebook_and_erases(lab: Lab, page: Page, real: Course, tmp_path: Path) -> None:
    answers = all_answered(real, "bone")
    file = tmp_path / "answers.jsonl"
    file.write_text(progress_file(answers), encoding="utf-8")
    open_lesson(page, lab, "27-where-you-stand.ipynb")
    start(page)
    panel = page.locator("ss-progress")
    expect(panel).to_contain_text("No answers yet.")
    load(page, file)
    expect(said(page)).to_have_text(f"{len(answers)} answers loaded.")
    expect(panel.locator(".next")).to_contain_text(f"Review {len(answers)} questions")
    erase = panel.get_by_role("button", name="Erase all my answers")
    erase.click()
    panel.get_by_role("button", name="No, keep them").click()
    expect(panel.locator(".next")).to_contain_text(f"Review {len(answers)} questions")
    assert len(record_of(lab)) == len(answers)
    erase.click()
    panel.get_by_role("button", name="Yes, erase everything").click()
    expect(panel).to_contain_text("All your answers on this machine are erased.")
    expect(panel).to_contain_text("No answers yet.")
    assert record_of(lab) == []

    first = real.lessons["start-here"]
    panel.locator(".next").get_by_role("link", name=f"Begin “{first.title}”").click()
    expect(page.locator(".lm-DockPanel-tabBar .lm-mod-current", has_text=first.notebook)).to_be_visible()
    expect(page.get_by_role("heading", name=first.title, level=1)).to_be_visible()
