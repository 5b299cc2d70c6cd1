"""wardmap: ward-level analysis and mapping.

>>> import wardmap as wm
>>> wards = wm.areas("coventry-wards")
>>> table = wm.indicators(df, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=pop)
>>> wm.choropleth(table, areas=wards, column="rate").save("rate.svg", "rate.png")

Only NumPy is needed; pandas, polars, pyarrow and GeoPandas frames go in and come back as they are.
"""

from ._areal import interpolate, lookup, weighted_centres
from ._areas import AreaSet, areas, read_areas
from ._clusters import Scan, contiguity, empirical_bayes, getis_ord, local_moran, moran, scan
from ._checks import LintFinding, audit, lint
from ._errors import (
    Cancelled,
    CrsError,
    Error,
    FileMissing,
    GeometryError,
    InputError,
    NameUnknown,
    OutputError,
    UsageError,
    WardmapWarning,
)
from ._events import Counter, count
from ._figures import (
    Figure,
    bars,
    choropleth,
    circle_map,
    compare_chart,
    gradient_chart,
    hours_chart,
    index_chart,
    matrix,
    months_chart,
    quadrant_chart,
    quadrant_map,
    scatter_chart,
    season_chart,
    share_chart,
    table_figure,
    trend_chart,
    ward_table_figure,
)
from ._impact import ImpactAreas, impact_areas, impact_example
from ._indicators import indicators
from ._layers import write_layer
from ._ledger import ledger
from ._locate import locate
from ._progress import progress
from ._report import Report, build_info, report
from ._statistics import (
    Concentration,
    Result,
    Values,
    adjust_p,
    change,
    class_breaks,
    concentration,
    deprivation_decile,
    funnel,
    harm,
    inequality_slope,
    proportion_limits,
    quadrant_chances,
    quantile,
    rate_limits,
    rate_ratio,
    standardised_rate,
)
from ._tables import Table, read_table, write_table
from ._wardmap import __version__

__all__ = [
    "AreaSet",
    "Cancelled",
    "Concentration",
    "Counter",
    "CrsError",
    "Error",
    "Figure",
    "FileMissing",
    "GeometryError",
    "ImpactAreas",
    "InputError",
    "LintFinding",
    "NameUnknown",
    "OutputError",
    "Report",
    "Result",
    "Scan",
    "Table",
    "UsageError",
    "Values",
    "WardmapWarning",
    "__version__",
    "adjust_p",
    "areas",
    "audit",
    "bars",
    "build_info",
    "change",
    "choropleth",
    "circle_map",
    "class_breaks",
    "compare_chart",
    "concentration",
    "contiguity",
    "count",
    "deprivation_decile",
    "empirical_bayes",
    "funnel",
    "getis_ord",
    "gradient_chart",
    "harm",
    "hours_chart",
    "impact_areas",
    "impact_example",
    "index_chart",
    "indicators",
    "inequality_slope",
    "interpolate",
    "ledger",
    "local_moran",
    "lint",
    "locate",
    "lookup",
    "matrix",
    "months_chart",
    "moran",
    "progress",
    "proportion_limits",
    "quadrant_chances",
    "quadrant_chart",
    "quadrant_map",
    "quantile",
    "rate_limits",
    "rate_ratio",
    "read_areas",
    "read_table",
    "report",
    "scan",
    "scatter_chart",
    "season_chart",
    "share_chart",
    "standardised_rate",
    "table_figure",
    "trend_chart",
    "ward_table_figure",
    "weighted_centres",
    "write_layer",
    "write_table",
]
