"""Attempts, files and records for the tests of what a trainee did."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

from hypothesis import strategies as st

from secondsight import progress_file
from secondsight.attempt import Attempt
from secondsight.progress_file import Loading, Taken
from secondsight.record_file import Record

COURSE = "second-sight"


def attempt(id: str = "one", **changed) -> Attempt:
    return Attempt.model_validate(
        {
            "id": id,
            "item": "which-ache",
            "item_version": "abc",
            "lesson": "first",
            "answer": ["b"],
            "score": 1.0,
            "certainty": "sure",
            "hints": 0,
            "seconds": 12.4,
            "at": "2026-11-22T10:15:00Z",
            "place": "jupyter",
            **changed,
        }
    )


def many(count: int, prefix: str = "a") -> Iterable[Attempt]:
    """Attempts at thirty items, seven seconds apart, given out one after another."""
    first = attempt()
    for n in range(count):
        change = {"id": f"{prefix}-{n:07}", "item": f"item-{n % 30}", "at": first.at + timedelta(seconds=7 * n)}
        yield first.model_copy(update=change)


NAMES = st.text(min_size=1, max_size=200)
ZONES = [timezone(timedelta(hours=hours)) for hours in (-5, 0, 2)]
ATTEMPTS = st.builds(
    Attempt,
    id=NAMES, item=NAMES, item_version=NAMES, lesson=NAMES, answer=st.lists(NAMES, max_size=8),
    score=st.none() | st.floats(0, 1), hints=st.integers(0, 2**53),
    certainty=st.sampled_from([None, "guessing", "fairly-sure", "sure"]),
    seconds=st.floats(0, allow_infinity=False), at=st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30),
    timezones=st.sampled_from(ZONES)), place=st.sampled_from(["jupyter", "page"]),
    text=st.none() | st.text(max_size=4000), sitting=st.none() | NAMES,
)  # fmt: skip
# Each known by its id alone.
RECORDS = st.lists(ATTEMPTS, max_size=8, unique_by=lambda each: each.id)


def saved(attempts: Iterable[Attempt], course: str = COURSE) -> bytes:
    """A progress file of these attempts."""
    out = io.BytesIO()
    progress_file.write(lambda: iter(attempts), course, out)
    return out.getvalue()


def load(data: bytes | Iterable[bytes], record: Record, course: str = COURSE) -> Taken:
    """Take a progress file in, whole or in pieces."""
    loading = Loading(record, course)
    for piece in [data] if isinstance(data, bytes) else data:
        loading.feed(piece)
    return loading.finish()


def first_version(path: Path, bodies: Iterable[tuple[str, str]]) -> None:
    """A record as version 0.1 of the course made it: an id and a body of JSON for each attempt."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(
            """
            create table if not exists attempts (
                id text primary key,
                item text not null,
                at text not null,
                body text not null
            ) without rowid;
            create index if not exists attempts_by_item on attempts (item);
            """
        )
        connection.executemany("insert into attempts values (?, 'which-ache', '2026-11-22T10:15:00+00:00', ?)", bodies)
