"""The schemas that editors use: they take what the course holds, and refuse what the model refuses."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import BaseModel

from secondsight.course import items, model, schema
from secondsight.course.fields import FIELDS
from secondsight.course.reader import FOLDERS, OPTIONAL_FILES, SINGLE_FILES

ROOT = Path(__file__).parents[2]
SCHEMAS = schema.schemas()
PATTERNS = schema.patterns()
FILES = [(name, path) for name, pattern in PATTERNS.items() for path in sorted(ROOT.glob(pattern))]


def as_an_editor_sees_it(text: str) -> Any:
    """YAML as editors' parsers read it: a date is text, as in YAML 1.2."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.safe_load(text))


def faults(name: str, value: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(SCHEMAS[name]).iter_errors(value)]


def test_every_kind_of_file_has_a_schema_that_is_one():
    assert len(SCHEMAS) == len(SINGLE_FILES) + len(OPTIONAL_FILES) + len(FOLDERS) == len(PATTERNS)
    for one in SCHEMAS.values():
        jsonschema.Draft7Validator.check_schema(one)


@pytest.mark.parametrize(("name", "path"), FILES, ids=[path.name for _, path in FILES])
def test_every_file_of_the_course_fits_its_schema(name, path):
    assert faults(name, as_an_editor_sees_it(path.read_text(encoding="utf-8"))) == []


def test_no_file_of_the_course_was_left_out():
    every = {path for room in ("content", "exercises") for path in (ROOT / room).rglob("*.yaml")}
    assert {path for _, path in FILES} == every
    assert len(every) >= 60


def test_the_small_course_with_every_kind_of_item_fits_its_schemas(small):
    for name, pattern in PATTERNS.items():
        paths = sorted(small.root.glob(pattern))
        assert paths or pattern.startswith("content/statements"), pattern
        for path in paths:
            assert faults(name, as_an_editor_sees_it(path.read_text(encoding="utf-8"))) == []


def test_the_published_schemas_are_those_of_the_model():
    published = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").iterdir()}
    assert published == schema.texts(), "make them again: python -m secondsight.course.schema schemas"


def test_the_editor_settings_name_every_schema_and_lead_to_its_files():
    for name, text in schema.vscode_settings().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert len(settings) == len(SCHEMAS)
    for path, pattern in settings.items():
        assert (ROOT / path).is_file()
        assert [*ROOT.glob(pattern)], pattern
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}


