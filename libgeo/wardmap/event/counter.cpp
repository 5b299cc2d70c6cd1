#include "wardmap/event/counter.hpp"

#include "wardmap/base/byte_text.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/transform.hpp"
#include "wardmap/event/area_column.hpp"
#include "wardmap/event/areas_reach.hpp"
#include "wardmap/event/event_tally.hpp"
#include "wardmap/event/locator.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>
#include <utility>

namespace wardmap {
namespace {

/// Outside events are kept, up to so many, to say how near to an area they lie; past that their number says
/// enough.
constexpr std::size_t most_outside_kept = 1U << 16U;
constexpr double near_m = 50;
constexpr std::size_t most_kinds = 20'000;

/// What a name in a list of a reader stands for here; the lists only grow.
template <typename Value>
struct ListCache {
    std::uint64_t list = 0;
    std::vector<Value> values{};

    template <typename Meaning>
    const std::vector<Value>& of(const CodedColumn& column, Meaning&& meaning) {
        if (column.list == 0 || column.list != list) values.clear();
        list = column.list;
        while (values.size() < column.names.size()) values.push_back(meaning(column.names[values.size()]));
        return values;
    }
};

/// The different texts of one column of kinds, numbered as they come.
struct NameList {
    std::vector<std::string> names{};
    std::unordered_map<std::string, std::uint32_t> numbers{};

    std::uint32_t number(const std::string& name) {
        const auto [at, is_new] = numbers.try_emplace(name, static_cast<std::uint32_t>(names.size()));
        if (is_new) names.push_back(name);
        return at->second;
    }
};

/// month_number of days, remembered: events of a few months come in any order, and a calendar takes long.
class MonthOfDay {
public:
    std::int32_t operator()(std::int32_t day) noexcept {
        Known& known = known_[static_cast<std::uint32_t>(day) % known_.size()];
        if (known.day != day) known = {day, month_number(day)};
        return known.month;
    }

private:
    struct Known {
        std::int32_t day = std::numeric_limits<std::int32_t>::min();
        std::int32_t month = 0;
    };
    std::array<Known, 512> known_{};
};

std::int32_t bin_of(const EventTime& time, PeriodBins bins, MonthOfDay& month_of_day) noexcept {
    switch (bins) {
        case PeriodBins::all:
            return 0;
        case PeriodBins::weekday:
            return time.precision >= TimePrecision::day ? weekday_of(time.day) : no_time_bin;
        case PeriodBins::hour:
            return time.precision == TimePrecision::minute ? time.minute / 60 : no_time_bin;
        case PeriodBins::weekday_hour:
            return time.precision == TimePrecision::minute ? weekday_of(time.day) * 24 + time.minute / 60
                                                           : no_time_bin;
        default:
            break;
    }
    return time.precision == TimePrecision::none ? no_time_bin : month_of_day(time.day);
}

struct OutsideEvent {
    Point point{};
    std::uint32_t crs = 0;
};

/// The same areas, also in shape: a boundary review may keep the codes.
bool same_areas(const AreaSet& a, const AreaSet& b) {
    if (&a.parts() == &b.parts()) return true;
    return a.crs() == b.crs() && std::ranges::equal(a.codes(), b.codes()) &&
           std::ranges::equal(a.shapes(), b.shapes());
}

bool same_lookup(const std::optional<Lookup>& a, const std::optional<Lookup>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    return std::ranges::equal(a->from(), b->from()) && std::ranges::equal(a->to(), b->to());
}

/// FNV-1a over what areas and lookup hold, for states: the codes alone would not tell a boundary review.
std::uint64_t fingerprint(const AreaSet& areas, const std::optional<Lookup>& lookup) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add = [&](std::uint64_t number) {
        hash = (hash ^ number) * 0x100000001b3U;
        hash ^= hash >> 29U;
    };
    const auto add_text = [&](std::string_view text) {
        add(text.size());
        for (const char c : text) add(static_cast<unsigned char>(c));
    };
    add_text(areas.crs().definition);
    for (const MultiPolygon& shape : areas.shapes()) {
        for (const Point& point : shape.points) {
            add(std::bit_cast<std::uint64_t>(point.x));
            add(std::bit_cast<std::uint64_t>(point.y));
        }
    }
    add(lookup ? 1 : 0);
    if (!lookup) return hash;
    for (const std::string& code : lookup->from()) add_text(code);
    for (const std::string& code : lookup->to()) add_text(code);
    return hash;
}

bool is_calendar(PeriodBins bins) noexcept {
    return bins != PeriodBins::all && bins != PeriodBins::weekday && bins != PeriodBins::hour &&
           bins != PeriodBins::weekday_hour;
}

}  // namespace

