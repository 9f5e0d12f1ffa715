"""Marked phrases: text in which some words stand in square brackets."""

from __future__ import annotations

from .part import unfit


def segments(text: str) -> list[tuple[str, bool]]:
    """A text in its pieces, each with whether it is a marked phrase.

    Raises:
        PydanticCustomError: where brackets do not pair, nest, or hold nothing.
    """
    pieces: list[tuple[str, bool]] = []
    piece, marked = "", False
    for sign in text:
        if sign not in "[]":
            piece += sign
            continue
        if sign == "[" and marked:
            raise unfit(f"has a mark inside the mark '[{_start(piece)}'; close the first with ']' before the next")
        if sign == "]" and not marked:
            raise unfit(f"closes a mark after '{' '.join(piece[-40:].split())}' that was never opened; add its '['")
        if marked and not piece.strip():
            raise unfit("has a mark with no words in it; put the phrase between '[' and ']'")
        if piece:
            pieces.append((piece, marked))
        piece, marked = "", sign == "["
    if marked:
        raise unfit(f"opens a mark at '[{_start(piece)}' and never closes it; add its ']'")
    return [*pieces, (piece, False)] if piece else pieces


def _start(piece: str) -> str:
    """The first words of a piece, on one line."""
    return " ".join(piece[:40].split())
