"""Pictures from tables: one line, and the first one can be published."""

from __future__ import annotations

import warnings
from typing import Any, Sequence

from . import _wardmap
from ._areas import as_areas
from ._errors import UsageError, WardmapWarning
from ._frames import to_table, warn_of
from ._wardmap import Figure

__all__ = [
    "Figure",
    "bars",
    "choropleth",
    "circle_map",
    "compare_chart",
    "gradient_chart",
    "hours_chart",
    "index_chart",
    "matrix",
    "months_chart",
    "quadrant_chart",
    "quadrant_map",
    "scatter_chart",
    "season_chart",
    "share_chart",
    "table_figure",
    "trend_chart",
    "ward_table_figure",
]

COMMON = """
    title, subtitle, source, alt: made from the table's metadata unless given; ``"-"`` leaves one out, and
    ``show_title=False`` draws no title (it stays the name of the picture). note: a line, or several, below the picture.
    slot: "full", "half", "page", "landscape", "slide" or "govuk". theme: "report", "large", "slide" or "mono".
"""


def _options(note: str | Sequence[str] | None, **given: Any) -> dict[str, Any]:
    """The keyword arguments that were given."""
    out = {name: value for name, value in given.items() if value is not None}
    if note is not None:
        out["notes"] = [note] if isinstance(note, str) else list(note)
    return out


def _areas_of(table: Any, areas: Any) -> Any:
    """The areas named, or else the shapes of the GeoDataFrame itself."""
    found = as_areas(areas if areas is not None else table if hasattr(table, "geometry") else None)
    if found is None:
        raise UsageError("a map needs areas; pass areas= a built-in name, a boundary file, a GeoDataFrame or an AreaSet")
    return found


def _list(texts: str | Sequence[str] | None) -> list[str] | None:
    return None if texts is None else [texts] if isinstance(texts, str) else list(texts)


def _layers(overlay: Any, overlay_title: str | None, outline: Any, outline_title: str | None, context: Any, locator: Any) -> dict[str, Any]:
    """The layers round and over a map, each an AreaSet."""
    return {
        "overlay": as_areas(overlay), "overlay_title": overlay_title, "outline": as_areas(outline),
        "outline_title": outline_title, "context": as_areas(context), "locator": as_areas(locator),
    }  # fmt: skip


def _drawn(made: tuple[Figure, list[Any]]) -> Figure:
    """The figure; what is odd in the counts becomes warnings where the caller's line is."""
    figure, problems = made
    warn_of(problems, stacklevel=4)
    return figure


def _of_numbers(figure: Figure, column: str) -> Figure:
    """The map; a warning where the column holds nothing that could be drawn, such as words."""
    if set(figure.class_of_area) == {"no data"}:
        warnings.warn(f"column {column}: no cell is a number, so the map shows no value", WardmapWarning, stacklevel=3)
    return figure


