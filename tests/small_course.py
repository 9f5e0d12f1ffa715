"""A valid course, small enough to read whole; a test breaks it in one place.

It has two lessons, a practice with one item of each kind, a case and a clinic, a reference, and four notebooks that
look at one's own record: a review, a final check, progress, and a certificate.
"""

from __future__ import annotations

import json
from pathlib import Path

from secondsight.course import audit, read_course

HEAD = "reviewed_on: 2026-01-10\nreview_by: 2027-01-10\nreviewed_by: nobody yet\n\n"

BODIES = {
    "content/course.yaml": """\
id: small
title: Small Course
says: A course of eight notebooks.
notice: Practice, not advice.
lessons: [first, second, third, fourth, again, finish, standing, certificate]
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
  - id: body-front
    file: pictures/body-front.svg
    caption: A body, seen from the front.
    facts: [ache-lasts]
  - id: body-back
    file: pictures/body-back.svg
    caption: A body, seen from behind.
    facts: [ache-lasts]
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
places:
  - {view: back, x: 50, y: 60, name: Between the shoulder blades}
  - {view: back, x: 50, y: 90, name: The small of the back}
  - {view: front, x: 40, y: 70, name: The ribs}
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
    "content/lessons/third.yaml": """\
id: third
kind: practice
notebook: 02-third.ipynb
title: Third
says: Practice of every kind.
minutes: 15
objectives:
  - {id: third-sort, says: Sort what you hear.}
  - {id: third-meet, says: Meet a patient.}
  - {id: third-clinic, says: Decide how fast to act.}
""",
    "content/lessons/fourth.yaml": """\
id: fourth
kind: reference
notebook: 03-fourth.ipynb
title: Fourth
says: To keep at hand.
minutes: 5
""",
    "content/lessons/again.yaml": """\
id: again
kind: record
notebook: 04-again.ipynb
title: Once more
says: What is due.
minutes: 5
""",
    "content/lessons/finish.yaml": """\
id: finish
kind: record
notebook: 05-finish.ipynb
title: The last check
says: A little of everything.
minutes: 10
""",
    "content/lessons/standing.yaml": """\
id: standing
kind: record
notebook: 06-standing.ipynb
title: Standing
says: How far you are.
minutes: 5
""",
    "content/lessons/certificate.yaml": """\
id: certificate
kind: record
notebook: 07-certificate.ipynb
title: On paper
says: That you were here.
minutes: 5
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
    "exercises/questions/third.yaml": """\
quizzes:
  - id: third-kinds
    title: Of every kind
    says: One of each.
    items:
      - id: sort-aches
        kind: match
        objective: third-sort
        facts: [ache-lasts, ache-passes]
        stem: Put each ache where it belongs.
        groups: [It passes, It is talked about]
        cards:
          - {text: An ache since May, group: It is talked about, feedback: It has lasted.}
          - {text: An ache after digging, group: It passes, feedback: Digging explains it.}
          - {text: An ache that eases, group: It passes, feedback: It is going.}
        hints: [Think of time.]
      - id: order-call
        kind: order
        objective: third-sort
        facts: [legs-weak]
        stem: Put the call in order.
        steps:
          - {text: Hear what the person says, feedback: All else rests on it.}
          - {text: Ask about walking, feedback: The answer decides.}
          - {text: Write down who was told, feedback: There is something to write now.}
        hints: [Begin with the ears., End with the pen.]
      - id: find-back
        kind: hotspot
        answers: several
        picture: back
        objective: third-sort
        facts: [ache-lasts]
        site: back
        stem: Where may an ache be talked about?
        places:
          - {text: The shoulder blades, x: 5, y: 2, correct: true, feedback: It may last there., facts: [legs-weak]}
          - {text: The small of the back, x: 5, y: 7.5, correct: true, feedback: There too.}
          - {text: The chair, x: 1, y: 9, feedback: A chair has no ache.}
      - id: mark-call
        kind: spot
        form: call
        objective: third-sort
        facts: [legs-weak]
        sources: [old-letter]
        stem: Ann rings. Mark what should raise concern.
        text: >-
          “I have had [a cold]. [My legs give way] on the stairs.

          And [I sleep badly], but that is the cat.”
        phrases:
          - {says: a cold, why: Colds pass.}
          - {says: My legs give way, cue: true, why: Weak legs cannot wait.}
          - {says: I sleep badly, why: The cat explains it.}
      - id: slip-call
        kind: worked
        objective: third-sort
        facts: [legs-weak]
        stem: A colleague took a call. One step is a slip.
        steps:
          - {says: He heard that legs gave way., why: He listened.}
          - {says: He booked a talk for Monday., wrong: true, why: Monday is too late.}
          - {says: He wrote it down., why: Others can read it.}
        mends:
          - {text: Book a talk for Friday, feedback: Still too late., facts: [ache-lasts]}
          - {text: Ring the helpline now, correct: true, feedback: It cannot wait.}
      - id: write-why
        kind: reflect
        objective: third-sort
        facts: [ache-passes]
        stem: Why do most aches need no call?
        model: Most aches pass, and I say when to come back.
        points: [Most pass., It says when to come back.]
""",
    "exercises/cases/third.yaml": """\
cases:
  - id: stiff-back
    kind: case
    title: A stiff back
    objective: third-meet
    site: back
    facts: [legs-weak]
    sources: [old-letter]
    patient: Ann, 60
    history: Well so far.
    setting: Ann rings the ward.
    minutes: 4
    steps:
      - id: listen
        says: “My back is stiff.”
        asks:
          - {text: "Since when?", minutes: 2, answer: “Since May.”, key: true, why: It has lasted.}
          - {text: "And your legs?", minutes: 2, answer: “They give way.”, key: true, why: That cannot wait.}
          - {text: "Any plans?", minutes: 1, answer: “A walk.”, why: It adds little.}
        turns:
          - {text: Ask her to stand up, next: look}
          - {text: Wish her well, next: waved-away}
      - id: waved-away
        says: She rings again, from the floor.
        next: listen
      - id: look
        says: She holds on to the wall.
        next: decide
    action: same-day-emergency
    actions:
      same-day-emergency: Weak legs cannot wait.
      contact-team-within-days: Days are too many.
      discuss-if-beyond-1-2-weeks: Weeks are far too many.
      reassure-and-safety-net: There is nothing to reassure about.
    detail: Ring the helpline.
    consider: Pressure on the spine.
    cues: [legs that give way, an ache since May]
    lures: [a stiff back is common]
    debrief: Legs decide.
""",
    "exercises/clinics/small-clinic.yaml": """\
id: small-clinic
title: The small clinic
says: Four people, one by one.
in_ten: 5
""",
    "exercises/vignettes/third.yaml": """\
clinic: small-clinic
vignettes:
  - id: v-stairs
    objective: third-clinic
    site: back
    facts: [legs-weak]
    about: emergency
    who: {age: 60, sex: woman, ethnicity: White Irish, setting: phone, story: secondary, years: 12}
    action: same-day-emergency
    card: weak-legs
    text: Ann rings. [Her legs give way] on [the stairs] since noon.
    why: Weak legs cannot wait.
  - id: v-may
    objective: third-clinic
    site: back
    facts: [ache-lasts]
    sources: [old-letter]
    about: secondary
    who: {age: 41, sex: man, ethnicity: Black British, setting: gp, story: de-novo}
    action: contact-team-within-days
    text: Ben has an ache [that grows] at night.
    why: It grows, so the team hears of it.
  - id: v-digging
    objective: third-clinic
    site: back
    facts: [ache-passes]
    about: everyday
    who: {age: 83, sex: woman, ethnicity: British Indian, setting: home, story: primary, years: 0}
    action: reassure-and-safety-net
    text: Gita’s back aches [after digging], and it eases.
    why: Digging explains it.
  - id: v-weeks
    objective: third-clinic
    site: back
    facts: [ache-lasts]
    about: treatment
    who: {age: 33, sex: woman, ethnicity: White British, setting: clinic, story: primary, years: 3}
    action: discuss-if-beyond-1-2-weeks
    text: Mel has had a dull ache [for three weeks].
    why: It has lasted.
""",
    "exercises/blueprint.yaml": """\
wants:
  - {objective: first-know, kind: choice, least: 2}
  - {objective: third-sort, kind: match, least: 1}
  - {objective: third-clinic, kind: vignette, site: back, least: 4}
""",
    "exercises/final-check.yaml": """\
title: The last check
says: Five from the whole course.
before: first-before
draws:
  - {objectives: [first-know, second-act], items: 1}
  - {objectives: [third-sort], items: 2}
  - objectives:
      - third-meet
      - third-clinic
    items: 2
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

BODY = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 200" role="img" aria-labelledby="SIDE-title SIDE-desc">
  <title id="SIDE-title">A body</title>
  <desc id="SIDE-desc">A body, seen from one side.</desc>
  <path class="p-figure" d="M0 0H100V200H0Z"/>
</svg>
"""

PICTURES = {
    "back.svg": PICTURE,
    **{f"{side}.svg": BODY.replace("SIDE", side) for side in ("body-front", "body-back")},
}

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
    "02-third.ipynb": [
        ("markdown", "third-title", f"# Third\n\n{BUTTON}\n\n*Practice, not advice.*"),
        ("code", "third-start", 'import secondsight as ss; ss.start("third")'),
        ("code", "third-quiz", 'ss.quiz("third-kinds")'),
        ("code", "third-case", 'ss.case("stiff-back")'),
        ("code", "third-clinic", 'ss.clinic("small-clinic")'),
    ],
    "03-fourth.ipynb": [
        ("markdown", "fourth-title", f"# Fourth\n\n{BUTTON}\n\n*Practice, not advice.*"),
        ("code", "fourth-start", 'import secondsight as ss; ss.start("fourth")'),
        ("code", "fourth-map", "ss.body_map()"),
        ("code", "fourth-sheet", "ss.red_flags()"),
        ("code", "fourth-words", "ss.glossary()"),
    ],
    "04-again.ipynb": [
        ("markdown", "again-title", f"# Once more\n\n{BUTTON}\n\n*Practice, not advice.*"),
        ("code", "again-start", 'import secondsight as ss; ss.start("again")'),
        ("code", "again-review", "ss.review()"),
    ],
    "05-finish.ipynb": [
        ("markdown", "finish-title", f"# The last check\n\n{BUTTON}\n\n*Practice, not advice.*"),
        ("code", "finish-start", 'import secondsight as ss; ss.start("finish")'),
        ("code", "finish-check", "ss.final_check()"),
    ],
    "06-standing.ipynb": [
        ("markdown", "standing-title", f"# Standing\n\n{BUTTON}\n\n*Practice, not advice.*"),
        ("code", "standing-start", 'import secondsight as ss; ss.start("standing")'),
        ("code", "standing-progress", "ss.progress()"),
        ("code", "standing-due", "ss.due()"),
    ],
    "07-certificate.ipynb": [
        ("markdown", "certificate-title", f"# On paper\n\n{BUTTON}\n\n*Practice, not advice.*"),
        ("code", "certificate-start", 'import secondsight as ss; ss.start("certificate")'),
        ("code", "certificate-paper", "ss.certificate()"),
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
        for file, picture in PICTURES.items():
            self.write(f"content/pictures/{file}", picture)
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

    def fill_clinic(self, actions: list[str], text: str = "He [aches].", why: str = "Why.") -> None:
        """Put as many vignettes into the clinic as there are actions, in the place of its own."""
        file = "exercises/vignettes/third.yaml"
        who = "{age: 40, sex: man, ethnicity: White British, setting: gp, story: de-novo}"
        made = HEAD + "clinic: small-clinic\nvignettes:\n"
        for number, action in enumerate(actions):
            card = "    card: weak-legs\n" if action == "same-day-emergency" else ""
            made += (
                f"  - id: v-{number}\n    objective: third-clinic\n    site: back\n    facts: [ache-passes]\n"
                f"    about: everyday\n    who: {who}\n    action: {action}\n{card}"
                f"    text: Number {number}. {text}\n    why: {why}\n"
            )
        self.write(file, made)

    def problems(self) -> list[str]:
        """What ``secondsight check`` would list."""
        course, problems = read_course(self.root)
        return [str(problem) for problem in sorted({*problems, *audit(course)})]
