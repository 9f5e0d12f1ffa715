"""Checks across files: every name exists, all that is taught is asked."""

import json

import pytest

from secondsight.course import audit, read_course
from secondsight.course.audit import blueprint, facts_taught
from small_course import BODIES, HEAD

FACTS = "content/facts/aches.yaml"
FIRST = "exercises/questions/first.yaml"
SITE = "content/sites/back.yaml"


def test_the_small_course_has_nothing_to_mend(small):
    assert small.problems() == []


# A name that does not exist: the file, what stands there, what comes instead, where, and what is said.
NAMES = {
    "fact's source": (
        FACTS,
        "sources: [ward-book]",
        "sources: [nothing]",
        "id: ache-lasts",
        "fact 'ache-lasts' names the source",
    ),
    "fact's statement": (FACTS, "seed: [S01]", "seed: [S01, S99]", "id: ache-lasts", "names the statement 'S99'"),
    "term's source": ("content/glossary.yaml", "[ward-book]", "[nothing]", "id: ache", "names the source 'nothing'"),
    "card's source": (
        "content/red_flags.yaml",
        "[ward-book]",
        "[nothing]",
        "id: weak-legs",
        "names the source 'nothing'",
    ),
    "picture's fact": ("content/pictures.yaml", "[legs-weak]", "[legs-weak, x]", "id: back", "names the fact 'x'"),
    "picture's file": (
        "content/pictures.yaml",
        "pictures/back.svg",
        "pictures/front.svg",
        "id: back",
        "names the file 'pictures/front.svg'",
    ),
    "site's card": (SITE, "[weak-legs]", "[weak-arms]", "id: back", "names the red flag 'weak-arms'"),
    "symptom's fact": (SITE, "[ache-lasts]", "[nothing]", "id: back-ache", "names the fact 'nothing'"),
    "symptom's source": (SITE, "[ward-book]", "[nothing]", "id: back-ache", "names the source 'nothing'"),
    "item's objective": (FIRST, "objective: first-know", "objective: x", "id: which-ache", "names the objective 'x'"),
    "item's fact": (FIRST, "facts: [ache-lasts]", "facts: [ache-lasts, x]", "id: which-ache", "names the fact 'x'"),
    "option's fact": (FIRST, "facts: [ache-passes]", "facts: [ache-passes, x]", "id: which-ache", "names the fact 'x'"),
    "greeted as right": (FIRST, "Most aches pass.", "Yes, most pass.", "id: which-ache", "greets the wrong option"),
    "lesson unlisted": (
        "content/course.yaml",
        "third, fourth,",
        "third,",
        "",
        "is not listed in content/course.yaml",
    ),
    "lesson not there": ("content/course.yaml", "third, fourth,", "third, fourth, x,", "", "lists the lesson 'x'"),
    "site not there": ("content/course.yaml", "lessons:", "sites: [back, knee]\nlessons:", "", "lists the site 'knee'"),
    "objective untested": (
        "content/lessons/first.yaml",
        "  - {id: first-know",
        "  - {id: first-more, says: x}\n  - {id: first-know",
        "id: first-more",
        "objective 'first-more' is tested by no item",
    ),
    "statement uncovered": (
        "content/statements.yaml",
        "  - {id: S01",
        "  - {id: S03, kind: x, says: y}\n  - {id: S01",
        "id: S03",
        "statement 'S03' is covered by no fact",
    ),
    "fact unused": (
        FACTS,
        "  - id: legs-weak",
        "  - {id: new, says: x, sources: [ward-book]}\n  - id: legs-weak",
        "id: new",
        "fact 'new' is shown by no lesson",
    ),
    "source uncited": (
        "content/sources.yaml",
        "  - id: old-letter",
        "  - {id: new, label: New, title: x, publisher: y, year: '1', kind: study, read: true, read_note: z}\n"
        "  - id: old-letter",
        "id: new",
        "source 'new' is cited by nothing",
    ),
    "action not there": (
        "content/actions.yaml",
        "  - {id: same-day-emergency, name: Act now, says: Ring at any hour.}\n",
        "",
        "",
        "symptom 'back-legs' names the action 'same-day-emergency'",
    ),
    "clinic's objective": (
        "exercises/vignettes/third.yaml",
        "objective: third-clinic",
        "objective: second-act",
        "id: v-stairs",
        "item 'v-stairs' tests 'second-act', but the lesson 'third' that asks it has no such objective",
    ),
    "case's objective": (
        "exercises/cases/third.yaml",
        "objective: third-meet",
        "objective: second-act",
        "id: stiff-back",
        "item 'stiff-back' tests 'second-act', but the lesson 'third' that asks it has no such objective",
    ),
}


