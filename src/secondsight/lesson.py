"""The few verbs a notebook uses. Each shows its part of the course below the cell.

Every output carries, beside its HTML, a small note of the verb and its arguments under ``MIME``:
from it the exporter makes the same part for a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import count

from anywidget import AnyWidget
from IPython.display import display

from . import printed, printed_items, printed_record
from .course import Course, CourseError, Problem, find_course, load_course
from .course.audit import unknown_parts
from .course.items import Item
from .course.notebook import Call
from .exchange import damaged
from .item_data import case_data, clinic_data, quiz_data
from .plan import bank_data, plan_data
from .printed import as_notebook, to_web
from .printed_body_map import body_map as body_map_html
from .record_file import Record, RecordError, default_path
from .temporary_home import is_temporary
from .widgets import (
    STATIC,
    BodyMapWidget,
    ClinicWidget,
    CourseWidget,
    ItemsWidget,
    ProgressFileWidget,
    QuizWidget,
)

MIME = "application/vnd.secondsight.v1+json"
INVITATION = (
    "These questions are asleep. Press “Start this lesson” at the top to wake them. Answers you gave before are kept."
)
TEMPORARY = (
    "What is kept here ends with this session. Save your progress to a file before you leave; you can load it into "
    "your next session, or into a page of the course."
)
AFTER_LESSON = "That was the last question here. This session ends, and your answers with it: take them along."
_unique = count(1)
_activities: list[ItemsWidget] = []


@lru_cache(maxsize=1)
def _course() -> Course:
    return load_course(find_course())


def _show(verb: str, arguments: tuple[str, ...], html: str, says: str, style: str = "") -> None:
    display(
        {
            "text/html": f'{style}<div class="ss">{html}</div>',
            "text/plain": says,
            MIME: {"verb": verb, "arguments": list(arguments)},
        },
        raw=True,
    )


def _check(verb: str, arguments: tuple[str, ...]) -> Course:
    """The course, once all that the verb names is known to be in it."""
    course = _course()
    if unknown := unknown_parts(course, Call(verb, arguments)):
        raise CourseError([Problem("this cell", 0, says) for says in unknown])
    return course


def _record(course: Course) -> Record:
    return Record(default_path(course.head.id))


def _warning(record: Record) -> str:
    """What a trainee must know about where the answers are kept, if anything."""
    try:
        record.newest([], 1)
    except RecordError as error:
        return str(error)
    if record.set_aside:
        return damaged(record)
    return TEMPORARY if is_temporary(record.path.parent) else ""


def start(lesson: str) -> None:
    """Begin a lesson: its length, objectives and limits, and the trainee's progress file."""
    _course.cache_clear()
    course = _check("start", (lesson,))
    _activities.clear()
    style = f"<style>{(STATIC / 'lab.css').read_text(encoding='utf-8')}</style>"
    part = course.lessons[lesson]
    _show("start", (lesson,), printed.start(course, part, as_notebook), f"Lesson: {part.title}", style)
    record = _record(course)
    _live("progress-file", ProgressFileWidget(record, course.head.id, _activities, _warning(record)))


def quiz(id: str) -> None:
    """Ask a quiz. Its printed form stands in wherever the live one is asleep."""
    course = _check("quiz", (id,))
    part = course.quizzes[id]
    _asleep("quiz", id, printed_items.quiz(course, id, to_web, INVITATION), part.title, part.items)
    _awake("quiz", QuizWidget(quiz_data(course, id), _record(course), course.head.id))
    _at_the_end(course, "quiz", id)


def case(id: str) -> None:
    """Meet a patient, step by step."""
    course = _check("case", (id,))
    part = course.cases[id]
    _asleep("case", id, printed_items.case(course, id, to_web, INVITATION), part.title, [part])
    _awake("case", QuizWidget(case_data(course, id), _record(course), course.head.id))
    _at_the_end(course, "case", id)


def clinic(id: str) -> None:
    """Open a clinic of vignettes."""
    course = _check("clinic", (id,))
    title, vignettes = course.clinics[id].title, course.vignettes[id]
    _asleep("clinic", id, printed_items.clinic(course, id, to_web, INVITATION), title, vignettes)
    _awake("clinic", ClinicWidget(clinic_data(course, id), _record(course), course.head.id))
    _at_the_end(course, "clinic", id)


