"""What the final check may ask: each thing wrong with it is one sentence at its file and line."""

from __future__ import annotations

import re

import pytest

from secondsight.course import load_course
from small_course import BODIES, HEAD

CHECK = "exercises/final-check.yaml"
NOTEBOOK = "notebooks/05-finish.ipynb"
# What is wrong: what stands there, what comes instead, at which text the line is, and what is said.
WRONG = {
    "objective that does not exist": (
        "[third-sort]",
        "[third-sort, third-sing]",
        "objectives: [third-sort",
        "the final check draws from the objective 'third-sing', which does not exist; mend the name",
    ),
    "objective that does not exist, in a list over lines": (
        "      - third-clinic\n",
        "      - third-clinic\n      - third-sing\n",
        "  - objectives:\n",
        "the final check draws from the objective 'third-sing', which does not exist; mend the name",
    ),
    "objective drawn twice": (
        "[third-sort]",
        "[third-sort, first-know]",
        "objectives: [third-sort",
        "the final check draws from the objective 'first-know' twice; take one of them out",
    ),
    "objective drawn twice in one draw": (
        "[third-sort]",
        "[third-sort, third-sort]",
        "objectives: [third-sort",
        "the final check draws from the objective 'third-sort' twice; take one of them out",
    ),
    "quiz that does not exist": (
        "before: first-before",
        "before: first-thoughts",
        "before:",
        "the final check is put beside the quiz 'first-thoughts', which does not exist; mend the name",
    ),
    "case for a quiz": (
        "before: first-before",
        "before: stiff-back",
        "before:",
        "the final check is put beside the quiz 'stiff-back', which does not exist; mend the name",
    ),
    "too few to take it again": (
        "second-act], items: 1",
        "second-act], items: 2",
        "objectives: [first-know",
        "the final check draws 2 of 3 items here, so that it could not be taken again with others; draw at most 1, or "
        "add items",
    ),
    # There are six, of which one is never scored.
    "what is never scored does not count": (
        "[third-sort], items: 2",
        "[third-sort], items: 3",
        "objectives: [third-sort",
        "the final check draws 3 of 5 items here, so that it could not be taken again with others; draw at most 2, or "
        "add items",
    ),
}
# The same for the form of the file.
ILL_FORMED = {
    "no title": ("title: The last check\n", "", "reviewed_on", "this file has no 'title'; add it"),
    "no quiz before": ("before: first-before\n", "", "reviewed_on", "this file has no 'before'; add it"),
    "unknown field": (
        "says: Five",
        "say: Five",
        "say: Five",
        "this file has an unknown field 'say'; did you mean 'says'?",
    ),
    "unknown field of a draw": (
        "[third-sort], items: 2",
        "[third-sort], item: 2",
        "item: 2",
        "this file has an unknown field 'item'; did you mean 'items'?",
    ),
    "no objectives": (
        "objectives: [third-sort]",
        "objectives: []",
        "objectives: []",
        "this file has an empty or too short 'objectives'; fill it in",
    ),
    "an objective for a list": (
        "objectives: [third-sort]",
        "objectives: third-sort",
        "objectives: third-sort",
        "this file should have a list under 'objectives', but has text",
    ),
    "no number": ("[third-sort], items: 2", "[third-sort], items: two", "items: two", "'items' that does not fit"),
    "nothing drawn": ("[third-sort], items: 2", "[third-sort], items: 0", "items: 0", "'items' that does not fit"),
    "far too many drawn": (
        "[third-sort], items: 2",
        "[third-sort], items: 51",
        "items: 51",
        "'items' that does not fit",
    ),
    "an id of another form": ("before: first-before", "before: First before", "before:", "not of the form it takes"),
    "a review that is over": ("review_by: 2027", "review_by: 2025", "reviewed_on", "'review_by' that is not after"),
}


def at(small, text: str) -> str:
    return f"{CHECK}:{small.line(CHECK, text)}: "


@pytest.mark.parametrize(("old", "new", "line", "says"), WRONG.values(), ids=WRONG)
def test_a_final_check_that_does_not_fit_the_course_is_named_at_its_line(small, old, new, line, says):
    small.edit(CHECK, old, new)
    assert small.problems() == [f"{at(small, line)}{says}"]


