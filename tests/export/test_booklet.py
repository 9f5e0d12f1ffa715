"""The booklet asks everything and gives nothing away; the key answers under the same numbers."""

import re

import pytest
from bs4 import BeautifulSoup

from secondsight.course.items import Case, Choice, Hotspot, Match, Order, Reflect, Spot, Vignette, Worked
from secondsight.export.booklet import booklet, key
from secondsight.export.edition import Edition


def told(html: str) -> str:
    """The words of a page, on one line."""
    return " ".join(BeautifulSoup(html, "html5lib").main.get_text(" ").split())


def asked(item) -> list[str]:
    """What of an item a trainee reads before answering."""
    match item:
        case Choice():
            return [item.stem, *(option.text for option in item.options)]
        case Hotspot():
            return [item.stem, *(place.text for place in item.places)]
        case Match():
            return [item.stem, *item.groups, *(card.text for card in item.cards)]
        case Order():
            return [item.stem, *(step.text for step in item.steps)]
        case Spot():
            return [item.stem, *(phrase.says for phrase in item.phrases)]
        case Worked():
            return [item.stem, *(step.says for step in item.steps), *(mend.text for mend in item.mends)]
        case Reflect():
            return [item.stem]
        case Case():
            asks = (ask.text for step in item.steps for ask in step.asks)
            return [item.patient, *(step.says for step in item.steps), *asks]
        case Vignette():
            return [piece for piece, _ in item.pieces]
    raise TypeError(item)


def answered(item) -> list[str]:
    """What of an item only the key tells."""
    match item:
        case Choice(options=parts) | Hotspot(places=parts):
            return [option.feedback for option in parts]
        case Match():
            return [card.feedback for card in item.cards]
        case Order():
            return [step.feedback for step in item.steps]
        case Spot():
            return [phrase.why for phrase in item.phrases]
        case Worked():
            return [*(step.why for step in item.steps), *(mend.feedback for mend in item.mends)]
        case Reflect():
            return [item.model, *item.points]
        case Case():
            asks = [ask for step in item.steps for ask in step.asks]
            return [*item.actions.values(), item.debrief, *(ask.answer for ask in asks), *(ask.why for ask in asks)]
        case Vignette():
            return [item.why]
    raise TypeError(item)


@pytest.fixture(scope="module", params=["small_read", "real"])
def course(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def sheets(course) -> tuple[str, str]:
    return booklet(course, Edition()), key(course, Edition())


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_booklet_asks_every_item(course, sheets):
    words = told(sheets[0])
    assert len(course.lesson_of_item) >= 14
    for id in course.lesson_of_item:
        for text in asked(course.items[id]):
            assert plain(text) in words, id


def test_the_key_answers_every_item_and_the_booklet_none(course, sheets):
    questions, answers = map(told, sheets)
    given = {plain(text) for item in course.items.values() for text in asked(item)}
    checked = 0
    for id in course.lesson_of_item:
        for text in map(plain, answered(course.items[id])):
            assert text in answers, id
            # Some few words stand in both, such as "No.".
            if len(text) > 25 and not any(text in words for words in given):
                assert text not in questions, id
                checked += 1
    assert checked >= 5


def test_nothing_in_the_booklet_marks_what_is_right(sheets):
    soup = BeautifulSoup(sheets[0], "html5lib")
    assert not soup.main.find_all(["mark", "details"])
    assert not soup.main.find_all(class_=["right", "why", "key", "hint"])


def test_numbers_run_through_and_agree(course, sheets):
    numbers = [
        [re.match(r"\d+", tag.get_text())[0] for tag in BeautifulSoup(html, "html5lib").select(".number")]
        for html in sheets
    ]
    assert numbers[0] == numbers[1] == [str(number) for number in range(1, len(course.lesson_of_item) + 1)]
    ids = [tag.get_text().split()[1] for tag in BeautifulSoup(sheets[1], "html5lib").select(".number")]
    assert ids == [item.id for items in course.items_by_lesson.values() for item in items]


def test_there_is_room_to_answer_each(course, sheets):
    soup = BeautifulSoup(sheets[0], "html5lib")
    assert len(soup.select("[data-item] .answer")) == len(course.lesson_of_item)
    assert len(soup.select(".answer.wide")) == sum(isinstance(item, Reflect) for item in course.items.values())


def test_the_key_lists_every_source_it_cites(course, sheets):
    soup = BeautifulSoup(sheets[1], "html5lib")
    named = {dt.get_text() for dt in soup.select("dl.words dt")}
    cited = {piece.get_text() for line in soup.select(".cites") for piece in line.find_all(["a", "span"])}
    assert cited <= named


def test_both_say_that_they_are_education_and_have_not_been_reviewed(course, sheets):
    assert all(plain(course.head.notice) in told(html) for html in sheets)
