"""What becomes of standard output that nobody takes any longer."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress


def drop() -> None:
    """Forget what standard output did not take: Python would try once more as it ends, and complain."""
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
