#include "wardmap/indicator/aggregate.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/indicator/row_reports.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace wardmap {

AggregateKind parse_aggregate(std::string_view text) {
    for (const AggregateKind kind : {AggregateKind::sum, AggregateKind::mean, AggregateKind::weighted_mean}) {
        if (text == name_of(kind)) return kind;
    }
    const std::array<std::string, 3> names{"sum", "mean", "weighted-mean"};
    throw UsageError("there is no way to aggregate named '" + std::string(text) + "'", {},
                     did_you_mean(text, names));
}

std::string_view name_of(AggregateKind kind) noexcept {
    switch (kind) {
        case AggregateKind::sum:
            return "sum";
        case AggregateKind::mean:
            return "mean";
        case AggregateKind::weighted_mean:
            break;
    }
    return "weighted-mean";
}

Table aggregate(const RowsInAreas& rows, const Column& values, AggregateKind kind,
                const std::optional<Column>& weights, const TableMeta& meta, Problems& problems) {
    const std::size_t row_count = rows.area_of_row.size();
    check_rows(rows, values);
    const bool weighted = kind == AggregateKind::weighted_mean;
    if (weighted && !weights) {
        throw UsageError("a weighted mean without weights", {}, "name the column of weights with --weight");
    }
    if (weighted) check_rows(rows, *weights);

    struct Sums {
        double value = 0;
        double weight = 0;
        std::size_t rows = 0;
        bool suppressed = false;
    };
    std::vector<Sums> sums(rows.codes.size());
    for (std::size_t row = 0; row < row_count; ++row) {
        if (rows.area_of_row[row] == no_area) {
            report_row(problems, rows, row, Severity::warning, "rows_in_no_area",
                       "small areas are in no area of the set and were left out", values.name());
            continue;
        }
        Sums& area = sums[static_cast<std::size_t>(rows.area_of_row[row])];
        double weight = 1;
        if (values.state(row) == CellState::suppressed ||
            (weighted && weights->state(row) == CellState::suppressed)) {
            area.suppressed = true;
            continue;
        }
        if (values.state(row) != CellState::value) {
            report_row(problems, rows, row, Severity::warning, "value_missing",
                       "small areas without a value were left out", values.name());
            continue;
        }
        if (weighted) {
            if (weights->state(row) != CellState::value) {
                report_row(problems, rows, row, Severity::warning, "weight_missing",
                           "small areas without a weight were left out", weights->name());
                continue;
            }
            weight = weights->number(row);
            if (weight < 0) {
                throw UsageError("a weight is negative: " + full_precision(weight),
                                 where_of(rows, row, weights->name()), "correct the input");
            }
        }
        area.value += weight * values.number(row);
        area.weight += weight;
        ++area.rows;
    }

    std::vector<double> results, counts;
    std::vector<CellState> states;
    for (const Sums& area : sums) {
        const bool sum = kind == AggregateKind::sum;
        CellState state = CellState::value;
        if (area.suppressed)
            state = CellState::suppressed;
        else if (area.rows == 0)
            state = CellState::missing;
        else if (!sum && !(area.weight > 0))
            state = CellState::undefined;
        states.push_back(state);
        results.push_back(state == CellState::value ? (sum ? area.value : area.value / area.weight)
                                                    : std::numeric_limits<double>::quiet_NaN());
        counts.push_back(static_cast<double>(area.rows));
    }
    TableMeta filled = meta;
    filled.method =
        std::string(name_of(kind)) + " of small areas" + (weighted ? ", weighted by " + weights->name() : "");
    return Table({Column::text("area_code", rows.codes), Column::text("area_name", rows.names),
                  Column::numbers(values.name(), std::move(results), std::move(states), values.unit()),
                  Column::numbers("n", std::move(counts))},
                 std::move(filled));
}

}  // namespace wardmap
