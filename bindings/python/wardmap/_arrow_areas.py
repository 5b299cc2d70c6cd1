"""Areas of an Arrow table: a column of Well-Known Binary, best of the extension geoarrow.wkb, which says its system."""

from __future__ import annotations

import json
from typing import Any

from . import _wardmap
from ._event_columns import crs_text
from ._frames import arrow_capsules, arrow_table, module_of, rows_at_hand

WORDS = b"wardmap_areas"  # in the schema's metadata of what an AreaSet gave: its source, its licence lines


def is_arrow(source: Any) -> bool:
    """Whether this speaks Arrow, or is the pair ``pyogrio.read_arrow`` gives."""
    table = _table_of(source)
    return hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__") or module_of(table) in ("pyarrow", "polars")


def _table_of(source: Any) -> Any:
    pair = isinstance(source, tuple) and len(source) == 2 and isinstance(source[0], dict)
    return source[1] if pair else source


def _crs_of(given: Any) -> str:
    """PROJJSON as a dict or text, a code, or well-known text; longitude and latitude as EPSG:4326."""
    if isinstance(given, str) and given.lstrip().startswith("{"):
        given = json.loads(given)
    if isinstance(given, dict):
        code = given.get("id") or {}
        if "authority" not in code or "code" not in code:
            return json.dumps(given)
        given = f"{code['authority']}:{code['code']}"
    text = crs_text(given)
    return "EPSG:4326" if text in ("OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84") else text


def _crs_of_parquet(metadata: dict[bytes, bytes]) -> str:
    """Of GeoParquet, whose column of shapes has no extension; without a system it is longitude and latitude."""
    if b"geo" not in metadata:
        return ""
    geo = json.loads(metadata[b"geo"])
    column = geo.get("columns", {}).get(geo.get("primary_column"), {})
    return _crs_of(column["crs"]) if "crs" in column else "EPSG:4326"


def areas_of_arrow(source: Any, code: str, name: str, where: list[str], crs: str) -> Any:
    table = _table_of(source)
    if module_of(table) == "polars":
        rows_at_hand(table)
    if module_of(table) == "pyarrow":
        table = arrow_table(table)
    metadata = getattr(getattr(table, "schema", None), "metadata", None)
    metadata = metadata if isinstance(metadata, dict) else {}
    beside = source[0].get("crs") if table is not source and isinstance(source, tuple) else None

    def crs_of(shape_meta: str) -> str:
        known = json.loads(shape_meta or "{}").get("crs") or beside
        return _crs_of(known) if known else _crs_of_parquet(metadata)

    read = _wardmap.areas_from_arrow(arrow_capsules(table), crs_of, type(table).__name__, code, name, where, crs)
    if WORDS not in metadata:
        return read
    found, problems, guesses = read
    words = json.loads(metadata[WORDS])
    return found.with_words({**words, "whole": ""} if where else words), problems, guesses
