"""From one set of areas to another: values by surface, lookups, centres of people."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from . import _wardmap
from ._areas import read_areas
from ._errors import InputError, UsageError
from ._frames import as_kind, module_of, table_of_columns, texts_of, warn_of
from ._numbers import doubles, threads_of, word
from ._statistics import Result, Values

__all__ = ["Interpolated", "interpolate", "lookup", "weighted_centres"]


class Interpolated(Values):
    """One value for each area of the target; ``.left_out`` says how much lies in none of them."""

    __slots__ = ("left_out",)
    left_out: float

    def __init__(self, method: str, values: npt.NDArray[Any], left_out: float) -> None:
        super().__init__(method, values)
        object.__setattr__(self, "left_out", left_out)

    def __reduce__(self) -> tuple[Any, ...]:
        return Interpolated, (self.method, np.array(self.values), self.left_out)


def _one_row(name: str, values: Any) -> npt.NDArray[np.float64]:
    row = np.atleast_1d(doubles(name, values))
    if row.ndim != 1:
        raise InputError(f"{name} has the shape {row.shape}; give one value for each area")
    return np.ascontiguousarray(row)


def interpolate(values: Any, source: Any, target: Any, kind: str = "sum", *, share_out_rest: bool = False, threads: int = 0) -> Interpolated:
    """Values of the areas in ``source`` brought to those in ``target`` by the surface they share: between vintages of wards.

    values: one for each area of source, in its order. source, target: AreaSets, built-in names, files or GeoDataFrames.
    kind: "sum" for counts and people, "mean" for rates and scores. Returns one value for each area of target; NaN where no
    source lies in it, or a value that is not known has 1% or more of it. ``.left_out`` is how much of a sum lies in no target
    (values and left_out add up to what was given), or the share of the surface of a mean. share_out_rest: what lies in no
    target goes with the rest of its own area, for two outlines of one place.
    Raises ``ValueError`` unless there is one value for each area of source, or where a coordinate system is not known.
    """
    row = _one_row("values", values)
    made, left_out = _wardmap.interpolate(row, read_areas(source), read_areas(target), word("kind", kind), bool(share_out_rest), threads_of(threads))
    return Interpolated(f"{kind} by surface", made, left_out)


def weighted_centres(people: Any, source: Any, target: Any) -> Result:
    """The mean place of the people of each area of ``target``: ``x, y``, in the coordinate system of ``source``.

    people: one number for each small area of source, in its order; each small area counts with its centre of mass in the area
    that this lies in. source, target: AreaSets, built-in names, files or GeoDataFrames. NaN where an area has nobody.
    Raises ``ValueError`` unless there is one number for each area of source, for negative people, or where a coordinate system
    is not known.
    """
    small = read_areas(source)
    x, y = _wardmap.weighted_centres(_one_row("people", people), small, read_areas(target))
    return Result(f"centres of {len(small):,} areas weighted by people, in {small.crs}", x=x, y=y)


def lookup(source: Any, target: Any, people: Any = None, *, by: str = "surface", threads: int = 0) -> Any:
    """Which area each small area belongs to, and what such a whole choice loses: what ``lookup=`` of ``count`` takes.

    by="surface" chooses the area of target that holds most of the small area, "centre" the one that its centre of mass lies
    in. source, target: AreaSets, built-in names, files or GeoDataFrames. by="units" chooses the one that holds most people of
    finer units: source and target then are the codes of the small area and of the area that each unit lies in (output areas,
    say), and people is of each unit; without people every unit is the same.

    people: one number for each area of source, in its order, or for each unit.
    Returns a table ``from_code, from_name, area_code, area_name, share`` (by units without the names), share being the part of
    the small area's surface, or people, that lies in the area chosen; with people also ``people`` and ``elsewhere``, about how
    many of them lie in another area. A pandas frame where pandas or GeoPandas was given, else a ``wardmap.Table``. Small areas
    in no area are left out with a ``WardmapWarning``.
    Raises ``ValueError`` for inputs of different length and where a coordinate system is not known.
    """
    by = word("by", by)
    kinds = {module_of(given) for given in (source, target, people)}
    kind = "pandas" if kinds & {"pandas", "geopandas"} else ""
    counted = None if people is None else _one_row("people", people)
    columns: dict[str, Any]
    if by == "units":
        columns, chosen, share, counted = _by_units(source, target, counted)
    else:
        small, large = read_areas(source), read_areas(target)
        if counted is not None and len(counted) != len(small):
            raise InputError(f"there are {len(counted)} values of people for {len(small)} areas of source")
        chosen, share = _wardmap.choose_targets(small, large, by, threads_of(threads))
        columns = {
            "from_code": np.array(small.codes, dtype=object),
            "from_name": np.array(small.names, dtype=object),
            "area_code": np.array([*large.codes, None], dtype=object)[chosen],
            "area_name": np.array([*large.names, None], dtype=object)[chosen],
        }
    nowhere = np.flatnonzero(chosen < 0)
    if len(nowhere):
        examples = [str(columns["from_code"][i]) for i in nowhere[:5]]
        warn_of([("in_no_area", "warning", "small areas lie in none of the areas", len(nowhere), examples)], stacklevel=3)
    columns["share"] = share
    if counted is not None:
        columns |= {"people": counted, "elsewhere": counted * (1 - share)}
    kept = chosen >= 0
    made = [(name, cells[kept].tolist() if cells.dtype.kind == "O" else cells[kept]) for name, cells in columns.items()]
    return as_kind(table_of_columns(made), kind)


def _by_units(
    source: Any, target: Any, people: npt.NDArray[np.float64] | None
) -> tuple[dict[str, Any], npt.NDArray[np.int32], npt.NDArray[np.float64], npt.NDArray[np.float64] | None]:
    sides = []
    for name, codes in (("source", source), ("target", target)):
        if isinstance(codes, str) or not hasattr(codes, "__iter__"):
            raise UsageError(f"{name} is a single value; by units, give the code of the area that each unit lies in")
        sides.append([text.strip() for text in texts_of(name, codes)])
    units = len(sides[0])
    if len(sides[1]) != units or (people is not None and len(people) != units):
        lengths = [f"source {units}", f"target {len(sides[1])}", *([] if people is None else [f"people {len(people)}"])]
        raise InputError(f"the inputs differ in length: {', '.join(lengths)}")
    different = [list(dict.fromkeys(text for text in side if text)) for side in sides]
    numbers = [{"": -1, **{code: i for i, code in enumerate(codes)}} for codes in different]
    of_unit = [np.array([number[text] for text in side], dtype=np.int32) for number, side in zip(numbers, sides)]
    weights = np.ones(units) if people is None else people
    chosen, share, whole = _wardmap.choose_targets_of_units(of_unit[0], of_unit[1], weights, len(different[0]), len(different[1]))
    columns = {
        "from_code": np.array(different[0], dtype=object),
        "area_code": np.array([*different[1], None], dtype=object)[chosen],
    }
    return columns, chosen, share, None if people is None else whole
