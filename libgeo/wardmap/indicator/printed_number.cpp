#include "wardmap/indicator/printed_number.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

/// What double arithmetic may lose on the way.
double slack(double value) noexcept {
    return 1e-9 * std::max(1.0, std::abs(value));
}

int decimals_of(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) return 0;
    int digits = 0;
    for (std::size_t at = point + 1; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) ++digits;
    return digits;
}

}  // namespace

bool overlap(const ValueRange& a, const ValueRange& b) noexcept {
    const double from = std::max(a.lower, b.lower);
    const double to = std::min(a.upper, b.upper);
    return from <= to + slack(std::isfinite(to) ? to : from);
}

ValueRange values_printed_as(double printed, int decimals) noexcept {
    const double half = 0.5 * std::pow(10.0, -decimals);
    return {printed - half, printed + half};
}

bool can_print_as(const ValueRange& range, double printed, int decimals) noexcept {
    if (range.exact()) {
        return std::abs(round_half_away(range.lower, decimals) - printed) <= slack(printed) ||
               std::abs(range.lower - printed) <= slack(printed);
    }
    return overlap(range, values_printed_as(printed, decimals));
}

PrintedColumn printed_column(const Table& table, std::string_view name) {
    const Column& column = table.column(name);
    PrintedColumn out;
    out.name = column.name();
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (!column.is_text()) {
            const double number = column.number(row);
            const bool is_number = column.state(row) == CellState::value && std::isfinite(number);
            out.numbers.push_back(is_number ? number : std::numeric_limits<double>::quiet_NaN());
            out.states.push_back(is_number                               ? CellState::value
                                 : column.state(row) == CellState::value ? CellState::undefined
                                                                         : column.state(row));
            if (is_number) out.decimals = std::max(out.decimals, decimals_of(full_precision(number)));
            continue;
        }
        const auto cell = parse_cell(column.text(row));
        if (!cell) out.no_numbers.push_back(row);
        const bool is_number = cell && cell->state == CellState::value && std::isfinite(cell->number);
        out.numbers.push_back(is_number ? cell->number : std::numeric_limits<double>::quiet_NaN());
        out.states.push_back(!cell                             ? CellState::missing
                             : is_number                       ? CellState::value
                             : cell->state == CellState::value ? CellState::undefined
                                                               : cell->state);
        if (is_number) out.decimals = std::max(out.decimals, decimals_of(column.text(row)));
    }
    return out;
}

}  // namespace wardmap
