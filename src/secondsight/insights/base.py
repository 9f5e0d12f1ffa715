"""The database that a report is worked out in: on the disk as far as memory does not hold it, gone when all is done."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

MEMORY = "1GB"  # of what is held at once; more goes to the disk
THREADS = 4  # each has buffers of its own


@contextmanager
def new_base() -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """An empty database, and the folder beside it for what is on its way; nobody else can read there."""
    import duckdb

    config = {
        "memory_limit": MEMORY,
        "threads": min(THREADS, os.cpu_count() or 1),
        "preserve_insertion_order": False,
        # Nothing is fetched.
        "autoinstall_known_extensions": False,
    }
    with TemporaryDirectory(prefix="second-sight-") as folder:
        scratch = Path(folder)
        with duckdb.connect(str(scratch / "class.duckdb"), config={**config, "temp_directory": folder}) as base:
            yield base, scratch


def fill(base: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Put rows into a table, some thousand at a time: one by one costs a millisecond each."""
    for start in range(0, len(rows), 1_000):
        some = rows[start : start + 1_000]
        places = ", ".join(f"({', '.join('?' * len(row))})" for row in some)
        base.execute(f"INSERT INTO {table} VALUES {places}", [value for row in some for value in row])
