"""A made-up class: progress files of trainees who do not exist, to try a report on before there are any of one's own.

Nobody answered any of this. The same seed makes the same files, byte for byte.
"""

from __future__ import annotations

import io
import math
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from . import progress_file
from .attempt import Attempt
from .course import Course
from .course.items import DECIDE, Case, Item, Order, Vignette
from .course.part import Level
from .xapi import interaction

TRAINEES = 24
BEGAN = datetime(2026, 9, 7, 9, tzinfo=UTC)
LEVELS = list(Level.__args__)
# One item in so many is unsuited, so that there is something to find: those who know more miss it more often.
UNSUITED = 19


@dataclass(frozen=True)
class Trainee:
    """Somebody made up.

    Attributes:
        number: counted from 1.
        knows: ability, on the scale of the items' difficulty: the standard normal one.
        bold: added to the sense of being right, on the same scale.
        reach: the share of the course that was answered.
    """

    number: int
    knows: float
    bold: float
    reach: float


def files(course: Course, trainees: int = TRAINEES, seed: str = "example") -> dict[str, bytes]:
    """The progress files of a made-up class, by file name.

    An answer is right with the probability of the Rasch model, 1 / (1 + exp(-(ability - difficulty))), raised by what
    a guess brings (G. Rasch, Probabilistic models for some intelligence and attainment tests, 1960). Trainees reach
    the end, or stop on the way; some come back to items, and some take the final check.
    """
    made = {}
    for number in range(1, trainees + 1):
        chance = random.Random(f"{seed} {number}")
        # The first is at the end and the last at the beginning, however small the class is.
        reach = 1.0 if number == 1 else 0.15 if number == trainees else min(1.0, chance.uniform(0.35, 1.5))
        somebody = Trainee(number, chance.gauss(0.7, 0.9), chance.gauss(0.4, 0.7), reach)
        attempts = sorted(_attempts(course, somebody, chance), key=lambda attempt: attempt.at)
        out = io.BytesIO()
        progress_file.write(lambda attempts=attempts: iter(attempts), course.head.id, out)
        made[f"made-up-{number:02}.jsonl"] = out.getvalue()
    return made


def _attempts(course: Course, somebody: Trainee, chance: random.Random) -> Iterator[Attempt]:
    asked = [(lesson, item) for lesson, items in course.items_by_lesson.items() for item in items]
    clock = BEGAN + timedelta(days=chance.uniform(0, 3))
    for lesson, item in asked[: math.ceil(somebody.reach * len(asked))]:
        # Now and then somebody goes to bed.
        clock += timedelta(hours=20) if chance.random() < 0.04 else timedelta(seconds=chance.uniform(15, 240))
        first = _attempt(course, item, lesson, somebody, chance, clock)
        yield first
        if first.score is not None and first.score < 0.8 and chance.random() < 0.3:
            yield _attempt(course, item, lesson, somebody, chance, clock + timedelta(days=2), learnt=1.2)
    lesson = course.room("final_check")
    if course.final_check and lesson and somebody.reach == 1:
        yield from _final_check(course, lesson, somebody, chance, clock + timedelta(days=4))


def _final_check(
    course: Course, lesson: str, somebody: Trainee, chance: random.Random, clock: datetime
) -> Iterator[Attempt]:
    sitting = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    for draw in course.final_check.draws:
        there = [item for item in course.items.values() if item.objective in draw.objectives and item.is_scored]
        for item in chance.sample(there, min(draw.items, len(there))):
            clock += timedelta(seconds=chance.uniform(15, 240))
            yield _attempt(course, item, lesson, somebody, chance, clock, learnt=0.6, sitting=sitting)


