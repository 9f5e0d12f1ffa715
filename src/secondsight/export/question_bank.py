"""The course as the question bank of a learning platform holds it: categories of questions with marks and feedback.

Moodle XML and GIFT write the same bank down, each as far as it can. All texts are HTML made here from the course's
plain text, except where a field says otherwise. Marks are those of ``frontend/src/scoring/score.ts``, as far as a
question without a program behind it can give them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from ..course import Course
from ..course.items import (
    Case,
    Choice,
    Hotspot,
    Item,
    Match,
    Option,
    Order,
    Phrase,
    Reflect,
    Spot,
    Vignette,
    Worked,
    dealt,
    kind_of,
)
from ..course.model import Lesson
from ..course.part import Level
from ..printed import cites, rows_of, to_web, unordered
from .edition import Edition
from .package import LeftOut
from .still_picture import with_places
from .told import HOW_FAST, short_title, shortest_way, told_text

# Moodle takes no other shares of a mark than those of its own list. These are one half, one third, and so on.
SHARES = ("100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10")
# No character of an item's id, so that no other item can have the second question's id.
MEND = ".mend"


class Answer(NamedTuple):
    """An answer to choose; ``percent`` is its share of the mark, below zero where it takes away."""

    text: str
    percent: str
    feedback: str


class Choosing(NamedTuple):
    """Choosing one answer, or several.

    Attributes:
        in_order: whether the order of the answers means something, so that they must not be shuffled.
        lettered: whether the platform puts letters before them.
    """

    answers: list[Answer]
    single: bool = True
    in_order: bool = False
    lettered: bool = True


class Pairing(NamedTuple):
    """Finding for each card its group; the groups are plain text."""

    pairs: list[tuple[str, str]]


class Ordering(NamedTuple):
    """Putting steps in order; they stand in the right one."""

    steps: list[str]


class Writing(NamedTuple):
    """Answering in own words; ``model`` is for whoever reads the answer."""

    model: str


class Drawing(NamedTuple):
    """The picture that a stem shows, as a file beside it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Question:
    """A question of the bank.

    Attributes:
        id: the item's, the same in every export.
        name: plain text, by which a teacher finds it.
        mark: what a full answer earns; 0 where nothing is scored.
    """

    id: str
    name: str
    tags: list[str]
    stem: str
    asks: Choosing | Pairing | Ordering | Writing
    feedback: str
    hints: list[str] = field(default_factory=list)
    mark: float = 1
    drawing: Drawing | None = None


class Category(NamedTuple):
    """A category of the bank; ``path`` holds the plain names from the top to its own."""

    path: tuple[str, ...]
    id: str
    info: str
    items: list[Item]


def categories(course: Course, edition: Edition) -> list[Category]:
    """The course's own category, then one for each lesson that asks something."""
    head = course.head
    title = _line(head.title)
    notice = f"<p><em>{_inline(head.notice)}</em></p>"
    asking = [(course.lessons[id], items) for id, items in course.items_by_lesson.items() if items]
    contact = _paragraphs(f"Questions about this course: {edition.contact}") if edition.contact else ""
    return [
        Category((title,), head.id, _paragraphs(head.says) + notice + contact, []),
        *(Category((title, _numbered(lesson)), lesson.id, _about(lesson) + notice, items) for lesson, items in asking),
    ]


def parts_lost(items: Iterable[Item]) -> list[LeftOut]:
    """What a question bank cannot hold of these items, though it holds the items."""
    cases = sum(isinstance(item, Case) for item in items)
    reason = "nobody answers back in a question bank, so each story is told whole and only its decision is asked"
    return [LeftOut(f"the questions to the patient in {counted(cases, 'case')}", reason)] if cases else []


def counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def questions(course: Course, item: Item) -> list[Question]:
    """An item as questions: one, or for a worked case two, each with half the mark."""
    name = short_title(item)
    tags = list(dict.fromkeys(filter(None, [item.objective, item.site, kind_of(item)])))
    stem, hints = getattr(item, "stem", ""), [_inline(hint) for hint in getattr(item, "hints", [])]
    mark, drawing = 1.0, None
    match item:
        case Choice():
            asks = Choosing(_options(course, item.options, item.answers), single=item.answers == "one")
            shown, whys = _paragraphs(stem), _option_whys(item.options)
        case Hotspot():
            asks = Choosing(_options(course, item.places, item.answers), single=item.answers == "one", in_order=True)
            drawing = _drawing(course, item)
            shown = _paragraphs(stem) + _image(course, item, drawing)
            whys = _option_whys(item.places)
        case Spot():
            asks = Choosing(_phrases(item), single=False, in_order=True)
            shown = _paragraphs(stem) + _marked_text(item)
            whys = _whys((phrase.says, _verdict(phrase)) for _, phrase in item.pieces if phrase)
        case Match():
            cards = [item.cards[index] for index in dealt(item.id, len(item.cards))]
            asks = Pairing([(_inline(card.text), _line(card.group)) for card in cards])
            shown = _paragraphs(stem)
            whys = _whys((f"{card.text} → {card.group}", card.feedback) for card in cards)
        case Order():
            asks = Ordering([_inline(step.text) for step in item.steps])
            shown, whys = _paragraphs(stem), _whys(((step.text, step.feedback) for step in item.steps), "ol")
        case Worked():
            return _worked(course, item, name, tags)
        case Reflect():
            model = _paragraphs(item.model) + "<p>A good answer covers:</p>" + unordered(item.points)
            asks, mark = Writing(model), 0.0
            shown, whys = _paragraphs(stem), "<p><strong>A model answer</strong></p>" + model
        case Case():
            asks = Choosing(_levels(course, item.action, item.actions), in_order=True, lettered=False)
            shown, whys = _story(item), _debrief(item)
        case Vignette():
            asks = Choosing(_levels(course, item.action, {}), in_order=True, lettered=False)
            shown, whys = _paragraphs(told_text(item)) + _asking(HOW_FAST), _judged(course, item)
        case _:
            raise TypeError(f"no question for {type(item).__name__}")
    feedback = whys + _foot(course, item)
    return [Question(item.id, name, tags, shown, asks, feedback, hints, mark, drawing)]


def _worked(course: Course, item: Worked, name: str, tags: list[str]) -> list[Question]:
    """Finding the slip and mending it, as two questions of which neither gives the other away."""
    # The number is part of the text: it holds where a platform shuffles.
    steps = [
        Answer(f"{number}. {_inline(step.says)}", "100" if step.wrong else "0", _inline(step.why))
        for number, step in enumerate(item.steps, start=1)
    ]
    told = "".join(f"<li>{_inline(step.says)}</li>" for step in item.steps)
    whys = _whys(((step.says, f"The slip. {step.why}" if step.wrong else step.why) for step in item.steps), "ol")
    return [
        Question(
            item.id,
            f"{name} (the slip)",
            tags,
            _paragraphs(item.stem) + _asking("Which step is the slip?"),
            Choosing(steps, in_order=True, lettered=False),
            whys + _foot(course, item),
            mark=0.5,
        ),
        Question(
            item.id + MEND,
            f"{name} (the mend)",
            tags,
            f"{_paragraphs(item.stem)}<ol>{told}</ol>" + _asking("One step is a slip. What would have been safer?"),
            Choosing(_options(course, item.mends, "one")),
            _option_whys(item.mends) + _foot(course, item),
            mark=0.5,
        ),
    ]


def _options(course: Course, options: Sequence[Option], answers: str) -> list[Answer]:
    """Options with their marks: a key earns its share, and where several can be chosen, a wrong one takes as much."""
    keys = sum(option.correct for option in options)
    right = SHARES[keys - 1]
    wrong = "0" if answers == "one" else f"-{right}"
    return [
        Answer(_inline(option.text), right if option.correct else wrong, _reason(course, option)) for option in options
    ]


def _reason(course: Course, option: Option) -> str:
    own = cites(course, course.sources_of(option.facts), to_web) if option.facts else ""
    return _paragraphs(option.feedback) + own


def _phrases(item: Spot) -> list[Answer]:
    """Phrases in the order of the text: cues share the mark, and noise that is chosen takes its share away."""
    phrases = [phrase for _, phrase in item.pieces if phrase]
    cues = sum(phrase.cue for phrase in phrases)
    earns, costs = iter(_equal_shares(cues)), iter(_equal_shares(len(phrases) - cues))
    return [
        Answer(
            _inline(phrase.says),
            next(earns) if phrase.cue else f"-{next(costs)}",
            _paragraphs(_verdict(phrase)),
        )
        for phrase in phrases
    ]


def _verdict(phrase: Phrase) -> str:
    return f"Cue. {phrase.why}" if phrase.cue else phrase.why


def _equal_shares(count: int) -> list[str]:
    """The whole mark in so many shares (1 to 20), as equal as the list allows: beyond ten, in tens and fives."""
    if count <= len(SHARES):
        return [SHARES[count - 1]] * count
    tens = 20 - count
    return ["10"] * tens + ["5"] * (count - tens)


def _levels(course: Course, action: Level, reasons: dict[Level, str]) -> list[Answer]:
    """The four levels: the right one earns all, the next faster one half, and what is too slow nothing."""
    levels = Level.__args__
    key = levels.index(action)
    answers = []
    for index, level in enumerate(levels):
        faster = key - index
        says = "The right speed." if not faster else "Faster than needed." if faster > 0 else "Too slow for this one."
        percent = {0: "100", 1: "50"}.get(faster, "0")
        because = f" {_inline(reasons[level])}" if level in reasons else ""
        answers.append(Answer(_inline(course.actions[level].name), percent, f"<p>{says}{because}</p>"))
    return answers


