"""Clinics made larger than the course's own, from its own vignettes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from secondsight.course import find_course, load_course
from secondsight.export import page


def clinic_page(folder: Path, count: int) -> Path:
    """The clinic's page as if it had so many vignettes: those of the course again and again, under new ids."""
    course = load_course(find_course())
    (id,) = course.clinics
    own = course.vignettes[id]
    many = [own[n % len(own)].model_copy(update={"id": f"{own[n % len(own)].id}-{n}"}) for n in range(count)]
    larger = replace(course, vignettes={id: many})
    lesson = course.asked_in["clinic", id]
    notebook = course.notebooks[lesson]
    text, _ = page.lesson_page(larger, notebook, course.root / "notebooks")
    path = folder / f"clinic-{count}.html"
    path.write_text(text, encoding="utf-8")
    return path
