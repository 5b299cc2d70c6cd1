"""Areas from a built-in set, a file, a GeoDataFrame or anything with ``__geo_interface__``."""

from __future__ import annotations

import json
import os
from typing import Any

from . import _html, _wardmap
from ._arrow_areas import areas_of_arrow, is_arrow
from ._errors import InputError, UsageError
from ._event_columns import crs_text
from ._frames import _text, is_path, module_of, texts_of, two_columns, warn_of
from ._numbers import word
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
    crs: Any = None,
) -> AreaSet:
    """Areas of a boundary file, a built-in set, a GeoDataFrame, a GeoJSON dict, an object with ``__geo_interface__``, or an
    Arrow table with a column of Well-Known Binary (``geoarrow.wkb``, GeoParquet, what ``pyogrio.read_arrow`` gives).

    code, name: fields that hold the codes and names; guessed unless given (``WD23CD`` and ``WD23NM``).
    layer: of a file with several. where: ``{field: value}``, only areas for which all hold. crs: coordinate system
    of areas that say none, such as ``"EPSG:27700"``. Broken shapes are repaired and a ``WardmapWarning`` says so.

    Raises ``FileNotFoundError``; ``KeyError`` for a field, layer or built-in name that does not exist;
    ``wardmap.CrsError`` where the coordinate system cannot be told.
    """
    if where is not None and not isinstance(where, dict):
        raise UsageError(f"where is a {type(where).__name__}; give a dict of fields and values")
    conditions = [f"{field}={_text(value)}" for field, value in (where or {}).items()]
    options = (word("code", code), word("name", name), conditions, crs_text(crs))
    if isinstance(source, AreaSet):
        return source
    if is_path(source):
        read = _wardmap.read_areas(os.fspath(source), options[0], options[1], word("layer", layer), conditions, options[3])
    elif module_of(source) == "geopandas":
        read = _from_geopandas(source, options)
    elif isinstance(source, dict):
        read = _wardmap.areas_from_geojson(json.dumps(source, default=_text), "GeoJSON", *options)
    elif hasattr(source, "__geo_interface__"):
        text = json.dumps(source.__geo_interface__, default=_text)
        read = _wardmap.areas_from_geojson(text, type(source).__name__, *options)
    elif is_arrow(source):
        read = areas_of_arrow(source, *options)
    else:
        raise UsageError(
            f"areas cannot be made of {type(source).__name__}; pass a built-in name, a path, a GeoDataFrame, a GeoJSON dict or "
            "anything with __geo_interface__ or __arrow_c_stream__"
        )
    found, problems, _guesses = read
    warn_of(problems, stacklevel=3)
    return found


def _from_geopandas(frame: Any, options: tuple[str, str, list[str], str]) -> Any:
    if not hasattr(frame, "columns"):
        frame = frame.to_frame("geometry")
    if len(frame) == 0:
        raise InputError("the GeoDataFrame has no rows")
    if getattr(frame.columns, "nlevels", 1) > 1:
        raise InputError("the frame has columns of several levels; flatten them first")
    try:
        geometry = frame.geometry
    except AttributeError:
        raise InputError("the GeoDataFrame has no active geometry; choose one with set_geometry()") from None
    names: list[str] = []
    columns: list[list[str]] = []
    for place, name in enumerate(frame.columns):
        series = frame.iloc[:, place]
        if str(series.dtype) == "geometry":
            continue
        if str(name) in names:
            raise two_columns(str(name))
        names.append(str(name))
        missing = series.isna().to_numpy()
        cells = ("" if gone else value for value, gone in zip(series.astype(object).to_numpy(), missing))
        columns.append(texts_of(str(name), cells))
    for place, name in enumerate(frame.index.names):
        if name is not None and str(name) not in names:
            names.insert(0, str(name))
            columns.insert(0, texts_of(str(name), frame.index.get_level_values(place)))
    own_crs = crs_text(frame.crs)
    shapes = [None if shape is None else bytes(shape) for shape in geometry.to_wkb()]
    read = _wardmap.areas_from_wkb(names, columns, shapes, own_crs, "GeoDataFrame", *options)
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
