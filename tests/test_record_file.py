"""Attempts kept on this machine."""

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsight import record_file
from secondsight.attempt import Attempt, in_order
from secondsight.record_file import Record, RecordError, default_path
from some_attempts import ATTEMPTS, RECORDS, attempt, first_version, many


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "record.sqlite3"


@pytest.fixture
def record(path) -> Record:
    return Record(path)


def look(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith("-lock"))


class TestKeeping:
    @given(RECORDS)
    def test_what_is_kept_is_read_back_in_the_order_it_was_made(self, tmp_path_factory, attempts):
        record = Record(tmp_path_factory.mktemp("record") / "record.sqlite3")
        assert record.keep(attempts) == len(attempts)
        expected = sorted(attempts, key=in_order)
        assert record.attempts() == expected
        assert list(record.stream()) == expected

    def test_an_attempt_survives_reopening(self, path):
        Record(path).keep([attempt()])
        assert Record(path).attempts() == [attempt()]

    def test_an_attempt_known_already_counts_once_and_stays_as_it_was(self, record):
        assert record.keep([attempt("a"), attempt("b")]) == 2
        assert record.keep([attempt("b", score=0.0), attempt("c"), attempt("c", score=0.5)]) == 1
        assert [(each.id, each.score) for each in record.attempts()] == [("a", 1.0), ("b", 1.0), ("c", 1.0)]

    def test_it_waits_for_another_who_begins_the_file(self, record, path):
        """SQLite itself does not wait here, but says at once that the file is locked."""
        with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
            other.execute("begin immediate")
            with ThreadPoolExecutor(1) as pool:
                keeping = pool.submit(record.keep, [attempt()])
                with pytest.raises(TimeoutError):
                    keeping.result(timeout=0.2)
                other.execute("commit")
                assert keeping.result() == 1

    def test_two_lessons_can_keep_at_the_same_time(self, path):
        with ThreadPoolExecutor(8) as pool:
            kept = list(pool.map(lambda n: Record(path).keep([attempt(f"{n}-{m}") for m in range(5)]), range(16)))
        assert kept == [5] * 16
        assert len(Record(path).attempts()) == 80

    def test_attempts_are_kept_all_or_none(self, record, path):
        record.keep([attempt("a")])
        change(path, "create trigger full before insert on attempts when new.id = 'c'"
                     " begin select raise(abort, 'disk full'); end")  # fmt: skip
        with pytest.raises(RecordError, match="disk full"):
            record.keep([attempt("b"), attempt("c")])
        assert look(path, "select id from attempts") == [("a",)]

    def test_a_row_that_breaks_a_rule_is_no_row_that_is_known(self, record, path):
        """What is confirmed is kept: only an id that is there already may be passed over."""
        record.keep([])
        change(path, "create trigger rule before insert on attempts begin select raise(ignore); end")
        assert record.keep([attempt("a")]) == 0
        change(path, "drop trigger rule", "drop table attempts",
               record_file.SCHEMA[0].replace("text text", "text text not null"))  # fmt: skip
        with pytest.raises(RecordError, match="could not be kept"):
            record.keep([attempt("a")])

    def test_times_are_in_order_as_text(self, record, path):
        record.keep([attempt("b", at="2026-11-22T10:15:00.5Z"), attempt("a", at="2026-11-22T12:15:01+02:00"),
                     attempt("c", at="2026-11-22T10:15:00Z"), attempt("d", at="0999-11-22T10:15:00Z")])  # fmt: skip
        assert [each.id for each in record.attempts()] == ["d", "c", "b", "a"]
        moments = [at for (at,) in look(path, "select at from attempts order by at")]
        assert moments[0] == "0999-11-22T10:15:00.000000+00:00"
        assert {len(at) for at in moments} == {32}

    def test_every_write_reaches_the_disk_before_it_is_confirmed(self, record):
        with record._opened() as connection:
            assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
            assert connection.execute("pragma synchronous").fetchone() == (2,)

    @pytest.mark.parametrize("field", record_file.COLUMNS)
    def test_every_field_of_an_attempt_has_a_column(self, field):
        assert set(record_file.COLUMNS) == set(Attempt.model_fields)
        assert field in Attempt.model_fields


