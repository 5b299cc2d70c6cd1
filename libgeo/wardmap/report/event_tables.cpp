#include "wardmap/report/event_tables.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/suggest.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wardmap {
namespace {

bool is_sum_of_markers(const std::string& marker) {
    constexpr std::array<std::string_view, 4> sums{"both", "either", "any", "all"};
    return std::find(sums.begin(), sums.end(), marker) != sums.end();
}

double sum_over_periods(const CountCube& cube, std::size_t area, const EventGroup& group) {
    double sum = 0;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) sum += cube.at(area, p, group.kind, group.marker);
    return sum;
}

std::vector<std::string> values_of(const CountCube& cube, std::size_t kind, std::size_t marker) {
    std::vector<std::string> values;
    if (!cube.markers.empty()) values.push_back(cube.markers[marker]);
    for (std::size_t k = 0; k < cube.by.size(); ++k) {
        const std::string& value = cube.kinds[kind][k];
        values.push_back(value.empty() ? lower_ascii(cube.by[k]) + " not stated" : value);
    }
    return values;
}

std::size_t marker_named(const CountCube& cube, const std::string& wanted) {
    if (cube.markers.empty()) {
        if (wanted.empty()) return 0;
        throw NameUnknown("the events have no markers, so there is no '" + wanted + "'", {},
                          "name the marker's column where the events are read");
    }
    const std::string folded = lower_ascii(wanted.empty() ? "all" : wanted);
    for (std::size_t m = 0; m < cube.markers.size(); ++m) {
        if (lower_ascii(cube.markers[m]) == folded) return m;
    }
    throw NameUnknown("no events have the marker '" + wanted + "'", {}, did_you_mean(wanted, cube.markers));
}

}  // namespace

std::vector<EventGroup> event_groups(const CountCube& cube) {
    std::vector<EventGroup> out;
    for (std::size_t m = 0; m < cube.marker_count(); ++m) {
        if (!cube.markers.empty() && is_sum_of_markers(cube.markers[m])) continue;
        for (std::size_t k = 0; k < cube.kinds.size(); ++k) {
            EventGroup group{values_of(cube, k, m), k, m, 0};
            for (std::size_t a = 0; a < cube.areas.size(); ++a)
                group.in_areas += sum_over_periods(cube, a, group);
            out.push_back(std::move(group));
        }
    }
    return out;
}

Table table_of_groups(const CountCube& cube, std::span<const EventGroup> groups) {
    std::vector<std::string> codes, names, numbers, periods;
    std::vector<double> counts;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t a = 0; a < cube.areas.size(); ++a) {
            for (std::size_t p = 0; p < cube.periods.size(); ++p) {
                codes.push_back(cube.areas.codes()[a]);
                names.push_back(cube.areas.names()[a]);
                numbers.push_back(std::to_string(g));
                periods.push_back(cube.periods[p].label);
                counts.push_back(cube.at(a, p, groups[g].kind, groups[g].marker));
            }
        }
    }
    return Table({Column::text("area_code", std::move(codes)), Column::text("area_name", std::move(names)),
                  Column::text("group", std::move(numbers)), Column::text("period", std::move(periods)),
                  Column::numbers("count", std::move(counts), "events")},
                 count_meta(cube));
}

LeftOut left_out_of(const CountCube& cube, const EventGroup& group) {
    return {known_count(sum_over_periods(cube, cube.outside_row(), group)),
            known_count(sum_over_periods(cube, cube.not_located_row(), group))};
}

Table table_of_whole(const CountCube& cube, const std::string& marker) {
    const std::size_t m = marker_named(cube, marker);
    const std::string whole =
        cube.areas.whole().empty() ? "all " + cube.areas.noun() + "s" : cube.areas.whole();
    const std::size_t rows = 3 * cube.periods.size() * cube.kinds.size();
    std::vector<std::string> codes, names, periods;
    std::vector<std::vector<std::string>> kinds(cube.by.size());
    std::vector<double> counts;
    for (int place = 0; place < 3; ++place) {
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            for (std::size_t k = 0; k < cube.kinds.size(); ++k) {
                double count = 0;
                if (place == 0) {
                    for (std::size_t a = 0; a < cube.areas.size(); ++a) count += cube.at(a, p, k, m);
                } else {
                    count = cube.at(place == 1 ? cube.outside_row() : cube.not_located_row(), p, k, m);
                }
                codes.emplace_back(place == 0 ? "all" : "");
                names.emplace_back(place == 0   ? whole
                                   : place == 1 ? std::string(outside_row_name)
                                                : std::string(not_located_row_name));
                periods.push_back(cube.periods[p].label);
                for (std::size_t b = 0; b < cube.by.size(); ++b) kinds[b].push_back(cube.kinds[k][b]);
                counts.push_back(count);
            }
        }
    }
    const std::vector<std::string> headings = count_columns(cube);
    std::vector<Column> columns{Column::text("area_code", std::move(codes)),
                                Column::text("area_name", std::move(names)),
                                Column::text("period", std::move(periods))};
    for (std::size_t b = 0; b < cube.by.size(); ++b)
        columns.push_back(Column::text(headings[3 + b], std::move(kinds[b])));
    if (!cube.markers.empty())
        columns.push_back(Column::text("marker", std::vector<std::string>(rows, cube.markers[m])));
    columns.push_back(Column::numbers("count", std::move(counts), "events"));
    return Table(std::move(columns), count_meta(cube));
}

}  // namespace wardmap
