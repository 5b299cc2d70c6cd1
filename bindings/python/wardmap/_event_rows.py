"""The rows of a frame as the counter takes them, with what is odd about them: the rules are those of files."""

from __future__ import annotations

import os
from typing import Any, Callable, Sequence

import numpy as np
import numpy.typing as npt

from . import _ledger, _wardmap
from ._areas import as_areas
from ._errors import CrsError, UsageError, about
from ._event_columns import EventFrame, clock_steps, crs_text, python_cells
from ._frames import _text, is_path, table_of_columns, texts_of, to_table, two_columns
from ._numbers import exact, real, threads_of, word, words
from ._wardmap import AreaSet, Table

Names = str | Sequence[str] | None
Problem = tuple[str, str, str, int, list[str]]

LARGEST_WEIGHT = 1e9  # as of files
EXAMPLES = 5


def names_of(names: Names, option: str = "by") -> list[str]:
    return words(option, names)


def paths_of(events: Any) -> list[str] | None:
    """Files, folders and patterns; None for anything else."""
    if is_path(events):
        return [os.fspath(events)]
    if isinstance(events, (list, tuple)) and events and all(is_path(one) for one in events):
        return [os.fspath(one) for one in events]
    return None


def areas_of(areas: Any) -> AreaSet:
    found = as_areas(areas)
    if found is None:
        raise UsageError("it is not said which areas are meant; pass areas= a built-in name, a file or an AreaSet")
    return found


