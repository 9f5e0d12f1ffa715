"""The preview: pages as they are now, for this machine alone, and sentences where there is something to mend."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest

from secondsight import preview_server
from secondsight.cli import main
from secondsight.course import load_course
from secondsight.export import page
from secondsight.preview import Preview
from secondsight.preview_server import PreviewServer, Watch

FACTS = "content/facts/aches.yaml"
# A slow machine is no failure; what never comes is.
PATIENCE_S = 30


def quiet(says: str) -> None:
    raise AssertionError(f"warned: {says}")


@contextmanager
def served(root: Path) -> Iterator[PreviewServer]:
    with PreviewServer(Preview(root, quiet), _free_port()) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def server(make_course) -> Iterator[PreviewServer]:
    """A preview of the small course, for tests that change nothing of it."""
    with served(make_course().root) as made:
        yield made


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


def get(server: PreviewServer, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE_S)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.headers), body


def policy(html: str) -> dict[str, list[str]]:
    (said,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    return {name: values for name, *values in (part.split() for part in unescape(said).split(";"))}


def test_a_page_is_the_exported_one_with_one_script_more(small):
    shown = Preview(small.root, quiet).page("00-first.html")
    course = load_course(small.root)
    exported, _ = page.lesson_page(course, course.notebooks["first"], small.root / "notebooks")
    without = re.sub(r"<script data-version=.*?</script>\n", "", shown.html, flags=re.S)
    assert re.sub('Policy" content="[^"]*"', "", without) == re.sub('Policy" content="[^"]*"', "", exported)
    assert shown.html.count("<script data-version=") == 1


def test_the_policy_lets_that_script_and_its_question_through_and_nothing_else(small):
    course = load_course(small.root)
    exported, _ = page.lesson_page(course, course.notebooks["first"], small.root / "notebooks")
    before, now = policy(exported), policy(Preview(small.root, quiet).page("00-first.html").html)
    assert now.pop("connect-src") == ["'self'"]
    (more,) = set(now["script-src"]) - set(before["script-src"])
    assert more.startswith("'sha256-")
    now["script-src"].remove(more)
    assert now == before


def test_every_lesson_and_the_list_of_them_is_there(server):
    for name in ("", "index.html", "00-first.html", "07-certificate.html"):
        status, headers, html = get(server, f"/{name}")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert headers["Cache-Control"] == "no-store"
    assert "All lessons</a>" in html
    _, _, index = get(server, "/")
    pages = set(re.findall(r"<a href=([\w-]+\.html)>", index))
    assert len(pages) == 8
    assert {get(server, f"/{name}")[0] for name in pages} == {200}


@pytest.mark.parametrize(
    "path",
    ["/nothing.html", "/content/course.yaml", "/../content/course.yaml", "/%2e%2e/content/course.yaml", "/notebooks/",
     "/00-first.ipynb", "/%00", "/<script>alert(1)</script>", "//evil.example/"],
)  # fmt: skip
def test_nothing_but_pages_is_there(server, path):
    status, _, html = get(server, path)
    assert status == 404
    assert "No such page" in html
    assert "alert(1)" not in html and "lessons: [" not in html


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(server, method):
    assert get(server, "/", method)[0] == 501


def test_the_head_of_a_page_comes_without_it(server):
    status, headers, body = get(server, "/00-first.html", "HEAD")
    assert (status, body) == (200, "")
    assert int(headers["Content-Length"]) > 10_000
    assert get(server, "/events?page=/00-first.html", "HEAD")[0] == 200


def test_only_this_machine_can_reach_it(server):
    assert server.server_address[0] == "127.0.0.1"
    assert server.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{}", "127.0.0.1.evil.example:{}", "127.0.0.1:1", ""])
@pytest.mark.parametrize("path", ["/", "/00-first.html", "/events"])
def test_another_sites_name_gets_nothing_even_where_it_leads_here(server, host, path):
    status, headers, body = get(server, path, Host=host.format(server.server_port))
    assert (status, body) == (403, f"The preview is at {server.url} only.\n")
    assert headers["Content-Type"].startswith("text/plain")


def test_this_machine_has_two_names(server):
    for host in ("localhost", "127.0.0.1"):
        assert get(server, "/", Host=f"{host}:{server.server_port}")[0] == 200


def test_a_change_shows_once_the_course_is_read_again(small):
    preview = Preview(small.root, quiet)
    before = preview.page("00-first.html")
    assert preview.page("00-first.html") is before, "made once"
    other = preview.page("01-second.html")
    small.edit(FACTS, "An ache that lasts is talked about.", "An ache that stays is talked about.")
    preview.read()
    after = preview.page("00-first.html")
    assert "An ache that stays" in after.html
    assert after.version != before.version
    # A page that looks as before is not loaded again.
    assert preview.page("01-second.html").version == other.version


def break_it(small) -> list[str]:
    small.edit(FACTS, "seed: [S01]", "seeds: [S01]")
    small.edit("content/glossary.yaml", "term: Ache", "term: [<script>alert(1)</script>]")
    return [
        f"{FACTS}:8: fact 'ache-lasts' has an unknown field 'seeds'; did you mean 'seed'?",
        "content/glossary.yaml:",
    ]


@pytest.mark.parametrize("name", ["00-first.html", "index.html", "nothing.html"])
def test_what_has_to_be_mended_stands_in_the_place_of_every_page_and_goes(small, name):
    preview = Preview(small.root, quiet)
    before = preview.page(name)
    says = break_it(small)
    preview.read()
    broken = preview.page(name)
    text = unescape(broken.html)
    assert "<h1>Something has to be mended</h1>" in text
    assert all(f"<li>{line}" in text for line in says)
    assert "Traceback" not in text
    assert broken.version != before.version
    assert set(policy(broken.html)["default-src"]) == {"'none'"}
    small.edit(FACTS, "seeds: [S01]", "seed: [S01]")
    small.edit("content/glossary.yaml", "term: [<script>alert(1)</script>]", "term: Ache")
    preview.read()
    assert preview.page(name) == before


def test_text_from_files_stays_text_where_it_is_named(small, attack):
    small.edit("content/lessons/fourth.yaml", "kind: reference", "kind: " + json.dumps(attack))
    html = Preview(small.root, quiet).page("00-first.html").html
    said = html.partition("<main")[2].partition("</main>")[0]
    assert "Something has to be mended" in said
    assert set(re.findall(r"<(\w+)", said)) <= {"h1", "p", "ul", "li"}


def test_code_of_somebodys_own_is_not_run_and_the_terminal_says_so_once(small, tmp_path):
    trace = tmp_path / "was-run"
    small.add_cell("00-first.ipynb", "code", "own", f"open({str(trace)!r}, 'w')")
    warned = []
    preview = Preview(small.root, warned.append)
    for _ in range(2):
        html = preview.page("00-first.html").html
        preview.read()
    assert not trace.exists()
    assert "This cell was not run" in html
    assert "data-quiz=first-before" in html, "the rest of the lesson is there"
    assert warned == [
        "notebooks/00-first.ipynb: has code of its own, which the preview does not run; to see what it shows, export "
        "the course"
    ]


def test_what_readers_will_miss_is_said_once(small):
    small.add_cell("00-first.ipynb", "markdown", "more", "![a back](https://example.org/back.png)")
    warned = []
    preview = Preview(small.root, warned.append)
    for _ in range(2):
        preview.page("00-first.html")
        preview.read()
    (said,) = warned
    assert said.startswith("notebooks/00-first.ipynb, cell 7 (more): the picture 'https://example.org/back.png'")


def events(server: PreviewServer, path: str) -> Iterator[str]:
    """The versions that an open page is told, as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE_S)
    connection.request("GET", f"/events?page={path}")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    while line := answer.readline().decode().strip("\n") or answer.readline().decode():
        if line.startswith("data: "):
            yield line.removeprefix("data: ").strip()


