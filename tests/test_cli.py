"""The command: what it says, and with which status it ends."""

import os
import subprocess
import sys

import pytest

from secondsight import __version__
from secondsight.cli import main
from secondsight.cli.check import NOTES
from secondsight.export import site

FACTS = "content/facts/aches.yaml"


def run(*arguments, **environment) -> subprocess.CompletedProcess:
    """The command in a process of its own, as a person runs it."""
    command = [sys.executable, "-m", "secondsight.cli", *map(str, arguments)]
    return subprocess.run(
        command, check=False, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", errors="replace"
    )


def without_notes(out: str) -> str:
    """What check says, but for what is only worth a look."""
    before, heading, after = out.partition(f"{NOTES}\n")
    return before.removesuffix("\n") + after.partition("\n\n")[2] if heading else out


def break_in_many_places(small) -> list[str]:
    """Break a course in every way that is found by another part of the engine; where each is said to be."""
    small.edit(FACTS, "seed: [S01]", "seeds: [S01]")
    small.write("content/glossary.yaml", "a: [")
    small.write("content/sites/back.yaml", b"id: caf\xe9\n")
    small.write("content/stray.yaml", "a: b")
    small.edit("exercises/questions/first.yaml", "            correct: true\n", "")
    small.edit("exercises/questions/third.yaml", "[a cold]", "[a cold")
    small.edit("exercises/cases/third.yaml", "next: look}", "next: looks}")
    small.edit("exercises/vignettes/third.yaml", "action: same-day-emergency", "action: soon")
    small.edit("exercises/clinics/small-clinic.yaml", "in_ten: 5", "in_ten: 10")
    small.edit("exercises/blueprint.yaml", "least: 2", "least: many")
    small.edit("exercises/final-check.yaml", "items: 1", "items: many")
    small.edit("content/lessons/fourth.yaml", "kind: reference", "kind: game")
    small.add_cell("00-first.ipynb", "code", "odd", 'ss.quizz("first-before")')
    small.write("notebooks/01-second.ipynb", "no JSON")
    (small.root / "content/actions.yaml").unlink()
    return [
        "content/actions.yaml: this file is missing",
        f"{FACTS}:8: fact 'ache-lasts' has an unknown field 'seeds'; did you mean 'seed'?",
        "content/glossary.yaml:",
        "content/lessons/fourth.yaml:6: this file has kind 'game'; it takes 'lesson', 'practice', 'reference' or",
        "content/sites/back.yaml:1: this line is not UTF-8",
        "content/stray.yaml: no part of the course is read from here",
        "exercises/blueprint.yaml:6: this file has 'least' that does not fit: ",
        "exercises/cases/third.yaml:6: case 'stiff-back' has the step 'listen', which leads to 'looks'",
        "exercises/clinics/small-clinic.yaml:8: this file has 'in_ten' that does not fit: ",
        "exercises/final-check.yaml:9: this file has 'items' that does not fit: ",
        "exercises/questions/first.yaml:10: item 'which-ache' has no option marked correct",
        "exercises/questions/third.yaml:43: item 'mark-call' has a mark inside the mark '[a cold.'",
        "exercises/vignettes/third.yaml:13: vignette 'v-stairs' has action 'soon'; it takes 'same-day-emergency'",
        "notebooks/00-first.ipynb, cell 7 (odd): 'ss.quizz' is no verb",
        "notebooks/01-second.ipynb: this is not a notebook",
    ]


def test_a_course_without_problems_is_counted(small, capsys):
    assert main(["check", "--course", str(small.root)]) == 0
    assert without_notes(capsys.readouterr().out) == "8 lessons, 3 facts, 14 items: nothing to mend.\n"


def test_check_shows_the_blueprint_where_it_is_asked_to(small, capsys):
    assert main(["check", "--blueprint", "--course", str(small.root)]) == 0
    lines = without_notes(capsys.readouterr().out).splitlines()
    assert [line.split() for line in lines if line] == [
        ["objective", "kind", "site", "items", "wanted"],
        ["first-know", "choice", "2", "2"],
        ["second-act", "choice", "1"],
        ["third-sort", "hotspot", "back", "1"],
        ["third-sort", "match", "1", "1"],
        ["third-sort", "order", "1"],
        ["third-sort", "reflect", "1"],
        ["third-sort", "spot", "1"],
        ["third-sort", "worked", "1"],
        ["third-meet", "case", "back", "1"],
        ["third-clinic", "vignette", "back", "4", "4"],
        ["8", "lessons,", "3", "facts,", "14", "items:", "nothing", "to", "mend."],
    ]
    # In columns: what is wanted stands under its head, whatever stands before it.
    wanted = lines[0].index("wanted")
    assert [line[wanted:] for line in lines[1:4]] == ["2", "", ""]
    assert lines[10][wanted:] == "4"


def test_check_shows_no_blueprint_where_it_is_not_asked_to(small, capsys):
    assert main(["check", "--course", str(small.root)]) == 0
    assert "wanted" not in capsys.readouterr().out


