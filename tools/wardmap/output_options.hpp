/// \file
/// How tables go out: --round, --wide, one file or one a group, and small numbers.
#pragma once

#include "session.hpp"

#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/table/table.hpp"

#include <CLI/App.hpp>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {

struct TableOutput {
    bool round = false;
    std::string wide{};
    std::string template_file{};

    void add_options(CLI::App& app);
    /// To every -o, or as CSV to standard output.
    void write(const Table& table, Session& session) const;
};

struct SmallNumbersInput {
    std::string rule{"none"};

    void add_options(CLI::App& app);
    SmallNumberRule parsed() const;
};

/// Fills {column} of a file name pattern with a value made fit for a file name: 'fig/{offence}.svg' ->
/// 'fig/robbery.svg'. \throws UsageError if the pattern names no such column, or lacks one of them.
std::string fill_pattern(const std::string& pattern,
                         std::span<const std::pair<std::string, std::string>> values);

/// SOURCE_DATE_EPOCH, or 1 January 1980: the time that files with a time say they were made.
std::int64_t time_of_creation();

}  // namespace wardmap
