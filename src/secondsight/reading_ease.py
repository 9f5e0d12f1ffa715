"""How hard each lesson is to read, by two formulas that count letters, words and sentences.

Flesch's formula needs syllables. In English, textstat counts those with a dictionary that it fetches from the internet,
and nothing here may do that by itself; without the dictionary it splits words as a typesetter would, which misses
about a tenth of the syllables of this course and makes it look easier than it is. LIX and the Automated Readability
Index ask for neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from pydantic import BaseModel

from .course import Course, Problem
from .course.notebook import Notebook
from .course.places import problem_at
from .refusal import Refusal

# Fields that hold names of parts or of kinds: nobody reads them.
UNREAD = {
    *("id", "kind", "objective", "facts", "sources", "site", "picture", "form", "answers", "action", "card", "who"),
    *("about", "next", "seed", "file", "group", "note"),
}
# Below this, one long sentence makes all the difference.
FEWEST_WORDS = 100
MUCH_HARDER = 2.0


class ReadingEase(NamedTuple):
    """How hard a lesson is to read.

    Attributes:
        words: how many words it has.
        sentence: words in a sentence, on average.
        lix: words in a sentence, and words of more than six letters in a hundred, added up (Björnsson, 1968).
        grade: the year of school, in the US, whose pupils can read it: the Automated Readability Index
            (Smith and Senter, 1967).
    """

    lesson: str
    words: int
    sentence: float
    lix: float
    grade: float


def reading_ease(course: Course) -> list[ReadingEase]:
    """How hard each lesson is to read, in the course's order; those without a word are left out.

    Raises:
        Refusal: where textstat is not installed.
    """
    try:
        import textstat
    except ImportError:
        raise Refusal(
            "--reading needs textstat, which is not installed. Run pip install 'secondsight[educators]' and try again."
        ) from None
    found = []
    for lesson, notebook in course.notebooks.items():
        text = lesson_text(course, lesson, notebook)
        if words := textstat.lexicon_count(text):
            measures = (
                textstat.words_per_sentence(text),
                textstat.lix(text),
                textstat.automated_readability_index(text),
            )
            found.append(ReadingEase(lesson, words, *measures))
    order = list(course.lessons)
    return sorted(found, key=lambda ease: order.index(ease.lesson))


def harder_than_the_others(course: Course, eases: list[ReadingEase]) -> list[Problem]:
    """The lessons that are much harder to read than most of the course."""
    long_enough = [ease for ease in eases if ease.words >= FEWEST_WORDS]
    if len(long_enough) < 3:
        return []
    middle = median(ease.grade for ease in long_enough)
    return [
        problem_at(
            course,
            "lesson",
            ease.lesson,
            f"reads at grade {ease.grade:.1f}, while the middle of the course is at {middle:.1f}; "
            "shorten its sentences where you can",
        )
        for ease in long_enough
        if ease.grade > middle + MUCH_HARDER
    ]


def lesson_text(course: Course, lesson: str, notebook: Notebook) -> str:
    """All that a trainee reads in a lesson, as sentences; code, ids and lists of sources are left out."""
    pieces: list[str] = []
    for cell in notebook.cells:
        if cell.kind == "markdown":
            pieces += _prose(cell.source)
        for call in cell.calls:
            for part in _parts(course, call.verb, call.arguments or ()):
                pieces += _texts(part)
    pieces += [item_text for item in course.items_by_lesson.get(lesson, ()) for item_text in _texts(item)]
    return " ".join(_sentence(piece) for piece in pieces if re.search(r"\w", piece))


def _prose(markdown: str) -> Iterator[str]:
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "inline":
            kept = [
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
                if child.type in ("text", "softbreak", "hardbreak")
            ]
            yield "".join(kept)


def _parts(course: Course, verb: str, arguments: tuple[str, ...]) -> list[BaseModel]:
    """What a verb shows, apart from what it asks."""
    match verb:
        case "key_points":
            known: dict[str, Any] = course.facts
        case "glossary":
            known, arguments = course.terms, arguments or tuple(course.terms)
        case "red_flags":
            known, arguments = course.red_flags, arguments or tuple(course.red_flags)
        case "actions":
            known, arguments = course.actions, tuple(course.actions)
        case "picture":
            known = course.pictures
        case "symptoms" | "body_map":
            sites = [course.sites[id] for id in arguments or tuple(course.sites) if id in course.sites]
            return [symptom for site in sites for symptom in site.symptoms]
        case _:
            return []
    return [known[id] for id in arguments if id in known]


def _texts(value: Any) -> Iterator[str]:
    """Every text in a part that is there to be read."""
    match value:
        case str():
            yield value.replace("[", "").replace("]", "")
        case BaseModel():
            for name in type(value).model_fields:
                if name not in UNREAD:
                    yield from _texts(getattr(value, name))
        case list():
            for each in value:
                yield from _texts(each)
        case dict():
            yield from _texts([*value.values()])


def _sentence(piece: str) -> str:
    """A piece of text that ends where it ends: an option or a heading is a sentence of its own."""
    piece = " ".join(piece.split())
    return piece if re.search(r"[.!?][”’\"')]*$", piece) else f"{piece}."
