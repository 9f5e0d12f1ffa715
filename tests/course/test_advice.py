"""What is worth a look in a course: dates, items and answers, and never an error."""

import re
from datetime import date, timedelta

import pytest

from secondsight.course import audit, load_course, read_course
from secondsight.course.advice import FEWEST_ITEMS, SOON, notes
from small_course import HEAD, SmallCourse

# The small course is to be reviewed by 10 January 2027.
LONG_BEFORE = date(2026, 3, 1)
REVIEW_BY = date(2027, 1, 10)
FACTS = "content/facts/aches.yaml"


def said(small: SmallCourse, today: date = LONG_BEFORE) -> list[str]:
    course, problems = read_course(small.root)
    assert [*problems, *audit(course)] == []
    return [str(note) for note in notes(course, today)]


def about(small: SmallCourse, words: str, today: date = LONG_BEFORE) -> list[str]:
    return [note for note in said(small, today) if words in note]


def test_long_before_its_date_nothing_asks_for_a_review(small):
    assert about(small, "review") == []


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (REVIEW_BY - SOON, "is to be reviewed by 2027-01-10, in 60 days, with the 3 facts in it; ask somebody to"),
        (REVIEW_BY - timedelta(days=1), "is to be reviewed by 2027-01-10, in 1 day, with the 3 facts in it; ask"),
        (REVIEW_BY, "is to be reviewed by 2027-01-10, today, with the 3 facts in it; ask somebody to"),
        (REVIEW_BY + timedelta(days=1), "was to be reviewed by 2027-01-10, 1 day ago, with the 3 facts in it; review"),
        (REVIEW_BY + timedelta(days=400), "was to be reviewed by 2027-01-10, 400 days ago, with the 3 facts in it"),
    ],
)
def test_a_file_is_named_from_sixty_days_before_its_date_on_with_the_facts_in_it(small, today, says):
    found = [note for note in said(small, today) if note.startswith(f"{FACTS}:{small.line(FACTS, 'review_by')}: ")]
    assert len(found) == 1
    assert found[0].split(": ", 1)[1].startswith(says)


def test_every_file_is_named_once_its_date_has_passed_and_none_long_before(small):
    passed = about(small, "was to be reviewed", REVIEW_BY + timedelta(days=1))
    assert len(passed) == len(list(small.root.rglob("*.yaml"))) >= 20
    assert about(small, "to be reviewed", REVIEW_BY - SOON - timedelta(days=1)) == []


def test_a_file_without_facts_speaks_of_none(small):
    (found,) = about(small, "content/glossary.yaml", REVIEW_BY)
    assert found.endswith("is to be reviewed by 2027-01-10, today; ask somebody to")


def test_an_objective_with_few_items_is_named_with_its_lesson_and_how_many_there_are(small):
    assert about(small, "items for") == [
        "content/lessons/first.yaml:5: lesson 'first' has fewer than 3 items for first-know (2); add some, so that one "
        "is left to ask later",
        "content/lessons/second.yaml:5: lesson 'second' has fewer than 3 items for second-act (1); add some, so that "
        "one is left to ask later",
        "content/lessons/third.yaml:5: lesson 'third' has fewer than 3 items for third-meet (1); add some, so that one "
        "is left to ask later",
    ]


def test_three_items_for_an_objective_are_enough(small):
    assert FEWEST_ITEMS == 3
    small.write("exercises/questions/second.yaml", quiz("second-before", "second-act", [0, 1, 2]))
    assert not any("second-act" in note for note in about(small, "items for"))


def test_an_item_that_no_line_of_the_blueprint_wants_is_named_once_for_its_objective_and_kind(small):
    unwanted = about(small, "no line of the blueprint")
    # The blueprint wants the choices of the first lesson, the match, and the vignettes at their site.
    named = [re.search(r"item '([\w-]+)' is of kind '(\w+)' for '([\w-]+)'", note).groups() for note in unwanted]
    assert sorted(named) == [
        ("find-back", "hotspot", "third-sort"),
        ("legs-when", "choice", "second-act"),
        ("mark-call", "spot", "third-sort"),
        ("order-call", "order", "third-sort"),
        ("slip-call", "worked", "third-sort"),
        ("stiff-back", "case", "third-meet"),
        ("write-why", "reflect", "third-sort"),
    ]
    small.write("exercises/questions/second.yaml", quiz("second-before", "second-act", [0, 1, 0]))
    (legs,) = about(small, "'second-act', which no line")
    assert "which no line of the blueprint wants, like 2 items more; " in legs


def test_items_at_another_site_than_the_one_wanted_are_not_wanted(small):
    old = "kind: vignette, site: back, least: 4"
    small.edit("exercises/blueprint.yaml", old, "kind: vignette, least: 4")
    assert about(small, "'vignette'") == []
    small.edit("exercises/blueprint.yaml", "kind: vignette, least: 4", old)
    small.edit("exercises/blueprint.yaml", "site: back, least: 4", "site: knee, least: 1")
    knee = small.read("content/sites/back.yaml").replace("back", "knee").replace("places:", "places: []\nx:")
    knee = re.sub(r"x:\n(?:  - .*\n)+", "", knee)
    small.write("content/sites/knee.yaml", knee)
    small.edit("exercises/vignettes/third.yaml", "site: back", "site: knee")
    (found,) = about(small, "'vignette'")
    assert "item 'v-may' is of kind 'vignette' for 'third-clinic', which no line of the blueprint wants, like" in found


