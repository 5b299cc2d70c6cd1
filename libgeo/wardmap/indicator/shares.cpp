#include "wardmap/indicator/shares.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/ward_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace wardmap {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The column with a last cell for all areas: the sum of the known.
Column with_total(const Column& column) {
    std::vector<double> cells(column.numbers().begin(), column.numbers().end());
    std::vector<CellState> states;
    double sum = 0;
    bool any = false;
    for (std::size_t row = 0; row < column.size(); ++row) {
        states.push_back(column.state(row));
        if (column.state(row) != CellState::value) continue;
        sum += cells[row];
        any = true;
    }
    cells.push_back(any ? sum : nan);
    states.push_back(any ? CellState::value : CellState::missing);
    return Column::numbers(column.name(), std::move(cells), std::move(states), column.unit());
}

}  // namespace

Table period_table(const PeriodCounts& counts, const TableMeta& meta, Problems& problems) {
    const std::size_t n = counts.codes.size();
    if (counts.periods.empty()) throw std::invalid_argument("there are no periods");
    if (counts.names.size() != n) throw std::invalid_argument("one name for each area");

    std::vector<Column> periods;
    for (const Column& given : counts.periods) {
        if (given.size() != n || (n > 0 && given.is_text()))
            throw std::invalid_argument("one number for each area");
        periods.push_back(usable_counts(given, counts.codes, counts.names, counts.origin, problems));
    }
    const Column total = with_total(pool_columns(periods, "total"));
    const double all = total.state(n) == CellState::value ? total.number(n) : nan;

    std::vector<double> shares, ranks;
    std::vector<CellState> share_states, rank_states;
    for (std::size_t row = 0; row <= n; ++row) {
        const bool known = total.state(row) == CellState::value;
        shares.push_back(known && all > 0 ? 100 * total.number(row) / all : nan);
        share_states.push_back(!known ? total.state(row) : all > 0 ? CellState::value : CellState::undefined);
    }
    ranks = ranks_of(total.numbers().first(n));
    for (std::size_t row = 0; row < n; ++row) rank_states.push_back(total.state(row));
    ranks.push_back(nan);
    rank_states.push_back(CellState::not_applicable);

    std::vector<std::string> codes = counts.codes;
    std::vector<std::string> names = counts.names;
    codes.emplace_back();
    names.emplace_back("Total");
    std::vector<Column> columns{Column::text("area_code", std::move(codes)),
                                Column::text("area_name", std::move(names))};
    for (const Column& period : periods) columns.push_back(with_total(period).with_unit(meta.unit));
    columns.push_back(total.with_unit(meta.unit));
    columns.push_back(Column::numbers("share", std::move(shares), std::move(share_states), "%"));
    columns.push_back(Column::numbers("rank", std::move(ranks), std::move(rank_states)));
    TableMeta filled = meta;
    filled.method = "total of the periods and its share of all areas together";
    return Table(std::move(columns), std::move(filled));
}

std::vector<double> ranks_of(std::span<const double> values) {
    std::vector<double> sorted;
    for (const double value : values) {
        if (!std::isnan(value)) sorted.push_back(value);
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> ranks;
    for (const double value : values) {
        const auto above = sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), value);
        ranks.push_back(std::isnan(value) ? nan : static_cast<double>(above + 1));
    }
    return ranks;
}

LargestShare largest_share(const Column& counts, std::size_t k) {
    LargestShare result;
    double all = 0;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (counts.state(row) != CellState::value) continue;
        result.rows.push_back(row);
        all += counts.number(row);
    }
    std::stable_sort(result.rows.begin(), result.rows.end(),
                     [&](std::size_t a, std::size_t b) { return counts.number(a) > counts.number(b); });
    if (result.rows.size() > k) result.rows.resize(k);
    double sum = 0;
    for (const std::size_t row : result.rows) sum += counts.number(row);
    result.share_pct = all > 0 ? 100 * sum / all : nan;
    return result;
}

std::vector<double> rounded_shares(std::span<const double> values, int decimals) {
    double sum = 0;
    for (const double value : values) {
        if (!std::isnan(value)) sum += value;
    }
    std::vector<double> result(values.size(), nan);
    if (!(sum > 0)) return result;
    const double scale = std::pow(10.0, decimals);
    struct Part {
        std::size_t row;
        double units;
        double rest;
    };
    std::vector<Part> parts;
    double left = 100 * scale;
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (std::isnan(values[row])) continue;
        const double exact = 100 * scale * values[row] / sum;
        const double units = std::floor(exact);
        parts.push_back({row, units, exact - units});
        left -= units;
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Part& a, const Part& b) { return a.rest > b.rest; });
    for (Part& part : parts) {
        if (left >= 0.5) {
            part.units += 1;
            left -= 1;
        }
        result[part.row] = part.units / scale;
    }
    return result;
}

}  // namespace wardmap
