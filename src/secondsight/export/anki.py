"""Cards for Anki: a deck for each lesson, a note for each item.

A note is known by the course and the item, not by its wording, so importing again updates notes that are there and
keeps their schedule.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from html import escape
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from ..course import Course, Source
from ..course.items import Hotspot, Item, kind_of
from .archive import archive
from .edition import Edition, ExportError
from .package import Package
from .still_picture import STATIC, with_places
from .told import Part, Told, Why, how_read, left_out, plain, sources_of, told

# The first field is what Anki knows duplicates by. Their number and order are the form of the notes: a change makes
# Anki ask people how to convert what they have.
FIELDS = ("Item", "Stem", "Text", "Picture", "Options", "Key", "Why", "Afterwards", "Sources", "Notice", "Lesson")
FRONT = (
    '<p class="small">{{Lesson}}</p><p class="stem">{{Stem}}</p>'
    '{{#Text}}<div class="text">{{Text}}</div>{{/Text}}{{Picture}}{{Options}}'
)
BACK = (
    '{{FrontSide}}<hr id="answer"><div class="key">{{Key}}</div>{{Why}}{{Afterwards}}'
    '<h3>Sources, and how far each was read</h3>{{Sources}}<p class="small">{{Notice}}</p>'
    '<p class="small">{{Item}}</p>'
)
NO_HINTS = "a card has a front and a back, and no step between"
NO_TALK = "nobody answers back on a card, so each story is told to its end and only the decision is asked"


class _Picture(NamedTuple):
    name: str
    data: bytes


def make(course: Course, edition: Edition) -> Package:
    """The items as an ``.apkg`` file, which Anki and AnkiDroid import.

    A later edition replaces the texts of an earlier one: always with Anki's "update notes: always", and with "if
    newer" where a file of the course has a later day of review.

    Raises:
        ExportError: where genanki is not installed.
    """
    genanki = _genanki()
    model = _model(genanki, course)
    decks, pictures = [], []
    asked: list[Item] = []
    for lesson, items in course.items_by_lesson.items():
        if not items:
            continue
        deck = genanki.Deck(_number(course, "deck", lesson), _deck_name(course, lesson))
        for item in items:
            picture = _picture(course, item)
            pictures += [picture] if picture else []
            asked.append(item)
            deck.add_note(
                genanki.Note(
                    model,
                    [_fields(course, lesson, item, picture)[field] for field in FIELDS],
                    guid=_hash(course, "note", item.id)[:16],
                    tags=_tags(course, lesson, item),
                    due=len(asked),
                )
            )
        decks.append(deck)
    return Package(
        _bytes(genanki, decks, pictures, _stamp(course, decks, pictures)),
        len(asked),
        left_out(asked, NO_HINTS, NO_TALK),
    )


def _genanki() -> ModuleType:
    try:
        import genanki
    except ImportError:
        raise ExportError(
            "Cards for Anki need genanki, which is not installed. "
            "Run pip install 'secondsight[educators]' and try again."
        ) from None
    return genanki


def _hash(course: Course, *names: str) -> str:
    return hashlib.sha256(" ".join((course.head.id, *names)).encode()).hexdigest()


def _number(course: Course, *names: str) -> int:
    """An id as Anki takes it: a number of 31 bits, the same in every edition."""
    return (1 << 30) + int(_hash(course, *names), 16) % (1 << 30)


def _stamp(course: Course, decks: list, pictures: list[_Picture]) -> float:
    """When the notes were changed, as seconds since 1970: the newest day of review, at a time made from what they hold.

    Anki takes a note in only where its time is another than that of the note it has ("always"), or a later one ("if
    newer"). A clock would do, but then the same course would not give the same bytes.
    """
    day = datetime.combine(max(file.reviewed_on for file in course.files.values()), time(), UTC)
    held = hashlib.sha256(_style().encode())
    for note in (note for deck in decks for note in deck.notes):
        held.update("\x1f".join((note.guid, *note.fields, *note.tags)).encode())
    for picture in pictures:
        held.update(picture.data)
    return day.timestamp() + int(held.hexdigest(), 16) % (24 * 60 * 60)


def _style() -> str:
    return (STATIC / "anki.css").read_text(encoding="utf-8")


def _model(genanki: ModuleType, course: Course) -> object:
    return genanki.Model(
        _number(course, "note type"),
        f"{course.head.id} item",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": FRONT, "afmt": BACK}],
        css=_style(),
    )


def _deck_name(course: Course, lesson: str) -> str:
    """A deck below the course's own; two colons would make a further level."""
    part = course.lessons[lesson]
    course_name, name = (plain(title).replace("::", ":") for title in (course.head.title, part.title))
    return f"{course_name}::{part.notebook[:2]} {name}"


def _tags(course: Course, lesson: str, item: Item) -> list[str]:
    tags = {"lesson": lesson, "objective": item.objective, "kind": kind_of(item), "site": item.site}
    return [f"{course.head.id}::{name}::{value}" for name, value in tags.items() if value]


def _picture(course: Course, item: Item) -> _Picture | None:
    """The picture of an item; its name changes with it, so that Anki never shows an old one."""
    if not isinstance(item, Hotspot):
        return None
    data = with_places(course, item)
    return _Picture(f"{course.head.id}-{item.id}-{hashlib.sha256(data).hexdigest()[:8]}.svg", data)


def _text(text: str) -> str:
    """Text as HTML in which Anki finds no tag of its own: "[sound:…]" would play a file, "[latex]" run a program."""
    return escape(plain(text)).replace("[", "&#91;").replace("{{", "{&#123;")


def _fields(course: Course, lesson: str, item: Item, picture: _Picture | None) -> dict[str, str]:
    words = told(course, item)
    return {
        "Item": item.id,
        "Stem": _text(words.stem),
        "Text": _paragraphs(words.story),
        "Picture": _image(course, item, picture) if picture else "",
        "Options": "".join(map(_offered, words.parts)),
        "Key": _paragraphs(words.key),
        "Why": _whys(course, words),
        "Afterwards": "".join(f"<h3>{_text(head)}</h3>{_list(lines)}" for head, lines in words.more.items()),
        "Sources": f'<ul class="small">{"".join(map(_source, sources_of(course, item)))}</ul>',
        "Notice": _text(course.head.notice),
        "Lesson": _text(course.lessons[lesson].title),
    }


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{_text(line)}</p>" for text in texts for line in text.split("\n") if line.strip())


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_text(text)}</li>' for text in texts)}</ul>"


