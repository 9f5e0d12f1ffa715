"""The record as other programs take it: CSV, a progress file, xAPI statements, Parquet, a DataFrame."""

import csv
import io
import json
import re
import subprocess
import sys
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from ralph.models.xapi.base.statements import BaseXapiStatement
from ralph.models.xapi.base.unnested_objects import BaseXapiActivityInteractionDefinition
from ralph.models.xapi.concepts.verbs.adl_vocabulary import AnsweredVerb
from ralph.models.xapi.virtual_classroom.statements import CMIInteractionActivity

import secondsight as ss
from secondsight import record_formats
from secondsight.attempt import Attempt
from secondsight.course import read_course
from secondsight.course.model import Want
from secondsight.item_data import item_data
from secondsight.record_file import Record, default_path
from secondsight.record_formats import FormatError, give_out, write_csv, write_parquet, write_xapi
from secondsight.xapi import statements
from some_attempts import attempt, load, saved

HOME = "https://small.invalid"
UUID = "6f1c2f0e-7d3a-4a55-9a31-0a2f6cbb1d11"


LETTERS = st.sampled_from("abcdefgh")
NAMES = st.text(min_size=1, max_size=30)
LEVELS = (
    "same-day-emergency", "contact-team-within-days", "discuss-if-beyond-1-2-weeks", "reassure-and-safety-net",
)  # fmt: skip
# What a trainee's answer looks like, by kind of item (frontend/src/activities), and what no kind gives.
ANSWERS = {
    "choice": st.lists(LETTERS, min_size=1, max_size=4, unique=True),
    "hotspot": st.lists(LETTERS, min_size=1, max_size=4, unique=True),
    "spot": st.just(["none"]) | st.lists(LETTERS, min_size=1, max_size=4, unique=True),
    "match": st.lists(st.builds("{}-{}".format, LETTERS, LETTERS), min_size=1, max_size=6, unique=True),
    "order": st.permutations("abc").map(list),
    "worked": st.tuples(LETTERS, LETTERS).map(list),
    "reflect": st.lists(LETTERS, max_size=3, unique=True),
    "case": st.just(["ask:listen:a", "way:listen:a", "act:same-day-emergency"]),
    "vignette": st.sampled_from(LEVELS).map(lambda level: [level]),
    "": st.lists(NAMES, max_size=5),
}
KINDS = {
    "which-ache": "choice", "which-aches": "choice", "legs-when": "choice", "sort-aches": "match",
    "order-call": "order", "find-back": "hotspot", "mark-call": "spot", "slip-call": "worked", "write-why": "reflect",
    "stiff-back": "case", "v-stairs": "vignette", "v-may": "vignette", "v-digging": "vignette", "v-weeks": "vignette",
}  # fmt: skip


@st.composite
def attempts_at(draw, versions: dict[str, str]) -> Attempt:
    """An attempt at an item of the small course, in its wording or another, or at one that it does not know."""
    item = draw(st.sampled_from([*KINDS]) | NAMES)
    kind = draw(st.sampled_from([KINDS.get(item, ""), ""])) if draw(st.integers(0, 4)) == 0 else KINDS.get(item, "")
    version = draw(st.sampled_from([versions.get(item, "older"), "older"]))
    written = kind == "reflect" or draw(st.integers(0, 9)) == 0
    moment = datetime(2000, 1, 1, tzinfo=draw(st.sampled_from([UTC, timezone(timedelta(hours=2))])))
    return Attempt(
        id=draw(st.uuids().map(str) | st.uuids().map(lambda each: str(each).upper()) | NAMES),
        item=item,
        item_version=version,
        lesson=draw(st.sampled_from(["first", "third"]) | NAMES),
        answer=draw(ANSWERS[kind]),
        score=draw(st.none() | st.just(1.0) | st.floats(0, 1)),
        certainty=draw(st.sampled_from([None, "guessing", "fairly-sure", "sure"])),
        hints=draw(st.integers(0, 9)),
        seconds=draw(st.floats(0, 1e9)),
        at=moment + timedelta(microseconds=draw(st.integers(0, 10**15))),
        place=draw(st.sampled_from(["jupyter", "page"])),
        text=draw(st.none() | st.text(max_size=50) | st.just("One[,]two")) if written else None,
        sitting=draw(st.none() | st.uuids().map(str) | NAMES),
    )


VERSIONS: dict[str, str] = {}
MANY = st.deferred(lambda: st.lists(attempts_at(VERSIONS), max_size=6, unique_by=lambda each: each.id))


