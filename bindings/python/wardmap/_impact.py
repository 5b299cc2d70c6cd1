"""Impact areas: small areas of disproportionate crime, deprivation and harm, with the argument for them."""

from __future__ import annotations

import json
import os
from typing import Any, Mapping, Sequence

from . import _ledger, _wardmap
from ._areas import as_areas
from ._errors import InputError, UsageError
from ._event_rows import FrameRows, Names, event_source, names_of, paths_of
from ._figures import _options
from ._frames import as_kind, is_path, module_of, to_table, warn_of
from ._html import paragraph, rows_of
from ._wardmap import AreaSet, Figure, ImpactDefinition

__all__ = ["ImpactAreas", "impact_areas", "impact_example"]

HEXAGONS = "hex:"


def impact_example() -> str:
    """The definition of an impact area as a TOML text: every key with its default and what it means."""
    return _wardmap.impact_example()


class ImpactAreas:
    """What ``impact_areas`` found. Immutable; in a notebook it shows its paragraph, map and table."""

    def __init__(self, found: _wardmap.ImpactResult, kind: str, ledger: dict[str, Any]) -> None:
        self._found = found
        self._kind = kind
        self._ledger = ledger

    def __len__(self) -> int:
        return len(self._found.areas)

    @property
    def paragraph(self) -> str:
        """What they are and hold, in sentences for a report."""
        return self._found.paragraph

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said beside them."""
        return tuple(self._found.warnings)

    @property
    def definition(self) -> tuple[str, ...]:
        """The definition they were found by, in words."""
        return tuple(self._found.definition)

    @property
    def monitored(self) -> str | None:
        """One sentence for the board on the existing areas against the rest of the city and a ring; None without them, or
        with less than two years of events."""
        return self._found.monitored

    @property
    def table(self) -> Any:
        """One row an area, then "All impact areas", "Rest", "Not located" and "Total", which add up; docs/impact-areas.md
        says what the columns are. In the kind of frame the events came in."""
        return as_kind(self._found.table, self._kind)

    @property
    def units(self) -> Any:
        """One row a unit: ``unit_code, unit_name, area, events, residents, score, probability, chosen_pct, ..., given_up``; without
        small_numbers= also its events of each year and the lists it is in on that year alone, people by age and decile, markers."""
        return as_kind(self._found.units, self._kind, self._found.unit_areas)

    @property
    def reruns(self) -> Any:
        """One row a variation of the definition: ``varied, to, areas, resident_share_pct, event_share_pct, overlap, list``, and
        without small_numbers= ``units``, their codes."""
        return as_kind(self._found.reruns, self._kind)

    @property
    def summary(self) -> Any:
        """One row a figure of all areas together: ``figure, of, value, what``: concentration, overdispersion, the year ahead,
        agreement from year to year, and what became of existing areas."""
        return as_kind(self._found.summary, self._kind)

    @property
    def areas(self) -> AreaSet:
        """The impact areas, dissolved: an AreaSet for ``overlay=`` of any map, ``locate``, ``count`` or ``write_layer``."""
        return self._found.areas

    @property
    def unit_areas(self) -> AreaSet:
        """What they are made of: the hexagons, or the units given."""
        return self._found.unit_areas

    @property
    def ledger(self) -> dict[str, Any]:
        """Where every row of the events went; see ``wardmap.ledger``."""
        return {**self._ledger, "rejected": dict(self._ledger["rejected"])}

    def map(
        self,
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
        """The units by events a year per 1,000 residents, the areas outlined on top. Arguments as of ``choropleth``."""
        return self._found.map(
            _options(
                note, title=title, show_title=show_title, subtitle=subtitle, source=source, alt=alt, slot=slot, theme=theme, id=id
            )
        )

    def save(
        self,
        *paths: str | os.PathLike[str],
        overwrite: bool = False,
        dpi: float = 300.0,
        template: str | os.PathLike[str] | None = None,
    ) -> None:
        """Files by their endings: .csv .json .xlsx the table, .geojson .gpkg .fgb the layer, .svg .png the map, .html .pdf
        .docx the document for a board. template: a Word document whose styles, header and logo are taken.

        Raises ``ValueError`` for another ending, ``OSError`` for a file that is there without ``overwrite=True``.
        """
        if not paths:
            raise UsageError("no file is named; found.save('impact.html', 'impact.docx', 'impact.geojson')")
        self._found.save([os.fspath(path) for path in paths], overwrite, dpi, "" if template is None else os.fspath(template))

    def __repr__(self) -> str:
        return f"<wardmap.ImpactAreas: {self.paragraph}>"

    def _repr_html_(self) -> str:
        from html import escape

        shown: dict[str, Any] = self.map()._repr_mimebundle_()
        table = self._found.table
        short = ["area", "name", "residents", "resident_share_pct", "events", "event_share_pct", "rate_ratio", "standing"]
        head = [name for name in short if name in table]
        whole = ("residents", "events")
        columns = [
            [value if isinstance(value, str) or value is None else round(value, 0 if name in whole else 1) for value in table[name].tolist()]
            for name in head
        ]
        rows = rows_of(head, columns, len(table), shown=len(table))
        warnings = "".join(f"<li>{escape(one)}</li>" for one in self.warnings)
        return (
            f"{paragraph(self.paragraph)}{shown['text/html']}{rows}"
            + (f"<ul>{warnings}</ul>" if warnings else "")
        )


def _toml_value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml_value(one) for one in value) + "]"
    if isinstance(value, (bool, int, float, str)):
        return json.dumps(value)  # basic strings, numbers and booleans are those of TOML
    raise UsageError(f"a definition holds no {type(value).__name__}; give texts, numbers, booleans and lists of them")


def _toml(definition: Mapping[str, Any]) -> str:
    plain: list[str] = []
    tables: list[str] = []
    for key, value in definition.items():
        several = isinstance(value, (list, tuple)) and value and all(isinstance(one, Mapping) for one in value)
        if isinstance(value, Mapping) or several:
            mark = f"[[{key}]]" if several else f"[{key}]"
            for one in value if several else [value]:
                tables.append(mark)
                tables += [f"{name} = {_toml_value(cell)}" for name, cell in one.items()]
        else:
            plain.append(f"{key} = {_toml_value(value)}")
    return "\n".join(plain + tables) + "\n"


def _definition(given: Any) -> ImpactDefinition:
    """A file, TOML text, or a dict as of such a file; None is the default."""
    if given is None:
        return _wardmap.impact_definition("", "definition")
    if isinstance(given, Mapping):
        return _wardmap.impact_definition(_toml(given), "definition")
    if isinstance(given, str) and "\n" in given:
        return _wardmap.impact_definition(given, "definition")
    if is_path(given):
        return _wardmap.read_impact_definition(os.fspath(given))
    raise UsageError(f"a definition cannot be made of {type(given).__name__}; pass a path, TOML text or a dict")


def _people(table: Any, column: str | None, year: str | None = None) -> dict[str, Any]:
    return {"table": to_table(table), "area": "", "column": column or "", "year": year or "", "source": ""}


def impact_areas(
    events: Any,
    units: Any = "hex:500",
    areas: Any = None,
    *,
    definition: Any = None,
    population: Any = None,
    population_column: str | None = None,
    population_year: str | None = None,
    workday: Any = None,
    imd: Any = None,
    lookup: Any = None,
    harm: Any = None,
    needles: Any = None,
    needles_column: str | None = None,
    existing: Any = None,
    ring: float = 300.0,
    nominations: Any = None,
    last_month: str | None = None,
    defence: bool = True,
    level: float = 0.95,
    kind: str | None = None,
    marker: Names = None,
    date: str | None = None,
    x: str | None = None,
    y: str | None = None,
    crs: Any = None,
    weight: str | None = None,
    where: dict[str, Any] | None = None,
    dedupe: str | None = None,
    date_order: str = "day-first",
    snap: float | None = None,
    measure: str = "events",
    source: str | None = None,
    small_numbers: str | None = None,
    threads: int = 0,
) -> ImpactAreas:
    """Impact areas by a written definition, with the reruns another analyst would ask for.

    >>> found = wm.impact_areas(events, "hex:500", "coventry-wards", population=people, imd=deciles, kind="Crime type")
    >>> found.paragraph, found.map(), found.table, found.reruns
    >>> found.save("impact.docx", "impact.geojson")

    events: a frame or files, as of ``count``, with x and y and dates of two full years or more. units: what areas are joined
    of: "hex:METRES" over areas=, or small areas or wards (an AreaSet, a name, a file, a GeoDataFrame). areas: the wards that
    hexagons lie over and areas are named after. definition: a TOML file, its text (``impact_example()``), or a dict such as
    ``{"budget": {"residents_share": 0.05}, "method": {"choose": "C"}}``; keys left out have their defaults.
    population (needed), workday, needles: tables by unit, of hexagons by area; people are then shared out by surface.
    imd: deciles by unit, or by small area with a column of the areas or lookup=. harm: columns kind and weight. existing: areas
    that are there, scored by the same measures and watched over the last two years with a ring of so many metres.
    nominations: units named by partners. last_month: "2022-06", else of the latest full year. kind: the column of kinds
    that weights and exclude_kinds name. marker: columns of yes and no, or of listed markers, whose share is given, of the events where it is
    recorded, and of how many that is (``alcohol_pct``, ``alcohol_recorded_pct``). defence: also the reruns and the
    counts drawn again, which take most of the time. measure, source: what the events are and who published them, for titles and
    source lines. small_numbers: "under:5" or "under:5,round:5" withholds small counts, what would reveal them, and what is
    derived from them, in tables, texts, maps and documents. x, y, crs, date, weight, where, dedupe, date_order, snap: as of ``count``.

    Returns ``ImpactAreas``. What is odd in the data is a ``WardmapWarning``. Raises ``ValueError`` for less than one full year
    of events, for a definition that does not hold together (with its line), or units smaller than small areas for police.uk's
    events; ``KeyError`` for an unknown column, key, or unit to leave out. Methods and sources: docs/impact-areas.md.
    """
    said = _definition(definition)
    given: dict[str, Any] = {"hexagon_m": 0.0, "last_month": last_month or "", "ring": ring, "level": level, "defence": defence}
    given |= {"measure": measure, "source": source or "", "small_numbers": small_numbers or "none"}
    if isinstance(units, str) and units.startswith(HEXAGONS):
        try:
            given["hexagon_m"] = float(units.removeprefix(HEXAGONS))
        except ValueError:
            given["hexagon_m"] = 0.0
        if not given["hexagon_m"] > 0:
            raise UsageError(f"'{units}' gives no size of hexagons; write the metres between opposite sides: 'hex:500'")
        if areas is None:
            raise UsageError("hexagons need areas to lie over; pass areas= a built-in name, a file or an AreaSet")
    elif said.hexagon_m > 0:
        given["areas"] = as_areas(units)
    else:
        given["units"] = as_areas(units)
    if areas is not None:
        given["areas"] = as_areas(areas)
    if population is not None:
        given["population"] = _people(population, population_column, population_year)
    if workday is not None:
        given["workday"] = _people(workday, None)
    if needles is not None:
        given["needles"] = _people(needles, needles_column)
    weights = harm if harm is not None else said.harm_weights or None
    for name, table in {"imd": imd, "lookup": lookup, "harm": weights, "nominations": nominations}.items():
        if table is not None:
            given[name] = to_table(table)
    if existing is not None:
        given["existing"] = as_areas(existing)
        if len(given["existing"]) == 0:
            raise InputError("there is no area among the existing ones; leave existing= out")
    markers = list(said.markers) or names_of(marker)
    columns = event_source(
        inputs=paths_of(events), x=x, y=y, crs=crs, date=date, by=kind, marker=markers, weight=weight, where=where,
        dedupe=dedupe, date_order=date_order, snap=snap, threads=threads,
    )  # fmt: skip
    if columns["inputs"]:
        found = _wardmap.impact_of_files(said, given, columns)
        ledger, odd, frame_kind = found.ledger, [], ""
    else:
        rows = FrameRows(events, columns)
        header = ",".join(str(name) for name in rows.frame.names)
        found = _wardmap.impact_of_frame(said, given, columns, rows.columns(), header)
        ledger, odd = _ledger.total(rows.ledger, found.ledger), rows.faults.problems
        frame_kind = module_of(events)
    warn_of([*odd, *found.problems], stacklevel=3)
    return ImpactAreas(found, frame_kind, ledger)