class TestTaking:
    def test_a_stream_of_batches_is_kept(self, record):
        record.keep([attempt("b", score=0.0)])
        assert record.take(iter([[attempt("a"), attempt("b")], [], [attempt("c"), attempt("a", score=0.0)]])) == 2
        assert [(each.id, each.score) for each in record.attempts()] == [("a", 1.0), ("b", 0.0), ("c", 1.0)]

    def test_it_is_taken_whole_or_not_at_all(self, record):
        record.keep([attempt("a")])

        def batches():
            yield [attempt("b")]
            raise OSError("the file is gone")

        with pytest.raises(RecordError, match=r"file is gone.* Nothing was changed"):
            record.take(batches())
        assert record.attempts() == [attempt("a")]

    def test_another_reads_what_was_before_until_it_is_done(self, record, path):
        seen = []

        def batches():
            yield [attempt("a")]
            seen.extend(Record(path).attempts())
            yield [attempt("b")]

        assert record.take(batches()) == 2
        assert seen == []


class TestReading:
    def test_attempts_at_given_items_alone_are_read(self, record):
        record.keep([attempt("a"), attempt("b", item="legs-when"), attempt("c", item="other")])
        assert [each.id for each in record.attempts(["which-ache", "legs-when", "which-ache"])] == ["a", "b"]
        assert record.attempts([]) == []

    def test_there_may_be_any_number_of_items(self, record):
        record.keep([attempt("a")])
        assert record.attempts([*map(str, range(40_000)), "which-ache"]) == [attempt("a")]

    def test_a_stream_is_what_the_record_was_at_its_first(self, record, path):
        record.keep(many(2500))
        stream = record.stream()
        first = next(stream)
        Record(path).keep([attempt("later", at="2027-01-01T00:00:00Z"), attempt("sooner", at="2025-01-01T00:00:00Z")])
        assert [first, *stream] == list(many(2500))
        assert len(list(record.stream())) == 2502

    def test_a_stream_can_be_left(self, record):
        record.keep(many(2500))
        assert len(list(islice(record.stream(), 3))) == 3
        assert record.erase() == 2500

    def test_a_stream_does_not_hold_up_others_who_keep(self, record, path):
        record.keep(many(2500))
        stream = record.stream()
        next(stream)
        assert Record(path).keep([attempt("x")]) == 1
        assert len(list(stream)) == 2499

    @pytest.mark.parametrize(
        "damage",
        [
            "update attempts set answer = '{' where id = 'a'",
            "update attempts set answer = '7' where id = 'a'",
            "update attempts set answer = x'ff' where id = 'a'",
            "update attempts set score = 'high' where id = 'a'",
            "update attempts set at = 'yesterday' where id = 'a'",
            "update attempts set at = x'00' where id = 'a'",
            "update attempts set item_version = cast(x'c328' as text) where id = 'a'",
            "update attempts set text = cast(x'ff' as text) where id = 'a'",
            "update attempts set place = '' where id = 'a'",
            f"update attempts set answer = '{'[' * 5000}' where id = 'a'",
        ],
    )
    def test_one_damaged_row_does_not_hide_the_others(self, record, path, damage):
        record.keep([attempt("a"), attempt("b")])
        change(path, damage)
        assert [each.id for each in record.attempts()] == ["b"]
        assert [each.id for each in record.attempts(["which-ache"])] == ["b"]
        assert [each.id for each in record.stream()] == ["b"]
        assert [each.id for each in record.newest(["which-ache"], 2)] == ["b"]
        assert look(path, "select count(*) from attempts") == [(2,)], "it stays where it is"
        assert record.set_aside is None