@pytest.mark.parametrize("broken", NAMES.values(), ids=NAMES)
def test_what_does_not_hold_together_is_named(small, broken):
    file, old, new, at, says = broken
    small.edit(file, old, new)
    found = [problem for problem in small.problems() if says in problem]
    assert len(found) == 1, small.problems()
    if at:
        assert found[0].startswith(f"{file}:{small.line(file, at)}: ")


def test_a_statement_that_no_lesson_teaches_is_named(small):
    for cell in ("second-points", "second-symptoms", "second-picture"):
        small.change_cell("01-second.ipynb", cell, "ss.actions()")
    assert small.problems() == []
    # The body map teaches too: it shows every symptom.
    small.change_cell("03-fourth.ipynb", "fourth-map", "ss.actions()")
    line = small.line("content/statements.yaml", "id: S02")
    assert small.problems() == [
        f"content/statements.yaml:{line}: statement 'S02' is taught by no lesson; show one of its facts as a key point"
    ]


def test_a_statement_that_no_item_asks_is_named(small):
    asking = [file for file in BODIES if file.startswith("exercises/")]
    assert any("facts: [legs-weak]" in small.read(file) for file in asking)
    for file in asking:
        small.write(file, small.read(file).replace("facts: [legs-weak]", "facts: [ache-lasts]"))
    line = small.line("content/statements.yaml", "id: S02")
    assert small.problems() == [
        f"content/statements.yaml:{line}: statement 'S02' is asked by no item; rest one on its facts"
    ]


# A cell that is put at the end of the first notebook, and what is said of it.
CELLS = {
    "unknown verb": (
        "code",
        'ss.quizz("first-before")',
        "'ss.quizz' is no verb of a lesson; the verbs are start, quiz",
    ),
    "unknown quiz": ("code", 'ss.quiz("nothing")', "names the quiz 'nothing', which does not exist"),
    "unknown fact": ("code", 'ss.key_points("nothing")', "names the fact 'nothing', which does not exist"),
    "unknown term": ("code", 'ss.glossary("nothing")', "names the term 'nothing', which does not exist"),
    "unknown site": ("code", 'ss.symptoms("nothing")', "names the site 'nothing', which does not exist"),
    "unknown card": ("code", 'ss.red_flags("nothing")', "names the red flag 'nothing', which does not exist"),
    "unknown picture": ("code", 'ss.picture("nothing")', "names the picture 'nothing', which does not exist"),
    "asked by another": ("code", 'ss.quiz("second-before")', "asks too; ask it once"),
    "asked twice": ("code", 'ss.quiz("first-before")', "ask it once"),
    "no quiz": ("code", "ss.quiz()", "ss.quiz"),
    "two quizzes": ("code", 'ss.quiz("first-before", "second-before")', "ss.quiz"),
    "no picture": ("code", "ss.picture()", "ss.picture"),
    "two pictures": ("code", 'ss.picture("back", "symptom-chart")', "ss.picture"),
    "no site": ("code", "ss.symptoms()", "ss.symptoms"),
    "action with a name": ("code", 'ss.actions("now")', "ss.actions"),
    "unknown case": ("code", 'ss.case("nothing")', "names the case 'nothing', which does not exist"),
    "unknown clinic": ("code", 'ss.clinic("nothing")', "names the clinic 'nothing', which does not exist"),
    "no case": ("code", "ss.case()", "'ss.case' names 0 parts, but takes 1"),
    "two clinics": ("code", 'ss.clinic("small-clinic", "x")', "'ss.clinic' names 2 parts, but takes 1"),
    "final check with a name": ("code", 'ss.final_check("first")', "'ss.final_check' names 1 part, but takes 0"),
    "due with a name": ("code", 'ss.due("today")', "'ss.due' names 1 part, but takes 0"),
    "body map with a name": ("code", 'ss.body_map("back")', "'ss.body_map' names 1 part, but takes 0"),
    "a case for a quiz": ("code", 'ss.quiz("stiff-back")', "names the quiz 'stiff-back', which does not exist"),
    "case met by another": ("code", 'ss.case("stiff-back")', "asks the case 'stiff-back', which first asks too"),
    "clinic met by another": (
        "code",
        'ss.clinic("small-clinic")',
        "asks the clinic 'small-clinic', which first asks too; ask it once",
    ),
    "broken link": ("markdown", "[x](09-nothing.ipynb)", "has a link to '09-nothing.ipynb', which is not there"),
    "broken link to a part": ("markdown", "[x](09-nothing.ipynb#x)", "has a link to '09-nothing.ipynb#x'"),
    "broken picture": ("markdown", "![a back](back.png)", "has a picture to 'back.png', which is not there"),
    "undescribed picture": ("markdown", "![](../content/pictures/back.svg)", "without a description"),
    "blank description": ("markdown", "![ ](../content/pictures/back.svg)", "without a description"),
    "endless name": ("markdown", f"[x]({'x' * 5000}.ipynb)", "which is not there"),
}


