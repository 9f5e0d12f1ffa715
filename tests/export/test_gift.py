"""GIFT, opened again with gift-pegjs and by Moodle's own rules, and compared with the course item by item."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from bank_reading import LEVELS, of_kind, text
from hard_texts import HARD, hard_course
from secondsight.course import load_course
from secondsight.course.items import Case, Choice, Hotspot, Match, Order, Reflect, Spot, Vignette, Worked
from secondsight.export import gift
from secondsight.export.edition import Edition, ExportError
from secondsight.export.handover import hand_over

READER = Path(__file__).with_name("gift.mjs")


def read(data: bytes) -> list[dict]:
    """All that gift-pegjs finds in a file."""
    done = subprocess.run(["node", READER], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


def decoded(text: str) -> str:
    """gift-pegjs leaves its placeholders in the right half of a pair."""
    return re.sub("&&([0-9]{3});", lambda found: chr(int(found[1])), text)


def by_id(found: list[dict]) -> dict[str, dict]:
    return {question["id"]: question for question in found if question["type"] != "Category"}


@pytest.fixture(scope="module")
def real_found(real):
    return read(gift.make(real, Edition()).data)


@pytest.fixture(scope="module")
def small_found(small_read):
    return read(gift.make(small_read, Edition()).data)


@pytest.fixture(params=["small", "real"])
def both(request, small_read, real, small_found, real_found):
    """A course, and what was read again of its export, by idnumber."""
    return (small_read, by_id(small_found)) if request.param == "small" else (real, by_id(real_found))


def choices(question: dict) -> list[tuple[str, float, str]]:
    """Each choice's text, its share of the mark in per cent, and its feedback."""
    return [
        (
            text(each["text"]["text"]),
            100 if each["isCorrect"] else each["weight"] or 0,
            text(each["feedback"]["text"]),
        )
        for each in question["choices"]
    ]


def test_every_item_that_gift_can_hold_stands_under_its_lesson_in_the_order_of_the_lesson(
    small_read, real, small_found, real_found
):
    for course, everything in ((small_read, small_found), (real, real_found)):
        category, found = None, {}
        for question in everything:
            if question["type"] == "Category":
                category = question["title"]
            else:
                found.setdefault(category, []).append(question["id"].removesuffix(".mend"))
        asked = {}
        for id, items in course.items_by_lesson.items():
            held = [item.id for item in items if not isinstance(item, (Order, Hotspot))]
            lesson = course.lessons[id]
            if held:
                asked[f"$course$/top/{course.head.title}/{lesson.notebook[:2]} {lesson.title}"] = held
        assert {name: list(dict.fromkeys(ids)) for name, ids in found.items()} == asked


def test_what_is_left_out_is_listed_with_its_reason_and_nothing_else_is_missing(small_read, real):
    for course in (small_read, real):
        package = gift.make(course, Edition())
        *whole, cases, hints = package.left_out
        left = {part.item: part.reason for part in whole}
        assert left.keys() == {item.id for item in of_kind(course, Order, Hotspot)}
        assert all("order" in left[item.id] for item in of_kind(course, Order))
        assert all("picture" in left[item.id] for item in of_kind(course, Hotspot))
        assert package.items + len(left) == len(course.items)
        number = len(of_kind(course, Case))
        assert cases.item == f"the questions to the patient in {number} case{'s' if number > 1 else ''}"
        number = sum(bool(getattr(item, "hints", [])) for item in course.items.values() if item.id not in left)
        assert hints.item == f"the hints of {number} items"


def test_an_item_has_its_id_its_tags_and_a_name(both):
    course, found = both
    for id, question in found.items():
        item = course.items[id.removesuffix(".mend")]
        kind = getattr(item, "kind", "vignette")
        assert question["tags"] == list(dict.fromkeys(filter(None, [item.objective, item.site, kind])))
        assert question["title"]
        assert question["stem"]["format"] == "html"


def test_a_choice_has_its_stem_its_options_in_order_with_their_marks_and_why(both):
    course, found = both
    for item in of_kind(course, Choice):
        question = found[item.id]
        keys = sum(option.correct for option in item.options)
        wrong = 0 if item.answers == "one" else -100 / keys
        assert question["type"] == "MC"
        assert text(question["stem"]["text"]) == item.stem
        assert [(says, why.split("\n")[0]) for says, _, why in choices(question)] == [
            (option.text, option.feedback) for option in item.options
        ]
        shares = [100 / keys if option.correct else wrong for option in item.options]
        assert [share for _, share, _ in choices(question)] == pytest.approx(shares, abs=1e-4)
        # With a full mark on one answer, other programs would take it for a question with one answer.
        assert any(each["isCorrect"] for each in question["choices"]) == (item.answers == "one")