struct Counter::Data {
    Data(AreaSet all_areas, CounterOptions given)
        : locator(std::move(all_areas)),
          options(std::move(given)),
          columns(options.by.size() + options.markers.size()),
          tally(locator.areas().size() + 2) {
        if (is_calendar(options.bins)) options.bins = PeriodBins::month;
        lists.resize(columns);
        levels.resize(columns);
        caches.resize(columns);
        if (columns == 0) group_keys.emplace_back();
    }

    Locator locator;
    CounterOptions options;
    std::optional<AreaColumn> area_column{};  ///< once there is a batch with such a column
    std::size_t columns;
    std::vector<NameList> lists{};  ///< of each column of kinds, then of markers
    std::vector<std::unordered_map<std::uint64_t, std::uint32_t>>
        levels{};  ///< (node above, name) -> node; the last level's are groups
    std::vector<std::vector<std::uint32_t>> group_keys{};  ///< the names of each group
    EventTally tally;                                      ///< area row x bin x group
    std::uint64_t outside = 0;                             ///< rows
    std::uint64_t nowhere = 0;
    std::uint64_t snapped = 0;
    std::uint64_t without_time = 0;
    std::uint64_t swapped_fit = 0;   ///< outside, but inside the areas' box with x and y changed over
    std::uint64_t swapped_sure = 0;  ///< of them, those that hardly lie there by chance
    bool too_many_outside = false;
    std::vector<OutsideEvent> outside_events{};
    std::vector<Crs> crs_list{};
    std::map<std::string, std::pair<AreaNameMatch, std::uint64_t>>
        odd_names{};  ///< names that are no area here
    std::uint64_t compared = 0;
    std::uint64_t different = 0;
    std::vector<std::uint64_t> by_coordinates{};
    std::vector<std::uint64_t> by_column{};

    // Room to work in, kept from batch to batch.
    std::vector<AreaIndex> places{};
    std::vector<AreaIndex> other_places{};
    std::vector<std::uint32_t> groups{};
    std::vector<std::int64_t*> cells{};
    std::vector<ListCache<std::uint32_t>> caches{};
    ListCache<NamedArea> area_cache{};
    std::vector<AreasReach> reaches{};

    const AreaSet& areas() const noexcept { return locator.areas(); }
    bool counts_by_column() const noexcept { return options.place_by == PlaceBy::area_column; }

    void place(const EventBatch& batch);
    void place_by_coordinates(const EventBatch& batch, std::vector<AreaIndex>& out);
    void place_by_column(const EventBatch& batch, std::vector<AreaIndex>& out);
    void group(const EventBatch& batch);
    std::uint32_t node(std::size_t level, std::uint32_t above, std::uint32_t name);
    std::uint32_t group_of(const std::vector<std::uint32_t>& key);
    std::uint32_t crs_number(const Crs& crs);
    const AreasReach& reach_in(const Crs& crs);
    void keep_outside(Point point, const Crs& crs);
    void say_where(Counted& counted) const;
    void say_names(Counted& counted) const;
};

Counter::Counter(AreaSet areas, CounterOptions options) {
    if (areas.size() == 0)
        throw InputError("there are no areas to count in", {.file = areas.source()},
                         "name a set or file that holds some");
    data_ = std::make_unique<Data>(std::move(areas), std::move(options));
}
Counter::Counter(Counter&&) noexcept = default;
Counter& Counter::operator=(Counter&&) noexcept = default;
Counter::~Counter() = default;

