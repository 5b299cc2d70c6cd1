#include "wardmap/figure/named_rows.hpp"

#include "wardmap/base/period.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/total_row.hpp"

namespace wardmap {
namespace {

std::string name_column(const Table& table, std::string_view label) {
    if (!label.empty()) {
        return table.column(label).name();
    }
    if (const Column* names = table.find("area_name")) {
        return names->name();
    }
    for (const Column& column : table.columns()) {
        if (!holds_numbers(column) && column.name() != "area_code") {
            return column.name();
        }
    }
    throw InputError("the table has no column of names", table.where(0),
                     "name the column to be used as label");
}

}  // namespace

NamedRows named_rows(const Table& table, std::string_view label) {
    const std::string column = name_column(table, label);
    NamedRows result;
    result.codes = read_texts(table, "area_code");
    result.names = printed_names(read_texts(table, column));
    const bool has_codes = table.find("area_code") != nullptr;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (is_total_name(result.names[row]) && (!has_codes || result.codes[row].empty())) {
            if (!result.total) {
                result.total = row;
            }
        } else {
            result.rows.push_back(row);
        }
    }
    if (result.rows.empty()) {
        throw InputError("the table has no rows to draw", table.where(0), "give it at least one row");
    }
    return result;
}

std::string heading_of(const Table& table, std::string_view name) {
    const Column& column = table.column(name);
    const TableMeta& meta = table.meta();
    std::string text;
    if (name == "count_before" && !meta.period_before.empty()) {
        text = meta.period_before;
    } else if (name == "count_after" && !meta.period_after.empty()) {
        text = meta.period_after;
    } else if (name == "area_name") {
        text = areas_word(meta, 1);
    } else if (name == "change_pct") {
        return "Change (%)";
    } else {
        text = period_words(name);
        const std::string& unit = column.unit();
        if (unit == "%" && text.find('%') == std::string::npos) {
            text += " (%)";
        }
        if (unit.substr(0, 4) == "per ") {
            text += " " + unit;
        }
    }
    return typographic(sentence_case(std::move(text)));
}

bool holds_numbers(const Column& column) {
    return !column.is_text() || looks_numeric(column);
}

}  // namespace wardmap
