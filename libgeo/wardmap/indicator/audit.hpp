/// \file
/// A published table against itself: what its numbers say of one another.
#pragma once

#include "wardmap/table/table.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// What did not agree.
enum class AuditCheck : unsigned char {
    number,            ///< a cell of a column of numbers is none
    change,            ///< a change is not later minus earlier
    change_pct,        ///< a change in percent does not follow from the two counts
    row_total,         ///< a sum beside the counts is not their sum
    total,             ///< the total row is not the sum of the rows
    share,             ///< a share does not follow from the count and the total
    share_sum,         ///< the shares do not add up to 100
    rate,              ///< a rate does not follow from the count and the people printed
    population,        ///< the people that a rate implies are not those other tables imply for this row
    population_total,  ///< the people that the total's rates imply are not the sum of the rows'
    text_change_pct,   ///< a change in percent that the text prints is not that of the total
};
std::string_view name_of(AuditCheck check) noexcept;  ///< "change_pct"
/// "changes in percent that do not follow from the counts"
std::string_view words_of(AuditCheck check) noexcept;

/// A column of rates and the column of counts it is of.
struct AuditRate {
    std::string rate{};
    std::string count{};
};

/// Which column is what; empty: there is none.
struct AuditColumns {
    std::string name{};                 ///< names the rows
    std::vector<std::string> counts{};  ///< one a period, oldest first
    std::string before{};               ///< of the counts: those that the change is between
    std::string after{};
    std::string change{};
    std::string change_pct{};
    std::string row_total{};  ///< sum of `counts`
    std::string share{};      ///< of `after` in the total, in percent
    std::string population{};
    std::vector<AuditRate> rates{};
};

/// Rows that make one table with one total.
struct AuditGroup {
    std::vector<std::pair<std::string, std::string>> values{};  ///< column and value: marker, alcohol
    std::vector<std::size_t> rows{};
};

struct AuditOptions {
    AuditColumns columns{};
    std::vector<AuditGroup> groups{};
    double per = 100000;           ///< people a rate is for
    double counts_rounded_to = 1;  ///< 5: counts were published rounded to the nearest 5
    /// Changes in percent of the total that the text beside the table prints: "-39", "24.6%".
    std::vector<std::string> text_changes_pct{};
};

/// One statement of the table that others contradict.
struct AuditFinding {
    AuditCheck check = AuditCheck::total;
    std::size_t group = 0;  ///< of AuditOptions::groups
    std::size_t row = 0;    ///< of the table
    std::string name{};     ///< of the row
    std::string column{};
    std::string printed{};
    std::string expected{};     ///< "64", "63 to 65"
    double difference = 0;      ///< printed minus expected; NaN where that says nothing
    std::string what{};         ///< one sentence
    std::string explanation{};  ///< what could explain it; empty if nothing simple does
};

/// How many people all rates of one row leave possible, over all tables.
struct ImpliedPopulation {
    std::string name{};
    std::string rate{};  ///< column of the rates
    double lower = 0;
    double upper = 0;        ///< infinite if no rate bounds it
    std::size_t tables = 0;  ///< whose rates agree on it
    std::size_t others = 0;  ///< whose rates do not
    bool is_total = false;
};

struct AuditResult {
    std::vector<AuditFinding> findings{};  ///< table by table, in the order of the rows
    std::vector<ImpliedPopulation> populations{};
    std::size_t statements = 0;     ///< compared
    std::size_t withheld = 0;       ///< cells suppressed or missing, so that something could not be compared
    std::size_t without_total = 0;  ///< tables that have no total row
};

/// Compares every number with what the others say of it. Nothing is assumed but rounding: a printed number
/// agrees with every value that rounds to it, halves away from zero, at the decimals its column shows; counts
/// are whole unless `counts_rounded_to` or decimals say otherwise. Sums over withheld or missing cells are
/// compared only where they are too large already.
///
/// Rates without printed people: each rate and count leave a range of people; all tables must leave one
/// number in common for each row name. Where most agree, the others are found; else all are named.
/// \throws NameUnknown for a column that is not there; UsageError for options that make no sense.
AuditResult audit(const Table& table, const AuditOptions& options);

}  // namespace wardmap
