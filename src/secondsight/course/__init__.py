"""The course: its parts, how they are read, and what must hold between them."""

from .audit import audit
from .items import Choice
from .model import Course, Fact, Lesson, Quiz, Source
from .problem import CourseError, Problem
from .reader import find_course, read_course

__all__ = [
    "Choice",
    "Course",
    "CourseError",
    "Fact",
    "Lesson",
    "Problem",
    "Quiz",
    "Source",
    "audit",
    "find_course",
    "load_course",
    "read_course",
]


def load_course(root=None) -> Course:
    """The course at ``root`` (by default the nearest one), if it can be read whole.

    Raises:
        CourseError: with every problem of its files.
    """
    course, problems = read_course(root or find_course())
    if problems:
        raise CourseError(sorted(problems))
    return course
