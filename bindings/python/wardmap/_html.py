"""What tables, areas, ledgers and reports look like in a notebook: a line and a few rows, as HTML without any style."""

from __future__ import annotations

from html import escape
from typing import Any, Sequence

ROWS_SHOWN = 10


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def cell_text(value: Any) -> str:
    """A cell as people read it: nothing where nothing is known, no more than six figures of a number that is not whole."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is not itself
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.6g}"
    return str(value)


def rows_of(names: Sequence[str], columns: Sequence[Any], count: int, shown: int = ROWS_SHOWN) -> str:
    """The first rows of a table of so many, and how many more there are. Numbers stand at the right."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in names)
    body = ""
    for row in range(min(count, shown)):
        cells = [column[row] for column in columns]
        body += "<tr>" + "".join(_cell(value) for value in cells) + "</tr>"
    more = paragraph(f"and {count - shown:,} more rows") if count > shown else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Any) -> str:
    side = "left" if isinstance(value, str) else "right"
    return f'<td style="text-align:{side}">{escape(cell_text(value))}</td>'
