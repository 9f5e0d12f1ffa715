"""The report on a class in a notebook: choose files, then lesson, objective and question."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets
from IPython.display import display

from .class_in_short import clip, worth_a_look
from .class_source import FOLDER, MADE_UP, ClassSource, why_not
from .course import Course, find_course, load_course
from .lesson import MIME
from .printed_class import around, look, one_by_one, whole
from .printed_figures import counted
from .refusal import Refusal
from .widgets import STATIC

if TYPE_CHECKING:
    from .insights import ClassReport

ASLEEP = "Choosing files and questions is asleep. Press “Show the report” at the top to wake it."
WIDE = {"width": "auto", "max_width": "42rem"}


def class_report(folder: str = FOLDER, *, example: bool = False) -> ClassView:
    """The report on a class, from the progress files of a folder beside the notebook.

    Args:
        folder: holds the files, ending in ``.jsonl``. More can be chosen where the report is shown.
        example: a class that is made up instead, to see what a report looks like.

    Raises:
        CourseError: where there is no course, or it cannot be read.
    """
    return ClassView(load_course(find_course()), MADE_UP if example else folder)


class ClassView:
    """A class's report, shown where it stands last in a cell.

    Attributes:
        source: where the answers come from; it changes with what is chosen in the notebook.
    """

    def __init__(self, course: Course, folder: str):
        self._course = course
        self._folder = folder
        self.source = ClassSource.named(folder, Path.cwd())
        self._report: ClassReport | None = None

    @property
    def report(self) -> ClassReport:
        """The tables, as polars DataFrames.

        Raises:
            Refusal: where there are no files yet, or something is missing that the report needs.
        """
        if self._report is None:
            self._report = self.source.report(self._course)
        return self._report

    def _ipython_display_(self) -> None:
        style = f"<style>{(STATIC / 'lab.css').read_text(encoding='utf-8')}</style>"
        asleep = f'<div class="ss-asleep"><p class="invitation">{ASLEEP}</p>{self._printed()}</div>'
        note = {"verb": "class_report", "arguments": [self._folder]}
        printed = {"text/html": f'{style}<div class="ss">{asleep}</div>', "text/plain": "How the class did", MIME: note}
        display(printed, raw=True)
        bundle = _Live(self).box._repr_mimebundle_()
        live = {"verb": "live", "arguments": ["class-report"]}
        display({**bundle, "text/plain": "Live: class-report", MIME: live}, raw=True)

    def _printed(self) -> str:
        try:
            report = self.report
        except Refusal as refusal:
            return why_not(refusal)
        # Each question would make the notebook's file many times as large.
        return whole(self._course, report, made_up=self.source.made_up) + around(self._course, report)


class _Live:
    """The choosers and what they show, as ipywidgets."""

    def __init__(self, view: ClassView):
        self._view = view
        self._course = view._course
        self._lines: list[dict[str, Any]] = []
        self._look: dict[str, list[str]] = {}
        self._quiet = False
        self._upload = ipywidgets.FileUpload(
            accept=".jsonl", multiple=True, description="Choose progress files", layout={"width": "auto"}
        )
        self._example = ipywidgets.Button(description="Show an example class", layout={"width": "auto"})
        self._folder = ipywidgets.Text(
            value=view._folder or FOLDER,
            description="Folder",
            continuous_update=False,
            layout=WIDE,
            style={"description_width": "6rem"},
        )
        self._whole, self._status, self._part, self._around = (ipywidgets.HTML() for _ in range(4))
        self._lesson, self._objective, self._item = choosers = [
            ipywidgets.Dropdown(description=name, layout=WIDE, style={"description_width": "6rem"})
            for name in ("Lesson", "Objective", "Question")
        ]
        self._narrow = ipywidgets.VBox([*choosers, self._status, self._part])
        files = ipywidgets.HBox([self._upload, self._example], layout={"flex_flow": "row wrap"})
        self.box = ipywidgets.VBox([files, self._folder, self._whole, self._narrow, self._around])
        self.box.add_class("ss-live")
        self._upload.observe(self._take, "value")
        self._example.on_click(lambda _: self._look_at(ClassSource(None)))
        self._folder.observe(self._read_folder, "value")
        for chooser in choosers:
            chooser.observe(self._choose, "value")
        self._show()

    def _take(self, change: Any) -> None:
        """Add files that were chosen to those that are there."""
        there = self._view.source
        files = dict(there.handed_over)
        for file in change["new"]:
            name, data = file["name"], bytes(file["content"])
            # Many trainees' files have one name.
            names = (f"{Path(name).stem} ({number}).jsonl" if number else name for number in count())
            files[next(free for free in names if files.get(free, data) == data)] = data
        if change["new"]:
            self._look_at(ClassSource(there.folder or Path.cwd() / self._folder.value, files))

    def _read_folder(self, _: Any) -> None:
        self._look_at(replace(self._view.source, folder=Path.cwd() / self._folder.value))

    def _look_at(self, source: ClassSource) -> None:
        self._view.source, self._view._report = source, None
        self._show()

    def _show(self) -> None:
        """Everything, for the files that are there now."""
        try:
            report = self._view.report
        except Refusal as refusal:
            self._lines, self._look = [], {}
            self._whole.value, self._around.value = _styled(why_not(refusal)), ""
        else:
            self._lines = [line for line in report.items.to_dicts() if line["n"]]
            self._look = worth_a_look(report)
            self._whole.value = _styled(whole(self._course, report, made_up=self._view.source.made_up))
            self._around.value = _styled(around(self._course, report))
        self._narrow.layout.display = None if self._lines else "none"
        self._offer(0)

    def _choose(self, change: Any) -> None:
        if not self._quiet:
            self._offer([self._lesson, self._objective, self._item].index(change["owner"]) + 1)

    def _offer(self, first: int) -> None:
        """Fill the choosers from the ``first`` one on with what there is, nothing chosen; then show the choice."""
        lessons = {id: part.title for id, part in self._course.lessons.items()}
        says = {each.id: each.says for part in self._course.lessons.values() for each in part.objectives}
        self._quiet = True
        for number, (chooser, column, all_of_them, name) in enumerate(
            (
                (self._lesson, "lesson", "All lessons", lambda line: lessons.get(line["lesson"], line["lesson"])),
                (self._objective, "objective", "All objectives", lambda line: says.get(line["objective"], "")),
                (self._item, "item", "All questions", self._asks),
            )
        ):
            if number >= first:
                there = {line[column]: name(line) for line in self._among(column)}
                chooser.options = [(all_of_them, ""), *((clip(text, 90), id) for id, text in there.items())]
                chooser.value = ""
        self._quiet = False
        self._narrowed()

    def _among(self, column: str = "") -> list[dict[str, Any]]:
        """The questions that are chosen, as far as the choosers above one tell."""
        wanted = {"lesson": self._lesson.value, "objective": self._objective.value, "item": self._item.value}
        above = [*wanted][: [*wanted].index(column)] if column else [*wanted]
        return [line for line in self._lines if all(wanted[each] in ("", None, line[each]) for each in above)]

    def _asks(self, line: dict[str, Any]) -> str:
        return f"{clip(line['asks'], 75)}{' (to look at)' if line['item'] in self._look else ''}"

    def _narrowed(self) -> None:
        chosen = self._lesson.value or "", self._objective.value or "", self._item.value or ""
        number = len(self._among())
        if not self._lines:
            self._part.value = self._status.value = ""
        elif any(chosen):
            self._status.value = _status(f"{counted(number, 'question')} below.")
            self._part.value = _styled(one_by_one(self._course, self._view.report, *chosen))
        else:
            self._status.value = _status(f"Choose among {counted(number, 'question')}.")
            self._part.value = _styled(look(self._view.report))


def _styled(html: str) -> str:
    return f'<div class="ss">{html}</div>'


def _status(says: str) -> str:
    return f'<div class="ss"><p role="status" class="meta">{escape(says)}</p></div>'
