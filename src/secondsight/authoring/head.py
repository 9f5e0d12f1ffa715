"""The three lines that every file of a course begins with."""

from __future__ import annotations

from datetime import date

from .yaml_text import mapping

NOT_REVIEWED = "not yet reviewed by a clinician"


def head(today: date) -> str:
    """The head of a file that is new today, with an empty line after it: honest, and due in a year."""
    try:
        due = today.replace(year=today.year + 1)
    except ValueError:
        # The 29th of February comes once in four years.
        due = today.replace(year=today.year + 1, day=28)
    return mapping({"reviewed_on": today, "review_by": due, "reviewed_by": NOT_REVIEWED}) + "\n"
