#include "wardmap/indicator/count_rows.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/select_rows.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <array>

namespace wardmap {
namespace {

constexpr std::array<std::string_view, 5> own_columns{"area_code", "area_name", "period", "marker", "count"};

std::vector<std::string> kind_columns(const Table& table) {
    std::vector<std::string> names;
    for (const Column& column : table.columns()) {
        if (std::find(own_columns.begin(), own_columns.end(), lower_ascii(column.name())) ==
            own_columns.end())
            names.push_back(column.name());
    }
    return names;
}

/// The column of kinds that has the value. \throws what count_rows throws
std::string column_of_kind(const Table& table, const CountRowsOptions& options) {
    const std::vector<std::string> columns = options.kind_column.empty()
                                                 ? kind_columns(table)
                                                 : std::vector{table.column(options.kind_column).name()};
    if (columns.empty()) {
        throw InputError("the table has no column of kinds, so there is no '" + options.kind + "' in it",
                         table.where(0), "count by a column of kinds: wardmap count ... --by COLUMN");
    }
    std::vector<std::string> found;
    std::vector<std::string> known;
    for (const std::string& name : columns) {
        for (const std::string& value : distinct_values(table, name)) {
            if (value == options.kind) found.push_back(name);
            if (!value.empty()) known.push_back(value);
        }
    }
    if (found.empty()) {
        throw NameUnknown("no row has the kind '" + options.kind + "'",
                          {.file = table.origin().file,
                           .layer = table.origin().sheet,
                           .column = columns.size() == 1 ? columns.front() : std::string()},
                          did_you_mean(options.kind, known));
    }
    if (found.size() > 1) {
        throw UsageError(
            "the kind '" + options.kind + "' stands in two columns, " + found[0] + " and " + found[1],
            {.file = table.origin().file}, "say which: --kind-column " + found[0]);
    }
    return found.front();
}

/// The one marker whose rows are taken; empty if the table has none.
std::string marker_of(const Table& table) {
    if (table.find("marker") == nullptr) return {};
    const std::vector<std::string> markers = distinct_values(table, "marker");
    if (markers.size() == 1) return markers.front();
    if (std::find(markers.begin(), markers.end(), "all") != markers.end()) return "all";
    throw InputError("the table has the markers '" + markers[0] + "' and '" + markers[1] +
                         "', which overlap, and no rows of 'all'",
                     {.file = table.origin().file, .layer = table.origin().sheet, .column = "marker"},
                     "choose one: --where marker=" + markers[0]);
}

CountCell cell_of(const Column& counts, std::size_t row) {
    const CellState state = counts.state(row);
    if (state == CellState::value) return known_count(counts.number(row));
    return {std::numeric_limits<double>::quiet_NaN(),
            state == CellState::suppressed ? CellState::suppressed : CellState::missing};
}

}  // namespace

void CountSum::add(const CountCell& cell) noexcept {
    ++added_;
    if (cell.known()) {
        number_ += cell.number;
    } else if (cell.state == CellState::suppressed) {
        withheld_ = true;
    } else {
        unknown_ = true;
    }
}

CountCell CountSum::sum() const noexcept {
    if (added_ == 0 || unknown_) return {};
    if (withheld_) return {std::numeric_limits<double>::quiet_NaN(), CellState::suppressed};
    return known_count(number_);
}

CountRows count_rows(const Table& table, const CountRowsOptions& options, Problems& problems) {
    for (const char* name : {"period", "count"}) {
        if (table.find(name) != nullptr) continue;
        std::string list;
        for (const std::string& column : table.names()) list += (list.empty() ? "" : ", ") + column;
        throw NameUnknown("there is no column '" + std::string(name) + "'",
                          {.file = table.origin().file, .layer = table.origin().sheet},
                          "give a table that 'wardmap count' made; the columns are " + list);
    }
    const Column counts = read_counts(table, table.column("count").name(), problems);
    if (table.row_count() == 0) {
        throw InputError("the table has no rows",
                         {.file = table.origin().file, .layer = table.origin().sheet},
                         "give a table that 'wardmap count' made");
    }
    CountRows out;
    out.kind = std::string(trimmed(options.kind));
    if (!out.kind.empty()) {
        out.kind_column = column_of_kind(table, {out.kind, options.kind_column});
    }
    out.marker = marker_of(table);

    const auto text_of = [&](const Column* column, std::size_t row) {
        return column == nullptr ? std::string() : std::string(trimmed(text_of_cell(*column, row)));
    };
    const Column* codes = table.find("area_code");
    const Column* names = table.find("area_name");
    const Column* markers = table.find("marker");
    const Column* periods = table.find("period");
    const Column* kinds = out.kind.empty() ? nullptr : table.find(out.kind_column);
    std::array<CountSum, 2> outside;      // all kinds, the kind
    std::array<CountSum, 2> not_located;  // all kinds, the kind
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (markers != nullptr && text_of(markers, row) != out.marker) continue;
        const bool is_kind = kinds != nullptr && text_of(kinds, row) == out.kind;
        const CountCell cell = cell_of(counts, row);
        const std::string name = text_of(names, row);
        if (names != nullptr && text_of(codes, row).empty()) {
            const std::string folded = lower_ascii(name);
            if (folded == "outside" || folded == "not located") {
                auto& sums = folded == "outside" ? outside : not_located;
                sums[0].add(cell);
                if (is_kind) sums[1].add(cell);
                continue;
            }
            if (is_total_name(name)) {
                problems.add(Severity::note, "total_rows", "rows of totals are left out of the sums",
                             table.where(row, "area_name"), name);
                continue;
            }
        }
        out.rows.push_back({text_of(periods, row), cell, is_kind, row});
    }
    out.left_out = {outside[0].sum(), not_located[0].sum()};
    out.left_out_of_kind = {outside[1].sum(), not_located[1].sum()};
    if (out.rows.empty()) {
        throw InputError("the table has no rows of areas",
                         {.file = table.origin().file, .layer = table.origin().sheet},
                         "count with areas that hold some of the events");
    }
    return out;
}

CountCell withheld_alone(const CountCell& count, const SmallNumberRule& rule) {
    if (!rule.applies() || !count.known()) return count;
    if (count.number > 0 && count.number < rule.under)
        return {std::numeric_limits<double>::quiet_NaN(), CellState::suppressed};
    return known_count(rounded_count(count.number, rule));
}

LeftOut withheld_alone(const LeftOut& left_out, const SmallNumberRule& rule) {
    return {withheld_alone(left_out.outside, rule), withheld_alone(left_out.not_located, rule)};
}

void withhold_small_counts(std::span<std::vector<CountCell>> columns, const SmallNumberRule& rule,
                           Problems& problems) {
    if (!rule.applies() || columns.empty()) return;
    std::vector<std::vector<double>> numbers;
    for (const auto& column : columns) {
        numbers.emplace_back();
        for (const CountCell& cell : column) numbers.back().push_back(cell.number);
    }
    CountGrid grid = count_grid(numbers, columns.size() > 1 ? RowTotals::yes : RowTotals::no);
    withhold_small(grid, rule);
    for (std::size_t c = 0; c < columns.size(); ++c) {
        for (std::size_t row = 0; row < columns[c].size(); ++row) {
            CountCell& cell = columns[c][row];
            if (!cell.known()) continue;
            if (grid.withheld[grid.at(row, c)]) {
                cell = {std::numeric_limits<double>::quiet_NaN(), CellState::suppressed};
            } else {
                cell.number = rounded_count(cell.number, rule);
            }
        }
    }
    note_withheld(problems, grid, rule);
}

}  // namespace wardmap
