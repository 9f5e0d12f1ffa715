"""Checks across files: every name exists, all that is taught is asked."""

import json

import pytest

from secondsight.course import audit, read_course
from secondsight.course.audit import facts_taught

FACTS = "content/facts/aches.yaml"
FIRST = "exercises/questions/first.yaml"
SITE = "content/sites/back.yaml"


def test_the_small_course_has_nothing_to_mend(small):
    assert small.problems() == []


# A name that does not exist: the file, what stands there, what comes instead, where, and what is said.
NAMES = {
    "fact's source": (
        FACTS,
        "sources: [ward-book]",
        "sources: [nothing]",
        "id: ache-lasts",
        "fact 'ache-lasts' names the source",
    ),
    "fact's statement": (FACTS, "seed: [S01]", "seed: [S01, S99]", "id: ache-lasts", "names the statement 'S99'"),
    "term's source": ("content/glossary.yaml", "[ward-book]", "[nothing]", "id: ache", "names the source 'nothing'"),
    "card's source": (
        "content/red_flags.yaml",
        "[ward-book]",
        "[nothing]",
        "id: weak-legs",
        "names the source 'nothing'",
    ),
    "picture's fact": ("content/pictures.yaml", "[legs-weak]", "[legs-weak, x]", "id: back", "names the fact 'x'"),
    "picture's file": (
        "content/pictures.yaml",
        "pictures/back.svg",
        "pictures/front.svg",
        "id: back",
        "names the file 'pictures/front.svg'",
    ),
    "site's card": (SITE, "[weak-legs]", "[weak-arms]", "id: back", "names the red flag 'weak-arms'"),
    "symptom's fact": (SITE, "[ache-lasts]", "[nothing]", "id: back-ache", "names the fact 'nothing'"),
    "symptom's source": (SITE, "[ward-book]", "[nothing]", "id: back-ache", "names the source 'nothing'"),
    "item's objective": (FIRST, "objective: first-know", "objective: x", "id: which-ache", "names the objective 'x'"),
    "item's fact": (FIRST, "facts: [ache-lasts]", "facts: [ache-lasts, x]", "id: which-ache", "names the fact 'x'"),
    "option's fact": (FIRST, "facts: [ache-passes]", "facts: [ache-passes, x]", "id: which-ache", "names the fact 'x'"),
    "greeted as right": (FIRST, "Most aches pass.", "Yes, most pass.", "id: which-ache", "greets the wrong option"),
    "lesson unlisted": (
        "content/course.yaml",
        "[first, second]",
        "[first]",
        "",
        "is not listed in content/course.yaml",
    ),
    "lesson not there": ("content/course.yaml", "[first, second]", "[first, second, x]", "", "lists the lesson 'x'"),
    "objective untested": (
        "content/lessons/first.yaml",
        "  - {id: first-know",
        "  - {id: first-more, says: x}\n  - {id: first-know",
        "id: first-more",
        "objective 'first-more' is tested by no item",
    ),
    "statement uncovered": (
        "content/statements.yaml",
        "  - {id: S01",
        "  - {id: S03, kind: x, says: y}\n  - {id: S01",
        "id: S03",
        "statement 'S03' is covered by no fact",
    ),
    "fact unused": (
        FACTS,
        "  - id: legs-weak",
        "  - {id: new, says: x, sources: [ward-book]}\n  - id: legs-weak",
        "id: new",
        "fact 'new' is shown by no lesson",
    ),
    "source uncited": (FACTS, "[ward-book, old-letter]", "[ward-book]", "", "source 'old-letter' is cited by nothing"),
    "action not there": (
        "content/actions.yaml",
        "  - {id: same-day-emergency, name: Act now, says: Ring at any hour.}\n",
        "",
        "",
        "symptom 'back-legs' names the action 'same-day-emergency'",
    ),
}


@pytest.mark.parametrize("broken", NAMES.values(), ids=NAMES)
def test_what_does_not_hold_together_is_named(small, broken):
    file, old, new, at, says = broken
    small.edit(file, old, new)
    found = [problem for problem in small.problems() if says in problem]
    assert len(found) == 1, small.problems()
    if at:
        assert found[0].startswith(f"{file}:{small.line(file, at)}: ")


