"""An educator looks at a class: on the page, with the network off, and in a real JupyterLab."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from running_lab import Lab
from secondsight.class_source import ClassSource
from secondsight.course import Course, load_course
from secondsight.export.class_page import class_page
from secondsight.export.exporter import SecondSightExporter
from small_course import SmallCourse

from .conftest import OF_COLOUR, ROOT, axe
from .kept import attempt, progress_file

OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@pytest.fixture(scope="module")
def report_page(make_course: Callable[[], SmallCourse]) -> Path:
    """The page of the example class, with every kind of question in it."""
    course = load_course(make_course().root)
    path = course.root / "class-report.html"
    path.write_text(class_page(course, ClassSource(None).report(course), made_up=True), encoding="utf-8")
    return path


def shown(page: Page) -> list[str]:
    """The questions that a reader can come to: those that no choice hides."""
    return page.evaluate(
        "[...document.querySelectorAll('[data-item]')]"
        ".filter((each) => !each.closest('[hidden]')).map((each) => each.dataset.item)"
    )


def test_the_page_asks_no_one_and_nothing_goes_wrong_in_it(visit, report_page: Path) -> None:
    seen = visit(report_page)
    seen.page.evaluate(OPEN_ALL)
    seen.page.get_by_label("Lesson", exact=True).select_option("First")
    assert (seen.requests, seen.errors) == ([], [])
    # Nothing is answered or kept here, so nothing offers to keep it.
    assert seen.page.locator("ss-progress-file").count() == 0
    assert seen.page.evaluate("localStorage.length") == 0


def test_axe_finds_nothing_light_or_dark_with_everything_open(visit, report_page: Path) -> None:
    page = visit(report_page).page
    page.evaluate(OPEN_ALL)
    found = []
    for scheme, rules in (("dark", OF_COLOUR), ("light", None)):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in axe(page, rules=rules)]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_runs_out_of_the_window_on_a_phone_or_a_desk(visit, report_page: Path, width: int) -> None:
    page = visit(report_page, viewport={"width": width, "height": 800}).page
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_choosers_work_from_the_keyboard_and_each_choice_narrows_the_next(visit, report_page: Path) -> None:
    page = visit(report_page).page
    everything = shown(page)
    assert len(everything) >= 10
    lesson, objective, question = (page.get_by_label(name, exact=True) for name in ("Lesson", "Objective", "Question"))
    lesson.focus()
    page.keyboard.type("Third")
    assert lesson.evaluate("each => each.selectedOptions[0].text") == "Third"
    third = shown(page)
    assert set(third) < set(everything) and "which-ache" not in third
    assert objective.locator("option").all_inner_texts() == [
        "All objectives",
        "Sort what you hear.",
        "Meet a patient.",
        "Decide how fast to act.",
    ]
    page.keyboard.press("Tab")
    expect(objective).to_be_focused()
    page.keyboard.press("ArrowDown")
    of_objective = shown(page)
    assert set(of_objective) < set(third) and "sort-aches" in of_objective
    expect(page.get_by_role("status")).to_have_text(f"{len(of_objective)} questions shown.")
    page.keyboard.press("Tab")
    expect(question).to_be_focused()
    page.keyboard.type("Put each ache")
    assert shown(page) == ["sort-aches"]
    expect(page.get_by_role("status")).to_have_text("1 question shown.")
    expect(page.locator("#q-sort-aches").get_by_text("Facility: how easy it was")).to_be_visible()
    # Another lesson gives up what was chosen within the first.
    lesson.select_option("First")
    assert set(shown(page)) == {"which-ache", "which-aches"}
    assert question.evaluate("each => each.value") == ""
    lesson.select_option("All lessons")
    assert shown(page) == everything


def test_a_question_to_look_at_is_one_press_away_whatever_was_chosen(visit, real: Course, tmp_path: Path) -> None:
    path = tmp_path / "class-report.html"
    path.write_text(class_page(real, ClassSource(None).report(real), made_up=True), encoding="utf-8")
    page = visit(path).page
    page.get_by_label("Lesson", exact=True).select_option(index=1)
    link = page.locator(".look a").first
    id = link.get_attribute("href").removeprefix("#")
    link.focus()
    page.keyboard.press("Enter")
    summary = page.locator(f"#{id} > summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(summary).to_contain_text("To look at")
    expect(page.locator(f"#{id} .figures").first).to_be_visible()


def test_without_javascript_everything_can_be_read(visit, report_page: Path) -> None:
    page = visit(report_page, java_script_enabled=False).page
    expect(page.get_by_role("heading", name="In short")).to_be_visible()
    assert page.locator("select").count() == 0
    page.locator("summary", has_text="First").first.click()
    question = page.locator('[data-item="which-ache"]')
    question.locator("summary").click()
    expect(question.get_by_text("One that lasts")).to_be_visible()


def test_on_paper_what_was_opened_is_there_and_the_choosers_are_not(visit, report_page: Path) -> None:
    page = visit(report_page).page
    page.locator("summary", has_text="Trainee by trainee").first.click()
    page.emulate_media(media="print")
    expect(page.locator("tbody th").first).to_be_visible()
    expect(page.locator(".choosers")).to_be_hidden()
    expect(page.locator(".how").first).to_be_hidden()


@pytest.fixture
def educators_lab(lab: Lab) -> Iterator[Lab]:
    """A JupyterLab in which no file was ever put into the folder; its theme follows the machine's."""
    shutil.rmtree(lab.folder / "educators", ignore_errors=True)
    shutil.copytree(ROOT / "educators", lab.folder / "educators", ignore=shutil.ignore_patterns("progress-files"))
    settings = lab.folder.parent / "settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"adaptive-theme": true}', encoding="utf-8")
    yield lab
    settings.unlink()


