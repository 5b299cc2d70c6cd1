#include "wardmap/table/table.hpp"

#include "wardmap/base/suggest.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>
#include <utility>

namespace wardmap {
namespace {

bool same_without_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return std::tolower(static_cast<unsigned char>(x)) ==
                      std::tolower(static_cast<unsigned char>(y));
           });
}

}  // namespace

Table::Table(std::vector<Column> columns, TableMeta meta, TableOrigin origin)
    : columns_(std::move(columns)), meta_(std::move(meta)), origin_(std::move(origin)) {
    rows_ = columns_.empty() ? 0 : columns_.front().size();
    std::set<std::string_view> seen;
    for (const Column& column : columns_) {
        if (column.size() != rows_) throw std::invalid_argument("columns of different length");
        if (!seen.insert(column.name()).second) {
            throw std::invalid_argument("two columns named " + column.name());
        }
    }
}

std::vector<std::string> Table::names() const {
    std::vector<std::string> out;
    for (const Column& column : columns_) out.push_back(column.name());
    return out;
}

const Column* Table::find(std::string_view name) const noexcept {
    for (const Column& column : columns_) {
        if (column.name() == name) return &column;
    }
    for (const Column& column : columns_) {
        if (same_without_case(column.name(), name)) return &column;
    }
    return nullptr;
}

const Column& Table::column(std::string_view name) const {
    if (const Column* found = find(name)) return *found;
    const std::vector<std::string> have = names();
    throw NameUnknown("there is no column '" + std::string(name) + "'",
                      {.file = origin_.file, .layer = origin_.sheet}, did_you_mean(name, have));
}

Table Table::with(Column column) const {
    std::vector<Column> columns = columns_;
    for (Column& mine : columns) {
        if (mine.name() == column.name()) {
            mine = std::move(column);
            return Table(std::move(columns), meta_, origin_);
        }
    }
    columns.push_back(std::move(column));
    return Table(std::move(columns), meta_, origin_);
}

Table Table::with(TableMeta meta) const {
    Table out = *this;
    out.meta_ = std::move(meta);
    return out;
}

Table Table::select(std::span<const std::string> names) const {
    std::vector<Column> columns;
    for (const std::string& name : names) columns.push_back(column(name));
    return Table(std::move(columns), meta_, origin_);
}

Table Table::take(std::span<const std::size_t> rows) const {
    std::vector<Column> columns;
    for (const Column& column : columns_) columns.push_back(column.take(rows));
    TableOrigin origin{origin_.file, origin_.sheet, {}};
    if (!origin_.rows.empty()) {
        for (const std::size_t row : rows) origin.rows.push_back(origin_.rows[row]);
    }
    Table out(std::move(columns), meta_, std::move(origin));
    out.rows_ = columns_.empty() ? 0 : rows.size();
    return out;
}

Where Table::where(std::size_t row, std::string_view column) const {
    Where out{.file = origin_.file, .layer = origin_.sheet, .column = std::string(column)};
    if (row < origin_.rows.size()) out.row = origin_.rows[row];
    return out;
}

}  // namespace wardmap