def event_source(
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
    if snap is not None and not 0 <= real("snap", snap) < np.inf:
        raise UsageError(f"snap is {snap}; give a distance in metres, 0 or more")
    if where is not None and not isinstance(where, dict):
        raise UsageError(f"where is a {type(where).__name__}; give a dict of columns and values")
    return {
        "inputs": inputs or [],
        "x": word("x", x),
        "y": word("y", y),
        "crs": crs_text(crs),
        "area": word("area", area),
        "lookup": None if lookup is None else to_table(lookup),
        "postcode": word("postcode", postcode),
        "postcodes": "" if postcodes is None else os.fspath(postcodes),
        "date": word("date", date),
        "by": names_of(by),
        "marker": names_of(marker, "marker"),
        "weight": word("weight", weight),
        "where": [(str(column), _text(value)) for column, value in (where or {}).items()],
        "dedupe": word("dedupe", dedupe),
        "date_order": word("date_order", date_order),
        "snap": 0.0 if snap is None else float(snap),
        "layer": word("layer", layer),
        "sheet": word("sheet", sheet),
        "threads": threads_of(threads),
    }


def table_of(columns: dict[str, npt.NDArray[Any]], meta: dict[str, Any]) -> Table:
    """A Table of arrays: numbers, or texts with None for nothing."""
    made: list[tuple[str, Any]] = []
    for name, cells in columns.items():
        made.append((name, exact(cells) if cells.dtype.kind in "biuf" else texts_of(name, python_cells(cells))))
    return table_of_columns(made, meta)


class RowFaults:
    """What is odd about rows, as the reader of files says it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(
        self, code: str, sentence: str, rows: npt.NDArray[np.bool_], column: str, example: Callable[[int], str]
    ) -> None:
        """A problem of these rows; places in the frame, from 0, are in the examples."""
        found = np.flatnonzero(rows)
        if len(found):
            examples = [f"row {row:,}: {example(int(row))}" for row in found[:EXAMPLES]]
            self.problems.append((code, "problem", f"column {column}: {sentence}", len(found), examples))


class FrameRows:
    """The rows of a frame that are to be counted, in columns; the ledger of those that are not."""

    def __init__(self, events: Any, given: dict[str, Any]) -> None:
        self.frame = EventFrame(events)
        self.faults = RowFaults()
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
        texts_of("names", names)
        self.plan = _wardmap.plan_events(names, asked)
        self._tell_apart(names)
        self._filter()
        self.weight = self._weights()
        self._dedupe()

    def _tell_apart(self, names: list[str]) -> None:
        """Columns that are used, and any of which there are two."""
        used = [self.plan[key] for key in ("x", "y", "area", "date", "weight", "dedupe")]
        for place in [*used, *self.plan["by"], *self.plan["marker"], *self.plan["where"]]:
            if place is not None and names.count(names[place]) > 1:
                raise two_columns(names[place])

    def _name(self, place: int) -> str:
        name: str = self.frame.names[place]
        return name

    def _cells(self, x: int, y: int, row: int) -> str:
        return f"{self.frame.text(x, row)}, {self.frame.text(y, row)}"

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
        bad = ~good & self._chosen()
        if bad.any():
            sentence = "weights are no number of 0 or more; the rows are rejected"
            self.faults.add("bad_weight", sentence, bad, self._name(place), lambda row: self.frame.text(place, row))
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
        x_bad = y_bad = None
        if self.points is not None:
            x, y, own_crs, other = self.points
            name = "geometry"
            if other:
                sentence = "column geometry: shapes are no points; the rows have no location"
                faults.problems.append(("not_points", "problem", sentence, other, []))
        elif self.plan["x"] is None:
            return None
        else:
            at_x, at_y = self.plan["x"], self.plan["y"]
            (x, x_bad), (y, y_bad) = self.frame.numbers(at_x), self.frame.numbers(at_y)
            own_crs = ""
            name = f"{self._name(at_x)}, {self._name(at_y)}"
        seen = _wardmap.look_at(x, y, self.given["threads"])  # rows are looked at one by one only where something is wrong
        bad = [texts for texts in (x_bad, y_bad) if texts is not None]
        if self.points is None and (bad or seen["infinite"]):
            wrong = np.logical_or.reduce([np.isinf(x) | np.isinf(y), *bad])
            sentence = "coordinates are no numbers; the rows have no location"
            faults.add("bad_coordinate", sentence, wrong & self._chosen(), name, lambda row: self._cells(at_x, at_y, row))
        if seen["zero"]:
            sentence = "coordinates are 0, 0, which is no place; the rows have no location"
            faults.add("zero_coordinate", sentence, (x == 0) & (y == 0) & self._chosen(), name, lambda row: "0, 0")
        crs = self.given["crs"] or own_crs or self._guessed_crs(seen, x, y)
        if not crs:
            return None
        geographic = _wardmap.is_geographic(crs)
        if geographic and seen["beyond"]:
            beyond = np.isfinite(x) & np.isfinite(y) & ((np.abs(x) > 180) | (np.abs(y) > 90))
            sentence = (
                "coordinates lie beyond 180 or 90 degrees; the rows have no location. These look like metres, and "
                "degrees were declared: is it crs='EPSG:27700'?"
            )
            faults.add("out_of_range", sentence, beyond & self._chosen(), name, lambda row: f"{x[row]}, {y[row]}")
        elif not geographic and seen["usable"] and not seen["beyond"]:
            sentence = (
                f"column {name}: all coordinates lie within 180 by 90: these look like degrees, and {crs} is in "
                "metres: is it crs='EPSG:4326'?"
            )
            faults.problems.append(("degrees_not_metres", "warning", sentence, 1, []))
        if seen["zero"] or (geographic and seen["beyond"]):  # what is not finite has no place anyway
            usable = ~((x == 0) & (y == 0))
            if geographic and seen["beyond"]:
                usable &= ~beyond
            x, y = np.where(usable, x, np.nan), np.where(usable, y, np.nan)
        return x, y, crs

    def _chosen(self) -> npt.NDArray[np.bool_]:
        """Of every row of the frame, whether it is kept."""
        chosen = np.ones(self.frame.size, dtype=bool)
        if self.kept is not None:
            chosen[:] = False
            chosen[self.kept] = True
        return chosen

    def _fitting_crs(self, seen: dict[str, Any]) -> str:
        """The system that coordinates of such a range must be in; "" if there is none."""
        if not seen["usable"]:
            return "EPSG:27700" if self.plan["named_grid"] else "EPSG:4326"
        fitting = _wardmap.guess_crs(*seen["box"])
        return fitting if fitting == "EPSG:4326" or (fitting == "EPSG:27700" and self.plan["named_grid"]) else ""

    def _guessed_crs(self, seen: dict[str, Any], x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> str:
        """The rule for coordinates that come without a system; "" where an area column makes them needless."""
        fitting = self._fitting_crs(seen)
        if fitting:
            return fitting
        if self.plan["area"] is not None and self.plan["coordinates_guessed"]:
            return ""
        first = int(np.argmax(np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))))
        where = "geometry" if self.points is not None else self._name(self.plan["x"])
        remedy = "name it, for example crs='EPSG:27700' for metres or crs='EPSG:4326' for degrees"
        sentence = f"column {where}: nothing says which coordinate system these are in: {x[first]}, {y[first]}"
        raise about(CrsError, where, sentence, remedy)

    def _pieces(self) -> tuple[list[npt.NDArray[np.float64]], list[npt.NDArray[np.float64]], str] | None:
        """x, y and their system where these lie in pieces and nothing is odd about them; None: see coordinates()."""
        if self.points is not None or self.plan["x"] is None or self.kept is not None:
            return None
        x, y = self.frame.pieces(self.plan["x"]), self.frame.pieces(self.plan["y"])
        if x is None or y is None:
            return None
        seen = _wardmap.look_at(x, y, self.given["threads"])
        crs = self.given["crs"] or self._fitting_crs(seen)
        if not crs or seen["infinite"] or seen["zero"] or bool(seen["beyond"]) == _wardmap.is_geographic(crs):
            return None
        return x, y, crs

    def columns(self) -> dict[str, Any]:
        """What EventCounter.add takes."""
        plan = self.plan
        out: dict[str, Any] = {"size": self.size}
        pieces = self._pieces()
        found = self.coordinates() if pieces is None else None
        if pieces is not None:
            out["x"], out["y"], out["crs"] = pieces
        elif found is not None:
            out["x"], out["y"], out["crs"] = self.take(found[0]), self.take(found[1]), found[2]
        if plan["area"] is not None:
            out["area"] = self._texts(plan["area"])
        if plan["date"] is not None:
            out.update(self._dates(plan["date"]))
        out["by"] = [self._texts(place) for place in plan["by"]]
        out["marker"] = [self._texts(place) for place in plan["marker"]]
        if self.weight is not None:
            out["weight"] = self.take(self.weight)
        return out

    def _texts(self, place: int) -> tuple[Any, ...]:
        """A column for the counter: its name, and the texts where they lie or their codes and what these stand for."""
        stream = self.frame.text_stream(place) if self.kept is None else None
        if stream is not None:
            return self._name(place), stream
        codes, names = self.frame.coded(place)
        return self._name(place), self.take(codes), names

    def _dates(self, place: int) -> dict[str, Any]:
        moments = self.frame.moments(place)
        if moments is None:
            return {"date_texts": self._texts(place), "date_order": self.given["date_order"]}
        steps, unit = clock_steps(self.take(moments))
        return {"times": steps, "time_unit": unit}