const AreaSet& Counter::areas() const noexcept {
    return data_->areas();
}
const CounterOptions& Counter::options() const noexcept {
    return data_->options;
}

std::uint32_t Counter::Data::crs_number(const Crs& crs) {
    for (std::size_t i = 0; i < crs_list.size(); ++i) {
        if (crs_list[i] == crs) return static_cast<std::uint32_t>(i);
    }
    crs_list.push_back(crs);
    return static_cast<std::uint32_t>(crs_list.size() - 1);
}

const AreasReach& Counter::Data::reach_in(const Crs& crs) {
    for (const AreasReach& reach : reaches) {
        if (reach.crs == crs) return reach;
    }
    reaches.push_back(reach_of(areas(), crs));
    return reaches.back();
}

void Counter::Data::keep_outside(Point point, const Crs& crs) {
    if (too_many_outside) return;
    if (outside_events.size() >= most_outside_kept) {
        too_many_outside = true;
        outside_events.clear();
        return;
    }
    outside_events.push_back({point, crs_number(crs)});
}

void Counter::Data::place_by_coordinates(const EventBatch& batch, std::vector<AreaIndex>& out) {
    out.resize(batch.size);
    locator.locate(batch.x, batch.y, batch.crs, out);
    const AreasReach* reach = nullptr;
    for (std::size_t i = 0; i < batch.size; ++i) {
        if (out[i] != outside_areas) continue;
        const Point point{batch.x[i], batch.y[i]};
        if (options.snap_m > 0) {
            const NearestArea nearest = locator.nearest(point, batch.crs, options.snap_m);
            if (nearest.area >= 0) {
                out[i] = nearest.area;
                if (!counts_by_column()) ++snapped;
                continue;
            }
        }
        if (reach == nullptr) reach = &reach_in(batch.crs);
        if (reach->box.contains({point.y, point.x})) {
            ++swapped_fit;
            swapped_sure += reach->tells_swapped ? 1U : 0U;
        }
        keep_outside(point, batch.crs);
    }
}

void Counter::Data::place_by_column(const EventBatch& batch, std::vector<AreaIndex>& out) {
    out.resize(batch.size);
    if (!area_column) area_column.emplace(areas(), options.lookup);
    const auto& meant =
        area_cache.of(batch.area, [&](const std::string& name) { return area_column->find(name); });
    for (std::size_t i = 0; i < batch.size; ++i) {
        const NamedArea& named = meant[batch.area.codes[i]];
        out[i] = named.area;
        if (named.match == AreaNameMatch::found || named.match == AreaNameMatch::blank) continue;
        auto& odd = odd_names[batch.area.names[batch.area.codes[i]]];
        odd.first = named.match;
        ++odd.second;
    }
}

void Counter::Data::place(const EventBatch& batch) {
    const bool has_points = !batch.x.empty();
    const bool has_area = !batch.area.codes.empty();
    if (counts_by_column() && !has_area)
        throw UsageError("these events have no area column", {}, "name it with --area");
    if (!has_points && !has_area)
        throw UsageError("these events have neither coordinates nor an area column", {},
                         "name them with --x and --y, --postcode or --area");
    const bool by_area = counts_by_column() || !has_points;
    if (by_area) {
        place_by_column(batch, places);
    } else {
        place_by_coordinates(batch, places);
    }
    if (!has_points || !has_area) return;
    if (by_area) {
        place_by_coordinates(batch, other_places);
    } else {
        place_by_column(batch, other_places);
    }
    if (by_coordinates.empty()) {
        by_coordinates.assign(areas().size(), 0);
        by_column.assign(areas().size(), 0);
    }
    const std::vector<AreaIndex>& points = by_area ? other_places : places;
    const std::vector<AreaIndex>& names = by_area ? places : other_places;
    for (std::size_t i = 0; i < batch.size; ++i) {
        if (points[i] >= 0) ++by_coordinates[static_cast<std::size_t>(points[i])];
        if (names[i] >= 0) ++by_column[static_cast<std::size_t>(names[i])];
        if (points[i] < 0 && names[i] < 0) continue;
        ++compared;
        different += points[i] == names[i] ? 0U : 1U;
    }
}

