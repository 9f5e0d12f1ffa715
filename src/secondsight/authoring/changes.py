"""Changes to a course's files: tried out in memory, and written all together or not at all."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from typing import Any

from ..course import Course, Problem, audit, read_course
from ..course.advice import notes
from ..refusal import Refusal
from ..whole_file import whole_file
from . import yaml_text


class Changes:
    """New texts for files of the course at ``root``, beside what stands there."""

    def __init__(self, root: Path):
        self.root = root
        self.texts: dict[str, str] = {}
        self._before: dict[str, bytes | None] = {}

    def text(self, file: str) -> str:
        """The file as it will be.

        Raises:
            Refusal: where it cannot be read.
        """
        if file not in self.texts:
            text = self._read(file)
            if text is None:
                raise Refusal(f"{file}: this file is missing; the course needs it")
            self.texts[file] = text
        return self.texts[file]

    def exists(self, file: str) -> bool:
        return file in self.texts or (self.root / file).exists()

    def put(self, file: str, text: str) -> None:
        """Give a file another text; a new one where it is not there."""
        if file not in self.texts:
            self._read(file)
        self.texts[file] = text

    def append(self, file: str, path: Sequence[str | int], value: Any) -> None:
        """Add an entry at the end of a list of a YAML file.

        Raises:
            Refusal: where the file, or its list, is not as it has to be.
        """
        self._change(file, lambda text: yaml_text.append(text, path, value))

    def insert(self, file: str, path: Sequence[str | int], after: str, value: str) -> None:
        """Add a name to a list of a YAML file, after another one.

        Raises:
            Refusal: as for ``append``.
        """
        self._change(file, lambda text: yaml_text.insert(text, path, after, value))

    def _change(self, file: str, change: Callable[[str], str]) -> None:
        try:
            self.put(file, change(self.text(file)))
        except yaml_text.NoSuchList as error:
            raise Refusal(f"{file}: {error}") from None

    def course(self) -> tuple[Course, list[Problem]]:
        """The course as it will be, with every problem that it will have."""
        course, problems = read_course(self.root, self.texts)
        return course, sorted({*problems, *audit(course)})

    def brings(self, before: Course, problems: Sequence[Problem], today: date) -> tuple[list[Problem], list[Problem]]:
        """What the changes bring: problems beside those that were there, and notes on what is worth a look.

        Args:
            before: the course without the changes.
            problems: those that it had.
        """
        course, after = self.course()
        return _beside(problems, after), _beside(notes(before, today), notes(course, today))

    def is_stale(self) -> bool:
        """Whether somebody has changed one of the files since it was read."""
        return any(self._bytes(file) != before for file, before in self._before.items())

    def write(self) -> None:
        """Write all files, or none.

        Raises:
            Refusal: where one cannot be written; the others are then as they were.
        """
        changed = {file: text.encode() for file, text in self.texts.items() if text.encode() != self._before.get(file)}
        for file in changed:
            self._must_be_writable(file)
        file = ""
        try:
            # All of them are written aside first, and take their places at the end.
            with ExitStack() as all_written:
                for file, data in changed.items():
                    path = self.root / file
                    path.parent.mkdir(parents=True, exist_ok=True)
                    part = all_written.enter_context(whole_file(path))
                    part.write_bytes(data)
                    if path.exists():
                        shutil.copymode(path, part)
        except OSError as error:
            self._put_back(changed)
            raise Refusal(
                f"{file}: this file cannot be written ({error.strerror}), so nothing was; check its permissions and "
                "the space on the disk"
            ) from None

    def _put_back(self, files: dict[str, bytes]) -> None:
        for file, data in files.items():
            before = self._before.get(file)
            with suppress(OSError):
                if before is None:
                    (self.root / file).unlink(missing_ok=True)
                elif self._bytes(file) == data:
                    (self.root / file).write_bytes(before)

    def _must_be_writable(self, file: str) -> None:
        path = self.root / file
        # Taking a file's place needs no right to write it, but its owner has said that it should stay.
        if path.exists() and not path.stat().st_mode & 0o222:
            raise Refusal(f"{file}: this file is read-only, so nothing was written; allow writing to it and try again")

    def _read(self, file: str) -> str | None:
        """A file's text, remembered as what was there before; None where there is none."""
        data = self._bytes(file)
        self._before.setdefault(file, data)
        if data is None:
            return None
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise Refusal(f"{file}: this file is not UTF-8 text; save it as UTF-8") from None

    def _bytes(self, file: str) -> bytes | None:
        try:
            return (self.root / file).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Refusal(f"{file}: this file cannot be read ({error.strerror}); check its permissions") from None


def _beside(before: Sequence[Problem], after: Sequence[Problem]) -> list[Problem]:
    """The problems of ``after`` that ``before`` does not have; new text moves lines and changes counts."""
    known = Counter((problem.file, _without_numbers(problem)) for problem in before)
    found = []
    for problem in after:
        if known[problem.file, _without_numbers(problem)]:
            known[problem.file, _without_numbers(problem)] -= 1
        else:
            found.append(problem)
    return found


def _without_numbers(problem: Problem) -> str:
    return re.sub(r"\b\d+\b", "", problem.says)
