"""A course of one's own: a small one that is whole, passes ``check``, and waits to be filled."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from ..course import audit, read_course, schema
from ..refusal import Refusal
from . import notebooks
from .conversation import Conversation
from .head import head
from .ids import propose
from .yaml_text import mapping

TEMPLATE = Path(__file__).parent / "templates" / "course"
LESSON = "first-lesson"
NOTICE = "Education, not medical advice. Not yet reviewed by a clinician. Local policy and senior advice come first."
OPENING = "EXAMPLE, to be replaced by the first words of your lesson: why it matters to the people it is about."


def make(folder: Path, talk: Conversation, today: date) -> list[str]:
    """Ask for the course's title and make it; the lines that say what is there now.

    Raises:
        Refusal: where something is in the folder already, or where it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(f"{folder}: something is here already; name a folder that is not there yet, or an empty one")
    title = talk.text("title", "What is the course called?")
    says = talk.text("says", "What is it for, in a sentence?")
    files = _files(title, says, today)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.resolve().parent))
    except OSError as error:
        raise Refusal(f"{folder}: this folder cannot be made ({error.strerror}); name another place") from None
    try:
        for name, text in files.items():
            (scratch / name).parent.mkdir(parents=True, exist_ok=True)
            (scratch / name).write_text(text, encoding="utf-8", newline="\n")
        course, problems = read_course(scratch)
        if problems := sorted({*problems, *audit(course)}):
            raise Refusal("\n".join(map(str, problems)))
        scratch.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        scratch.rename(folder)
    except OSError as error:
        raise Refusal(f"{folder}: this folder cannot be written ({error.strerror}); nothing was made") from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return [
        f"A course is in {folder}. Everything in it that says EXAMPLE is there to be replaced.",
        f"Go there with: cd {folder}",
        "Then try: secondsight check, secondsight new fact, secondsight new question",
    ]


def _files(title: str, says: str, today: date) -> dict[str, str]:
    """Every file of the course, by its path."""
    start = head(today)
    course = {"id": propose(title, set(), fallback="course"), "title": title, "says": says, "notice": NOTICE}
    file = "content/course.yaml"
    files = {file: schema.modeline(file) + start + mapping(course) + mapping({"lessons": [LESSON]})}
    for path in sorted(TEMPLATE.rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(TEMPLATE).as_posix()
        files[name] = schema.modeline(name) + start + text if path.suffix == ".yaml" else text
    files[f"notebooks/00-{LESSON}.ipynb"] = notebooks.from_template(
        LESSON, "First lesson", OPENING, NOTICE, ["example-fact"], ["after"]
    )
    files |= {f"schemas/{name}": text for name, text in schema.texts().items()}
    return files | schema.vscode_settings()
