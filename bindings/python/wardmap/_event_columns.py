"""Columns of events in any frame, as the counter takes them: numbers, coded texts, minutes since 1970."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from . import _wardmap
from ._errors import CrsError, InputError, about
from ._frames import (
    arrow_table,
    columns_of_mapping,
    module_of,
    no_numbers,
    not_unicode,
    rows_at_hand,
    single_column,
    table_of_columns,
    texts_of,
    to_table,
)

Coded = tuple[npt.NDArray[np.uint32], list[str]]

LEAST_A_PIECE = 1024  # rows, on the average

PLACE_CLOCK = "Europe/London"  # times with a zone become the same moment on British clocks, as in files


def crs_text(crs: Any) -> str:
    """What the library takes, of a text, a number of the EPSG registry or an object of pyproj."""
    if crs is None:
        return ""
    if isinstance(crs, str):
        return crs
    if isinstance(crs, (int, np.integer)) and not isinstance(crs, bool):
        return f"EPSG:{crs}"
    if hasattr(crs, "to_authority") and hasattr(crs, "to_wkt"):
        authority = crs.to_authority()
        return ":".join(authority) if authority else str(crs.to_wkt())
    raise CrsError(f"a {type(crs).__name__} is no coordinate system; pass 'EPSG:27700', 27700 or well-known text")


def python_cells(column: npt.NDArray[Any]) -> list[Any]:
    """An array as Python values; times as texts, days without a time of day."""
    if column.dtype.kind != "M":
        return list(column.tolist())
    texts = np.datetime_as_string(column, unit="s").tolist()
    return [None if text == "NaT" else text.removesuffix("T00:00:00") for text in texts]


def clock_steps(moments: npt.NDArray[np.datetime64]) -> tuple[npt.NDArray[np.int64], str]:
    """Times as whole steps since 1970 and what a step is; not copied where NumPy counts in days or less."""
    unit, steps = np.datetime_data(moments.dtype)
    if steps != 1 or unit not in ("D", "h", "m", "s", "ms", "us", "ns"):
        unit = "m"
        moments = moments.astype("datetime64[m]")
    return moments.astype(moments.dtype.newbyteorder("="), copy=False).view(np.int64), unit


def _coded_cells(cells: list[Any]) -> tuple[npt.NDArray[np.uint32], list[Any]]:
    """Raises ``TypeError`` for cells that are lists or dicts."""
    seen: dict[Any, int] = {}
    codes = np.fromiter((seen.setdefault(cell, len(seen)) for cell in cells), dtype=np.uint32, count=len(cells))
    return codes, list(seen)


def _with_blank(codes: npt.NDArray[Any], names: list[str]) -> Coded:
    """Codes below 0 are missing cells."""
    missing = codes < 0
    if missing.any():
        codes = np.where(missing, len(names), codes)
        names = [*names, ""]
    return codes.astype(np.uint32), names


def _nested(column: Any) -> str:
    return str(getattr(column, "type", None) or column.dtype)


def _one_array(column: Any) -> npt.NDArray[np.float64]:
    """A float64 column of pyarrow; one chunk without missing cells as it lies there."""
    if hasattr(column, "num_chunks"):
        column = column.chunk(0) if column.num_chunks == 1 else column
    array = column.to_numpy(zero_copy_only=False) if not hasattr(column, "num_chunks") else column.to_numpy()
    return np.asarray(array, dtype=np.float64)


def _different_of_arrow(column: Any) -> tuple[npt.NDArray[Any], list[Any], bool]:
    import pyarrow
    import pyarrow.compute as compute

    if not hasattr(column, "num_chunks"):  # of a RecordBatch
        column = pyarrow.chunked_array([column])
    if hasattr(column.type, "storage_type"):
        column = pyarrow.chunked_array([chunk.storage for chunk in column.chunks], column.type.storage_type)
    if pyarrow.types.is_run_end_encoded(column.type):
        column = pyarrow.chunked_array([compute.run_end_decode(chunk) for chunk in column.chunks], column.type.value_type)
    if pyarrow.types.is_nested(column.type):
        raise TypeError
    if pyarrow.types.is_null(column.type):
        return np.zeros(len(column), dtype=np.uint32), [None], False
    if not pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    whole = column.unify_dictionaries().combine_chunks()
    chunks = [whole] if hasattr(whole, "dictionary") else whole.chunks
    if not chunks:
        return np.zeros(0, dtype=np.uint32), [], False
    codes = np.concatenate([chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in chunks])
    return codes.astype(np.int64), chunks[0].dictionary.to_pylist(), True


_ARROW_TEXTS = ("str", "string", "string[pyarrow]", "large_string[pyarrow]", "string_view[pyarrow]")  # of pandas


class EventFrame:
    """The columns of one frame, whatever library it is of. Nothing in it is changed."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame
        self.kind = module_of(frame)
        self.names: list[str]
        self._columns: list[Any]
        if self.kind in ("pandas", "geopandas"):
            self._read_pandas(frame)
        elif self.kind == "polars":
            rows_at_hand(frame)
            self.names = list(frame.columns)
            self._columns = list(frame.get_columns())
            self.size = frame.height
        elif self.kind == "pyarrow":
            self.frame = frame = arrow_table(frame)
            self.names = list(frame.column_names)
            self._columns = list(frame.columns)
            self.size = frame.num_rows
        else:
            self._read_others(frame)
        self.names = [str(name) for name in self.names]

    def _read_pandas(self, frame: Any) -> None:
        if not hasattr(frame, "columns"):
            raise single_column()
        if getattr(frame.columns, "nlevels", 1) > 1:
            raise InputError("the frame has columns of several levels; flatten them first")
        self.size = len(frame)
        self.names = []
        self._columns = []
        for place, name in enumerate(frame.index.names):
            if name is not None and name not in frame.columns:
                self.names.append(name)
                self._columns.append(frame.index.get_level_values(place).to_series(index=frame.index))
        for place, name in enumerate(frame.columns):
            self.names.append(name)
            self._columns.append(frame.iloc[:, place])

    def _read_others(self, frame: Any) -> None:
        if isinstance(frame, dict) or (isinstance(frame, np.ndarray) and frame.dtype.names):
            columns = columns_of_mapping(frame)
            if len({len(cells) for cells in columns.values()}) > 1:
                table_of_columns([(name, cells) for name, cells in columns.items()])  # says which
        else:
            columns = to_table(frame).to_dict()
        self.names = list(columns)
        self._columns = list(columns.values())
        self.size = len(self._columns[0]) if columns else 0

    def cells(self) -> list[npt.NDArray[Any]]:
        """The columns as arrays, of a Table, a dict or what has ``__arrow_c_stream__``."""
        return self._columns

    def text(self, place: int, row: int) -> str:
        """One cell, for a message."""
        column = self._columns[place]
        cell = column.iloc[row] if self.kind in ("pandas", "geopandas") else column[row]
        return str(cell.as_py() if self.kind == "pyarrow" else cell)

    def points(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], str, int] | None:
        """x, y, system of the points of a GeoDataFrame, and how many shapes are no points; None for other frames."""
        if self.kind != "geopandas" or not hasattr(self.frame, "geometry"):
            return None
        import shapely

        shapes = self.frame.geometry.to_numpy()
        other = int((~np.isin(shapely.get_type_id(shapes), (-1, 0))).sum())
        return shapely.get_x(shapes), shapely.get_y(shapes), crs_text(self.frame.geometry.crs), other

    def numbers(self, place: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_] | None]:
        """The column as numbers (NaN: none), and which cells are texts that are no numbers (None: not one).

        float64 without missing cells is not copied. Raises ``InputError`` for columns of times and the like.
        """
        column = self._columns[place]
        name = self.names[place]
        if self.kind in ("pandas", "geopandas"):
            kind = getattr(column.dtype, "kind", "O")
            if column.dtype == np.float64 and isinstance(column.dtype, np.dtype):
                return column.to_numpy(), None
            if kind in "biuf" and str(column.dtype) != "category":
                return column.to_numpy(dtype="float64", na_value=np.nan), None
            if kind in "cmM":
                raise no_numbers(name, str(column.dtype))
        elif self.kind == "polars":
            if column.dtype.is_numeric() or str(column.dtype) == "Boolean":
                return column.cast(float, strict=False).to_numpy(), None
            if column.dtype.is_temporal():
                raise no_numbers(name, str(column.dtype))
        elif self.kind == "pyarrow":
            import pyarrow.types as types

            kind = column.type
            if types.is_float64(kind):
                return _one_array(column), None
            if types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind) or types.is_boolean(kind):
                return _one_array(column.cast("float64", safe=False)), None
            if types.is_temporal(kind):
                raise no_numbers(name, str(kind))
        elif column.dtype.kind in "biuf":
            return column.astype("float64", copy=False), None
        elif column.dtype.kind in "cmM":
            raise no_numbers(name, str(column.dtype))
        codes, names = self.coded(place)
        values, bad = _wardmap.numbers_of(names)
        return values[codes], bad[codes] if bad.any() else None

    def pieces(self, place: int) -> list[npt.NDArray[np.float64]] | None:
        """A column of float64 without missing cells as the arrays it lies in, none copied; None: see numbers().

        Columns of very small pieces are put together instead.
        """
        column = self._columns[place]
        if self.kind == "polars" and str(column.dtype) == "Float64" and not column.null_count():
            pieces = column.get_chunks() if column.n_chunks() * LEAST_A_PIECE <= self.size else []
        elif self.kind == "pyarrow" and str(column.type) == "double" and not column.null_count:
            few = hasattr(column, "chunks") and column.num_chunks * LEAST_A_PIECE <= self.size
            pieces = [piece for piece in column.chunks if len(piece)] if few else []
        else:
            return None
        return [piece.to_numpy() for piece in pieces] or None

    def text_stream(self, place: int) -> Any:
        """The capsule of the column's texts, where the library has them as Arrow does; else None."""
        column = self._columns[place]
        return column.__arrow_c_stream__() if self._is_arrow_text(column) else None

    def coded(self, place: int) -> Coded:
        """The column as codes and the different texts they stand for; a missing cell is ""."""
        column = self._columns[place]
        try:
            if self._is_arrow_text(column):
                return _wardmap.coded_texts(column.__arrow_c_stream__(), 0)
            codes, cells, blank = self._different(column)
        except UnicodeError:
            raise not_unicode(self.names[place]) from None
        except TypeError:  # lists, dicts: what cannot be told apart
            sentence = f"column {self.names[place]}: its cells are not single values, but {_nested(column)}"
            raise about(InputError, self.names[place], sentence, "give each row one text or number") from None
        names = texts_of(self.names[place], cells)
        return _with_blank(codes, names) if blank else (codes.astype(np.uint32), names)

    def _is_arrow_text(self, column: Any) -> bool:
        """Whether the texts lie as Arrow has them, and can be told apart where they lie."""
        if not hasattr(column, "__arrow_c_stream__"):
            return False
        if self.kind in ("pandas", "geopandas"):
            return getattr(column.dtype, "storage", "pyarrow") == "pyarrow" and str(column.dtype) in _ARROW_TEXTS
        if self.kind == "polars":
            return str(column.dtype) == "String"
        kind = column.type
        if hasattr(kind, "value_type") and hasattr(kind, "index_type"):  # a dictionary
            kind = kind.value_type
        return str(kind) in ("string", "large_string", "string_view")

    def _different(self, column: Any) -> tuple[npt.NDArray[Any], list[Any], bool]:
        """Codes, the different cells, and whether codes below 0 are missing cells. Raises ``TypeError`` for nested ones."""
        if self.kind in ("pandas", "geopandas"):
            if str(column.dtype) == "category":
                return column.cat.codes.to_numpy(), list(column.cat.categories), True
            import pandas

            codes, different = pandas.factorize(column)
            return codes, list(different.astype(object)), True
        if self.kind == "polars":
            import polars

            if column.dtype.is_nested() or column.dtype == polars.Object:
                raise TypeError
            different = column.unique(maintain_order=True)
            numbered = polars.Series(range(len(different)), dtype=polars.UInt32)
            return column.replace_strict(different, numbered).to_numpy(), different.to_list(), False
        if self.kind == "pyarrow":
            return _different_of_arrow(column)
        if column.dtype.kind in "biuf":
            values, codes = np.unique(column, return_inverse=True)
            return codes, list(values), False
        codes, cells = _coded_cells(python_cells(column))
        return codes, cells, False

    def moments(self, place: int) -> npt.NDArray[np.datetime64] | None:
        """The column as clock times of the place; None where it holds no times but texts, numbers or periods."""
        column = self._columns[place]
        if self.kind in ("pandas", "geopandas"):
            if getattr(column.dtype, "kind", "O") != "M":
                return None
            if column.dt.tz is not None:
                column = column.dt.tz_convert(PLACE_CLOCK).dt.tz_localize(None)
            if isinstance(column.dtype, np.dtype):
                return np.asarray(column.to_numpy())
            return np.asarray(column.to_numpy(dtype="datetime64[us]", na_value=np.datetime64("NaT")))
        if self.kind == "polars":
            if not column.dtype.is_temporal() or str(column.dtype).startswith(("Time", "Duration")):
                return None
            if getattr(column.dtype, "time_zone", None):
                column = column.dt.convert_time_zone(PLACE_CLOCK).dt.replace_time_zone(None)
            return np.asarray(column.to_numpy())
        if self.kind == "pyarrow":
            import pyarrow
            import pyarrow.compute as compute

            if pyarrow.types.is_date(column.type):
                return np.asarray(column.cast(pyarrow.timestamp("s")).to_numpy())
            if not pyarrow.types.is_timestamp(column.type):
                return None
            if column.type.tz is not None:
                column = compute.local_timestamp(column.cast(pyarrow.timestamp(column.type.unit, PLACE_CLOCK)))
            return np.asarray(column.to_numpy())
        return column if column.dtype.kind == "M" else None