@pytest.fixture(scope="module", autouse=True)
def _versions(small_read):
    VERSIONS.update({id: item.version for id, item in small_read.items.items()})


@pytest.fixture
def in_small(small, monkeypatch):
    """The small course as the nearest one; its record is empty."""
    monkeypatch.chdir(small.root)
    return small


def course_of(small):
    return read_course(small.root)[0]


# CSV


def csv_of(attempts: list[Attempt]) -> bytes:
    out = io.BytesIO()
    assert write_csv(attempts, out) == len(attempts)
    return out.getvalue()


def from_csv(raw: bytes) -> list[Attempt]:
    """What polars reads, as attempts again; a cell's first apostrophe is ours."""
    table = pl.read_csv(raw, infer_schema=False, truncate_ragged_lines=False)
    rows = [
        {name: cell.removeprefix("'") for name, cell in row.items() if cell is not None}
        for row in table.iter_rows(named=True)
    ]
    return [
        Attempt.model_validate({"score": None, "certainty": None, **row, "answer": json.loads(row["answer"])})
        for row in rows
    ]


def without_empty_words(attempts: list[Attempt]) -> list[Attempt]:
    return [each.model_copy(update={"text": each.text or None}) for each in attempts]


@given(MANY)
def test_csv_read_back_gives_the_attempts(attempts):
    assert from_csv(csv_of(attempts)) == without_empty_words(attempts)


@given(MANY)
def test_csv_is_as_rfc_4180_has_it(attempts):
    raw = csv_of(attempts)
    head, *_ = raw.split(b"\r\n")
    assert head.decode() == ",".join(Attempt.model_fields)
    assert raw.endswith(b"\r\n")
    # Without the quoted cells nothing is left of quotes, and no end of line but those of the rows.
    bare = re.sub(rb'"(?:[^"]|"")*"', b"", raw)
    assert b'"' not in bare
    assert bare.count(b"\r\n") == bare.count(b"\n") == bare.count(b"\r") == len(attempts) + 1
    assert {line.count(b",") for line in bare.split(b"\r\n")[:-1]} == {len(Attempt.model_fields) - 1}


def test_a_row_of_csv_shows_every_field():
    reflect = attempt("r", answer=["a", "c"], score=None, certainty=None, text="Most “pass”,\nI say.", sitting="s-1")
    _, row = csv.reader(io.StringIO(csv_of([reflect]).decode(), newline=""))
    assert row == [
        "r", "which-ache", "abc", "first", '["a", "c"]', "", "", "0", "12.4", "2026-11-22T10:15:00Z", "jupyter",
        "Most “pass”,\nI say.", "s-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠1", "|cmd", "%1",
        "\0=1", "'", "'=1", "= 1",
    ],
    ids=ascii,
)  # fmt: skip
def test_no_spreadsheet_takes_a_cell_for_a_formula(text):
    """Wherever it stands: words, and names that came with another's progress file."""
    shown = attempt(text, item=text, item_version=text, lesson=text, answer=[text], text=text, sitting=text)
    _, row = csv.reader(io.StringIO(csv_of([shown]).decode(), newline=""))
    assert [cell for cell in row if cell.startswith("'")] == [f"'{text}"] * 6
    assert not [cell for cell in row if re.match(r"[\s\0=+\-@|%＝＋－＠]", cell)]
    assert from_csv(csv_of([shown])) == [shown]


# xAPI


def statements_of(attempts: list[Attempt], course) -> list[dict]:
    out = io.BytesIO()
    assert write_xapi(attempts, course, out) == len(attempts)
    return json.loads(out.getvalue())


COMPONENTS = {"choice": {"choices"}, "sequencing": {"choices"}, "matching": {"source", "target"}}
LISTS = {"choices", "scale", "source", "target", "steps"}


def check_pattern(definition: dict, pattern: str) -> None:
    """One response, or one right response, by the specification's section "Response Patterns"."""
    type, parts = definition["interactionType"], pattern.split("[,]")
    ids = {name: {each["id"] for each in definition[name]} for name in LISTS & definition.keys()}
    if type in ("choice", "sequencing"):
        assert len(set(parts)) == len(parts) and "" not in parts
        assert set(parts) <= ids.get("choices", set(parts))
    elif type == "matching":
        pairs = [part.split("[.]") for part in parts]
        assert {len(pair) for pair in pairs} == {2}
        assert {source for source, _ in pairs} <= ids.get("source", {source for source, _ in pairs})
        assert {target for _, target in pairs} <= ids.get("target", {target for _, target in pairs})
    elif type == "long-fill-in":
        assert len(parts) == 1
    else:
        assert type == "other"


