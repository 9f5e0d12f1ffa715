"""A small course whose words are hard to carry: every sign that some form of export takes for its own."""

from __future__ import annotations

import json

from secondsight.course import Course, load_course
from small_course import SmallCourse

HARD = (
    "a < b & b > c",
    "<b>bold</b> &amp; <script>alert(1)</script>",
    "ends a section: ]]> and begins <![CDATA[one",
    "{braces} = 50% ~ #hash ##### : colon :: twice",
    "\\n \\: \\= \\\\ back\\slash\\",
    "[html]<p>not a format</p>",
    "%50%not a mark",
    "%",
    "=~#{}",
    "-> an arrow -> two",
    "// not a comment",
    "“curly” \"straight\" 'single' `tick`",
    "$CATEGORY: no",
    "&&058; &#58; &colon;",
    "TRUE",
    "#1:2",
    "🎗️ é 漢字 \u202eright to left",
    "two lines\nof text",
    "a paragraph\n\nand another",
    "long " * 799 + "text",
)


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def hard_course(small: SmallCourse) -> Course:
    """The course with as many choices as there are hard texts, each text as stem, options, feedback and hint."""
    items = ""
    for number, text in enumerate(HARD):
        options = "".join(
            f"          - {{text: {quoted(option)}, correct: {correct}, feedback: {quoted(text)}}}\n"
            for option, correct in ((text, "true"), (f"{text[:3900]} not", "false"))
        )
        items += (
            f"      - id: hard-{number}\n        kind: choice\n        answers: {('one', 'several')[number % 2]}\n"
            f"        objective: second-act\n        facts: [legs-weak]\n        stem: {quoted(text)}\n"
            f"        options:\n{options}        hints: [{quoted(text)}]\n"
        )
    short = [text for text in HARD if len(text) <= 120]
    groups = "".join(f"          - {quoted(text)}\n" for text in short[:8])
    cards = "".join(
        f"          - {{text: {quoted(f'{text} card')}, group: {quoted(text)}, feedback: {quoted(text)}}}\n"
        for text in short[:8]
    )
    items += (
        "      - id: hard-pairs\n        kind: match\n        objective: second-act\n        facts: [legs-weak]\n"
        f"        stem: Pair them.\n        groups:\n{groups}        cards:\n{cards}"
    )
    items += (
        "      - id: hard-words\n        kind: reflect\n        objective: second-act\n        facts: [legs-weak]\n"
        f"        stem: {quoted(HARD[1])}\n        model: {quoted(HARD[3])}\n"
        f"        points: [{', '.join(map(quoted, HARD[12:19]))}]\n"
    )
    small.edit("exercises/questions/second.yaml", "      - id: legs-when\n", f"{items}      - id: legs-when\n")
    small.edit("content/course.yaml", "title: Small Course", 'title: "/A/B // <Course>/"')
    small.edit("content/lessons/second.yaml", "title: Second", 'title: "Second & <last> / more"')
    small.edit("content/facts/aches.yaml", "says: Weak legs are an emergency.", f"says: {quoted(HARD[2])}")
    return load_course(small.root)
