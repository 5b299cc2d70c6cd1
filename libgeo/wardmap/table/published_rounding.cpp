#include "wardmap/table/published_rounding.hpp"

#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

int published_decimals(const Column& column) {
    if (column.is_text()) return 0;
    const std::string_view name = column.name();
    const std::string_view unit = column.unit();
    const auto says = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
    if (says("p_value")) return 3;
    if (name == "ratio" || says("_ratio") || name.substr(0, 6) == "ratio_") return 2;
    if (unit == "%" || unit.substr(0, 4) == "per " || says("_pct") || name == "rate" ||
        name.substr(0, 5) == "rate_")
        return 0;
    const auto numbers = column.numbers();
    if (std::all_of(numbers.begin(), numbers.end(),
                    [](double x) { return !std::isfinite(x) || x == std::floor(x); }))
        return 0;
    const bool fractions =
        std::all_of(numbers.begin(), numbers.end(), [](double x) { return !(std::abs(x) > 1); });
    return says("share") && fractions ? 3 : 1;
}

Table rounded_as_published(const Table& table) {
    std::vector<Column> columns;
    for (const Column& column : table.columns()) {
        if (column.is_text()) {
            columns.push_back(column);
            continue;
        }
        const int decimals = published_decimals(column);
        std::vector<double> numbers;
        std::vector<CellState> states;
        for (std::size_t row = 0; row < column.size(); ++row) {
            numbers.push_back(round_half_away(column.number(row), decimals));
            states.push_back(column.state(row));
        }
        columns.push_back(
            Column::numbers(column.name(), std::move(numbers), std::move(states), column.unit()));
    }
    return Table(std::move(columns), table.meta(), table.origin());
}

}  // namespace wardmap
