"""How good the questions are, against tables worked out by hand and against other programs."""

from __future__ import annotations

import random

import pingouin
import pytest
from scipy import stats

from insights.a_class import CALM, EMERGENCY, LEVELS, row
from secondsight.insights import questions
from secondsight.insights.distractors import parts


def four(a_class) -> None:
    """
    trainee  which-ache  legs-when  slip-call   others of which-ache
    ann          1           1          1        (1 + 1) / 2 = 1
    ben          1           1          0        (1 + 0) / 2 = 0.5
    cat          0           1          0        (1 + 0) / 2 = 0.5
    dan          0           0          0        (0 + 0) / 2 = 0
    """
    scores = {"ann": (1, 1, 1), "ben": (1, 1, 0), "cat": (0, 1, 0), "dan": (0, 0, 0)}
    for name, (ache, legs, slip) in scores.items():
        first = [a_class.said("which-ache", ache), a_class.said("legs-when", legs), a_class.said("slip-call", slip)]
        # What comes after the explanation says nothing about the question.
        a_class.file(name, [*first, a_class.said("which-ache", 1), a_class.said("slip-call", 1)])


def test_facility_and_discrimination_worked_out_by_hand(a_class):
    """
    which-ache: facility 2 of 4. Its scores and the others, both about their mean of 0.5:
    0.5 x 0.5 + 0.5 x 0 - 0.5 x 0 + 0.5 x 0.5 = 0.5; squares 1 and 0.5; r = 0.5 / sqrt(1 x 0.5) = 0.7071.
    """
    four(a_class)
    made = a_class.report()
    ache = row(made.items, item="which-ache")
    assert (ache["n"], ache["facility"], ache["right"], ache["discrimination_n"]) == (4, 0.5, 2, 4)
    assert ache["discrimination"] == pytest.approx(0.7071, abs=1e-4)
    ends = stats.pearsonr([1, 1, 0, 0], [1, 0.5, 0.5, 0]).confidence_interval()
    assert (ache["discrimination_low"], ache["discrimination_high"]) == pytest.approx(tuple(ends))
    assert ache["small"] and ache["discrimination_small"]
    assert [row(made.items, item=id)["facility"] for id in ("legs-when", "slip-call")] == [0.75, 0.25]


def test_every_item_that_is_scored_has_its_row_in_the_order_of_the_course(a_class):
    a_class.file("ann", [a_class.said("v-may")])
    made = a_class.report()
    asked = [item.id for items in a_class.course.items_by_lesson.values() for item in items if item.is_scored]
    assert made.items["item"].to_list() == asked and "write-why" not in asked
    nobody = row(made.items, item="which-ache")
    assert (nobody["n"], nobody["facility"], nobody["says"]) == (0, None, questions.NOBODY)


def test_discrimination_agrees_with_scipy_for_a_class_that_answered_different_items(a_class):
    chance = random.Random(7)
    items = ["which-ache", "which-aches", "legs-when", "sort-aches", "order-call", "mark-call"]
    given = {
        name: {item: chance.choice([0, 0.25, 0.5, 2 / 3, 1]) for item in items if chance.random() < 0.8}
        for name in map(str, range(30))
    }
    for name, scores in given.items():
        a_class.file(name, [a_class.said(item, score) for item, score in scores.items()])
    made = a_class.report()
    for item in items:
        x, y = zip(
            *(
                (scores[item], (sum(scores.values()) - scores[item]) / (len(scores) - 1))
                for scores in given.values()
                if item in scores and len(scores) > 1
            ),
            strict=True,
        )
        found = row(made.items, item=item)
        assert (found["n"], found["discrimination_n"]) == (len(x), len(x))
        assert found["facility"] == pytest.approx(sum(x) / len(x), abs=1e-8)
        theirs = stats.pearsonr(x, y)
        ends = theirs.confidence_interval()
        ours = [found[f"discrimination{end}"] for end in ("", "_low", "_high")]
        assert ours == pytest.approx([theirs.statistic, *ends], abs=1e-7)
        assert ours[0] == pytest.approx(pingouin.corr(x, y)["r"].iloc[0], abs=1e-7)


@pytest.mark.parametrize(
    ("scores", "says"),
    [
        ([(1, 1), (1, 0)], questions.ALL_RIGHT),
        ([(0, 1), (0, 0)], questions.ALL_WRONG),
        ([(0.5, 1), (0.5, 0)], questions.ALL_SAME),
        ([(1, 1), (0, 1)], questions.REST_SAME),
        ([(1,), (0,)], questions.ALONE),
        ([(1, 0), (1, 0), (1, 0.1), (1, 0), (0, 1), (0, 1), (0, 1), (0, 0.9)], questions.WRONG_WAY),
        ([(1, 1), (0, 0)], ""),
    ],
)
def test_what_cannot_be_worked_out_or_is_the_wrong_way_round_is_said(a_class, scores, says):
    for name, given in enumerate(scores):
        pairs = zip(("which-ache", "legs-when"), given, strict=False)
        a_class.file(str(name), [a_class.said(id, score) for id, score in pairs])
    ache = row(a_class.report().items, item="which-ache")
    assert ache["says"] == says
    assert (ache["discrimination"] is None) == bool(says and says != questions.WRONG_WAY)


