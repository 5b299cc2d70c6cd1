"""Statistics: arrays in, results with named parts out. What is not defined is NaN."""

from __future__ import annotations

from typing import Any, Iterator

import numpy as np

from . import _wardmap
from ._errors import InputError, UsageError, about
from ._numbers import doubles, real, seed_of, threads_of, whole, word, words

__all__ = [
    "Concentration",
    "Result",
    "Values",
    "adjust_p",
    "change",
    "class_breaks",
    "concentration",
    "deprivation_decile",
    "funnel",
    "harm",
    "inequality_slope",
    "proportion_limits",
    "quadrant_chances",
    "quantile",
    "rate_limits",
    "rate_ratio",
    "standardised_rate",
]


class Result:
    """Several outputs of one call: by attribute, by ``r["name"]``, or unpacked in order. Immutable."""

    __slots__ = ("_names", "_values", "method")

    def __init__(self, method: str, **values: Any) -> None:
        for value in values.values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
        object.__setattr__(self, "_names", tuple(values))
        object.__setattr__(self, "_values", tuple(values.values()))
        object.__setattr__(self, "method", method)

    def __getattr__(self, name: str) -> Any:
        names = object.__getattribute__(self, "_names")
        if name in names:
            return self._values[names.index(name)]
        raise AttributeError(f"there is no '{name}'; there are: {', '.join(names)}")

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("results do not change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("results do not change")

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(f"there is no '{name}'; there are: {', '.join(self._names)}")
        return self._values[self._names.index(name)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._names]

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.method, dict(zip(self._names, self._values)))

    def __repr__(self) -> str:
        parts = ", ".join(f"{name}={value!r}" for name, value in zip(self._names, self._values))
        return f"Result({parts}, method={self.method!r})"

    def to_pandas(self) -> Any:
        """A DataFrame with the outputs that have one value an input as columns."""
        import pandas

        arrays = {n: np.atleast_1d(v) for n, v in zip(self._names, self._values) if not isinstance(v, str)}
        longest = max((len(a) for a in arrays.values()), default=0)
        return pandas.DataFrame({n: a for n, a in arrays.items() if len(a) == longest})


def _restore(method: str, values: dict[str, Any]) -> Result:
    return Result(method, **values)


class Values:
    """One value an input, and how it was made: behaves as the array in ``.values``."""

    __slots__ = ("method", "values")
    method: str
    values: np.ndarray

    def __init__(self, method: str, values: np.ndarray) -> None:
        values.setflags(write=False)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "method", method)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("results do not change")

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        out: np.ndarray = self.values if dtype is None else self.values.astype(dtype)
        return out.copy() if copy else out

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, key: Any) -> Any:
        return self.values[key]

    def __reduce__(self) -> tuple[Any, ...]:
        return Values, (self.method, np.array(self.values))

    def __repr__(self) -> str:
        return f"Values({self.values!r}, method={self.method!r})"


def _doubles(**inputs: Any) -> tuple[bool, list[np.ndarray]]:
    """Inputs as float64 arrays of one shape, and whether all were single numbers."""
    arrays = [doubles(name, value) for name, value in inputs.items()]
    for name, array in zip(inputs, arrays):
        if array.ndim > 1:
            raise about(InputError, name, f"{name} is not one row of numbers but has the shape {array.shape}", "")
    if len({a.size for a in arrays if a.ndim == 1}) > 1:
        shapes = ", ".join(f"{name} {a.size}" for name, a in zip(inputs, arrays))
        raise InputError(f"the inputs differ in length: {shapes}")
    spread = np.broadcast_arrays(*arrays)
    return all(a.ndim == 0 for a in arrays), [np.ascontiguousarray(np.atleast_1d(a)) for a in spread]


def _one_or_all(single: bool, arrays: tuple[np.ndarray, ...]) -> list[Any]:
    return [float(a[0]) if single else a for a in arrays]


def rate_limits(count: Any, population: Any, per: float = 100_000, level: float = 0.95) -> Result:
    """Events per ``per`` people with their confidence limits.

    count, population: numbers or arrays of one length, 0 or more; per: people a rate is for; level: between 0 and 1.
    Returns ``rate, lower, upper``, in units of ``per``; NaN where the population is 0 or not known. Limits are exact
    (Garwood 1936) under 10 events and Byar's from 10 (Breslow and Day 1987), as OHID's guidance on rates has it.
    Raises ``ValueError`` for negative numbers or a level outside 0 to 1.
    """
    single, (c, p) = _doubles(count=count, population=population)
    rate, lower, upper = _one_or_all(single, _wardmap.rate_limits(c, p, real("per", per), real("level", level)))
    return Result("exact under 10 events, Byar from 10", rate=rate, lower=lower, upper=upper)


