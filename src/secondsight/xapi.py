"""Attempts as statements of the Experience API (xAPI), version 1.0.3.

The rules are those of "xAPI-Data.md" in ADL's repository xAPI-Spec. A statement carries no ``version``:
the specification asks those who write statements to leave it to the store that takes them in.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from .attempt import Attempt
from .course import Course
from .course.items import Case, Choice, Hotspot, Item, Match, Order, Reflect, Spot, Vignette, Worked, dealt
from .course.part import Level

LANGUAGE = "en-GB"
VERB = {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {LANGUAGE: "answered"}}
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
LESSON = "http://adlnet.gov/expapi/activities/lesson"
BETWEEN, WITHIN = "[,]", "[.]"
# What one part of an answer may look like, for the types whose form has rules of its own.
FORMS = {"choice": r"[a-z0-9-]+", "sequencing": r"[a-z0-9-]+", "matching": r"[a-z]-[a-z]"}


class Interaction(NamedTuple):
    """An item as the specification describes interactions.

    Attributes:
        type: its ``interactionType``.
        name: a short name for people.
        description: what was asked.
        components: what there was to choose, order or match: text by id, under the specification's names.
        right: the one right answer, in the form of an attempt's ``answer``; empty where there is no such thing.
    """

    type: str
    name: str
    description: str
    components: dict[str, dict[str, str]]
    right: list[str]


def home_page(course: str) -> str:
    """The name of a course as an IRI. ``.invalid`` is kept free for good (RFC 2606): nobody can be asked there."""
    return f"https://{course}.invalid"


def statements(attempts: Iterable[Attempt], course: Course) -> Iterator[dict[str, Any]]:
    """A statement for each attempt, as they come; memory does not grow with their number.

    The actor is a pseudonym made from the id of the first attempt: the same in each export of a record, and
    nothing personal in it. The words of a trainee who answered in writing are the ``response``.
    """
    home = home_page(course.head.id)
    known = {id: interaction(course, item) for id, item in course.items.items()}
    now = datetime.now(UTC)
    actor: dict[str, Any] = {}
    for attempt in attempts:
        if not actor:
            name = hashlib.sha256(f"{home} {attempt.id}".encode()).hexdigest()[:32]
            actor = {"objectType": "Agent", "account": {"homePage": home, "name": name}}
        asked = known.get(attempt.item)
        reworded = asked is not None and course.items[attempt.item].version != attempt.item_version
        definition, response = _answered(attempt, asked, reworded)
        made = {
            "id": _uuid(attempt.id) or str(uuid.uuid5(uuid.NAMESPACE_URL, f"{home}/attempt/{_path(attempt.id)}")),
            "actor": actor,
            "verb": VERB,
            "object": {"objectType": "Activity", "id": f"{home}/item/{_path(attempt.item)}", "definition": definition},
            "result": _result(attempt, response, definition, home),
            "context": _context(attempt, course, home),
        }
        if attempt.at <= now:
            made["timestamp"] = _time(attempt.at)
        else:
            # The specification forbids a time to come; a clock that was wrong is told apart.
            made["result"]["extensions"][f"{home}/xapi/at"] = _time(attempt.at)
        yield made


def interaction(course: Course, item: Item) -> Interaction:
    """What the course asks with an item."""
    name = item.title if isinstance(item, Case) else item.id.replace("-", " ").capitalize()
    stem = getattr(item, "stem", "")
    match item:
        case Choice(options=options) | Hotspot(places=options):
            choices = _lettered(option.text for option in options)
            right = [letter for letter, option in zip(choices, options, strict=True) if option.correct]
            return Interaction("choice", name, stem, {"choices": choices}, right)
        case Spot():
            phrases = [phrase for _, phrase in item.pieces if phrase is not None]
            choices = _lettered(phrase.says for phrase in phrases)
            right = [letter for letter, phrase in zip(choices, phrases, strict=True) if phrase.cue]
            return Interaction("choice", name, stem, {"choices": {**choices, "none": "Nothing is marked"}}, right)
        case Match():
            cards = [item.cards[index] for index in dealt(item.id, len(item.cards))]
            source, target = _lettered(card.text for card in cards), _lettered(item.groups)
            groups = {text: letter for letter, text in target.items()}
            right = [f"{letter}-{groups[card.group]}" for letter, card in zip(source, cards, strict=True)]
            return Interaction("matching", name, stem, {"source": source, "target": target}, right)
        case Order():
            order = dealt(item.id, len(item.steps))
            choices = _lettered(item.steps[index].text for index in order)
            places = dict(zip(order, choices, strict=True))
            return Interaction("sequencing", name, stem, {"choices": choices}, [places[at] for at in range(len(order))])
        case Worked():
            slip = next(index for index, step in enumerate(item.steps) if step.wrong)
            mend = next(index for index, mend in enumerate(item.mends) if mend.correct)
            return Interaction("other", name, stem, {}, [_letter(slip), _letter(mend)])
        case Reflect():
            return Interaction("long-fill-in", name, stem, {}, [])
        case Case():
            # Many ways through a case are right, so there is no pattern of the right one.
            return Interaction("other", name, f"{item.patient}. {item.setting}", {}, [])
        case Vignette():
            levels = {level: course.actions[level].name for level in Level.__args__ if level in course.actions}
            text = "".join(piece for piece, _ in item.pieces)
            return Interaction("choice", name, text, {"choices": levels}, [item.action])
    raise TypeError(f"no interaction for {type(item).__name__}")


def _answered(attempt: Attempt, asked: Interaction | None, reworded: bool) -> tuple[dict[str, Any], str]:
    """The activity's definition, and the answer in the form that goes with it."""
    type, parts = (asked.type if asked else "other"), attempt.answer
    if attempt.text is not None:
        type = "long-fill-in"
    elif type in FORMS and not all(re.fullmatch(FORMS[type], part) for part in parts):
        type = "other"
    definition: dict[str, Any] = {"type": INTERACTION, "interactionType": type}
    if asked:
        definition["name"] = {LANGUAGE: asked.name}
    # With another wording, a letter may have stood for something else.
    if asked and not reworded and asked.type == type and _is_among(parts, asked):
        definition["description"] = {LANGUAGE: asked.description}
        for name, texts in asked.components.items():
            definition[name] = [{"id": id, "description": {LANGUAGE: text}} for id, text in texts.items()]
        if asked.right:
            definition["correctResponsesPattern"] = [_pattern(type, asked.right)]
    return definition, _pattern(type, [attempt.text or ""] if type == "long-fill-in" else parts)


