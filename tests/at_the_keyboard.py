"""An author at a keyboard: types lines to ``secondsight new``, through a pipe or in a terminal of its own."""

from __future__ import annotations

import io
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path

from secondsight.cli import main

# Longer than any answer takes on a slow machine; what never comes is a failure.
PATIENCE = 30


def new(monkeypatch, small, what: str, *lines: str, given: Sequence[str] = (), kind: str = "") -> int:
    """Run ``secondsight new`` about the small course with these lines typed; its exit status."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    arguments = ["new", what, "--course", str(small.root)]
    arguments += ["--kind", kind] if kind else []
    for pair in given:
        arguments += ["--set", pair]
    return main(arguments)


class Terminal:
    """A command in a terminal, as a person sits before it."""

    def __init__(self, command: Sequence[str], folder: Path, **environment: str):
        self._ours, theirs = pty.openpty()
        # Wide enough for every line to stand on one.
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 1000, 0, 0))
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "TERM": "dumb", **environment},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # Without it Ctrl+C would reach nobody; nothing else runs here that it could disturb.
            preexec_fn=lambda: ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(theirs)
        self.said = ""
        self._read_to = 0

    def expect(self, text: str) -> None:
        """Wait until it has said this, after what was waited for before."""
        end = time.monotonic() + PATIENCE
        while text not in self.said[self._read_to :]:
            assert self._hear(end), f"never said {text!r}, but: {self.said[self._read_to :][-1500:]}"
        self._read_to = self.said.index(text, self._read_to) + len(text)

    def answer(self, prompt: str, text: str) -> None:
        """Wait for a prompt, then type a line."""
        self.expect(f"{prompt}: ")
        self.type(f"{text}\n")

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def stop(self, keys: str) -> int:
        """Press these keys until it ends, as a person does whose first Ctrl+C came between two lines."""
        for _ in range(PATIENCE):
            self.type(keys)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
                break
        return self.ends()

    def ends(self) -> int:
        """Wait for its end; its exit status."""
        end = time.monotonic() + PATIENCE
        while self._hear(end):
            pass
        os.close(self._ours)
        return self._process.wait(PATIENCE)

    def _hear(self, end: float) -> bool:
        """Take in what it says next; False once it says no more."""
        if not select.select([self._ours], [], [], max(0, end - time.monotonic()))[0]:
            return False
        try:
            heard = os.read(self._ours, 65_536)
        except OSError:
            # Linux says so when the other side has closed.
            return False
        self.said += heard.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(heard)
