"""Items as ``assessmentItem`` elements of QTI 2.1, scored as ``frontend/src/scoring/score.ts`` scores them.

The elements are those of "IMS Question and Test Interoperability, Assessment Test, Section and Item Information
Model", version 2.1. QTI 3.0 has the same under other names (``qti_3``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..course import Course
from ..course.items import (
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
from ..course.part import Level
from .qti_scoring import KEY, RESPONSE, Content, Response, declaration, element, outcomes, scoring, telling
from .told import HOW_FAST, Told, certainty, letter, short_title, sources_of, told

LANGUAGE = "en-GB"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MEND = "MEND"
ALL_THAT_APPLY = "Choose all that apply."


def identifier(item: str) -> str:
    """An item's identifier: those of QTI do not begin with a digit."""
    return f"item-{item}"


@dataclass
class _Asked:
    """An item's interactions, with what is said of each thing that can be chosen, by its identifier."""

    body: list[Element]
    responses: list[Response]
    says: dict[str, list[Content]] = field(default_factory=dict)
    answer: list[str] = field(default_factory=list)
    steps: Sequence[str] = ()


def assessment_item(course: Course, item: Item) -> Element:
    """An item of any kind."""
    asked = _asked(course, item)
    words = told(course, item)
    return element(
        "assessmentItem",
        {
            "identifier": identifier(item.id),
            "title": short_title(item),
            "adaptive": "false",
            "timeDependent": "false",
            XML_LANGUAGE: LANGUAGE,
        },
        *map(declaration, asked.responses),
        *outcomes(item.is_scored, asked.steps),
        element("itemBody", {}, *asked.body),
        element("responseProcessing", {}, *scoring(asked.responses, asked.steps), telling(asked.responses)),
        *(element("modalFeedback", _shown(id), element("div", {}, *content)) for id, content in asked.says.items()),
        element("modalFeedback", _shown(KEY), element("div", {}, *_key(course, item, asked, words))),
    )


def picture_name(item: Hotspot) -> str:
    """The file of an item's picture, beside the folder of items."""
    return f"pictures/{item.id}.svg"


def _asked(course: Course, item: Item) -> _Asked:
    match item:
        case Choice():
            return _choosing(course, item.stem, item.options, item.answers)
        case Hotspot():
            asked = _choosing(course, item.stem, item.places, item.answers, lettered=True)
            # The letters are those on the picture; a platform that knows this word adds none of its own.
            asked.body[0].set("class", "qti-labels-none")
            alt = course.pictures[item.picture].caption
            asked.body.insert(0, _p(element("img", {"src": f"../{picture_name(item)}", "alt": alt})))
            return asked
        case Match():
            return _match(item)
        case Order():
            return _order(item)
        case Spot():
            return _spot(item)
        case Worked():
            return _worked(course, item)
        case Reflect():
            interaction = element("extendedTextInteraction", {"responseIdentifier": RESPONSE}, _prompt(item.stem))
            response = Response(RESPONSE, "single", [], tells=False, base="string")
            return _Asked([interaction], [response], answer=[item.model])
        case Vignette():
            asked = _deciding(course, item.action)
            asked.body[:0] = _paragraphs(told(course, item).stem)
            return asked
        case Case():
            asked = _deciding(course, item.action)
            words = told(course, item)
            asked.body[:0] = [_p(element("strong", {}, words.stem)), *_paragraphs(*words.story)]
            asked.says = {
                level: [_named(course.actions[level].name), _p(item.actions[level])] for level in Level.__args__
            }
            asked.responses[0].tells = True
            return asked
    raise TypeError(f"no item of QTI for {type(item).__name__}")


