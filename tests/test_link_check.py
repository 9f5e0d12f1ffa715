"""Whether sources are still there: asked of a server on this machine, and of no other."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from secondsight import link_check
from secondsight.course import load_course
from secondsight.link_check import AT_ONCE, ENOUGH, Links, check_links
from small_course import HEAD, SmallCourse

SOURCES = "content/sources.yaml"
PAGE = "<html><head><title>{}</title></head><body><h1>{}</h1></body></html>"
BOOK = PAGE.format("The ward book | A hospital", "Ward")


class Library:
    """A server with pages by their path: an answer's status, its headers, and its body."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.slow = 0.0
        self.busy: list[int] = []
        library = self
        here = threading.Lock()
        now = Counter()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with here:
                    library.asked.append((self.command, self.path))
                    now["busy"] += 1
                    library.busy.append(now["busy"])
                time.sleep(library.slow)
                status, headers, body = library.pages.get(f"{self.command} {self.path}") or library.pages.get(
                    self.path, (404, {}, "")
                )
                data = body.encode()
                # Before the answer is out: after it, the next may be asked at once.
                with here:
                    now["busy"] -= 1
                self.send_response(status)
                for name, value in {"Content-Type": "text/html", "Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(data)

            do_HEAD = do_GET

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def library(monkeypatch) -> Iterator[Library]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    connect = socket.socket.connect

    def only_here(this: socket.socket, address):
        assert address[0] == "127.0.0.1", f"asked {address}"
        return connect(this, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)
    made = Library()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def look(small, library) -> Callable[..., list[str]]:
    """Ask for the one source with an address, and give what is said of it after its name."""

    def ask(path: str = "/ward-book") -> list[str]:
        url = path if path.startswith("http") else library.url + path
        small.edit(SOURCES, "https://example.org/ward-book", url)
        found = check_links(load_course(small.root))
        assert found.links == 1
        assert not found.offline
        start = f"{SOURCES}:{small.line(SOURCES, 'id: ward-book')}: source 'ward-book' "
        said = [str(note) for note in found.notes]
        assert all(note.startswith(start) for note in said), said
        return [note.removeprefix(start).replace(library.url, "") for note in said]

    return ask


def test_a_page_that_is_where_it_was_is_not_named(library, look):
    library.pages["/ward-book"] = (200, {}, BOOK)
    assert look() == []
    assert library.asked == [("HEAD", "/ward-book"), ("GET", "/ward-book")]


def test_a_source_without_an_address_is_not_asked(library, look):
    library.pages["/ward-book"] = (200, {}, BOOK)
    assert look() == []
    assert {path for _, path in library.asked} == {"/ward-book"}


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_has_moved_for_good_is_named_with_its_new_address(library, look, status):
    library.pages["/ward-book"] = (status, {"Location": "/books/ward"}, "")
    library.pages["/books/ward"] = (200, {}, BOOK)
    assert look() == ["has moved to /books/ward; look whether it is the same, and put the new address under 'url'"]


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_detour_for_now_is_no_move(library, look, status):
    library.pages["/ward-book"] = (status, {"Location": "/today?from=here"}, "")
    library.pages["/today?from=here"] = (200, {}, BOOK)
    assert look() == []


def test_a_move_is_told_as_far_as_it_is_for_good(library, look):
    library.pages["/ward-book"] = (301, {"Location": "/books"}, "")
    library.pages["/books"] = (302, {"Location": "/books/en"}, "")
    library.pages["/books/en"] = (301, {"Location": "/books/en/"}, "")
    library.pages["/books/en/"] = (200, {}, BOOK)
    (said,) = look()
    assert said.startswith("has moved to /books; ")


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_named(library, look, status):
    library.pages["/ward-book"] = (status, {}, "")
    assert look() == [f"is gone from /ward-book (it answers {status}); find where it is now, or cite another"]


def test_a_page_that_moved_to_nowhere_is_gone(library, look):
    library.pages["/ward-book"] = (301, {"Location": "/lost"}, "")
    (said,) = look()
    assert said.startswith("is gone from /ward-book (it answers 404)")


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_what_a_program_is_not_shown_is_for_a_person_to_try(library, look, status):
    library.pages["/ward-book"] = (status, {}, "")
    assert look() == [f"was not shown to this program (it answers {status}); try /ward-book in a browser"]


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_server_that_shows_no_heads_is_asked_for_the_page(library, look, status):
    library.pages["HEAD /ward-book"] = (status, {}, "")
    library.pages["/ward-book"] = (200, {}, BOOK)
    assert look() == []


@pytest.mark.parametrize(
    "title", ["Something else", "Page not found", "The hospital shop", "Bücher &amp; more <b>things</b>"]
)
def test_a_page_with_a_title_unlike_the_source_is_named(library, look, title):
    library.pages["/ward-book"] = (200, {}, PAGE.format(title, ""))
    (said,) = look()
    assert said.startswith("has a page that calls itself '")
    assert said.endswith("'; look whether it is still 'The ward book'")
    assert "<b>" not in said and "&amp;" not in said


@pytest.mark.parametrize(
    "body",
    [
        PAGE.format("WARD BOOK (2026 edition)", "Contents"),
        PAGE.format("A hospital", "Our <em>ward</em> book"),
        PAGE.format("Book: the\n ward", ""),
        "<html><body>a page without a title</body></html>",
        "",
    ],
)
def test_a_title_that_shares_a_word_or_is_missing_is_no_change(library, look, body):
    library.pages["/ward-book"] = (200, {}, body)
    assert look() == []


def test_a_file_that_is_no_page_is_not_fetched(library, look):
    library.pages["/ward-book.pdf"] = (200, {"Content-Type": "application/pdf"}, "Something else")
    assert look("/ward-book.pdf") == []
    assert library.asked == [("HEAD", "/ward-book.pdf")]


def test_a_circle_is_left(library, look):
    library.pages["/ward-book"] = (302, {"Location": "/round"}, "")
    library.pages["/round"] = (302, {"Location": "/ward-book"}, "")
    (said,) = look()
    assert said.startswith("leads on more than 6 times, perhaps in a circle")
    assert len(library.asked) == link_check.MOST_HOPS


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)"])
def test_no_one_is_led_to_what_is_no_web_address(library, look, to):
    library.pages["/ward-book"] = (301, {"Location": to}, "")
    assert look() == ["could not be reached: it leads to what is no web address; try /ward-book in a browser"]


