"""The printed form of every part: HTML that is read without a kernel, without JavaScript, on paper.

On a page it is also what the live components read their data from, so that nothing is sent twice.
All text is escaped here; nothing else in the course is trusted to be HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from html import escape

from .course.model import Choice, Course, Lesson, Option, Quiz, RedFlag, Source, Symptom
from .symptom_chart import symptom_chart

# From a source to where a citation of it leads: a web address, an anchor, or "" for nowhere.
Href = Callable[[Source], str]


def to_web(source: Source) -> str:
    """Where a citation leads in a notebook: to the source itself."""
    return source.url or ""


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _list(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def cites(course: Course, sources: Iterable[str], href: Href) -> str:
    """The line that names sources (by id), each a link where it leads anywhere."""
    names = []
    for source in (course.sources[id] for id in sources):
        name, to = escape(source.label), href(source)
        names.append(f'<a href="{escape(to)}">{name}</a>' if to else f"<span>{name}</span>")
    return f'<p class="cites">Sources: {" · ".join(names)}</p>'


def day(date: date) -> str:
    """A date in words, as 23 November 2026."""
    return f"{date.day} {date:%B %Y}"


def start(course: Course, lesson: Lesson) -> str:
    """How long the lesson takes, what it is for, and when it was last updated."""
    return (
        '<section class="ss-panel start" aria-label="About this lesson">'
        f'<p class="meta">About {lesson.minutes} minutes · Last updated {day(lesson.reviewed_on)}</p>'
        "<h2>By the end you will be able to</h2>"
        f"{_list(objective.says for objective in lesson.objectives)}</section>"
    )


def key_points(course: Course, ids: Iterable[str], href: Href) -> str:
    """Facts, each with its sources and a word where advice has moved on."""
    points = []
    for fact in (course.facts[id] for id in ids):
        moved = (
            f'<p class="moved"><strong>Advice has moved on.</strong> {escape(fact.moved_on)}</p>'
            if fact.moved_on
            else ""
        )
        points.append(f"<li><p>{escape(fact.says)}</p>{moved}{cites(course, fact.sources, href)}</li>")
    return f'<div class="ss-panel"><ul class="points" aria-label="Key points">{"".join(points)}</ul></div>'


def picture(course: Course, id: str, unique: str) -> str:
    """An SVG with its caption; ``unique`` keeps ids apart where a picture stands twice in a document."""
    if id == "symptom-chart":
        svg, caption = symptom_chart(course), "Which symptoms go with which place, and how fast to act."
    else:
        part = course.pictures[id]
        svg, caption = course.svgs[part.file], part.caption
    svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r">\s+<", "><", svg).strip()
    ids = "|".join(sorted(map(re.escape, set(re.findall(r'\bid="([^"]+)"', svg))), key=len, reverse=True))
    if ids:
        named = re.compile(rf'(["#\s(])({ids})(?=["\s)])')
        svg = re.sub(r"<[^>]+>", lambda tag: named.sub(rf"\g<1>\g<2>-{unique}", tag[0]), svg)
    return f'<figure class="ss-picture">{svg}<figcaption>{escape(caption)}</figcaption></figure>'


def glossary(course: Course, ids: Iterable[str], href: Href) -> str:
    """Terms with what they mean; without ids the whole glossary, in the order of the alphabet."""
    terms = [course.terms[id] for id in ids] or sorted(course.terms.values(), key=lambda term: term.term.lower())
    entries = []
    for term in terms:
        also = f' <span class="meta">also: {escape(", ".join(term.also))}</span>' if term.also else ""
        entries.append(
            f"<dt>{escape(term.term)}{also}</dt><dd>{_paragraphs(*filter(None, [term.says, term.nuance]))}</dd>"
        )
    rest_on = dict.fromkeys(source for term in terms for source in term.sources)
    return f'<div class="ss-panel"><dl class="words">{"".join(entries)}</dl>{cites(course, rest_on, href)}</div>'


def symptoms(course: Course, site: str, href: Href) -> str:
    """A site's symptoms, each with what else it can be and how fast to act."""
    parts = course.sites[site].symptoms
    return f'<div class="ss-panel">{"".join(_symptom(course, symptom, href) for symptom in parts)}</div>'


