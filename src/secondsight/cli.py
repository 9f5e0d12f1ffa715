"""The ``secondsight`` command: check the course, export it."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .export import site

if TYPE_CHECKING:
    from .course import Course


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 where all is well, 1 where there is something to mend."""
    parser = argparse.ArgumentParser(prog="secondsight", description="Check the Second Sight course and export it.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="name every problem of the course's files")
    check.add_argument("--blueprint", action="store_true", help="also show the items by objective, kind and site")
    make = commands.add_parser("export", help="make interactive pages that need no kernel and no network")
    make.add_argument("--single-file", action="store_true", help="the whole course as one HTML file")
    make.add_argument("--out", type=Path, help="the folder to make (default: site, or site-single with --single-file)")
    for command in (check, make):
        command.add_argument("--course", type=Path, help="the course's folder (default: the nearest one)")
    asked = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows its number; that is no reason to stop.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _check(asked) if asked.command == "check" else _export(asked)
    except site.ExportError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was there before still stands.", file=sys.stderr)
        return 130


def _root(asked: argparse.Namespace) -> Path:
    from .course.problem import CourseError
    from .course.reader import find_course

    if asked.course:
        if not (asked.course / "content" / "course.yaml").is_file():
            raise site.ExportError(f"{asked.course}: no course is here; name a folder that holds content/course.yaml")
        return asked.course.resolve()
    try:
        return find_course()
    except CourseError as error:
        raise site.ExportError(str(error)) from None


def _check(asked: argparse.Namespace) -> int:
    from .course import audit, read_course

    course, problems = read_course(_root(asked))
    problems = sorted({*problems, *audit(course)})
    for problem in problems:
        print(problem)
    if asked.blueprint:
        print(_table(course))
    if problems:
        print(f"\n{len(problems)} to mend.", file=sys.stderr)
        return 1
    print(f"{len(course.lessons)} lessons, {len(course.facts)} facts, {len(course.items)} items: nothing to mend.")
    return 0


def _table(course: Course) -> str:
    """The blueprint as lines of aligned columns."""
    from .course.audit import blueprint

    rows = [("objective", "kind", "site", "items", "wanted")]
    rows += [(*cell[:3], str(cell.items), str(cell.wanted or "")) for cell in blueprint(course)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows) + "\n"


def _export(asked: argparse.Namespace) -> int:
    out = asked.out or Path("site-single" if asked.single_file else "site")
    made = site.export(_root(asked), out, single_file=asked.single_file)
    for warning in made.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    pages = "1 page" if made.pages == 1 else f"{made.pages} pages"
    print(f"{pages} in {out}{'' if made.fresh else ', as before'}. Open {made.first}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