NOW = datetime.now(UTC)
PAST, FUTURE = NOW - timedelta(days=400), NOW + timedelta(days=400)
# Few items and few times, so that they meet.
MET = st.builds(
    attempt,
    id=st.uuids().map(str),
    item=st.sampled_from(["which-ache", "legs-when", "other"]),
    at=st.sampled_from([PAST, PAST + timedelta(1), NOW - timedelta(1), FUTURE, FUTURE + timedelta(1)]),
)


class TestNewest:
    def ids(self, record: Record, each: int, *items: str) -> list[str]:
        return [found.id for found in record.newest(items, each)]

    def test_the_first_and_the_newest_of_each_item_are_read(self, record):
        record.keep(many(300))
        assert self.ids(record, 2, "item-3", "item-7", "item-3") == [
            "a-0000003", "a-0000007", "a-0000243", "a-0000247", "a-0000273", "a-0000277",
        ]  # fmt: skip
        assert self.ids(record, 1, "item-3") == ["a-0000003", "a-0000273"]
        assert self.ids(record, 0, "item-3") == ["a-0000003"]
        assert self.ids(record, 99, "item-3") == [f"a-{n:07}" for n in range(3, 300, 30)]
        assert self.ids(record, 3, "never-met") == []
        assert self.ids(record, 3) == []

    def test_one_attempt_is_first_and_newest_at_once(self, record):
        record.keep([attempt()])
        assert record.newest(["which-ache"], 5) == [attempt()]

    def test_those_in_the_future_count_as_oldest(self, record):
        record.keep([attempt("wrong", at="2999-01-01T00:00:00Z"), attempt("wronger", at="2999-01-02T00:00:00Z"),
                     *(attempt(id, at=PAST + timedelta(days=n)) for n, id in enumerate("abc"))])  # fmt: skip
        assert self.ids(record, 2, "which-ache") == ["a", "b", "c"]
        assert self.ids(record, 3, "which-ache") == ["a", "b", "c"]
        assert self.ids(record, 4, "which-ache") == ["a", "b", "c", "wronger"]
        assert self.ids(record, 5, "which-ache") == ["a", "b", "c", "wrong", "wronger"]

    def test_a_clock_that_is_an_hour_ahead_is_not_in_the_future(self, record):
        """The kernel may run on another machine than the browser that writes the time."""
        ahead = datetime.now(UTC) + timedelta(hours=1)
        record.keep([attempt("a", at=PAST), attempt("b", at=PAST + timedelta(1)), attempt("now", at=ahead)])
        assert self.ids(record, 1, "which-ache") == ["a", "now"]

    def test_all_items_are_read_as_they_stood_at_one_moment(self, record, path, monkeypatch):
        record.keep([attempt("a", item="first"), attempt("b", item="second")])
        read = record_file._attempts

        def while_another_keeps(rows):
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(record_file.INSERT, record_file._row(attempt("c", item="second")))
            return read(rows)

        monkeypatch.setattr(record_file, "_attempts", while_another_keeps)
        assert self.ids(record, 2, "first", "second") == ["a", "b"]
        assert self.ids(record, 2, "first", "second") == ["a", "b", "c"]

    @given(st.lists(MET, max_size=12), st.integers(0, 4), st.data())
    def test_it_is_what_looking_at_all_would_give(self, tmp_path_factory, attempts, each, data):
        """Also where some could not be kept so far."""
        record = Record(tmp_path_factory.mktemp("record") / "record.sqlite3")
        unkept = data.draw(st.integers(0, len(attempts)))
        record.keep(attempts[unkept:])
        record_file._unkept[record._key] = {one.id: one for one in attempts[:unkept]}
        expected = {}
        for item in ("which-ache", "other"):
            here = sorted((one for one in attempts if one.item == item), key=in_order)
            past, future = [one for one in here if one.at <= NOW], [one for one in here if one.at > NOW]
            newest = [*reversed(past), *reversed(future)][:each]
            expected |= {one.id: one for one in [*here[:1], *newest]}
        assert record.newest(["other", "which-ache"], each) == sorted(expected.values(), key=in_order)

    @pytest.mark.parametrize("rows", [100, 20_000])
    def test_the_cost_does_not_grow_with_the_record(self, record, rows, monkeypatch):
        """Counted in steps of SQLite's machine, which no other load on this one changes."""
        record.keep(many(rows))
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1

        connect = record_file._connect

        def counting(*place, **settings):
            connection = connect(*place, **settings)
            connection.set_progress_handler(step, 1)
            return connection

        monkeypatch.setattr(record_file, "_connect", counting)
        assert len(record.newest([f"item-{n}" for n in range(10)], 2)) == 30
        assert 0 < steps < 6000


