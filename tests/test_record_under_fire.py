"""The record where kernels are killed, where many write at once, where there is no room, and where it is large."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ON_LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


@pytest.fixture
def folder(request) -> Path:
    """A folder that a process without root's rights can enter, as it cannot enter pytest's.

    What is not large is in memory: killed kernels leave there what they would leave on a disk, and much faster.
    """
    memory = Path("/dev/shm")
    in_memory = request.cls is not TestLarge and memory.is_dir() and os.access(memory, os.W_OK)
    with tempfile.TemporaryDirectory(prefix="second-sight-", dir=memory if in_memory else None) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def under_fire(folder):
    """Runs a part of in_processes.py; what came of it."""

    def run(name: str, *number: int) -> dict:
        command = [sys.executable, TESTS / "in_processes.py", name, folder, *map(str, number)]
        environment = {**os.environ, "PYTHONPATH": str(TESTS)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=600)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr[-3000:]
        return json.loads(done.stdout)

    return run


class TestKilled:
    def test_what_was_confirmed_is_there_however_often_the_kernel_is_killed(self, under_fire):
        outcome = under_fire("kill", 500)
        assert outcome["lost"] == []
        assert outcome["torn"] == 0, "all of a transaction or none of it"
        assert outcome["rounds"] == 500
        assert outcome["confirmed"] > 500, "the kernels were killed at work, not before"

    def test_a_file_that_was_being_loaded_is_in_the_record_whole_or_not_at_all(self, under_fire):
        outcome = under_fire("kill_loading", 60)
        assert outcome["lost"] == 0
        assert outcome["found"] == [0, 800], "some were killed before it was in, some after"
        assert outcome["confirmed"] >= 30

    def test_a_damaged_record_that_was_being_set_aside_is_not_lost(self, under_fire):
        outcome = under_fire("kill_setting_aside", 60)
        assert outcome["lost"] == []
        assert 30 <= outcome["moved"] < 60, "some were killed before it was done, some after"


class TestAtOnce:
    def test_eight_kernels_keep_a_thousand_answers_each(self, under_fire):
        outcome = under_fire("eight", 1000)
        assert outcome["said"] == ["ok 1000"] * 8
        assert outcome["ids"] == 8000

    def test_eight_kernels_begin_a_record(self, under_fire):
        outcome = under_fire("create", 20)
        assert sorted(outcome["said"]) == sorted((["ok 5"] * 6 + ["ok []"] * 2) * 20)
        assert outcome["found"] == [30] * 20

    def test_eight_kernels_find_a_record_of_the_first_version(self, under_fire):
        outcome = under_fire("migrate", 10)
        assert outcome["said"] == ["ok 1"] * 80
        assert outcome["found"] == [[408, 1]] * 10

    def test_eight_kernels_find_a_damaged_record(self, under_fire):
        """It is set aside once; no new one is set aside with it."""
        outcome = under_fire("damage", 20)
        assert outcome["said"] == ["ok 5"] * 160
        assert outcome["found"] == [40] * 20
        assert outcome["aside"] == [1] * 20
        assert outcome["whole"]


class TestNoRoom:
    def test_a_home_without_the_right_to_write(self, under_fire):
        outcome = under_fire("without_rights")
        assert outcome["record"] == [40, 40, 2], "what is there is read"
        assert outcome["first"] == [40, 40, 2], "also in the first version, which cannot be migrated there"
        assert "could not be read" in outcome["never"]
        assert outcome["keep"].startswith("Your answer could not be kept on this machine (")
        assert outcome["keep"].endswith("You can go on working; save your progress to a file before you leave.")
        assert outcome["take"].endswith("Nothing was changed.")
        assert "could not all be erased" in outcome["erase"]
        assert outcome["with the unkept"] == [41, 41, 1]
        assert outcome["untouched"]
        assert "could not be read" in outcome["no right to read"]
        assert outcome["next"] == 1
        assert outcome["ids"] == ["x", "z"], "the unkept was written with the next"

    @pytest.mark.parametrize("disk", ["short_files", "small_disk"])
    def test_a_disk_that_fills(self, under_fire, disk):
        outcome = under_fire(disk)
        if "not made" in outcome:
            pytest.skip("only root can make a disk")
        assert outcome.pop("kept") > 20
        said = outcome.pop("said")
        assert said.startswith("Your answer could not be kept on this machine (d"), said
        assert outcome == {"read": True, "on disk": True, "in the end": True}


@ON_LINUX
class TestLarge:
    def test_memory_does_not_grow_with_the_file(self, under_fire):
        small, large = under_fire("memory", 1000), under_fire("memory", 100_000)
        assert (small["taken"]["fresh"], large["taken"]["fresh"], large["taken"]["known"]) == (1000, 99_000, 1000)
        assert small["same"]
        assert large["same"]
        assert large["kib"] - small["kib"] < 23 * 1024, "SQLite's cache is 16 MiB of it"
        assert large["seconds"] < 10, "about one; the bench has the figure"

    def test_a_line_without_end_is_not_held(self, under_fire):
        outcome = under_fire("long_line", 400)
        assert outcome["taken"] == {
            "fresh": 2, "known": 0, "unread": 1, "missing": 0, "changed": False, "future": 0,
        }  # fmt: skip
        assert outcome["kib"] < 16 * 1024
