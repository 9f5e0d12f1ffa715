"""Where a part stands, so that a problem can name it, and whether a part may exist unseen."""

from __future__ import annotations

from .model import Course
from .problem import Problem


def may_be_unread(course: Course, kind: str, id: str) -> bool:
    """Whether a part may well exist, in a file that has a problem of its own."""
    unread = course.unread.get(kind, set())
    return id in unread or None in unread


def problem_at(course: Course, kind: str, id: str, says: str) -> Problem:
    file, line = course.places[kind, id]
    return Problem(file, line, f"{kind} '{id}' {says}")
