"""A real JupyterLab with the course in it, as `make lab` starts it; for journeys, bench and pictures."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TOKEN = "journey"
LONGEST_START_S = 60


@dataclass(frozen=True)
class Lab:
    """Where it runs, the folder it serves, and the home of the trainee's record."""

    url: str
    folder: Path
    home: Path

    def lesson(self, notebook: str, folder: str = "notebooks") -> str:
        """The address that opens a notebook of the course, and nothing that was open before."""
        return f"{self.url}/lab/tree/{folder}/{notebook}?token={TOKEN}&reset"

    def call(self, method: str, path: str) -> Any:
        """Ask the server; its answer as JSON where it is JSON, else as text."""
        headers = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(f"{self.url}/{path}", method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as reply:
            body = reply.read()
        return json.loads(body) if reply.headers.get_content_type() == "application/json" else body.decode()

    def restart_kernels(self) -> None:
        kernels = self.call("GET", "api/kernels")
        assert kernels
        for kernel in kernels:
            self.call("POST", f"api/kernels/{kernel['id']}/restart")

    def stop_kernels(self) -> None:
        for session in self.call("GET", "api/sessions"):
            self.call("DELETE", f"api/sessions/{session['id']}")

    def make_new(self) -> None:
        """Nothing runs, nothing was answered, and every notebook is as the course has it."""
        self.stop_kernels()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(ROOT / "notebooks", self.folder / "notebooks", dirs_exist_ok=True)


@contextmanager
def running_lab(scratch: Path) -> Iterator[Lab]:
    """Start JupyterLab on a copy of the course in ``scratch``, with settings and record of its own."""
    course = scratch / "course"
    for name in ("content", "exercises", "notebooks", "educators"):
        # What somebody's own trainees gave them is no part of the course.
        shutil.copytree(ROOT / name, course / name, ignore=shutil.ignore_patterns("progress-files"))
    shutil.copy(ROOT / "postBuild", course)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SECONDSIGHT_HOME": str(scratch / "home"),
        "JUPYTER_DATA_DIR": str(scratch / "jupyter"),
        "JUPYTER_CONFIG_DIR": str(scratch / "jupyter-config"),
        "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "workspaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(scratch / "settings"),
    }
    subprocess.run([course / "postBuild"], env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={course}"]
    with (scratch / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    lab = Lab(f"http://127.0.0.1:{port}", course, scratch / "home")
    try:
        _wait_for(lab, scratch / "lab.log")
        yield lab
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(lab: Lab, log: Path) -> None:
    for _ in range(LONGEST_START_S * 10):
        try:
            lab.call("GET", "api")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start: {log.read_text()}")
