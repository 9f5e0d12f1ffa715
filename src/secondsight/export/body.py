"""A notebook's cells as HTML: prose, parts of the course, and what cells with code of their own showed."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any

from .. import printed, printed_educators, printed_items, printed_record
from ..class_source import FOLDER, ClassSource
from ..course import Course, Lesson, Source
from ..course.audit import unknown_parts
from ..course.notebook import Call, Cell, Notebook, is_lesson_code
from ..printed_body_map import body_map
from . import runner, safe_html
from .edition import Audience

# What each kind of item needs beside the page's own script, in the order they are loaded.
SCRIPTS = {
    "match": ("cards", "match"),
    "order": ("cards", "order"),
    **{kind: (kind,) for kind in ("hotspot", "spot", "worked", "reflect", "case")},
}
# What asks from the whole course needs every kind that is scored.
ASKING = {name for kind in SCRIPTS if kind != "reflect" for name in SCRIPTS[kind]} | {"vignette"}


@dataclass
class Body:
    """A notebook's content as HTML.

    Attributes:
        cited: sources that its parts rest on, by the id of their entry in the list of references.
        foreign: other authors' widgets, as the page's script takes them.
        scripts: what its activities need beside the page's own script.
        carries: what of the whole course it needs as data: "plan", "bank".
        warnings: what a reader of the page will miss, with notebook and cell.
        errors: cells that failed, with notebook and cell.
    """

    html: str = ""
    title: str = ""
    cited: dict[str, Source] = field(default_factory=dict)
    foreign: list[dict[str, Any]] = field(default_factory=list)
    scripts: set[str] = field(default_factory=set)
    carries: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def is_lesson(notebook: Notebook) -> bool:
    """Whether every cell only names parts of the course, so that nothing need be run."""
    return all(is_lesson_code(cell.source) for cell in notebook.cells if cell.kind == "code")


def lesson_of(course: Course, notebook: Notebook) -> Lesson | None:
    """The lesson whose notebook this is."""
    return next((part for id, part in course.lessons.items() if course.notebooks.get(id) == notebook), None)


def as_page(notebook: str) -> str:
    """The page of a notebook, beside the others."""
    return notebook.removesuffix(".ipynb") + ".html"


def body(
    course: Course,
    notebook: Notebook,
    folder: Path,
    outputs: runner.Outputs | None = None,
    *,
    link: printed.Link = as_page,
    unique: str = "",
    audience: Audience = "learners",
) -> Body:
    """Make a notebook's content.

    Args:
        folder: where the notebook is, for its pictures.
        outputs: what its cells show, where it was run; a lesson needs none.
        link: from a notebook's file name to the address of its page; "" where it has none.
        unique: keeps ids apart where several notebooks share a page.
        audience: for educators all that is asked is printed with its key open, and nothing is to be answered.
    """
    return _Body(course, notebook, folder, outputs, link, unique, audience == "educators").make()


@dataclass
class _Body:
    course: Course
    notebook: Notebook
    folder: Path
    outputs: runner.Outputs | None
    link: Callable[[str], str]
    unique: str
    keys_open: bool
    out: Body = field(default_factory=Body)
    ids: dict[str, str] = field(default_factory=dict)
    drawn: int = 0
    headings: list[str] = field(default_factory=list)

    def make(self) -> Body:
        self.out.title = self._title()
        parts = [self._cell(index, cell) for index, cell in enumerate(self.notebook.cells)]
        if self.keys_open and (lesson := lesson_of(self.course, self.notebook)):
            parts.insert(self._head(), printed_educators.notes(self.course, lesson, self._reading(parts)))
        if len(self.headings) > 2:
            parts.insert(self._head(), _contents(self.headings))
        html = "\n".join(part for part in parts if part)
        # What leads nowhere from here is no link.
        self.out.html = re.sub(r'<a\b[^>]*\bhref=""[^>]*>(.*?)</a>', r"\1", html, flags=re.S)
        return self.out

    def _head(self) -> int:
        """How many cells stand before the way to the rest: the title, and what starts the lesson."""
        verbs = [[call.verb for call in cell.calls] for cell in self.notebook.cells]
        return next((number for number, verb in enumerate(verbs, start=1) if "start" in verb), 1)

    def _reading(self, parts: list[str]) -> Iterable[str]:
        """What there is to read, but for what is asked."""
        for cell, part in zip(self.notebook.cells, parts, strict=True):
            if not any(call.verb in ("quiz", "case", "clinic") for call in cell.calls):
                yield part

    def _title(self) -> str:
        for cell in self.notebook.cells:
            if cell.kind == "markdown" and (found := re.search(r"^# +(.+)$", cell.source, re.M)):
                return found.group(1).strip()
        return Path(self.notebook.file).stem

    def _warn(self, cell: Cell, says: str) -> None:
        self.out.warnings.append(f"{self.notebook.file}, cell {cell.name}: {says}")

    def _cell(self, index: int, cell: Cell) -> str:
        if cell.kind == "markdown":
            attachments = self.notebook.raw["cells"][index].get("attachments") or {}
            html = self._pictures(cell, safe_html.from_markdown(cell.source), attachments)
            html = re.sub(r'href="(?!https?:)([^":#/]+\.ipynb)(#[^"]*)?"', self._link, html)
            return re.sub(r"<h2>(.*?)</h2>", self._heading, html, flags=re.S)
        if cell.kind != "code" or not cell.source.strip():
            return ""
        if is_lesson_code(cell.source):
            if self.outputs is not None:
                return self._shown(index, cell)
            return "\n".join(self._part(cell, call) for call in cell.calls)
        return self._source(index, cell) + self._shown(index, cell)

    def _heading(self, match: re.Match[str]) -> str:
        id = f"{self.unique}h{len(self.headings) + 1}"
        self.headings.append(f'<li><a href="#{id}">{re.sub("<[^>]+>", "", match[1])}</a></li>')
        return f'<h2 id="{id}">{match[1]}</h2>'

    def _link(self, match: re.Match[str]) -> str:
        to = self.link(unescape(match[1]))
        part = "" if not to or to.startswith("#") else match[2] or ""
        return f'href="{escape(to)}{part}"'

    def _pictures(self, cell: Cell, html: str, attachments: dict[str, Any] | None = None) -> str:
        return safe_html.with_pictures(html, self.folder, attachments or {}, lambda says: self._warn(cell, says))

    def _source(self, index: int, cell: Cell) -> str:
        metadata = self.notebook.raw["cells"][index].get("metadata") or {}
        hidden = (metadata.get("jupyter") or {}).get("source_hidden") or "remove-input" in (metadata.get("tags") or [])
        return "" if hidden else f'<pre tabindex="0"><code>{escape(cell.source)}</code></pre>'

    def _href(self, source: Source) -> str:
        return f"#{self._reference_id(source)}"

    def _reference_id(self, source: Source) -> str:
        if source.id not in self.ids:
            self.ids[source.id] = f"{self.unique}s{len(self.ids) + 1}"
            self.out.cited[self.ids[source.id]] = source
        return self.ids[source.id]

    def _part(self, cell: Cell, call: Call) -> str:
        if call.verb == "class_report":
            self.out.scripts.add("class-report")
            source = ClassSource.named(call.arguments[0] if call.arguments else FOLDER, beside=self.folder)
            return source.printed(self.course, linked=True)
        unknown = unknown_parts(self.course, call)
        self.out.errors += [f"{self.notebook.file}, cell {cell.name}: {says}" for says in unknown]
        return '<p class="asleep">A part of the course is missing here.</p>' if unknown else self._verb(*call)

    def _verb(self, verb: str, arguments: tuple[str, ...]) -> str:
        course = self.course
        match verb:
            case "start":
                return printed.start(course, course.lessons[arguments[0]], self.link)
            case "quiz" | "case":
                (id,) = arguments
                make = printed_items.quiz if verb == "quiz" else printed_items.case
                inner = make(course, id, self._href)
                if self.keys_open:
                    return printed_educators.with_keys(course, inner)
                items = course.quizzes[id].items if verb == "quiz" else [course.cases[id]]
                self.out.scripts.update(name for item in items for name in SCRIPTS.get(item.kind, ()))
                return (
                    f'<ss-quiz data-quiz="{id}" data-lesson="{course.asked_in.get((verb, id), "")}">{inner}</ss-quiz>'
                )
            case "clinic":
                (id,) = arguments
                inner = printed_items.clinic(course, id, self._href)
                if self.keys_open:
                    return printed_educators.with_keys(course, inner)
                self.out.scripts |= {"clinic", "vignette"}
                lesson, in_ten = course.asked_in.get((verb, id), ""), course.clinics[id].in_ten
                return (
                    f'<ss-clinic data-clinic="{id}" data-lesson="{lesson}" data-in-ten="{in_ten}">{inner}</ss-clinic>'
                )
            case "body_map":
                self.out.scripts.add("body-map")
                self.drawn += 1
                inner = body_map(course, self.link, f"{self.unique}p{self.drawn}")
                return f"<ss-body-map>{inner}</ss-body-map>"
            case "key_points":
                return printed.key_points(course, arguments, self._href)
            case "picture":
                self.drawn += 1
                return printed.picture(course, arguments[0], f"{self.unique}p{self.drawn}")
            case "glossary":
                return printed.glossary(course, arguments, self._href)
            case "symptoms":
                return printed.symptoms(course, arguments[0], self._href)
            case "red_flags":
                return printed.red_flags(course, arguments, self._href)
            case "actions":
                return printed.actions(course)
            case "due":
                # The page of a lesson has no room for the schedule; the first page of the course has.
                return printed_record.due(course, self.link)
            case "review":
                return self._panel("review", printed_record.review(), ASKING, "bank")
            case "final_check":
                return self._panel("final-check", printed_record.final_check(course), ASKING, "bank")
            case "progress":
                return self._panel("progress", printed_record.progress(course, self.link))
            case "certificate":
                return self._panel("certificate", printed_record.certificate())
            case "sources":
                self.out.cited.clear()
                return printed.sources(course, lambda source: self.ids.get(source.id, ""))
        raise ValueError(f"no such verb: {verb}")

    def _panel(self, name: str, inner: str, scripts: Iterable[str] = (), *carries: str) -> str:
        self.out.scripts |= {name, *scripts}
        self.out.carries |= {"plan", *carries}
        return f"<ss-{name}>{inner}</ss-{name}>"

    def _shown(self, index: int, cell: Cell) -> str:
        if self.outputs is None:
            self._warn(
                cell, "was not run, because the notebook is not trusted; trust it in JupyterLab and export again"
            )
            return '<p class="asleep">This cell was not run when the page was made.</p>'
        return "\n".join(self._output(cell, output) for output in self.outputs["cells"].get(str(index), []))

    def _output(self, cell: Cell, output: dict[str, Any]) -> str:
        if output["output_type"] == "stream":
            return f'<pre tabindex="0">{escape(output["text"])}</pre>'
        if output["output_type"] == "error":
            says = f"{output['ename']}: {output['evalue']}"
            self.out.errors.append(f"{self.notebook.file}, cell {cell.name}: stopped with {says}; mend the cell")
            return f'<p class="asleep">This cell stopped with an error. <code>{escape(says)}</code></p>'
        data = output["data"]
        if note := data.get("application/vnd.secondsight.v1+json"):
            return "" if note["verb"] == "live" else self._part(cell, Call(note["verb"], tuple(note["arguments"])))
        if view := data.get("application/vnd.jupyter.widget-view+json"):
            return self._widget(cell, view["model_id"])
        for mime in ("image/png", "image/jpeg", "image/svg+xml"):
            if mime in data:
                return self._image(cell, mime, data)
        if "text/html" in data:
            if re.search("(?i)<script", _text(data["text/html"])):
                self._warn(cell, "shows HTML with a script, which the page leaves out; show a picture or an anywidget")
            shown = self._pictures(cell, safe_html.clean(_text(data["text/html"])))
            return f'<div class="foreign">{shown}</div>'
        if "text/markdown" in data:
            return self._pictures(cell, safe_html.from_markdown(_text(data["text/markdown"])))
        return f'<pre tabindex="0">{escape(_text(data.get("text/plain", "")))}</pre>'

    def _image(self, cell: Cell, mime: str, data: dict[str, Any]) -> str:
        content = _text(data[mime])
        if mime == "image/svg+xml":
            content = base64.b64encode(content.encode()).decode()
        alt = escape(_text(data.get("text/plain", ""))) or f"Picture made by cell {cell.number}"
        return f'<img src="data:{mime};base64,{escape("".join(content.split()))}" alt="{alt}">'

    def _widget(self, cell: Cell, model: str) -> str:
        widget = self.outputs["widgets"].get(model)
        if not widget or "_esm" not in widget["state"]:
            self._warn(cell, "shows a widget that needs a kernel; the page says so in its place")
            return '<p class="asleep">A widget stands here that works only in a running notebook.</p>'
        state = {key: value for key, value in widget["state"].items() if not key.startswith("_")}
        self.out.foreign.append(
            {
                "id": f"{self.unique}w{len(self.out.foreign)}",
                "esm": widget["state"]["_esm"],
                "css": widget["state"].get("_css", ""),
                "state": state,
                "buffers": widget.get("buffers", []),
            }
        )
        return f'<div class="foreign" id="{self.out.foreign[-1]["id"]}"></div>'


def _contents(headings: list[str]) -> str:
    return f"<details><summary>In this lesson</summary><ul>{''.join(headings)}</ul></details>"


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