def check_interaction(statement: dict) -> None:
    """What the specification asks of an interaction and of its response beyond what the model knows."""
    definition, response = statement["object"]["definition"], statement["result"].get("response")
    BaseXapiActivityInteractionDefinition.model_validate(definition)
    assert definition["type"] == "http://adlnet.gov/expapi/activities/cmi.interaction"
    lists = LISTS & definition.keys()
    assert lists in (set(), COMPONENTS.get(definition["interactionType"], set()))
    for name in lists:
        ids = [each["id"] for each in definition[name]]
        assert len(set(ids)) == len(ids) and not any(re.search(r"\s", id) for id in ids)
    for pattern in [*definition.get("correctResponsesPattern", []), *([] if response is None else [response])]:
        check_pattern(definition, pattern)
    if definition["interactionType"] == "sequencing" and lists:
        (right,) = definition["correctResponsesPattern"]
        assert sorted(right.split("[,]")) == sorted(each["id"] for each in definition["choices"])


def check_statement(statement: dict) -> None:
    """Against the model, and against what the specification says in words."""
    BaseXapiStatement.model_validate(statement)
    AnsweredVerb.model_validate({"id": statement["verb"]["id"]})
    assert uuid.UUID(statement["id"]).variant == uuid.RFC_4122
    assert statement["id"] == str(uuid.UUID(statement["id"]))
    assert "version" not in statement, "who writes statements is not to set it"
    assert "null" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", json.dumps(statement))
    result = statement["result"]
    assert re.fullmatch(r"PT\d+(\.\d{1,2})?S", result["duration"])
    assert ("score" in result) == ("success" in result)
    if "score" in result:
        assert result["success"] == (result["score"]["scaled"] == 1)
    assert all(re.match(r"https://small\.invalid/xapi/[a-z]+$", key) for key in result["extensions"])
    if "timestamp" in statement:
        assert datetime.fromisoformat(statement["timestamp"]) <= datetime.now(UTC)
        assert statement["timestamp"].endswith("Z")
    check_interaction(statement)


@given(MANY)
def test_every_statement_fits_the_specification(small_read, attempts):
    made = statements_of(attempts, small_read)
    for statement, each in zip(made, attempts, strict=True):
        check_statement(statement)
        result = statement["result"]
        assert result.get("score", {}).get("scaled") == each.score
        assert abs(float(result["duration"][2:-1]) - each.seconds) <= 0.006
        assert result["extensions"][f"{HOME}/xapi/hints"] == each.hints
        assert result["extensions"].get(f"{HOME}/xapi/certainty") == each.certainty
        assert statement["context"]["revision"] == each.item_version
        assert datetime.fromisoformat(
            statement.get("timestamp") or result["extensions"][f"{HOME}/xapi/at"]
        ) == each.at  # fmt: skip
    assert len({statement["actor"]["account"]["name"] for statement in made}) == min(1, len(made))


def test_the_model_refuses_what_is_no_statement(small_read):
    """It would be no test to validate with a model that takes everything."""
    (made,) = statements_of([attempt(item_version=small_read.items["which-ache"].version)], small_read)
    for place, value in [
        (("id",), "no uuid"), (("actor", "account", "homePage"), "no iri"), (("object", "id"), "which-ache"),
        (("object", "definition", "interactionType"), "guess"), (("result", "success"), "true"),
        (("result", "score", "scaled"), 2), (("result", "duration"), "12 s"), (("context", "registration"), "x"),
        (("result", "extensions"), {"hints": 0}), (("verb", "display"), {"plain English": "answered"}),
        (("object", "definition", "choices", 0, "id"), "a b"), (("result", "mood"), "fine"),
    ]:  # fmt: skip
        broken = json.loads(json.dumps(made))
        part = broken
        for key in place[:-1]:
            part = part[key]
        part[place[-1]] = value
        with pytest.raises(ValueError, match="validation error"):
            check_statement(broken)


def one(small_read, item: str, answer: list[str], **changed) -> dict:
    """The statement for an answer to an item of the small course as it is worded."""
    version = small_read.items[item].version
    (made,) = statements_of([attempt(UUID, item=item, item_version=version, answer=answer, **changed)], small_read)
    check_statement(made)
    return made


