"""Who finished what, and how the objectives stand, by the rules of ``frontend/src/scoring/standing.ts``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..course import Course
from .answers import asking, objectives_of
from .base import fill
from .columns import STANDINGS
from .frames import frame, spread
from .intervals import is_small, share

if TYPE_CHECKING:
    import duckdb
    import polars

# An objective with many items is practised with so many of them (`standing.ts`).
ENOUGH = 5


def prepare(base: duckdb.DuckDBPyConnection, course: Course) -> None:
    """Make ``done`` (for each trainee and lesson, items answered) and ``stands`` (for each trainee and objective).

    How an objective stands, as a trainee sees it on their own page:

    - not met: none of its items is answered;
    - met: at least one is;
    - practised: the newest answer is right (score from 0.8 on) at half of its items, though never at fewer than two
      (where it has two), and no more than five are asked for; what is never scored counts when it is answered;
    - holding: practised, and at one of its items the newest answer is right and an earlier right one is at least three
      days older.

    Only answers to today's wording count.
    """
    base.execute(
        f"""
        CREATE TABLE done AS
        WITH lessons AS (SELECT lesson, count(*) AS items FROM asked GROUP BY lesson),
            given AS (SELECT trainee, lesson, count(*) AS answered FROM answered JOIN asked USING (item) GROUP BY ALL)
        SELECT trainee, lesson, coalesce(answered, 0) AS answered, items
        FROM people CROSS JOIN lessons LEFT JOIN given USING (trainee, lesson);

        CREATE TABLE stands AS
        WITH objectives AS (
                SELECT objective, least(count(*), {ENOUGH}, greatest(2, (count(*) + 1) // 2)) AS needed
                FROM asked GROUP BY objective
            ),
            given AS (
                SELECT trainee, objective, count(*) FILTER (good) AS good, bool_or(holds) AS holds
                FROM answered JOIN asked USING (item) GROUP BY ALL
            )
        SELECT trainee, objective, CASE WHEN good IS NULL THEN 'not-met' WHEN good < needed THEN 'met'
            WHEN holds THEN 'holding' ELSE 'practised' END AS standing
        FROM people CROSS JOIN objectives LEFT JOIN given USING (trainee, objective)
        """
    )
    base.execute("CREATE TABLE lesson_ids (lesson USMALLINT, id VARCHAR, proper BOOL)")
    rows = [(place, id, course.lessons[id].kind == "lesson") for place, id in enumerate(asking(course))]
    fill(base, "lesson_ids", rows)
    base.execute("CREATE TABLE objective_ids (objective USMALLINT, id VARCHAR)")
    fill(base, "objective_ids", [*enumerate(objectives_of(course))])


def finished(base: duckdb.DuckDBPyConnection) -> polars.DataFrame:
    """For each trainee and lesson, how much of it is answered."""
    return frame(
        "finished",
        base.sql(
            """
            SELECT pseudonym AS trainee, id AS lesson, answered, items, answered = items AS done
            FROM done JOIN people USING (trainee) JOIN lesson_ids USING (lesson) ORDER BY pseudonym, done.lesson
            """
        ),
    )


def standings(base: duckdb.DuckDBPyConnection) -> polars.DataFrame:
    """For each trainee and objective, how it stands."""
    return frame(
        "standings",
        base.sql(
            """
            SELECT pseudonym AS trainee, id AS objective, standing
            FROM stands JOIN people USING (trainee) JOIN objective_ids USING (objective)
            ORDER BY pseudonym, stands.objective
            """
        ),
    )


def lessons(base: duckdb.DuckDBPyConnection, course: Course, n: int) -> polars.DataFrame:
    """For each lesson, how much of the class began and finished it: done / n, with Wilson's interval (``share``)."""
    counts = {
        place: counted
        for place, *counted in base.execute(
            "SELECT lesson, count(*) FILTER (answered > 0), count(*) FILTER (answered = items) FROM done GROUP BY ALL"
        ).fetchall()
    }

    def rows() -> Iterator[dict[str, Any]]:
        for place, id in enumerate(asking(course)):
            begun, done = counts.get(place, (0, 0))
            lesson = course.lessons[id]
            yield {
                "lesson": id,
                "title": lesson.title,
                "kind": lesson.kind,
                "items": len(course.items_by_lesson[id]),
                "n": n,
                "begun": begun,
                "done": done,
                **spread("share", share(done, n)),
                "small": is_small(n),
            }

    return frame("lessons", list(rows()))


def objectives(base: duckdb.DuckDBPyConnection, course: Course, n: int) -> polars.DataFrame:
    """For each objective, with how many of the class it stands how.

    The share is (practised + holding) / n, with Wilson's interval (``share``).
    """
    found = base.execute("SELECT objective, standing, count(*) FROM stands GROUP BY ALL").fetchall()
    counts = {(place, standing): count for place, standing, count in found}
    items = [item.objective for each in course.items_by_lesson.values() for item in each]

    def rows() -> Iterator[dict[str, Any]]:
        for place, (id, (objective, lesson)) in enumerate(objectives_of(course).items()):
            standing = {name.replace("-", "_"): counts.get((place, name), 0) for name in STANDINGS}
            yield {
                "objective": id,
                "says": objective.says,
                "lesson": lesson,
                "items": items.count(id),
                "n": n,
                **standing,
                **spread("share", share(standing["practised"] + standing["holding"], n)),
                "small": is_small(n),
            }

    return frame("objectives", list(rows()))


def trainees(base: duckdb.DuckDBPyConnection, course: Course) -> polars.DataFrame:
    """For each trainee, how much there is of them and how far they are."""
    of_items = sum(len(items) for items in course.items_by_lesson.values())
    return frame(
        "trainees",
        base.sql(
            f"""
            WITH made AS (
                SELECT trainee, count(*) AS attempts, min("at") AS first, max("at") FILTER (NOT future) AS last
                FROM (SELECT trainee, "at", "at" > ahead AS future FROM attempts CROSS JOIN clock) GROUP BY trainee
            ), held AS (SELECT trainee, count(*) AS files FROM trainees GROUP BY trainee),
            given AS (SELECT trainee, count(*) AS items FROM answered GROUP BY trainee),
            through AS (
                SELECT trainee, count(*) FILTER (proper AND answered = items) AS lessons_done,
                    count(*) FILTER (proper) AS of_lessons
                FROM done JOIN lesson_ids USING (lesson) GROUP BY trainee
            ), mastered AS (
                SELECT trainee, count(*) FILTER (standing IN ('practised', 'holding')) AS practised,
                    count(*) AS of_objectives
                FROM stands GROUP BY trainee
            )
            SELECT pseudonym AS trainee, files, attempts, first, last, coalesce(items, 0) AS items,
                {of_items} AS of_items, coalesce(lessons_done, 0) AS lessons_done,
                coalesce(of_lessons, 0) AS of_lessons, coalesce(practised, 0) AS practised,
                coalesce(of_objectives, 0) AS of_objectives
            FROM people JOIN made USING (trainee) JOIN held USING (trainee) LEFT JOIN given USING (trainee)
                LEFT JOIN through USING (trainee) LEFT JOIN mastered USING (trainee)
            ORDER BY pseudonym
            """
        ),
    )
