"""Moodle XML, opened again with other people's readers and compared with the course item by item."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from moodle_xml_parser.parser import parse_bytes

from bank_reading import LEVELS, of_kind, text
from hard_texts import HARD, hard_course
from secondsight.course import load_course
from secondsight.course.items import Case, Choice, Hotspot, Match, Order, Reflect, Spot, Vignette, Worked
from secondsight.export import moodle
from secondsight.export.edition import Edition
from secondsight.export.handover import hand_over

SCORE = Path(__file__).with_name("score.mjs")
# What Moodle 4 and 5 take as a share of a mark, in per cent, apart from 0 (question/engine/bank.php).
GRADES = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20}
GRADES |= {16.66667, 14.28571, 12.5, 11.11111, 10, 5}


def open_again(data: bytes) -> tuple[list[tuple[list[str], ElementTree.Element]], dict[str, ElementTree.Element]]:
    """The categories, each with its names as Moodle splits a path, and the questions by idnumber."""
    categories, questions = [], {}
    for question in ElementTree.fromstring(data):
        if question.get("type") == "category":
            path = question.findtext("category/text")
            names = [name.strip().replace("//", "/") for name in re.split("(?<!/)/(?!/)", path)]
            categories.append((names, question))
        else:
            assert question.findtext("idnumber") not in questions
            questions[question.findtext("idnumber")] = question
    return categories, questions


def answers(question: ElementTree.Element) -> list[tuple[str, str, str]]:
    """Each answer's text, its share of the mark, and its feedback."""
    return [
        (text(answer.findtext("text")), answer.get("fraction"), text(answer.findtext("feedback/text")))
        for answer in question.findall("answer")
    ]


@pytest.fixture(scope="module")
def real_again(real):
    return open_again(moodle.make(real, Edition()).data)


@pytest.fixture(scope="module")
def small_again(small_read):
    return open_again(moodle.make(small_read, Edition()).data)


@pytest.fixture(params=["small", "real"])
def both(request, small_read, real, small_again, real_again):
    """A course, and what was read again of its export."""
    return (small_read, *small_again) if request.param == "small" else (real, *real_again)


def test_every_item_is_there_in_its_lessons_category_and_in_the_order_of_the_lesson(small_read, real):
    for course in (small_read, real):
        lesson, found = None, {}
        for question in ElementTree.fromstring(moodle.make(course, Edition()).data):
            if question.get("type") == "category":
                lesson = question.findtext("idnumber")
            else:
                found.setdefault(lesson, []).append(question.findtext("idnumber").removesuffix(".mend"))
        asked = {id: [item.id for item in items] for id, items in course.items_by_lesson.items() if items}
        assert {id: list(dict.fromkeys(items)) for id, items in found.items()} == asked


def test_a_category_is_named_after_its_lesson_and_its_notebook_and_tells_what_the_course_is_not(both):
    course, categories, _ = both
    (names, head), *lessons = categories
    assert names == ["$course$", "top", course.head.title]
    assert head.findtext("idnumber") == course.head.id
    assert len(lessons) == sum(map(bool, course.items_by_lesson.values()))
    for names, category in lessons:
        lesson = course.lessons[category.findtext("idnumber")]
        assert names == ["$course$", "top", course.head.title, f"{lesson.notebook[:2]} {lesson.title}"]
        info = text(category.findtext("info/text"))
        assert lesson.says in info and course.head.notice in info
        assert all(f"{objective.id}: {objective.says}" in info for objective in lesson.objectives)


def test_a_question_has_a_name_an_idnumber_and_tags_that_moodle_takes_whole(both):
    course, _, questions = both
    assert len(questions) == len(course.items) + len(of_kind(course, Worked))
    for id, question in questions.items():
        item = course.items[id.removesuffix(".mend")]
        tags = [tag.text for tag in question.findall("tags/tag/text")]
        assert tags[0] == item.objective
        assert item.site is None or item.site in tags
        assert tags[-1] == getattr(item, "kind", "vignette")
        assert all(len(tag) <= 50 for tag in tags)
        assert len(id) <= 100 and 0 < len(question.findtext("name/text")) <= 255


