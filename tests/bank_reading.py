"""What tests of question banks share: a bank's HTML as a person reads it, and the course's items by kind."""

from __future__ import annotations

from bs4 import BeautifulSoup

from secondsight.course import Course
from secondsight.course.part import Level

LEVELS = list(Level.__args__)


def text(html: str | None) -> str:
    """What a person reads of HTML, a line for each paragraph."""
    soup = BeautifulSoup(html or "", "html.parser")
    for line in soup.find_all("br"):
        line.replace_with("\n")
    return "\n".join(part.get_text() for part in soup.find_all(["p", "li"])) or soup.get_text()


def of_kind(course: Course, *kinds: type) -> list:
    """Every item of these kinds; at least one."""
    found = [item for item in course.items.values() if isinstance(item, kinds)]
    assert found
    return found
