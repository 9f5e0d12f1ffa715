"""``secondsight preview``: see a lesson while it is written."""

from __future__ import annotations

import argparse
import difflib
import sys
import threading
import webbrowser

from ..refusal import Refusal
from . import course_folder


def add(commands: argparse._SubParsersAction) -> None:
    preview = commands.add_parser(
        "preview",
        help="see a lesson in your browser while you write it",
        description=(
            "Show a lesson in your browser, and again each time you save one of the course's files. Only this machine "
            "can see it. Ctrl+C ends it."
        ),
    )
    preview.add_argument(
        "lesson", nargs="?", default="", help="the lesson to begin with, by its id (default: the first)"
    )
    preview.add_argument("--port", type=_port, help="the port to use (default: 8177, or another where that is taken)")
    preview.add_argument("--no-browser", action="store_true", help="open no browser; only say the address")
    course_folder.add(preview)
    preview.set_defaults(run=run)


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= 65_535:
        raise argparse.ArgumentTypeError(f"'{text[:20]}' is no port; name a number from 1024 to 65535")
    return port


def run(asked: argparse.Namespace) -> int:
    from ..preview import Preview
    from ..preview_server import PreviewServer, Watch

    root = course_folder.root(asked)
    # What is saved while the course is read is seen too.
    watch = Watch(root)
    preview = Preview(root, _warn)
    address = preview.address(asked.lesson)
    if asked.lesson and address is None and not preview.problems:
        raise Refusal(_unknown(asked.lesson, preview.lessons))
    terminal = _Terminal(preview)
    with PreviewServer(preview, asked.port) as server:
        url = f"{server.url}{address or ''}"
        # Asked often, so that Ctrl+C is not kept waiting.
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

        def changed() -> None:
            server.changed()
            terminal.tell()

        try:
            print(f"The preview is at {url}\nIt follows what you save. Ctrl+C ends it.", flush=True)
            terminal.tell()
            if not asked.no_browser:
                webbrowser.open(url)
            watch.run(changed)
        except KeyboardInterrupt:
            print("Stopped.", file=sys.stderr)
        finally:
            server.shutdown()
    return 0


def _warn(says: str) -> None:
    print(f"warning: {says}", file=sys.stderr, flush=True)


class _Terminal:
    """Says what there is to mend whenever that has changed."""

    def __init__(self, preview):
        self.preview = preview
        self.told: list[str] = []

    def tell(self) -> None:
        problems = [str(problem) for problem in self.preview.problems]
        if problems == self.told:
            return
        print("\n".join(problems or ["Nothing to mend."]), file=sys.stderr, flush=True)
        self.told = problems


def _unknown(lesson: str, lessons: list[str]) -> str:
    near = difflib.get_close_matches(lesson, lessons, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"the lessons are {', '.join(lessons)}"
    return f"'{lesson[:64]}' is no lesson; {hint}"
