"""``jupyter nbconvert --to secondsight`` and JupyterLab's export menu."""

import json
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter

from secondsight.export import site
from secondsight.export.exporter import SecondSightExporter
from small_course import cell, notebook


def nbconvert(small) -> subprocess.CompletedProcess:
    """The command as an educator types it, at the first lesson."""
    command = [sys.executable, "-m", "nbconvert", "--to", "secondsight", "notebooks/00-first.ipynb"]
    return subprocess.run(command, cwd=small.root, check=False, capture_output=True, text=True)


def test_jupyter_finds_it_by_name():
    exporter = get_exporter("secondsight")
    assert exporter is SecondSightExporter
    assert (exporter().file_extension, exporter().output_mimetype) == (".html", "text/html")
    assert exporter().export_from_notebook == "Second Sight page"


def test_the_menu_and_the_command_make_the_same_page(small, tmp_path):
    site.export(small.root, tmp_path / "site")
    for stem in ("00-first", "01-second"):
        text, _ = SecondSightExporter().from_filename(str(small.root / "notebooks" / f"{stem}.ipynb"))
        assert text == (tmp_path / "site" / f"{stem}.html").read_text(encoding="utf-8")


def test_what_is_open_in_the_menu_is_what_is_exported(small):
    """The editor's text counts, also where it is not saved yet."""
    path = small.root / "notebooks" / "00-first.ipynb"
    node = nbformat.read(path, as_version=4)
    node.cells.append(nbformat.v4.new_markdown_cell("Not saved yet."))
    text, _ = SecondSightExporter().from_notebook_node(
        node, {"metadata": {"path": str(path.parent), "name": "00-first"}}
    )
    assert "Not saved yet." in text
    assert BeautifulSoup(text, "html.parser").select_one("a.next")["href"] == "01-second.html"


def test_a_notebook_of_ones_own_gets_a_page_without_neighbours(small):
    path = small.write("notebooks/mine.ipynb", notebook(cell("markdown", "a", "# Mine"), cell("code", "b", "6 * 7")))
    soup = BeautifulSoup(SecondSightExporter().from_filename(str(path))[0], "html.parser")
    assert soup.title.string == "Mine · Small Course"
    assert "42" in soup.main.get_text()
    assert soup.select("nav") == []


def test_an_untrusted_notebook_is_not_run(small, tmp_path, caplog):
    node = nbformat.reads(notebook(cell("code", "b", f"open({str(tmp_path / 'ran')!r}, 'w')")), as_version=4)
    node.cells[0].metadata["trusted"] = False
    text, _ = SecondSightExporter().from_notebook_node(node, {"metadata": {"path": str(small.root), "name": "mine"}})
    assert "This cell was not run" in text
    assert not (tmp_path / "ran").exists()


def test_what_a_reader_will_miss_is_logged_with_notebook_and_cell(small, caplog):
    path = small.write("notebooks/mine.ipynb", notebook(cell("markdown", "a", "# Mine"), cell("code", "b", "1 / 0")))
    exporter = SecondSightExporter()
    exporter.log.propagate = True
    exporter.from_filename(str(path))
    assert "mine.ipynb, cell 2 (b): stopped with ZeroDivisionError: division by zero; mend the cell" in caplog.text


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("content/course.yaml", "a: ["),
        ("content/sources.yaml", "a: ["),
        ("content/facts/aches.yaml", "a: ["),
        ("exercises/questions/first.yaml", "a: ["),
    ],
)
def test_a_course_with_problems_is_said_in_words_and_not_in_a_traceback(small, file, text):
    small.write(file, text)
    done = nbconvert(small)
    assert f"{file}:" in done.stderr
    assert "Traceback" not in done.stderr


def test_nbconvert_makes_the_page_beside_the_notebook(small):
    done = nbconvert(small)
    assert done.returncode == 0, done.stderr
    made = (small.root / "notebooks" / "00-first.html").read_text(encoding="utf-8")
    assert BeautifulSoup(made, "html.parser").find("ss-quiz")["data-quiz"] == "first-before"
    assert json.loads(small.read("notebooks/00-first.ipynb"))["cells"][1]["outputs"] == []