def _source(source: Source) -> str:
    title = _text(source.title)
    if source.url:
        title = f'<a href="{escape(source.url)}">{title}</a>'
    about = _text(f"{source.publisher}, {source.year}. {how_read(source)}")
    return f"<li>{_text(source.label)}: {title}. {about}</li>"


def _image(course: Course, item: Hotspot, picture: _Picture) -> str:
    caption = course.pictures[item.picture].caption
    return f'<img src="{picture.name}" alt="{escape(plain(caption))}">'


def _offered(part: Part) -> str:
    lines = "".join(f"<li><b>{sign}</b><span>{_text(text)}</span></li>" for sign, text in part.lines)
    return f'<p>{_text(part.asks)}</p><ul class="lettered">{lines}</ul>'


def _whys(course: Course, words: Told) -> str:
    if not words.whys:
        return ""
    lines = "".join(f"<li><b>{why.letter}</b><span>{_reason(course, why)}</span></li>" for why in words.whys)
    return f'<h3>Why</h3><ul class="lettered">{lines}</ul>'


def _reason(course: Course, why: Why) -> str:
    mark = f"<strong>{_text(why.mark)}.</strong> " if why.mark else ""
    labels = [course.sources[id].label for id in course.sources_of(why.facts)]
    cited = f' <span class="small">({_text("; ".join(labels))})</span>' if labels else ""
    return f"{mark}{_text(why.says)}{cited}"


def _bytes(genanki: ModuleType, decks: list, pictures: list[_Picture], stamp: float) -> bytes:
    """The package, with no clock's time in it."""
    with tempfile.TemporaryDirectory() as folder:
        for picture in pictures:
            (Path(folder) / picture.name).write_bytes(picture.data)
        media = [str(Path(folder) / picture.name) for picture in pictures]
        made = io.BytesIO()
        genanki.Package(decks, media).write_to_file(made, timestamp=stamp)
    with zipfile.ZipFile(made) as package:
        return archive({name: package.read(name) for name in package.namelist()})