def test_every_question_says_what_it_rests_on_with_sources_and_what_the_course_is_not(both):
    course, _, questions = both
    for id, question in questions.items():
        item = course.items[id.removesuffix(".mend")]
        feedback = question.findtext("generalfeedback/text")
        said = text(feedback)
        assert said.endswith(course.head.notice)
        for fact in map(course.facts.__getitem__, item.facts):
            assert fact.says in said
            assert not fact.moved_on or f"Advice has moved on. {fact.moved_on}" in said
        links = {link["href"]: link.get_text() for link in BeautifulSoup(feedback, "html.parser").find_all("a")}
        for source in map(course.sources.__getitem__, course.sources_of(item.facts, item.sources)):
            assert source.label in said
            assert not source.url or links[source.url] == source.label


def test_a_choice_has_its_stem_its_options_in_order_its_keys_and_its_hints(both):
    course, _, questions = both
    for item in of_kind(course, Choice):
        question = questions[item.id]
        assert question.get("type") == "multichoice"
        assert text(question.findtext("questiontext/text")) == item.stem
        assert question.findtext("single") == str(item.answers == "one").lower()
        assert [found[0] for found in answers(question)] == [option.text for option in item.options]
        keys = [float(percent) > 0 for _, percent, _ in answers(question)]
        assert keys == [option.correct for option in item.options]
        assert [text(hint.text) for hint in question.findall("hint/text")] == item.hints
        assert question.findtext("defaultgrade") == "1"


def test_every_option_says_why_with_sources_of_its_own_and_the_whole_key_stands_below(both):
    course, _, questions = both
    for item in of_kind(course, Choice) + of_kind(course, Hotspot):
        options = item.options if isinstance(item, Choice) else item.places
        below = text(questions[item.id].findtext("generalfeedback/text"))
        for option, (_, _, why) in zip(options, answers(questions[item.id]), strict=True):
            first, *cited = why.split("\n")
            labels = [course.sources[id].label for id in course.sources_of(option.facts)]
            assert first == option.feedback
            assert cited == ([f"Sources: {' · '.join(labels)}"] if option.facts else [])
            assert f"{'Right. ' if option.correct else ''}{option.feedback}" in below


def test_all_marks_are_on_moodles_list_and_a_full_answer_earns_all_of_it(both):
    _, _, questions = both
    choosing = [question for question in questions.values() if question.get("type") == "multichoice"]
    assert len(choosing) > 5
    for question in choosing:
        shares = [float(percent) for _, percent, _ in answers(question)]
        assert all(share == 0 or abs(share) in GRADES for share in shares)
        if question.findtext("single") == "true":
            assert max(shares) == 100
        else:
            assert round(sum(share for share in shares if share > 0) / 100, 2) == 1


def marks(question: ElementTree.Element, chosen: tuple[int, ...]) -> float:
    """What Moodle gives for choosing these: the sum of their shares, from 0 to 1."""
    shares = [float(percent) / 100 for _, percent, _ in answers(question)]
    return min(1, max(0, sum(shares[index] for index in chosen)))


def test_moodle_gives_each_answer_the_score_that_the_course_gives_it(real, real_again):
    _, questions = real_again
    asked, given = [], []
    for item in real.items.values():
        match item:
            case Choice(options=options) | Hotspot(places=options):
                by, keys = {"by": "choice"}, [option.correct for option in options]
                most = 1 if item.answers == "one" else len(keys)
            case Spot():
                by, keys = {"by": "spot"}, [phrase.cue for _, phrase in item.pieces if phrase]
                most = 3
            case Vignette():
                for index, level in enumerate(LEVELS):
                    asked.append({"by": "decision", "key": item.action, "chosen": level})
                    given.append(marks(questions[item.id], (index,)))
                continue
            case _:
                continue
        for count in range(1, most + 1):
            for chosen in combinations(range(len(keys)), count):
                asked.append({**by, "keys": keys, "chosen": chosen})
                given.append(marks(questions[item.id], chosen))
    assert len(asked) > 1000
    scored = subprocess.run(["node", SCORE], input=json.dumps(asked), capture_output=True, text=True, check=True)
    assert given == pytest.approx(json.loads(scored.stdout), abs=1e-5)


