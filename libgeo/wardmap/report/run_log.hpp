/// \file
/// What a run read, guessed, decided, met and wrote: `--json`, `--log` and a report's manifest.json.
#pragma once

#include "wardmap/base/problems.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// Every row read is in exactly one count:
/// rows_read = filtered + duplicates + located + outside + no_location + the sum of rejected;
/// located = counted + out_of_period + no_date.
/// For a table of areas a row is located when it is matched to one, outside when it names none of
/// them, and rejected as "total_row" when it sums the others.
struct Ledger {
    std::uint64_t rows_read = 0;
    std::uint64_t filtered = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t located = 0;
    std::uint64_t outside = 0;
    std::uint64_t no_location = 0;
    std::vector<std::pair<std::string, std::uint64_t>> rejected{};  ///< reason and how many
    std::uint64_t counted = 0;
    std::uint64_t out_of_period = 0;
    std::uint64_t no_date = 0;

    void reject(std::string_view reason, std::uint64_t count);  ///< adds to that reason
    void add(const Ledger& other);
    /// True if both conservation laws hold.
    bool balanced() const noexcept;
};

struct LogInput {
    std::string path{};
    std::string sha256{};
    std::uint64_t rows = 0;  ///< data rows or areas
};

struct LogOutput {
    std::string path{};
    std::string sha256{};
};

/// One value is written as text, several as a list.
struct LogParameter {
    std::string name{};
    std::vector<std::string> values{};
};

/// The log of contract section 2, schema "wardmap.log/1".
struct RunLog {
    std::string command{};  ///< "map", "report"
    std::vector<LogInput> inputs{};
    std::vector<LogParameter> parameters{};
    std::vector<std::string> guesses{};  ///< "code field of wards.geojson: ward_code"
    Ledger ledger{};
    Problems problems{};
    std::vector<LogOutput> outputs{};

    void parameter(std::string name, std::string value);
    /// Adds the file with its SHA-256, once however often it is read. \throws FileMissing
    void input(const std::filesystem::path& file, std::uint64_t rows);
    /// Adds a file that was written, from the bytes that went into it.
    void output(std::string path, std::string_view bytes);
};

/// One JSON object, keys in the contract's order, indented by two, ending in a newline. Text that is
/// not UTF-8 comes out with U+FFFD in its place.
std::string to_json(const RunLog& log);

}  // namespace wardmap
