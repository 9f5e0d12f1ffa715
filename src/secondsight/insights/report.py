"""What a class's progress files say about the class and about the questions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..attempt import CLOCKS_DIFFER
from ..course import Course
from ..refusal import Refusal
from . import answers, calibration, distractors, gain, mastery, questions, scales, spotting
from .base import new_base
from .files import File, look_at
from .frames import frame
from .taking import Counted, Taken, take
from .trainees import Sorted, sort_out

if TYPE_CHECKING:
    import duckdb
    import polars


@dataclass(frozen=True)
class ClassReport:
    """A class, from its progress files, without a name.

    Every table is a polars DataFrame. ``columns.TABLES`` gives, under the name of the field, its columns in their
    order, each with its type, its unit and what it says. A share goes from 0 to 1. ``X_low`` and ``X_high`` are the
    ends of the 95 % interval of ``X``. What is not defined is null, never a number. ``small`` says that the numbers
    are too small to lean on (``intervals.is_small``). What stands in ``notes``, in ``files`` and in the column ``item``
    of ``reworded`` can come from a file or its name: escape it.

    Attributes:
        course_id: id of the course.
        course_title: its title.
        version: version of the program that made the report.
        files_read: files that count.
        files_left_out: files that do not: of another course, of a newer version, or no progress files.
        files_doubled: files that hold nothing that another one does not hold.
        trainee_count: trainees who have at least one attempt.
        attempt_count: attempts, each once, to any wording.
        attempts_doubled: attempts that stood in the files once more.
        attempts_reworded: attempts to another wording than today's, or to items that the course no longer asks; they
            count in no figure but the result of a final check, which was what it was.
        attempts_future: attempts dated more than a day ahead, by a wrong clock.
        words_count: answers in a trainee's own words. They are counted and never given out.
        begins: when the first attempt was made; None where there is none.
        ends: when the newest attempt was made that is not in the future.
        notes: what was found in the files, a sentence each with the file's name; files of which nothing is to be
            said have none.
        files, trainees, lessons, finished, objectives, standings, spotting, missed, calibration, gain, gains, items,
            options, scales, reworded: the tables.
    """

    course_id: str
    course_title: str
    version: str
    files_read: int
    files_left_out: int
    files_doubled: int
    trainee_count: int
    attempt_count: int
    attempts_doubled: int
    attempts_reworded: int
    attempts_future: int
    words_count: int
    begins: datetime | None
    ends: datetime | None
    notes: list[str]
    files: polars.DataFrame
    trainees: polars.DataFrame
    lessons: polars.DataFrame
    finished: polars.DataFrame
    objectives: polars.DataFrame
    standings: polars.DataFrame
    spotting: polars.DataFrame
    missed: polars.DataFrame
    calibration: polars.DataFrame
    gain: polars.DataFrame
    gains: polars.DataFrame
    items: polars.DataFrame
    options: polars.DataFrame
    scales: polars.DataFrame
    reworded: polars.DataFrame


def report(course: Course, files: Sequence[Path], now: datetime | None = None) -> ClassReport:
    """What progress files say, the same for the same files in any order.

    Args:
        course: the course that the class takes; answers count for its wordings.
        files: progress files, or folders: of a folder all files count whose names end in ``.jsonl``, not those of
            folders in it. A file that is named twice counts once.
        now: when it is; by default now. What is dated more than a day later has a wrong clock.

    Raises:
        Refusal: where no file is left that counts, each with the reason; where DuckDB, polars or SciPy is missing; or
            where there is no room to work in.
    """
    _needs("duckdb", "polars", "scipy")
    import duckdb

    if course.head is None:
        raise Refusal(
            f"{course.root / 'content' / 'course.yaml'} cannot be read, and it names the course; "
            "“secondsight check” says what to mend."
        )
    looked = look_at(files, course.head.id)
    if all(file.left_out for file in looked):
        raise Refusal("\n".join(map(_left_out, looked)) or _no_file(files))
    ahead = (now or datetime.now(UTC)).astimezone(UTC) + CLOCKS_DIFFER
    try:
        with new_base() as (base, scratch):
            return _report(base, course, looked, ahead.replace(tzinfo=None), scratch)
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        raise Refusal(
            f"There is no room to work in at {gettempdir()}, or a file went while it was read "
            f"({' '.join(str(error).split())[:200]}); make room, or name another folder in TMPDIR, and try again."
        ) from error


def _needs(*libraries: str) -> None:
    for library in libraries:
        if find_spec(library) is None:
            raise Refusal(
                f"Insights need {library}, which is not installed. "
                "Run pip install 'secondsight[educators]' and try again."
            )


def _report(
    base: duckdb.DuckDBPyConnection, course: Course, looked: list[File], ahead: datetime, scratch: Path
) -> ClassReport:
    base.execute("CREATE TABLE clock AS SELECT ?::TIMESTAMP AS ahead", [ahead])
    taken = take(base, course, looked, scratch)
    future = dict(
        base.execute('SELECT file, count(DISTINCT id) FROM taken, clock WHERE "at" > ahead GROUP BY file').fetchall()
    )
    known = sort_out(base, course.head.id)
    asked = taken.items
    answers.prepare(base, course)
    mastery.prepare(base, course)
    spotting.prepare(base, asked)
    questions.prepare(base)
    n = len(known.pseudonyms)
    gains = gain.gains(base, course, asked, known.pseudonyms)
    rows = [_file(file, place, taken, known, future.get(place, 0)) for place, file in enumerate(looked)]
    ((count, reworded, words, later, begins, ends),) = base.execute(
        """
        SELECT count(*), count(*) FILTER (item IS NULL), count(*) FILTER (words), count(*) FILTER ("at" > ahead),
            min("at") FILTER ("at" <= ahead), max("at") FILTER ("at" <= ahead)
        FROM attempts CROSS JOIN clock
        """
    ).fetchall()
    return ClassReport(
        course_id=course.head.id,
        course_title=course.head.title,
        version=__version__,
        files_read=sum(row["read"] for row in rows),
        files_left_out=sum(not row["read"] for row in rows),
        files_doubled=sum(row["attempts"] > 0 and not known.kept[place] for place, row in enumerate(rows)),
        trainee_count=n,
        attempt_count=count,
        attempts_doubled=sum(row["doubled"] for row in rows),
        attempts_reworded=reworded,
        attempts_future=later,
        words_count=words,
        begins=begins and begins.replace(tzinfo=UTC),
        ends=ends and ends.replace(tzinfo=UTC),
        notes=[f"{row['file']}: {row['says']}" for row in rows if row["says"]],
        files=frame("files", rows),
        trainees=mastery.trainees(base, course),
        lessons=mastery.lessons(base, course, n),
        finished=mastery.finished(base),
        objectives=mastery.objectives(base, course, n),
        standings=mastery.standings(base),
        spotting=spotting.spotting(base, known.pseudonyms),
        missed=spotting.missed(base, course, asked),
        calibration=calibration.calibration(base, known.pseudonyms),
        gain=gain.gain(gains, course),
        gains=gains,
        items=questions.items(base, course, asked),
        options=distractors.options(base, course, asked),
        scales=scales.scales(base, course, asked),
        reworded=questions.reworded(base, asked),
    )


def _file(file: File, place: int, taken: Taken, known: Sorted, future: int) -> dict[str, Any]:
    """What is told of one file."""
    counted = taken.counted.get(place, Counted())
    row = {
        "file": file.name,
        "read": not file.left_out,
        "trainee": known.pseudonyms[known.trainee[place]] if place in known.trainee else None,
        "attempts": known.distinct.get(place, 0),
        "doubled": counted.attempts - known.kept.get(place, 0),
        "unread": counted.lines - counted.attempts,
        "missing": max(0, file.promised - counted.lines),
        "changed": file.changed,
        "future": future,
    }
    return row | {"says": _says(file, row, known.kept.get(place, 0))}


def _says(file: File, row: dict[str, Any], kept: int) -> str:
    if file.left_out:
        return f"left out: {file.left_out}"
    told = []
    if row["attempts"] == 0:
        told.append("it holds no answer.")
    elif not kept:
        told.append("all of its answers stand in other files as well, and count once.")
    elif row["doubled"]:
        told.append(f"{_count(row['doubled'], 'answer stands', 'answers stand')} in it or in other files once more.")
    if row["unread"]:
        told.append(f"{_count(row['unread'], 'line', 'lines')} could not be read.")
    if row["missing"]:
        told.append(f"{_count(row['missing'], 'answer is', 'answers are')} missing from it.")
    if row["changed"]:
        told.append("it has been changed or cut since it was saved; what can be read of it counts.")
    if row["future"]:
        told.append(f"{_count(row['future'], 'answer is', 'answers are')} dated in the future; a clock was wrong.")
    return " ".join(told[:1] + [f"{more[0].upper()}{more[1:]}" for more in told[1:]])


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _left_out(file: File) -> str:
    return f"{file.name} is left out: {file.left_out}"


def _no_file(files: Sequence[Path]) -> str:
    if not files:
        return "No file is named; name progress files, or a folder that holds them."
    return "\n".join(
        f"{os.fsencode(file).decode('utf-8', 'replace')} holds no file whose name ends in .jsonl; "
        "name the folder with the class's progress files."
        for file in files
    )
