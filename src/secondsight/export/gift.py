"""The course's items as GIFT, a plain text that Moodle and many other programs read.

Each text stands on one line, as HTML, with GIFT's own signs escaped. Ids and tags stand in comments, where Moodle
looks for them; a reader that does not know them passes over.
"""

from __future__ import annotations

import re

from ..course import Course
from ..course.items import Item
from .edition import Edition, ExportError
from .moodle import category_path
from .package import LeftOut, Package
from .question_bank import (
    Choosing,
    Ordering,
    Pairing,
    Question,
    Writing,
    categories,
    counted,
    parts_lost,
    questions,
)
from .told import plain


def make(course: Course, edition: Edition) -> Package:
    """The items of the course's lessons as a GIFT file, apart from those that need a picture or an order.

    Raises:
        ExportError: where nothing is asked that GIFT can hold.
    """
    blocks: list[str] = []
    left_out: list[LeftOut] = []
    held: list[Item] = []
    for category in categories(course, edition):
        made: list[str] = []
        for item in category.items:
            asked = questions(course, item)
            reason = next(filter(None, map(_no_place, asked)), "")
            if reason:
                left_out.append(LeftOut(item.id, reason))
                continue
            made += map(_question, asked)
            held.append(item)
        if made:
            blocks += [f"$CATEGORY: {category_path(category.path)}", *made]
    if not held:
        raise ExportError(
            f"GIFT can hold nothing of what {', '.join(course.lessons)} asks; take other lessons, or take --to moodle"
        )
    left_out += parts_lost(held)
    if hinted := sum(bool(getattr(item, "hints", ())) for item in held):
        reason = "GIFT has no place for hints; --to moodle keeps them"
        left_out.append(LeftOut(f"the hints of {counted(hinted, 'item')}", reason))
    head = f"// {_one_line(course.head.title)}. {_one_line(course.head.notice)}"
    return Package(plain(f"{head}\n" + "\n\n".join(blocks) + "\n").encode(), len(held), left_out)


def _no_place(question: Question) -> str:
    """Why GIFT cannot hold a question; "" where it can."""
    if question.drawing:
        return "it is answered on a picture, and GIFT holds no pictures; --to moodle keeps it"
    if isinstance(question.asks, Ordering):
        return "GIFT has no question that asks for an order; --to moodle keeps it"
    return ""


def _question(question: Question) -> str:
    named = "".join(f" [tag:{tag}]" for tag in question.tags)
    lines = [
        f"// [id:{question.id}]{named}",
        f"::{_escaped(question.name)}::[html]{_escaped(question.stem)}{{",
        *_answers(question.asks),
        f"\t####{_escaped(question.feedback)}",
        "}",
    ]
    return "\n".join(lines)


def _answers(asks: Choosing | Pairing | Writing) -> list[str]:
    match asks:
        case Choosing():
            return [
                f"\t{_sign(answer.percent, asks.single)}{_opening(answer.text)}#{_opening(answer.feedback)}"
                for answer in asks.answers
            ]
        case Pairing():
            return [f"\t={_opening(card)} -> {_escaped(group)}" for card, group in asks.pairs]
    return []


def _sign(percent: str, single: bool) -> str:
    """What stands before an answer: a full mark has a sign of its own where only one answer can be chosen."""
    if single and percent == "100":
        return "="
    return "~" if percent == "0" else f"~%{percent}%"


def _opening(html: str) -> str:
    """HTML at the beginning of an answer, where a bracket would name a format and a per cent sign a mark."""
    return _escaped(re.sub(r"^[\[%]", lambda sign: f"&#{ord(sign[0])};", html))


def _escaped(text: str) -> str:
    return re.sub(r"[\\:#={}~]", r"\\\g<0>", _one_line(text))


def _one_line(text: str) -> str:
    """A text on one line: a blank line would end the question."""
    return re.sub(r"[\r\n]+", " ", text)