def _is_among(parts: list[str], asked: Interaction) -> bool:
    """Whether an answer chooses only what there is to choose."""
    match asked.components:
        case {"choices": choices}:
            return set(parts) <= set(choices)
        case {"source": source, "target": target}:
            return all(part[0] in source and part[-1] in target for part in parts)
    return True


def _pattern(type: str, parts: list[str]) -> str:
    """An answer as the specification writes it."""
    if type == "matching":
        parts = [part.replace("-", WITHIN) for part in parts]
    if type == "long-fill-in":
        # One text must not look like two.
        parts = [part.replace(BETWEEN, "[, ]") for part in parts]
    return BETWEEN.join(parts)


def _result(attempt: Attempt, response: str, definition: dict[str, Any], home: str) -> dict[str, Any]:
    extensions: dict[str, Any] = {f"{home}/xapi/hints": attempt.hints}
    if attempt.certainty:
        extensions[f"{home}/xapi/certainty"] = attempt.certainty
    if attempt.answer and definition["interactionType"] == "long-fill-in":
        extensions[f"{home}/xapi/points"] = attempt.answer
    result: dict[str, Any] = {"duration": _duration(attempt.seconds), "extensions": extensions}
    if attempt.score is not None:
        result |= {"score": {"scaled": attempt.score}, "success": attempt.score == 1}
    if response:
        result["response"] = response
    return result


def _context(attempt: Attempt, course: Course, home: str) -> dict[str, Any]:
    lesson: dict[str, Any] = {"type": LESSON}
    if attempt.lesson in course.lessons:
        lesson["name"] = {LANGUAGE: course.lessons[attempt.lesson].title}
    parent = {"objectType": "Activity", "id": f"{home}/lesson/{_path(attempt.lesson)}", "definition": lesson}
    context: dict[str, Any] = {
        "platform": f"Second Sight ({attempt.place})",
        "revision": attempt.item_version,
        "contextActivities": {"parent": [parent]},
    }
    if attempt.sitting and (registration := _uuid(attempt.sitting)):
        context["registration"] = registration
    return context


def _uuid(text: str) -> str | None:
    """A UUID in its standard form, if that is what the text is."""
    try:
        found = uuid.UUID(text)
    except ValueError:
        return None
    return str(found) if found.variant == uuid.RFC_4122 and str(found) == text.lower() else None


def _duration(seconds: float) -> str:
    """ISO 8601, to a hundredth of a second, as the specification asks."""
    return f"PT{f'{seconds:.2f}'.rstrip('0').rstrip('.')}S"


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _path(id: str) -> str:
    """An id as one part of an IRI, whatever it holds."""
    return quote(id, safe="")


def _letter(index: int) -> str:
    return chr(ord("a") + index)


def _lettered(texts: Iterable[str]) -> dict[str, str]:
    """Texts by the letters that answers name them by."""
    return {_letter(index): text for index, text in enumerate(texts)}
