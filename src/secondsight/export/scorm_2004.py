"""The course as a SCORM 2004 package, 4th edition."""

from __future__ import annotations

from ..course import Course
from .edition import Edition
from .package import Package
from .scorm_package import package


def make(course: Course, edition: Edition) -> Package:
    """The course as one page that reports to a learning platform, and its manifest (``scorm_package``)."""
    return package(course, edition, "2004")
