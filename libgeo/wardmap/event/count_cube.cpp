#include "wardmap/event/count_cube.hpp"

#include "wardmap/base/letter_case.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace wardmap {
namespace {

/// Names that the table has of its own; a column of kinds called so, in any case of letters, as that is how
/// columns are asked for, gets a line behind its name.
std::string free_name(const std::string& name, std::set<std::string>& taken) {
    std::string out = name;
    while (!taken.insert(lower_ascii(out)).second) out += "_";
    return out;
}

}  // namespace

std::vector<std::string> count_columns(const CountCube& cube) {
    std::set<std::string> taken{"area_code", "area_name", "period", "count"};
    if (!cube.markers.empty()) taken.insert("marker");
    std::vector<std::string> names{"area_code", "area_name", "period"};
    for (const std::string& by : cube.by) names.push_back(free_name(by, taken));
    if (!cube.markers.empty()) names.emplace_back("marker");
    names.emplace_back("count");
    return names;
}

TableMeta count_meta(const CountCube& cube) {
    TableMeta meta;
    meta.measure = "events";
    meta.unit = "events";
    meta.whole = cube.areas.whole();
    meta.area_noun = cube.areas.noun();
    meta.attribution.assign(cube.areas.attribution().begin(), cube.areas.attribution().end());
    if (cube.periods.size() == 1 && cube.periods[0].period)
        meta.period_after = cube.periods[0].period->words();
    return meta;
}

Table count_table(const CountCube& cube, Unlocated unlocated) {
    const std::size_t areas = unlocated == Unlocated::keep ? cube.area_rows() : cube.areas.size();
    const std::size_t rows = areas * cube.periods.size() * cube.kinds.size() * cube.marker_count();
    std::vector<std::string> codes, names, periods, markers;
    std::vector<std::vector<std::string>> kinds(cube.by.size());
    codes.reserve(rows);
    names.reserve(rows);
    periods.reserve(rows);
    for (std::vector<std::string>& kind : kinds) kind.reserve(rows);
    for (std::size_t a = 0; a < areas; ++a) {
        const bool is_area = a < cube.areas.size();
        const std::string name =
            is_area ? cube.areas.names()[a]
                    : std::string(a == cube.outside_row() ? outside_row_name : not_located_row_name);
        for (const CountPeriod& period : cube.periods) {
            for (const std::vector<std::string>& kind : cube.kinds) {
                for (std::size_t m = 0; m < cube.marker_count(); ++m) {
                    codes.push_back(is_area ? cube.areas.codes()[a] : std::string{});
                    names.push_back(name);
                    periods.push_back(period.label);
                    for (std::size_t k = 0; k < kind.size(); ++k) kinds[k].push_back(kind[k]);
                    if (!cube.markers.empty()) markers.push_back(cube.markers[m]);
                }
            }
        }
    }
    std::vector<double> counts(cube.counts.begin(), cube.counts.begin() + static_cast<std::ptrdiff_t>(rows));
    const std::vector<std::string> headings = count_columns(cube);
    std::vector<Column> columns;
    columns.push_back(Column::text("area_code", std::move(codes)));
    columns.push_back(Column::text("area_name", std::move(names)));
    columns.push_back(Column::text("period", std::move(periods)));
    for (std::size_t k = 0; k < kinds.size(); ++k)
        columns.push_back(Column::text(headings[3 + k], std::move(kinds[k])));
    if (!cube.markers.empty()) columns.push_back(Column::text("marker", std::move(markers)));
    columns.push_back(Column::numbers("count", std::move(counts), "events"));
    return Table(std::move(columns), count_meta(cube));
}

}  // namespace wardmap