def test_an_open_page_is_told_its_version_and_each_new_one_at_once(small, monkeypatch):
    monkeypatch.setattr(preview_server, "STILL_THERE_S", 100 * PATIENCE_S)
    with served(small.root) as server:
        told = events(server, "/00-first.html")
        first = next(told)
        assert first == server.preview.page("00-first.html").version
        # What changes another page alone is not told.
        small.edit("content/lessons/second.yaml", "says: About legs.", "says: About two legs.")
        server.changed()
        small.edit(FACTS, "An ache that lasts", "An ache that stays")
        server.changed()
        second = next(told)
        assert second == server.preview.page("00-first.html").version != first
        break_it(small)
        server.changed()
        assert next(told) not in (first, second)


def test_a_closed_page_is_forgotten(small, monkeypatch):
    monkeypatch.setattr(preview_server, "STILL_THERE_S", 0.02)
    with served(small.root) as server:
        before = threading.active_count()
        with socket.create_connection(("127.0.0.1", server.server_port)) as open_page:
            request = f"GET /events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n"
            open_page.sendall(request.encode())
            while b"still here" not in open_page.recv(4096):
                pass
        deadline = threading.Event()
        for _ in range(500):
            if threading.active_count() <= before:
                break
            deadline.wait(0.02)
        assert threading.active_count() <= before


