"""What the frontend is given, and what it may ask of the record."""

import re

import pytest

from secondsight import widgets
from secondsight.course import Course
from secondsight.item_data import case_data, clinic_data, quiz_data
from secondsight.record import Record
from secondsight.widgets import BodyMapWidget, ClinicWidget, ItemsWidget, ProgressFileWidget, QuizWidget

ATTEMPT = {
    "id": "one", "item": "which-ache", "item_version": "abc", "lesson": "first", "answer": ["b"], "score": 1.0,
    "certainty": "sure", "hints": 0, "seconds": 12.4, "at": "2026-11-22T10:15:00Z", "place": "jupyter",
}  # fmt: skip


@pytest.fixture
def record(tmp_path) -> Record:
    return Record(tmp_path / "record.sqlite3")


@pytest.fixture
def quiz(small_read, record) -> QuizWidget:
    return QuizWidget(quiz_data(small_read, "first-before"), record)


def asked(widget, message: dict) -> dict:
    """The widget's one reply to a message of the frontend."""
    replies = []
    widget.send = replies.append
    widget._heard(widget, message, [])
    (reply,) = replies
    return reply


def test_a_quiz_is_given_whole(small_read):
    data = quiz_data(small_read, "first-before")
    assert (data["id"], data["lesson"], data["title"], data["says"]) == (
        "first-before", "first", "First thoughts", "Have a go.",
    )  # fmt: skip
    first, second = data["items"]
    assert first["version"] == small_read.items["which-ache"].version
    assert [option["correct"] for option in first["options"]] == [False, True]
    assert first["hints"] == ["Think of time.", "Think of weeks."]
    assert first["sources"] == [{"label": "Ward book 2025", "href": "https://example.org/ward-book"}]
    assert [source["label"] for source in first["options"][0]["sources"]] == ["Ward book 2025", "Old letter"]
    assert first["options"][1]["sources"] == []
    assert second["answers"] == "several"


def test_an_answer_is_kept_and_shown_and_confirmed(quiz, record):
    assert asked(quiz, {"do": "keep", "to": "7", "attempts": [ATTEMPT]}) == {"to": "7", "fresh": 1}
    assert [attempt.id for attempt in record.attempts()] == ["one"]
    assert [attempt["id"] for attempt in quiz.attempts] == ["one"]
    assert asked(quiz, {"do": "keep", "to": "8", "attempts": [ATTEMPT]}) == {"to": "8", "fresh": 0}


def all_activities(course: Course, record: Record) -> dict[str, ItemsWidget]:
    """A widget of each kind that keeps answers, by an item of its own."""
    return {
        "which-ache": QuizWidget(quiz_data(course, "first-before"), record),
        "mark-call": QuizWidget(quiz_data(course, "third-kinds"), record),
        "stiff-back": QuizWidget(case_data(course, "stiff-back"), record),
        "v-may": ClinicWidget(clinic_data(course, "small-clinic"), record),
    }


ITEMS = ["which-ache", "mark-call", "stiff-back", "v-may"]


@pytest.mark.parametrize("item", ITEMS)
def test_an_activity_shows_the_answers_given_before_and_only_its_own(small_read, record, item):
    activity = all_activities(small_read, record)[item]
    assert activity.attempts == []
    kept = [{**ATTEMPT, "id": f"at-{each}", "item": each} for each in [*ITEMS, "of-another-course"]]
    asked(activity, {"do": "keep", "to": "1", "attempts": kept})
    assert [attempt["id"] for attempt in activity.attempts] == [f"at-{item}"]
    again = all_activities(small_read, Record(record.path))[item]
    assert [attempt["id"] for attempt in again.attempts] == [f"at-{item}"]


@pytest.mark.parametrize("item", ITEMS)
def test_an_activity_is_refreshed_from_what_the_record_holds(small_read, record, item):
    """A progress file was loaded, or the item was answered in another notebook."""
    activity = all_activities(small_read, record)[item]
    asked(ProgressFileWidget(record, []), {"do": "keep", "to": "1", "attempts": [{**ATTEMPT, "item": item}]})
    assert activity.attempts == []
    activity.refresh()
    assert [attempt["item"] for attempt in activity.attempts] == [item]


