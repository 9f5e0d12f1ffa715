"""From the check before the course to the final one, by the rules of ``frontend/src/scoring/sittings.ts``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..course import Course
from ..course.items import Item
from .answers import RIGHT
from .frames import frame, spread
from .intervals import NOTHING, difference, is_small, mean, share

if TYPE_CHECKING:
    import duckdb
    import polars

DIFFERENT = "The two checks ask different questions, so the gain is a hint and not a measurement."


def gains(
    base: duckdb.DuckDBPyConnection, course: Course, items: list[Item], pseudonyms: list[str]
) -> polars.DataFrame:
    """For each trainee who has one check or both: shares right, and the gain with Newcombe's interval.

    - Before: the first answer to today's wording of each item of the quiz that the final check names, outside of the
      final check itself.
    - After: the newest sitting that is finished, that is, in which as many items are answered as the check asks; of
      each item its first answer in that sitting, whatever its wording.
    - Right is a score from 0.8 on. Gain = after - before (``difference``).
    """
    if course.final_check is None:
        return frame("gains", [])
    before = _before(base, course, items)
    after = _after(base, sum(draw.items for draw in course.final_check.draws))

    def row(trainee: int) -> dict[str, Any]:
        had, has = before.get(trainee), after.get(trainee)
        gain = difference(share(*had), share(*has)) if had and has else NOTHING
        return {
            "trainee": pseudonyms[trainee],
            "before_right": had and had[0],
            "before_of": had and had[1],
            "after_right": has and has[0],
            "after_of": has and has[1],
            **spread("gain", gain),
        }

    return frame("gains", [row(trainee) for trainee in sorted({*before, *after})])


def _before(base: duckdb.DuckDBPyConnection, course: Course, items: list[Item]) -> dict[int, tuple[int, int]]:
    quiz = {item.id for item in course.quizzes[course.final_check.before].items}
    numbers = [number for number, item in enumerate(items) if item.id in quiz]
    found = base.execute(
        f"""
        SELECT trainee, count(*) FILTER (score >= {RIGHT}), count(*) FROM (
            SELECT trainee, arg_min({{score: score}}, ("at", id)).score AS score FROM attempts
            WHERE item IN (SELECT unnest(?::USMALLINT[])) AND NOT checked GROUP BY trainee, item
        ) GROUP BY trainee
        """,
        [numbers],
    ).fetchall()
    return {trainee: (right, of) for trainee, right, of in found}


def _after(base: duckdb.DuckDBPyConnection, length: int) -> dict[int, tuple[int, int]]:
    found = base.execute(
        f"""
        WITH firsts AS (
            SELECT trainee, sitting, drawn, arg_min({{score: score}}, ("at", id)).score AS score,
                min(("at", id)) AS begun
            FROM attempts WHERE sitting IS NOT NULL GROUP BY trainee, sitting, drawn
        ), sittings AS (
            SELECT trainee, sitting, count(*) FILTER (score >= {RIGHT}) AS "right", count(*) AS n, min(begun) AS begun
            FROM firsts GROUP BY trainee, sitting HAVING count(*) >= ?
        )
        SELECT trainee, arg_max("right", begun), arg_max(n, begun) FROM sittings GROUP BY trainee
        """,
        [length],
    ).fetchall()
    return {trainee: (right, of) for trainee, right, of in found}


def gain(gains: polars.DataFrame, course: Course) -> polars.DataFrame:
    """The class: the mean of the gains of those who have both checks, with Student's t interval (``mean``).

    Each trainee counts as one, so that nobody's answers weigh more and the interval is that of trainees, not of
    answers. No row where the course has no final check.
    """
    if course.final_check is None:
        return frame("gain", [])
    both = gains.drop_nulls(["before_of", "after_of"])
    before = [right / of for right, of in both.select("before_right", "before_of").iter_rows()]
    after = [right / of for right, of in both.select("after_right", "after_of").iter_rows()]
    found = mean([b - a for a, b in zip(before, after, strict=True)])
    row = {
        "n": len(both),
        "n_before": gains["before_of"].count(),
        "n_after": gains["after_of"].count(),
        "before": mean(before).value,
        "after": mean(after).value,
        **spread("gain", found),
        "small": is_small(len(both), "mean"),
        "says": _says(len(both), found.low is None),
    }
    return frame("gain", [row])


def _says(n: int, no_interval: bool) -> str:
    if n == 0:
        return "Nobody has answered both checks, so there is no gain to work out."
    if n == 1:
        return f"One trainee has both checks; a mean of one has no interval. {DIFFERENT}"
    if no_interval:
        return f"All gained the same, so there is no interval. {DIFFERENT}"
    return DIFFERENT
