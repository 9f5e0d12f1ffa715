"""What is worth a look in a course and yet is no error: it stops nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from .answer_patterns import key_pattern, letter, options_with_one_key
from .blueprint import wants
from .items import Case, Item, Vignette, kind_of
from .model import Course
from .places import problem_at
from .problem import Problem

# Long enough to find somebody who can review a file before its date has passed.
SOON = timedelta(days=60)
# One to ask before an objective is taught, one after, and a third that a review or a final check can still ask anew.
FEWEST_ITEMS = 3
# Of fewer items nobody can see a pattern.
FEWEST_KEYS = 3
MOSTLY = 0.6


def notes(course: Course, today: date) -> list[Problem]:
    """What is worth a look, sorted by file and line; each in the words of a problem, though it is none.

    Args:
        today: what "past" and "soon" are counted from.
    """
    found = [*_reviews(course, today)]
    # What cannot be read may hold what seems to be missing.
    if not course.unread:
        for check in (_unwanted, _few_items, _patterns):
            found += check(course)
    return sorted(set(found))


def _reviews(course: Course, today: date) -> Iterator[Problem]:
    facts = Counter(file for (kind, _), (file, _) in course.places.items() if kind == "fact")
    for name, read in course.files.items():
        left = (read.review_by - today).days
        if left > SOON.days:
            continue
        file, line = course.places["review", name]
        holds = f", with the {so_many(facts[name], 'fact')} in it" if facts[name] else ""
        if left < 0:
            says = f"was to be reviewed by {read.review_by}, {so_many(-left, 'day')} ago{holds}; review it"
        else:
            when = "today" if left == 0 else f"in {so_many(left, 'day')}"
            says = f"is to be reviewed by {read.review_by}, {when}{holds}; ask somebody to"
        yield Problem(file, line, says)


def _unwanted(course: Course) -> Iterator[Problem]:
    """Items of an objective and kind that no line of the blueprint asks for, where there is a blueprint."""
    if not wants(course):
        return
    unwanted: dict[tuple[str, str], list[str]] = {}
    for item in course.items.values():
        of_it = [want for want in wants(course) if (want.objective, want.kind) == (item.objective, kind_of(item))]
        if not any(want.site in (None, item.site) for want in of_it):
            unwanted.setdefault((item.objective, kind_of(item)), []).append(item.id)
    for (objective, kind), items in unwanted.items():
        more = f", like {so_many(len(items) - 1, 'item')} more" if len(items) > 1 else ""
        yield problem_at(
            course,
            "item",
            items[0],
            f"is of kind '{kind}' for '{objective}', which no line of the blueprint wants{more}; add a line, "
            "or leave it if it is a happy extra",
        )


def _few_items(course: Course) -> Iterator[Problem]:
    have = Counter(item.objective for item in course.items.values())
    for lesson in course.lessons.values():
        few = [objective.id for objective in lesson.objectives if have[objective.id] < FEWEST_ITEMS]
        if few:
            named = ", ".join(f"{id} ({have[id]})" for id in few)
            yield problem_at(
                course,
                "lesson",
                lesson.id,
                f"has fewer than {FEWEST_ITEMS} items for {named}; add some, so that one is left to ask later",
            )


def _patterns(course: Course) -> Iterator[Problem]:
    """Answers that somebody could find without knowing, by lesson and over all kinds."""
    for id, items in course.items_by_lesson.items():
        asked = [options for item in items if (options := options_with_one_key(item))]
        if len(asked) >= FEWEST_KEYS:
            pattern = key_pattern(asked)
            if pattern.longest > pattern.items * MOSTLY:
                says = (
                    f"has {pattern.longest} of {pattern.items} keys that are the longest option; even the lengths out"
                )
                yield problem_at(course, "lesson", id, says)
            if pattern.times > pattern.items * MOSTLY:
                at = letter(pattern.place)
                says = f"has {pattern.times} of {pattern.items} keys at {at}; put some of them elsewhere"
                yield problem_at(course, "lesson", id, says)
        yield from _one_level(course, id, items)


def _one_level(course: Course, lesson: str, items: Sequence[Item]) -> Iterator[Problem]:
    """Patients who nearly all need the same: their order is drawn, so that only the level can be guessed."""
    for kind, what in ((Case, "cases"), (Vignette, "vignettes")):
        levels = Counter(item.action for item in items if isinstance(item, kind))
        if levels.total() < FEWEST_KEYS:
            continue
        level, times = levels.most_common(1)[0]
        if times > levels.total() * MOSTLY:
            says = f"has {times} of {levels.total()} {what} that end at '{level}'; vary how fast to act"
            yield problem_at(course, "lesson", lesson, says)


def so_many(count: int, what: str) -> str:
    """As in "1 fact", "2 facts"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