def _at_the_end(course: Course, verb: str, id: str) -> None:
    """After what a lesson asks last, a reminder to save, where what is kept here does not last."""
    asked = [part for part, lesson in course.asked_in.items() if lesson == course.asked_in.get((verb, id))]
    record = _record(course)
    if asked and asked[-1] == (verb, id) and is_temporary(record.path.parent):
        _live("progress-file", ProgressFileWidget(record, course.head.id, _activities, AFTER_LESSON))


def due() -> None:
    """Say what is due for review today."""
    course = _check("due", ())
    _whole(course, "due", printed_record.due(course, as_notebook))


def review() -> None:
    """Ask again what is due today."""
    course = _check("review", ())
    _whole(course, "review", printed_record.review(), bank_data(course))


def final_check() -> None:
    """Take the final check."""
    course = _check("final_check", ())
    _whole(course, "final_check", printed_record.final_check(course), bank_data(course))


def progress() -> None:
    """Show where the trainee stands."""
    course = _check("progress", ())
    _whole(course, "progress", printed_record.progress(course, as_notebook))


def certificate() -> None:
    """Give the certificate of completion."""
    course = _check("certificate", ())
    _whole(course, "certificate", printed_record.certificate())


def _whole(course: Course, verb: str, html: str, bank: dict | None = None) -> None:
    """What looks at the whole course: its printed form, and awake."""
    name = verb.replace("_", "-")
    _show(verb, (), f'<div class="ss-asleep">{html}</div>', name.capitalize())
    _awake(name, CourseWidget(name, plan_data(course, as_notebook), _record(course), bank))


def _asleep(verb: str, id: str, html: str, title: str, items: Iterable[Item]) -> None:
    versions = ", ".join(f"{item.id}@{item.version}" for item in items)
    _show(verb, (id,), f'<div class="ss-asleep">{html}</div>', f"{verb.capitalize()}: {title} ({versions})")


def _awake(name: str, widget: ItemsWidget) -> None:
    _activities.append(widget)
    _live(name, widget)


def _live(name: str, widget: AnyWidget) -> None:
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    display({**data, "text/plain": f"Live: {name}", MIME: {"verb": "live", "arguments": [name]}}, raw=True)


def body_map() -> None:
    """Show the body map: every sign by its place."""
    html = body_map_html(_course(), as_notebook, f"n{next(_unique)}")
    _show("body_map", (), f'<div class="ss-asleep">{html}</div>', "The body map")
    _live("body-map", BodyMapWidget(printed=html))


def key_points(*facts: str) -> None:
    """Show facts as key points, each with its sources."""
    course = _check("key_points", facts)
    _show("key_points", facts, printed.key_points(course, facts, to_web), f"Key points: {', '.join(facts)}")


def picture(id: str) -> None:
    """Show a picture of the course."""
    course = _check("picture", (id,))
    _show("picture", (id,), printed.picture(course, id, f"n{next(_unique)}"), f"Picture: {id}")


def glossary(*terms: str) -> None:
    """Explain terms; without arguments, all of them."""
    course = _check("glossary", terms)
    _show("glossary", terms, printed.glossary(course, terms, to_web), f"Glossary: {', '.join(terms) or 'all'}")


def symptoms(site: str) -> None:
    """Show a site's symptoms with look-alikes and how fast to act."""
    course = _check("symptoms", (site,))
    _show("symptoms", (site,), printed.symptoms(course, site, to_web), f"Symptoms: {site}")


def red_flags(*cards: str) -> None:
    """Show emergency cards; without arguments, all of them."""
    course = _check("red_flags", cards)
    _show("red_flags", cards, printed.red_flags(course, cards, to_web), f"Emergency cards: {', '.join(cards) or 'all'}")


def actions() -> None:
    """Show the four levels of how fast to act."""
    _show("actions", (), printed.actions(_course()), "How fast to act")


def sources() -> None:
    """Show the whole list of references."""
    _show("sources", (), printed.sources(_course()), "Sources")
