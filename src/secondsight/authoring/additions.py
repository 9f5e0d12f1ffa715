"""What can be added to a course: a question, a fact, a case, a vignette, a lesson."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from ..course.model import Lesson, Objective
from ..refusal import Refusal
from . import notebooks
from .asking import Asker
from .parts import Parts, position
from .yaml_text import mapping

SHOW, ASK = "show", "ask"


def question(parts: Parts, kind: str) -> list[str]:
    """A question at the end of a quiz."""
    return _question(parts, kind)


def _question(parts: Parts, kind: str, chosen: Sequence[str] = ()) -> list[str]:
    lesson = parts.lesson()
    course = parts.course
    quizzes = {
        id: f"{course.quizzes[id].title} ({len(course.quizzes[id].items)} so far)"
        for (verb, id), where in course.asked_in.items()
        if verb == "quiz" and where == lesson.id and id in course.quizzes
    }
    if not quizzes:
        raise Refusal(
            f"notebooks/{lesson.notebook}: the lesson '{lesson.id}' has no quiz to add to; choose another lesson, or "
            "give it a quiz as docs/write-content.md shows"
        )
    if len(quizzes) == 1:
        quiz = next(iter(quizzes))
    else:
        quiz = parts.talk.choose("quiz", "Which quiz of it? Its number", quizzes, default=[*quizzes][-1])
    objective = parts.objective(lesson)
    made = parts.item(kind, lesson, objective, chosen=chosen)
    file = course.places["quiz", quiz][0]
    index = position(parts.changes.text(file), "quizzes", quiz)
    parts.changes.append(file, ("quizzes", index, "items"), made)
    return _look(lesson.id)


def fact(parts: Parts, kind: str) -> list[str]:
    """A fact, and the place where it is used: one that nothing uses would be a problem."""
    talk = parts.talk
    id = parts.fact("new-fact-1")
    use = talk.choose(
        "use",
        "Nothing uses it yet. What now? Its number",
        {SHOW: "show it in a lesson, among its key points", ASK: "ask a question that rests on it"},
    )
    if use == ASK:
        return _question(parts, kind, [id])
    lesson = parts.lesson(prompt="In which lesson? Its number")
    show_fact(parts, lesson, id)
    return _look(lesson.id)


def show_fact(parts: Parts, lesson: Lesson, fact: str) -> None:
    """Show a fact among a lesson's key points."""
    file = f"notebooks/{lesson.notebook}"
    text = parts.changes.text(file)
    cells = {id: heading for id, heading in notebooks.point_cells(text).items() if id}
    if not cells:
        call = f"ss.key_points({json.dumps(fact)})"
        parts.changes.put(file, notebooks.with_cell(text, "", f"{lesson.id}-points", call))
        return
    cell = next(iter(cells))
    if len(cells) > 1:
        cell = parts.talk.choose("cell", "Among which key points? Its number", cells, default=[*cells][-1])
    parts.changes.put(file, notebooks.with_fact(text, cell, fact))


def case(parts: Parts, kind: str) -> list[str]:
    """A case, and the cell that asks it."""
    course = parts.course
    lesson = parts.lesson(prompt="Which notebook asks it? Its number")
    objective = parts.objective(lesson)
    made = parts.item("case", lesson, objective)
    there = [id for (verb, id), where in course.asked_in.items() if verb == "case" and where == lesson.id]
    file = course.places["case", there[-1]][0] if there and there[-1] in course.cases else ""
    if not file:
        file = f"exercises/cases/{lesson.id}.yaml"
        if not parts.changes.exists(file):
            parts.changes.put(file, parts.head(file) + "cases: []\n")
    parts.changes.append(file, ("cases",), made)
    notebook = f"notebooks/{lesson.notebook}"
    call = f"ss.case({json.dumps(made['id'])})"
    text = parts.changes.text(notebook)
    parts.changes.put(notebook, notebooks.with_cell(text, made["title"], f"{lesson.id}-{made['id']}", call))
    return [*_look(lesson.id), "Where the notebook says how many people are met, mend the number."]


def vignette(parts: Parts, kind: str) -> list[str]:
    """A vignette of a clinic."""
    course = parts.course
    places = {id: file for (what, id), (file, _) in course.places.items() if what == "vignettes"}
    clinics = {
        id: clinic.title for id, clinic in course.clinics.items() if id in places and ("clinic", id) in course.asked_in
    }
    if not clinics:
        raise Refusal(
            f"{parts.changes.root}: no clinic with vignettes is here; add one first, as docs/write-content.md shows "
            "under 'Add a clinic'"
        )
    clinic = next(iter(clinics))
    if len(clinics) > 1:
        clinic = parts.talk.choose("clinic", "Which clinic? Its number", clinics)
    lesson = course.lessons[course.asked_in["clinic", clinic]]
    objective = parts.objective(lesson)
    made = parts.item("vignette", lesson, objective)
    files = dict.fromkeys(course.places["item", one.id][0] for one in course.vignettes[clinic])
    file = next(iter(files))
    if len(files) > 1:
        file = parts.talk.choose("file", "In which file? Its number", dict.fromkeys(files, ""))
    parts.changes.append(file, ("vignettes",), made)
    return _look(lesson.id)