def test_a_statement_that_no_lesson_teaches_is_named(small):
    for cell in ("second-points", "second-symptoms", "second-picture"):
        small.change_cell("01-second.ipynb", cell, "ss.actions()")
    line = small.line("content/statements.yaml", "id: S02")
    assert small.problems() == [
        f"content/statements.yaml:{line}: statement 'S02' is taught by no lesson; show one of its facts as a key point"
    ]


def test_a_statement_that_no_item_asks_is_named(small):
    small.edit("exercises/questions/second.yaml", "facts: [legs-weak]", "facts: [ache-lasts]")
    line = small.line("content/statements.yaml", "id: S02")
    assert small.problems() == [
        f"content/statements.yaml:{line}: statement 'S02' is asked by no item; rest one on its facts"
    ]


# A cell that is put at the end of the first notebook, and what is said of it.
CELLS = {
    "unknown verb": (
        "code",
        'ss.quizz("first-before")',
        "'ss.quizz' is no verb of a lesson; the verbs are start, quiz",
    ),
    "unknown quiz": ("code", 'ss.quiz("nothing")', "names the quiz 'nothing', which does not exist"),
    "unknown fact": ("code", 'ss.key_points("nothing")', "names the fact 'nothing', which does not exist"),
    "unknown term": ("code", 'ss.glossary("nothing")', "names the term 'nothing', which does not exist"),
    "unknown site": ("code", 'ss.symptoms("nothing")', "names the site 'nothing', which does not exist"),
    "unknown card": ("code", 'ss.red_flags("nothing")', "names the red flag 'nothing', which does not exist"),
    "unknown picture": ("code", 'ss.picture("nothing")', "names the picture 'nothing', which does not exist"),
    "asked by another": ("code", 'ss.quiz("second-before")', "asks too; ask it once"),
    "asked twice": ("code", 'ss.quiz("first-before")', "ask it once"),
    "no quiz": ("code", "ss.quiz()", "ss.quiz"),
    "two quizzes": ("code", 'ss.quiz("first-before", "second-before")', "ss.quiz"),
    "no picture": ("code", "ss.picture()", "ss.picture"),
    "two pictures": ("code", 'ss.picture("back", "symptom-chart")', "ss.picture"),
    "no site": ("code", "ss.symptoms()", "ss.symptoms"),
    "action with a name": ("code", 'ss.actions("now")', "ss.actions"),
    "broken link": ("markdown", "[x](09-nothing.ipynb)", "has a link to '09-nothing.ipynb', which is not there"),
    "broken link to a part": ("markdown", "[x](09-nothing.ipynb#x)", "has a link to '09-nothing.ipynb#x'"),
    "broken picture": ("markdown", "![a back](back.png)", "has a picture to 'back.png', which is not there"),
    "undescribed picture": ("markdown", "![](../content/pictures/back.svg)", "without a description"),
    "blank description": ("markdown", "![ ](../content/pictures/back.svg)", "without a description"),
    "endless name": ("markdown", f"[x]({'x' * 5000}.ipynb)", "which is not there"),
}


@pytest.mark.parametrize(("kind", "source", "says"), CELLS.values(), ids=CELLS)
def test_a_cell_that_does_not_fit_is_named_with_notebook_and_cell(small, kind, source, says):
    small.add_cell("00-first.ipynb", kind, "odd", source)
    mine = [problem for problem in small.problems() if says in problem]
    assert mine, small.problems()
    assert any("cell 7 (odd): " in problem or "cell 3 (second-before): " in problem for problem in mine)


@pytest.mark.parametrize(
    "source",
    [
        "[x](https://example.org/a_(b)) <mailto:a@example.org> [y](mailto:a@example.org) [z](#first)",
        "[x](01-second.ipynb#recap) [y](<01-second.ipynb>) ![a back](../content/pictures/back.svg 'A back')",
    ],
)
def test_links_that_lead_somewhere_are_let_be(small, source):
    small.add_cell("00-first.ipynb", "markdown", "fine", source)
    assert small.problems() == []


