"""The printed form: nothing lost, nothing that is not text, and enough for the live components to read."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from attacks import ATTACKS, dangers
from poison import poison
from secondsight import printed
from secondsight.course import Course, read_course
from secondsight.widgets import quiz_data

# What stands in HTML as it is: any text but the characters that no HTML can hold.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)
HTML_ISH = st.lists(
    st.sampled_from([*ATTACKS, *"<>&'\"", "&lt;", "&#60;", "<script", "onload=", "javascript:", "-->", "x"]),
    min_size=1,
    max_size=5,
).map("".join)


def anchor(source) -> str:
    return f"#{source.id}"


def everything(course: Course) -> dict[str, str]:
    """Every printed form there is, by name."""
    return {
        **{f"start {id}": printed.start(course, lesson) for id, lesson in course.lessons.items()},
        "key points": printed.key_points(course, course.facts, anchor),
        "key points in a notebook": printed.key_points(course, course.facts, printed.to_web),
        **{f"picture {id}": printed.picture(course, id, "p") for id in [*course.pictures, "symptom-chart"]},
        "glossary": printed.glossary(course, [], anchor),
        **{f"symptoms {id}": printed.symptoms(course, id, anchor) for id in course.sites},
        "red flags": printed.red_flags(course, [], anchor),
        "actions": printed.actions(course),
        "sources": printed.sources(course, lambda source: source.id),
        **{f"quiz {id}": printed.quiz(course, id, anchor, "Asleep.") for id in course.quizzes},
    }


def assert_printed_safely(course: Course, text: str) -> None:
    for name, html in everything(poison(course, text)).items():
        assert dangers(html) == [], name
        shown = BeautifulSoup(html, "html.parser").get_text()
        assert text in shown, name


def test_every_text_is_shown_as_text(small_read, attack):
    assert_printed_safely(small_read, attack)


@given(TEXTS | HTML_ISH)
def test_any_text_is_shown_as_text(small_read, text):
    assert_printed_safely(small_read, text)


def read_item(article) -> dict:
    """What ``frontend/src/hosts/printed.ts`` reads of an item."""

    def links(within) -> list[dict[str, str]]:
        return [{"label": a.get_text(), "href": a.get("href", "")} for a in within.select("a")] if within else []

    whys = article.select(".key li")
    return {
        "id": article["data-item"],
        "kind": "choice",
        "version": article["data-version"],
        "answers": article["data-answers"],
        "stem": article.select_one(".stem").get_text().strip(),
        "options": [
            {
                "text": option.get_text().strip(),
                "correct": "right" in why.get("class", []),
                "feedback": why.select_one(".why").get_text().strip(),
                "sources": links(why.select_one(".cites")),
            }
            for option, why in zip(article.select(".options li"), whys, strict=True)
        ],
        "hints": [hint.get_text().strip() for hint in article.select(".hint p")],
        "sources": links(article.select_one(".key > .cites")),
    }


def read_quiz(course: Course, id: str) -> dict:
    element = BeautifulSoup(printed.quiz(course, id, anchor), "html.parser")
    return {
        "id": id,
        "lesson": course.lesson_of_quiz[id],
        "title": element.select_one(".title").get_text().strip(),
        "says": element.select_one(".says").get_text().strip(),
        "items": [read_item(article) for article in element.select(".item")],
    }


def test_a_page_reads_from_print_what_jupyter_is_given_as_data(real):
    assert len(real.quizzes) > 20
    for id in real.quizzes:
        assert read_quiz(real, id) == quiz_data(real, id, anchor)


@given((TEXTS | HTML_ISH).map(str.strip).filter(bool))
def test_any_wording_is_the_same_in_print_and_as_data(small_read, text):
    course = poison(small_read, text)
    for id in course.quizzes:
        assert read_quiz(course, id) == quiz_data(course, id, anchor)


def test_the_key_and_the_hints_are_folded_away(small_read):
    quiz = BeautifulSoup(printed.quiz(small_read, "first-before", anchor), "html.parser")
    for details in quiz.find_all("details"):
        assert not details.has_attr("open")
        details.decompose()
    seen = quiz.get_text()
    assert "One that lasts" in seen
    assert not [hidden for hidden in ("Right.", "It has lasted.", "Think of time.", "A scar stays.") if hidden in seen]


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


def test_a_day_is_written_in_words():
    assert printed.day(date(2026, 11, 3)) == "3 November 2026"