@pytest.mark.parametrize(("kind", "source", "says"), CELLS.values(), ids=CELLS)
def test_a_cell_that_does_not_fit_is_named_with_notebook_and_cell(small, kind, source, says):
    small.add_cell("00-first.ipynb", kind, "odd", source)
    mine = [problem for problem in small.problems() if says in problem]
    assert mine, small.problems()
    others = ("cell 3 (second-before): ", "cell 4 (third-case): ", "cell 5 (third-clinic): ")
    assert any("cell 7 (odd): " in problem or any(other in problem for other in others) for problem in mine)


@pytest.mark.parametrize(
    "source",
    [
        "[x](https://example.org/a_(b)) <mailto:a@example.org> [y](mailto:a@example.org) [z](#first)",
        "[x](01-second.ipynb#recap) [y](<01-second.ipynb>) ![a back](../content/pictures/back.svg 'A back')",
    ],
)
def test_links_that_lead_somewhere_are_let_be(small, source):
    small.add_cell("00-first.ipynb", "markdown", "fine", source)
    assert small.problems() == []


def test_a_quiz_asked_nowhere_is_named(small):
    small.change_cell("01-second.ipynb", "second-before", "ss.actions()")
    line = small.line("exercises/questions/second.yaml", "id: second-before")
    assert small.problems() == [
        f"exercises/questions/second.yaml:{line}: quiz 'second-before' is asked in no notebook;"
        ' add ss.quiz("second-before") to one'
    ]


@pytest.mark.parametrize(
    ("verb", "id", "file"),
    [
        ("case", "stiff-back", "exercises/cases/third.yaml"),
        ("clinic", "small-clinic", "exercises/clinics/small-clinic.yaml"),
    ],
)
def test_a_case_and_a_clinic_met_nowhere_are_named(small, verb, id, file):
    small.change_cell("02-third.ipynb", f"third-{verb}", "ss.actions()")
    says = f"{verb} '{id}' is asked in no notebook; add ss.{verb}(\"{id}\") to one"
    assert small.problems() == [f"{file}:{small.line(file, f'id: {id}')}: {says}"]


CLINIC = "exercises/clinics/small-clinic.yaml"
VIGNETTES = "exercises/vignettes/third.yaml"


def test_vignettes_for_a_clinic_that_does_not_exist_are_named_and_the_clinic_that_lost_them(small):
    small.edit(VIGNETTES, "clinic: small-clinic", "clinic: other")
    assert small.problems() == [
        f"{CLINIC}:{small.line(CLINIC, 'id: small-clinic')}: clinic 'small-clinic' has no vignettes;"
        " add some under exercises/vignettes",
        f"{VIGNETTES}:{small.line(VIGNETTES, 'clinic:')}: these vignettes are for the clinic 'other', which does not"
        " exist; add it or mend the name",
    ]


def without_vignettes(small) -> None:
    small.write(VIGNETTES, small.read(VIGNETTES).split("vignettes:")[0] + "vignettes: []\n")


def with_a_second_file_of_none(small) -> None:
    small.write("exercises/vignettes/more.yaml", HEAD + "clinic: small-clinic\nvignettes: []\n")


def with_every_vignette_twice(small) -> None:
    small.write("exercises/vignettes/twice.yaml", small.read(VIGNETTES))


def with_a_picture_of_no_size(small) -> None:
    small.edit("content/pictures/back.svg", "0 0 10 10", "0 0 1.2.3 10")


@pytest.mark.parametrize(
    ("break_it", "named"),
    [
        (without_vignettes, [CLINIC]),
        (with_a_second_file_of_none, []),
        (with_every_vignette_twice, ["exercises/vignettes/twice.yaml"]),
        (with_a_picture_of_no_size, []),
    ],
)
def test_an_odd_set_or_picture_is_no_reason_for_a_traceback(small, break_it, named):
    break_it(small)
    assert {problem.split(":")[0] for problem in small.problems()} >= set(named)


