"""``secondsight new`` as an author meets it: stopping, mending, scripts, and files that are not as they should be."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from at_the_keyboard import Terminal, new
from secondsight.authoring import desk, shapes
from secondsight.authoring.additions import ADDITIONS
from secondsight.authoring.changes import Changes
from secondsight.cli import main
from secondsight.cli import new as cli_new
from secondsight.course.model import Want
from secondsight.refusal import Refusal

FIRST = "exercises/questions/first.yaml"
TYPED = ["Which?", "An ache", "", "It may pass.", "Weak legs", "y", "They cannot wait.", "", "", ""]
SCRIPT = (
    *("lesson=first", "facts=ache-lasts", "stem=Which one?", "options.1.text=An ache", "options.1.feedback=Passes."),
    *("options.2.text=Weak legs", "options.2.correct=yes", "options.2.feedback=They cannot wait."),
)


def bytes_of(root: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def at_terminal(small, own_home, what: str = "question") -> Terminal:
    command = [sys.executable, "-m", "secondsight.cli", "new", what, "--course", str(small.root)]
    return Terminal(command, small.root, SECONDSIGHT_HOME=str(own_home))


def test_what_is_typed_can_be_given_beforehand_by_a_script(monkeypatch, small, capsys):
    assert new(monkeypatch, small, "question", given=SCRIPT) == 0
    assert "      - id: first-new\n        kind: choice\n" in small.read(FIRST)
    assert f"Written to {FIRST}. Check finds nothing to mend.\n" in capsys.readouterr().out
    assert small.problems() == []


def test_a_script_that_lacks_an_answer_is_told_which_and_nothing_is_written(monkeypatch, small, capsys):
    before = bytes_of(small.root)
    assert new(monkeypatch, small, "question", given=SCRIPT[:-1]) == 1
    said = capsys.readouterr().err
    assert said == (
        "The answers end before 'options.2.feedback', so nothing was written; type it, or give it with "
        "--set 'options.2.feedback=...'\n"
    )
    assert bytes_of(small.root) == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("lesson=frist", "--set lesson: type a number from 1 to 3"),
        ("facts=ache-lost", "--set facts: there is no 'ache-lost'"),
        ("options.2.correct=maybe", "--set options.2.correct: type y for yes or n for no"),
        (f"stem={'x' * 4001}", "--set stem: this is too long: at most 4000 characters, and it has 4001"),
        ("stem=a\x1b[Ab", "--set stem: this holds a character that cannot be written down; type it without"),
        ("stem", "--set stem: this is no NAME=ANSWER; write it as in --set lesson=bone"),
    ],
)
def test_an_answer_given_beforehand_that_does_not_fit_is_refused_by_its_name(monkeypatch, small, capsys, given, says):
    before = bytes_of(small.root)
    assert new(monkeypatch, small, "question", given=(*SCRIPT, given)) == 1
    assert capsys.readouterr().err == f"{says}\n"
    assert bytes_of(small.root) == before


def test_a_script_with_something_to_mend_writes_nothing(monkeypatch, small, capsys):
    before = bytes_of(small.root)
    assert new(monkeypatch, small, "question", given=(*SCRIPT, "options.1.feedback=Right, and it is not.")) == 1
    assert "greets the wrong option 'An ache' as right; begin its feedback otherwise" in capsys.readouterr().out
    assert bytes_of(small.root) == before


def test_a_question_is_mended_before_it_is_written(monkeypatch, small, capsys):
    typed = ["Which?", "An ache", "", "Yes, it may pass.", *TYPED[4:-1]]
    mending = ["y", "options.1.feedback", "It may pass.", "c", "stem", "Which of them?", "y"]
    assert new(monkeypatch, small, "question", "first", "ache-lasts", "", *typed, "mine", *mending) == 0
    said = capsys.readouterr().out
    line = small.line(FIRST, "- id: mine")
    assert f"{FIRST}:{line}: item 'mine' greets the wrong option 'An ache' as right" in said
    assert small.read(FIRST).endswith(
        "      - id: mine\n        kind: choice\n        answers: one\n        objective: first-know\n"
        "        facts: [ache-lasts]\n        stem: Which of them?\n        options:\n"
        "          - text: An ache\n            feedback: It may pass.\n"
        "          - text: Weak legs\n            correct: true\n            feedback: They cannot wait.\n"
    )
    assert small.problems() == []


def test_saying_no_leaves_everything_as_it_was(monkeypatch, small, capsys):
    before = bytes_of(small.root)
    assert new(monkeypatch, small, "question", "first", "ache-lasts", "", *TYPED, "n") == 1
    assert "Nothing was written." in capsys.readouterr().out
    assert bytes_of(small.root) == before


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl+C", "Ctrl+D"])
def test_who_stops_halfway_loses_nothing_and_goes_on_from_there(small, own_home, key):
    before = bytes_of(small.root)
    terminal = at_terminal(small, own_home)
    for prompt, answer in (("Which lesson? Its number", "first"), ("not there yet", "ache-lasts"), ("to go on", "")):
        terminal.answer(prompt, answer)
    terminal.answer("stem", "Which “one” is it: this, or that? 😀")
    terminal.expect("option 1: ")
    assert terminal.stop(key) == (130 if key == "\x03" else 1)
    assert "Traceback" not in terminal.said
    assert "othing was written" in terminal.said
    assert "un the same command again to go on from there" in terminal.said
    assert bytes_of(small.root) == before

    terminal = at_terminal(small, own_home)
    terminal.answer("You stopped halfway last time. Go on from there? [yes]", "")
    for prompt, answer in (
        *(("option 1", "An ache"), ("option 1, correct? y or n [no]", ""), ("option 1, feedback", "It may pass.")),
        *(("option 2", "Weak legs"), ("option 2, correct? y or n [no]", "y"), ("option 2, feedback", "Now.")),
        *(("option 3 (Enter to end the list)", ""), ("hint 1 (Enter to end the list)", ""), ("]", "mine"), ("[y]", "")),
    ):
        terminal.answer(prompt, answer)
    assert terminal.ends() == 0, terminal.said
    assert 'stem: "Which “one” is it: this, or that? 😀"' in small.read(FIRST)
    assert small.problems() == []

    # What was written is not offered again.
    terminal = at_terminal(small, own_home)
    terminal.expect("Which lesson? Its number: ")
    assert "You stopped halfway" not in terminal.said
    terminal.stop("\x03")


def test_a_text_to_be_mended_stands_in_the_line_as_it_was_typed(small, own_home):
    pytest.importorskip("readline")
    terminal = at_terminal(small, own_home)
    for prompt, answer in (
        *(("Which lesson? Its number", "first"), ("not there yet", "ache-lasts"), ("to go on", "")),
        *(("stem", "Which acke"), ("option 1", "a"), ("[no]", "y"), ("feedback", "b"), ("option 2", "c"), ("[no]", "")),
        *(("feedback", "d"), ("the list)", ""), ("the list)", ""), ("]", "mine"), ("[y]", "c"), ("Its number", "stem")),
    ):
        terminal.answer(prompt, answer)
    terminal.expect("stem: Which acke")
    terminal.type("\x7f\x7fhe?\n")
    terminal.answer("[y]", "y")
    assert terminal.ends() == 0, terminal.said
    assert "stem: Which ache?\n" in small.read(FIRST)


def test_a_text_that_is_pasted_stays_one_answer_with_its_paragraphs(small, own_home):
    readline = pytest.importorskip("readline")
    if "libedit" in (readline.__doc__ or ""):
        pytest.skip("this line editor knows no pasting")
    command = [sys.executable, "-m", "secondsight.cli", "new", "question", "--course", str(small.root)]
    terminal = Terminal(command, small.root, SECONDSIGHT_HOME=str(own_home), TERM="xterm")
    for prompt, answer in (("Its number", "first"), ("not there yet", "ache-lasts"), ("to go on", "")):
        terminal.answer(prompt, answer)
    terminal.expect("stem: ")
    terminal.type("\x1b[200~Broken over\ntwo lines.\n\nAnother paragraph.\x1b[201~\n")
    terminal.expect("option 1: ")
    assert terminal.stop("\x03") == 130
    (kept,) = (own_home / "drafts").iterdir()
    stem = json.loads(kept.read_text(encoding="utf-8"))["answers"]["stem"]
    assert stem == "Broken over two lines.\nAnother paragraph."


def test_a_course_with_problems_says_them_and_takes_what_can_be_added(monkeypatch, small, capsys):
    small.write("content/glossary.yaml", "terms: [")
    small.edit("content/facts/aches.yaml", "sources: [ward-book]", "sources: [nobody]")
    before = small.problems()
    assert len(before) == 3
    assert new(monkeypatch, small, "question", "first", "ache-lasts", "", *TYPED, "y") == 0
    said = capsys.readouterr().out
    assert "The course has something to mend already (3), whatever you add:" in said
    assert all(f"  {problem}\n" in said for problem in before)
    assert "Check finds nothing to mend in it; in the rest of the course, 3." in said
    assert small.problems() == before


def test_what_cannot_be_read_is_not_added_to(monkeypatch, small, capsys):
    small.edit(FIRST, "quizzes:", "quizes:")
    before = bytes_of(small.root)
    assert new(monkeypatch, small, "question", "first") == 1
    said = capsys.readouterr()
    assert "this file has an unknown field 'quizes'; did you mean 'quizzes'?" in said.out
    assert "notebooks/00-first.ipynb: the lesson 'first' has no quiz to add to" in said.err
    assert bytes_of(small.root) == before


@pytest.mark.parametrize("broken", ["sources: [", "sources: x", None])
def test_a_file_that_a_new_part_belongs_in_has_to_be_readable(monkeypatch, small, capsys, broken):
    if broken is None:
        (small.root / "content/sources.yaml").unlink()
    else:
        small.write("content/sources.yaml", broken)
    before = bytes_of(small.root)
    source = ["A leaflet", "A ward", "2024", "", "Leaflet", "patient-information", "y", "all of it", ""]
    assert new(monkeypatch, small, "fact", "1", "Aches pass.", "new", *source) == 1
    said = capsys.readouterr().err
    assert said.startswith("content/sources.yaml: this file ")
    assert said.count("\n") == 1
    assert bytes_of(small.root) == before


def test_a_folder_without_a_course_says_so(tmp_path, capsys):
    assert main(["new", "question", "--course", str(tmp_path)]) == 1
    assert "no course is here; name a folder that holds content/course.yaml" in capsys.readouterr().err


def test_the_course_inside_the_package_is_not_written_to(monkeypatch, small, capsys):
    monkeypatch.setattr("secondsight.course.reader.PACKAGED", small.root)
    assert new(monkeypatch, small, "question") == 1
    assert "make one with 'secondsight new course FOLDER'" in capsys.readouterr().err


def test_a_read_only_file_stays_as_it_is(monkeypatch, small, capsys):
    (small.root / FIRST).chmod(0o444)
    before = bytes_of(small.root)
    assert new(monkeypatch, small, "question", "first", "ache-lasts", "", *TYPED, "y") == 1
    assert capsys.readouterr().err == (
        f"{FIRST}: this file is read-only, so nothing was written; allow writing to it and try again\n"
    )
    assert bytes_of(small.root) == before


def test_a_file_keeps_its_permissions(monkeypatch, small):
    (small.root / FIRST).chmod(0o640)
    assert new(monkeypatch, small, "question", "first", "ache-lasts", "", *TYPED, "y") == 0
    assert stat.S_IMODE((small.root / FIRST).stat().st_mode) == 0o640


def test_of_several_files_all_are_written_or_none(small, monkeypatch):
    changes = Changes(small.root)
    changes.put("content/facts/new.yaml", "new")
    changes.put(FIRST, "other")
    changes.put("notebooks/00-first.ipynb", "another")
    before = bytes_of(small.root)
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "new.yaml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Refusal, match=r"this file cannot be written \(No space left on device\), so nothing was"):
        changes.write()
    assert bytes_of(small.root) == before


def test_a_file_that_somebody_changes_meanwhile_keeps_their_change(monkeypatch, small, capsys):
    real, times = desk._what_now, []

    def meanwhile(talk):
        times.append(1)
        if len(times) == 1:
            small.edit(FIRST, "Which of these pass?", "Which of these go?")
        return real(talk)

    monkeypatch.setattr(desk, "_what_now", meanwhile)
    assert new(monkeypatch, small, "question", "first", "ache-lasts", "", *TYPED, "y", "y") == 0
    assert "A file has changed meanwhile, so all is put together once more." in capsys.readouterr().out
    assert "Which of these go?" in small.read(FIRST)
    assert "stem: Which?\n" in small.read(FIRST)


@pytest.mark.parametrize("ending", ["crlf", "no final newline"])
def test_a_file_from_another_editor_keeps_its_form(monkeypatch, small, ending):
    text = small.read(FIRST)
    text = text.replace("\n", "\r\n") if ending == "crlf" else text.rstrip("\n")
    small.write(FIRST, text)
    assert new(monkeypatch, small, "question", "first", "ache-lasts", "", *TYPED, "y") == 0
    written = (small.root / FIRST).read_bytes()
    assert written.startswith(text.encode())
    assert written.count(b"\n") == (written.count(b"\r\n") if ending == "crlf" else written.count(b"\n"))
    assert (b"\r" in written) == (ending == "crlf")
    assert small.problems() == []


@pytest.mark.parametrize("what", ["question", "fact", "case", "vignette", "lesson"])
def test_nothing_typed_at_all_is_one_sentence(monkeypatch, small, capsys, what):
    before = bytes_of(small.root)
    assert new(monkeypatch, small, what) == 1
    said = capsys.readouterr().err
    assert said.startswith("The answers end before '")
    assert said.count("\n") == 1
    assert bytes_of(small.root) == before


def test_what_is_typed_is_shown_as_it_is_on_a_console_without_these_letters(small):
    command = [sys.executable, "-m", "secondsight.cli", "new", "question", "--course", str(small.root)]
    given = [f"--set={pair}" for pair in (*SCRIPT, "stem=Which “one” 😀?")]
    done = subprocess.run(
        [*command, *given],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0, done.stderr
    assert "stem: Which “one” 😀?" in small.read(FIRST)


def test_all_that_can_be_written_is_in_the_guide_and_every_kind_of_question_can_be():
    guide = (Path(__file__).parents[1] / "docs" / "write-content.md").read_text(encoding="utf-8")
    section = guide.partition("## Your own question in five minutes\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"secondsight new ([a-z]+)", section)) == {*cli_new.WHAT, "course"} == {*ADDITIONS, "course"}
    assert set(cli_new.KINDS) == set(shapes.QUESTIONS)
    assert {*shapes.ITEMS} == {*Want.model_fields["kind"].annotation.__args__}
