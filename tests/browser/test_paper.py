"""PDF files, made by a real Chromium and read by somebody else's reader."""

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from secondsight.export import paper
from secondsight.export.browser import find_browser
from secondsight.export.edition import Edition, ExportError

A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def printed(make_course, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("paper") / "print"
    paper.export(make_course().root, out)
    return out


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_each_lesson_is_a_file_and_so_are_the_questions_and_their_key(printed):
    assert sorted(path.name for path in printed.iterdir()) == [
        "00-first.pdf", "01-second.pdf", "02-third.pdf", "03-fourth.pdf", "manifest.json", "questions-key.pdf",
        "questions.pdf",
    ]  # fmt: skip
    said = {path.stem: words(path.read_bytes()) for path in printed.glob("*.pdf")}
    assert "An ache that lasts is talked about." in said["00-first"]
    assert "Which ache is talked about?" in said["questions"]
    assert "It has lasted." in said["questions-key"]
    assert "It has lasted." not in said["questions"]
    assert all("Practice, not advice." in text for text in said.values())


def test_sheets_are_a4_and_numbered(printed):
    reader = PdfReader(printed / "02-third.pdf")
    assert len(reader.pages) > 1
    for number, page in enumerate(reader.pages, start=1):
        assert tuple(round(float(side)) for side in page.mediabox[2:]) == A4
        assert f"{number} / {len(reader.pages)}" in page.extract_text()


def test_the_emergency_cards_of_the_real_course_fill_one_sheet(real, tmp_path):
    paper.export(real.root, tmp_path / "cards", edition=Edition(lessons=("emergency-cards",)))
    (only,) = (tmp_path / "cards").glob("*.pdf")
    assert len(PdfReader(only).pages) == 1


def test_no_link_leads_to_a_place_of_the_machine_that_printed_it(printed):
    files = list(printed.glob("*.pdf"))
    assert files
    for path in files:
        for page in PdfReader(path).pages:
            for link in page.get("/Annots") or []:
                address = link.get_object().get("/A", {}).get("/URI", "https:")
                assert address.startswith("https:"), address


def test_the_same_course_gives_the_same_bytes(small, tmp_path):
    for name in ("one", "two"):
        paper.export(small.root, tmp_path / name, edition=Edition(lessons=("first",)))
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).glob("*.pdf")} for name in ("one", "two"))
    assert len(one) == 3
    assert one == two


def command(small, *, cwd: Path, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "secondsight.cli", "export", "--print", "--course", small.root, "--out", "made"],
        check=False, env={**os.environ, **environment}, capture_output=True, text=True, cwd=cwd,
    )  # fmt: skip


def test_where_there_is_no_chromium_one_sentence_says_so_and_nothing_is_written(small, tmp_path):
    done = command(small, cwd=tmp_path, PATH=str(tmp_path), SECONDSIGHT_BROWSER="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "--print needs Chromium, Chrome or Edge, and none was found; install one, or name it in SECONDSIGHT_BROWSER\n"
    )
    assert not list(tmp_path.iterdir())


def test_a_browser_that_is_no_program_is_named(small, tmp_path):
    done = command(small, cwd=tmp_path, SECONDSIGHT_BROWSER="/no/such/chromium")
    assert done.stderr.startswith("/no/such/chromium is no program, and SECONDSIGHT_BROWSER names it")


def test_a_browser_that_does_not_print_is_said_and_what_was_there_stands(small, tmp_path, monkeypatch):
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\necho no display >&2\nexit 1\n", encoding="utf-8")
    fake.chmod(fake.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("SECONDSIGHT_BROWSER", str(fake))
    with pytest.raises(ExportError, match=r"did not print a page \(no display\)"):
        paper.export(small.root, tmp_path / "made")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chromium"]


def test_the_browser_that_is_named_comes_first(monkeypatch):
    monkeypatch.setenv("SECONDSIGHT_BROWSER", sys.executable)
    assert find_browser() == sys.executable
