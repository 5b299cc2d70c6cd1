/// \file
/// The options that describe inputs: AREAS and tables (contract section 2).
#pragma once

#include "session.hpp"

#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"

#include <CLI/App.hpp>

#include <string>
#include <vector>

namespace wardmap {

/// AREAS: a built-in name or a file, and what belongs to it.
struct AreasInput {
    std::string source{};
    std::string code{};
    std::string name{};
    std::string layer{};
    std::string where{};
    std::string crs{};

    bool given() const noexcept { return !source.empty(); }
    /// --areas and --area-code, --area-name ...; `positional` for `areas FILE`.
    void add_options(CLI::App& app);
    void add_field_options(CLI::App& app);
    /// Reads, says what was guessed, notes the input in the log.
    ReadAreas read(Session& session) const;
};

/// A table file, which sheet and which rows of it.
struct TableInput {
    std::string file{};
    std::string sheet{};
    std::size_t header_row = 0;  ///< 0: guessed
    std::vector<std::string> where{};

    void add_options(CLI::App& app);
    ReadTable read(Session& session) const;
};

/// What the words on the table do not say: --measure --period --source (contract section 2).
struct MetaInput {
    std::string measure{};
    std::string unit{};
    std::string period{};
    std::string source{};
    std::string whole{};

    void add_options(CLI::App& app);
    /// All but --period, for commands whose result holds its periods itself.
    void add_options_without_period(CLI::App& app);
    /// Fills what was given over what the table knows.
    Table apply(const Table& table) const;
};

/// "COLUMN=VALUE" -> the two. \throws UsageError naming `option` if there is no '='.
std::pair<std::string, std::string> split_assignment(const std::string& text, const std::string& option);

/// Reads a further table by its path alone, noting guesses, problems and the input.
ReadTable read_plain_table(const std::string& file, Session& session);

}  // namespace wardmap
