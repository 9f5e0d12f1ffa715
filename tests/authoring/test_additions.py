"""What an author types becomes a part of the course, and check has nothing to mend."""

import json

import pytest

from at_the_keyboard import new
from secondsight.course import load_course
from secondsight.course.located_yaml import parse

FACT = ["ache-lasts", ""]
MENDS = ["Ring now", "y", "In time.", "Wait on", "", "Later still.", ""]
QUESTIONS = {
    "choice": (
        ["Which?", "An ache", "", "It may pass.", "Weak legs", "y", "They cannot wait.", "", "Think of legs.", ""],
        {
            "answers": "one",
            "stem": "Which?",
            "options": [
                {"text": "An ache", "feedback": "It may pass."},
                {"text": "Weak legs", "correct": "true", "feedback": "They cannot wait."},
            ],
            "hints": ["Think of legs."],
        },
    ),
    "match": (
        ["Sort.", "It lasts", "It passes", "", "Since May", "1", "Months.", "Since noon", "2", "Hours.", "", ""],
        {
            "stem": "Sort.",
            "groups": ["It lasts", "It passes"],
            "cards": [
                {"text": "Since May", "group": "It lasts", "feedback": "Months."},
                {"text": "Since noon", "group": "It passes", "feedback": "Hours."},
            ],
        },
    ),
    "order": (
        ["Order.", "Hear", "First.", "Ask", "Then.", "Write", "Last.", "", ""],
        {
            "stem": "Order.",
            "steps": [
                {"text": "Hear", "feedback": "First."},
                {"text": "Ask", "feedback": "Then."},
                {"text": "Write", "feedback": "Last."},
            ],
        },
    ),
    "hotspot": (
        ["back", "Where?", "Here", "5", "2.5", "y", "It aches.", "There", "1", "0", "", "A chair.", "", ""],
        {
            "answers": "one",
            "picture": "back",
            "stem": "Where?",
            "places": [
                {"text": "Here", "correct": "true", "feedback": "It aches.", "x": "5", "y": "2.5"},
                {"text": "There", "feedback": "A chair.", "x": "1", "y": "0"},
            ],
        },
    ),
    "spot": (
        ["call", "Mark.", "I have [a cold].\\", "And [my legs give way].", "n", "Passes.", "y", "Cannot wait.", ""],
        {
            "form": "call",
            "stem": "Mark.",
            "text": "I have [a cold].\nAnd [my legs give way].",
            "phrases": [
                {"says": "a cold", "why": "Passes."},
                {"says": "my legs give way", "cue": "true", "why": "Cannot wait."},
            ],
        },
    ),
    "worked": (
        ["Find it.", "I heard", "", "Sound.", "I waited", "y", "Late.", "I wrote", "", "Sound too.", "", *MENDS],
        {
            "stem": "Find it.",
            "steps": [
                {"says": "I heard", "why": "Sound."},
                {"says": "I waited", "wrong": "true", "why": "Late."},
                {"says": "I wrote", "why": "Sound too."},
            ],
            "mends": [
                {"text": "Ring now", "correct": "true", "feedback": "In time."},
                {"text": "Wait on", "feedback": "Later still."},
            ],
        },
    ),
    "reflect": (
        ["What do you say?", "“I hear you.”", "I say that I heard.", "I say what comes next.", ""],
        {
            "stem": "What do you say?",
            "model": "“I hear you.”",
            "points": ["I say that I heard.", "I say what comes next."],
        },
    ),
}


def entry(small, file: str, *path) -> dict:
    """The newest entry of a file's list, as it is read."""
    value = parse(small.read(file)).value
    for key in path:
        value = value[key]
    return value[-1]


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_question_of_each_kind_is_asked_for_and_written_at_the_end_of_its_quiz(monkeypatch, small, capsys, kind):
    typed, expected = QUESTIONS[kind]
    before = small.read("exercises/questions/third.yaml")
    assert new(monkeypatch, small, "question", "third", "third-sort", *FACT, *typed, "", "y", kind=kind) == 0
    made = entry(small, "exercises/questions/third.yaml", "quizzes", 0, "items")
    assert made.pop("id").startswith("third-")
    assert made == {"kind": kind, "objective": "third-sort", "facts": ["ache-lasts"], **expected}
    assert small.read("exercises/questions/third.yaml").startswith(before)
    assert small.problems() == []
    assert "To see it in a browser: secondsight preview third" in capsys.readouterr().out


def test_several_right_options_make_a_question_of_several_answers(monkeypatch, small):
    typed = ["Which?", "A", "y", "Yes, a.", "B", "y", "b too.", "C", "", "Not c.", "", ""]
    assert new(monkeypatch, small, "question", "first", *FACT, *typed, "", "y") == 0
    assert entry(small, "exercises/questions/first.yaml", "quizzes", 0, "items")["answers"] == "several"
    assert small.problems() == []


