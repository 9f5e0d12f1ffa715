"""The few verbs a notebook uses. Each shows its part of the course below the cell.

Every output carries, beside its HTML, a small note of the verb and its arguments under ``MIME``:
from it the exporter makes the same part for a page.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import count

from IPython.display import display

from . import printed
from .course import Course, CourseError, Problem, find_course, load_course
from .course.audit import unknown_parts
from .course.notebook import Call
from .printed import to_web
from .record import Record
from .widgets import STATIC, ProgressFileWidget, QuizWidget

MIME = "application/vnd.secondsight.v1+json"
INVITATION = (
    "These questions are asleep. Press “Start this lesson” at the top to wake them. Answers you gave before are kept."
)
_unique = count(1)
_quizzes: list[QuizWidget] = []


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
    _quizzes.clear()
    style = f"<style>{(STATIC / 'lab.css').read_text(encoding='utf-8')}</style>"
    part = course.lessons[lesson]
    _show("start", (lesson,), printed.start(course, part), f"Lesson: {part.title}", style)
    _live("progress-file", ProgressFileWidget(Record(), _quizzes))


def quiz(id: str) -> None:
    """Ask a quiz. Its printed form stands in wherever the live one is asleep."""
    course = _check("quiz", (id,))
    html = f'<div class="ss-asleep">{printed.quiz(course, id, to_web, INVITATION)}</div>'
    items = ", ".join(f"{item.id}@{item.version}" for item in course.quizzes[id].items)
    _show("quiz", (id,), html, f"Quiz: {course.quizzes[id].title} ({items})")
    widget = QuizWidget(course, id, Record())
    _quizzes.append(widget)
    _live("quiz", widget)


def _live(name: str, widget: QuizWidget | ProgressFileWidget) -> None:
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    display({**data, "text/plain": f"Live: {name}", MIME: {"verb": "live", "arguments": [name]}}, raw=True)


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
