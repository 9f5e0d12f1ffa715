"""A class's report as it is read: what it says first, what it calls small, and what it never lets through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from attacks import dangers
from class_reports import made_report
from secondsight.class_in_short import in_short
from secondsight.printed_class import one_by_one, printed_whole

LESSONS = [
    {"lesson": "first", "title": "First", "kind": "lesson", "items": 2, "n": 30, "begun": 20, "done": 6},
    {"lesson": "second", "title": "Second", "kind": "lesson", "items": 1, "n": 30, "begun": 5, "done": 5},
    {"lesson": "third", "title": "Third", "kind": "practice", "items": 10, "n": 30, "begun": 0, "done": 0},
]
TRAINEES = [
    {"trainee": "calm-otter", "attempts": 12, "lessons_done": 2, "of_lessons": 2, "of_objectives": 5},
    {"trainee": "blue-heron", "attempts": 3, "lessons_done": 1, "of_lessons": 2, "of_objectives": 5},
]
MISSED = {
    "vignette": "v-stairs",
    "card": "weak-legs",
    "card_name": "Weak legs",
    "text": "Ann rings. Her legs give way on the stairs since noon.",
    "trainees": 25,
    "n": 25,
    "missed": 10,
    "share": 0.4,
    "share_low": 0.23,
    "share_high": 0.59,
    "instead": "contact-team-within-days",
}
CLASS = {"trainee": None, "answers": 60, "emergencies": 25, "emergencies_missed": 10, "leaning": "under"}
OBJECTIVES = [
    {"objective": "first-know", "says": "Know an ache that lasts.", "lesson": "first", "n": 30, "met": 4}
    | {"holding": 26},
    {"objective": "second-act", "says": "Act on weak legs.", "lesson": "second", "n": 30, "met": 15, "practised": 5}
    | {"not_met": 10}
    | {"share": 0.17, "share_low": 0.07, "share_high": 0.34},
    {"objective": "third-sort", "says": "Sort what you hear.", "lesson": "third", "n": 30, "met": 2, "not_met": 28},
]
ITEMS = [
    {"item": "which-ache", "lesson": "first", "objective": "first-know", "asks": "Which ache is talked about?"}
    | {"n": 30, "right": 12, "sure": 10, "sure_wrong": 4, "facility": 0.4, "facility_low": 0.2, "facility_high": 0.6},
    {"item": "which-aches", "lesson": "first", "objective": "first-know", "asks": "Which of these pass?"}
    | {"n": 3, "right": 3, "facility": 1.0, "facility_low": 0.4, "facility_high": 1.0, "small": True},
    {"item": "legs-when", "lesson": "second", "objective": "second-act", "asks": "Legs give way. When do you call?"}
    | {"n": 30, "right": 29, "facility": 0.97, "facility_low": 0.8, "facility_high": 0.99},
    {"item": "sort-aches", "lesson": "third", "objective": "third-sort", "asks": "Put each ache where it belongs."},
]
OPTIONS = [
    {"item": "which-ache", "part": "option", "option": letter, "text": text, "n": 30, "taken": taken}
    | {"share": taken / 30, "share_low": 0.1, "share_high": 0.9, "key": key, "verdict": verdict}
    for letter, text, taken, key, verdict in [
        ("a", "One that eased yesterday", 18, False, "draws-best"),
        ("b", "One that lasts", 12, True, "key"),
        ("c", "Neither of them", 0, False, "nobody"),
    ]
]
PARTS: dict[str, Any] = {
    "trainee_count": 30,
    "attempt_count": 1234,
    "begins": datetime(2026, 9, 7, tzinfo=UTC),
    "ends": datetime(2026, 10, 2, tzinfo=UTC),
    "trainees": TRAINEES,
    "lessons": LESSONS,
    "objectives": OBJECTIVES,
    "items": ITEMS,
    "options": OPTIONS,
    "missed": [MISSED],
    "spotting": [CLASS],
}


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html5lib")


def short(course, **parts: Any) -> dict[str, str]:
    return dict(in_short(course, made_report(**PARTS | parts)))


def line_of(soup: Tag, name: str) -> Tag:
    """The line of a list of figures that is about ``name``."""
    (found,) = [each for each in soup.select(".figures > li") if name in each.select_one(".name").get_text()]
    return found


def test_what_to_teach_next_is_the_emergency_missed_most_and_then_the_weakest_objective_that_was_met(small_read):
    says = short(small_read)
    assert says["Teach next"] == (
        "Weak legs. This emergency was missed in 10 of 25 answers to one vignette. Most often they chose “Act within "
        "days”."
    )
    # Of "third-sort", two have met it and none has practised it; but a class has not failed at what it has not met.
    assert says["And then"] == "Act on weak legs. Of 20 who met this objective, 5 have practised it so far."


def test_where_no_emergency_was_missed_the_objective_comes_first(small_read):
    says = short(small_read, missed=[MISSED | {"missed": 0, "share": 0.0, "instead": None}])
    assert says["Emergencies"] == "Nobody missed an emergency among the vignettes that were met."
    assert says["Teach next"].startswith("Act on weak legs.")


def test_in_short_says_who_when_how_far_and_where_they_were_sure_and_wrong(small_read):
    says = short(small_read)
    assert says["The class"] == "30 trainees gave 1,234 answers, from 7 September 2026 to 2 October 2026."
    assert says["Finished"] == (
        "1 of 30 have answered every question of the 2 lessons. The lesson most often left half-way is “First”, by 14."
    )
    assert says["Sure and wrong"] == "4 of 30 were sure and not right here: “Which ache is talked about?”"
    assert says["Questions to look at"] == "1 question: a wrong option draws those who do well elsewhere (1)."
    assert "Mind" not in says


def test_an_empty_class_is_said_in_words_and_nothing_else_is_made_of_it(small_read):
    report = made_report(trainee_count=0, attempt_count=0)
    soup = soup_of(printed_whole(small_read, report))
    assert "The files hold no answers yet." in soup.get_text()
    assert [head.get_text() for head in soup.select("h2")] == ["In short", "The files", "What this is not"]


@pytest.mark.parametrize(
    ("count", "says"), [(1, "This is one trainee."), (7, "7 trainees are few."), (19, "19 trainees are few.")]
)
def test_a_class_that_is_small_is_called_small_first(small_read, count, says):
    assert short(small_read, trainee_count=count)["Mind"].startswith(says)


@pytest.mark.parametrize(
    ("notes", "left_out", "says"),
    [
        (1, 1, "1 file left out; see “The files”."),
        (3, 1, "1 file left out, something to know about 2 files; see “The files”."),
        (1, 0, "Something to know about 1 file; see “The files”."),
    ],
)
def test_files_that_something_is_wrong_with_are_spoken_of_first_and_named_last(small_read, notes, left_out, says):
    named = [f"file-{number}.jsonl: it is broken." for number in range(notes)]
    report = made_report(**PARTS, notes=named, files_left_out=left_out)
    assert dict(in_short(small_read, report))["Files"] == says
    text = soup_of(printed_whole(small_read, report)).get_text()
    assert all(note in text for note in named)
    assert "Files" not in short(small_read)


def test_small_numbers_are_called_small_beside_the_figure(small_read):
    soup = soup_of(printed_whole(small_read, made_report(**PARTS)))
    three = soup.select_one('[data-item="which-aches"]')
    assert "3 answers: too few to read anything into." in line_of(three, "Facility").get_text()
    assert "Only" not in soup.select_one('[data-item="which-ache"]').get_text()
    few = [ITEMS[0] | {"n": 12, "small": True}]
    soup = soup_of(one_by_one(small_read, made_report(**PARTS | {"items": few})))
    assert "Only 12 answers: go by the range." in line_of(soup, "Facility").get_text()


def test_each_figure_is_drawn_with_its_interval_where_its_numbers_say(small_read):
    item = soup_of(one_by_one(small_read, made_report(**PARTS))).select_one('[data-item="which-ache"]')
    line = line_of(item, "Facility")
    assert line.select_one(".figure").get_text() == "40%; likely 20 to 60%; right 12 of 30"
    drawn = line.svg
    assert drawn["aria-hidden"] == "true"
    # The scale goes from 6 to 154.
    assert float(drawn.circle["cx"]) == pytest.approx(6 + 148 * 0.4, abs=0.1)
    start, end = (float(at) for at in drawn.select_one(".whisker")["d"].removeprefix("M").split("M")[0].split(" 10H"))
    assert (start, end) == (pytest.approx(6 + 148 * 0.2, abs=0.1), pytest.approx(6 + 148 * 0.6, abs=0.1))


def test_a_range_that_goes_on_beyond_the_scale_is_drawn_without_an_end_there(small_read):
    ends = []
    for low in (-2.3, -0.8):
        scale = {"scale": "first-before", "part": "quiz", "title": "First thoughts", "items": 2, "n": 30}
        scale |= {"alpha": -0.4, "alpha_low": low, "alpha_high": 0.3}
        line = line_of(soup_of(printed_whole(small_read, made_report(**PARTS, scales=[scale]))), "First thoughts")
        assert line.select_one(".name").get_text() == "First: First thoughts"
        assert f"likely −{-low:.2f} to 0.30" in line.get_text()
        ends.append(line.select_one(".whisker")["d"].count("v10"))
    assert ends == [1, 2]


def test_what_is_not_defined_is_said_in_words_and_not_drawn(small_read):
    row = ITEMS[0] | {"right": 30, "facility": 1.0, "facility_high": 1.0, "says": "Everybody earns the same here."}
    soup = soup_of(one_by_one(small_read, made_report(**PARTS | {"items": [row]})))
    line = line_of(soup, "Discrimination")
    assert line.select_one(".figure").get_text() == "cannot be worked out"
    assert "Everybody earns the same here." in line.get_text()
    assert line.svg is None
    assert "None" not in soup.get_text() and "nan" not in soup.get_text()


def test_a_wrong_option_that_draws_the_best_is_named_and_so_is_one_that_nobody_takes(small_read):
    soup = soup_of(one_by_one(small_read, made_report(**PARTS), linked=True))
    item = soup.select_one('[data-item="which-ache"]')
    assert "those who do well elsewhere take it more often" in line_of(item, "a. One that eased yesterday").get_text()
    assert "✓ right" in line_of(item, "b. One that lasts").select_one(".name").get_text()
    assert "Nobody took it." in line_of(item, "c. Neither of them").get_text()
    (link,) = soup.select(".look a")
    assert soup.select_one(link["href"]) is item
    assert "To look at" in item.summary.get_text()
    assert "To look at" not in soup.select_one('[data-item="legs-when"]').get_text()


def test_a_choice_of_lesson_objective_or_question_leaves_the_others_out(small_read):
    report = made_report(**PARTS)

    def there(*chosen: str) -> list[str]:
        return [each["data-item"] for each in soup_of(one_by_one(small_read, report, *chosen)).select("[data-item]")]

    assert there() == ["which-ache", "which-aches", "legs-when"]
    assert there("first") == ["which-ache", "which-aches"]
    assert there("", "second-act") == ["legs-when"]
    assert there("first", "first-know", "which-aches") == ["which-aches"]
    assert there("third") == []
    assert "Nobody has answered any of these yet." in one_by_one(small_read, report, "third")
    assert "Not shown: 1 question that nobody has answered yet." in one_by_one(small_read, report)


def test_every_part_with_figures_says_how_they_are_worked_out_and_where_that_comes_from(small_read):
    gain = {"n": 9, "before": 0.5, "after": 0.6, "gain": 0.1, "gain_low": 0.02, "gain_high": 0.18}
    scale = {"scale": "first-before", "part": "quiz", "title": "First thoughts", "items": 2, "n": 30, "alpha": 0.4}
    sure = {"trainee": None, "certainty": "sure", "n": 40, "right": 30}
    sure |= {"share": 0.75, "share_low": 0.6, "share_high": 0.86}
    soup = soup_of(printed_whole(small_read, made_report(**PARTS, gain=[gain], scales=[scale], calibration=[sure])))
    parts = [part for part in soup.select("section:has(> h2)") if part.select_one("svg.interval")]
    assert [part.h2.get_text() for part in parts] == [
        "Objective by objective",
        "The class as spotters",
        "Being sure and being right",
        "From the first check to the final one",
        "How far the questions of a quiz go together",
        "The questions",
    ]
    for part in parts:
        (how,) = part.select("details.how")
        assert how.select_one(".formula").get_text()
        assert how.select_one(".meta").get_text().startswith("Source: ")


def test_the_gain_stands_with_its_range_and_says_what_it_is_not(small_read):
    gain = {"n": 9, "before": 0.5, "after": 0.6, "gain": 0.1, "gain_low": -0.02, "gain_high": 0.22, "small": True}
    report = made_report(**PARTS, gain=[gain | {"says": "The two ask different questions."}])
    line = line_of(soup_of(printed_whole(small_read, report)), "The difference")
    assert line.select_one(".figure").get_text() == "+10 points; likely −2 to +22"
    assert "Only 9 trainees: go by the range." in line.get_text()
    assert "a hint and no measurement" in dict(in_short(small_read, report))["First to final check"]


def test_a_page_about_people_says_so_and_a_made_up_class_says_that_instead(small_read):
    report = made_report(**PARTS)
    real, made_up = (soup_of(printed_whole(small_read, report, made_up=each)).get_text() for each in (False, True))
    assert "This page holds what real people answered, under pseudonyms." in real
    assert "made up" not in real
    assert "This class is made up, to show what a report looks like." in made_up
    assert "real people" not in made_up
    for text in (real, made_up):
        assert "nobody should be graded by it" in text
        assert "Reviewed by: nobody yet" in text
        assert "No names are in the files" in text


def test_what_comes_from_a_file_is_text_and_nothing_else(small_read, elements, attack):
    report = made_report(
        **PARTS | {"trainees": [TRAINEES[0] | {"trainee": attack}]},
        notes=[f"{attack}: this is no progress file."],
        reworded=[{"item": attack, "gone": True, "answers": 2, "trainees": 1}],
        finished=[{"trainee": attack, "lesson": "first", "answered": 1, "items": 2}],
        gain=[{"n": 1, "gain": 0.1, "before": 0.1, "after": 0.2}],
        gains=[{"trainee": attack, "before_right": 1, "before_of": 2, "after_right": 2, "after_of": 2, "gain": 0.5}],
    )
    html = printed_whole(small_read, report)
    assert dangers(html) == []
    soup = BeautifulSoup(html, "html.parser")
    assert soup.select_one("tbody th").get_text() == attack
    assert any(attack in line.get_text() for line in soup.select(".class-report li"))
    assert {tag.name for tag in soup.find_all()} <= elements


@pytest.fixture(scope="module")
def elements(small_read) -> set[str]:
    """What a report is made of where no file says anything strange."""
    report = made_report(**PARTS, reworded=[{"item": "gone", "gone": True, "answers": 2, "trainees": 1}])
    return {tag.name for tag in BeautifulSoup(printed_whole(small_read, report), "html.parser").find_all()}