def right_answer(data: dict) -> list[str]:
    """The right answer, out of the data that the frontend scores by."""
    letter = "abcdefghijklmnop".__getitem__
    match data["kind"]:
        case "choice" | "hotspot":
            return [letter(at) for at, option in enumerate(data["options"]) if option["correct"]]
        case "spot":
            phrases = [each["phrase"] for part in data["paragraphs"] for each in part if each["phrase"]]
            return [letter(at) for at, phrase in enumerate(phrases) if phrase["cue"]]
        case "match":
            return [f"{letter(at)}-{letter(card['group'])}" for at, card in enumerate(data["cards"])]
        case "order":
            places = [step["place"] for step in data["steps"]]
            return [letter(places.index(place)) for place in range(len(places))]
        case "worked":
            step = [step["wrong"] for step in data["steps"]].index(True)
            return [letter(step), letter([mend["correct"] for mend in data["mends"]].index(True))]
        case "vignette":
            return [data["action"]]
    return []


TYPES = {
    "choice": "choice", "hotspot": "choice", "spot": "choice", "vignette": "choice", "match": "matching",
    "order": "sequencing", "worked": "other", "case": "other", "reflect": "long-fill-in",
}  # fmt: skip


def check_right_answer(course, item) -> None:
    """The right answer is the pattern of the right answer, letter by letter as the frontend has it."""
    data = item_data(course, item)
    right = right_answer(data)
    made = attempt(item=item.id, item_version=item.version, answer=right)
    (statement,) = statements(iter([made]), course)
    definition = statement["object"]["definition"]
    assert definition["interactionType"] == TYPES[data["kind"]], item.id
    assert definition["name"]["en-GB"] and definition["description"]["en-GB"]
    if right:
        assert definition["correctResponsesPattern"] == [statement["result"]["response"]], item.id
    else:
        assert "correctResponsesPattern" not in definition
    check_interaction(statement)


@pytest.mark.parametrize("item", KINDS)
def test_the_right_answer_is_the_pattern_of_it(small_read, item):
    check_right_answer(small_read, small_read.items[item])


def test_so_it_is_for_every_item_of_the_course(real):
    for item in real.items.values():
        check_right_answer(real, item)
    assert Counter(item_data(real, item)["kind"] for item in real.items.values()).keys() == TYPES.keys()


def in_english(texts: dict[str, str]) -> list[dict]:
    return [{"id": id, "description": {"en-GB": text}} for id, text in texts.items()]


def test_a_choice_says_what_there_was_to_choose(small_read):
    made = one(small_read, "which-aches", ["a", "c"], score=0.5)
    assert made["object"] == {
        "objectType": "Activity",
        "id": f"{HOME}/item/which-aches",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "interactionType": "choice",
            "name": {"en-GB": "Which aches"},
            "description": {"en-GB": "Which of these pass?"},
            "choices": in_english({"a": "A strain", "b": "A bruise", "c": "A scar"}),
            "correctResponsesPattern": ["a[,]b"],
        },
    }
    assert made["result"] == {
        "score": {"scaled": 0.5},
        "success": False,
        "response": "a[,]c",
        "duration": "PT12.4S",
        "extensions": {f"{HOME}/xapi/hints": 0, f"{HOME}/xapi/certainty": "sure"},
    }


def test_cards_are_named_as_they_were_dealt(small_read):
    data = item_data(small_read, small_read.items["sort-aches"])
    made = one(small_read, "sort-aches", ["a-b", "b-a", "c-a"])
    definition = made["object"]["definition"]
    assert [each["description"]["en-GB"] for each in definition["source"]] == [card["text"] for card in data["cards"]]
    assert [each["description"]["en-GB"] for each in definition["target"]] == data["groups"]
    assert made["result"]["response"] == "a[.]b[,]b[.]a[,]c[.]a"


def test_steps_are_named_as_they_were_dealt(small_read):
    data = item_data(small_read, small_read.items["order-call"])
    definition = one(small_read, "order-call", ["c", "a", "b"])["object"]["definition"]
    assert [each["description"]["en-GB"] for each in definition["choices"]] == [step["text"] for step in data["steps"]]


def test_to_mark_nothing_is_one_of_the_choices(small_read):
    made = one(small_read, "mark-call", ["none"])
    choices = {each["id"]: each["description"]["en-GB"] for each in made["object"]["definition"]["choices"]}
    assert choices == {"a": "a cold", "b": "My legs give way", "c": "I sleep badly", "none": "Nothing is marked"}
    assert made["result"]["response"] == "none"


def test_a_vignette_chooses_among_the_levels(small_read):
    made = one(small_read, "v-stairs", ["contact-team-within-days"], score=0.0)
    definition = made["object"]["definition"]
    assert definition["description"] == {"en-GB": "Ann rings. Her legs give way on the stairs since noon."}
    assert [each["id"] for each in definition["choices"]] == [*LEVELS]
    assert definition["correctResponsesPattern"] == ["same-day-emergency"]


