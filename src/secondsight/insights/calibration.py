"""Whether being sure goes with being right."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from .answers import RIGHT
from .columns import CERTAINTIES
from .frames import frame, spread
from .intervals import clustered_share, is_small
from .spotting import clusters

if TYPE_CHECKING:
    import duckdb
    import polars


def calibration(base: duckdb.DuckDBPyConnection, pseudonyms: list[str]) -> polars.DataFrame:
    """For each certainty, from the surest, right answers / answers: of the class, then of each trainee.

    All scored answers to today's wording count, as on a trainee's own page (``frontend/src/scoring/calibration.ts``);
    right is a score from 0.8 on. The intervals are Wilson's; in those of the class the answers of one trainee count as
    going together (``clustered_share``).
    """
    found = base.execute(
        f"""
        SELECT trainee, certainty, count(*), count(*) FILTER (score >= {RIGHT}) FROM attempts
        WHERE item IS NOT NULL AND score IS NOT NULL AND certainty IS NOT NULL GROUP BY ALL
        """
    ).fetchall()
    given: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for trainee, certainty, n, right in found:
        given[trainee][certainty] = (right, n)
    rows = [_row(None, place, [each[place] for each in given.values() if place in each]) for place in range(3)]
    for trainee in sorted(given):
        pairs = given[trainee]
        rows += [_row(pseudonyms[trainee], place, [pairs[place]] if place in pairs else []) for place in range(3)]
    return frame("calibration", rows)


def _row(trainee: str | None, place: int, pairs: list[tuple[int, int]]) -> dict[str, Any]:
    sums = clusters(pairs)
    return {
        "trainee": trainee,
        "certainty": CERTAINTIES[place],
        "n": sums[2],
        "right": sums[1],
        **spread("share", clustered_share(*sums)),
        "small": is_small(sums[2]),
    }
