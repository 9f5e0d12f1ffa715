"""The clinic of the real course: a set that is told truly, varied, short and safe."""

import re
from collections import Counter
from itertools import combinations

import pytest

from secondsight.course.items import Vignette

SENTENCE = re.compile(r"[.!?…][”’)\]]*(?=\s|$)")


@pytest.fixture(scope="module")
def vignettes(real) -> list[Vignette]:
    (clinic,) = real.clinics
    assert set(real.vignettes) == {clinic}
    return real.vignettes[clinic]


def test_there_are_enough_vignettes_for_six_sessions(vignettes):
    assert len(vignettes) >= 60


def test_about_two_in_five_need_action_and_the_clinic_says_so(real, vignettes):
    share = sum(vignette.needs_action for vignette in vignettes) / len(vignettes)
    assert 0.35 <= share <= 0.45
    (clinic,) = real.clinics.values()
    assert clinic.in_ten == 4


def test_every_vignette_rests_on_facts_with_sources(real, vignettes):
    for vignette in vignettes:
        assert vignette.facts, vignette.id
        for fact in vignette.facts:
            assert real.facts[fact].sources, f"{vignette.id}: {fact}"
        assert set(vignette.sources) <= set(real.sources), vignette.id


def test_the_people_are_of_many_kinds(vignettes):
    who = [vignette.who for vignette in vignettes]
    assert sum(each.sex == "man" for each in who) >= 5
    assert sum(each.sex == "woman" for each in who) >= 30
    assert min(each.age for each in who) < 35
    assert max(each.age for each in who) > 80
    assert len({each.ethnicity for each in who}) >= 6
    assert len({each.setting for each in who}) >= 5


def test_their_stories_are_of_many_kinds(vignettes):
    who = [vignette.who for vignette in vignettes]
    stories = Counter(each.story for each in who)
    assert min(stories[story] for story in ("primary", "secondary", "de-novo")) >= 3
    assert any(each.years is not None and each.years >= 10 for each in who)
    # Nobody who never had breast cancer has years since it, and nobody else lacks them.
    assert {each.years is None for each in who if each.story == "de-novo"} == {True}
    assert {each.years is None for each in who if each.story != "de-novo"} == {False}


def test_who_somebody_is_does_not_tell_how_fast_to_act(vignettes):
    """Men, the old, known secondaries and de novo are among those who need action and among those who do not."""
    groups = {
        "men": lambda who: who.sex == "man",
        "over 70": lambda who: who.age > 70,
        "under 45": lambda who: who.age < 45,
        "known secondaries": lambda who: who.story == "secondary",
        "never had cancer": lambda who: who.story == "de-novo",
        "ten years and more": lambda who: (who.years or 0) >= 10,
    }
    for name, belongs in groups.items():
        assert {each.needs_action for each in vignettes if belongs(each.who)} == {True, False}, name


def test_every_place_of_the_body_is_met_with_and_without_need_of_action(real, vignettes):
    for site in real.sites:
        assert {each.needs_action for each in vignettes if each.site == site} == {True, False}, site
    assert {each.site for each in vignettes} == set(real.sites)


def test_every_level_and_every_likeness_is_met(real, vignettes):
    assert {each.action for each in vignettes} == set(real.actions)
    assert {each.about for each in vignettes} == {"secondary", "emergency", "look-alike", "treatment", "everyday"}


def test_every_emergency_has_a_card_and_most_cards_have_an_emergency(real, vignettes):
    assert len(real.red_flags) == 12
    cards = {each.card for each in vignettes if each.action == "same-day-emergency"}
    assert cards <= set(real.red_flags)
    assert len(cards) >= 10
    assert {each.card for each in vignettes if each.action != "same-day-emergency"} == {None}


def test_a_vignette_is_two_to_four_sentences(vignettes):
    counts = {each.id: len(SENTENCE.findall(re.sub(r"[\[\]]", "", each.text))) for each in vignettes}
    assert {id: count for id, count in counts.items() if not 2 <= count <= 4} == {}


def test_a_vignette_is_short(vignettes):
    lengths = {each.id: len(each.text) + len(each.why) for each in vignettes}
    assert {id: length for id, length in lengths.items() if length > 600} == {}


def test_a_few_words_of_each_vignette_matter_and_not_all(vignettes):
    for each in vignettes:
        marked = [piece for piece, matters in each.pieces if matters]
        assert 1 <= len(marked) <= 4, each.id
        assert sum(map(len, marked)) < len(each.text) * 0.6, each.id


def test_no_vignette_shares_its_words_with_another(vignettes):
    def shingles(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[at : at + 12]) for at in range(len(words) - 11)}

    assert len({each.text for each in vignettes}) == len({each.why for each in vignettes}) == len(vignettes)
    told = [(each.id, shingles(each.text)) for each in vignettes]
    assert all(words for _, words in told)
    assert [(one, other) for (one, a), (other, b) in combinations(told, 2) if a & b] == []


def test_no_reason_promises_that_it_is_nothing(vignettes):
    """A calm one says what would change that, and a fast one does not wait."""
    comfort = re.compile(r"\b(nothing to worry about|it is nothing|certainly not cancer|cannot be cancer)\b", re.I)
    assert [each.id for each in vignettes if comfort.search(each.why)] == []
