"""Frames in and out: whatever the caller has becomes a Table, and a Table becomes what the caller had.

Nothing is imported here but NumPy; pandas, polars, pyarrow and GeoPandas are recognised by what they bring.
"""

from __future__ import annotations

import os
import warnings
from typing import Any, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from . import _wardmap
from ._errors import InputError, UsageError, WardmapWarning, about
from ._numbers import EXACT, exact, unmasked
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
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)


def texts_of(name: str, cells: Iterable[Any]) -> list[str]:
    """Cells as texts. Raises ``InputError`` for bytes that are no UTF-8 and for halves of surrogate pairs."""
    try:
        texts = [cell if type(cell) is str else _text(cell) for cell in cells]
        "".join(texts).encode()
    except UnicodeError:
        raise not_unicode(name) from None
    return texts


def not_unicode(name: str) -> InputError:
    sentence = f"column {name}: it holds bytes or text that are no Unicode"
    return about(InputError, name, sentence, "decode them first, for example as Latin-1")


def no_numbers(name: str, what: str) -> InputError:
    return about(InputError, name, f"column {name}: {what} are no numbers", "convert the column first")


def single_column() -> InputError:
    return InputError("this is a single column; pass a frame with named columns")


def table_of_columns(columns: Sequence[tuple[str, Any]], meta: dict[str, Any] | None = None) -> Table:
    """A Table, once names are different and lengths equal."""
    seen: dict[str, int] = {}
    for name, cells in columns:
        texts_of("names", [name])
        if name in seen:
            raise two_columns(name)
        seen[name] = len(cells)
        if len(cells) != next(iter(seen.values())):
            sentence = f"column {name}: it has {len(cells):,} rows, and the first column {next(iter(seen.values())):,}"
            raise about(InputError, name, sentence, "pass columns of one length")
    return _wardmap.Table(columns, meta or {})


def two_columns(name: str) -> InputError:
    return about(InputError, name, f"column {name}: there are two columns of this name", "give one of them another name")


def _number_or_text(name: str, cells: Sequence[Any]) -> npt.NDArray[np.float64] | list[str]:
    """Cells of objects: numbers if all of them are, else texts."""
    known = [cell for cell in cells if not _is_missing(cell)]
    if known and all(isinstance(v, (int, float, np.number)) and not isinstance(v, (bool, np.complexfloating)) for v in known):
        if all(abs(v) <= EXACT or not isinstance(v, (int, np.integer)) for v in known):
            return np.array([np.nan if _is_missing(v) else float(v) for v in cells])
    return texts_of(name, ("" if _is_missing(cell) else cell for cell in cells))


def _is_missing(cell: Any) -> bool:
    return cell is None or type(cell).__name__ == "NAType" or (isinstance(cell, (float, np.floating)) and bool(cell != cell))


def _pandas_column(name: str, series: Any) -> npt.NDArray[np.float64] | list[str] | None:
    """A pandas column as float64 or as texts; None for geometry."""
    dtype = series.dtype
    kind = getattr(dtype, "kind", "O")
    if str(dtype) == "geometry":
        return None
    if str(dtype) == "category":
        return _pandas_column(name, series.astype(series.cat.categories.dtype))
    fits = kind not in "iu" or not isinstance(exact(series.dropna().to_numpy(dtype=f"{kind}8")), list)
    if kind in "biuf" and fits:
        return np.ascontiguousarray(series.to_numpy(dtype="float64", na_value=np.nan))
    if kind == "c":
        raise no_numbers(name, "complex numbers")
    missing = series.isna().to_numpy()
    values = series.astype(object).to_numpy()
    return _number_or_text(name, [None if gone else value for value, gone in zip(values, missing)])


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
    return table_of_columns(columns, dict(getattr(frame, "attrs", {}).get(META, {})))


def columns_of_mapping(frame: Any) -> dict[str, npt.NDArray[Any]]:
    """The columns of a dict or of an array of records, each of one dimension."""
    if isinstance(frame, np.ndarray):
        frame = {name: frame[name] for name in frame.dtype.names or ()}
    columns: dict[str, npt.NDArray[Any]] = {}
    for name, cells in frame.items():
        try:
            array = np.asarray(unmasked(cells))
        except ValueError:
            array = np.zeros((0, 0))
        if array.ndim != 1:
            sentence = f"column {name}: it is not one-dimensional"
            raise about(InputError, str(name), sentence, "pass one row of numbers or texts a column")
        columns[str(name)] = array
    return columns


def _from_mapping(frame: Any) -> Table:
    columns: list[tuple[str, Any]] = []
    for name, array in columns_of_mapping(frame).items():
        if array.dtype.kind == "c":
            raise no_numbers(name, "complex numbers")
        if array.dtype.kind in "biuf":
            columns.append((name, exact(array)))
        elif array.dtype.kind == "O":
            columns.append((name, _number_or_text(name, array.tolist())))
        else:
            columns.append((name, texts_of(name, array.tolist())))
    return table_of_columns(columns)


