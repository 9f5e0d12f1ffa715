"""A course whose every free text ends in a text of the test's choice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from attacks import ATTACKS
from secondsight.course import Course
from secondsight.course.items import Phrase, Spot, Vignette

# Fields with a form of their own, which the reader holds them to.
FORMED = {
    "id", "url", "file", "notebook", "kind", "answers", "action", "seed", "sources", "facts", "objective", "red_flags",
    "site", "picture", "form", "next", "card", "about", "who", "view",
}  # fmt: skip

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)
_HTML_ISH = st.lists(
    st.sampled_from([*ATTACKS, *"<>&'\"", "&lt;", "&#60;", "<script", "onload=", "javascript:", "-->", "x"]),
    min_size=1,
    max_size=5,
).map("".join)
# What stands in HTML as it is: any text but the characters that no HTML can hold.
WORDINGS = _TEXTS | _HTML_ISH


def poison(course: Course, text: str) -> Course:
    """The course with ``text`` at the end of each text that a contributor is free to write.

    In a text with marks, each marked phrase ends in it too; there its square brackets are round, since
    square ones are marks.
    """
    parts = (
        *("sources", "facts", "terms", "actions", "red_flags", "sites", "pictures", "lessons"),
        *("quizzes", "cases", "clinics", "vignettes", "items"),
    )
    changed = {part: {id: _poisoned(each, text) for id, each in getattr(course, part).items()} for part in parts}
    check = course.final_check
    if check:
        changed["final_check"] = check.model_copy(
            update={"title": _poisoned(check.title, text), "says": _poisoned(check.says, text)}
        )
    return replace(course, head=_poisoned(course.head, text), **changed)


def _poisoned(value: Any, text: str) -> Any:
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        made = {name: each if name in FORMED else _poisoned(each, text) for name, each in fields.items()}
        if isinstance(value, (Spot, Vignette)):
            made["text"] = re.sub(r"\]|$", lambda end: f" {_unmarked(text)}{end[0]}", value.text)
        if isinstance(value, Phrase):
            made["says"] = f"{value.says} {_unmarked(text)}"
        return type(value).model_construct(**made)
    if isinstance(value, list):
        return [_poisoned(each, text) for each in value]
    if isinstance(value, dict):
        return {key: _poisoned(each, text) for key, each in value.items()}
    return f"{value} {text}" if isinstance(value, str) else value


def _unmarked(text: str) -> str:
    return text.translate({ord("["): "(", ord("]"): ")", ord("\n"): " "})
