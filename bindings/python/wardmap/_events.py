"""Events to counts: every row is counted, and the ledger says where each one went."""

from __future__ import annotations

import threading
from typing import Any

from . import _ledger, _wardmap
from ._errors import InputError, UsageError
from ._event_rows import FrameRows, Names, Problem, areas_of, event_source, names_of, paths_of, table_of
from ._frames import KINDS_OF_CODES, as_kind, frame_of_codes, module_of, warn_of
from ._numbers import word
from ._wardmap import AreaSet, Table

__all__ = ["Counter", "count"]


def finish(
    counter: _wardmap.EventCounter,
    period: list[str],
    fallback: str,
    kind: str,
    areas: AreaSet,
    gaps: str,
    unlocated: str,
    small_numbers: str,
    said: dict[str, str],
) -> tuple[Any, dict[str, Any], list[Problem]]:
    """The long table as a library has it, the ledger of places and periods, and what is odd.

    said: metadata beside those of the counts.
    """
    gaps, unlocated, small_numbers = word("gaps", gaps), word("unlocated", unlocated), word("small_numbers", small_numbers)
    if kind in KINDS_OF_CODES and small_numbers in ("", "none"):
        coded, places, problems, _ = counter.finish_coded(period, fallback, gaps, unlocated)
        columns, counts, meta = coded
        return frame_of_codes(kind, columns, counts, {**meta, **said}, areas), places, problems
    table, places, problems, _ = counter.finish(period, fallback, gaps, unlocated, small_numbers)
    return as_kind(_with_said(table, said), kind, areas), places, problems


def _with_said(table: Table, said: dict[str, str]) -> Table:
    return table.with_meta({**table.meta, **said}) if said else table


