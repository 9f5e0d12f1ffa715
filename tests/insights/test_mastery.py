"""Who finished what, and how objectives stand: the rules of a trainee's own page, for a class."""

from __future__ import annotations

import pytest

from insights.a_class import row


def standing(made, name: str, objective: str = "first-know") -> str:
    trainee = row(made.files, file=f"{name}.jsonl")["trainee"]
    return row(made.standings, trainee=trainee, objective=objective)["standing"]


def test_how_an_objective_of_two_items_stands(a_class):
    """It is practised with both right, and holds where one was right three days before as well."""
    said = a_class.said
    a_class.file("ann", [said("which-ache", 1), said("which-aches", 0.8)])
    a_class.file("ben", [said("which-ache", 1), said("which-aches", 0.79)])
    a_class.file("cat", [said("which-ache"), said("which-aches"), said("which-ache", at="2026-11-05T09:00:00Z")])
    a_class.file("dan", [said("legs-when")])
    a_class.file("eve", [said("which-ache"), said("which-aches"), said("which-ache", 0, at="2026-11-09T09:00:00Z")])
    made = a_class.report()
    assert [standing(made, name) for name in ("ann", "ben", "cat", "dan", "eve")] == [
        "practised", "met", "holding", "not-met", "met",
    ]  # fmt: skip
    objective = row(made.objectives, objective="first-know")
    assert [objective[name] for name in ("n", "not_met", "met", "practised", "holding")] == [5, 1, 2, 1, 1]
    # 2 of 5: Wilson's ends are 0.1176 and 0.7693.
    assert objective["share"] == 0.4
    assert (objective["share_low"], objective["share_high"]) == pytest.approx((0.1176, 0.7693), abs=1e-4)
    assert objective["small"]


@pytest.mark.parametrize(
    ("first", "again", "stands"),
    [
        # A day ends at four: the first is of 1 November, the second of the 4th.
        ("2026-11-02T03:59:59Z", "2026-11-04T04:00:00Z", "holding"),
        # The first is of the 2nd, the second still of the 4th.
        ("2026-11-02T04:00:00Z", "2026-11-05T03:59:59Z", "practised"),
    ],
)
def test_what_holds_lies_three_days_apart_and_a_night_belongs_to_the_evening(a_class, first, again, stands):
    answers = [a_class.said("which-ache", at=first), a_class.said("which-aches"), a_class.said("which-ache", at=again)]
    a_class.file("ann", answers)
    assert standing(a_class.report(), "ann") == stands


def test_of_many_items_half_are_asked_for_and_what_is_never_scored_counts_when_answered(a_class):
    """The objective has six items, one of them in own words: three are asked for."""
    said = a_class.said
    three = [said("sort-aches"), said("order-call"), said("write-why", None, certainty=None, text="They pass.")]
    a_class.file("ann", three)
    a_class.file("ben", [said("sort-aches"), said("order-call"), said("find-back", 0.5)])
    made = a_class.report()
    assert [standing(made, name, "third-sort") for name in ("ann", "ben")] == ["practised", "met"]


def test_a_lesson_is_done_with_every_item_answered_in_todays_wording(a_class):
    said = a_class.said
    a_class.file("ann", [said("which-ache", 0), said("which-aches", 0), said("legs-when", 0)])
    a_class.file("ben", [said("which-ache"), said("which-aches", item_version="old")])
    made = a_class.report()
    first = row(made.lessons, lesson="first")
    assert [first[name] for name in ("items", "n", "begun", "done", "share")] == [2, 2, 2, 1, 0.5]
    assert [row(made.lessons, lesson=id)["done"] for id in ("second", "third")] == [1, 0]
    ann, ben = (row(made.files, file=f"{name}.jsonl")["trainee"] for name in ("ann", "ben"))
    assert row(made.finished, trainee=ann, lesson="first") == {
        "trainee": ann, "lesson": "first", "answered": 2, "items": 2, "done": True,
    }  # fmt: skip
    assert row(made.finished, trainee=ben, lesson="first")["answered"] == 1
    # The third asks as well, but is practice.
    assert [row(made.trainees, trainee=ann)[name] for name in ("items", "lessons_done", "of_lessons")] == [3, 2, 2]


def test_answers_to_another_wording_or_to_nothing_are_told_and_count_nowhere(a_class):
    said = a_class.said
    a_class.file("ann", [said("which-ache", item_version="old"), said("which-ache", item_version="older")])
    a_class.file("ben", [said("which-ache", item_version="old"), said("taken-out"), said("legs-when")])
    made = a_class.report()
    assert made.attempts_reworded == 4
    assert made.reworded.drop("last").rows() == [("which-ache", False, 2, 3, 2), ("taken-out", True, 1, 1, 1)]
    assert row(made.items, item="which-ache")["n"] == 0
    assert made.attempt_count == 5