def test_a_case_tells_the_whole_way(small_read):
    made = one(small_read, "stiff-back", ["ask:listen:a", "way:listen:a", "act:same-day-emergency"])
    assert made["result"]["response"] == "ask:listen:a[,]way:listen:a[,]act:same-day-emergency"
    assert made["object"]["definition"]["name"] == {"en-GB": "A stiff back"}
    assert made["object"]["definition"]["description"] == {"en-GB": "Ann, 60. Ann rings the ward."}


def test_own_words_are_the_response_and_have_no_score(small_read):
    made = one(small_read, "write-why", ["a"], text="Most pass, [,] I say.", score=None, certainty=None)
    assert made["object"]["definition"]["interactionType"] == "long-fill-in"
    assert made["object"]["definition"]["description"] == {"en-GB": "Why do most aches need no call?"}
    assert made["result"] == {
        "response": "Most pass, [, ] I say.",
        "duration": "PT12.4S",
        "extensions": {f"{HOME}/xapi/hints": 0, f"{HOME}/xapi/points": ["a"]},
    }


def test_own_words_stay_the_response_when_their_item_is_gone(small_read):
    (made,) = statements_of([attempt(item="gone", answer=["a"], score=None, text="Most pass.")], small_read)
    check_statement(made)
    assert made["object"]["definition"]["interactionType"] == "long-fill-in"
    assert made["result"]["response"] == "Most pass."
    assert made["result"]["extensions"][f"{HOME}/xapi/points"] == ["a"]


def test_nothing_written_is_no_response(small_read):
    assert "response" not in one(small_read, "write-why", [], text="", score=None)["result"]


def test_what_stood_there_in_another_wording_is_not_claimed(small_read):
    """Its letters may have stood for other options."""
    (made,) = statements_of([attempt(item="which-ache", item_version="older")], small_read)
    check_statement(made)
    assert made["object"]["definition"] == {
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
        "interactionType": "choice",
        "name": {"en-GB": "Which ache"},
    }
    assert (made["result"]["response"], made["context"]["revision"]) == ("b", "older")


@pytest.mark.parametrize(
    ("item", "answer"),
    [("which-ache", ["h"]), ("which-ache", ["a[,]b"]), ("sort-aches", ["b"]), ("sort-aches", ["a-h"])],
)
def test_an_answer_that_the_item_does_not_take_is_told_as_it_is(small_read, item, answer):
    made = one(small_read, item, answer)
    assert "correctResponsesPattern" not in made["object"]["definition"]
    assert made["result"]["response"] == "[,]".join(answer).replace("-", "[.]")


def test_an_item_that_the_course_no_longer_has_keeps_its_statement(small_read):
    (made,) = statements_of([attempt(item="gone/for good?", lesson="gone too")], small_read)
    check_statement(made)
    assert made["object"] == {
        "objectType": "Activity",
        "id": f"{HOME}/item/gone%2Ffor%20good%3F",
        "definition": {"type": "http://adlnet.gov/expapi/activities/cmi.interaction", "interactionType": "other"},
    }
    (parent,) = made["context"]["contextActivities"]["parent"]
    assert parent == {
        "objectType": "Activity",
        "id": f"{HOME}/lesson/gone%20too",
        "definition": {"type": "http://adlnet.gov/expapi/activities/lesson"},
    }


