"""Where a class's answers come from: a folder of progress files, files that were handed over, or nowhere at all."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from . import example_class
from .course import Course
from .printed_class import panel, printed_whole
from .refusal import Refusal

if TYPE_CHECKING:
    from .insights import ClassReport

FOLDER = "progress-files"
LONGEST_NAME = 80
# The folder's name in a notebook's note that stands for the class that is made up.
MADE_UP = ""
NO_FILES = (
    "There are no progress files yet. Put the files that trainees gave you into the folder “{}”, beside the notebook, "
    "or choose them in the notebook; or look at an example class first."
)


@dataclass(frozen=True)
class ClassSource:
    """Where a class's answers come from.

    Attributes:
        folder: holds progress files, ending in ``.jsonl``, or folders of them; it may be missing. None for a class
            that is made up.
        handed_over: other files by name, such as those that were chosen in a notebook.
    """

    folder: Path | None
    handed_over: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def named(cls, name: str, beside: Path) -> ClassSource:
        """The class of a folder's name, as a notebook in the folder ``beside`` has it."""
        return cls(None if name == MADE_UP else beside / name)

    @property
    def made_up(self) -> bool:
        return self.folder is None and not self.handed_over

    def report(self, course: Course) -> ClassReport:
        """What the files say.

        Raises:
            Refusal: where there is no file, or none that counts, or something is missing that the report needs.
        """
        from .insights import report

        with self._files(course) as files:
            return report(course, files)

    @contextmanager
    def _files(self, course: Course) -> Iterator[list[Path]]:
        there = progress_files_in(self.folder) if self.folder else []
        more = example_class.files(course) if self.made_up else self.handed_over
        if not there and not more:
            raise Refusal(NO_FILES.format(self.folder.name if self.folder else FOLDER))
        with tempfile.TemporaryDirectory(prefix="secondsight-class-") as scratch:
            for number, (name, data) in enumerate(more.items(), 1):
                there.append(Path(scratch) / f"chosen-{number}" / _harmless(name))
                there[-1].parent.mkdir()
                there[-1].write_bytes(data)
            yield there

    def printed(self, course: Course, *, linked: bool = False) -> str:
        """The report as it is read, or why there is none."""
        try:
            return printed_whole(course, self.report(course), made_up=self.made_up, linked=linked)
        except Refusal as refusal:
            return why_not(refusal)


def progress_files_in(folder: Path) -> list[Path]:
    """What could be progress files in a folder and in the folders in it, as a learning platform packs them."""
    return sorted(path for path in folder.rglob("*.jsonl") if path.is_file()) if folder.is_dir() else []


def _harmless(name: str) -> str:
    """A file's name that is somebody else's, as one that can be written."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w .()-]", "_", last)[-LONGEST_NAME:].strip(". ") or "file"


def why_not(refusal: Refusal) -> str:
    """Why there is no report, in place of it."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in str(refusal).splitlines())
    return panel(f'<div class="invitation">{lines}</div>', "No report yet")
