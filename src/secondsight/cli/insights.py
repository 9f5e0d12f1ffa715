"""``secondsight insights``: how a class did, from its progress files."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from ..refusal import Refusal
from . import course_folder

if TYPE_CHECKING:
    from ..course import Course
    from ..insights import ClassReport

PAGE, TABLES = Path("class-report.html"), Path("class-report")
WIDEST = 100


def add(commands: argparse._SubParsersAction) -> None:
    insights = commands.add_parser(
        "insights",
        help="see how a class did, from its progress files",
        description=(
            "Say how a class did, from the progress files that its trainees gave you. It needs no names and sends "
            "nothing anywhere. The summary is printed, and the whole report is written as a page or as tables."
        ),
    )
    insights.add_argument("files", nargs="*", type=Path, metavar="FILES", help="progress files, or folders of them")
    insights.add_argument(
        "--to", choices=("page", "csv"), default="page", help="one web page (the default), or a folder of CSV tables"
    )
    insights.add_argument(
        "--out", type=Path, help=f"the page or the folder to write (default: {PAGE}, or {TABLES} with --to csv)"
    )
    insights.add_argument(
        "--example", action="store_true", help="a class that is made up, to see what a report looks like"
    )
    course_folder.add(insights)
    insights.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    from ..course import read_course

    if bool(asked.files) == asked.example:
        raise Refusal(
            "--example takes no files; leave one of them out"
            if asked.example
            else "Name the progress files of the class, or the folder that holds them, as in: secondsight insights "
            "progress-files; or see an example first: secondsight insights --example"
        )
    # A course with something to mend has had a class all the same.
    course, _ = read_course(course_folder.root(asked))
    if course.head is None:
        raise Refusal(
            f"{course.root / 'content' / 'course.yaml'} cannot be read, and the report is about its course; "
            "“secondsight check” says what to mend"
        )
    report = _report(course, asked)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    _print_summary(course, report, made_up=asked.example)
    out = asked.out or (TABLES if asked.to == "csv" else PAGE)
    if asked.to == "csv":
        from ..insights.tables import write_csv

        print(f"\n{len(write_csv(report, out))} tables in {out}.")
    else:
        _write_page(course, report, out, made_up=asked.example)
        print(f"\nThe whole report: open {out}")
    return 0


def _report(course: Course, asked: argparse.Namespace) -> ClassReport:
    from ..class_source import ClassSource, progress_files_in
    from ..insights import report

    if asked.example:
        return ClassSource(None).report(course)
    return report(course, [path for named in asked.files for path in progress_files_in(named) or [named]])


def _print_summary(course: Course, report: ClassReport, *, made_up: bool) -> None:
    from ..class_in_short import MADE_UP, in_short

    width = min(WIDEST, shutil.get_terminal_size().columns)
    says = [f"{point.head}: {point.says}" for point in in_short(course, report)]
    for line in [MADE_UP, *says] if made_up else says:
        print(textwrap.fill(line, width, subsequent_indent="  ", break_on_hyphens=False))


def _write_page(course: Course, report: ClassReport, out: Path, *, made_up: bool) -> None:
    from ..export.class_page import class_page
    from ..whole_file import whole_file

    text = class_page(course, report, made_up=made_up)
    try:
        if out.is_file() and not out.read_bytes()[:15].lower().startswith(b"<!doctype html"):
            raise Refusal(f"{out} is a file that this command did not make; move it, or name another place with --out")
        out.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(out) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{out} cannot be written ({error.strerror}); name another place with --out") from error