def test_a_statement_says_where_it_belongs(small_read):
    made = one(small_read, "which-ache", ["b"], sitting=UUID.upper(), place="page")
    assert made["id"] == UUID
    assert made["verb"] == {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en-GB": "answered"}}
    assert made["timestamp"] == "2026-11-22T10:15:00Z"
    assert made["context"] == {
        "registration": UUID,
        "platform": "Second Sight (page)",
        "revision": small_read.items["which-ache"].version,
        "contextActivities": {
            "parent": [
                {
                    "objectType": "Activity",
                    "id": f"{HOME}/lesson/first",
                    "definition": {
                        "type": "http://adlnet.gov/expapi/activities/lesson",
                        "name": {"en-GB": small_read.lessons["first"].title},
                    },
                }
            ]
        },
    }


def test_a_sitting_that_is_no_uuid_is_no_registration(small_read):
    assert "registration" not in one(small_read, "which-ache", ["b"], sitting="the second")["context"]


def test_an_activity_of_the_third_party_model_takes_an_unknown_item(small_read):
    (made,) = statements_of([attempt(item="gone")], small_read)
    definition = {"type": made["object"]["definition"]["type"]}
    CMIInteractionActivity.model_validate({**made["object"], "definition": definition})


@pytest.mark.parametrize(
    "id", ["b-0001", "{6f1c2f0e-7d3a-4a55-9a31-0a2f6cbb1d11}", "6f1c2f0e7d3a4a559a310a2f6cbb1d11",
           "6f1c2f0e-7d3a-4a55-1a31-0a2f6cbb1d11"],
)  # fmt: skip
def test_an_id_that_is_no_uuid_is_given_one_that_stays(small_read, id):
    first, again = statements_of([attempt(id), attempt(id)], small_read)
    other, _ = statements_of([attempt(id + "x"), attempt(id)], small_read)
    assert uuid.UUID(first["id"]).version == 5
    assert first["id"] == again["id"] != other["id"]


def test_the_actor_is_a_pseudonym_that_stays_with_the_record(small_read):
    of_two = statements_of([attempt("one"), attempt("two")], small_read)
    of_three = statements_of([attempt("one"), attempt("two"), attempt("three")], small_read)
    assert len({json.dumps(each["actor"]) for each in (*of_two, *of_three)}) == 1
    actor = of_two[0]["actor"]
    assert actor == {"objectType": "Agent", "account": {"homePage": HOME, "name": actor["account"]["name"]}}
    assert re.fullmatch(r"[0-9a-f]{32}", actor["account"]["name"])
    assert statements_of([attempt("another")], small_read)[0]["actor"] != actor


def test_a_time_to_come_is_no_timestamp(small_read):
    ahead = datetime.now(UTC) + timedelta(days=400)
    made = one(small_read, "which-ache", ["b"], at=ahead)
    assert "timestamp" not in made
    assert datetime.fromisoformat(made["result"]["extensions"][f"{HOME}/xapi/at"]) == ahead


@pytest.mark.parametrize(
    ("seconds", "duration"),
    [(0, "PT0S"), (12.4, "PT12.4S"), (10, "PT10S"), (0.004, "PT0S"), (100.256, "PT100.26S"), (1e22, f"PT1{'0' * 22}S")],
)
def test_a_duration_is_written_out(small_read, seconds, duration):
    (made,) = statements(iter([attempt(seconds=seconds)]), small_read)
    assert made["result"]["duration"] == duration


def test_two_answers_under_another_name_are_another_persons(small_read):
    """The name of the course belongs to the pseudonym: two courses cannot be joined by it."""
    head = small_read.head.model_copy(update={"id": "other"})
    other = type(small_read)(small_read.root, head=head)
    assert (
        statements_of([attempt()], other)[0]["actor"]["account"]["name"]
        != (statements_of([attempt()], small_read)[0]["actor"]["account"]["name"])
    )


# Parquet and the DataFrame

SCHEMA = {
    "id": pl.String, "item": pl.String, "item_version": pl.String, "lesson": pl.String,
    "answer": pl.List(pl.String), "score": pl.Float64, "certainty": pl.Enum(["guessing", "fairly-sure", "sure"]),
    "hints": pl.Int64, "seconds": pl.Float64, "at": pl.Datetime("us", "UTC"), "place": pl.String, "text": pl.String,
    "sitting": pl.String,
}  # fmt: skip


def as_attempts(table: pl.DataFrame) -> list[Attempt]:
    return [Attempt.model_validate(row) for row in table.iter_rows(named=True)]


@given(MANY)
def test_parquet_read_back_gives_the_attempts(tmp_path_factory, attempts):
    path = tmp_path_factory.mktemp("parquet") / "record.parquet"
    assert write_parquet(attempts, path) == len(attempts)
    table = pl.read_parquet(path)
    assert dict(table.schema) == SCHEMA
    assert as_attempts(table) == attempts
    assert [each.name for each in path.parent.iterdir()] == ["record.parquet"]


def test_parquet_keeps_many_attempts_in_order(tmp_path):
    count = record_formats.ROWS_AT_A_TIME * 3 + 1
    many = (attempt(f"{number:06}", hints=number) for number in range(count))
    assert write_parquet(many, tmp_path / "record.parquet") == count
    assert pl.read_parquet(tmp_path / "record.parquet")["hints"].to_list() == [*range(count)]


def test_the_record_is_a_table_with_fitting_types(in_small):
    kept = [
        attempt("a", at="2026-11-22T12:15:00.250+02:00", answer=["a", "b"]),
        attempt("b", score=None, certainty=None, text="Most pass.", sitting="s"),
    ]
    Record(default_path("small")).keep(reversed(kept))
    table = ss.record()
    assert dict(table.schema) == SCHEMA
    assert as_attempts(table) == sorted(kept, key=lambda each: each.at)
    assert table["at"].to_list()[1] == datetime(2026, 11, 22, 10, 15, 0, 250_000, tzinfo=UTC)
    assert table["score"].mean() == 1.0, "what is never scored does not count as 0"
    assert (table["certainty"] >= "sure").to_list() == [None, True]


def test_pandas_takes_the_table(in_small):
    Record(default_path("small")).keep([attempt("a"), attempt("b", score=None, certainty=None)])
    table = ss.record().to_pandas()
    assert [*table["id"]] == ["a", "b"]
    assert str(table["at"].dt.tz) == "UTC"
    assert [*table["score"].isna()] == [False, True]
    assert [[*answer] for answer in table["answer"]] == [["b"], ["b"]]


def test_an_empty_record_is_an_empty_table(in_small):
    assert ss.record().shape == (0, len(SCHEMA))
    assert dict(ss.record().schema) == SCHEMA


def test_many_attempts_are_one_table(in_small):
    count = record_formats.ROWS_AT_A_TIME + 5
    Record(default_path("small")).keep(attempt(f"{number:06}") for number in range(count))
    assert ss.record()["id"].to_list() == [f"{number:06}" for number in range(count)]


def test_the_table_is_of_the_record_of_the_nearest_course(in_small):
    Record(default_path("small")).keep([attempt("here")])
    Record(default_path("second-sight")).keep([attempt("elsewhere")])
    assert ss.record()["id"].to_list() == ["here"]


def said_in_a_notebook(code: str, capsys) -> str:
    """What a cell that fails shows."""
    shell = InteractiveShell()
    capsys.readouterr()
    shell.run_cell(f"import secondsight as ss\n{code}")
    shown = capsys.readouterr()
    return (shown.out + shown.err).strip()


def test_without_polars_a_notebook_says_what_to_install(in_small, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "polars", None)
    assert said_in_a_notebook("ss.record()", capsys) == (
        "A table of the record needs polars, which is not installed. Run pip install 'secondsight[analysis]' "
        "and try again."
    )
    with pytest.raises(FormatError) as raised:
        ss.record()
    assert raised.value.__suppress_context__


def test_a_record_that_cannot_be_read_is_said_in_a_notebook(in_small, monkeypatch, unwritable, capsys):
    monkeypatch.setenv("SECONDSIGHT_HOME", str(unwritable))
    said = said_in_a_notebook("ss.record()", capsys)
    assert said.startswith("Your earlier answers could not be read (")
    assert len(said.splitlines()) == 1


def test_a_damaged_record_is_said_in_a_notebook(in_small, own_home, capsys):
    own_home.mkdir()
    default_path("small").write_bytes(b"this is no database" * 100)
    said = said_in_a_notebook("ss.record()", capsys)
    assert "was damaged" in said and ".damaged-" in said
    assert len(said.splitlines()) == 1
    assert ss.record().is_empty()


def test_a_lesson_does_not_pay_for_polars():
    code = "import sys, secondsight as ss; ss.quiz; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_everything_the_package_names_is_there():
    assert callable(ss.record)
    assert all(callable(getattr(ss, name)) for name in ss.__all__)
    assert "record" in ss.__all__
    with pytest.raises(AttributeError, match="no attribute 'recrod'"):
        _ = ss.recrod


# Files


@pytest.mark.parametrize("form", ["csv", "jsonl", "xapi", "parquet"])
def test_a_file_is_there_whole_or_as_it_was(in_small, tmp_path, monkeypatch, form):
    record = Record(default_path("small"))
    record.keep(attempt(f"{number}") for number in range(10))
    out = tmp_path / "out" / "mine"
    out.parent.mkdir()
    assert give_out(course_of(in_small), form, out) == 10
    before = out.read_bytes()

    stream = Record.stream

    def breaks_off(self):
        attempts = stream(self)
        yield from (next(attempts) for _ in range(5))
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Record, "stream", breaks_off)
    with pytest.raises(FormatError, match=r"mine cannot be written .* name another place with --out"):
        give_out(course_of(in_small), form, out)
    assert out.read_bytes() == before
    assert [each.name for each in out.parent.iterdir()] == ["mine"]


