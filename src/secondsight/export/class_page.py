"""A class's report as one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..course import Course
from ..printed_class import printed_whole
from . import page

if TYPE_CHECKING:
    from ..insights import ClassReport

TITLE = "How the class did"


def class_page(course: Course, report: ClassReport, *, made_up: bool = False) -> str:
    """The report as one HTML file, which asks no one for anything.

    Args:
        made_up: whether the class is an example; the page says so.
    """
    body = page.Body(
        html=printed_whole(course, report, made_up=made_up, linked=True), title=TITLE, scripts={"class-report"}
    )
    section = page.Section("class-report", body, None)
    return page.render(course, "class.html.j2", [section], title=f"{TITLE} · {course.head.title}")