def test_what_is_surely_and_wrongly_believed_is_counted(a_class):
    for name, (score, certainty) in enumerate([(0, "sure"), (0.5, "sure"), (1, "sure"), (0, "guessing")]):
        a_class.file(str(name), [a_class.said("which-ache", score, certainty=certainty)])
    ache = row(a_class.report().items, item="which-ache")
    assert (ache["sure"], ache["sure_wrong"]) == (3, 2)


def test_which_options_are_taken_in_each_kind(a_class):
    """First answers alone; of a worked case the slip and the mend; of several options each that was chosen."""
    said, met = a_class.said, a_class.met
    a_class.file("ann", [said("which-ache", 0, "a"), said("which-ache", 1, "b"), said("which-aches", 0.5, "a c")])
    a_class.file("ben", [said("which-ache", 1, "b"), said("which-aches", 1, "a b"), said("find-back", 0.5, "b")])
    a_class.file("cat", [said("slip-call", 0.5, "b a"), met("v-may", CALM)])
    a_class.file("dan", [said("slip-call", 0, "a a"), met("v-may", EMERGENCY)])
    made = a_class.report()

    def taken(item: str) -> dict:
        rows = made.options.filter(made.options["item"] == item).iter_rows(named=True)
        return {(each["part"], each["option"]): each["taken"] for each in rows}

    assert taken("which-ache") == {("option", "a"): 1, ("option", "b"): 1}
    assert taken("which-aches") == {("option", "a"): 2, ("option", "b"): 1, ("option", "c"): 1}
    assert taken("find-back") == {("place", "a"): 0, ("place", "b"): 1, ("place", "c"): 0}
    assert taken("slip-call") == {
        ("slip", "a"): 1, ("slip", "b"): 1, ("slip", "c"): 0, ("mend", "a"): 2, ("mend", "b"): 0,
    }  # fmt: skip
    assert taken("v-may") == dict(zip([("level", level) for level in LEVELS], (1, 0, 0, 1), strict=True))
    assert row(made.options, item="slip-call", part="slip", option="c")["verdict"] == "nobody"
    assert row(made.options, item="v-weeks", option=CALM)["verdict"] == "unknown"
    assert row(made.options, item="which-ache", option="b")["verdict"] == "key"


def eight(a_class, wrong: list[float], right: list[float]) -> dict:
    """Who takes the distractor of which-ache, and who its key, each with a score on another item."""
    for name, (ache, rest) in enumerate([*((0, rest) for rest in wrong), *((1, rest) for rest in right)]):
        a_class.file(str(name), [a_class.said("which-ache", ache, "ab"[ache]), a_class.said("legs-when", rest)])
    return row(a_class.report().options, item="which-ache", option="a")


def test_a_distractor_that_draws_the_best_is_told(a_class):
    """Its takers' others have 1 1 1 0.9, the key's 0 0 0 0.1."""
    found = eight(a_class, [1, 1, 1, 0.9], [0, 0, 0, 0.1])
    theirs = stats.pointbiserialr([1, 1, 1, 1, 0, 0, 0, 0], [1, 1, 1, 0.9, 0, 0, 0, 0.1]).statistic
    assert found["verdict"] == "draws-best" and found["r_n"] == 8
    assert found["r"] == pytest.approx(theirs, abs=1e-7)
    assert found["r_low"] > 0


@pytest.mark.parametrize(
    ("wrong", "right", "verdict"),
    [([1, 0.5], [0, 1], "may-draw-best"), ([0, 0.5], [1, 1], "works"), ([1, 1], [1, 1], "unknown")],
)
def test_a_distractor_is_called_what_its_numbers_show(a_class, wrong, right, verdict):
    assert eight(a_class, wrong, right)["verdict"] == verdict


def test_a_distractor_is_compared_with_the_key_and_not_with_other_distractors(a_class):
    """Of v-may, takers of calm do better elsewhere than takers of an emergency, and worse than takers of the key."""
    key = a_class.course.items["v-may"].action
    for name, (level, rest) in enumerate([(key, 1), (key, 0.9), (CALM, 0.5), (CALM, 0.6), *[(EMERGENCY, 0)] * 6]):
        a_class.file(str(name), [a_class.met("v-may", level), a_class.said("legs-when", rest)])
    calm = row(a_class.report().options, item="v-may", option=CALM)
    assert (calm["verdict"], calm["r_n"]) == ("works", 4)
    assert calm["r"] == pytest.approx(stats.pearsonr([0, 0, 1, 1], [1, 0.9, 0.5, 0.6]).statistic, abs=1e-7)


def test_every_option_of_the_real_course_can_be_taken(real):
    asked = [item for item in real.items.values() if parts(real, item)]
    assert len(asked) > 100
    for item in asked:
        for part in parts(real, item):
            assert sum(option.key for option in part.options) >= 1
            assert part.several or sum(option.key for option in part.options) == 1, item.id
