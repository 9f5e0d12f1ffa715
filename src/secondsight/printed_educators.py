"""What only educators see on a page: every key open, what each item tests, and how long a lesson takes.

All text is escaped here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import escape, unescape

from .course import Course, Lesson
from .course.items import Item, Vignette, kind_of
from .printed_items import SHOW

# Silent reading of non-fiction in English: Brysbaert, "How many words do we read per minute? A review and meta-analysis
# of reading rate", Journal of Memory and Language 109 (2019), 104047. Most adults read from 175 to 300.
WORDS_A_MINUTE = 238
READING = "https://doi.org/10.1016/j.jml.2019.104047"


def with_keys(course: Course, html: str) -> str:
    """The printed form of what is asked, with hints and keys open; each item says what it is and what it tests."""
    says = {objective.id: objective.says for lesson in course.lessons.values() for objective in lesson.objectives}

    def told(match: re.Match[str]) -> str:
        item = course.items[match[1]]
        words = f"{item.id} · {kind_of(item)} · tests: {says[item.objective]}"
        return f'{match[0]}<p class="meta">{escape(words)}</p>'

    opened = html.replace("<details", "<details open").replace(f"<summary>{SHOW}", "<summary>The answer and why")
    return re.sub(r'<div [^>]*\bdata-item="([^"]+)"[^>]*>', told, opened)


def notes(course: Course, lesson: Lesson, reading: Iterable[str]) -> str:
    """A lesson's timing, and which items test which of its objectives.

    Args:
        reading: HTML of all that is there to read, but for what is asked.
    """
    items = course.items_by_lesson[lesson.id]
    rows = "".join(f"<li>{row}</li>" for row in _timing(lesson, items, _words(reading)))
    return (
        '<section class="ss-panel for-educators" aria-label="For educators"><h2>For educators</h2>'
        f"<ul>{rows}</ul>{_tests(lesson, items)}</section>"
    )


def _words(html: Iterable[str]) -> int:
    return sum(len(re.findall(r"\w[\w'’-]*", unescape(re.sub(r"<[^>]+>", " ", part)))) for part in html)


def _timing(lesson: Lesson, items: list[Item], words: int) -> Iterable[str]:
    minutes = max(1, round(words / WORDS_A_MINUTE))
    yield f"Planned: about {lesson.minutes} minutes."
    yield (
        f"To read: {words:,} words, about {_counted(minutes, 'minute')} at {WORDS_A_MINUTE} words a minute "
        f'(<a href="{READING}">Brysbaert, 2019</a>). People who read English as a second language need longer.'
    )
    vignettes = sum(isinstance(item, Vignette) for item in items)
    if vignettes:
        yield f"To answer: {_counted(vignettes, 'vignette')}, met ten at a time."
    if asked := len(items) - vignettes:
        left = lesson.minutes - minutes
        yield f"To answer: {_counted(asked, 'item')}. " + (
            f"With about {_counted(left, 'minute')} left, that is {_each(60 * left / asked)} for each."
            if left > 0
            else "Reading takes the planned time, so set some of them for another day."
        )


def _each(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.1f} minutes"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _tests(lesson: Lesson, items: list[Item]) -> str:
    if not lesson.objectives:
        return ""
    tested = Counter(item.objective for item in items)
    rows = "".join(
        f"<li>{escape(objective.says)} <span>({_counted(tested[objective.id], 'item')})</span></li>"
        for objective in lesson.objectives
    )
    return f"<h3>What its items test</h3><ul>{rows}</ul>"
