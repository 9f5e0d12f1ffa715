"""A valid course of two lessons, small enough to read whole; a test breaks it in one place."""

from __future__ import annotations

import json
from pathlib import Path

from secondsight.course import audit, read_course

HEAD = "reviewed_on: 2026-01-10\nreview_by: 2027-01-10\nreviewed_by: nobody yet\n\n"

BODIES = {
    "content/course.yaml": """\
id: small
title: Small Course
says: A course of two lessons.
notice: Practice, not advice.
lessons: [first, second]
""",
    "content/sources.yaml": """\
sources:
  - id: ward-book
    label: Ward book 2025
    title: The ward book
    publisher: A hospital
    year: "2025"
    url: https://example.org/ward-book
    kind: guideline
    read: true
    read_note: whole text
  - id: old-letter
    label: Old letter
    title: A letter without an address
    publisher: A clinic
    year: "1999"
    kind: patient-information
    read: false
    read_note: quoted by the ward book
""",
    "content/statements.yaml": """\
statements:
  - {id: S01, kind: symptom, says: Some aches last.}
  - {id: S02, kind: action, says: Weak legs cannot wait.}
""",
    "content/glossary.yaml": """\
terms:
  - id: ache
    term: Ache
    says: A dull pain.
    also: [soreness]
    nuance: Not every pain is an ache.
    sources: [ward-book]
""",
    "content/actions.yaml": """\
actions:
  - {id: same-day-emergency, name: Act now, says: Ring at any hour.}
  - {id: contact-team-within-days, name: Act within days, says: Ring the team.}
  - {id: discuss-if-beyond-1-2-weeks, name: Discuss if it lasts, says: Book a talk.}
  - {id: reassure-and-safety-net, name: Explain, says: Say when to come back.}
""",
    "content/red_flags.yaml": """\
red_flags:
  - id: weak-legs
    name: Weak legs
    features: [legs give way]
    act_within: At once.
    who_to_call: The helpline.
    while_waiting: Lie still.
    trainee_note: Ask about walking.
    sources: [ward-book]
""",
    "content/pictures.yaml": """\
pictures:
  - id: back
    file: pictures/back.svg
    caption: A back, seen from behind.
    facts: [legs-weak]
""",
    "content/facts/aches.yaml": """\
facts:
  - id: ache-lasts
    says: An ache that lasts is talked about.
    seed: [S01]
    sources: [ward-book]
  - id: ache-passes
    says: Most aches pass.
    sources: [ward-book, old-letter]
    moved_on: The old letter said all aches pass.
  - id: legs-weak
    says: Weak legs are an emergency.
    seed: [S02]
    sources: [ward-book]
""",
    "content/sites/back.yaml": """\
id: back
name: Back
red_flags: [weak-legs]
symptoms:
  - id: back-ache
    lay: An ache in the back
    clinical: Back pain
    facts: [ache-lasts]
    look_alikes: [a strain]
    more_worried: [it lasts]
    less_worried: [it eases]
    action: discuss-if-beyond-1-2-weeks
    note: Ask about nights.
    sources: [ward-book]
  - id: back-legs
    lay: Legs that give way
    clinical: Leg weakness
    facts: [legs-weak]
    look_alikes: [tiredness]
    more_worried: [it is new]
    action: same-day-emergency
    sources: [ward-book]
""",
    "content/lessons/first.yaml": """\
id: first
notebook: 00-first.ipynb
title: First
says: About aches.
minutes: 5
objectives:
  - {id: first-know, says: Know an ache that lasts.}
""",
    "content/lessons/second.yaml": """\
id: second
notebook: 01-second.ipynb
title: Second
says: About legs.
minutes: 10
objectives:
  - {id: second-act, says: Act on weak legs.}
""",
    "exercises/questions/first.yaml": """\
quizzes:
  - id: first-before
    title: First thoughts
    says: Have a go.
    items:
      - id: which-ache
        kind: choice
        answers: one
        objective: first-know
        facts: [ache-lasts]
        stem: Which ache is talked about?
        options:
          - text: One that eased yesterday
            feedback: Most aches pass.
            facts: [ache-passes]
          - text: One that lasts
            correct: true
            feedback: It has lasted.
        hints:
          - Think of time.
          - Think of weeks.
      - id: which-aches
        kind: choice
        answers: several
        objective: first-know
        facts: [ache-lasts, ache-passes]
        stem: Which of these pass?
        options:
          - {text: A strain, correct: true, feedback: It passes.}
          - {text: A bruise, correct: true, feedback: It passes too.}
          - {text: A scar, feedback: A scar stays.}
""",
    "exercises/questions/second.yaml": """\
quizzes:
  - id: second-before
    title: Before the second
    says: Have another go.
    items:
      - id: legs-when
        kind: choice
        answers: one
        objective: second-act
        facts: [legs-weak]
        stem: Legs give way. When do you call?
        options:
          - {text: Now, correct: true, feedback: It cannot wait.}
          - {text: After the weekend, feedback: Too late.}
""",
}

