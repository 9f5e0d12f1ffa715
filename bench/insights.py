"""Insights over a class, over a large cohort, and over a country: time, memory, and whether the cost stays linear."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from secondsight.course import Course, find_course, load_course
from secondsight.course.items import Item, Vignette
from secondsight.course.part import Level

SIZES = (100_000, 1_000_000, 10_000_000)
EACH = 2_500  # attempts of one trainee, in one file
BEGUN = datetime(2026, 9, 1, 9, tzinfo=UTC)
SEED = 27


def files(folder: Path, attempts: int) -> list[Path]:
    """The progress files of a made-up cohort, byte for byte as the page writes them; the same each time."""
    course = load_course(find_course())
    # What a line holds between the id and the time, for each item and each way to answer it, made once.
    wrong, right = zip(*(_middles(course, item) for item in course.items.values()), strict=True)
    made = []
    for number in range(attempts // EACH):
        chance = random.Random(SEED + number)
        able = chance.random()
        lines = []
        at = BEGUN
        for _ in range(EACH):
            at += timedelta(milliseconds=chance.randrange(30_000, 3_000_000))
            item = chance.randrange(len(right))
            middle = chance.choice((right if chance.random() < 0.25 + 0.7 * able else wrong)[item])
            bits = f"{chance.getrandbits(128):032x}"
            id = f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-8{bits[17:20]}-{bits[20:]}"
            when = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
            lines.append(f'{{"id":"{id}",{middle[0]},"at":"{when}","place":"page"{middle[1]}}}\n')
        body = "".join(lines).encode()
        head = {"format": "second-sight-progress", "version": 2, "course": course.head.id, "count": EACH}
        head["checksum"] = f"crc32:{zlib.crc32(body):08x}"
        made.append(folder / f"trainee-{number:05}.jsonl")
        made[-1].write_bytes(json.dumps(head).encode() + b"\n" + body)
    return made


def _middles(course: Course, item: Item) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Answers that are wrong, and answers that are right."""
    answers = Level.__args__ if isinstance(item, Vignette) else ("a", "b", "c")
    key = item.action if isinstance(item, Vignette) else "b"
    text = "" if item.is_scored else ',"text":"I would say that \\"most\\" pass – and when to ring."'

    def middle(answer: str, score: str, certainty: str) -> tuple[str, str]:
        said = f'"{certainty}"' if item.is_scored else "null"
        return (
            f'"item":"{item.id}","item_version":"{item.version}","lesson":"{course.lesson_of_item[item.id]}",'
            f'"answer":["{answer}"],"score":{score if item.is_scored else "null"},"certainty":{said},"hints":0,'
            '"seconds":12.4',
            text,
        )

    sure = ("sure", "fairly-sure", "guessing")
    return (
        [middle(each, score, how) for each in answers if each != key for score in ("0", "0.5") for how in sure],
        [middle(key, "1", how) for how in sure],
    )


def times(folder: Path) -> Iterator[tuple[int, float, float, float]]:
    """For each size: attempts, wall seconds, processor seconds, and MB of memory at the most; each in its own process.

    The files are read once before, so that the disk does not count.
    """
    made = files(folder, SIZES[-1])
    for size in SIZES:
        chosen = made[: size // EACH]
        for path in chosen:
            path.read_bytes()
        listed = folder / "chosen.txt"
        listed.write_text("\n".join(map(str, chosen)), encoding="utf-8")
        run = subprocess.run([sys.executable, __file__, str(listed)], capture_output=True, text=True, check=True)
        count, *measured = run.stdout.split()
        assert int(count) == size
        yield size, *map(float, measured)


def _one(listed: Path) -> None:
    """Work out one report; print the attempts, the seconds and the memory."""
    from secondsight.insights import report

    course = load_course(find_course())
    paths = [Path(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    begun, worked = time.perf_counter(), time.process_time()
    made = report(course, paths)
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(made.attempt_count, seconds, processor, int(peak[1]) / 1024)


if __name__ == "__main__":
    _one(Path(sys.argv[1]))
