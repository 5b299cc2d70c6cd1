"""Tables from files and into files, with the metadata that travels beside them."""

from __future__ import annotations

import os
from typing import Any

from . import _html, _wardmap
from ._frames import to_table, warn_of
from ._wardmap import Table

__all__ = ["Table", "read_table", "write_table"]


def read_table(
    path: str | os.PathLike[str],
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    where: dict[str, Any] | None = None,
) -> Table:
    """A CSV, XLSX or ODS file as it stands: every cell as text, title and note rows left out.

    sheet and header_row (from 1) are guessed unless given. where: ``{column: value}``. ``FILE-metadata.json`` beside
    the file is read too. Raises ``FileNotFoundError``; ``KeyError`` for a sheet or column that does not exist.
    """
    conditions = [(str(column), str(value)) for column, value in (where or {}).items()]
    table, problems, _guesses = _wardmap.read_table(os.fspath(path), sheet or "", header_row, conditions)
    warn_of(problems, stacklevel=3)
    return table


def write_table(
    table: Any,
    path: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    round: bool = False,
    wide: str | None = None,
) -> None:
    """Writes .csv, .json, .xlsx or .docx, with ``FILE-metadata.json`` beside it.

    round: as published tables round (half away from zero). wide: spread the values of this column into columns.
    """
    _wardmap.write_table(to_table(table), os.fspath(path), overwrite, round, wide or "")


def _table_html(table: Table) -> str:
    """A notebook's view of a table: how much there is, and the first rows."""
    shown = table.take(range(min(len(table), _html.ROWS_SHOWN))).to_dict()
    words = f"{len(table):,} row{'' if len(table) == 1 else 's'}, {len(shown)} column{'' if len(shown) == 1 else 's'}"
    return _html.paragraph(words) + _html.rows_of(list(shown), list(shown.values()), len(table))


# The class is a compiled one; what it looks like is Python's.
setattr(Table, "_repr_html_", _table_html)
