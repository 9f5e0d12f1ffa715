"""Which files are of one trainee, each attempt once, and by what pseudonym a trainee is known."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..xapi import home_page
from .base import fill

if TYPE_CHECKING:
    import duckdb

SHORTEST = 8  # characters of a pseudonym


@dataclass(frozen=True)
class Sorted:
    """What became of the attempts of all files.

    Attributes:
        pseudonyms: by the trainee's number, which goes by the pseudonym.
        trainee: the trainee's number, by the place of a file that holds attempts.
        distinct: attempts in a file, each once, by the file's place.
        kept: of these, those that count for this file and for no other.
    """

    pseudonyms: list[str]
    trainee: dict[int, int]
    distinct: dict[int, int]
    kept: dict[int, int]


def sort_out(base: duckdb.DuckDBPyConnection, course: str) -> Sorted:
    """Leave each attempt once in ``taken``, and make the view ``attempts``: the same with the trainee's number.

    Two files that share an attempt are of one trainee: an earlier and a later save, or the same file twice. An attempt
    that stands in several files counts for the largest of them, the first by path among equals. Where its copies
    differ, which only happens to a file that was changed, that file's copy counts, and of two in one file the earlier.

    Args:
        course: id of the course.
    """
    base.execute(
        """
        CREATE TEMP TABLE sizes AS SELECT file, count(*) AS size FROM taken GROUP BY file;
        CREATE TEMP TABLE doubled AS SELECT id FROM taken GROUP BY id HAVING count(*) > 1;
        CREATE TEMP TABLE copies AS
            SELECT taken.rowid AS copy, id, file,
                row_number() OVER (PARTITION BY id ORDER BY size DESC, file, "at", item, asked, version, score,
                    certainty, answer, sitting, words) AS nth,
                min(file) OVER (PARTITION BY id) AS first
            FROM taken JOIN doubled USING (id) JOIN sizes USING (file);
        """
    )
    size = dict(base.execute("SELECT file, size FROM sizes").fetchall())
    again = dict(base.execute("SELECT file, count(*) - count(DISTINCT id) FROM copies GROUP BY file").fetchall())
    surplus = dict(base.execute("SELECT file, count(*) FROM copies WHERE nth > 1 GROUP BY file").fetchall())
    groups = _groups(sorted(size), base.execute("SELECT DISTINCT first, file FROM copies").fetchall())
    base.execute("DELETE FROM taken WHERE rowid IN (SELECT copy FROM copies WHERE nth > 1)")
    pseudonyms = _pseudonyms(_firsts(base, groups), course)
    numbers = {group: number for number, group in enumerate(sorted(pseudonyms, key=pseudonyms.__getitem__))}
    trainee = {file: numbers[group] for file, group in groups.items()}
    base.execute("CREATE TABLE trainees (file UINTEGER, trainee UINTEGER)")
    fill(base, "trainees", [*trainee.items()])
    base.execute("CREATE TABLE people (trainee UINTEGER, pseudonym VARCHAR)")
    fill(base, "people", [*enumerate(sorted(pseudonyms.values()))])
    base.execute("CREATE VIEW attempts AS SELECT * FROM taken JOIN trainees USING (file)")
    return Sorted(
        pseudonyms=sorted(pseudonyms.values()),
        trainee=trainee,
        distinct={file: size[file] - again.get(file, 0) for file in size},
        kept={file: size[file] - surplus.get(file, 0) for file in size},
    )


def _groups(files: list[int], pairs: list[tuple[int, int]]) -> dict[int, int]:
    """For each file the first of those that it is joined to by pairs, directly or by way of others."""
    leader = {file: file for file in files}

    def lead(file: int) -> int:
        while leader[file] != file:
            leader[file] = file = leader[leader[file]]
        return file

    for one, other in pairs:
        low, high = sorted((lead(one), lead(other)))
        leader[high] = low
    return {file: lead(file) for file in files}


def _firsts(base: duckdb.DuckDBPyConnection, groups: dict[int, int]) -> dict[int, str]:
    """The id of the first attempt of each group of files, by the group's first file."""
    firsts: dict[int, tuple] = {}
    for file, at, id in base.execute(
        'SELECT file, min("at"), arg_min(coalesce(name, id::VARCHAR), ("at", id)) FROM taken GROUP BY file'
    ).fetchall():
        group = groups[file]
        firsts[group] = min(firsts.get(group, (at, id)), (at, id))
    return {group: id for group, (_, id) in firsts.items()}


def _pseudonyms(firsts: dict[int, str], course: str) -> dict[int, str]:
    """The beginning of the name that ``xapi.statements`` gives to who made this attempt; longer where two share it."""
    home = home_page(course)
    whole = {group: hashlib.sha256(f"{home} {id}".encode()).hexdigest()[:32] for group, id in firsts.items()}
    named: dict[int, str] = {}
    for length in range(SHORTEST, 33, 4):
        times = Counter(name[:length] for group, name in whole.items() if group not in named)
        named |= {
            group: name[:length]
            for group, name in whole.items()
            if group not in named and (times[name[:length]] == 1 or length == 32)
        }
    return named
