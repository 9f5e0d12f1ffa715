"""Progress files: written, taken in, and all that may be wrong with them. See also test_record_under_fire.py."""

import io
import json
import os
import random
import re
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsight import progress_file, record_file
from secondsight.attempt import in_order
from secondsight.progress_file import LONGEST_LINE, Loading, ProgressFileError, Taken
from secondsight.record_file import Record, RecordError
from some_attempts import ATTEMPTS, RECORDS, attempt, load, many, saved

FILES = Path(__file__).parent / "progress-files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
SAYS = {"no-progress-file": "is not a progress file", "other-course": "another course", "newer": "a newer version"}


@pytest.fixture
def record(tmp_path) -> Record:
    return Record(tmp_path / "record.sqlite3")


def taken(**counts) -> Taken:
    return Taken(**{"fresh": 0, "known": 0, "unread": 0, "missing": 0, "changed": False, "future": 0, **counts})


def head(**changed) -> bytes:
    """A head, of the first version because it needs no checksum."""
    known = {"format": "second-sight-progress", "version": 1, "course": "second-sight", "count": 0}
    return json.dumps({**known, **changed}).encode() + b"\n"


def line(id: str, **changed) -> bytes:
    return attempt(id, **changed).model_dump_json().encode() + b"\n"


class TestFilesOfAllSorts:
    """The same files, with the same outcome, are read by frontend/tests."""

    def test_each_file_has_an_outcome_and_there_are_some_of_each_sort(self):
        assert {path.name for path in FILES.glob("*.jsonl")} == set(EXPECTED)
        outcomes = [each for each in EXPECTED.values() if isinstance(each, dict)]
        assert {each for each in EXPECTED.values() if isinstance(each, str)} == set(SAYS)
        assert len(outcomes) >= 8
        for what in ("fresh", "unread", "missing", "changed", "future"):
            assert any(each[what] for each in outcomes), what
        assert any(each["fresh"] and not each["changed"] for each in outcomes)
        assert all(set(each) == set(taken().to_dict()) for each in outcomes)

    @pytest.mark.parametrize("name", EXPECTED)
    @pytest.mark.parametrize("size", [1, 7, 1 << 20])
    def test_it_is_taken_in_as_expected(self, record, name, size):
        data = (FILES / name).read_bytes()
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        record.keep([attempt("before")])
        expected = EXPECTED[name]
        if isinstance(expected, str):
            with pytest.raises(ProgressFileError, match=SAYS[expected]):
                load(pieces, record)
            assert record.attempts() == [attempt("before")]
        else:
            assert load(pieces, record).to_dict() == expected
            assert len(record.attempts()) == expected["fresh"] + 1
            again = {**expected, "fresh": 0, "known": expected["fresh"]}
            assert load(data, record).to_dict() == again

    def test_the_good_one_is_as_it_would_be_written_today(self, record):
        load((FILES / "good.jsonl").read_bytes(), record)
        assert saved(record.stream()) == (FILES / "good.jsonl").read_bytes()


class TestWriting:
    def test_a_file_is_lines_of_json_under_a_head(self):
        data = saved([attempt("a", text="ünïcödé\n\u2028"), attempt("b")])
        first, *lines = data.decode().split("\n")
        body = data.partition(b"\n")[2]
        assert json.loads(first) == {
            "format": "second-sight-progress",
            "version": 2,
            "course": "second-sight",
            "count": 2,
            "checksum": f"crc32:{zlib.crc32(body):08x}",
        }
        assert [json.loads(each)["id"] for each in lines[:-1]] == ["a", "b"]
        assert lines[-1] == ""

    def test_a_record_without_attempts_gives_a_head_alone(self, record):
        data = saved(record.stream())
        assert data.count(b"\n") == 1
        assert json.loads(data)["checksum"] == "crc32:00000000"
        assert load(data, record) == taken()

    def test_it_says_how_many_it_holds(self):
        assert progress_file.write(lambda: many(1200), "second-sight", io.BytesIO()) == 1200

    def test_a_record_that_cannot_be_read_gives_no_file(self, unwritable):
        out = io.BytesIO()
        with pytest.raises(RecordError):
            progress_file.write(Record(unwritable / "record.sqlite3").stream, "second-sight", out)
        assert out.getvalue() == b""


# One attempt for each id: what differs under one id is told apart in TestOneIdTwice.
POOL = st.shared(st.lists(ATTEMPTS, min_size=1, max_size=6, unique_by=lambda each: each.id), key="pool")
PARTS = POOL.flatmap(lambda pool: st.lists(st.lists(st.sampled_from(pool), max_size=6), max_size=4))