@pytest.fixture
def two(real: Course, tmp_path: Path) -> list[Path]:
    """The files of two trainees who answered one lesson, one of them all right, the other all wrong."""
    files = []
    for trainee, (answer, score) in enumerate([(["b"], 1), (["a"], 0)]):
        attempts = [
            attempt(item, 100 * trainee + number, lesson="bone", answer=answer, score=score)
            for number, item in enumerate(real.items_by_lesson["bone"])
            if item.is_scored
        ]
        files.append(tmp_path / f"trainee-{trainee}.jsonl")
        files[-1].write_text(progress_file(attempts), encoding="utf-8")
    return files


def show_report(page: Page, lab: Lab) -> Locator:
    """Open the notebook and press its button; what it shows."""
    page.goto(lab.lesson("class-report.ipynb", "educators"))
    page.get_by_role("button", name="Show the report").click()
    live = page.locator(".ss-live")
    live.wait_for()
    return live


def test_an_example_then_two_files_then_folders_in_jupyterlab_and_it_is_still_there_when_the_kernel_is_gone(
    educators_lab: Lab, page: Page, two: list[Path], real: Course
) -> None:
    live = show_report(page, educators_lab)
    expect(live).to_contain_text("There are no progress files yet.")
    expect(page.locator(".ss-asleep:visible")).to_have_count(0)
    live.get_by_role("button", name="Show an example class").click()
    expect(live).to_contain_text("This class is made up, to show what a report looks like.")

    with page.expect_file_chooser() as chooser:
        live.get_by_role("button", name="Choose progress files").click()
    chooser.value.set_files(two)
    expect(live.locator(".short")).to_contain_text("2 trainees gave")
    expect(live.locator(".short")).to_contain_text("2 trainees are few.")
    expect(live).not_to_contain_text("made up")
    lesson, objective, question = (live.get_by_label(name, exact=True) for name in ("Lesson", "Objective", "Question"))
    expect(lesson.locator("option")).to_have_text(["All lessons", "Bone"])
    lesson.select_option("Bone")
    items = [item for item in real.items_by_lesson["bone"] if item.is_scored]
    expect(live.locator("[data-item]")).to_have_count(len(items))
    expect(live.get_by_text(f"{len(items)} questions below.")).to_be_visible()
    objective.select_option(index=1)
    expect(live.locator("[data-objective]")).to_have_count(1)
    expect(live.locator("[data-objective]")).to_have_attribute("data-objective", items[0].objective)
    question.select_option(index=1)
    expect(live.locator("[data-item]")).to_have_count(1)
    expect(live.locator("[data-item] .figures").first).to_contain_text("50%; likely 9 to 91%; right 1 of 2")
    expect(live.locator("[data-item]")).to_contain_text("2 answers: too few to read anything into.")
    found = []
    for theme, rules in (("dark", OF_COLOUR), ("light", None)):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", str(theme == "light").lower())
        found += [f"{theme}: {line}" for line in axe(page, ".ss-live", rules=rules)]
    assert found == []

    educators = educators_lab.folder / "educators"
    for folder, files in (("autumn", two[:1]), ("progress-files", two)):
        (educators / folder).mkdir()
        for file in files:
            shutil.copy(file, educators / folder)
    page.get_by_role("button", name="Show the report").click()
    # What was chosen by hand goes with the kernel's memory of it; the folder is read anew.
    expect(lesson).to_have_value(re.compile("All.lessons"))
    expect(live.locator(".short")).to_contain_text("2 trainees gave")
    live.get_by_label("Folder").fill("autumn")
    live.get_by_label("Folder").press("Enter")
    expect(live.locator(".short")).to_contain_text("1 trainee gave")
    page.get_by_role("heading", name="Before you begin").click()
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    educators_lab.stop_kernels()
    page.goto(educators_lab.lesson("class-report.ipynb", "educators"))
    # What is kept is what stood there when the report was shown.
    expect(page.locator(".ss-asleep .short")).to_contain_text("2 trainees gave")
    expect(page.locator(".ss-asleep")).to_contain_text("Press “Show the report” at the top to wake it.")


def test_the_notebook_gives_a_page_with_the_report_on_the_folder(visit, tmp_path: Path, two: list[Path]) -> None:
    for name in ("content", "exercises", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    educators = tmp_path / "educators"
    shutil.copytree(ROOT / "educators", educators, ignore=shutil.ignore_patterns("progress-files"))
    (educators / "progress-files").mkdir()
    for file in two:
        shutil.copy(file, educators / "progress-files")
    made = educators / "class-report.html"
    made.write_text(SecondSightExporter().from_filename(str(educators / "class-report.ipynb"))[0], encoding="utf-8")
    seen = visit(made)
    page = seen.page
    expect(page.locator(".short")).to_contain_text("2 trainees gave")
    expect(page.get_by_text("works only in a running notebook")).to_have_count(0)
    page.get_by_label("Lesson", exact=True).select_option("Bone")
    page.get_by_label("Question", exact=True).select_option(index=1)
    expect(page.locator(".question:visible .figures").first).to_contain_text("right 1 of 2")
    assert axe(page) == []
    assert (seen.requests, seen.errors) == ([], [])
