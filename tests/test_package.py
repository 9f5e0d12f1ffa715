"""The package as it is given out: everything that a machine without this repository needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*command, **settings) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **settings)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_wheel_exports_the_course_far_from_this_repository(tmp_path):
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.endswith("labextensions/secondsight/static/remoteEntry.js")]
    assert not [name for name in names if "node_modules" in name or name.endswith(".ts")]

    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", tmp_path / "lib", wheel)
    away = tmp_path / "away"
    away.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "lib")}
    where = run(sys.executable, "-c", "import secondsight; print(secondsight.__file__)", cwd=away, env=environment)
    assert str(tmp_path / "lib") in where
    said = run(sys.executable, "-m", "secondsight.cli", "export", cwd=away, env=environment)
    assert " pages in site. Open " in said
    assert (away / "site" / "05-bone.html").stat().st_size > 50_000
    # All that is asked came along: questions, patients, vignettes, the body map.
    pages = [path.read_text(encoding="utf-8") for path in (away / "site").glob("*.html")]
    for part in ("<ss-quiz ", "data-kind=case", "<ss-clinic ", "<ss-body-map>"):
        assert any(part in page for page in pages), part
    checked = run(sys.executable, "-m", "secondsight.cli", "check", "--blueprint", cwd=away, env=environment)
    assert "items: nothing to mend." in checked
    assert "vignette" in checked
    new = ("new", "course", "own", "--set", "title=T", "--set", "says=S")
    run(sys.executable, "-m", "secondsight.cli", *new, cwd=away, env=environment)
    own = run(sys.executable, "-m", "secondsight.cli", "check", "--course", "own", cwd=away, env=environment)
    assert "nothing to mend." in own
