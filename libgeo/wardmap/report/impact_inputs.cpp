#include "wardmap/report/impact_inputs.hpp"

#include "wardmap/area/hexagons.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/area/name_folding.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/cluster/impact_choice.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/deprivation.hpp"
#include "wardmap/indicator/harm.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A kind that is absent this many months at an end of the years, though so many events of it would be
/// expected there, was recorded otherwise.
constexpr std::ptrdiff_t absent_months = 3;
constexpr double expected_if_recorded = 10;
/// A share with a marker that moves by more than this against itself could explain a change on its own.
constexpr double marker_moved = 0.25;
/// A share of the events with a marker filled in may be another's by as much as the shares filled in differ.
constexpr double recording_moved = 0.1;
constexpr std::size_t pairs_of_deciles = 5;

/// Months of the cube in windows of twelve, oldest first: places in CountCube::periods.
struct Windows {
    std::string last_month{};
    std::vector<std::string> labels{};
    std::vector<std::vector<std::size_t>> months{};
};

std::string window_words(std::int32_t last_month) {
    const Period month = month_period(last_month);
    return Period{PeriodKind::year_to, month.year, month.month}.words();
}

Windows full_years(const CountCube& cube, const std::string& last_wanted, std::size_t most) {
    std::map<std::int32_t, std::size_t> place;
    for (std::size_t p = 0; p < cube.periods.size(); ++p)
        if (cube.periods[p].period) place[months_of(*cube.periods[p].period).first] = p;
    if (place.empty()) throw InputError("no event has a date", {}, "name the column of dates with --date");
    const auto full = [&](std::int32_t last) {
        for (std::int32_t month = last - 11; month <= last; ++month)
            if (!place.contains(month)) return false;
        return true;
    };
    std::optional<std::int32_t> last;
    if (!last_wanted.empty()) {
        const auto period = parse_period(last_wanted);
        if (!period || period->kind != PeriodKind::month)
            throw UsageError("'" + last_wanted + "' is no month", {}, "write it as 2022-06");
        last = months_of(*period).first;
        if (!full(*last))
            throw InputError(
                fmt::format("the {} is not all there: a month of it has no event", window_words(*last)), {},
                "give the files of all its months, or another last month");
    } else {
        for (auto month = place.rbegin(); month != place.rend() && !last; ++month)
            if (full(month->first)) last = month->first;
        if (!last)
            throw InputError(fmt::format("the events cover {}, and no twelve months in a row",
                                         counted(place.size(), "month")),
                             {}, "impact areas need at least one full year of events");
    }
    Windows out;
    out.last_month = month_period(*last).label();
    for (std::int32_t end = *last; out.months.size() < most && full(end); end -= 12) {
        std::vector<std::size_t> months;
        for (std::int32_t month = end - 11; month <= end; ++month) months.push_back(place.at(month));
        out.months.insert(out.months.begin(), std::move(months));
        out.labels.insert(out.labels.begin(), window_words(end));
    }
    return out;
}

std::size_t place_of_all(const CountCube& cube) {
    return cube.marker_count() - 1;  // the last
}

/// Which marker of the cube the definition counts.
std::size_t marker_place(const CountCube& cube, const ImpactDefinition& definition) {
    const std::vector<std::string>& wanted = definition.markers;
    if (wanted.empty()) return place_of_all(cube);
    const std::size_t singles = cube.marker_cells.size();
    for (const std::string& one : wanted) {
        const auto end = cube.markers.begin() + static_cast<std::ptrdiff_t>(singles);
        if (singles != wanted.size() || std::find(cube.markers.begin(), end, lower_ascii(one)) == end)
            throw NameUnknown(fmt::format("'{}' is no marker that events have or have not; there are: {}",
                                          one, fmt::join(cube.markers.begin(), end, ", ")),
                              {},
                              "measure.markers names columns of yes and no, not columns that list markers");
    }
    // Of one marker itself; of two "either" and of more "any" stands before "all".
    return wanted.size() == 1 ? 0 : place_of_all(cube) - 1;
}

/// Where the definition has markers, "either" and "any" of the cube are to be those of just these.
const std::vector<std::string>& counted_markers(const ImpactRequest& request) {
    return request.definition.markers.empty() ? request.source.columns.markers : request.definition.markers;
}

