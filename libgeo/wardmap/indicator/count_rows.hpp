/// \file
/// The rows of a long table of counts, as `wardmap count` writes it, that one series is made of.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// A count, or why there is none.
struct CountCell {
    double number = std::numeric_limits<double>::quiet_NaN();
    CellState state = CellState::missing;

    bool known() const noexcept { return state == CellState::value; }
    friend bool operator==(const CountCell&, const CountCell&) = default;
};

inline CountCell known_count(double number) {
    return {number, CellState::value};
}

/// Adds counts up. One that is withheld or not known makes the sum so: no part stands for the whole.
class CountSum {
public:
    void add(const CountCell& cell) noexcept;
    /// Missing if nothing was added.
    CountCell sum() const noexcept;

private:
    double number_ = 0;
    std::size_t added_ = 0;
    bool withheld_ = false;
    bool unknown_ = false;
};

/// What is taken out of a table of counts.
struct CountRowsOptions {
    std::string kind{};         ///< a value of one of the columns of kinds; empty: all events
    std::string kind_column{};  ///< needed only where two columns have that value
};

/// Events that are in no area: kept out of every chart, and said.
struct LeftOut {
    CountCell outside{};
    CountCell not_located{};
};

struct CountRows {
    struct Row {
        std::string period{};
        CountCell count{};
        bool is_kind = false;
        std::size_t row = 0;  ///< in the table
    };
    std::vector<Row> rows{};  ///< of areas, of one marker
    std::string kind{};       ///< as the table writes it; empty: none was asked for
    std::string kind_column{};
    std::string marker{};  ///< "alcohol", "all"; empty: the table has no markers
    LeftOut left_out{};    ///< all kinds
    LeftOut left_out_of_kind{};
};

/// Takes the rows of areas out of `area_code, area_name, period, [kinds ...], [marker], count`. Rows named
/// `Outside` and `Not located` without a code are kept apart; rows named as a total are left out (note
/// `total_rows`). Markers overlap, so of several the rows of `all` are taken.
/// \throws NameUnknown for a missing column or an unknown kind, naming the nearest; InputError for a table
///         without rows, or of several markers without `all`; UsageError for a kind two columns have.
CountRows count_rows(const Table& table, const CountRowsOptions& options, Problems& problems);

/// The rule for counts that stand alone, in no table with sums: a small one is withheld, another rounded.
CountCell withheld_alone(const CountCell& count, const SmallNumberRule& rule);
LeftOut withheld_alone(const LeftOut& left_out, const SmallNumberRule& rule);

/// Applies the small-number rule to columns of counts that are shown with their sums: `columns` hold, row by
/// row, counts that add up across the columns and down the rows. Cells without a number stay as they are.
void withhold_small_counts(std::span<std::vector<CountCell>> columns, const SmallNumberRule& rule,
                           Problems& problems);

}  // namespace wardmap
