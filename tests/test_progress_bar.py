"""A bar where a command takes longer than a moment, and somebody looks."""

import io
import sys
from types import SimpleNamespace

import pytest

from secondsight import progress_bar
from secondsight.progress_bar import told


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch) -> Terminal:
    made = Terminal()
    # pytest puts its own standard error in place again before each test.
    monkeypatch.setattr(progress_bar, "sys", SimpleNamespace(stderr=made))
    monkeypatch.setenv("TERM", "xterm")
    return made


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(progress_bar, "A_MOMENT", -1)


def test_a_bar_says_what_is_done_of_how_many(terminal, at_once):
    assert list(told("abc", "Pages", 3)) == ["a", "b", "c"]
    assert "Pages" in terminal.getvalue()
    assert "/3" in terminal.getvalue()


def test_what_is_done_in_a_moment_shows_none(terminal):
    assert list(told("abc", "Pages", 3)) == ["a", "b", "c"]
    assert terminal.getvalue() == ""


def test_where_nobody_looks_there_is_none(monkeypatch, at_once):
    log = io.StringIO()
    monkeypatch.setattr(progress_bar, "sys", SimpleNamespace(stderr=log))
    assert list(told("abc", "Pages", 3)) == ["a", "b", "c"]
    assert log.getvalue() == ""


def test_without_the_library_the_work_is_done_all_the_same(terminal, at_once, monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.console", None)
    assert list(told("abc", "Pages", 3)) == ["a", "b", "c"]


def test_an_error_ends_the_bar(terminal, at_once):
    def parts():
        yield 1
        raise OSError

    with pytest.raises(OSError):
        list(told(parts(), "Pages", 2))
    # The cursor that a bar hides is there again.
    assert terminal.getvalue().rfind("\x1b[?25h") > terminal.getvalue().rfind("\x1b[?25l")