/// The column of `wanted` words in its name, the first of them that any name holds.
const Column* column_called(const Table& table, std::initializer_list<std::string_view> wanted) {
    for (const std::string_view word : wanted)
        for (const Column& column : table.columns())
            if (fold_name(column.name()).find(word) != std::string::npos) return &column;
    return nullptr;
}

const Column& needed_column(const Table& table, std::initializer_list<std::string_view> wanted,
                            std::string_view what) {
    if (const Column* column = column_called(table, wanted)) return *column;
    throw NameUnknown(
        fmt::format("there is no column of {}", what), {.file = table.origin().file},
        fmt::format("call it {}; there are: {}", *wanted.begin(), fmt::join(table.names(), ", ")));
}

/// Residents of each of `areas` by decile, from small areas with one.
struct Deprivation {
    std::vector<double> shares{};              ///< of residents in the deciles asked for
    std::vector<std::vector<double>> pairs{};  ///< deciles 1 and 2, to 9 and 10: shares of residents
};

Deprivation deprivation_of(const ImpactRequest& request, const AreaSet& areas, ImpactInputs& out) {
    const Table& table = *request.imd;
    const Column* decile = nullptr;
    // Of several indices and domains the latest overall decile is meant, never a domain's: the Crime domain
    // would count crime twice.
    for (const Column& column : table.columns()) {
        const std::string name = fold_name(column.name());
        if (name.find("decile") == std::string::npos || name.find("imd") == std::string::npos) continue;
        if (decile == nullptr || name > fold_name(decile->name())) decile = &column;
    }
    if (decile == nullptr) decile = &needed_column(table, {"decile"}, "deciles of deprivation");
    out.guesses.push_back("deciles of deprivation: column " + decile->name());
    if (fold_name(decile->name()).find("crime") != std::string::npos)
        out.problems.add(Severity::warning, "crime_domain",
                         "the deciles are of the Crime domain: crime is then counted twice, as events and as "
                         "deprivation",
                         {}, decile->name());
    const Column deciles = read_numbers(table, decile->name(), out.problems);
    const Column* people = column_called(table, {"population", "all ages", "persons", "residents"});
    const Column weights = people == nullptr ? Column{} : read_numbers(table, people->name(), out.problems);
    const Matched matched =
        request.imd_lookup ? match_rows_through(table, *request.imd_lookup, areas) : match_rows(table, areas);
    out.problems.merge(matched.problems);
    out.guesses.push_back("deprivation: " + matched.report.text());
    std::vector<double> in(areas.size(), 0), all(areas.size(), 0);
    std::vector<std::vector<double>> pairs(pairs_of_deciles, std::vector<double>(areas.size(), 0));
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const AreaIndex area = matched.area_of_row[row];
        const double value = deciles.number(row);
        if (area == no_area || !std::isfinite(value)) continue;
        const double weight = people == nullptr ? 1 : weights.number(row);
        if (!(weight > 0)) continue;
        const auto a = static_cast<std::size_t>(area);
        all[a] += weight;
        if (std::ranges::find(request.definition.deciles, static_cast<int>(value)) !=
            request.definition.deciles.end())
            in[a] += weight;
        if (value >= 1 && value <= 2 * static_cast<double>(pairs_of_deciles))
            pairs[(static_cast<std::size_t>(value) - 1) / 2][a] += weight;
    }
    std::vector<double> shares(areas.size(), nan);
    for (std::size_t a = 0; a < areas.size(); ++a) {
        for (std::vector<double>& pair : pairs) pair[a] = all[a] > 0 ? pair[a] / all[a] : nan;
        if (all[a] > 0) {
            shares[a] = in[a] / all[a];
        } else {
            out.problems.add(Severity::warning, "imd_missing", "areas have no decile of deprivation", {},
                             areas.names()[a]);
        }
    }
    return {std::move(shares), std::move(pairs)};
}