def arrow_table(frame: Any) -> Any:
    """A pyarrow Table or RecordBatch of whatever of pyarrow has rows."""
    if hasattr(frame, "column_names") and hasattr(frame, "columns"):
        return frame
    import pyarrow

    if hasattr(frame, "to_table"):  # a dataset, a scanner
        return frame.to_table()
    if hasattr(frame, "type"):  # an array
        if not pyarrow.types.is_struct(frame.type):
            raise single_column()
        return pyarrow.Table.from_struct_array(frame)
    if hasattr(frame, "read_all"):
        return frame.read_all()
    raise UsageError(f"a pyarrow {type(frame).__name__} holds no rows; pass a Table")


def rows_at_hand(frame: Any) -> None:
    """Raises for what of polars has no rows, or no columns."""
    kind = type(frame).__name__
    if hasattr(frame, "collect"):
        raise UsageError(f"a polars {kind} has no rows at hand; collect() it into a DataFrame first")
    if not hasattr(frame, "get_columns"):
        raise single_column()


def _arrow_meta(frame: Any) -> dict[str, Any]:
    import json

    metadata = getattr(getattr(frame, "schema", None), "metadata", None)
    if not isinstance(metadata, dict) or META.encode() not in metadata:
        return {}
    return dict(json.loads(metadata[META.encode()]))


def arrow_capsules(frame: Any) -> Any:
    """The stream of what has one, else its schema and array."""
    return frame.__arrow_c_stream__() if hasattr(frame, "__arrow_c_stream__") else frame.__arrow_c_array__()


def to_table(frame: Any, *, sheet: str = "", header_row: int | None = None) -> Table:
    """A Table of a path, a frame of any library, a mapping of columns, or what has ``__arrow_c_stream__``."""
    if isinstance(frame, Table):
        return frame
    if is_path(frame):
        table, problems, _ = _wardmap.read_table(os.fspath(frame), sheet, header_row, [])
        warn_of(problems, stacklevel=5)
        return table
    library = module_of(frame)
    if library in ("pandas", "geopandas"):
        if not hasattr(frame, "columns"):
            raise single_column()
        return _from_pandas(frame)
    if library == "polars":
        rows_at_hand(frame)
    if library == "pyarrow":
        frame = arrow_table(frame)
    if hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "__arrow_c_array__"):
        table, left_out = _wardmap.read_arrow(arrow_capsules(frame), _arrow_meta(frame))
        if left_out:
            names = ", ".join(f"'{name}'" for name in left_out)
            warnings.warn(f"columns left out, for they hold neither text, numbers nor dates: {names}", WardmapWarning, stacklevel=4)
        return table
    if isinstance(frame, dict) or (isinstance(frame, np.ndarray) and frame.dtype.names):
        return _from_mapping(frame)
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
        return table.to_pandas() if areas is None else _with_shapes(table.to_pandas(), areas)
    if kind == "polars":
        return table.to_polars()
    if kind == "pyarrow":
        return _arrow_with_meta(table.to_arrow(), table.meta)
    return table


KINDS_OF_CODES = ("pandas", "geopandas", "polars", "pyarrow")


def frame_of_codes(
    kind: str,
    columns: Sequence[tuple[str, list[str | None], npt.NDArray[np.int32]]],
    counts: npt.NDArray[Any],
    meta: dict[str, Any],
    areas: Any,
) -> Any:
    """What ``as_kind`` makes for ``KINDS_OF_CODES``, of a few texts and the place of each row's among them."""
    if kind == "polars":
        import polars

        made = [polars.Series(name, texts, dtype=polars.String).gather(codes) for name, texts, codes in columns]
        return polars.DataFrame([*made, polars.Series("count", counts)])
    if kind == "pyarrow":
        import pyarrow

        arrays = [pyarrow.array(texts, pyarrow.string()).take(pyarrow.array(codes)) for _name, texts, codes in columns]
        names = [name for name, _texts, _codes in columns]
        return _arrow_with_meta(pyarrow.table([*arrays, pyarrow.array(counts)], [*names, "count"]), meta)
    import pandas

    cells = {name: pandas.Series(texts).array.take(codes) for name, texts, codes in columns}
    frame = pandas.DataFrame({**cells, "count": counts}, copy=False)
    frame.attrs[META] = meta
    return _with_shapes(frame, areas) if kind == "geopandas" else frame


def _arrow_with_meta(arrow: Any, meta: dict[str, Any]) -> Any:
    import json

    return arrow.replace_schema_metadata({META: json.dumps(meta)})


def _with_shapes(frame: Any, areas: Any) -> Any:
    import geopandas

    shapes = geopandas.GeoSeries.from_wkb(areas.to_wkb(), crs=areas.crs or None).array
    place = {code: i for i, code in enumerate(areas.codes)}
    rows = [place.get(code, -1) for code in frame["area_code"]]
    out = geopandas.GeoDataFrame(frame, geometry=shapes.take(rows, allow_fill=True), crs=areas.crs or None)
    out.attrs = frame.attrs
    return out
