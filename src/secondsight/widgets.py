"""What a trainee does in JupyterLab, as anywidgets; the hands themselves are in ``frontend/``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets
from pydantic import ValidationError

from .course import Course
from .printed import Href, to_web
from .record import Attempt, Record, RecordError

STATIC = Path(__file__).parent / "static"


def quiz_data(course: Course, id: str, href: Href = to_web) -> dict[str, Any]:
    """A quiz as the frontend takes it (``Quiz`` in ``frontend/src/item.ts``)."""
    quiz = course.quizzes[id]

    def links(facts: list[str]) -> list[dict[str, str]]:
        cited = [course.sources[id] for id in course.sources_of(facts)]
        return [{"label": source.label, "href": href(source)} for source in cited]

    return {
        "id": quiz.id,
        "lesson": course.lesson_of_quiz.get(id, ""),
        "title": quiz.title,
        "says": quiz.says,
        "items": [
            {
                "id": item.id,
                "kind": item.kind,
                "version": item.version,
                "answers": item.answers,
                "stem": item.stem,
                "options": [
                    {"text": o.text, "correct": o.correct, "feedback": o.feedback, "sources": links(o.facts)}
                    for o in item.options
                ],
                "hints": item.hints,
                "sources": links(item.facts),
            }
            for item in quiz.items
        ],
    }


class Activity(anywidget.AnyWidget):
    """A widget whose attempts are kept in the record; it answers the frontend's ``do`` messages."""

    _esm = STATIC / "widget.js"
    kind = traitlets.Unicode().tag(sync=True)
    attempts = traitlets.List().tag(sync=True)

    def __init__(self, record: Record, **state: Any):
        self._record = record
        super().__init__(**state)
        self.on_msg(self._heard)

    def _heard(self, _: Any, message: dict[str, Any], __: list) -> None:
        reply: dict[str, Any] = {"to": message.get("to", "")}
        try:
            if message.get("do") == "keep":
                attempts = [Attempt.model_validate(each) for each in message["attempts"]]
                reply["fresh"] = self._record.keep(attempts)
                self.kept(attempts)
            elif message.get("do") == "all":
                reply["attempts"] = [a.model_dump(mode="json") for a in self._record.attempts()]
        except RecordError as error:
            reply["error"] = str(error)
        except (ValidationError, KeyError, TypeError):
            reply["error"] = "This answer was not understood, so it was not kept. Run the lesson again."
        self.send(reply)

    def kept(self, attempts: list[Attempt]) -> None:
        """Called with attempts that are now in the record."""


class QuizWidget(Activity):
    """A quiz with the attempts already kept at its items."""

    quiz = traitlets.Dict().tag(sync=True)

    def __init__(self, course: Course, id: str, record: Record):
        data = quiz_data(course, id)
        self._items = {item["id"] for item in data["items"]}
        super().__init__(record, kind="quiz", quiz=data)
        self.refresh()

    def refresh(self) -> None:
        """Take what the record now holds for these items."""
        try:
            self.attempts = [a.model_dump(mode="json") for a in self._record.attempts(self._items)]
        except RecordError:
            self.attempts = []

    def kept(self, attempts: list[Attempt]) -> None:
        self.refresh()


class ProgressFileWidget(Activity):
    """Saves and loads a progress file; after a load the lesson's quizzes show what it held."""

    def __init__(self, record: Record, quizzes: list[QuizWidget]):
        self._quizzes = quizzes
        super().__init__(record, kind="progress-file")

    def kept(self, attempts: list[Attempt]) -> None:
        for quiz in self._quizzes:
            quiz.refresh()