def test_without_a_blueprint_nobody_asks_what_it_wants(small):
    (small.root / "exercises/blueprint.yaml").unlink()
    assert about(small, "blueprint") == []


def quiz(id: str, objective: str, keys: list[int], longest: bool = False) -> str:
    """A file of choices whose keys stand at these places."""
    made = HEAD + f"quizzes:\n  - id: {id}\n    title: T\n    says: S\n    items:\n"
    for number, key in enumerate(keys):
        made += (
            f"      - id: q-{number}\n        kind: choice\n        answers: one\n        objective: {objective}\n"
            f"        facts: [legs-weak]\n        stem: Which, {number}?\n        options:\n"
        )
        for place in range(4):
            # Where the key is not the longest, the last option is, and no key stands there.
            text = "key" * 9 if longest and place == key else "abcd"[place] * (place + 1)
            correct = ", correct: true" if place == key else ""
            made += f"          - {{text: {text}, feedback: Why.{correct}}}\n"
    return made


@pytest.mark.parametrize(
    ("keys", "longest", "says"),
    [
        ([1, 1, 1], False, "has 3 of 3 keys at b; put some of them elsewhere"),
        ([1, 1, 1, 2], False, "has 3 of 4 keys at b; put some of them elsewhere"),
        ([0, 1, 2], True, "has 3 of 3 keys that are the longest option; even the lengths out"),
    ],
)
def test_keys_that_can_be_guessed_are_named_by_lesson(small, keys, longest, says):
    small.write("exercises/questions/second.yaml", quiz("second-before", "second-act", keys, longest))
    assert about(small, "keys") == [f"content/lessons/second.yaml:5: lesson 'second' {says}"]


@pytest.mark.parametrize("keys", [[1, 1], [1, 1, 0, 2], [0, 1, 2, 0]])
def test_two_keys_or_keys_in_many_places_are_no_pattern(small, keys):
    small.write("exercises/questions/second.yaml", quiz("second-before", "second-act", keys))
    assert about(small, "keys") == []


def test_the_pattern_is_seen_over_quizzes_and_kinds(small):
    """A choice, places on a picture, and the mends of a slip, each with its key at a."""
    small.edit("exercises/questions/third.yaml", "answers: several", "answers: one")
    small.edit(
        "exercises/questions/third.yaml",
        "x: 5, y: 7.5, correct: true, feedback: There too",
        "x: 5, y: 7.5, feedback: No",
    )
    small.edit(
        "exercises/questions/third.yaml",
        "          - {text: Book a talk for Friday, feedback: Still too late., facts: [ache-lasts]}\n",
        "",
    )
    small.edit(
        "exercises/questions/third.yaml",
        "feedback: It cannot wait.}\n",
        "feedback: It cannot wait.}\n          - {text: Book a talk for Friday then, feedback: Late.}\n",
    )
    assert about(small, "keys") == []
    own = quiz("third-more", "third-sort", [0]).replace("q-0", "one-more")
    small.write("exercises/questions/more.yaml", own)
    small.add_cell("02-third.ipynb", "code", "third-more", 'ss.quiz("third-more")')
    assert about(small, "keys") == [
        "content/lessons/third.yaml:5: lesson 'third' has 3 of 3 keys at a; put some of them elsewhere"
    ]


def test_vignettes_that_nearly_all_end_at_one_level_are_named(small):
    levels = ["contact-team-within-days"] * 4 + ["reassure-and-safety-net"]
    small.fill_clinic(levels)
    small.edit("exercises/clinics/small-clinic.yaml", "in_ten: 5", "in_ten: 8")
    assert about(small, "end at") == [
        "content/lessons/third.yaml:5: lesson 'third' has 4 of 5 vignettes that end at 'contact-team-within-days'; "
        "vary how fast to act"
    ]


def test_levels_that_vary_are_not(small):
    assert about(small, "end at") == []


def test_while_a_file_cannot_be_read_nothing_is_said_to_be_missing_but_dates_are(small):
    small.edit("exercises/questions/first.yaml", "kind: choice", "kind: joice")
    course, _ = read_course(small.root)
    found = [str(note) for note in notes(course, REVIEW_BY)]
    assert found
    assert all("is to be reviewed by" in note for note in found)


def test_notes_of_the_real_course_stand_at_a_file_and_a_line_of_it(real):
    found = notes(real, date(2026, 11, 28))
    assert found
    for note in found:
        assert 0 < note.line <= len((real.root / note.file).read_text(encoding="utf-8").splitlines()), note
    assert found == sorted(set(found))


def test_the_real_course_has_no_key_that_can_be_guessed(real):
    assert not any(re.search("keys|end at", str(note)) for note in notes(real, date(2026, 11, 28)))


def test_notes_do_not_depend_on_the_day_they_are_asked_but_for_dates(small):
    course = load_course(small.root)
    late = {str(note) for note in notes(course, date(2090, 1, 1))}
    assert {str(note) for note in notes(course, LONG_BEFORE)} == {note for note in late if "reviewed by" not in note}
