"""An item in words alone: what every form that cannot ask as the course does still has to say.

Cards, tables and the feedback of other programs are made from it. All of it is plain text.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..course import Course, Source
from ..course.items import (
    DECIDE,
    Case,
    CaseStep,
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
from ..course.part import Level
from .package import LeftOut

# What XML 1.0 has no place for, and nothing shows.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
HOW_FAST = "How fast does this need action?"


@dataclass(frozen=True)
class Part:
    """What one question of an item offers, each with its letter.

    Attributes:
        asks: the question, or what the lines are.
    """

    asks: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Why:
    """The reason that belongs to one thing that was offered.

    Attributes:
        letter: of what was offered.
        text: what was offered.
        mark: what it is, where that can be said in a word or two: "Right", "Cue", a group.
        facts: what this reason rests on, where it is not what the item rests on.
    """

    letter: str
    text: str
    says: str
    mark: str = ""
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """An item in words.

    Attributes:
        stem: what is asked, or whom it is about.
        story: paragraphs that are read before answering.
        parts: what is offered.
        key: the right answer, a line for each part of it; the model answer where nothing is scored.
        whys: the reasons, in the order of the key.
        more: what is told after the answer, a list under each heading.
    """

    stem: str
    key: list[str]
    story: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    whys: list[Why] = field(default_factory=list)
    more: dict[str, list[str]] = field(default_factory=dict)


def letter(index: int) -> str:
    """The letter of what stands at a place, counted from 0, as pages show it."""
    return chr(ord("a") + index)


def plain(text: str) -> str:
    """A text without the control characters that no file may hold and nobody sees."""
    return _UNSEEN.sub("", text)


def how_read(source: Source) -> str:
    """Whether a source was read at first hand, and how much of it."""
    return f"{'Read' if source.read else 'Not read at first hand'}: {source.read_note}."


def certainty(source: Source) -> str:
    """A source in a line, with how it was read."""
    where = f" {source.url}" if source.url else ""
    return f"{source.label}: {source.title}. {source.publisher}, {source.year}.{where} {how_read(source)}"


def facts_of(item: Item) -> list[str]:
    """Ids of all the facts that the item's feedback rests on, the item's own first."""
    return [*item.facts, *sorted(item.all_facts - set(item.facts))]


def sources_of(course: Course, item: Item) -> list[Source]:
    """Every source that the item's feedback rests on, each once."""
    return [course.sources[id] for id in course.sources_of(facts_of(item), item.sources)]


def short_title(item: Item) -> str:
    """A few words that tell an item from others in a list."""
    words = plain(item.title if isinstance(item, Case) else getattr(item, "stem", "") or told_text(item)).split()
    title = ""
    for word in words:
        if len(title) + len(word) > 78:
            return f"{title[:78].rstrip('.,;:')} …"
        title = f"{title} {word}".strip()
    return title


def left_out(items: Iterable[Item], hints: str, cases: str) -> list[LeftOut]:
    """What a form has no place for, said once for all its items: why hints are left out, and why a case's talk is."""
    items = list(items)
    hinted = sum(bool(getattr(item, "hints", [])) for item in items)
    met = sum(isinstance(item, Case) for item in items)
    left = [
        LeftOut(f"the hints of {hinted} item{'s' if hinted > 1 else ''}", hints),
        LeftOut(f"the questions and turns of {met} case{'s' if met > 1 else ''}", cases),
    ]
    return [each for each, count in zip(left, (hinted, met), strict=True) if count]


def told_text(item: Spot | Vignette) -> str:
    """The text of an item in which some words stand in brackets, without the brackets."""
    return "".join(piece for piece, _ in item.pieces)


def told(course: Course, item: Item) -> Told:
    """An item of any kind in words."""
    match item:
        case Choice(options=options) | Hotspot(places=options):
            asks = "Choose one." if item.answers == "one" else "Choose all that apply."
            return Told(item.stem, _right(options), [], [_part(asks, options)], _whys(options))
        case Match():
            return _match(item)
        case Order():
            return _order(item)
        case Spot():
            return _spot(item)
        case Worked():
            steps = [(letter(index), step.says) for index, step in enumerate(item.steps)]
            whys = [
                Why(sign, text, step.why, "The slip" if step.wrong else "")
                for (sign, text), step in zip(steps, item.steps, strict=True)
            ]
            slip = next(f"The slip: {why.letter}. {why.text}" for why in whys if why.mark)
            key = [slip, *(f"Safer: {line}" for line in _right(item.mends))]
            parts = [Part("Which step is the slip?", steps), _part("What would have been safer?", item.mends)]
            return Told(item.stem, key, [], parts, [*whys, *_whys(item.mends)])
        case Reflect():
            return Told(item.stem, [item.model], more={"A good answer covers": item.points})
        case Case():
            return _case(course, item)
        case Vignette():
            marked = [piece for piece, is_marked in item.pieces if is_marked]
            card = {"The emergency card": [course.red_flags[item.card].name]} if item.card else {}
            more = {"Why": [item.why], "The words that matter": marked, **card}
            return Told(told_text(item), [_level(course, item.action)], [], [_levels(course)], more=more)
    raise TypeError(f"no words for {type(item).__name__}")


