"""Answers to items, as QTI takes them and as ``tests/export/score.mjs`` scores them.

What the identifiers stand for is found here by reading the export, not by asking what wrote it.
"""

from __future__ import annotations

import json
import subprocess
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

from secondsight.course.items import Case, Choice, Hotspot, Item, Match, Order, Spot, Vignette, Worked
from secondsight.course.part import Level

SCORE = Path(__file__).parent / "export" / "score.mjs"


class Offered(NamedTuple):
    """What an item in QTI offers: text by identifier, for each interaction's response."""

    responses: dict[str, dict[str, str]]

    def ids(self, response: str, texts: list[str]) -> list[str]:
        by_text = {text: id for id, text in self.responses[response].items()}
        return [by_text[text] for text in texts]


class Answer(NamedTuple):
    """An answer in QTI, by response, and the question to score.mjs that belongs to it."""

    given: dict[str, str | list[str]]
    asked: dict[str, Any]


def answers(item: Item, offered: Offered) -> list[Answer]:
    """Answers of many kinds to a scored item: the right one, wrong ones, and those in between."""
    match item:
        case Choice(options=options) | Hotspot(places=options):
            keys = [option.correct for option in options]
            ids = [*offered.responses["RESPONSE"]]
            if item.answers == "one":
                return [
                    Answer({"RESPONSE": ids[at]}, {"by": "choice", "keys": keys, "chosen": [at]})
                    for at in range(len(ids))
                ]
            return _chosen("choice", ids, keys)
        case Spot():
            phrases = [phrase for _, phrase in item.pieces if phrase]
            ids = offered.ids("RESPONSE", [phrase.says for phrase in phrases])
            return _chosen("spot", ids, [phrase.cue for phrase in phrases])
        case Match():
            return _matched(item, offered)
        case Order():
            right = offered.ids("RESPONSE", [step.text for step in item.steps])
            ways = [right, right[::-1], [right[1], right[0], *right[2:]], [*right[1:], right[0]], sorted(right)]
            return [
                Answer({"RESPONSE": way}, {"by": "order", "places": [right.index(id) for id in way]}) for way in ways
            ]
        case Worked():
            steps, mends = [step.wrong for step in item.steps], [mend.correct for mend in item.mends]
            step_ids = offered.ids("RESPONSE", [step.says for step in item.steps])
            mend_ids = offered.ids("MEND", [mend.text for mend in item.mends])
            return [
                Answer(
                    {"RESPONSE": step_ids[step], "MEND": mend_ids[mend]},
                    {"by": "worked", "steps": steps, "mends": mends, "step": step, "mend": mend},
                )
                for step, mend in product(range(len(steps)), range(len(mends)))
            ]
        case Case() | Vignette():
            ids = [*offered.responses["RESPONSE"]]
            return [
                Answer({"RESPONSE": id}, {"by": "decision", "key": item.action, "chosen": level})
                for id, level in zip(ids, Level.__args__, strict=True)
            ]
    raise TypeError(f"{type(item).__name__} is not scored")


def _chosen(by: str, ids: list[str], keys: list[bool]) -> list[Answer]:
    sizes = sorted({1, 2, sum(keys), len(keys)})
    return [
        Answer({"RESPONSE": [ids[at] for at in chosen]}, {"by": by, "keys": keys, "chosen": chosen})
        for size in sizes
        for chosen in combinations(range(len(ids)), size)
    ]


def _matched(item: Match, offered: Offered) -> list[Answer]:
    cards = offered.ids("RESPONSE", [card.text for card in item.cards])
    groups = offered.ids("RESPONSE", item.groups)
    own = [item.groups.index(card.group) for card in item.cards]
    ways = [
        own,
        [0] * len(own),
        [(at + 1) % len(groups) for at in own],
        [own[0], *((at + 1) % len(groups) for at in own[1:])],
    ]
    return [
        Answer(
            {"RESPONSE": [f"{card} {groups[at]}" for card, at in zip(cards, placed, strict=True)]},
            {"by": "match", "groups": own, "placed": placed},
        )
        for placed in ways
    ]


def scores(asked: list[dict[str, Any]]) -> list[float]:
    """What the course itself gives for answers."""
    made = subprocess.run(["node", SCORE], input=json.dumps(asked), capture_output=True, text=True, check=True)
    return json.loads(made.stdout)
