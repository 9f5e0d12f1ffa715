"""From a conversation to files that pass ``check``: shown, tried out, mended, written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from ..course import Problem, audit, read_course
from .changes import Changes
from .conversation import Conversation, NotThat
from .parts import Parts

# Asks for what is new and puts it into the changes; gives the lines that say what to do next.
Make = Callable[[Parts], list[str]]
NOT_AN_ANSWER = ("write", "change", "which")


def write(root: Path, talk: Conversation, make: Make, today: date) -> bool:
    """Ask, show, check, and write; whether anything was written.

    Raises:
        Refusal: where the answers end, or where a file cannot be read or written.
    """
    first_time = True
    while True:
        course, problems = read_course(root)
        problems = sorted({*problems, *audit(course)})
        if problems and first_time:
            talk.say(f"The course has something to mend already ({len(problems)}), whatever you add:")
            for problem in problems:
                talk.say(f"  {problem}")
            talk.say()
        first_time = False
        changes = Changes(root)
        next_steps = make(Parts(course, changes, talk, today))
        found, worth_a_look = changes.brings(course, problems, today)
        _show(talk, changes, root)
        if found:
            if not _mends(talk, found):
                return False
            continue
        if worth_a_look:
            talk.say("Worth a look, though nothing has to be mended:")
            for note in worth_a_look:
                talk.say(f"  {note}")
            talk.say()
        match _what_now(talk):
            case "no":
                talk.say("Nothing was written.")
                return False
            case "change":
                _take_back(talk)
                continue
        if changes.is_stale():
            talk.say("A file has changed meanwhile, so all is put together once more.")
            talk.again(NOT_AN_ANSWER)
            continue
        changes.write()
        for line in _written(changes, problems, next_steps):
            talk.say(line)
        return True


def _show(talk: Conversation, changes: Changes, root: Path) -> None:
    """The lines that are new, file by file."""
    for file, text in changes.texts.items():
        path = root / file
        before = path.read_bytes().decode("utf-8") if path.exists() else ""
        if file.endswith(".ipynb"):
            what = "a cell of this notebook is new or changed" if before else "a new notebook, from the template"
            talk.say(f"\n{file}: {what}.")
            continue
        talk.say(f"\nNew in {file}:\n" if before else f"\nNew file {file}:\n")
        talk.say("\n".join(_new_lines(before.splitlines(), text.splitlines())).strip("\n"))
    talk.say()


def _new_lines(before: list[str], after: list[str]) -> list[str]:
    """What stands between the lines that were there."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return after[start : len(after) - end]


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines they have in common from the first on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _mends(talk: Conversation, found: list[Problem]) -> bool:
    talk.say("This would not pass check:")
    for problem in found:
        talk.say(f"  {problem}")
    talk.say()
    if not talk.yes("change", "Change an answer? y or n", default=talk.is_terminal):
        talk.say("Nothing was written.")
        return False
    _take_back(talk)
    return True


def _what_now(talk: Conversation) -> str:
    options = {"y": "yes", "yes": "yes", "n": "no", "no": "no", "c": "change", "change": "change"}

    def fits(text: str) -> str:
        if text.lower() not in options:
            raise NotThat("type y to write it, c to change an answer, or n to leave everything as it was")
        return options[text.lower()]

    return talk.ask("write", "Write this? y, n, or c to change an answer", default="y", check=fits)


def _take_back(talk: Conversation) -> None:
    """Let the author choose an answer to give again."""
    answers = {name: text for name, text in talk.answers.items() if name not in NOT_AN_ANSWER}
    shown = {name: text.replace("\n", " ") or "(left out)" for name, text in answers.items()}
    name = talk.choose("which", "Which one? Its number", shown)
    talk.again(NOT_AN_ANSWER, name)


def _written(changes: Changes, before: list[Problem], next_steps: list[str]) -> list[str]:
    rest = f" in it; in the rest of the course, {len(before)}" if before else ""
    return [f"Written to {', '.join(changes.texts)}. Check finds nothing to mend{rest}.", *next_steps]
