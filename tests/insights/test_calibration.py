"""Whether being sure goes with being right, and the gain from the first check to the final one."""

from __future__ import annotations

import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from insights.a_class import row
from secondsight.insights.gain import DIFFERENT

ITEMS = ("which-ache", "legs-when", "sort-aches", "stiff-back", "v-may")


def test_how_often_sure_was_right(a_class):
    """Sure: 3 answers, 2 right (0.8 is right); fairly sure: none; guessing: 1, not right. Unscored: nowhere."""
    said = a_class.said
    a_class.file("ann", [said("which-ache", 0.8), said("which-ache", 0.75), said("write-why", None)])
    a_class.file("ben", [said("which-ache", 1), said("legs-when", 0, certainty="guessing")])
    made = a_class.report()
    whole = [each for each in made.calibration.iter_rows(named=True) if each["trainee"] is None]
    assert [(each["certainty"], each["n"], each["right"], each["share"]) for each in whole] == [
        ("sure", 3, 2, pytest.approx(2 / 3)), ("fairly-sure", 0, 0, None), ("guessing", 1, 0, 0),
    ]  # fmt: skip
    ben = row(made.files, file="ben.jsonl")["trainee"]
    assert row(made.calibration, trainee=ben, certainty="sure")["right"] == 1


def sitting(a_class, name: str, scores: list[float], **changed) -> list:
    """A final check of the small course asks five items."""
    asked = zip(ITEMS, scores, strict=False)
    return [a_class.said(item, score, lesson="finish", sitting=name, **changed) for item, score in asked]


def test_the_gain_of_a_class_worked_out_by_hand(a_class):
    """
    trainee  before  after  gain
    ann      1 of 2  4 of 5  0.3
    ben      0 of 2  3 of 5  0.6
    cat      1 of 1  1 of 5 -0.8
    dan      2 of 2  not finished
    eve      nothing 5 of 5

    Mean gain of the three: 0.1 / 3 = 0.0333.
    """
    said = a_class.said
    a_class.file("ann", [said("which-ache", 1), said("which-aches", 0.5), *sitting(a_class, "a", [1, 1, 1, 1, 0])])
    a_class.file("ben", [said("which-ache", 0), said("which-aches", 0), *sitting(a_class, "b", [1, 1, 1, 0, 0])])
    a_class.file("cat", [said("which-ache", 1), *sitting(a_class, "c", [1, 0, 0, 0, 0])])
    a_class.file("dan", [said("which-ache", 1), said("which-aches", 1), *sitting(a_class, "d", [1, 1, 1, 1])])
    a_class.file("eve", sitting(a_class, "e", [1] * 5))
    made = a_class.report()
    (whole,) = made.gain.iter_rows(named=True)
    assert (whole["n"], whole["n_before"], whole["n_after"]) == (3, 4, 4)
    assert (whole["before"], whole["after"], whole["gain"]) == pytest.approx((0.5, 8 / 15, 0.1 / 3))
    ends = stats.ttest_1samp([0.3, 0.6, -0.8], 0).confidence_interval(0.95)
    assert (whole["gain_low"], whole["gain_high"]) == pytest.approx(ends)
    assert whole["small"] and whole["says"] == DIFFERENT
    ann = row(made.gains, trainee=row(made.files, file="ann.jsonl")["trainee"])
    ends = confint_proportions_2indep(4, 5, 1, 2, method="newcomb", compare="diff")
    assert (ann["gain"], ann["gain_low"], ann["gain_high"]) == pytest.approx((0.3, *ends))
    assert row(made.gains, trainee=row(made.files, file="dan.jsonl")["trainee"])["after_of"] is None


def test_before_are_first_answers_outside_of_the_final_check_and_after_is_the_newest_finished_sitting(a_class):
    answers = [
        *sitting(a_class, "old", [0] * 5),
        a_class.said("which-ache", 0.0),
        a_class.said("which-ache", 1.0),
        *sitting(a_class, "new", [1, 1, 0, 0, 0], item_version="another"),
        # Answered once more in the same sitting: the first counts.
        a_class.said("sort-aches", 1.0, lesson="finish", sitting="new"),
        *sitting(a_class, "newest, left halfway", [1]),
    ]
    a_class.file("ann", answers)
    (gains,) = a_class.report().gains.iter_rows(named=True)
    assert [gains[name] for name in ("before_right", "before_of", "after_right", "after_of")] == [0, 1, 2, 5]


def test_a_gain_without_two_who_differ_has_no_interval_and_says_so(a_class):
    a_class.file("ann", [a_class.said("which-ache", 0), *sitting(a_class, "a", [1] * 5)])
    (one,) = a_class.report().gain.iter_rows(named=True)
    assert (one["gain"], one["gain_low"]) == (1, None) and "One trainee has both checks" in one["says"]
    a_class.file("ben", [a_class.said("which-ache", 0), *sitting(a_class, "b", [1] * 5)])
    (two,) = a_class.report().gain.iter_rows(named=True)
    assert (two["gain"], two["gain_low"]) == (1, None) and "All gained the same" in two["says"]
