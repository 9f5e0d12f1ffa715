"""An educator's own edition: chosen lessons, keys open or closed, a title, a logo and a contact."""

import json
import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from attacks import dangers
from secondsight.course import load_course
from secondsight.export import page, site
from secondsight.export.edition import Edition, ExportError, read
from secondsight.export.logo import Logo

LOGO = Logo("image/gif", b"GIF89a")


@pytest.fixture
def export(small, tmp_path):
    """Export the small course as an edition; each page as soup, by its name."""

    def make(single_file: bool = False, **edition) -> dict[str, BeautifulSoup]:
        site.export(small.root, tmp_path / "site", single_file=single_file, edition=Edition(**edition))
        pages = sorted((tmp_path / "site").glob("*.html"))
        return {page.stem: BeautifulSoup(page.read_text(encoding="utf-8"), "html5lib") for page in pages}

    return make


class TestChosenLessons:
    def test_no_other_has_a_page_or_a_place_in_the_list(self, export):
        pages = export(lessons=("third", "first"))
        assert list(pages) == ["00-first", "02-third", "index"]
        assert [a["href"] for a in pages["index"].select("ol.lessons a")] == ["00-first.html", "02-third.html"]
        assert pages["00-first"].select_one("a.next")["href"] == "02-third.html"

    @pytest.mark.parametrize("single_file", [False, True])
    def test_no_link_leads_to_what_is_not_there(self, export, single_file):
        pages = export(single_file, lessons=("first", "third", "fourth", "standing"))
        ids = {tag["id"] for soup in pages.values() for tag in soup.find_all(id=True)}
        links = [a["href"] for soup in pages.values() for a in soup.find_all("a", href=True)]
        inner = [href for href in links if not href.startswith("http")]
        assert len(inner) > 10
        for href in inner:
            assert href.removeprefix("#") in ids if href.startswith("#") else href.removesuffix(".html") in pages
        # The words of a link to the second lesson are still to be read.
        assert any("Go on to the second" in soup.get_text() for soup in pages.values())

    def test_lessons_keep_the_numbers_they_have_in_the_course(self, export):
        assert [b.get_text() for b in export(lessons=("second",))["index"].select("ol.numbered li b")] == ["1"]

    def test_those_that_do_not_exist_are_named_all_at_once(self, export):
        with pytest.raises(ExportError) as caught:
            export(lessons=("frist", "first", "night-ward"))
        assert str(caught.value).splitlines() == [
            "--lessons names 'frist', which is no lesson; did you mean 'first'?",
            "--lessons names 'night-ward', which is no lesson; the lessons are first, second, third, fourth, again, "
            "finish, standing, certificate",
        ]

    def test_a_final_check_draws_from_what_is_there_and_no_more(self, small):
        whole, part = (
            read(small.root, Edition(lessons=lessons)).final_check.draws for lessons in ((), ("second", "finish"))
        )
        assert [draw.items for draw in whole] == [1, 2, 2]
        assert [(draw.objectives, draw.items) for draw in part] == [(["second-act"], 1)]

    def test_a_draw_asks_no_more_items_than_the_chosen_lessons_have(self, small):
        small.edit("exercises/final-check.yaml", "items: 1", "items: 2")
        small.edit(
            "exercises/questions/second.yaml",
            "      - id: legs-when",
            "      - {id: legs-why, kind: choice, answers: one, objective: second-act, facts: [legs-weak],\n"
            "         stem: Why?, options: [{text: A, correct: true, feedback: So.}, {text: B, feedback: No.}]}\n"
            "      - id: legs-when",
        )
        (draw,) = read(small.root, Edition(lessons=("first", "finish"))).final_check.draws
        assert (draw.objectives, draw.items) == (["first-know"], 2)
        small.edit("exercises/final-check.yaml", "items: 2", "items: 3")
        (draw,) = load_course(small.root).only(["second", "finish"]).final_check.draws
        assert (draw.objectives, draw.items) == (["second-act"], 2)

    def test_a_final_check_without_the_lessons_it_draws_from_is_refused(self, export):
        with pytest.raises(ExportError, match="takes the final check, but no lesson that it draws from"):
            export(lessons=("finish", "fourth"))

    def test_what_looks_at_the_whole_course_counts_the_chosen_lessons_alone(self, export):
        plan = json.loads(export(lessons=("second", "standing"))["06-standing"].find(id="plan").string)
        assert [lesson["id"] for lesson in plan["lessons"]] == ["second", "standing"]


