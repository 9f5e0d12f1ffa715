"""Attempts kept on the trainee's own machine, in SQLite, each in one short transaction."""

from __future__ import annotations

import glob
import heapq
import os
import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from sqlite3 import Connection
from typing import Any, TypeVar

import platformdirs
from pydantic_core import from_json, to_json

from .attempt import CLOCKS_DIFFER, Attempt, in_order, read_lines
from .refusal import Refusal

VERSION = 2
PATIENCE = 30  # seconds to wait for others who write
CACHE = 16_384  # KiB, of which a lesson needs next to nothing; large files load faster by a fifth
BATCH = 1000  # attempts held at once while many pass through

COLUMNS = (
    "id", "item", "item_version", "lesson", "answer", "score", "certainty", "hints", "seconds", "at", "place", "text",
    "sitting",
)  # fmt: skip
SCHEMA = (
    """
    create table attempts (
        id text primary key,
        item text not null,
        item_version text not null,
        lesson text not null,
        answer text not null,    -- a list, as JSON
        score real,
        certainty text,
        hints integer not null,
        seconds real not null,
        at text not null,        -- UTC, of fixed width, so that the order of texts is the order of times
        place text not null,
        text text,
        sitting text
    ) without rowid
    """,
    "create index attempts_by_item on attempts (item, at, id)",
    "create index attempts_by_time on attempts (at, id)",
    # Rows of an earlier version that held no attempt.
    "create table unread (body text not null)",
)
SELECT = f"select {', '.join(COLUMNS)} from attempts"
# Not "insert or ignore", which passes over every other fault as well.
INSERT = f"insert into attempts values ({', '.join('?' * len(COLUMNS))}) on conflict (id) do nothing"

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

NOT_KEPT = (
    "Your answer could not be kept on this machine ({}). You can go on working; "
    "save your progress to a file before you leave."
)
NOT_TAKEN = "The answers in this file could not be kept on this machine ({}). Nothing was changed."
NOT_READ = "Your earlier answers could not be read ({})."
NOT_ERASED = "Your answers could not all be erased on this machine ({})."

T = TypeVar("T")

# By the record's path: attempts that could not be written and wait for the next that can, by id.
_unkept: dict[str, dict[str, Attempt]] = {}
_unkept_lock = threading.Lock()


class RecordError(Refusal):
    """The record cannot be read or written; the message says so to a trainee."""


class _Damage(Exception):
    """The record's file is damaged."""

    def __init__(self, path: Path, error: sqlite3.Error):
        super().__init__(str(error))
        self.file = _identity(path)


def default_path(course: str = "second-sight") -> Path:
    """A course's record in ``SECONDSIGHT_HOME``, by default in the platform's user data folder."""
    home = os.environ.get("SECONDSIGHT_HOME") or platformdirs.user_data_dir("second-sight", appauthor=False)
    return Path(home) / ("record.sqlite3" if course == "second-sight" else f"record-{course}.sqlite3")


