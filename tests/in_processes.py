"""What several processes do to one record, some of them until they are killed.

    python in_processes.py NAME FOLDER [NUMBER]

prints what came of it as JSON. It is a program of its own because it forks, which a process with threads should not.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

from secondsight import progress_file
from secondsight.progress_file import Loading
from secondsight.record_file import Record, RecordError
from some_attempts import attempt, first_version, many, saved

NOBODY = 65534
BAD = b"this is no database" * 1000


def forked(do: Callable[[Callable[[str], None]], None]) -> tuple[int, int]:
    """Do something in a child that can say lines; its process id, and where to read them."""
    out, into = os.pipe()
    if pid := os.fork():
        os.close(into)
        return pid, out
    status = 1
    try:
        os.close(out)
        do(lambda says: os.write(into, f"{says}\n".encode()))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def heard(pid: int, out: int, before: bytes = b"") -> list[str]:
    """All the lines that a child said, once it is gone; ``before`` is what has been read of them."""
    with open(out, "rb") as rest:
        said = before + rest.read()
    os.waitpid(pid, 0)
    return said.decode().splitlines()


def at_once(number: int, do: Callable[[int], object]) -> list[str]:
    """Do something in several children that start together; what came of it in each."""
    waiting, go = os.pipe()

    def child(n: int, say: Callable[[str], None]) -> None:
        os.close(go)
        os.read(waiting, 1)
        try:
            say(f"ok {do(n)}")
        except RecordError as error:
            say(str(error))

    children = [forked(lambda say, n=n: child(n, say)) for n in range(number)]
    os.close(go)
    os.close(waiting)
    return [line for each in children for line in heard(*each)]


def rows(path: Path) -> list[str]:
    """The ids in a record's file, which must be sound."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return [id for (id,) in connection.execute("select id from attempts")]


def eight(folder: Path, each: int) -> dict:
    """Eight kernels keep one answer after another."""
    path = folder / "record.sqlite3"

    def keep(n: int) -> int:
        record = Record(path)
        return sum(record.keep([one]) for one in many(each, f"{n}"))

    start = time.perf_counter()
    said = at_once(8, keep)
    return {"said": said, "ids": len(rows(path)), "seconds": round(time.perf_counter() - start, 1)}


def create(folder: Path, rounds: int) -> dict:
    """Eight kernels find no record; two of them only read."""
    said = []
    found = []
    for n in range(rounds):
        path = folder / f"home-{n}" / "record.sqlite3"

        def begin(n: int, path: Path = path) -> object:
            record = Record(path)
            return record.keep(many(5, f"{n}")) if n < 6 else record.newest([], 1)

        said += at_once(8, begin)
        found.append(len(rows(path)))
    return {"said": said, "found": found}


def migrate(folder: Path, rounds: int) -> dict:
    """Eight kernels find a record of the first version."""
    said = []
    found = []
    for n in range(rounds):
        path = folder / f"{n}.sqlite3"
        first_version(path, [(one.id, one.model_dump_json()) for one in many(400)] + [("bad", "no json")])

        def go_on(n: int, path: Path = path) -> int:
            record = Record(path)
            assert len(record.attempts()) >= 400
            return record.keep([attempt(f"new-{n}"), *many(5)])

        said += at_once(8, go_on)
        with closing(sqlite3.connect(path)) as connection:
            found.append([len(rows(path)), *connection.execute("select count(*) from unread").fetchone()])
    return {"said": said, "found": found}


def damage(folder: Path, rounds: int) -> dict:
    """Eight kernels find a damaged record."""
    said, found, aside, whole = [], [], [], True
    for n in range(rounds):
        path = folder / f"{n}" / "record.sqlite3"
        path.parent.mkdir()
        path.write_bytes(BAD)

        def keep(n: int, path: Path = path) -> int:
            return Record(path).keep(many(5, f"{n}"))

        said += at_once(8, keep)
        found.append(len(rows(path)))
        files = list(path.parent.glob("*.damaged-*"))
        aside.append(len(files))
        whole &= all(each.read_bytes() == BAD for each in files)
    return {"said": said, "found": found, "aside": aside, "whole": whole}


def killed(do: Callable[[Callable[[str], None]], None], lines: int, within: float) -> list[str]:
    """All that a child said that was killed at a random moment in so many seconds after it had said so many lines."""
    pid, out = forked(do)
    said = b""
    while said.count(b"\n") < lines and (more := os.read(out, 4096)):
        said += more
    time.sleep(random.uniform(0, within))
    os.kill(pid, signal.SIGKILL)
    return heard(pid, out, said)


def seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def batch_size(m: int) -> int:
    """One answer, and now and then a few in one transaction."""
    return 3 if m % 4 == 3 else 1


def kill(folder: Path, rounds: int) -> dict:
    """Kernels are killed while they keep answers: in a record that grows, in a new one, in one of the first version."""
    shared = Record(folder / "shared.sqlite3")
    shared.keep([])
    within = 3 * min(seconds(partial(shared.keep, [attempt(f"before-{m}")])) for m in range(20))
    confirmed: set[str] = set()
    lost: list[str] = []
    others = torn = 0
    for n in range(rounds):
        record = [shared, shared, Record(folder / f"new-{n}.sqlite3"), Record(folder / f"old-{n}.sqlite3")][n % 4]
        if n % 4 == 3:
            first_version(record.path, [(one.id, one.model_dump_json()) for one in many(30, f"old-{n}")])

        def keep(say: Callable[[str], None], n: int = n, record: Record = record) -> None:
            for m in count():
                batch = [attempt(f"{n}.{m}.{part}") for part in range(batch_size(m))]
                record.keep(batch)
                for one in batch:
                    say(one.id)

        said = killed(keep, n % 5, within)
        here = [one.id for one in record.attempts()]
        assert record.set_aside is None
        assert sorted(rows(record.path)) == sorted(here)
        if record is shared:
            confirmed |= set(said)
            lost += confirmed - set(here)
        else:
            others += len(said)
            lost += set(said) - set(here)
        if n % 4 == 3:
            lost += {one.id for one in many(30, f"old-{n}")} - set(here)
        sizes = Counter(id.rpartition(".")[0] for id in here if id.count(".") == 2)
        torn += sum(size != batch_size(int(made.partition(".")[2])) for made, size in sizes.items())
    return {"rounds": rounds, "confirmed": len(confirmed) + others, "lost": lost, "torn": torn}


def kill_loading(folder: Path, rounds: int) -> dict:
    """Kernels are killed while they load a file: it is there whole, or not at all."""
    data = saved(many(800))
    found, confirmed, lost = [], 0, 0

    def load_into(record: Record) -> None:
        loading = Loading(record, "second-sight")
        loading.feed(data)
        loading.finish()

    within = 3 * min(seconds(partial(load_into, Record(folder / f"before-{n}.sqlite3"))) for n in range(5))
    for n in range(rounds):
        record = Record(folder / f"{n}.sqlite3")
        record.keep([attempt("before")])

        def load(say: Callable[[str], None], record: Record = record) -> None:
            load_into(record)
            say("taken")

        said = killed(load, n % 2, within)
        found.append(len(rows(record.path)) - 1)
        confirmed += bool(said)
        lost += bool(said) and found[-1] != 800
    return {"found": sorted(set(found)), "confirmed": confirmed, "lost": lost}


def kill_setting_aside(folder: Path, rounds: int) -> dict:
    """Kernels are killed while they set a damaged record aside: it is not lost, nor is what was confirmed since."""
    lost, moved = [], 0

    def damaged(n: int) -> Record:
        record = Record(folder / f"{n}" / "record.sqlite3")
        record.path.parent.mkdir()
        record.path.write_bytes(BAD)
        return record

    within = 3 * min(seconds(partial(damaged(-n).keep, [attempt("a")])) for n in range(1, 6))
    for n in range(rounds):
        record = damaged(n)

        def keep(say: Callable[[str], None], record: Record = record) -> None:
            for m in count():
                record.keep([attempt(f"{m}")])
                say(f"{m}")

        said = killed(keep, n % 2, within)
        there = [record.path, *record.path.parent.glob("*.damaged-*")]
        if not any(path.exists() and path.read_bytes() == BAD for path in there):
            lost.append("the damaged file")
        here = {one.id for one in record.attempts()}
        lost += set(said) - here
        moved += bool(said)
    return {"lost": lost, "moved": moved}


def memory(folder: Path, number: int) -> dict:
    """How much memory a file of so many attempts takes, when it is loaded and when it is saved; in KiB."""
    with (folder / "made.jsonl").open("wb") as file:
        progress_file.write(lambda: many(number), "second-sight", file)
    record = Record(folder / "record.sqlite3")
    before = highest()
    start = time.perf_counter()
    loading = Loading(record, "second-sight")
    with (folder / "made.jsonl").open("rb") as file:
        while piece := file.read(1 << 16):
            loading.feed(piece)
    outcome = loading.finish()
    took = time.perf_counter() - start
    with (folder / "saved.jsonl").open("wb") as file:
        progress_file.write(record.stream, "second-sight", file)
    kib = highest() - before
    same = (folder / "saved.jsonl").read_bytes() == (folder / "made.jsonl").read_bytes()
    return {"taken": outcome.to_dict(), "kib": kib, "seconds": round(took, 2), "same": same}


