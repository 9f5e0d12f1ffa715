"""The patients of the real course: each decided as the clinical pack decides it, each a fair choice of questions."""

from collections import Counter

import pytest

from secondsight.course.part import Level

NOW, DAYS, LASTS, CALM = Level.__args__
# How fast each patient of the clinical pack needs action.
ACTIONS = {
    "case-01": NOW, "case-02": NOW, "case-03": LASTS, "case-04": NOW, "case-05": CALM, "case-06": DAYS,
    "case-07": NOW, "case-08": CALM, "case-09": DAYS, "case-10": DAYS, "case-11": NOW, "case-12": CALM,
    "case-13": NOW, "case-14": NOW, "case-15": CALM, "case-16": DAYS, "case-17": DAYS, "case-18": NOW,
    "case-19": NOW, "case-20": DAYS, "case-21": NOW, "case-22": DAYS, "case-23": LASTS, "case-24": LASTS,
}  # fmt: skip


@pytest.fixture(params=ACTIONS)
def case(request, real):
    return real.cases[request.param]


def test_the_course_has_every_patient_of_the_pack_and_decides_as_it_does(real):
    assert {id: case.action for id, case in real.cases.items()} == ACTIONS


def test_each_patient_is_met_once_and_in_a_practice(real):
    met = Counter(argument for verb, argument in real.asked_in if verb == "case")
    assert met == dict.fromkeys(ACTIONS, 1)
    assert {real.lessons[real.asked_in["case", id]].kind for id in ACTIONS} == {"practice"}


def test_at_least_a_third_of_the_patients_can_be_led_astray_and_back(real):
    branching = [case for case in real.cases.values() if any(len(step.turns) > 1 for step in case.steps)]
    assert len(branching) >= len(real.cases) / 3
    for case in branching:
        targets = {turn.next for step in case.steps for turn in step.turns}
        assert len(targets) > 1, f"{case.id}: every turn leads the same way"


def test_the_questions_that_matter_fit_the_time_and_all_together_do_not(case):
    keys = [ask for step in case.steps for ask in step.asks if ask.key]
    assert sum(ask.minutes for ask in keys) <= case.minutes
    for step in case.steps:
        if step.asks:
            assert sum(ask.minutes for ask in step.asks) > case.minutes, step.id
            assert {ask.key for ask in step.asks} == {True, False}, step.id


def test_somewhere_the_trainee_asks(case):
    asked = [step for step in case.steps if step.asks]
    assert asked
    # Those that matter do not all stand first.
    for step in asked:
        keys = [ask.key for ask in step.asks]
        assert keys != sorted(keys, reverse=True), step.id


def test_each_level_says_why_it_is_right_or_not(case):
    assert set(case.actions) == set(Level.__args__)
    assert len(set(case.actions.values())) == 4


def test_a_patient_has_cues_and_what_could_mislead(case):
    assert len(case.cues) >= 3
    assert case.lures
    for text in (case.patient, case.history, case.setting, case.detail, case.consider, case.debrief):
        assert len(text.split()) >= 2


def test_the_decision_is_not_given_away_beforehand(real, case):
    told = " ".join([case.title, case.patient, case.history, case.setting]).lower()
    for action in real.actions.values():
        assert action.name.lower() not in told


def test_emergencies_and_everyday_causes_are_met_alike(real):
    actions = Counter(case.action for case in real.cases.values())
    assert min(actions[level] for level in Level.__args__) >= 3


def test_patients_stand_for_every_place_of_the_body(real):
    assert {case.site for case in real.cases.values()} >= set(real.sites)
