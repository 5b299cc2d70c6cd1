#include "wardmap/report/project.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/report/toml_handle.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <set>
#include <span>

namespace wardmap {
namespace {

constexpr std::array<std::pair<TablePart, std::string_view>, 6> part_names{{
    {TablePart::count_map, "count-map"},
    {TablePart::rate_map, "rate-map"},
    {TablePart::quadrant, "quadrant"},
    {TablePart::quadrant_map, "quadrant-map"},
    {TablePart::table, "table"},
    {TablePart::chart, "chart"},
}};

/// In the order that a report takes: the chart and its table share a page.
constexpr std::array of_two_periods{TablePart::rate_map, TablePart::quadrant, TablePart::table,
                                    TablePart::quadrant_map, TablePart::count_map};
constexpr std::array of_facets{TablePart::rate_map, TablePart::quadrant_map, TablePart::count_map};
constexpr std::array of_any_periods{TablePart::count_map, TablePart::chart, TablePart::table};

using Entry = TomlEntry;

std::filesystem::path resolved(const Entry& entry, const std::string& path) {
    return (entry.file().parent_path() / path).lexically_normal();
}

ProjectFile file_of(Entry& entry) {
    return {.path = resolved(entry, entry.needed_text("file")),
            .sheet = entry.text("sheet"),
            .header_row = entry.positive("header_row"),
            .where = entry.pairs("where"),
            .source = entry.text("source"),
            .line = entry.line()};
}

/// Parts of `allowed` that the key names; none where it is not there.
std::vector<TablePart> named_parts(Entry& entry, std::string_view key, std::span<const TablePart> allowed) {
    const std::vector<std::string> wanted = entry.texts(key);
    if (wanted.empty() && entry.has(key)) {
        throw InputError("'" + std::string(key) + "' of " + entry.name() + " is empty", entry.where_of(key),
                         "name what is to be drawn, or leave it out");
    }
    std::vector<std::string> names;
    for (const TablePart part : allowed) names.emplace_back(name_of(part));
    std::vector<TablePart> out;
    for (const std::string& text : wanted) {
        const auto found = std::find(names.begin(), names.end(), text);
        if (found == names.end()) {
            throw NameUnknown(
                "'" + text + "' in '" + std::string(key) + "' of " + entry.name() + " cannot be drawn",
                entry.where_of(key), did_you_mean(text, names));
        }
        const TablePart part = allowed[static_cast<std::size_t>(found - names.begin())];
        if (std::find(out.begin(), out.end(), part) != out.end()) {
            throw InputError("'" + text + "' stands twice in '" + std::string(key) + "' of " + entry.name(),
                             entry.where_of(key), "leave one out");
        }
        out.push_back(part);
    }
    return out;
}

/// All of `allowed` where nothing is said.
std::vector<TablePart> parts_of(Entry& entry, std::span<const TablePart> allowed) {
    std::vector<TablePart> named = named_parts(entry, "draw", allowed);
    return named.empty() ? std::vector<TablePart>(allowed.begin(), allowed.end()) : named;
}

/// \param by  what makes several ward tables of the entry
/// \param remedy  where there is nothing of the kind
std::vector<TablePart> facets_of(Entry& entry, const std::vector<std::string>& by,
                                 const std::string& remedy) {
    std::vector<TablePart> out = named_parts(entry, "facets", of_facets);
    if (!out.empty() && by.empty()) {
        throw InputError("'facets' of " + entry.name() + " are small maps of several tables, and this is one",
                         entry.where_of("facets"), remedy);
    }
    return out;
}

ProjectPopulation population_of(Entry& entry) {
    ProjectPopulation out;
    out.file = file_of(entry);
    out.area = entry.text("area");
    out.column = entry.text("column");
    out.year = entry.text("year");
    out.ages = entry.texts("ages");
    for (Entry& other : entry.entries("also", "'also' of [population]")) {
        const std::string name = other.needed_text("name");
        const double total = other.number("total", 0);
        if (!(total > 0)) throw other.missing("total");
        out.also.push_back({name, total});
        other.finish();
    }
    entry.finish();
    return out;
}

ProjectTable table_of(Entry& entry) {
    ProjectTable out;
    out.id = entry.needed_text("id");
    out.file = file_of(entry);
    out.area = entry.text("area");
    out.from = entry.needed_text("from");
    out.to = entry.needed_text("to");
    out.by = entry.texts("by");
    out.measure = entry.needed_text("measure");
    out.chapter = entry.text("chapter");
    out.unit = entry.text("unit", "offences");
    out.draw = parts_of(entry, of_two_periods);
    out.facets =
        facets_of(entry, out.by,
                  "name the columns whose values make the tables, by = [\"COLUMN\"], or leave 'facets' "
                  "out");
    out.matrix = entry.text("matrix");
    entry.finish();
    return out;
}

ProjectBreakdown breakdown_of(Entry& entry) {
    ProjectBreakdown out;
    out.id = entry.needed_text("id");
    out.file = file_of(entry);
    out.row = entry.needed_text("row");
    out.from = entry.needed_text("from");
    out.to = entry.needed_text("to");
    out.by = entry.texts("by");
    out.measure = entry.needed_text("measure");
    out.unit = entry.text("unit", "offences");
    out.largest = entry.positive("largest").value_or(5);
    entry.finish();
    return out;
}

ProjectFinds finds_of(Entry& entry) {
    ProjectFinds out;
    out.id = entry.needed_text("id");
    out.file = file_of(entry);
    out.area = entry.text("area");
    out.periods = entry.texts("periods");
    if (out.periods.size() < 2)
        throw InputError("'periods' of [[finds]] should name two columns or more", entry.where());
    out.measure = entry.needed_text("measure");
    out.unit = entry.text("unit", "finds");
    out.note = entry.text("note");
    entry.finish();
    return out;
}

/// One of a few words. \throws NameUnknown naming the nearest
template <class Value, std::size_t size>
Value choice(Entry& entry, std::string_view key,
             const std::array<std::pair<std::string_view, Value>, size>& known) {
    const std::string text = entry.text(key, std::string(known.front().first));
    std::vector<std::string> names;
    for (const auto& [name, value] : known) {
        if (name == text) return value;
        names.emplace_back(name);
    }
    throw NameUnknown("'" + std::string(key) + "' of " + entry.name() + " cannot be '" + text + "'",
                      entry.where(), did_you_mean(text, names));
}

/// Runs a reader of texts that knows no project file; its complaint gets the entry's line.
template <class Read>
auto at_entry(const Entry& entry, Read&& read) {
    try {
        return read();
    } catch (const UsageError& error) {
        throw InputError(error.what_happened(), entry.where(), error.what_to_do());
    }
}

std::string resolved_text(const Entry& entry, const std::string& path) {
    return path.empty() ? path : resolved(entry, path).string();
}

constexpr std::array<std::pair<std::string_view, DateOrder>, 2> date_orders{
    {{"day-first", DateOrder::day_first}, {"month-first", DateOrder::month_first}}};
constexpr std::array<std::pair<std::string_view, MonthGaps>, 2> month_gaps{
    {{"leave-out", MonthGaps::left_out}, {"zero", MonthGaps::zero}}};

void read_source(Entry& entry, ProjectEvents& out) {
    EventSource& read = out.read;
    for (const std::string& file : entry.texts("files")) read.inputs.push_back(resolved_text(entry, file));
    if (read.inputs.empty()) throw entry.missing("files");
    read.columns.x = entry.text("x");
    read.columns.y = entry.text("y");
    read.columns.area = entry.text("area");
    read.columns.postcode = entry.text("postcode");
    read.columns.date = entry.text("date");
    read.columns.weight = entry.text("weight");
    read.columns.by = entry.texts("by");
    read.columns.markers = entry.texts("marker");
    read.crs = entry.text("crs");
    read.postcodes = resolved_text(entry, entry.text("postcodes"));
    read.date_order = choice(entry, "date_order", date_orders);
    read.where = entry.pairs("where");
    read.dedupe = entry.text("dedupe");
    read.layer = entry.text("layer");
    read.sheet = entry.text("sheet");
    out.lookup = resolved_text(entry, entry.text("lookup"));
    if (!out.lookup.empty() && read.columns.area.empty()) {
        throw InputError("'lookup' of [[events]] needs the column of small areas", entry.where(),
                         "name it: area = \"COLUMN\"");
    }
    if (read.columns.postcode.empty() != read.postcodes.empty()) {
        throw InputError("'postcode' and 'postcodes' of [[events]] go together", entry.where(),
                         "give the column as 'postcode' and your ONSPD or NSPL file as 'postcodes'");
    }
    out.snap_m = entry.number("snap", 0);
    if (!(out.snap_m >= 0))
        throw InputError("'snap' of [[events]] should be 0 or more metres", entry.where());
}

void check_periods(const Entry& entry, const ProjectEvents& events) {
    const PeriodRequest& periods = events.periods;
    if (periods.bins == PeriodBins::weekday || periods.bins == PeriodBins::hour ||
        periods.bins == PeriodBins::weekday_hour) {
        throw InputError("'periods' of [[events]] are of the calendar", entry.where(),
                         "hours are drawn by [[months]]: draw = [\"hours\"]");
    }
    for (std::size_t i = 1; i < periods.periods.size(); ++i) {
        if (months_of(periods.periods[i - 1]).last >= months_of(periods.periods[i]).last) {
            throw InputError("'periods' of [[events]] are not in order: " + periods.periods[i - 1].label() +
                                 " stands before " + periods.periods[i].label(),
                             entry.where(), "name the oldest first");
        }
    }
    if (events.read.columns.date == "-" && periods.bins != PeriodBins::all) {
        throw InputError("[[events]] without dates have no such 'periods'", entry.where(),
                         "write periods = \"all\", or name the column of dates");
    }
}

ProjectEvents events_of(Entry& entry) {
    ProjectEvents out;
    out.line = entry.line();
    out.id = entry.needed_text("id");
    read_source(entry, out);
    const std::vector<std::string> periods = entry.texts("periods");
    out.has_tables = !periods.empty();
    out.periods = at_entry(entry, [&] { return parse_period_request(periods, PeriodBins::month); });
    out.periods.gaps = choice(entry, "gaps", month_gaps);
    check_periods(entry, out);
    out.measure = out.has_tables ? entry.needed_text("measure") : entry.text("measure");
    out.chapter = entry.text("chapter");
    out.unit = entry.text("unit", "events");
    out.source = entry.text("source");
    out.note = entry.text("note");
    const std::string groups_remedy =
        "name the columns whose values make the tables, by = [\"COLUMN\"] or marker = [\"COLUMN\"], or leave "
        "'facets' out";
    out.facets = facets_of(entry, grouped_by(out), groups_remedy);
    if (!out.facets.empty() && !compares_two(out)) {
        throw InputError("'facets' of [[events]] are maps of ward tables, which compare two periods",
                         entry.where_of("facets"), "give two 'periods', or leave 'facets' out");
    }
    if (compares_two(out)) {
        out.draw = parts_of(entry, of_two_periods);
    } else {
        out.draw = parts_of(entry, of_any_periods);
    }
    out.matrix = entry.text("matrix");
    entry.finish();
    return out;
}

constexpr std::array<std::pair<std::string_view, LastMonth>, 2> last_months{
    {{"whole", LastMonth::whole}, {"part", LastMonth::part}}};
constexpr std::array<std::pair<std::string_view, HoursOf>, 2> hours_of{
    {{"week", HoursOf::week}, {"day", HoursOf::day}}};
constexpr std::array<std::pair<std::string_view, SeasonStyle>, 2> season_styles{
    {{"columns", SeasonStyle::columns}, {"dots", SeasonStyle::dots}}};
constexpr std::array<std::pair<std::string_view, SeasonStart>, 2> season_starts{
    {{"january", SeasonStart::january}, {"april", SeasonStart::april}}};

std::vector<ChartKind> month_charts(Entry& entry, bool has_kind) {
    static const std::vector<std::string> names{"months", "index", "share", "season", "hours"};
    std::vector<std::string> wanted = entry.texts("draw");
    if (wanted.empty()) {
        wanted = {"months", "index", "season"};
        if (has_kind) wanted.insert(wanted.begin() + 2, "share");
    }
    std::vector<ChartKind> out;
    for (const std::string& text : wanted) {
        if (std::find(names.begin(), names.end(), text) == names.end()) {
            throw NameUnknown("'" + text + "' in 'draw' of [[months]] cannot be drawn", entry.where(),
                              did_you_mean(text, names));
        }
        if (text == "share" && !has_kind) {
            throw InputError("a share needs a kind, whose share of all it is", entry.where(),
                             "add kind = \"VALUE\", or leave \"share\" out of 'draw'");
        }
        const ChartKind kind = parse_chart_kind(text);
        if (std::find(out.begin(), out.end(), kind) != out.end())
            throw InputError("'" + text + "' stands twice in 'draw' of [[months]]", entry.where());
        out.push_back(kind);
    }
    return out;
}

ProjectMonths months_of_entry(Entry& entry) {
    ProjectMonths out;
    out.line = entry.line();
    out.id = entry.needed_text("id");
    out.events = entry.text("events");
    const bool has_file = !entry.text("file").empty();
    if (out.events.empty() == !has_file) {
        throw InputError("[[months]] take either 'events' or 'file'", entry.where(),
                         "name the id of an [[events]] entry, or a table that 'wardmap count' made");
    }
    if (has_file) out.file = file_of(entry);
    out.marker = entry.text("marker");
    CountChartOptions& counts = out.counts;
    counts.kind = entry.text("kind");
    counts.kind_column = entry.text("kind_column");
    out.kind_name = entry.text("kind_name");
    if (!out.kind_name.empty() && counts.kind.empty()) {
        throw InputError("'kind_name' of [[months]] names no kind", entry.where(),
                         "add kind = \"VALUE\"; what all the events are is the 'measure'");
    }
    out.draw = month_charts(entry, !counts.kind.empty());
    const bool has_hours = std::find(out.draw.begin(), out.draw.end(), ChartKind::hours) != out.draw.end();
    if (has_hours && has_file) {
        throw InputError("a table of months has no hours", entry.where(),
                         "draw the hours from events, or leave \"hours\" out of 'draw'");
    }
    const std::string baseline = entry.text("baseline");
    if (baseline == "year-before") {
        counts.against = IndexAgainst::year_before;
    } else if (!baseline.empty()) {
        counts.baseline = parse_period(baseline);
        if (!counts.baseline || counts.baseline->kind != PeriodKind::month) {
            throw InputError("the baseline '" + baseline + "' is no month", entry.where(),
                             "write YYYY-MM, or year-before");
        }
    }
    counts.last_month = choice(entry, "last_month", last_months);
    counts.season_style = choice(entry, "season_style", season_styles);
    counts.season_start = choice(entry, "season_start", season_starts);
    const std::string trend = entry.text("trend", "automatic");
    if (trend == "none") {
        counts.trend_shown = TrendShown::no;
    } else {
        counts.trend_model = at_entry(entry, [&] { return parse_trend_model(trend); });
    }
    out.hours = choice(entry, "hours", hours_of);
    out.chapter = entry.text("chapter", "Month by month");
    out.measure = entry.text("measure");
    out.unit = entry.text("unit");
    out.note = entry.text("note");
    entry.finish();
    return out;
}

constexpr std::array<std::pair<std::string_view, AxisScale>, 3> axis_scales{
    {{"linear", AxisScale::linear}, {"log", AxisScale::log}, {"square-root", AxisScale::square_root}}};
constexpr std::array<std::pair<std::string_view, GradientGroups>, 2> gradient_groups{
    {{"as-given", GradientGroups::as_given}, {"fifths", GradientGroups::fifths}}};
constexpr std::array<std::pair<std::string_view, AxisStart>, 2> axis_starts{
    {{"near", AxisStart::near}, {"zero", AxisStart::zero}}};
constexpr std::array<std::pair<std::string_view, CompareRows>, 2> compare_rows{
    {{"fit", CompareRows::fit}, {"all", CompareRows::all}}};
constexpr std::array<std::pair<std::string_view, WholeLines>, 2> whole_lines{
    {{"no", WholeLines::no}, {"yes", WholeLines::yes}}};

std::vector<ChartKind> comparison_charts(Entry& entry, bool of_table) {
    static const std::vector<std::string> of_file{"compare", "trend", "scatter", "gradient"};
    std::vector<std::string> wanted = entry.texts("draw");
    if (wanted.empty()) wanted = {of_table ? "scatter" : "compare"};
    std::vector<ChartKind> out;
    for (const std::string& text : wanted) {
        if (std::find(of_file.begin(), of_file.end(), text) == of_file.end()) {
            throw NameUnknown("'" + text + "' in 'draw' of [[comparison]] cannot be drawn", entry.where(),
                              did_you_mean(text, of_file));
        }
        if (of_table && text != "scatter") {
            throw InputError("a ward table of the report has no " + text, entry.where(),
                             "draw = [\"scatter\"], or name a 'file' in place of 'table'");
        }
        out.push_back(parse_chart_kind(text));
    }
    return out;
}

ProjectComparison comparison_of(Entry& entry, const Project& project) {
    ProjectComparison out;
    out.line = entry.line();
    out.id = entry.needed_text("id");
    out.table = entry.text("table");
    out.deprivation = entry.text("deprivation");
    const bool has_file = !entry.text("file").empty();
    if (has_file != out.table.empty()) {
        throw InputError("[[comparison]] takes either 'file' or 'table'", entry.where(),
                         "name a file of values by area, or the id of a ward table of this report");
    }
    if (!out.deprivation.empty() && has_file) {
        throw InputError("'deprivation' of [[comparison]] joins a 'table' of the report", entry.where(),
                         "leave it out; small areas with their decile are drawn by draw = [\"gradient\"]");
    }
    if (has_file) out.file = file_of(entry);
    out.draw = comparison_charts(entry, !out.table.empty());
    out.label = entry.text("label");
    out.value = entry.text("value");
    ComparisonOptions& options = out.options;
    options.columns.lower = entry.text("lower");
    options.columns.upper = entry.text("upper");
    options.columns.period = entry.text("period_column");
    options.columns.count = entry.text("count");
    options.columns.people = entry.text("population");
    options.period = entry.text("period");
    options.roles.highlight = entry.texts("highlight");
    options.roles.references = entry.texts("reference");
    options.rows = choice(entry, "rows", compare_rows);
    options.keep = entry.positive("keep").value_or(0);
    options.start = choice(entry, "axis_start", axis_starts);
    options.x = entry.text("x");
    options.y = entry.text("y", out.table.empty() ? "" : "rate");
    options.x_scale = choice(entry, "x_scale", axis_scales);
    options.y_scale = choice(entry, "y_scale", axis_scales);
    options.whole_lines = choice(entry, "whole_lines", whole_lines);
    const std::string correlation = entry.text("correlation", "spearman");
    options.correlation.reset();
    if (correlation != "none")
        options.correlation = at_entry(entry, [&] { return parse_correlation(correlation); });
    options.decile = entry.text("decile");
    options.groups = choice(entry, "groups", gradient_groups);
    options.per = project.per;
    options.level = project.level;
    out.chapter = entry.text("chapter", "Beside other places");
    out.measure = entry.text("measure");
    out.unit = entry.text("unit");
    out.note = entry.text("note");
    entry.finish();
    return out;
}

/// `[[event]]`: a month, or two and what lies between.
TimeBand break_of(Entry& entry) {
    const auto month = [&](std::string_view key, const std::string& text) {
        const auto period = parse_period(text);
        if (period && period->kind == PeriodKind::month) return *period;
        throw InputError("'" + std::string(key) + "' of [[event]] is no month: '" + text + "'", entry.where(),
                         "write it as \"2020-03\"");
    };
    TimeBand out;
    const std::string from = entry.needed_text("from");
    out.from = month("from", from);
    out.to = month("to", entry.text("to", from));
    out.note = entry.needed_text("note");
    at_entry(entry, [&] { check_time_band(out); });
    entry.finish();
    return out;
}

ProjectDeprivation deprivation_of(Entry& entry) {
    ProjectDeprivation out;
    out.id = entry.needed_text("id");
    out.file = file_of(entry);
    out.area = entry.needed_text("area");
    out.decile = entry.needed_text("decile");
    out.population = entry.text("population");
    out.name = entry.needed_text("name");
    out.note = entry.text("note");
    entry.finish();
    return out;
}

ProjectPage page_of(Entry& entry) {
    ProjectPage out;
    out.line = entry.line();
    out.text = resolved(entry, entry.needed_text("text"));
    const std::string stem = out.text.stem().string();
    out.id = id_from(entry.text("id", stem));
    if (out.id.empty()) {
        throw InputError("'id' of [[page]] has no letters or digits", entry.where(),
                         "name it: id = \"introduction\"");
    }
    std::string words = stem;
    std::replace(words.begin(), words.end(), '_', ' ');
    std::replace(words.begin(), words.end(), '-', ' ');
    out.title = entry.text("title", sentence_case(words));
    out.before = entry.text("before");
    out.table = entry.text("table");
    entry.finish();
    return out;
}

/// The columns that a template names.
std::vector<std::string> columns_in(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) break;
        out.emplace_back(text.substr(open + 1, close - open - 1));
    }
    return out;
}