def test_a_link_stays_one(in_small, tmp_path):
    (tmp_path / "target.csv").write_text("before")
    (tmp_path / "link.csv").symlink_to("target.csv")
    give_out(course_of(in_small), "csv", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "target.csv").read_text().startswith("id,item,")


def test_a_progress_file_is_one_that_can_be_loaded_anywhere(in_small, tmp_path):
    kept = [attempt("a", text="Most pass.", score=None), attempt("b", sitting="s"), attempt("c", item="gone")]
    Record(default_path("small")).keep(kept)
    give_out(course_of(in_small), "jsonl", tmp_path / "mine.jsonl")
    written = (tmp_path / "mine.jsonl").read_bytes()
    assert written == saved(kept, "small")
    elsewhere = Record(tmp_path / "elsewhere.sqlite3")
    taken = load(written, elsewhere, "small")
    assert (taken.fresh, taken.unread, taken.missing, taken.changed) == (3, 0, 0, False)
    assert elsewhere.attempts() == kept


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Two homes, with records of 20,000 attempts and of 200,000."""
    homes = {}
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for count in (20_000, 200_000):
        homes[count] = tmp_path_factory.mktemp(f"home-{count}")
        made = (
            Attempt.model_construct(
                **{
                    **dict(attempt(str(uuid.UUID(int=number)), text="Most aches pass. " * 15)),
                    "at": start + timedelta(seconds=number),
                }
            )
            for number in range(count)
        )
        batches = ([next(made) for _ in range(1000)] for _ in range(count // 1000))
        assert Record(homes[count] / "record-small.sqlite3").take(batches) == count
    return homes


MEASURED = """
import resource, sys
from secondsight.cli import main
assert main(sys.argv[1:]) == 0
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only here is the most memory used known in kilobytes")
@pytest.mark.parametrize("form", ["csv", "jsonl", "xapi", "parquet"])
def test_memory_does_not_grow_with_the_record(small, many, monkeypatch, tmp_path, form):
    """Ten times as many attempts, of which each takes a kilobyte and more in memory."""
    used = []
    for count, home in many.items():
        monkeypatch.setenv("SECONDSIGHT_HOME", str(home))
        # Threads have memory of their own, as many as the machine has processors.
        monkeypatch.setenv("POLARS_MAX_THREADS", "2")
        asked = ["record", "--to", form, "--out", str(tmp_path / "out"), "--course", str(small.root)]
        done = subprocess.run([sys.executable, "-c", MEASURED, *asked], capture_output=True, text=True, check=True)
        said, most = done.stdout.splitlines()
        assert said == f"{count} attempts in {tmp_path / 'out'}."
        used.append(int(most))
    few, all_of_them = used
    assert all_of_them < few + (60 if form == "parquet" else 8), used


