"""The nbconvert exporter: ``jupyter nbconvert --to secondsight``, and JupyterLab's export menu."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from ..course import Problem, audit, find_course, read_course
from ..course import notebook as course_notebook
from . import page, runner
from .body import is_lesson


def _refusal(problems: list[Problem]) -> str:
    """A page that says why there is no page; an exporter that raises would show a traceback."""
    said = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    return (
        '<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><title>Not exported</title>'
        f"<h1>Not exported: the course has something to mend</h1><ul>{said}</ul></html>"
    )


class SecondSightExporter(Exporter):
    """One notebook to one interactive page; the same page that ``secondsight export`` makes of it."""

    export_from_notebook = "Second Sight page"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:
        """Make the page. What a reader will miss is logged with notebook and cell."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        metadata = resources.get("metadata", {})
        folder = Path(metadata.get("path") or ".").resolve()
        name = f"{metadata.get('name', 'notebook')}.ipynb"
        course, problems = read_course(find_course(folder))
        problems = sorted({*problems, *audit(course)})
        for problem in problems:
            self.log.warning("%s", problem)
        if course.head is None or course.unread:
            return _refusal(problems), resources
        raw = json.loads(json.dumps(nb))
        lesson = next(
            (part for part in course.lessons.values() if part.notebook == name and part.id in course.notebooks), None
        )
        file = course.notebooks[lesson.id].file if lesson else name
        notebook = course_notebook.parse(json.dumps(raw), file)
        if lesson:
            course.notebooks[lesson.id] = notebook
        untrusted = any(cell.get("metadata", {}).get("trusted") is False for cell in raw["cells"])
        outputs = None if is_lesson(notebook) or untrusted else runner.run(raw, folder)
        text, made = page.lesson_page(course, notebook, folder, outputs)
        for says in [*made.errors, *made.warnings]:
            self.log.warning("%s", says)
        return text, resources