/// A template with a `by` column left out would give several tables one id.
void check_template(const std::string& id, const std::vector<std::string>& by, std::size_t line,
                    const std::filesystem::path& path) {
    for (const std::string& column : by) {
        if (id.find("{" + column + "}") == std::string::npos) {
            const std::vector<std::string> meant = nearest_names(column, columns_in(id), 1);
            throw InputError("id '" + id + "' would name several tables",
                             {.file = path.string(), .row = line},
                             "put {" + column + "} into it" +
                                 (meant.empty() ? "" : ", or '" + meant.front() + "' into 'by'"));
        }
    }
}

ProjectImpact impact_of(Entry& entry) {
    ProjectImpact out;
    out.line = entry.line();
    out.events = entry.needed_text("events");
    const std::string units = entry.text("units", "hex:500");
    const bool is_file = units.find_first_of("./\\") != std::string::npos;
    out.units = is_file ? resolved(entry, units).string() : units;
    out.definition = resolved_text(entry, entry.text("definition"));
    out.imd = resolved_text(entry, entry.text("imd"));
    out.harm = resolved_text(entry, entry.text("harm"));
    out.needles = resolved_text(entry, entry.text("needles"));
    out.needles_column = entry.text("needles_column");
    out.existing = resolved_text(entry, entry.text("existing"));
    out.last_month = entry.text("last_month");
    out.measure = entry.text("measure", out.measure);
    entry.finish();
    return out;
}

