"""Each attempt counts once, and a trainee is one trainee, whatever files they hand in."""

from __future__ import annotations

import itertools

from insights.a_class import NOW, row
from secondsight.insights import report
from secondsight.insights.columns import TABLES
from secondsight.xapi import statements


def test_an_earlier_and_a_later_save_are_of_one_trainee_and_count_once(a_class):
    first, second, third = (a_class.said(item) for item in ("which-ache", "which-aches", "legs-when"))
    a_class.file("a-later", [first, second, third])
    a_class.file("b-earlier", [first, second])
    made = a_class.report()
    assert (made.trainee_count, made.attempt_count, made.attempts_doubled, made.files_doubled) == (1, 3, 2, 1)
    assert row(made.files, file="a-later.jsonl")["says"] == ""
    assert made.notes == ["b-earlier.jsonl: all of its answers stand in other files as well, and count once."]
    assert row(made.items, item="which-ache")["n"] == 1


def test_the_same_file_under_two_names_counts_once(a_class):
    same = [a_class.said("which-ache"), a_class.said("legs-when")]
    for name in ("one", "one (1)", "one (2)"):
        a_class.file(name, same)
    made = a_class.report()
    assert (made.trainee_count, made.attempt_count, made.files_doubled) == (1, 2, 2)


def test_a_file_that_is_named_twice_is_one_file(a_class):
    path = a_class.file("one", [a_class.said("which-ache")])
    made = report(a_class.course, [path, a_class.folder, path], NOW)
    assert (made.files_read, made.attempt_count, made.attempts_doubled) == (1, 1, 0)


def test_files_that_are_joined_only_by_a_third_are_of_one_trainee(a_class):
    one, two, three = (a_class.said("which-ache") for _ in range(3))
    a_class.file("a", [one])
    a_class.file("b", [two, three])
    a_class.file("c", [one, two])
    a_class.file("d", [a_class.said("which-ache")])
    made = a_class.report()
    assert made.trainee_count == 2
    trainees = made.files["trainee"].to_list()
    assert trainees[0] == trainees[1] == trainees[2] != trainees[3]
    assert row(made.trainees, trainee=trainees[0])["files"] == 3


def test_an_attempt_that_stands_twice_in_a_file_counts_once(a_class):
    again = a_class.said("which-ache")
    a_class.file("one", [again, again, a_class.said("legs-when")])
    made = a_class.report()
    assert made.attempt_count == 2
    assert (row(made.files, file="one.jsonl")["attempts"], row(made.files, file="one.jsonl")["doubled"]) == (2, 1)


def test_where_copies_of_an_attempt_differ_that_of_the_larger_file_counts(a_class):
    told = a_class.said("which-ache", 0.0)
    a_class.file("a-changed", [told.model_copy(update={"score": 1.0})])
    a_class.file("b-whole", [told, a_class.said("legs-when")])
    assert row(a_class.report().items, item="which-ache")["facility"] == 0


def test_the_same_files_in_any_order_give_the_same_report(a_class):
    shared = a_class.said("which-ache", 1 / 3)
    paths = [a_class.file("a", [shared]), a_class.file("b", [shared, a_class.said("legs-when", 0.1)])]
    paths.append(a_class.file("c", [a_class.said("which-ache", 2 / 3), a_class.met("v-may", "same-day-emergency")]))
    reports = [report(a_class.course, order, NOW) for order in itertools.permutations(paths)]
    for made in reports[1:]:
        assert made.notes == reports[0].notes
        for name in TABLES:
            assert getattr(made, name).equals(getattr(reports[0], name)), name


def test_the_pseudonym_is_that_of_the_xapi_statements_and_stays_with_a_later_file(a_class):
    attempts = [a_class.said("which-ache"), a_class.said("legs-when")]
    path = a_class.file("one", attempts[:1])
    (before,) = a_class.report().trainees["trainee"]
    path.unlink()
    a_class.file("two", attempts)
    (after,) = a_class.report().trainees["trainee"]
    actor = next(statements(attempts, a_class.course))["actor"]["account"]["name"]
    assert before == after == actor[:8]


def test_ids_that_are_no_uuids_are_told_apart_as_well(a_class):
    a_class.file("one", [a_class.said("which-ache", id="one"), a_class.said("which-ache", id="ONE")])
    a_class.file("two", [a_class.said("which-ache", id="two")])
    made = a_class.report()
    assert (made.attempt_count, made.trainee_count) == (3, 2)
    actor = next(statements([a_class.said("which-ache", id="two")], a_class.course))["actor"]["account"]["name"]
    assert row(made.files, file="two.jsonl")["trainee"] == actor[:8]