def _story(item: Case) -> str:
    told = f"<p><strong>{_inline(item.patient)}</strong></p>" + _paragraphs(item.history, item.setting)
    for step, turn in shortest_way(item):
        told += _paragraphs(step.says)
        if step.asks:
            told += "<p>You ask:</p>" + _whys((ask.text, ask.answer) for ask in step.asks)
        if turn:
            told += f"<p>You decide: {_inline(turn)}</p>"
    return told + _asking(HOW_FAST)


def _debrief(item: Case) -> str:
    asks = [ask for step in item.steps for ask in step.asks]
    return (
        f"<p><strong>What happens now.</strong> {_inline(item.detail)}</p>{_paragraphs(item.debrief)}"
        f"<p><strong>What the team will think of:</strong> {_inline(item.consider)}</p>"
        + _headed("What mattered", item.cues)
        + _headed("What could mislead", item.lures)
        + ("<p><strong>Every question, and why</strong></p>" if asks else "")
        + _whys((ask.text, ask.why) for ask in asks)
    )


def _judged(course: Course, item: Vignette) -> str:
    """What is said once a vignette is judged: the right level, why, what mattered, and the card of an emergency."""
    said = f"<p><strong>{_inline(course.actions[item.action].name)}.</strong> {_inline(item.why)}</p>"
    said += _headed("What mattered", [piece for piece, marked in item.pieces if marked])
    if item.card:
        card = course.red_flags[item.card]
        rows = "".join(f"<p><strong>{head}:</strong> {_inline(says)}</p>" for head, says in rows_of(card))
        said += f"<p><strong>The card: {_inline(card.name)}</strong></p>" + _headed("What you may see", card.features)
        said += rows
    return said


def _marked_text(item: Spot) -> str:
    """The text, with the phrases underlined that are to be judged."""
    text = "".join(f"<u>{escape(piece)}</u>" if phrase else escape(piece) for piece, phrase in item.pieces)
    return f"<blockquote><p>{text}</p></blockquote>".replace("\n", "</p><p>")


def _drawing(course: Course, item: Hotspot) -> Drawing:
    return Drawing(f"{item.id}.svg", with_places(course, item))


def _image(course: Course, item: Hotspot, drawing: Drawing) -> str:
    """The picture with its caption; the words that stand for it are its own title and description."""
    svg = drawing.data.decode()
    words = [found[1].strip() for name in ("title", "desc") if (found := re.search(f"<{name}[^>]*>([^<]*)<", svg))]
    # Taken from the picture, where they are escaped for text; a quote would end the attribute.
    alt = ". ".join(word.rstrip(".") for word in words).replace('"', "&quot;")
    caption = _inline(course.pictures[item.picture].caption)
    return f'<p><img src="@@PLUGINFILE@@/{drawing.name}" alt="{alt}" class="img-fluid"></p><p>{caption}</p>'


def _foot(course: Course, item: Item) -> str:
    """What the feedback rests on, with its sources, and what the course says of itself on every page."""
    facts = "".join(f"<li>{_fact(course, id)}</li>" for id in item.facts)
    return (
        f"<p><strong>What this rests on</strong></p><ul>{facts}</ul>"
        f"{cites(course, course.sources_of(item.facts, item.sources), to_web)}"
        f"<p><em>{_inline(course.head.notice)}</em></p>"
    )


def _fact(course: Course, id: str) -> str:
    fact = course.facts[id]
    moved = f" <strong>Advice has moved on.</strong> {_inline(fact.moved_on)}" if fact.moved_on else ""
    return _inline(fact.says) + moved


def _about(lesson: Lesson) -> str:
    """What a lesson is about, and its objectives under the names by which questions are tagged."""
    aims = unordered(f"{objective.id}: {objective.says}" for objective in lesson.objectives)
    return f"<p>{_inline(lesson.says)}</p>{aims}"


def _numbered(lesson: Lesson) -> str:
    """A lesson's title after the number of its notebook, which is the same whichever lessons are taken."""
    return f"{lesson.notebook[:2]} {_line(lesson.title)}"


def _option_whys(options: Iterable[Option]) -> str:
    """Every option and why: a platform may show no more than what belongs to the chosen one."""
    return _whys((each.text, f"Right. {each.feedback}" if each.correct else each.feedback) for each in options)


def _whys(pairs: Iterable[tuple[str, str]], tag: str = "ul") -> str:
    rows = "".join(f"<li><strong>{_inline(_ended(text))}</strong> {_inline(why)}</li>" for text, why in pairs)
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def _ended(text: str) -> str:
    """A text with a colon, where it has no sign of its own at its end."""
    return text if text[-1] in ".?!…”’" else f"{text}:"


def _headed(head: str, texts: Sequence[str]) -> str:
    return f"<p><strong>{head}</strong></p>{unordered(texts)}" if texts else ""


def _asking(text: str) -> str:
    return f"<p><strong>{text}</strong></p>"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{_inline(text)}</p>" for text in texts)


def _inline(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
