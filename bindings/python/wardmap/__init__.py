"""wardmap: ward-level analysis and mapping.

>>> import wardmap as wm
>>> wards = wm.areas("coventry-wards")
>>> table = wm.indicators(df, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=pop)
>>> wm.choropleth(table, areas=wards, column="rate").save("rate.svg", "rate.png")

Only NumPy is needed; pandas, polars, pyarrow and GeoPandas frames go in and come back as they are.
"""

from ._areas import AreaSet, areas, read_areas
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
    hours_chart,
    index_chart,
    matrix,
    months_chart,
    quadrant_chart,
    quadrant_map,
    season_chart,
    share_chart,
    table_figure,
    ward_table_figure,
)
from ._indicators import indicators
from ._layers import write_layer
from ._ledger import ledger
from ._locate import locate
from ._report import Report, build_info, report
from ._statistics import (
    Result,
    Values,
    class_breaks,
    contiguity,
    deprivation_decile,
    proportion_limits,
    rate_limits,
    rate_ratio,
)
from ._tables import Table, read_table, write_table
from ._wardmap import __version__

__all__ = [
    "AreaSet",
    "Cancelled",
    "Counter",
    "CrsError",
    "Error",
    "Figure",
    "FileMissing",
    "GeometryError",
    "InputError",
    "LintFinding",
    "NameUnknown",
    "OutputError",
    "Report",
    "Result",
    "Table",
    "UsageError",
    "Values",
    "WardmapWarning",
    "__version__",
    "areas",
    "audit",
    "bars",
    "build_info",
    "choropleth",
    "circle_map",
    "class_breaks",
    "contiguity",
    "count",
    "deprivation_decile",
    "hours_chart",
    "index_chart",
    "indicators",
    "ledger",
    "lint",
    "locate",
    "matrix",
    "months_chart",
    "proportion_limits",
    "quadrant_chart",
    "quadrant_map",
    "rate_limits",
    "rate_ratio",
    "read_areas",
    "read_table",
    "report",
    "season_chart",
    "share_chart",
    "table_figure",
    "ward_table_figure",
    "write_layer",
    "write_table",
]
