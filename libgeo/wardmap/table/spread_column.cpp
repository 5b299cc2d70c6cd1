#include "wardmap/table/spread_column.hpp"

#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/select_rows.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace wardmap {
namespace {

constexpr std::size_t no_row = std::numeric_limits<std::size_t>::max();

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The cells of `rows`; `no_row` gives a missing one.
Column cells_of(const Column& from, const std::vector<std::size_t>& rows, std::string name) {
    if (from.is_text()) {
        std::vector<std::string> texts;
        for (const std::size_t row : rows) texts.push_back(row == no_row ? std::string{} : from.text(row));
        return Column::text(std::move(name), std::move(texts)).with_unit(from.unit());
    }
    std::vector<double> numbers;
    std::vector<CellState> states;
    for (const std::size_t row : rows) {
        numbers.push_back(row == no_row ? std::numeric_limits<double>::quiet_NaN() : from.number(row));
        states.push_back(row == no_row ? CellState::missing : from.state(row));
    }
    return Column::numbers(std::move(name), std::move(numbers), std::move(states), from.unit());
}

}  // namespace

Table spread_column(const Table& table, std::string_view column, const SpreadOptions& options) {
    const Column& spread = table.column(column);
    std::vector<std::string> keys;
    for (const std::string& key : options.keys) keys.push_back(table.column(key).name());
    if (options.keys.empty()) {
        for (const Column& one : table.columns()) {
            if (one.name() == spread.name() || holds(options.values, one.name())) continue;
            if (looks_numeric(one)) break;
            keys.push_back(one.name());
        }
    }
    std::vector<std::string> values;
    for (const std::string& value : options.values) values.push_back(table.column(value).name());
    if (options.values.empty()) {
        for (const Column& one : table.columns()) {
            if (one.name() != spread.name() && !holds(keys, one.name())) values.push_back(one.name());
        }
    }
    const Where where{.file = table.origin().file, .layer = table.origin().sheet, .column = spread.name()};
    if (values.empty())
        throw InputError("no column is left to be spread", where, "name a column that tells rows apart");

    const std::vector<std::string> groups = distinct_values(table, spread.name());
    std::map<std::string, std::size_t> group_of;
    for (std::size_t g = 0; g < groups.size(); ++g) group_of[groups[g]] = g;
    std::vector<Column> key_columns;
    for (const std::string& key : keys) key_columns.push_back(table.column(key));
    std::map<std::vector<std::string>, std::size_t> place_of;
    std::vector<std::size_t> first_rows;
    std::vector<std::vector<std::size_t>> rows_of(groups.size());
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        std::vector<std::string> key;
        for (const Column& one : key_columns) key.push_back(text_of_cell(one, row));
        const auto [found, is_new] = place_of.emplace(std::move(key), first_rows.size());
        if (is_new) {
            first_rows.push_back(row);
            for (auto& rows : rows_of) rows.push_back(no_row);
        }
        const std::string group(trimmed(text_of_cell(spread, row)));
        std::size_t& cell = rows_of[group_of.at(group)][found->second];
        if (cell != no_row) {
            std::string which;
            for (const std::string& part : found->first) which += (which.empty() ? "" : ", ") + part;
            throw InputError(
                "two rows are '" + group + "' of " + (which.empty() ? "one row" : "'" + which + "'"),
                table.where(row, spread.name()), "leave the table long, or spread another column");
        }
        cell = row;
    }

    std::vector<Column> columns;
    for (const Column& key : key_columns) columns.push_back(key.take(first_rows));
    std::vector<std::string> taken = keys;
    for (const std::string& value : values) {
        for (std::size_t g = 0; g < groups.size(); ++g) {
            std::string name = values.size() == 1 ? groups[g] : value + "_" + groups[g];
            while (name.empty() || holds(taken, name)) name += "_";
            taken.push_back(name);
            columns.push_back(cells_of(table.column(value), rows_of[g], std::move(name)));
        }
    }
    return Table(std::move(columns), table.meta(), {table.origin().file, table.origin().sheet, {}});
}

}  // namespace wardmap
