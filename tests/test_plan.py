"""The course in outline, and the bank of all that can be asked again."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from secondsight import __version__
from secondsight.course import Course, load_course
from secondsight.course.audit import VERBS
from secondsight.item_data import case_data, clinic_data, quiz_data
from secondsight.plan import ROOMS, bank_data, plan_data, planned_items
from secondsight.printed import as_notebook

FRONTEND = Path(__file__).parents[1] / "frontend" / "src"


@pytest.fixture(params=["small_read", "real"])
def course(request) -> Course:
    return request.getfixturevalue(request.param)


def planned(course: Course) -> list[tuple[str, str, list[str]]]:
    """Each item of the plan with the lesson and the objective that it stands under."""
    return [
        (lesson["id"], objective["id"], item)
        for lesson in plan_data(course, as_notebook)["lessons"]
        for objective in lesson["objectives"]
        for item in objective["items"]
    ]


def test_every_item_that_is_asked_stands_once_under_its_objective_and_lesson(course):
    found = planned(course)
    assert len(found) >= 14
    for lesson, objective, (id, version, *_) in found:
        assert objective == course.items[id].objective, id
        assert lesson == course.lesson_of_item[id], id
        assert version == course.items[id].version, id
    assert Counter(item[0] for _, _, item in found) == Counter(list(course.lesson_of_item))
    assert planned_items(plan_data(course, as_notebook)) == [item[0] for _, _, item in found]


def test_an_item_says_its_kind_unless_it_is_a_choice_and_a_vignette_its_level(course):
    """As ``planFrom`` in frontend/src/plan.ts reads it."""
    kinds = Counter()
    for _, _, (id, _, *more) in planned(course):
        item = course.items[id]
        kind = getattr(item, "kind", "vignette")
        kinds[kind] += 1
        match kind:
            case "choice":
                assert more == [], id
            case "vignette":
                assert more == ["vignette", item.action], id
            case _:
                assert more == [kind], id
    assert set(kinds) == {"choice", "match", "order", "hotspot", "spot", "worked", "reflect", "case", "vignette"}


def test_an_item_that_no_notebook_asks_is_in_neither(small):
    small.change_cell("01-second.ipynb", "second-before", "ss.actions()")
    course = load_course_with_problems(small)
    assert "legs-when" in course.items
    assert "legs-when" not in [item[0] for _, _, item in planned(course)]
    assert "legs-when" not in bank_data(course)


def load_course_with_problems(small) -> Course:
    from secondsight.course import read_course

    return read_course(small.root)[0]


def test_a_plan_is_the_course_in_outline(small_read):
    plan = plan_data(small_read, lambda notebook: f"to/{notebook}")
    assert {key: plan[key] for key in ("course", "title", "version", "reviewedBy")} == {
        "course": "small", "title": "Small Course", "version": __version__, "reviewedBy": "nobody yet",
    }  # fmt: skip
    assert [(lesson["id"], lesson["kind"], lesson["minutes"]) for lesson in plan["lessons"]] == [
        ("first", "lesson", 5), ("second", "lesson", 10), ("third", "practice", 15), ("fourth", "reference", 5),
        ("again", "record", 5), ("finish", "record", 10), ("standing", "record", 5), ("certificate", "record", 5),
    ]  # fmt: skip
    assert plan["lessons"][0] | {"objectives": []} == {
        "id": "first", "title": "First", "href": "to/00-first.ipynb", "kind": "lesson", "minutes": 5, "objectives": [],
    }  # fmt: skip
    assert [objective["says"] for objective in plan["lessons"][2]["objectives"]] == [
        "Sort what you hear.", "Meet a patient.", "Decide how fast to act.",
    ]  # fmt: skip
    assert plan["levels"] == ["Act now", "Act within days", "Discuss if it lasts", "Explain"]
    assert plan["check"] == {
        "id": "finish",
        "title": "The last check",
        "says": "Five from the whole course.",
        "before": ["which-ache", "which-aches"],
        "draws": [
            {"objectives": ["first-know", "second-act"], "items": 1},
            {"objectives": ["third-sort"], "items": 2},
            {"objectives": ["third-meet", "third-clinic"], "items": 2},
        ],
    }


def test_a_plan_tells_no_wording_of_an_item(course):
    """It is on every page that shows what is due: light, and it gives no answer away."""
    text = json.dumps(plan_data(course, as_notebook), ensure_ascii=False)
    stems = [item.stem for item in course.items.values() if getattr(item, "stem", "")]
    assert len(stems) >= 9
    assert [stem for stem in stems if stem in text] == []
    assert len(text) < 30_000 + 60 * len(course.items)


def test_the_rooms_are_the_notebooks_that_use_the_verb(small_read):
    rooms = plan_data(small_read, as_notebook)["rooms"]
    assert rooms == {
        "review": "again", "final_check": "finish", "progress": "standing", "certificate": "certificate",
        # The sheet of all the cards, in the reference; not the lesson that shows one of them.
        "red_flags": "fourth",
    }  # fmt: skip


def test_the_rooms_of_the_real_course_are_all_there(real):
    rooms = plan_data(real, as_notebook)["rooms"]
    assert set(rooms) == set(ROOMS) <= set(VERBS)
    for verb, lesson in rooms.items():
        calls = {call for cell in real.notebooks[lesson].cells for call in cell.calls}
        assert (verb, ()) in calls, verb
    assert real.lessons[rooms["red_flags"]].kind == "reference"


def test_a_sheet_of_cards_in_a_reference_goes_before_one_in_a_lesson(small):
    small.add_cell("00-first.ipynb", "code", "sheet", "ss.red_flags()")
    assert plan_data(load_course(small.root), as_notebook)["rooms"]["red_flags"] == "fourth"
    small.change_cell("03-fourth.ipynb", "fourth-sheet", "ss.actions()")
    assert plan_data(load_course(small.root), as_notebook)["rooms"]["red_flags"] == "first"


def test_a_course_without_a_final_check_or_a_record_has_none(small):
    for name in ("04-again", "05-finish", "06-standing", "07-certificate"):
        (small.root / f"notebooks/{name}.ipynb").unlink()
    for id in ("again", "finish", "standing", "certificate"):
        (small.root / f"content/lessons/{id}.yaml").unlink()
    (small.root / "exercises/final-check.yaml").unlink()
    small.edit("content/course.yaml", ", again, finish, standing, certificate", "")
    plan = plan_data(load_course(small.root), as_notebook)
    assert plan["check"] is None
    assert plan["rooms"] == dict.fromkeys(ROOMS, "") | {"red_flags": "fourth"}


def test_a_plan_and_a_bank_have_the_fields_that_the_frontend_reads(small_read):
    source = (FRONTEND / "plan.ts").read_text(encoding="utf-8")
    plan = plan_data(small_read, as_notebook)
    for name, data, but in (
        ("Plan", plan, {"items"}),
        ("PlannedLesson", plan["lessons"][0], set()),
        ("FinalCheck", plan["check"], set()),
    ):
        (body,) = re.findall(rf"export interface {name} \{{\n(.*?)\n\}}", source, re.S)
        assert set(re.findall(r"^  (\w+):", body, re.M)) - but == set(data), name
    assert set(re.findall(r'"(\w+)"', re.search(r"rooms: Record<(.*?),", source)[1])) == set(ROOMS)


def asked(course: Course) -> dict[str, dict]:
    """Every item as its own quiz, case or clinic gives it."""
    given: dict[str, dict] = {}
    for verb, id in course.asked_in:
        match verb:
            case "quiz":
                items = quiz_data(course, id)["items"]
            case "case":
                items = case_data(course, id)["items"]
            case "clinic":
                items = clinic_data(course, id)["vignettes"]
        given |= {item["id"]: item for item in items}
    return given


def test_the_bank_holds_every_scored_item_whole_as_its_lesson_asks_it(course):
    bank, given = bank_data(course), asked(course)
    unscored = {id for id, item in given.items() if item["kind"] == "reflect"}
    assert unscored
    assert len(bank) >= 13
    assert set(bank) == set(given) - unscored
    for id, item in bank.items():
        assert item == given[id], id


def test_what_is_never_scored_is_known_by_its_item(course):
    scored = {getattr(item, "kind", "vignette") for item in course.items.values() if item.is_scored}
    assert scored == {"choice", "match", "order", "hotspot", "spot", "worked", "case", "vignette"}
    assert {item.kind for item in course.items.values() if not item.is_scored} == {"reflect"}


def test_plan_and_bank_travel_as_json(course):
    for data in (plan_data(course, as_notebook), bank_data(course)):
        assert json.loads(json.dumps(data)) == data


def test_each_item_of_the_final_check_can_be_asked_from_the_bank(real):
    plan, bank = plan_data(real, as_notebook), bank_data(real)
    drawn = {objective for draw in plan["check"]["draws"] for objective in draw["objectives"]}
    by_objective = Counter(real.items[id].objective for id in bank)
    assert len(drawn) > 30
    assert {objective for objective in drawn if not by_objective[objective]} == set()
    assert sum(draw["items"] for draw in plan["check"]["draws"]) == 30
    assert plan["check"]["before"] == [item.id for item in real.quizzes["start-check"].items]


def test_a_quiz_of_before_that_is_asked_nowhere_is_no_reason_to_stop(small_read):
    """The plan of a course with problems is still made, for whoever is mending it."""
    course = replace(small_read, notebooks={})
    plan = plan_data(course, as_notebook)
    assert planned_items(plan) == []
    assert plan["check"]["id"] == ""
    assert bank_data(course) == {}