/// Every [[events]] entry is shown in some way, and every [[months]] entry has events.
void check_events(Project& project) {
    std::vector<std::string> ids;
    for (ProjectEvents& events : project.events) {
        const Where where{.file = project.path.string(), .row = events.line};
        const auto months = std::find_if(project.months.begin(), project.months.end(),
                                         [&](const ProjectMonths& m) { return m.events == events.id; });
        const bool has_months = months != project.months.end();
        std::string& date = events.read.columns.date;
        if (has_months && date == "-") {
            throw InputError("the events '" + events.id + "' have no dates, so they have no months",
                             {.file = project.path.string(), .row = months->line},
                             "name the column of dates in [[events]]: date = \"COLUMN\"");
        }
        // Where nothing needs a date none is looked for.
        if (!has_months && events.periods.bins == PeriodBins::all && date.empty()) date = "-";
        if (std::find(ids.begin(), ids.end(), events.id) != ids.end())
            throw InputError("two [[events]] have the id '" + events.id + "'", where, "give each its own");
        ids.push_back(events.id);
        if (events.has_tables) {
            check_template(events.id, grouped_by(events), events.line, project.path);
            continue;
        }
        if (!has_months) {
            throw InputError("nothing of the events '" + events.id + "' would be shown", where,
                             "give 'periods' for tables by area, or draw their months: [[months]]");
        }
    }
    for (const ProjectMonths& months : project.months) {
        if (months.events.empty() || std::find(ids.begin(), ids.end(), months.events) != ids.end()) continue;
        throw NameUnknown("no [[events]] have the id '" + months.events + "'",
                          {.file = project.path.string(), .row = months.line},
                          did_you_mean(months.events, ids));
    }
    if (project.impact && std::find(ids.begin(), ids.end(), project.impact->events) == ids.end())
        throw NameUnknown("no [[events]] have the id '" + project.impact->events + "'",
                          {.file = project.path.string(), .row = project.impact->line},
                          did_you_mean(project.impact->events, ids));
}

}  // namespace