def _choosing(course: Course, stem: str, options: Sequence[Option], answers: str, *, lettered: bool = False) -> _Asked:
    """Choosing among options: one key earns all; several share it, and each wrong option takes away as much."""
    keys = sum(option.correct for option in options)
    texts = [f"{letter(at)}. {option.text}" if lettered else option.text for at, option in enumerate(options)]
    ids = [letter(at) for at in range(len(options))]
    right = [id for id, option in zip(ids, options, strict=True) if option.correct]
    if answers == "one":
        earns = dict.fromkeys(right, 1.0)
    else:
        earns = {id: (1 if option.correct else -1) / keys for id, option in zip(ids, options, strict=True)}
    single = answers == "one"
    return _Asked(
        [_choices(RESPONSE, _prompt(stem, "" if single else ALL_THAT_APPLY), ids, texts, single)],
        [Response(RESPONSE, "single" if single else "multiple", right, earns)],
        _says(course, ids, texts, options),
        [text for text, option in zip(texts, options, strict=True) if option.correct],
    )


def _says(course: Course, ids: list[str], texts: list[str], options: Sequence[Option]) -> dict[str, list[Content]]:
    says: dict[str, list[Content]] = {}
    for id, text, option in zip(ids, texts, options, strict=True):
        right = [element("strong", {}, "Right. ")] if option.correct else []
        says[id] = [_named(text), _p(*right, option.feedback)]
        if option.facts:
            labels = [course.sources[source].label for source in course.sources_of(option.facts)]
            says[id].append(_p(f"Sources: {'; '.join(labels)}"))
    return says


def _choices(response: str, prompt: Element, ids: Iterable[str], texts: Iterable[str], single: bool) -> Element:
    choices = (element("simpleChoice", {"identifier": id}, text) for id, text in zip(ids, texts, strict=True))
    attributes = {"responseIdentifier": response, "shuffle": "false", "maxChoices": "1" if single else "0"}
    return element("choiceInteraction", attributes, prompt, *choices)


def _deciding(course: Course, action: Level) -> _Asked:
    """Deciding how fast to act: the next faster level earns half."""
    levels = list(Level.__args__)
    names = [course.actions[level].name for level in levels]
    key = levels.index(action)
    earns = {action: 1.0} | ({levels[key - 1]: 0.5} if key else {})
    return _Asked(
        [_choices(RESPONSE, _prompt(HOW_FAST), levels, names, single=True)],
        [Response(RESPONSE, "single", [action], earns, tells=False)],
        answer=[names[key]],
    )


def _match(item: Match) -> _Asked:
    """Putting cards into groups: each card earns the same."""
    cards = [item.cards[index] for index in dealt(item.id, len(item.cards))]
    pairs = [f"card-{letter(at)} group-{letter(item.groups.index(card.group))}" for at, card in enumerate(cards)]
    each = (
        element("simpleAssociableChoice", {"identifier": f"card-{letter(at)}", "matchMax": "1"}, card.text)
        for at, card in enumerate(cards)
    )
    groups = (
        element("simpleAssociableChoice", {"identifier": f"group-{letter(at)}", "matchMax": str(len(cards))}, group)
        for at, group in enumerate(item.groups)
    )
    interaction = element(
        "matchInteraction",
        {"responseIdentifier": RESPONSE, "shuffle": "false", "maxAssociations": str(len(cards))},
        _prompt(item.stem),
        element("simpleMatchSet", {}, *each),
        element("simpleMatchSet", {}, *groups),
    )
    earns = dict.fromkeys(pairs, 1 / len(cards))
    response = Response(RESPONSE, "multiple", pairs, earns, tells=False, base="directedPair")
    return _Asked([interaction], [response], answer=[f"{card.text} → {card.group}. {card.feedback}" for card in cards])


def _order(item: Order) -> _Asked:
    order = dealt(item.id, len(item.steps))
    ids = [letter(order.index(index)) for index in range(len(item.steps))]
    choices = (
        element("simpleChoice", {"identifier": letter(at)}, item.steps[index].text) for at, index in enumerate(order)
    )
    interaction = element(
        "orderInteraction", {"responseIdentifier": RESPONSE, "shuffle": "false"}, _prompt(item.stem), *choices
    )
    answer = [f"{number}. {step.text}. {step.feedback}" for number, step in enumerate(item.steps, start=1)]
    return _Asked([interaction], [Response(RESPONSE, "ordered", ids, tells=False)], answer=answer, steps=ids)


