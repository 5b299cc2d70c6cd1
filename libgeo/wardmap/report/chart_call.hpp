/// \file
/// The "table to chart" call that the command, Python and reports share.
#pragma once

#include "wardmap/figure/compare_chart.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/month_axis.hpp"
#include "wardmap/figure/month_chart.hpp"
#include "wardmap/figure/quadrant_chart.hpp"
#include "wardmap/figure/range_axis.hpp"
#include "wardmap/figure/scatter_chart.hpp"
#include "wardmap/figure/season_chart.hpp"
#include "wardmap/figure/share_chart.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/area_values.hpp"
#include "wardmap/indicator/correlation.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/indicator/gradient.hpp"
#include "wardmap/report/map_call.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class ChartKind : unsigned char {
    quadrant,  ///< an `indicators` table, nothing else needed
    ages,      ///< people by area and age band
    bars,      ///< rows by one to four columns
    table,     ///< any table; an `indicators` table with its bars and limits
    matrix,    ///< areas by kinds
    finds,     ///< small counts by area and period
    months,    ///< a table `count --period month` made: one kind and all others, month by month
    index,     ///< their change since a month
    share,     ///< one kind's share of all, with its trend
    season,    ///< each calendar month's share
    hours,     ///< a table `count --period hour` or `weekday-hour` made
    compare,   ///< one indicator of many areas, as Fingertips exports it, against references
    trend,     ///< the same over periods
    scatter,   ///< areas by two columns of numbers
    gradient,  ///< rates by decile of deprivation
};

/// \throws UsageError naming the nearest.
ChartKind parse_chart_kind(std::string_view text);
std::string_view name_of(ChartKind kind) noexcept;

/// Of the charts of a count table; each takes what makes sense for it.
struct CountChartOptions {
    std::string kind{};         ///< a value of a column of kinds; empty: all events (not of `share`)
    std::string kind_column{};  ///< needed only where two columns have that value
    LastMonth last_month = LastMonth::whole;
    std::vector<TimeBand> breaks{};  ///< of months, index and share
    IndexAgainst against = IndexAgainst::month;
    std::optional<Period> baseline{};  ///< of index; empty: the first month
    TrendShown trend_shown = TrendShown::yes;
    TrendModel trend_model = TrendModel::automatic;
    SeasonStyle season_style = SeasonStyle::columns;
    SeasonStart season_start = SeasonStart::january;
};

/// Of compare, trend, scatter and gradient; each takes what makes sense for it.
struct ComparisonOptions {
    AreaValueColumns columns{};  ///< without area and value, which are ChartRequest's label and values
    AreaRoles roles{};
    std::string period{};  ///< of compare
    CompareRows rows = CompareRows::fit;
    std::size_t keep = 0;
    AxisStart start = AxisStart::near;  ///< of trend
    std::string x{};                    ///< this and the next five: of scatter
    std::string y{};
    AxisScale x_scale = AxisScale::linear;
    AxisScale y_scale = AxisScale::linear;
    WholeLines whole_lines = WholeLines::no;
    std::optional<CorrelationKind> correlation = CorrelationKind::spearman;
    std::string decile{};  ///< of gradient
    GradientGroups groups = GradientGroups::as_given;
    double per = 100000;
    double level = 0.95;  ///< of gradient and of scatter's correlation
};

struct ChartRequest {
    Table table{};
    ChartKind kind = ChartKind::quadrant;
    FigureOptions figure{};
    std::string area_column{};          ///< codes or names of the areas; empty: guessed by name
    std::string label_column{};         ///< of bars, compare, trend and scatter
    std::vector<std::string> values{};  ///< of bars, matrix, table and finds; one of compare and trend
    std::vector<AgeBand> bands{};       ///< of ages; empty: the table's own
    std::vector<std::string> by{};  ///< matrix: the column of kinds; else one chart for each different value
    RateScale rate_scale = RateScale::linear;
    ChangeScale change_scale = ChangeScale::log_ratio;
    CountChartOptions counts{};
    ComparisonOptions comparison{};
    SmallNumberRule small_numbers{};
};

/// \throws what the charts throw; NameUnknown for columns that are not there.
FigureResult draw_charts(const ChartRequest& request, const TextMeasure& measure);

/// The column that names the areas of a table read from a file: `given`, else `area_name`, else one ending in
/// "name"
/// ("ward_name") or called "ward", "area", "name", else the first column of text.
/// \throws NameUnknown if `given` is not there; InputError for a table without columns of text.
std::string area_name_column(const Table& table, const std::string& given);

/// People by area and age band, from a table of five-year or single years (age_structure.hpp). Total rows are
/// left out.
Table make_age_structure(const Table& table, const std::string& area_column, std::span<const AgeBand> bands,
                         Problems& problems);

}  // namespace wardmap
