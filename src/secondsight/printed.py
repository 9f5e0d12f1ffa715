"""The printed form of every part: HTML that is read without a kernel, without JavaScript, on paper.

On a page it is also what the live components read their data from, so that nothing is sent twice.
All text is escaped here; nothing else in the course is trusted to be HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from html import escape

from .course.model import Course, Lesson, RedFlag, Source, Symptom, Term
from .symptom_chart import symptom_chart

# From a source to where a citation of it leads: a web address, an anchor, or "" for nowhere.
Href = Callable[[Source], str]


# From a notebook's file name to where it is read.
Link = Callable[[str], str]


def as_notebook(notebook: str) -> str:
    """Where a link to a notebook leads in JupyterLab: to the notebook."""
    return notebook


def to_web(source: Source) -> str:
    """Where a citation leads in a notebook: to the source itself."""
    return source.url or ""


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def unordered(texts: Iterable[str]) -> str:
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


def start(course: Course, lesson: Lesson, link: Link) -> str:
    """How long the lesson takes, what it is for, when it was last updated, and what is always at hand."""
    aims = unordered(objective.says for objective in lesson.objectives)
    return (
        '<section class="ss-panel start" aria-label="About this lesson">'
        f'<p class="meta">About {lesson.minutes} minutes · Last updated {day(lesson.reviewed_on)}</p>'
        f"{f'<h2>By the end you will be able to</h2>{aims}' if lesson.objectives else ''}"
        f"{_at_hand(course, lesson, link)}</section>"
    )


def _at_hand(course: Course, lesson: Lesson, link: Link) -> str:
    """The way to the course's references, from anywhere."""
    parts = [part for part in course.lessons.values() if part.kind == "reference" and part != lesson]
    links = " · ".join(f'<a href="{escape(link(part.notebook))}">{escape(part.title)}</a>' for part in parts)
    return f'<p class="meta">At hand: {links}</p>' if links else ""


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


def picture(course: Course, id: str, unique: str, pins: str = "") -> str:
    """A picture with its caption; ``pins`` is drawn on top: SVG that marks places of it."""
    drawn = id == "symptom-chart"
    caption = "Which symptoms go with which place, and how fast to act." if drawn else course.pictures[id].caption
    svg = picture_svg(course, id, unique)
    if pins:
        svg = svg.removesuffix("</svg>") + f'<g class="p-pins">{pins}</g></svg>'
    return f'<figure class="ss-picture">{svg}<figcaption>{escape(caption)}</figcaption></figure>'


def picture_svg(course: Course, id: str, unique: str) -> str:
    """A picture's SVG; ``unique`` keeps ids apart where it stands twice in a document."""
    svg = symptom_chart(course) if id == "symptom-chart" else course.svgs[course.pictures[id].file]
    svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r">\s+<", "><", svg).strip()
    ids = "|".join(sorted(map(re.escape, set(re.findall(r'\bid="([^"]+)"', svg))), key=len, reverse=True))
    if not ids:
        return svg
    named = re.compile(rf'(["#\s(])({ids})(?=["\s)])')
    return re.sub(r"<[^>]+>", lambda tag: named.sub(rf"\g<1>\g<2>-{unique}", tag[0]), svg)


def glossary(course: Course, ids: Iterable[str], href: Href) -> str:
    """Terms with what they mean; without ids the whole glossary with the emergencies, in the order of the alphabet."""
    terms = [course.terms[id] for id in ids]
    flags = [] if terms else list(course.red_flags.values())
    terms = terms or list(course.terms.values())
    entries = [(term.term, _term(term)) for term in terms] + [(flag.name, _emergency(flag)) for flag in flags]
    if flags:
        entries.sort(key=lambda entry: entry[0].lower())
    rest_on = dict.fromkeys(source for part in [*terms, *flags] for source in part.sources)
    words = "".join(html for _, html in entries)
    return f'<div class="ss-panel"><dl class="words">{words}</dl>{cites(course, rest_on, href)}</div>'


def _term(term: Term) -> str:
    also = f' <span class="meta">also: {escape(", ".join(term.also))}</span>' if term.also else ""
    return f"<dt>{escape(term.term)}{also}</dt><dd>{paragraphs(*filter(None, [term.says, term.nuance]))}</dd>"


def _emergency(flag: RedFlag) -> str:
    """An emergency as an entry of the glossary: its card in brief."""
    features = escape("; ".join(flag.features))
    return (
        f'<dt>{escape(flag.name)} <span class="meta">emergency card</span></dt>'
        f"<dd><p>What you may see: {features}.</p><p>{escape(flag.act_within)} {escape(flag.who_to_call)}</p></dd>"
    )


def symptoms(course: Course, site: str, href: Href) -> str:
    """A site's symptoms, each with what else it can be and how fast to act."""
    parts = course.sites[site].symptoms
    return f'<div class="ss-panel">{"".join(_symptom(course, symptom, href) for symptom in parts)}</div>'


def _symptom(course: Course, symptom: Symptom, href: Href) -> str:
    less = f"<div><h4>Less worried if</h4>{unordered(symptom.less_worried)}</div>" if symptom.less_worried else ""
    note = paragraphs(symptom.note) if symptom.note else ""
    return (
        f'<section class="card"><h3>{escape(symptom.lay)}<span class="clinical">{escape(symptom.clinical)}</span></h3>'
        f"<p>{level(course, symptom.action)}</p>"
        f'<div class="pair"><div><h4>More worried if</h4>{unordered(symptom.more_worried)}</div>{less}</div>'
        f"<h4>It can also be</h4>{unordered(symptom.look_alikes)}{note}"
        f"{cites(course, symptom.sources, href)}</section>"
    )


def level(course: Course, id: str) -> str:
    return f'<span class="level {id}">{escape(course.actions[id].name)}</span>'


def red_flags(course: Course, ids: Iterable[str], href: Href) -> str:
    """Emergency cards; without ids all of them."""
    chosen = [course.red_flags[id] for id in ids]
    cards = "".join(red_flag(course, flag, href) for flag in chosen or course.red_flags.values())
    return f'<div class="ss-panel{"" if chosen else " sheet"}">{cards}</div>'


def rows_of(flag: RedFlag) -> list[tuple[str, str]]:
    """A card's headed lines."""
    return [
        ("How fast", flag.act_within),
        ("Whom to call", flag.who_to_call),
        ("While waiting", flag.while_waiting),
        ("Remember", flag.trainee_note),
    ]


def red_flag(course: Course, flag: RedFlag, href: Href) -> str:
    return (
        f'<section class="card flag" data-card="{flag.id}"><h3>{escape(flag.name)}</h3>'
        f"<h4>What you may see</h4>{unordered(flag.features)}"
        f"<dl>{''.join(f'<dt>{name}</dt><dd>{escape(says)}</dd>' for name, says in rows_of(flag))}</dl>"
        f"{cites(course, flag.sources, href)}</section>"
    )


def actions(course: Course) -> str:
    """The four levels of how fast to act."""
    rows = "".join(
        f'<li class="card"><p>{level(course, action.id)}</p>{paragraphs(action.says)}</li>'
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
