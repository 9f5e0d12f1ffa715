"""The whole course as a folder of pages, or as one page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..course import Course
from ..progress_bar import told
from .edition import PLAIN, Edition, ExportError, read
from .folder import Content, Made, digest, put

__all__ = ["ExportError", "Made", "export", "pages_of"]


def export(root: Path, out: Path, *, single_file: bool = False, edition: Edition = PLAIN) -> Made:
    """Make the course's site at ``out``, replacing an earlier one only when the new one is whole.

    Where neither the course nor this program has changed since, the earlier one stands.

    Raises:
        ExportError: with every problem of the course, or where ``out`` holds something else.
    """

    def make() -> Content:
        pages, warnings = pages_of(read(root, edition), edition, single_file=single_file)
        return Content({name: text.encode() for name, text in pages.items()}, warnings)

    return put(out, digest(root, edition, "single file" if single_file else "pages"), make)


def pages_of(
    course: Course,
    edition: Edition,
    *,
    single_file: bool = False,
    paper: bool = False,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[dict[str, str], list[str]]:
    """Each page's name and text, the one to open first, first; and warnings.

    Pages for ``paper`` are laid out for sheets. ``more`` is for ``page.render``, where all is one page.

    Raises:
        ExportError: with every cell that failed.
    """
    from . import page, runner
    from .body import as_page, body, is_lesson

    folder = course.root / "notebooks"
    lessons = list(course.lessons.values())
    notebooks = [course.notebooks[lesson.id] for lesson in lessons]
    foreign = [notebook for notebook in notebooks if not is_lesson(notebook)]
    outputs = dict(zip((n.file for n in foreign), runner.run_all([(n.raw, folder) for n in foreign]), strict=True))
    there = {lesson.notebook for lesson in lessons}

    def link(notebook: str) -> str:
        to = f"#{notebook.removesuffix('.ipynb')}" if single_file else as_page(notebook)
        return to if not paper and (notebook in there or not edition.lessons) else ""

    bodies, pages = [], {}
    if single_file:
        sections = []
        for lesson, notebook in told(zip(lessons, notebooks, strict=True), "Lessons", len(lessons)):
            stem = Path(notebook.file).stem
            made = body(
                course,
                notebook,
                folder,
                outputs.get(notebook.file),
                link=link,
                unique=f"{stem}-",
                audience=edition.audience,
            )
            bodies.append(made)
            sections.append((stem, made, lesson))
        placed = [
            page.Section(
                stem,
                made,
                lesson,
                before=(f"#{sections[i - 1][0]}", sections[i - 1][2].title) if i else None,
                after=(f"#{sections[i + 1][0]}", sections[i + 1][2].title) if i + 1 < len(sections) else None,
            )
            for i, (stem, made, lesson) in enumerate(sections)
        ]
        pages[f"{course.head.id}.html"] = page.render(
            course, "single.html.j2", placed, title=course.head.title, link=link, edition=edition, more=more
        )
    else:
        pages["index.html"] = page.render(course, "index.html.j2", [], title=course.head.title, edition=edition)
        for notebook in told(notebooks, "Pages", len(notebooks)):
            text, made = page.lesson_page(
                course, notebook, folder, outputs.get(notebook.file), link=link, edition=edition, paper=paper
            )
            pages[as_page(Path(notebook.file).name)] = text
            bodies.append(made)
    errors = [error for made in bodies for error in made.errors]
    if errors:
        raise ExportError("\n".join(errors))
    return pages, [warning for made in bodies for warning in made.warnings]
