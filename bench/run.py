"""All measurements, side by side in one run: ``make bench``. Medians of at least five rounds.

Times depend on the machine; read the ratios.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import exporting
import loading
import pages
import records

import insights

ROUNDS = 5


def table(title: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print one table, as Markdown."""
    head = list(head)
    print(f"\n## {title}\n")
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        times = exporting.times(folder, ROUNDS)
        base = times["jupyter nbconvert --execute --to html"]
        table(
            "Exporting the whole course (wall seconds)",
            ["command", "median", "times faster"],
            [(name, f"{seconds:.2f}", f"{base / seconds:.1f}") for name, seconds in times.items()],
        )
        sizes = exporting.sizes(folder)
        table(
            "Bytes of a page",
            ["lesson", "nbconvert", "Second Sight", "share"],
            [(name, f"{theirs:,}", f"{ours:,}", f"{ours / theirs:.2f}") for name, theirs, ours in sizes],
        )
        table(
            "Loading and checking",
            ["course", "items", "seconds", "ms an item"],
            [(name, n, f"{s:.3f}", f"{1000 * s / n:.3f}") for name, n, s in loading.times(folder, ROUNDS)],
        )
        site = folder / "ours"
        table(
            "Opening a page from disk to an answerable question (ms)",
            ["page", "median", "longest"],
            pages.opening(site, ROUNDS),
        )
        table("From click to feedback (ms)", ["where", "median", "longest", "clicks"], pages.clicks(site))
        table(
            "A clinic of so many vignettes",
            ["vignettes", "bytes", "bytes for one more", "opens (ms)", "click to feedback (ms)"],
            pages.clinics(folder, ROUNDS),
        )
        table(
            "Lighthouse (mobile, served from this machine)",
            ["page", "performance", "accessibility", "best practices"],
            pages.lighthouse(site),
        )

        homes = records.homes(folder)
        table(
            f"Opening a lesson beside {records.FEW:,} attempts and beside {records.MANY:,} (seconds)",
            ["lesson", "beside few", "beside many", "ratio"],
            [
                (name, f"{few:.3f}", f"{many:.3f}", f"{many / few:.2f}")
                for name, few, many in records.opening(homes, ROUNDS)
            ],
        )
        table(
            "Progress files",
            ["what", "attempts", "seconds", "MB of memory at the most"],
            [(what, f"{n:,}", f"{s:.2f}", f"{mb:.0f}") for what, n, s, mb in records.files(homes)],
        )
        cohorts = folder / "cohorts"
        cohorts.mkdir()
        table(
            f"Insights, {insights.EACH:,} attempts in each file",
            ["attempts", "seconds", "processor seconds", "processor µs an attempt", "MB of memory at the most"],
            [
                (f"{n:,}", f"{s:.1f}", f"{cpu:.1f}", f"{1e6 * cpu / n:.2f}", f"{mb:.0f}")
                for n, s, cpu, mb in insights.times(cohorts)
            ],
        )


if __name__ == "__main__":
    main()
