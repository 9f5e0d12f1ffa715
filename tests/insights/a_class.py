"""Classes for the tests of insights: progress files that say what a test needs, at the small course."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from secondsight.attempt import Attempt
from secondsight.course import Course
from secondsight.insights import ClassReport, report
from some_attempts import saved

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)
LEVELS = "same-day-emergency", "contact-team-within-days", "discuss-if-beyond-1-2-weeks", "reassure-and-safety-net"
EMERGENCY, DAYS, WEEKS, CALM = LEVELS


class AClass:
    """Trainees of a course, each with answers, and their files in a folder."""

    def __init__(self, course: Course, folder: Path):
        self.course = course
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self._made = 0

    def said(self, item: str, score: float | None = 1.0, answer: str = "a", **changed) -> Attempt:
        """An answer, a minute after the one before; ``answer`` is one or several of what can be chosen."""
        self._made += 1
        minute = self._made
        asked = self.course.items.get(item)
        return Attempt.model_validate(
            {
                "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.folder} {minute}")),
                "item": item,
                "item_version": asked.version if asked else "gone",
                "lesson": self.course.lesson_of_item.get(item, "first"),
                "answer": answer.split(),
                "score": score,
                "certainty": "sure",
                "hints": 0,
                "seconds": 5.0,
                "at": BEGAN + timedelta(minutes=minute),
                "place": "page",
                **changed,
            }
        )

    def met(self, vignette: str, level: str, **changed) -> Attempt:
        """An answer to a vignette; the score plays no part in what is asked of it."""
        return self.said(vignette, 1.0 if level == self.course.items[vignette].action else 0.0, level, **changed)

    def file(self, name: str, attempts: Iterable[Attempt], course: str | None = None) -> Path:
        path = self.folder / f"{name}.jsonl"
        path.write_bytes(saved(attempts, course or self.course.head.id))
        return path

    def report(self) -> ClassReport:
        return report(self.course, [self.folder], NOW)


def row(table, **where) -> dict:
    """The one row of a table that has these values."""
    found = [each for each in table.iter_rows(named=True) if all(each[name] == value for name, value in where.items())]
    assert len(found) == 1, f"{len(found)} rows have {where}"
    return found[0]
