"""What an author has answered so far, kept until it is written, so that stopping halfway loses nothing."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from ..whole_file import whole_file


class Draft:
    """The answers of one conversation about one course, in the folder that holds the user's record.

    Args:
        what: what is being written, such as ``question``.
        root: the course's folder.
    """

    def __init__(self, what: str, root: Path):
        home = os.environ.get("SECONDSIGHT_HOME") or platformdirs.user_data_dir("second-sight", appauthor=False)
        self.path = Path(home) / "drafts" / f"{what}.json"
        self.root = str(root)

    def read(self) -> dict[str, str]:
        """The answers; none where there are none for this course that can be read."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            if kept["course"] == self.root:
                return {str(name): str(text) for name, text in kept["answers"].items()}
        return {}

    def keep(self, answers: dict[str, str]) -> None:
        """Keep them; where that cannot be done, the conversation goes on without."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self.path) as part:
                part.write_text(json.dumps({"course": self.root, "answers": answers}), encoding="utf-8")

    def forget(self) -> None:
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