@pytest.fixture
def watched(small):
    """The small course being watched: gives a flag that is set at each change."""
    seen, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=Watch(small.root).run, args=(seen.set, stop))
    thread.start()
    yield seen
    stop.set()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def test_saving_deleting_and_adding_files_is_seen(small, watched):
    def is_seen() -> bool:
        found = watched.wait(PATIENCE_S)
        watched.clear()
        return found

    small.edit(FACTS, "An ache that lasts", "An ache that stays")
    assert is_seen()
    small.write("exercises/questions/new.yaml", "a: b")
    assert is_seen()
    (small.root / "exercises/questions/new.yaml").unlink()
    assert is_seen()
    # As editors do it that write beside a file first.
    beside = small.write("content/facts/.aches.tmp", small.read(FACTS).replace("stays", "lasts long"))
    os.replace(beside, small.root / FACTS)
    assert is_seen()


def test_a_room_that_comes_or_goes_is_seen(small, watched):
    (small.root / "exercises").rename(small.root / "away")
    assert watched.wait(PATIENCE_S)
    watched.clear()
    (small.root / "away").rename(small.root / "exercises")
    assert watched.wait(PATIENCE_S)


def test_what_lies_beside_the_course_is_no_change(small, watched):
    small.write("site/index.html", "made by an export")
    small.write("notes.txt", "mine")
    assert not watched.wait(0.5)


@pytest.fixture
def stopped(monkeypatch) -> list[str]:
    """End a preview as soon as it would watch; the addresses that a browser was sent to."""

    def at_once(watch, changed):
        raise KeyboardInterrupt

    opened: list[str] = []
    monkeypatch.setattr(preview_server.Watch, "run", at_once)
    monkeypatch.setattr("webbrowser.open", opened.append)
    return opened


@pytest.mark.parametrize(
    ("lesson", "name"),
    [([], "00-first.html"), (["second"], "01-second.html"), (["certificate"], "07-certificate.html")],
)
def test_the_browser_opens_the_lesson_that_was_named_or_the_first(small, stopped, capsys, lesson, name):
    port = _free_port()
    assert main(["preview", *lesson, "--course", str(small.root), "--port", str(port)]) == 0
    said = capsys.readouterr()
    assert stopped == [f"http://127.0.0.1:{port}/{name}"]
    assert said.out == f"The preview is at {stopped[0]}\nIt follows what you save. Ctrl+C ends it.\n"
    assert said.err == "Stopped.\n"


