"""What a form that other programs read is made of: a file, how many items it holds, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class LeftOut(NamedTuple):
    """An item, or a part of one, that another program has no place for, and why."""

    item: str
    reason: str


@dataclass(frozen=True)
class Package:
    """What another program takes in.

    Attributes:
        data: the file. The same course gives the same bytes.
        items: how many items it holds.
    """

    data: bytes
    items: int
    left_out: list[LeftOut]