class TestPlace:
    def test_the_record_lives_where_secondsight_home_says(self, own_home):
        assert default_path() == own_home / "record.sqlite3"
        Record().keep([attempt()])
        assert (own_home / "record.sqlite3").is_file()

    def test_another_course_has_a_record_of_its_own(self, own_home):
        assert default_path("second-sight") == own_home / "record.sqlite3"
        assert default_path("ward-six") == own_home / "record-ward-six.sqlite3"

    def test_without_secondsight_home_it_lives_in_the_users_own_data(self, monkeypatch, tmp_path):
        monkeypatch.delenv("SECONDSIGHT_HOME")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        monkeypatch.setenv("HOME", str(tmp_path))
        assert default_path().is_relative_to(tmp_path)

    @pytest.mark.parametrize("name", ["a b/ü%20?mode=rw#x.sqlite3", "it's [1].sqlite3"])
    def test_any_place_will_do(self, tmp_path, name):
        record = Record(tmp_path / name)
        record.keep([attempt()])
        assert record.attempts() == [attempt()]
        assert (tmp_path / name).is_file()
        with closing(record._open_to_read_only(OSError())) as connection:
            assert connection.execute("select count(*) from attempts").fetchone() == (1,)


class TestWhatCannotBeKept:
    """A home that cannot be written; see also test_record_under_fire.py."""

    def test_it_is_said_in_words(self, monkeypatch, unwritable):
        monkeypatch.setenv("SECONDSIGHT_HOME", str(unwritable))
        with pytest.raises(RecordError, match="could not be read"):
            Record().attempts()
        with pytest.raises(RecordError, match="could not be read"):
            Record().newest(["which-ache"], 1)
        with pytest.raises(RecordError, match="could not be read"):
            next(Record().stream())
        with pytest.raises(RecordError, match=r"could not be kept on this machine .* save your progress to a file"):
            Record().keep([attempt()])
        with pytest.raises(RecordError, match=r"could not be kept on this machine .* Nothing was changed"):
            Record().take([[attempt("two")]])
        with pytest.raises(RecordError, match="could not all be erased"):
            Record().erase()
        assert Record().attempts() == [attempt()], "what was loaded from a file is still in the file"

    def test_it_is_remembered_and_read_back(self, unwritable):
        path = unwritable / "record.sqlite3"
        for each in (attempt("b"), attempt("a"), attempt("c", item="other"), attempt("b", score=0.0)):
            with pytest.raises(RecordError):
                Record(path).keep([each])
        record = Record(path)
        assert [(each.id, each.score) for each in record.attempts()] == [("a", 1.0), ("b", 1.0), ("c", 1.0)]
        assert record.attempts(["other"]) == record.newest(["other"], 1) == [attempt("c", item="other")]
        assert record.attempts(["neither"]) == []
        assert [each.id for each in record.stream()] == ["a", "b", "c"]
        assert Record(path.with_name("another.sqlite3"))._waiting() == []

    def test_it_is_written_with_the_next_that_can_be(self, unwritable):
        record = Record(unwritable / "record.sqlite3")
        for id in ("b", "a"):
            with pytest.raises(RecordError):
                record.keep([attempt(id)])
        unwritable.parent.unlink()
        assert record.keep([attempt("c"), attempt("a", score=0.0)]) == 1
        assert look(record.path, "select id, score from attempts order by id") == [("a", 1.0), ("b", 1.0), ("c", 1.0)]
        assert record._waiting() == []
        assert [each.id for each in record.attempts()] == ["a", "b", "c"]

    def test_it_is_known_to_a_file_that_is_loaded(self, unwritable):
        record = Record(unwritable / "record.sqlite3")
        with pytest.raises(RecordError):
            record.keep([attempt("a")])
        unwritable.parent.unlink()
        assert record.take([[attempt("a", score=0.0), attempt("b")]]) == 1
        assert [(each.id, each.score) for each in record.attempts()] == [("a", 1.0), ("b", 1.0)]

    def test_it_stands_among_the_others_in_order(self, record):
        record.keep([attempt("a", at=PAST), attempt("c", at=NOW)])
        record_file._unkept[record._key] = {"b": attempt("b", at=PAST + timedelta(1)), "c": attempt("c", score=0.0)}
        for found in (record.attempts(), list(record.stream()), record.attempts(["which-ache"])):
            assert [(each.id, each.score) for each in found] == [("a", 1.0), ("b", 1.0), ("c", 1.0)]
        assert record.erase() == 3
        assert record.attempts() == []

    def test_a_full_disk_is_said_and_what_was_kept_stays(self, record, path, monkeypatch):
        record.keep([attempt("a")])
        prepare = record_file._prepare

        def on_a_full_disk(connection) -> None:
            prepare(connection)
            connection.execute("pragma max_page_count = 8")

        monkeypatch.setattr(record_file, "_prepare", on_a_full_disk)
        with pytest.raises(RecordError, match=r"could not be kept on this machine \(database or disk is full\)"):
            record.keep(many(200))
        with pytest.raises(RecordError, match=r"disk is full.* Nothing was changed"):
            record.take([[*many(200, "b")]])
        assert look(path, "select id from attempts") == [("a",)]
        assert len(record.attempts()) == 201
        monkeypatch.undo()
        assert record.keep([]) == 0
        assert look(path, "select count(*) from attempts") == [(201,)]

    def test_a_lock_file_that_is_none_damages_nothing(self, record, path):
        record.keep([attempt("a")])
        Path(f"{path}-lock").write_bytes(b"this is no database" * 100)
        with pytest.raises(RecordError, match="could not be kept"):
            record.keep([attempt("b")])
        assert [each.id for each in record.attempts()] == ["a", "b"]
        assert record.set_aside is None


