"""How an item of QTI is scored, and what it tells once it is: declarations and response processing.

The scores are those of ``frontend/src/scoring/score.ts``, written as rules that a platform carries out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from xml.etree.ElementTree import Element

from .told import plain

RESPONSE, KEY = "RESPONSE", "KEY"

Content = Element | str


def element(tag: str, attributes: dict[str, str] | None = None, *content: Content) -> Element:
    """An element with its content; text loses what XML has no place for."""
    made = Element(tag, {name: plain(value) for name, value in (attributes or {}).items()})
    last: Element | None = None
    for part in content:
        if isinstance(part, Element):
            made.append(part)
            last = part
        elif last is None:
            made.text = (made.text or "") + plain(part)
        else:
            last.tail = (last.tail or "") + plain(part)
    return made


@dataclass
class Response:
    """What is answered: its declaration, and what each part of an answer earns.

    Attributes:
        cardinality: "single", "multiple" or "ordered".
        right: the right answer.
        earns: the share of the score by part of an answer; empty where the score is worked out otherwise.
        tells: whether parts of an answer have feedback of their own.
    """

    id: str
    cardinality: str
    right: list[str]
    earns: dict[str, float] = field(default_factory=dict)
    tells: bool = True
    base: str = "identifier"


def declaration(response: Response) -> Element:
    content = []
    if response.right:
        content.append(element("correctResponse", {}, *(element("value", {}, value) for value in response.right)))
    if response.earns:
        entries = (
            element("mapEntry", {"mapKey": key, "mappedValue": repr(value)}) for key, value in response.earns.items()
        )
        bounds = {"lowerBound": "0", "upperBound": "1", "defaultValue": "0"}
        content.append(element("mapping", bounds, *entries))
    attributes = {"identifier": response.id, "cardinality": response.cardinality, "baseType": response.base}
    return element("responseDeclaration", attributes, *content)


def outcomes(is_scored: bool, steps: Sequence[str]) -> list[Element]:
    """What comes of an answer; ``steps`` are those of an order, in the right one."""
    made = []
    if is_scored:
        made = [_outcome("SCORE", "float", "0", {"normalMaximum": "1"}), _outcome("MAXSCORE", "float", "1")]
    if steps:
        made.append(_outcome("PAIRS", "integer", "0"))
    return [
        *made,
        element("outcomeDeclaration", {"identifier": "FEEDBACK", "cardinality": "multiple", "baseType": "identifier"}),
    ]


def _outcome(id: str, base: str, default: str, more: dict[str, str] | None = None) -> Element:
    return element(
        "outcomeDeclaration",
        {"identifier": id, "cardinality": "single", "baseType": base, **(more or {})},
        element("defaultValue", {}, element("value", {}, default)),
    )


def scoring(responses: Sequence[Response], steps: Sequence[str]) -> list[Element]:
    """The rules by which an answer is scored."""
    if steps:
        return [_when_answered(RESPONSE, *_order_scoring(steps))]
    return [
        _when_answered(
            response.id,
            _set("SCORE", element("sum", {}, _variable("SCORE"), element("mapResponse", {"identifier": response.id}))),
        )
        for response in responses
        if response.earns
    ]


def _order_scoring(steps: Sequence[str]) -> list[Element]:
    """Kendall's tau, not below 0: pairs of steps in the right order less those in the wrong one, of all pairs.

    A pair is seen alone by taking all other steps out of the answer.
    """
    rules = []
    for one, other in combinations(steps, 2):
        pair = _variable(RESPONSE)
        for step in steps:
            if step not in (one, other):
                pair = element("delete", {}, _value(step), pair)
        is_right = element("match", {}, pair, element("ordered", {}, _value(one), _value(other)))
        rules.append(
            element(
                "responseCondition",
                {},
                element("responseIf", {}, is_right, _add_to_pairs("1")),
                element("responseElse", {}, _add_to_pairs("-1")),
            )
        )
    share = element("divide", {}, _variable("PAIRS"), _value(str(len(rules)), "integer"))
    above_none = element("gt", {}, _variable("PAIRS"), _value("0", "integer"))
    return [*rules, element("responseCondition", {}, element("responseIf", {}, above_none, _set("SCORE", share)))]


def _add_to_pairs(points: str) -> Element:
    return _set("PAIRS", element("sum", {}, _variable("PAIRS"), _value(points, "integer")))


def _when_answered(response: str, *rules: Element) -> Element:
    answered = element("not", {}, element("isNull", {}, _variable(response)))
    return element("responseCondition", {}, element("responseIf", {}, answered, *rules))


def telling(responses: Sequence[Response]) -> Element:
    """After the answer: why of what was chosen and of what is right, then the key."""
    told_of = [
        part
        for response in responses
        if response.tells
        for part in (_variable(response.id), element("correct", {"identifier": response.id}))
    ]
    return _set("FEEDBACK", element("multiple", {}, *told_of, _value(KEY)))


def _set(outcome: str, value: Element) -> Element:
    return element("setOutcomeValue", {"identifier": outcome}, value)


def _variable(id: str) -> Element:
    return element("variable", {"identifier": id})


def _value(value: str, base: str = "identifier") -> Element:
    return element("baseValue", {"baseType": base}, value)
