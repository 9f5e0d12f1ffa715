"""What the frontend is given, and what it may ask of the record."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from secondsight import exchange, record_file, widgets
from secondsight.course import Course
from secondsight.item_data import case_data, clinic_data, quiz_data
from secondsight.plan import bank_data, plan_data, planned_items
from secondsight.printed import as_notebook
from secondsight.record_file import Record
from secondsight.widgets import (
    NEWEST,
    BodyMapWidget,
    ClinicWidget,
    CourseWidget,
    ItemsWidget,
    ProgressFileWidget,
    QuizWidget,
)

ATTEMPT = {
    "id": "one", "item": "which-ache", "item_version": "abc", "lesson": "first", "answer": ["b"], "score": 1.0,
    "certainty": "sure", "hints": 0, "seconds": 12.4, "at": "2026-11-22T10:15:00Z", "place": "jupyter",
}  # fmt: skip


COURSE = "small"


@pytest.fixture
def nothing_told(monkeypatch) -> None:
    """As in a kernel that has just begun."""
    monkeypatch.setattr(exchange, "_told", set())
    monkeypatch.setattr(record_file, "_unkept", {})


@pytest.fixture
def record(tmp_path) -> Record:
    return Record(tmp_path / "record.sqlite3")


@pytest.fixture
def quiz(small_read, record) -> QuizWidget:
    return QuizWidget(quiz_data(small_read, "first-before"), record, COURSE)


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
        "which-ache": QuizWidget(quiz_data(course, "first-before"), record, COURSE),
        "mark-call": QuizWidget(quiz_data(course, "third-kinds"), record, COURSE),
        "stiff-back": QuizWidget(case_data(course, "stiff-back"), record, COURSE),
        "v-may": ClinicWidget(clinic_data(course, "small-clinic"), record, COURSE),
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
    asked(ProgressFileWidget(record, COURSE, []), {"do": "keep", "to": "1", "attempts": [{**ATTEMPT, "item": item}]})
    assert activity.attempts == []
    activity.refresh()
    assert [attempt["item"] for attempt in activity.attempts] == [item]


def test_what_is_never_scored_is_kept_with_its_words(small_read, record):
    reflect = {**ATTEMPT, "item": "write-why", "answer": [], "score": None, "certainty": None, "text": "Most pass."}
    quiz = QuizWidget(quiz_data(small_read, "third-kinds"), record, COURSE)
    assert asked(quiz, {"do": "keep", "to": "1", "attempts": [reflect]}) == {"to": "1", "fresh": 1}
    (kept,) = quiz.attempts
    assert (kept["score"], kept["certainty"], kept["text"]) == (None, None, "Most pass.")
    assert record.attempts()[0].model_dump(mode="json") == reflect


def test_an_attempt_at_a_case_keeps_the_way_that_was_taken(small_read, record):
    way = ["listen:0", "listen:1", "look", "same-day-emergency"]
    case = QuizWidget(case_data(small_read, "stiff-back"), record, COURSE)
    asked(case, {"do": "keep", "to": "1", "attempts": [{**ATTEMPT, "item": "stiff-back", "answer": way}]})
    assert case.attempts[0]["answer"] == way


def test_a_case_is_given_as_a_quiz_of_one(small_read, record):
    case = QuizWidget(case_data(small_read, "stiff-back"), record, COURSE)
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
    clinic = ClinicWidget(clinic_data(small_read, "small-clinic"), record, COURSE)
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


def test_a_loaded_progress_file_wakes_all_that_a_lesson_asks(small_read, record):
    activities = all_activities(small_read, record)
    panel = ProgressFileWidget(record, COURSE, list(activities.values()))
    kept = [{**ATTEMPT, "id": f"at-{item}", "item": item} for item in ITEMS]
    assert asked(panel, {"do": "keep", "to": "1", "attempts": kept})["fresh"] == len(ITEMS)
    for item, activity in activities.items():
        assert [attempt["id"] for attempt in activity.attempts] == [f"at-{item}"], item


def test_a_record_that_cannot_be_written_is_said_and_the_quiz_still_opens(small_read, unwritable, nothing_told):
    quiz = QuizWidget(quiz_data(small_read, "first-before"), Record(unwritable / "record.sqlite3"), COURSE)
    assert quiz.attempts == []
    assert len(quiz.quiz["items"]) == 2
    clinic = ClinicWidget(clinic_data(small_read, "small-clinic"), Record(unwritable / "record.sqlite3"), COURSE)
    assert clinic.attempts == []
    assert len(clinic.clinic["vignettes"]) == 4
    reply = asked(quiz, {"do": "keep", "to": "1", "attempts": [ATTEMPT]})
    assert "could not be kept on this machine" in reply["error"]
    # What was answered is there as long as the kernel is, also at the same item asked anew.
    assert [attempt["id"] for attempt in quiz.attempts] == ["one"]
    again = QuizWidget(quiz_data(small_read, "first-before"), Record(unwritable / "record.sqlite3"), COURSE)
    assert [attempt["id"] for attempt in again.attempts] == ["one"]


def whole(course: Course, record: Record, kind: str = "progress") -> CourseWidget:
    """Such a part, as it is once the frontend has asked for its answers."""
    widget = CourseWidget(kind, plan_data(course, as_notebook), record)
    ask_again(widget)
    return widget


def ask_again(widget: CourseWidget) -> None:
    """The frontend asks for what the record holds now."""
    widget._heard(widget, {"do": "refresh"}, [])


def answers(item: str, count: int) -> list[dict]:
    """Answers to an item, an hour apart, the last an hour ago."""
    now = datetime.now(UTC)
    return [
        {**ATTEMPT, "id": f"{item}-{n:03}", "item": item, "at": (now - timedelta(hours=count - n)).isoformat()}
        for n in range(count)
    ]


def keep(record: Record, attempts: list[dict]) -> None:
    reply = asked(ProgressFileWidget(record, COURSE, []), {"do": "keep", "to": "1", "attempts": attempts})
    assert reply["fresh"] == len(attempts)


def test_a_schedule_rests_on_as_many_answers_here_as_in_the_frontend():
    frontend = Path(__file__).parents[1] / "frontend" / "src" / "scoring" / "schedule.ts"
    (number,) = re.findall(r"export const NEWEST = (\d+);", frontend.read_text(encoding="utf-8"))
    assert int(number) == NEWEST == CourseWidget.newest


def test_what_looks_at_the_whole_course_has_of_each_item_its_first_answer_and_its_newest(small_read, record):
    """So a panel opens alike after a year of reviews."""
    items = ["which-ache", "stiff-back", "v-may"]
    for item in items:
        keep(record, answers(item, NEWEST + 7))
    keep(record, [{**ATTEMPT, "id": "else", "item": "of-another-course"}])
    given = [attempt["id"] for attempt in whole(small_read, record).attempts]
    kept = {f"{item}-{n:03}" for item in items for n in [0, *range(7, NEWEST + 7)]}
    assert set(given) == kept
    assert len(given) == len(kept) == 3 * (NEWEST + 1)


def test_a_quiz_has_the_first_answer_and_the_last_and_a_clinic_every_one(small_read, record):
    """A clinic counts each vignette that was met; a quiz shows where its items stand."""
    keep(record, [*answers("which-ache", 9), *answers("v-may", 9)])
    activities = all_activities(small_read, record)
    assert [attempt["id"] for attempt in activities["which-ache"].attempts] == ["which-ache-000", "which-ache-008"]
    assert [attempt["id"] for attempt in activities["v-may"].attempts] == [f"v-may-{n:03}" for n in range(9)]


def test_what_looks_at_the_whole_course_knows_its_plan_and_bank_and_answers_to_every_item(small_read, record):
    plan, bank = plan_data(small_read, as_notebook), bank_data(small_read)
    widget = CourseWidget("review", plan, record, bank)
    # A lesson opens without waiting for them.
    assert widget.attempts is None
    ask_again(widget)
    assert (widget.kind, widget.plan, widget.bank) == ("review", plan, bank)
    assert whole(small_read, record, "certificate").bank == {}
    everything = planned_items(plan)
    assert len(everything) == 14
    keep(record, [{**ATTEMPT, "id": f"at-{item}", "item": item} for item in everything])
    widget.refresh()
    assert {attempt["item"] for attempt in widget.attempts} == set(everything)


def test_an_answer_given_in_a_review_does_not_send_everything_again(small_read, record):
    """The frontend knows its own answer; a long record would travel with each."""
    keep(record, answers("stiff-back", 3))
    widget = whole(small_read, record, "review")
    sent = []
    widget.observe(sent.append, ["attempts", "plan", "bank", "unasked"])
    assert asked(widget, {"do": "keep", "to": "1", "attempts": [ATTEMPT]}) == {"to": "1", "fresh": 1}
    assert sent == []
    assert len(record.attempts()) == 4
    widget.refresh()
    assert [attempt["id"] for attempt in widget.attempts][-1] == "stiff-back-002"
    assert len(widget.attempts) == 4


def test_a_quiz_shows_an_answer_that_was_given_at_it(quiz):
    asked(quiz, {"do": "keep", "to": "1", "attempts": [ATTEMPT]})
    assert [attempt["id"] for attempt in quiz.attempts] == ["one"]


@pytest.mark.parametrize("make", [whole, lambda course, record: all_activities(course, record)["which-ache"]])
def test_what_was_erased_is_shown_no_more(small_read, record, make):
    keep(record, answers("which-ache", 2))
    widget = make(small_read, record)
    assert len(widget.attempts) == 2
    assert asked(widget, {"do": "erase", "to": "1"}) == {"to": "1", "erased": 2}
    assert widget.attempts == []
    assert record.attempts() == []


def test_what_was_erased_beside_the_progress_file_is_gone_from_the_lesson(small_read, record):
    keep(record, [{**ATTEMPT, "id": f"at-{item}", "item": item} for item in ITEMS])
    activities = {**all_activities(small_read, record), "progress": whole(small_read, record)}
    assert all(activity.attempts for activity in activities.values())
    asked(ProgressFileWidget(record, COURSE, list(activities.values())), {"do": "erase", "to": "1"})
    assert {name: activity.attempts for name, activity in activities.items() if activity.attempts} == {}


def test_answers_to_items_that_are_asked_no_more_are_counted_where_progress_is_shown(small_read, record):
    keep(record, [*answers("gone", 3), *answers("which-ache", 2)])
    progress = whole(small_read, record)
    assert progress.unasked == 3
    # To count costs more with each answer, so only that part does.
    kinds = {kind: whole(small_read, record, kind).unasked for kind in ("due", "review", "final-check", "certificate")}
    assert set(kinds.values()) == {0}
    asked(progress, {"do": "erase", "to": "1"})
    assert progress.unasked == 0


def test_a_record_that_cannot_be_read_leaves_the_whole_course_to_look_at(small_read, unwritable, nothing_told):
    widget = whole(small_read, Record(unwritable / "record.sqlite3"))
    assert (widget.attempts, widget.unasked) == ([], 0)
    assert widget.plan["lessons"]


def test_a_file_that_is_loaded_reaches_every_part_of_the_lesson(small_read, record, tmp_path):
    keep(record, answers("which-ache", 2))
    panel = ProgressFileWidget(record, COURSE, [])
    text = asked(panel, {"do": "save", "to": "1", "from": 0})["text"]
    other = Record(tmp_path / "other.sqlite3")
    activities = [all_activities(small_read, other)["which-ache"], whole(small_read, other)]
    panel = ProgressFileWidget(other, COURSE, activities, "It ends.")
    assert panel.warning == "It ends."
    message = {"do": "load", "to": "2", "load": "a", "text": text, "last": True}
    assert asked(panel, message)["taken"]["fresh"] == 2
    assert [len(activity.attempts) for activity in activities] == [2, 2]


BUNDLES = sorted(widgets.STATIC.glob("*.js"))


def test_there_are_bundles():
    assert {"widget.js", "clinic.js", "course.js", "page.js"} <= {path.name for path in BUNDLES}


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.name)
def test_a_bundle_asks_no_other_host(path):
    text = path.read_text(encoding="utf-8")
    assert text
    assert not re.search(r"""(import|from|src|href|fetch\()\s*\(?=?["'`]?https?:""", text)