void read_weights(const ImpactRequest& request, ImpactInputs& out) {
    ImpactEvidence& evidence = out.evidence;
    const Table& table = *request.harm;
    const std::string& file = table.origin().file;
    // A file that does not name itself is named by what it is called: the name is printed beside every
    // figure.
    const bool named = table.find("weights_name") != nullptr && table.find("weights_version") != nullptr;
    const HarmWeights weights =
        harm_weights(table, {}, named ? std::string{} : file.substr(file.find_last_of("/\\") + 1),
                     named ? std::string{} : std::string("not said"), out.problems);
    evidence.weights_name = weights.name + ", version " + weights.version;
    std::vector<AreaIndex> row_area;
    std::vector<double> counts;
    for (std::size_t k = 0; k < evidence.kinds.size(); ++k) {
        double sum = 0;
        for (std::size_t u = 0; u < evidence.units.size(); ++u)
            for (std::size_t year = 0; year < evidence.years.size(); ++year)
                sum += evidence.count(u, year, k);
        row_area.push_back(0);
        counts.push_back(sum);
        evidence.weights.push_back(nan);
        evidence.proactive.push_back(false);
        for (std::size_t w = 0; w < weights.kinds.size(); ++w)
            if (fold_name(weights.kinds[w]) == fold_name(evidence.kinds[k])) {
                evidence.weights[k] = weights.weights[w];
                evidence.proactive[k] = weights.proactive[w];
            }
    }
    if (std::ranges::none_of(evidence.weights, [](double weight) { return std::isfinite(weight); }))
        throw InputError("no kind of the events has a weight", {.file = file},
                         fmt::format("the events' kinds are: {}", fmt::join(evidence.kinds, ", ")));
    // What there is to say of kinds without a weight, of proactive ones and of broad categories.
    (void)harm_of(row_area, evidence.kinds, counts, 1, weights,
                  request.definition.exclude_proactive ? ProactiveEvents::left_out : ProactiveEvents::counted,
                  out.problems);
}

/// What tables speak of: the units, or the areas that hexagons lie over.
const AreaSet& tabled(const ImpactInputs& inputs) {
    return inputs.on_hexagons ? inputs.wards : inputs.evidence.units;
}

/// Values of the wards brought to the hexagons by surface.
std::vector<double> shared_out(std::span<const double> values, const ImpactInputs& inputs) {
    return interpolate(values, parts_by_surface(inputs.wards, inputs.evidence.units), Interpolation::sum,
                       Rest::shared_out)
        .values;
}

/// Values by area, shared out to hexagons.
std::vector<double> by_unit(const PopulationInput& input, ImpactInputs& out) {
    const AreaSet& areas = tabled(out);
    std::vector<MatchReport> matches;
    const Column column = population_of_areas(input, areas, out.problems, out.guesses, matches);
    std::vector<double> values(column.numbers().begin(), column.numbers().end());
    return out.on_hexagons ? shared_out(values, out) : values;
}

/// Residents by age, where the table of people has ages that make the usual four bands.
void read_ages(const PopulationInput& input, ImpactInputs& out) {
    struct Own {
        AgeBand band;
        Column people;
    };
    std::vector<Own> own;
    Problems of_ages;  // cells that cannot be read; the column of all ages has said so of its own
    for (const std::string& name : age_columns(input.table))
        if (const auto band = parse_age_column(name))
            own.push_back({*band, read_numbers(input.table, name, of_ages)});
    for (const AgeBand& wanted : parse_age_bands("0-14,15-24,25-64,65+")) {
        const auto inside = [&](const AgeBand& band) {
            return band.first >= wanted.first && (!wanted.last || (band.last && *band.last <= *wanted.last));
        };
        std::vector<double> people(input.table.row_count(), 0);
        int covered = wanted.first;  // ages before this are there
        for (const Own& one : own) {
            if (!inside(one.band) || one.band.first != covered) continue;
            for (std::size_t row = 0; row < people.size(); ++row) people[row] += one.people.number(row);
            covered = one.band.last ? *one.band.last + 1 : std::numeric_limits<int>::max();
        }
        if (covered != (wanted.last ? *wanted.last + 1 : std::numeric_limits<int>::max())) {
            out.age_bands.clear();
            out.ages.clear();
            return;
        }
        PopulationInput of_band = input;
        of_band.column = "people of a band of ages";
        of_band.table = input.table.with(Column::numbers(of_band.column, std::move(people)));
        Problems again;  // of rows without an area: said of all ages
        std::vector<std::string> said;
        std::vector<MatchReport> matches;
        const Column column = population_of_areas(of_band, tabled(out), again, said, matches);
        std::vector<double> values(column.numbers().begin(), column.numbers().end());
        out.age_bands.push_back(wanted.key());
        out.ages.push_back(out.on_hexagons ? shared_out(values, out) : std::move(values));
    }
}

