#include "wardmap/figure/ward_rows.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace wardmap {
namespace {

bool has_small_letter(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_total(const std::string& code, const std::string& name) {
    return code.empty() && is_total_name(name);
}

}  // namespace

std::string cell_words(const NumberCell& cell, int decimals, NumberSign sign) {
    switch (cell.state) {
        case CellState::value:
            break;
        case CellState::suppressed:
            return "[c]";
        case CellState::undefined:
        case CellState::not_applicable:
            return "[z]";
        case CellState::missing:
            return "[x]";
    }
    if (!std::isfinite(cell.number)) {
        return "[z]";
    }
    return sign == NumberSign::always ? with_sign(cell.number, decimals)
                                      : with_thousands(cell.number, decimals);
}

bool WardRow::has_flag(std::string_view flag) const {
    for (std::size_t start = 0; start <= flags.size();) {
        const std::size_t end = std::min(flags.find(';', start), flags.size());
        if (std::string_view(flags).substr(start, end - start) == flag) {
            return true;
        }
        start = end + 1;
    }
    return false;
}

std::vector<NumberCell> read_cells(const Table& table, std::string_view column) {
    Problems problems;  // a text that is no number is "[x]" in the picture; its reader has counted it
    const Column numbers = read_numbers(table, column, problems);
    std::vector<NumberCell> cells(table.row_count());
    for (std::size_t row = 0; row < cells.size(); ++row) {
        cells[row] = {numbers.number(row), numbers.state(row)};
        if (cells[row].known() && !std::isfinite(cells[row].number)) {
            cells[row] = {std::numeric_limits<double>::quiet_NaN(), CellState::undefined};
        }
    }
    return cells;
}

std::vector<std::string> read_texts(const Table& table, std::string_view column) {
    std::vector<std::string> texts(table.row_count());
    const Column* found = table.find(column);
    if (found == nullptr) {
        return texts;
    }
    for (std::size_t row = 0; row < texts.size(); ++row) {
        texts[row] = found->is_text() ? found->text(row) : full_precision(found->number(row));
    }
    return texts;
}

std::vector<std::string> printed_names(std::vector<std::string> names) {
    std::size_t letters = 0;
    bool shouting = true;
    for (const std::string& name : names) {
        if (!is_total_name(name)) {
            shouting = shouting && !has_small_letter(name);
        }
        letters += static_cast<std::size_t>(
            std::count_if(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
    }
    // A few capitals are codes or initials, not shouting.
    const bool calm = shouting && letters > 5 * names.size();
    for (std::string& name : names) {
        if (calm && !has_small_letter(name)) {
            for (char& c : name) {
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            }
            name = sentence_case(std::move(name));
        }
        name = typographic(name);
    }
    return names;
}

WardRows read_ward_rows(const Table& table) {
    static_cast<void>(table.column("area_name"));
    const auto codes = read_texts(table, "area_code");
    const auto names = printed_names(read_texts(table, "area_name"));
    const auto before = read_cells(table, "count_before");
    const auto after = read_cells(table, "count_after");
    const auto change = read_cells(table, "change");
    const auto change_pct = read_cells(table, "change_pct");
    const auto population = read_cells(table, "population");
    const auto rate = read_cells(table, "rate");
    const auto rate_lower = read_cells(table, "rate_lower");
    const auto rate_upper = read_cells(table, "rate_upper");
    const auto rank = read_cells(table, "rank");
    static_cast<void>(table.column("quadrant"));
    const auto quadrant = read_texts(table, "quadrant");
    const auto rate_compared = read_texts(table, "rate_compared");
    const auto change_compared = read_texts(table, "change_compared");
    const auto flags = read_texts(table, "flags");

    WardRows rows;
    rows.meta = table.meta();
    for (std::size_t i = 0; i < table.row_count(); ++i) {
        WardRow row{i,           codes[i],         names[i],           before[i],
                    after[i],    change[i],        change_pct[i],      population[i],
                    rate[i],     rate_lower[i],    rate_upper[i],      rank[i],
                    quadrant[i], rate_compared[i], change_compared[i], flags[i]};
        // An empty cell of a file is a change that cannot be calculated if the counts are there.
        if (row.change_pct.state == CellState::missing && row.before.known() && row.before.number == 0) {
            row.change_pct.state = CellState::undefined;
        }
        if (row.quadrant.empty()) {
            row.quadrant = "none";
        }
        if (is_total(row.code, row.name)) {
            if (!rows.total) {
                rows.total = std::move(row);
            }
            continue;
        }
        if (row.name.empty()) {
            row.name = row.code;
        }
        rows.areas.push_back(std::move(row));
    }
    if (rows.areas.empty()) {
        throw InputError("the table has no row of an area", table.where(0),
                         "draw a table that `indicators` made");
    }
    if (rows.meta.per <= 0) {
        rows.meta.per = 100000;
    }
    if (rows.total && (rows.meta.cuts.empty() || rows.meta.cuts == "total")) {
        rows.meta.cuts = "total";
        if (!rows.meta.cut_rate && rows.total->rate.known()) {
            rows.meta.cut_rate = rows.total->rate.number;
        }
        if (!rows.meta.cut_change_pct && rows.total->change_pct.known()) {
            rows.meta.cut_change_pct = rows.total->change_pct.number;
        }
    }
    return rows;
}

void sort_by_rate(std::vector<WardRow>& rows) {
    std::sort(rows.begin(), rows.end(), [](const WardRow& a, const WardRow& b) {
        const auto key = [](const WardRow& row) {
            return std::tuple(row.rate.known() ? -row.rate.number : std::numeric_limits<double>::infinity(),
                              row.name, row.code);
        };
        return key(a) < key(b);
    });
}

}  // namespace wardmap
