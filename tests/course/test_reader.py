"""Files to a course: each thing wrong in a file is one sentence at its file and line."""

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from read_printed import printed_and_given
from secondsight.course import CourseError, audit, find_course, load_course, read_course
from secondsight.course.audit import blueprint
from secondsight.course.reader import course_files
from small_course import BODIES, HEAD, SmallCourse

FIRST = "exercises/questions/first.yaml"
FACTS = "content/facts/aches.yaml"
LESSONS = ["first", "second", "third", "fourth", "again", "finish", "standing", "certificate"]


def read(small) -> list[str]:
    return [str(problem) for problem in read_course(small.root)[1]]


def test_the_small_course_is_read_whole(small):
    course, problems = read_course(small.root)
    assert problems == []
    assert list(course.lessons) == list(course.notebooks) == LESSONS
    assert list(course.facts) == ["ache-lasts", "ache-passes", "legs-weak"]
    assert [item.id for item in course.quizzes["first-before"].items] == ["which-ache", "which-aches"]
    assert course.asked_in == {
        ("quiz", "first-before"): "first",
        ("quiz", "second-before"): "second",
        ("quiz", "third-kinds"): "third",
        ("case", "stiff-back"): "third",
        ("clinic", "small-clinic"): "third",
    }
    assert list(course.cases) == ["stiff-back"]
    vignettes = course.vignettes["small-clinic"]
    assert [vignette.id for vignette in vignettes] == ["v-stairs", "v-may", "v-digging", "v-weeks"]
    assert [want.least for want in course.blueprint.wants] == [2, 1, 4]
    assert [draw.items for draw in course.final_check.draws] == [1, 2, 2]
    assert course.places["fact", "legs-weak"] == (FACTS, small.line(FACTS, "id: legs-weak"))


