"""Frames in and out: whatever the caller has becomes a Table, and a Table becomes what the caller had.

Nothing is imported here but NumPy; pandas, polars, pyarrow and GeoPandas are recognised by what they bring.
"""

from __future__ import annotations

import os
import warnings
from typing import Any, Sequence

import numpy as np

from . import _wardmap
from ._errors import InputError, UsageError, WardmapWarning
from ._wardmap import Table

META = "wardmap"  # the key under which metadata travel in .attrs and schema metadata


def module_of(frame: Any) -> str:
    """The library a frame belongs to: "pandas", "geopandas", "polars", "pyarrow", "wardmap" or ""."""
    for kind in type(frame).__mro__:
        root = kind.__module__.partition(".")[0]
        if root in ("geopandas", "pandas", "polars", "pyarrow"):
            return root
    return "wardmap" if isinstance(frame, Table) else ""


def is_path(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike))


def warn_of(problems: Sequence[tuple[str, str, str, int, list[str]]], *, stacklevel: int = 3) -> None:
    """Problems as warnings; notes say nothing, since nothing is wrong."""
    for _code, severity, sentence, count, examples in problems:
        if severity == "note":
            continue
        text = sentence if count == 1 else f"{sentence} ({count:,} times)"
        if examples:
            text += ": " + ", ".join(examples)
        warnings.warn(text, WardmapWarning, stacklevel=stacklevel)


def _text(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT are not themselves
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)


def _pandas_column(name: str, series: Any) -> np.ndarray | list[str] | None:
    """A pandas column as float64 or as texts; None for geometry."""
    dtype = series.dtype
    kind = getattr(dtype, "kind", "O")
    if str(dtype) == "geometry":
        return None
    if str(dtype) == "category":
        return _pandas_column(name, series.astype(series.cat.categories.dtype))
    if kind in "biuf":
        return np.ascontiguousarray(series.to_numpy(dtype="float64", na_value=np.nan))
    if kind == "c":
        raise InputError(f"column {name}: complex numbers are not read")
    missing = series.isna().to_numpy()
    values = series.astype(object).to_numpy()
    cells = [value for value, gone in zip(values, missing) if not gone]
    if cells and all(isinstance(v, (int, float, np.number)) and not isinstance(v, bool) for v in cells):
        return np.array([np.nan if gone else float(v) for v, gone in zip(values, missing)])
    return ["" if gone else _text(value) for value, gone in zip(values, missing)]


def _from_pandas(frame: Any) -> Table:
    if getattr(frame.columns, "nlevels", 1) > 1:
        raise InputError("the frame has columns of several levels; flatten them first")
    if frame.index.nlevels > 1 or frame.index.name is not None:
        named = [n for n in frame.index.names if n is not None and n not in frame.columns]
        frame = frame.reset_index(level=named) if named else frame
    columns = []
    for place, name in enumerate(frame.columns):
        column = _pandas_column(str(name), frame.iloc[:, place])
        if column is not None:
            columns.append((str(name), column))
    return _wardmap.Table(columns, dict(getattr(frame, "attrs", {}).get(META, {})))


def _arrow_meta(frame: Any) -> dict[str, Any]:
    import json

    metadata = getattr(getattr(frame, "schema", None), "metadata", None)
    if not isinstance(metadata, dict) or META.encode() not in metadata:
        return {}
    return dict(json.loads(metadata[META.encode()]))


def to_table(frame: Any, *, sheet: str = "", header_row: int | None = None) -> Table:
    """A Table of a path, a frame of any library, a mapping of columns, or what has ``__arrow_c_stream__``."""
    if isinstance(frame, Table):
        return frame
    if is_path(frame):
        table, problems, _ = _wardmap.read_table(os.fspath(frame), sheet, header_row, [])
        warn_of(problems, stacklevel=5)
        return table
    if module_of(frame) in ("pandas", "geopandas"):
        if not hasattr(frame, "columns"):
            raise InputError("this is a single column; pass a frame with named columns")
        return _from_pandas(frame)
    if hasattr(frame, "__arrow_c_stream__"):
        table, left_out = _wardmap.read_arrow(frame.__arrow_c_stream__(), _arrow_meta(frame))
        if left_out:
            names = ", ".join(f"'{name}'" for name in left_out)
            warnings.warn(f"columns left out, for they hold neither text, numbers nor dates: {names}", WardmapWarning, stacklevel=4)
        return table
    if isinstance(frame, dict):
        columns: list[tuple[str, np.ndarray | list[str]]] = []
        for name, cells in frame.items():
            array = np.asarray(cells)
            if array.ndim != 1:
                raise InputError(f"column {name} is not one-dimensional")
            if array.dtype.kind in "biuf":
                columns.append((str(name), array.astype("float64")))
            else:
                columns.append((str(name), [_text(cell) for cell in array.tolist()]))
        return _wardmap.Table(columns)
    raise UsageError(
        f"a table cannot be made of {type(frame).__name__}; pass a path, a pandas, polars or pyarrow table, "
        "or anything with __arrow_c_stream__"
    )


def like(table: Table, frame: Any, areas: Any = None) -> Any:
    """The table as the library of ``frame`` has it; a GeoDataFrame gets the shapes of ``areas``."""
    return as_kind(table, module_of(frame), areas)


def as_kind(table: Table, kind: str, areas: Any = None) -> Any:
    """The table as that library has it; "wardmap" and "" leave it as it is."""
    if kind == "pandas":
        return table.to_pandas()
    if kind == "geopandas":
        return _with_shapes(table, areas) if areas is not None else table.to_pandas()
    if kind == "polars":
        return table.to_polars()
    if kind == "pyarrow":
        import json

        arrow = table.to_arrow()
        return arrow.replace_schema_metadata({META: json.dumps(table.meta)})
    return table


def _with_shapes(table: Table, areas: Any) -> Any:
    import geopandas

    shapes = geopandas.GeoSeries.from_wkb(areas.to_wkb(), crs=areas.crs or None)
    place = {code: i for i, code in enumerate(areas.codes)}
    frame = table.to_pandas()
    attrs = frame.attrs
    rows = [place.get(code, -1) for code in frame["area_code"]]
    geometry = [shapes.iloc[i] if i >= 0 else None for i in rows]
    out = geopandas.GeoDataFrame(frame, geometry=geometry, crs=areas.crs or None)
    out.attrs = attrs
    return out