/// Kinds that begin or end inside the years, and shares with a marker that move: what was recorded may have
/// changed, not what happened.
void warn_of_recording(const CountCube& cube, const Windows& windows, std::size_t marker, ImpactInputs& out) {
    std::vector<std::size_t> months;
    for (const std::vector<std::size_t>& year : windows.months)
        months.insert(months.end(), year.begin(), year.end());
    const std::size_t units = out.evidence.units.size();
    for (std::size_t kind = 0; kind < cube.kinds.size(); ++kind) {
        std::vector<double> counts;
        for (const std::size_t month : months) {
            double sum = cube.at(cube.outside_row(), month, kind, marker);
            for (std::size_t u = 0; u < units; ++u) sum += cube.at(u, month, kind, marker);
            counts.push_back(sum);
        }
        const auto there = [](double count) { return count > 0; };
        const auto first = std::ranges::find_if(counts, there);
        if (first == counts.end()) continue;
        const auto before = first - counts.begin();
        const auto after = std::find_if(counts.rbegin(), counts.rend(), there) - counts.rbegin();
        const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
        const auto present = static_cast<double>(static_cast<std::ptrdiff_t>(counts.size()) - before - after);
        const auto say = [&](std::ptrdiff_t absent, const char* what, std::size_t month) {
            if (absent < absent_months || all / present * static_cast<double>(absent) < expected_if_recorded)
                return;
            out.problems.add(Severity::warning, "recording_change",
                             "kinds of event begin or end inside the years: how they are recorded may have "
                             "changed, and no area should be argued from that",
                             {},
                             fmt::format("{} ({} {})", out.evidence.kinds[kind], what,
                                         cube.periods[months[month]].period->words()));
        };
        say(before, "from", static_cast<std::size_t>(before));
        say(after, "until", counts.size() - 1 - static_cast<std::size_t>(after));
    }
}

/// Events of a year by what is recorded of a marker.
struct MarkedEvents {
    double with = 0, without = 0, left_open = 0;

    double share() const { return with + without > 0 ? with / (with + without) : nan; }
    double recorded() const {
        const double all = with + without + left_open;
        return all > 0 ? (with + without) / all : nan;
    }
};

/// Counts by marker, of every event whether the definition asks for a marker or not.
void count_markers(const CountCube& cube, const Windows& windows, const ImpactDefinition& definition,
                   ImpactInputs& out) {
    const ImpactView view = view_of(out.evidence, definition);
    const std::size_t units = out.evidence.units.size(), markers = cube.marker_cells.size();
    out.markers.assign(cube.markers.begin(), cube.markers.begin() + static_cast<std::ptrdiff_t>(markers));
    out.marker_cells = cube.marker_cells;
    const auto moved = [&](std::size_t m, const char* code, const char* message, double first, double last) {
        out.problems.add(Severity::warning, code, message, {},
                         fmt::format("{} ({}% to {}%)", out.markers[m], with_thousands(100 * first, 1),
                                     with_thousands(100 * last, 1)));
    };
    for (std::size_t m = 0; m < markers; ++m) {
        std::vector<double> with(units, 0), without(units, 0), left_open(units, 0);
        std::vector<MarkedEvents> years(windows.months.size());
        for (std::size_t u = 0; u < units; ++u)
            for (std::size_t year = view.first_year; year <= view.last_year; ++year) {
                MarkedEvents here;
                for (const std::size_t kind : view.kinds)
                    for (const std::size_t month : windows.months[year]) {
                        const double open = cube.open_at(u, month, kind, m),
                                     marked = cube.at(u, month, kind, m);
                        here.with += marked;
                        here.left_open += open;
                        here.without += cube.at(u, month, kind, place_of_all(cube)) - marked - open;
                    }
                with[u] += here.with;
                without[u] += here.without;
                left_open[u] += here.left_open;
                years[year].with += here.with;
                years[year].without += here.without;
                years[year].left_open += here.left_open;
            }
        out.marked.push_back(std::move(with));
        out.unmarked.push_back(std::move(without));
        out.left_open.push_back(std::move(left_open));
        const MarkedEvents &first = years[view.first_year], &last = years[view.last_year];
        if (first.share() > 0 && std::abs(last.share() / first.share() - 1) > marker_moved)
            moved(
                m, "marker_change",
                "the share of events with a marker moved by more than a quarter over the years: how often it "
                "is filled in may explain a change",
                first.share(), last.share());
        if (std::abs(last.recorded() - first.recorded()) > recording_moved)
            moved(m, "marker_recording_change",
                  "how often a marker is filled in moved by more than 10 percentage points over the years: "
                  "shares with it cannot be compared from year to year",
                  first.recorded(), last.recorded());
    }
}

