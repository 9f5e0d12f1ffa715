"""A course whose every free text ends in a text of the test's choice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from secondsight.course import Course

# Fields with a form of their own, which the reader holds them to.
FORMED = {
    "id", "url", "file", "notebook", "kind", "answers", "action", "seed", "sources", "facts", "objective", "red_flags",
}  # fmt: skip


def poison(course: Course, text: str) -> Course:
    """The course with ``text`` at the end of each text that a contributor is free to write."""
    parts = ("sources", "facts", "terms", "actions", "red_flags", "sites", "pictures", "lessons", "quizzes", "items")
    changed = {part: {id: _poisoned(each, text) for id, each in getattr(course, part).items()} for part in parts}
    return replace(course, head=_poisoned(course.head, text), **changed)


def _poisoned(value: Any, text: str) -> Any:
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return type(value).model_construct(
            **{name: each if name in FORMED else _poisoned(each, text) for name, each in fields.items()}
        )
    if isinstance(value, list):
        return [_poisoned(each, text) for each in value]
    return f"{value} {text}" if isinstance(value, str) else value