@pytest.mark.parametrize(("old", "new", "line", "says"), ILL_FORMED.values(), ids=ILL_FORMED)
def test_a_final_check_of_another_form_is_named_at_its_line(small, old, new, line, says):
    small.edit(CHECK, old, new)
    found = small.problems()
    assert any(problem.startswith(at(small, line)) and says in problem for problem in found), found
    # Who has to mend this file is not told besides that there is none.
    assert all(problem.startswith(f"{CHECK}:") for problem in found)


def test_a_final_check_without_draws_is_named(small):
    small.write(CHECK, HEAD + BODIES[CHECK].split("draws:")[0] + "draws: []\n")
    assert small.problems() == [f"{at(small, 'draws:')}this file has an empty or too short 'draws'; fill it in"]


def test_each_thing_wrong_is_named_and_not_only_the_first(small):
    small.edit(CHECK, "before: first-before", "before: nothing")
    small.edit(CHECK, "second-act], items: 1", "second-act, x], items: 2")
    small.edit(CHECK, "[third-sort]", "[third-sort, second-act]")
    lines = [re.match(rf"{CHECK}:(\d+): ", problem)[1] for problem in small.problems()]
    wanted = ["before:", "objectives: [first-know", "objectives: [first-know", "objectives: [third-sort"]
    assert lines == [str(small.line(CHECK, text)) for text in wanted]


def test_a_notebook_that_asks_a_final_check_that_is_not_there_is_named(small):
    (small.root / CHECK).unlink()
    says = "asks the final check, which does not exist; add exercises/final-check.yaml"
    assert small.problems() == [f"{NOTEBOOK}, cell 3 (finish-check): {says}"]


def test_a_course_without_a_final_check_and_a_notebook_for_it_is_whole(small):
    (small.root / CHECK).unlink()
    small.change_cell("05-finish.ipynb", "finish-check", "ss.review()")
    assert small.problems() == []
    assert load_course(small.root).final_check is None


def test_a_final_check_that_cannot_be_read_is_said_as_that_alone(small):
    small.write(CHECK, "a: [")
    (problem,) = small.problems()
    assert problem.startswith(f"{CHECK}:")
    assert "not valid YAML" in problem


@pytest.mark.parametrize("file", ["exercises/questions/third.yaml", "content/lessons/third.yaml"])
def test_what_cannot_be_read_is_not_missed_by_the_final_check(small, file):
    """Objectives or items may well be there, in a file that has a problem of its own."""
    small.write(file, "a: [")
    assert not [problem for problem in small.problems() if "the final check" in problem]


def test_a_quiz_that_cannot_be_read_is_not_missed_by_the_final_check(small):
    small.edit("exercises/questions/first.yaml", "title: First thoughts", "titel: First thoughts")
    assert small.problems()
    assert not [problem for problem in small.problems() if "is put beside" in problem]


def test_a_notebook_of_ones_own_record_needs_no_objectives(small):
    course = load_course(small.root)
    record = [lesson for lesson in course.lessons.values() if lesson.kind == "record"]
    assert [(lesson.id, lesson.objectives) for lesson in record] == [
        ("again", []), ("finish", []), ("standing", []), ("certificate", []),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["lesson", "practice"])
def test_any_other_notebook_that_teaches_needs_them(small, kind):
    file = "content/lessons/again.yaml"
    small.edit(file, "kind: record", f"kind: {kind}")
    assert any(
        problem.startswith(f"{file}:1: this file has no objectives; add at least one, or make it 'kind: reference' or")
        for problem in small.problems()
    )


def test_the_final_check_of_the_real_course_draws_from_every_lesson_and_practice_with_an_act_to_learn(real):
    drawn = {objective for draw in real.final_check.draws for objective in draw.objectives}
    of = {objective.id: lesson.id for lesson in real.lessons.values() for objective in lesson.objectives}
    assert drawn <= set(of)
    assert len({of[objective] for objective in drawn}) >= 15
    kinds = {getattr(item, "kind", "vignette") for item in real.items.values() if item.objective in drawn}
    assert {"case", "vignette", "choice"} <= kinds
