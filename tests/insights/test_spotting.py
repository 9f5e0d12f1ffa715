"""The class as spotters, missed emergencies first, with the figures of the clinic."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import proportion_confint

from insights.a_class import CALM, DAYS, EMERGENCY, WEEKS, row
from secondsight.insights.spotting import detection


def test_a_class_of_two_worked_out_by_hand(a_class):
    """
    vignette   needs      ann        ben        ben again
    v-stairs   emergency  emergency  days       days
    v-may      days       weeks      emergency
    v-weeks    weeks      weeks      days
    v-digging  calm       calm       calm

    ann: 1 hit, 1 miss, 0 false alarms, 2 rightly left; ben: 3 hits, 0 misses, 1 false alarm, 1 rightly left.
    Emergencies: 3 met, 2 missed (days is too slow, though it is to act).
    """
    met = a_class.met
    a_class.file(
        "ann", [met("v-stairs", EMERGENCY), met("v-may", WEEKS), met("v-weeks", WEEKS), met("v-digging", CALM)]
    )
    ben = [met("v-stairs", DAYS), met("v-may", EMERGENCY), met("v-weeks", DAYS), met("v-digging", CALM)]
    a_class.file("ben", [*ben, met("v-stairs", DAYS)])
    made = a_class.report()
    whole = made.spotting.row(0, named=True)
    counts = ("answers", "emergencies", "emergencies_missed", "hits", "misses", "false_alarms", "correct_rejections")
    assert whole["trainee"] is None
    assert [whole[name] for name in counts] == [9, 3, 2, 4, 1, 1, 3]
    assert (whole["missed_share"], whole["sensitivity"], whole["specificity"]) == pytest.approx((2 / 3, 4 / 5, 3 / 4))
    assert whole["d_prime"] is whole["criterion"] is None and whole["leaning"] == "unknown" and whole["small"]
    ann = row(made.spotting, trainee=row(made.files, file="ann.jsonl")["trainee"])
    assert [ann[name] for name in counts] == [4, 1, 0, 1, 1, 0, 2]
    low, high = proportion_confint(1, 2, method="wilson")
    assert (ann["sensitivity_low"], ann["sensitivity_high"]) == pytest.approx((low, high))


def test_missed_emergencies_come_the_most_missed_first_with_their_card(small):
    from insights.a_class import AClass
    from secondsight.course import load_course

    small.fill_clinic([EMERGENCY, EMERGENCY, DAYS, CALM])
    a_class = AClass(load_course(small.root), small.root / "class")
    met = a_class.met
    a_class.file("ann", [met("v-0", EMERGENCY), met("v-1", CALM), met("v-2", CALM)])
    a_class.file("ben", [met("v-0", DAYS), met("v-1", DAYS)])
    first, second = a_class.report().missed.iter_rows(named=True)
    assert (first["vignette"], first["n"], first["missed"], first["share"]) == ("v-1", 2, 2, 1)
    # One chose days and one calm; the slower is told.
    assert first["instead"] == CALM
    assert (first["card"], first["card_name"], first["text"]) == ("weak-legs", "Weak legs", "Number 1. He aches.")
    assert (second["vignette"], second["missed"], second["instead"]) == ("v-0", 1, DAYS)


def test_an_answer_without_a_level_or_a_certainty_is_none(a_class):
    a_class.file("ann", [a_class.said("v-stairs", 1, "a"), a_class.met("v-stairs", EMERGENCY, certainty=None)])
    made = a_class.report()
    assert made.spotting.row(0, named=True)["answers"] == 0
    assert len(made.spotting) == 1 and made.missed.is_empty()


def test_d_prime_and_criterion_worked_out_by_hand():
    """8 of 10 signals found, 2 of 10 false alarms.

    H = 8.5/11 = 0.7727, F = 2.5/11 = 0.2273; z = 0.7479 and -0.7479: d' = 1.4958, c = 0.
    Variance of each: H(1-H) / (11 phi(z)^2) = 0.17562 / (11 x 0.30161^2) = 0.17551; of d' 0.35102, its root 0.5925.
    """
    d_prime, criterion = detection(8, 2, 2, 8)
    assert tuple(d_prime) == pytest.approx((1.4958, 1.4958 - 1.1612, 1.4958 + 1.1612), abs=5e-4)
    assert tuple(criterion) == pytest.approx((0, -0.5806, 0.5806), abs=5e-4)


def test_d_prime_is_told_from_twenty_answers_on_and_only_with_both_kinds():
    assert detection(8, 2, 2, 7)[0].value is None
    assert detection(20, 0, 0, 0)[0].value is None
    assert detection(20, 0, 0, 20)[0].value > 3


def test_a_class_that_calls_everything_an_emergency_leans_to_overcalling(a_class):
    for name in range(5):
        a_class.file(
            str(name), [a_class.met(id, EMERGENCY) for id in ("v-stairs", "v-may", "v-weeks", "v-digging") * 5]
        )
    whole = a_class.report().spotting.row(0, named=True)
    assert (whole["sensitivity"], whole["specificity"], whole["leaning"]) == (1, 0, "over")
    assert not whole["small"]
