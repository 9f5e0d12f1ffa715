"""How the engine says that something cannot be done."""

from __future__ import annotations


class Refusal(Exception):
    """What was asked cannot be done; each line of the message says what is wrong, where, and how to mend it."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the sentences alone. A reader has no use for our call stack."""
        return [str(self)]