def test_vignettes_given_twice_are_named_one_by_one(small):
    with_every_vignette_twice(small)
    twice = "exercises/vignettes/twice.yaml"
    assert small.problems() == [
        f"{twice}:{small.line(twice, f'id: {id}')}: item '{id}' is already at"
        f" {VIGNETTES}:{small.line(VIGNETTES, f'id: {id}')}; give this one another id"
        for id in ("v-stairs", "v-may", "v-digging", "v-weeks")
    ]


# How many of 20 vignettes need action, what the clinic may tell, and what it may not.
@pytest.mark.parametrize(("acting", "told", "mistold"), [(8, 4, 5), (7, 4, 3), (3, 2, 1), (18, 9, 8)])
def test_the_base_rate_that_is_told_is_the_nearest_tenth_of_the_set(small, acting, told, mistold):
    small.fill_clinic(["contact-team-within-days"] * acting + ["reassure-and-safety-net"] * (20 - acting))
    small.edit(CLINIC, "in_ten: 5", f"in_ten: {told}")
    assert small.problems() == []
    small.edit(CLINIC, f"in_ten: {told}", f"in_ten: {mistold}")
    (problem,) = small.problems()
    assert f"{CLINIC}:{small.line(CLINIC, 'id: small-clinic')}: " in problem
    assert f"tells that {mistold} in ten need action within days or sooner, but {acting} of its 20" in problem


BLUEPRINT = "exercises/blueprint.yaml"
WANTS = {
    "more of a kind": (
        "kind: choice, least: 2",
        "kind: choice, least: 3",
        "wants 3 items of kind 'choice' for 'first-know', but there are 2; add some or want fewer",
    ),
    "more at a site": (
        "site: back, least: 4",
        "site: back, least: 5",
        "wants 5 items of kind 'vignette' for 'third-clinic' at the site 'back', but there are 4; add some or want"
        " fewer",
    ),
    "a kind that an objective lacks": (
        "kind: match, least: 1",
        "kind: case, least: 2",
        "wants 2 items of kind 'case' for 'third-sort', but there are 0; add some or want fewer",
    ),
    "a site that no item has": (
        "kind: match, least: 1",
        "kind: match, site: back, least: 2",
        "wants 2 items of kind 'match' for 'third-sort' at the site 'back', but there are 0; add some or want fewer",
    ),
    "a site that does not exist": (
        "site: back, least: 4",
        "site: knee, least: 4",
        "wants items at the site 'knee', which does not exist; add it or mend the name",
    ),
    "an objective that does not exist": (
        "objective: first-know",
        "objective: first-knew",
        "wants items for the objective 'first-knew', which does not exist; mend the name",
    ),
}


@pytest.mark.parametrize(("old", "new", "says"), WANTS.values(), ids=WANTS)
def test_what_the_blueprint_wants_and_the_course_lacks_is_named_at_its_line(small, old, new, says):
    small.edit(BLUEPRINT, old, new)
    assert small.problems() == [f"{BLUEPRINT}:{small.line(BLUEPRINT, new)}: {says}"]


def test_a_blueprint_without_a_site_counts_every_site(small):
    small.edit(BLUEPRINT, "kind: vignette, site: back, least: 4", "kind: vignette, least: 4")
    assert small.problems() == []
    small.edit(BLUEPRINT, "kind: vignette, least: 4", "kind: vignette, least: 5")
    (problem,) = small.problems()
    assert "wants 5 items of kind 'vignette' for 'third-clinic', but there are 4" in problem


def test_the_blueprint_has_a_row_for_each_objective_kind_and_site(small_read):
    assert blueprint(small_read) == [
        ("first-know", "choice", "", 2, 2),
        ("second-act", "choice", "", 1, 0),
        ("third-sort", "hotspot", "back", 1, 0),
        ("third-sort", "match", "", 1, 1),
        ("third-sort", "order", "", 1, 0),
        ("third-sort", "reflect", "", 1, 0),
        ("third-sort", "spot", "", 1, 0),
        ("third-sort", "worked", "", 1, 0),
        ("third-meet", "case", "back", 1, 0),
        ("third-clinic", "vignette", "back", 4, 4),
    ]


def test_a_want_beside_what_there_is_has_a_row_of_its_own(small):
    small.edit(BLUEPRINT, "kind: vignette, site: back, least: 4", "kind: vignette, least: 9")
    small.edit(BLUEPRINT, "kind: match, least: 1", "kind: case, site: back, least: 7")
    rows = {tuple(row) for row in blueprint(read_course(small.root)[0])}
    assert rows >= {
        ("third-clinic", "vignette", "back", 4, 0),
        ("third-clinic", "vignette", "anywhere", 4, 9),
        ("third-sort", "case", "back", 0, 7),
    }


