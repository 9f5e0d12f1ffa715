"""Which course a command is about."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..refusal import Refusal


def add(command: argparse.ArgumentParser) -> None:
    """Let a command be told its course."""
    command.add_argument("--course", type=Path, help="the course's folder (default: the nearest one)")


def root(asked: argparse.Namespace) -> Path:
    """The course's root.

    Raises:
        Refusal: where no course is there.
    """
    from ..course.problem import CourseError
    from ..course.reader import find_course

    if asked.course:
        if not (asked.course / "content" / "course.yaml").is_file():
            raise Refusal(f"{asked.course}: no course is here; name a folder that holds content/course.yaml")
        return asked.course.resolve()
    try:
        return find_course()
    except CourseError as error:
        raise Refusal(str(error)) from None
