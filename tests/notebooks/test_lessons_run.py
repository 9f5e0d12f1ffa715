"""Every lesson runs in a real kernel and shows what the course says it shows.

pytest-notebook runs a lesson and compares it with the notebook expected. What differs from run to
run (model ids, the order of pictures) is made stable first; all else is compared, down to the data
of each live widget.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from pytest_notebook.diffing import diff_notebooks, diff_to_string
from pytest_notebook.execution import execute_notebook

from secondsight import printed, printed_items, printed_record
from secondsight.course import Course, load_course
from secondsight.course.audit import VERBS
from secondsight.course.items import Item
from secondsight.course.notebook import Call, calls_in
from secondsight.item_data import case_data, clinic_data, quiz_data
from secondsight.lesson import AFTER_LESSON, INVITATION, MIME, TEMPORARY
from secondsight.plan import bank_data, plan_data
from secondsight.printed import as_notebook, to_web
from secondsight.printed_body_map import body_map
from secondsight.temporary_home import is_temporary

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WIDGET = "application/vnd.jupyter.widget-view+json"


# What a live part is made from; all else of a widget is anywidget's own.
STATE = ("kind", "quiz", "clinic", "plan", "bank", "printed", "attempts", "warning")


def test_there_are_lessons() -> None:
    assert len(NOTEBOOKS) >= 20


def test_the_notebooks_use_every_verb_there_is(real: Course) -> None:
    used = {call.verb for notebook in real.notebooks.values() for cell in notebook.cells for call in cell.calls}
    assert used == set(VERBS)


def without_numbers(html: str) -> str:
    """Ids of pictures without the number that keeps them apart, since it counts what was shown before."""
    return re.sub(r"-n\d+\b", "-n", html)


def stable(notebook: NotebookNode) -> NotebookNode:
    """A run notebook with widgets in the place of their ids, and nothing that changes between runs."""
    states = notebook.metadata.pop("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.pop("execution_count", None)
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if WIDGET in output.get("data", {}):
                state = states[output.data[WIDGET].model_id]["state"]
                output.data[WIDGET] = {key: state[key] for key in STATE if key in state}
                if "printed" in state:
                    output.data[WIDGET]["printed"] = without_numbers(state["printed"])
            if "text/html" in output.get("data", {}):
                html = re.sub(r"^<style>.*?</style>", "", output.data["text/html"], flags=re.S)
                output.data["text/html"] = without_numbers(html)
    return notebook


def expected(source: NotebookNode, course: Course, *, lasts: bool) -> NotebookNode:
    """The notebook with the outputs that its cells ask for; ``lasts``: where what is kept outlives the session."""
    calls = [call for cell in source.cells if cell.cell_type == "code" for call in calls_in(cell.source)]
    last = next((call for call in reversed(calls) if call.verb in ("quiz", "case", "clinic")), None)
    for cell in source.cells:
        if cell.cell_type == "code":
            cell.outputs = [
                output
                for call in calls_in(cell.source)
                for output in shown(call, course, lasts=lasts, is_last=call == last)
            ]
            cell.pop("execution_count", None)
    source.metadata.pop("language_info", None)
    return source


def asleep(html: str) -> str:
    return f'<div class="ss-asleep">{html}</div>'


def versions(items: Iterable[Item]) -> str:
    return ", ".join(f"{item.id}@{item.version}" for item in items)


def progress_file(warning: str) -> tuple[str, dict]:
    return "progress-file", {"kind": "progress-file", "attempts": [], "warning": warning}


def whole(course: Course, kind: str, bank: dict | None = None) -> tuple[str, dict]:
    """What looks at the whole course, before its frontend has asked for the answers."""
    return kind, {"kind": kind, "plan": plan_data(course, as_notebook), "bank": bank or {}, "attempts": None}


def shown(call: Call, course: Course, *, lasts: bool, is_last: bool) -> list[NotebookNode]:  # noqa: PLR0915
    """The outputs of one verb: its printed form, the live widget where there is one, and a reminder at the end."""
    args = call.arguments
    live = None
    match call.verb:
        case "start":
            lesson = course.lessons[args[0]]
            html, says = printed.start(course, lesson, as_notebook), f"Lesson: {lesson.title}"
            live = progress_file("" if lasts else TEMPORARY)
        case "quiz":
            html = asleep(printed_items.quiz(course, args[0], to_web, INVITATION))
            quiz = course.quizzes[args[0]]
            says = f"Quiz: {quiz.title} ({versions(quiz.items)})"
            live = ("quiz", {"kind": "quiz", "quiz": quiz_data(course, args[0]), "attempts": []})
        case "case":
            html = asleep(printed_items.case(course, args[0], to_web, INVITATION))
            case = course.cases[args[0]]
            says = f"Case: {case.title} ({versions([case])})"
            live = ("case", {"kind": "quiz", "quiz": case_data(course, args[0]), "attempts": []})
        case "clinic":
            html = asleep(printed_items.clinic(course, args[0], to_web, INVITATION))
            says = f"Clinic: {course.clinics[args[0]].title} ({versions(course.vignettes[args[0]])})"
            live = ("clinic", {"kind": "clinic", "clinic": clinic_data(course, args[0]), "attempts": []})
        case "due":
            html, says = asleep(printed_record.due(course, as_notebook)), "Due"
            live = whole(course, "due")
        case "review":
            html, says = asleep(printed_record.review()), "Review"
            live = whole(course, "review", bank_data(course))
        case "final_check":
            html, says = asleep(printed_record.final_check(course)), "Final-check"
            live = whole(course, "final-check", bank_data(course))
        case "progress":
            html, says = asleep(printed_record.progress(course, as_notebook)), "Progress"
            live = whole(course, "progress")
        case "certificate":
            html, says = asleep(printed_record.certificate()), "Certificate"
            live = whole(course, "certificate")
        case "body_map":
            html, says = asleep(body_map(course, as_notebook, "n")), "The body map"
            live = ("body-map", {"kind": "body-map", "printed": body_map(course, as_notebook, "n")})
        case "key_points":
            html, says = printed.key_points(course, args, to_web), f"Key points: {', '.join(args)}"
        case "picture":
            html, says = printed.picture(course, args[0], "n"), f"Picture: {args[0]}"
        case "glossary":
            html, says = printed.glossary(course, args, to_web), f"Glossary: {', '.join(args) or 'all'}"
        case "symptoms":
            html, says = printed.symptoms(course, args[0], to_web), f"Symptoms: {args[0]}"
        case "red_flags":
            html, says = printed.red_flags(course, args, to_web), f"Emergency cards: {', '.join(args) or 'all'}"
        case "actions":
            html, says = printed.actions(course), "How fast to act"
        case "sources":
            html, says = printed.sources(course), "Sources"
    parts = [
        {
            "text/html": f'<div class="ss">{html}</div>',
            "text/plain": says,
            MIME: {"verb": call.verb, "arguments": list(args)},
        }
    ]
    alive = [live] if live else []
    if is_last and not lasts:
        alive.append(progress_file(AFTER_LESSON))
    parts += [
        {"text/plain": f"Live: {name}", WIDGET: state, MIME: {"verb": "live", "arguments": [name]}}
        for name, state in alive
    ]
    return [nbformat.v4.new_output("display_data", data=data) for data in parts]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_shows_what_it_says(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECONDSIGHT_HOME", str(tmp_path))
    # As on a machine of one's own, wherever the tests run.
    for name in [name for name in os.environ if name.startswith(("BINDER_", "JUPYTERHUB_"))]:
        monkeypatch.delenv(name)
    assert_shows_what_it_says(path, lasts=not is_temporary(tmp_path))


@pytest.mark.parametrize("name", ["00-start-here", "05-bone", "23-spotters-clinic", "24-emergency-cards"])
def test_a_lesson_on_binder_says_that_the_session_ends(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDSIGHT_HOME", str(tmp_path))
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")
    assert_shows_what_it_says(ROOT / "notebooks" / f"{name}.ipynb", lasts=False)


def assert_shows_what_it_says(path: Path, *, lasts: bool) -> None:
    source = nbformat.read(path, as_version=4)
    ran = execute_notebook(source, cwd=str(path.parent), timeout=120)
    assert ran.exec_error is None
    # JSON makes the same of both: ids and tuples alike.
    final, wanted = (
        nbformat.from_dict(json.loads(json.dumps(notebook)))
        for notebook in (
            stable(ran.notebook),
            expected(nbformat.read(path, as_version=4), load_course(ROOT), lasts=lasts),
        )
    )
    assert any(cell.get("outputs") for cell in wanted.cells)
    difference = diff_notebooks(wanted, final)
    assert not difference, diff_to_string(wanted, difference, use_color=False)[:4000]
