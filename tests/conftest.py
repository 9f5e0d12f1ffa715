"""What the tests share: a small valid course to break, and the real one to look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from attacks import ATTACKS
from secondsight.course import Course, load_course
from secondsight.export import site
from small_course import SmallCourse

ROOT = Path(__file__).parents[1]

# The same examples on every run, however slow the machine is.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=150)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch) -> Path:
    """No test reads or writes the record of the person who runs it."""
    monkeypatch.setenv("SECONDSIGHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def make_course(tmp_path_factory) -> Callable[[], SmallCourse]:
    """Makes a small course in a folder of its own."""
    return lambda: SmallCourse(tmp_path_factory.mktemp("course"))


@pytest.fixture
def small(make_course) -> SmallCourse:
    """A small course for one test to break."""
    return make_course()


@pytest.fixture(scope="session")
def small_read(make_course) -> Course:
    """The small course as it is read; not to be changed."""
    return load_course(make_course().root)


@pytest.fixture(scope="session")
def real() -> Course:
    """The real course; not to be changed."""
    return load_course(ROOT)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory) -> Path:
    """The real course, exported."""
    out = tmp_path_factory.mktemp("real") / "site"
    site.export(ROOT, out)
    return out


@pytest.fixture(params=ATTACKS, ids=lambda attack: ascii(attack[:40]))
def attack(request) -> str:
    """One text that tries to become script."""
    return request.param


@pytest.fixture
def unwritable(tmp_path) -> Path:
    """A place that nobody can write to, not even root: below a file."""
    (tmp_path / "a-file").write_text("not a folder", encoding="utf-8")
    return tmp_path / "a-file" / "below"