def test_what_the_key_rests_on_is_told_below_each_question(both):
    course, found = both
    for id, question in found.items():
        item = course.items[id.removesuffix(".mend")]
        below = text(question["globalFeedback"]["text"])
        assert below.endswith(course.head.notice)
        assert all(course.facts[fact].says in below for fact in item.facts)
        assert all(course.sources[id].label in below for id in course.sources_of(item.facts, item.sources))


def test_a_match_pairs_each_card_with_its_group_and_tells_why_below(both):
    course, found = both
    for item in of_kind(course, Match):
        question = found[item.id]
        assert question["type"] == "Matching"
        pairs = [(text(pair["subquestion"]["text"]), decoded(pair["subanswer"])) for pair in question["matchPairs"]]
        assert Counter(pairs) == Counter((card.text, card.group) for card in item.cards)
        assert all(card.feedback in text(question["globalFeedback"]["text"]) for card in item.cards)


def test_a_text_to_be_marked_offers_its_phrases_and_cues_share_the_mark(both):
    course, found = both
    for item in of_kind(course, Spot):
        phrases = [phrase for _, phrase in item.pieces if phrase]
        cues = sum(phrase.cue for phrase in phrases)
        question = found[item.id]
        assert [says for says, _, _ in choices(question)] == [phrase.says for phrase in phrases]
        shares = [100 / cues if phrase.cue else -100 / (len(phrases) - cues) for phrase in phrases]
        assert [share for _, share, _ in choices(question)] == pytest.approx(shares, abs=1e-4)
        assert not any(each["isCorrect"] for each in question["choices"])
        marked = BeautifulSoup(question["stem"]["text"], "html.parser").find_all("u")
        assert [each.get_text() for each in marked] == [phrase.says for phrase in phrases]


def test_a_worked_case_is_a_question_for_the_slip_and_one_for_the_mend(both):
    course, found = both
    for item in of_kind(course, Worked):
        slip, mend = found[item.id], found[f"{item.id}.mend"]
        assert [(says, share, why) for says, share, why in choices(slip)] == [
            (f"{number}. {step.says}", 100 * step.wrong, step.why) for number, step in enumerate(item.steps, start=1)
        ]
        assert [(says, share) for says, share, _ in choices(mend)] == [
            (option.text, 100 * option.correct) for option in item.mends
        ]


def test_own_words_are_an_essay_with_the_model_answer_below(both):
    course, found = both
    for item in of_kind(course, Reflect):
        question = found[item.id]
        assert question["type"] == "Essay"
        assert text(question["stem"]["text"]) == item.stem
        below = text(question["globalFeedback"]["text"])
        assert item.model in below and all(point in below for point in item.points)


def test_cases_and_vignettes_are_decided_on_four_levels_and_one_too_fast_earns_half(both):
    course, found = both
    names = [course.actions[level].name for level in LEVELS]
    for item in of_kind(course, Case, Vignette):
        key = LEVELS.index(item.action)
        shares = {key: 100, key - 1: 50}
        told = choices(found[item.id])
        assert [(says, share) for says, share, _ in told] == [
            (name, shares.get(at, 0)) for at, name in enumerate(names)
        ]
        opening = item.patient if isinstance(item, Case) else "".join(piece for piece, _ in item.pieces)
        assert text(found[item.id]["stem"]["text"]).startswith(opening)


def test_hard_texts_come_back_as_they_were(small):
    course = hard_course(small)
    everything = read(gift.make(course, Edition()).data)
    found = by_id(everything)
    assert everything[0]["title"].startswith("$course$/top/ //A//B //// <Course>// /")
    for number in range(len(HARD)):
        question, item = found[f"hard-{number}"], course.items[f"hard-{number}"]
        right, wrong = item.options
        assert text(question["stem"]["text"]) == item.stem
        assert [says for says, _, _ in choices(question)] == [right.text, wrong.text]
        assert [why for _, _, why in choices(question)] == [right.feedback, wrong.feedback]
        assert [share for _, share, _ in choices(question)] == [100, 0 if item.answers == "one" else -100]
    covers = found["hard-words"]["globalFeedback"]["text"].split("A good answer covers:")[1].split("</ul>")[0]
    points = [point.get_text().split() for point in BeautifulSoup(covers, "html.parser").find_all("li")]
    assert points == [point.split() for point in course.items["hard-words"].points]
    pairs = Counter(decoded(pair["subanswer"]) for pair in found["hard-pairs"]["matchPairs"])
    assert pairs == Counter(" ".join(group.split()) for group in course.items["hard-pairs"].groups)


