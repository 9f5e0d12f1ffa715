"""Runs a notebook to see what it shows, in a process of its own.

A lesson is not run to be exported: its cells only name parts of the course. A notebook with other
code (an educator's own, with a plot or another author's widget) is. Each has its own process, so
that nothing one does can reach another, and no kernel is needed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

LONGEST_RUN_S = 600

# What a run gives: for each code cell, by its index, its outputs in nbformat's shape; and the state
# of each widget shown, by model id.
Outputs = dict[str, Any]


def run_all(jobs: list[tuple[dict[str, Any], Path]]) -> list[Outputs]:
    """Run notebooks (their JSON and folder), as many at a time as there are processors."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return list(pool.map(lambda job: run(*job), jobs))


def run(notebook: dict[str, Any], folder: Path) -> Outputs:
    """Run one notebook in a fresh process and give back what its cells show."""
    with tempfile.TemporaryDirectory(prefix="secondsight-") as scratch:
        job, result = Path(scratch, "job.json"), Path(scratch, "result.json")
        job.write_text(json.dumps(notebook), encoding="utf-8")
        environment = {**os.environ, "SECONDSIGHT_HOME": scratch, "IPYTHONDIR": scratch}
        command = [sys.executable, "-m", __name__, str(job), str(result)]
        try:
            subprocess.run(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=LONGEST_RUN_S,
                check=False,
            )
            return json.loads(result.read_text(encoding="utf-8"))
        except subprocess.TimeoutExpired:
            says = f"it ran longer than {LONGEST_RUN_S // 60} minutes"
        except (OSError, ValueError):
            says = "it ended its own process"
        first = next(i for i, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code")
        return {"cells": {str(first): [{"output_type": "error", "ename": "Stopped", "evalue": says}]}, "widgets": {}}


def _run_here(notebook: dict[str, Any]) -> Outputs:
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from traitlets.config import Config

    shown: list[dict[str, Any]] = []

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, **_: Any) -> None:
            shown.append({"output_type": "display_data", "data": data})

    class Hook(DisplayHook):
        def write_format_data(self, format_dict, md_dict=None) -> None:
            shown.append({"output_type": "execute_result", "data": format_dict})

        def write_output_prompt(self) -> None: ...

        def finish_displayhook(self) -> None: ...

    InteractiveShell.displayhook_class = Hook
    InteractiveShell.display_pub_class = Publisher
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shell.showtraceback = lambda *_, **__: None

    cells: dict[str, list[dict[str, Any]]] = {}
    for index, cell in enumerate(notebook["cells"]):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        if cell["cell_type"] != "code" or not source.strip():
            continue
        shown = []
        with capture_output(display=False) as captured:
            result = shell.run_cell(source, store_history=False)
        if captured.stdout:
            shown.insert(0, {"output_type": "stream", "text": captured.stdout})
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            shown.append({"output_type": "error", "ename": type(error).__name__, "evalue": str(error)})
        cells[str(index)] = shown
        if error is not None:
            break
    return {"cells": cells, "widgets": _widget_states()}


def _widget_states() -> dict[str, Any]:
    if "ipywidgets" not in sys.modules:
        return {}
    from ipywidgets import Widget

    return Widget.get_manager_state(drop_defaults=False)["state"]


def main() -> None:
    job, result = sys.argv[1:]
    # Leave at once, whatever threads or broken builtins the notebook leaves behind.
    leave = os._exit
    try:
        outputs = _run_here(json.loads(Path(job).read_text(encoding="utf-8")))
        Path(result).write_text(json.dumps(outputs, default=str), encoding="utf-8")
    finally:
        leave(0)


if __name__ == "__main__":
    main()
