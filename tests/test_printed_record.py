"""What looks at one's own record, while it is asleep: to read without a script, with a way on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given

from attacks import dangers
from poison import WORDINGS, poison
from secondsight import printed_record
from secondsight.course import Course, load_course
from secondsight.printed import as_notebook


def shown(course: Course, link=as_notebook) -> dict[str, str]:
    """Each part by the verb that shows it."""
    return {
        "due": printed_record.due(course, link),
        "review": printed_record.review(),
        "final_check": printed_record.final_check(course),
        "progress": printed_record.progress(course, link),
        "certificate": printed_record.certificate(),
    }


VERBS = ["due", "review", "final_check", "progress", "certificate"]
TITLES = ["Due today", "Review", "The last check", "Lessons and objectives", "Certificate of completion"]


@pytest.mark.parametrize(("verb", "title"), zip(VERBS, TITLES, strict=True))
def test_a_part_is_a_named_section_with_words_to_read(small_read, verb, title):
    soup = BeautifulSoup(shown(small_read)[verb], "html.parser")
    (section,) = soup.find_all(recursive=False)
    assert (section.name, section["aria-label"], section.find(["h2", "h3"]).get_text()) == ("section", title, title)
    assert len(section.get_text()) > len(title) + 40
    assert dangers(str(soup)) == []


@pytest.mark.parametrize("verb", ["review", "final_check", "progress", "certificate"])
def test_what_needs_more_than_paper_says_what(small_read, verb):
    assert "needs JavaScript, or a lesson that has been started" in shown(small_read)[verb]


def test_how_a_review_chooses_is_there_to_read(small_read):
    rules = [rule.get_text() for rule in BeautifulSoup(printed_record.review(), "html.parser").find_all("li")]
    assert len(rules) >= 3
    assert rules[0].startswith("What you were sure of and had wrong comes first")
    assert "wrong, the next day" in rules[1]


@pytest.mark.parametrize("link", [as_notebook, lambda notebook: notebook.replace(".ipynb", ".html")])
def test_due_leads_to_the_review(small_read, link):
    (a,) = BeautifulSoup(printed_record.due(small_read, link), "html.parser").find_all("a")
    assert (a["href"], a.get_text()) == (link("04-again.ipynb"), "Once more")


def test_due_in_a_course_without_a_review_leads_nowhere(small_read):
    course = replace(small_read, notebooks={id: each for id, each in small_read.notebooks.items() if id != "again"})
    html = printed_record.due(course, as_notebook)
    assert "comes back when it is time" in html
    assert "<a " not in html


@pytest.mark.parametrize("link", [as_notebook, lambda notebook: notebook.replace(".ipynb", ".html")])
def test_progress_leads_to_each_lesson_that_has_objectives_and_names_them(small_read, link):
    soup = BeautifulSoup(printed_record.progress(small_read, link), "html.parser")
    assert [(a["href"], a.get_text()) for a in soup.find_all("a")] == [
        (link("00-first.ipynb"), "First"), (link("01-second.ipynb"), "Second"), (link("02-third.ipynb"), "Third"),
    ]  # fmt: skip
    assert [[li.get_text() for li in ul.find_all("li")] for ul in soup.find_all("ul")] == [
        ["Know an ache that lasts."],
        ["Act on weak legs."],
        ["Sort what you hear.", "Meet a patient.", "Decide how fast to act."],
    ]


def test_progress_of_the_real_course_names_every_objective(real):
    soup = BeautifulSoup(printed_record.progress(real, as_notebook), "html.parser")
    says = [objective.says for lesson in real.lessons.values() for objective in lesson.objectives]
    assert len(says) > 50
    assert [li.get_text() for li in soup.find_all("li")] == says


def test_the_final_check_says_how_many_it_asks_of_what(small_read):
    soup = BeautifulSoup(printed_record.final_check(small_read), "html.parser")
    assert "Five from the whole course." in soup.get_text()
    assert [li.get_text() for li in soup.select("details li")] == [
        "1 of: Know an ache that lasts.; Act on weak legs.",
        "2 of: Sort what you hear.",
        "2 of: Meet a patient.; Decide how fast to act.",
    ]


def test_a_certificate_says_what_it_asks_for():
    html = printed_record.certificate()
    assert "every question of the lessons is answered and a final check is finished" in html


def test_an_attack_in_any_text_stays_text(small_read, attack):
    course = poison(small_read, attack)
    assert attack in course.final_check.title
    for verb, html in shown(course).items():
        assert dangers(html) == [], verb
        soup = BeautifulSoup(html, "html.parser")
        assert set(tag.name for tag in soup.find_all(True)) <= {
            "section", "h2", "h3", "p", "a", "ul", "li", "details", "summary",
        }, verb  # fmt: skip


@given(WORDINGS)
def test_any_wording_is_read_as_it_was_written(small_read, wording):
    course = poison(small_read, wording)
    made = {verb: BeautifulSoup(html, "html.parser") for verb, html in shown(course).items()}
    says = " ".join(f"Know an ache that lasts. {wording}".split())
    assert says in " ".join(made["progress"].get_text(" ").split())
    assert says in " ".join(made["final_check"].get_text().split())
    title = f"The last check {wording}"
    assert made["final_check"].section["aria-label"] == title
    assert made["final_check"].h3.get_text() == title
    assert made["due"].a.get_text() == f"Once more {wording}"
    for soup in made.values():
        assert len(soup.find_all(recursive=False)) == 1


def test_a_notebook_whose_name_is_odd_stays_within_its_link(small):
    link = '"><img src=x>'
    for html in shown(load_course(small.root), lambda _: link).values():
        assert dangers(html) == []
    (a,) = BeautifulSoup(printed_record.due(load_course(small.root), lambda _: link), "html.parser").find_all("a")
    assert a["href"] == link
