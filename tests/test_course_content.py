"""The real course: what a trainee would miss if it went."""

import json
import re
from pathlib import Path

import pytest
import yaml

from secondsight.course import audit, read_course
from secondsight.course.audit import facts_taught
from secondsight.course.notebook import is_lesson_code

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FILES = sorted([*(ROOT / "content").rglob("*.yaml"), *(ROOT / "exercises").rglob("*.yaml")])

# Where the founding page of 2020 must not be taught as it stands: the fact that says how advice has moved on.
MOVED_ON = {
    "advanced is wider than secondary": "term-synonyms",
    "primary can have reached nearby nodes": "def-primary",
    "emergencies override the week-or-two rule": "act-1-2-weeks",
    "new yellowing is urgent": "liver-jaundice",
    "breathless on activity counts": "lung-breathless-rest",
    "lymphoedema has more than one cause": "skin-lymphoedema",
    "redness may be an infection, which is urgent": "skin-infection-signs",
    "the page is of 2020": "gov-page-date",
}
# The rule of a week or two may be taught only where an emergency was met before it.
WAIT = "act-1-2-weeks"


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def raw(request) -> dict:
    return json.loads(request.param.read_text(encoding="utf-8"))


def test_check_finds_nothing():
    course, problems = read_course(ROOT)
    assert [str(problem) for problem in [*problems, *audit(course)]] == []


def test_there_are_as_many_lessons_as_notebooks(real):
    assert len(NOTEBOOKS) >= 10
    assert [notebook.file for notebook in real.notebooks.values()] == [f"notebooks/{path.name}" for path in NOTEBOOKS]


def test_every_statement_of_the_founding_page_is_there_covered_taught_and_asked(real):
    assert list(real.statements) == [f"S{number:02}" for number in range(1, 58)]
    assert all(statement.says for statement in real.statements.values())
    taught = set().union(*facts_taught(real).values())
    asked = {fact for item in real.items.values() for fact in item.facts}
    for statement in real.statements:
        facts = {fact.id for fact in real.facts.values() if statement in fact.seed}
        assert facts, f"{statement} is covered by no fact"
        assert facts & taught, f"{statement} is taught by no lesson"
        assert facts & asked, f"{statement} is asked by no item"


def test_there_is_enough_to_answer_in_the_course_and_in_each_lesson(real):
    assert len(real.items) >= 90
    items = dict.fromkeys(real.lessons, 0)
    for quiz, lesson in real.lesson_of_quiz.items():
        items[lesson] += len(real.quizzes[quiz].items)
    assert sum(items.values()) == len(real.items)
    assert {lesson: count for lesson, count in items.items() if count < 6} == {}


