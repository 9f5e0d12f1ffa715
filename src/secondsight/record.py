"""Attempts kept on the trainee's own machine, in SQLite, each in one short transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
)

Name = Annotated[str, Field(min_length=1, max_length=200)]

SCHEMA = """
create table if not exists attempts (
    id text primary key,
    item text not null,
    at text not null,
    body text not null
) without rowid;
create index if not exists attempts_by_item on attempts (item);
"""


class Attempt(BaseModel):
    """One answer given to one item.

    Attributes:
        item_version: hash of the item's wording when it was answered.
        answer: what was chosen, as the kind of item writes it (see the components in
            ``frontend/src/activities``).
        score: from 0 to 1, as the frontend scored it, None for what is never scored; Python never
            scores an answer.
        certainty: None where the item does not ask for it.
        hints: hints opened before answering.
        seconds: from first sight of the item to the answer.
        at: when, with its time zone.
        text: a trainee's own words, for items that are answered in writing.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Name
    item: Name
    item_version: Name
    lesson: Name
    answer: list[Name] = Field(max_length=50)
    score: Annotated[float, Field(ge=0, le=1)] | None
    certainty: Literal["guessing", "fairly-sure", "sure"] | None
    hints: int = Field(ge=0)
    seconds: float = Field(ge=0, allow_inf_nan=False)
    at: AwareDatetime
    place: Literal["jupyter", "page"]
    text: Annotated[str, Field(max_length=4000)] | None = None

    @model_serializer(mode="wrap")
    def _without_empty_words(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """An attempt without words has no field for them, in Python as in the frontend."""
        data = dump(self)
        if self.text is None:
            del data["text"]
        return data


class RecordError(Exception):
    """The record cannot be read or written; the message says so to a trainee."""


def default_path() -> Path:
    """``record.sqlite3`` in ``SECONDSIGHT_HOME``, by default in the platform's user data folder."""
    home = os.environ.get("SECONDSIGHT_HOME") or platformdirs.user_data_dir("second-sight", appauthor=False)
    return Path(home) / "record.sqlite3"


class Record:
    """The attempts in one SQLite file, opened anew for each piece of work."""

    def __init__(self, path: Path | None = None):
        self.path = path or default_path()

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=30)
        connection.execute("pragma journal_mode = wal")
        connection.executescript(SCHEMA)
        return connection

    def keep(self, attempts: Iterable[Attempt]) -> int:
        """Keep attempts, all or none; one that is known already (by id) changes nothing.

        Returns:
            How many of them are new.

        Raises:
            RecordError: where the file cannot be written.
        """
        rows = [(a.id, a.item, a.at.astimezone(UTC).isoformat(), a.model_dump_json()) for a in attempts]
        try:
            with closing(self._open()) as connection, connection:
                before = connection.total_changes
                connection.executemany("insert or ignore into attempts values (?, ?, ?, ?)", rows)
                return connection.total_changes - before
        except (OSError, sqlite3.Error) as error:
            raise RecordError(
                f"Your answer could not be kept on this machine ({error}). You can go on working; "
                "save your progress to a file before you leave."
            ) from error

    def attempts(self, items: Iterable[str] | None = None) -> list[Attempt]:
        """Attempts in the order they were made: all, or those at the given items.

        Raises:
            RecordError: where the file cannot be read.
        """
        wanted = None if items is None else list(items)
        where = "" if wanted is None else f" where item in ({','.join('?' * len(wanted))})"
        try:
            with closing(self._open()) as connection:
                rows = connection.execute(f"select body from attempts{where} order by at, id", wanted or []).fetchall()
        except (OSError, sqlite3.Error) as error:
            raise RecordError(f"Your earlier answers could not be read ({error}).") from error
        return [attempt for (body,) in rows if (attempt := _attempt(body))]


def _attempt(body: str) -> Attempt | None:
    """A row's attempt; a damaged row stays where it is and hides no other."""
    try:
        return Attempt.model_validate_json(body)
    except ValidationError:
        return None