class Record:
    """The attempts in one SQLite file, opened anew for each piece of work.

    An attempt is known by its id, and what is kept is never changed. Many processes may work on one record.

    Attributes:
        set_aside: where the record's file was put when it proved damaged and a new one was begun; None if it did not.
    """

    def __init__(self, path: Path | None = None):
        self.path = path or default_path()
        self.set_aside: Path | None = None

    def keep(self, attempts: Iterable[Attempt]) -> int:
        """Keep attempts, all or none; one that is known already changes nothing.

        Those that cannot be written are remembered in this process, are read back like the others, and are written
        with the next that can.

        Returns:
            How many of them are new.

        Raises:
            RecordError: where the file cannot be written.
        """
        given = list(attempts)
        try:
            return self._add([given], NOT_KEPT)
        except RecordError:
            with _unkept_lock:
                waiting = _unkept.setdefault(self._key, {})
                for attempt in given:
                    waiting.setdefault(attempt.id, attempt)
            raise

    def take(self, batches: Iterable[list[Attempt]]) -> int:
        """Keep a stream of attempts in one transaction, in memory that does not grow with their number.

        Args:
            batches: gone through once more where the record proves damaged on the way. Where that cannot be,
                because it is a mere iterator, there is an error.

        Returns:
            How many of them are new.

        Raises:
            RecordError: where the file cannot be written; then none is kept.
        """
        return self._add(batches, NOT_TAKEN)

    def attempts(self, items: Iterable[str] | None = None) -> list[Attempt]:
        """Attempts in the order they were made: all, or those at the given items.

        Raises:
            RecordError: where the file cannot be read.
        """
        wanted = None if items is None else dict.fromkeys(items)

        def read(connection: Connection, _: ExitStack) -> list[Attempt]:
            waiting = self._waiting(connection)
            if wanted is None:
                return [*heapq.merge(_ordered(connection), waiting, key=in_order)]
            rows = [row for item in wanted for row in connection.execute(f"{SELECT} where item = ?", [item])]
            return sorted([*_attempts(rows), *(a for a in waiting if a.item in wanted)], key=in_order)

        return self._read(read)

    def newest(self, items: Iterable[str], each: int) -> list[Attempt]:
        """For each item its first attempt and its newest, in the order they were made.

        The cost does not grow with the record.

        Args:
            each: how many of the newest. Attempts dated in the future, by a wrong clock, count as the oldest of them.

        Raises:
            RecordError: where the file cannot be read.
        """
        wanted = list(dict.fromkeys(items))
        now = datetime.now(UTC) + CLOCKS_DIFFER

        def read(connection: Connection, _: ExitStack) -> list[Attempt]:
            waiting = self._waiting(connection)
            found: dict[str, Attempt] = {}
            for item in wanted:
                rows = []
                for part, limit in (("order by at, id", 1), ("and at <= :now order by at desc, id desc", each),
                                    ("and at > :now order by at desc, id desc", each)):  # fmt: skip
                    values = {"item": item, "now": _moment(now), "limit": limit}
                    rows += connection.execute(f"{SELECT} where item = :item {part} limit :limit", values)
                here = sorted([*_attempts(rows), *(a for a in waiting if a.item == item)], key=in_order)
                by_age = sorted({a.id: a for a in here}.values(), key=lambda a: (a.at <= now, *in_order(a)))
                found |= {a.id: a for a in [*here[:1], *by_age[max(0, len(by_age) - each) :]]}
            return sorted(found.values(), key=in_order)

        return self._read(read)

    def unasked(self, items: Iterable[str]) -> int:
        """How many attempts there are at other items than these.

        Raises:
            RecordError: where the file cannot be read.
        """
        wanted = set(items)

        def read(connection: Connection, _: ExitStack) -> int:
            counted = connection.execute("select item, count(*) from attempts group by item")
            kept = sum(count for item, count in counted if item not in wanted)
            return kept + sum(attempt.item not in wanted for attempt in self._waiting(connection))

        return self._read(read)

    def stream(self) -> Iterator[Attempt]:
        """All attempts in the order they were made, as they stood at the first, one after another from the file.

        Raises:
            RecordError: where the file cannot be read.
        """

        def begin(connection: Connection, opened: ExitStack) -> tuple[ExitStack, Iterator[Attempt]]:
            attempts = heapq.merge(_ordered(connection), self._waiting(connection), key=in_order)
            first = [*islice(attempts, 1)]
            return opened.pop_all(), chain(first, attempts)

        opened, attempts = self._read(begin)
        try:
            with opened:
                yield from attempts
        except _Damage as damage:
            # Some attempts are given out already, so this is not done once more.
            with suppress(OSError, sqlite3.Error):
                self._put_aside(damage)
            raise RecordError(NOT_READ.format(damage)) from damage
        except sqlite3.Error as error:
            raise RecordError(NOT_READ.format(error)) from error

    def erase(self) -> int:
        """Erase every attempt: those kept, those that wait to be, and those in files that were set aside.

        Returns:
            How many attempts there were.

        Raises:
            RecordError: where the file cannot be written.
        """

        def erase(connection: Connection) -> int:
            connection.execute("pragma secure_delete = on")
            connection.execute("begin immediate")
            ((kept,),) = connection.execute("select count(*) from attempts")
            count = kept + len(self._waiting(connection))
            connection.execute("delete from attempts")
            connection.execute("delete from unread")
            connection.execute("commit")
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")
            for path in self._all_set_aside():
                path.unlink()
            return count

        # Nobody else has the file open meanwhile, so nothing of it stays in the write-ahead log.
        count = self._work(erase, NOT_ERASED, exclusive=True)
        with _unkept_lock:
            _unkept.pop(self._key, None)
        return count

    @property
    def _key(self) -> str:
        return os.path.abspath(self.path)

    def _waiting(self, connection: Connection | None = None) -> list[Attempt]:
        """What could not be kept so far, in order; of that, with a connection, what its file does not hold."""
        with _unkept_lock:
            waiting = sorted(_unkept.get(self._key, {}).values(), key=in_order)
        if connection:
            known = "select 1 from attempts where id = ?"
            waiting = [a for a in waiting if not connection.execute(known, [a.id]).fetchone()]
        return waiting

    def _add(self, batches: Iterable[list[Attempt]], sentence: str) -> int:
        waiting = self._waiting()
        begun = False

        def add(connection: Connection) -> int:
            nonlocal begun
            if begun and iter(batches) is batches:
                raise OSError(f"the record was damaged and was set aside as {self.set_aside}; load the file again")
            connection.execute("begin immediate")
            connection.executemany(INSERT, map(_row, waiting))
            before = connection.total_changes
            begun = True
            for batch in batches:
                connection.executemany(INSERT, map(_row, batch))
            fresh = connection.total_changes - before
            connection.execute("commit")
            return fresh

        fresh = self._work(add, sentence)
        if waiting:
            with _unkept_lock:
                for attempt in waiting:
                    _unkept.get(self._key, {}).pop(attempt.id, None)
        return fresh

    def _work(self, do: Callable[[Connection], T], sentence: str, exclusive: bool = False) -> T:
        """Do something with the file open; where it proves damaged, set it aside and do it once more."""

        def once() -> T:
            with self._opened(exclusive) as connection:
                return do(connection)

        return self._twice_at_most(once, sentence)

    def _read(self, do: Callable[[Connection, ExitStack], T]) -> T:
        """Read from a snapshot; what is opened for it is closed afterwards, or by who takes it from the stack.

        Where nothing can be read, what waits to be kept is still there.
        """

        def once(source: Callable[[], AbstractContextManager[Connection]]) -> T:
            with ExitStack() as opened:
                return do(opened.enter_context(source()), opened)

        try:
            return self._twice_at_most(partial(once, self._snapshot), NOT_READ)
        except RecordError:
            if not self._waiting():
                raise
            return once(_nothing)

    def _twice_at_most(self, do: Callable[[], T], sentence: str) -> T:
        try:
            try:
                return do()
            except _Damage as damage:
                self._put_aside(damage)
            return do()
        except (OSError, sqlite3.Error, _Damage) as error:
            raise RecordError(sentence.format(error)) from error

    @contextmanager
    def _opened(self, exclusive: bool = False) -> Iterator[Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _lock(self.path, exclusive):
            try:
                with closing(_connect(self.path)) as connection:
                    _patiently(partial(_prepare, connection))
                    yield connection
            except sqlite3.Error as error:
                if _code(error) in DAMAGE:
                    raise _Damage(self.path, error) from error
                raise

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        with ExitStack() as opened:
            try:
                connection = opened.enter_context(self._opened())
            except (OSError, sqlite3.Error) as error:
                connection = opened.enter_context(closing(self._open_to_read_only(error)))
            connection.execute("begin")
            yield connection

    def _open_to_read_only(self, error: Exception) -> Connection:
        """The file where nothing can be written, not even beside it; or the error for which it could not be."""
        for how in ("mode=ro", "mode=ro&immutable=1"):
            with suppress(sqlite3.Error):
                return _migrated(_connect(f"{self.path.absolute().as_uri()}?{how}", uri=True))
        raise error

    def _put_aside(self, damage: _Damage) -> None:
        """Give a damaged file another name, unless another process has done it."""
        with _lock(self.path, exclusive=True):
            if _identity(self.path) == damage.file is not None:
                target = self._free_name()
                # The file comes between its log's copy and the log's end: killed anywhere here, nothing is lost, and
                # SQLite does not take an old log for that of a new file.
                with suppress(FileNotFoundError):
                    shutil.copyfile(f"{self.path}-wal", f"{target}-wal")
                self.path.rename(target)
                for part in ("-wal", "-shm"):
                    Path(f"{self.path}{part}").unlink(missing_ok=True)
                self.set_aside = target
            else:
                files = (path for path in self._all_set_aside() if path.suffix == self.path.suffix)
                self.set_aside = max(files, default=None)

    def _free_name(self) -> Path:
        while True:
            name = f"{self.path.stem}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}{self.path.suffix}"
            if not (path := self.path.with_name(name)).exists():
                return path

    def _all_set_aside(self) -> list[Path]:
        return [*self.path.parent.glob(f"{glob.escape(self.path.stem)}.damaged-*")]


@contextmanager
def _lock(path: Path, exclusive: bool) -> Iterator[None]:
    """Hold the lock of a record: shared by all who have its file open, alone to put the file aside or erase it.

    It is an empty SQLite file beside the record, because SQLite locks alike on every system, and a process that is
    killed lets go.
    """
    with closing(_connect(f"{path}-lock")) as lock:
        lock.execute("begin exclusive" if exclusive else "begin")
        lock.execute("select 1 from sqlite_master").fetchone()
        yield


def _connect(place: str | Path, **settings: Any) -> Connection:
    connection = sqlite3.connect(place, timeout=PATIENCE, isolation_level=None, check_same_thread=False, **settings)
    # Text that is no UTF-8 would hide all other rows; so it is refused with its own.
    connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    return connection


@contextmanager
def _nothing() -> Iterator[Connection]:
    with closing(_connect(":memory:")) as connection:
        _prepare(connection)
        yield connection


def _patiently(do: Callable[[], None]) -> None:
    """Do something that SQLite refuses at once, without waiting, where others are at the same."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return do()
        except sqlite3.OperationalError as error:
            if _code(error) not in BUSY or time.monotonic() > deadline:
                raise
        time.sleep(random.uniform(0.001, 0.02))


def _prepare(connection: Connection) -> None:
    """Make the file one of today's version.

    Raises:
        RecordError: where it is of a newer version; it is left as it is.
    """
    if _version(connection) < VERSION:
        connection.execute("pragma journal_mode = wal")
        connection.execute("begin immediate")
        try:
            # Another process may have been faster.
            if _version(connection) < VERSION:
                _migrate(connection)
                connection.execute(f"pragma user_version = {VERSION}")
            connection.execute("commit")
        finally:
            if connection.in_transaction:
                connection.execute("rollback")
    connection.execute("pragma synchronous = full")
    connection.execute(f"pragma cache_size = -{CACHE}")


def _version(connection: Connection) -> int:
    ((version,),) = connection.execute("pragma user_version")
    if version > VERSION:
        raise RecordError(
            "Your record on this machine was made by a newer version of the course, and is left as it is. "
            "Update this course; until then, save your progress to a file before you leave."
        )
    return version


def _migrate(connection: Connection) -> None:
    """From nothing, or from the first version, whose rows held an attempt as JSON in ``body``."""
    first = connection.execute("select 1 from pragma_table_info('attempts') where name = 'body'").fetchone()
    if first:
        connection.execute("alter table attempts rename to attempts_1")
        connection.execute("drop index if exists attempts_by_item")
    for statement in SCHEMA:
        connection.execute(statement)
    if first:
        bodies = connection.execute("select cast(body as blob) from attempts_1")
        while batch := [body for (body,) in islice(bodies, BATCH)]:
            pairs = [*zip(batch, read_lines(batch), strict=True)]
            connection.executemany(INSERT, (_row(attempt) for _, attempt in pairs if attempt))
            unread = ([body] for body, attempt in pairs if not attempt)
            connection.executemany("insert into unread values (cast(? as text))", unread)
        connection.execute("drop table attempts_1")


def _migrated(connection: Connection) -> Connection:
    """The connection, or one to a copy in today's version where its file is of an earlier one."""
    try:
        if _version(connection) == VERSION:
            return connection
        copy = _connect("")  # a file without a name
        connection.backup(copy)
        _prepare(copy)
    except BaseException:
        connection.close()
        raise
    connection.close()
    return copy


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary code for an error."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is, whatever its name; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _row(attempt: Attempt) -> tuple[Any, ...]:
    a = attempt
    return (
        a.id, a.item, a.item_version, a.lesson, to_json(a.answer).decode(), a.score, a.certainty, a.hints,
        a.seconds, _moment(a.at), a.place, a.text, a.sitting,
    )  # fmt: skip


def _attempts(rows: Iterable[tuple[Any, ...]]) -> Iterator[Attempt]:
    """The attempts in rows of the table; a damaged row stays where it is and hides no other."""
    for row in rows:
        values = dict(zip(COLUMNS, row, strict=True))
        try:
            attempt = Attempt.model_validate({**values, "answer": from_json(values["answer"])})
        except ValueError:
            continue
        yield attempt


def _ordered(connection: Connection) -> Iterator[Attempt]:
    return _attempts(connection.execute(f"{SELECT} order by at, id"))