def test_more_cues_than_moodle_has_equal_shares_for_still_make_a_whole_mark(small):
    file = "exercises/questions/third.yaml"
    words = [f"cue {number}" for number in range(12)]
    small.edit(file, "[My legs give way]", "[My legs give way]. " + ". ".join(f"[{each}]" for each in words))
    more = "".join(f"          - {{says: {each}, cue: true, why: It counts.}}\n" for each in words)
    small.edit(file, "          - {says: I sleep badly", f"{more}          - {{says: I sleep badly")
    _, questions = open_again(moodle.make(load_course(small.root), Edition()).data)
    shares = [float(percent) for _, percent, _ in answers(questions["mark-call"])]
    assert len(shares) == 15
    assert sum(share for share in shares if share > 0) == 100
    assert all(abs(share) in GRADES for share in shares)


def test_a_match_pairs_each_card_with_its_group_and_tells_why_below(both):
    course, _, questions = both
    for item in of_kind(course, Match):
        question = questions[item.id]
        assert question.get("type") == "matching"
        assert text(question.findtext("questiontext/text")) == item.stem
        pairs = [
            (text(pair.findtext("text")), pair.findtext("answer/text")) for pair in question.findall("subquestion")
        ]
        assert Counter(pairs) == Counter((card.text, card.group) for card in item.cards)
        below = text(question.findtext("generalfeedback/text"))
        assert all(f"{card.text} → {card.group}" in below and card.feedback in below for card in item.cards)
        assert [text(hint.text) for hint in question.findall("hint/text")] == item.hints


def test_an_order_has_its_steps_in_the_right_order_and_counts_pairs(both):
    course, _, questions = both
    for item in of_kind(course, Order):
        question = questions[item.id]
        assert question.get("type") == "ordering"
        assert text(question.findtext("questiontext/text")) == item.stem
        assert [found[0] for found in answers(question)] == [step.text for step in item.steps]
        assert question.findtext("gradingtype") == "RELATIVE_ALL_PREVIOUS_AND_NEXT"
        assert (question.findtext("selecttype"), question.findtext("selectcount")) == ("ALL", str(len(item.steps)))
        below = text(question.findtext("generalfeedback/text"))
        assert all(step.text in below and step.feedback in below for step in item.steps)
        assert [text(hint.text) for hint in question.findall("hint/text")] == item.hints


def test_a_hotspot_brings_its_picture_with_a_letter_at_each_place_and_words_for_who_cannot_see_it(both):
    course, _, questions = both
    for item in of_kind(course, Hotspot):
        question = questions[item.id]
        stem = question.findtext("questiontext/text")
        assert item.stem in text(stem) and course.pictures[item.picture].caption in text(stem)
        file = question.find("questiontext/file")
        assert (file.get("encoding"), file.get("path")) == ("base64", "/")
        image = BeautifulSoup(stem, "html.parser").find("img")
        assert image["src"] == f"@@PLUGINFILE@@/{file.get('name')}"
        drawn = etree.fromstring(base64.b64decode(file.text))
        svg = "{http://www.w3.org/2000/svg}"
        assert drawn.tag == f"{svg}svg"
        assert image["alt"].startswith(drawn.findtext(f".//{svg}title").rstrip("."))
        assert drawn.findtext(f".//{svg}desc").rstrip(".") in image["alt"]
        pins = [pin.text for pin in drawn.iterfind(f".//{svg}text[@class='p-num']")]
        assert pins[-len(item.places) :] == list("abcdefghij"[: len(item.places)])
        assert [found[0] for found in answers(question)] == [place.text for place in item.places]
        # Its letters are the picture's.
        assert (question.findtext("shuffleanswers"), question.findtext("answernumbering")) == ("false", "abc")
        assert [text(hint.text) for hint in question.findall("hint/text")] == item.hints


def test_a_text_to_be_marked_has_its_phrases_underlined_and_offered_in_its_own_order(both):
    course, _, questions = both
    for item in of_kind(course, Spot):
        question = questions[item.id]
        stem = question.findtext("questiontext/text")
        phrases = [phrase for _, phrase in item.pieces if phrase]
        assert [found.get_text() for found in BeautifulSoup(stem, "html.parser").find_all("u")] == [
            phrase.says for phrase in phrases
        ]
        told = [line for line in "".join(piece for piece, _ in item.pieces).split("\n") if line]
        assert [line for line in text(stem).split("\n") if line.strip()] == [item.stem, *told]
        assert question.findtext("single") == "false" and question.findtext("shuffleanswers") == "false"
        assert [(says, float(percent) > 0, why) for says, percent, why in answers(question)] == [
            (phrase.says, phrase.cue, f"Cue. {phrase.why}" if phrase.cue else phrase.why) for phrase in phrases
        ]