def test_a_notebook_is_kept_without_what_running_it_leaves(raw):
    code = [cell for cell in raw["cells"] if cell["cell_type"] == "code"]
    assert code
    for cell in code:
        assert (cell["outputs"], cell["execution_count"]) == ([], None), cell["id"]
        assert set(cell["metadata"]) == {"jupyter"}, cell["id"]
        assert is_lesson_code(cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"]))


def test_a_trainee_reads_no_python(raw):
    hidden = [cell["metadata"]["jupyter"]["source_hidden"] for cell in raw["cells"] if cell["cell_type"] == "code"]
    assert hidden
    assert set(hidden) == {True}


def test_cells_have_names_that_a_person_can_say(raw):
    ids = [cell["id"] for cell in raw["cells"]]
    assert ids
    assert sorted(ids) == sorted(set(ids))
    for id in ids:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", id), id
        assert not re.search(r"[0-9a-f]{8}", id), id


def test_a_notebook_opens_with_any_python_3(raw):
    assert (raw["nbformat"], raw["metadata"]["kernelspec"]["name"]) == (4, "python3")
    assert raw["nbformat_minor"] >= 5
    assert "version" not in raw["metadata"]["language_info"]


def headings(notebook) -> list[str]:
    texts = [cell.source for cell in notebook.cells if cell.kind == "markdown"]
    return [heading for text in texts for heading in re.findall(r"^## +(.+)$", text, re.M)]


def test_every_lesson_begins_with_the_notice_and_has_its_sections(real):
    notice = " ".join(real.head.notice.split())
    assert "not medical advice" in notice
    for lesson, notebook in real.notebooks.items():
        assert notice in " ".join(notebook.cells[0].source.split()), lesson
        found = headings(notebook)
        places = []
        for section in ("Before you read", "Check yourself", "Recap", "What next"):
            at = [place for place, heading in enumerate(found) if heading.startswith(section)]
            assert len(at) == 1, f"{lesson}: {section}"
            places += at
        assert places == sorted(places), lesson
        assert found[-1].startswith("What next"), lesson


def test_a_lesson_asks_before_it_tells_and_again_after(real):
    """Start here first says how the course works and where support is."""
    for lesson, notebook in real.notebooks.items():
        if lesson == "start-here":
            continue
        verbs = [call.verb for cell in notebook.cells for call in cell.calls]
        quizzes = [place for place, verb in enumerate(verbs) if verb == "quiz"]
        points = [place for place, verb in enumerate(verbs) if verb == "key_points"]
        assert quizzes[0] < points[0], lesson
        # The recap follows the last quiz, so telling comes between two askings.
        assert any(quizzes[0] < place < quizzes[-1] for place in points), lesson


def test_no_lesson_teaches_to_wait_before_an_emergency_was_met(real):
    same_day = {
        fact for site in real.sites.values() for symptom in site.symptoms for fact in symptom.facts
        if symptom.action == "same-day-emergency"
    }  # fmt: skip
    assert same_day
    met = False
    taught_in = []
    for lesson, notebook in real.notebooks.items():
        for call in (call for cell in notebook.cells for call in cell.calls):
            met = (
                met or call.verb == "red_flags" or (call.verb == "key_points" and bool(same_day & set(call.arguments)))
            )
            if call.verb in {"key_points", "picture"}:
                facts = call.arguments if call.verb == "key_points" else getattr(
                    real.pictures.get(call.arguments[0]), "facts", [],
                )  # fmt: skip
                if WAIT in facts:
                    taught_in.append(lesson)
                    assert met, f"{lesson} teaches to wait before any emergency"
    assert taught_in


@pytest.mark.parametrize("fact", MOVED_ON.values(), ids=MOVED_ON)
def test_where_advice_has_moved_on_it_is_said_and_taught(real, fact):
    assert real.facts[fact].moved_on
    assert fact in set().union(*facts_taught(real).values())


def test_every_fact_whose_advice_moved_on_is_taught(real):
    moved = {fact.id for fact in real.facts.values() if fact.moved_on}
    assert moved >= set(MOVED_ON.values())
    assert moved - set().union(*facts_taught(real).values()) == set()


def test_every_file_says_when_and_by_whom_it_was_reviewed():
    assert len(FILES) > 30
    for path in FILES:
        head = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(head) > {"reviewed_on", "review_by", "reviewed_by"}, path.name
        assert head["reviewed_on"] < head["review_by"], path.name
        # Until a clinician has read it, each file says so.
        assert head["reviewed_by"] == "not yet reviewed by a clinician", path.name


def test_every_option_says_why_in_words_of_its_own(real):
    assert real.items
    for item in real.items.values():
        assert len(item.options) >= 2, item.id
        whys = [option.feedback for option in item.options]
        assert all(len(why.split()) >= 3 for why in whys), item.id
        assert len(set(whys)) == len(whys), item.id


def test_no_item_can_be_answered_without_reading(real):
    lazy = re.compile(r"\b(all|none|both|any) of the (above|options|answers)\b", re.I)
    texts = [(item.id, text) for item in real.items.values() for text in [item.stem, *(o.text for o in item.options)]]
    assert len(texts) > 300
    assert [id for id, text in texts if lazy.search(text)] == []


def test_emergency_cards_say_what_to_do(real):
    assert len(real.red_flags) >= 8
    for needed in ("mscc", "hypercalcaemia", "neutropenic-sepsis"):
        assert any(needed in id or needed.split("-")[-1] in id for id in real.red_flags), needed
    shown = {
        card for notebook in real.notebooks.values() for cell in notebook.cells for call in cell.calls
        if call.verb == "red_flags" for card in call.arguments or real.red_flags
    }  # fmt: skip
    assert set(real.red_flags) - shown == set()


def test_every_picture_of_ours_says_what_it_shows(real):
    assert real.svgs
    for name, svg in real.svgs.items():
        assert re.search(r"<title[^>]*>[^<]{3,}</title>", svg), name
        assert re.search(r"<desc[^>]*>[^<]{20,}</desc>", svg), name
        assert not re.search(r"<script|\son\w+=|<image|foreignObject|https?://(?!www\.w3\.org)", svg), name


def test_every_lesson_shows_a_picture_of_ours(real):
    calls = {lesson: [call for cell in read.cells for call in cell.calls] for lesson, read in real.notebooks.items()}
    shown = {lesson: {each.arguments[0] for each in found if each.verb == "picture"} for lesson, found in calls.items()}
    assert [lesson for lesson, pictures in shown.items() if not pictures] == []
    assert set().union(*shown.values()) >= set(real.pictures)
