/// \file
/// The "published table to findings" call that the command and Python share.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/indicator/audit.hpp"
#include "wardmap/table/table.hpp"

#include <string>
#include <vector>

namespace wardmap {

/// Columns that are not named are found by their meaning, as headings say it.
struct AuditRequest {
    Table table{};
    std::string name_column{};          ///< names the rows
    std::vector<std::string> by{};      ///< one table for each different value
    std::vector<std::string> counts{};  ///< columns of counts, oldest first
    std::string from{};                 ///< the change is between these two; else the last two
    std::string to{};
    std::string change{};
    std::string change_pct{};
    std::string row_total{};
    std::string share{};
    std::string population{};
    std::string rate{};  ///< of the counts `to`
    double per = 0;      ///< 0: as the heading of the rates says, else 100,000
    double counts_rounded_to = 1;
    std::vector<std::string> text_changes_pct{};  ///< of the total, as the text beside the table prints them
};

struct AuditReport {
    /// The columns of `by`, then row_name, check, column, printed, expected, difference, finding,
    /// explanation, file_row. One row a finding; a column of `by` that is called like one of these gets "by_"
    /// before it.
    Table findings{};
    /// row_name, rate, population_lower, population_upper, rates_agreeing, rates_not_agreeing: what each rate
    /// implies.
    Table populations{};
    AuditResult result{};
    std::vector<std::string> guesses{};
    Problems problems{};    ///< one for each kind of finding, with examples
    std::string summary{};  ///< "162 rows in 9 tables, 576 statements compared: all agree"
};

/// \throws InputError for a table without rows, in which nothing can be compared, or with two rows of one
/// name;
///         NameUnknown for a column that is not there
AuditReport audit_table(const AuditRequest& request);

}  // namespace wardmap