def test_check_names_what_the_blueprint_wants_and_shows_it_all_the_same(small):
    small.edit("exercises/blueprint.yaml", "kind: match, least: 1", "kind: case, least: 3")
    done = run("check", "--blueprint", "--course", small.root)
    assert done.returncode == 1
    first, *rest = done.stdout.splitlines()
    assert first == (
        "exercises/blueprint.yaml:7: wants 3 items of kind 'case' for 'third-sort', but there are 0;"
        " add some or want fewer"
    )
    assert ["third-sort", "case", "anywhere", "0", "3"] in [line.split() for line in rest]


def test_the_blueprint_of_a_course_that_cannot_be_read_whole_is_shown_as_far_as_it_can(small):
    break_in_many_places(small)
    done = run("check", "--blueprint", "--course", small.root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "objective" in done.stdout


def test_the_blueprint_of_the_real_course_has_a_row_for_each_objective_kind_and_site(real):
    done = run("check", "--blueprint", "--course", real.root)
    assert done.returncode == 0, done.stdout
    rows = [line.split() for line in without_notes(done.stdout).splitlines()[1:-2]]
    cells = {(item.objective, getattr(item, "kind", "vignette"), item.site or "") for item in real.items.values()}
    assert len(cells) > 60
    shown = [tuple(row[:3]) if not row[2].isdigit() else (*row[:2], "") for row in rows]
    assert cells - set(shown) == set()
    assert len(shown) == len(set(shown))


def test_check_names_every_problem_and_ends_with_1(small):
    expected = break_in_many_places(small)
    done = run("check", "--course", small.root)
    assert done.returncode == 1
    lines = without_notes(done.stdout).splitlines()
    for says in expected:
        assert any(line.startswith(says) for line in lines), says
    assert lines == sorted(set(lines), key=lines.index)
    assert done.stderr == f"\n{len(lines)} to mend.\n"


def test_export_names_every_problem_and_writes_nothing(small, tmp_path):
    expected = break_in_many_places(small)
    done = run("export", "--course", small.root, "--out", tmp_path / "made" / "site")
    assert (done.returncode, done.stdout) == (1, "")
    for says in expected:
        assert any(line.startswith(says) for line in done.stderr.splitlines()), says
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "made").exists()


def test_check_and_export_name_the_same_problems(small, tmp_path):
    break_in_many_places(small)
    checked = without_notes(run("check", "--course", small.root).stdout).splitlines()
    exported = run("export", "--course", small.root, "--out", tmp_path / "site").stderr.splitlines()
    assert checked == exported


def test_export_says_what_it_made_and_when_nothing_had_to_be(small, tmp_path, capsys):
    out = tmp_path / "site"
    for says in (f"9 pages in {out}. Open", f"9 pages in {out}, as before. Open"):
        assert main(["export", "--course", str(small.root), "--out", str(out)]) == 0
        assert capsys.readouterr().out == f"{says} {out / 'index.html'}\n"


def test_without_out_the_site_is_made_where_one_stands(small, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["export", "--course", str(small.root)]) == 0
    assert main(["export", "--course", str(small.root), "--single-file"]) == 0
    assert (tmp_path / "site" / "index.html").is_file()
    assert (tmp_path / "site-single" / "small.html").is_file()
    assert "1 page in site-single. Open site-single/small.html" in capsys.readouterr().out


def test_the_nearest_course_is_taken(small, monkeypatch, capsys):
    monkeypatch.chdir(small.root / "notebooks")
    assert main(["check"]) == 0
    assert "8 lessons" in capsys.readouterr().out


def test_a_warning_does_not_stop_an_export(small, tmp_path, capsys):
    small.add_cell("00-first.ipynb", "markdown", "more", "![a back](https://example.org/back.png)")
    assert main(["export", "--course", str(small.root), "--out", str(tmp_path / "site")]) == 0
    said = capsys.readouterr().err
    assert said.startswith(
        "warning: notebooks/00-first.ipynb, cell 7 (more): the picture 'https://example.org/back.png'"
    )


def test_a_folder_without_a_course_is_said_in_one_sentence(tmp_path):
    done = run("check", "--course", tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path}: no course is here; name a folder that holds content/course.yaml\n"


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(small, unwritable):
    done = run("export", "--course", small.root, "--out", unwritable)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "name another place with --out" in done.stderr


def test_a_stopped_export_says_that_nothing_was_lost(small, monkeypatch, capsys):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(site, "export", stopped)
    assert main(["export", "--course", str(small.root)]) == 130
    assert capsys.readouterr().err == "Stopped. What was there before still stands.\n"


def test_a_console_that_knows_only_ascii_is_no_reason_to_fail(small):
    small.write("content/größe.yaml", "a: b")
    small.edit("exercises/questions/first.yaml", "feedback: Most aches pass.", "feedback: Yes, “most” pass.")
    small.edit("exercises/questions/first.yaml", "text: One that eased yesterday", "text: One that “eased”")
    done = run("check", "--course", small.root, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "greets the wrong option" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a file's name be any bytes")
def test_a_file_whose_name_is_no_text_is_named(small):
    with open(os.fsencode(small.root) + b"/content/caf\xe9.yaml", "wb") as file:
        file.write(b"a: b")
    done = run("check", "--course", small.root, PYTHONIOENCODING="utf-8:strict")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "content/caf" in done.stdout


def test_the_version_is_said(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"{__version__}\n"
