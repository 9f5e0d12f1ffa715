"""A report as a whole: complete at the extremes, in the form that is written down, and as CSV."""

from __future__ import annotations

import csv
import io
import math
import sys

import polars
import pytest

from insights.a_class import NOW, row
from secondsight.insights import report
from secondsight.insights.columns import TABLES
from secondsight.insights.tables import csv_files, write_csv
from secondsight.refusal import Refusal

TYPES = {
    "text": polars.String, "count": polars.Int64, "share": polars.Float64, "number": polars.Float64,
    "yes-no": polars.Boolean, "time": polars.Datetime("us", "UTC"),
}  # fmt: skip


def everything(a_class, score: float) -> list:
    return [
        a_class.said(item.id, score if item.is_scored else None)
        for items in a_class.course.items_by_lesson.values()
        for item in items
    ]


def nobody(a_class):
    a_class.file("nobody", [])


def one_answer(a_class):
    a_class.file("ann", [a_class.said("which-ache")])


def one_trainee(a_class):
    a_class.file("ann", everything(a_class, 0.5))


def all_right(a_class):
    for name in "abc":
        a_class.file(name, everything(a_class, 1.0))


def all_wrong(a_class):
    for name in "abc":
        a_class.file(name, everything(a_class, 0.0))


def only_old(a_class):
    a_class.file("ann", [a_class.said("which-ache", item_version="old"), a_class.said("never-was")])


@pytest.mark.parametrize("make", [nobody, one_answer, one_trainee, all_right, all_wrong, only_old])
def test_every_table_is_whole_at_the_extremes(a_class, make):
    make(a_class)
    made = a_class.report()
    for name, columns in TABLES.items():
        table = getattr(made, name)
        schema = {each.name: TYPES.get(each.dtype) or polars.Enum(each.dtype.split("|")) for each in columns}
        assert dict(table.schema) == schema, name
        for each in columns:
            values = table[each.name].drop_nulls()
            if each.dtype in ("share", "number"):
                assert all(map(math.isfinite, values)), (name, each.name)
            if each.dtype == "share":
                assert all(0 <= value <= 1 for value in values), (name, each.name)
            if each.dtype in ("count", "yes-no"):
                assert table[each.name].null_count() == 0 or name == "gains", (name, each.name)
        # An interval holds its figure.
        for figure in (each.name for each in columns if f"{each.name}_low" in table.columns):
            inside = table.drop_nulls([f"{figure}_low"])
            low, high = inside[f"{figure}_low"], inside[f"{figure}_high"]
            assert ((low <= inside[figure] + 1e-9) & (inside[figure] <= high + 1e-9)).all(), (name, figure)
    # What is not defined is said in words.
    for table, figure in ((made.items, "discrimination"), (made.scales, "alpha")):
        assert len(table) > 0
        silent = table.filter(polars.col(figure).is_null() & (polars.col("says") == ""))
        assert silent.is_empty(), (figure, silent)


def test_an_empty_class_says_so(a_class):
    nobody(a_class)
    made = a_class.report()
    assert (made.trainee_count, made.attempt_count, made.begins, made.ends) == (0, 0, None, None)
    assert made.notes == ["nobody.jsonl: it holds no answer."]
    assert row(made.files, file="nobody.jsonl")["trainee"] is None
    assert len(made.lessons) == 3 and len(made.spotting) == 1
    (gain,) = made.gain["says"]
    assert "Nobody has answered both checks" in gain


def test_what_is_told_of_the_class_as_a_whole(a_class):
    said = a_class.said
    a_class.file("ann", [said("which-ache", at="2026-11-03T08:00:00Z"), said("legs-when", at="2026-11-20T08:00:00Z")])
    a_class.file("ben", [said("which-ache", at="2026-11-29T11:59:00Z"), said("legs-when", at="2999-01-01T00:00:00Z")])
    made = a_class.report()
    assert (made.course_id, made.course_title) == ("small", "Small Course")
    assert (made.begins.isoformat(), made.ends.isoformat()) == (
        "2026-11-03T08:00:00+00:00", "2026-11-29T11:59:00+00:00",
    )  # fmt: skip
    # Up to a day ahead the clocks of two machines may differ.
    assert made.attempts_future == 1
    assert made.notes == ["ben.jsonl: 1 answer is dated in the future; a clock was wrong."]
    ben = row(made.trainees, trainee=row(made.files, file="ben.jsonl")["trainee"])
    assert ben["last"].isoformat() == "2026-11-29T11:59:00+00:00" and ben["attempts"] == 2


def test_a_file_that_was_cut_off_says_all_that_is_wrong_with_it(a_class):
    path = a_class.file("ann", [a_class.said("which-ache"), a_class.said("legs-when"), a_class.said("v-may")])
    path.write_bytes(b"\n".join(path.read_bytes().splitlines()[:3])[:-5])
    (note,) = a_class.report().notes
    assert note == (
        "ann.jsonl: 1 line could not be read. 1 answer is missing from it. "
        "It has been changed or cut since it was saved; what can be read of it counts."
    )


@pytest.mark.parametrize("library", ["duckdb", "polars", "scipy"])
def test_a_library_that_is_missing_is_named_with_what_brings_it(a_class, monkeypatch, library):
    one_answer(a_class)
    # The package gives the function of the same name.
    monkeypatch.setattr(
        sys.modules["secondsight.insights.report"], "find_spec", lambda name: None if name == library else True
    )
    with pytest.raises(Refusal, match=rf"need {library}, .*'secondsight\[educators\]'"):
        a_class.report()


def test_nothing_is_left_behind(a_class, tmp_path, monkeypatch):
    one_answer(a_class)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    a_class.report()
    assert not [*(tmp_path / "temporary").iterdir()]


def test_where_there_is_no_room_to_work_in_it_is_said(a_class, tmp_path, monkeypatch):
    one_answer(a_class)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(Refusal, match="TMPDIR"):
        report(a_class.course, [a_class.folder], NOW)


def test_each_table_is_given_as_csv(a_class, tmp_path):
    a_class.file("=cmd", [a_class.said("which-ache"), a_class.said("=gone", 0.5)])
    made = a_class.report()
    written = write_csv(made, tmp_path / "out")
    assert [path.name for path in written] == [f"{name}.csv" for name in TABLES] == [*csv_files(made)]
    for path in written:
        rows = [*csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))]
        assert rows[0] == [column.name for column in TABLES[path.stem]]
        assert len(rows) == 1 + len(getattr(made, path.stem))
    items = {each["item"]: each for each in csv.DictReader((tmp_path / "out" / "items.csv").open(encoding="utf-8"))}
    assert (items["which-ache"]["facility"], items["which-ache"]["small"]) == ("1.0", "yes")
    assert items["legs-when"]["facility"] == ""
    # A spreadsheet does not run what comes from a file.
    assert next(csv.reader([(tmp_path / "out" / "files.csv").read_text().splitlines()[1]]))[0] == "'=cmd.jsonl"
    assert (tmp_path / "out" / "reworded.csv").read_text().splitlines()[1].startswith("'=gone,yes")


def test_a_folder_that_cannot_be_written_is_told(a_class, unwritable):
    one_answer(a_class)
    with pytest.raises(Refusal, match="cannot be written"):
        write_csv(a_class.report(), unwritable)
