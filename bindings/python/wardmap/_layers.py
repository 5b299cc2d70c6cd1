"""Layers for map programs."""

from __future__ import annotations

import os
from typing import Any

from . import _wardmap
from ._areas import read_areas
from ._frames import to_table

__all__ = ["write_layer"]


def write_layer(
    path: str | os.PathLike[str],
    areas: Any,
    table: Any = None,
    *,
    name: str = "areas",
    overwrite: bool = False,
) -> None:
    """Writes areas, with the columns of a table beside them, as .gpkg (with a style QGIS opens), .geojson or .fgb.

    table: rows with ``area_code``, one an area; a total row is left out. GeoJSON is in longitude and latitude; the
    others keep the areas' coordinate system and need the GDAL module (see ``build_info``).
    """
    columns = _wardmap.Table([]) if table is None else to_table(table)
    _wardmap.write_layer(os.fspath(path), read_areas(areas), columns, name, overwrite)
