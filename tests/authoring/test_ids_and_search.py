"""Ids that are proposed, and parts that are found by a few words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsight.authoring.ids import propose
from secondsight.authoring.search import find
from secondsight.course.model import Objective


@pytest.mark.parametrize(
    ("text", "prefix", "id"),
    [
        ("Which ache is talked about?", "bone", "bone-ache-talked"),
        ("A woman’s café visit", "", "womans-cafe-visit"),
        ("Do it", "bone", "bone-new"),
        ("🩺", "", "new"),
        ("Ward book 2025", "", "ward-book-2025"),
        ("word " * 30, "x" * 64, "x" * 60),
    ],
)
def test_an_id_is_made_of_the_words_that_tell_most(text, prefix, id):
    assert propose(text, set(), prefix) == id


def test_an_id_that_is_taken_gets_the_next_number():
    assert propose("An ache", {"ache", "ache-2"}) == "ache-3"


@settings(max_examples=100)
@given(st.text(max_size=80), st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True))
def test_whatever_is_written_its_id_is_one_and_is_free(text, prefix):
    taken: set[str] = set()
    for _ in range(3):
        id = propose(text, taken, prefix)
        assert id not in taken
        Objective(id=id, says="-")
        taken.add(id)


def test_parts_are_found_by_their_words_and_their_ids_best_first():
    parts = {
        "bone-ache": "An ache that lasts",
        "bone-night": "Worse at night",
        "x-ray": "A normal picture",
        "la-headaches": "Many headaches pass",
    }
    assert find(parts, "ACHE") == ["bone-ache", "la-headaches"]
    assert find(parts, "ache night") == ["bone-ache", "bone-night", "la-headaches"]
    assert find(parts, "x-ray") == ["x-ray"]
    assert find(parts, "nothing of it") == []
    assert find(parts, "a", most=2) == ["x-ray", "bone-ache"]
    assert find(parts, "?!") == []