bool compares_two(const ProjectEvents& events) noexcept {
    return events.periods.bins == PeriodBins::listed && events.periods.periods.size() == 2;
}

std::vector<std::string> grouped_by(const ProjectEvents& events) {
    std::vector<std::string> out;
    if (!events.read.columns.markers.empty()) out.emplace_back("marker");
    out.insert(out.end(), events.read.columns.by.begin(), events.read.columns.by.end());
    return out;
}

std::string_view name_of(TablePart part) noexcept {
    for (const auto& [known, name] : part_names) {
        if (known == part) return name;
    }
    return {};
}

Project parse_project(std::string_view text, const std::filesystem::path& path) {
    const toml::table root = parse_toml(text, path);
    Project out;
    out.path = path;
    Entry top(root, "the project file", path);
    std::vector<Entry> reports = top.entries("report", "[report]");
    if (reports.size() != 1) throw top.missing("[report]");
    Entry& report = reports.front();
    out.title = report.needed_text("title");
    out.organisation = report.text("organisation");
    out.edition = report.text("edition");
    out.date = report.text("date");
    out.summary = report.text("summary");
    const std::string areas = report.needed_text("areas");
    const bool is_file = areas.find_first_of("./\\") != std::string::npos;
    out.areas = is_file ? resolved(report, areas).string() : areas;
    out.area_code = report.text("area_code");
    out.area_name = report.text("area_name");
    out.whole = report.text("whole");
    out.cuts = report.text("cuts", out.cuts);
    out.small_numbers = report.text("small_numbers", out.small_numbers);
    out.level = report.number("level", out.level);
    out.per = report.number("per", out.per);
    if (!(out.per > 0)) throw InputError("'per' of [report] should be above 0", report.where());
    if (!(out.level > 0 && out.level < 1))
        throw InputError("'level' of [report] should lie between 0 and 1", report.where());
    out.notes = report.texts("notes");
    report.finish();

    std::vector<Entry> populations = top.entries("population", "[population]");
    if (populations.size() > 1)
        throw InputError("there is more than one [population]", populations[1].where());
    if (!populations.empty()) out.population = population_of(populations.front());
    for (Entry& entry : top.entries("table", "[[table]]")) out.tables.push_back(table_of(entry));
    for (Entry& entry : top.entries("breakdown", "[[breakdown]]"))
        out.breakdowns.push_back(breakdown_of(entry));
    for (Entry& entry : top.entries("finds", "[[finds]]")) out.finds.push_back(finds_of(entry));
    for (Entry& entry : top.entries("events", "[[events]]")) out.events.push_back(events_of(entry));
    for (Entry& entry : top.entries("months", "[[months]]")) out.months.push_back(months_of_entry(entry));
    for (Entry& entry : top.entries("event", "[[event]]")) out.breaks.push_back(break_of(entry));
    for (Entry& entry : top.entries("deprivation", "[[deprivation]]"))
        out.deprivation.push_back(deprivation_of(entry));
    for (Entry& entry : top.entries("comparison", "[[comparison]]"))
        out.comparisons.push_back(comparison_of(entry, out));
    std::vector<Entry> impacts = top.entries("impact", "[impact]");
    if (impacts.size() > 1) throw InputError("there is more than one [impact]", impacts[1].where());
    if (!impacts.empty()) out.impact = impact_of(impacts.front());
    for (Entry& entry : top.entries("published", "[published]")) {
        out.published = ProjectPublished{file_of(entry)};
        entry.finish();
    }
    for (Entry& entry : top.entries("page", "[[page]]")) out.pages.push_back(page_of(entry));
    top.finish();

    for (const ProjectTable& table : out.tables) check_template(table.id, table.by, table.file.line, path);
    for (const ProjectBreakdown& table : out.breakdowns)
        check_template(table.id, table.by, table.file.line, path);
    check_events(out);
    if (out.tables.empty() && out.breakdowns.empty() && out.finds.empty() && out.events.empty() &&
        out.months.empty() && out.deprivation.empty() && out.comparisons.empty() && !out.population) {
        throw InputError("the project names no data", {.file = path.string()},
                         "add a [[table]], or [[events]]");
    }
    return out;
}

Project read_project(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in || std::filesystem::is_directory(path)) {
        throw FileMissing("there is no such file", {.file = path.string()}, "name a project file (TOML)");
    }
    return parse_project(std::string(std::istreambuf_iterator<char>(in), {}), path);
}

std::string fill_template(std::string_view text,
                          const std::vector<std::pair<std::string, std::string>>& values) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += text[i];
            continue;
        }
        const std::string name(text.substr(i + 1, end - i - 1));
        const auto found =
            std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
        if (found == values.end()) {
            std::vector<std::string> names;
            for (const auto& value : values) names.push_back(value.first);
            throw NameUnknown("{" + name + "} in '" + std::string(text) + "' is no column of 'by'", {},
                              did_you_mean(name, names));
        }
        const std::string& value = found->second;
        const bool capitals =
            std::none_of(value.begin(), value.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        for (const char c : value)
            out += capitals && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        i = end;
    }
    return out;
}

std::string id_from(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
        if (plain) {
            out += lower;
        } else if (c != '\'' && !out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

}  // namespace wardmap