# What the guide shows

GUIDE = (Path(__file__).parents[1] / "docs" / "record.md").read_text(encoding="utf-8")


def example(of: str, language: str) -> str:
    """The first block of a section."""
    section = GUIDE.partition(f"\n## {of}\n")[2].partition("\n## ")[0]
    return re.search(rf"```{language}\n(.*?)```", section, re.S)[1]


def test_the_guides_examples_are_what_is_written(tmp_path):
    """All of them show the same two attempts, in the forms they have."""
    progress = example("The progress file", "json").encode()
    record = Record(tmp_path / "record.sqlite3")
    taken = load(progress, record)
    assert (taken.fresh, taken.unread, taken.missing, taken.changed) == (2, 0, 0, False)
    assert saved(record.attempts()) == progress
    assert csv_of(record.attempts()).decode().replace("\r\n", "\n") == example("CSV", "csv")


def test_the_guides_statement_is_that_of_its_first_attempt(real):
    shown = json.loads(example("xAPI", "json"))
    BaseXapiStatement.model_validate(shown)
    first = json.loads(example("The progress file", "json").splitlines()[1])
    (made,) = statements_of([Attempt.model_validate(first)], real)
    # The course may come to ask it in other words.
    del shown["object"]["definition"], made["object"]["definition"]
    del shown["context"]["contextActivities"], made["context"]["contextActivities"]
    assert made == shown


def test_the_guide_explains_every_field_of_an_attempt():
    section = GUIDE.partition("## What an attempt holds")[2].partition("\n### ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.M) == [*Attempt.model_fields]


@pytest.mark.parametrize("kind", Want.model_fields["kind"].annotation.__args__)
def test_the_guide_explains_the_answer_to_every_kind(kind):
    section = GUIDE.partition("### The answer")[2].partition("\n## ")[0]
    assert re.search(rf"^\|[^|]*\b{kind}\b", section, re.M)