std::uint32_t Counter::Data::node(std::size_t level, std::uint32_t above, std::uint32_t name) {
    const std::uint64_t key = (static_cast<std::uint64_t>(above) << 32U) | name;
    const bool is_last = level + 1 == columns;
    const auto next = static_cast<std::uint32_t>(is_last ? group_keys.size() : levels[level].size());
    const auto [at, is_new] = levels[level].try_emplace(key, next);
    if (is_new && next >= most_kinds) {
        const std::size_t column = level < options.by.size() ? level : level - options.by.size();
        throw InputError("the column has more than " + with_thousands(static_cast<double>(most_kinds), 0) +
                             " different values, which is no set of kinds",
                         {.column = level < options.by.size() ? options.by[column] : options.markers[column]},
                         "count by another column");
    }
    return at->second;
}

std::uint32_t Counter::Data::group_of(const std::vector<std::uint32_t>& key) {
    std::uint32_t at = 0;
    for (std::size_t level = 0; level < columns; ++level) at = node(level, at, key[level]);
    if (at == group_keys.size()) group_keys.push_back(key);
    return at;
}

void Counter::Data::group(const EventBatch& batch) {
    groups.assign(batch.size, 0);
    if (columns == 0) return;
    std::vector<const std::vector<std::uint32_t>*> numbers(columns);
    std::vector<std::span<const std::uint32_t>> codes(columns);
    for (std::size_t c = 0; c < columns; ++c) {
        const CodedColumn& column =
            c < options.by.size() ? batch.by[c] : batch.markers[c - options.by.size()];
        numbers[c] = &caches[c].of(column, [&](const std::string& name) { return lists[c].number(name); });
        codes[c] = column.codes;
    }
    if (columns == 1) {
        // One look for each name of the list, not for each event.
        std::vector<std::uint32_t> known(numbers[0]->size(), std::numeric_limits<std::uint32_t>::max());
        for (std::size_t i = 0; i < batch.size; ++i) {
            std::uint32_t& here = known[codes[0][i]];
            if (here == std::numeric_limits<std::uint32_t>::max())
                here = group_of({(*numbers[0])[codes[0][i]]});
            groups[i] = here;
        }
        return;
    }
    std::vector<std::uint32_t> key(columns);
    std::vector<std::uint32_t> last;
    std::uint32_t last_group = 0;
    for (std::size_t i = 0; i < batch.size; ++i) {
        for (std::size_t c = 0; c < columns; ++c) key[c] = (*numbers[c])[codes[c][i]];
        if (key != last) {
            last_group = group_of(key);
            last = key;
        }
        groups[i] = last_group;
    }
}

void Counter::add(const EventBatch& batch) {
    Data& d = *data_;
    if (batch.by.size() != d.options.by.size() || batch.markers.size() != d.options.markers.size()) {
        throw UsageError("the batch does not have the columns this counter counts by");
    }
    if (batch.size == 0) return;
    d.place(batch);
    d.group(batch);
    d.tally.make_room(d.group_keys.size());
    const std::size_t outside_row = d.areas().size();
    const std::int32_t undated = d.options.bins == PeriodBins::all ? 0 : no_time_bin;
    MonthOfDay month_of_day;
    d.cells.resize(batch.size);
    for (std::size_t i = 0; i < batch.size; ++i) {
        const AreaIndex place = d.places[i];
        const std::size_t row =
            place >= 0 ? static_cast<std::size_t>(place) : outside_row + (place == outside_areas ? 0 : 1);
        const std::int32_t bin =
            batch.time.empty() ? undated : bin_of(batch.time[i], d.options.bins, month_of_day);
        // The cells of a country's areas are in no cache: all are on their way before the first is needed.
        d.cells[i] = d.tally.cell(row, bin, d.groups[i], place >= 0);
        __builtin_prefetch(d.cells[i], 1);
        d.outside += place == outside_areas ? 1U : 0U;
        d.nowhere += place == not_located ? 1U : 0U;
        const bool timed = !batch.time.empty() && batch.time[i].precision == TimePrecision::minute;
        d.without_time += place >= 0 && !timed ? 1U : 0U;
    }
    for (std::size_t i = 0; i < batch.size; ++i)
        *d.cells[i] += batch.weight.empty() ? weight_unit : batch.weight[i];
}

