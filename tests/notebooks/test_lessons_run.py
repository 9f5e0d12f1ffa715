"""Every lesson runs in a real kernel and shows what the course says it shows.

pytest-notebook runs a lesson and compares it with the notebook expected. What differs from run to
run (model ids, the order of pictures) is made stable first; all else is compared, down to the data
of each live widget.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from pytest_notebook.diffing import diff_notebooks, diff_to_string
from pytest_notebook.execution import execute_notebook

from secondsight import printed, printed_items
from secondsight.course import Course, load_course
from secondsight.course.audit import VERBS
from secondsight.course.items import Item
from secondsight.course.notebook import Call, calls_in
from secondsight.item_data import case_data, clinic_data, quiz_data
from secondsight.lesson import INVITATION, MIME
from secondsight.printed import as_notebook, to_web
from secondsight.printed_body_map import body_map

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WIDGET = "application/vnd.jupyter.widget-view+json"


# What a live part is made from; all else of a widget is anywidget's own.
STATE = ("kind", "quiz", "clinic", "printed", "attempts")


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
                if "printed" in state:
                    output.data[WIDGET]["printed"] = re.sub(r"-n\d+\b", "-n", state["printed"])
            if "text/html" in output.get("data", {}):
                html = re.sub(r"^<style>.*?</style>", "", output.data["text/html"], flags=re.S)
                output.data["text/html"] = without_numbers(html)
    return notebook


def expected(source: NotebookNode, course: Course) -> NotebookNode:
    """The notebook with the outputs that its cells ask for."""
    for cell in source.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for call in calls_in(cell.source) for output in shown(call, course)]
            cell.pop("execution_count", None)
    source.metadata.pop("language_info", None)
    return source


def asleep(html: str) -> str:
    return f'<div class="ss-asleep">{html}</div>'


def versions(items: Iterable[Item]) -> str:
    return ", ".join(f"{item.id}@{item.version}" for item in items)


def shown(call: Call, course: Course) -> list[NotebookNode]:
    """The outputs of one verb: its printed form, and the live widget where there is one."""
    args = call.arguments
    live = None
    match call.verb:
        case "start":
            lesson = course.lessons[args[0]]
            html, says = printed.start(course, lesson, as_notebook), f"Lesson: {lesson.title}"
            live = ("progress-file", {"kind": "progress-file", "attempts": []})
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
    if live:
        parts.append(
            {"text/plain": f"Live: {live[0]}", WIDGET: live[1], MIME: {"verb": "live", "arguments": [live[0]]}}
        )
    return [nbformat.v4.new_output("display_data", data=data) for data in parts]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_shows_what_it_says(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECONDSIGHT_HOME", str(tmp_path))
    source = nbformat.read(path, as_version=4)
    ran = execute_notebook(source, cwd=str(path.parent), timeout=120)
    assert ran.exec_error is None
    # JSON makes the same of both: ids and tuples alike.
    final, wanted = (
        nbformat.from_dict(json.loads(json.dumps(notebook)))
        for notebook in (stable(ran.notebook), expected(nbformat.read(path, as_version=4), load_course(ROOT)))
    )
    assert any(cell.get("outputs") for cell in wanted.cells)
    difference = diff_notebooks(wanted, final)
    assert not difference, diff_to_string(wanted, difference, use_color=False)[:4000]
