#include "wardmap/report/table_values.hpp"

#include "wardmap/area/name_folding.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/indicator/words.hpp"
#include "wardmap/report/findings.hpp"
#include "wardmap/report/grids.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr int most_decimals = 6;

struct Reference {
    std::string table{};  ///< empty: any
    std::string row{};
    std::string column{};
    std::optional<int> decimals{};
};

/// What names the rows: areas and types by `area_name`; else the first column of text.
const Column* naming_column(const Table& table) {
    if (const Column* names = table.find("area_name")) return names;
    for (const Column& column : table.columns()) {
        if (column.is_text()) return &column;
    }
    return nullptr;
}

/// The code first, then the name as it stands, then as people write it.
std::optional<std::size_t> row_named(const Table& table, const std::string& wanted) {
    if (const Column* codes = table.find("area_code")) {
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            if (!codes->text(row).empty() && codes->text(row) == wanted) return row;
        }
    }
    const Column* names = naming_column(table);
    if (names == nullptr) return {};
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (names->text(row) == wanted) return row;
    }
    const std::string folded = fold_name(wanted);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (fold_name(names->text(row)) == folded) return row;
    }
    // The whole may be called by its name: "Coventry".
    return table.find("area_code") != nullptr && fold_name(table.meta().whole) == folded ? total_row(table)
                                                                                         : std::nullopt;
}

bool starts_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

/// As the report prints a column where it stands in running text.
std::string number_text(const Column& column, std::size_t row, std::optional<int> decimals) {
    const std::string mark = printed(column, row);
    if (column.state(row) != CellState::value || mark == "[z]") return mark;
    const double number = column.number(row);
    const std::string& name = column.name();
    if (name == "change_pct") return with_sign(number, decimals.value_or(0)) + "%";
    if (name == "change") return with_sign(number, decimals.value_or(0));
    if (starts_with(name, "share")) {
        return decimals ? with_thousands(number, *decimals) + "%" : share_text(number / 100);
    }
    if (starts_with(name, "rate_ratio")) return with_thousands(number, decimals.value_or(2));
    if (name == "p_value") {
        if (!decimals && number < 0.001) return "under 0.001";
        return with_thousands(number, decimals.value_or(3));
    }
    if (starts_with(name, "mean_")) return with_thousands(number, decimals.value_or(1));
    return with_thousands(number, decimals.value_or(0));
}

std::string cell_value(const Table& table, const Column& column, std::size_t row,
                       std::optional<int> decimals) {
    if (!column.is_text()) return number_text(column, row, decimals);
    const std::string& text = column.text(row);
    if (text.empty()) return "[x]";
    if (column.name() == "quadrant") return quadrant_words(text, table.meta());
    return typographic(text);
}

std::vector<std::string> ids_of(std::span<const NamedTable> tables) {
    std::vector<std::string> out;
    for (const NamedTable& one : tables) out.push_back(one.name);
    return out;
}

InputError no_reference(std::string_view text, const Where& where) {
    return InputError(
        "{" + std::string(text) + "} is no reference to a number", where,
        "write {AREA.COLUMN}, such as {Total.rate}, or {TABLE/AREA.COLUMN}; a brace that is meant "
        "as one is written \\{");
}

