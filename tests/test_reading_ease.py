"""How hard lessons are to read: what is counted, without a network, and what is said about it."""

import socket
import sys

import pytest

from secondsight.course import load_course
from secondsight.reading_ease import ReadingEase, harder_than_the_others, lesson_text, reading_ease
from secondsight.refusal import Refusal


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refused(*_, **__):
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def text_of(root, lesson: str) -> str:
    course = load_course(root)
    return lesson_text(course, lesson, course.notebooks[lesson])


def test_two_short_sentences_are_measured_as_the_formulas_say(small):
    """Eleven words in two sentences, five of them of more than six letters: LIX is 11/2 + 500/11."""
    for cell in ("first-before", "first-points", "first-words", "first-next"):
        small.change_cell("00-first.ipynb", cell, "")
    small.change_cell(
        "00-first.ipynb", "first-title", "# The nurse listens to somebody\n\nShe asks another careful question today"
    )
    course = load_course(small.root)
    course.items_by_lesson["first"] = []
    ease = next(ease for ease in reading_ease(course) if ease.lesson == "first")
    text = "The nurse listens to somebody. She asks another careful question today."
    assert lesson_text(course, "first", course.notebooks["first"]) == text
    letters = sum(character.isalpha() for character in text)
    assert (ease.words, ease.sentence) == (11, 5.5)
    assert ease.lix == pytest.approx(5.5 + 100 * 5 / 11)
    # Smith and Senter's index counts characters; a full stop more or less is no matter.
    assert ease.grade == pytest.approx(4.71 * letters / 11 + 0.5 * 5.5 - 21.43, abs=1)


READ = {
    "prose": ("first", "Go on to the second."),
    "a key point": ("first", "An ache that lasts is talked about."),
    "how advice has moved on": ("first", "The old letter said all aches pass."),
    "a term": ("first", "A dull pain. soreness. Not every pain is an ache."),
    "a stem": ("first", "Which ache is talked about?"),
    "an option": ("first", "One that eased yesterday. Most aches pass."),
    "a hint": ("first", "Think of time. Think of weeks."),
    "a card": ("second", "Weak legs. legs give way. At once. The helpline. Lie still. Ask about walking."),
    "a symptom": ("second", "An ache in the back. Back pain. a strain. it lasts. it eases."),
    "a level": ("second", "Act now. Ring at any hour."),
    "a caption": ("second", "A back, seen from behind."),
    "a card to sort": ("third", "An ache since May. It has lasted."),
    "a step to order": ("third", "Ask about walking. The answer decides."),
    "a place": ("third", "The chair. A chair has no ache."),
    "words to mark": ("third", "My legs give way on the stairs."),
    "a slip": ("third", "He booked a talk for Monday. Monday is too late."),
    "a model answer": ("third", "Most aches pass, and I say when to come back. Most pass."),
    "a case": ("third", "“My back is stiff.” Since when? “Since May.” It has lasted."),
    "a case's levels": ("third", "Weak legs cannot wait. Days are too many."),
    "a vignette": ("third", "Ann rings. Her legs give way on the stairs since noon."),
}


@pytest.mark.parametrize(("lesson", "says"), READ.values(), ids=READ)
def test_what_a_trainee_reads_is_counted(small_read, lesson, says):
    assert says in lesson_text(small_read, lesson, small_read.notebooks[lesson])


@pytest.mark.parametrize("lesson", ["first", "second", "third", "fourth"])
def test_ids_code_and_markup_are_not(small_read, lesson):
    text = lesson_text(small_read, lesson, small_read.notebooks[lesson])
    assert text
    unseen = (" ss.", "import", "<", "](", "[", "**", "first-know", "third-sort", "which-ache", "ache-lasts")
    assert [sign for sign in unseen if sign in text] == []
    assert "White Irish" not in text, "whom a vignette is about is not shown"
    assert "Ward book" not in text, "sources are looked up, not read"


def test_code_in_prose_is_left_out(small):
    small.add_cell("00-first.ipynb", "markdown", "odd", "Type `rm -rf everything` here.\n\n```\nlong = code\n```\n")
    assert "Type here." in text_of(small.root, "first")
    assert "long = code" not in text_of(small.root, "first")


def test_a_heading_or_an_option_is_a_sentence_of_its_own(small):
    small.add_cell("00-first.ipynb", "markdown", "odd", "## Without a stop\n\n“Is it so?” (Yes.)")
    assert "Without a stop. “Is it so?” (Yes.)" in text_of(small.root, "first")


def test_every_lesson_of_the_real_course_is_measured_in_its_order_without_the_network(real):
    eases = reading_ease(real)
    assert [ease.lesson for ease in eases] == list(real.lessons)
    assert len(eases) > 20
    for ease in eases:
        assert ease.words > 50, ease
        assert 4 < ease.sentence < 25, ease
        assert 5 < ease.lix < 60, ease


def test_longer_words_and_sentences_are_harder(small):
    before = {ease.lesson: ease for ease in reading_ease(load_course(small.root))}
    hard = "Interdisciplinary pharmacological considerations notwithstanding, multifactorial aetiologies predominate, "
    small.add_cell("00-first.ipynb", "markdown", "hard", hard * 20)
    after = {ease.lesson: ease for ease in reading_ease(load_course(small.root))}
    assert after["first"].lix > before["first"].lix + 10
    assert after["first"].grade > before["first"].grade + 2
    assert after["second"] == before["second"]


def ease(lesson: str, grade: float, words: int = 500) -> ReadingEase:
    return ReadingEase(lesson, words, 10.0, 30.0, grade)


def test_a_lesson_much_harder_than_the_middle_is_named_at_its_file(small_read):
    eases = [ease("first", 4.0), ease("second", 5.0), ease("third", 7.1), ease("fourth", 4.5)]
    assert [str(note) for note in harder_than_the_others(small_read, eases)] == [
        "content/lessons/third.yaml:5: lesson 'third' reads at grade 7.1, while the middle of the course is at 4.8; "
        "shorten its sentences where you can"
    ]


@pytest.mark.parametrize(
    "eases",
    [
        [ease("first", 4.0), ease("second", 5.0), ease("third", 6.9)],
        [ease("first", 4.0), ease("second", 9.0)],
        [ease("first", 4.0), ease("second", 5.0), ease("fourth", 4.0), ease("third", 12.0, words=40)],
    ],
    ids=["a little harder", "one of two", "a few words"],
)
def test_no_lesson_is_named_for_little(small_read, eases):
    assert harder_than_the_others(small_read, eases) == []


def test_a_course_without_words_has_no_rows(small):
    course = load_course(small.root)
    course.notebooks = {}
    assert reading_ease(course) == []
    assert harder_than_the_others(course, []) == []


def test_without_textstat_one_sentence_says_how_to_get_it(small_read, monkeypatch):
    monkeypatch.setitem(sys.modules, "textstat", None)
    with pytest.raises(Refusal) as refusal:
        reading_ease(small_read)
    assert str(refusal.value) == (
        "--reading needs textstat, which is not installed. Run pip install 'secondsight[educators]' and try again."
    )
