"""All that is asked, as it is read without JavaScript, and as the live form reads it."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given

from poison import WORDINGS, poison
from read_printed import READERS, printed_and_given
from secondsight import printed_items
from secondsight.course import Course, read_course
from secondsight.course.part import Level


def anchor(source) -> str:
    return f"#{source.id}"


def assert_print_and_data_agree(course: Course) -> None:
    for name, (read, given_as_data) in printed_and_given(course, anchor).items():
        assert read == given_as_data, name


def kinds_asked(course: Course) -> set[str]:
    return {getattr(item, "kind", "vignette") for item in course.items.values()}


def test_each_kind_of_the_small_course_is_read_from_print_as_it_is_given_as_data(small_read):
    assert kinds_asked(small_read) == {*READERS, "vignette"}
    pairs = printed_and_given(small_read, anchor)
    assert list(pairs) == [
        "quiz first-before", "quiz second-before", "quiz third-kinds", "case stiff-back", "clinic small-clinic",
    ]  # fmt: skip
    assert_print_and_data_agree(small_read)


def test_the_real_course_is_read_from_print_as_it_is_given_as_data(real):
    assert len(real.quizzes) > 20
    assert len(printed_and_given(real, anchor)) == len(real.quizzes) + len(real.cases) + len(real.clinics)
    assert_print_and_data_agree(real)


@given(WORDINGS.map(str.strip).filter(bool))
def test_any_wording_is_the_same_in_print_and_as_data(small_read, text):
    assert_print_and_data_agree(poison(small_read, text))


@pytest.fixture(scope="module")
def kinds(small_read) -> dict[str, BeautifulSoup]:
    """The printed form of one item of each kind of a quiz, and of the case."""
    html = "".join(printed_items.quiz(small_read, id, anchor) for id in ("first-before", "third-kinds"))
    html += printed_items.case(small_read, "stiff-back", anchor)
    found = {each.get("data-kind", "choice"): each for each in BeautifulSoup(html, "html.parser").select(".item")}
    assert set(found) == set(READERS)
    return found


# For each kind: what is seen before anything is unfolded, and what only unfolding shows.
FOLDED = {
    "choice": (["Which of these pass?", "A scar"], ["Right.", "It passes too.", "Ward book 2025"]),
    "match": (["An ache since May", "It passes"], ["Think of time.", "Digging explains it.", "Ward book 2025"]),
    "order": (["Ask about walking"], ["Begin with the ears.", "The answer decides.", "Ward book 2025"]),
    "hotspot": (["The small of the back", "A back, seen from behind."], ["There too.", "Right.", "Ward book 2025"]),
    "spot": (["My legs give way", "but that is the cat"], ["Cue.", "Weak legs cannot wait.", "Old letter"]),
    "worked": (["He booked a talk for Monday.", "Ring the helpline now"], ["The slip.", "Monday is too late."]),
    "reflect": (["Why do most aches need no call?"], ["I say when to come back", "Most pass."]),
    "case": (
        ["Ann, 60", "And your legs?", "She rings again, from the floor.", "Act within days"],
        ["They give way.", "That cannot wait.", "Days are too many.", "Pressure on the spine.", "Legs decide."],
    ),
}


@pytest.mark.parametrize("kind", FOLDED)
def test_the_key_and_the_hints_are_folded_away(kinds, kind):
    seen, hidden = FOLDED[kind]
    item = BeautifulSoup(str(kinds[kind]), "html.parser")
    whole = item.get_text()
    for details in item.find_all("details"):
        assert not details.has_attr("open")
        inner = details.find_all(True, recursive=False)
        assert inner[0].name == "summary"
        for each in inner[1:]:
            each.extract()
    open_to_see = item.get_text()
    assert [text for text in seen if text not in open_to_see] == []
    assert [text for text in hidden if text not in whole] == []
    assert [text for text in hidden if text in open_to_see] == []


def test_every_kind_that_is_scored_has_a_key_that_cites_its_sources(kinds):
    for kind, item in kinds.items():
        assert item.select_one("details.key > .cites a"), kind


def test_sources_of_an_item_of_its_own_are_cited_after_those_of_its_facts(kinds):
    assert [a.get_text() for a in kinds["spot"].select(".key > .cites a")] == ["Ward book 2025", "Old letter"]


def test_cards_and_steps_lie_shuffled_with_the_key_in_order(kinds):
    dealt = [li.get_text() for li in kinds["order"].select(".options li")]
    right = ["Hear what the person says", "Ask about walking", "Write down who was told"]
    assert sorted(dealt) == sorted(right)
    assert dealt != right
    # Each entry of the key names the letter under which its step lies.
    letters = [li.strong.get_text().strip(". ") for li in kinds["order"].select(".key li")]
    assert [dealt["abc".index(letter)] for letter in letters] == right
    cards = [li.get_text() for li in kinds["match"].select(".options li")]
    assert sorted(cards) == ["An ache after digging", "An ache since May", "An ache that eases"]
    groups = [li.strong.get_text().strip(". ") for li in kinds["match"].select(".key li")]
    assert groups[cards.index("An ache since May")] == "It is talked about"


def test_each_place_of_a_hotspot_has_its_letter_on_the_picture(kinds):
    pins = kinds["hotspot"].select("svg .p-pins text")
    assert [pin.get_text() for pin in pins] == ["a", "b", "c"]
    assert [li.get_text() for li in kinds["hotspot"].select(".options li")][1] == "The small of the back"


def test_marked_phrases_are_marked_without_colour_and_paragraphs_stay_apart(kinds):
    text = kinds["spot"].select_one(".text")
    assert [u.get_text() for u in text.find_all("u")] == ["a cold", "My legs give way", "I sleep badly"]
    assert [p.get_text() for p in text.find_all("p")] == [
        "“I have had a cold. My legs give way on the stairs.", "And I sleep badly, but that is the cat.”",
    ]  # fmt: skip
    assert not re.search(r"[\[\]]", text.get_text())


def test_a_case_in_print_names_what_each_question_costs_and_where_each_way_leads(kinds):
    case = kinds["case"]
    assert [summary.get_text() for summary in case.select(".asks summary")] == [
        "Since when? (2 min)", "And your legs? (2 min)", "Any plans? (1 min)",
    ]  # fmt: skip
    ways = [(way.get_text(), way["data-next"]) for way in case.select("li[data-next]")]
    assert ways == [("Ask her to stand up", "look"), ("Wish her well", "waved-away")]
    assert [way["data-next"] for way in case.select("span[data-next]")] == ["listen", "decide"]


@pytest.fixture
def clinic(small_read) -> BeautifulSoup:
    return BeautifulSoup(printed_items.clinic(small_read, "small-clinic", anchor), "html.parser")


def test_a_clinic_tells_the_base_rate_before_the_first_vignette(clinic):
    said = clinic.get_text()
    told = "About 5 in 10 of these 4 vignettes need action within days or sooner."
    assert said.index(told) < said.index("Ann rings.")


def test_each_vignette_names_its_level_its_reason_and_its_sources_once_it_is_opened(small_read, clinic):
    assert [each["data-item"] for each in clinic.select("[data-item]")] == ["v-stairs", "v-may", "v-digging", "v-weeks"]
    for each in clinic.select("[data-item]"):
        vignette = small_read.items[each["data-item"]]
        key = each.details.extract()
        assert not key.has_attr("open")
        assert key.b.get_text() == f"{small_read.actions[vignette.action].name}."
        assert vignette.why in key.get_text()
        assert key.select_one(".cites a")
        assert small_read.actions[vignette.action].name not in each.get_text()
        assert vignette.why not in each.get_text()


def test_the_words_that_mattered_in_a_vignette_are_marked(clinic):
    (first, *_) = clinic.select("[data-item]")
    assert [mark.get_text() for mark in first.p.select("mark")] == ["Her legs give way", "the stairs"]
    assert first.p.get_text() == "Ann rings. Her legs give way on the stairs since noon."


def test_a_clinic_brings_the_card_of_each_of_its_emergencies_once(small):
    second = small.read("exercises/vignettes/third.yaml").replace("v-weeks", "v-more").split("  - id: v-may")[0]
    assert "weak-legs" in second
    small.write("exercises/vignettes/more.yaml", second.replace("v-stairs", "v-again"))
    course, _ = read_course(small.root)
    assert len(course.vignettes["small-clinic"]) == 5
    html = printed_items.clinic(course, "small-clinic", anchor)
    assert [card["data-card"] for card in BeautifulSoup(html, "html.parser").select(".flag")] == ["weak-legs"]


def test_the_levels_of_print_stand_from_the_fastest_to_the_slowest(small_read, kinds, clinic):
    names = [small_read.actions[level].name for level in Level.__args__]
    assert [li.get_text() for li in kinds["case"].select(".options li")] == names
    assert [li.get_text() for li in clinic.select(".levels li")] == names
