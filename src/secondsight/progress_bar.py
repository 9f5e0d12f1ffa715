"""How far a command has come, where it takes longer than a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

A_MOMENT = 1.0  # seconds

T = TypeVar("T")


def told(parts: Iterable[T], says: str, total: int) -> Iterator[T]:
    """Each of ``parts``; from a second on, a bar on the terminal says how many of ``total`` are done.

    There is none where nobody looks: where standard error is no terminal, or ``rich`` is not installed.
    """
    bar = None
    began = time.monotonic()
    try:
        for done, part in enumerate(parts):
            if bar is None and time.monotonic() - began > A_MOMENT and sys.stderr.isatty():
                bar = _bar()
            if bar:
                bar.update(bar.task_ids[0] if bar.task_ids else bar.add_task(says, total=total), completed=done)
            yield part
    finally:
        if bar:
            bar.stop()


def _bar():
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    except ImportError:
        return None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(
        *columns, console=Console(file=sys.stderr), transient=True, redirect_stdout=False, redirect_stderr=False
    )
    bar.start()
    return bar