void read_nominations(const ImpactRequest& request, ImpactInputs& out) {
    const AreaSet& units = out.evidence.units;
    out.nominated.assign(units.size(), {});
    const Table& table = *request.nominations;
    const Matched matched = match_rows(table, units);
    out.problems.merge(matched.problems);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (matched.area_of_row[row] == no_area) continue;
        std::string words;
        for (const Column& column : table.columns())
            if (column.is_text() && column.name() != matched.report.column && !column.text(row).empty())
                words += (words.empty() ? "" : "; ") + column.text(row);
        std::string& cell = out.nominated[static_cast<std::size_t>(matched.area_of_row[row])];
        cell += (cell.empty() ? "" : " / ") + (words.empty() ? std::string("named") : words);
    }
}

void warn(const ImpactRequest& request, ImpactInputs& out) {
    const ImpactEvidence& evidence = out.evidence;
    for (const std::string& kind : request.definition.exclude_kinds)
        if (std::ranges::find(evidence.kinds, kind) == evidence.kinds.end())
            out.problems.add(Severity::warning, "exclude_kind_unknown",
                             "the definition leaves out kinds that no event has", {},
                             fmt::format("'{}' ({})", kind, did_you_mean(kind, evidence.kinds)));
    if (evidence.years.size() < 2)
        out.problems.add(
            Severity::warning, "one_year",
            "there is one full year of events: whether areas last, and whether they predict, cannot be told");
    std::vector<double> residents;
    for (const double one : evidence.residents)
        if (one > 0) residents.push_back(one);
    std::ranges::sort(residents);
    const bool police = std::ranges::any_of(out.counted.read.files, [](const EventFile& file) {
        return file.header.find("LSOA code") != std::string::npos &&
               file.header.find("Falls within") != std::string::npos;
    });
    if (police && !residents.empty() && residents[residents.size() / 2] < request.least_residents)
        throw InputError(
            fmt::format(
                "half of the units have fewer than {} residents, and police.uk places events on points that "
                "stand for eight addresses or more",
                with_thousands(request.least_residents, 0)),
            {}, "take small areas (LSOA), larger hexagons, or events with their own places");
    if (police)
        out.problems.add(Severity::note, "police_points",
                         "events are police.uk's: placed on points that stand for eight addresses or more");
    for (std::size_t u = 0; u < evidence.units.size(); ++u) {
        if (evidence.residents[u] > 0) continue;
        double events = 0;
        for (std::size_t year = 0; year < evidence.years.size(); ++year)
            for (std::size_t kind = 0; kind < evidence.kinds.size(); ++kind)
                events += evidence.count(u, year, kind);
        if (events > 0)
            out.problems.add(
                Severity::warning, "people_missing",
                std::isfinite(evidence.residents[u])
                    ? "units have events and nobody living there: counts are given, no rate"
                    : "units have events, and how many people live there is not known: counts are "
                      "given, no rate",
                {}, evidence.units.names()[u]);
    }
}

}  // namespace

