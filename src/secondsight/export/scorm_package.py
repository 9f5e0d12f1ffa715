"""What SCORM packages of every version hold: the course as one page that keeps its answers in a learning platform.

The manifest follows the schemas of IMS Content Packaging and ADL: for SCORM 1.2 ``imscp_rootv1p1p2`` and
``adlcp_rootv1p2``, for SCORM 2004 4th edition ``imscp_v1p1``, ``adlcp_v1p3`` and ``imsss_v1p0``. The schemas
themselves are not in the package: they are others' files, and platforms bring their own. What the page reports is
written in ``frontend/src/scoring/reported.ts``, what it keeps in ``frontend/src/hosts/scorm-state.ts``.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from jinja2 import Environment, PackageLoader

from .. import __version__
from ..course import Course
from ..plan import plan_data
from . import site
from .archive import archive
from .edition import Edition, ExportError
from .package import LeftOut, Package

Version = Literal["1.2", "2004"]

PAGE = "index.html"
# What XML 1.0 cannot hold, not even as an escape.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def package(course: Course, edition: Edition, version: Version) -> Package:
    """A package of one object that can be launched.

    Raises:
        ExportError: for educators, whose pages ask nothing; or with every cell that failed.
    """
    if edition.audience == "educators":
        raise ExportError(
            "a SCORM package reports what learners answer, and educators' pages show the keys instead; leave out "
            "--for educators, or leave out --to for pages to look at"
        )
    pages, warnings = site.pages_of(
        course, edition, single_file=True, more={"scorm": {"version": version} | asked(course)}
    )
    (page,) = pages.values()
    files = {"imsmanifest.xml": _manifest(course, version).encode(), PAGE: page.encode()}
    items = sum(map(len, course.items_by_lesson.values()))
    return Package(archive(files), items, [LeftOut(*warning.split(": ", 1)) for warning in warnings])


def asked(course: Course) -> dict[str, Any]:
    """What the package asks, by lesson, and how its final check is drawn (``PackageData``)."""
    return {
        "lessons": [
            {
                "id": lesson,
                "kind": course.lessons[lesson].kind,
                "items": [[item.id, item.version, *([] if item.is_scored else ["reflect"])] for item in items],
            }
            for lesson, items in course.items_by_lesson.items()
        ],
        "check": plan_data(course, str)["check"] if course.room("final_check") else None,
    }


def _manifest(course: Course, version: Version) -> str:
    environment = Environment(loader=PackageLoader("secondsight.export"), autoescape=True, keep_trailing_newline=True)
    return environment.get_template(f"imsmanifest-{version}.xml.j2").render(
        # An XML name begins with no digit.
        identifier=f"course-{course.head.id}",
        version=__version__,
        title=NOT_IN_XML.sub("", course.head.title),
        page=PAGE,
    )