class TestSaveAndLoad:
    @given(RECORDS, st.integers(1, 5000))
    def test_they_are_inverse(self, tmp_path_factory, attempts, size):
        folder = tmp_path_factory.mktemp("records")
        one, other = Record(folder / "one.sqlite3"), Record(folder / "other.sqlite3")
        one.keep(attempts)
        data = saved(one.stream())
        assert load([data[at : at + size] for at in range(0, len(data), size)], other) == taken(
            fresh=len(attempts), future=sum(each.at > datetime.now(UTC) + timedelta(1) for each in attempts)
        )
        assert other.attempts() == one.attempts() == sorted(attempts, key=in_order)
        assert saved(other.stream()) == data

    @given(PARTS, st.randoms(use_true_random=False))
    def test_files_merge_alike_in_any_order_any_grouping_and_as_often_as_wanted(self, tmp_path_factory, parts, chance):
        folder = tmp_path_factory.mktemp("records")
        made = 0

        def merged(*files: bytes) -> bytes:
            nonlocal made
            made += 1
            record = Record(folder / f"{made}.sqlite3")
            for data in files:
                load(data, record)
            return saved(record.stream())

        files = [saved(part) for part in parts]
        together = merged(*files)
        shuffled = [*files, *chance.choices(files, k=2)] if files else []
        chance.shuffle(shuffled)
        assert merged(*shuffled) == together, "in any order, some twice"
        cut = chance.randint(0, len(files))
        assert merged(merged(*files[:cut]), merged(*files[cut:])) == together, "in any grouping"
        assert merged(together, together) == merged(together) == together, "once is enough"
        lines = [each for each in together.split(b"\n")[1:] if each]
        assert len(lines) == len({each.id for part in parts for each in part}), "each once, none lost"


class TestOneIdTwice:
    def test_what_is_kept_stays(self, record):
        record.keep([attempt("a")])
        assert load(saved([attempt("a", score=0.0), attempt("b")]), record) == taken(fresh=1, known=1)
        assert [each.score for each in record.attempts()] == [1.0, 1.0]

    def test_in_one_file_the_first_counts(self, record):
        assert load(saved([attempt("a"), attempt("a", score=0.0), attempt("b")]), record) == taken(fresh=2, known=1)
        assert [each.score for each in record.attempts()] == [1.0, 1.0]


GOOD = saved([attempt("a", text="ü" * 40), attempt("b"), attempt("c", at="2999-01-01T00:00:00Z")])
HEAD_ENDS = GOOD.index(b"\n") + 1