def _spot(item: Spot) -> _Asked:
    """Marking phrases: the share of cues marked less the share of noise marked."""
    paragraphs: list[list[Content]] = [[]]
    phrases: dict[str, tuple[bool, str, str]] = {}
    for piece, phrase in item.pieces:
        if phrase is not None:
            id = letter(len(phrases))
            phrases[id] = (phrase.cue, piece, phrase.why)
            paragraphs[-1].append(element("hottext", {"identifier": id}, piece))
            continue
        first, *further = piece.split("\n")
        paragraphs[-1].append(first)
        paragraphs += [[text] for text in further]
    cues = [id for id, (cue, _, _) in phrases.items() if cue]
    earns = {id: 1 / len(cues) if cue else -1 / (len(phrases) - len(cues)) for id, (cue, _, _) in phrases.items()}
    says = {
        id: [_named(piece), _p(element("strong", {}, "Cue. " if cue else "No cue. "), why)]
        for id, (cue, piece, why) in phrases.items()
    }
    interaction = element(
        "hottextInteraction",
        {"responseIdentifier": RESPONSE, "maxChoices": "0"},
        _prompt(item.stem),
        *(_p(*content) for content in paragraphs if any(isinstance(part, Element) or part.strip() for part in content)),
    )
    return _Asked(
        [interaction],
        [Response(RESPONSE, "multiple", cues, earns)],
        says,
        [phrases[id][1] for id in cues],
    )


def _worked(course: Course, item: Worked) -> _Asked:
    """Finding the slip earns half, mending it the other half."""
    steps = [f"step-{letter(at)}" for at in range(len(item.steps))]
    mends = [f"mend-{letter(at)}" for at in range(len(item.mends))]
    step_texts, mend_texts = [step.says for step in item.steps], [mend.text for mend in item.mends]
    slip = next(id for id, step in zip(steps, item.steps, strict=True) if step.wrong)
    mend = next(id for id, option in zip(mends, item.mends, strict=True) if option.correct)
    says = {
        id: [_named(step.says), _p(*([element("strong", {}, "The slip. ")] if step.wrong else []), step.why)]
        for id, step in zip(steps, item.steps, strict=True)
    }
    return _Asked(
        [
            *_paragraphs(item.stem),
            _choices(RESPONSE, _prompt("Which step is the slip?"), steps, step_texts, single=True),
            _choices(MEND, _prompt("What would have been safer?"), mends, mend_texts, single=True),
        ],
        [Response(RESPONSE, "single", [slip], {slip: 0.5}), Response(MEND, "single", [mend], {mend: 0.5})],
        says | _says(course, mends, mend_texts, item.mends),
        [step_texts[steps.index(slip)], mend_texts[mends.index(mend)]],
    )


def _shown(id: str) -> dict[str, str]:
    return {"outcomeIdentifier": "FEEDBACK", "identifier": id, "showHide": "show"}


def _key(course: Course, item: Item, asked: _Asked, words: Told) -> list[Element]:
    head = "A model answer" if isinstance(item, Reflect) else "The answer"
    content = [_named(head), *([_list(asked.answer)] if len(asked.answer) > 1 else _paragraphs(*asked.answer))]
    for more, lines in words.more.items():
        content += [_named(more), _list(lines)]
    content += [_named("Sources, and how far each was read"), _list(map(certainty, sources_of(course, item)))]
    return [*content, _p(course.head.notice)]


def _prompt(text: str, note: str = "") -> Element:
    """Inline content: lines are parted by breaks."""
    content: list[Content] = []
    for line in filter(None, (part.strip() for part in [*text.split("\n"), note])):
        content += [element("br"), line] if content else [line]
    return element("prompt", {}, *content)


def _paragraphs(*texts: str) -> list[Element]:
    return [_p(line) for text in texts for line in text.split("\n") if line.strip()]


def _p(*content: Content) -> Element:
    return element("p", {}, *content)


def _named(text: str) -> Element:
    return _p(element("strong", {}, text))


def _list(lines: Iterable[str]) -> Element:
    return element("ul", {}, *(element("li", {}, line) for line in lines))
