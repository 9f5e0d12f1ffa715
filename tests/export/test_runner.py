"""Running a notebook of somebody's own, to see what it shows."""

import os

import pytest

from secondsight.course import notebook as course_notebook
from secondsight.export import runner
from small_course import cell, notebook


def run(folder, *sources: str) -> dict:
    """What a notebook of these code cells shows when it is run."""
    text = notebook(*(cell("code", f"c{number}", source) for number, source in enumerate(sources)))
    return runner.run(course_notebook.parse(text, "mine.ipynb").raw, folder)


def test_each_cell_shows_its_own_outputs(tmp_path):
    shown = run(
        tmp_path, "x = 6\nprint('one')", "x * 7", "from IPython.display import HTML\ndisplay(HTML('<b>three</b>'))", ""
    )
    assert shown["cells"]["0"] == [{"output_type": "stream", "text": "one\n"}]
    assert shown["cells"]["1"][0]["data"]["text/plain"] == "42"
    assert shown["cells"]["2"][0]["data"]["text/html"] == "<b>three</b>"
    assert "3" not in shown["cells"]


def test_a_cell_that_fails_stops_the_run_and_says_why(tmp_path):
    shown = run(tmp_path, "print('before')", "print('so far')\n1 / 0", "print('after')")
    assert [output["output_type"] for output in shown["cells"]["1"]] == ["stream", "error"]
    assert shown["cells"]["1"][1] == {
        "output_type": "error",
        "ename": "ZeroDivisionError",
        "evalue": "division by zero",
    }
    assert "2" not in shown["cells"]


@pytest.mark.parametrize("source", ["def (", "import sys; sys.exit(3)", "raise KeyboardInterrupt", "%nosuchmagic"])
def test_whatever_stops_a_cell_is_an_error_of_that_cell(tmp_path, source):
    shown = run(tmp_path, "1", source)
    assert shown["cells"]["1"][-1]["output_type"] == "error"


@pytest.mark.parametrize(
    "source", ["import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
)
def test_a_notebook_that_ends_its_own_process_is_an_error(tmp_path, source):
    shown = run(tmp_path, "1", source)
    errors = [output for outputs in shown["cells"].values() for output in outputs if output["output_type"] == "error"]
    assert [error["evalue"] for error in errors] == ["it ended its own process"]


def test_a_notebook_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "LONGEST_RUN_S", 1)
    shown = run(tmp_path, "while True: pass")
    assert "it ran longer than" in shown["cells"]["0"][0]["evalue"]


def test_a_notebook_that_breaks_its_own_python_ends_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "LONGEST_RUN_S", 15)
    shown = run(tmp_path, "import builtins\nbuiltins.len = lambda x: 0\nbuiltins.open = None")
    assert "it ran longer" not in str(shown)


def test_a_thread_left_running_does_not_hold_up_the_result(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "LONGEST_RUN_S", 15)
    shown = run(
        tmp_path, "import threading, time\nthreading.Thread(target=time.sleep, args=[600]).start()\nprint('done')"
    )
    assert shown["cells"]["0"] == [{"output_type": "stream", "text": "done\n"}]


def test_a_run_has_its_folder_and_no_ones_record(tmp_path, own_home):
    (tmp_path / "data.csv").write_text("a,b\n", encoding="utf-8")
    shown = run(
        tmp_path,
        "print(open('data.csv').read().strip())",
        "import os; from secondsight.record_file import default_path; default_path().write_text('x')",
        "input('your name?')",
    )
    assert shown["cells"]["0"][0]["text"] == "a,b\n"
    assert shown["cells"]["1"][-1]["output_type"] == "execute_result"
    # Nobody is there to answer.
    assert shown["cells"]["2"][-1]["output_type"] == "error"
    assert not own_home.exists()


def test_notebooks_run_together_do_not_meet(tmp_path):
    change = "import builtins, os; builtins.leak = 1; os.environ['LEAK'] = '1'"
    look = "import builtins, os; print(hasattr(builtins, 'leak'), 'LEAK' in os.environ)"
    jobs = [({"cells": [cell("code", "c", source)]}, tmp_path) for source in [change, look] * 2]
    shown = runner.run_all(jobs)
    assert [outputs["cells"]["0"] for outputs in shown[1::2]] == [
        [{"output_type": "stream", "text": "False False\n"}]
    ] * 2
    assert "LEAK" not in os.environ


def test_another_authors_widget_gives_its_state(tmp_path):
    shown = run(
        tmp_path,
        "import anywidget, traitlets\n"
        "class Counter(anywidget.AnyWidget):\n"
        "    _esm = 'export default { render() {} }'\n"
        "    value = traitlets.Int(7).tag(sync=True)\n"
        "Counter()",
    )
    model = shown["cells"]["0"][0]["data"]["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert shown["widgets"][model]["state"]["value"] == 7
    assert "render" in shown["widgets"][model]["state"]["_esm"]


def test_a_course_part_shown_in_a_loop_says_which_it_is(small):
    shown = run(
        small.root / "notebooks", "import secondsight as ss\nfor q in ['first-before', 'second-before']: ss.quiz(q)"
    )
    notes = [output["data"]["application/vnd.secondsight.v1+json"] for output in shown["cells"]["0"]]
    assert [note["arguments"] for note in notes if note["verb"] == "quiz"] == [["first-before"], ["second-before"]]
