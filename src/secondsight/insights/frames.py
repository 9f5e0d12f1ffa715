"""Tables of the report as DataFrames, with the columns that ``columns.TABLES`` gives them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .columns import TABLES
from .intervals import Estimate

if TYPE_CHECKING:
    import duckdb
    import polars


def frame(name: str, rows: Iterable[dict[str, Any]] | duckdb.DuckDBPyRelation) -> polars.DataFrame:
    """Rows, or what a query gives, as the table of this name; every column must be there."""
    import polars

    schema = _schema(name)
    if not hasattr(rows, "columns"):
        return polars.DataFrame({column: [row[column] for row in rows] for column in schema}, schema)
    # Arrow's own way of handing on; `duckdb`'s way to polars would need pyarrow as well.
    return polars.DataFrame(rows).select(polars.col(column).cast(type) for column, type in schema.items())


def spread(name: str, estimate: Estimate) -> dict[str, float | None]:
    """A figure and the ends of its interval, as columns."""
    return {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}


def _schema(name: str) -> dict[str, Any]:
    import polars

    types = {
        "text": polars.String,
        "count": polars.Int64,
        "share": polars.Float64,
        "number": polars.Float64,
        "yes-no": polars.Boolean,
        "time": polars.Datetime("us", "UTC"),
    }
    return {column.name: types.get(column.dtype) or polars.Enum(column.dtype.split("|")) for column in TABLES[name]}