# What is broken: the file, what stands there, what comes instead, at which text the line is, and what is said.
BROKEN = {
    "syntax error": (FACTS, "says: Most aches pass.", "says: Most: aches: pass.", "Most: aches", "not valid YAML"),
    "unknown field": (FACTS, "seed: [S01]", "seeds: [S01]", "seeds", "fact 'ache-lasts' has an unknown field 'seeds'"),
    "did you mean": (FIRST, "hints:", "hint:", "hint:", "did you mean 'hints'?"),
    "known fields": (FACTS, "seed: [S01]", "zzz: x", "zzz", "the known ones are id, says, seed, sources"),
    "wrong type": (FACTS, "sources: [ward-book]", "sources: ward-book", "sources: ward", "a list under"),
    "text wanted": (FACTS, "says: Most aches pass.", "says: [x]", "says: [x]", "should have text as 'says'"),
    "fields wanted": (FACTS, "  - id: ache-passes", "  - x\n  - id: ache-passes", "  - x", "should hold fields"),
    "empty text": (FACTS, "says: Most aches pass.", "says: ''", "says: ''", "empty or too short 'says'"),
    "bad id": (FACTS, "id: legs-weak", "id: Legs weak", "id: Legs weak", "not of the form it takes"),
    "bad date": (FACTS, "2027-01-10", "next year", "review_by", "'review_by' that does not fit"),
    "bad number": (
        "content/lessons/first.yaml",
        "minutes: 5",
        "minutes: five",
        "minutes",
        "'minutes' that does not fit",
    ),
    "script url": (
        "content/sources.yaml",
        "https://example.org/ward-book",
        "javascript:alert(1)",
        "url:",
        "not of the form it takes",
    ),
    "breaking url": (
        "content/sources.yaml",
        "https://example.org/ward-book",
        "'https://x/\"onclick=\"y'",
        "url:",
        "source 'ward-book'",
    ),
    "picture elsewhere": (
        "content/pictures.yaml",
        "pictures/back.svg",
        "../../etc/passwd",
        "file:",
        "not of the form it takes",
    ),
    "unknown level": (
        "content/sites/back.yaml",
        "action: same-day-emergency",
        "action: soon",
        "action: soon",
        "it takes 'same-day",
    ),
    "unknown kind": (FIRST, "kind: choice", "kind: chioce", "- id: which-ache", "item 'which-ache' has kind 'chioce'"),
    "no key": (FIRST, "            correct: true\n", "", "- id: which-ache", "item 'which-ache' has no option marked"),
    "two keys": (
        FIRST,
        "feedback: Most aches pass.",
        "correct: true\n            feedback: x",
        "- id: which-ache",
        "has 2 options marked correct; a 'choice' with 'answers: one' takes exactly one",
    ),
    "all right": (
        FIRST,
        "feedback: A scar stays.",
        "feedback: x, correct: true",
        "- id: which-aches",
        "every option marked correct",
    ),
    "same option": (FIRST, "text: A bruise", "text: A strain", "- id: which-aches", "two options with the same text"),
    "one option": (
        "exercises/questions/second.yaml",
        "          - {text: After the weekend, feedback: Too late.}\n",
        "",
        "options:",
        "item 'legs-when' has an empty or too short 'options'",
    ),
    "no feedback": (
        FIRST,
        "            feedback: It has lasted.\n",
        "",
        "- text: One that lasts",
        "option b of item 'which-ache' has no 'feedback'",
    ),
    "blank feedback": (FIRST, "It has lasted.", "'  '", "feedback: '  '", "option b of item 'which-ache' has an empty"),
    "a third hint": (FIRST, "- Think of time.", "- x\n          - y", "hints:", "'hints' that does not fit"),
    "review backwards": (FACTS, "2027-01-10", "2025-01-10", "reviewed_on", "'review_by' that is not after"),
    "key twice": (FACTS, "    says: Most", "    says: x\n    says: Most", "    says: Most", "'says' is given twice"),
    "alias": (FACTS, "says: Most aches pass.", "says: *x", "says: *x", "anchors (&) and aliases (*)"),
    "deep": (FACTS, "says: Most aches pass.", "says: " + "[" * 900 + "]" * 900, "says: [", "nested more than"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_one_sentence_at_its_line(small, broken):
    file, old, new, at, says = broken
    small.edit(file, old, new)
    (problem,) = read(small)
    assert problem.startswith(f"{file}:{small.line(file, at)}: ")
    assert says in problem
    assert "\n" not in problem


PARTS = [
    (FACTS, "fact", "id: ache-lasts", "id: legs-weak"),
    ("content/sources.yaml", "source", "id: ward-book", "id: old-letter"),
    ("content/statements.yaml", "statement", "id: S01", "id: S02"),
    ("content/actions.yaml", "action", "id: same-day-emergency", "id: reassure-and-safety-net"),
    ("content/sites/back.yaml", "symptom", "id: back-ache", "id: back-legs"),
    (FIRST, "item", "id: which-ache", "id: which-aches"),
    ("exercises/questions/third.yaml", "item", "id: sort-aches", "id: write-why"),
    ("exercises/vignettes/third.yaml", "item", "id: v-stairs", "id: v-weeks"),
]


@pytest.mark.parametrize(("file", "kind", "first", "second"), PARTS, ids=[part[1] for part in PARTS])
def test_an_id_given_twice_is_named_with_both_places(small, file, kind, first, second):
    was = small.line(file, first)
    line = small.line(file, second)
    id = first.removeprefix("id: ")
    small.write(file, small.read(file).replace(second, first))
    assert f"{file}:{line}: {kind} '{id}' is already at {file}:{was}; give this one another id" in read(small)


def test_an_id_given_twice_across_files_is_named(small):
    other = "content/facts/more.yaml"
    small.write(other, small.read(FACTS))
    problems = read(small)
    assert len(problems) == 3
    assert f"{other}:6: fact 'ache-lasts' is already at {FACTS}:6; give this one another id" in problems


def test_all_problems_of_a_run_are_listed(small):
    small.edit(FACTS, "seed: [S01]", "seeds: [S01]")
    small.edit(FACTS, "says: Weak legs are an emergency.", "says: ''")
    small.edit(FIRST, "stem: Which ache", "stemm: Which ache")
    small.write("content/glossary.yaml", "a: [")
    small.write("notebooks/01-second.ipynb", "no JSON")
    problems = read(small)
    # A field that is misspelt is two things to mend in the item: one unknown, one missing.
    assert sorted({problem.split(": ")[0].split(":")[0] for problem in problems}) == [
        "content/facts/aches.yaml",
        "content/glossary.yaml",
        "exercises/questions/first.yaml",
        "notebooks/01-second.ipynb",
    ]
    assert len(problems) == 6


@pytest.mark.parametrize("file", sorted(BODIES))
def test_a_file_without_its_head_is_named(small, file):
    small.write(file, BODIES[file])
    problems = read(small)
    for field in ("reviewed_on", "review_by", "reviewed_by"):
        assert any(p.startswith(f"{file}:") and f"this file has no '{field}'" in p for p in problems), field


def test_every_item_of_whatever_kind_has_the_lesson_that_asks_it(small_read):
    asked = small_read.lesson_of_item
    assert set(asked) == set(small_read.items)
    assert {id: asked[id] for id in ("which-ache", "legs-when", "mark-call", "stiff-back", "v-may")} == {
        "which-ache": "first", "legs-when": "second", "mark-call": "third", "stiff-back": "third", "v-may": "third",
    }  # fmt: skip


def test_a_course_without_a_blueprint_wants_nothing_more(small):
    (small.root / "exercises/blueprint.yaml").unlink()
    assert small.problems() == []


@pytest.mark.parametrize("file", [file for file in sorted(BODIES) if re.fullmatch(r"content/[^/]+", file)])
def test_a_missing_file_is_named(small, file):
    (small.root / file).unlink()
    assert f"{file}: this file is missing; the course needs it" in read(small)


@pytest.mark.parametrize("text", ["", HEAD, "- a list", "just text", "[]"])
def test_a_file_that_holds_something_else_is_named(small, text):
    small.write(FACTS, text)
    problems = read(small)
    assert problems
    assert all(problem.startswith(f"{FACTS}:") for problem in problems)


@pytest.mark.parametrize(
    "file", ["content/fcats/x.yaml", "content/facts.yml", "exercises/x.yaml", "content/facts/a/b.yaml"]
)
def test_a_yaml_file_that_nothing_reads_is_named(small, file):
    small.write(file, small.read(FACTS))
    assert [problem.split(": ")[0] for problem in read(small)] == [file]


@pytest.mark.parametrize("name", [FACTS, "notebooks/00-first.ipynb", "content/pictures/back.svg"])
def test_a_file_that_is_not_utf8_is_named_with_its_line(small, name):
    small.write(name, small.read(name).encode() + b"\n# caf\xe9\n")
    line = len(small.root.joinpath(name).read_bytes().split(b"\xe9")[0].splitlines())
    assert read(small)[0] == f"{name}:{line}: this line is not UTF-8 text; save the file as UTF-8"


@pytest.mark.parametrize("name", [FACTS, "notebooks/00-first.ipynb", "content/pictures/back.svg"])
def test_a_file_of_50_mb_is_named_and_not_read(small, name):
    with (small.root / name).open("wb") as file:
        file.truncate(50_000_000)
    problems = read(small)
    assert f"{name}: this file has 50,000,000 bytes, more than 2,000,000; split it" in problems
    assert len(problems) == 1


@pytest.mark.parametrize("name", [FACTS, "notebooks/00-first.ipynb", "content/pictures/back.svg"])
def test_a_file_that_cannot_be_read_is_named(small, name):
    (small.root / name).unlink()
    (small.root / name).symlink_to("nowhere")
    (problem,) = read(small)
    assert problem.startswith(f"{name}: this file cannot be read (")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"nbformat": 3, "cells": []}',
        '{"nbformat": 4}',
        '{"nbformat": 4, "cells": [1]}',
        "[" * 99_999,
    ],
)
def test_a_notebook_that_is_none_is_named(small, text):
    small.write("notebooks/00-first.ipynb", text)
    (problem,) = read(small)
    assert problem.startswith("notebooks/00-first.ipynb: ")
    assert "save it again" in problem


