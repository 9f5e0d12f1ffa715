"""A folder of exported files: whole or not at all, and not made again where nothing has changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..course.reader import course_files
from .edition import Edition, ExportError

MANIFEST = "manifest.json"
PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Content:
    """What is to be in a folder: files by their names, the one to open first, first; and warnings."""

    files: dict[str, bytes]
    warnings: list[str]


@dataclass(frozen=True)
class Made:
    """What an export gave: the file to open, warnings, and whether anything had to be made."""

    first: Path
    pages: int
    warnings: list[str]
    fresh: bool


def put(out: Path, inputs: str, make: Callable[[], Content]) -> Made:
    """Make a folder at ``out``, replacing an earlier one only when the new one is whole.

    Args:
        inputs: a hash of all that the files are made from. Where an earlier folder was made from the same, it stands.
        make: gives the files.

    Raises:
        ExportError: where ``out`` holds something else, or cannot be written; and what ``make`` raises.
    """
    manifest = _manifest(out)
    if others := _not_ours(out, manifest):
        raise ExportError(
            f"{out} holds {others}, which this command did not make; move it, or name another place with --out"
        )
    if manifest and manifest["inputs"] == inputs and _unchanged(out, manifest):
        return Made(out / manifest["first"], manifest["pages"], manifest["warnings"], False)

    content = make()
    first = next(iter(content.files))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise ExportError(f"{out} cannot be written ({error.strerror}); name another place with --out") from error
    try:
        hashes = {}
        for name, data in content.files.items():
            (scratch / name).write_bytes(data)
            hashes[name] = hashlib.sha256(data).hexdigest()
        manifest = {
            "inputs": inputs, "first": first, "pages": len(content.files), "warnings": content.warnings, "files": hashes
        }  # fmt: skip
        (scratch / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        scratch.chmod(0o755)
        _replace(out, scratch)
    except OSError as error:
        raise ExportError(
            f"{out} could not be written ({error.strerror}); what was there before still stands"
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Made(out / first, len(content.files), content.warnings, True)


def _replace(out: Path, new: Path) -> None:
    old = new.with_name(new.name + "-old")
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except BaseException:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _manifest(out: Path) -> dict | None:
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return (
        manifest
        if isinstance(manifest, dict) and {"inputs", "first", "pages", "warnings", "files"} <= set(manifest)
        else None
    )


def _not_ours(out: Path, manifest: dict | None) -> str:
    """Something at the place to export to that would be lost, or nothing."""
    if not out.exists():
        return ""
    if not out.is_dir():
        return "a file of that name"
    ours = {MANIFEST, *manifest["files"]} if manifest else set()
    others = sorted(path.name for path in out.iterdir() if path.name not in ours)
    return ", ".join(others[:3]) + (" and more" if len(others) > 3 else "")


def _unchanged(out: Path, manifest: dict) -> bool:
    try:
        return all(_file_hash(out / name) == known for name, known in manifest["files"].items())
    except OSError:
        return False


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(root: Path, edition: Edition, form: str) -> str:
    """A hash of all that an export is made from: the course, this program, what was asked."""
    made = hashlib.sha256(f"{__version__} {form} {edition!r}".encode())
    program = sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".css", ".j2"})
    try:
        beside = [
            path for path in sorted((root / "notebooks").rglob("*")) if path.is_file() and path.suffix != ".ipynb"
        ]
        for path in [*program, *course_files(root), *beside]:
            made.update(os.fsencode(path) + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    except OSError:
        # The reader names what cannot be read; nothing is taken as unchanged meanwhile.
        made.update(os.urandom(16))
    return made.hexdigest()