def lesson(parts: Parts, kind: str) -> list[str]:
    """A lesson: its head, its place in the course, its notebook, and a question for each objective."""
    course, talk, changes = parts.course, parts.talk, parts.changes
    if not course.head:
        raise Refusal("content/course.yaml: this file cannot be read as it stands; mend it first")
    asker = Asker(talk, {}, {"Lesson": ("title", "says", "minutes"), "Objective": ("says",)})
    made = asker.fields(Lesson)
    id = parts.id("id", made["title"], {*course.lessons, *course.unread.get("lesson", ())} - {None})
    opening = talk.text("opening", "\nThe first words of the lesson, below its title")
    objectives = _objectives(parts, asker, id)
    options = {one.id: one.title for one in course.lessons.values()}
    told = [one.id for one in course.lessons.values() if one.kind == "lesson"]
    after = talk.choose("after", "After which one does it come? Its number", options, default=(told or [*options])[-1])
    notebook = _free_notebook(parts, id)

    head = {"id": id, "notebook": notebook, **made, "objectives": objectives}
    file = f"content/lessons/{id}.yaml"
    changes.put(file, parts.head(file) + mapping(head))
    new = Lesson.model_construct(
        id=id, title=made["title"], notebook=notebook, objectives=[Objective(**one) for one in objectives]
    )
    points = parts.facts("points", "\nWhich facts are its key points?")
    quizzes = _first_quizzes(parts, kind, new)
    file = f"exercises/questions/{id}.yaml"
    changes.put(file, parts.head(file) + mapping({"quizzes": quizzes}))
    _in_course(parts, id, after)
    without = [] if len(quizzes) > 1 else ["after"]
    text = notebooks.from_template(id, made["title"], opening, course.head.notice, points, without)
    changes.put(f"notebooks/{notebook}", text)
    return [*_look(id), f"Then write its text: open notebooks/{notebook} in JupyterLab."]


def _objectives(parts: Parts, asker: Asker, lesson: str) -> list[dict[str, Any]]:
    taken = {objective.id for one in parts.course.lessons.values() for objective in one.objectives}
    objectives: list[dict[str, Any]] = []
    for number in range(1, 9):
        words = parts.talk.text(
            f"objectives.{number}",
            "\nBy the end you will be able to …" if number == 1 else "and to … (Enter to end the list)",
            optional=number > 1,
        )
        if not words:
            break
        id = parts.id(f"objectives.{number}.id", words, taken, lesson)
        taken.add(id)
        objectives.append({"id": id, "says": words})
    return objectives


def _first_quizzes(parts: Parts, kind: str, lesson: Lesson) -> list[dict[str, Any]]:
    """A question for each objective: the first is asked before the lesson tells, the others after."""
    made = []
    for number, objective in enumerate(lesson.objectives, start=1):
        if not parts.talk.knows_some(f"questions.{number}."):
            parts.talk.say(f"\nNow a question for the objective “{objective.says}”")
        made.append(parts.item(kind, lesson, objective.id, f"questions.{number}"))
    titles = {
        "before": ("First thoughts", "Have a go before you read. You are not expected to know."),
        "after": ("Check yourself", "See what has stayed with you."),
    }
    return [
        {"id": f"{lesson.id}-{name}", "title": titles[name][0], "says": titles[name][1], "items": items}
        for name, items in (("before", made[:1]), ("after", made[1:]))
        if items
    ]


def _free_notebook(parts: Parts, id: str) -> str:
    """A file name of the next free number."""
    numbers = [int(path.name[:2]) for path in (parts.changes.root / "notebooks").glob("[0-9][0-9]-*.ipynb")]
    numbers += [int(one.notebook[:2]) for one in parts.course.lessons.values()]
    number = max(numbers, default=-1) + 1
    if number > 99:
        raise Refusal("notebooks: the numbers up to 99 are all taken; free one by renaming a notebook")
    return f"{number:02}-{id}.ipynb"


def _in_course(parts: Parts, id: str, after: str) -> None:
    parts.changes.insert("content/course.yaml", ("lessons",), after, id)


def _look(lesson: str) -> list[str]:
    return [f"To see it in a browser: secondsight preview {lesson}"]


ADDITIONS: dict[str, Callable[[Parts, str], list[str]]] = {
    "fact": fact,
    "question": question,
    "case": case,
    "vignette": vignette,
    "lesson": lesson,
}