class Counter:
    """Counts events piece by piece; partial counters are merged, in any order, and the sum is that of one run.

    >>> counter = wm.Counter("coventry-wards", by="Crime type")
    >>> for frame in frames: counter.add(frame)
    >>> counter.table(period="2014-01")

    areas: an AreaSet, a built-in name, a boundary file or a GeoDataFrame. by: columns of kinds. marker: columns of yes
    and no, or of lists (alcohol;drugs). period: the periods of ``table()``; the counter keeps months where they are of
    the calendar ("month", "year", "2014", ...), and weekdays or hours where they are asked for. area: column of codes
    or names of areas, or of small areas with lookup= (a table); events are then counted by it, and compared with x and
    y where these are there. x, y, crs, date, weight, where, date_order: as of ``count``. snap: metres. threads: 0 is
    one a core.

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
        self._areas = areas_of(areas)
        self._given = event_source(
            x=x, y=y, crs=crs, area=area, lookup=lookup, date=date, by=by, marker=marker, weight=weight, where=where,
            date_order=date_order, snap=snap, threads=threads,
        )  # fmt: skip
        self._given["period"] = names_of(period, "period")
        self._given["fallback"] = "all"
        self._counter = _wardmap.EventCounter(self._areas, self._given)
        self._read = _ledger.empty()
        self._kind: str | None = None  # of the first frame; "" for files
        self._lock = threading.Lock()

    def add(self, events: Any) -> None:
        """Counts the events of a frame, or of files, folders and patterns (a path or a list of them).

        What is odd about the rows is a ``WardmapWarning``. Raises ``KeyError`` for a column that does not exist,
        ``wardmap.CrsError`` for coordinates no system is known of. After an error the counter is as it was.
        """
        paths = paths_of(events)
        if paths is not None:
            with self._lock:
                read, problems, _guesses = self._counter.add_files({**self._given, "inputs": paths})
                self._note(read, "")
        else:
            rows = FrameRows(events, self._given)
            columns = rows.columns()
            with self._lock:
                problems = rows.faults.problems + self._counter.add(columns, self._given["threads"])
                self._note(rows.ledger, rows.frame.kind)
        warn_of(problems, stacklevel=3)

    def _note(self, read: dict[str, Any], kind: str) -> None:
        self._read = _ledger.total(self._read, read)
        if self._kind is None:
            self._kind = kind

    def merge(self, other: Counter) -> None:
        """Adds what another counter of the same areas and options holds. Raises ``ValueError`` if they differ."""
        if not isinstance(other, Counter):
            raise UsageError(f"a {type(other).__name__} is no counter; pass a wardmap.Counter")
        if other is self:
            raise UsageError("a counter cannot be merged with itself: its events would count twice")
        first, second = sorted((self, other), key=id)  # so that two that merge each other do not wait for ever
        with first._lock, second._lock:
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
        asked = self._given["period"] if period is None else names_of(period, "period")
        kind = self._kind_of(like)
        with self._lock:
            read = self._read
            made = finish(self._counter, asked, "all", kind, self._areas, gaps, unlocated, small_numbers, {})
        table, places, problems = made
        warn_of(problems, stacklevel=3)
        return _ledger.attach(table, _ledger.total(read, places))

    def _kind_of(self, like: Any) -> str:
        if like is None:
            return self._kind or ""
        if isinstance(like, str):
            if like not in ("pandas", "geopandas", "polars", "pyarrow", "wardmap"):
                raise UsageError(f"like='{like}' is not known; there are: pandas, geopandas, polars, pyarrow, wardmap")
            return like
        return module_of(like)

    def _finished(self) -> tuple[dict[str, Any], Table | None]:
        with self._lock:
            _, places, _, difference = self._counter.finish_coded(self._given["period"], "all", "leave-out", "keep")
            return _ledger.total(self._read, places), difference

    @property
    def ledger(self) -> dict[str, Any]:
        """Where every row went, for the periods of the counter; see ``wardmap.ledger``."""
        return self._finished()[0]

    @property
    def difference(self) -> Table | None:
        """Events of each area by coordinates and by the area column, where they had both: ``area_code, area_name,
        by_coordinates, by_area_column, difference``."""
        return self._finished()[1]

    @property
    def areas(self) -> AreaSet:
        """What is counted in."""
        return self._areas

    def __getstate__(self) -> dict[str, Any]:
        given = dict(self._given)
        if given["lookup"] is not None:
            given["lookup"] = given["lookup"].to_dict()
        with self._lock:
            counted = {"state": self._counter.state(), "read": self._read, "kind": self._kind}
        return {"areas": self._areas, "given": given, **counted}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._areas = state["areas"]
        self._given = dict(state["given"])
        if self._given["lookup"] is not None:
            self._given["lookup"] = table_of(self._given["lookup"], {})
        self._counter = _wardmap.EventCounter(self._areas, self._given)
        self._counter.restore(state["state"])
        self._read = state["read"]
        self._kind = state["kind"]
        self._lock = threading.Lock()

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

    events: a pandas, polars, pyarrow or GeoPandas frame, anything with ``__arrow_c_stream__``, a dict of arrays, a
    path, or a list of paths, folders and patterns (.gz and .zip too). areas: an AreaSet, a built-in name, a boundary
    file or a GeoDataFrame. date: column of dates or times, in any form (guessed if only ``period`` is given; without
    both all events are one period); times with a zone are taken as the same moment on British clocks, and a column of
    times that are all midnight as days. period: "month" (where a date is given), "quarter", "year", "financial-year",
    "rolling-year", "weekday", "hour", "weekday-hour", "all", or any of "2014", "2014-01", "2014-Q1", "2021/22",
    "year-to:2022-06". by: columns of kinds. marker: columns of yes and no, or of lists (alcohol;drugs). weight: column
    of how many events a row stands for. x, y, crs: as of ``locate``. area: instead, or beside, the column of codes or
    names of areas, or with lookup= (a table or file) of small areas. postcode, postcodes, layer, sheet: of files.
    where: ``{column: value}``, only rows for which all hold. unlocated: "keep" or "drop" the rows ``Outside`` and
    ``Not located``. snap: metres; events outside but so near to an area count there. gaps: months without any event,
    "leave-out" or "zero". dedupe: column of which each value counts once. date_order: "day-first" or "month-first".
    small_numbers: "none", "under:5" or "under:5,round:5". measure, unit, source: words for titles. threads: 0 is one a
    core.

    Returns the caller's kind of frame, or a ``wardmap.Table`` for files, with ``area_code, area_name, period[, BY...]
    [, marker], count``. ``wardmap.ledger`` of it says where every row went; what is odd is a ``WardmapWarning``.

    Raises ``KeyError`` for a column that does not exist, ``wardmap.CrsError`` for coordinates no system is known of,
    ``FileNotFoundError``, ``ValueError`` for a file or frame that holds no events.
    """
    found = areas_of(areas)
    dated = date != "-" and (date is not None or bool(names_of(period, "period")))
    given = event_source(
        inputs=paths_of(events), x=x, y=y, crs=crs, area=area, lookup=lookup, postcode=postcode, postcodes=postcodes,
        date=date if dated else "-", by=by, marker=marker, weight=weight, where=where, dedupe=dedupe,
        date_order=date_order, snap=snap, layer=layer, sheet=sheet, threads=threads,
    )  # fmt: skip
    given["period"] = names_of(period, "period")
    given["fallback"] = "month" if dated else "all"
    given |= {"gaps": word("gaps", gaps), "unlocated": word("unlocated", unlocated)}
    given["small_numbers"] = word("small_numbers", small_numbers)
    words = {"measure": measure, "unit": unit, "source": source}
    said = {key: text for key, text in ((key, word(key, value)) for key, value in words.items()) if text}
    if given["inputs"]:
        table, ledger, problems, _guesses, _difference = _wardmap.count_files(found, given)
        table = _with_said(table, said)
    else:
        counter = _wardmap.EventCounter(found, given)
        rows = FrameRows(events, given)
        odd = counter.add(rows.columns(), threads)
        if rows.frame.size == 0:
            raise InputError("there is no row in the frame")
        table, places, more = finish(
            counter, given["period"], given["fallback"], rows.frame.kind, found, gaps, unlocated, small_numbers, said
        )
        ledger = _ledger.total(rows.ledger, places)
        problems = [*rows.faults.problems, *odd, *more]
    warn_of(problems, stacklevel=3)
    return _ledger.attach(table, ledger)
