"""Export of the course against nbconvert's export of the same notebooks: time and bytes."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def times(folder: Path, rounds: int) -> dict[str, float]:
    """Median wall seconds for each command, the commands taking turns. Leaves both sets of pages."""
    environment = {**os.environ, "SECONDSIGHT_HOME": str(folder / "home")}
    ours = [sys.executable, "-m", "secondsight.cli", "export", "--course", ROOT, "--out", folder / "ours"]
    theirs = [
        sys.executable,
        "-m",
        "nbconvert",
        "--execute",
        "--to",
        "html",
        "--output-dir",
        folder / "theirs",
        *NOTEBOOKS,
    ]

    def cold() -> None:
        shutil.rmtree(folder / "ours", ignore_errors=True)
        subprocess.run(ours, check=True, capture_output=True, env=environment)

    commands = {
        "jupyter nbconvert --execute --to html": lambda: subprocess.run(
            theirs, check=True, capture_output=True, env=environment
        ),
        "secondsight export, cold": cold,
        "secondsight export, nothing changed": lambda: subprocess.run(
            ours, check=True, capture_output=True, env=environment
        ),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            command()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def sizes(folder: Path) -> list[tuple[str, int, int]]:
    """For each lesson: its name, bytes of nbconvert's page, bytes of ours."""
    return [
        (
            path.stem,
            (folder / "theirs" / f"{path.stem}.html").stat().st_size,
            (folder / "ours" / f"{path.stem}.html").stat().st_size,
        )
        for path in NOTEBOOKS
    ]
