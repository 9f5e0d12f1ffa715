"""The printed form: nothing lost, and nothing that is not text."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given

from attacks import dangers
from poison import WORDINGS, poison
from secondsight import printed, printed_items
from secondsight.course import Course, read_course
from secondsight.printed_body_map import body_map


def anchor(source) -> str:
    return f"#{source.id}"


def everything(course: Course) -> dict[str, str]:
    """Every printed form there is, by name."""
    return {
        **{f"start {id}": printed.start(course, each, str) for id, each in course.lessons.items() if each.objectives},
        "key points": printed.key_points(course, course.facts, anchor),
        "key points in a notebook": printed.key_points(course, course.facts, printed.to_web),
        **{f"picture {id}": printed.picture(course, id, "p") for id in [*course.pictures, "symptom-chart"]},
        "glossary": printed.glossary(course, [], anchor),
        **{f"symptoms {id}": printed.symptoms(course, id, anchor) for id in course.sites},
        "words": printed.glossary(course, course.terms, anchor),
        "red flags": printed.red_flags(course, [], anchor),
        "body map": body_map(course, str, "m"),
        "actions": printed.actions(course),
        "sources": printed.sources(course, lambda source: source.id),
        **{f"quiz {id}": printed_items.quiz(course, id, anchor, "Asleep.") for id in course.quizzes},
        **{f"case {id}": printed_items.case(course, id, anchor, "Asleep.") for id in course.cases},
        **{f"clinic {id}": printed_items.clinic(course, id, anchor, "Asleep.") for id in course.clinics},
    }


def assert_printed_safely(course: Course, text: str) -> None:
    for name, html in everything(poison(course, text)).items():
        assert dangers(html) == [], name
        shown = BeautifulSoup(html, "html.parser").get_text()
        assert text in shown, name


def test_every_text_is_shown_as_text(small_read, attack):
    assert_printed_safely(small_read, attack)


@given(WORDINGS)
def test_any_text_is_shown_as_text(small_read, text):
    assert_printed_safely(small_read, text)


def test_every_fact_shows_its_sources_and_where_advice_moved_on(small_read):
    points = BeautifulSoup(printed.key_points(small_read, ["ache-passes"], anchor), "html.parser")
    assert [(a.get_text(), a["href"]) for a in points.find_all("a")] == [
        ("Ward book 2025", "#ward-book"), ("Old letter", "#old-letter"),
    ]  # fmt: skip
    assert "Advice has moved on. The old letter said all aches pass." in points.get_text()


def test_a_source_without_an_address_is_named_without_a_link(small_read):
    points = BeautifulSoup(printed.key_points(small_read, ["ache-passes"], printed.to_web), "html.parser")
    assert [a["href"] for a in points.find_all("a")] == ["https://example.org/ward-book"]
    assert "Old letter" in points.get_text()


def test_the_references_say_what_was_not_read(small_read):
    assert "Not read at first hand: quoted by the ward book." in printed.sources(small_read)
    assert "Read: whole text." in printed.sources(small_read)


def ids_in(html: str) -> list[str]:
    return [tag["id"] for tag in BeautifulSoup(html, "html.parser").find_all(id=True)]


def test_a_picture_shown_twice_has_ids_of_its_own_and_its_references_follow(small_read):
    one, two = (printed.picture(small_read, "back", unique) for unique in ("a", "b"))
    assert len(ids_in(one)) == 3
    assert not set(ids_in(one)) & set(ids_in(two))
    svg = BeautifulSoup(one, "html.parser").svg
    assert svg["aria-labelledby"].split() == ["back-title-a", "back-desc-a"]
    assert svg.rect["fill"] == "url(#back-fill-a)"


def test_keeping_ids_apart_leaves_what_a_picture_says(small_read):
    assert "The back-title stands above a line." in printed.picture(small_read, "back", "a")


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:alert(1)"><text>x</text></a></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://evil.example/x.png"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><iframe src="https://x/"/></foreignObject></svg>',
        "<svg></svg><script>alert(1)</script>",
        "not a picture at all",
    ],
)
def test_a_picture_that_could_run_or_load_is_refused_or_cleaned(small, svg):
    small.write("content/pictures/back.svg", svg)
    course, _ = read_course(small.root)
    assert small.problems() or dangers(printed.picture(course, "back", "p")) == []
    if not svg.startswith("<svg"):
        assert any(problem.startswith("content/pictures/back.svg") for problem in small.problems())


def test_a_start_says_how_long_it_takes_and_what_for(small_read):
    said = BeautifulSoup(printed.start(small_read, small_read.lessons["first"], str), "html.parser")
    assert "About 5 minutes · Last updated 10 January 2026" in said.get_text()
    assert [aim.get_text() for aim in said.select("li")] == ["Know an ache that lasts."]


def test_what_is_to_keep_at_hand_is_one_link_away_from_each_start_but_its_own(small_read):
    starts = {
        id: BeautifulSoup(printed.start(small_read, lesson, lambda notebook: f"to/{notebook}"), "html.parser")
        for id, lesson in small_read.lessons.items()
    }
    links = {id: [(a.get_text(), a["href"]) for a in start.find_all("a")] for id, start in starts.items()}
    at_hand = [("Fourth", "to/03-fourth.ipynb")]
    assert links == {id: [] if id == "fourth" else at_hand for id in small_read.lessons}
    assert "At hand" not in starts["fourth"].get_text()


def test_a_reference_without_objectives_promises_none(small_read):
    assert "By the end" in printed.start(small_read, small_read.lessons["third"], str)
    assert "By the end" not in printed.start(small_read, small_read.lessons["fourth"], str)


def entries(html: str) -> dict[str, str]:
    """A glossary's words, each with what is said of it."""
    soup = BeautifulSoup(html, "html.parser")
    terms = [dt.get_text() for dt in soup.select(".words dt")]
    return dict(zip(terms, [dd.get_text(" ") for dd in soup.select(".words dd")], strict=True))


