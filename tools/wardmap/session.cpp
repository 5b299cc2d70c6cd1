#include "session.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/io/input_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>

namespace wardmap {
namespace {

void print(std::FILE* to, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), to);
}

}  // namespace

Messages Session::messages() const noexcept {
    if (json) return Messages::json;
    return quiet || !log_file.empty() ? Messages::quiet : Messages::shown;
}

void Session::say(std::string_view line) const {
    if (messages() != Messages::shown) return;
    progress_.erase();
    print(stderr, line);
    print(stderr, "\n");
}

void Session::guessed(const std::string& what) {
    if (std::find(log.guesses.begin(), log.guesses.end(), what) != log.guesses.end()) return;
    log.guesses.push_back(what);
    say("guessed: " + what);
}

void Session::guessed(std::span<const std::string> all) {
    for (const std::string& one : all) guessed(one);
}

void Session::write_stdout(std::string_view bytes) {
    print(stdout, bytes);
    if (std::fflush(stdout) != 0) throw OutputError("standard output cannot be written");
    log.output("-", bytes);
}

void Session::write_file(const std::string& path, std::string_view bytes) {
    write_output(path, bytes, overwrite());
    log.output(path, bytes);
    say("wrote " + path);
}

void Session::wrote(const std::string& path) {
    log.output(path, read_input(path));
    say("wrote " + path);
}

void Session::stream_stdout(std::string_view piece) {
    print(stdout, piece);
}

void Session::end_stdout() {
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        throw OutputError("standard output cannot be written");
    log.outputs.push_back({"-", {}});
}

void Session::wrote_large(const std::string& path) {
    log.output_file(path);
    say("wrote " + path);
}

void Session::note_input(const std::string& path, std::uint64_t rows) {
    if (path != "-" && std::filesystem::is_regular_file(path)) {
        log.input(path, rows);
    } else {
        log.inputs.push_back({path, {}, rows});
    }
}

void Session::print_problems() const {
    for (const Problem& problem : log.problems.all()) {
        std::string line(name_of(problem.severity));
        line += ": ";
        const std::string where = problem.where.text();
        if (!where.empty()) line += where + ": ";
        line += problem.message;
        if (problem.count > 1)
            line += " (" + with_thousands(static_cast<double>(problem.count), 0) + " times)";
        for (std::size_t i = 0; i < problem.examples.size(); ++i) {
            line += (i == 0 ? "; for example " : ", ") + problem.examples[i];
        }
        say(line);
    }
}

void Session::write_log(std::string_view error) const {
    if (!log_wanted()) return;
    auto object = nlohmann::ordered_json::parse(to_json(log));
    if (!error.empty()) object["error"] = error;
    const std::string text =
        object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    if (json) print(stderr, text);
    if (!log_file.empty()) write_output(log_file, text, Overwrite::replace);
}

void Session::start(const std::string& command) {
    for (auto output = outputs.begin(); output != outputs.end(); ++output) {
        if (std::find(outputs.begin(), output, *output) != output)
            throw UsageError("-o names it twice", {.file = *output}, "name each result once");
    }
    log.command = command;
    log.fingerprints = log_wanted() ? Fingerprints::taken : Fingerprints::left_out;
}

Exit Session::finish() {
    progress_.erase();
    print_problems();
    const bool refused = strict && log.problems.serious() && result == Exit::done;
    const Exit code = refused ? Exit::problems_found : result;
    if (refused) say("stopped by --strict: the problems above were found");
    write_log({});
    return code;
}

Exit Session::fail(std::string_view message, Exit code) {
    progress_.erase();
    print_problems();
    if (log_wanted()) {
        write_log(message);
        if (json) return code;
    }
    print(stderr, "wardmap: ");
    print(stderr, message);
    print(stderr, "\n");
    return code;
}

std::string extension_of(std::string_view path) {
    std::string extension = std::filesystem::path(path).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension;
}

bool has_extension(std::string_view path, std::string_view extension) {
    return extension_of(path) == extension;
}

}  // namespace wardmap
