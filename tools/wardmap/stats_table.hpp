/// \file
/// A table in, the same table with the result's columns out: what every statistic of `wardmap stats` shares.
#pragma once

#include "input_options.hpp"
#include "output_options.hpp"

#include "wardmap/table/table.hpp"

#include <CLI/App.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// The rows that a statistic is of: all but totals and rows that are no area ("Outside": no area code).
///
/// Columns are added for all rows; those left out are not applicable. A result that is not defined is
/// `suppressed` or `missing` where a number that was asked for in its row is so, else `undefined`.
class StatsTable {
public:
    void add_options(CLI::App& app);
    /// --prefix belongs to statistics whose result stands beside the table's own columns.
    void add_prefix_option(CLI::App& app);

    /// Reads the table; under --small-numbers the columns of counts are withheld before anything is
    /// calculated from them, and numbers that were not asked for are left out of the result: they could give
    /// a withheld count away. Empty names are passed over.
    void open(Session& session, std::span<const std::string> count_columns);

    const Table& table() const noexcept { return table_; }
    std::size_t size() const noexcept { return rows_.size(); }
    /// The rows used, by their place in table().
    std::span<const std::size_t> rows() const noexcept { return rows_; }
    /// Numbers of the rows used; NaN where there is none. \throws NameUnknown
    std::vector<double> numbers(const std::string& column);
    /// People of the rows used: of a column of the table, or of a table of people by area (--population
    /// FILE), joined by whichever code or name both have. Rows without people are the problem
    /// `no_population`.
    std::vector<double> people(const std::string& column_or_file);
    /// Texts of the rows used, numbers written out. \throws NameUnknown
    std::vector<std::string> texts(const std::string& column) const;

    /// One value for each row used. \throws UsageError if the table has a column of that name
    void add(const std::string& name, std::span<const double> values, const std::string& unit = {});
    void add(const std::string& name, const std::vector<std::string>& values);
    /// The same number in each row used.
    void add_same(const std::string& name, double value);

    /// Writes the table with what was added; `method` is said and stands in the metadata.
    void write(const std::string& method) const;
    /// Writes another table, with this one's metadata under its own.
    void write(const Table& result, const std::string& method) const;

private:
    void check_free(const std::string& name) const;
    void withhold(std::span<const std::string> counts);
    Table without_unprotected() const;

    TableInput input_{};
    MetaInput meta_{};
    SmallNumbersInput small_numbers_{};
    TableOutput output_{};
    std::string prefix_{};

    Session* session_ = nullptr;
    Table table_{};
    std::vector<std::size_t> rows_{};
    std::vector<CellState> states_{};  ///< the worst of the inputs of each row used
    std::vector<std::string> used_{};  ///< columns of numbers that were asked for or added
};

/// Numbers as a column of a result; what is not defined is `undefined`.
Column result_column(std::string name, std::vector<double> values, std::string unit = {});

/// Which rows have each text, in the order of first appearance.
struct TextGroups {
    std::vector<std::string> names{};
    std::vector<std::vector<std::size_t>> rows{};
    std::vector<std::size_t> group_of_row{};
};
TextGroups groups_of(std::span<const std::string> texts);

/// The option's value. \throws UsageError naming the option if it was not given
const std::string& needed(const std::string& given, const char* option, const char* what);

}  // namespace wardmap