def bodies(count: int) -> list[tuple[str, str]]:
    """Rows of the first version."""
    return [(each.id, each.model_dump_json()) for each in many(count)]


NO_BODIES = ['{"of": "a later version"}', "", "no json", '{"id": "cut o', "null", "[" * 5000]


class TestMigration:
    def test_a_record_of_the_first_version_is_read_on(self, record, path):
        first_version(path, bodies(2500))
        assert record.attempts() == list(many(2500))
        assert look(path, "pragma user_version") == [(2,)]
        assert record.keep([attempt("x"), *many(1)]) == 1
        assert len(record.attempts()) == 2501

    @given(st.lists(ATTEMPTS, max_size=5, unique_by=lambda each: each.id))
    def test_nothing_in_it_changes(self, tmp_path_factory, attempts):
        path = tmp_path_factory.mktemp("record") / "record.sqlite3"
        first_version(path, [(each.id, each.model_dump_json()) for each in attempts])
        assert Record(path).attempts() == sorted(attempts, key=in_order)

    def test_rows_that_hold_no_attempt_are_not_lost(self, record, path):
        rows = [(f"bad-{n}", body) for n, body in enumerate(NO_BODIES)]
        first_version(path, [*bodies(3), *rows])
        change(path, "insert into attempts values ('bytes', 'x', 'x', cast(x'ff22' as text))",
                     "insert into attempts values ('blob', 'x', 'x', x'00ff')")  # fmt: skip
        assert record.attempts() == list(many(3))
        kept = {body for (body,) in look(path, "select cast(body as blob) from unread")}
        assert kept == {*(body.encode() for body in NO_BODIES), b"\xff\x22", b"\x00\xff"}

    def test_an_empty_one_becomes_one_of_today(self, record, path):
        first_version(path, [])
        assert record.keep([attempt()]) == 1
        new = Record(path.with_name("new.sqlite3"))
        new.keep([])
        schema = "select type, name, sql from sqlite_master order by name"
        assert look(path, schema) == look(new.path, schema)

    def test_one_that_a_killed_kernel_left_is_read_on(self, record, path, tmp_path):
        """Its last attempts are in the write-ahead log alone."""
        first_version(tmp_path / "old.sqlite3", [])
        with closing(sqlite3.connect(tmp_path / "old.sqlite3")) as connection:
            with connection:
                connection.executemany("insert into attempts values (?, 'x', 'x', ?)", bodies(5))
            for part in ("", "-wal", "-shm"):
                shutil.copy(tmp_path / f"old.sqlite3{part}", f"{path}{part}")
        assert record.attempts() == list(many(5))

    def test_a_step_that_fails_changes_nothing(self, record, path, monkeypatch):
        first_version(path, bodies(5))
        before = look(path, "select * from attempts")

        def fails(lines):
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(record_file, "read_lines", fails)
        with pytest.raises(RecordError, match="disk I/O error"):
            record.keep([attempt("x")])
        assert look(path, "select * from attempts") == before
        assert look(path, "pragma user_version") == [(0,)]

    @pytest.mark.parametrize("version", [3, 2**31 - 1])
    @pytest.mark.parametrize("mode", ["wal", "delete"])
    def test_a_newer_version_is_said_and_left_as_it_is(self, record, path, version, mode):
        record.keep([attempt()])
        change(path, f"pragma user_version = {version}", f"pragma journal_mode = {mode}")
        before = path.read_bytes()
        for do in (record.attempts, record.erase, lambda: list(record.stream()), lambda: record.newest(["x"], 1),
                   lambda: record.take([[attempt("b")]]), lambda: record.keep([attempt("b")])):  # fmt: skip
            with pytest.raises(RecordError, match=r"newer version of the course, and is left as it is\. Update"):
                do()
        assert path.read_bytes() == before
        assert record.attempts() == [attempt("b")], "what was answered meanwhile can still be saved to a file"
        assert record.set_aside is None

    def test_a_file_of_no_bytes_is_a_new_record(self, record, path):
        path.touch()
        assert record.keep([attempt()]) == 1


