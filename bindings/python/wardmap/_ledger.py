"""The ledger beside a table: every row read is in exactly one count."""

from __future__ import annotations

import json
import weakref
from typing import Any

from . import _html
from ._errors import UsageError
from ._frames import module_of

KEY = "wardmap_ledger"  # in .attrs of pandas and in the schema metadata of pyarrow

# polars frames and our own Tables have no place for it: by identity, as long as they live.
_beside: dict[int, dict[str, Any]] = {}

COUNTS = (
    "rows_read",
    "filtered",
    "duplicates",
    "located",
    "outside",
    "no_location",
    "rejected",
    "counted",
    "out_of_period",
    "no_date",
)


class Ledger(dict[str, Any]):
    """A ledger by itself: a dict that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        kept = [(name.replace("_", " "), self[name]) for name in COUNTS if name != "rejected"]
        refused = [(f"rejected: {reason}", count) for reason, count in self["rejected"].items()]
        lines = [kept[0], *refused, *kept[1:]]
        return _html.rows_of(["rows", "count"], list(zip(*lines)), len(lines), shown=len(lines))


def empty() -> dict[str, Any]:
    return {name: {} if name == "rejected" else 0 for name in COUNTS}


def total(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    """The ledger of both."""
    rejected = dict(a["rejected"])
    for reason, count in b["rejected"].items():
        rejected[reason] = rejected.get(reason, 0) + count
    return {name: rejected if name == "rejected" else a[name] + b[name] for name in COUNTS}


def attach(frame: Any, ledger: dict[str, Any]) -> Any:
    """The frame with its ledger."""
    kind = module_of(frame)
    if kind in ("pandas", "geopandas"):
        frame.attrs = {**frame.attrs, KEY: ledger}
        return frame
    if kind == "pyarrow":
        return frame.replace_schema_metadata({**(frame.schema.metadata or {}), KEY: json.dumps(ledger)})
    _beside[id(frame)] = ledger
    weakref.finalize(frame, _beside.pop, id(frame), None).atexit = False
    return frame


def ledger(table: Any) -> dict[str, Any]:
    """Where every row went that ``count`` or ``locate`` read to make this table.

    A dict of ``rows_read, filtered, duplicates, located, outside, no_location, rejected, counted, out_of_period,
    no_date``, in rows, not in weights; ``rejected`` is a dict of reasons. Always: rows_read = filtered + duplicates +
    located + outside + no_location + all rejected; located = counted + out_of_period + no_date.

    It travels in ``.attrs["wardmap_ledger"]`` of pandas and in the schema metadata of pyarrow; for polars and
    ``wardmap.Table`` it belongs to that very object, not to copies of it. Raises ``ValueError`` for any other table.
    """
    kind = module_of(table)
    found: Any = None
    if kind in ("pandas", "geopandas"):
        found = getattr(table, "attrs", {}).get(KEY)
    elif kind == "pyarrow":
        text = (table.schema.metadata or {}).get(KEY.encode())
        found = None if text is None else json.loads(text)
    else:
        found = _beside.get(id(table))
    if found is None:
        raise UsageError("this table has no ledger; pass what count() or locate() returned, not a copy made of it")
    return Ledger({**found, "rejected": dict(found["rejected"])})
