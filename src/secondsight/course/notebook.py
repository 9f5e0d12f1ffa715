"""A lesson's notebook, read without running it: its text and the verbs its cells use."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import Any, NamedTuple


class Call(NamedTuple):
    """A verb of the lesson with its text arguments, as in ``quiz("bone-before")``."""

    verb: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    number: int
    id: str
    kind: str
    source: str
    calls: tuple[Call, ...] = ()

    @property
    def name(self) -> str:
        """How an error names the cell: its number, counted from 1, and its id."""
        return f"{self.number} ({self.id})" if self.id else str(self.number)


@dataclass(frozen=True)
class Notebook:
    file: str
    cells: tuple[Cell, ...]
    raw: dict[str, Any]


class NotebookProblem(Exception):
    """The text is not a notebook; says what is wrong and how to mend it."""


def parse(text: str, file: str) -> Notebook:
    """Read notebook JSON, version 4.

    Raises:
        NotebookProblem: where the text is not such a notebook.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise NotebookProblem(
            "this is not a notebook (its JSON cannot be read); save it again from JupyterLab"
        ) from None
    if not isinstance(raw, dict) or raw.get("nbformat") != 4 or not isinstance(raw.get("cells"), list):
        raise NotebookProblem("this is not a version 4 notebook; open it in JupyterLab and save it again")
    cells = []
    for number, cell in enumerate(raw["cells"], start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in {"markdown", "code", "raw"}:
            raise NotebookProblem(
                f"cell {number} is of no known kind; open the notebook in JupyterLab and save it again"
            )
        source = cell.get("source", "")
        if isinstance(source, list):
            source = "".join(map(str, source))
        if not isinstance(source, str) or not _is_text(source):
            raise NotebookProblem(
                f"cell {number} holds something that is no text; mend it in JupyterLab and save it again"
            )
        kind = cell["cell_type"]
        calls = calls_in(source) if kind == "code" else ()
        cells.append(Cell(number, str(cell.get("id", "")), kind, source, calls))
    return Notebook(file, tuple(cells), raw)


def _is_text(source: str) -> bool:
    """Whether it can be written down: JSON lets halves of characters in."""
    try:
        source.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_lesson_code(source: str) -> bool:
    """Whether a cell does no more than import the course and name parts of it."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    imports = sum(
        isinstance(statement, ast.Import) and [(a.name, a.asname) for a in statement.names] == [("secondsight", "ss")]
        for statement in tree.body
    )
    return len(tree.body) == imports + len(calls_in(source))


def calls_in(source: str) -> tuple[Call, ...]:
    """The calls ``ss.verb("text", ...)`` in a cell, in order; other code is passed over."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    found = []
    for statement in tree.body:
        if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
            continue
        call = statement.value
        function = call.func
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "ss":
            texts = tuple(a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str))
            if len(texts) == len(call.args) and not call.keywords:
                found.append(Call(function.attr, texts))
    return tuple(found)
