"""From a notebook to one HTML file that is alive without a kernel and without a network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from .. import __version__, printed, printed_record
from ..course import Course, Lesson
from ..course.notebook import Notebook
from ..plan import bank_data, plan_data
from . import runner
from .body import Body, as_page, body, lesson_of
from .edition import PLAIN, Edition
from .lean import lean

STATIC = Path(__file__).parent.parent / "static"
# Templates with a list of lessons, and the one that holds them all.
WHOLE = "single.html.j2"
LISTS = {WHOLE, "index.html.j2"}
# Those on which nothing is answered or kept, so that they need no script but their own.
ALONE = {"class.html.j2"}


@cache
def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("secondsight.export"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["lean"] = lambda html: Markup(lean(str(html)))
    return made


@dataclass(frozen=True)
class Section:
    """One notebook's content in a page, with what stands before and after it."""

    id: str
    body: Body
    lesson: Lesson | None
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None

    @property
    def references(self) -> list[tuple[str, Markup]]:
        return [(id, Markup(printed.reference(source))) for id, source in self.body.cited.items()]

    @property
    def content(self) -> Markup:
        return Markup(self.body.html)


def render(
    course: Course,
    template: str,
    sections: list[Section],
    *,
    link: printed.Link = as_page,
    edition: Edition = PLAIN,
    paper: bool = False,
    more: Mapping[str, Any] = MappingProxyType({}),
    **context: Any,
) -> str:
    """Fill a template of the page, with scripts and styles inside and a policy that lets nothing else in.

    Where there is a list of lessons, it says what is due. A page for ``paper`` is laid out for sheets.
    ``more`` names scripts beyond those that its parts need, each with the data that it finds in the page.
    """
    foreign = [widget for section in sections for widget in section.body.foreign]
    needed = {*more}.union(*(section.body.scripts for section in sections))
    carries = set().union(*(section.body.carries for section in sections))
    if due := template in LISTS and bool(course.room("review")):
        needed.add("due")
        carries.add("plan")
    # "cards" comes before what builds on it.
    scripts = [] if template in ALONE else [_static("page.js")]
    scripts += [_static(f"page-{name}.js") for name in sorted(needed)]
    if foreign:
        scripts.append(_static("foreign.js"))
    fill = partial(
        _environment().get_template(template).render,
        course=course,
        sections=sections,
        scripts=[Markup(script) for script in scripts],
        data=_data(course, carries, foreign, link, more, whole=template == WHOLE),
        due=Markup(printed_record.due(course, link)) if due else None,
        link=link,
        edition=edition,
        version=__version__,
        updated=printed.day(max(part.reviewed_on for part in (course.head, *course.lessons.values()))),
        **context,
    )
    style = _style(fill(style="", policy="")) + (_static("paper.css") if paper else "")
    policy = {
        "default-src": "'none'",
        "script-src": " ".join([*map(_hash, scripts), *(["blob:"] if foreign else [])]) or "'none'",
        "style-src": "'unsafe-inline'" if foreign else _hash(style),
        "img-src": "data: blob:" if foreign else "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return fill(style=Markup(style), policy="; ".join(f"{name} {value}" for name, value in policy.items()))


def _data(
    course: Course,
    carries: set[str],
    foreign: list[dict[str, Any]],
    link: printed.Link,
    more: Mapping[str, Any],
    *,
    whole: bool,
) -> dict[str, Markup]:
    """What scripts find in the page as JSON, by its id. A page of the whole course is its own bank."""
    data: dict[str, Any] = {**more, **({"foreign": foreign} if foreign else {})}
    if "plan" in carries:
        data["plan"] = plan_data(course, link)
    if "bank" in carries and not whole:
        data["bank"] = bank_data(course)
    compact = {id: json.dumps(value, ensure_ascii=False, separators=(",", ":")) for id, value in data.items()}
    return {id: Markup(text.replace("<", "\\u003c")) for id, text in compact.items()}


def _style(html: str) -> str:
    """The rules of the page's style that this HTML uses: those whose classes and tags it has, or its scripts give."""
    printed = re.sub(r"<script>.*?</script>", "", html, flags=re.S)
    classes = [several or one for several, one in re.findall(r'class=(?:"([^"]*)"|([\w-]+))', printed)]
    there = {f".{name}" for names in classes for name in names.split()}
    there.update(f".{name}" for name in re.findall(r'classList\.add\("([\w-]+)"\)', html))
    there.update(re.findall(r"<([a-z][\w-]*)", printed))
    kept = []
    for part in re.findall(r"@media[^{]+\{(?:[^{}]+\{[^{}]*\})*\}|[^{}]+\{[^{}]*\}", _static("page.css")):
        media, inner = re.fullmatch(r"(@media[^{]+)\{(.*)\}", part, re.S).groups() if part[0] == "@" else ("", part)
        used = "".join(rule for rule in re.findall(r"[^{}]+\{[^{}]*\}", inner) if _is_used(rule, there))
        kept.append(f"{media}{{{used}}}" if media and used else used)
    return "".join(kept)


def _is_used(rule: str, there: set[str]) -> bool:
    """Whether what a rule needs is there; what it only may have, or must not have, does not count."""
    needed = re.sub(r":(?:is|not|has|where)\([^()]*(?:\([^()]*\)[^()]*)*\)", "", rule.split("{", maxsplit=1)[0])
    needed = re.sub(r"\[[^\]]*\]|::?[\w-]+(?:\([^()]*\))?", "", needed)
    return any(there.issuperset(re.findall(r"\.?[a-zA-Z][\w-]*", selector)) for selector in needed.split(","))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def lesson_page(
    course: Course,
    notebook: Notebook,
    folder: Path,
    outputs: runner.Outputs | None = None,
    *,
    link: printed.Link = as_page,
    edition: Edition = PLAIN,
    paper: bool = False,
) -> tuple[str, Body]:
    """The page of one notebook; a lesson of the course gets its neighbours."""
    stem = Path(notebook.file).stem
    made = body(course, notebook, folder, outputs, link=link, audience=edition.audience)
    lesson = lesson_of(course, notebook)
    before = after = None
    if lesson:
        order = [part for part in course.lessons.values() if part.id in course.notebooks]
        at = order.index(lesson)
        before = _neighbour(order[at - 1]) if at else None
        after = _neighbour(order[at + 1]) if at + 1 < len(order) else None
    section = Section(stem, made, lesson, before, after)
    title = made.title if made.title == course.head.title else f"{made.title} · {course.head.title}"
    home = "index.html" if lesson and not paper else None
    text = render(course, "page.html.j2", [section], title=title, home=home, link=link, edition=edition, paper=paper)
    return text, made


def _neighbour(lesson: Lesson) -> tuple[str, str]:
    return lesson.notebook.removesuffix(".ipynb") + ".html", lesson.title