class TestBadFiles:
    def test_cut_off_anywhere_what_is_there_is_taken(self, tmp_path):
        for end in range(len(GOOD) + 1):
            record = Record(tmp_path / f"{end}.sqlite3")
            if end < HEAD_ENDS - 1:
                with pytest.raises(ProgressFileError, match="is not a progress file"):
                    load(GOOD[:end], record)
                assert not record.path.exists()
                continue
            outcome = load(GOOD[:end], record)
            body = GOOD[HEAD_ENDS:end]
            there = [each for each in body.split(b"\n") if each]
            whole = [each for each in there if each in GOOD.splitlines()]
            assert outcome.fresh == len(record.attempts()) == len(whole), end
            assert outcome.unread == len(there) - len(whole), end
            assert outcome.fresh + outcome.unread + outcome.missing == 3, end
            assert outcome.changed == (body != GOOD[HEAD_ENDS:]), end

    @given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
    def test_changed_bytes_are_found_and_spoil_no_other_line(self, tmp_path_factory, changes):
        record = Record(tmp_path_factory.mktemp("record") / "record.sqlite3")
        record.keep([attempt("before")])
        data = bytearray(GOOD)
        for at, byte in changes:
            data[at] = byte
        try:
            outcome = load(bytes(data), record)
        except ProgressFileError:
            assert data[: HEAD_ENDS - 1] != GOOD[: HEAD_ENDS - 1]
            assert record.attempts() == [attempt("before")]
            return
        assert outcome.changed or data[HEAD_ENDS:] == GOOD[HEAD_ENDS:] or data[:HEAD_ENDS] != GOOD[:HEAD_ENDS]
        assert outcome.fresh == len(record.attempts()) - 1
        untouched = set(GOOD.splitlines()[1:]) & set(bytes(data).split(b"\n")[1:])
        assert outcome.fresh >= len(untouched)

    def test_one_changed_character_is_enough(self, record):
        assert load(GOOD.replace(b'"score":1.0', b'"score":0.0', 1), record) == taken(fresh=3, changed=True, future=1)

    @given(st.binary(max_size=500), st.integers(1, 400))
    def test_bytes_that_are_no_text_are_no_progress_file(self, tmp_path_factory, data, size):
        record = Record(tmp_path_factory.mktemp("record") / "record.sqlite3")
        with pytest.raises(ProgressFileError, match="is not a progress file"):
            load([data[at : at + size] for at in range(0, len(data), size)], record)
        assert not record.path.exists()

    @given(st.lists(st.binary(max_size=60) | st.just(line("a")[:-1]) | st.just(b"\xff\xfe"), max_size=8))
    def test_any_lines_under_a_head_are_counted(self, tmp_path_factory, lines):
        record = Record(tmp_path_factory.mktemp("record") / "record.sqlite3")
        body = b"\n".join(lines)
        outcome = load(head(count=20) + body, record)
        there = [each for each in body.split(b"\n") if each.strip()]
        good = there.count(line("a")[:-1])
        assert (outcome.fresh, outcome.known) == (min(1, good), max(0, good - 1))
        assert (outcome.unread, outcome.missing) == (len(there) - good, 20 - len(there))

    @pytest.mark.parametrize(
        "first",
        [
            b"", b"\n", b"\r\n", b"{}\n", b"[]\n", b"null\n", b"7\n", b'"second-sight-progress"\n', b"[" * 5000 + b"\n",
            b"\xff\xfe{\0}\0\n\0", b"\0" * 100 + b"\n", head(format="another"), head(version="1"), head(version=None),
            head(version=True), head(version=1.5), head(version=-1), head(course=None), head(course=7),
            b"\n" + head(), b"<html>\n" + head(), head()[:-2], head()[1:],
        ],
        ids=lambda first: ascii(first[:40]),
    )  # fmt: skip
    def test_a_head_that_is_none_is_no_progress_file(self, record, first):
        with pytest.raises(ProgressFileError, match=r"is not a progress file.* Nothing was changed"):
            load(first, record)
        assert not record.path.exists()

    @pytest.mark.parametrize("version", [3, 10**30])
    def test_a_newer_version_is_said_before_the_file_is_there(self, record, version):
        loading = Loading(record, "second-sight")
        with pytest.raises(ProgressFileError, match="a newer version of the course"):
            loading.feed(head(version=version, course="ward-six"))

    def test_another_course_is_named(self, record):
        for name in ("ward-six", "<b>ward</b>" * 100):
            with pytest.raises(ProgressFileError, match=re.escape(f"another course (“{name[:60]}”)")):
                load(saved([attempt()], name), record)
        assert load(saved([attempt()], "ward-six"), record, "ward-six") == taken(fresh=1)

    @pytest.mark.parametrize("count", [None, "7", -3, 1.5, True, [], {}, 0])
    def test_a_count_that_is_none_promises_nothing(self, record, count):
        assert load(head(count=count) + line("a"), record) == taken(fresh=1)

    def test_more_lines_than_promised_are_taken_all(self, record):
        assert load(head(count=1) + line("a") + line("b"), record) == taken(fresh=2)
        assert load(head(count=10**30) + line("c"), record) == taken(fresh=1, missing=10**30 - 1)

    @pytest.mark.parametrize("checksum", [None, "", "crc32:00000000", 7, ["crc32"], "md5:0"])
    def test_a_checksum_that_is_none_is_a_change(self, record, checksum):
        assert load(head(version=2, checksum=checksum) + line("a"), record) == taken(fresh=1, changed=True)

    def test_a_first_line_without_end_is_no_progress_file_long_before_it_ends(self, record):
        loading = Loading(record, "second-sight")
        loading.feed(b"x" * LONGEST_LINE)
        with pytest.raises(ProgressFileError, match="is not a progress file"):
            loading.feed(b"x")
        with pytest.raises(ProgressFileError, match="is not a progress file"):
            load(head(padding="x" * LONGEST_LINE), record)
        assert load(head(padding="x" * (LONGEST_LINE - 200)), record) == taken()

    @pytest.mark.parametrize("size", [1000, LONGEST_LINE, LONGEST_LINE + 1, 1 << 20, 1 << 30])
    def test_lines_that_are_too_long_are_counted(self, record, size):
        long = [
            line("long", padding="x")[:-2] + b',"x":"' + b"x" * length + b'"}\n' for length in (0, 90_000, 3_000_000)
        ]
        fits = line("fits")[:-2] + b',"x":"'
        fits += b"x" * (LONGEST_LINE - len(fits) - 2) + b'"}\n'
        assert len(fits) == LONGEST_LINE + 1
        over = fits.replace(b'"fits"', b'"over"').replace(b'"x":"', b'"x":"x')
        data = (
            head() + long[1] + line("a") + fits + over + long[2] + long[1] + long[0] + line("b") + long[2].rstrip(b"\n")
        )
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert load(pieces, record) == taken(fresh=4, unread=5)
        assert sorted(each.id for each in record.attempts()) == ["a", "b", "fits", "long"]

    def test_html_is_kept_as_the_text_it_is(self, record, attack):
        given = attempt("a", item=attack, lesson=attack, answer=[attack], text=attack)
        assert load(saved([given]), record) == taken(fresh=1)
        assert record.attempts() == [given]
        assert saved(record.stream()) == saved([given])

    def test_times_in_the_future_are_taken_and_counted(self, record):
        now = datetime.now(UTC)
        ahead = [attempt(f"{hours}", at=now + timedelta(hours=hours)) for hours in (-1, 1, 23, 25, 900)]
        assert load(saved(ahead), record) == taken(fresh=5, future=2)
        assert load(saved(ahead), record) == taken(known=5, future=2)

    def test_attempts_at_items_that_no_longer_exist_are_taken(self, record):
        """They may be asked again one day, and the file goes on to other machines."""
        assert load(saved([attempt(item="never-was", lesson="gone")]), record) == taken(fresh=1)

    def test_a_mark_at_the_beginning_and_windows_line_ends_are_no_matter(self, record):
        data = (b"\xef\xbb\xbf" + saved([attempt("a"), attempt("b")])).replace(b"\n", b"\r\n")
        assert load(data + b"\r\n\r\n", record) == taken(fresh=2, changed=True)
        assert load(b"\xef\xbb\xbf" + GOOD, record) == taken(fresh=3 - 2, known=2, future=1)

    def test_a_file_without_its_last_line_end_is_whole(self, record):
        assert load(head(count=2) + line("a") + line("b").rstrip(), record) == taken(fresh=2)


