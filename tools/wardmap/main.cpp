#include "command.hpp"
#include "versions.hpp"

#include "wardmap/base/long_call.hpp"
#include "wardmap/base/suggest.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <span>
#include <string_view>
#include <vector>

namespace wardmap {
namespace {

void add_session_options(CLI::App& app, Session& session) {
    const auto group = [&](CLI::Option* option) { option->group("Every command"); };
    group(app.add_option("-o,--output", session.outputs,
                         "Write to FILE, format by extension; '-' is standard output; may be repeated")
              ->type_name("FILE")
              ->allow_extra_args(false));
    group(app.add_flag("--overwrite", session.overwrite_given, "Replace files that exist"));
    group(app.add_flag("--strict", session.strict, "End with 3 if any warning or problem was found"));
    group(app.add_flag("--quiet", session.quiet, "No messages, only errors"));
    group(app.add_flag("--json", session.json, "Standard error holds one JSON object and nothing else"));
    group(app.add_option("--log", session.log_file, "Write that JSON object to FILE")->type_name("FILE"));
    group(app.add_flag("--progress{1},--no-progress{-1}", session.progress_given,
                       "Show how far work over a second is (on a terminal it is shown)"));
    group(app.add_option("--threads", session.threads, "How many threads to use; 0: one a core")
              ->type_name("N"));
}

/// A command with its parser; the statistics stand behind `stats`.
using Parsers = std::vector<std::pair<CLI::App*, Command*>>;

/// What was typed, word by word.
using Words = std::span<const std::string_view>;

/// Options are set up only for commands whose name was typed: for all of them that takes as long as a map.
void add_command(CLI::App& parent, Command& command, Session& session, Words words, Parsers& parsers) {
    CLI::App* parser = parent.add_subcommand(command.name(), command.summary());
    if (std::find(words.begin(), words.end(), command.name()) == words.end()) return;
    parser->set_help_flag("-h,--help", "Show this help");
    parser->footer("Example:\n  " + command.example());
    parser->allow_extras();
    command.setup(*parser);
    add_session_options(*parser, session);
    parsers.emplace_back(parser, &command);
    for (Command* part : command.parts()) add_command(*parser, *part, session, words, parsers);
}

/// The command that was typed, of `stats funnel` the last word; `app` itself if there is none.
CLI::App& chosen_parser(CLI::App& app, std::string& path) {
    CLI::App* chosen = &app;
    for (auto below = app.get_subcommands(); !below.empty(); below = chosen->get_subcommands()) {
        path += (path.empty() ? "" : " ") + chosen->get_name();
        chosen = below.front();
    }
    return *chosen;
}

/// "funnel" behind "wardmap stats" is the command "stats funnel".
std::string typed_name(const std::string& path, const Command& command) {
    const std::size_t behind_program = path.find(' ');
    return behind_program == std::string::npos ? command.name()
                                               : path.substr(behind_program + 1) + " " + command.name();
}

/// What was typed and is not known, with the nearest that is.
UsageError unknown_argument(const CLI::App& app, const std::string& typed, const std::string& argument) {
    if (argument.size() > 1 && argument.front() == '-') {
        std::vector<std::string> options;
        for (const CLI::Option* option : app.get_options()) {
            for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
        }
        const std::string plain = argument.substr(0, argument.find('='));
        const auto near = nearest_names(plain, options);
        return UsageError(
            "'" + typed + "' has no option '" + plain + "'", {},
            near.empty() ? "'wardmap " + typed + " --help' lists them" : did_you_mean(plain, near));
    }
    return UsageError("'" + typed + "' does not know what to do with '" + argument + "'", {},
                      "'wardmap " + typed + " --help' shows how it is used");
}

int run(int argc, char** argv) {
    Session session;
    const auto commands = all_commands();
    CLI::App app("wardmap: ward tables, quadrants, maps and reports.", "wardmap");
    app.set_help_flag("-h,--help", "Show this help");
    app.footer(
        "wardmap COMMAND --help shows each command with an example.\nExit codes: 0 done, 1 the work failed, "
        "2 wrong use, 3 --strict and problems found.");
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    Parsers parsers;
    std::vector<std::string> names;
    for (const auto& command : commands) {
        add_command(app, *command, session, words, parsers);
        names.push_back(command->name());
    }
    bool show_version = false;
    app.add_flag("--version", show_version, "Print the version and what it was built with");
    app.allow_extras();
    session.json = std::find(words.begin(), words.end(), "--json") != words.end();
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        std::string path;
        CLI::App& chosen = chosen_parser(app, path);
        std::fputs((&chosen == &app ? app.help() : chosen.help(path)).c_str(), stdout);
        return static_cast<int>(Exit::done);
    } catch (const CLI::ParseError& error) {
        return static_cast<int>(
            session.fail(std::string(error.what()) + "; see wardmap --help", Exit::wrong_use));
    }
    if (show_version) {
        std::fputs(built_versions_text().c_str(), stdout);
        return static_cast<int>(Exit::done);
    }
    try {
        std::string path;
        CLI::App& chosen = chosen_parser(app, path);
        if (&chosen == &app) {
            const auto extras = app.remaining();
            if (extras.empty()) {
                std::fputs(app.help().c_str(), stderr);
                return static_cast<int>(Exit::wrong_use);
            }
            throw UsageError("there is no command '" + extras.front() + "'", {},
                             did_you_mean(extras.front(), names));
        }
        for (const auto& [parser, command] : parsers) {
            if (parser != &chosen) continue;
            auto extras = parser->remaining();
            std::erase(extras, "--");  // the parser leaves the mark before file names that begin with a dash
            const std::string typed = typed_name(path, *command);
            if (!extras.empty()) {
                throw command->unknown(extras.front())
                    .value_or(unknown_argument(*parser, typed, extras.front()));
            }
            session.start(typed);
            session.progress().start(session.progress_given, session.messages() == Messages::shown);
            const Watched watched(session.progress());
            command->run(session);
        }
        session.progress().erase();
        return static_cast<int>(session.finish());
    } catch (const UsageError& error) {
        return static_cast<int>(session.fail(error.what(), Exit::wrong_use));
    } catch (const NameUnknown& error) {
        // A column, layer or area that does not exist is a slip of the user's, like an unknown option.
        return static_cast<int>(session.fail(error.what(), Exit::wrong_use));
    } catch (const std::bad_alloc&) {
        return static_cast<int>(session.fail("there is not enough memory for this", Exit::work_failed));
    } catch (const std::exception& error) {
        return static_cast<int>(session.fail(error.what(), Exit::work_failed));
    }
}

}  // namespace
}  // namespace wardmap

int main(int argc, char** argv) {
    return wardmap::run(argc, argv);
}
