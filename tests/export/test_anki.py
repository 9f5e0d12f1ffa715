"""The course as cards, imported by Anki itself: its own package, without its window."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS as ALWAYS
from anki.notes import Note

from secondsight.course import Course, load_course
from secondsight.course.items import Case, Choice, Hotspot, Item, Match, Order, Reflect, Spot, Vignette, Worked
from secondsight.export import anki
from secondsight.export.edition import Edition, ExportError
from secondsight.export.handover import hand_over

GOOD = 3


class Deck:
    """A collection of Anki's, with what a test asks of it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def take_in(self, data: bytes, **options: int) -> None:
        package = self.folder / "course.apkg"
        package.write_bytes(data)
        chosen = ImportAnkiPackageOptions(**options)
        self.collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=chosen))

    def notes(self) -> dict[str, Note]:
        found = [self.collection.get_note(id) for id in self.collection.find_notes("")]
        assert len({note["Item"] for note in found}) == len(found)
        return {note["Item"]: note for note in found}


@pytest.fixture(scope="module")
def make_deck(tmp_path_factory) -> Callable[[], Deck]:
    made: list[Deck] = []

    def make() -> Deck:
        made.append(Deck(tmp_path_factory.mktemp("anki")))
        return made[-1]

    yield make
    for deck in made:
        deck.collection.close()


@pytest.fixture(scope="module")
def decks(make_deck, real, small_read) -> dict[str, Deck]:
    """Each course's cards, imported into a new collection."""
    made = {}
    for name, course in (("real", real), ("small_read", small_read)):
        made[name] = make_deck()
        made[name].take_in(anki.make(course, Edition()).data)
    return made


@pytest.fixture(params=["small_read", "real"])
def both(request, decks) -> tuple[Course, Deck]:
    return request.getfixturevalue(request.param), decks[request.param]


def asked(course: Course) -> list[tuple[str, Item]]:
    return [(lesson, item) for lesson, items in course.items_by_lesson.items() for item in items]


def words(html: str) -> str:
    """What a person reads, a line for each paragraph and entry."""
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    lines = unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|li|h3|div)>", "\n", html))).split("\n")
    return "\n".join(line for line in lines if line.strip())


def kind(item: Item) -> str:
    return getattr(item, "kind", "vignette")


def test_every_item_is_a_note_in_the_deck_of_its_lesson(both):
    course, deck = both
    notes = deck.notes()
    assert set(notes) == {item.id for _, item in asked(course)}
    assert len(notes) == deck.collection.card_count()
    for lesson, item in asked(course):
        (card,) = notes[item.id].cards()
        part = course.lessons[lesson]
        assert deck.collection.decks.name(card.did) == f"{course.head.title}::{part.notebook[:2]} {part.title}"
        assert set(notes[item.id].tags) == {
            f"{course.head.id}::lesson::{lesson}",
            f"{course.head.id}::objective::{item.objective}",
            f"{course.head.id}::kind::{kind(item)}",
            *([f"{course.head.id}::site::{item.site}"] if item.site else []),
        }


def test_new_cards_come_in_the_order_of_the_course(both):
    course, deck = both
    notes = deck.notes()
    due = [notes[item.id].cards()[0].due for _, item in asked(course)]
    assert due == sorted(due)
    assert len(set(due)) == len(due)


def front_and_back(item: Item, course: Course) -> tuple[list[str], list[str]]:
    """What must stand on each side of a card, in the course's own words."""
    levels = [action.name for action in course.actions.values()]
    match item:
        case Choice(options=options) | Hotspot(places=options):
            key = next(option for option in options if option.correct)
            return [item.stem, *(each.text for each in options)], [key.text, *(each.feedback for each in options)]
        case Match():
            pairs = [f"{card.text} → {card.group}" for card in item.cards]
            return [item.stem, *item.groups, *(card.text for card in item.cards)], [
                *pairs,
                *(card.feedback for card in item.cards),
            ]
        case Order():
            numbered = [f"{number}. {step.text}" for number, step in enumerate(item.steps, start=1)]
            return [item.stem, *(step.text for step in item.steps)], [
                *numbered,
                *(step.feedback for step in item.steps),
            ]
        case Spot():
            told = [line for line in item.text.replace("[", "").replace("]", "").split("\n") if line]
            return [item.stem, *told], [phrase.why for phrase in item.phrases]
        case Worked():
            return [item.stem, *(step.says for step in item.steps), *(mend.text for mend in item.mends)], [
                *(step.why for step in item.steps),
                *(mend.feedback for mend in item.mends),
            ]
        case Reflect():
            return [item.stem], [item.model, *item.points]
        case Case():
            story = [item.patient, item.history, item.setting, item.steps[0].says]
            back = [*item.actions.values(), item.debrief, item.detail, item.consider, *item.cues, *item.lures]
            return [*story, *levels], back
        case Vignette():
            return ["".join(piece for piece, _ in item.pieces), *levels], [course.actions[item.action].name, item.why]
    raise TypeError(type(item).__name__)


