"""The ``secondsight`` command. Each of its commands stands in a module of its own."""

from __future__ import annotations

import argparse
import io
import sys

from .. import __version__
from ..refusal import Refusal
from . import check, export, insights, new, preview, record, standard_output

COMMANDS = (check, export, insights, new, preview, record)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 where all is well, 1 where there is something to mend."""
    parser = argparse.ArgumentParser(
        prog="secondsight",
        description=(
            "Check the Second Sight course, export it, see how a class did, write new content, or write out your "
            "own record."
        ),
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command.add(commands)
    asked = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows its number; that is no reason to stop.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = asked.run(asked)
        sys.stdout.flush()
        return status
    except Refusal as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Nobody reads any longer, as with "| head".
        standard_output.drop()
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was there before still stands.", file=sys.stderr)
        return 130
