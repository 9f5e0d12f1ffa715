"""Reports on classes made by hand, so that a test can say what stands in every table."""

from __future__ import annotations

from typing import Any

import polars

from secondsight.insights.columns import TABLES
from secondsight.insights.report import ClassReport

TYPES = {
    "text": polars.String,
    "count": polars.Int64,
    "share": polars.Float64,
    "number": polars.Float64,
    "yes-no": polars.Boolean,
    "time": polars.Datetime("us", "UTC"),
}
EMPTY = {"text": "", "count": 0, "yes-no": False}


def made_report(**parts: Any) -> ClassReport:
    """A report with these fields and tables; a table is given as rows, of which a column that is left out is empty."""
    fields = {
        "course_id": "small",
        "course_title": "Small Course",
        "version": "0",
        "files_read": 3,
        "files_left_out": 0,
        "files_doubled": 0,
        "trainee_count": 3,
        "attempt_count": 9,
        "attempts_doubled": 0,
        "attempts_reworded": 0,
        "attempts_future": 0,
        "words_count": 0,
        "begins": None,
        "ends": None,
        "notes": [],
    }
    fields |= {name: value for name, value in parts.items() if name in fields}
    unknown = parts.keys() - fields.keys() - TABLES.keys()
    assert not unknown, unknown
    return ClassReport(**fields, **{name: _table(name, parts.get(name, [])) for name in TABLES})


def _table(name: str, rows: list[dict[str, Any]]) -> polars.DataFrame:
    columns = {column.name: column.dtype for column in TABLES[name]}
    for row in rows:
        assert row.keys() <= columns.keys(), row.keys() - columns.keys()
    schema = {column: TYPES.get(dtype, polars.String) for column, dtype in columns.items()}
    filled = {column: [row.get(column, EMPTY.get(dtype)) for row in rows] for column, dtype in columns.items()}
    return polars.DataFrame(filled, schema=schema)
