"""A class's report says of each trainee what their own page says: the same rules, in Python and in the frontend."""

from __future__ import annotations

import json
import random
import subprocess
from collections import defaultdict
from datetime import timedelta

import pytest

from conftest import ROOT
from insights.a_class import BEGAN, LEVELS, AClass, row
from secondsight.plan import plan_data

# The frontend's own functions, asked for what a trainee's page shows.
ASKED = """
import { readFileSync } from "node:fs";
import { planFrom } from "./src/plan";
import { inOrder } from "./src/attempt";
import { calibration } from "./src/scoring/calibration";
import { answersTo, isRight } from "./src/scoring/right";
import { gain, sittings } from "./src/scoring/sittings";
import { detection, leaning, metIn, missedEmergencies, sensitivity, specificity, tally } from "./src/scoring/spotting";
import { lessonsOf } from "./src/scoring/standing";

const { plan: data, trainees } = JSON.parse(readFileSync(0, "utf8"));
const plan = planFrom(data);
const told = trainees.map((unordered) => {
  const attempts = inOrder(unordered);
  const met = metIn(plan.items.filter(({ kind }) => kind === "vignette"), attempts);
  const counts = tally(met);
  const detected = detection(counts);
  const sure = [...answersTo(plan.items, attempts).values()].flat()
    .filter(({ certainty, score }) => certainty && score !== null)
    .map((each) => ({ certainty: each.certainty, right: isRight(each) }));
  const after = sittings(plan.check, attempts).filter(({ finished }) => finished).at(-1);
  return {
    lessons: lessonsOf(plan, attempts).map(({ lesson, answered, objectives }) =>
      [lesson.id, answered, objectives.map(({ id, standing }) => [id, standing])]),
    counts, detected, leaning: leaning(detected),
    missed: missedEmergencies(met).length,
    sensitivity: sensitivity(counts), specificity: specificity(counts),
    calibration: calibration(sure),
    gain: gain(plan.check, plan.items, attempts, after?.right ?? null),
  };
});
process.stdout.write(JSON.stringify(told));
"""
COUNTS = {
    "hits": "hits",
    "misses": "misses",
    "false_alarms": "falseAlarms",
    "correct_rejections": "correctRejections",
}


def at_random(a_class: AClass, seed: int) -> list:
    """Sixty answers over a fortnight: again, in the final check, to old wordings, in no order."""
    chance = random.Random(seed)
    items = [item for items in a_class.course.items_by_lesson.values() for item in items]
    able = chance.random()
    made = []
    for _ in range(60):
        item = chance.choice(items)
        score = chance.choices([1.0, 0.8, 0.5, 0.0], [3 * able, 1, 0.5, 2])[0] if item.is_scored else None
        answer = chance.choice(LEVELS) if item.id.startswith("v-") else "a"
        change = {"at": BEGAN + timedelta(minutes=chance.randrange(20_000))}
        change["certainty"] = chance.choice(["sure", "fairly-sure", "guessing"]) if item.is_scored else None
        if item.is_scored and chance.random() < 0.25:
            change |= {"lesson": "finish", "sitting": chance.choice("ab")}
        if chance.random() < 0.1:
            change["item_version"] = "old"
        made.append(a_class.said(item.id, score, answer, **change))
    return made


def test_what_is_told_of_a_trainee_is_what_their_own_page_tells(a_class, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    trainees = [at_random(a_class, seed) for seed in range(25)]
    for number, attempts in enumerate(trainees):
        a_class.file(f"{number:02}", attempts)
    made = a_class.report()
    data = {
        "plan": plan_data(a_class.course, str),
        "trainees": [[attempt.model_dump(mode="json") for attempt in attempts] for attempts in trainees],
    }
    esbuild = ROOT / "frontend" / "node_modules" / ".bin" / "esbuild"
    bundled = subprocess.run(
        [esbuild, "--bundle", "--platform=node", "--format=cjs"],
        input=ASKED,
        cwd=ROOT / "frontend",
        capture_output=True,
        text=True,
        check=True,
    )
    (tmp_path / "asked.cjs").write_text(bundled.stdout, encoding="utf-8")
    told = subprocess.run(
        ["node", tmp_path / "asked.cjs"], input=json.dumps(data), capture_output=True, text=True, check=True
    )
    theirs = json.loads(told.stdout)
    seen = defaultdict(set)
    for number, page in enumerate(theirs):
        name = row(made.files, file=f"{number:02}.jsonl")["trainee"]
        for lesson, answered, objectives in page["lessons"]:
            assert row(made.finished, trainee=name, lesson=lesson)["answered"] == answered
            for objective, standing in objectives:
                assert row(made.standings, trainee=name, objective=objective)["standing"] == standing
                seen["standing"].add(standing)
        spotter = row(made.spotting, trainee=name)
        assert {ours: spotter[ours] for ours in COUNTS} == {ours: page["counts"][key] for ours, key in COUNTS.items()}
        assert (spotter["emergencies_missed"], spotter["leaning"]) == (page["missed"], page["leaning"])
        for figure in ("sensitivity", "specificity"):
            agrees(spotter, figure, page[figure])
        for figure, key in (("d_prime", "dPrime"), ("criterion", "criterion")):
            agrees(spotter, figure, page["detected"] and page["detected"][key])
        seen["d_prime"].add(page["detected"] is None)
        for certainty, share in page["calibration"].items():
            ours = row(made.calibration, trainee=name, certainty=certainty)
            assert (ours["right"], ours["n"]) == ((share["count"], share["of"]) if share else (0, 0))
            agrees(ours, "share", share)
        gains = made.gains.filter(made.gains["trainee"] == name)
        agrees(gains.row(0, named=True) if len(gains) else {"gain": None}, "gain", page["gain"])
        seen["gain"].add(page["gain"] is None)
    # Nothing was left out by chance.
    assert seen["standing"] == {"not-met", "met", "practised", "holding"}
    assert seen["d_prime"] == seen["gain"] == {True, False}


def agrees(ours: dict, figure: str, theirs: dict | None) -> None:
    if theirs is None:
        assert ours[figure] is None
        return
    found = [ours[f"{figure}{end}"] for end in ("", "_low", "_high")]
    # The frontend's normal distribution has seven figures.
    assert found == pytest.approx([theirs[end] for end in ("value", "low", "high")], abs=1e-5)