# A file of each kind, as small as it can be and whole.
HEAD = {"reviewed_on": "2026-01-10", "review_by": "2027-01-10", "reviewed_by": "nobody yet"}
OPTIONS = [{"text": "a", "correct": True, "feedback": "b"}, {"text": "c", "feedback": "d"}]
ITEM = {"id": "x", "objective": "o", "facts": ["f"], "stem": "s"}
ITEMS = {
    "choice": {**ITEM, "kind": "choice", "answers": "one", "options": OPTIONS},
    "match": {
        **{**ITEM, "kind": "match", "groups": ["g", "h"]},
        "cards": [{"text": "a", "group": "g", "feedback": "b"}, {"text": "c", "group": "h", "feedback": "d"}],
    },
    "order": {**ITEM, "kind": "order", "steps": [{"text": name, "feedback": "f"} for name in "abc"]},
    "hotspot": {
        **{**ITEM, "kind": "hotspot", "answers": "one", "picture": "p"},
        "places": [{**option, "x": 1, "y": 2.5} for option in OPTIONS],
    },
    "spot": {
        **{**ITEM, "kind": "spot", "form": "call", "text": "[a] [b]"},
        "phrases": [{"says": "a", "cue": True, "why": "w"}, {"says": "b", "why": "w"}],
    },
    "worked": {
        **{**ITEM, "kind": "worked", "mends": OPTIONS},
        "steps": [{"says": "a", "why": "w"}, {"says": "b", "why": "w", "wrong": True}, {"says": "c", "why": "w"}],
    },
    "reflect": {**ITEM, "kind": "reflect", "model": "m", "points": ["a", "b"]},
}
LEVELS = list(items.Level.__args__)
CASE = {
    **{"id": "c", "kind": "case", "objective": "o", "facts": ["f"], "title": "t", "patient": "p", "history": "h"},
    **{"setting": "s", "minutes": 5, "action": LEVELS[0], "actions": dict.fromkeys(LEVELS, "why"), "detail": "d"},
    **{"consider": "c", "cues": ["q"], "debrief": "b"},
    "steps": [
        {
            **{"id": "one", "says": "s", "next": "decide"},
            "asks": [{"text": "t", "minutes": 1, "answer": "a", "why": "w", "key": True}],
        }
    ],
}
VIGNETTE = {
    **{"id": "v", "objective": "o", "facts": ["f"], "site": "s", "about": "everyday", "action": LEVELS[3]},
    **{"text": "He [aches].", "why": "w"},
    "who": {"age": 40, "sex": "man", "ethnicity": "e", "setting": "gp", "story": "primary", "years": 1},
}
VALID: dict[str, dict[str, Any]] = {
    "course": {**HEAD, "id": "c", "title": "t", "says": "s", "notice": "n", "lessons": ["l"]},
    "sources": {
        **HEAD,
        "sources": [
            {
                **{"id": "s", "label": "la", "title": "t", "publisher": "p", "year": 2025, "kind": "study"},
                **{"read": True, "read_note": "all", "url": "https://example.org"},
            }
        ],
    },
    "statements": {**HEAD, "statements": [{"id": "S01", "kind": "k", "says": "s"}]},
    "glossary": {**HEAD, "terms": [{"id": "t", "term": "t", "says": "s", "sources": ["s"]}]},
    "actions": {**HEAD, "actions": [{"id": LEVELS[0], "name": "n", "says": "s"}]},
    "red_flags": {
        **HEAD,
        "red_flags": [
            {
                **{"id": "r", "name": "n", "features": ["f"], "act_within": "a", "who_to_call": "w"},
                **{"while_waiting": "w", "trainee_note": "t", "sources": ["s"]},
            }
        ],
    },
    "pictures": {**HEAD, "pictures": [{"id": "p", "file": "pictures/p.svg", "caption": "c", "facts": ["f"]}]},
    "blueprint": {**HEAD, "wants": [{"objective": "o", "kind": "case", "least": 1}]},
    "final-check": {**HEAD, "title": "t", "says": "s", "before": "q", "draws": [{"objectives": ["o"], "items": 1}]},
    "facts": {**HEAD, "facts": [{"id": "f", "says": "s", "seed": ["S01"], "sources": ["s"]}]},
    "sites": {
        **{**HEAD, "id": "s", "name": "n", "places": [{"view": "front", "x": 1, "y": 2, "name": "n"}]},
        "symptoms": [
            {
                **{"id": "y", "lay": "l", "clinical": "c", "facts": ["f"], "look_alikes": ["a"], "more_worried": ["b"]},
                **{"action": LEVELS[1], "sources": ["s"]},
            }
        ],
    },
    "lessons": {
        **{**HEAD, "id": "l", "notebook": "00-l.ipynb", "title": "t", "says": "s", "minutes": 5},
        **{"kind": "practice", "objectives": [{"id": "o", "says": "s"}]},
    },
    "questions": {**HEAD, "quizzes": [{"id": "q", "title": "t", "says": "s", "items": [ITEMS["choice"]]}]},
    "cases": {**HEAD, "cases": [CASE]},
    "clinics": {**HEAD, "id": "c", "title": "t", "says": "s", "in_ten": 5},
    "vignettes": {**HEAD, "clinic": "c", "vignettes": [VIGNETTE]},
}
# Each kind of file, and of questions one for each kind of item.
WHOLE = [
    *VALID.items(),
    *(
        ("questions", {**HEAD, "quizzes": [{"id": "q", "title": "t", "says": "s", "items": [item]}]})
        for item in ITEMS.values()
        if item["kind"] != "choice"
    ),
]
EACH = pytest.mark.parametrize(("kind", "whole"), WHOLE)
KINDS: dict[str, type[BaseModel]] = {
    Path(name).stem: kind for name, kind in {**SINGLE_FILES, **OPTIONAL_FILES, **FOLDERS}.items()
}


