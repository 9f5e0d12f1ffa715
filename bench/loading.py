"""Loading and checking the course, and generated ones of growing size."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from secondsight.course import audit, find_course, read_course

HEAD = "reviewed_on: 2026-01-01\nreview_by: 2027-01-01\nreviewed_by: nobody, it is generated\n\n"
ITEMS_A_FILE = 100


def times(folder: Path, rounds: int) -> Iterator[tuple[str, int, float]]:
    """For each course: its name, its number of items, median seconds to load and check it."""
    yield "Second Sight", *_measure(find_course(), rounds)
    for items in (1_000, 10_000):
        root = folder / f"generated-{items}"
        _generate(root, items)
        yield "generated", *_measure(root, rounds)


def _measure(root: Path, rounds: int) -> tuple[int, float]:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        course, problems = read_course(root)
        audit(course)
        taken.append(time.perf_counter() - start)
        assert not problems
    return len(course.items), statistics.median(taken)


def _generate(root: Path, items: int) -> None:
    """A course of that many items; the audit has its say on it, the reader has none."""
    for name in ("content/facts", "content/lessons", "exercises/questions", "notebooks"):
        (root / name).mkdir(parents=True)
    for name, key in (
        ("sources", "sources"),
        ("statements", "statements"),
        ("glossary", "terms"),
        ("actions", "actions"),
        ("red_flags", "red_flags"),
        ("pictures", "pictures"),
    ):
        (root / "content" / f"{name}.yaml").write_text(f"{HEAD}{key}: []\n")
    (root / "content" / "course.yaml").write_text(
        f"{HEAD}id: generated\ntitle: Generated\nsays: For measuring.\nnotice: Not for reading.\nlessons: [one]\n"
    )
    (root / "content" / "facts" / "one.yaml").write_text(
        f"{HEAD}facts:\n  - id: fact\n    says: Something is so.\n    sources: [source]\n"
    )
    (root / "content" / "lessons" / "one.yaml").write_text(
        f"{HEAD}id: one\nnotebook: 00-one.ipynb\ntitle: One\nsays: One.\nminutes: 20\n"
        "objectives:\n  - {id: aim, says: Aim.}\n"
    )
    for start in range(0, items, ITEMS_A_FILE):
        quiz = "".join(_item(number) for number in range(start, min(start + ITEMS_A_FILE, items)))
        (root / "exercises" / "questions" / f"q{start}.yaml").write_text(
            f"{HEAD}quizzes:\n  - id: quiz-{start}\n    title: Quiz\n    says: Try.\n    items:\n{quiz}"
        )


def _item(number: int) -> str:
    options = "".join(
        f"          - text: Option {letter}, as long as an option is as a rule\n"
        f"{'            correct: true' + chr(10) if letter == 'b' else ''}"
        f"            feedback: >-\n              Why option {letter} fits or does not fit, in a sentence or two\n"
        "              that a trainee reads after the answer, as in the real course.\n"
        for letter in "abcd"
    )
    return (
        f"      - id: item-{number}\n        kind: choice\n        answers: one\n        objective: aim\n"
        f"        facts: [fact]\n        stem: >-\n          A person of {20 + number % 60} tells you about something\n"
        "          that began last week. What do you do next?\n"
        f"        options:\n{options}        hints:\n          - Think of where, when and which way.\n"
    )
