"""Areas from a built-in set, a file, a GeoDataFrame or anything with ``__geo_interface__``."""

from __future__ import annotations

import json
import os
from typing import Any

from . import _html, _wardmap
from ._errors import InputError, UsageError
from ._frames import _text, is_path, module_of, warn_of
from ._wardmap import AreaSet, Table

__all__ = ["AreaSet", "areas", "read_areas"]


def areas(name: str | None = None) -> Any:
    """The built-in set of that name, such as ``"coventry-wards"``; without a name, a Table of the sets there are.

    Raises ``KeyError`` naming the nearest sets.
    """
    if name is None:
        sets = _wardmap.builtin_areas()
        import numpy as np

        return Table(
            [
                ("name", [s[0] for s in sets]),
                ("areas", np.array([float(s[1]) for s in sets])),
                ("crs", [s[2] for s in sets]),
                ("source", [s[3] for s in sets]),
            ]
        )
    if not isinstance(name, str):
        raise UsageError("areas() takes the name of a built-in set; use read_areas() for files and frames")
    return read_areas(name)


def read_areas(
    source: Any,
    *,
    code: str | None = None,
    name: str | None = None,
    layer: str | None = None,
    where: dict[str, Any] | None = None,
    crs: str | None = None,
) -> AreaSet:
    """Areas of a boundary file, a built-in set, a GeoDataFrame, a GeoJSON dict, or an object with ``__geo_interface__``.

    code, name: fields that hold the codes and names; guessed unless given (``WD23CD`` and ``WD23NM``).
    layer: of a file with several. where: ``{field: value}``, only areas for which all hold. crs: coordinate system
    of areas that say none, such as ``"EPSG:27700"``. Broken shapes are repaired and a ``WardmapWarning`` says so.

    Raises ``FileNotFoundError``; ``KeyError`` for a field, layer or built-in name that does not exist;
    ``wardmap.CrsError`` where the coordinate system cannot be told.
    """
    conditions = [f"{field}={value}" for field, value in (where or {}).items()]
    options = (code or "", name or "", conditions, crs or "")
    if isinstance(source, AreaSet):
        return source
    if is_path(source):
        read = _wardmap.read_areas(os.fspath(source), options[0], options[1], layer or "", conditions, options[3])
    elif module_of(source) == "geopandas":
        read = _from_geopandas(source, options)
    elif isinstance(source, dict):
        read = _wardmap.areas_from_geojson(json.dumps(source, default=_text), "GeoJSON", *options)
    elif hasattr(source, "__geo_interface__"):
        text = json.dumps(source.__geo_interface__, default=_text)
        read = _wardmap.areas_from_geojson(text, type(source).__name__, *options)
    else:
        raise UsageError(
            f"areas cannot be made of {type(source).__name__}; pass a built-in name, a path, a GeoDataFrame, a GeoJSON dict or "
            "anything with __geo_interface__"
        )
    found, problems, _guesses = read
    warn_of(problems, stacklevel=3)
    return found


def _from_geopandas(frame: Any, options: tuple[str, str, list[str], str]) -> Any:
    if not hasattr(frame, "columns"):
        frame = frame.to_frame("geometry")
    if len(frame) == 0:
        raise InputError("the GeoDataFrame has no rows")
    geometry = frame.geometry
    names = [name for name in frame.columns if str(frame[name].dtype) != "geometry"]
    columns = [[_text(value) for value in frame[name].astype(object).to_numpy()] for name in names]
    if frame.index.name is not None and frame.index.name not in names:
        names.insert(0, frame.index.name)
        columns.insert(0, [_text(value) for value in frame.index])
    own_crs = ""
    if frame.crs is not None:
        authority = frame.crs.to_authority()
        own_crs = ":".join(authority) if authority else frame.crs.to_wkt()
    shapes = [None if shape is None else bytes(shape) for shape in geometry.to_wkb()]
    read = _wardmap.areas_from_wkb([str(n) for n in names], columns, shapes, own_crs, "GeoDataFrame", *options)
    words = getattr(frame, "attrs", {}).get("wardmap_areas")
    if not words:
        return read
    found, problems, guesses = read
    if len(options[2]) > 0:  # some of the areas are not the whole
        words = {**words, "whole": ""}
    return found.with_words(words), problems, guesses


def as_areas(source: Any) -> AreaSet | None:
    """What an ``areas=`` argument means: None stays None."""
    return None if source is None else read_areas(source)


def _areas_html(areas: AreaSet) -> str:
    """A notebook's view of areas: how many of what, where from, and the first of them."""
    words = f"{len(areas):,} {areas.noun}{'' if len(areas) == 1 else 's'}{f' of {areas.whole}' if areas.whole else ''}"
    known = [words, *(text for text in (areas.crs.partition("[")[0], areas.source) if text)]
    few = slice(_html.ROWS_SHOWN)
    return _html.paragraph("; ".join(known)) + _html.rows_of(["code", "name"], [areas.codes[few], areas.names[few]], len(areas))


# The class is a compiled one; what it looks like is Python's.
setattr(AreaSet, "_repr_html_", _areas_html)
