"""Before something is published: pictures by the rules of good maps and charts, tables against themselves."""

from __future__ import annotations

import os
from typing import Any, Sequence

from . import _wardmap
from ._frames import is_path, like, to_table
from ._wardmap import Figure, LintFinding

__all__ = ["LintFinding", "audit", "lint"]


def lint(what: Any, *, threads: int = 0) -> list[LintFinding]:
    """What is wrong with pictures, before somebody sees them.

    what: a project file (every figure it would make is drawn and judged), a figure that ``--data-out`` wrote as JSON, a
    Figure, or a sequence of these of one sort; several are also judged beside one another. One figure has ``fig.lint()``.

    Each finding has ``.severity`` ("error", "warning", "advice"), ``.rule``, ``.figure``, ``.where``, ``.what`` and
    ``.remedy``. docs/lint.md lists the rules.

    Raises ``FileNotFoundError``; ``ValueError`` for what is no project and no figure.
    """
    if isinstance(what, Figure):
        return _wardmap.lint_figures([what])
    if is_path(what):
        return _wardmap.lint_files([os.fspath(what)], threads)
    given = list(what)
    if given and all(isinstance(one, Figure) for one in given):
        return _wardmap.lint_figures(given)
    return _wardmap.lint_files([os.fspath(one) for one in given], threads)


def audit(
    table: Any,
    *,
    area: str | None = None,
    by: str | Sequence[str] | None = None,
    before: str | None = None,
    after: str | None = None,
    counts: Sequence[str] | None = None,
    change: str | None = None,
    change_pct: str | None = None,
    rate: str | None = None,
    share: str | None = None,
    row_total: str | None = None,
    population: str | None = None,
    per: float | None = None,
    counts_rounded_to: float = 1,
    text_change_pct: float | str | Sequence[float | str] | None = None,
    where: dict[str, Any] | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Any:
    """A published table against itself: totals, changes, percentages, rates, and the people each rate implies.

    Columns are found by their headings unless named. area: the column that names the rows. by: one table for each value
    of these columns. before, after: the counts that the change is between. counts: all columns of counts, oldest first.
    per: people a rate is for. counts_rounded_to: 5 where counts were published rounded to the nearest 5.
    text_change_pct: changes of the total in percent that the text beside the table prints.

    Returns one row a finding, in the caller's kind of frame: the columns of ``by``, then ``row_name, check, column,
    printed, expected, difference, finding, explanation, file_row``. No row: the table agrees with itself. A printed
    number agrees with every value that rounds to it, halves away from zero.

    Raises ``KeyError`` for a column that is not there, ``ValueError`` where nothing can be compared.
    """
    read = to_table(table, sheet=sheet or "", header_row=header_row)
    for column, value in (where or {}).items():
        read = _wardmap.rows_where(read, column, str(value))
    if text_change_pct is None or isinstance(text_change_pct, (str, int, float)):
        text_change_pct = [text_change_pct] if text_change_pct is not None else []
    texts = list(text_change_pct)
    given = {
        "area": area or "",
        "by": [by] if isinstance(by, str) else list(by or []),
        "counts": list(counts or []),
        "before": before or "",
        "after": after or "",
        "change": change or "",
        "change_pct": change_pct or "",
        "row_total": row_total or "",
        "share": share or "",
        "population": population or "",
        "rate": rate or "",
        "per": per or 0.0,
        "counts_rounded_to": counts_rounded_to,
        "text_changes_pct": [str(one) for one in texts],
    }
    findings, _populations, _guesses, _summary = _wardmap.audit(read, given)
    return findings if is_path(table) else like(findings, table)
