"""Attempts taken out of progress files into a table that is worked on: many at once, by the rules of ``Attempt``.

Lines as the course writes them, and no others, are read by DuckDB. Every other line goes to ``attempt.read_lines``,
which alone decides. So what is read here is what the record would take in, and a class of ten million answers is
read in seconds.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..attempt import Attempt, read_lines
from ..course import Course
from ..course.items import Item, kind_of
from ..progress_file import BATCH, LONGEST_LINE
from .base import fill
from .columns import CERTAINTIES
from .files import File

if TYPE_CHECKING:
    import duckdb

# Kinds of item whose options are looked at. What was chosen is kept for these alone.
WITH_OPTIONS = ("choice", "hotspot", "worked", "vignette")

# A line exactly as Python and the page write it. Whatever fits is an attempt by the rules of `Attempt`, but for what
# `_TAKEN` still looks at: how long the names are, and whether there is such a day.
_NAME = '"[A-Za-z0-9:._-]+"'
_NUMBER = "(?:0|[1-9][0-9]{0,14})"
_LINE = (
    r'\{"id":"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",'
    f'"item":{_NAME},"item_version":{_NAME},"lesson":{_NAME},'
    rf'"answer":\[(?:{_NAME}(?:,{_NAME})*)?\],'
    r'"score":(?:null|0(?:\.[0-9]{1,20})?|1(?:\.0{1,20})?),'
    '"certainty":(?:null|"sure"|"fairly-sure"|"guessing"),'
    rf'"hints":{_NUMBER},"seconds":{_NUMBER}(?:\.[0-9]{{1,20}})?,'
    r'"at":"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?Z",'
    '"place":"(?:page|jupyter)"'
    r'(?:,"text":"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt])*")?'
    rf'(?:,"sitting":{_NAME})?\}}'
)
_PARTS = ("id", "item", "item_version", "lesson", "answer", "score", "certainty", "at", "text", "sitting")
_SHORT = " AND ".join(
    [
        *(f"strlen({name}) <= 200" for name in ("item", "item_version", "lesson")),
        "(sitting IS NULL OR strlen(sitting) <= 200)",
        "(text IS NULL OR strlen(text) <= 4000)",
        # 50 answers of one letter have 201 bytes; beyond, each is looked at.
        "(strlen(answer) <= 200 OR (len(string_split(answer, ',')) <= 50"
        """ AND regexp_full_match(answer, '\\["[^"]{1,200}"(?:,"[^"]{1,200}")*\\]')))""",
    ]
)

# What is kept of an attempt, and as which type.
#   item: the item's place in the course, null where its wording is not today's; then asked and version say what it was
#   certainty: place among CERTAINTIES
#   answer: letters without signs between them, or the place of a level
#   sitting, drawn: the sitting of the final check and the item that it asked
#   checked: whether it was given in the final check
#   odd: a line that this way of reading does not take
_KEPT = {
    "file": "UINTEGER",
    "id": "UUID",
    "name": "VARCHAR",  # the id, where it is no UUID
    "item": "USMALLINT",
    "asked": "VARCHAR",
    "version": "VARCHAR",
    "score": "DOUBLE",
    "certainty": "UTINYINT",
    "at": "TIMESTAMP",
    "answer": "VARCHAR",
    "sitting": "VARCHAR",
    "drawn": "VARCHAR",
    "checked": "BOOLEAN",
    "words": "BOOLEAN",
    "odd": "VARCHAR",
}
_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass
class Counted:
    """Lines of one file: those that are not empty, and those that hold an attempt."""

    lines: int = 0
    attempts: int = 0


@dataclass
class Taken:
    """What was taken from all files.

    Attributes:
        counted: lines by file, by its place among the files.
        items: the items that the course asks; the place of an item is its number in the table.
    """

    counted: dict[int, Counted] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)


def take(base: duckdb.DuckDBPyConnection, course: Course, files: list[File], scratch: Path) -> Taken:
    """Put the attempts of all files that count into the table ``taken``, also those that stand in several.

    Args:
        files: their places become the numbers in the column ``file``.
        scratch: a folder for what is read slowly, on its way.
    """
    taken = Taken(items=[item for items in course.items_by_lesson.values() for item in items])
    taken.counted = {place: Counted() for place, file in enumerate(files) if not file.left_out}
    _tables(base, taken.items)
    plain = {str(file.path): n for n, file in enumerate(files) if file.plain and not file.empty and not file.left_out}
    if plain:
        _take_plain(base, plain, course.room("final_check"))
    for place, lines, attempts in base.execute("SELECT file, count(*), count(id) FROM taken GROUP BY file").fetchall():
        taken.counted[place] = Counted(lines, attempts)
    slow = _Slow(base, course.room("final_check"), scratch / "slow.jsonl", taken)
    slow.take(files)
    return taken


def _tables(base: duckdb.DuckDBPyConnection, items: list[Item]) -> None:
    base.execute("CREATE TABLE known (asked VARCHAR, version VARCHAR, item USMALLINT, kind VARCHAR)")
    known = [(item.id, item.version, place, kind_of(item)) for place, item in enumerate(items)]
    fill(base, "known", known)
    base.execute(f"CREATE TABLE taken ({', '.join(f'{name} {type}' for name, type in _columns())})")


def _columns() -> list[tuple[str, str]]:
    return [(f'"{name}"', type) for name, type in _KEPT.items()]


def _take_plain(base: duckdb.DuckDBPyConnection, plain: dict[str, int], check: str) -> None:
    base.execute("CREATE TEMP TABLE paths (path VARCHAR, file UINTEGER)")
    quoted = [path.replace("'", "''") for path in plain]
    fill(base, "paths", [*plain.items()])
    lines = f"""read_csv([{", ".join(f"'{path}'" for path in quoted)}], columns = {{'line': 'VARCHAR'}},
        auto_detect = false, header = false, skip = 1, delim = '\x1f', quote = '', escape = '', comment = '',
        strict_mode = false, compression = 'none', hive_partitioning = false, filename = 'path')"""
    parts = ", ".join(f"'$.{part}'" for part in _PARTS)
    fields = ", ".join(f'parts[{place}] AS "{part}"' for place, part in enumerate(_PARTS, 1))
    base.execute(
        f"""
        INSERT INTO taken BY NAME
        WITH read AS (
            SELECT path, line, CASE WHEN regexp_full_match(line, $line) THEN json_extract_string(line, [{parts}]) END
                AS parts
            FROM {lines} WHERE line <> ''
        ), split AS (
            SELECT path, line, {fields}, parts IS NOT NULL AS fits FROM read
        ), checked AS (
            SELECT * EXCLUDE (fits, "at"), try_cast("at" AS TIMESTAMP) AS "at",
                coalesce(fits AND {_SHORT} AND try_cast(split."at" AS TIMESTAMP) IS NOT NULL, false) AS good
            FROM split
        )
        SELECT file, {_derived("checked")}, CASE WHEN NOT good THEN line END AS odd
        FROM checked JOIN paths USING (path)
        LEFT JOIN known ON good AND known.asked = checked.item AND known.version = checked.item_version
        """,
        {"line": _LINE, "check": check},
    )


def _derived(rows: str) -> str:
    """The columns of an attempt as they are kept, from its fields as text; all are null where it is not good."""
    places = " ".join(f"WHEN '{level}' THEN {place}" for place, level in enumerate(CERTAINTIES))
    kinds = ", ".join(f"'{kind}'" for kind in WITH_OPTIONS)
    drawn = "good AND lesson = $check"
    return f"""
        CASE WHEN good THEN {rows}.id::UUID END AS id,
        CASE WHEN good THEN known.item END AS item,
        CASE WHEN good AND known.item IS NULL THEN {rows}.item END AS asked,
        CASE WHEN good AND known.item IS NULL THEN {rows}.item_version END AS version,
        CASE WHEN good THEN score::DOUBLE END AS score,
        CASE WHEN good THEN CASE certainty {places} END END AS certainty,
        CASE WHEN good THEN "at" END AS "at",
        CASE WHEN known.kind IN ({kinds}) THEN
            CASE WHEN known.kind = 'vignette' THEN string_split(answer, '"')[2] ELSE translate(answer, '[]",', '') END
        END AS answer,
        CASE WHEN {drawn} THEN {rows}.sitting END AS sitting,
        CASE WHEN {drawn} THEN {rows}.item END AS drawn,
        {drawn} AS checked,
        CASE WHEN good THEN text IS NOT NULL END AS words
    """


class _Slow:
    """Reads, line by line, what is not written as the course writes it."""

    def __init__(self, base: duckdb.DuckDBPyConnection, check: str, rows: Path, taken: Taken):
        self._base = base
        self._check = check
        self._path = rows
        self._taken = taken

    def take(self, files: list[File]) -> None:
        with self._path.open("w", encoding="utf-8") as self._rows:
            self._odd()
            for place, file in enumerate(files):
                if not (file.plain or file.empty or file.left_out):
                    self._whole(place, file)
        if self._path.stat().st_size:
            self._put()

    def _odd(self) -> None:
        """Lines of plain files that were not taken."""
        found = self._base.execute("SELECT file, odd FROM taken WHERE odd IS NOT NULL ORDER BY file, odd")
        while rows := found.fetchmany(1_000):
            for place in sorted({row[0] for row in rows}):
                lines = [line.encode() for number, line in rows if number == place]
                # They are counted already; empty ones should not be.
                self._taken.counted[place].lines -= len(lines)
                self._lines(place, lines)
        self._base.execute("DELETE FROM taken WHERE odd IS NOT NULL")

    def _whole(self, place: int, file: File) -> None:
        with file.path.open("rb") as stream:
            stream.readline()
            lines: list[bytes] = []
            size = 0
            while line := stream.readline(LONGEST_LINE + 2):
                if len(line.removesuffix(b"\n")) > LONGEST_LINE:
                    self._taken.counted[place].lines += 1
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(LONGEST_LINE)
                    continue
                lines.append(line.removesuffix(b"\n"))
                size += len(line)
                if size > BATCH:
                    self._lines(place, lines)
                    lines, size = [], 0
            self._lines(place, lines)

    def _lines(self, place: int, lines: Iterable[bytes]) -> None:
        lines = [line for line in lines if line and not line.isspace()]
        attempts = [attempt for attempt in read_lines(lines) if attempt]
        counted = self._taken.counted[place]
        counted.lines += len(lines)
        counted.attempts += len(attempts)
        self._rows.writelines(f"{json.dumps(_row(place, attempt))}\n" for attempt in attempts)

    def _put(self) -> None:
        columns = {name: "VARCHAR" for name in ("id", "item", "item_version", "lesson", "certainty", "sitting", "name")}
        columns |= {"file": "UINTEGER", "score": "DOUBLE", "at": "TIMESTAMP", "answer": "VARCHAR", "text": "VARCHAR"}
        rows = f"read_json($rows, format = 'newline_delimited', columns = {columns!r}, maximum_object_size = 1048576)"
        self._base.execute(
            f"""
            INSERT INTO taken BY NAME
            WITH checked AS (SELECT *, true AS good FROM {rows})
            SELECT file, checked.name, {_derived("checked")}
            FROM checked LEFT JOIN known ON known.asked = checked.item AND known.version = checked.item_version
            """,
            {"rows": str(self._path), "check": self._check},
        )


def _row(place: int, attempt: Attempt) -> dict[str, Any]:
    """An attempt's fields as ``_derived`` takes them. A trainee's words stay where they are."""
    uuid, name = attempt.id, None
    if not _UUID.fullmatch(uuid):
        digest = hashlib.sha256(uuid.encode()).hexdigest()
        uuid, name = f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}", uuid
    return {
        "file": place,
        "id": uuid,
        "name": name,
        "item": attempt.item,
        "item_version": attempt.item_version,
        "lesson": attempt.lesson,
        "answer": json.dumps(attempt.answer, ensure_ascii=False, separators=(",", ":")),
        "score": attempt.score,
        "certainty": attempt.certainty,
        "at": attempt.at.replace(tzinfo=None).isoformat(),
        "text": None if attempt.text is None else "",
        "sitting": attempt.sitting,
    }
