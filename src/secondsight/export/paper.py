"""The course on paper: a PDF for each lesson, a booklet of all questions, and their key on its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..progress_bar import told
from .booklet import booklet, key
from .browser import as_pdf, find_browser
from .edition import PLAIN, Edition, read
from .folder import Content, Made, digest, put
from .site import pages_of

BOOKLET, KEY = "questions.pdf", "questions-key.pdf"
AT_ONCE = 2


def export(root: Path, out: Path, *, edition: Edition = PLAIN) -> Made:
    """Print the course to a folder of PDF files, through the system's Chromium.

    Raises:
        ExportError: where there is no Chromium; else as ``site.export``.
    """
    browser = find_browser()

    def make() -> Content:
        course = read(root, edition)
        if not edition.lessons:
            # What looks at one's own record has nothing to show on paper.
            course = course.only([lesson.id for lesson in course.lessons.values() if lesson.kind != "record"])
        pages, warnings = pages_of(course, edition, paper=True)
        del pages["index.html"]
        sheets = {name.removesuffix(".html") + ".pdf": text for name, text in pages.items()}
        if any(course.items_by_lesson.values()):
            sheets[BOOKLET] = booklet(course, edition)
            sheets[KEY] = key(course, edition)
        with ThreadPoolExecutor(AT_ONCE) as printing:
            made = printing.map(lambda html: as_pdf(browser, html), sheets.values())
            files = dict(zip(sheets, told(made, "Printing", len(sheets)), strict=True))
        return Content(files, warnings)

    return put(out, digest(root, edition, "paper"), make)
