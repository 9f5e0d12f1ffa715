"""The ``secondsight`` command: check the course, export it, give out the trainee's own record."""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .export import site

if TYPE_CHECKING:
    from .course import Course


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 where all is well, 1 where there is something to mend."""
    parser = argparse.ArgumentParser(
        prog="secondsight", description="Check the Second Sight course, export it, or write out your own record."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="name every problem of the course's files")
    check.add_argument("--blueprint", action="store_true", help="also show the items by objective, kind and site")
    make = commands.add_parser("export", help="make interactive pages that need no kernel and no network")
    make.add_argument("--single-file", action="store_true", help="the whole course as one HTML file")
    make.add_argument("--out", type=Path, help="the folder to make (default: site, or site-single with --single-file)")
    record = commands.add_parser(
        "record",
        help="write out your own record, for other programs",
        description=(
            "Write out your own record: what you answered, when, and how it was scored. No name is in it, but every "
            "time is, and all that you wrote in your own words. Whoever you hand it on to can read them."
        ),
    )
    record.add_argument(
        "--to",
        required=True,
        choices=("csv", "jsonl", "xapi", "parquet"),
        help="a table for spreadsheets; a progress file; statements for a learning record store; a table for analysis",
    )
    record.add_argument("--out", type=Path, help="the file to write (default, except for parquet: standard output)")
    for command in (check, make, record):
        command.add_argument("--course", type=Path, help="the course's folder (default: the nearest one)")
    asked = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows its number; that is no reason to stop.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = {"check": _check, "export": _export, "record": _record}[asked.command](asked)
        sys.stdout.flush()
        return status
    except site.ExportError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Nobody reads any longer, as with "| head".
        _drop_output()
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was there before still stands.", file=sys.stderr)
        return 130


def _drop_output() -> None:
    """Forget what standard output did not take: Python would try once more as it ends, and complain."""
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def _record(asked: argparse.Namespace) -> int:
    from . import record_formats
    from .course import read_course
    from .record_file import RecordError

    # A course with something to mend has a record all the same.
    course, _ = read_course(_root(asked))
    try:
        count = record_formats.give_out(course, asked.to, asked.out)
    except (record_formats.FormatError, RecordError) as error:
        print(error, file=sys.stderr)
        if asked.out is None:
            _drop_output()
        return 1
    if asked.out:
        print(f"{count} {'attempt' if count == 1 else 'attempts'} in {asked.out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
