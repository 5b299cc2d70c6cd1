/// \file
/// Named columns of one length, and what must be known to read them.
#pragma once

#include "wardmap/base/error.hpp"
#include "wardmap/table/column.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// What the numbers mean: it travels with the table, into `FILE-metadata.json`, onto every figure.
/// Empty means not known; nothing is made up.
struct TableMeta {
    std::string title{};
    std::string measure{};           ///< what was counted, in lower case: "alcohol-marked robbery"
    std::string unit{};              ///< "offences", "finds", "people": plural, lower case
    std::string period_before{};     ///< in words: "year to June 2021"
    std::string period_after{};      ///< in words: "year to June 2022"
    double per = 0;                  ///< rates are per this many people; 0 if there are none
    std::string denominator{};       ///< "resident population"
    std::string denominator_year{};  ///< "mid-2020"
    std::string whole{};             ///< name of all areas together: "Coventry"
    std::string area_noun{};         ///< "ward", "small area"; plural with s
    std::string cuts{};              ///< "total", "median", "zero" or "fixed": what made the quadrants
    std::optional<double> cut_rate{};
    std::optional<double> cut_change_pct{};
    std::optional<double> level{};           ///< of the limits: 0.95
    std::string small_numbers{};             ///< rule applied: "under:5,round:5"; empty or "none" if none
    std::string source{};                    ///< "Coventry Drug and Alcohol Needs Assessment 2022"
    std::vector<std::string> attribution{};  ///< licence lines to be printed, each once
    std::string method{};
    std::vector<std::string> notes{};

    friend bool operator==(const TableMeta&, const TableMeta&) = default;
};

/// Where the rows came from, for messages.
struct TableOrigin {
    std::string file{};
    std::string sheet{};
    std::vector<std::size_t> rows{};  ///< 1-based row of the file for each row; empty: not from a file
};

/// Columns of one length with different names. Immutable by habit: functions return new tables, and
/// copies share the cells.
class Table {
public:
    Table() = default;
    /// \throws std::invalid_argument if lengths differ or a name comes twice.
    explicit Table(std::vector<Column> columns, TableMeta meta = {}, TableOrigin origin = {});

    std::size_t row_count() const noexcept { return rows_; }
    std::span<const Column> columns() const& noexcept { return columns_; }
    /// Of a table about to end: the columns themselves, so that a loop over `read_table(…).columns()` holds.
    std::vector<Column> columns() && { return std::move(columns_); }
    std::vector<std::string> names() const;
    const TableMeta& meta() const noexcept { return meta_; }
    const TableOrigin& origin() const noexcept { return origin_; }

    /// Nothing if there is no such column. Names are compared exactly, then without letter case.
    const Column* find(std::string_view name) const noexcept;
    /// \throws NameUnknown naming the nearest columns.
    const Column& column(std::string_view name) const;

    /// Replaces the column of that name, or appends.
    Table with(Column column) const;
    Table with(TableMeta meta) const;
    Table select(std::span<const std::string> names) const;
    Table take(std::span<const std::size_t> rows) const;
    /// The place of a row, for messages: file, sheet and the row's number in the file.
    Where where(std::size_t row, std::string_view column = {}) const;

private:
    std::vector<Column> columns_{};
    std::size_t rows_ = 0;
    TableMeta meta_{};
    TableOrigin origin_{};
};

}  // namespace wardmap