void Counter::merge(const Counter& other) {
    Data& d = *data_;
    const Data& o = *other.data_;
    if (&d == &o) throw UsageError("a counter cannot be merged with itself: its events would count twice");
    if (!same_areas(d.areas(), o.areas()) || !same_lookup(d.options.lookup, o.options.lookup) ||
        d.options.by != o.options.by || d.options.markers != o.options.markers ||
        d.options.bins != o.options.bins || d.options.place_by != o.options.place_by ||
        d.options.snap_m != o.options.snap_m) {
        throw UsageError("the two counters do not count the same", {},
                         "merge counters of the same areas and options");
    }
    std::vector<std::uint32_t> group_here;
    for (const std::vector<std::uint32_t>& key : o.group_keys) {
        std::vector<std::uint32_t> mine(d.columns);
        for (std::size_t c = 0; c < d.columns; ++c) mine[c] = d.lists[c].number(o.lists[c].names[key[c]]);
        group_here.push_back(d.columns == 0 ? 0 : d.group_of(mine));
    }
    d.tally.make_room(d.group_keys.size());
    d.tally.add(o.tally, group_here);
    d.outside += o.outside;
    d.nowhere += o.nowhere;
    d.snapped += o.snapped;
    d.without_time += o.without_time;
    d.swapped_fit += o.swapped_fit;
    d.swapped_sure += o.swapped_sure;
    d.too_many_outside = d.too_many_outside || o.too_many_outside ||
                         d.outside_events.size() + o.outside_events.size() > most_outside_kept;
    if (d.too_many_outside) {
        d.outside_events.clear();
    } else {
        for (const OutsideEvent& one : o.outside_events)
            d.outside_events.push_back({one.point, d.crs_number(o.crs_list[one.crs])});
    }
    for (const auto& [name, odd] : o.odd_names) {
        auto& mine = d.odd_names[name];
        mine.first = odd.first;
        mine.second += odd.second;
    }
    d.compared += o.compared;
    d.different += o.different;
    if (!o.by_coordinates.empty()) {
        d.by_coordinates.resize(d.areas().size());
        d.by_column.resize(d.areas().size());
        for (std::size_t a = 0; a < d.areas().size(); ++a) {
            d.by_coordinates[a] += o.by_coordinates[a];
            d.by_column[a] += o.by_column[a];
        }
    }
}

void Counter::Data::say_where(Counted& counted) const {
    PlacedEvents placed;
    placed.located = counted.ledger.located;
    placed.outside = outside;
    placed.swapped_fit = swapped_fit;
    placed.swapped_sure = swapped_sure;
    say_misplaced(placed, areas(), counted.problems);
    if (placed.located == 0) return;
    if (outside_events.empty() || counts_by_column()) return;
    // The nearest first, so that the examples are the same however the events came.
    std::vector<std::pair<double, AreaIndex>> near;
    for (const OutsideEvent& one : outside_events) {
        const NearestArea nearest = locator.nearest(one.point, crs_list[one.crs], near_m);
        if (nearest.area >= 0) near.emplace_back(nearest.distance_m, nearest.area);
    }
    std::sort(near.begin(), near.end());
    for (const auto& [distance, area] : near) {
        counted.problems.add(
            Severity::note, "just_outside",
            "events lie outside all areas, but within " + with_thousands(near_m, 0) +
                " m of one; a snap of that many metres would count them there",
            {}, fixed_decimals(distance, 1) + " m from " + areas().names()[static_cast<std::size_t>(area)]);
    }
}