PICTURE = """\
<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-labelledby="back-title back-desc">
  <title id="back-title">A back</title>
  <desc id="back-desc">The back-title stands above a line.</desc>
  <defs><linearGradient id="back-fill"/></defs>
  <rect width="10" height="10" fill="url(#back-fill)"/>
</svg>
"""

BUTTON = '<button data-commandlinker-command="notebook:run-all-cells">Start this lesson</button>'

CELLS = {
    "00-first.ipynb": [
        ("markdown", "first-title", f"# First\n\n{BUTTON}\n\n*Practice, not advice.*"),
        ("code", "first-start", 'import secondsight as ss; ss.start("first")'),
        ("code", "first-before", 'ss.quiz("first-before")'),
        ("code", "first-points", 'ss.key_points("ache-lasts", "ache-passes")'),
        ("code", "first-words", 'ss.glossary("ache")'),
        ("markdown", "first-next", "Go on to [the second](01-second.ipynb)."),
    ],
    "01-second.ipynb": [
        ("markdown", "second-title", f"# Second\n\n{BUTTON}\n\n*Practice, not advice.*"),
        ("code", "second-start", 'import secondsight as ss; ss.start("second")'),
        ("code", "second-before", 'ss.quiz("second-before")'),
        ("code", "second-flags", 'ss.red_flags("weak-legs")'),
        ("code", "second-points", 'ss.key_points("legs-weak")'),
        ("code", "second-symptoms", 'ss.symptoms("back")'),
        ("code", "second-picture", 'ss.picture("back")'),
        ("code", "second-chart", 'ss.picture("symptom-chart")'),
        ("code", "second-actions", "ss.actions()"),
        ("code", "second-sources", "ss.sources()"),
    ],
}


def cell(kind: str, id: str, source: str) -> dict:
    """A notebook's cell as Jupyter saves it."""
    made = {"cell_type": kind, "id": id, "metadata": {}, "source": source}
    return made | {"execution_count": None, "outputs": []} if kind == "code" else made


def notebook(*cells: dict) -> str:
    """A notebook's JSON."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


class SmallCourse:
    """The course in a folder of its own, with what a test needs to break it."""

    def __init__(self, root: Path):
        self.root = root
        for file, body in BODIES.items():
            self.write(file, HEAD + body)
        self.write("content/pictures/back.svg", PICTURE)
        for name, cells in CELLS.items():
            self.write(f"notebooks/{name}", notebook(*(cell(*each) for each in cells)))

    def write(self, file: str, text: str | bytes) -> Path:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def read(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def line(self, file: str, text: str) -> int:
        """The line, counted from 1, on which ``text`` first stands."""
        return self.read(file).split(text)[0].count("\n") + 1

    def edit(self, file: str, old: str, new: str) -> None:
        before = self.read(file)
        assert old in before, f"{file} does not hold {old!r}"
        self.write(file, before.replace(old, new, 1))

    def add_cell(self, name: str, kind: str, id: str, source: str, at: int | None = None) -> None:
        """Put a cell into a notebook, by default at its end."""
        file = f"notebooks/{name}"
        raw = json.loads(self.read(file))
        raw["cells"].insert(len(raw["cells"]) if at is None else at, cell(kind, id, source))
        self.write(file, json.dumps(raw))

    def change_cell(self, name: str, id: str, source: str) -> None:
        file = f"notebooks/{name}"
        raw = json.loads(self.read(file))
        (found,) = (each for each in raw["cells"] if each["id"] == id)
        found["source"] = source
        self.write(file, json.dumps(raw))

    def problems(self) -> list[str]:
        """What ``secondsight check`` would list."""
        course, problems = read_course(self.root)
        return [str(problem) for problem in sorted({*problems, *audit(course)})]
