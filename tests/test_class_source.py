"""Where a class comes from, and the same report in a notebook: folders, files that were handed over, none at all."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

import secondsight as ss
from conftest import ROOT
from secondsight import class_view, example_class
from secondsight.class_source import ClassSource
from secondsight.export.exporter import SecondSightExporter
from secondsight.insights.report import ClassReport
from secondsight.lesson import MIME
from secondsight.refusal import Refusal
from small_course import cell, notebook
from some_attempts import attempt, saved


def file_of(*ids: str) -> bytes:
    return saved([attempt(id) for id in ids], course="small")


def test_a_folder_that_is_empty_or_missing_is_no_class_yet_and_says_what_to_do(small_read, tmp_path):
    for folder in (tmp_path / "none-such", tmp_path):
        with pytest.raises(Refusal, match=f"There are no progress files yet. .* “{folder.name}”"):
            ClassSource(folder).report(small_read)
        assert "There are no progress files yet." in ClassSource(folder).printed(small_read)


def test_files_in_folders_of_the_folder_count_and_others_do_not(small_read, tmp_path):
    (tmp_path / "somebody").mkdir()
    (tmp_path / "somebody" / "second-sight.jsonl").write_bytes(file_of("one"))
    (tmp_path / "second-sight.jsonl").write_bytes(file_of("two"))
    (tmp_path / "read-me.txt").write_text("not for you", encoding="utf-8")
    report = ClassSource(tmp_path).report(small_read)
    assert (report.trainee_count, report.files_read, report.files_left_out) == (2, 2, 0)


def test_files_that_are_handed_over_are_written_nowhere_but_where_they_are_read(small_read, tmp_path, monkeypatch):
    """Whatever they are called; and they are gone after."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    names = ["../../out.jsonl", "..\\..\\out.jsonl", "/etc/out.jsonl", "", "..", "a\0b", "a/b/c.jsonl", "é" * 300]
    report = ClassSource(tmp_path / "none", {name: file_of(f"{n}") for n, name in enumerate(names)}).report(small_read)
    assert (report.trainee_count, report.files_read) == (len(names), len(names))
    assert [*tmp_path.rglob("*")] == [scratch]