std::optional<double> hexagon_size(const std::string& units) {
    constexpr std::string_view prefix = "hex:";
    if (!units.starts_with(prefix)) return std::nullopt;
    const auto size = parse_number(std::string_view(units).substr(prefix.size()));
    if (!size || !(*size > 0))
        throw UsageError("'" + units + "' gives no size of hexagons", {},
                         "write the metres between opposite sides: hex:500");
    return size;
}

std::vector<CountResult> impact_counts(const ImpactRequest& request, const std::vector<AreaSet>& sets) {
    if (request.count) return request.count(sets, counted_markers(request));
    CountRequest count;
    count.source = request.source;
    count.source.columns.markers = counted_markers(request);
    count.areas = sets.front();
    count.also_in.assign(sets.begin() + 1, sets.end());
    count.counter = request.counter;
    count.periods = {.bins = PeriodBins::month};
    std::vector<CountResult> out;
    out.push_back(count_events(count));
    for (Counted& counted : std::exchange(out.front().also_in, {})) {
        CountResult one;
        one.counted = std::move(counted);
        one.read = out.front().read;
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<std::vector<double>> events_within(const ImpactRequest& request, const CountResult& counted,
                                               const std::string& last_month, std::size_t years) {
    const CountCube& cube = counted.counted.cube;
    const std::size_t areas = cube.areas.size();
    const Windows windows = full_years(cube, last_month, years);
    const std::size_t marker = marker_place(cube, request.definition);
    const std::vector<std::string>& left_out = request.definition.exclude_kinds;
    std::vector<std::vector<double>> out(areas, std::vector<double>(windows.months.size(), 0));
    for (std::size_t kind = 0; kind < cube.kinds.size(); ++kind) {
        const std::string name = cube.kinds[kind].empty() ? std::string{} : cube.kinds[kind].front();
        if (std::ranges::find(left_out, name) != left_out.end()) continue;
        for (std::size_t a = 0; a < areas; ++a)
            for (std::size_t year = 0; year < windows.months.size(); ++year)
                for (const std::size_t month : windows.months[year])
                    out[a][year] += cube.at(a, month, kind, marker);
    }
    return out;
}

namespace {

/// Small areas are called after their district: "Warrington 018F". Areas that say no whole take it from
/// there.
AreaSet with_whole_of_names(AreaSet areas) {
    if (!areas.whole().empty() || areas.size() == 0) return areas;
    std::string whole;
    for (const std::string& name : areas.names()) {
        const std::size_t space = name.find_last_of(' ');
        if (space == std::string::npos || name.size() - space != 5) return areas;
        const std::string mark = name.substr(space + 1);
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        if (!std::all_of(mark.begin(), mark.begin() + 3, digit) || mark[3] < 'A' || mark[3] > 'Z')
            return areas;
        const std::string place = name.substr(0, space);
        if (!whole.empty() && place != whole) return areas;
        whole = place;
    }
    AreaSetParts parts = areas.parts();
    parts.whole = whole;
    return AreaSet(std::move(parts));
}

}  // namespace

ImpactUnits impact_units(const ImpactRequest& request) {
    ImpactUnits out;
    if (request.units.size() > 0 && request.hexagon_m == 0) {
        const Crs crs = mapping_crs(request.units);
        out.units = with_whole_of_names(reproject(request.units, crs));
        out.wards = request.areas.size() > 0 ? reproject(request.areas, crs) : out.units;
        return out;
    }
    out.wards = reproject(request.areas, mapping_crs(request.areas));
    out.on_hexagons = true;
    out.units = hexagon_grid(
        out.wards, {.size_m = request.hexagon_m > 0 ? request.hexagon_m : request.definition.hexagon_m,
                    .east_m = request.hexagon_east_m,
                    .north_m = request.hexagon_north_m});
    return out;
}

ImpactInputs impact_inputs(const ImpactRequest& request, ImpactUnits chosen_among, CountResult counted) {
    ImpactInputs out;
    ImpactEvidence& evidence = out.evidence;
    const ImpactDefinition& definition = request.definition;
    evidence.units = std::move(chosen_among.units);
    out.wards = std::move(chosen_among.wards);
    out.on_hexagons = chosen_among.on_hexagons;
    out.parts = parts_by_surface(evidence.units, out.wards);
    out.counted = std::move(counted);
    out.problems.merge(out.counted.counted.problems);
    out.guesses.insert(out.guesses.end(), out.counted.guesses.begin(), out.counted.guesses.end());
    const CountCube& cube = out.counted.counted.cube;

    const Windows windows = full_years(cube, request.last_month, definition.years);
    evidence.years = windows.labels;
    out.last_month = windows.last_month;
    for (const std::vector<std::string>& kind : cube.kinds)
        evidence.kinds.push_back(kind.empty() ? "" : kind.front());
    const std::size_t units = evidence.units.size(), years = windows.months.size(), kinds = cube.kinds.size();
    const std::size_t marker = marker_place(cube, definition);
    const auto summed = [&](std::size_t row, std::size_t year, std::size_t kind, std::size_t of_marker) {
        double sum = 0;
        for (const std::size_t month : windows.months[year]) sum += cube.at(row, month, kind, of_marker);
        return sum;
    };
    evidence.events.reserve(units * years * kinds);
    for (std::size_t u = 0; u < units; ++u)
        for (std::size_t year = 0; year < years; ++year)
            for (std::size_t kind = 0; kind < kinds; ++kind)
                evidence.events.push_back(summed(u, year, kind, marker));
    evidence.not_located.assign(years, 0);
    evidence.outside.assign(years, 0);
    for (std::size_t year = 0; year < years; ++year)
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            evidence.outside[year] += summed(cube.outside_row(), year, kind, marker);
            evidence.not_located[year] += summed(cube.not_located_row(), year, kind, marker);
        }
    if (request.mixes == ImpactMixes::read) count_markers(cube, windows, definition, out);
    warn_of_recording(cube, windows, marker, out);

    if (!request.population)
        throw UsageError("it is not said how many people live in the units", {}, "give --population FILE");
    evidence.residents = by_unit(*request.population, out);
    // A table of the whole country is matched once for each band.
    if (request.mixes == ImpactMixes::read) read_ages(*request.population, out);
    out.population_words = request.population->year.empty()
                               ? std::string("resident population")
                               : "resident population, " + request.population->year;
    if (request.workday) evidence.workday = by_unit(*request.workday, out);
    if (request.needles) {
        evidence.needles = by_unit(*request.needles, out);
    }
    if (request.imd) {
        const Deprivation tabled_shares = deprivation_of(request, tabled(out), out);
        std::vector<double> people = evidence.residents;
        if (out.on_hexagons) {
            std::vector<MatchReport> matches;
            Problems again;  // said above
            std::vector<std::string> said;
            const Column column = population_of_areas(*request.population, out.wards, again, said, matches);
            people.assign(column.numbers().begin(), column.numbers().end());
        }
        // The share of a hexagon's people: of each ward's, as many as live in its part of the hexagon.
        const auto people_of = [&](const std::vector<double>& shares) {
            std::vector<double> values = people;
            for (std::size_t i = 0; i < values.size(); ++i) values[i] *= shares[i];
            return out.on_hexagons ? shared_out(values, out) : values;
        };
        for (const std::vector<double>& pair : tabled_shares.pairs) out.deciles.push_back(people_of(pair));
        if (out.on_hexagons) {
            evidence.deprived = people_of(tabled_shares.shares);
            for (std::size_t u = 0; u < units; ++u)
                evidence.deprived[u] =
                    evidence.residents[u] > 0 ? evidence.deprived[u] / evidence.residents[u] : nan;
        } else {
            evidence.deprived = tabled_shares.shares;
        }
    }
    if (request.harm) read_weights(request, out);
    evidence.excluded.assign(units, {});
    for (const ImpactExclusion& one : definition.exclude) {
        bool found = false;
        for (std::size_t u = 0; u < units; ++u) {
            if (evidence.units.codes()[u] != one.unit && evidence.units.names()[u] != one.unit) continue;
            evidence.excluded[u] = one.reason;
            found = true;
        }
        if (!found)
            throw NameUnknown("there is no unit '" + one.unit + "' to leave out", {},
                              did_you_mean(one.unit, evidence.units.names()));
    }
    if (request.nominations) read_nominations(request, out);
    warn(request, out);
    return out;
}

}  // namespace wardmap
