"""The whole course as a folder of pages, or as one page; whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..course.reader import course_files

MANIFEST = "manifest.json"
SINGLE = "second-sight.html"
PACKAGE = Path(__file__).parent.parent


class ExportError(Exception):
    """The export cannot be made; each line of the message says what to mend."""


@dataclass(frozen=True)
class Made:
    """What an export gave: the file to open, warnings, and whether anything had to be made."""

    first: Path
    pages: int
    warnings: list[str]
    fresh: bool


def export(root: Path, out: Path, *, single_file: bool = False) -> Made:
    """Make the course's site at ``out``, replacing an earlier one only when the new one is whole.

    Where neither the course nor this program has changed since, the earlier one stands.

    Raises:
        ExportError: with every problem of the course, or where ``out`` holds something else.
    """
    inputs = _digest(root, single_file)
    manifest = _manifest(out)
    if others := _not_ours(out, manifest):
        raise ExportError(
            f"{out} holds {others}, which this command did not make; move it, or name another place with --out"
        )
    if manifest and manifest["inputs"] == inputs and _unchanged(out, manifest):
        return Made(out / manifest["first"], manifest["pages"], manifest["warnings"], False)

    pages, warnings = _pages(root, single_file)
    first = next(iter(pages))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise ExportError(f"{out} cannot be written ({error.strerror}); name another place with --out") from error
    try:
        hashes = {}
        for name, text in pages.items():
            data = text.encode()
            (scratch / name).write_bytes(data)
            hashes[name] = hashlib.sha256(data).hexdigest()
        manifest = {"inputs": inputs, "first": first, "pages": len(pages), "warnings": warnings, "files": hashes}
        (scratch / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        scratch.chmod(0o755)
        _replace(out, scratch)
    except OSError as error:
        raise ExportError(
            f"{out} could not be written ({error.strerror}); what was there before still stands"
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Made(out / first, len(pages), warnings, True)


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


def _digest(root: Path, single_file: bool) -> str:
    """A hash of all that the pages are made from: the course, this program, what was asked."""
    digest = hashlib.sha256(f"{__version__} {single_file}".encode())
    program = sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".css", ".j2"})
    try:
        beside = [
            path for path in sorted((root / "notebooks").rglob("*")) if path.is_file() and path.suffix != ".ipynb"
        ]
        for path in [*program, *course_files(root), *beside]:
            digest.update(os.fsencode(path) + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    except OSError:
        # The reader names what cannot be read; nothing is taken as unchanged meanwhile.
        digest.update(os.urandom(16))
    return digest.hexdigest()


def _pages(root: Path, single_file: bool) -> tuple[dict[str, str], list[str]]:
    """Each page's name and text, the one to open first, first; and warnings."""
    from ..course import audit, read_course
    from . import page, runner

    course, problems = read_course(root)
    problems += audit(course)
    if problems:
        raise ExportError("\n".join(map(str, sorted(set(problems)))))
    folder = root / "notebooks"
    lessons = list(course.lessons.values())
    notebooks = [course.notebooks[lesson.id] for lesson in lessons]
    foreign = [notebook for notebook in notebooks if not page.is_lesson(notebook)]
    outputs = dict(zip((n.file for n in foreign), runner.run_all([(n.raw, folder) for n in foreign]), strict=True))

    bodies, pages = [], {}
    if single_file:
        sections = []
        for lesson, notebook in zip(lessons, notebooks, strict=True):
            stem = Path(notebook.file).stem
            made = page.body(course, notebook, folder, outputs.get(notebook.file), link=_anchor, unique=f"{stem}-")
            bodies.append(made)
            sections.append((stem, made, lesson))
        placed = [
            page.Section(
                stem,
                made,
                lesson,
                before=(f"#{sections[i - 1][0]}", sections[i - 1][2].title) if i else None,
                after=(f"#{sections[i + 1][0]}", sections[i + 1][2].title) if i + 1 < len(sections) else None,
            )
            for i, (stem, made, lesson) in enumerate(sections)
        ]
        pages[SINGLE] = page.render(course, "single.html.j2", placed, title=course.head.title, link=_anchor)
    else:
        pages["index.html"] = page.render(course, "index.html.j2", [], title=course.head.title)
        for notebook in notebooks:
            text, made = page.lesson_page(course, notebook, folder, outputs.get(notebook.file))
            pages[page.as_page(Path(notebook.file).name)] = text
            bodies.append(made)
    errors = [error for made in bodies for error in made.errors]
    if errors:
        raise ExportError("\n".join(errors))
    return pages, [warning for made in bodies for warning in made.warnings]


def _anchor(notebook: str) -> str:
    return "#" + notebook.removesuffix(".ipynb")