def long_line(folder: Path, mib: int) -> dict:
    """How much memory a file takes that is one line of so many MiB, under a head."""

    def pieces() -> Iterator[bytes]:
        yield b'{"format":"second-sight-progress","version":1,"course":"second-sight","count":2}\n'
        yield attempt("a").model_dump_json().encode() + b'\n{"id":"'
        piece = b"x" * (1 << 20)
        for _ in range(mib):
            yield piece
        yield b'"}\n' + attempt("b").model_dump_json().encode()

    loading = Loading(Record(folder / "record.sqlite3"), "second-sight")
    before = highest()
    start = time.perf_counter()
    for piece in pieces():
        loading.feed(piece)
    outcome = loading.finish().to_dict()
    return {"taken": outcome, "kib": highest() - before, "seconds": round(time.perf_counter() - start, 2)}


def highest() -> int:
    """The most memory that this process has held so far, in KiB; what it was forked from does not count."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0])


def without_rights(folder: Path) -> dict:
    """A trainee's kernel in a home that cannot be written, and then can."""
    said: dict[str, object] = {}
    folder = folder / "home"
    folder.mkdir()
    record = Record(folder / "record.sqlite3")
    record.keep(many(40))
    first_version(folder / "first.sqlite3", [(one.id, one.model_dump_json()) for one in many(40)])
    with closing(sqlite3.connect(folder / "first.sqlite3")) as connection:
        connection.execute("pragma journal_mode = delete")
    if os.getuid() == 0:
        for path in [folder, *folder.iterdir()]:
            os.chown(path, NOBODY, NOBODY)
        os.setuid(NOBODY)

    def tried(do: Callable[[], object]) -> object:
        try:
            return do()
        except RecordError as error:
            return str(error)

    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in ("record", "first"):
        here = Record(folder / f"{name}.sqlite3")
        said[name] = [len(here.attempts()), len([*here.stream()]), len(here.newest(["item-3"], 1))]
    said["never"] = tried(Record(folder / "never.sqlite3").attempts)
    said["keep"] = tried(lambda: record.keep([attempt("x")]))
    said["take"] = tried(lambda: record.take([[attempt("y")]]))
    said["erase"] = tried(record.erase)
    said["with the unkept"] = [len(record.attempts()), len([*record.stream()]), len(record.newest(["which-ache"], 1))]
    said["untouched"] = before == {path.name: path.read_bytes() for path in folder.iterdir()}
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o000)
    said["no right to read"] = tried(Record(folder / "first.sqlite3").attempts)
    for path in folder.iterdir():
        path.chmod(0o644)
    said["next"] = tried(lambda: record.keep([attempt("z")]))
    said["ids"] = sorted(set(rows(record.path)) - {one.id for one in many(40)})
    return said


def short_files(folder: Path) -> dict:
    """A kernel that may not let a file grow beyond a size, and then may; what would make it longer is cut short."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, resource.RLIM_INFINITY))
    return filled(folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2))


def small_disk(folder: Path) -> dict:
    """A kernel on a disk that fills, and is emptied again; only root can make one."""
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        return {"not made": made.stderr.decode()}
    try:
        (folder / "others").write_bytes(b"x" * 200_000)
        return filled(folder, (folder / "others").unlink)
    finally:
        subprocess.run(["umount", folder], check=True)


def filled(folder: Path, empty: Callable[[], object]) -> dict:
    """A kernel that keeps answers until five in a row are refused, and once more when there is room again."""
    record = Record(folder / "record.sqlite3")
    kept: list[str] = []
    refused: list[str] = []
    for one in many(5000):
        try:
            record.keep([one])
            kept += [*refused, one.id]
            refused.clear()
        except RecordError as error:
            said = str(error)
            refused.append(one.id)
            if len(refused) == 5:
                break
    here = [one.id for one in record.attempts()]
    on_disk = rows(record.path)
    empty()
    record.keep([attempt("last")])
    return {
        "kept": len(kept),
        "said": said,
        "read": here == [*kept, *refused],
        "on disk": set(kept) <= set(on_disk),
        "in the end": sorted(rows(record.path)) == [*kept, *refused, "last"],
    }


if __name__ == "__main__":
    name, folder, *number = sys.argv[1:]
    print(json.dumps(globals()[name](Path(folder), *map(int, number))))
