"""Every item as a row of a table, as RFC 4180 has it, in UTF-8."""

from __future__ import annotations

import csv
import io

from ..course import Course
from ..course.items import Hotspot, Item, kind_of
from ..table_cell import guarded
from .edition import Edition
from .package import Package
from .told import Part, Why, certainty, facts_of, plain, sources_of, told

FIELDS = (
    "lesson",
    "lesson_title",
    "item",
    "version",
    "kind",
    "answers",
    "objective",
    "objective_says",
    "site",
    "stem",
    "text",
    "picture",
    "options",
    "key",
    "feedback",
    "afterwards",
    "hints",
    "facts",
    "sources",
    "reviewed_on",
    "review_by",
    "reviewed_by",
)


def make(course: Course, edition: Edition) -> Package:
    """The items as a table: a head of field names, then a row for each item, in the order they are asked.

    A cell with several parts holds each on a line of its own. Text that a spreadsheet could take for a formula, and
    text that begins with an apostrophe, has one apostrophe put before it.
    """
    out = io.StringIO()
    rows = csv.DictWriter(out, FIELDS)
    rows.writeheader()
    count = 0
    for lesson, items in course.items_by_lesson.items():
        for item in items:
            cells = _cells(course, lesson, item)
            rows.writerow({field: guarded(plain(text)) for field, text in cells.items()})
            count += 1
    return Package(out.getvalue().encode(), count, [])


def _cells(course: Course, lesson: str, item: Item) -> dict[str, str]:
    words = told(course, item)
    objectives = {part.id: part.says for each in course.lessons.values() for part in each.objectives}
    head = course.files[course.places["item", item.id][0]]
    return {
        "lesson": lesson,
        "lesson_title": course.lessons[lesson].title,
        "item": item.id,
        "version": item.version,
        "kind": kind_of(item),
        "answers": getattr(item, "answers", ""),
        "objective": item.objective,
        "objective_says": objectives.get(item.objective, ""),
        "site": item.site or "",
        "stem": words.stem,
        "text": "\n".join(words.story),
        "picture": item.picture if isinstance(item, Hotspot) else "",
        "options": "\n".join(line for part in words.parts for line in _offered(part)),
        "key": "\n".join(words.key),
        "feedback": "\n".join(map(_reason, words.whys)),
        "afterwards": "\n".join(f"{head}: {'; '.join(lines)}" for head, lines in words.more.items()),
        "hints": "\n".join(f"{number}. {hint}" for number, hint in enumerate(getattr(item, "hints", []), start=1)),
        "facts": "\n".join(f"{id}: {course.facts[id].says}" for id in facts_of(item)),
        "sources": "\n".join(f"{source.id}: {certainty(source)}" for source in sources_of(course, item)),
        "reviewed_on": head.reviewed_on.isoformat(),
        "review_by": head.review_by.isoformat(),
        "reviewed_by": head.reviewed_by,
    }


def _offered(part: Part) -> list[str]:
    return [part.asks, *(f"{sign}. {text}" for sign, text in part.lines)]


def _reason(why: Why) -> str:
    mark = f"{why.mark}. " if why.mark else ""
    return f"{why.letter}. {mark}{why.says}"
