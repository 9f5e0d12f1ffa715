"""What a trainee does in JupyterLab, as anywidgets; the hands themselves are in ``frontend/``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from .attempt import Attempt
from .exchange import Exchange
from .plan import planned_items
from .record_file import Record, RecordError

STATIC = Path(__file__).parent / "static"
# As in frontend/src/scoring/schedule.ts: a schedule rests on so many of an item's newest answers.
NEWEST = 20


class Activity(anywidget.AnyWidget):
    """A widget whose attempts are kept in the record; it answers the frontend's ``do`` messages."""

    _esm = STATIC / "widget.js"
    kind = traitlets.Unicode().tag(sync=True)
    attempts = traitlets.List().tag(sync=True)
    unasked = traitlets.Int(0).tag(sync=True)

    def __init__(self, record: Record, course: str, **state: Any):
        self._exchange = Exchange(record, course)
        super().__init__(**state)
        self.on_msg(self._heard)

    def _heard(self, _: Any, message: dict[str, Any], __: list) -> None:
        reply = self._exchange.answer(message)
        self.send(reply)
        if {"fresh", "taken", "erased"} & reply.keys():
            self.changed(whole="fresh" not in reply)

    def changed(self, *, whole: bool) -> None:
        """Called when the record has changed: by one answer given here, or as a whole."""


class ItemsWidget(Activity):
    """An activity with the answers already kept at its items.

    ``newest`` is how many of an item's newest answers it takes, besides the first; None for all.
    """

    newest: int | None = 1

    def __init__(self, record: Record, course: str, items: Iterable[str], **state: Any):
        self._items = list(items)
        super().__init__(record, course, **state)
        if self.attempts is not None:
            self.refresh()

    def refresh(self) -> None:
        """Take what the record now holds for these items."""
        try:
            self.attempts = [attempt.model_dump(mode="json") for attempt in self._kept()]
        except RecordError:
            self.attempts = []

    def _kept(self) -> list[Attempt]:
        record = self._exchange.record
        return record.attempts(self._items) if self.newest is None else record.newest(self._items, self.newest)

    def changed(self, *, whole: bool) -> None:
        self.refresh()


class QuizWidget(ItemsWidget):
    """A quiz, or a case as a quiz of one item."""

    quiz = traitlets.Dict().tag(sync=True)

    def __init__(self, data: dict[str, Any], record: Record, course: str):
        super().__init__(record, course, [item["id"] for item in data["items"]], kind="quiz", quiz=data)


class ClinicWidget(ItemsWidget):
    """A clinic of vignettes."""

    _esm = STATIC / "clinic.js"
    newest = None
    clinic = traitlets.Dict().tag(sync=True)

    def __init__(self, data: dict[str, Any], record: Record, course: str):
        items = [vignette["id"] for vignette in data["vignettes"]]
        super().__init__(record, course, items, kind="clinic", clinic=data)


class CourseWidget(ItemsWidget):
    """What looks at the whole course: due, review, final check, progress, certificate.

    ``bank`` holds items by their ids, for those that ask. Its attempts are None until the frontend asks for them: a
    lesson does not wait for them to open.
    """

    _esm = STATIC / "course.js"
    newest = NEWEST
    attempts = traitlets.List(allow_none=True, default_value=None).tag(sync=True)
    plan = traitlets.Dict().tag(sync=True)
    bank = traitlets.Dict().tag(sync=True)

    def __init__(self, kind: str, plan: dict[str, Any], record: Record, bank: dict[str, Any] | None = None):
        super().__init__(record, plan["course"], planned_items(plan), kind=kind, plan=plan, bank=bank or {})

    def _heard(self, _: Any, message: dict[str, Any], buffers: list) -> None:
        if message.get("do") == "refresh":
            self.refresh()
        else:
            super()._heard(_, message, buffers)

    def refresh(self) -> None:
        super().refresh()
        if self.kind != "progress":
            return
        # Only this part tells of them: to count costs more with each answer that is kept.
        try:
            self.unasked = self._exchange.record.unasked(self._items)
        except RecordError:
            self.unasked = 0

    def changed(self, *, whole: bool) -> None:
        # An answer given here is known here: sending all of them once more would cost more with each.
        if whole:
            self.refresh()


class BodyMapWidget(anywidget.AnyWidget):
    """The body map; it comes to life from its printed form and keeps no answers."""

    _esm = STATIC / "widget.js"
    kind = traitlets.Unicode("body-map").tag(sync=True)
    printed = traitlets.Unicode().tag(sync=True)


class ProgressFileWidget(Activity):
    """Saves and loads a progress file; after a load the lesson's activities show what it held.

    ``warning`` is what the trainee must know about where the answers are kept.
    """

    warning = traitlets.Unicode().tag(sync=True)

    def __init__(self, record: Record, course: str, activities: list[ItemsWidget], warning: str = ""):
        self._activities = activities
        super().__init__(record, course, kind="progress-file", warning=warning)

    def changed(self, *, whole: bool) -> None:
        for activity in self._activities:
            activity.refresh()
