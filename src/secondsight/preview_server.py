"""Serves a preview to the browsers of this machine, and to nobody else."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from socketserver import TCPServer
from urllib.parse import parse_qs, unquote, urlsplit

from .preview import INDEX, Preview
from .refusal import Refusal

LOOPBACK = "127.0.0.1"
# The same each time where it is free: a browser keeps answers apart by port.
USUAL_PORT = 8177
ROOMS = ("content", "exercises", "notebooks")
# How often an open page is asked whether it is still there, so that closed ones are forgotten.
STILL_THERE_S = 15.0
# An editor may write a file in several goes.
SETTLED_MS = 60
# How often files are looked at in any case: not every drive tells of what is saved on it.
LOOK_AGAIN_MS = 1_000


class PreviewServer(ThreadingHTTPServer):
    """Gives out a preview's pages, and tells open ones when they have changed."""

    daemon_threads = True
    block_on_close = False
    # Elsewhere the option would let two programs have one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, preview: Preview, port: int | None = None):
        """Open a port on this machine.

        Args:
            port: which one; None for the usual one, or any where that is taken.

        Raises:
            Refusal: where the port cannot be had.
        """
        self.preview = preview
        self.changes = threading.Condition()
        try:
            super().__init__((LOOPBACK, USUAL_PORT if port is None else port), _Handler)
        except OSError as error:
            if port is not None:
                raise Refusal(
                    f"port {port} cannot be had ({error.strerror}); name another with --port, or leave --port out"
                ) from None
            super().__init__((LOOPBACK, 0), _Handler)

    def server_bind(self) -> None:
        """Bind, and ask no name service what this machine is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}/"

    def changed(self) -> None:
        """Read the course again, and tell every open page."""
        self.preview.read()
        with self.changes:
            self.changes.notify_all()


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        # Another site's name may be made to lead here; what it asks for comes with its own name.
        port = self.server.server_port
        if self.headers.get("Host") not in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
            self._give(HTTPStatus.FORBIDDEN, f"The preview is at {self.server.url} only.\n", "text/plain")
            return
        address = urlsplit(self.path)
        with suppress(ConnectionError):
            if address.path == "/events":
                self._tell_of_changes(_page_name(parse_qs(address.query).get("page", [""])[0]))
                return
            shown = self.server.preview.page(_page_name(unquote(address.path)))
            self._give(HTTPStatus.OK if shown.found else HTTPStatus.NOT_FOUND, shown.html, "text/html")

    do_HEAD = do_GET

    def _give(self, status: HTTPStatus, text: str, kind: str) -> None:
        data = text.encode()
        self._begin(status, kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _begin(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")

    def _tell_of_changes(self, name: str) -> None:
        """Server-sent events: the version of a page now, and again whenever it is another."""
        self._begin(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        told = ""
        while self.command != "HEAD":
            with self.server.changes:
                version = self.server.preview.page(name).version
                if version == told:
                    self.server.changes.wait(STILL_THERE_S)
                    version = self.server.preview.page(name).version
            self.wfile.write(f"data: {version}\n\n".encode() if version != told else b": still here\n\n")
            told = version

    def version_string(self) -> str:
        return "secondsight"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for what has to be mended."""


def _page_name(path: str) -> str:
    return path.removeprefix("/") or INDEX


class Watch:
    """Sees what is saved of a course from the moment on when the watch is made.

    Raises:
        Refusal: where watchfiles is not installed.
    """

    def __init__(self, root: Path):
        if find_spec("watchfiles") is None:
            raise Refusal(
                "preview needs watchfiles, which is not installed. Run pip install 'secondsight[educators]' and try "
                "again."
            )
        self._root = root
        self._known = _saved(root)

    def run(self, changed: Callable[[], None], stop: threading.Event | None = None) -> None:
        """Call ``changed`` whenever files of the course were saved, until ``stop`` or the keyboard's interrupt."""
        stop = stop or threading.Event()
        while not stop.is_set():
            rooms = [self._root / room for room in ROOMS if (self._root / room).is_dir()]
            for _ in _ticks(rooms, stop):
                now = _saved(self._root)
                if now != self._known:
                    self._known = now
                    changed()


def _ticks(rooms: list[Path], stop: threading.Event) -> Iterator[None]:
    """One whenever something was saved in these folders, and one every now and then; none after ``stop``."""
    import watchfiles

    how = {"debounce": 4 * SETTLED_MS, "step": SETTLED_MS, "rust_timeout": LOOK_AGAIN_MS, "yield_on_timeout": True}
    try:
        if rooms:
            for _ in watchfiles.watch(*rooms, stop_event=stop, **how):
                yield
    except FileNotFoundError:
        # It went a moment ago; the next look finds what is there.
        pass
    if not stop.wait(LOOK_AGAIN_MS / 1000):
        yield


def _saved(root: Path) -> dict[str, tuple[int, int]]:
    """Every file of the course, with when it was saved and how long it is. What lies around them does not count."""
    found = {}
    for room in ROOMS:
        for parent, _, names in os.walk(root / room):
            for name in names:
                path = os.path.join(parent, name)
                with suppress(OSError):
                    state = os.stat(path)
                    found[path] = (state.st_mtime_ns, state.st_size)
    return found