def damage_in_the_middle(path: Path) -> None:
    """Its head is whole, and so is much else; one page is not."""
    data = bytearray(path.read_bytes())
    ((root,),) = look(path, "select rootpage from sqlite_master where name = 'attempts'")
    data[(root - 1) * 4096 : root * 4096] = b"\xaa" * 4096
    path.write_bytes(data)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def no_database(path: Path) -> None:
    path.write_bytes(b"this is no database" * 100)


DAMAGES = [damage_in_the_middle, cut_off, no_database]


@pytest.mark.parametrize("damage", DAMAGES)
class TestDamage:
    @pytest.fixture
    def damaged(self, record, damage) -> bytes:
        """What the record's file holds when it is damaged."""
        record.keep(many(2500))
        damage(record.path)
        return record.path.read_bytes()

    def aside(self, record: Record) -> bytes:
        """The file that was set aside, of which there must be one."""
        assert record.set_aside.parent == record.path.parent
        names = [name for name in files(record.path.parent) if ".damaged-" in name and not name.endswith("-wal")]
        assert names == [record.set_aside.name]
        assert record.set_aside.name.startswith("record.damaged-20")
        assert record.set_aside.suffix == ".sqlite3"
        return record.set_aside.read_bytes()

    def test_it_is_set_aside_when_an_answer_is_kept(self, record, damaged):
        assert record.keep([attempt("new")]) == 1
        assert self.aside(record) == damaged
        assert Record(record.path).attempts() == [attempt("new")]

    @pytest.mark.parametrize("reading", [Record.attempts, lambda record: record.newest(["item-1"], 3),
                                         lambda record: record.attempts(["item-1"])])  # fmt: skip
    def test_it_is_set_aside_when_it_is_read(self, record, damaged, reading):
        assert reading(record) == []
        assert self.aside(record) == damaged

    def test_it_is_set_aside_when_a_file_is_loaded(self, record, damaged):
        assert record.take([[attempt("a")], [attempt("b")]]) == 2
        assert self.aside(record) == damaged
        assert [each.id for each in record.attempts()] == ["a", "b"]

    def test_it_is_set_aside_when_it_is_streamed(self, record, damaged):
        assert list(record.stream()) == []
        assert self.aside(record) == damaged

    def test_erasing_leaves_nothing_of_it(self, record, damaged):
        assert record.erase() == 0
        assert files(record.path.parent) == ["record.sqlite3"]
        assert record.attempts() == []

    def test_one_of_the_first_version_is_set_aside_as_well(self, record, path, damage):
        first_version(path, bodies(2500))
        damage(path)
        damaged = path.read_bytes()
        assert record.keep([attempt("new")]) == 1
        assert self.aside(record) == damaged

    def test_it_never_takes_the_place_of_one_set_aside_before(self, record, damaged, damage):
        kept = {}
        for _ in range(3):
            record.keep(many(2500))
            kept[record.set_aside] = damaged
            damage(record.path)
            damaged = record.path.read_bytes()
        assert len(kept) == 3
        assert {path: path.read_bytes() for path in kept} == kept

    def test_what_could_not_be_kept_before_comes_into_the_new_one(self, record, damaged):
        record_file._unkept[record._key] = {"x": attempt("x")}
        assert record.keep([attempt("y")]) == 1
        assert [each.id for each in Record(record.path).attempts()] == ["x", "y"]
        assert self.aside(record) == damaged

    def test_where_it_cannot_be_set_aside_it_is_left_and_said(self, record, damaged, monkeypatch):
        def denied(*_):
            raise PermissionError("rename")

        monkeypatch.setattr(Path, "rename", denied)
        with pytest.raises(RecordError, match=r"could not be kept on this machine \(rename\)"):
            record.keep([attempt("new")])
        assert record.path.read_bytes() == damaged
        assert record.set_aside is None
        assert record.attempts() == [attempt("new")]


