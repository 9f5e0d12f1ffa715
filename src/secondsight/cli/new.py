"""``secondsight new``: write new content, asked for in a conversation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..refusal import Refusal
from . import course_folder

WHAT = {
    "question": "a question, at the end of a quiz",
    "fact": "a fact, with its sources, and the place where it is shown or asked",
    "case": "a person met step by step, up to a decision",
    "vignette": "a short case of a clinic",
    "lesson": "a lesson: its notebook, key points, and a question for each objective",
}
KINDS = ("choice", "match", "order", "hotspot", "spot", "worked", "reflect")


def add(commands: argparse._SubParsersAction) -> None:
    new = commands.add_parser(
        "new",
        help="write a question, a fact, a case, a vignette, a lesson, or a course of your own",
        description=(
            "Asks what it needs, shows what it will write, and writes it so that 'secondsight check' has nothing to "
            "mend. Nothing is written before you say so."
        ),
    )
    kinds = new.add_subparsers(dest="what", required=True, metavar="WHAT")
    for what, says in WHAT.items():
        one = kinds.add_parser(what, help=says, description=f"Write {says}.")
        if what in ("question", "fact", "lesson"):
            one.add_argument("--kind", choices=KINDS, default="choice", help="the kind of question (default: choice)")
        _answers(one)
        course_folder.add(one)
        one.set_defaults(run=run, kind="choice")
    course = kinds.add_parser(
        "course", help="a course of your own, in a new folder", description="Make a small course that is ready to fill."
    )
    course.add_argument("folder", type=Path, help="where to; nothing may be there yet")
    _answers(course)
    course.set_defaults(run=run_course)


def _answers(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        dest="given",
        action="append",
        default=[],
        metavar="NAME=ANSWER",
        help="an answer given beforehand, such as --set lesson=bone; can be repeated",
    )


def run(asked: argparse.Namespace) -> int:
    from datetime import date

    from ..authoring import desk
    from ..authoring.additions import ADDITIONS
    from ..authoring.conversation import Conversation
    from ..authoring.draft import Draft

    root = course_folder.root(asked)
    _not_the_packaged(root)
    draft = Draft(f"{asked.what}-{asked.kind}", root)
    talk = Conversation(_given(asked.given))
    try:
        if talk.is_terminal:
            # What comes from a pipe begins at its beginning each time.
            kept = draft.read()
            if kept and talk.yes("go-on", "You stopped halfway last time. Go on from there?", default=True):
                talk.kept = kept
            talk.answers.clear()
            talk.keep = draft.keep
        if not desk.write(root, talk, lambda parts: ADDITIONS[asked.what](parts, asked.kind), date.today()):
            return 1
    except KeyboardInterrupt:
        again = " Run the same command again to go on from there." if talk.is_terminal else ""
        print(f"\nStopped. Nothing was written.{again}", file=sys.stderr)
        return 130
    draft.forget()
    return 0


def run_course(asked: argparse.Namespace) -> int:
    from datetime import date

    from ..authoring.conversation import Conversation
    from ..authoring.new_course import make

    for line in make(asked.folder, Conversation(_given(asked.given)), date.today()):
        print(line)
    return 0


def _given(pairs: list[str]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, found, answer = pair.partition("=")
        if not found:
            raise Refusal(f"--set {pair}: this is no NAME=ANSWER; write it as in --set lesson=bone")
        given[name.strip()] = answer
    return given


def _not_the_packaged(root: Path) -> None:
    """What is written into the installed package would be lost with its next version."""
    from ..course.reader import PACKAGED

    if root == PACKAGED.resolve():
        raise Refusal(
            "no course is here, and the one inside the installed package is not for writing; go to a folder that holds "
            "content/course.yaml, or make one with 'secondsight new course FOLDER'"
        )