void Counter::Data::say_names(Counted& counted) const {
    for (const auto& [name, odd] : odd_names) {
        switch (odd.first) {
            case AreaNameMatch::elsewhere:
                counted.problems.add(Severity::note, "rows_elsewhere",
                                     "events have the code of an area that is not among these", {}, name,
                                     odd.second);
                break;
            case AreaNameMatch::ambiguous:
                counted.problems.add(Severity::problem, "ambiguous_name",
                                     "events have a name that several areas have; use their codes", {}, name,
                                     odd.second);
                break;
            default:
                counted.problems.add(Severity::problem, "unknown_area",
                                     "events have a text in the area column that names no area", {}, name,
                                     odd.second);
        }
    }
    if (snapped > 0) {
        counted.problems.add(Severity::note, "snapped",
                             "events outside all areas were counted in the nearest one, at most " +
                                 full_precision(options.snap_m) + " m away, as the snap allows",
                             {}, {}, snapped);
    }
}

Counted Counter::finish(const PeriodRequest& request) const {
    const Data& d = *data_;
    Counted counted;
    TallyView view;
    view.areas = d.areas();
    view.by = d.options.by;
    view.marker_columns = d.options.markers;
    for (std::size_t c = 0; c < d.columns; ++c) view.names.push_back(d.lists[c].names);
    view.group_keys = d.group_keys;
    view.tally = &d.tally;
    view.bins = d.options.bins;
    counted = finish_tally(view, request);
    counted.ledger.outside = d.outside;
    counted.ledger.no_location = d.nowhere;
    counted.snapped = d.snapped;
    counted.without_time = d.without_time;
    d.say_names(counted);
    d.say_where(counted);
    if (!d.by_coordinates.empty()) {
        PlaceDifference difference;
        difference.compared = d.compared;
        difference.different = d.different;
        std::vector<double> points(d.by_coordinates.begin(), d.by_coordinates.end());
        std::vector<double> names(d.by_column.begin(), d.by_column.end());
        std::vector<double> change;
        for (std::size_t a = 0; a < points.size(); ++a) change.push_back(names[a] - points[a]);
        const AreaSet& areas = d.areas();
        difference.table = Table({Column::text("area_code", {areas.codes().begin(), areas.codes().end()}),
                                  Column::text("area_name", {areas.names().begin(), areas.names().end()}),
                                  Column::numbers("by_coordinates", std::move(points)),
                                  Column::numbers("by_area_column", std::move(names)),
                                  Column::numbers("difference", std::move(change))});
        counted.difference = std::move(difference);
    }
    return counted;
}

namespace {

constexpr std::string_view state_mark = "wardmap.counter/2";

void put_double(std::string& out, double value) {
    put_number(out, std::bit_cast<std::uint64_t>(value));
}
double take_double(std::string_view& bytes) {
    return std::bit_cast<double>(take_number(bytes));
}

}  // namespace

std::string Counter::state() const {
    const Data& d = *data_;
    std::string out;
    put_text(out, state_mark);
    put_texts(out, {d.areas().codes().begin(), d.areas().codes().end()});
    put_number(out, fingerprint(d.areas(), d.options.lookup));
    put_texts(out, d.options.by);
    put_texts(out, d.options.markers);
    put_number(out, static_cast<std::uint64_t>(d.options.bins));
    put_number(out, static_cast<std::uint64_t>(d.options.place_by));
    put_double(out, d.options.snap_m);
    for (const NameList& list : d.lists) put_texts(out, list.names);
    put_number(out, d.group_keys.size());
    for (const std::vector<std::uint32_t>& key : d.group_keys) {
        for (const std::uint32_t name : key) put_number(out, name);
    }
    d.tally.write(out);
    for (const std::uint64_t number : {d.outside, d.nowhere, d.snapped, d.without_time, d.swapped_fit,
                                       d.swapped_sure, d.compared, d.different})
        put_number(out, number);
    put_number(out, d.too_many_outside ? 1 : 0);
    put_number(out, d.crs_list.size());
    for (const Crs& crs : d.crs_list) put_text(out, crs.definition);
    put_number(out, d.outside_events.size());
    for (const OutsideEvent& one : d.outside_events) {
        put_double(out, one.point.x);
        put_double(out, one.point.y);
        put_number(out, one.crs);
    }
    put_number(out, d.odd_names.size());
    for (const auto& [name, odd] : d.odd_names) {
        put_text(out, name);
        put_number(out, static_cast<std::uint64_t>(odd.first));
        put_number(out, odd.second);
    }
    put_number(out, d.by_coordinates.size());
    for (std::size_t a = 0; a < d.by_coordinates.size(); ++a) {
        put_number(out, d.by_coordinates[a]);
        put_number(out, d.by_column[a]);
    }
    return out;
}