def test_a_folder_and_files_that_are_handed_over_go_together(small_read, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(file_of("one"))
    report = ClassSource(tmp_path, {"a.jsonl": file_of("two")}).report(small_read)
    assert report.trainee_count == 2
    assert not ClassSource(tmp_path, {"a.jsonl": b""}).made_up


class Shown:
    """A report in a notebook, with the hands of an educator."""

    def __init__(self, view: class_view.ClassView):
        self.view = view
        self.live = class_view._Live(view)

    @property
    def text(self) -> str:
        html = self.live._whole.value + self.live._part.value + self.live._around.value
        return BeautifulSoup(html, "html.parser").get_text()

    @property
    def items(self) -> list[str]:
        return [each["data-item"] for each in BeautifulSoup(self.live._part.value, "html.parser").select("[data-item]")]

    def hand_over(self, *files: tuple[str, bytes]) -> None:
        self.live._upload.value = [
            {"name": name, "type": "", "size": len(data), "content": memoryview(data), "last_modified": attempt().at}
            for name, data in files
        ]


@pytest.fixture
def in_notebook(small, tmp_path, monkeypatch) -> Path:
    """The folder of a notebook beside the small course."""
    folder = small.root / "educators"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_each_choice_narrows_the_next_and_the_view(in_notebook):
    shown = Shown(ss.class_report(example=True))
    live = shown.live
    assert shown.items == []
    assert "This class is made up" in shown.text
    live._lesson.value = "third"
    assert {*shown.items} >= {"sort-aches", "v-stairs"} and "which-ache" not in shown.items
    assert [id for _, id in live._objective.options] == ["", "third-sort", "third-meet", "third-clinic"]
    live._objective.value = "third-clinic"
    assert {*shown.items} == {"v-stairs", "v-may", "v-digging", "v-weeks"}
    assert {id for _, id in live._item.options} == {"", *shown.items}
    live._item.value = "v-may"
    assert shown.items == ["v-may"]
    live._lesson.value = "second"
    assert (live._objective.value, live._item.value, shown.items) == ("", "", ["legs-when"])
    live._lesson.value = ""
    assert shown.items == []


def test_files_that_are_handed_over_add_up_and_two_of_one_name_are_two(in_notebook):
    shown = Shown(ss.class_report())
    assert "There are no progress files yet." in shown.text
    shown.hand_over(("second-sight.jsonl", file_of("one")))
    assert "1 trainee gave" in shown.text
    shown.hand_over(("second-sight.jsonl", file_of("two")))
    assert "2 trainees gave" in shown.text
    shown.hand_over(("second-sight.jsonl", file_of("two")))
    assert "2 trainees gave" in shown.text
    shown.hand_over(("photo.jsonl", b"\xff\xd8"))
    assert "photo.jsonl" in shown.text and "2 trainees gave" in shown.text


def test_from_the_example_to_files_and_to_another_folder(in_notebook):
    (in_notebook / "autumn").mkdir()
    (in_notebook / "autumn" / "one.jsonl").write_bytes(file_of("one", "two", "three"))
    shown = Shown(ss.class_report(example=True))
    shown.hand_over(("mine.jsonl", file_of("four")))
    assert "1 trainee gave 1 answer" in shown.text and "made up" not in shown.text
    shown.live._folder.value = "autumn"
    assert "2 trainees gave 4 answers" in shown.text
    shown.live._example.click()
    assert "This class is made up" in shown.text


def test_the_tables_are_at_hand(in_notebook):
    report = ss.class_report(example=True).report
    assert isinstance(report, ClassReport)
    assert len(report.trainees) == example_class.TRAINEES
    with pytest.raises(Refusal, match="There are no progress files yet"):
        _ = ss.class_report().report


def test_where_the_educators_extra_is_missing_the_notebook_says_how_to_bring_it_in(in_notebook, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    shown = Shown(ss.class_report(example=True))
    assert "pip install 'secondsight[educators]'" in shown.text


def outputs_of(view: class_view.ClassView, monkeypatch) -> list[dict]:
    shown = []
    monkeypatch.setattr(class_view, "display", lambda data, raw: shown.append(data))
    view._ipython_display_()
    return shown


def test_it_is_shown_printed_and_live_and_the_printed_form_stands_in(in_notebook, monkeypatch):
    (in_notebook / "progress-files").mkdir()
    (in_notebook / "progress-files" / "one.jsonl").write_bytes(file_of("one"))
    printed, live = outputs_of(ss.class_report(), monkeypatch)
    assert printed[MIME] == {"verb": "class_report", "arguments": ["progress-files"]}
    assert live[MIME] == {"verb": "live", "arguments": ["class-report"]}
    assert "application/vnd.jupyter.widget-view+json" in live
    soup = BeautifulSoup(printed["text/html"], "html.parser")
    assert "1 trainee gave" in soup.select_one(".ss > .ss-asleep").get_text()


@pytest.mark.parametrize("source", ['ss.class_report("autumn")', 'ss.class_report(folder="autumn")'])
def test_the_exporter_makes_the_report_of_the_folder_whether_or_not_it_runs_the_cell(small, in_notebook, source):
    (in_notebook / "autumn").mkdir()
    (in_notebook / "autumn" / "one.jsonl").write_bytes(file_of("one"))
    code = f"import secondsight as ss; {source}"
    path = small.write("educators/mine.ipynb", notebook(cell("markdown", "a", "# Mine"), cell("code", "b", code)))
    text, _ = SecondSightExporter().from_filename(str(path))
    soup = BeautifulSoup(text, "html.parser")
    assert "1 trainee gave" in soup.select_one(".short").get_text()
    assert "works only in a running notebook" not in soup.get_text()


def test_a_page_of_the_example_says_that_it_is_made_up(small, in_notebook):
    code = "import secondsight as ss; ss.class_report(example=True)"
    path = small.write("educators/mine.ipynb", notebook(cell("markdown", "a", "# Mine"), cell("code", "b", code)))
    soup = BeautifulSoup(SecondSightExporter().from_filename(str(path))[0], "html.parser")
    assert "This class is made up" in soup.get_text()
    assert len(soup.select("[data-item]")) > 5


def test_a_page_without_files_says_so_in_its_place(small, in_notebook):
    path = small.write(
        "educators/mine.ipynb",
        notebook(cell("markdown", "a", "# Mine"), cell("code", "b", "import secondsight as ss; ss.class_report()")),
    )
    soup = BeautifulSoup(SecondSightExporter().from_filename(str(path))[0], "html.parser")
    assert "There are no progress files yet." in soup.main.get_text()


def test_the_notebook_is_kept_without_outputs_and_its_cells_have_names():
    path = ROOT / "educators" / "class-report.ipynb"
    nbformat.validate(nbformat.read(path, as_version=4))
    raw = json.loads(path.read_text(encoding="utf-8"))
    code = [each for each in raw["cells"] if each["cell_type"] == "code"]
    assert code
    for each in code:
        assert (each["outputs"], each["execution_count"]) == ([], None)
        assert each["metadata"]["jupyter"]["source_hidden"] is True
    ids = [each["id"] for each in raw["cells"]]
    assert len(set(ids)) == len(ids) and all(id.startswith("class-report-") for id in ids)
