"""An archive holds what it is given, and its bytes follow from that alone."""

import io
import zipfile

from secondsight.export.archive import archive

FILES = {"b/second.xml": b"<b/>", "first.txt": "é".encode(), "empty": b""}


def test_files_are_there_in_their_order():
    with zipfile.ZipFile(io.BytesIO(archive(FILES))) as made:
        assert {name: made.read(name) for name in made.namelist()} == FILES
        assert made.namelist() == list(FILES)
        assert made.testzip() is None


def test_the_clock_leaves_no_trace():
    with zipfile.ZipFile(io.BytesIO(archive(FILES))) as made:
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