def test_no_browser_is_opened_where_none_is_wanted(small, stopped, capsys):
    assert main(["preview", "--no-browser", "--course", str(small.root)]) == 0
    assert stopped == []


def test_without_watchfiles_one_sentence_says_how_to_get_it_and_nothing_is_opened(small, stopped, capsys, monkeypatch):
    monkeypatch.setattr(preview_server, "find_spec", {"watchfiles": None}.get)
    assert main(["preview", "--course", str(small.root)]) == 1
    said = capsys.readouterr()
    assert (said.out, stopped) == ("", [])
    assert said.err == (
        "preview needs watchfiles, which is not installed. Run pip install 'secondsight[educators]' and try again.\n"
    )


def test_a_port_in_use_is_said_in_one_sentence(small, stopped, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["preview", "--course", str(small.root), "--port", str(port)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"port {port} cannot be had (Address already in use); name another with --port, or leave --port out\n"
    )
    assert stopped == []


def test_without_a_port_another_is_taken_where_the_usual_one_is_in_use(small, stopped, monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(preview_server, "USUAL_PORT", taken.getsockname()[1])
        assert main(["preview", "--course", str(small.root)]) == 0
        assert stopped[0].startswith("http://127.0.0.1:")
        assert f":{taken.getsockname()[1]}/" not in stopped[0]


@pytest.mark.parametrize("port", ["0", "65536", "-1", "x", "80.5", "٣٣٣٣"])
def test_what_is_no_port_is_named(small, capsys, port):
    with pytest.raises(SystemExit) as ended:
        main(["preview", f"--port={port}", "--course", str(small.root)])
    assert ended.value.code == 2
    assert "is no port; name a number from 1024 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lesson", "hint"),
    [("secnd", "did you mean 'second'?"), ("../../etc", "the lessons are first, second, third"), ("x" * 999, "the")],
)
def test_a_lesson_that_is_not_there_is_said_in_one_sentence(small, stopped, capsys, lesson, hint):
    assert main(["preview", lesson, "--course", str(small.root)]) == 1
    said = capsys.readouterr()
    assert (said.out, stopped) == ("", [])
    assert said.err.startswith(f"'{lesson[:64]}' is no lesson; {hint}")
    assert said.err.count("\n") == 1


def test_a_course_with_something_to_mend_is_previewed_and_the_terminal_says_it(small, stopped, capsys):
    says = break_it(small)
    assert main(["preview", "first", "--course", str(small.root)]) == 0
    said = capsys.readouterr().err.splitlines()
    assert all(any(line.startswith(start) for line in said) for start in says)
    assert said[-1] == "Stopped."
    assert stopped[0].endswith("/00-first.html")


def test_a_folder_with_an_empty_course_is_previewed_as_what_is_missing(tmp_path, stopped, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "course.yaml").touch()
    assert main(["preview", "--course", str(tmp_path)]) == 0
    assert "content/sources.yaml: this file is missing; the course needs it\n" in capsys.readouterr().err
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", stopped[0])


def test_in_a_terminal_it_says_what_to_mend_and_that_it_is_mended_and_ends_with_ctrl_c(small):
    command = [sys.executable, "-m", "secondsight.cli", "preview", "--no-browser", "--course", str(small.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert re.fullmatch(
                r"The preview is at http://127\.0\.0\.1:\d+/00-first\.html\n", running.stdout.readline()
            )
            small.edit(FACTS, "seed: [S01]", "seeds: [S01]")
            assert running.stderr.readline().startswith(f"{FACTS}:8: fact 'ache-lasts' has an unknown field 'seeds'")
            small.edit(FACTS, "seeds: [S01]", "seed: [S01]")
            assert running.stderr.readline() == "Nothing to mend.\n"
            running.send_signal(signal.SIGINT)
            _, rest = running.communicate(timeout=PATIENCE_S)
            assert (running.returncode, rest) == (0, "Stopped.\n")
        finally:
            running.kill()
