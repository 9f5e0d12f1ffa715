"""Keys that can be found without knowing: by their length, or by their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .items import Choice, Hotspot, Item, Option, Worked
from .model import Course
from .problem import Problem


def letter(place: int) -> str:
    """How an option is called by its place, counted from 0."""
    return chr(ord("a") + place)


def options_with_one_key(item: Item) -> Sequence[Option]:
    """The options of an item of any kind that is answered by choosing one of them; else none."""
    match item:
        case Choice(answers="one"):
            return item.options
        case Hotspot(answers="one"):
            return item.places
        case Worked():
            return item.mends
    return ()


class KeyPattern(NamedTuple):
    """Of so many items, in how many the key is longer than every other option, and where it mostly stands."""

    items: int
    longest: int
    place: int
    times: int


def key_pattern(items: Sequence[Sequence[Option]]) -> KeyPattern:
    """The pattern of the keys of at least one item, each given by its options."""
    longest = 0
    places: Counter[int] = Counter()
    for options in items:
        key = next(place for place, option in enumerate(options) if option.correct)
        others = [len(option.text) for place, option in enumerate(options) if place != key]
        longest += len(options[key].text) > max(others)
        places[key] += 1
    return KeyPattern(len(items), longest, *places.most_common(1)[0])


def told_by_its_pattern(course: Course) -> Iterator[Problem]:
    """A trainee must not be able to find the key by its length or its place."""
    by_file: dict[str, list[Sequence[Option]]] = {}
    for item in course.items.values():
        if isinstance(item, Choice) and item.answers == "one":
            by_file.setdefault(course.places["item", item.id][0], []).append(item.options)
    for file, items in by_file.items():
        if len(items) < 5:
            continue
        count, longest, place, times = key_pattern(items)
        if longest > count / 2:
            yield Problem(
                file, 0, f"in {longest} of {count} items the right option is the longest; even the lengths out"
            )
        if times > count * 0.6:
            yield Problem(file, 0, f"in {times} of {count} items the right option is {letter(place)}; vary its place")
