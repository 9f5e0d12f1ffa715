"""``secondsight check``: name every problem of the course's files, and what else is worth a look."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from . import course_folder

if TYPE_CHECKING:
    from ..course import Course

NOTES = "Worth a look, though nothing has to be mended:"
READING = """\
LIX adds the words of a sentence to the long words in a hundred: about 30 is easy, 40 is a newspaper, 50 is hard. A
grade is a year of school in the US; five more is about the age of its pupils. Clinical words count as hard ones, also
where they are explained, so compare lessons with one another rather than with a limit.
"""


def add(commands: argparse._SubParsersAction) -> None:
    check = commands.add_parser(
        "check",
        help="name every problem of the course's files, and what else is worth a look",
        description=(
            "Name every problem of the course's files: what has to be mended. Below them stands what is worth a look "
            "and stops nothing: dates of review, objectives with few items, answers that can be guessed."
        ),
    )
    check.add_argument("--blueprint", action="store_true", help="also show the items by objective, kind and site")
    check.add_argument("--reading", action="store_true", help="also show how hard each lesson is to read")
    check.add_argument(
        "--links", action="store_true", help="also ask the internet whether each source is still where it was"
    )
    course_folder.add(check)
    check.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    from ..course import audit, read_course
    from ..course.advice import notes, so_many

    course, problems = read_course(course_folder.root(asked))
    problems = sorted({*problems, *audit(course)})
    for problem in problems:
        print(problem)
    if found := notes(course, date.today()):
        print("\n".join([*([""] if problems else []), NOTES, *map(str, found), ""]))
    if asked.blueprint:
        print(_blueprint(course))
    if asked.reading:
        print(_reading(course))
    if asked.links:
        print(_links(course))
    if problems:
        print(f"\n{len(problems)} to mend.", file=sys.stderr)
        return 1
    counts = ((course.lessons, "lesson"), (course.facts, "fact"), (course.items, "item"))
    print(f"{', '.join(so_many(len(parts), what) for parts, what in counts)}: nothing to mend.")
    return 0


def _blueprint(course: Course) -> str:
    from ..course.blueprint import blueprint

    rows = [("objective", "kind", "site", "items", "wanted")]
    rows += [(*cell[:3], str(cell.items), str(cell.wanted or "")) for cell in blueprint(course)]
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines of aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows) + "\n"


def _reading(course: Course) -> str:
    from ..reading_ease import harder_than_the_others, reading_ease

    eases = reading_ease(course)
    rows = [("lesson", "words", "in a sentence", "LIX", "grade")]
    rows += [
        (ease.lesson, str(ease.words), f"{ease.sentence:.1f}", f"{ease.lix:.0f}", f"{ease.grade:.1f}") for ease in eases
    ]
    return "\n".join([_table(rows), READING, *(f"{note}\n" for note in harder_than_the_others(course, eases))])


def _links(course: Course) -> str:
    from ..link_check import check_links

    count, notes, offline = check_links(course)
    if offline:
        return "No source could be reached: this machine seems to be offline. Try again when it is not.\n"
    same = count - len(notes)
    said = f"Of {count} links to sources, {same} {'is' if same == 1 else 'are'} as before."
    return "\n".join([*map(str, notes), said, ""])
