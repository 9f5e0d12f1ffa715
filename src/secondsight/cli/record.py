"""``secondsight record``: write out one's own record."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..refusal import Refusal
from . import course_folder, standard_output


def add(commands: argparse._SubParsersAction) -> None:
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
    course_folder.add(record)
    record.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    from .. import record_formats
    from ..course import read_course

    # A course with something to mend has a record all the same.
    course, _ = read_course(course_folder.root(asked))
    try:
        count = record_formats.give_out(course, asked.to, asked.out)
    except Refusal:
        if asked.out is None:
            standard_output.drop()
        raise
    if asked.out:
        print(f"{count} {'attempt' if count == 1 else 'attempts'} in {asked.out}.")
    return 0
