"""Progress files of a class are read by the rules of the record: what it would take in, and nothing else."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import replace
from datetime import UTC
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.a_class import NOW, row
from secondsight.attempt import Attempt, read_lines
from secondsight.insights import report, taking
from secondsight.insights.base import new_base
from secondsight.insights.columns import CERTAINTIES
from secondsight.insights.files import look_at
from secondsight.progress_file import LONGEST_LINE
from secondsight.refusal import Refusal
from some_attempts import ATTEMPTS, attempt, saved

FILES = Path(__file__).parents[1] / "progress-files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
READ = {name: counts for name, counts in EXPECTED.items() if isinstance(counts, dict)}
REFUSED = {
    "other-course": "belongs to another course (“ward-six”)",
    "newer": "made by a newer version of the course",
    "no-progress-file": "not a progress file of this course",
}


@pytest.fixture(scope="module")
def second_sight(small_read):
    """The small course under the name that the example files have."""
    return replace(small_read, head=small_read.head.model_copy(update={"id": "second-sight"}))


def test_the_example_files_hold_good_and_bad_ones():
    assert len(READ) > 5 and len(EXPECTED) - len(READ) > 2


@pytest.mark.parametrize("name", READ)
def test_a_file_counts_as_the_record_would_take_it_in(second_sight, name):
    made = report(second_sight, [FILES / name], NOW)
    (told,) = made.files.iter_rows(named=True)
    expected = READ[name]
    assert told["attempts"] == made.attempt_count == expected["fresh"]
    assert {key: told[key] for key in ("unread", "missing", "changed", "future")} == {
        key: expected[key] for key in ("unread", "missing", "changed", "future")
    }
    assert bool(made.notes) == any(expected[key] for key in ("unread", "missing", "changed", "future"))


@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in READ])
def test_a_file_that_the_record_refuses_is_refused_with_the_reason(second_sight, name):
    with pytest.raises(Refusal) as refused:
        report(second_sight, [FILES / name], NOW)
    assert name in str(refused.value) and REFUSED[EXPECTED[name]] in str(refused.value)


def test_bad_files_are_left_out_and_named_and_the_others_go_on(a_class):
    a_class.file("good", [a_class.said("which-ache")])
    a_class.file("other", [a_class.said("which-ache")], "ward-six")
    (a_class.folder / "letter.jsonl").write_text("Dear Ann,\n", encoding="utf-8")
    (a_class.folder / "notes.txt").write_text("not looked at", encoding="utf-8")
    made = a_class.report()
    assert (made.files_read, made.files_left_out, made.attempt_count) == (1, 2, 1)
    assert [note.split(":")[0] for note in made.notes] == ["letter.jsonl", "other.jsonl"]
    assert "ward-six" in made.notes[1]


def test_where_no_file_is_left_each_is_named_with_its_reason(a_class):
    a_class.file("other", [a_class.said("which-ache")], "ward-six")
    with pytest.raises(Refusal) as refused:
        report(a_class.course, [a_class.folder, a_class.folder / "missing.jsonl"], NOW)
    missing, other = str(refused.value).splitlines()
    assert "missing.jsonl" in missing and "cannot be read" in missing
    assert "other.jsonl" in other and "another course" in other


def test_what_is_no_file_is_told(a_class):
    os.mkfifo(a_class.folder / "pipe.jsonl")
    with pytest.raises(Refusal, match="it is no file, and is read more than once"):
        report(a_class.course, [a_class.folder / "pipe.jsonl"], NOW)


def test_a_folder_without_files_is_told(a_class):
    with pytest.raises(Refusal, match=r"holds no file whose name ends in \.jsonl"):
        a_class.report()


def test_files_of_one_name_are_told_apart_by_their_folders(a_class):
    paths = []
    for group in ("monday", "friday"):
        (a_class.folder / group).mkdir()
        paths.append(a_class.file(f"{group}/one", [a_class.said("which-ache")]))
    made = report(a_class.course, paths, NOW)
    assert made.files["file"].to_list() == ["friday/one.jsonl", "monday/one.jsonl"]


@pytest.mark.parametrize("name", ["one (1)", "a*b", "what[1]?", "it's", "tag=x", "ünï"])
def test_a_file_is_read_whatever_its_name(a_class, name):
    a_class.file(name, [a_class.said("which-ache"), a_class.said("legs-when")])
    a_class.file("aab", [a_class.said("which-ache")])
    made = a_class.report()
    assert row(made.files, file=f"{name}.jsonl")["attempts"] == 2
    assert (made.attempt_count, made.attempts_doubled, made.notes) == (3, 0, [])


def test_what_the_course_writes_is_read_at_once_and_not_line_by_line(a_class, monkeypatch):
    def slowly(lines):
        assert not [*lines], "read line by line"
        return []

    monkeypatch.setattr(taking, "read_lines", slowly)
    words = 'She said “no”, \\ and "why?"\nThen\tshe left.'
    attempts = [
        a_class.said("which-ache", 2 / 3),
        a_class.said("write-why", None, "a b", text=words, certainty=None),
        a_class.said("stiff-back", 0.0, " ".join(f"ask:listen:{letter}" for letter in "abcdefghijklmnopqrst")),
        a_class.said("mark-call", 1.0, "none", sitting="6f1f3a52-0000-4000-8000-00000000000a"),
        a_class.said("which-ache", at="2026-11-02T10:00:00Z"),
    ]
    a_class.file("python", attempts)
    # The page writes whole numbers without a point, and thousandths of a second.
    others = [each.model_copy(update={"id": str(uuid.uuid5(uuid.NAMESPACE_URL, each.id))}) for each in attempts]
    page = [
        each.model_dump_json().replace(":1.0", ":1").replace(":5.0", ":5").replace("00Z", "00.250Z") for each in others
    ]
    head = json.dumps({"format": "second-sight-progress", "version": 1, "course": "small", "count": len(page)})
    (a_class.folder / "page.jsonl").write_text("\n".join([head, *page]) + "\n", encoding="utf-8")
    made = a_class.report()
    assert made.attempt_count == 2 * len(attempts)
    assert made.words_count == 2


def test_a_trainees_words_are_counted_and_never_given_out(a_class):
    a_class.file("one", [a_class.said("write-why", None, text="I met Mrs Xyzzy.", certainty=None)])
    made = a_class.report()
    assert made.words_count == 1
    assert "Xyzzy" not in repr([getattr(made, name) for name in made.__dataclass_fields__])


# Lines that are no attempt, or are one in a form that the course does not write.
GOOD = json.loads(attempt("0b6f2d1e-0000-4000-8000-000000000001").model_dump_json())
ODD_VALUES = {
    "id": ["", "x" * 200, "x" * 201, 7, "0B6F2D1E-0000-4000-8000-000000000001", "a\u0000b", "é" * 150],
    "item": ["", None, "two words", "ünï", 'q"q', "x" * 201],
    "answer": ["a", [], ["a"] * 50, ["a"] * 51, [""], ["b", 1], ["x" * 201], ["x" * 150] * 2, [["a"]], None],
    "score": [0, 1, True, "0.5", 1.5, -0.5, -0.0, 1e-7, 0.1234567890123456, None, 10**30],
    "certainty": ["Sure", "", None, 1],
    "hints": [-1, 3.0, 3.5, "3", True, 2**53, 2**53 + 1, 10**20],
    "seconds": [-1, "9", 1e300, None, 10**16],
    "at": [
        "2026-02-30T10:00:00Z", "2026-11-22 10:15:00Z", "2026-11-22T10:15:00", "2026-11-22T24:00:00Z",
        "2026-11-22T10:15:60Z", "2026-11-22T10:15:00+02:00", "2026-11-22T10:15:00.1234567Z", "2026-11-22T10:15Z",
        "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 1700000000, "1700000000", "", "now",
    ],
    "place": ["moon", None],
    "text": ["", "x" * 4000, "x" * 4001, "é" * 3000, 7, None],
    "sitting": ["", None, "x" * 201, 3, "s p"],
}  # fmt: skip
FORMS = [
    lambda line: line + " ",
    lambda line: f"\t{line}",
    lambda line: line[:-1],
    lambda line: line[:-1] + ",}",
    lambda line: line + line,
    lambda line: line + " x",
    lambda line: f"[{line}]",
    lambda line: line[:-1] + ',"more":{"score":1}}',
    lambda line: line[:-1] + ',"more":NaN}',
    lambda line: line[:-1] + ',"score":0.25}',
    lambda line: line[:-1] + ',"text":"\\ud800"}',
    lambda line: line[:-1] + ',"text":"\\u00e9\\u0007"}',
    lambda line: line.replace(",", ", "),
    lambda line: line.replace('"id"', '"\\u0069d"'),
    lambda line: line.replace("Z", "z"),
    lambda line: "",
    lambda line: "null",
]
BYTES = [b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\x1f", b"\r", b"\xe2\x80\xa8", b"x" * (LONGEST_LINE + 1)]


@st.composite
def lines(draw) -> bytes:
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return draw(ATTEMPTS).model_dump_json().encode()
    made = {**GOOD, "id": str(draw(st.uuids())), "item": draw(st.sampled_from(["which-ache", "v-stairs", "gone"]))}
    if kind == 1:
        field = draw(st.sampled_from([*ODD_VALUES]))
        made[field] = draw(st.sampled_from(ODD_VALUES[field]))
    if kind == 2:
        del made[draw(st.sampled_from([*GOOD]))]
    line = json.dumps(made, separators=(",", ":"), ensure_ascii=draw(st.booleans()))
    return (draw(st.sampled_from(FORMS))(line) if kind == 3 else line).encode()


def agrees(course, path: Path, made: list[bytes], end: bytes = b"\n") -> None:
    """Whether of these lines exactly what the record takes in is taken, as it is."""
    versions = {id: item.version.encode() for id, item in course.items.items()}
    made = [line.replace(b'"abc"', b'"%s"' % versions["which-ache"]) for line in made]
    body = b"\n".join(made) + end
    path.write_bytes(saved([], "second-sight") + body)
    there = [line for line in body.split(b"\n") if line and not line.isspace()]
    expected = [each for each in read_lines([line for line in there if len(line) <= LONGEST_LINE]) if each]
    files = look_at([path], "second-sight")
    with new_base() as (base, scratch):
        taken = taking.take(base, course, files, scratch)
        found = base.execute(
            'SELECT coalesce(name, id::VARCHAR), item, asked, version, score, certainty, "at", answer, words FROM taken'
        ).fetchall()
    counted = taken.counted[0]
    assert (counted.lines, counted.attempts) == (len(there), len(expected))
    assert sorted(map(repr, found)) == sorted(repr(kept(each, taken.items)) for each in expected)


@settings(max_examples=25)
@given(st.lists(lines(), max_size=40), st.none() | st.sampled_from(BYTES), st.booleans())
def test_exactly_what_the_record_takes_in_is_taken(second_sight, tmp_path_factory, made, odd_bytes, ends):
    if odd_bytes and made:
        middle = made[0][len(made[0]) // 2 :]
        made[0] = made[0].removesuffix(middle) + odd_bytes + middle
    agrees(second_sight, tmp_path_factory.mktemp("lines") / "some.jsonl", made, b"\n" * ends)


def test_each_odd_value_and_each_odd_form_is_taken_or_not_as_the_record_would(second_sight, tmp_path):
    dump = partial(json.dumps, separators=(",", ":"), ensure_ascii=False)
    whole = [dump({**GOOD, field: value}) for field, values in ODD_VALUES.items() for value in values]
    formed = [form(dump(GOOD)) for form in FORMS]
    lacking = [dump({name: value for name, value in GOOD.items() if name != field}) for field in GOOD]
    # Raw, as the page would never write it.
    raw = [
        dump({**GOOD, "text": "a\tb"}).replace("\\t", "\t"),
        dump({**GOOD, "text": "a\x1fb"}).replace("\\u001f", "\x1f"),
    ]
    agrees(second_sight, tmp_path / "odd.jsonl", [line.encode() for line in [*whole, *formed, *lacking, raw[0]]])
    agrees(second_sight, tmp_path / "raw.jsonl", [line.encode() for line in [*whole, raw[1]]])
    # Whole, but for being longer than a line may be.
    long = dump({**GOOD, "more": "x" * LONGEST_LINE}).encode()
    agrees(second_sight, tmp_path / "long.jsonl", [dump(GOOD).encode(), long])
    for number, bytes in enumerate(BYTES):
        line = dump(GOOD).encode()
        agrees(second_sight, tmp_path / f"{number}.jsonl", [line, line[:50] + bytes + line[50:], bytes + line, line])


def kept(each: Attempt, items) -> tuple:
    """An attempt as the table holds it."""
    number = next(
        (n for n, item in enumerate(items) if (item.id, item.version) == (each.item, each.item_version)), None
    )
    answer = {"which-ache": "".join(each.answer), "v-stairs": (each.answer or [""])[0]}.get(each.item)
    known = number is not None
    return (
        each.id, number, None if known else each.item, None if known else each.item_version, each.score,
        each.certainty and CERTAINTIES.index(each.certainty), each.at.astimezone(UTC).replace(tzinfo=None),
        answer if known else None, each.text is not None,
    )  # fmt: skip
