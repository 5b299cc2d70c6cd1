"""Neighbours' statistics and the scan: arrays in the order of the areas in, results with named parts out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Iterator, overload

import numpy as np

from . import _wardmap
from ._areas import read_areas
from ._errors import InputError, about
from ._frames import warn_of
from ._numbers import doubles, real, seed_of, threads_of, whole, word
from ._statistics import Result, Values, _doubles

__all__ = ["Scan", "contiguity", "empirical_bayes", "getis_ord", "local_moran", "moran", "scan"]


def contiguity(areas: Any, kind: str = "queen", snap: float | None = None) -> Result:
    """Which areas touch: ``indptr, indices, islands``, where the neighbours of area i are
    ``indices[indptr[i]:indptr[i + 1]]`` (compressed sparse rows) and islands have none.

    areas: an AreaSet, a built-in name, a file or a GeoDataFrame. kind: "queen" (touching anywhere) or "rook" (along a
    border). snap: borders this near count as touching, in the areas' units; None is 0.5 m, or 5e-6 degrees; 0 is exact.
    Warns of areas with the same shape.
    """
    indptr, indices, islands, problems = _wardmap.contiguity(
        read_areas(areas), word("kind", kind), None if snap is None else real("snap", snap)
    )
    warn_of(problems, stacklevel=3)
    return Result(kind, indptr=indptr, indices=indices, islands=islands)


def _rows(neighbours: Any) -> tuple[np.ndarray, np.ndarray]:
    """Compressed sparse rows of whatever says who is whose neighbour."""
    if hasattr(neighbours, "sparse"):  # libpysal
        neighbours = neighbours.sparse
    if isinstance(neighbours, tuple) and len(neighbours) == 2:
        indptr, indices = neighbours
    elif hasattr(neighbours, "indptr") and hasattr(neighbours, "indices"):
        indptr, indices = neighbours.indptr, neighbours.indices
        _same_weights(np.asarray(indptr), getattr(neighbours, "data", None))
    else:
        found = contiguity(neighbours)
        indptr, indices = found.indptr, found.indices
    return _places("indptr", indptr), _places("indices", indices)


def _places(name: str, given: Any) -> np.ndarray:
    try:
        numbers = doubles(name, given)
    except InputError as error:
        raise about(InputError, name, f"neighbours are not whole numbers: {error}", "") from None
    if numbers.ndim != 1 or not np.array_equal(numbers, np.trunc(numbers)):
        raise about(InputError, name, f"{name} of the neighbours is not one row of whole numbers", "")
    return numbers.astype("int64")


def _permutations(permutations: Any) -> int:
    return whole("permutations", permutations)


def _same_weights(indptr: np.ndarray, weights: Any) -> None:
    """A matrix may hold 1, or 1 / neighbours; how neighbours weigh is said by ``style``."""
    if weights is None or len(weights) == 0:
        return
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    first = np.asarray(weights)[np.minimum(indptr[:-1], len(weights) - 1)]
    if not np.allclose(weights, first[rows], rtol=1e-9) or np.any(np.asarray(weights) <= 0):
        raise InputError("neighbours of one area weigh differently; give contiguity, and say how all weigh by style=")


def moran(
    values: Any, neighbours: Any, permutations: int = 9999, seed: int = 1, *, style: str = "row", threads: int = 0
) -> Result:
    """Moran's I: whether areas are like their neighbours. ``i, expected, variance, z, p_two_sided, p_permutation``.

    values: one number an area; NaN is left out, as if the area were not there. neighbours: what ``contiguity`` gives, areas,
    ``(indptr, indices)``, a SciPy CSR matrix or libpysal weights. Moments are under randomisation, ``p_two_sided`` is of z by
    the normal distribution, ``p_permutation`` twice the smaller tail of (1 + as extreme) / (1 + permutations). style: "row"
    (neighbours' mean) or "binary" (sum). The same on any number of threads (0: one a core). Cliff and Ord 1981.
    """
    _, (v,) = _doubles(values=values)
    indptr, indices = _rows(neighbours)
    i, expected, variance, z, p_two_sided, p_permutation, method = _wardmap.moran(
        v, indptr, indices, _permutations(permutations), seed_of(seed), word("style", style), threads_of(threads)
    )
    return Result(
        method, i=i, expected=expected, variance=variance, z=z, p_two_sided=p_two_sided, p_permutation=p_permutation
    )


def local_moran(
    values: Any,
    neighbours: Any,
    permutations: int = 9999,
    seed: int = 1,
    divisor: str = "n",
    style: str = "row",
    threads: int = 0,
) -> Result:
    """Which areas lie among their like: ``i, z, lag, pattern, p_greater, p_less, p_two_sided``, one entry an area.

    ``i`` is d / m2 * lag with d the area's deviation from the mean and ``lag`` its neighbours'; ``z`` the standard score of i
    under conditional randomisation; ``pattern`` "HH", "LL", "HL" or "LH" (area, then neighbours; significant or not), "" where
    there is none. p is by conditional permutation without replacement, two-sided twice the smaller tail; its draws are a
    function of (seed, area, draw), so it is the same on any number of threads.
    values, neighbours, style: as in ``moran``. divisor: m2 by "n" (spdep) or "n-1" (GeoDa, esda). permutations=0: p is NaN.
    Areas without value or neighbour are NaN, and counted in ``.method``. Anselin 1995.
    """
    _, (v,) = _doubles(values=values)
    indptr, indices = _rows(neighbours)
    i, z, lag, pattern, p_greater, p_less, p_two_sided, method = _wardmap.local_moran(
        v, indptr, indices, _permutations(permutations), seed_of(seed), word("divisor", divisor), word("style", style),
        threads_of(threads),
    )  # fmt: skip
    return Result(
        method,
        i=i,
        z=z,
        lag=lag,
        pattern=np.array(pattern, dtype=object),
        p_greater=p_greater,
        p_less=p_less,
        p_two_sided=p_two_sided,
    )


def getis_ord(
    values: Any,
    neighbours: Any,
    star: bool = True,
    style: str = "binary",
    permutations: int = 0,
    seed: int = 1,
    *,
    threads: int = 0,
) -> Result:
    """Whether high (z above 0) or low values gather about each area: ``z, p_two_sided``.

    star: Gi*, the area is its own neighbour; False: Gi, it is left out, of mean and variance too. ``p_two_sided`` is of the
    normal distribution, or with permutations by conditional permutation as in ``local_moran``. values, neighbours: as in
    ``moran``; style changes nothing in z. Areas without value or neighbour are NaN. Getis and Ord 1992; Ord and Getis 1995.
    """
    _, (v,) = _doubles(values=values)
    indptr, indices = _rows(neighbours)
    z, p_two_sided, method = _wardmap.getis_ord(
        v, indptr, indices, bool(star), word("style", style), _permutations(permutations), seed_of(seed), threads_of(threads)
    )
    return Result(method, z=z, p_two_sided=p_two_sided)


def empirical_bayes(count: Any, population: Any, neighbours: Any = None) -> Values:
    """Rates (events by people, not per 100,000) drawn towards the rate of all, the more the fewer people there are.

    Marshall's estimator (1991). neighbours: as in ``moran``; each rate is then drawn towards that of the area and its
    neighbours. NaN where there are no people. Raises ``ValueError`` for negative numbers.
    """
    _, (c, p) = _doubles(count=count, population=population)
    indptr, indices = (None, None) if neighbours is None else _rows(neighbours)
    rates, method = _wardmap.empirical_bayes(c, p, indptr, indices)
    return Values(method, rates)


class Scan(Sequence[Result]):
    """The clusters of a scan, strongest first, each with ``members, count, expected, rr, llr, p_value, population, centre,
    radius``; ``cluster_of`` has the place of each area's cluster, -1 outside all. Immutable."""

    _clusters: tuple[Result, ...]
    __slots__ = ("_clusters", "circles", "cluster_of", "method", "replications")
    circles: int
    cluster_of: np.ndarray
    method: str
    replications: int

    def __init__(self, clusters: Sequence[Result], areas: int, circles: int, replications: int, method: str) -> None:
        cluster_of = np.full(areas, -1, dtype="int64")
        for place, one in enumerate(clusters):
            cluster_of[one.members] = place
        cluster_of.setflags(write=False)
        for name, value in {
            "_clusters": tuple(clusters),
            "circles": circles,
            "cluster_of": cluster_of,
            "method": method,
            "replications": replications,
        }.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("results do not change")

    def __len__(self) -> int:
        return len(self._clusters)

    @overload
    def __getitem__(self, key: int) -> Result: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Result, ...]: ...
    def __getitem__(self, key: int | slice) -> Result | tuple[Result, ...]:
        return self._clusters[key]

    def __iter__(self) -> Iterator[Result]:
        return iter(self._clusters)

    def __reduce__(self) -> tuple[Any, ...]:
        return Scan, (self._clusters, len(self.cluster_of), self.circles, self.replications, self.method)

    def __repr__(self) -> str:
        return f"<wardmap.Scan: {len(self)} clusters, {self.method}>"

    def to_pandas(self) -> Any:
        """A DataFrame with one row a cluster."""
        import pandas

        names = ("members", "count", "expected", "rr", "llr", "p_value", "population", "centre", "radius")
        return pandas.DataFrame({name: [one[name] for one in self._clusters] for name in names}, columns=list(names))


