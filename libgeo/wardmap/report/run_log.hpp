/// \file
/// What a run read, guessed, decided, met and wrote: `--json`, `--log` and a report's manifest.json.
#pragma once

#include "wardmap/base/ledger.hpp"
#include "wardmap/base/problems.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

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

/// Whether files get their SHA-256, which of large ones takes longer than the work on them.
enum class Fingerprints : unsigned char { taken, left_out };

/// The log of contract section 2, schema "wardmap.log/1".
struct RunLog {
    Fingerprints fingerprints = Fingerprints::taken;
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
    /// SHA-256 of bytes; empty where the log takes none.
    std::string fingerprint(std::string_view bytes) const;
    /// Adds a file that was written, from the bytes that went into it.
    void output(std::string path, std::string_view bytes);
    /// Adds a file that was written in pieces. \throws FileMissing
    void output_file(const std::filesystem::path& file);
};

/// One JSON object, keys in the contract's order, indented by two, ending in a newline. Text that is
/// not UTF-8 comes out with U+FFFD in its place.
std::string to_json(const RunLog& log);

}  // namespace wardmap
