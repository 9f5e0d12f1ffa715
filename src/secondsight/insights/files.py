"""Which progress files there are, and what each promises, before their attempts are taken."""

from __future__ import annotations

import codecs
import os
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ..progress_file import LONGEST_LINE, ProgressFileError, named, read_head

ENDING = ".jsonl"
PIECE = 1 << 20  # bytes read at once


@dataclass
class File:
    """A file that was named, or found in a folder that was.

    Attributes:
        path: where it is, without links.
        name: as a reader knows it: its own name, with as many folders as tell it from the others.
        left_out: why it does not count; empty where it does.
        promised: attempts that its head promises.
        changed: whether it was changed or cut after it was saved.
        empty: whether nothing follows its head.
        plain: whether its bytes are lines of text as a progress file is written: UTF-8 without a mark at its
            beginning, ends of lines ``\\n`` alone, no line too long.
    """

    path: Path
    name: str
    left_out: str = ""
    promised: int = 0
    changed: bool = False
    empty: bool = False
    plain: bool = False


def look_at(files: Sequence[Path], course: str) -> list[File]:
    """Each file once, in the order of their paths, with what its head and its bytes say.

    Args:
        files: files, or folders: of a folder, those of its files whose names end in ``.jsonl``.
        course: id of the course.
    """
    found = sorted({path for file in files for path in _in(file)})
    looked = [File(path, name) for path, name in zip(found, _names(found), strict=True)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda file: _look(file, course), looked))
    return looked


def _in(file: Path) -> Iterator[Path]:
    file = Path(os.path.realpath(file))
    if file.is_dir():
        yield from (Path(os.path.realpath(each)) for each in file.iterdir() if each.suffix == ENDING and each.is_file())
    else:
        yield file


def _names(paths: list[Path]) -> list[str]:
    """The shortest ends of paths, folder by folder, that are all different."""
    longest = max((len(path.parts) for path in paths), default=0)
    names: dict[Path, str] = {}
    for parts in range(1, longest + 1):
        left = [path for path in paths if path not in names]
        ends = {path: "/".join(path.parts[-parts:]) for path in left}
        times = Counter(ends.values())
        names |= {path: end for path, end in ends.items() if times[end] == 1}
    # A name may hold bytes that are no text.
    return [names[path].encode("utf-8", "replace").decode() for path in paths]


def _look(file: File, course: str) -> None:
    if file.path.exists() and not file.path.is_file():
        file.left_out = "it is no file, and is read more than once; save what it gives to a file first."
        return
    try:
        with file.path.open("rb") as stream:
            first = stream.readline(LONGEST_LINE + 2)
            if len(first.removesuffix(b"\n")) > LONGEST_LINE:
                first = b""  # no head is so long
            head = read_head(first, course)
            plain = _Plain(str(file.path), first)
            checksum = 0
            while piece := stream.read(PIECE):
                checksum = zlib.crc32(piece, checksum)
                plain.take(piece)
    except ProgressFileError as error:
        reason = str(error).removesuffix(" Nothing was changed.")
        file.left_out = f"{reason[0].lower()}{reason[1:]}"
        return
    except OSError as error:
        file.left_out = f"it cannot be read ({error.strerror or error}); see that it is there and may be read."
        return
    file.promised = head["count"]
    file.changed = head["version"] > 1 and head.get("checksum") != named(checksum)
    file.empty = plain.empty
    file.plain = plain.holds()


class _Plain:
    """Whether bytes, piece by piece, are lines of text as a progress file is written."""

    def __init__(self, path: str, head: bytes):
        # A pattern in a name would be taken for many files, and bytes that are no text for none.
        self._so_far = not set(path) & set("*?[]") and path.isprintable() and not head.startswith(codecs.BOM_UTF8)
        self._so_far = self._so_far and head.endswith(b"\n") and not head.endswith(b"\r\n")
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._since = 0  # bytes since the last end of a line
        self.empty = True

    def take(self, piece: bytes) -> None:
        self.empty = False
        self._so_far = self._so_far and self._is_plain(piece)

    def holds(self) -> bool:
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return self._so_far

    def _is_plain(self, piece: bytes) -> bool:
        try:
            self._decoder.decode(piece)
        except UnicodeDecodeError:
            return False
        if any(byte in piece for byte in (b"\r", b"\0", b"\x1f")):
            return False
        begins = -self._since
        while len(piece) - begins > LONGEST_LINE:
            end = piece.rfind(b"\n", max(0, begins), begins + LONGEST_LINE + 1)
            if end < 0:
                return False
            begins = end + 1
        last = piece.rfind(b"\n")
        self._since = len(piece) - last - 1 if last >= 0 else self._since + len(piece)
        return True
