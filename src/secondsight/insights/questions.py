"""How good the questions are: facility, discrimination, and which wordings the class no longer answers.

All rests on each trainee's first scored answer to today's wording of an item: later ones came after the explanation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..course import Course
from ..course.items import Case, Item, Vignette, kind_of
from .answers import UNIT
from .columns import CERTAINTIES
from .frames import frame, spread
from .intervals import Estimate, correlation, is_small, share

if TYPE_CHECKING:
    import duckdb
    import polars

NOBODY = "Nobody has answered it."
ALONE = "Nobody who answered it answered another scored item, so discrimination is not defined."
ALL_RIGHT = "All first answers have the full score, so discrimination is not defined."
ALL_WRONG = "All first answers have a score of nothing, so discrimination is not defined."
ALL_SAME = "All first answers have the same score, so discrimination is not defined."
REST_SAME = "All who answered it did equally well on other items, so discrimination is not defined."
WRONG_WAY = "Those who do well on other items do worse on this one: look at its key and its wording."


def prepare(base: duckdb.DuckDBPyConnection) -> None:
    """Make ``firsts``: first scored answers to scored items, each with the mean score of the trainee's others.

    ``score`` and ``rest`` are whole numbers in ``UNIT``; ``rest`` is null where there is no other.
    """
    base.execute(
        """
        CREATE TABLE firsts AS
        WITH given AS (
                SELECT trainee, item, score, "right", certainty, answer FROM answered JOIN asked USING (item)
                WHERE scored AND score IS NOT NULL
            ),
            totals AS (SELECT trainee, sum(score) AS total, count(*) AS n FROM given GROUP BY trainee)
        SELECT given.*, CASE WHEN n > 1 THEN round((total - score) / (n - 1))::BIGINT END AS rest
        FROM given JOIN totals USING (trainee)
        """
    )


def items(base: duckdb.DuckDBPyConnection, course: Course, asked: list[Item]) -> polars.DataFrame:
    """Each item that is scored, in the order of the course.

    - Facility: the mean score of first answers (F. M. Lord and M. R. Novick, Statistical Theories of Mental Test
      Scores, 1968, chapter 15), with Wilson's interval (``share``).
    - Discrimination: the correlation of the item's score with the mean score on the other items that the trainee
      answered: the corrected item-total correlation, for right and wrong the point-biserial (S. Henrysson,
      Psychometrika 1963;28:211-218). The mean takes the place of the sum because not all trainees answer the same
      items. Fisher's interval (``correlation``).
    - Sure and not right: first answers that were sure with a score below 0.8. They show what is wrongly believed.
    """
    sure = CERTAINTIES.index("sure")
    found = {
        number: counts
        for number, *counts in base.execute(
            f"""
            SELECT item, count(*), sum(score), count(*) FILTER ("right"), count(*) FILTER (certainty = {sure}),
                count(*) FILTER (certainty = {sure} AND NOT "right"), min(score), max(score), count(rest),
                sum(score) FILTER (rest IS NOT NULL), sum(rest), sum(score * score) FILTER (rest IS NOT NULL),
                sum(rest * rest), sum(score * rest)
            FROM firsts GROUP BY item
            """
        ).fetchall()
    }

    def rows() -> Iterator[dict[str, Any]]:
        for number, item in enumerate(asked):
            if item.is_scored:
                yield _item(item, course.lesson_of_item[item.id], [n or 0 for n in found.get(number, [0] * 13)])

    return frame("items", list(rows()))


def _item(item: Item, lesson: str, counts: list[int]) -> dict[str, Any]:
    n, total, right, sure, sure_wrong, least, most, rest_n, *sums = counts
    discrimination = correlation(rest_n, *sums)
    return {
        "item": item.id,
        "kind": kind_of(item),
        "lesson": lesson,
        "objective": item.objective,
        "asks": asks(item),
        "n": n,
        **spread("facility", share(total / UNIT, n)),
        "right": right,
        "sure": sure,
        "sure_wrong": sure_wrong,
        "discrimination_n": rest_n,
        **spread("discrimination", discrimination),
        "small": is_small(n),
        "discrimination_small": is_small(rest_n, "correlation"),
        "says": _says(n, rest_n, (least, most), discrimination),
    }


def _says(n: int, rest_n: int, ends: tuple[int, int], discrimination: Estimate) -> str:
    if n == 0:
        return NOBODY
    if rest_n == 0:
        return ALONE
    if discrimination.value is None:
        return {(UNIT, UNIT): ALL_RIGHT, (0, 0): ALL_WRONG}.get(ends) or (ALL_SAME if ends[0] == ends[1] else REST_SAME)
    return WRONG_WAY if discrimination.high is not None and discrimination.high < 0 else ""


def asks(item: Item) -> str:
    """What an item asks, in its own words."""
    if isinstance(item, Vignette):
        return "".join(piece for piece, _ in item.pieces)
    return item.title if isinstance(item, Case) else item.stem


def reworded(base: duckdb.DuckDBPyConnection, asked: list[Item]) -> polars.DataFrame:
    """Items with answers that do not count: their wording is not today's, or the course asks them no longer."""
    known = {item.id for item in asked}
    found = base.execute(
        """
        SELECT asked, count(DISTINCT version), count(*), count(DISTINCT trainee), max("at") FILTER ("at" <= ahead)
        FROM attempts CROSS JOIN clock WHERE item IS NULL GROUP BY asked
        """
    ).fetchall()
    rows = [
        {"item": id, "gone": id not in known, "versions": versions, "answers": n, "trainees": trainees, "last": last}
        for id, versions, n, trainees, last in found
    ]
    return frame("reworded", sorted(rows, key=lambda row: (-row["answers"], row["item"])))