def _symptom(course: Course, symptom: Symptom, href: Href) -> str:
    less = f"<div><h4>Less worried if</h4>{_list(symptom.less_worried)}</div>" if symptom.less_worried else ""
    note = _paragraphs(symptom.note) if symptom.note else ""
    return (
        f'<section class="card"><h3>{escape(symptom.lay)}<span class="clinical">{escape(symptom.clinical)}</span></h3>'
        f"<p>{_level(course, symptom.action)}</p>"
        f'<div class="pair"><div><h4>More worried if</h4>{_list(symptom.more_worried)}</div>{less}</div>'
        f"<h4>It can also be</h4>{_list(symptom.look_alikes)}{note}"
        f"{cites(course, symptom.sources, href)}</section>"
    )


def _level(course: Course, id: str) -> str:
    return f'<span class="level {id}">{escape(course.actions[id].name)}</span>'


def red_flags(course: Course, ids: Iterable[str], href: Href) -> str:
    """Emergency cards; without ids all of them."""
    flags = [course.red_flags[id] for id in ids] or list(course.red_flags.values())
    return f'<div class="ss-panel">{"".join(_red_flag(course, flag, href) for flag in flags)}</div>'


def _red_flag(course: Course, flag: RedFlag, href: Href) -> str:
    rows = (
        ("How fast", flag.act_within),
        ("Whom to call", flag.who_to_call),
        ("While waiting", flag.while_waiting),
        ("Remember", flag.trainee_note),
    )
    return (
        f'<section class="card flag"><h3>{escape(flag.name)}</h3><h4>What you may see</h4>{_list(flag.features)}'
        f"<dl>{''.join(f'<dt>{name}</dt><dd>{escape(says)}</dd>' for name, says in rows)}</dl>"
        f"{cites(course, flag.sources, href)}</section>"
    )


def actions(course: Course) -> str:
    """The four levels of how fast to act."""
    rows = "".join(
        f'<li class="card"><p>{_level(course, action.id)}</p>{_paragraphs(action.says)}</li>'
        for action in course.actions.values()
    )
    return f'<div class="ss-panel"><ol class="points" aria-label="How fast to act">{rows}</ol></div>'


def reference(source: Source) -> str:
    """A source in full, as an entry of a list of references."""
    title = escape(source.title)
    linked = f'<a href="{escape(source.url)}">{title}</a>' if source.url else title
    return f"{linked}. {escape(source.publisher)}, {escape(source.year)}."


def sources(course: Course, ids: Callable[[Source], str] = lambda source: "") -> str:
    """The whole list of references, in the order of the alphabet; ``ids`` gives an entry its id.

    It says of each source how much of it was read.
    """
    rows = sorted(course.sources.values(), key=lambda source: (source.publisher.lower(), source.title.lower()))
    entries = []
    for source in rows:
        id = f' id="{ids(source)}"' if ids(source) else ""
        read = f"Read: {source.read_note}" if source.read else f"Not read at first hand: {source.read_note}"
        entries.append(f"<li{id}>{reference(source)} <i>{escape(read)}.</i></li>")
    return f'<div class="ss-panel"><ul class="sources">{"".join(entries)}</ul></div>'


def quiz(course: Course, id: str, href: Href, invitation: str = "") -> str:
    """A quiz as it is read without JavaScript; hints and key are folded away in ``<details>``."""
    part: Quiz = course.quizzes[id]
    asleep = f'<p class="invitation">{escape(invitation)}</p>' if invitation else ""
    title, items = escape(part.title), "".join(_item(course, item, href) for item in part.items)
    return (
        f'<section class="ss-panel quiz-printed" aria-label="{title}"><h3 class="title">{title}</h3>'
        f'<p class="says">{escape(part.says)}</p>{asleep}{items}</section>'
    )


def _item(course: Course, item: Choice, href: Href) -> str:
    hints = "".join(
        f'<details class="hint"><summary>Hint {number}</summary><p>{escape(hint)}</p></details>'
        for number, hint in enumerate(item.hints, start=1)
    )
    return (
        f'<div class="item" data-item="{item.id}" data-version="{item.version}" data-answers="{item.answers}">'
        f'<p class="stem">{escape(item.stem)}</p>'
        f'<ol class="options">{"".join(f"<li>{escape(option.text)}</li>" for option in item.options)}</ol>{hints}'
        '<details class="key"><summary>Show the answer and why</summary>'
        f"<ol>{''.join(_why(course, option, href) for option in item.options)}</ol>"
        f"{cites(course, course.sources_of(item.facts), href)}</details></div>"
    )


def _why(course: Course, option: Option, href: Href) -> str:
    head = ' class="right"><strong>Right. </strong>' if option.correct else ">"
    own = cites(course, course.sources_of(option.facts), href) if option.facts else ""
    return f'<li{head}<span class="why">{escape(option.feedback)}</span>{own}</li>'
