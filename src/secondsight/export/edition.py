"""What an educator sets for an export: which lessons, for whom, and the school's own name on it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..course import Course, audit, read_course
from ..refusal import Refusal
from .logo import Logo

Audience = Literal["learners", "educators"]


class ExportError(Refusal):
    """The export cannot be made; each line of the message says what to mend."""


@dataclass(frozen=True)
class Edition:
    """An export of the course as somebody wants it.

    Attributes:
        lessons: ids of the lessons to take, in any order; empty for all.
        audience: learners' pages keep the keys behind the answer, educators' pages show them.
        title: instead of the course's own; empty to keep that.
        logo: shown at the head of each page.
        contact: whom a reader can ask, as a line of text.
    """

    lessons: tuple[str, ...] = ()
    audience: Audience = "learners"
    title: str = ""
    logo: Logo | None = None
    contact: str = ""


PLAIN = Edition()


def read(root: Path, edition: Edition) -> Course:
    """The course at ``root``, whole and without a problem, as this edition has it.

    Raises:
        ExportError: with every problem of the course, or with lessons that it does not have.
    """
    course, problems = read_course(root)
    problems += audit(course)
    if problems:
        raise ExportError("\n".join(map(str, sorted(set(problems)))))
    if edition.lessons:
        unknown = [_unknown(course, id) for id in edition.lessons if id not in course.lessons]
        if unknown:
            raise ExportError("\n".join(unknown))
        course = course.only(edition.lessons)
        if course.room("final_check") and not course.final_check.draws:
            raise ExportError(
                "--lessons takes the final check, but no lesson that it draws from; take some of those too, or leave "
                "it out"
            )
    if edition.title:
        course.head = course.head.model_copy(update={"title": edition.title})
    return course


def _unknown(course: Course, id: str) -> str:
    near = difflib.get_close_matches(id, course.lessons, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"the lessons are {', '.join(course.lessons)}"
    return f"--lessons names '{id[:64]}', which is no lesson; {hint}"
