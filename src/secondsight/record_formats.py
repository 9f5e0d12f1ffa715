"""The record for other programs: CSV, a progress file, xAPI statements, Parquet, and a DataFrame."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

from . import progress_file
from .attempt import Attempt
from .course import Course, find_course, read_course
from .exchange import damaged
from .record_file import Record, RecordError, default_path
from .refusal import Refusal
from .table_cell import guarded
from .whole_file import whole_file
from .xapi import statements

if TYPE_CHECKING:
    import polars

FIELDS = tuple(Attempt.model_fields)
# Rows of a table that are held at once, and that Parquet keeps together.
ROWS_AT_A_TIME, ROWS_TOGETHER = 2_000, 20_000


class FormatError(Refusal):
    """The record cannot be given out in the form that was asked for; the message says why, and what to do."""


def record() -> polars.DataFrame:
    """The trainee's own record as a table: a row for each attempt, oldest first.

    The columns are the fields of an attempt: ``at`` as a time in UTC, ``answer`` as a list of text, ``score``
    as a number that is null for what is never scored, ``certainty`` as its three levels in order. A trainee's
    own words are in ``text``. ``.to_pandas()`` gives the same for pandas, where pandas and pyarrow are there.

    Raises:
        FormatError: where polars is not installed, or the record cannot be read.
        CourseError: where there is no course whose record it could be.
    """
    polars = _polars()
    course, _ = read_course(find_course())
    kept = record_of(course)
    try:
        table = polars.concat(_frames(kept.stream(), polars))
    except RecordError as error:
        raise FormatError(str(error)) from None
    _not_set_aside(kept)
    return table


def record_of(course: Course) -> Record:
    """The record in which attempts at a course are kept.

    Raises:
        FormatError: where the course has no readable name.
    """
    if course.head is None:
        raise FormatError(
            f"{course.root / 'content' / 'course.yaml'} cannot be read, and it names the record; "
            "“secondsight check” says what to mend"
        )
    return Record(default_path(course.head.id))


def give_out(course: Course, form: str, out: Path | None) -> int:
    """Write a course's record, one attempt after another.

    Args:
        form: "csv", "jsonl" (a progress file), "xapi" or "parquet".
        out: the file to write. It is there whole, or as it was before where something fails. None for
            standard output.

    Returns:
        How many attempts were written.

    Raises:
        FormatError: where the file cannot be written, or something is missing that the form needs.
        RecordError: where the record cannot be read.
        BrokenPipeError: where nobody reads standard output any longer.
    """
    if form == "parquet":
        _polars()
        if out is None:
            raise FormatError("Parquet is not for reading on a screen; name a file with --out")
    kept = record_of(course)
    try:
        if out is None:
            count = _write(kept, course, form, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with whole_file(out) as part:
                if form == "parquet":
                    count = write_parquet(kept.stream(), part)
                else:
                    with part.open("wb") as file:
                        count = _write(kept, course, form, file)
                _not_set_aside(kept)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FormatError(
            f"{out or 'the record'} cannot be written ({error.strerror or error}); name another place with --out"
        ) from error
    _not_set_aside(kept)
    return count


def _write(kept: Record, course: Course, form: str, out: BinaryIO) -> int:
    if form == "jsonl":
        return progress_file.write(kept.stream, course.head.id, out)
    if form == "xapi":
        return write_xapi(kept.stream(), course, out)
    return write_csv(kept.stream(), out)


def _not_set_aside(kept: Record) -> None:
    """Raises FormatError where the record proved damaged: a new one was begun, and nothing is in it yet."""
    if kept.set_aside:
        raise FormatError(damaged(kept))


def write_csv(attempts: Iterable[Attempt], out: BinaryIO) -> int:
    """Attempts as RFC 4180 has it, in UTF-8: a head of field names, then a row for each; how many rows.

    ``answer`` is a JSON list, ``at`` ISO 8601 in UTC. A cell is empty where an attempt has no such value. Text
    that a spreadsheet could take for a formula, and text that begins with an apostrophe, has one apostrophe
    put before it; leaving out the first of a cell gives the text back.
    """
    rows = csv.writer(SimpleNamespace(write=lambda row: out.write(row.encode())))
    rows.writerow(FIELDS)
    count = 0
    for attempt in attempts:
        rows.writerow(_cells(attempt))
        count += 1
    return count


def _cells(attempt: Attempt) -> list[Any]:
    cells = {field: getattr(attempt, field) for field in FIELDS}
    cells["answer"] = json.dumps(attempt.answer, ensure_ascii=False)
    cells["at"] = attempt.at.isoformat().replace("+00:00", "Z")
    return [guarded(cell) if isinstance(cell, str) else cell for cell in cells.values()]


def write_xapi(attempts: Iterable[Attempt], course: Course, out: BinaryIO) -> int:
    """Attempts as a JSON array of xAPI statements, one on a line; how many."""
    out.write(b"[")
    count = 0
    for count, statement in enumerate(statements(attempts, course), 1):
        line = json.dumps(statement, ensure_ascii=False, separators=(",", ":"))
        out.write(b",\n" if count > 1 else b"\n")
        out.write(line.encode())
    out.write(b"\n]\n")
    return count


def write_parquet(attempts: Iterable[Attempt], path: Path) -> int:
    """Attempts as a Parquet file with the columns of ``record``; how many.

    Raises:
        FormatError: where polars is not installed.
        OSError: where the file cannot be written.
    """
    polars = _polars()
    count = 0
    # polars writes a file in one go, so the file is put together from parts on the disk and not in memory.
    try:
        with tempfile.TemporaryDirectory(prefix=".record-", dir=path.parent) as folder:
            parts = []
            for frame in _frames(attempts, polars):
                parts.append(Path(folder) / f"{len(parts)}.parquet")
                frame.write_parquet(parts[-1])
                count += len(frame)
            polars.scan_parquet(parts).sink_parquet(path, row_group_size=ROWS_TOGETHER)
    except polars.exceptions.PolarsError as error:
        raise OSError(" ".join(str(error).split())) from error
    return count


def _polars() -> ModuleType:
    try:
        return import_module("polars")
    except ImportError:
        raise FormatError(
            "A table of the record needs polars, which is not installed. Run pip install 'secondsight[analysis]' "
            "and try again."
        ) from None


def _frames(attempts: Iterable[Attempt], polars: ModuleType) -> Iterator[polars.DataFrame]:
    """Attempts as tables of some thousand rows, at least one, so that only so many are held at a time."""
    attempts = iter(attempts)
    rows = list(islice(attempts, ROWS_AT_A_TIME))
    yield _frame(rows, polars)
    while rows := list(islice(attempts, ROWS_AT_A_TIME)):
        yield _frame(rows, polars)


def _frame(attempts: list[Attempt], polars: ModuleType) -> polars.DataFrame:
    levels = get_args(get_args(Attempt.model_fields["certainty"].annotation)[0])
    schema = {
        **dict.fromkeys(FIELDS, polars.String),
        "answer": polars.List(polars.String),
        "score": polars.Float64,
        "certainty": polars.Enum(levels),
        "hints": polars.Int64,
        "seconds": polars.Float64,
        "at": polars.Datetime("us", "UTC"),
    }
    return polars.DataFrame({field: [getattr(each, field) for each in attempts] for field in FIELDS}, schema)