def test_an_item_of_another_lessons_objective_is_named(small):
    small.edit(FIRST, "objective: first-know", "objective: second-act")
    says = "item 'which-ache' tests 'second-act', but the lesson 'first' that asks it has no such objective"
    assert f"{FIRST}:{small.line(FIRST, 'id: which-ache')}: {says}" in small.problems()


FRAME = {
    "no title": ("first-title", "No title here", "notebooks/00-first.ipynb: the first cell is not a Markdown title"),
    "no button": (
        "first-title",
        "# First\n\n*Practice, not advice.*",
        "cell 1 (first-title): has no 'Start this lesson'",
    ),
    "no notice": (
        "first-title",
        '# First\n<button data-commandlinker-command="notebook:run-all-cells">Start</button>',
        "cell 1 (first-title): lacks the notice of content/course.yaml",
    ),
    "another's start": (
        "first-start",
        'import secondsight as ss; ss.start("second")',
        "does not start its own lesson once",
    ),
    "no start": ("first-start", "import secondsight as ss", "does not start its own lesson once"),
}


@pytest.mark.parametrize(("id", "source", "says"), FRAME.values(), ids=FRAME)
def test_a_lesson_that_lacks_its_frame_is_named(small, id, source, says):
    small.change_cell("00-first.ipynb", id, source)
    (problem,) = small.problems()
    assert says in problem


def test_a_lesson_without_cells_is_named(small):
    small.write(
        "notebooks/00-first.ipynb", json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []})
    )
    assert any(p.startswith("notebooks/00-first.ipynb: the first cell is not") for p in small.problems())


def test_a_lesson_without_its_notebook_is_named(small):
    (small.root / "notebooks/01-second.ipynb").unlink()
    assert any("lesson 'second' has no readable notebook notebooks/01-second.ipynb" in p for p in small.problems())


def items(longest: list[bool], places: list[int]) -> str:
    """A file of items, each with whether its key is the longest option and where its key stands."""
    quiz = "quizzes:\n  - id: second-before\n    title: x\n    says: y\n    items:\n"
    for number, (long, place) in enumerate(zip(longest, places, strict=True)):
        options = [f"{{text: middling {n}, feedback: no}}" for n in range(3)]
        options.insert(place, f"{{text: {'a key that is long' if long else 'key'}, correct: true, feedback: it is}}")
        quiz += (
            f"      - {{id: i{number}, kind: choice, answers: one, objective: second-act, facts: [legs-weak],"
            f" stem: s{number}, options: [{', '.join(options)}]}}\n"
        )
    return quiz


@pytest.mark.parametrize(
    ("longest", "places", "says"),
    [
        ([True] * 4 + [False] * 2, [0, 1, 2, 3, 0, 1], "in 4 of 6 items the right option is the longest"),
        ([False] * 6, [1, 1, 1, 1, 2, 3], "in 4 of 6 items the right option is b"),
    ],
)
def test_a_key_that_length_or_place_gives_away_is_named(small, longest, places, says):
    head = small.read("exercises/questions/second.yaml").split("quizzes:")[0]
    small.write("exercises/questions/second.yaml", head + items(longest, places))
    (problem,) = small.problems()
    assert problem.startswith("exercises/questions/second.yaml: ")
    assert says in problem


def test_keys_that_vary_are_let_be(small):
    head = small.read("exercises/questions/second.yaml").split("quizzes:")[0]
    small.write("exercises/questions/second.yaml", head + items([True, False] * 3, [0, 1, 2, 3, 0, 1]))
    assert small.problems() == []


def test_facts_are_taught_by_key_points_symptoms_and_pictures(small_read):
    assert facts_taught(small_read) == {
        "first": {"ache-lasts", "ache-passes"},
        "second": {"legs-weak", "ache-lasts"},
        "third": set(),
        # By the body map, which shows the symptoms of every site.
        "fourth": {"legs-weak", "ache-lasts"},
        **{id: set() for id in ("again", "finish", "standing", "certificate")},
    }


def test_what_could_not_be_read_does_not_stop_the_audit(small):
    for file in ("content/course.yaml", FACTS, FIRST, SITE, "content/sources.yaml"):
        small.write(file, "a: [")
    course, problems = read_course(small.root)
    assert len(problems) == 5
    assert audit(course)