def test_the_whole_glossary_holds_the_emergencies_among_its_words(small):
    small.edit("content/glossary.yaml", "    term: Ache\n", "    term: Zest\n")
    bone = "  - {id: bone, term: bone, says: It is hard., sources: [old-letter]}\n"
    small.edit("content/glossary.yaml", "terms:\n", f"terms:\n{bone}")
    course, _ = read_course(small.root)
    words = entries(printed.glossary(course, [], anchor))
    # In the order of the alphabet, whatever its capitals.
    assert list(words) == ["bone", "Weak legs emergency card", "Zest also: soreness"]
    assert words["Weak legs emergency card"] == "What you may see: legs give way. At once. The helpline."
    cited = BeautifulSoup(printed.glossary(course, [], anchor), "html.parser").select(".cites a")
    assert [a["href"] for a in cited] == ["#old-letter", "#ward-book"]


def test_a_few_words_of_the_glossary_bring_no_emergencies(small_read):
    assert list(entries(printed.glossary(small_read, ["ache"], anchor))) == ["Ache also: soreness"]


def test_every_term_and_emergency_of_the_real_course_is_in_its_glossary(real):
    soup = BeautifulSoup(printed.glossary(real, [], anchor), "html.parser")
    words = [dt.find(string=True).strip() for dt in soup.select(".words dt")]
    assert len(words) > 40
    assert sorted(words) == sorted([t.term for t in real.terms.values()] + [f.name for f in real.red_flags.values()])
    assert words == sorted(words, key=str.lower)


def card(html: str, id: str):
    (found,) = BeautifulSoup(html, "html.parser").select(f'.flag[data-card="{id}"]')
    return found


def test_an_emergency_card_says_all_that_is_known_of_it(small_read):
    flag = card(printed.red_flags(small_read, ["weak-legs"], anchor), "weak-legs")
    assert flag.h3.get_text() == "Weak legs"
    assert [li.get_text() for li in flag.select("ul li")] == ["legs give way"]
    rows = [(dt.get_text(), dt.find_next_sibling("dd").get_text()) for dt in flag.select("dt")]
    assert rows == [
        ("How fast", "At once."),
        ("Whom to call", "The helpline."),
        ("While waiting", "Lie still."),
        ("Remember", "Ask about walking."),
    ]
    assert [a.get_text() for a in flag.select(".cites a")] == ["Ward book 2025"]


def test_without_names_all_emergency_cards_stand_on_one_sheet(real):
    sheet = BeautifulSoup(printed.red_flags(real, [], anchor), "html.parser")
    assert len(sheet.select(".sheet")) == 1
    assert [flag["data-card"] for flag in sheet.select(".sheet .flag")] == list(real.red_flags)
    few = BeautifulSoup(printed.red_flags(real, list(real.red_flags)[:2], anchor), "html.parser")
    assert [flag["data-card"] for flag in few.select(".flag")] == list(real.red_flags)[:2]
    assert few.select(".sheet") == []


def test_a_day_is_written_in_words():
    assert printed.day(date(2026, 11, 3)) == "3 November 2026"