@pytest.mark.parametrize("to", ["http://[bad", "http://127.0.0.1:port/"])
def test_an_address_that_cannot_be_read_is_said_in_a_sentence(library, look, to):
    library.pages["/ward-book"] = (301, {"Location": to}, "")
    (said,) = look()
    assert said.startswith("could not be reached: ")


def test_a_title_gives_a_terminal_no_orders(library, look):
    library.pages["/ward-book"] = (200, {}, PAGE.format("\x1b[31mRed &#27;[2J things\x07", ""))
    (said,) = look()
    assert said.startswith("has a page that calls itself '[31mRed [2J things'")


def test_an_address_with_letters_of_any_kind_is_asked(library, look):
    library.pages["/caf%C3%A9"] = (200, {}, BOOK)
    assert look("/café") == []


@pytest.mark.parametrize("kind", ["text/html; charset=nonsense", "text/html; charset=utf-16"])
def test_an_answer_that_cannot_be_read_is_no_reason_to_stop(library, look, kind):
    library.pages["/ward-book"] = (200, {"Content-Type": kind}, BOOK)
    assert [says for says in look() if "calls itself" not in says] == []


def test_a_page_that_never_ends_is_read_only_at_its_beginning(library, look, monkeypatch):
    monkeypatch.setattr(link_check, "MOST_BYTES", 40)
    library.pages["/ward-book"] = (200, {}, "x" * 100 + PAGE.format("Something else", ""))
    assert look() == []


def course_of(small: SmallCourse, urls: list[str]) -> None:
    """The small course with a source at each of these addresses, all of them cited."""
    entries = "".join(
        f"  - {{id: s-{number}, label: Label, title: The ward book, publisher: P, year: '1', kind: study, read: true, "
        f"read_note: x, url: '{url}'}}\n"
        for number, url in enumerate(urls)
    )
    old = small.read(SOURCES).removeprefix(HEAD).replace("    url: https://example.org/ward-book\n", "")
    small.write(SOURCES, HEAD + old + entries)
    cited = ", ".join(f"s-{number}" for number in range(len(urls)))
    small.edit("content/facts/aches.yaml", "sources: [ward-book]", f"sources: [ward-book, {cited}]")


def test_one_source_too_slow_does_not_keep_the_others_from_being_told(small, library, monkeypatch):
    monkeypatch.setattr(link_check, "TIMEOUT_S", 0.3)
    silent = socket.create_server(("127.0.0.1", 0))
    library.pages["/book"] = (200, {}, BOOK)
    course_of(small, [f"http://127.0.0.1:{silent.getsockname()[1]}/", f"{library.url}/book", f"{library.url}/lost"])
    found = check_links(load_course(small.root))
    silent.close()
    assert (found.links, found.offline) == (3, False)
    first, second = (str(note) for note in found.notes)
    assert "source 's-0' could not be reached: no answer within 0.3 seconds; try http" in first
    assert "source 's-2' is gone" in second


def test_a_host_is_asked_for_one_thing_at_a_time(small, library):
    library.slow = 0.02
    urls = [f"{library.url}/{number}" for number in range(2 * AT_ONCE)]
    course_of(small, urls)
    assert len(check_links(load_course(small.root)).notes) == len(urls)
    assert len(library.busy) == 2 * len(urls)
    assert max(library.busy) == 1


def closed_ports(count: int) -> list[str]:
    """Addresses of this machine where nobody listens."""
    servers = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    urls = [f"http://127.0.0.1:{server.getsockname()[1]}/" for server in servers]
    for server in servers:
        server.close()
    return urls


def test_where_nothing_can_be_reached_the_machine_is_offline_and_no_source_is_blamed(small, library):
    course_of(small, closed_ports(3))
    assert check_links(load_course(small.root)) == Links(3, [], True)


def test_offline_nobody_waits_for_every_source(small, library, monkeypatch):
    course_of(small, closed_ports(5 * ENOUGH))
    tried = []
    ask = link_check._Asking._request
    monkeypatch.setattr(
        link_check._Asking, "_request", lambda self, method, url: tried.append(url) or ask(self, method, url)
    )
    assert check_links(load_course(small.root)).offline
    assert ENOUGH <= len(tried) < ENOUGH + AT_ONCE


def test_where_one_can_be_reached_the_others_are_named(small, library):
    library.pages["/book"] = (200, {}, BOOK)
    course_of(small, [f"{library.url}/book", *closed_ports(1)])
    found = check_links(load_course(small.root))
    assert not found.offline
    (note,) = map(str, found.notes)
    assert "source 's-1' could not be reached: connection refused; try http://127.0.0.1:" in note


def test_a_course_without_links_is_not_offline(small, library):
    course_of(small, [])
    assert check_links(load_course(small.root)) == Links(0, [], False)