def test_a_lesson_with_several_quizzes_is_asked_which_and_takes_its_last_by_default(monkeypatch, small):
    small.edit(
        "exercises/questions/first.yaml",
        "quizzes:\n",
        "quizzes:\n"
        "  - id: first-early\n    title: Early\n    says: Go.\n    items:\n"
        "      - {id: early, kind: reflect, objective: first-know, facts: [ache-lasts], stem: S, model: M, "
        "points: [a, b]}\n\n  # the other\n",
    )
    small.add_cell("00-first.ipynb", "code", "first-early", 'ss.quiz("first-early")', at=2)
    assert small.problems() == []
    typed = QUESTIONS["choice"][0]
    assert new(monkeypatch, small, "question", "first", "", *FACT, *typed, "one", "y") == 0
    assert new(monkeypatch, small, "question", "first", "Early", *FACT, *typed, "two", "y") == 0
    course = load_course(small.root)
    assert [item.id for item in course.quizzes["first-before"].items][-1] == "one"
    assert [item.id for item in course.quizzes["first-early"].items] == ["early", "two"]
    assert small.problems() == []


def test_a_fact_is_found_by_words_or_chosen_by_number(monkeypatch, small, capsys):
    typed = ["nothing like it", "weak EMERGENCY", "1", "ache-passes", ""]
    assert new(monkeypatch, small, "question", "first", *typed, *QUESTIONS["choice"][0], "", "y") == 0
    assert entry(small, "exercises/questions/first.yaml", "quizzes", 0, "items")["facts"] == [
        "legs-weak",
        "ache-passes",
    ]
    assert "nothing holds these words; try others, or type new." in capsys.readouterr().out


def test_a_new_fact_is_shown_among_the_key_points_of_a_lesson(monkeypatch, small):
    typed = ["1", "Some aches: come back.", "ward", "1", "", "returning-ache", "show", "first", "y"]
    assert new(monkeypatch, small, "fact", *typed) == 0
    made = entry(small, "content/facts/aches.yaml", "facts")
    assert made == {"id": "returning-ache", "says": "Some aches: come back.", "sources": ["ward-book"]}
    assert 'ss.key_points(\\"ache-lasts\\", \\"ache-passes\\", \\"returning-ache\\")' in small.read(
        "notebooks/00-first.ipynb"
    )
    assert small.problems() == []


def test_a_lesson_without_key_points_gets_a_cell_for_them(monkeypatch, small):
    typed = ["1", "Some aches come back.", "1", "", "returning-ache", "show", "third", "y"]
    assert new(monkeypatch, small, "fact", *typed) == 0
    cells = json.loads(small.read("notebooks/02-third.ipynb"))["cells"]
    assert cells[-1]["source"] == ['ss.key_points("returning-ache")']
    assert cells[-1]["metadata"] == {"jupyter": {"source_hidden": True}}
    assert small.problems() == []


def test_a_question_can_bring_its_fact_and_the_source_of_it_along(monkeypatch, small):
    source = ["A leaflet", "A ward", "2024", "", "Leaflet 2024", "patient-information", "y", "all of it", "leaflet"]
    fact = ["new", "Rest eases some aches.", "new", *source, "", "rest-eases"]
    assert new(monkeypatch, small, "question", "first", "new", *fact, "", *QUESTIONS["choice"][0], "", "y") == 0
    course = load_course(small.root)
    assert course.sources["leaflet"].label == "Leaflet 2024"
    assert course.sources["leaflet"].url is None
    assert course.facts["rest-eases"].sources == ["leaflet"]
    assert course.places["fact", "rest-eases"][0] == "content/facts/rest-eases.yaml"
    assert course.quizzes["first-before"].items[-1].facts == ["rest-eases"]
    assert small.problems() == []


def test_a_new_fact_can_go_on_to_the_question_that_rests_on_it(monkeypatch, small):
    typed = ["1", "Some aches come back.", "1", "", "returning-ache", "ask", "first", ""]
    assert new(monkeypatch, small, "fact", *typed, *QUESTIONS["choice"][0], "", "y") == 0
    assert entry(small, "exercises/questions/first.yaml", "quizzes", 0, "items")["facts"] == ["returning-ache"]
    assert small.problems() == []


# fmt: off
CASE = [
    "A walk", "Jo, 50", "A cancer, long ago.", "You are at the door.", "4",
    "door", "“It is my legs.”", "Since when?", "2", "“Noon.”", "y", "New weakness.",
    "Any plans?", "3", "“A walk.”", "", "It adds little.", "",
    "Ask her to stand", "stand", "Let her go", "gone", "",
    "stand", "She cannot.", "", "", "decide", "gone", "She rings.", "", "", "door", "",
    "same-day-emergency", "In time.", "Late.", "Later.", "Not safe.",
    "Ring.", "The cord.", "weak legs", "", "", "Legs.",
]
# fmt: on


def test_a_case_is_written_with_the_cell_that_asks_it(monkeypatch, small):
    assert new(monkeypatch, small, "case", "third", "third-meet", *FACT, *CASE, "case-walk", "y") == 0
    case = load_course(small.root).cases["case-walk"]
    assert [step.ways for step in case.steps] == [["stand", "gone"], ["decide"], ["door"]]
    assert [ask.key for ask in case.steps[0].asks] == [True, False]
    assert case.actions["reassure-and-safety-net"] == "Not safe."
    assert case.lures == []
    assert load_course(small.root).lesson_of_item["case-walk"] == "third"
    assert small.problems() == []


