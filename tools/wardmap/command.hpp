/// \file
/// A command: its options, then its work. `setup` opens no file; `run` is called after parsing.
#pragma once

#include "session.hpp"

#include "wardmap/base/error.hpp"

#include <CLI/App.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

class Command {
public:
    virtual ~Command() = default;
    virtual std::string name() const = 0;
    virtual std::string summary() const = 0;  ///< one line in `wardmap --help`
    virtual std::string example() const = 0;  ///< shown by `--help`; the tests run it from the project's root
    virtual void setup(CLI::App& app) = 0;
    virtual void run(Session& session) = 0;
    /// Commands behind this one: `stats funnel`. It owns them.
    virtual std::vector<Command*> parts() { return {}; }
    /// What to say of a word that is no option, input or part; nothing: the usual.
    virtual std::optional<UsageError> unknown(const std::string&) const { return std::nullopt; }
};

/// All commands, in the order in which help lists them.
std::vector<std::unique_ptr<Command>> all_commands();

std::unique_ptr<Command> areas_command();
std::unique_ptr<Command> check_command();
std::unique_ptr<Command> locate_command();
std::unique_ptr<Command> count_command();
std::unique_ptr<Command> indicators_command();
std::unique_ptr<Command> aggregate_command();
std::unique_ptr<Command> breaks_command();
std::unique_ptr<Command> map_command();
std::unique_ptr<Command> chart_command();
std::unique_ptr<Command> impact_command();
std::unique_ptr<Command> audit_command();
std::unique_ptr<Command> lint_command();
std::unique_ptr<Command> palettes_command();
std::unique_ptr<Command> init_command();
std::unique_ptr<Command> report_command();
std::unique_ptr<Command> stats_command();
std::unique_ptr<Command> doctor_command();

}  // namespace wardmap
