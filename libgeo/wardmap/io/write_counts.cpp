#include "wardmap/io/write_counts.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/io/csv_text.hpp"

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace wardmap {
namespace {

constexpr std::size_t piece_size = 1U << 20U;

void append_count(std::string& out, double count) {
    constexpr double most_exact = 9007199254740992.0;  // 2^53
    if (count != std::trunc(count) || std::abs(count) > most_exact) {
        out += full_precision(count);
        return;
    }
    char digits[24];
    const auto [end, failed] = std::to_chars(digits, digits + sizeof digits, static_cast<long long>(count));
    out.append(digits, end);
}

}  // namespace

void write_count_csv(const CountCube& cube, Unlocated unlocated,
                     const std::function<void(std::string_view)>& write) {
    std::string out;
    for (const std::string& name : count_columns(cube)) {
        if (!out.empty()) out += ',';
        append_csv_cell(out, name);
    }
    out += '\n';
    // What stands between area and count is the same for every area.
    std::vector<std::string> middles;
    for (const CountPeriod& period : cube.periods) {
        for (const std::vector<std::string>& kind : cube.kinds) {
            for (std::size_t m = 0; m < cube.marker_count(); ++m) {
                std::string middle = ",";
                append_csv_cell(middle, period.label);
                middle += ',';
                for (const std::string& value : kind) {
                    append_csv_cell(middle, value);
                    middle += ',';
                }
                if (!cube.markers.empty()) {
                    append_csv_cell(middle, cube.markers[m]);
                    middle += ',';
                }
                middles.push_back(std::move(middle));
            }
        }
    }
    const std::size_t areas = unlocated == Unlocated::keep ? cube.area_rows() : cube.areas.size();
    const double* count = cube.counts.data();
    for (std::size_t a = 0; a < areas; ++a) {
        std::string front;
        if (a < cube.areas.size()) {
            append_csv_cell(front, cube.areas.codes()[a]);
            front += ',';
            append_csv_cell(front, cube.areas.names()[a]);
        } else {
            front += ',';
            front += a == cube.outside_row() ? outside_row_name : not_located_row_name;
        }
        for (const std::string& middle : middles) {
            out += front;
            out += middle;
            append_count(out, *count++);
            out += '\n';
        }
        if (out.size() > piece_size) {
            write(out);
            out.clear();
        }
    }
    write(out);
}

}  // namespace wardmap
