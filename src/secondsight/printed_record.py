"""What looks at a trainee's own record, as HTML for when it is asleep: what would stand there, and why.

All text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from .course import Course
from .printed import Link, paragraphs, unordered

ASLEEP = "This part needs JavaScript, or a lesson that has been started."


def _panel(title: str, *inner: str, head: str = "h3") -> str:
    return f'<section class="ss-panel" aria-label="{title}"><{head}>{title}</{head}>{"".join(inner)}</section>'


def due(course: Course, link: Link) -> str:
    """What is due today, which only the record knows."""
    review = course.lessons.get(course.room("review"))
    way = f'<p><a href="{escape(link(review.notebook))}">{escape(review.title)}</a></p>' if review else ""
    says = paragraphs("What you have answered comes back when it is time to be asked again.")
    return _panel("Due today", says, way, head="h2")


def review() -> str:
    """How the review chooses."""
    rules = (
        "What you were sure of and had wrong comes first, then what you have most likely forgotten.",
        "Right and sure comes back last; right and fairly sure, sooner; guessed, or with a hint, sooner still; wrong, "
        "the next day.",
        "No lesson comes twice in a row, as long as another has something.",
    )
    return _panel("Review", paragraphs(ASLEEP), unordered(rules))


def final_check(course: Course) -> str:
    """What the final check asks about."""
    check = course.final_check
    says = {objective.id: objective.says for lesson in course.lessons.values() for objective in lesson.objectives}
    draws = "".join(
        f"<li>{draw.items} of: {escape('; '.join(says[objective] for objective in draw.objectives))}</li>"
        for draw in check.draws
    )
    return _panel(
        escape(check.title),
        paragraphs(check.says, ASLEEP),
        f"<details><summary>What it asks about</summary><ul>{draws}</ul></details>",
    )


def progress(course: Course, link: Link) -> str:
    """Every lesson with its objectives, to tick off by hand."""
    return _panel("Lessons and objectives", paragraphs(ASLEEP), *_lessons(course, link))


def _lessons(course: Course, link: Link) -> Iterable[str]:
    for lesson in course.lessons.values():
        if lesson.objectives:
            aims = unordered(objective.says for objective in lesson.objectives)
            yield f'<p><a href="{escape(link(lesson.notebook))}">{escape(lesson.title)}</a></p>{aims}'


def certificate() -> str:
    """What the certificate asks for."""
    says = "The certificate is here when every question of the lessons is answered and a final check is finished."
    return _panel("Certificate of completion", paragraphs(says, ASLEEP))
