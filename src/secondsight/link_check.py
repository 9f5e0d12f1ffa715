"""Whether the sources of a course still stand where it says they do. This asks the internet, so it is done on request.

Nothing is kept from one run to the next. What a link was is told by the course itself: its address, and the title that
the source has there. So three things count as a change: the address leads elsewhere for good, nothing is there any
longer, or what is there has a title that shares hardly a word with the source's.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from http.client import HTTPException, HTTPMessage
from typing import IO, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from . import __version__
from .course import Course, Problem, Source
from .course.places import problem_at
from .progress_bar import told

TIMEOUT_S = 15.0
AT_ONCE = 4
MOST_HOPS = 6
# Where so many could not be reached and none could, the others would only make somebody wait.
ENOUGH = 2 * AT_ONCE
# A title stands near the top.
MOST_BYTES = 300_000
# Of the longer words of a source's title, so many must stand in the page's.
RESEMBLES = 0.25
AGENT = f"secondsight/{__version__} (checks whether a course's sources are still there)"

FOR_GOOD = {301, 308}
FOR_NOW = {302, 303, 307}
GONE = {404, 410}


class Links(NamedTuple):
    """What became of the links of a course.

    Attributes:
        links: how many there are.
        notes: what has changed, sorted by file and line.
        offline: whether none could be reached at all.
    """

    links: int
    notes: list[Problem]
    offline: bool


class _Answer(NamedTuple):
    """What came of asking an address once."""

    status: int
    location: str
    kind: str
    body: str


class _Unreachable(Exception):
    """No answer came; says why."""


def check_links(course: Course) -> Links:
    """Ask each source's address, a few at once and one at a time of any host."""
    sources = [source for source in course.sources.values() if source.url]
    asking = _Asking()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(told(pool.map(asking.look, sources), "Asking", len(sources)))
    if sources and not asking.answers:
        return Links(len(sources), [], True)
    notes = [problem_at(course, "source", source.id, says) for source, says in zip(sources, found, strict=True) if says]
    return Links(len(sources), sorted(notes), False)


class _Asking:
    """One round of asking, by several threads."""

    def __init__(self) -> None:
        self.answers = 0
        self.failures = 0
        self._here = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._opener = build_opener(_NoFollowing)

    def look(self, source: Source) -> str:
        """What has changed with a source's link, as what follows its name in a sentence; "" where nothing has."""
        if not self.answers and self.failures >= ENOUGH:
            return ""
        try:
            return self._look(source)
        except (_Unreachable, ValueError) as error:
            with self._here:
                self.failures += 1
            why = error if isinstance(error, _Unreachable) else "its address, or where it leads, cannot be read"
            return f"could not be reached: {why}; try {source.url} in a browser"

    def _look(self, source: Source) -> str:
        url = moved = source.url
        for _ in range(MOST_HOPS):
            answer = self._ask(url)
            if answer.status not in FOR_GOOD | FOR_NOW or not answer.location:
                break
            is_move = moved == url and answer.status in FOR_GOOD
            url = urldefrag(urljoin(url, answer.location))[0]
            # A detour for now is no move, and neither is what lies behind it.
            moved = url if is_move else moved
        else:
            return f"leads on more than {MOST_HOPS} times, perhaps in a circle; try {source.url} in a browser"
        if answer.status in GONE:
            return f"is gone from {source.url} (it answers {answer.status}); find where it is now, or cite another"
        if answer.status >= 300:
            return f"was not shown to this program (it answers {answer.status}); try {source.url} in a browser"
        if moved != source.url:
            return f"has moved to {_printable(moved)}; look whether it is the same, and put the new address under 'url'"
        title = _title(answer)
        if title and not _resembles(source.title, title):
            return f"has a page that calls itself '{title[:80]}'; look whether it is still '{source.title[:80]}'"
        return ""

    def _ask(self, url: str) -> _Answer:
        """The head of what is there; all of it where it is a page, for its title, or where a server shows no heads."""
        with self._alone_with(urlsplit(url).netloc):
            answer = self._request("HEAD", url)
            if answer.status >= 400 or (answer.status == 200 and "html" in answer.kind):
                answer = self._request("GET", url)
        with self._here:
            self.answers += 1
        return answer

    @contextmanager
    def _alone_with(self, host: str) -> Iterator[None]:
        with self._here:
            lock = self._hosts.setdefault(host, threading.Lock())
        with lock:
            yield

    def _request(self, method: str, url: str) -> _Answer:
        if urlsplit(url).scheme not in ("http", "https"):
            raise _Unreachable("it leads to what is no web address")
        headers = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.8"}
        try:
            request = Request(re.sub(r"[^\x21-\x7e]", _quoted, url), headers=headers, method=method)
            try:
                response = self._opener.open(request, timeout=TIMEOUT_S)
            except HTTPError as error:
                # What is no success is an answer too.
                response = error
            with response:
                kind = response.headers.get("Content-Type", "")
                body = response.read(MOST_BYTES) if method == "GET" and "html" in kind else b""
                text = _decoded(body, response.headers.get_content_charset("utf-8"))
                return _Answer(response.status, response.headers.get("Location", ""), kind, text)
        except (OSError, HTTPException) as error:
            raise _Unreachable(_why(error)) from None


class _NoFollowing(HTTPRedirectHandler):
    """Gives back an answer that leads on, so that each step is seen."""

    def http_error_302(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> None:
        """Leave it to what makes an error of each answer that is no success."""

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _why(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    match cause:
        case TimeoutError():
            return f"no answer within {TIMEOUT_S:g} seconds"
        case ssl.SSLCertVerificationError():
            return "its certificate cannot be trusted"
        case OSError() if cause.strerror:
            return cause.strerror[:1].lower() + cause.strerror[1:]
    return "the connection broke off"


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _quoted(character: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in character[0].encode())


def _title(answer: _Answer) -> str:
    """What a page calls itself: its title and its first heading."""
    said = [
        re.sub(r"<[^>]*>", " ", found[1])
        for tag in ("title", "h1")
        if (found := re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}", answer.body, re.I | re.S))
    ]
    return _printable(" ".join(unescape(" ".join(said)).split()))


def _printable(text: str) -> str:
    """Without what a terminal would obey: this comes from anybody."""
    return "".join(character for character in text if character.isprintable())


def _resembles(known: str, now: str) -> bool:
    words = _words(known)
    return not words or len(words & _words(now)) >= RESEMBLES * len(words)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}
