"""What the frontend may ask of the record, a message at a time: keep, save, load, erase."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from pydantic import ValidationError

from .attempt import Attempt
from .progress_file import Loading, ProgressFileError, write
from .record_file import Record, RecordError

# Bytes of a progress file that are given out at once, and that are held before it goes to a temporary file: where a
# disk is full the file is needed most.
PIECE = 1 << 19
IN_MEMORY = 1 << 24
# Files that may be on their way at once; of more, the oldest were broken off.
LOADS = 4
NOT_UNDERSTOOD = "This was not understood, so nothing was kept. Press “Start this lesson” and do it once more."
_told: set[str] = set()


class Exchange:
    """Answers messages about one course's record.

    A progress file travels in pieces, so that neither side holds the whole of it as one message.
    """

    def __init__(self, record: Record, course: str):
        self.record = record
        self.course = course
        self._saving: IO[bytes] | None = None
        self._loading: dict[str, Loading] = {}

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """The reply to one message; what goes wrong is a sentence under ``error``."""
        reply: dict[str, Any] = {"to": message.get("to", "")}
        try:
            match message.get("do"):
                case "keep":
                    reply |= self._keep([Attempt.model_validate(each) for each in message["attempts"]])
                case "save":
                    reply |= self._save(message["from"])
                case "load":
                    reply |= self._load(message["load"], message["text"], last=bool(message.get("last")))
                case "erase":
                    reply["erased"] = self.record.erase()
                case _:
                    reply["error"] = NOT_UNDERSTOOD
        except (RecordError, ProgressFileError) as error:
            reply["error"] = str(error)
        except OSError as error:
            reply["error"] = (
                f"There is no room for the progress file on this machine ({error}). Free some and try again."
            )
        except (ValidationError, KeyError, TypeError, ValueError):
            reply["error"] = NOT_UNDERSTOOD
        return reply

    def _keep(self, attempts: list[Attempt]) -> dict[str, Any]:
        """Keep attempts. That they cannot be kept, or that the record was damaged, is said once."""
        try:
            reply: dict[str, Any] = {"fresh": self.record.keep(attempts)}
        except RecordError as error:
            return {"fresh": 0} | self._once(str(error))
        if self.record.set_aside:
            reply |= self._once(damaged(self.record))
        return reply

    @staticmethod
    def _once(says: str) -> dict[str, str]:
        if says in _told:
            return {}
        _told.add(says)
        return {"error": says}

    def _save(self, start: int) -> dict[str, Any]:
        """A piece of the progress file from this byte on; the file is made when the first is asked for."""
        if start < 0:
            raise ValueError("before the beginning")
        if start == 0 or self._saving is None:
            self._saving = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115, it stays open until the last piece is given
            write(self.record.stream, self.course, self._saving)
        self._saving.seek(start)
        # JSON in UTF-8: a piece ends with a line, never within a character.
        piece = self._saving.read(PIECE)
        piece += self._saving.readline()
        end = self._saving.tell()
        if len(piece) < PIECE or not self._saving.read(1):
            self._saving.close()
            self._saving = None
            return {"text": piece.decode(), "next": None}
        return {"text": piece.decode(), "next": end}

    def _load(self, load: str, text: str, *, last: bool) -> dict[str, Any]:
        if not isinstance(text, str):
            raise TypeError("no text")
        loading = self._loading.pop(load, None) or Loading(self.record, self.course)
        try:
            loading.feed(text.encode(errors="replace"))
            if last:
                return {"taken": loading.finish().to_dict()}
        except BaseException:
            loading.drop()
            raise
        self._loading[load] = loading
        while len(self._loading) > LOADS:
            self._loading.pop(next(iter(self._loading))).drop()
        return {}


def damaged(record: Record) -> str:
    """What a trainee is told whose record was damaged."""
    return (
        f"The file with your earlier answers was damaged. It has been set aside as {record.set_aside}, and a new one "
        "has been begun. If you have a progress file, load it."
    )