def _part(asks: str, options: Iterable[Option]) -> Part:
    return Part(asks, [(letter(index), option.text) for index, option in enumerate(options)])


def _right(options: Iterable[Option]) -> list[str]:
    return [f"{letter(index)}. {option.text}" for index, option in enumerate(options) if option.correct]


def _whys(options: Iterable[Option]) -> list[Why]:
    return [
        Why(letter(index), option.text, option.feedback, "Right" if option.correct else "", option.facts)
        for index, option in enumerate(options)
    ]


def _match(item: Match) -> Told:
    cards = [item.cards[index] for index in dealt(item.id, len(item.cards))]
    lines = [(letter(index), card.text) for index, card in enumerate(cards)]
    groups = [(str(number), group) for number, group in enumerate(item.groups, start=1)]
    whys = [Why(sign, text, card.feedback, card.group) for (sign, text), card in zip(lines, cards, strict=True)]
    return Told(
        item.stem,
        [f"{why.letter}. {why.text} → {why.mark}" for why in whys],
        [],
        [Part("Put each of these …", lines), Part("… where it belongs:", groups)],
        whys,
    )


def _order(item: Order) -> Told:
    order = dealt(item.id, len(item.steps))
    lines = [(letter(at), item.steps[index].text) for at, index in enumerate(order)]
    whys = [Why(letter(order.index(index)), step.text, step.feedback) for index, step in enumerate(item.steps)]
    key = [f"{number}. {why.text} ({why.letter})" for number, why in enumerate(whys, start=1)]
    return Told(item.stem, key, [], [Part("Put these in order.", lines)], whys)


def _spot(item: Spot) -> Told:
    phrases = [phrase for _, phrase in item.pieces if phrase is not None]
    whys = [
        Why(letter(index), phrase.says, phrase.why, "Cue" if phrase.cue else "No cue")
        for index, phrase in enumerate(phrases)
    ]
    return Told(
        item.stem,
        [f"{why.letter}. {why.text}" for why in whys if why.mark == "Cue"],
        [line for line in told_text(item).split("\n") if line],
        [Part("Which of these should raise concern?", [(why.letter, why.text) for why in whys])],
        whys,
    )


def _level(course: Course, level: str) -> str:
    return f"{letter(Level.__args__.index(level))}. {course.actions[level].name}"


def _levels(course: Course) -> Part:
    names = [course.actions[level].name for level in Level.__args__]
    return Part(HOW_FAST, [(letter(index), name) for index, name in enumerate(names)])


def shortest_way(item: Case) -> list[tuple[CaseStep, str]]:
    """The shortest way to a case's decision, among those that pass the most questions that matter.

    Each step stands in it once, where it is met first, with the turn that is taken from it, or "".
    """
    steps = {step.id: step for step in item.steps}
    matters = {step.id: sum(ask.key for ask in step.asks) for step in item.steps}
    first = item.steps[0].id
    start = (first, frozenset([first]))
    ways: dict[tuple[str, frozenset[str]], list[tuple[str, str]]] = {start: []}
    waiting, best, most = deque([start]), [], -1
    while waiting:
        at, met = waiting.popleft()
        way = ways[at, met]
        if at == DECIDE:
            # Shorter ways come first, so a later one is better only where it meets more.
            if (found := sum(matters[id] for id in met)) > most:
                best, most = way, found
            continue
        step = steps[at]
        for turn, to in [("", step.next)] if step.next else [(turn.text, turn.next) for turn in step.turns]:
            reached = (to, met | {to} if matters.get(to) else met)
            if reached not in ways:
                ways[reached] = [*way, (at, turn)]
                waiting.append(reached)
    first_turns: dict[str, str] = {}
    for id, turn in best:
        first_turns.setdefault(id, turn)
    return [(steps[id], turn) for id, turn in first_turns.items()]


def _case(course: Course, item: Case) -> Told:
    story = [item.history, item.setting]
    for step, turn in shortest_way(item):
        story.append(step.says)
        story += [f"You ask: {ask.text} {ask.answer}" for ask in step.asks]
        if turn:
            story.append(f"What you do: {turn}")
    levels = [(level, course.actions[level].name) for level in Level.__args__]
    whys = [
        Why(letter(index), name, item.actions[level], "Right" if level == item.action else "")
        for index, (level, name) in enumerate(levels)
    ]
    more = {
        "What happens now": [item.detail],
        "Looking back": [item.debrief],
        "What the team will think of": [item.consider],
        "What mattered": item.cues,
        "What could mislead": item.lures,
    }
    kept = {head: lines for head, lines in more.items() if lines}
    return Told(item.patient, [_level(course, item.action)], story, [_levels(course)], whys, kept)