def proportion_limits(x: Any, n: Any, level: float = 0.95) -> Result:
    """``x`` of ``n`` as a share from 0 to 1 with Wilson's limits (Wilson 1927): ``share, lower, upper``.

    NaN where ``n`` is 0. Raises ``ValueError`` if x is negative or above n, or for a level outside 0 to 1.
    """
    single, (a, b) = _doubles(x=x, n=n)
    share, lower, upper = _one_or_all(single, _wardmap.proportion_limits(a, b, real("level", level)))
    return Result("Wilson", share=share, lower=lower, upper=upper)


def rate_ratio(
    before: Any,
    after: Any,
    population_before: Any = 1,
    population_after: Any = 1,
    level: float = 0.95,
    method: str = "exact",
) -> Result:
    """The later rate over the earlier: ``ratio, lower, upper, p_value``.

    Counts and populations are numbers or arrays of one length. With both populations left at 1 it is the ratio of the
    counts. method: "exact" (conditional binomial, Clopper-Pearson), "midp", "score" or "wald". From zero the ratio is
    infinite; nothing to nothing is NaN. p_value is two-sided. Raises ``ValueError`` for negative numbers.
    """
    single, (b, a, people_b, people_a) = _doubles(
        before=before, after=after, population_before=population_before, population_after=population_after
    )
    ratio, lower, upper, p_value = _one_or_all(single, _wardmap.rate_ratio(b, a, people_b, people_a, real("level", level), word("method", method)))
    return Result(method, ratio=ratio, lower=lower, upper=upper, p_value=p_value)


def _persons(count: Any) -> np.ndarray:
    """Counts as rows of bands by events each: one column, or persons with exactly 1, 2, ... events."""
    array = doubles("count", count)
    if array.ndim not in (1, 2):
        raise InputError(f"count is one row of numbers, or a table of persons by their events; it has the shape {array.shape}")
    return np.ascontiguousarray(array if array.ndim == 2 else array[:, np.newaxis])


def standardised_rate(
    count: Any,
    population: Any,
    standard: Any,
    group: Any = None,
    kind: str = "direct",
    per: float = 100_000,
    level: float = 0.95,
    *,
    band: Any = None,
    limits: str = "dobson",
) -> Result:
    """Rates of areas with different ages made comparable, one result a group.

    count, population: events and people, one row for each age band (of each area); group: the area of each row, without
    it all are one. standard: people of the standard population in each row, or "ESP2013" (European Standard Population;
    ``band`` then names the age band of each row: "0-4", "90+").
    kind: "direct" gives ``rate, lower, upper, count, population, group``; "indirect" takes ``standard=(count, population)``
    and gives ``rate, lower, upper, ratio, ratio_lower, ratio_upper, expected, count, population, group``, where ratio is
    observed over expected. limits: of a direct rate, "dobson" or "fay_feuer". Where a person may have several events,
    count is a table: column k holds the persons with exactly k + 1 events.
    NaN where not defined: a direct rate under 10 events, a band without people. Unknown counts are 0 events.
    Raises ``ValueError`` for negative numbers, lengths that differ, or a band that ESP2013 does not have.
    """
    persons = _persons(count)
    per, level, limits = real("per", per), real("level", level), word("limits", limits)
    rows = len(persons)
    names, of_row = (np.array(["all"], dtype=object), np.zeros(rows, dtype="int64")) if group is None else _groups(group, rows)
    if kind == "indirect":
        pair = isinstance(standard, (tuple, list)) and len(standard) == 2 and np.ndim(standard[0]) > 0
        if not pair or persons.shape[1] != 1:
            raise InputError("an indirect rate takes standard=(count, population) and one count a band")
        _, arrays = _doubles(count=persons[:, 0], population=population, standard_count=standard[0], standard_population=standard[1])
        events, people, standard_count, standard_people = arrays
        made = _wardmap.indirect_rates(events, people, standard_count, standard_people, of_row, len(names), per, level)
        parts = ["rate", "lower", "upper", "ratio", "ratio_lower", "ratio_upper", "expected", "count", "population"]
        return Result("indirect; limits exact under 10 events, Byar from 10", **dict(zip(parts, made)), group=names)
    if kind != "direct":
        raise UsageError(f"a rate cannot be standardised '{kind}'; there are: direct, indirect")
    weights = standard
    if isinstance(standard, str):
        if standard != "ESP2013" or band is None:
            raise InputError("standard is the people of each row, or 'ESP2013' together with band=")
        bands = words("band", band)
        if len(bands) != rows:
            raise InputError(f"the inputs differ in length: count {rows}, band {len(bands)}")
        weights = _wardmap.european_standard_of(bands)
    _, (_, people, weight) = _doubles(count=persons[:, 0], population=population, standard=weights)
    made = _wardmap.direct_rates(persons, people, weight, of_row, len(names), per, level, limits)
    name = standard if isinstance(standard, str) else "the standard given"
    return Result(f"direct, to {name}; {limits} limits, none under 10 events", **dict(zip(["rate", "lower", "upper", "count", "population"], made)), group=names)