def choropleth(
    table: Any,
    areas: Any = None,
    column: str = "rate",
    *,
    k: int | None = None,
    scheme: str | None = None,
    breaks: Sequence[float] | None = None,
    round_breaks: bool | None = None,
    palette: str | None = None,
    dark: str | None = None,
    labels: str | None = None,
    value_words: str | None = None,
    legend_title: str | None = None,
    overlay: Any = None,
    overlay_title: str | None = None,
    outline: Any = None,
    outline_title: str | None = None,
    context: Any = None,
    locator: Any = None,
    label_positions: Sequence[dict[str, Any]] | None = None,
    facets: str | Sequence[str] | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Areas shaded by class: for rates, shares, deciles and changes.

    table: rows with ``area_code``, as ``indicators`` makes them; a total row is never drawn as an area. areas: an
    AreaSet, a built-in name, a boundary file or a GeoDataFrame. column: what is drawn.
    k: classes (5; 4 under 20 areas; a class for zero is extra). scheme: see ``class_breaks``. breaks: inner edges.
    round_breaks: edges are rounded inside the gaps between values, so no area changes class. labels: "none", "name",
    "name_and_value" or "value". label_positions: ``labels`` of such a figure with a ``box`` edited; the others stay.
    overlay: areas whose outlines are drawn on top (impact areas). outline: larger areas, whose borders stand above those of
    the areas. context: neighbours, pale. locator: a small map of these shows where the areas are. Each is whatever ``areas``
    may be. facets: a column, or several: one page with a small map for each value, one scale and one key.
    """
    options = _options(
        note, column=column, k=k, scheme=scheme, breaks=None if breaks is None else [float(b) for b in breaks],
        round_breaks=round_breaks, palette=palette, dark=dark, labels=labels, value_words=value_words,
        legend_title=legend_title, **_layers(overlay, overlay_title, outline, outline_title, context, locator),
        label_positions=label_positions, facets=_list(facets), title=title,
        show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _of_numbers(_wardmap.choropleth(to_table(table), _areas_of(table, areas), options), column)


def circle_map(
    table: Any,
    areas: Any = None,
    column: str = "count_after",
    *,
    largest: float | None = None,
    labels: str | None = None,
    value_words: str | None = None,
    legend_title: str | None = None,
    overlay: Any = None,
    overlay_title: str | None = None,
    outline: Any = None,
    outline_title: str | None = None,
    context: Any = None,
    locator: Any = None,
    label_positions: Sequence[dict[str, Any]] | None = None,
    facets: str | Sequence[str] | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Counts as circles over pale areas, their surface in proportion to the count.

    largest: the value whose circle is the largest, for a common scale over several maps. The rest as in ``choropleth``.
    """
    options = _options(
        note, column=column, largest=largest, labels=labels, value_words=value_words, legend_title=legend_title,
        **_layers(overlay, overlay_title, outline, outline_title, context, locator), label_positions=label_positions,
        facets=_list(facets), title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _of_numbers(_wardmap.circle_map(to_table(table), _areas_of(table, areas), options), column)


def quadrant_map(
    table: Any,
    areas: Any = None,
    *,
    labels: str | None = None,
    overlay: Any = None,
    overlay_title: str | None = None,
    outline: Any = None,
    outline_title: str | None = None,
    context: Any = None,
    locator: Any = None,
    label_positions: Sequence[dict[str, Any]] | None = None,
    facets: str | Sequence[str] | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Areas coloured by their quadrant of rate and change. table: what ``indicators`` made. The rest as in ``choropleth``."""
    options = _options(
        note, labels=labels, **_layers(overlay, overlay_title, outline, outline_title, context, locator),
        label_positions=label_positions, facets=_list(facets), title=title, show_title=show_title,
        subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _wardmap.quadrant_map(to_table(table), _areas_of(table, areas), options)


def quadrant_chart(
    table: Any,
    *,
    rate_scale: str | None = None,
    change_scale: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Rate against change, one mark an area. table: what ``indicators`` made; nothing else is needed.

    rate_scale: "linear" or "square_root". change_scale: "log_ratio" (halving and doubling are equally far from 0%) or
    "linear".
    """
    options = _options(
        note, rate_scale=rate_scale, change_scale=change_scale, title=title, show_title=show_title, subtitle=subtitle,
        source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _wardmap.quadrant_chart(to_table(table), options)


def bars(
    table: Any,
    values: str | Sequence[str] | None = None,
    label: str | None = None,
    *,
    order: str | None = None,
    reference: float | None = None,
    reference_label: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Horizontal bars from 0, one a row, or several columns of values a row.

    values: one to four columns; the first column of numbers unless given. label: column of names. order:
    "largest_first" or "as_given". reference: a dashed line. A total row is never a bar; its values are in the notes.
    """
    options = _options(
        note, values=[values] if isinstance(values, str) else None if values is None else list(values), label=label,
        order=order, reference=reference, reference_label=reference_label, title=title, show_title=show_title, subtitle=subtitle,
        source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _wardmap.bars(to_table(table), options)


def matrix(
    table: Any,
    columns: Sequence[str] | None = None,
    *,
    scale: str | None = None,
    order: str | None = None,
    palette: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Areas by kinds: one number a cell, shaded by size.

    columns: the kinds; every column of numbers but population unless given. scale: "each_column" has classes of its own
    or "shared". order: "average_rank" or "as_given".
    """
    options = _options(
        note, columns=None if columns is None else list(columns), scale=scale, order=order, palette=palette,
        title=title, show_title=show_title, subtitle=subtitle,
        source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _wardmap.matrix(to_table(table), options)


def months_chart(
    table: Any,
    kind: str | None = None,
    *,
    breaks: Sequence[str] | None = None,
    last_incomplete: bool | None = None,
    kind_column: str | None = None,
    small_numbers: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Counts month by month: one kind, and all others of the same marker.

    table: what ``wardmap count --period month`` made: ``area_code, area_name, period, [kinds], [marker], count``. Months
    that are not in it break the lines; they are never zero.
    kind: a value of a column of kinds; all events unless given. breaks: known breaks to be shaded, each
    ``"2020-03..2020-06=First lockdown"``. last_incomplete: the last month is not whole. kind_column: where two columns
    have that kind. small_numbers: "under:5" withholds small months.
    """
    options = _options(
        note, kind=kind, kind_column=kind_column, small_numbers=small_numbers, breaks=_list(breaks), last_incomplete=last_incomplete,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _drawn(_wardmap.months_chart(to_table(table), options))


def index_chart(
    table: Any,
    kind: str | None = None,
    *,
    baseline: str | None = None,
    breaks: Sequence[str] | None = None,
    last_incomplete: bool | None = None,
    kind_column: str | None = None,
    small_numbers: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Change in % since a baseline month, of the lines of ``months_chart``.

    baseline: "YYYY-MM" (the first month unless given), or "year-before": each month against the same month of the year
    before. The rest as in ``months_chart``.
    """
    options = _options(
        note, kind=kind, kind_column=kind_column, small_numbers=small_numbers, baseline=baseline,
        breaks=_list(breaks), last_incomplete=last_incomplete,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _drawn(_wardmap.index_chart(to_table(table), options))


def share_chart(
    table: Any,
    kind: str | None = None,
    *,
    trend: str | None = None,
    level: float | None = None,
    breaks: Sequence[str] | None = None,
    last_incomplete: bool | None = None,
    kind_column: str | None = None,
    small_numbers: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """One kind's percentage of all events, month by month, with its exponential trend.

    kind: must be given. trend: "automatic" (log-linear; quasi-Poisson where a month is zero), "log-linear",
    "quasi-poisson" or "none". level: of the interval, 0.95. The model stands in the notes. The rest as in
    ``months_chart``.
    """
    options = _options(
        note, kind=kind, kind_column=kind_column, small_numbers=small_numbers, trend=trend, level=level,
        breaks=_list(breaks), last_incomplete=last_incomplete,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _drawn(_wardmap.share_chart(to_table(table), options))


def season_chart(
    table: Any,
    kind: str | None = None,
    *,
    style: str | None = None,
    start: str | None = None,
    last_incomplete: bool | None = None,
    kind_column: str | None = None,
    small_numbers: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Each calendar month's share of all the years' events, with a line at a twelfth.

    style: "columns" or "dots" (median and range over whole years, the latest as a ring). start: "january" or "april". The
    rest as in ``months_chart``.
    """
    options = _options(
        note, kind=kind, kind_column=kind_column, small_numbers=small_numbers, style=style, start=start,
        last_incomplete=last_incomplete,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _drawn(_wardmap.season_chart(to_table(table), options))


def hours_chart(
    table: Any,
    kind: str | None = None,
    *,
    palette: str | None = None,
    kind_column: str | None = None,
    small_numbers: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Events by hour of the day as columns, or by weekday and hour as a shaded table.

    table: what ``wardmap count --period hour`` or ``weekday-hour`` made; rows of "no time" are said in the notes. The rest
    as in ``months_chart``.
    """
    options = _options(
        note, kind=kind, kind_column=kind_column, small_numbers=small_numbers, palette=palette,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _drawn(_wardmap.hours_chart(to_table(table), options))


def compare_chart(
    table: Any,
    *,
    highlight: str | Sequence[str] | None = None,
    reference: str | Sequence[str] | None = None,
    period: str | None = None,
    keep: int | None = None,
    all_rows: bool | None = None,
    label: str | None = None,
    value: str | None = None,
    lower: str | None = None,
    upper: str | None = None,
    period_column: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """One indicator of many areas as sorted dots with their intervals, held against references.

    table: as Fingertips exports it, or any with names of areas and values; columns are found by meaning unless named.
    highlight: areas in focus (names or codes, at most four). reference: "England", an average: a line with its band, never
    a row; the title says how the highlighted area stands to the first. period: the latest unless given. keep: so many of
    the highest, the lowest and on either side of the highlighted; without it rows that do not fit are left out so, unless
    all_rows.
    """
    options = _options(
        note, highlight=_list(highlight), reference=_list(reference), period=period, keep=keep, all_rows=all_rows,
        label=label, value=value, lower=lower, upper=upper, period_column=period_column,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _drawn(_wardmap.compare_chart(to_table(table), options))


def trend_chart(
    table: Any,
    *,
    highlight: str | Sequence[str] | None = None,
    reference: str | Sequence[str] | None = None,
    from_zero: bool | None = None,
    label: str | None = None,
    value: str | None = None,
    lower: str | None = None,
    upper: str | None = None,
    period_column: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """One indicator of many areas as lines over periods: some in focus with their intervals, the others pale.

    table, highlight, reference and columns as in ``compare_chart``; up to four areas are all in focus without highlight.
    Periods are read as published ("2018/19", "2015 - 17") and stand as far apart as they are in time; a line breaks where a
    value is missing or withheld. from_zero: the axis starts at 0.
    """
    options = _options(
        note, highlight=_list(highlight), reference=_list(reference), from_zero=from_zero, label=label, value=value,
        lower=lower, upper=upper, period_column=period_column,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _drawn(_wardmap.trend_chart(to_table(table), options))


def scatter_chart(
    table: Any,
    x: str,
    y: str,
    *,
    highlight: str | Sequence[str] | None = None,
    correlation: str | None = None,
    level: float | None = None,
    whole_lines: bool | None = None,
    x_scale: str | None = None,
    y_scale: str | None = None,
    label: str | None = None,
    count: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Areas by two columns of numbers, with their names, and how closely the two go together.

    correlation: "spearman", "pearson" or "none"; printed with its interval (level, 0.95) and the number of areas. whole_lines:
    lines at the values of the total row. x_scale, y_scale: "linear", "log" or "square_root". count: column of the counts
    behind the values; markers of small ones are hollow (as ``flags`` of a ward table say unless given).
    """
    options = _options(
        note, x=x, y=y, highlight=_list(highlight), correlation=correlation, level=level, whole_lines=whole_lines,
        x_scale=x_scale, y_scale=y_scale, label=label, count=count,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _wardmap.scatter_chart(to_table(table), options)


def gradient_chart(
    table: Any,
    *,
    decile: str | None = None,
    count: str | None = None,
    population: str | None = None,
    fifths: bool | None = None,
    per: float | None = None,
    level: float | None = None,
    small_numbers: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Rates by decile of deprivation with their limits, the most deprived at the left.

    table: one row a decile, or small areas with their decile (1 the most deprived), which are added up. Columns are found by
    name unless given. fifths: deciles by pairs. The title says the ratio of the most to the least deprived; its interval
    stands in the notes. small_numbers: the rule for the sums.
    """
    options = _options(
        note, decile=decile, count=count, population=population, fifths=fifths, per=per, level=level,
        small_numbers=small_numbers,
        title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _drawn(_wardmap.gradient_chart(to_table(table), options))


def table_figure(
    table: Any,
    columns: Sequence[str] | None = None,
    *,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """Any table as a picture. columns: in this order; all that people read unless given."""
    options = _options(
        note, columns=None if columns is None else list(columns), title=title, show_title=show_title, subtitle=subtitle,
        source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _wardmap.table_figure(to_table(table), options)


def ward_table_figure(
    table: Any,
    *,
    rank: bool | None = None,
    decile_column: str | None = None,
    title: str | None = None,
    show_title: bool | None = None,
    subtitle: str | None = None,
    note: str | Sequence[str] | None = None,
    source: str | None = None,
    alt: str | None = None,
    slot: str | None = None,
    theme: str | None = None,
    id: str | None = None,
) -> Figure:
    """The ward table as a picture: counts, change and rate with bars in the cells, sorted by rate.

    table: what ``indicators`` made; with ``total=True`` the whole's own row stands below. rank: show the rank.
    decile_column: a column of deciles to be shown.
    """
    options = _options(
        note, rank=rank, decile_column=decile_column, title=title, show_title=show_title, subtitle=subtitle,
        source=source, alt=alt, slot=slot, theme=theme, id=id,
    )  # fmt: skip
    return _wardmap.ward_table_figure(to_table(table), options)


for _function in (
    bars, choropleth, circle_map, compare_chart, gradient_chart, hours_chart, index_chart, matrix, months_chart, quadrant_chart,
    quadrant_map, scatter_chart, season_chart, share_chart, table_figure, trend_chart, ward_table_figure,
):  # fmt: skip
    _function.__doc__ = (_function.__doc__ or "") + COMMON
