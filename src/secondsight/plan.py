"""The course in outline, as plain data for what looks at the whole of it (``frontend/src/plan.ts``)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from . import __version__
from .course import Course
from .course.items import Item, Vignette
from .course.part import Level
from .item_data import item_data
from .printed import Link

# What a link of such a panel leads to: the notebook that uses the verb.
ROOMS = ("review", "final_check", "progress", "certificate", "red_flags")


def plan_data(course: Course, link: Link) -> dict[str, Any]:
    """The course's lessons, objectives and items, without their wording (``PlanData``)."""
    items: dict[str, list[list[str]]] = defaultdict(list)
    for item in course.items.values():
        if item.id in course.lesson_of_item:
            items[item.objective].append(_planned(item))
    return {
        "course": course.head.id,
        "title": course.head.title,
        "version": __version__,
        "reviewedBy": course.head.reviewed_by,
        "lessons": [
            {
                "id": lesson.id,
                "title": lesson.title,
                "href": link(lesson.notebook),
                "kind": lesson.kind,
                "minutes": lesson.minutes,
                "objectives": [
                    {"id": objective.id, "says": objective.says, "items": items[objective.id]}
                    for objective in lesson.objectives
                ],
            }
            for lesson in course.lessons.values()
        ],
        "levels": [course.actions[level].name for level in Level.__args__],
        "check": _check(course),
        "rooms": {verb: _room(course, verb) for verb in ROOMS},
    }


def _planned(item: Item) -> list[str]:
    """An item as its id, its version, its kind unless it is a choice, and the level of a vignette."""
    if isinstance(item, Vignette):
        return [item.id, item.version, "vignette", item.action]
    return [item.id, item.version] if item.kind == "choice" else [item.id, item.version, item.kind]


def planned_items(plan: dict[str, Any]) -> list[str]:
    """The ids of a plan's items."""
    return [item[0] for lesson in plan["lessons"] for objective in lesson["objectives"] for item in objective["items"]]


def _check(course: Course) -> dict[str, Any] | None:
    check = course.final_check
    if check is None:
        return None
    return {
        "id": course.room("final_check"),
        "title": check.title,
        "says": check.says,
        "before": [item.id for item in course.quizzes[check.before].items],
        "draws": [draw.model_dump() for draw in check.draws],
    }


def _room(course: Course, verb: str) -> str:
    """The lesson that uses a verb: a reference, where one does."""
    references = [lesson.id for lesson in course.lessons.values() if lesson.kind == "reference"]
    return course.room(verb, references) or course.room(verb)


def bank_data(course: Course) -> dict[str, Any]:
    """Every item that can be asked again, whole, by its id."""
    return {
        item.id: item_data(course, item)
        for item in course.items.values()
        if item.is_scored and item.id in course.lesson_of_item
    }
