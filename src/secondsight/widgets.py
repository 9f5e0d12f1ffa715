"""What a trainee does in JupyterLab, as anywidgets; the hands themselves are in ``frontend/``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from pydantic import ValidationError

from .record import Attempt, Record, RecordError

STATIC = Path(__file__).parent / "static"


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


class ItemsWidget(Activity):
    """An activity with the attempts already kept at its items."""

    def __init__(self, record: Record, items: Iterable[str], **state: Any):
        self._items = list(items)
        super().__init__(record, **state)
        self.refresh()

    def refresh(self) -> None:
        """Take what the record now holds for these items."""
        try:
            self.attempts = [a.model_dump(mode="json") for a in self._record.attempts(self._items)]
        except RecordError:
            self.attempts = []

    def kept(self, attempts: list[Attempt]) -> None:
        self.refresh()


class QuizWidget(ItemsWidget):
    """A quiz, or a case as a quiz of one item."""

    quiz = traitlets.Dict().tag(sync=True)

    def __init__(self, data: dict[str, Any], record: Record):
        super().__init__(record, [item["id"] for item in data["items"]], kind="quiz", quiz=data)


class ClinicWidget(ItemsWidget):
    """A clinic of vignettes."""

    _esm = STATIC / "clinic.js"
    clinic = traitlets.Dict().tag(sync=True)

    def __init__(self, data: dict[str, Any], record: Record):
        super().__init__(record, [vignette["id"] for vignette in data["vignettes"]], kind="clinic", clinic=data)


class BodyMapWidget(anywidget.AnyWidget):
    """The body map; it comes to life from its printed form and keeps no answers."""

    _esm = STATIC / "widget.js"
    kind = traitlets.Unicode("body-map").tag(sync=True)
    printed = traitlets.Unicode().tag(sync=True)


class ProgressFileWidget(Activity):
    """Saves and loads a progress file; after a load the lesson's activities show what it held."""

    def __init__(self, record: Record, activities: list[ItemsWidget]):
        self._activities = activities
        super().__init__(record, kind="progress-file")

    def kept(self, attempts: list[Attempt]) -> None:
        for activity in self._activities:
            activity.refresh()