def test_the_front_asks_what_the_course_asks_and_the_back_tells_what_it_tells(both):
    course, deck = both
    notes = deck.notes()
    kinds = set()
    for _, item in asked(course):
        (card,) = notes[item.id].cards()
        question, answer = words(card.question()), words(card.answer())
        front, back = front_and_back(item, course)
        for text in front:
            assert text in question, item.id
        after = answer.removeprefix(question)
        for text in back:
            assert text in after, item.id
        for fact in item.facts:
            for source in course.facts[fact].sources:
                assert course.sources[source].title in after
        assert course.head.notice in after
        kinds.add(kind(item))
    assert len(kinds) == 9


def test_the_front_gives_nothing_away(both):
    course, deck = both
    notes = deck.notes()
    for _, item in asked(course):
        question = words(notes[item.id].cards()[0].question())
        match item:
            case Choice(options=options) | Hotspot(places=options):
                told = [option.feedback for option in options]
            case Vignette() | Case():
                told = [getattr(item, "why", ""), getattr(item, "debrief", "")]
            case Reflect():
                told = [item.model]
            case _:
                told = [course.head.notice]
        assert not [text for text in told if text and text in question]


def test_the_right_answer_stands_in_the_key_and_no_wrong_one(both):
    course, deck = both
    notes = deck.notes()
    choices = [item for _, item in asked(course) if isinstance(item, Choice)]
    assert choices
    for item in choices:
        key = words(notes[item.id]["Key"]).split("\n")
        right = [f"{'abcdefgh'[at]}. {option.text}" for at, option in enumerate(item.options) if option.correct]
        assert key == right


def test_the_back_says_how_far_each_source_was_read(decks):
    sources = decks["small_read"].notes()["mark-call"]["Sources"]
    assert re.findall(r'href="([^"]+)"', sources) == ["https://example.org/ward-book"]
    assert words(sources).split("\n") == [
        "Ward book 2025: The ward book. A hospital, 2025. Read: whole text.",
        "Old letter: A letter without an address. A clinic, 1999. Not read at first hand: quoted by the ward book.",
    ]


def test_a_picture_comes_along_and_is_found(both):
    course, deck = both
    notes = deck.notes()
    checked = deck.collection.media.check()
    assert (list(checked.missing), list(checked.unused)) == ([], [])
    shown = [item for _, item in asked(course) if isinstance(item, Hotspot)]
    assert shown
    for item in shown:
        (name,) = re.findall(r'<img src="([^"]+)"', notes[item.id].cards()[0].question())
        svg = (Path(deck.collection.media.dir()) / name).read_text(encoding="utf-8")
        assert svg.startswith("<svg")
        assert svg.count('class="p-num"') == len(item.places)


def review(deck: Deck, item: str) -> tuple[int, int]:
    """Answer a card, and give its schedule."""
    (card,) = deck.notes()[item].cards()
    card.start_timer()
    states = deck.collection._backend.get_scheduling_states(card.id)
    answer = deck.collection.sched.build_answer(card=card, states=states, rating=GOOD - 1)
    deck.collection.sched.answer_card(answer)
    return schedule(deck, item)


def schedule(deck: Deck, item: str) -> tuple[int, int]:
    (card,) = deck.notes()[item].cards()
    return card.reps, card.due


def test_a_second_import_of_the_same_file_changes_nothing(make_deck, small_read):
    deck, data = make_deck(), anki.make(small_read, Edition()).data
    deck.take_in(data)
    before = {id: (note.id, note.fields, note.tags) for id, note in deck.notes().items()}
    deck.take_in(data)
    assert {id: (note.id, note.fields, note.tags) for id, note in deck.notes().items()} == before


def reworded(small) -> None:
    small.edit("exercises/questions/first.yaml", "Which ache is talked about?", "Which ache do you talk about?")
    small.edit("exercises/questions/first.yaml", "feedback: It has lasted.", "feedback: It has lasted too long.")


