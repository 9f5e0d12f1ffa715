"""Whether the questions of a quiz or a lesson measure one thing: Cronbach's alpha."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..course import Course
from ..course.items import Item
from .base import fill
from .frames import frame, spread
from .intervals import Estimate, alpha, is_small

if TYPE_CHECKING:
    import duckdb
    import polars

ONE_ITEM = "It has one scored item, and alpha needs two."
FEW = "Fewer than two trainees answered all of its items, so alpha is not defined."
NO_SPREAD = "All who answered all of its items have the same total, so alpha is not defined."


class Scale(NamedTuple):
    """Scored items that are asked together."""

    id: str
    part: str
    title: str
    items: list[int]


def scales(base: duckdb.DuckDBPyConnection, course: Course, asked: list[Item]) -> polars.DataFrame:
    """Cronbach's alpha of each quiz, and of each lesson with several quizzes, with Feldt's interval (``alpha``).

    It rests on first answers of those who answered all scored items of the scale. Cases and vignettes are in no
    scale: trainees meet different ones.
    """
    all = _scales(course, asked)
    base.execute("CREATE TABLE scaled (scale UINTEGER, item USMALLINT)")
    fill(base, "scaled", [(place, number) for place, scale in enumerate(all) for number in scale.items])
    base.execute(
        """
        CREATE TABLE complete AS
        WITH given AS (
                SELECT scale, trainee, count(*) AS n, sum(score) AS total
                FROM scaled JOIN firsts USING (item) GROUP BY ALL
            ),
            wanted AS (SELECT scale, count(*) AS n FROM scaled GROUP BY scale)
        SELECT scale, trainee, total FROM given JOIN wanted USING (scale, n)
        """
    )
    totals = {
        place: (n, n * squares - total * total)
        for place, n, total, squares in base.execute(
            "SELECT scale, count(*), sum(total), sum(total * total) FROM complete GROUP BY scale"
        ).fetchall()
    }
    parts: dict[int, int] = defaultdict(int)
    for place, n, total, squares in base.execute(
        """
        SELECT scale, count(*), sum(score), sum(score * score)
        FROM complete JOIN scaled USING (scale) JOIN firsts USING (trainee, item) GROUP BY scale, item
        """
    ).fetchall():
        parts[place] += n * squares - total * total

    def made() -> Iterator[dict[str, Any]]:
        for place, scale in enumerate(all):
            n, total = totals.get(place, (0, 0))
            # Both are n (n-1) times the variance, which falls out of their ratio.
            estimate = alpha(len(scale.items), n, parts[place], total)
            yield {
                "scale": scale.id,
                "part": scale.part,
                "title": scale.title,
                "items": len(scale.items),
                "n": n,
                **spread("alpha", estimate),
                "small": is_small(n, "alpha"),
                "says": _says(scale, n, estimate),
            }

    return frame("scales", list(made()))


def _scales(course: Course, asked: list[Item]) -> list[Scale]:
    numbers = {item.id: number for number, item in enumerate(asked) if item.is_scored}
    found = []
    for lesson in course.lessons.values():
        quizzes = [
            Scale(id, "quiz", course.quizzes[id].title, [numbers[item.id] for item in course.quizzes[id].items
                                                         if item.id in numbers])
            for (verb, id), place in course.asked_in.items()
            if verb == "quiz" and place == lesson.id and id in course.quizzes
        ]  # fmt: skip
        quizzes = [scale for scale in quizzes if scale.items]
        found += quizzes
        if len(quizzes) > 1:
            items = sorted({number for scale in quizzes for number in scale.items})
            found.append(Scale(lesson.id, "lesson", lesson.title, items))
    return found


def _says(scale: Scale, n: int, estimate: Estimate) -> str:
    if len(scale.items) < 2:
        return ONE_ITEM
    if n < 2:
        return FEW
    return NO_SPREAD if estimate.value is None else ""
