"""The report as CSV."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..refusal import Refusal
from ..table_cell import guarded
from ..whole_file import whole_file
from .columns import TABLES

if TYPE_CHECKING:
    import polars

    from .report import ClassReport


def csv_files(report: ClassReport) -> dict[str, bytes]:
    """Each table as ``<name>.csv``: RFC 4180 in UTF-8, a head of column names, then a row for each.

    Numbers are written in full, times in ISO 8601 in UTC, yes and no as ``yes`` and ``no``. A cell is empty where
    something is not defined. What a spreadsheet could run as a formula is made harmless (``table_cell.guarded``).
    """
    return {f"{name}.csv": _csv(getattr(report, name)) for name in TABLES}


def write_csv(report: ClassReport, folder: Path) -> list[Path]:
    """Write the files of ``csv_files`` into a folder, which is made where it is missing; the files written.

    Raises:
        Refusal: where one cannot be written; it is then as it was before.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in csv_files(report).items():
            with whole_file(folder / name) as part:
                part.write_bytes(content)
            written.append(folder / name)
    except OSError as error:
        raise Refusal(f"{folder} cannot be written ({error.strerror or error}); name another folder.") from error
    return written


def _csv(table: polars.DataFrame) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(table.columns)
    rows.writerows([_cell(value) for value in row] for row in table.iter_rows())
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case str():
            return guarded(value)
    return value
