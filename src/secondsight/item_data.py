"""Items, cases and clinics as plain data, as the frontend takes them (``frontend/src/item.ts``)."""

from __future__ import annotations

from typing import Any

from .course import Course
from .course.items import (
    Case,
    Choice,
    Hotspot,
    Item,
    Match,
    Option,
    Order,
    Reflect,
    Spot,
    Vignette,
    Worked,
    dealt,
)
from .course.part import Level
from .printed import Href, picture_svg, rows_of, to_web


def quiz_data(course: Course, id: str, href: Href = to_web) -> dict[str, Any]:
    """A quiz as the frontend takes it (``Quiz``)."""
    quiz = course.quizzes[id]
    lesson = course.asked_in.get(("quiz", id), "")
    return _quiz(course, quiz.id, lesson, quiz.title, quiz.says, quiz.items, href)


def case_data(course: Course, id: str, href: Href = to_web) -> dict[str, Any]:
    """A case as the frontend takes it: a quiz of one item."""
    case = course.cases[id]
    lesson = course.asked_in.get(("case", id), "")
    return _quiz(course, case.id, lesson, case.title, case.setting, [case], href)


def _quiz(course: Course, id: str, lesson: str, title: str, says: str, items: list, href: Href) -> dict[str, Any]:
    asked = [_item(course, item, href) for item in items]
    return {"id": id, "lesson": lesson, "title": title, "says": says, "items": asked}


def clinic_data(course: Course, id: str, href: Href = to_web) -> dict[str, Any]:
    """A clinic as the frontend takes it (``Clinic``)."""
    clinic, vignettes = course.clinics[id], course.vignettes[id]
    cards = {vignette.card: course.red_flags[vignette.card] for vignette in vignettes if vignette.card}
    return {
        "id": clinic.id,
        "lesson": course.asked_in.get(("clinic", id), ""),
        "title": clinic.title,
        "says": clinic.says,
        "inTen": clinic.in_ten,
        "levels": [course.actions[level].name for level in Level.__args__],
        "vignettes": [_vignette(course, vignette, href) for vignette in vignettes],
        "cards": {
            id: {
                "name": card.name,
                "features": card.features,
                "rows": [{"head": head, "says": says} for head, says in rows_of(card)],
            }
            for id, card in cards.items()
        },
    }


def _asked(course: Course, item: Item, href: Href) -> dict[str, Any]:
    return {
        "id": item.id,
        "version": item.version,
        "stem": getattr(item, "stem", ""),
        "hints": getattr(item, "hints", []),
        "sources": _links(course, course.sources_of(item.facts, item.sources), href),
    }


def _links(course: Course, sources: list[str], href: Href) -> list[dict[str, str]]:
    return [{"label": source.label, "href": href(source)} for source in map(course.sources.__getitem__, sources)]


def _option(course: Course, option: Option, href: Href) -> dict[str, Any]:
    return {
        "text": option.text,
        "correct": option.correct,
        "feedback": option.feedback,
        "sources": _links(course, course.sources_of(option.facts), href),
    }


def item_data(course: Course, item: Item, href: Href = to_web) -> dict[str, Any]:
    """An item of any kind as the frontend takes it (``Item``)."""
    return _vignette(course, item, href) if isinstance(item, Vignette) else _item(course, item, href)


def _item(course: Course, item: Item, href: Href) -> dict[str, Any]:
    data = _asked(course, item, href) | {"kind": item.kind}
    match item:
        case Choice():
            return data | {
                "answers": item.answers,
                "options": [_option(course, option, href) for option in item.options],
            }
        case Hotspot():
            places = [_option(course, place, href) | {"x": place.x, "y": place.y} for place in item.places]
            return data | {
                "answers": item.answers,
                "options": places,
                "svg": picture_svg(course, item.picture, item.id),
            }
        case Match():
            cards = [item.cards[index] for index in dealt(item.id, len(item.cards))]
            return data | {
                "groups": item.groups,
                "cards": [
                    {"text": card.text, "group": item.groups.index(card.group), "feedback": card.feedback}
                    for card in cards
                ],
            }
        case Order():
            return data | {
                "steps": [
                    {"text": item.steps[index].text, "place": index, "feedback": item.steps[index].feedback}
                    for index in dealt(item.id, len(item.steps))
                ]
            }
        case Spot():
            return data | {"form": item.form, "paragraphs": _paragraphs(item)}
        case Worked():
            steps = [step.model_dump() for step in item.steps]
            return data | {"steps": steps, "mends": [_option(course, mend, href) for mend in item.mends]}
        case Reflect():
            return data | {"model": item.model, "points": item.points}
        case Case():
            return data | _case(course, item)
    raise TypeError(f"no data for {type(item).__name__}")


def _paragraphs(item: Spot) -> list[list[dict[str, Any]]]:
    paragraphs: list[list[dict[str, Any]]] = [[]]
    for piece, phrase in item.pieces:
        if phrase is not None:
            paragraphs[-1].append({"text": piece, "phrase": {"cue": phrase.cue, "why": phrase.why}})
            continue
        for number, text in enumerate(piece.split("\n")):
            if number:
                paragraphs.append([])
            if text:
                paragraphs[-1].append({"text": text, "phrase": None})
    return paragraphs


def _case(course: Course, item: Case) -> dict[str, Any]:
    return {
        "stem": item.patient,
        "patient": item.patient,
        "history": item.history,
        "minutes": item.minutes,
        "steps": [
            {
                "id": step.id,
                "says": step.says,
                "asks": [ask.model_dump() for ask in step.asks],
                "ways": [{"text": "", "next": step.next}] if step.next else [turn.model_dump() for turn in step.turns],
            }
            for step in item.steps
        ],
        "action": item.action,
        "levels": [{"name": course.actions[level].name, "why": item.actions[level]} for level in Level.__args__],
        "detail": item.detail,
        "consider": item.consider,
        "cues": item.cues,
        "lures": item.lures,
        "debrief": item.debrief,
    }


def _vignette(course: Course, item: Vignette, href: Href) -> dict[str, Any]:
    return _asked(course, item, href) | {
        "kind": "vignette",
        "action": item.action,
        "card": item.card or "",
        "pieces": [{"text": text, "mattered": marked} for text, marked in item.pieces],
        "why": item.why,
    }
