"""The made-up class: files like those of trainees, the same each time, scored as the frontend scores."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise

import pytest

from conftest import ROOT
from secondsight import example_class
from secondsight.attempt import Attempt
from secondsight.course import Course
from secondsight.course.items import Case, Item, Match, Order, Spot, Vignette, Worked, dealt
from secondsight.record_file import Record
from some_attempts import load


def attempts_in(data: bytes) -> list[Attempt]:
    return [Attempt.model_validate_json(line) for line in data.splitlines()[1:]]


def test_every_file_is_a_progress_file_that_can_be_loaded_whole(small_read, tmp_path):
    files = example_class.files(small_read, trainees=5)
    assert len(files) == 5
    for name, data in files.items():
        taken = load(data, Record(tmp_path / f"{name}.sqlite3"), "small")
        assert taken.fresh > 0
        assert (taken.unread, taken.missing, taken.changed, taken.future) == (0, 0, False, 0)


def test_the_same_seed_gives_the_same_bytes_and_another_one_gives_others(small_read):
    assert example_class.files(small_read) == example_class.files(small_read)
    assert example_class.files(small_read) != example_class.files(small_read, seed="another")


def test_the_class_is_as_uneven_as_classes_are(real: Course):
    """Somebody is through and has taken the final check, somebody has just begun, and nobody is anybody else."""
    each = [attempts_in(data) for data in example_class.files(real).values()]
    ids = [{attempt.id for attempt in attempts} for attempts in each]
    assert all(not one & other for one, other in pairwise(ids))
    asked = {item.id for items in real.items_by_lesson.values() for item in items}
    met = [{attempt.item for attempt in attempts} for attempts in each]
    assert met[0] == asked
    assert len(met[-1]) < len(asked) / 4
    assert any(attempt.sitting for attempt in each[0])
    assert not any(attempt.sitting for attempt in each[-1])
    answers = [attempt for attempts in each for attempt in attempts]
    assert {attempt.certainty for attempt in answers} == {"sure", "fairly-sure", "guessing", None}
    assert all(attempt.text is None for attempt in answers)
    right = sum(attempt.score == 1 for attempt in answers) / sum(attempt.score is not None for attempt in answers)
    assert 0.5 < right < 0.9


def question(item: Item, answer: list[str]) -> list:
    """An answer as the frontend's scoring takes it: the function, and its arguments."""
    places = [ord(letter) - ord("a") for letter in answer if len(letter) == 1]
    match item:
        case Vignette():
            return ["scoreDecision", item.action, answer[0]]
        case Case():
            steps = [{"id": step.id, "asks": [{"key": ask.key} for ask in step.asks]} for step in item.steps]
            asked: dict[str, list[int]] = {}
            for entry in answer:
                if entry.startswith("ask:"):
                    _, step, letter = entry.split(":")
                    asked.setdefault(step, []).append(ord(letter) - ord("a"))
            return ["scoreCase", {"action": item.action, "steps": steps}, asked, answer[-1].removeprefix("act:")]
        case Match():
            cards = [item.cards[index] for index in dealt(item.id, len(item.cards))]
            return ["scoreMatch", [item.groups.index(card.group) for card in cards], [ord(a[-1]) - 97 for a in answer]]
        case Order():
            order = dealt(item.id, len(item.steps))
            return ["scoreOrder", [order[place] for place in places]]
        case Worked():
            steps, mends = [{"wrong": step.wrong} for step in item.steps], [{"correct": m.correct} for m in item.mends]
            return ["scoreWorked", steps, mends, *places]
        case Spot():
            phrases = [phrase for _, phrase in item.pieces if phrase is not None]
            options = [{"correct": phrase.cue} for phrase in phrases]
            return ["spot", [option["correct"] for option in options], places]
    options = getattr(item, "options", None) or item.places
    return ["scoreChoice", {"options": [{"correct": option.correct} for option in options]}, places]


SCORE = """
import * as scoring from "./frontend/src/scoring/score.ts";
const spot = (cues, marked) => scoring.scoreSpot(scoring.countMarks(cues, new Set(marked)));
const score = ([name, ...args]) => (name === "spot" ? spot(...args) : scoring[name](...args));
console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(score)));
"""


@pytest.mark.parametrize("which", ["small_read", "real"])
def test_each_answer_earns_what_the_frontend_would_give_it(request, which, tmp_path):
    course = request.getfixturevalue(which)
    answered = [each for data in example_class.files(course).values() for each in attempts_in(data)]
    scored = [each for each in answered if each.score is not None]
    assert len({type(course.items[each.item]) for each in scored}) >= 7
    esbuild = ROOT / "frontend" / "node_modules" / ".bin" / "esbuild"
    bundle = subprocess.run(
        [esbuild, "--bundle", "--platform=node", "--format=cjs"],
        cwd=ROOT,
        input=SCORE,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (tmp_path / "score.cjs").write_text(bundle, encoding="utf-8")
    asked = json.dumps([question(course.items[each.item], each.answer) for each in scored])
    given = subprocess.run(
        ["node", tmp_path / "score.cjs"], input=asked, capture_output=True, text=True, check=True
    ).stdout
    assert json.loads(given) == [each.score for each in scored]
