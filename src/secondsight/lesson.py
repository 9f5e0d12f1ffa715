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

from . import printed, printed_items
from .course import Course, CourseError, Problem, find_course, load_course
from .course.audit import unknown_parts
from .course.items import Item
from .course.notebook import Call
from .item_data import case_data, clinic_data, quiz_data
from .printed import as_notebook, to_web
from .printed_body_map import body_map as body_map_html
from .record import Record
from .widgets import STATIC, BodyMapWidget, ClinicWidget, ItemsWidget, ProgressFileWidget, QuizWidget

MIME = "application/vnd.secondsight.v1+json"
INVITATION = (
    "These questions are asleep. Press “Start this lesson” at the top to wake them. Answers you gave before are kept."
)
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


def start(lesson: str) -> None:
    """Begin a lesson: its length, objectives and limits, and the trainee's progress file."""
    _course.cache_clear()
    course = _check("start", (lesson,))
    _activities.clear()
    style = f"<style>{(STATIC / 'lab.css').read_text(encoding='utf-8')}</style>"
    part = course.lessons[lesson]
    _show("start", (lesson,), printed.start(course, part, as_notebook), f"Lesson: {part.title}", style)
    _live("progress-file", ProgressFileWidget(Record(), _activities))


def quiz(id: str) -> None:
    """Ask a quiz. Its printed form stands in wherever the live one is asleep."""
    course = _check("quiz", (id,))
    part = course.quizzes[id]
    _asleep("quiz", id, printed_items.quiz(course, id, to_web, INVITATION), part.title, part.items)
    _awake("quiz", QuizWidget(quiz_data(course, id), Record()))


def case(id: str) -> None:
    """Meet a patient, step by step."""
    course = _check("case", (id,))
    part = course.cases[id]
    _asleep("case", id, printed_items.case(course, id, to_web, INVITATION), part.title, [part])
    _awake("case", QuizWidget(case_data(course, id), Record()))


def clinic(id: str) -> None:
    """Open a clinic of vignettes."""
    course = _check("clinic", (id,))
    title, vignettes = course.clinics[id].title, course.vignettes[id]
    _asleep("clinic", id, printed_items.clinic(course, id, to_web, INVITATION), title, vignettes)
    _awake("clinic", ClinicWidget(clinic_data(course, id), Record()))


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