def _attempt(
    course: Course,
    item: Item,
    lesson: str,
    somebody: Trainee,
    chance: random.Random,
    at: datetime,
    learnt: float = 0.0,
    sitting: str | None = None,
) -> Attempt:
    own = random.Random(item.id)
    difficulty, unsuited = own.gauss(0, 0.9), own.randrange(UNSUITED) == 0
    knows = -somebody.knows if unsuited else somebody.knows
    right = 0.2 + 0.8 / (1 + math.exp(-(knows + learnt - difficulty)))
    is_right = chance.random() < right
    answer, score = _answer(course, item, is_right, chance, own)
    sense = math.log(right / (1.02 - right)) + somebody.bold + chance.gauss(0, 0.7)
    certainty = "sure" if sense > 1 else "fairly-sure" if sense > -0.4 else "guessing"
    return Attempt(
        id=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        item=item.id,
        item_version=item.version,
        lesson=lesson,
        answer=answer,
        score=score,
        certainty=certainty if item.is_scored else None,
        hints=int(not sitting and getattr(item, "hints", []) != [] and chance.random() < 0.15),
        seconds=round(chance.uniform(5, 90), 1),
        at=at,
        place=chance.choice(("page", "jupyter")),
        sitting=sitting,
    )


def _answer(
    course: Course, item: Item, is_right: bool, chance: random.Random, own: random.Random
) -> tuple[list[str], float | None]:
    """An answer of which it is known beforehand what it earns: everything, or (nearly always) nothing."""
    if not item.is_scored:
        return ["a"], None
    score = float(is_right)
    asked = interaction(course, item)
    match asked.components:
        case _ if isinstance(item, Vignette):
            return _level(item, is_right, chance)
        case _ if isinstance(item, Case):
            return _way(item, is_right, chance), score
        case _ if is_right:
            return asked.right, score
        case {"source": source, "target": target}:
            groups = [*target]
            own_group = dict(pair.split("-") for pair in asked.right)
            return [f"{card}-{groups[groups.index(own_group[card]) - 1]}" for card in source], score
        case {"choices": choices} if isinstance(item, Order):
            return asked.right[::-1], score
        case {"choices": choices}:
            wrong = [choice for choice in choices if choice not in asked.right]
            # One wrong option draws more than the others, and in some items one draws nobody.
            drawing = wrong[1:] if len(wrong) > 2 and own.random() < 0.15 else wrong
            return [chance.choice([*drawing, own.choice(drawing)])], score
    slip, mend = asked.right
    return [_another(slip), _another(mend)], score


def _another(letter: str) -> str:
    return "b" if letter == "a" else "a"


def _level(item: Vignette, is_right: bool, chance: random.Random) -> tuple[list[str], float]:
    """A level: the right one, or most often one beside it; one too fast is safe and earns half."""
    key = LEVELS.index(item.action)
    if is_right:
        return [item.action], 1.0
    beside = [level for level in (key - 1, key + 1) if 0 <= level < len(LEVELS)]
    chosen = chance.choice([*beside, *beside, *(level for level in range(len(LEVELS)) if level != key)])
    return [LEVELS[chosen]], 0.5 if chosen == key - 1 else 0.0


def _way(item: Case, is_right: bool, chance: random.Random) -> list[str]:
    """A way through a case: with all questions that matter to the right level, or with none to a slower one."""
    steps = {step.id: step for step in item.steps}
    log, at = [], item.steps[0].id
    asked = set()
    way_out = _ways_out(item)
    while at != DECIDE:
        step = steps[at]
        if is_right and at not in asked:
            log += [f"ask:{at}:{chr(ord('a') + number)}" for number, ask in enumerate(step.asks) if ask.key]
            asked.add(at)
        if not step.next:
            log.append(f"way:{at}:{chr(ord('a') + [turn.next for turn in step.turns].index(way_out[at]))}")
        at = way_out[at]
    key = LEVELS.index(item.action)
    slower = LEVELS[key + 1 :] or LEVELS[:1]
    return [*log, f"act:{item.action if is_right else chance.choice(slower)}"]


def _ways_out(item: Case) -> dict[str, str]:
    """From each step the next one on the shortest way to the decision."""
    out: dict[str, str] = {}
    reached = {DECIDE}
    while len(out) < len(item.steps):
        found = {
            step.id: next(way for way in step.ways if way in reached)
            for step in item.steps
            if step.id not in out and reached & {*step.ways}
        }
        out |= found
        reached |= found.keys()
    return out