def _groups(group: Any, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Names of groups in order of appearance, and the group of each row."""
    try:
        keys = np.asarray(group, dtype=object)
    except ValueError:
        raise InputError("group is not one name a row") from None
    if keys.shape != (rows,):
        raise InputError(f"the inputs differ in length: count {rows}, group {keys.size}")
    place: dict[Any, int] = {}
    try:
        of_row = np.array([place.setdefault(None if key != key else key, len(place)) for key in keys], dtype="int64")
    except TypeError:  # dicts cannot be told apart, and pandas.NA is neither equal to itself nor not
        raise InputError("group is not one name or number a row; fill what is missing") from None
    names = np.empty(len(place), dtype=object)
    names[:] = list(place)
    return names, of_row


def funnel(count: Any, population: Any, baseline: float | None = None, kind: str = "rate", per: float = 1) -> Result:
    """Which areas lie further from the common level than chance explains, given their size.

    kind: "rate" (events by people), "ratio" (observed by expected events, baseline 1) or "proportion". baseline: the common
    level, per ``per``; None is that of all areas together.
    Returns ``pattern, lower95, upper95, lower998, upper998, phi, baseline, value, pattern_adjusted, tau2``. pattern is
    "low_998", "low_95", "similar", "high_95" or "high_998" for each area ("none" without people or count); the limits are the
    funnel's at the area's size. phi is the overdispersion of all areas (about 1 if only chance is at work): far above 1,
    believe ``pattern_adjusted`` (Spiegelhalter 2005; z-scores winsorised at 10%).
    Raises ``ValueError`` for negative numbers, or a part larger than its total.
    """
    _, (c, p) = _doubles(count=count, population=population)
    made = _wardmap.funnel(c, p, None if baseline is None else real("baseline", baseline), word("kind", kind), real("per", per))
    for name in ("pattern", "pattern_adjusted"):
        made[name] = np.array(made[name], dtype=object)
    return Result(f"{kind}, exact limits; phi of z-scores winsorised at 10%", **made)


def adjust_p(p: Any, method: str = "bh") -> Values:
    """p-values of many tests made stricter: "bh" (Benjamini-Hochberg), "by", "holm" or "bonferroni".

    NaN stays NaN and is not counted as a test. Raises ``ValueError`` for numbers outside 0 to 1.
    """
    _, (values,) = _doubles(p=p)
    return Values(method, _wardmap.adjust_p(values, word("method", method)))


def change(
    before: Any,
    after: Any,
    population_before: Any = None,
    population_after: Any = None,
    level: float = 0.95,
    method: str = "exact",
    adjust: str = "bh",
) -> Result:
    """Which areas changed beyond chance, all of them counted as tests.

    before, after: events of each area in two periods; with both populations rates are compared, else counts. method: of the
    test, as in ``rate_ratio``; adjust: of the p-values, as in ``adjust_p``.
    Returns ``change, change_pct, ratio, lower, upper, p_value, p_adjusted, words``; words is "clear rise", "clear fall",
    "no clear change" or "no events", by whether p_adjusted is under 1 - level; empty where a number is not known.
    change_pct from zero is NaN. Raises ``ValueError`` for negative numbers or people of one period only.
    """
    if (population_before is None) != (population_after is None):
        raise InputError("people are given for one period only; give both, or neither")
    given = {"before": before, "after": after}
    if population_before is not None:
        given.update(population_before=population_before, population_after=population_after)
    _, arrays = _doubles(**given)
    if len(arrays) == 2:
        arrays += [np.empty(0), np.empty(0)]
    b, a, people_before, people_after = arrays
    made, clear = _wardmap.change(
        b, a, people_before, people_after, real("level", level), word("method", method), word("adjust", adjust)
    )
    names = ["change", "change_pct", "ratio", "lower", "upper", "p_value", "p_adjusted"]
    return Result(f"{method} test, p adjusted by {adjust}", **dict(zip(names, made)), words=np.array(clear, dtype=object))


def quadrant_chances(
    before: Any,
    after: Any,
    population: Any,
    cuts: str = "total",
    *,
    per: float = 100_000,
    pool: float = 1,
    draws: int = 10_000,
    seed: int = 1,
    threads: int = 0,
) -> Result:
    """How sure each area's quadrant is: ``high_faster, high_slower, low_faster, low_slower, likeliest, chance``.

    The numbers of events that may lie behind the counts are drawn again and again (gamma distribution, count + 1/2), and the
    cuts with them; each chance, 0 to 1, is the share of draws in that quadrant. cuts, per, pool: as in ``indicators``.
    The same seed gives the same chances on any number of threads. NaN and "none" without people.
    Raises ``ValueError`` for negative numbers or no draws.
    """
    _, (b, a, people) = _doubles(before=before, after=after, population=population)
    draws, seed = whole("draws", draws), seed_of(seed)
    chances = _wardmap.quadrant_chances(
        b, a, people, word("cuts", cuts), real("per", per), real("pool", pool), draws, seed, threads_of(threads)
    )
    names = np.array(["high_faster", "high_slower", "low_faster", "low_slower", "none"], dtype=object)
    table = np.column_stack(chances) if len(b) else np.empty((0, 4))
    placed = ~np.isnan(table[:, 0])
    best = np.where(placed, table.argmax(axis=1) if len(table) else 0, 4)
    return Result(
        f"{draws} draws, cuts {cuts}, seed {seed}",
        **dict(zip(names[:4], chances)),
        likeliest=names[best],
        chance=np.where(placed, table.max(axis=1, initial=-1), np.nan),
    )


class Concentration(Result):
    """``gini, gini_unbiased, generalised, places, events``, and the curve they come from."""

    __slots__ = ("_count", "_weight")

    def __init__(self, count: np.ndarray, weight: np.ndarray) -> None:
        gini, unbiased, generalised, places, events = _wardmap.concentration(count, weight)
        how = "Gini's coefficient of events by size" if len(weight) else "Gini's coefficient of events by place"
        super().__init__(how, gini=gini, gini_unbiased=unbiased, generalised=generalised, places=places, events=events)
        object.__setattr__(self, "_count", count)
        object.__setattr__(self, "_weight", weight)

    def share_in_top(self, share: float) -> float:
        """Share of all events, 0 to 1, in the densest ``share`` of places; part of a place counts with that part."""
        return _wardmap.share_in_top(self._count, self._weight, real("share", share))

    def places_for(self, share: float) -> float:
        """The smallest share of places, 0 to 1, that holds ``share`` of all events."""
        return _wardmap.places_for(self._count, self._weight, real("share", share))

    def __reduce__(self) -> tuple[Any, ...]:
        return Concentration, (self._count, self._weight)


def concentration(count: Any, weight: Any = None) -> Concentration:
    """How much of all events lies in how few places: ``gini, gini_unbiased, generalised, places, events``.

    count: events of each place. weight: its size (people, area); None takes all places as alike. ``generalised`` is for fewer
    events than places (Bernasco and Steenbeek 2017). The result also answers ``.share_in_top(0.05)`` (the share of events in
    the top 5% of places) and ``.places_for(0.5)`` (the share of places that holds half of all events).
    NaN without events; unbiased and generalised are NaN with weights. Raises ``ValueError`` for negative numbers.
    """
    if weight is None:
        return Concentration(_doubles(count=count)[1][0], np.empty(0))
    _, (c, w) = _doubles(count=count, weight=weight)
    return Concentration(c, w)


def harm(
    kind: Any,
    count: Any,
    weights: Any,
    group: Any = None,
    *,
    name: str | None = None,
    version: str | None = None,
    with_proactive: bool = False,
    kind_column: str | None = None,
    weight_column: str | None = None,
    proactive_column: str | None = None,
) -> Result:
    """Events weighted by how grave their kind is: ``events, harm, harm_share, gravest_share, left_out, unweighted,
    gravest_kind, group``, one value for each group.

    kind, count, group: of each row; without group all are one. weights: a frame or file with the weight of one event of each
    kind, and whether such events are found by looking for them (``proactive``: yes or no; left out unless with_proactive), or a
    dict of weights by kind. name, version: which weights they are; needed, here or as columns ``weights_name`` and
    ``weights_version``. gravest_share is what the single gravest event makes of the group's harm.
    Kinds without a weight, and weights on police.uk's broad categories, are a ``WardmapWarning``.
    """
    from ._frames import texts_of, to_table, warn_of

    _, (c,) = _doubles(count=count)
    if isinstance(kind, str) or not hasattr(kind, "__iter__"):
        raise InputError("kind is a single value; give one kind a row")
    kinds = texts_of("kind", kind)
    if len(kinds) != len(c):
        raise InputError(f"the inputs differ in length: kind {len(kinds)}, count {len(c)}")
    names, of_row = (np.array(["all"], dtype=object), np.zeros(len(c), dtype="int64")) if group is None else _groups(group, len(c))
    if isinstance(weights, dict) and all(np.ndim(w) == 0 for w in weights.values()):
        weights = {"kind": list(weights), "weight": list(weights.values())}
    columns = {"kind": kind_column or "", "weight": weight_column or "", "proactive": proactive_column or "", "name": name or "", "version": version or ""}
    made, gravest, which, problems = _wardmap.harm(of_row, len(names), kinds, c, to_table(weights), columns, with_proactive)
    warn_of(problems, stacklevel=3)
    parts = ["events", "harm", "harm_share", "gravest_share", "left_out", "unweighted"]
    return Result(f"harm weights {which}", **dict(zip(parts, made)), gravest_kind=np.array(gravest, dtype=object), group=names)


def inequality_slope(value: Any, population: Any) -> Result:
    """Slope and relative index of inequality: ``sii, rii, intercept``.

    value, population: one for each group, from the most to the least deprived. The line of least squares, weighted by people,
    through the values at the middle of each group's people; sii is its rise from the first person to the last, rii its end by
    its start. Groups without people or value are left out; NaN for fewer than two. Raises ``ValueError`` for negative people.
    """
    _, (v, p) = _doubles(value=value, population=population)
    sii, rii, intercept = _wardmap.inequality_slope(v, p)
    return Result("least squares weighted by people", sii=sii, rii=rii, intercept=intercept)


def quantile(values: Any, k: int, first: str = "low") -> Values:
    """The group of each value, 1 to k, by OHID's rule; first: whether group 1 holds the "low" or the "high" values.

    Ties take the lowest rank. 0 for NaN, and for all where there are fewer values than groups. For the published tenths of
    deprivation see ``deprivation_decile``: the rules differ. Raises ``ValueError`` for k under 1.
    """
    _, (v,) = _doubles(values=values)
    return Values("OHID quantiles", _wardmap.quantile(v, whole("k", k), word("first", first)))


def class_breaks(values: Any, scheme: str = "natural", k: int = 5, round: bool = False, *, breaks: Any = None) -> Result:
    """Classes of a map or chart: ``breaks, counts, gvf, codes, labels``.

    scheme: "natural" (Fisher-Jenks), "quantile", "equal", "pretty", "sd", "headtail" or "fixed" (inner edges in
    ``breaks=``). ``breaks`` has k + 1 edges, minimum first, maximum last; ``codes`` is the class of each value, -1 for
    NaN; ``gvf`` is the goodness of variance fit. With ``round=True`` edges move to round numbers inside the gaps
    between values, so no value changes its class. Raises ``ValueError`` for k outside 1 to 20.
    """
    _, (v,) = _doubles(values=values)
    edges = [] if breaks is None else np.atleast_1d(doubles("breaks", breaks)).tolist()
    if edges and scheme == "natural":
        scheme = "fixed"
    found, counts, gvf, codes, labels = _wardmap.class_breaks(v, word("scheme", scheme), whole("k", k), bool(round), edges)
    return Result(scheme, breaks=found, counts=counts, gvf=gvf, codes=codes, labels=labels)


def deprivation_decile(rank: Any, n: int) -> Values:
    """The decile of each rank among ``n`` small areas, by the rule of the published Indices of Deprivation.

    rank: 1 is the most deprived; decile 1 holds the most deprived tenth. Raises ``ValueError`` for ranks outside 1 to n.
    """
    _, (r,) = _doubles(rank=rank)
    return Values("published rule of the English Indices of Deprivation", _wardmap.deprivation_decile(r, real("n", n)))