def as_moodle(data: bytes) -> list[dict]:
    """Questions by the rules of Moodle's own import (question/format/gift/format.php), which knows no grammar."""
    questions = []
    for block in re.split(r"\n[ \t]*\n", data.decode()):
        lines = [line.strip() for line in block.split("\n")]
        body = "\n".join("" if line.startswith("//") else line for line in lines).strip()
        body = body.replace(r"\\", "&&092;")
        body = re.sub(r"\\([:#={}~])", lambda found: f"&&{ord(found[1]):03};", body).replace("&&092;", "\\")
        if body.startswith("$CATEGORY:"):
            continue
        name, rest = body.removeprefix("::").split("::", 1)
        start, end = rest.index("{"), rest.index("}")
        inside, _, below = rest[start + 1 : end].strip().rpartition("####")
        made = {"name": name, "stem": rest[:start] + rest[end + 1 :], "below": below, "answers": []}
        made["id"] = re.search(r"\[id:([^]]+)]", block)[1]
        made["tags"] = re.findall(r"\[tag:([^]<>]+)]", block)
        if "~" in inside:
            made["single"] = "=" in inside
            made["answers"] = [_moodle_answer(part) for part in inside.strip().replace("=", "~=").split("~")[1:]]
        elif inside.strip():
            made["answers"] = [tuple(map(str.strip, part.split("->", 1))) for part in inside.strip().split("=")[1:]]
        questions.append(made)
    return questions


def _moodle_answer(part: str) -> tuple[str, float, str]:
    part = part.strip()
    weight = re.match(r"%-*([0-9]{1,2})\.?([0-9]*)%", part)
    share = 100.0 if part.startswith("=") else float(part[1:].split("%")[0]) if weight else 0.0
    part = part[1:] if part.startswith("=") else part[weight.end() :] if weight else part
    says, why = part.split("#", 1)
    return _moodle_text(says), share, _moodle_text(why)


def _moodle_text(html: str) -> str:
    html = re.sub(r"^\[(html|plain|markdown|moodle)]", "", html.strip())
    return text(decoded(html).strip())


def test_moodles_own_rules_find_the_same_questions(small, real):
    for course in (real, hard_course(small)):
        package = gift.make(course, Edition())
        found = {question["id"]: question for question in as_moodle(package.data)}
        other = by_id(read(package.data))
        assert found.keys() == other.keys() and found
        for id, question in found.items():
            there = other[id]
            assert question["stem"].startswith("[html]")
            assert _moodle_text(question["stem"]) == text(there["stem"]["text"])
            assert _moodle_text(question["below"]) == text(there["globalFeedback"]["text"])
            assert question["tags"] == there["tags"]
            if there["type"] == "MC":
                assert question["answers"] == choices(there)
                assert question["single"] == any(each["isCorrect"] for each in there["choices"])
            elif there["type"] == "Matching":
                pairs = [(_moodle_text(card), decoded(group)) for card, group in question["answers"]]
                assert pairs == [
                    (text(pair["subquestion"]["text"]), decoded(pair["subanswer"])) for pair in there["matchPairs"]
                ]
            else:
                assert there["type"] == "Essay" and question["answers"] == []


def test_lessons_of_which_gift_can_hold_nothing_are_refused_by_name(small):
    course = load_course(small.root)
    quiz = course.quizzes["third-kinds"]
    orders = [item for item in quiz.items if isinstance(item, (Order, Hotspot))]
    course.quizzes = {"third-kinds": quiz.model_copy(update={"items": orders})}
    course.cases, course.vignettes = {}, {}
    with pytest.raises(ExportError, match=r"^GIFT can hold nothing of what third asks; .*--to moodle$"):
        gift.make(course.only(["third"]), Edition())


def test_chosen_lessons_are_the_same_questions_as_in_the_whole(real, real_found):
    found = by_id(read(gift.make(real.only(["talking", "bone"]), Edition()).data))
    every = by_id(real_found)
    assert {real.lesson_of_item[id.removesuffix(".mend")] for id in found} == {"bone", "talking"}
    assert all(question == every[id] for id, question in found.items())


def test_the_file_is_written_where_it_was_asked_for(small, tmp_path):
    out = tmp_path / "bank.gift.txt"
    done = hand_over(small.root, "gift", out, Edition())
    assert out.read_bytes() == done.package.data
    assert len(by_id(read(out.read_bytes()))) == done.package.items + 1  # a worked case is two questions


def test_the_same_course_gives_the_same_bytes_in_another_process(small):
    here = gift.make(load_course(small.root), Edition()).data
    made = (
        "import sys; from pathlib import Path; from secondsight.course import load_course; "
        "from secondsight.export import gift; from secondsight.export.edition import Edition; "
        "sys.stdout.buffer.write(gift.make(load_course(Path(sys.argv[1])), Edition()).data)"
    )
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", made, small.root], capture_output=True, env=env, check=True)
        assert done.stdout == here