class TestAllOrNothing:
    def test_nothing_reaches_the_record_before_the_end(self, record):
        loading = Loading(record, "second-sight")
        loading.feed(GOOD)
        assert record.attempts() == []
        loading.drop()
        assert record.attempts() == []

    def test_a_record_that_cannot_be_written_is_left_as_it_is(self, record, monkeypatch):
        record.keep([attempt("before")])
        before = record.path.read_bytes()
        prepare = record_file._prepare

        def on_a_full_disk(connection) -> None:
            prepare(connection)
            connection.execute("pragma max_page_count = 40")

        monkeypatch.setattr(record_file, "_prepare", on_a_full_disk)
        with pytest.raises(RecordError, match=r"this file could not be kept .*disk is full.* Nothing was changed"):
            load(saved(many(3000)), record)
        monkeypatch.undo()
        assert record.path.read_bytes() == before
        assert record.attempts() == [attempt("before")], "the file still has them, so nothing waits to be kept"
        assert load(saved(many(3000)), record) == taken(fresh=3000)

    def test_a_home_that_cannot_be_written_is_said(self, unwritable):
        with pytest.raises(RecordError, match=r"this file could not be kept .* Nothing was changed"):
            load(GOOD, Record(unwritable / "record.sqlite3"))

    def test_a_disk_without_room_for_the_file_is_said(self, record, monkeypatch):
        class Full(io.BytesIO):
            def write(self, data):
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(progress_file, "SpooledTemporaryFile", lambda _: Full())
        with pytest.raises(RecordError, match=r"this file could not be kept .*No space left.* Nothing was changed"):
            Loading(record, "second-sight").feed(GOOD)

    def test_a_record_that_proves_damaged_is_set_aside_and_all_is_taken(self, record):
        """Also where it shows only after some have been read from the file."""
        record.keep(many(2500))
        data = bytearray(record.path.read_bytes())
        for page in range(20, len(data) // 4096):
            data[page * 4096 : (page + 1) * 4096] = random.Random(page).randbytes(4096)
        record.path.write_bytes(data)
        assert load(saved(many(5000, "b")), record) == taken(fresh=5000)
        assert record.set_aside.read_bytes() == data
        assert record.attempts() == list(many(5000, "b"))

    def test_nothing_is_left_in_the_folder_of_temporary_files(self, record, tmp_path, monkeypatch):
        (tmp_path / "temporary").mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
        data = saved(many(6000))
        assert len(data) > progress_file.IN_MEMORY
        loading, dropped = Loading(record, "second-sight"), Loading(record, "second-sight")
        for each in (loading, dropped):
            each.feed(data)
        loading.finish()
        dropped.drop()
        assert loading._staged.closed
        assert dropped._staged.closed
        assert os.listdir(tmp_path / "temporary") == []