def test_a_worked_case_is_two_questions_of_half_a_mark_and_neither_gives_the_other_away(both):
    course, _, questions = both
    for item in of_kind(course, Worked):
        slip, mend = questions[item.id], questions[f"{item.id}.mend"]
        assert [(says, percent == "100", why) for says, percent, why in answers(slip)] == [
            (f"{number}. {step.says}", step.wrong, step.why) for number, step in enumerate(item.steps, start=1)
        ]
        assert [(says, percent == "100") for says, percent, _ in answers(mend)] == [
            (option.text, option.correct) for option in item.mends
        ]
        assert all(float(each.findtext("defaultgrade")) == 0.5 for each in (slip, mend))
        before = text(mend.findtext("questiontext/text"))
        assert all(step.says in before for step in item.steps)
        assert not any(step.why in before for step in item.steps)
        assert "Which step is the slip?" in text(slip.findtext("questiontext/text"))


def test_own_words_are_an_essay_that_holds_up_no_grade_and_has_its_model_for_both_sides(both):
    course, _, questions = both
    for item in of_kind(course, Reflect):
        question = questions[item.id]
        assert question.get("type") == "essay"
        assert text(question.findtext("questiontext/text")) == item.stem
        assert question.findtext("defaultgrade") == "0"
        for side in ("graderinfo", "generalfeedback"):
            said = text(question.findtext(f"{side}/text"))
            assert item.model in said and all(point in said for point in item.points)


def test_a_case_tells_all_that_matters_before_its_decision_and_the_rest_after_it(both):
    course, _, questions = both
    for item in of_kind(course, Case):
        question = questions[item.id]
        before = text(question.findtext("questiontext/text"))
        after = text(question.findtext("generalfeedback/text"))
        assert all(part in before for part in (item.patient, item.history, item.setting, item.steps[0].says))
        for ask in (ask for step in item.steps for ask in step.asks if ask.key):
            assert f"{ask.text} {ask.answer}" in before
            assert ask.why in after and ask.why not in before
        for step in item.steps:
            assert not step.turns or step.says not in before or any(turn.text in before for turn in step.turns)
        assert all(part in after for part in (item.detail, item.debrief, item.consider, *item.cues, *item.lures))
        for level, (says, percent, why) in zip(LEVELS, answers(question), strict=True):
            assert says == course.actions[level].name and item.actions[level] in why
            assert (percent == "100") == (level == item.action)


def test_a_vignette_is_judged_by_four_levels_and_one_too_fast_earns_half(both):
    course, _, questions = both
    speeds = {True: "Faster than needed.", False: "Too slow for this one."}
    for item in of_kind(course, Vignette):
        question = questions[item.id]
        assert text(question.findtext("questiontext/text")).startswith("".join(piece for piece, _ in item.pieces))
        key = LEVELS.index(item.action)
        shares = {key: "100", key - 1: "50"}
        assert answers(question) == [
            (course.actions[level].name, shares.get(at, "0"), "The right speed." if at == key else speeds[at < key])
            for at, level in enumerate(LEVELS)
        ]
        after = text(question.findtext("generalfeedback/text"))
        assert item.why in after
        assert all(piece in after.split("\n") for piece, marked in item.pieces if marked)
        if item.card:
            card = course.red_flags[item.card]
            assert all(line in after for line in (card.name, *card.features, card.who_to_call, card.while_waiting))


def test_what_is_left_out_is_listed_and_nothing_else_is_missing(small_read, real):
    for course in (small_read, real):
        package = moodle.make(course, Edition())
        assert package.items == len(course.items)
        cases = len(of_kind(course, Case))
        (left,) = package.left_out
        assert left.item == f"the questions to the patient in {cases} case{'s' if cases > 1 else ''}"
        assert left.reason
    assert moodle.make(real.only(["bone"]), Edition()).left_out == []


