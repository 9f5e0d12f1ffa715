"""Ids proposed from what was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

LONGEST = 64
WORDS = 4
# Words that say nothing about what a text is about.
_SMALL = set(
    re.findall(
        r"\w+",
        "a about after all also an and any are as ask asks at be been before best but by can come could do does for "
        "from had has have he her his how i if in is it its may most not of on one or our she should so that the their "
        "them then there these they this those to us was we what when where which who whom whose why will with would "
        "you your",
    )
)


def propose(text: str, taken: Container[str], prefix: str = "", fallback: str = "new") -> str:
    """An id that is not taken: the text's first telling words after ``prefix``, with a number where it must.

    >>> propose("Which ache is talked about?", set(), "bone")
    'bone-ache-talked'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _SMALL][:WORDS]
    start = re.sub(r"[^a-z0-9]+", "-", prefix.lower()).strip("-")
    return numbered("-".join(filter(None, [start, *(words or [fallback])])), taken)


def numbered(id: str, taken: Container[str]) -> str:
    """This id, cut to its length, and with the first free number from 2 on where it is taken."""
    start = id[: LONGEST - 4].rstrip("-")
    return next(name for number in count(1) if (name := start if number == 1 else f"{start}-{number}") not in taken)