Reference parse_reference(std::string_view text, std::span<const NamedTable> tables, const Where& where) {
    Reference out;
    std::string_view rest = trimmed(text);
    const std::vector<std::string> ids = ids_of(tables);
    // A name may hold a stroke; what stands before it is a table where it looks like one.
    if (const std::size_t stroke = rest.find('/'); stroke != std::string_view::npos) {
        const std::string first(trimmed(rest.substr(0, stroke)));
        const bool is_id = std::find(ids.begin(), ids.end(), first) != ids.end();
        const bool row_has_stroke = std::any_of(tables.begin(), tables.end(), [&](const NamedTable& one) {
            const std::size_t stop = rest.rfind('.');
            return stop != std::string_view::npos &&
                   row_named(one.table, std::string(trimmed(rest.substr(0, stop)))).has_value();
        });
        if (is_id || !row_has_stroke) {
            if (!is_id) {
                throw NameUnknown("the report has no table '" + first + "' for {" + std::string(text) + "}",
                                  where, did_you_mean(first, ids));
            }
            out.table = first;
            rest = trimmed(rest.substr(stroke + 1));
        }
    }
    if (const std::size_t colon = rest.rfind(':'); colon != std::string_view::npos) {
        const auto digits = parse_number(trimmed(rest.substr(colon + 1)));
        if (!digits || *digits < 0 || *digits > most_decimals || *digits != static_cast<int>(*digits))
            throw no_reference(text, where);
        out.decimals = static_cast<int>(*digits);
        rest = trimmed(rest.substr(0, colon));
    }
    const std::size_t stop = rest.rfind('.');
    if (stop == std::string_view::npos || stop == 0 || stop + 1 == rest.size())
        throw no_reference(text, where);
    out.row = std::string(trimmed(rest.substr(0, stop)));
    out.column = std::string(trimmed(rest.substr(stop + 1)));
    return out;
}

/// Which of the two is unknown, and what is near it.
NameUnknown unknown(const Reference& wanted, std::string_view text,
                    const std::vector<const NamedTable*>& among, const Where& where) {
    std::set<std::string> columns;
    std::set<std::string> rows;
    bool has_row = false;
    bool has_column = false;
    for (const NamedTable* one : among) {
        const bool here = row_named(one->table, wanted.row).has_value();
        has_row = has_row || here;
        has_column = has_column || one->table.find(wanted.column) != nullptr;
        for (const std::string& name : one->table.names()) columns.insert(name);
        if (const Column* names = naming_column(one->table)) {
            for (const std::string& name : names->texts()) rows.insert(name);
        }
    }
    const std::string of = among.size() == 1 ? " in table '" + among.front()->name + "'" : " in any table";
    if (!has_row) {
        return NameUnknown(
            "there is no area or row '" + wanted.row + "'" + of + " for {" + std::string(text) + "}", where,
            did_you_mean(wanted.row, std::vector<std::string>(rows.begin(), rows.end())));
    }
    if (!has_column) {
        return NameUnknown(
            "there is no column '" + wanted.column + "'" + of + " for {" + std::string(text) + "}", where,
            did_you_mean(wanted.column, std::vector<std::string>(columns.begin(), columns.end())));
    }
    return NameUnknown("no table has both the row '" + wanted.row + "' and the column '" + wanted.column +
                           "' for {" + std::string(text) + "}",
                       where, "look at the files in tables/");
}

}  // namespace

std::string TableValues::value(std::string_view reference, std::string_view table, const Where& where) const {
    Reference wanted = parse_reference(reference, tables_, where);
    if (wanted.table.empty()) wanted.table = std::string(table);
    std::vector<const NamedTable*> among;
    for (const NamedTable& one : tables_) {
        if (wanted.table.empty() || one.name == wanted.table) among.push_back(&one);
    }
    if (among.empty()) {
        throw NameUnknown("the report has no table '" + wanted.table + "'", where,
                          did_you_mean(wanted.table, ids_of(tables_)));
    }
    std::vector<std::string> fitting;
    std::set<std::string> values;
    for (const NamedTable* one : among) {
        const Column* column = one->table.find(wanted.column);
        if (column == nullptr) continue;
        const auto row = row_named(one->table, wanted.row);
        if (!row) continue;
        fitting.push_back(one->name);
        values.insert(cell_value(one->table, *column, *row, wanted.decimals));
    }
    if (values.empty()) throw unknown(wanted, reference, among, where);
    if (values.size() > 1) {
        const std::size_t named = std::min<std::size_t>(fitting.size(), 3);
        throw InputError(
            "{" + std::string(reference) + "} stands in " + std::to_string(fitting.size()) +
                " tables, and they differ",
            where,
            "say which: {" + fitting.front() + "/" + std::string(trimmed(reference)) + "}; it is in " +
                in_words({fitting.begin(), fitting.begin() + static_cast<std::ptrdiff_t>(named)}) +
                (fitting.size() > named ? " and others" : ""));
    }
    return *values.begin();
}

}  // namespace wardmap
