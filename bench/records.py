"""Keeping attempts: whether a lesson opens as fast beside a million of them, and what saving and loading cost."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from secondsight import progress_file
from secondsight.attempt import Attempt
from secondsight.course import find_course, load_course
from secondsight.record_file import Record, default_path

FEW, MANY = 100, 1_000_000
LESSONS = ("bone", "start-here")
LOADED = (1_000, 100_000)
BEGUN = datetime(2024, 1, 1, tzinfo=UTC)


def made_up(count: int) -> Iterator[Attempt]:
    """So many attempts at the course's items, a minute apart, each as a page would keep it."""
    items = list(load_course(find_course()).items.values())
    for number in range(count):
        item = items[number % len(items)]
        yield Attempt.model_construct(
            id=f"{number * 2_654_435_761 % 2**32:08x}-0000-4000-8000-{number:012x}",
            item=item.id,
            item_version=item.version,
            lesson="bone",
            answer=["b"],
            score=1.0 if number % 3 else 0.0,
            certainty=("sure", "fairly-sure", "guessing")[number % 3],
            hints=0,
            seconds=12.4,
            at=BEGUN + timedelta(minutes=number),
            place="jupyter",
        )


def homes(folder: Path) -> dict[int, Path]:
    """A home for the record with few attempts, and one with many."""
    made = {}
    for count in (FEW, MANY):
        made[count] = folder / f"home-{count}"
        attempts = made_up(count)
        Record(made[count] / "record.sqlite3").take(iter(lambda some=attempts: list(islice(some, 1_000)), []))
    return made


def opening(homes: dict[int, Path], rounds: int) -> Iterator[tuple[str, float, float]]:
    """For each lesson: median seconds to run its cells beside few attempts, and beside many."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    InteractiveShell.instance()
    course = load_course(find_course())
    for lesson in LESSONS:
        calls = [call for cell in course.notebooks[lesson].cells for call in cell.calls]
        taken: dict[int, list[float]] = {count: [] for count in homes}
        for _ in range(rounds):
            for count, home in homes.items():
                os.environ["SECONDSIGHT_HOME"] = str(home)
                with capture_output():
                    begun = time.perf_counter()
                    _run(calls)
                    taken[count].append(time.perf_counter() - begun)
        yield lesson, *(statistics.median(each) for each in taken.values())


def _run(calls: list) -> None:
    import secondsight

    for verb, arguments in calls:
        getattr(secondsight, verb)(*arguments)


def files(homes: dict[int, Path]) -> Iterator[tuple[str, int, float, float]]:
    """For saving and loading: how many attempts, seconds, MB of memory at the most; each in its own process."""
    for count, home in homes.items():
        yield "save", count, *_in_process("save", home, home / "progress.jsonl")
    for count in LOADED:
        whole = homes[FEW].parent / f"{count}.jsonl"
        with whole.open("wb") as out:
            progress_file.write(lambda count=count: made_up(count), "second-sight", out)
        yield "load", count, *_in_process("load", homes[FEW].parent / f"into-{count}", whole)


def _in_process(what: str, home: Path, file: Path) -> tuple[float, float]:
    env = {**os.environ, "SECONDSIGHT_HOME": str(home)}
    run = subprocess.run(
        [sys.executable, __file__, what, str(file)], env=env, capture_output=True, text=True, check=True
    )
    seconds, megabytes = run.stdout.split()
    return float(seconds), float(megabytes)


def _one(what: str, file: Path) -> None:
    """Save to or load from a file, and print the seconds and the memory."""
    record = Record(default_path())
    begun = time.perf_counter()
    if what == "save":
        with file.open("wb") as out:
            progress_file.write(record.stream, "second-sight", out)
    else:
        loading = progress_file.Loading(record, "second-sight")
        with file.open("rb") as pieces:
            while piece := pieces.read(1 << 19):
                loading.feed(piece)
        loading.finish()
    seconds = time.perf_counter() - begun
    # What getrusage tells is the parent's, where that was larger.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(seconds, int(peak[1]) / 1024)


if __name__ == "__main__":
    _one(sys.argv[1], Path(sys.argv[2]))
