"""One notebook to one page that needs no kernel, no network and no trust."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from itertools import pairwise

import html5lib
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from attacks import dangers
from poison import poison
from secondsight import __version__
from secondsight.class_source import ClassSource
from secondsight.course import Course, load_course
from secondsight.course.notebook import parse
from secondsight.export import page
from secondsight.export.class_page import class_page
from secondsight.plan import bank_data, plan_data
from small_course import cell, notebook

# Elements of a page that stand there by its template; each is looked at in a test of its own.
OURS = frozenset({"script", "style", "meta", "link", "noscript"})
STATIC = {
    path.name: path.read_text(encoding="utf-8") for path in [*page.STATIC.glob("page*.js"), page.STATIC / "foreign.js"]
}
NAMES = {text: name for name, text in STATIC.items()}


def lesson(course: Course, id: str = "first", outputs=None) -> tuple[str, page.Body]:
    return page.lesson_page(course, course.notebooks[id], course.root / "notebooks", outputs)


def made_of(
    course: Course, *outputs: dict, source: str = "print(1)", widgets: dict | None = None
) -> tuple[str, page.Body]:
    """The page of a notebook with one cell of other code, which shows ``outputs``."""
    foreign = parse(notebook(cell("markdown", "title", "# Mine"), cell("code", "mine", source)), "mine.ipynb")
    return page.lesson_page(course, foreign, course.root, {"cells": {"1": list(outputs)}, "widgets": widgets or {}})


def assert_only_ours(html: str) -> None:
    """No script, style or policy but those that the template and the build put there."""
    soup = BeautifulSoup(html, "html.parser")
    for script in soup.find_all("script"):
        assert set(script.attrs) <= {"type", "id"}
        if script.get("type") == "application/json":
            json.loads(script.string)
        else:
            assert script.string in STATIC.values()
    assert len(soup.find_all("style")) == 1
    (policy,) = (meta for meta in soup.find_all("meta") if meta.has_attr("http-equiv"))
    assert policy["http-equiv"] == "Content-Security-Policy"
    (link,) = soup.find_all("link")
    assert (link["rel"], link["href"]) == (["icon"], "data:,")
    assert dangers(html, OURS) == []


def scripts_of(html: str) -> list[str]:
    """The scripts of a page by the names of their files, in the order in which they run."""
    found = BeautifulSoup(html, "html.parser").find_all("script", type=None)
    return [NAMES[script.string] for script in found]


def policy_of(html: str) -> dict[str, list[str]]:
    content = BeautifulSoup(html, "html.parser").find("meta", attrs={"http-equiv": "Content-Security-Policy"})[
        "content"
    ]
    return {name: values for name, *values in (part.split() for part in content.split(";"))}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("id", "scripts"), [("first", 1), ("third", 11), ("fourth", 2), ("again", 10), ("finish", 10), ("standing", 2)]
)
def test_the_policy_lets_in_the_pages_own_scripts_and_style_and_nothing_else(small_read, id, scripts):
    html, _ = lesson(small_read, id)
    soup = BeautifulSoup(html, "html.parser")
    assert policy_of(html) == {
        "default-src": ["'none'"],
        "script-src": [digest(script.string) for script in soup.find_all("script", type=None)],
        "style-src": [digest(soup.style.string)],
        "img-src": ["data:"],
        "font-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert len(soup.find_all("script", type=None)) == scripts


def index(course: Course, template: str = "index.html.j2") -> str:
    return page.render(course, template, [], title=course.head.title)


def without_review(course: Course) -> Course:
    return replace(course, notebooks={id: each for id, each in course.notebooks.items() if id != "again"})


@pytest.mark.parametrize("template", ["index.html.j2", "single.html.j2"])
def test_a_list_of_lessons_says_what_is_due_where_there_is_a_review(small_read, template):
    soup = BeautifulSoup(index(small_read, template), "html.parser")
    assert soup.main.find("ss-due").a.get_text() == "Once more"
    assert scripts_of(str(soup)) == ["page.js", "page-due.js"]
    assert [script["id"] for script in soup.find_all("script", type="application/json")] == ["plan"]
    # What is due comes before what there is: it is why somebody comes back.
    assert soup.main.find("ss-due").find_next("ol", class_="lessons")


@pytest.mark.parametrize("template", ["index.html.j2", "single.html.j2"])
def test_a_course_without_a_review_has_the_pages_own_script_alone_on_its_first_page(small_read, template):
    html = index(without_review(small_read), template)
    assert scripts_of(html) == ["page.js"]
    assert policy_of(html)["script-src"] == [digest(STATIC["page.js"])]
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find("ss-due") is None
    assert soup.find_all("script", type="application/json") == []


def data_of(html: str) -> dict:
    """What a browser finds in the page as JSON, by its id."""
    document = html5lib.parse(html, namespaceHTMLElements=False)
    found = [script for script in document.iter("script") if script.get("type") == "application/json"]
    return {script.get("id"): json.loads(script.text) for script in found}


CARRIED = {
    "first": [], "second": [], "third": [], "fourth": [], "again": ["plan", "bank"], "finish": ["plan", "bank"],
    "standing": ["plan"], "certificate": ["plan"],
}  # fmt: skip


def test_a_page_carries_of_the_whole_course_what_it_needs_and_no_more(small_read):
    plan, bank = plan_data(small_read, page.as_page), bank_data(small_read)
    whole = {"plan": plan, "bank": bank}
    assert plan["lessons"][0]["href"] == "00-first.html"
    assert set(CARRIED) == set(small_read.lessons)
    for id, names in CARRIED.items():
        assert data_of(lesson(small_read, id)[0]) == {name: whole[name] for name in names}, id
    assert data_of(index(small_read)) == {"plan": plan}


def test_no_text_of_the_course_ends_what_a_page_carries(small_read, attack):
    """A browser reads it all, to the last character, as data."""
    course = poison(small_read, attack)
    for html, names in (*((lesson(course, id)[0], names) for id, names in CARRIED.items()), (index(course), ["plan"])):
        whole = {"plan": plan_data(course, page.as_page), "bank": bank_data(course)}
        # As JSON: what cannot stand in HTML at all, in it can.
        assert data_of(html) == {name: whole[name] for name in names}
        soup = html5lib.parse(html, namespaceHTMLElements=False)
        assert [script.text for script in soup.iter("script") if not script.get("type")] == [
            STATIC[name] for name in scripts_of(html)
        ]
    assert attack in json.dumps(bank_data(course), ensure_ascii=False) or "\\" in json.dumps(attack)


@pytest.mark.parametrize(
    ("id", "part", "words"),
    [
        ("again", "ss-review", "What you were sure of and had wrong comes first"),
        ("finish", "ss-final-check", "Five from the whole course."),
        ("standing", "ss-progress", "Sort what you hear."),
        ("certificate", "ss-certificate", "every question of the lessons is answered"),
    ],
)
def test_a_part_that_looks_at_the_whole_course_can_be_read_before_it_comes_alive(small_read, id, part, words):
    html, _ = lesson(small_read, id)
    (element,) = BeautifulSoup(html, "html.parser").main.find_all(part)
    assert words in element.get_text()
    assert f"page-{part.removeprefix('ss-')}.js" in scripts_of(html)


def test_the_page_of_a_lesson_has_the_printed_form_of_what_is_due_alone(small_read):
    html, _ = lesson(small_read, "standing")
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find("ss-due") is None
    assert soup.main.find("a", string="Once more")["href"] == "04-again.html"
    assert "page-due.js" not in scripts_of(html)


def test_a_page_that_asks_from_the_whole_course_can_ask_every_scored_kind(small_read):
    for id in ("again", "finish"):
        scripts = scripts_of(lesson(small_read, id)[0])
        for kind in ("match", "order", "hotspot", "spot", "worked", "case", "vignette"):
            assert f"page-{kind}.js" in scripts, f"{id}: {kind}"
        assert "page-reflect.js" not in scripts
        assert scripts.index("page-cards.js") < min(map(scripts.index, ("page-match.js", "page-order.js")))


KINDS = {
    "match": ["page-cards.js", "page-match.js"],
    "order": ["page-cards.js", "page-order.js"],
    "hotspot": ["page-hotspot.js"],
    "spot": ["page-spot.js"],
    "worked": ["page-worked.js"],
    "reflect": ["page-reflect.js"],
}


def page_of(course: Course, *sources: str) -> str:
    cells = [cell("markdown", "title", "# Mine"), *(cell("code", f"c{n}", text) for n, text in enumerate(sources))]
    return page.lesson_page(course, parse(notebook(*cells), "mine.ipynb"), course.root)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_brings_the_script_of_a_kind_only_where_it_asks_one(small_read, kind):
    quiz = small_read.quizzes["third-kinds"]
    only = quiz.model_copy(update={"items": [item for item in quiz.items if item.kind == kind]})
    assert len(only.items) == 1
    course = replace(small_read, quizzes={**small_read.quizzes, "third-kinds": only})
    assert scripts_of(page_of(course, 'ss.quiz("third-kinds")')) == ["page.js", *KINDS[kind]]


@pytest.mark.parametrize(
    ("verb", "more"),
    [
        ('ss.quiz("first-before")', []),
        ('ss.case("stiff-back")', ["page-case.js"]),
        ('ss.clinic("small-clinic")', ["page-clinic.js", "page-vignette.js"]),
        ("ss.body_map()", ["page-body-map.js"]),
        ("ss.red_flags()", []),
        ("ss.due()", []),
        ("ss.progress()", ["page-progress.js"]),
        ("ss.certificate()", ["page-certificate.js"]),
    ],
)
def test_a_page_brings_the_script_of_a_part_only_where_it_has_one(small_read, verb, more):
    assert scripts_of(page_of(small_read, verb)) == ["page.js", *more]


def test_a_script_comes_once_and_after_what_it_builds_on(small_read):
    names = scripts_of(page_of(small_read, 'ss.quiz("third-kinds")', 'ss.case("stiff-back")', 'ss.quiz("third-kinds")'))
    assert names[0] == "page.js"
    assert sorted(names) == sorted(set(names))
    assert len(names) == 9
    assert names.index("page-cards.js") < min(names.index("page-match.js"), names.index("page-order.js"))


def test_every_kind_of_the_real_course_has_its_script_on_its_page(real):
    asked = set()
    for id in real.lessons:
        html, _ = lesson(real, id)
        scripts = scripts_of(html)
        kinds = {item["data-kind"] for item in BeautifulSoup(html, "html.parser").select(".item[data-kind]")}
        for kind in kinds:
            assert f"page-{kind}.js" in scripts, f"{id}: {kind}"
        asked |= kinds
    assert asked == {*KINDS, "case"}


def test_the_policy_stands_before_all_that_it_governs(small_read):
    html, _ = lesson(small_read)
    assert html.index("Content-Security-Policy") < min(html.index("<style"), html.index("<script"), html.index("<link"))


def test_a_lesson_shows_each_of_its_parts(small_read):
    first = BeautifulSoup(lesson(small_read)[0], "html.parser")
    assert first.title.string == "First · Small Course"
    assert first.find("ss-quiz")["data-quiz"] == "first-before"
    assert first.find("ss-quiz")["data-lesson"] == "first"
    assert first.find("ss-progress-file")
    shown = first.get_text()
    for text in ("Know an ache that lasts.", "Which ache is talked about?", "Most aches pass.", "A dull pain."):
        assert text in shown
    second = BeautifulSoup(lesson(small_read, "second")[0], "html.parser").get_text()
    for text in (
        "Legs that give way",
        "A back, seen from behind.",
        "Symptoms by place",
        "Ring at any hour.",
        "The ward book",
    ):
        assert text in second
    third = BeautifulSoup(lesson(small_read, "third")[0], "html.parser")
    assert [(quiz["data-quiz"], quiz["data-lesson"]) for quiz in third.find_all("ss-quiz")] == [
        ("third-kinds", "third"), ("stiff-back", "third"),
    ]  # fmt: skip
    clinic = third.find("ss-clinic")
    assert (clinic["data-clinic"], clinic["data-lesson"], clinic["data-in-ten"]) == ("small-clinic", "third", "5")
    fourth = BeautifulSoup(lesson(small_read, "fourth")[0], "html.parser")
    assert fourth.find("ss-body-map").select("details[data-site]")
    for text in ("Between the shoulder blades", "Lie still.", "emergency card"):
        assert text in str(fourth.main)


def test_a_reference_says_so_because_it_is_printed_as_its_cards_alone(small_read):
    pages = {id: BeautifulSoup(lesson(small_read, id)[0], "html.parser") for id in small_read.lessons}
    assert [id for id, soup in pages.items() if "reference" in soup.main.get("class", [])] == ["fourth"]
    assert pages["fourth"].select("main.reference .sheet .flag")
    assert "main.reference .sheet .card" in pages["fourth"].style.string
    assert "main.reference .sheet .card" not in pages["first"].style.string


def test_the_body_map_of_a_page_leads_to_pages(small_read):
    fourth = BeautifulSoup(lesson(small_read, "fourth")[0], "html.parser")
    assert [a["href"] for a in fourth.find("ss-body-map").find_all("a")] == ["01-second.html"]


def test_what_is_to_keep_at_hand_is_a_link_on_the_page_of_each_lesson(small_read):
    for id in ("first", "second", "third"):
        start = BeautifulSoup(lesson(small_read, id)[0], "html.parser").select_one(".start")
        assert [a["href"] for a in start.find_all("a")] == ["03-fourth.html"], id


def test_a_page_says_its_notice_version_and_date(small_read):
    foot = BeautifulSoup(lesson(small_read)[0], "html.parser").footer.get_text()
    assert "Practice, not advice." in foot
    assert f"version {__version__}." in foot
    assert "Content last updated 10 January 2026." in foot
    assert "Reviewed by: nobody yet." in foot


def test_lessons_lead_to_one_another(small_read):
    first, second = (BeautifulSoup(lesson(small_read, id)[0], "html.parser") for id in ("first", "second"))
    assert first.select_one("a.next")["href"] == "01-second.html"
    assert first.select_one("a.before") is None
    assert second.select_one("a.before")["href"] == "00-first.html"
    assert second.select_one("a.next")["href"] == "02-third.html"
    fourth, last = (BeautifulSoup(lesson(small_read, id)[0], "html.parser") for id in ("fourth", "certificate"))
    assert fourth.select_one("a.next")["href"] == "04-again.html"
    assert last.select_one("a.before")["href"] == "06-standing.html"
    assert last.select_one("a.next") is None
    assert "01-second.html" in [a["href"] for a in first.main.find_all("a")]
    assert not [a for a in first.find_all("a") if ".ipynb" in a["href"]]


def test_a_citation_leads_to_its_entry_in_the_references(small_read):
    first = BeautifulSoup(lesson(small_read)[0], "html.parser")
    cited = [a["href"] for a in first.select(".cites a")]
    assert len(cited) > 3
    for href in cited:
        assert first.find(id=href.removeprefix("#")) is not None
    assert len(first.select(".refs li")) == 2


def test_a_link_to_a_part_of_another_lesson_keeps_its_way(small):
    small.add_cell("00-first.ipynb", "markdown", "more", "[a & b](01-second.ipynb#recap)")
    soup = BeautifulSoup(lesson(load_course(small.root))[0], "html.parser")
    assert soup.main.find("a", string="a & b")["href"] == "01-second.html#recap"


@pytest.mark.parametrize("lesson_id", ["first", "second", "third", "fourth"])
def test_no_two_parts_of_a_page_share_an_id(small, lesson_id):
    again = 'ss.picture("back")\nss.picture("symptom-chart")\nss.picture("body-front")\nss.red_flags()\nss.glossary()'
    for notebook_name in ("00-first.ipynb", "01-second.ipynb", "02-third.ipynb", "03-fourth.ipynb"):
        for number in range(2):
            small.add_cell(notebook_name, "code", f"again-{number}", again)
    html, _ = lesson(load_course(small.root), lesson_id)
    ids = [tag["id"] for tag in BeautifulSoup(html, "html.parser").find_all(id=True)]
    assert len(ids) > 10
    assert sorted(ids) == sorted(set(ids))


def test_a_body_map_shown_twice_has_ids_of_its_own(small_read):
    html = page_of(small_read, "ss.body_map()", "ss.body_map()")
    ids = [tag["id"] for tag in BeautifulSoup(html, "html.parser").main.find_all(id=True)]
    assert len(ids) >= 8
    assert sorted(ids) == sorted(set(ids))


def test_an_attack_in_any_text_of_the_course_stays_text(small_read, attack):
    course = poison(small_read, attack)
    for id in course.lessons:
        assert_only_ours(lesson(course, id)[0])
    assert_only_ours(index(course))


def test_an_attack_in_markdown_stays_text(small_read, attack):
    for kind in (attack, f"# {attack}", f"# A\n\n- {attack}"):
        mine = parse(notebook(cell("markdown", "a", kind)), "mine.ipynb")
        assert_only_ours(page.lesson_page(small_read, mine, small_read.root)[0])


def test_an_attack_in_an_output_stays_text(small_read, attack):
    outputs = [
        {"output_type": "stream", "text": attack},
        {"output_type": "error", "ename": attack, "evalue": attack},
        *(
            {"output_type": "display_data", "data": {mime: attack, "text/plain": attack}}
            for mime in ("text/html", "text/markdown", "text/plain", "image/svg+xml", "image/png", "text/latex")
        ),
        {"output_type": "display_data", "data": {"application/javascript": "alert(1)", "text/plain": attack}},
    ]
    assert_only_ours(made_of(small_read, *outputs, source=attack)[0])


def test_an_attack_in_a_widget_stays_data(small_read, attack):
    output = {"output_type": "display_data", "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}}}
    state = {"_esm": attack, "_css": attack, "value": attack, attack: attack}
    html, _ = made_of(small_read, output, widgets={"m": {"state": state, "buffers": []}})
    assert_only_ours(html)
    (widget,) = json.loads(BeautifulSoup(html, "html.parser").find(id="foreign").string)
    assert (widget["esm"], widget["css"], widget["state"]) == (attack, attack, {"value": attack, attack: attack})


@given(st.text(max_size=200) | st.text("<>\"'&/=abimgscript \n", max_size=200))
def test_any_output_stays_text(small_read, text):
    html, _ = made_of(
        small_read,
        {"output_type": "stream", "text": text},
        {"output_type": "display_data", "data": {"text/html": text}},
        {"output_type": "display_data", "data": {"text/markdown": text}},
    )
    assert_only_ours(html)


def test_a_picture_from_another_host_in_an_output_is_not_loaded(small_read):
    html, made = made_of(
        small_read,
        {"output_type": "display_data", "data": {"text/html": '<img src="https://x.org/a.png" alt="a back">'}},
        {"output_type": "display_data", "data": {"text/markdown": "![a back](https://x.org/a.png)"}},
    )
    assert BeautifulSoup(html, "html.parser").img is None
    assert html.count("a back") == 2
    assert [warning.startswith("mine.ipynb, cell 2 (mine): ") for warning in made.warnings] == [True, True]


def test_a_plot_is_shown_as_a_picture(small_read):
    data = {"image/png": "aGVs\nbG8=\n", "text/plain": "<Figure size 640x480>"}
    html, made = made_of(small_read, {"output_type": "display_data", "data": data})
    img = BeautifulSoup(html, "html.parser").img
    assert (img["src"], img["alt"]) == ("data:image/png;base64,aGVsbG8=", "<Figure size 640x480>")
    assert (made.warnings, made.errors) == ([], [])


def test_a_cell_that_failed_is_named_and_said_in_its_place(small_read):
    html, made = made_of(
        small_read, {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero"}
    )
    assert made.errors == ["mine.ipynb, cell 2 (mine): stopped with ZeroDivisionError: division by zero; mend the cell"]
    assert "ZeroDivisionError" in html


def test_a_lesson_cell_that_failed_when_it_was_run_is_named_too(small):
    small.add_cell("00-first.ipynb", "code", "odd", "ss = None", at=2)
    course = load_course(small.root)
    error = {"output_type": "error", "ename": "AttributeError", "evalue": "'NoneType' object has no attribute 'quiz'"}
    _, made = lesson(course, "first", {"cells": {"3": [error]}, "widgets": {}})
    assert [says.split(": ")[0] for says in made.errors] == ["notebooks/00-first.ipynb, cell 4 (first-before)"]


def test_a_widget_that_needs_a_kernel_says_so_and_is_named(small_read):
    output = {"output_type": "display_data", "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}}}
    for widgets in ({}, {"m": {"state": {"value": 1}}}):
        html, made = made_of(small_read, output, widgets=widgets)
        assert "works only in a running notebook" in html
        assert made.warnings == [
            "mine.ipynb, cell 2 (mine): shows a widget that needs a kernel; the page says so in its place"
        ]


def test_an_untrusted_notebook_is_not_run_and_says_so(small_read):
    mine = parse(notebook(cell("code", "mine", "print('secret')")), "mine.ipynb")
    html, made = page.lesson_page(small_read, mine, small_read.root)
    assert "This cell was not run" in html
    assert "not trusted" in made.warnings[0]


@pytest.mark.parametrize(
    ("metadata", "seen"),
    [
        ({}, True),
        ({"jupyter": {"source_hidden": True}}, False),
        ({"tags": ["remove-input"]}, False),
        ({"tags": []}, True),
    ],
)
def test_code_is_shown_unless_it_is_hidden(small_read, metadata, seen):
    mine = parse(notebook(cell("code", "mine", "x = '<b>'") | {"metadata": metadata}), "mine.ipynb")
    html, _ = page.lesson_page(small_read, mine, small_read.root, {"cells": {}, "widgets": {}})
    assert ("x = &#x27;&lt;b&gt;&#x27;" in html) is seen


@pytest.mark.parametrize(
    "id", ["start", "quiz", "case", "clinic", "key_points", "picture", "symptoms", "red_flags", "glossary"]
)
def test_a_part_that_is_not_in_the_course_is_said_in_words(small_read, id):
    mine = parse(notebook(cell("code", "mine", f'ss.{id}("nothing")')), "mine.ipynb")
    _, made = page.lesson_page(small_read, mine, small_read.root)
    assert made.errors[0].startswith("mine.ipynb, cell 1 (mine): ")
    assert "'nothing'" in made.errors[0]


def test_an_output_that_names_no_part_of_the_course_is_said_in_words(small_read):
    for note in ({"verb": "explode", "arguments": []}, {"verb": "quiz", "arguments": ["nothing"]}, {}):
        output = {
            "output_type": "display_data",
            "data": {"application/vnd.secondsight.v1+json": note, "text/plain": "x"},
        }
        html, _ = made_of(small_read, output)
        assert_only_ours(html)


def test_a_page_has_one_main_part_and_its_headings_in_order(real):
    for id in real.lessons:
        soup = BeautifulSoup(lesson(real, id)[0], "html.parser")
        assert len(soup.find_all("main")) == len(soup.find_all("h1")) == 1
        levels = [int(h.name[1]) for h in soup.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), id


CSS = (page.STATIC / "page.css").read_text(encoding="utf-8")
# States that a page without a script and without a visitor is never in; what is styled in them stays all the same.
STATE = r"::[\w-]+|:(?:before|after|hover|focus(?:-visible|-within)?|active|target|defined|visited|link)\b|\[open\]"
NOT = r":not\((?:[^()]|\([^()]*\))*\)"


def rules(css: str) -> list[tuple[str, str]]:
    """The rules of a style sheet, each as its selectors and all it says, those of a medium among them."""
    inner = re.sub(r"@media[^{]+\{((?:[^{}]+\{[^{}]*\})*)\}", r"\1", css)
    return re.findall(r"([^{}]+)(\{[^{}]*\})", inner)


def applies(soup: BeautifulSoup, selectors: str) -> bool:
    """Whether a rule says something of an element that is there, in whatever state."""
    stateless = re.sub(NOT, lambda found: "" if re.search(STATE, found[0]) else found[0], selectors)
    # The parser of selectors here knows no way within ":has"; the page's own stand on its root.
    known = re.sub(r":has\(([^()\s]+ [^()]*)\)", lambda way: "" if soup.select_one(way[1]) else ":not(*)", stateless)
    return soup.select_one(re.sub(STATE, "", known)) is not None


@pytest.fixture(scope="module")
def real_pages(real) -> dict[str, BeautifulSoup]:
    pages = {id: BeautifulSoup(lesson(real, id)[0], "html.parser") for id in real.lessons}
    index = page.render(real, "index.html.j2", [], title=real.head.title, link=str)
    few = real.only(["start-here", "bone", "spotters-clinic", "final-check"])
    did = class_page(few, ClassSource(None).report(few))
    return {**pages, "index": BeautifulSoup(index, "html.parser"), "class": BeautifulSoup(did, "html.parser")}


def test_a_page_keeps_every_rule_of_style_that_says_something_of_it(real_pages):
    whole = rules(CSS)
    assert len(whole) > 150
    applied = set()
    for id, soup in real_pages.items():
        kept = set(rules(soup.style.string))
        needed = {rule for rule in whole if applies(soup, rule[0])}
        assert len(needed) > 20, id
        assert needed - kept == set(), id
        applied |= needed
    # Nearly all of the style is used by some page: the look above is no look at nothing.
    assert len(applied) > 0.8 * len(set(whole))


def test_a_page_brings_only_rules_whose_classes_it_has(real_pages):
    brought = 0
    for id, soup in real_pages.items():
        there = {name for tag in soup.find_all(class_=True) for name in tag["class"]}
        for selectors, says in rules(soup.style.string):
            assert (selectors, says) in rules(CSS), id
            drawn = re.findall(r"\.(p-[a-z-]+)", selectors)
            assert not drawn or there & set(drawn), f"{id}: {selectors}"
            brought += bool(drawn)
    assert brought > 50


def test_a_page_is_styled_alike_on_paper_and_in_the_dark(small_read):
    for id in small_read.lessons:
        style = BeautifulSoup(lesson(small_read, id)[0], "html.parser").style.string
        assert "@media print{" in style, id
        assert "prefers-color-scheme:dark" in style, id
        assert style.count("{") == style.count("}"), id


def test_a_page_keeps_the_style_of_what_its_scripts_put_there(small_read):
    """Another author's widget that cannot be shown says so, in the look of what is asleep."""
    output = {"output_type": "display_data", "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}}}
    html, _ = made_of(small_read, output, widgets={"m": {"state": {"_esm": "x"}, "buffers": []}})
    assert 'classList.add("asleep")' in STATIC["foreign.js"]
    assert any(".asleep" in selectors for selectors, _ in rules(CSS))
    assert any(".asleep" in selectors for selectors, _ in rules(BeautifulSoup(html, "html.parser").style.string))