@pytest.mark.parametrize("reviewed", [True, False], ids=["reviewed-since", "always"])
def test_a_later_edition_updates_the_notes_and_keeps_their_schedule(make_deck, small, reviewed):
    deck = make_deck()
    deck.take_in(anki.make(load_course(small.root), Edition()).data)
    ids = {item: note.id for item, note in deck.notes().items()}
    reps, due = review(deck, "which-ache")
    assert reps == 1
    reworded(small)
    if reviewed:
        small.edit("exercises/questions/first.yaml", "reviewed_on: 2026-01-10", "reviewed_on: 2026-03-01")
    # Anki's own default takes a note in where it is newer; "always" is a choice in its window.
    deck.take_in(anki.make(load_course(small.root), Edition()).data, **({} if reviewed else {"update_notes": ALWAYS}))
    notes = deck.notes()
    assert {item: note.id for item, note in notes.items()} == ids
    assert notes["which-ache"]["Stem"] == "Which ache do you talk about?"
    assert "too long" in notes["which-ache"]["Why"]
    assert schedule(deck, "which-ache") == (reps, due)


def test_an_edition_with_a_title_of_its_own_still_knows_the_notes(make_deck, small_read, small):
    deck = make_deck()
    deck.take_in(anki.make(small_read, Edition()).data)
    count = len(deck.notes())
    done = hand_over(small.root, "anki", small.root / "own.apkg", Edition(title="Our own: title"))
    deck.take_in(done.out.read_bytes())
    assert len(deck.notes()) == count


def test_a_new_item_is_added_and_the_others_stay(make_deck, small):
    deck = make_deck()
    deck.take_in(anki.make(load_course(small.root), Edition()).data)
    before = {item: note.id for item, note in deck.notes().items()}
    small.edit(
        "exercises/questions/second.yaml",
        "      - id: legs-when",
        "      - {id: new-one, kind: reflect, objective: second-act, facts: [legs-weak], stem: Why?, model: So., "
        "points: [One., Two.]}\n      - id: legs-when",
    )
    deck.take_in(anki.make(load_course(small.root), Edition()).data)
    after = {item: note.id for item, note in deck.notes().items()}
    assert set(after) - set(before) == {"new-one"}
    assert before.items() <= after.items()


HARD = {
    "markup": "Is 3 < 4 & 5 > 4? ]]> <b>no</b> &amp; {{Stem}}",
    "anki": "[sound:alarm.mp3] [latex]x[/latex] [$]y[/$] [anki:play:q:0]",
    "quotes": "“Don’t”, 'she' \"said\"",
    "signs": "😀 𝒳 عربي",
    "long": "word " * 799 + "end",
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_texts_are_shown_as_they_are_and_none_is_a_command_to_anki(make_deck, small, text):
    yaml = "".join(f"\\U{ord(sign):08x}" for sign in text)
    small.edit("exercises/questions/first.yaml", "stem: Which ache is talked about?", f'stem: "{yaml}\\a"')
    deck = make_deck()
    deck.take_in(anki.make(load_course(small.root), Edition()).data)
    (card,) = deck.notes()["which-ache"].cards()
    assert text in words(card.question())
    assert card.question_av_tags() == []
    assert "\a" not in card.question()


@pytest.mark.parametrize("again", ["make", "elsewhere"])
def test_the_same_course_gives_the_same_bytes_at_any_time_and_place(small, tmp_path, again):
    one = hand_over(small.root, "anki", tmp_path / "one.apkg", Edition())
    root = small.root
    if again == "elsewhere":
        root = tmp_path / "elsewhere"
        shutil.copytree(small.root, root)
    other = hand_over(root, "anki", tmp_path / "other.apkg", Edition())
    assert one.out.read_bytes() == other.out.read_bytes()
    assert b"collection.anki2" in one.out.read_bytes()


def test_chosen_lessons_alone_are_in_it(make_deck, small):
    deck = make_deck()
    deck.take_in(anki.make(load_course(small.root).only(["third"]), Edition()).data)
    assert "which-ache" not in deck.notes()
    assert "sort-aches" in deck.notes()


def test_without_genanki_it_says_how_to_get_it(small_read, monkeypatch):
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(ExportError) as refused:
        anki.make(small_read, Edition())
    assert str(refused.value) == (
        "Cards for Anki need genanki, which is not installed. Run pip install 'secondsight[educators]' and try again."
    )


def test_what_a_card_has_no_place_for_is_said_once(small_read):
    made = anki.make(small_read, Edition())
    assert [left.item for left in made.left_out] == ["the hints of 3 items", "the questions and turns of 1 case"]