def test_what_is_never_scored_is_kept_with_its_words(small_read, record):
    reflect = {**ATTEMPT, "item": "write-why", "answer": [], "score": None, "certainty": None, "text": "Most pass."}
    quiz = QuizWidget(quiz_data(small_read, "third-kinds"), record)
    assert asked(quiz, {"do": "keep", "to": "1", "attempts": [reflect]}) == {"to": "1", "fresh": 1}
    (kept,) = quiz.attempts
    assert (kept["score"], kept["certainty"], kept["text"]) == (None, None, "Most pass.")
    assert asked(quiz, {"do": "all", "to": "2"})["attempts"] == [reflect]


def test_an_attempt_at_a_case_keeps_the_way_that_was_taken(small_read, record):
    way = ["listen:0", "listen:1", "look", "same-day-emergency"]
    case = QuizWidget(case_data(small_read, "stiff-back"), record)
    asked(case, {"do": "keep", "to": "1", "attempts": [{**ATTEMPT, "item": "stiff-back", "answer": way}]})
    assert case.attempts[0]["answer"] == way


def test_a_case_is_given_as_a_quiz_of_one(small_read, record):
    case = QuizWidget(case_data(small_read, "stiff-back"), record)
    assert case.kind == "quiz"
    assert (case.quiz["id"], case.quiz["lesson"], case.quiz["title"]) == ("stiff-back", "third", "A stiff back")
    assert case.quiz["says"] == "Ann rings the ward."
    (item,) = case.quiz["items"]
    assert (item["kind"], item["minutes"], item["action"]) == ("case", 4, "same-day-emergency")
    assert [step["id"] for step in item["steps"]] == ["listen", "waved-away", "look"]
    assert [way["next"] for step in item["steps"] for way in step["ways"]] == ["look", "waved-away", "listen", "decide"]
    assert [ask["key"] for ask in item["steps"][0]["asks"]] == [True, True, False]
    assert [level["name"] for level in item["levels"]] == [
        "Act now", "Act within days", "Discuss if it lasts", "Explain",
    ]  # fmt: skip
    assert item["levels"][1]["why"] == "Days are too many."
    assert [source["label"] for source in item["sources"]] == ["Ward book 2025", "Old letter"]


def test_a_clinic_is_given_its_base_rate_its_vignettes_and_the_cards_of_its_emergencies(small_read, record):
    clinic = ClinicWidget(clinic_data(small_read, "small-clinic"), record)
    data = clinic.clinic
    assert clinic.kind == "clinic"
    assert (data["id"], data["lesson"], data["title"], data["inTen"]) == (
        "small-clinic",
        "third",
        "The small clinic",
        5,
    )
    assert data["levels"] == ["Act now", "Act within days", "Discuss if it lasts", "Explain"]
    assert [each["id"] for each in data["vignettes"]] == ["v-stairs", "v-may", "v-digging", "v-weeks"]
    first, second, *_ = data["vignettes"]
    assert first["version"] == small_read.items["v-stairs"].version
    assert (first["action"], first["card"], first["why"]) == (
        "same-day-emergency",
        "weak-legs",
        "Weak legs cannot wait.",
    )
    assert first["pieces"] == [
        {"text": "Ann rings. ", "mattered": False},
        {"text": "Her legs give way", "mattered": True},
        {"text": " on ", "mattered": False},
        {"text": "the stairs", "mattered": True},
        {"text": " since noon.", "mattered": False},
    ]
    assert (second["action"], second["card"]) == ("contact-team-within-days", "")
    assert [source["label"] for source in second["sources"]] == ["Ward book 2025", "Old letter"]
    assert data["cards"] == {
        "weak-legs": {
            "name": "Weak legs",
            "features": ["legs give way"],
            "rows": [
                {"head": "How fast", "says": "At once."},
                {"head": "Whom to call", "says": "The helpline."},
                {"head": "While waiting", "says": "Lie still."},
                {"head": "Remember", "says": "Ask about walking."},
            ],
        }
    }


def test_a_trainee_is_not_told_whom_a_vignette_is_about_apart_from_its_text(small_read):
    """Age, story and what it is most like would give the answer away."""
    for vignette in clinic_data(small_read, "small-clinic")["vignettes"]:
        assert not {"who", "about", "site"} & set(vignette)


