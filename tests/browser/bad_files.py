"""Progress files that are no good, or not wholly, and what is said of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from secondsight.course import Course

from .kept import attempt, progress_file

ATTACK = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'
NO_FILE = "This is not a progress file of this course. Choose the file that “Save my progress” gave you."


@dataclass(frozen=True)
class BadFile:
    """A file, and what is said when it is loaded."""

    path: Path
    says: str


def bad_files(folder: Path) -> list[BadFile]:
    """Files of which nothing can be taken."""
    made = {
        "empty": ("", NO_FILE),
        "markup": (ATTACK, NO_FILE),
        "head-cut": (progress_file([])[:40], NO_FILE),
        "other-course": (
            progress_file([], course=ATTACK[:34]),
            f"This progress file belongs to another course (“{ATTACK[:34]}”). Nothing was changed.",
        ),
        "newer": (
            progress_file([], version=3),
            "This progress file was made by a newer version of the course. Open it there, or update this course.",
        ),
        "rubbish": ("\x00rubbish " * (60_000_000 // 9), NO_FILE),
    }
    files = []
    for name, (text, says) in made.items():
        path = folder / f"{name}.jsonl"
        path.write_text(text, encoding="utf-8")
        files.append(BadFile(path, says))
    return files


def cut(folder: Path, real: Course) -> Path:
    """A file of which three answers can be taken: one is for no item of the course, one is dated in the future.

    One line is markup, one is cut off, and one is missing.
    """
    item = real.items["bone-commonest-site"]
    good = attempt(item, 1, answer=["b"])
    gone = attempt(item, 2, item=ATTACK, lesson=ATTACK, answer=[ATTACK])
    ahead = attempt(item, 3, "2999-01-01T10:00:00.000Z", answer=["b"])
    whole = progress_file([good, gone, ahead, attempt(item, 4), attempt(item, 5), attempt(item, 6)])
    head, *lines = whole.splitlines()
    path = folder / "cut.jsonl"
    path.write_text("\n".join([head, *lines[:3], json.dumps(ATTACK), lines[4][:50]]), encoding="utf-8")
    return path
