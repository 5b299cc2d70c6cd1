"""Points to areas: of arrays, of frames and of files."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import numpy.typing as npt

from . import _ledger, _wardmap
from ._errors import InputError, UsageError
from ._event_columns import EventFrame, crs_text
from ._event_rows import FrameRows, areas_of, event_source, paths_of, table_of
from ._frames import warn_of
from ._numbers import doubles, threads_of, word
from ._wardmap import AreaSet

__all__ = ["locate"]


def _locate_arrays(x: Any, y: Any, areas: Any, crs: Any, threads: int) -> npt.NDArray[np.int32]:
    found = areas_of(areas)
    across, up = doubles("x", x), doubles("y", y)
    if across.shape != up.shape:
        raise UsageError(f"x has the shape {across.shape} and y {up.shape}; pass two arrays of one shape")
    where = _wardmap.locate_places(found, across.reshape(-1), up.reshape(-1), crs_text(crs), threads_of(threads))
    return where.reshape(across.shape)


@overload
def locate(x: Any, y: Any, areas: Any, /, *, crs: Any = None, threads: int = 0) -> npt.NDArray[np.int32]: ...


@overload
def locate(
    events: Any,
    areas: Any,
    /,
    *,
    x: str | None = None,
    y: str | None = None,
    crs: Any = None,
    prefix: str = "",
    snap: float | None = None,
    distance: bool = False,
    where: dict[str, Any] | None = None,
    layer: str | None = None,
    sheet: str | None = None,
    postcode: str | None = None,
    postcodes: Any = None,
    threads: int = 0,
) -> Any: ...


@overload
def locate(x: Any, y: Any, /, *, areas: Any, crs: Any = None, threads: int = 0) -> npt.NDArray[np.int32]: ...


@overload
def locate(*, x: Any, y: Any, areas: Any, crs: Any = None, threads: int = 0) -> npt.NDArray[np.int32]: ...


def locate(
    *given: Any,
    areas: Any = None,
    x: Any = None,
    y: Any = None,
    crs: Any = None,
    prefix: str = "",
    snap: float | None = None,
    distance: bool = False,
    where: dict[str, Any] | None = None,
    layer: str | None = None,
    sheet: str | None = None,
    postcode: str | None = None,
    postcodes: Any = None,
    threads: int = 0,
) -> Any:
    """The area of each point: ``locate(x, y, areas)`` of arrays, ``locate(events, areas)`` of a frame or files.

    **Arrays.** x is always easting or longitude, y northing or latitude, of one shape; crs None: the areas' system.
    Returns an int32 array of that shape with the place of the area in ``areas``, -1 outside all or not finite;
    ``areas.take(where)`` gives the codes. A point on an edge that areas share belongs to the first of them.

    **Frames and files.** events: a pandas, polars, pyarrow or GeoPandas frame, anything with ``__arrow_c_stream__``, a
    path, or a list of paths, folders and patterns. x, y: its columns, guessed unless given (Longitude and Latitude,
    Easting and Northing, x and y, lon and lat); of a GeoDataFrame its points, in its system. crs: EPSG:4326 if all
    values lie within 180 by 90, EPSG:27700 if all lie in its grid and the columns are named so, else it must be given.
    Returns the caller's kind of frame, rows, order and index kept, with ``area_code``, ``area_name`` and ``located``
    (``inside``, ``outside``, ``no_location``) behind the others, each with ``prefix`` in front. distance: also
    ``distance_m`` and ``nearest_code`` of events outside; 0 for those inside. snap: metres; events outside but so near
    to an area are put into it. where: ``{column: value}``, of files, only rows for which all hold. layer, sheet,
    postcode (a column) and postcodes (an ONSPD or NSPL file) are for files. ``wardmap.ledger`` of the result says how
    many rows are where. threads: 0 is one a core; the answer does not depend on it.

    Raises ``ValueError`` for arrays of two shapes, for coordinates no system is known of and for columns that are there
    already; ``KeyError`` for a column that does not exist.
    """
    if len(given) == 3 or (len(given) == 2 and areas is not None) or (not given and x is not None):
        if len(given) == 3 and areas is not None or (given and (x is not None or y is not None)):
            raise UsageError("x, y and areas are given twice; pass locate(x, y, areas) or locate(events, areas)")
        if prefix or snap is not None or distance or where:
            raise UsageError("prefix, snap, distance and where are for frames and files, not for arrays")
        across, up = (x, y) if not given else given[:2]
        return _locate_arrays(across, up, given[2] if len(given) == 3 else areas, crs, threads)
    if len(given) not in (1, 2):
        raise UsageError("pass locate(x, y, areas) or locate(events, areas)")
    found = areas_of(given[1] if len(given) == 2 else areas)
    for name, value in (("x", x), ("y", y)):
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name} is the name of a column where a frame or file is given")
    source = event_source(
        x=x, y=y, crs=crs, snap=snap, where=where, layer=layer, sheet=sheet, postcode=postcode, postcodes=postcodes,
        threads=threads, date="-",
    )  # fmt: skip
    prefix = word("prefix", prefix)
    added = [prefix + name for name in ("area_code", "area_name", "located")]
    if distance:
        added += [prefix + "distance_m", prefix + "nearest_code"]
    most_m = np.inf if distance else source["snap"]
    nearest, metres = np.zeros(0, dtype=np.int32), np.zeros(0)
    source["inputs"] = paths_of(given[0]) or []
    frame: EventFrame | None = None
    points: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], str] | None = None
    if source["inputs"]:
        table, places, nearest, metres, ledger, problems, _ = _wardmap.locate_files(found, source, most_m)
        _free(table.columns, added)
        outside = places == -1
        if most_m > 0:
            nearest, metres = nearest[outside], metres[outside]
    else:
        if where:
            raise UsageError("where is for files; filter the frame first")
        read = FrameRows(given[0], source)
        frame = read.frame
        _free(frame.names, added)
        points = read.coordinates()
        if points is None:
            raise InputError("no column says where the events lie; name them with x= and y=")
        places = _wardmap.locate_points(found, *points, source["threads"])
        outside = places == -1
        if most_m > 0:
            x_out, y_out = points[0][outside], points[1][outside]
            nearest, metres = _wardmap.nearest_areas(found, x_out, y_out, points[2], most_m, source["threads"])
        ledger, problems = read.ledger, read.faults.problems
    words = _located(found, places, outside, nearest, metres, source["snap"]) if most_m > 0 else _words(found, places)
    if points is not None:
        problems = [*problems, *_wardmap.misplaced(found, points[0], points[1], points[2], places)]
    warn_of(problems, stacklevel=3)
    new = dict(zip(added, words))  # distances only where they were asked for
    ledger["located"] = ledger["counted"] = int((places >= 0).sum())
    ledger["outside"] = int((places == -1).sum())
    ledger["no_location"] = int((places == -2).sum())
    made = table_of({**table.to_dict(), **new}, {}) if frame is None else _with_columns(frame, new)
    return _ledger.attach(made, ledger)


def _free(names: list[str], added: list[str]) -> None:
    for name in added:
        if name in names:
            remedy = "give the new columns other names: prefix='ward_'"
            raise UsageError(f"the events have a column '{name}' already; {remedy}")


def _words(areas: AreaSet, places: npt.NDArray[np.int32]) -> list[npt.NDArray[Any]]:
    names = np.array([*areas.names, None], dtype=object)
    located = np.array(["inside", "no_location", "outside"], dtype=object)
    return [
        areas.take(np.maximum(places, -1)),
        names[np.maximum(places, -1)],  # the last, for -1, is None
        located[np.minimum(places, 0)],
    ]


def _located(
    areas: AreaSet,
    places: npt.NDArray[np.int32],
    outside: npt.NDArray[np.bool_],
    nearest: npt.NDArray[np.int32],
    metres: npt.NDArray[np.float64],
    snap: float,
) -> list[npt.NDArray[Any]]:
    """Also the distance, and the area, of those outside; those near enough are moved into it, in `places` too."""
    distance = np.where(places == -2, np.nan, 0.0)
    distance[outside] = metres
    near = np.where(places == -2, -1, places)
    near[outside] = nearest
    if snap > 0:
        snapped = (nearest >= 0) & (metres <= snap)
        places[np.flatnonzero(outside)[snapped]] = nearest[snapped]
    return [*_words(areas, places), distance, areas.take(near)]


def _with_columns(read: EventFrame, new: dict[str, npt.NDArray[Any]]) -> Any:
    """The caller's frame with these columns behind its own; the frame itself stays as it is."""
    frame = read.frame
    if read.kind in ("pandas", "geopandas"):
        out = frame.copy(deep=False)
        for name, cells in new.items():
            out[name] = cells
        return out
    if read.kind == "polars":
        import polars

        kinds = {name: polars.String if cells.dtype.kind == "O" else polars.Float64 for name, cells in new.items()}
        return frame.with_columns([polars.Series(name, cells, dtype=kinds[name]) for name, cells in new.items()])
    if read.kind == "pyarrow" and hasattr(frame, "append_column"):
        import pyarrow

        for name, cells in new.items():
            kind = pyarrow.string() if cells.dtype.kind == "O" else pyarrow.float64()
            frame = frame.append_column(name, pyarrow.array(cells, kind, from_pandas=True))
        return frame
    columns = {name: column for name, column in zip(read.names, read.cells())}
    return table_of({**columns, **new}, getattr(frame, "meta", {}))
