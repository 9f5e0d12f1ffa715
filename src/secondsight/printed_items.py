"""The printed form of all that is asked: quizzes, cases, clinics.

It is read without JavaScript, with hints and key folded away in ``<details>``; on a page the live
form reads its data from it, so the classes and ``data-`` names here are those that
``frontend/src/chunks/`` looks for. All text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from .course import Course
from .course.items import (
    Case,
    CaseStep,
    Choice,
    Hotspot,
    Item,
    Match,
    Option,
    Order,
    Question,
    Reflect,
    Spot,
    Vignette,
    Worked,
    dealt,
)
from .course.part import Level
from .printed import Href, cites, picture, red_flag, unordered

SHOW = "Show the answer and why"


def quiz(course: Course, id: str, href: Href, invitation: str = "") -> str:
    """A quiz as it is read without JavaScript."""
    part = course.quizzes[id]
    return _section(course, part.title, part.says, part.items, href, invitation)


def case(course: Course, id: str, href: Href, invitation: str = "") -> str:
    """A case, in the form of a quiz of one item."""
    part = course.cases[id]
    return _section(course, part.title, part.setting, [part], href, invitation)


def _section(course: Course, title: str, says: str, items: Iterable[Item], href: Href, invitation: str) -> str:
    asleep = f'<p class="invitation">{escape(invitation)}</p>' if invitation else ""
    return (
        f'<section class="ss-panel quiz-printed" aria-label="{escape(title)}"><h3 class="title">{escape(title)}</h3>'
        f'<p class="says">{escape(says)}</p>{asleep}{"".join(_item(course, item, href) for item in items)}</section>'
    )


def _item(course: Course, item: Item, href: Href) -> str:
    kind = getattr(item, "kind", "")
    more = {"kind": kind} if kind != "choice" else {}
    match item:
        case Choice():
            more["answers"], inner = item.answers, _choice(course, item, href)
        case Hotspot():
            more["answers"], inner = item.answers, _hotspot(course, item, href)
        case Match():
            inner = _match(course, item, href)
        case Order():
            inner = _order(course, item, href)
        case Spot():
            more["form"], inner = item.form, _spot(course, item, href)
        case Worked():
            inner = _worked(course, item, href)
        case Reflect():
            inner = _reflect(course, item, href)
        case Case():
            more |= {"minutes": str(item.minutes), "action": item.action}
            inner = _case(course, item, href)
        case _:
            raise TypeError(f"no printed form for {type(item).__name__}")
    data = "".join(f' data-{name}="{value}"' for name, value in more.items())
    return f'<div class="item" data-item="{item.id}" data-version="{item.version}"{data}>{inner}</div>'


def _stem(text: str) -> str:
    return f'<p class="stem">{escape(text)}</p>'


def _options(texts: Iterable[str], name: str = "options") -> str:
    return f'<ol class="{name}">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ol>'


def _hints(hints: Iterable[str]) -> str:
    return "".join(
        f'<details class="hint"><summary>Hint {number}</summary><p>{escape(hint)}</p></details>'
        for number, hint in enumerate(hints, start=1)
    )


def _key(course: Course, item: Item, inner: str, href: Href, summary: str = SHOW) -> str:
    cited = cites(course, course.sources_of(item.facts, item.sources), href)
    return f'<details class="key"><summary>{summary}</summary>{inner}{cited}</details>'


def _why(text: str, right: bool, head: str = "", attributes: str = "", more: str = "") -> str:
    """An entry of a key: ``head`` in bold, then the reason."""
    marked = ' class="right"' if right else ""
    strong = f"<strong>{head}</strong>" if head else ""
    return f'<li{marked}{attributes}>{strong}<span class="why">{escape(text)}</span>{more}</li>'


def _option_why(course: Course, option: Option, href: Href) -> str:
    own = cites(course, course.sources_of(option.facts), href) if option.facts else ""
    return _why(option.feedback, option.correct, "Right. " if option.correct else "", more=own)


def _choice(course: Course, item: Choice, href: Href) -> str:
    whys = "".join(_option_why(course, option, href) for option in item.options)
    return (
        _stem(item.stem)
        + _options(option.text for option in item.options)
        + _hints(item.hints)
        + _key(course, item, f"<ol>{whys}</ol>", href)
    )


def _hotspot(course: Course, item: Hotspot, href: Href) -> str:
    pins = "".join(pin(place.x, place.y, chr(ord("a") + index)) for index, place in enumerate(item.places))
    whys = "".join(_option_why(course, place, href) for place in item.places)
    return (
        _stem(item.stem)
        + picture(course, item.picture, item.id, pins)
        + _options(place.text for place in item.places)
        + _hints(item.hints)
        + _key(course, item, f"<ol>{whys}</ol>", href)
    )


def pin(x: float, y: float, sign: str, attributes: str = "") -> str:
    """A mark on a picture, with a letter or number in it."""
    return (
        f'<circle class="p-badge" cx="{x:g}" cy="{y:g}" r="13"{attributes}/>'
        f'<text class="p-num" x="{x:g}" y="{y + 6:g}">{sign}</text>'
    )


def _match(course: Course, item: Match, href: Href) -> str:
    cards = [item.cards[index] for index in dealt(item.id, len(item.cards))]
    groups = "".join(f"<li>{escape(group)}</li>" for group in item.groups)
    whys = "".join(
        _why(card.feedback, False, f"{escape(card.group)}. ", f' data-group="{item.groups.index(card.group)}"')
        for card in cards
    )
    return (
        _stem(item.stem)
        + _options(card.text for card in cards)
        + f'<p>Groups:</p><ul class="groups">{groups}</ul>'
        + _hints(item.hints)
        + _key(course, item, f"<ol>{whys}</ol>", href)
    )


def _order(course: Course, item: Order, href: Href) -> str:
    order = dealt(item.id, len(item.steps))
    whys = "".join(
        _why(step.feedback, False, f"{chr(ord('a') + order.index(index))}. ", f' data-step="{order.index(index)}"')
        for index, step in enumerate(item.steps)
    )
    return (
        _stem(item.stem)
        + _options(item.steps[index].text for index in order)
        + _hints(item.hints)
        + _key(course, item, f'<ol class="ordered">{whys}</ol>', href)
    )


def _spot(course: Course, item: Spot, href: Href) -> str:
    text, whys = "", ""
    for piece, phrase in item.pieces:
        if phrase is None:
            text += escape(piece).replace("\n", "</p><p>")
        else:
            text += f"<u>{escape(piece)}</u>"
            whys += _why(phrase.why, phrase.cue, "Cue. " if phrase.cue else "")
    return (
        _stem(item.stem)
        + f'<div class="text"><p>{text}</p></div>'
        + _hints(item.hints)
        + _key(course, item, f"<ol>{whys}</ol>", href)
    )


def _worked(course: Course, item: Worked, href: Href) -> str:
    steps = "".join(_why(step.why, step.wrong, "The slip. " if step.wrong else "") for step in item.steps)
    mends = "".join(_option_why(course, mend, href) for mend in item.mends)
    key = f'<p>The steps:</p><ol class="step-why">{steps}</ol><p>How to mend it:</p><ol class="mend-why">{mends}</ol>'
    return (
        _stem(item.stem)
        + "<p>Which step is the slip?</p>"
        + _options((step.says for step in item.steps), "steps")
        + "<p>What would have been safer?</p>"
        + _options(mend.text for mend in item.mends)
        + _key(course, item, key, href)
    )


def _reflect(course: Course, item: Reflect, href: Href) -> str:
    covers = "".join(f"<li>{escape(point)}</li>" for point in item.points)
    inner = f'<p class="model">{escape(item.model)}</p><p>A good answer covers:</p><ul class="covers">{covers}</ul>'
    return _stem(item.stem) + _key(course, item, inner, href, "Show a model answer")


def _case(course: Course, item: Case, href: Href) -> str:
    levels = Level.__args__
    whys = "".join(
        _why(item.actions[level], level == item.action, "Right. " if level == item.action else "") for level in levels
    )
    key = (
        f'<ol class="level-why">{whys}</ol><p><strong>What happens now.</strong> '
        f'<span class="detail">{escape(item.detail)}</span></p><p class="debrief">{escape(item.debrief)}</p>'
        f'<p><strong>What the team will think of:</strong> <span class="consider">{escape(item.consider)}</span></p>'
        + _headed("What mattered", "cues", item.cues)
        + (_headed("What could mislead", "lures", item.lures) if item.lures else "")
    )
    return (
        f'<p class="patient stem">{escape(item.patient)}</p><p class="history">{escape(item.history)}</p>'
        + "".join(_case_step(step, number) for number, step in enumerate(item.steps, start=1))
        + "<p>How fast does this need action?</p>"
        + _options(course.actions[level].name for level in levels)
        + _key(course, item, key, href)
    )


def _headed(head: str, name: str, texts: Iterable[str]) -> str:
    return f'<p><strong>{head}</strong></p><div class="{name}">{unordered(texts)}</div>'


def _case_step(step: CaseStep, number: int) -> str:
    asks = f'<ul class="asks">{"".join(map(_question, step.asks))}</ul>' if step.asks else ""
    if step.next:
        ways = f'<span data-next="{step.next}"></span>'
    else:
        turns = "".join(f'<li data-next="{turn.next}">{escape(turn.text)}</li>' for turn in step.turns)
        ways = f"<p>What do you do?</p><ul>{turns}</ul>"
    return (
        f'<div class="step" data-step="{step.id}"><p class="meta">Step {number}</p>'
        f'<p class="tells">{escape(step.says)}</p>{asks}{ways}</div>'
    )


def _question(ask: Question) -> str:
    right = ' class="right"' if ask.key else ""
    return (
        f'<li{right} data-minutes="{ask.minutes}"><details><summary><span class="ask">{escape(ask.text)}</span> '
        f'({ask.minutes} min)</summary><p class="reply">{escape(ask.answer)}</p>'
        f'<p class="why">{escape(ask.why)}</p></details></li>'
    )


def clinic(course: Course, id: str, href: Href, invitation: str = "") -> str:
    """A clinic: what it is, its vignettes with their keys, and the cards of its emergencies."""
    part = course.clinics[id]
    vignettes = course.vignettes[id]
    asleep = f'<p class="invitation">{escape(invitation)}</p>' if invitation else ""
    names = [course.actions[level].name for level in Level.__args__]
    used = dict.fromkeys(vignette.card for vignette in vignettes if vignette.card)
    cards = "".join(red_flag(course, course.red_flags[card], href) for card in used)
    return (
        f'<section class="ss-panel quiz-printed" aria-label="{escape(part.title)}">'
        f'<h3 class="title">{escape(part.title)}</h3><p class="says">{escape(part.says)}</p>{asleep}'
        f"<p>About {part.in_ten} in 10 of these {len(vignettes)} vignettes need action within days or sooner. "
        f"How fast does each need action?</p>{_options(names, 'levels')}"
        f"{''.join(_vignette(course, vignette, href) for vignette in vignettes)}"
        f"<details><summary>The emergency cards</summary>{cards}</details></section>"
    )


def _vignette(course: Course, item: Vignette, href: Href) -> str:
    """A vignette in as few bytes as may be: a clinic has many."""
    text = "".join(f"<mark>{escape(piece)}</mark>" if marked else escape(piece) for piece, marked in item.pieces)
    card = f' data-card="{item.card}"' if item.card else ""
    cited = cites(course, course.sources_of(item.facts, item.sources), href)
    level = Level.__args__.index(item.action)
    return (
        f'<div data-item="{item.id}" data-version="{item.version}" data-level="{level}"{card}>'
        f"<p>{text}</p><details><summary>Answer</summary><p><b>{escape(course.actions[item.action].name)}.</b> "
        f"{escape(item.why)}</p>{cited}</details></div>"
    )
