"""``secondsight record``: what it writes where, and what it says when it cannot."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable

import polars as pl
import pytest

from secondsight import cli
from secondsight.attempt import Attempt
from secondsight.cli import main
from secondsight.record_file import Record, default_path
from some_attempts import attempt

FORMS = ["csv", "jsonl", "xapi", "parquet"]


def run(*arguments, **environment) -> subprocess.CompletedProcess:
    """The command in a process of its own, as a person runs it."""
    command = [sys.executable, "-m", "secondsight.cli", "record", *map(str, arguments)]
    return subprocess.run(command, check=False, env={**os.environ, **environment}, capture_output=True)


def said(done: subprocess.CompletedProcess) -> str:
    """The one sentence of a command that could do nothing."""
    assert done.returncode == 1, done
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    return line


@pytest.fixture
def kept(small) -> list[Attempt]:
    """What the record of the small course holds."""
    kept = [attempt("a"), attempt("b", item="write-why", score=None, text="Größe, “so”"), attempt("c", hints=2)]
    Record(default_path("small")).keep(kept)
    return kept


def read(form: str, raw: bytes) -> list[str]:
    """The ids of the attempts in an export; for statements, the names of their items."""
    match form:
        case "csv":
            return [row["id"] for row in csv.DictReader(io.StringIO(raw.decode(), newline=""))]
        case "jsonl":
            return [json.loads(line)["id"] for line in raw.splitlines()[1:]]
        case "xapi":
            # An id that is no UUID becomes one; each attempt here has its own.
            assert len({each["id"] for each in json.loads(raw)}) == len(json.loads(raw))
            return [each["object"]["id"].rpartition("/")[2] for each in json.loads(raw)]
        case _:
            return pl.read_parquet(raw)["id"].to_list()


def expected(form: str, attempts: list[Attempt]) -> list[str]:
    return [each.item if form == "xapi" else each.id for each in attempts]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_written_and_counted(small, kept, tmp_path, form):
    out = tmp_path / f"mine.{form}"
    done = run("--to", form, "--out", out, "--course", small.root)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"3 attempts in {out}.{os.linesep}", b"")
    assert read(form, out.read_bytes()) == expected(form, kept)


@pytest.mark.parametrize("form", FORMS[:3])
def test_without_out_it_is_written_to_standard_output_and_nothing_else_is(small, kept, form):
    """In UTF-8, whatever the console speaks."""
    done = run("--to", form, "--course", small.root, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert read(form, done.stdout) == expected(form, kept)
    assert "Größe, “so”".encode() in done.stdout


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_record_gives_an_empty_file(small, tmp_path, form, capsys):
    out = tmp_path / "mine"
    assert main(["record", "--to", form, "--out", str(out), "--course", str(small.root)]) == 0
    assert capsys.readouterr().out == f"0 attempts in {out}.\n"
    assert read(form, out.read_bytes()) == []


def test_one_attempt_is_one(small, tmp_path, capsys):
    Record(default_path("small")).keep([attempt("a")])
    assert main(["record", "--to", "csv", "--out", str(tmp_path / "mine"), "--course", str(small.root)]) == 0
    assert capsys.readouterr().out == f"1 attempt in {tmp_path / 'mine'}.\n"


def test_the_record_is_that_of_the_course(small, kept, capfdbinary, monkeypatch):
    Record(default_path()).keep([attempt("of-second-sight")])
    monkeypatch.chdir(small.root / "notebooks")
    assert main(["record", "--to", "csv"]) == 0
    assert read("csv", capfdbinary.readouterr().out) == ["a", "b", "c"]
    small.edit("content/course.yaml", "id: small", "id: second-sight")
    assert main(["record", "--to", "csv"]) == 0
    assert read("csv", capfdbinary.readouterr().out) == ["of-second-sight"]


def test_what_was_there_before_is_replaced(small, kept, tmp_path):
    (tmp_path / "mine.csv").write_text("before\n" * 1000)
    assert main(["record", "--to", "csv", "--out", str(tmp_path / "mine.csv"), "--course", str(small.root)]) == 0
    assert read("csv", (tmp_path / "mine.csv").read_bytes()) == ["a", "b", "c"]


@pytest.mark.parametrize("form", FORMS)
def test_a_record_is_given_out_though_a_file_of_the_course_is_broken(small, kept, tmp_path, form):
    small.write("content/glossary.yaml", "a: [")
    small.write("exercises/questions/first.yaml", "a: [")
    assert main(["record", "--to", form, "--out", str(tmp_path / "mine"), "--course", str(small.root)]) == 0
    assert read(form, (tmp_path / "mine").read_bytes()) == expected(form, kept)


def test_a_course_that_does_not_say_its_name_is_said_in_one_sentence(small, kept):
    small.write("content/course.yaml", "a: [")
    assert said(run("--to", "csv", "--course", small.root)) == (
        f"{small.root / 'content' / 'course.yaml'} cannot be read, and it names the record; "
        "“secondsight check” says what to mend"
    )


def test_a_folder_without_a_course_is_said_in_one_sentence(tmp_path):
    says = f"{tmp_path}: no course is here; name a folder that holds content/course.yaml"
    assert said(run("--to", "csv", "--course", tmp_path)) == says


@pytest.mark.parametrize("form", FORMS)
def test_a_record_that_cannot_be_read_is_said_in_one_sentence(small, tmp_path, unwritable, form):
    done = run("--to", form, "--out", tmp_path / "mine", "--course", small.root, SECONDSIGHT_HOME=str(unwritable))
    assert said(done).startswith("Your earlier answers could not be read (")
    assert [each.name for each in tmp_path.iterdir() if "mine" in each.name] == []


def test_a_record_of_a_newer_version_is_said(small, kept, tmp_path):
    with sqlite3.connect(default_path("small")) as connection:
        connection.execute("pragma user_version = 99")
    assert "newer version" in said(run("--to", "jsonl", "--out", tmp_path / "mine", "--course", small.root))


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_record_is_said_and_no_file_claims_to_hold_it(small, kept, tmp_path, form):
    path = default_path("small")
    path.write_bytes(b"this is no database" * 1000)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    out = tmp_path / "mine"
    out.write_text("of yesterday")
    says = said(run("--to", form, "--out", out, "--course", small.root))
    (aside,) = path.parent.glob("*.damaged-*.sqlite3")
    assert "was damaged" in says and str(aside) in says
    assert out.read_text() == "of yesterday"


def test_a_damaged_record_is_said_on_standard_error_too(small, own_home):
    own_home.mkdir()
    default_path("small").write_bytes(b"this is no database" * 1000)
    done = run("--to", "csv", "--course", small.root)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


WITHOUT_POLARS = "import sys; sys.modules['polars'] = None; from secondsight.cli import main; sys.exit(main({}))"


@pytest.mark.parametrize("out", [[], ["--out", "mine.parquet"]], ids=["screen", "file"])
def test_parquet_without_polars_says_what_to_install(small, kept, tmp_path, out):
    asked = ["record", "--to", "parquet", *out, "--course", str(small.root)]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_POLARS.format(asked)], capture_output=True, check=False, cwd=tmp_path
    )
    assert said(done) == (
        "A table of the record needs polars, which is not installed. Run pip install 'secondsight[analysis]' "
        "and try again."
    )
    assert not (tmp_path / "mine.parquet").exists()


@pytest.mark.parametrize("form", FORMS[:3])
def test_the_other_forms_need_no_polars(small, kept, form):
    asked = ["record", "--to", form, "--course", str(small.root)]
    done = subprocess.run([sys.executable, "-c", WITHOUT_POLARS.format(asked)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert read(form, done.stdout) == expected(form, kept)


def test_parquet_needs_a_file(small, kept):
    says = "Parquet is not for reading on a screen; name a file with --out"
    assert said(run("--to", "parquet", "--course", small.root)) == says


@pytest.mark.parametrize("form", FORMS)
def test_a_place_that_cannot_be_written_is_said_in_one_sentence(small, kept, tmp_path, form):
    for place in (tmp_path, tmp_path / "nowhere" / "mine"):
        says = said(run("--to", form, "--out", place, "--course", small.root))
        assert says.startswith(f"{place} cannot be written (")
        assert says.endswith("); name another place with --out")


@pytest.mark.parametrize("wrong", [["--to", "xlsx"], []], ids=["form", "none"])
def test_a_form_that_is_none_is_refused_with_those_there_are(small, wrong):
    done = run(*wrong, "--course", small.root)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "{csv,jsonl,xapi,parquet}" in done.stderr.decode()


def test_the_help_says_whose_words_are_handed_on(capsys):
    with pytest.raises(SystemExit):
        main(["record", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "all that you wrote in your own words. Whoever you hand it on to can read them." in said


# A few answers wait in Python's own buffer until it ends; many do not fit into it, nor into a pipe.
SIZES = (3, 3_000)


@pytest.fixture
def filled(small, monkeypatch) -> Callable[[int], list[str]]:
    """Fills the record with so many attempts, and gives the command up to its ``--to``."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)

    def fill(count: int) -> list[str]:
        Record(default_path("small")).keep(attempt(f"{number:05}", text="x" * 100) for number in range(count))
        return [sys.executable, "-m", "secondsight.cli", "record", "--course", str(small.root), "--to"]

    return fill


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("form", FORMS[:3])
def test_who_reads_only_the_start_gets_no_traceback(filled, form, count):
    """As with ``secondsight record --to csv | head``."""
    with subprocess.Popen([*filled(count), form], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        if count == max(SIZES):
            assert len(process.stdout.read(10)) == 10
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_nobody_need_read_how_many_were_written(filled, tmp_path):
    command = [*filled(3), "csv", "--out", str(tmp_path / "mine")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
    assert len(read("csv", (tmp_path / "mine").read_bytes())) == 3


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="here is no disk that is always full")
@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("form", FORMS[:3])
def test_a_full_disk_behind_standard_output_is_said_in_one_sentence(filled, form, count):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*filled(count), form], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "the record cannot be written (No space left on device); name another place with --out"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_is_said_in_one_sentence_and_nothing_is_left(filled, tmp_path, form):
    command = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "from secondsight.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    out = tmp_path / "out" / "mine"
    out.parent.mkdir()
    asked = [*filled(3_000)[3:], form, "--out", str(out)]
    done = subprocess.run([sys.executable, "-c", command, *asked], capture_output=True, check=False)
    assert said(done).endswith("); name another place with --out")
    assert [*out.parent.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_file_is_written_to_and_stays(small, kept, tmp_path):
    """A pipe with a name, or a device: a file in its place would be no use to anybody."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert main(["record", "--to", "csv", "--out", str(pipe), "--course", str(small.root)]) == 0
        assert pipe.is_fifo()
        assert read("csv", os.read(reader, 1 << 16)) == ["a", "b", "c"]
    finally:
        os.close(reader)


def test_a_stopped_export_leaves_what_was_there(small, kept, tmp_path, monkeypatch, capsys):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    (tmp_path / "mine").write_text("before")
    monkeypatch.setattr(Record, "stream", stopped)
    assert cli.main(["record", "--to", "csv", "--out", str(tmp_path / "mine"), "--course", str(small.root)]) == 130
    assert capsys.readouterr().err == "Stopped. What was there before still stands.\n"
    assert (tmp_path / "mine").read_text() == "before"
