"""The course handed over to other programs, as one file; whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from ..course import Course
from ..whole_file import whole_file
from .edition import Edition, ExportError, read
from .package import Package


class Form(NamedTuple):
    """A form that other programs read.

    Attributes:
        module: what makes it.
        ending: how its file is named after the course's id.
        pages: whether it holds whole pages, which are of use where nothing is asked too.
    """

    module: str
    ending: str
    says: str
    pages: bool = False


FORMS = {
    "moodle": Form("moodle", "-moodle.xml", "questions for Moodle"),
    "gift": Form("gift", ".gift.txt", "questions as GIFT, a text form that many programs read"),
    "scorm": Form("scorm", "-scorm-1.2.zip", "the course as a SCORM 1.2 package", pages=True),
    "scorm-2004": Form("scorm_2004", "-scorm-2004.zip", "the course as a SCORM 2004 package", pages=True),
    "qti": Form("qti", "-qti-2.1.zip", "questions and tests as QTI 2.1"),
    "qti-3": Form("qti_3", "-qti-3.0.zip", "questions and tests as QTI 3.0"),
    "anki": Form("anki", ".apkg", "cards for Anki"),
    "csv": Form("items_csv", "-items.csv", "every item as a row of a table"),
}


@dataclass(frozen=True)
class HandedOver:
    """A package that was written."""

    out: Path
    package: Package


def hand_over(root: Path, form: str, out: Path | None, edition: Edition) -> HandedOver:
    """Write the course in a form that other programs read.

    Args:
        form: one of ``FORMS``.
        out: the file to write; None for one named after the course, here.

    Raises:
        ExportError: with every problem of the course, where its lessons ask nothing, or where the file cannot be
            written.
    """
    course = read(root, edition)
    if not FORMS[form].pages and not any(course.items_by_lesson.values()):
        raise ExportError(f"nothing is asked in {', '.join(course.lessons)}; take a lesson that has questions")
    package = _make(form, course, edition)
    out = out or Path(f"{course.head.id}{FORMS[form].ending}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(out) as part:
            part.write_bytes(package.data)
    except OSError as error:
        raise ExportError(f"{out} cannot be written ({error.strerror}); name another place with --out") from error
    return HandedOver(out, package)


def _make(form: str, course: Course, edition: Edition) -> Package:
    return import_module(f".{FORMS[form].module}", __package__).make(course, edition)