@pytest.mark.parametrize("course", ["small_read", "real"])
def test_somebody_elses_reader_finds_the_same_choices(course, request):
    course = request.getfixturevalue(course)
    found = parse_bytes(moodle.make(course, Edition()).data)["multichoice"]
    by_stem = {text(question.text_pre_parse): question for question in found}
    asked = {item.stem: item for item in of_kind(course, Choice)}
    assert asked.keys() <= by_stem.keys()
    for stem, item in asked.items():
        question = by_stem[stem]
        assert question.single == (item.answers == "one")
        assert (question.default_grade, question.shuffle_answers, question.answernumbering) == (1, True, "abc")
        assert (question.correct_feedback, question.incorrect_feedback) == ("Right.", "Not this time.")
        assert [
            (text(each.answer), each.score_fraction > 0, text(each.feedback).split("\n")[0])
            for each in question.options
        ] == [(option.text, option.correct, option.feedback) for option in item.options]


def test_hard_texts_come_back_as_they_were(small):
    course = hard_course(small)
    data = moodle.make(course, Edition()).data
    etree.fromstring(data, etree.XMLParser(recover=False, resolve_entities=False))
    categories, questions = open_again(data)
    assert categories[2][0] == ["$course$", "top", course.head.title, f"01 {course.lessons['second'].title}"]
    assert course.head.title == "/A/B // <Course>/"
    for number, hard in enumerate(HARD):
        question = questions[f"hard-{number}"]
        item = course.items[f"hard-{number}"]
        assert item.stem == hard.strip()
        assert text(question.findtext("questiontext/text")) == item.stem
        assert [found[0] for found in answers(question)] == [option.text for option in item.options]
        assert answers(question)[0][2] == item.options[0].feedback
        assert text(question.findtext("hint/text")) == item.hints[0]
        assert not BeautifulSoup(question.findtext("questiontext/text"), "html.parser").find(["script", "b"])
    pairs = questions["hard-pairs"].findall("subquestion")
    assert Counter(pair.findtext("answer/text") for pair in pairs) == Counter(course.items["hard-pairs"].groups)


def test_a_control_character_does_not_spoil_the_file(small):
    small.edit("exercises/questions/second.yaml", "stem: Legs give way.", 'stem: "Legs \\u0001\\u001bgive way.')
    small.edit("exercises/questions/second.yaml", "When do you call?", 'When do you call?"')
    course = load_course(small.root)
    assert "\x01" in course.items["legs-when"].stem
    _, questions = open_again(moodle.make(course, Edition()).data)
    assert text(questions["legs-when"].findtext("questiontext/text")) == "Legs give way. When do you call?"


def test_chosen_lessons_are_the_same_questions_in_the_same_categories_as_in_the_whole(real, real_again):
    categories, questions = open_again(moodle.make(real.only(["talking", "bone"]), Edition()).data)
    assert [category.findtext("idnumber") for _, category in categories] == ["second-sight", "bone", "talking"]
    every = [names for names, _ in real_again[0]]
    assert all(names in every for names, _ in categories)
    chosen = {item.id for lesson in ("bone", "talking") for item in real.items_by_lesson[lesson]}
    assert {id.removesuffix(".mend") for id in questions} == chosen
    for id, question in questions.items():
        assert ElementTree.tostring(question).strip() == ElementTree.tostring(real_again[1][id]).strip()


def test_a_title_of_ones_own_names_the_category_with_whom_to_ask_and_leaves_ids_alone(small, tmp_path):
    out = tmp_path / "bank.xml"
    hand_over(small.root, "moodle", out, Edition(title="Nursing, spring", contact="Skills lab <lab@example.org>"))
    categories, questions = open_again(out.read_bytes())
    assert "Questions about this course: Skills lab <lab@example.org>" in text(categories[0][1].findtext("info/text"))
    assert all(names[2] == "Nursing, spring" for names, _ in categories)
    assert "which-ache" in questions


def test_the_same_course_gives_the_same_bytes_in_another_process(small):
    here = moodle.make(load_course(small.root), Edition()).data
    made = (
        "import sys; from pathlib import Path; from secondsight.course import load_course; "
        "from secondsight.export import moodle; from secondsight.export.edition import Edition; "
        "sys.stdout.buffer.write(moodle.make(load_course(Path(sys.argv[1])), Edition()).data)"
    )
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", made, small.root], capture_output=True, env=env, check=True)
        assert done.stdout == here
