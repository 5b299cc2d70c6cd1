// Events written down in tests, as a reader would hand them over.
#pragma once

#include "support/shapes.hpp"
#include "wardmap/area/area_set.hpp"
#include "wardmap/event/counter.hpp"
#include "wardmap/event/event_batch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace wardmap {

struct MadeEvent {
    Point at{};
    std::string time{};  ///< as parse_event_time reads it
    std::vector<std::string> by{};
    std::vector<std::string> markers{};
    std::string area{};
    double weight = 1;
};

/// Columns of events. The batches it gives are views of it.
class MadeEvents {
public:
    explicit MadeEvents(const std::vector<MadeEvent>& events, Crs crs = {"EPSG:27700"})
        : crs_(std::move(crs)) {
        static std::uint64_t lists = 1U << 20U;
        const std::size_t kinds = events.empty() ? 0 : events.front().by.size();
        const std::size_t markers = events.empty() ? 0 : events.front().markers.size();
        by_.resize(kinds);
        markers_.resize(markers);
        for (const MadeEvent& event : events) {
            x_.push_back(event.at.x);
            y_.push_back(event.at.y);
            times_.push_back(parse_event_time(event.time).time);
            weights_.push_back(std::llround(event.weight * static_cast<double>(weight_unit)));
            for (std::size_t c = 0; c < kinds; ++c) by_[c].add(event.by[c]);
            for (std::size_t c = 0; c < markers; ++c) markers_[c].add(event.markers[c]);
            areas_.add(event.area);
        }
        for (Texts& texts : by_) texts.list = ++lists;
        for (Texts& texts : markers_) texts.list = ++lists;
        areas_.list = ++lists;
    }

    std::size_t size() const noexcept { return x_.size(); }

    EventBatch batch(std::size_t first, std::size_t count) const {
        EventBatch out;
        out.size = count;
        out.crs = crs_;
        out.x = std::span(x_).subspan(first, count);
        out.y = std::span(y_).subspan(first, count);
        out.time = std::span(times_).subspan(first, count);
        out.weight = std::span(weights_).subspan(first, count);
        for (const Texts& texts : by_) out.by.push_back(texts.column(first, count));
        for (const Texts& texts : markers_) out.markers.push_back(texts.column(first, count));
        return out;
    }
    EventBatch batch() const { return batch(0, size()); }
    EventBatch with_areas(std::size_t first, std::size_t count) const {
        EventBatch out = batch(first, count);
        out.area = areas_.column(first, count);
        return out;
    }
    EventBatch with_areas() const { return with_areas(0, size()); }
    EventBatch areas_only() const {
        EventBatch out = with_areas();
        out.x = out.y = {};
        return out;
    }

private:
    struct Texts {
        std::vector<std::string> names{};
        std::vector<std::uint32_t> codes{};
        std::uint64_t list = 0;
        void add(const std::string& text) {
            const auto found = std::find(names.begin(), names.end(), text);
            codes.push_back(static_cast<std::uint32_t>(found - names.begin()));
            if (found == names.end()) names.push_back(text);
        }
        CodedColumn column(std::size_t first, std::size_t count) const {
            return {.codes = std::span(codes).subspan(first, count), .names = names, .list = list};
        }
    };

    Crs crs_;
    std::vector<double> x_{}, y_{};
    std::vector<EventTime> times_{};
    std::vector<std::int64_t> weights_{};
    std::vector<Texts> by_{}, markers_{};
    Texts areas_{};
};

/// Three squares of a kilometre: Ash and Beech touch, Cedar stands two kilometres east of Beech.
inline AreaSet three_squares(Crs crs = {"EPSG:27700"}) {
    AreaSetParts parts;
    parts.codes = {"E05000001", "E05000002", "E05000003"};
    parts.names = {"Ash", "Beech", "Cedar"};
    parts.shapes = {box_shape(430000, 280000, 1000, 1000), box_shape(431000, 280000, 1000, 1000),
                    box_shape(434000, 280000, 1000, 1000)};
    parts.crs = std::move(crs);
    parts.noun = "ward";
    parts.whole = "Three Squares";
    return AreaSet(parts);
}

inline constexpr Point in_ash{430500, 280500};
inline constexpr Point in_beech{431500, 280500};
inline constexpr Point in_cedar{434500, 280500};
inline constexpr Point far_outside{440000, 290000};
inline constexpr Point nowhere{std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::quiet_NaN()};

/// All that a count says, to be compared: cells by their names, ledger, problems.
struct Said {
    std::map<std::tuple<std::string, std::string, std::vector<std::string>, std::string>, double> cells{};
    std::vector<std::pair<std::string, bool>> periods{};
    std::vector<std::uint64_t> ledger{};
    std::vector<std::tuple<std::string, std::string, std::uint64_t, std::vector<std::string>>> problems{};

    friend bool operator==(const Said&, const Said&) = default;
};

inline Said said_by(const Counted& counted) {
    Said said;
    const CountCube& cube = counted.cube;
    for (std::size_t a = 0; a < cube.area_rows(); ++a) {
        const std::string area = a < cube.areas.size()     ? cube.areas.names()[a]
                                 : a == cube.outside_row() ? "Outside"
                                                           : "Not located";
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            for (std::size_t k = 0; k < cube.kinds.size(); ++k) {
                for (std::size_t m = 0; m < cube.marker_count(); ++m) {
                    said.cells[{area, cube.periods[p].label, cube.kinds[k],
                                cube.markers.empty() ? "" : cube.markers[m]}] = cube.at(a, p, k, m);
                }
            }
        }
    }
    for (const CountPeriod& period : cube.periods) said.periods.emplace_back(period.label, period.complete);
    const Ledger& ledger = counted.ledger;
    said.ledger = {ledger.located,       ledger.outside, ledger.no_location, ledger.counted,
                   ledger.out_of_period, ledger.no_date, counted.snapped,    counted.without_time};
    for (const Problem& problem : counted.problems.all())
        said.problems.emplace_back(problem.code, problem.message, problem.count, problem.examples);
    return said;
}

/// One cell by the names of its area, period, kind and marker.
inline double cell(const Counted& counted, const std::string& area, const std::string& period,
                   const std::vector<std::string>& kind = {}, const std::string& marker = {}) {
    return said_by(counted).cells.at({area, period, kind, marker});
}

inline std::vector<std::string> labels_of(const Counted& counted) {
    std::vector<std::string> labels;
    for (const CountPeriod& period : counted.cube.periods) labels.push_back(period.label);
    return labels;
}

inline std::vector<std::string> examples_of(const Problems& problems, std::string_view code) {
    std::vector<std::string> out;
    for (const Problem& problem : problems.all()) {
        if (problem.code == code) out.insert(out.end(), problem.examples.begin(), problem.examples.end());
    }
    return out;
}

}  // namespace wardmap