def scan(
    count: Any,
    population: Any,
    x: Any,
    y: Any,
    max_share: float = 0.5,
    max_population: float | None = None,
    permutations: int = 999,
    seed: int = 1,
    *,
    stop_after: int = 0,
    threads: int = 0,
) -> Scan:
    """Kulldorff's circular scan: is there a cluster of events, where, how strong. A sequence of clusters, strongest first.

    count: events, whole numbers; population: people; x, y: places of the areas, in metres rather than degrees. A circle holds
    at most max_share of all people, and at most max_population. Clusters do not overlap; after the first, those weaker than
    every replication's strongest are left out. p is (1 + replications at least as strong) / (1 + replications). stop_after:
    end once so many were (Besag and Clifford 1991); 0 makes all. The same on any number of threads (0: one a core).
    Areas with events and no people are left out, and counted in ``.method``. Raises ``ValueError`` for counts that are not
    whole, a cap that no area meets, or more circles than can be scanned. Kulldorff 1997.
    """
    _, (c, p, xs, ys) = _doubles(count=count, population=population, x=x, y=y)
    clusters, circles, replications, method = _wardmap.scan(
        c, p, xs, ys, real("max_share", max_share), None if max_population is None else real("max_population", max_population),
        _permutations(permutations), seed_of(seed), whole("stop_after", stop_after), threads_of(threads),
    )
    return Scan([Result(method, **one) for one in clusters], len(c), circles, replications, method)
