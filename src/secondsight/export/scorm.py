"""The course as a SCORM 1.2 package."""

from __future__ import annotations

from ..course import Course
from .edition import Edition
from .package import Package
from .scorm_package import package


def make(course: Course, edition: Edition) -> Package:
    """The course as one page that reports to a learning platform, and its manifest (``scorm_package``)."""
    return package(course, edition, "1.2")
