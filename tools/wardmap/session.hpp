/// \file
/// What every command shares: where results and messages go, how strict to be, the log of the run.
#pragma once

#include "terminal_progress.hpp"

#include "wardmap/base/output_file.hpp"
#include "wardmap/report/run_log.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Exit codes of contract section 2.
enum class Exit : int { done = 0, work_failed = 1, wrong_use = 2, problems_found = 3 };

enum class Messages : unsigned char { shown, quiet, json };

/// The options of contract section 2 that belong to no input, and the log that the run fills.
class Session {
public:
    std::vector<std::string> outputs{};  ///< -o, as given
    std::string log_file{};              ///< --log
    bool quiet = false;                  ///< the flags as the parser fills them
    bool json = false;
    bool strict = false;
    bool overwrite_given = false;
    int progress_given = 0;  ///< --progress 1, --no-progress -1
    unsigned threads = 0;
    Exit result = Exit::done;  ///< of a run that came to its end: commands that judge set it
    RunLog log{};

    Messages messages() const noexcept;
    /// How far long work is, on stderr.
    TerminalProgress& progress() noexcept { return progress_; }
    Overwrite overwrite() const noexcept { return overwrite_given ? Overwrite::replace : Overwrite::refuse; }

    /// A line for the reader on stderr; silent under --quiet, --json and --log.
    void say(std::string_view line) const;
    /// A guess: said, and kept in the log.
    void guessed(const std::string& what);
    void guessed(std::span<const std::string> all);

    /// Writes a result to stdout or to a file (with its place in the log).
    void write_stdout(std::string_view bytes);
    void write_file(const std::string& path, std::string_view bytes);
    /// Notes a file that was written elsewhere.
    void wrote(const std::string& path);

    /// Standard output in pieces, for what is too large to hold.
    void stream_stdout(std::string_view piece);
    void end_stdout();
    /// Notes a large file that was written elsewhere.
    void wrote_large(const std::string& path);
    /// Notes a file that was read, standard input, or what lies in an archive.
    void note_input(const std::string& path, std::uint64_t rows);

    /// Before a command runs: fingerprints of files are taken only for a log that somebody wants. \throws
    /// UsageError for an -o that is given twice
    void start(const std::string& command);
    /// Prints problems and the log. The exit code of a run that came to its end.
    Exit finish();
    /// Prints an error that ended the run, in the same form. \return `code`
    Exit fail(std::string_view message, Exit code);

private:
    mutable TerminalProgress progress_{};
    bool log_wanted() const noexcept { return json || !log_file.empty(); }
    void print_problems() const;
    void write_log(std::string_view error) const;
};

/// Ends in this extension, letter case ignored: has_extension("a.CSV", ".csv").
bool has_extension(std::string_view path, std::string_view extension);
/// Lower-case extension with its dot; empty if there is none.
std::string extension_of(std::string_view path);

}  // namespace wardmap
