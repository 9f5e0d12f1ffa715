"""The progress file: JSON Lines that a trainee takes away. The first line, the head, says what is in it."""

from __future__ import annotations

import json
import shutil
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from pydantic_core import from_json

from .attempt import CLOCKS_DIFFER, Attempt, read_lines
from .record_file import NOT_TAKEN, Record, RecordError
from .refusal import Refusal

FORMAT = "second-sight-progress"
VERSION = 2
LONGEST_LINE = 1 << 16  # bytes
IN_MEMORY = 1 << 20  # bytes of a file that are held before it goes to a temporary one
BATCH = 1 << 18  # bytes of lines that are read at once

NO_PROGRESS_FILE = (
    "This is not a progress file of this course. Choose the file that “Save my progress” gave you. Nothing was changed."
)
NEWER = (
    "This progress file was made by a newer version of the course. Open it there, or update this course. "
    "Nothing was changed."
)
OTHER_COURSE = "This progress file belongs to another course (“{}”). Nothing was changed."


class ProgressFileError(Refusal):
    """A file is no progress file that can be taken in here; the message says so to a trainee."""


def write(attempts: Callable[[], Iterator[Attempt]], course: str, out: BinaryIO) -> int:
    """Write a progress file, in memory that does not grow with it.

    Args:
        attempts: gives them one after another, such as ``Record.stream``.

    Returns:
        How many attempts it holds.
    """
    count = checksum = 0
    # The head stands first and is known last.
    with SpooledTemporaryFile(IN_MEMORY) as body:
        for count, attempt in enumerate(attempts(), 1):  # noqa: B007
            line = f"{attempt.model_dump_json()}\n".encode()
            checksum = zlib.crc32(line, checksum)
            body.write(line)
        head = {"format": FORMAT, "version": VERSION, "course": course, "count": count, "checksum": named(checksum)}
        out.write(f"{json.dumps(head, ensure_ascii=False)}\n".encode())
        body.seek(0)
        shutil.copyfileobj(body, out)
    return count


@dataclass(frozen=True)
class Taken:
    """What became of a file that was taken in.

    Attributes:
        fresh: attempts that are new to the record.
        known: attempts that the record had, or that stand in the file once more.
        unread: lines that hold no attempt, or are too long.
        missing: attempts that the head promises and the file does not have.
        changed: whether the checksum differs.
        future: attempts dated more than a day ahead, by a wrong clock; they are among ``fresh`` and ``known``.
    """

    fresh: int
    known: int
    unread: int
    missing: int
    changed: bool
    future: int

    def to_dict(self) -> dict[str, int | bool]:
        """The same as plain data, for a reply to the frontend."""
        return asdict(self)


class Loading:
    """Takes a progress file in, fed piece by piece as it arrives; nothing reaches the record before ``finish``."""

    def __init__(self, record: Record, course: str):
        self._record = record
        self._course = course
        self._head: dict[str, Any] | None = None
        self._checksum = 0
        self._rest = b""  # of a line whose end has not come
        self._skipping = False  # inside a line that is too long
        self._lines = 0  # but for empty ones
        self._staged = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed by `finish` or `drop`)

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the file, of any size.

        Raises:
            ProgressFileError: as soon as it shows that this is no file to be taken in here.
            RecordError: where there is no room for the file.
        """
        for start in range(0, len(piece), IN_MEMORY):
            self._feed(piece[start : start + IN_MEMORY])

    def finish(self) -> Taken:
        """Put what the file holds into the record, in one transaction.

        Raises:
            ProgressFileError: where the file ended within its head, or holds none.
            RecordError: where the record cannot be written; then nothing is changed.
        """
        with self._staged:
            if self._head is None:
                self._feed(b"\n")
            self._stage([self._rest])
            batches = _Batches(self._staged)
            fresh = self._record.take(batches)
        promised = self._head["count"]
        return Taken(
            fresh=fresh,
            known=batches.attempts - fresh,
            unread=self._lines - batches.attempts,
            missing=max(0, promised - self._lines),
            changed=self._head["version"] > 1 and self._head.get("checksum") != named(self._checksum),
            future=batches.future,
        )

    def drop(self) -> None:
        """Forget what was fed."""
        self._staged.close()

    def _feed(self, piece: bytes) -> None:
        if self._head is None:
            piece = self._rest + piece
            first, end, self._rest = piece.partition(b"\n")
            if len(first) > LONGEST_LINE:
                raise ProgressFileError(NO_PROGRESS_FILE)
            if not end:
                self._rest = first
                return
            self._head = read_head(first, self._course)
            piece, self._rest = self._rest, b""
        self._checksum = zlib.crc32(piece, self._checksum)
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if self._skipping and lines:
            self._skipping = False
            del lines[0]
        if self._skipping or len(self._rest) > LONGEST_LINE:
            self._lines += not self._skipping
            self._rest, self._skipping = b"", True
        self._stage(lines)

    def _stage(self, lines: list[bytes]) -> None:
        """Count lines that are not empty and put those aside that are not too long."""
        lines = [line for line in lines if line and not line.isspace()]
        self._lines += len(lines)
        try:
            self._staged.write(b"".join(line + b"\n" for line in lines if len(line) <= LONGEST_LINE))
        except OSError as error:
            raise RecordError(NOT_TAKEN.format(error)) from error


class _Batches:
    """The attempts among staged lines, some at a time, and how many they were the last time."""

    def __init__(self, staged: BinaryIO):
        self._staged = staged
        self.attempts = self.future = 0

    def __iter__(self) -> Iterator[list[Attempt]]:
        self._staged.seek(0)
        self.attempts = self.future = 0
        ahead = datetime.now(UTC) + CLOCKS_DIFFER
        while lines := self._staged.readlines(BATCH):
            attempts = [attempt for attempt in read_lines(lines) if attempt]
            self.attempts += len(attempts)
            self.future += sum(attempt.at > ahead for attempt in attempts)
            yield attempts


def read_head(line: bytes, course: str) -> dict[str, Any]:
    """The head of a progress file, with ``count`` 0 where it gives none.

    Raises:
        ProgressFileError: where it is none, or one of a newer version or of another course.
    """
    try:
        head = from_json(line.removeprefix(BOM_UTF8))
    except ValueError:
        head = None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise ProgressFileError(NO_PROGRESS_FILE)
    if not _is_count(head.get("version")) or not isinstance(head.get("course"), str):
        raise ProgressFileError(NO_PROGRESS_FILE)
    if head["version"] > VERSION:
        raise ProgressFileError(NEWER)
    if head["course"] != course:
        raise ProgressFileError(OTHER_COURSE.format(head["course"][:60]))
    return {**head, "count": head["count"] if _is_count(head.get("count")) else 0}


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def named(checksum: int) -> str:
    """A CRC-32 as a head names it."""
    return f"crc32:{checksum:08x}"