def test_what_an_editor_leaves_behind_is_no_part_of_the_course(small):
    before = course_files(small.root)
    small.write("notebooks/.ipynb_checkpoints/00-first-checkpoint.ipynb", "no JSON")
    small.write("content/facts/aches.yaml~", "a: [")
    small.write("content/notes.txt", "to do")
    assert course_files(small.root) == before
    assert read(small) == []


def test_load_course_refuses_with_every_problem(small):
    small.edit(FACTS, "seed: [S01]", "seeds: [S01]")
    small.write("content/glossary.yaml", "a: [")
    with pytest.raises(CourseError) as caught:
        load_course(small.root)
    assert [problem.file for problem in caught.value.problems] == [FACTS, "content/glossary.yaml"]
    # What a notebook shows is these sentences, not a call stack.
    assert caught.value._render_traceback_() == ["\n".join(map(str, caught.value.problems))]


def test_the_nearest_course_is_found(small, monkeypatch):
    deep = small.root / "notebooks" / "deep"
    deep.mkdir()
    monkeypatch.chdir(deep)
    assert find_course() == small.root
    assert find_course(small.root / "content") == small.root


def test_away_from_any_course_the_one_that_ships_is_found(tmp_path):
    assert (find_course(tmp_path) / "content" / "course.yaml").is_file()


