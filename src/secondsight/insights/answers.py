"""What each trainee answered to each item: the first answer, the newest, and how it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..course import Course
from ..course.items import kind_of
from ..course.model import Objective
from .base import fill

if TYPE_CHECKING:
    import duckdb

# From this score on an answer counts as right, and so many days must lie between two right answers that show that
# something has stayed: as in `frontend/src/scoring`, `right.ts` and `standing.ts`.
RIGHT = 0.8
HOLDS = 3
# A day ends at four in the morning (`day.ts`). A file does not say where a trainee is, so it is four o'clock in UTC.
_DAY = '(epoch_us("at") - 14_400_000_000) // 86_400_000_000'
# Scores are summed as whole numbers of this size, so that the order of the files changes no figure.
UNIT = 1 << 30


def asking(course: Course) -> list[str]:
    """Ids of the lessons that ask something, in the order of the course."""
    return [id for id, items in course.items_by_lesson.items() if items]


def objectives_of(course: Course) -> dict[str, tuple[Objective, str]]:
    """Each objective that has items, in the order of the course, with the id of its lesson."""
    tested = {item.objective for items in course.items_by_lesson.values() for item in items}
    return {
        objective.id: (objective, lesson.id)
        for lesson in course.lessons.values()
        for objective in lesson.objectives
        if objective.id in tested
    }


def prepare(base: duckdb.DuckDBPyConnection, course: Course) -> None:
    """Make the tables that all figures rest on.

    ``asked``: for each item its number, the places of its objective and lesson, its kind, whether it is scored.
    ``answered``: for each trainee and item, of the answers to today's wording: the first one that is scored (``score``
    in ``UNIT``, ``certainty``, ``answer``), and whether the newest one counts and holds. What is never scored counts
    when it is answered.
    """
    objectives = {id: place for place, id in enumerate(objectives_of(course))}
    base.execute(
        "CREATE TABLE asked (item USMALLINT, objective USMALLINT, lesson USMALLINT, kind VARCHAR, scored BOOL)"
    )
    rows = [
        (objectives.get(item.objective), place, kind_of(item), item.is_scored)
        for place, lesson in enumerate(asking(course))
        for item in course.items_by_lesson[lesson]
    ]
    fill(base, "asked", [(n, *row) for n, row in enumerate(rows)])
    base.execute(
        f"""
        CREATE TABLE answered AS
        WITH counting AS (
            SELECT trainee, item, "at", id, certainty, answer, score, {_DAY} AS day,
                coalesce(score, 1) >= {RIGHT} AS counts
            FROM attempts WHERE item IS NOT NULL
        ), grouped AS (
            SELECT trainee, item,
                arg_min({{score: score, certainty: certainty, answer: answer}}, ("at", id))
                    FILTER (score IS NOT NULL) AS first,
                arg_max({{counts: counts, day: day}}, ("at", id)) AS newest,
                min(day) FILTER (counts) AS since
            FROM counting GROUP BY trainee, item
        )
        SELECT trainee, item, round(first.score * {UNIT})::BIGINT AS score, first.score >= {RIGHT} AS "right",
            first.certainty AS certainty, first.answer AS answer,
            newest.counts AS good, newest.counts AND newest.day - since >= {HOLDS} AS holds
        FROM grouped
        """
    )
