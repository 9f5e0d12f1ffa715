"""Alpha of quizzes and lessons, against a table worked out by hand and against pingouin."""

from __future__ import annotations

import random

import pandas
import pingouin
import pytest

from insights.a_class import row
from secondsight.insights import scales

QUIZ = ["sort-aches", "order-call", "find-back", "mark-call", "slip-call"]


def quiz(a_class, table: list[list[float]]) -> None:
    for name, scores in enumerate(table):
        a_class.file(str(name), [a_class.said(item, score) for item, score in zip(QUIZ, scores, strict=False)])


def test_alpha_worked_out_by_hand(a_class):
    """
    which-ache  which-aches  total
        1            1         2
        1            0         1
        0            0         0
        1            1         2
    Variances: 1/4, 1/3, total 11/12. alpha = 2 (1 - (7/12) / (11/12)) = 8/11.
    """
    for name, (one, other) in enumerate([(1, 1), (1, 0), (0, 0), (1, 1)]):
        a_class.file(str(name), [a_class.said("which-ache", one), a_class.said("which-aches", other)])
    found = row(a_class.report().scales, scale="first-before")
    assert (found["part"], found["items"], found["n"], found["small"]) == ("quiz", 2, 4, True)
    assert found["alpha"] == pytest.approx(8 / 11)


def test_alpha_and_its_interval_agree_with_pingouin_and_rest_on_those_who_answered_all(a_class):
    chance = random.Random(3)
    table = []
    for _ in range(25):
        able = chance.gauss(0, 1)
        table.append([float(able + chance.gauss(0, 1) > 0) for _ in QUIZ])
    theirs, ends = pingouin.cronbach_alpha(pandas.DataFrame(table))
    # What is never scored is no part of the scale; whoever left one out is none either.
    quiz(a_class, [*table, [1, 1, 0, 1], [0]])
    found = row(a_class.report().scales, scale="third-kinds")
    assert (found["items"], found["n"]) == (5, 25)
    assert found["alpha"] == pytest.approx(theirs)
    assert [found["alpha_low"], found["alpha_high"]] == pytest.approx([*ends], abs=6e-4)  # pingouin rounds them
    assert found["alpha_low"] < found["alpha"] < found["alpha_high"]


@pytest.mark.parametrize(
    ("table", "says"),
    [([], scales.FEW), ([[1] * 5], scales.FEW), ([[1] * 5] * 3, scales.NO_SPREAD), ([[0] * 5, [1] * 5], "")],
)
def test_where_alpha_is_not_defined_it_is_said(a_class, table, says):
    a_class.file("somebody", [a_class.said("which-ache")])
    quiz(a_class, table)
    found = row(a_class.report().scales, scale="third-kinds")
    assert found["says"] == says and (found["alpha"] is None) == bool(says)
    assert row(a_class.report().scales, scale="second-before")["says"] == scales.ONE_ITEM


def test_a_lesson_with_several_quizzes_is_a_scale_as_well(real, tmp_path):
    from insights.a_class import AClass

    a_class = AClass(real, tmp_path / "class")
    a_class.file("ann", [a_class.said("start-cough")])
    found = a_class.report().scales
    lesson = row(found, scale="bone", part="lesson")
    quizzes = [id for (verb, id), place in real.asked_in.items() if verb == "quiz" and place == "bone"]
    assert len(quizzes) > 1
    assert lesson["items"] == sum(row(found, scale=id, part="quiz")["items"] for id in quizzes)