def assert_said_well(root: Path, problems: list) -> None:
    """Each problem is one sentence at a line that there is."""
    for problem in problems:
        assert problem.says
        assert "\n" not in problem.says
        assert problem.line <= len((root / problem.file).read_text(encoding="utf-8").splitlines()) + 1


@given(file=st.sampled_from(sorted(BODIES)), data=st.data())
def test_no_single_damage_to_a_file_ends_in_a_traceback(make_course, file, data):
    small = make_course()
    lines = (HEAD + BODIES[file]).splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    end = data.draw(st.integers(at, min(at + 4, len(lines))))
    put = data.draw(st.sampled_from(["", "x\n", "- x\n", "  x: y\n", "  - id: x\n", "{}\n", "id: x\n", "\t\n"]))
    small.write(file, "".join([*lines[:at], put, *lines[end:]]))
    course, problems = read_course(small.root)
    assert_said_well(small.root, [*problems, *audit(course)])


ASKED = [file for file in sorted(BODIES) if file.startswith("exercises/")]
WORDS = [
    "", " ", "x", "[", "]", "[]", "[x]", "[a] [a]", "a [b [c]]", "decide", "listen", "nothing", "-1", "0", "1e9", "nan",
    "true", "no", "same-day-emergency", "reassure-and-safety-net", "choice", "case", "vignette", "weak-legs", "back",
    "<b>&", "a\nb", "x" * 5000,
]  # fmt: skip
FIELDS = ["x", "id", "correct", "next", "turns", "card", "places"]
ODD = st.sampled_from([*WORDS, [], {}, ["x"], [["x"]], {"x": "y"}, [{"id": "x"}], None]).map(deepcopy)


def ways_into(value, way: tuple = ()) -> list[tuple]:
    """The way to each value inside a value, and to itself."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(deeper for key, each in inner for deeper in ways_into(each, (*way, key)))]


def at(value, way: tuple):
    for key in way:
        value = value[key]
    return value


def mangle(value, data) -> None:
    """Take out, put in, exchange or repeat one thing somewhere inside a value."""
    *way, key = data.draw(st.sampled_from(ways_into(value)[1:]))
    within = at(value, way)
    match data.draw(st.sampled_from(["odd", "empty", "other", "out", "again", "more"])):
        case "empty":
            within[key] = type(within[key])()
        case "odd":
            within[key] = data.draw(ODD)
        case "other":
            within[key] = deepcopy(at(value, data.draw(st.sampled_from(ways_into(value)))))
        case "out":
            del within[key]
        case "again" if isinstance(within, list):
            within.append(deepcopy(within[key]))
        case _ if isinstance(within, dict):
            within[data.draw(st.sampled_from(FIELDS))] = data.draw(ODD)


@pytest.fixture(params=ASKED)
def mangled(request, make_course) -> tuple[SmallCourse, str]:
    """A course, and the file of it that a test writes anew for each example."""
    return make_course(), request.param


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_that_is_asked_however_mangled_ends_in_a_traceback(mangled, data):
    small, file = mangled
    value = yaml.load(HEAD + BODIES[file], Loader=yaml.BaseLoader)
    for _ in range(data.draw(st.integers(1, 3))):
        mangle(value, data)
    # JSON is YAML; a line to each value.
    small.write(file, json.dumps(value, indent=1))
    course, problems = read_course(small.root)
    problems += audit(course)
    assert_said_well(small.root, problems)
    blueprint(course)
    if not problems:
        # What the check lets through can be shown, and reads the same in print as it is given as data.
        for name, (printed, given_as_data) in printed_and_given(course, lambda source: f"#{source.id}").items():
            assert printed == given_as_data, name