def test_each_kind_of_item_is_given_what_it_needs(small_read):
    items = {item["kind"]: item for item in quiz_data(small_read, "third-kinds")["items"]}
    assert items["match"]["groups"] == ["It passes", "It is talked about"]
    groups = {card["text"]: items["match"]["groups"][card["group"]] for card in items["match"]["cards"]}
    assert groups == {
        "An ache since May": "It is talked about",
        "An ache after digging": "It passes",
        "An ache that eases": "It passes",
    }
    assert [step["text"] for step in sorted(items["order"]["steps"], key=lambda step: step["place"])] == [
        "Hear what the person says", "Ask about walking", "Write down who was told",
    ]  # fmt: skip
    assert [step["place"] for step in items["order"]["steps"]] != [0, 1, 2]
    assert [(place["x"], place["y"]) for place in items["hotspot"]["options"]] == [(5, 2), (5, 7.5), (1, 9)]
    assert items["hotspot"]["svg"].startswith("<svg ")
    assert "p-pins" not in items["hotspot"]["svg"]
    assert [[piece["text"] for piece in paragraph] for paragraph in items["spot"]["paragraphs"]] == [
        ["“I have had ", "a cold", ". ", "My legs give way", " on the stairs."],
        ["And ", "I sleep badly", ", but that is the cat.”"],
    ]
    cues = [piece["phrase"]["cue"] for part in items["spot"]["paragraphs"] for piece in part if piece["phrase"]]
    assert cues == [False, True, False]
    assert [step["wrong"] for step in items["worked"]["steps"]] == [False, True, False]
    assert [mend["correct"] for mend in items["worked"]["mends"]] == [False, True]
    assert items["reflect"]["points"] == ["Most pass.", "It says when to come back."]


def test_the_body_map_comes_to_life_from_its_printed_form():
    widget = BodyMapWidget(printed="<p>x</p>")
    assert (widget.kind, widget.printed) == ("body-map", "<p>x</p>")


def test_all_attempts_are_given_out_as_they_came_in(quiz):
    """The frontend reads nothing else back from a progress file: no field more, none empty."""
    asked(quiz, {"do": "keep", "to": "1", "attempts": [ATTEMPT]})
    reply = asked(quiz, {"do": "all", "to": "2"})
    assert (reply["to"], reply["attempts"]) == ("2", [ATTEMPT])


def test_a_loaded_progress_file_wakes_all_that_a_lesson_asks(small_read, record):
    activities = all_activities(small_read, record)
    panel = ProgressFileWidget(record, list(activities.values()))
    kept = [{**ATTEMPT, "id": f"at-{item}", "item": item} for item in ITEMS]
    assert asked(panel, {"do": "keep", "to": "1", "attempts": kept})["fresh"] == len(ITEMS)
    for item, activity in activities.items():
        assert [attempt["id"] for attempt in activity.attempts] == [f"at-{item}"], item


@pytest.mark.parametrize(
    "message",
    [
        {"do": "keep", "to": "1"},
        {"do": "keep", "to": "1", "attempts": None},
        {"do": "keep", "to": "1", "attempts": [{}]},
        {"do": "keep", "to": "1", "attempts": ["x"]},
        {"do": "keep", "to": "1", "attempts": [ATTEMPT, {**ATTEMPT, "id": "two", "score": 7}]},
    ],
    ids=str,
)
def test_an_answer_that_is_none_is_refused_whole_and_in_words(quiz, record, message):
    reply = asked(quiz, message)
    assert "was not understood, so it was not kept" in reply["error"]
    assert reply["to"] == "1"
    assert record.attempts() == []


def test_a_record_that_cannot_be_written_is_said_and_the_quiz_still_opens(small_read, unwritable):
    quiz = QuizWidget(quiz_data(small_read, "first-before"), Record(unwritable / "record.sqlite3"))
    assert quiz.attempts == []
    assert len(quiz.quiz["items"]) == 2
    clinic = ClinicWidget(clinic_data(small_read, "small-clinic"), Record(unwritable / "record.sqlite3"))
    assert clinic.attempts == []
    assert len(clinic.clinic["vignettes"]) == 4
    reply = asked(quiz, {"do": "keep", "to": "1", "attempts": [ATTEMPT]})
    assert "could not be kept on this machine" in reply["error"]
    assert "could not be read" in asked(quiz, {"do": "all", "to": "2"})["error"]


BUNDLES = sorted(widgets.STATIC.glob("*.js"))


def test_there_are_bundles():
    assert {"widget.js", "clinic.js", "page.js"} <= {path.name for path in BUNDLES}


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.name)
def test_a_bundle_asks_no_other_host(path):
    text = path.read_text(encoding="utf-8")
    assert text
    assert not re.search(r"""(import|from|src|href|fetch\()\s*\(?=?["'`]?https?:""", text)
