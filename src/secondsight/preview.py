"""The course's pages while somebody writes it: kept in memory, made when looked at, made anew when files change.

A page is the exported one, with a small script that loads it again when it has changed. While the course has something
to mend, that stands in the place of every page.
"""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from .course import Course, Problem, audit, read_course
from .export import page
from .export.body import as_page, is_lesson

INDEX = "index.html"
SELF = "'self'"


class Shown(NamedTuple):
    """What stands at an address.

    Attributes:
        version: another where anything in it is another.
        found: whether the course has such a page.
    """

    html: str
    version: str
    found: bool = True


class Preview:
    """The pages of the course at ``root``. It may be used from several threads.

    Attributes:
        problems: what has to be mended before there are pages.
    """

    def __init__(self, root: Path, warn: Callable[[str], None]):
        """Read the course.

        Args:
            warn: takes what readers of a page will miss, with notebook and cell; each sentence once.
        """
        self.root = root
        self._warn = warn
        self._warned: set[str] = set()
        self.problems: list[Problem] = []
        self._course = Course(root)
        self._pages: dict[str, Shown] = {}
        self._lock = threading.Lock()
        self.read()

    def read(self) -> None:
        """Read the course again. Pages are made anew when they are looked at."""
        course, problems = read_course(self.root)
        problems = sorted({*problems, *audit(course)})
        with self._lock:
            self._course, self.problems, self._pages = course, problems, {}

    def address(self, lesson: str) -> str | None:
        """The page of a lesson by its id; of the first one where none is named; None where there is no such lesson."""
        with self._lock:
            id = lesson or next(iter(self._course.notebooks), "")
            part = self._course.lessons.get(id)
            return as_page(part.notebook) if part else None

    @property
    def lessons(self) -> list[str]:
        """The ids of the lessons, in the course's order."""
        with self._lock:
            return list(self._course.lessons)

    def page(self, name: str) -> Shown:
        """What stands at a page's file name."""
        with self._lock:
            shown = self._pages.get(name) or self._make(name)
            if shown.found:
                self._pages[name] = shown
            return shown

    def _make(self, name: str) -> Shown:
        course = self._course
        if self.problems:
            return _live(
                _instead(
                    title="Something has to be mended",
                    says="The page comes back by itself once the files are saved without what is named here.",
                    problems=self.problems,
                ),
                broken=True,
            )
        if name == INDEX:
            return _live(page.render(course, "index.html.j2", [], title=course.head.title))
        for notebook in course.notebooks.values():
            if as_page(Path(notebook.file).name) == name:
                # What is half typed is not run: a cell of somebody's own code could do anything.
                html, body = page.lesson_page(course, notebook, self.root / "notebooks")
                for says in body.warnings if is_lesson(notebook) else [_not_run(notebook.file)]:
                    if says not in self._warned:
                        self._warned.add(says)
                        self._warn(says)
                return _live(html)
        none = _instead(
            title="No such page",
            says="The course has no page of this name. Perhaps it was given another.",
            link=(INDEX, "All lessons"),
        )
        return _live(none, broken=True)._replace(found=False)


def _not_run(file: str) -> str:
    return f"{file}: has code of its own, which the preview does not run; to see what it shows, export the course"


def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("secondsight.export"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def _instead(
    *, title: str, says: str, problems: list[Problem] | None = None, link: tuple[str, str] | None = None
) -> str:
    """A page that stands where a page of the course cannot."""
    style = (page.STATIC / "page.css").read_text(encoding="utf-8")
    policy = f"default-src 'none'; script-src; style-src {_hash(style)}; img-src data:; base-uri 'none'"
    return (
        _templates()
        .get_template("preview.html.j2")
        .render(title=title, says=says, problems=problems, link=link, style=Markup(style), policy=policy)
    )


def _live(html: str, *, broken: bool = False) -> Shown:
    """A page with the script that loads it again, and a policy that lets just that script and its question through."""
    script = (Path(page.__file__).parent / "templates" / "preview.js").read_text(encoding="utf-8")
    version = hashlib.sha256(html.encode()).hexdigest()[:16]
    head, policy, rest = re.split(r'(?<=http-equiv="Content-Security-Policy" content=")([^"]*)', html, maxsplit=1)
    policy = policy.replace("script-src", f"script-src {escape(_hash(script))}", 1)
    policy += f"; connect-src {escape(SELF)}"
    before, _, after = rest.rpartition("</body>")
    tag = f'<script data-version="{version}"{" data-broken" if broken else ""}>{script}</script>'
    return Shown(f"{head}{policy}{before}{tag}\n</body>{after}", version)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
