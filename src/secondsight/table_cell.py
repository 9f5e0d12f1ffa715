"""Text in a cell of a table that somebody may open in a spreadsheet."""

from __future__ import annotations

import re

# How a cell begins that a spreadsheet may run as a formula, or trim until it does.
_FORMULA = re.compile(r"[\s\0=+\-@|%＝＋－＠']")


def guarded(text: str) -> str:
    """Text with one apostrophe before it where a spreadsheet could take it for a formula.

    Text that begins with an apostrophe has one put before it too, so leaving out the first of a cell gives the
    text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text
