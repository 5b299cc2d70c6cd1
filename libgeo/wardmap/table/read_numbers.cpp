#include "wardmap/table/read_numbers.hpp"

#include "wardmap/table/cell_text.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace wardmap {

Column read_numbers(const Table& table, std::string_view column, Problems& problems) {
    const Column& texts = table.column(column);
    if (!texts.is_text()) return texts;
    const std::string& name = texts.name();
    std::vector<double> numbers;
    std::vector<CellState> states;
    numbers.reserve(texts.size());
    states.reserve(texts.size());
    std::size_t with_value = 0;
    std::size_t percents = 0;
    for (std::size_t row = 0; row < texts.size(); ++row) {
        const auto cell = parse_cell(texts.text(row));
        if (!cell) {
            problems.add(
                Severity::problem, "not_a_number",
                "column " + name + " holds text that is no number; such cells are taken as not known",
                table.where(row, name), texts.text(row));
            numbers.push_back(std::numeric_limits<double>::quiet_NaN());
            states.push_back(CellState::missing);
            continue;
        }
        if (cell->marked) {
            problems.add(Severity::note, "marked_numbers",
                         "column " + name + " holds numbers with a note behind them", table.where(row, name),
                         texts.text(row));
        }
        if (cell->state == CellState::value) ++with_value;
        if (cell->percent) ++percents;
        numbers.push_back(cell->number);
        states.push_back(cell->state);
    }
    if (percents > 0 && percents < with_value) {
        problems.add(Severity::warning, "mixed_percent",
                     "column " + name + " has a percent sign behind some numbers and not behind others",
                     {.file = table.origin().file, .layer = table.origin().sheet, .column = name}, {},
                     percents);
    }
    std::string unit = texts.unit();
    if (unit.empty() && percents > 0 && percents == with_value) unit = "%";
    return Column::numbers(name, std::move(numbers), std::move(states), std::move(unit));
}

Column read_counts(const Table& table, std::string_view column, Problems& problems) {
    const Column read = read_numbers(table, column, problems);
    const std::string& name = read.name();
    std::vector<double> numbers(read.numbers().begin(), read.numbers().end());
    std::vector<CellState> states;
    states.reserve(read.size());
    for (std::size_t row = 0; row < read.size(); ++row) {
        states.push_back(read.state(row));
        if (read.state(row) != CellState::value) continue;
        const double number = read.number(row);
        if (number < 0) {
            problems.add(Severity::problem, "negative_count",
                         "column " + name + " holds counts below zero; such cells are taken as not known",
                         table.where(row, name), text_of_cell(table.column(name), row));
            states.back() = CellState::missing;
        } else if (number != std::floor(number)) {
            problems.add(
                Severity::warning, "fractional_count",
                "column " + name + " holds counts that are not whole numbers; they are used as they are",
                table.where(row, name), text_of_cell(table.column(name), row));
        }
    }
    return Column::numbers(name, std::move(numbers), std::move(states), read.unit());
}

bool looks_numeric(const Column& column) {
    if (!column.is_text()) return true;
    std::size_t filled = 0;
    std::size_t readable = 0;
    std::size_t with_value = 0;
    for (const std::string& text : column.texts()) {
        if (trimmed(text).empty()) continue;
        ++filled;
        if (const auto cell = parse_cell(text)) {
            ++readable;
            if (cell->state == CellState::value) ++with_value;
        }
    }
    return with_value > 0 && readable * 2 >= filled;
}

}  // namespace wardmap
