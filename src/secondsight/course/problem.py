"""A problem in the course's files, said so that a person can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    Attributes:
        file: path from the course's root, with forward slashes.
        line: line in that file, counted from 1; 0 where the whole file is meant.
        says: one sentence: what is wrong and how to mend it.
        cell: for a notebook, the cell's number counted from 1 and its id, as in ``3 (bone-before)``.
    """

    file: str
    line: int
    says: str
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}, cell {self.cell}: {self.says}"
        if self.line:
            return f"{self.file}:{self.line}: {self.says}"
        return f"{self.file}: {self.says}"


class CourseError(Exception):
    """The course cannot be used as it stands; ``problems`` says why, all of it."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the sentences alone. A reader has no use for our call stack."""
        return [str(self)]
