"""Which options first answers took: distractors that nobody takes, and those that draw the best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ..course import Course
from ..course.items import Choice, Hotspot, Item, Vignette, Worked
from ..course.part import Level
from .frames import frame, spread
from .intervals import Estimate, correlation, is_small, share

if TYPE_CHECKING:
    import duckdb
    import polars


class Sums(NamedTuple):
    """First answers with one and the same content: how many, and of their rests how many, their sum, their squares."""

    answer: str
    n: int
    rest_n: int
    rest: int
    squares: int


@dataclass(frozen=True)
class Option:
    """Something that can be taken in a part of an item."""

    name: str
    text: str
    key: bool
    is_in: Callable[[str], bool]


@dataclass(frozen=True)
class Part:
    """Options of which one is taken, or (``several``) as many as one likes."""

    name: str
    several: bool
    options: list[Option]


def options(base: duckdb.DuckDBPyConnection, course: Course, asked: list[Item]) -> polars.DataFrame:
    """Each option of each choice, hotspot, worked case and vignette, in the order of the course.

    - Share: first answers that took it / first answers, with Wilson's interval.
    - r, where one option is taken: for a distractor, among those who took it or the key, the correlation of having
      taken the distractor with the mean score on other items. It should be below 0: who takes the key does better
      elsewhere (Y. Attali and T. Fraenkel, Journal of Educational Measurement 2000;37:77-86, who show why comparing
      with the takers of other distractors misleads). For the key, and where several can be taken: among all who
      answered, of having taken it. Fisher's interval.
    - Verdict on a distractor: ``nobody`` took it; it ``draws-best`` where r and its whole interval lie above 0, and
      ``may-draw-best`` where r alone does; ``works`` where r is 0 or below; ``unknown`` where r is not defined or
      nobody has answered.
    """
    found: dict[int, list[Sums]] = defaultdict(list)
    for number, *sums in base.execute(
        # What no letters and no level make up is an option of nothing; such answers count together.
        """
        SELECT item, CASE WHEN regexp_full_match(answer, '[a-z0-9-]{1,40}') THEN answer ELSE '' END AS taken, count(*),
            count(rest), coalesce(sum(rest), 0), coalesce(sum(rest * rest), 0)
        FROM firsts WHERE answer IS NOT NULL GROUP BY item, taken ORDER BY item, taken
        """
    ).fetchall():
        found[number].append(Sums(*sums))
    rows = [
        row
        for number, item in enumerate(asked)
        for part in parts(course, item)
        for row in _rows(item, part, found[number])
    ]
    return frame("options", rows)


def parts(course: Course, item: Item) -> list[Part]:
    """What can be taken in an item; nothing where its kind has no options."""
    match item:
        case Choice(options=choices):
            return [Part("option", item.answers == "several", _lettered(choices))]
        case Hotspot(places=choices):
            return [Part("place", item.answers == "several", _lettered(choices))]
        case Worked():
            slips = [
                Option(letter, step.says, step.wrong, lambda answer, letter=letter: answer[:1] == letter)
                for letter, step in zip("abcdefgh", item.steps, strict=False)
            ]
            mends = [
                Option(letter, mend.text, mend.correct, lambda answer, letter=letter: answer[1:2] == letter)
                for letter, mend in zip("abcdefgh", item.mends, strict=False)
            ]
            return [Part("slip", False, slips), Part("mend", False, mends)]
        case Vignette():
            levels = [
                Option(level, course.actions[level].name, level == item.action, level.__eq__)
                for level in Level.__args__
                if level in course.actions
            ]
            return [Part("level", False, levels)]
    return []


def _lettered(choices: Sequence[Any]) -> list[Option]:
    return [
        Option(letter, choice.text, choice.correct, lambda answer, letter=letter: letter in answer)
        for letter, choice in zip("abcdefghij", choices, strict=False)
    ]


def _rows(item: Item, part: Part, given: list[Sums]) -> Iterator[dict[str, Any]]:
    n = sum(sums.n for sums in given)
    keys = [option for option in part.options if option.key]
    for option in part.options:
        took = [sums for sums in given if option.is_in(sums.answer)]
        among = given
        if not (option.key or part.several):
            among = took + [sums for sums in given if keys[0].is_in(sums.answer)]
        taken = sum(sums.n for sums in took)
        r = _goes_with(took, among)
        yield {
            "item": item.id,
            "part": part.name,
            "option": option.name,
            "text": option.text,
            "key": option.key,
            "n": n,
            "taken": taken,
            **spread("share", share(taken, n)),
            "r_n": sum(sums.rest_n for sums in among),
            **spread("r", r),
            "verdict": "key" if option.key else _verdict(n, taken, r),
            "small": is_small(n),
        }


def _goes_with(took: list[Sums], among: list[Sums]) -> Estimate:
    """The correlation of having taken something with the rest, among these answers."""
    x = sum(sums.rest_n for sums in took)
    return correlation(
        sum(sums.rest_n for sums in among),
        x,
        sum(sums.rest for sums in among),
        x,
        sum(sums.squares for sums in among),
        sum(sums.rest for sums in took),
    )


def _verdict(n: int, taken: int, r: Estimate) -> str:
    if n and not taken:
        return "nobody"
    if r.value is None:
        return "unknown"
    if r.value > 0:
        return "draws-best" if r.low is not None and r.low > 0 else "may-draw-best"
    return "works"
