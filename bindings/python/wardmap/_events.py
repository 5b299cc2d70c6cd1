"""Events to areas and to counts: every row is located or counted, and the ledger says where each one went."""

from __future__ import annotations

import os
from typing import Any, Callable, Sequence, overload

import numpy as np
import numpy.typing as npt

from . import _ledger, _wardmap
from ._areas import as_areas
from ._errors import CrsError, InputError, UsageError
from ._event_columns import EventFrame, crs_text
from ._frames import _text, as_kind, is_path, to_table, warn_of
from ._wardmap import AreaSet, Table

__all__ = ["Counter", "count", "locate"]

Names = str | Sequence[str] | None
Problem = tuple[str, str, str, int, list[str]]

LARGEST_WEIGHT = 1e9  # as of files
EXAMPLES = 5


def _list(names: Names) -> list[str]:
    if names is None:
        return []
    return [names] if isinstance(names, str) else [str(name) for name in names]


def _paths(events: Any) -> list[str] | None:
    """Files, folders and patterns; None for anything else."""
    if is_path(events):
        return [os.fspath(events)]
    if isinstance(events, (list, tuple)) and events and all(is_path(one) for one in events):
        return [os.fspath(one) for one in events]
    return None


def _areas(areas: Any) -> AreaSet:
    found = as_areas(areas)
    if found is None:
        raise UsageError("it is not said which areas are meant; pass areas= a built-in name, a boundary file or an AreaSet")
    return found


def _source(
    *,
    inputs: list[str] | None = None,
    x: str | None = None,
    y: str | None = None,
    crs: Any = None,
    area: str | None = None,
    lookup: Any = None,
    postcode: str | None = None,
    postcodes: Any = None,
    date: str | None = None,
    by: Names = None,
    marker: Names = None,
    weight: str | None = None,
    where: dict[str, Any] | None = None,
    dedupe: str | None = None,
    date_order: str = "day-first",
    snap: float | None = None,
    layer: str | None = None,
    sheet: str | None = None,
    threads: int = 0,
) -> dict[str, Any]:
    """The arguments as the compiled half has them."""
    if threads < 0:
        raise UsageError("threads is below 0; give a number, or 0 for one a core")
    if snap is not None and not 0 <= snap < np.inf:
        raise UsageError(f"snap is {snap}; give a distance in metres, 0 or more")
    return {
        "inputs": inputs or [],
        "x": x or "",
        "y": y or "",
        "crs": crs_text(crs),
        "area": area or "",
        "lookup": None if lookup is None else to_table(lookup),
        "postcode": postcode or "",
        "postcodes": "" if postcodes is None else os.fspath(postcodes),
        "date": date or "",
        "by": _list(by),
        "marker": _list(marker),
        "weight": weight or "",
        "where": [(str(column), _text(value)) for column, value in (where or {}).items()],
        "dedupe": dedupe or "",
        "date_order": date_order,
        "snap": 0.0 if snap is None else float(snap),
        "layer": layer or "",
        "sheet": sheet or "",
        "threads": threads,
    }


