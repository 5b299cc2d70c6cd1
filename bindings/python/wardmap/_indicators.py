"""The ward table: two counts for each area become change, rate, limits, ratio and quadrant."""

from __future__ import annotations

from typing import Any, Sequence

from . import _wardmap
from ._areas import as_areas
from ._frames import is_path, like, to_table, warn_of

__all__ = ["indicators"]


def _names(value: str | Sequence[str] | None) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(v) for v in value]


def _population(given: Any, table: Any, area: str, options: dict[str, Any]) -> dict[str, Any]:
    """A population is a column of the table itself, or another table."""
    own_column = isinstance(given, str) and given in table
    return {
        "table": table if own_column else to_table(given),
        "area": area if own_column else options["area"],
        "column": given if own_column else options["column"],
        "year": options["year"],
        "source": options["source"],
    }


def indicators(
    table: Any,
    areas: Any = None,
    area: str | None = None,
    before: str | Sequence[str] | None = None,
    after: str | Sequence[str] | None = None,
    population: Any = None,
    by: str | Sequence[str] | None = None,
    total: bool = False,
    *,
    population_column: str | None = None,
    population_area: str | None = None,
    population_year: str | None = None,
    population_source: str | None = None,
    population_before: Any = None,
    row: str | None = None,
    period_before: str | Sequence[str] | None = None,
    period_after: str | Sequence[str] | None = None,
    period_column: str = "period",
    count_column: str = "count",
    where: dict[str, Any] | None = None,
    per: float = 100_000,
    cuts: str = "total",
    level: float = 0.95,
    pool: float = 1,
    add_rows: bool = False,
    small_numbers: str = "none",
    measure: str | None = None,
    unit: str | None = None,
    source: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Any:
    """Change, rate, limits, rank, ratio and quadrant of each area, from the counts of two periods.

    table: a pandas, polars, pyarrow or GeoPandas frame, a path, or anything with ``__arrow_c_stream__``.
    areas: an AreaSet, a built-in name, a boundary file or a GeoDataFrame; without areas rows are compared by ``row=``.
    area: column of codes or names; guessed unless given. before, after: columns of counts; several are added up.
    A long table takes ``period_before=`` and ``period_after=`` instead. population: a column of the table, or another
    table of people by area (``population_column``, ``population_area``, ``population_year`` say more about it).
    by: one result for each value of these columns, below each other. total: also a last row ``Total``.
    where: ``{column: value}``, only rows for which all hold. per: people a rate is for. cuts: "total", "median",
    "zero" or "RATE,CHANGE". pool: years added up in each count. add_rows: add up several rows of an area (all offences of a
    marker) instead of refusing them. small_numbers: "none", "under:5" or "under:5,round:5".

    Returns the caller's kind of frame with the columns ``area_code, area_name, count_before, count_after, change,
    change_pct, direction, population, rate_before, rate, rate_lower, rate_upper, share, rank, rate_ratio,
    rate_ratio_lower, rate_ratio_upper, p_value, quadrant, rate_compared, change_compared, certainty, flags``
    (change and share in percent, rates per ``per``; not defined is NaN or null). A Total row in the table is
    recognised and kept out of sums. Rows that match no area are a ``WardmapWarning``.

    Raises ``KeyError`` for a column that does not exist, ``ValueError`` for an area with two rows.
    """
    counts = to_table(table, sheet=sheet or "", header_row=header_row)
    for column, value in (where or {}).items():
        counts = _wardmap.rows_where(counts, column, str(value))
    found = as_areas(areas if areas is not None or row is not None else table if hasattr(table, "geometry") else None)
    given: dict[str, Any] = {
        "area": area or "",
        "row": row or "",
        "before": _names(before),
        "after": _names(after),
        "period_before": _names(period_before),
        "period_after": _names(period_after),
        "period_column": period_column,
        "count_column": count_column,
        "by": _names(by),
        "per": per,
        "cuts": cuts,
        "level": level,
        "pool": pool,
        "small_numbers": small_numbers,
        "add_rows": add_rows,
        "total": total,
        "meta": {k: v for k, v in {"measure": measure, "unit": unit, "source": source}.items() if v is not None},
    }
    options = {
        "area": population_area or "",
        "column": population_column or "",
        "year": population_year or "",
        "source": population_source or "",
    }
    if population is not None:
        given["population"] = _population(population, counts, area or "", options)
    if population_before is not None:
        given["population_before"] = _population(population_before, counts, area or "", options)
    made, problems, _guesses, _matches = _wardmap.indicators(counts, found, given)
    warn_of(problems, stacklevel=3)
    return made if is_path(table) else like(made, table, found)