def test_a_quiz_asked_nowhere_is_named(small):
    small.change_cell("01-second.ipynb", "second-before", "ss.actions()")
    line = small.line("exercises/questions/second.yaml", "id: second-before")
    assert small.problems() == [
        f"exercises/questions/second.yaml:{line}: quiz 'second-before' is asked in no notebook;"
        ' add ss.quiz("second-before") to one'
    ]


def test_an_item_of_another_lessons_objective_is_named(small):
    small.edit(FIRST, "objective: first-know", "objective: second-act")
    (problem,) = small.problems()
    assert "item 'which-ache' tests 'second-act', but the lesson 'first' that asks it has no such objective" in problem


FRAME = {
    "no title": ("first-title", "No title here", "notebooks/00-first.ipynb: the first cell is not a Markdown title"),
    "no button": (
        "first-title",
        "# First\n\n*Practice, not advice.*",
        "cell 1 (first-title): has no 'Start this lesson'",
    ),
    "no notice": (
        "first-title",
        '# First\n<button data-commandlinker-command="notebook:run-all-cells">Start</button>',
        "cell 1 (first-title): lacks the notice of content/course.yaml",
    ),
    "another's start": (
        "first-start",
        'import secondsight as ss; ss.start("second")',
        "does not start its own lesson once",
    ),
    "no start": ("first-start", "import secondsight as ss", "does not start its own lesson once"),
}


@pytest.mark.parametrize(("id", "source", "says"), FRAME.values(), ids=FRAME)
def test_a_lesson_that_lacks_its_frame_is_named(small, id, source, says):
    small.change_cell("00-first.ipynb", id, source)
    (problem,) = small.problems()
    assert says in problem


def test_a_lesson_without_cells_is_named(small):
    small.write(
        "notebooks/00-first.ipynb", json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []})
    )
    assert any(p.startswith("notebooks/00-first.ipynb: the first cell is not") for p in small.problems())


def test_a_lesson_without_its_notebook_is_named(small):
    (small.root / "notebooks/01-second.ipynb").unlink()
    assert any("lesson 'second' has no readable notebook notebooks/01-second.ipynb" in p for p in small.problems())


def items(longest: list[bool], places: list[int]) -> str:
    """A file of items, each with whether its key is the longest option and where its key stands."""
    quiz = "quizzes:\n  - id: second-before\n    title: x\n    says: y\n    items:\n"
    for number, (long, place) in enumerate(zip(longest, places, strict=True)):
        options = [f"{{text: middling {n}, feedback: no}}" for n in range(3)]
        options.insert(place, f"{{text: {'a key that is long' if long else 'key'}, correct: true, feedback: it is}}")
        quiz += (
            f"      - {{id: i{number}, kind: choice, answers: one, objective: second-act, facts: [legs-weak],"
            f" stem: s{number}, options: [{', '.join(options)}]}}\n"
        )
    return quiz


@pytest.mark.parametrize(
    ("longest", "places", "says"),
    [
        ([True] * 4 + [False] * 2, [0, 1, 2, 3, 0, 1], "in 4 of 6 items the right option is the longest"),
        ([False] * 6, [1, 1, 1, 1, 2, 3], "in 4 of 6 items the right option is b"),
    ],
)
def test_a_key_that_length_or_place_gives_away_is_named(small, longest, places, says):
    head = small.read("exercises/questions/second.yaml").split("quizzes:")[0]
    small.write("exercises/questions/second.yaml", head + items(longest, places))
    (problem,) = small.problems()
    assert problem.startswith("exercises/questions/second.yaml: ")
    assert says in problem


def test_keys_that_vary_are_let_be(small):
    head = small.read("exercises/questions/second.yaml").split("quizzes:")[0]
    small.write("exercises/questions/second.yaml", head + items([True, False] * 3, [0, 1, 2, 3, 0, 1]))
    assert small.problems() == []


def test_facts_are_taught_by_key_points_symptoms_and_pictures(small_read):
    assert facts_taught(small_read) == {"first": {"ache-lasts", "ache-passes"}, "second": {"legs-weak", "ache-lasts"}}


def test_what_could_not_be_read_does_not_stop_the_audit(small):
    for file in ("content/course.yaml", FACTS, FIRST, SITE, "content/sources.yaml"):
        small.write(file, "a: [")
    course, problems = read_course(small.root)
    assert len(problems) == 5
    assert audit(course)