class _Faults:
    """What is odd about rows, as the reader of files says it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(
        self, code: str, severity: str, sentence: str, rows: npt.NDArray[Any], column: str, example: Callable[[int], str]
    ) -> None:
        found = np.flatnonzero(rows)
        if len(found):
            examples = [f"row {row:,}: {example(int(row))}" for row in found[:EXAMPLES]]
            self.problems.append((code, severity, f"column {column}: {sentence}", len(found), examples))


class _ReadFrame:
    """The rows of a frame that are to be counted, in columns; the ledger of those that are not."""

    def __init__(self, events: Any, given: dict[str, Any]) -> None:
        self.frame = EventFrame(events)
        self.faults = _Faults()
        self.ledger = _ledger.empty()
        self.ledger["rows_read"] = self.frame.size
        self.given = given
        self.kept: npt.NDArray[np.intp] | None = None  # None: all
        self.points = None if given["x"] or given["y"] or given["area"] else self.frame.points()
        if given["postcode"] or given["postcodes"]:
            raise UsageError("postcodes are looked up for files only; pass a path, or join x and y to the frame first")
        names = list(self.frame.names)
        asked = dict(given)
        if self.points is not None:
            # Points take the place of columns: two names that stand in no frame.
            names += ["\x1fx", "\x1fy"]
            asked["x"], asked["y"] = "\x1fx", "\x1fy"
        self.plan = _wardmap.plan_events(names, asked)
        self._filter()
        self.weight = self._weights()
        self._dedupe()

    def _name(self, place: int) -> str:
        return self.frame.names[place]

    def _keep(self, kept: npt.NDArray[np.bool_]) -> None:
        rows = np.flatnonzero(kept)
        self.kept = rows if self.kept is None else self.kept[rows]

    def take(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return column if self.kept is None else column[self.kept]

    @property
    def size(self) -> int:
        return self.frame.size if self.kept is None else len(self.kept)

    def _filter(self) -> None:
        for place, (_, value) in zip(self.plan["where"], self.given["where"]):
            codes, names = self.frame.coded(place)
            holds = np.array([name.strip() == value.strip() for name in names], dtype=bool)
            before = self.size
            self._keep(holds[self.take(codes)])
            self.ledger["filtered"] += before - self.size

    def _weights(self) -> npt.NDArray[np.float64] | None:
        if self.plan["weight"] is None:
            return None
        place = self.plan["weight"]
        weights = self.frame.numbers(place)[0]
        good = (weights >= 0) & (weights <= LARGEST_WEIGHT)
        bad = ~good
        if self.kept is not None:
            only = np.zeros(len(bad), dtype=bool)
            only[self.kept] = True
            bad &= only
        if bad.any():
            sentence = "weights are no number of 0 or more; the rows are rejected"
            self.faults.add("bad_weight", "problem", sentence, bad, self._name(place), lambda row: str(weights[row]))
            self.ledger["rejected"]["bad_weight"] = int(bad.sum())
            self._keep(self.take(good))
        return weights

    def _dedupe(self) -> None:
        if self.plan["dedupe"] is None:
            return
        codes, names = self.frame.coded(self.plan["dedupe"])
        numbers: dict[str, int] = {}
        key = np.array([numbers.setdefault(name.strip(), len(numbers)) for name in names], dtype=np.int64)
        keys = self.take(key[codes] if names else codes)
        first = np.zeros(len(keys), dtype=bool)
        first[np.unique(keys, return_index=True)[1]] = True
        if "" in numbers:  # rows without a key cannot be told apart by it
            first |= keys == numbers[""]
        removed = len(keys) - int(first.sum())
        if removed:
            self._keep(first)
            self.ledger["duplicates"] += removed

    def coordinates(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], str] | None:
        """x, y (NaN where there is no usable place) and their system; None where the frame has none."""
        faults = self.faults
        if self.points is not None:
            x, y, own_crs, other = self.points
            name = "geometry"
            if other:
                sentence = "column geometry: shapes are no points; the rows have no location"
                faults.problems.append(("not_points", "problem", sentence, other, []))
        elif self.plan["x"] is None:
            return None
        else:
            (x, x_bad), (y, y_bad) = self.frame.numbers(self.plan["x"]), self.frame.numbers(self.plan["y"])
            own_crs = ""
            name = f"{self._name(self.plan['x'])}, {self._name(self.plan['y'])}"
            bad = np.isinf(x) | np.isinf(y)
            for one in (x_bad, y_bad):
                if one is not None:
                    bad |= one
            sentence = "coordinates are no numbers; the rows have no location"
            faults.add("bad_coordinate", "problem", sentence, bad & self._chosen(), name, lambda row: f"{x[row]}, {y[row]}")
        nowhere = (x == 0) & (y == 0) & self._chosen()
        sentence = "coordinates are 0, 0, which is no place; the rows have no location"
        faults.add("zero_coordinate", "problem", sentence, nowhere, name, lambda row: "0, 0")
        usable = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
        crs = self.given["crs"] or own_crs or self._guessed_crs(x[usable], y[usable])
        if not crs:
            return None
        beyond = usable & ((np.abs(x) > 180) | (np.abs(y) > 90))
        if _wardmap.is_geographic(crs):
            sentence = (
                "coordinates lie beyond 180 or 90 degrees; the rows have no location. These look like metres, and degrees "
                "were declared: is it crs='EPSG:27700'?"
            )
            rows = beyond & self._chosen()
            faults.add("out_of_range", "problem", sentence, rows, name, lambda row: f"{x[row]}, {y[row]}")
            usable &= ~beyond
        elif usable.any() and not beyond.any():
            sentence = (
                f"column {name}: all coordinates lie within 180 by 90: these look like degrees, and {crs} is in metres: is it "
                "crs='EPSG:4326'?"
            )
            faults.problems.append(("degrees_not_metres", "warning", sentence, 1, []))
        if not usable.all():
            x, y = np.where(usable, x, np.nan), np.where(usable, y, np.nan)
        return x, y, crs

    def _chosen(self) -> npt.NDArray[np.bool_]:
        chosen = np.ones(self.frame.size, dtype=bool)
        if self.kept is not None:
            chosen[:] = False
            chosen[self.kept] = True
        return chosen

    def _guessed_crs(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> str:
        """The rule for coordinates that come without a system; "" where an area column makes them needless."""
        if len(x) == 0:
            return "EPSG:27700" if self.plan["named_grid"] else "EPSG:4326"
        fitting = _wardmap.guess_crs(x.min(), y.min(), x.max(), y.max())
        if fitting == "EPSG:4326" or (fitting == "EPSG:27700" and self.plan["named_grid"]):
            return fitting
        if self.plan["area"] is not None and self.plan["coordinates_guessed"]:
            return ""
        where = "geometry" if self.points is not None else self._name(self.plan["x"])
        remedy = "name it, for example crs='EPSG:27700' for metres or crs='EPSG:4326' for degrees"
        error = CrsError(f"column {where}: nothing says which coordinate system these are in: {x[0]}, {y[0]}; {remedy}")
        error.what_happened = "nothing says which coordinate system these are in"
        error.what_to_do = remedy
        error.column = where
        raise error

    def columns(self) -> dict[str, Any]:
        """What EventCounter.add takes."""
        plan = self.plan
        out: dict[str, Any] = {"size": self.size}
        found = self.coordinates()
        if found is not None:
            out["x"], out["y"], out["crs"] = self.take(found[0]), self.take(found[1]), found[2]
        if plan["area"] is not None:
            out["area"] = self._coded(plan["area"])
        if plan["date"] is not None:
            out.update(self._dates(plan["date"]))
        out["by"] = [self._coded(place) for place in plan["by"]]
        out["marker"] = [self._coded(place) for place in plan["marker"]]
        if self.weight is not None:
            out["weight"] = self.take(self.weight)
        return out

    def _coded(self, place: int) -> tuple[npt.NDArray[np.uint32], list[str]]:
        codes, names = self.frame.coded(place)
        return self.take(codes), names

    def _dates(self, place: int) -> dict[str, Any]:
        moments = self.frame.moments(place)
        if moments is None:
            texts = self._coded(place)
            return {"date_texts": texts, "date_order": self.given["date_order"], "date_column": self._name(place)}
        moments = self.take(moments)
        minutes = moments.astype("datetime64[m]").astype(np.int64)
        known = minutes[~np.isnat(moments)]
        return {"minutes": minutes, "days_only": bool((known % (24 * 60) == 0).all())}


def _numbers(values: Any) -> npt.NDArray[np.float64]:
    """One-dimensional or not, of any library and byte order, as float64; without copying where it is that already."""
    if hasattr(values, "to_numpy") and hasattr(values, "dtype") and not isinstance(values, np.ndarray):
        if type(values).__module__.partition(".")[0] == "pandas":
            values = values.to_numpy(dtype="float64", na_value=np.nan)
        else:
            values = values.to_numpy()
    if isinstance(values, np.ma.MaskedArray):
        values = values.astype("float64").filled(np.nan)
    array = np.asarray(values)
    if array.dtype.kind not in "biuf" and not (array.dtype.kind == "O" or array.size == 0):
        raise InputError(f"x and y are numbers; these are {array.dtype}")
    try:
        return np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"x and y are numbers: {error}") from None


def _locate_arrays(x: Any, y: Any, areas: Any, crs: Any, threads: int) -> npt.NDArray[np.int32]:
    found = _areas(areas)
    across, up = _numbers(x), _numbers(y)
    if across.shape != up.shape:
        raise UsageError(f"x has the shape {across.shape} and y {up.shape}; pass two arrays of one shape")
    if threads < 0:
        raise UsageError("threads is below 0; give a number, or 0 for one a core")
    where = _wardmap.locate_points(found, across.reshape(-1), up.reshape(-1), crs_text(crs), threads)
    np.maximum(where, -1, out=where)  # not finite is -2 inside
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
def locate(*given: Any, areas: Any = None, x: Any = None, y: Any = None, crs: Any = None, threads: int = 0, **options: Any) -> Any: ...


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
    to an area are put into it. where: ``{column: value}``, of files, only rows for which all hold. layer, sheet, postcode
    (a column) and postcodes (an ONSPD or NSPL file) are for files. ``wardmap.ledger`` of the result says how many rows
    are where. threads: 0 is one a core; the answer does not depend on it.

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
    found = _areas(given[1] if len(given) == 2 else areas)
    for name, value in (("x", x), ("y", y)):
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name} is the name of a column where a frame or file is given")
    source = _source(
        x=x, y=y, crs=crs, snap=snap, where=where, layer=layer, sheet=sheet, postcode=postcode, postcodes=postcodes,
        threads=threads, date="-",
    )  # fmt: skip
    added = [prefix + name for name in ("area_code", "area_name", "located")]
    if distance:
        added += [prefix + "distance_m", prefix + "nearest_code"]
    most_m = np.inf if distance else source["snap"]
    nearest, metres = np.zeros(0, dtype=np.int32), np.zeros(0)
    source["inputs"] = _paths(given[0]) or []
    frame: EventFrame | None = None
    if source["inputs"]:
        table, places, nearest, metres, ledger, problems, _ = _wardmap.locate_files(found, source, most_m)
        _free(table.columns, added)
        outside = places == -1
        if most_m > 0:
            nearest, metres = nearest[outside], metres[outside]
    else:
        if where:
            raise UsageError("where is for files; filter the frame first")
        read = _ReadFrame(given[0], source)
        frame = read.frame
        _free(frame.names, added)
        points = read.coordinates()
        if points is None:
            raise InputError("no column says where the events lie; name them with x= and y=")
        places = _wardmap.locate_points(found, *points, threads)
        outside = places == -1
        if most_m > 0:
            nearest, metres = _wardmap.nearest_areas(found, points[0][outside], points[1][outside], points[2], most_m)
        ledger, problems = read.ledger, read.faults.problems
    warn_of(problems, stacklevel=3)
    words = _located(found, places, outside, nearest, metres, source["snap"]) if most_m > 0 else _words(found, places)
    new = dict(zip(added, words))  # distances only where they were asked for
    ledger["located"] = ledger["counted"] = int((places >= 0).sum())
    ledger["outside"] = int((places == -1).sum())
    ledger["no_location"] = int((places == -2).sum())
    made = _table_of({**table.to_dict(), **new}, {}) if frame is None else _with_columns(frame, new)
    return _ledger.attach(made, ledger)


def _free(names: list[str], added: list[str]) -> None:
    for name in added:
        if name in names:
            raise UsageError(f"the events have a column '{name}' already; give the new columns other names: prefix='ward_'")


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


def _table_of(columns: dict[str, Any], meta: dict[str, Any]) -> Table:
    return Table(
        [
            (name, ["" if cell is None else _text(cell) for cell in cells.tolist()] if cells.dtype.kind not in "biuf" else cells.astype("float64"))
            for name, cells in columns.items()
        ],
        meta,
    )


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
    return _table_of({**columns, **new}, getattr(frame, "meta", {}))


class Counter:
    """Counts events piece by piece; partial counters are merged, in any order, and the sum is that of one run.

    >>> counter = wm.Counter("coventry-wards", by="Crime type")
    >>> for frame in frames: counter.add(frame)
    >>> counter.table(period="2014-01")

    areas: an AreaSet, a built-in name, a boundary file or a GeoDataFrame. by: columns of kinds. marker: columns of yes and
    no, or of lists (alcohol;drugs). period: the periods of ``table()``; the counter keeps months where they are of the
    calendar ("month", "year", "2014", ...), and weekdays or hours where they are asked for. area: column of codes or names
    of areas, or of small areas with lookup= (a table); events are then counted by it, and compared with x and y where
    these are there. x, y, crs, date, weight, where, date_order: as of ``count``. snap: metres. threads: 0 is one a core.

    Picklable, also to another process; a copy is a counter of its own. Any number of threads may add to one.
    """

    def __init__(
        self,
        areas: Any,
        by: Names = None,
        marker: Names = None,
        period: Names = "month",
        *,
        area: str | None = None,
        lookup: Any = None,
        x: str | None = None,
        y: str | None = None,
        crs: Any = None,
        date: str | None = None,
        weight: str | None = None,
        where: dict[str, Any] | None = None,
        snap: float | None = None,
        date_order: str = "day-first",
        threads: int = 0,
    ) -> None:
        self._areas = _areas(areas)
        self._given = _source(
            x=x, y=y, crs=crs, area=area, lookup=lookup, date=date, by=by, marker=marker, weight=weight, where=where,
            date_order=date_order, snap=snap, threads=threads,
        )  # fmt: skip
        self._given["period"] = _list(period)
        self._given["fallback"] = "all"
        self._counter = _wardmap.EventCounter(self._areas, self._given)
        self._read = _ledger.empty()
        self._kind: str | None = None

    def add(self, events: Any) -> None:
        """Counts the events of a frame, or of files, folders and patterns (a path or a list of them).

        What is odd about the rows is a ``WardmapWarning``. Raises ``KeyError`` for a column that does not exist,
        ``wardmap.CrsError`` for coordinates no system is known of. After an error the counter is as it was.
        """
        paths = _paths(events)
        if paths is not None:
            read, problems, _ = self._counter.add_files({**self._given, "inputs": paths})
            kind = ""
        else:
            read, problems, kind = self._add_frame(events, self._given)
        self._note(read, kind)
        warn_of(problems, stacklevel=3)

    def _add_frame(self, events: Any, given: dict[str, Any]) -> tuple[dict[str, Any], list[Problem], str]:
        rows = _ReadFrame(events, given)
        problems = self._counter.add(rows.columns(), given["threads"])
        return rows.ledger, [*rows.faults.problems, *problems], rows.frame.kind

    def _note(self, read: dict[str, Any], kind: str) -> None:
        self._read = _ledger.total(self._read, read)
        if self._kind is None:
            self._kind = kind

    def merge(self, other: Counter) -> None:
        """Adds what another counter of the same areas and options holds. Raises ``ValueError`` if they differ."""
        self._counter.merge(other._counter)
        self._note(other._read, other._kind or "")

    def table(
        self,
        period: Names = None,
        like: Any = None,
        *,
        unlocated: str = "keep",
        gaps: str = "leave-out",
        small_numbers: str = "none",
    ) -> Any:
        """The long table of ``count``, for the periods given or else those of the counter; may be asked again.

        like: "pandas", "polars", "pyarrow", "wardmap", or a frame of that library; None: as the first frame added was.
        Raises ``ValueError`` for periods finer than the counter keeps.
        """
        table, ledger, problems, _ = self._finish(period, gaps, unlocated, small_numbers)
        warn_of(problems, stacklevel=3)
        return _ledger.attach(as_kind(table, self._kind_of(like), self._areas), ledger)

    def _kind_of(self, like: Any) -> str:
        if like is None:
            return self._kind or ""
        if isinstance(like, str):
            if like not in ("pandas", "geopandas", "polars", "pyarrow", "wardmap"):
                raise UsageError(f"like='{like}' is not known; there are: pandas, geopandas, polars, pyarrow, wardmap")
            return like
        return EventFrame(like).kind

    def _finish(
        self, period: Names, gaps: str, unlocated: str, small_numbers: str
    ) -> tuple[Table, dict[str, Any], list[Problem], Table | None]:
        asked = self._given["period"] if period is None else _list(period)
        table, places, problems, difference = self._counter.finish(asked, "all", gaps, unlocated, small_numbers)
        return table, _ledger.total(self._read, places), problems, difference

    @property
    def ledger(self) -> dict[str, Any]:
        """Where every row went, for the periods of the counter; see ``wardmap.ledger``."""
        return self._finish(None, "leave-out", "keep", "none")[1]

    @property
    def difference(self) -> Table | None:
        """Events of each area by coordinates and by the area column, where they had both: ``area_code, area_name,
        by_coordinates, by_area_column, difference``."""
        return self._finish(None, "leave-out", "keep", "none")[3]

    @property
    def areas(self) -> AreaSet:
        """What is counted in."""
        return self._areas

    def __getstate__(self) -> dict[str, Any]:
        given = dict(self._given)
        if given["lookup"] is not None:
            given["lookup"] = given["lookup"].to_dict()
        return {"areas": self._areas, "given": given, "state": self._counter.state(), "read": self._read, "kind": self._kind}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._areas = state["areas"]
        self._given = dict(state["given"])
        if self._given["lookup"] is not None:
            self._given["lookup"] = _table_of(self._given["lookup"], {})
        self._counter = _wardmap.EventCounter(self._areas, self._given)
        self._counter.restore(state["state"])
        self._read = _ledger.total(_ledger.empty(), state["read"])
        self._kind = state["kind"]

    def __repr__(self) -> str:
        return f"<wardmap.Counter: {self._read['rows_read']:,} rows read, {len(self._areas)} areas>"


def count(
    events: Any,
    areas: Any = None,
    date: str | None = None,
    period: Names = None,
    by: Names = None,
    *,
    area: str | None = None,
    lookup: Any = None,
    x: str | None = None,
    y: str | None = None,
    crs: Any = None,
    postcode: str | None = None,
    postcodes: Any = None,
    marker: Names = None,
    weight: str | None = None,
    where: dict[str, Any] | None = None,
    unlocated: str = "keep",
    snap: float | None = None,
    gaps: str = "leave-out",
    dedupe: str | None = None,
    date_order: str = "day-first",
    small_numbers: str = "none",
    measure: str | None = None,
    unit: str | None = None,
    source: str | None = None,
    layer: str | None = None,
    sheet: str | None = None,
    threads: int = 0,
) -> Any:
    """Events by area, period and kind; areas with none are there with 0, and every row is accounted for.

    events: a pandas, polars, pyarrow or GeoPandas frame, anything with ``__arrow_c_stream__``, a dict of arrays, a path,
    or a list of paths, folders and patterns (.gz and .zip too). areas: an AreaSet, a built-in name, a boundary file or a
    GeoDataFrame. date: column of dates or times, in any form (guessed if only ``period`` is given; without both all events
    are one period); times with a zone are taken as the same moment on British clocks, and a column of times that are all
    midnight as days. period: "month" (where a date is given), "quarter", "year", "financial-year", "rolling-year",
    "weekday", "hour", "weekday-hour", "all", or any of "2014", "2014-01", "2014-Q1", "2021/22", "year-to:2022-06".
    by: columns of kinds. marker: columns of yes and no, or of lists (alcohol;drugs). weight: column of how many events a
    row stands for. x, y, crs: as of ``locate``. area: instead, or beside, the column of codes or names of areas, or with
    lookup= (a table or file) of small areas. postcode, postcodes, layer, sheet: of files. where: ``{column: value}``, only
    rows for which all hold. unlocated: "keep" or "drop" the rows ``Outside`` and ``Not located``. snap: metres; events
    outside but so near to an area count there. gaps: months without any event, "leave-out" or "zero". dedupe: column
    of which each value counts once. date_order: "day-first" or "month-first". small_numbers: "none", "under:5" or
    "under:5,round:5". measure, unit, source: words for titles. threads: 0 is one a core.

    Returns the caller's kind of frame, or a ``wardmap.Table`` for files, with ``area_code, area_name, period[, BY...]
    [, marker], count``. ``wardmap.ledger`` of it says where every row went; what is odd is a ``WardmapWarning``.

    Raises ``KeyError`` for a column that does not exist, ``wardmap.CrsError`` for coordinates no system is known of,
    ``FileNotFoundError``, ``ValueError`` for a file or frame that holds no events.
    """
    found = _areas(areas)
    dated = date != "-" and (date is not None or bool(_list(period)))
    given = _source(
        inputs=_paths(events), x=x, y=y, crs=crs, area=area, lookup=lookup, postcode=postcode, postcodes=postcodes,
        date=date if dated else "-", by=by, marker=marker, weight=weight, where=where, dedupe=dedupe,
        date_order=date_order, snap=snap, layer=layer, sheet=sheet, threads=threads,
    )  # fmt: skip
    given["period"] = _list(period)
    given["fallback"] = "month" if dated else "all"
    if given["inputs"]:
        given |= {"gaps": gaps, "unlocated": unlocated, "small_numbers": small_numbers}
        table, ledger, problems, _guesses, _difference = _wardmap.count_files(found, given)
        kind = ""
    else:
        counter = _wardmap.EventCounter(found, given)
        rows = _ReadFrame(events, given)
        odd = counter.add(rows.columns(), threads)
        if rows.frame.size == 0:
            raise InputError("there is no row in the frame")
        table, places, more, _difference = counter.finish(given["period"], given["fallback"], gaps, unlocated, small_numbers)
        ledger = _ledger.total(rows.ledger, places)
        problems = [*rows.faults.problems, *odd, *more]
        kind = rows.frame.kind
    words = {key: value for key, value in {"measure": measure, "unit": unit, "source": source}.items() if value is not None}
    if words:
        table = table.with_meta({**table.meta, **words})
    warn_of(problems, stacklevel=3)
    return _ledger.attach(as_kind(table, kind, found), ledger)