void Counter::restore(std::string_view bytes) {
    const auto fresh = std::make_unique<Data>(data_->areas(), data_->options);
    Data& d = *fresh;
    const auto refuse = [] {
        throw InputError("the saved state is not of these areas and options", {},
                         "restore it into a counter made like the one that was saved");
    };
    if (take_text(bytes) != state_mark) refuse();
    if (take_texts(bytes) != std::vector<std::string>(d.areas().codes().begin(), d.areas().codes().end()))
        refuse();
    if (take_number(bytes) != fingerprint(d.areas(), d.options.lookup)) refuse();
    if (take_texts(bytes) != d.options.by || take_texts(bytes) != d.options.markers) refuse();
    if (take_number(bytes) != static_cast<std::uint64_t>(d.options.bins) ||
        take_number(bytes) != static_cast<std::uint64_t>(d.options.place_by))
        refuse();
    if (take_double(bytes) != d.options.snap_m) refuse();
    for (NameList& list : d.lists) {
        for (const std::string& name : take_texts(bytes)) (void)list.number(name);
    }
    const std::uint64_t groups = take_number(bytes);
    for (std::uint64_t g = 0; g < groups; ++g) {
        std::vector<std::uint32_t> key(d.columns);
        for (std::size_t c = 0; c < d.columns; ++c) {
            key[c] = static_cast<std::uint32_t>(take_number(bytes));
            if (key[c] >= d.lists[c].names.size()) refuse();
        }
        if (d.columns > 0) (void)d.group_of(key);
    }
    d.tally.read(bytes);
    if (d.tally.stride() < d.group_keys.size()) refuse();
    for (std::uint64_t* number : {&d.outside, &d.nowhere, &d.snapped, &d.without_time, &d.swapped_fit,
                                  &d.swapped_sure, &d.compared, &d.different})
        *number = take_number(bytes);
    d.too_many_outside = take_number(bytes) != 0;
    for (std::uint64_t n = take_number(bytes); n > 0; --n) d.crs_list.push_back({take_text(bytes)});
    for (std::uint64_t n = take_number(bytes); n > 0; --n) {
        OutsideEvent one;
        one.point.x = take_double(bytes);
        one.point.y = take_double(bytes);
        one.crs = static_cast<std::uint32_t>(take_number(bytes));
        if (one.crs >= d.crs_list.size()) refuse();
        d.outside_events.push_back(one);
    }
    for (std::uint64_t n = take_number(bytes); n > 0; --n) {
        auto& odd = d.odd_names[take_text(bytes)];
        const std::uint64_t match = take_number(bytes);
        if (match > static_cast<std::uint64_t>(AreaNameMatch::ambiguous)) refuse();
        odd.first = static_cast<AreaNameMatch>(match);
        odd.second = take_number(bytes);
    }
    const std::uint64_t compared_areas = take_number(bytes);
    if (compared_areas != 0 && compared_areas != d.areas().size()) refuse();
    for (std::uint64_t a = 0; a < compared_areas; ++a) {
        d.by_coordinates.push_back(take_number(bytes));
        d.by_column.push_back(take_number(bytes));
    }
    if (!bytes.empty()) refuse();
    *data_ = std::move(d);
}

}  // namespace wardmap