def test_a_case_whose_steps_lead_nowhere_is_refused_in_the_words_of_check_until_it_is_mended(
    monkeypatch, small, capsys
):
    astray = [*CASE]
    astray[CASE.index("stand")] = "stan"
    mending = ["y", "steps.1.turns.1.next", "stand", "y"]
    assert new(monkeypatch, small, "case", "third", "third-meet", *FACT, *astray, "case-walk", *mending) == 0
    said = capsys.readouterr().out
    assert "case 'case-walk' has the step 'door', which leads to 'stan', a step that does not exist; add it" in said
    assert small.problems() == []


VIGNETTE = ["back", "emergency", "40", "man", "White British", "gp", "primary", "0", "1", "1", "He [falls].", "Legs."]


def test_a_vignette_is_written_with_its_emergency_card(monkeypatch, small, capsys):
    # A fifth one that needs action leaves the clinic's base rate as it is.
    assert new(monkeypatch, small, "vignette", "third-clinic", *FACT, *VIGNETTE, "v-falls", "n") == 1
    small.fill_clinic(["same-day-emergency", "reassure-and-safety-net"] * 10)
    assert new(monkeypatch, small, "vignette", "third-clinic", *FACT, *VIGNETTE, "v-falls", "y") == 0
    vignette = load_course(small.root).vignettes["small-clinic"][-1]
    assert (vignette.id, vignette.card, vignette.who.years) == ("v-falls", "weak-legs", 0)
    assert small.problems() == []


def test_a_vignette_that_is_no_emergency_is_asked_for_no_card(monkeypatch, small):
    small.fill_clinic(["same-day-emergency", "reassure-and-safety-net"] * 10)
    calm = ["back", "everyday", "40", "man", "White British", "gp", "de-novo", "4", "He [dug].", "Digging."]
    assert new(monkeypatch, small, "vignette", "third-clinic", *FACT, *calm, "v-dug", "y") == 0
    vignette = load_course(small.root).vignettes["small-clinic"][-1]
    assert (vignette.action, vignette.card, vignette.who.years) == ("reassure-and-safety-net", None, None)
    assert small.problems() == []


def test_a_lesson_comes_with_notebook_key_points_and_a_question_for_each_objective(monkeypatch, small):
    question = [*FACT, *QUESTIONS["choice"][0]]
    head = ["Rest {title}", "About *rest*.", "7", "rest", "“Rest,” says {lesson}.", "Know rest.", "", "Use rest.", ""]
    assert new(monkeypatch, small, "lesson", *head, "", "first", *FACT, *question, "", *question, "", "y") == 0
    course = load_course(small.root)
    assert [*course.lessons][:3] == ["first", "rest", "second"]
    assert course.lessons["rest"].notebook == "08-rest.ipynb"
    assert [quiz for quiz in course.quizzes if quiz.startswith("rest")] == ["rest-before", "rest-after"]
    cells = course.notebooks["rest"].cells
    assert cells[0].source.startswith("# Rest {title}\n\n“Rest,” says {lesson}.\n\n<button ")
    assert "Practice, not advice." in cells[0].source
    assert all(cell.id.startswith("rest-") for cell in cells)
    assert [call for cell in cells for call in cell.calls] == [
        ("start", ("rest",)),
        ("quiz", ("rest-before",)),
        ("key_points", ("ache-lasts",)),
        ("quiz", ("rest-after",)),
        ("sources", ()),
    ]
    assert small.problems() == []


def test_a_lesson_of_one_objective_asks_before_it_tells(monkeypatch, small):
    question = [*FACT, *QUESTIONS["choice"][0]]
    head = ["Rest", "About rest.", "7", "rest", "Rest.", "Know rest.", "", ""]
    assert new(monkeypatch, small, "lesson", *head, "second", *FACT, *question, "", "y") == 0
    cells = load_course(small.root).notebooks["rest"].cells
    assert [cell.id for cell in cells if "quiz" in cell.source] == ["rest-before"]
    assert "Check yourself" not in "".join(cell.source for cell in cells)
    assert small.problems() == []


def test_a_name_that_is_taken_is_refused_with_one_that_is_not(monkeypatch, small, capsys):
    typed = [*QUESTIONS["choice"][0], "which-ache", "Which ache", "", "y"]
    assert new(monkeypatch, small, "question", "first", *FACT, *typed) == 0
    said = capsys.readouterr().out
    assert "'which-ache' is taken already; 'which-ache-2' is not." in said
    assert "an id has small letters, digits and hyphens" in said
    assert small.problems() == []


def test_a_course_without_a_clinic_says_where_to_begin(monkeypatch, small, capsys):
    for name in ("exercises/clinics/small-clinic.yaml", "exercises/vignettes/third.yaml"):
        (small.root / name).unlink()
    assert new(monkeypatch, small, "vignette") == 1
    assert "no clinic with vignettes is here; add one first" in capsys.readouterr().err