class TestDamageOnTheWay:
    def test_half_a_stream_is_no_whole_one(self, record, path):
        """A progress file must not look whole when it is not."""
        record.keep(many(2500))
        ((root,),) = look(path, "select rootpage from sqlite_master where name = 'attempts_by_time'")
        data = bytearray(path.read_bytes())
        last = (root - 1) * 4096 + 8
        page = int.from_bytes(data[last : last + 4], "big")
        data[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
        path.write_bytes(data)
        stream = record.stream()
        assert next(stream) == next(iter(many(1)))
        with pytest.raises(RecordError, match=r"could not be read.*malformed"):
            list(stream)
        assert record.set_aside.read_bytes() == data
        assert record.attempts() == []

    def test_a_stream_of_batches_that_cannot_begin_again_is_an_error(self, record):
        record.keep(many(2500))
        damage_in_the_middle(record.path)
        with pytest.raises(RecordError, match=r"damaged and was set aside as .*; load the file again\). Nothing was"):
            record.take(iter([[attempt("a")], [attempt("b")]]))
        assert record.attempts() == []
        assert record.take(iter([[attempt("a")]])) == 1

    @pytest.mark.parametrize("damage", [damage_in_the_middle, no_database])
    def test_its_log_goes_with_it(self, record, path, damage):
        """The newest attempts may be in the log alone, where a kernel was killed."""
        old = Record(path.with_name("old.sqlite3"))
        old.keep(many(2500))
        with old._opened() as connection:
            connection.execute(record_file.INSERT, record_file._row(attempt("x", text="in the log alone")))
            log = Path(f"{old.path}-wal").read_bytes()
            shutil.copy(old.path, path)
        damage(path)
        Path(f"{path}-wal").write_bytes(log)
        assert record.keep([attempt("new")]) == 1
        assert Record(path).attempts() == [attempt("new")]
        aside = [each for each in path.parent.iterdir() if each.name.startswith(record.set_aside.name)]
        assert any(b"in the log alone" in each.read_bytes() for each in aside)

    def test_an_old_log_is_not_taken_for_that_of_a_new_file(self, record, path):
        """It may lie there when a kernel is killed between the steps of setting aside."""
        old = Record(path.with_name("old.sqlite3"))
        with old._opened() as connection:
            connection.executemany(record_file.INSERT, map(record_file._row, many(50)))
            shutil.copy(f"{old.path}-wal", f"{path}-wal")
        assert record.keep([attempt("new")]) == 1
        assert record.attempts() == [attempt("new")]
        assert record.set_aside is None

    def test_another_who_sees_the_damage_too_late_leaves_the_new_record(self, record, path):
        no_database(path)
        late = record_file._Damage(path, sqlite3.DatabaseError("file is not a database"))
        record.keep([attempt("a")])
        other = Record(path)
        other._put_aside(late)
        assert other.set_aside == record.set_aside
        assert other.attempts() == [attempt("a")]
        assert len([name for name in files(path.parent) if ".damaged-" in name]) == 1

    def test_a_damaged_file_that_is_gone_meanwhile_is_none(self, record, path):
        no_database(path)
        late = record_file._Damage(path, sqlite3.DatabaseError("file is not a database"))
        path.unlink()
        record._put_aside(late)
        assert record.set_aside is None


class TestErasing:
    def test_every_attempt_is_erased_and_counted(self, record, path):
        first_version(path, [*bodies(300), ("bad", "no json")])
        assert record.erase() == 300
        assert record.attempts() == []
        assert look(path, "select count(*) from unread") == [(0,)]
        assert record.erase() == 0
        assert record.keep([attempt()]) == 1

    def test_no_trace_of_them_is_left_on_the_disk(self, record, path):
        words = "my own words about Ann"
        record.keep([attempt("a", text=words), *many(500)])
        no_database(path.with_name("record.damaged-20260101T000000.000000Z.sqlite3"))
        path.with_name("record.damaged-20260101T000000.000000Z.sqlite3-wal").write_bytes(b"a log")
        path.with_name("record-ward-six.damaged-20260101T000000.000000Z.sqlite3").write_bytes(b"of another course")
        assert any(words.encode() in each.read_bytes() for each in path.parent.iterdir())
        assert record.erase() == 501
        assert files(path.parent) == ["record-ward-six.damaged-20260101T000000.000000Z.sqlite3", "record.sqlite3"]
        for each in path.parent.iterdir():
            data = each.read_bytes()
            assert words.encode() not in data, each
            assert b"item-7" not in data, each
        assert path.stat().st_size < 40_000

    def test_it_waits_for_others_who_have_the_record_open(self, record, path):
        record.keep(many(2500))
        stream = Record(path).stream()
        next(stream)
        with ThreadPoolExecutor(1) as pool:
            erasing = pool.submit(record.erase)
            with suppress(TimeoutError):
                erasing.result(timeout=0.2)
            assert look(path, "select count(*) from attempts") == [(2500,)]
            assert len(list(stream)) == 2499
            assert erasing.result() == 2500
        assert not Path(f"{path}-wal").exists()

    def test_a_record_that_never_was_has_nothing_to_erase(self, record):
        assert record.erase() == 0


def test_a_home_is_made_where_there_is_none(tmp_path):
    record = Record(tmp_path / "not" / "yet" / "record.sqlite3")
    assert record.attempts() == []
    assert record.keep([attempt()]) == 1
    assert os.listdir(tmp_path / "not" / "yet")