class TestForEducators:
    def test_every_key_stands_open_with_what_the_item_tests(self, export):
        pages = export(audience="educators")
        folded = [details for soup in pages.values() for details in soup.select(".quiz-printed details")]
        assert len(folded) > 15
        assert all("open" in details.attrs for details in folded)
        items = [item for soup in pages.values() for item in soup.select("[data-item]")]
        assert len(items) == 14
        assert items[0].p.get_text() == "which-ache · choice · tests: Know an ache that lasts."
        assert items[-1].p.get_text() == "v-weeks · vignette · tests: Decide how fast to act."
        assert not [soup for soup in pages.values() if "Show the answer" in soup.get_text()]

    def test_nothing_is_to_be_answered_and_no_answer_to_be_saved(self, export):
        pages = export(audience="educators")
        assert not any(soup.find(["ss-quiz", "ss-clinic", "ss-progress-file"]) for soup in pages.values())
        assert all("Every key stands open here" in soup.find(class_="edition").get_text() for soup in pages.values())

    def test_learners_find_each_key_behind_its_answer(self, export):
        pages = export()
        folded = [details for soup in pages.values() for details in soup.select("details")]
        assert len(folded) > 15
        assert not any("open" in details.attrs for details in folded)
        assert not any(soup.find(class_=["edition", "for-educators"]) for soup in pages.values())
        assert all(soup.find("ss-progress-file") for soup in pages.values())

    def test_a_lesson_says_how_long_it_takes_to_read_and_how_long_is_left_to_answer(self, small, export):
        # The first lesson holds few words: 5 minutes planned, 1 to read, 4 for 2 items.
        notes = export(audience="educators")["00-first"].find(class_="for-educators").get_text(" ", strip=True)
        assert "Planned: about 5 minutes." in notes
        words = int(re.search(r"To read: (\d+) words, about 1 minute at 238", notes)[1])
        assert 30 < words < 120
        assert "To answer: 2 items. With about 4 minutes left, that is 2.0 minutes for each." in notes
        small.change_cell("00-first.ipynb", "first-next", "word " * 238 * 4)
        longer = export(audience="educators")["00-first"].find(class_="for-educators").get_text(" ", strip=True)
        assert f"To read: {words + 238 * 4 - 5:,} words, about 4 minutes" in longer
        assert "With about 1 minute left, that is 30 seconds for each." in longer
        small.change_cell("00-first.ipynb", "first-next", "word " * 238 * 9)
        assert "set some of them for another day" in export(audience="educators")["00-first"].get_text()

    def test_a_lesson_says_how_many_items_test_each_objective(self, export):
        notes = export(audience="educators")["02-third"].find(class_="for-educators").get_text(" ", strip=True)
        assert "Sort what you hear. (6 items)" in notes
        assert "Meet a patient. (1 item)" in notes
        assert "To answer: 4 vignettes, met ten at a time." in notes

    def test_text_of_content_is_text(self, small_read, attack):
        lesson = small_read.lessons["first"]
        objective = lesson.objectives[0].model_copy(update={"says": attack})
        lessons = {**small_read.lessons, "first": lesson.model_copy(update={"objectives": [objective]})}
        course = replace(small_read, lessons=lessons)
        html = page.body(course, course.notebooks["first"], course.root, audience="educators").html
        assert html.count(escape(attack)) == 4  # at the head, for educators, at two items
        assert not dangers(html)


class TestOwnName:
    def test_a_title_stands_wherever_the_course_is_named(self, export):
        pages = export(title="Spring term")
        assert pages["index"].h1.get_text() == pages["index"].title.get_text() == "Spring term"
        assert pages["00-first"].title.get_text() == "First · Spring term"
        assert pages["00-first"].select_one("a.brand").get_text() == "Spring term"
        assert not any("Small Course" in soup.get_text() for soup in pages.values())

    @pytest.mark.parametrize("single_file", [False, True])
    def test_a_logo_and_a_contact_stand_on_every_page(self, export, single_file):
        pages = export(single_file, logo=LOGO, contact="Ms Lee, room 12")
        assert pages
        for soup in pages.values():
            assert soup.select_one("img.logo")["src"] == "data:image/gif;base64,R0lGODlh"
            assert "Questions about this course: Ms Lee, room 12" in soup.footer.get_text()

    def test_without_them_nothing_stands_in_their_place(self, export):
        pages = export()
        assert not any(soup.find(class_="logo") or "Questions about" in soup.get_text() for soup in pages.values())

    def test_they_are_text(self, small_read, attack):
        head = small_read.head.model_copy(update={"title": attack})
        course = replace(small_read, head=head)
        html = page.render(course, "index.html.j2", [], title=attack, edition=Edition(contact=attack))
        soup = BeautifulSoup(html, "html5lib")
        assert " ".join(attack.split()) in " ".join(soup.footer.get_text().split())
        assert not dangers(str(soup.footer), frozenset({"noscript"}))
        assert not dangers(str(soup.main))

    def test_another_edition_is_made_anew_and_the_same_one_is_not(self, small, tmp_path):
        def fresh(**edition) -> bool:
            return site.export(small.root, tmp_path / "site", edition=Edition(**edition)).fresh

        assert fresh()
        assert not fresh()
        for change in (
            {"title": "x"},
            {"contact": "x"},
            {"logo": LOGO},
            {"logo": Logo("image/gif", b"GIF87a")},
            {"audience": "educators"},
            {"lessons": ("first",)},
        ):
            assert fresh(**change), change


def test_the_real_course_has_timing_for_every_lesson(real, tmp_path):
    site.export(real.root, tmp_path / "site", edition=Edition(audience="educators"))
    pages = [page.read_text(encoding="utf-8") for page in sorted(Path(tmp_path / "site").glob("[0-9]*.html"))]
    assert len(pages) == len(real.lessons) >= 29
    assert all("Planned: about" in page for page in pages)