def as_the_reader_gives_it(value: Any) -> Any:
    """Every scalar is text."""
    if isinstance(value, dict):
        return {key: as_the_reader_gives_it(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_the_reader_gives_it(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def takes(kind: str, value: Any) -> bool:
    """Whether the model takes a file's value."""
    try:
        KINDS[kind].model_validate(as_the_reader_gives_it(value))
    except ValueError:
        return False
    return True


def parts_of(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """The way to every part and every value in a file."""
    yield path
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from parts_of(inner, (*path, key))


def changed(value: Any, path: tuple, change: Callable[[Any, Any], None]) -> Any:
    """A copy in which the part that holds the end of ``path`` was changed there."""
    made = at = copy.deepcopy(value)
    for key in path[:-1]:
        at = at[key]
    change(at, path[-1])
    return made


def put(new: Any) -> Callable[[Any, Any], None]:
    return lambda at, key: at.__setitem__(key, new)


SLIPS: dict[str, Callable[[Any, Any], None]] = {
    "missing": lambda at, key: at.__delitem__(key),
    "misspelt": lambda at, key: at.update({f"{key}s-slip": at.pop(key)}) if isinstance(at, dict) else at.pop(key),
    "a list": put(["x"]),
    "fields": put({"x": "y"}),
    "text": put("Some text!"),
    "empty": put(None),
    "an empty list": put([]),
    "a big number": put(5000),
}


@EACH
def test_a_whole_file_of_each_kind_is_taken_by_model_and_schema(kind, whole):
    assert takes(kind, whole)
    assert faults(f"{kind}.schema.json", whole) == []


# What a schema leaves to check: it sees no two fields at once, and not what stands within a text.
LEFT_TO_CHECK = {
    *((slip, field) for slip in ("text", "a big number") for field in ("groups", "group", "text", "says")),
    *(("missing", field) for field in ("correct", "cue", "wrong", "next", "objectives")),
    *(("a big number", "next"), ("an empty list", "objectives"), ("misspelt", "objectives")),
}


@EACH
def test_each_slip_in_each_field_that_the_model_refuses_is_refused_by_the_schema_too(kind, whole):
    validator = jsonschema.Draft7Validator(SCHEMAS[f"{kind}.schema.json"])
    refused = 0
    for path in filter(None, parts_of(whole)):
        for name, slip in SLIPS.items():
            made = changed(whole, path, slip)
            if takes(kind, made):
                continue
            field = next(key for key in reversed(path) if isinstance(key, str))
            if (name, field) not in LEFT_TO_CHECK:
                assert not validator.is_valid(made), (name, path)
            refused += not validator.is_valid(made)
    assert refused >= 15


@EACH
def test_what_the_model_takes_is_not_marked_by_an_editor(kind, whole):
    """A number or a truth value can stand where text is taken."""
    validator = jsonschema.Draft7Validator(SCHEMAS[f"{kind}.schema.json"])
    tried = 0
    for path in filter(None, parts_of(whole)):
        for new in ("other", 7, True):
            made = changed(whole, path, put(new))
            # An id of one truth value, and a truth value as a number, are read and yet no way to write.
            if takes(kind, made) and not (new is True and isinstance(path[-1], (str, int))):
                tried += 1
                assert validator.is_valid(made), (new, path)
    assert tried >= 3


@pytest.mark.parametrize(
    ("kind", "path", "wrong", "says"),
    [
        ("questions", ("quizzes", 0, "items", 0, "kind"), "mach", "'mach' is not one of ['choice', 'hotspot'"),
        ("cases", ("cases", 0, "action"), "today", "'today' is not one of ['same-day-emergency'"),
        ("vignettes", ("vignettes", 0, "who", "age"), 200, "200 is greater than the maximum of 110"),
        ("facts", ("facts", 0, "id"), "Bone ache", "'Bone ache' does not match"),
        ("facts", ("facts", 0, "sources"), "one", "'one' is not of type 'array'"),
        ("lessons", ("minutes",), "ten", "'ten' is not of type 'integer'"),
        ("clinics", ("reviewed_on",), "10.1.2026", "does not match"),
        ("sources", ("sources", 0, "url"), "www.example.org", "does not match"),
    ],
)
def test_a_slip_is_named_where_it_is(kind, path, wrong, says):
    made = changed(VALID[kind], path, put(wrong))
    (error,) = jsonschema.Draft7Validator(SCHEMAS[f"{kind}.schema.json"]).iter_errors(made)
    assert says in error.message
    assert tuple(error.absolute_path) == path


def test_an_item_is_held_to_the_fields_of_its_own_kind():
    questions = [whole for kind, whole in WHOLE if kind == "questions"]
    assert len(questions) == len(ITEMS) == 7
    for whole in questions:
        made = changed(whole, ("quizzes", 0, "items", 0, "surprise"), put("x"))
        (fault,) = faults("questions.schema.json", made)
        assert "'surprise' was unexpected" in fault


def test_every_field_says_what_it_is_for_and_every_kind_of_part_what_it_is():
    models = {name: one for module in (items, model) for name, one in vars(module).items() if _is_model(one)}
    assert len(models) >= 40
    for name, one in models.items():
        own = FIELDS.get(name, {})
        assert not own.keys() - one.model_fields.keys() - {"kind", "answers", "stem", "hints"}, name
        for field in one.model_fields:
            assert schema.fields.says(one, field)
    assert not FIELDS.keys() - models.keys()
    question = SCHEMAS["questions.schema.json"]["definitions"]["Choice"]
    assert question["description"] == "An item answered by choosing one option, or several."
    assert question["properties"]["stem"]["description"].startswith("what is asked: a small scene")
    assert question["properties"]["id"]["description"].startswith("its name for other files")


def _is_model(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, BaseModel) and one.__module__ in (items.__name__, model.__name__)


def test_they_are_written_into_a_folder(tmp_path):
    paths = schema.write(tmp_path / "schemas")
    assert {path.name: path.read_text(encoding="utf-8") for path in paths} == schema.texts()
