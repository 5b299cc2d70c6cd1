/// \file
/// wardmap-simulate: dated events whose counts by ward are those of the printed tables.
#include "event_files.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/output_file.hpp"
#include "wardmap/io/read_areas.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <system_error>

namespace wardmap::simulated {
namespace {

struct Options {
    std::string folder{};
    std::string tables{"examples/coventry/data/needs_assessment"};
    std::uint64_t seed = 1;
    bool no_faults = false;
    Overwrite overwrite = Overwrite::refuse;
};

void say(const std::string& line) {
    std::fputs((line + '\n').c_str(), stderr);
}

void make_folder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) {
        throw OutputError("the folder cannot be made (" + failed.message() + ")", {.file = folder.string()},
                          "give another to -o");
    }
}

void write_files(const Options& options) {
    const auto folder = std::filesystem::path(options.folder);
    const auto events_file = folder / "events.csv";
    const auto finds_file = folder / "needle_finds.csv";

    const Places places(read_areas("coventry-wards").areas);
    const Published published = read_published(options.tables, places.wards());
    make_folder(folder);
    for (const auto& file : {events_file, finds_file}) check_output(file, options.overwrite);
    const SimulatedEvents events =
        simulate_events(published, places, options.no_faults ? FaultCounts{} : usual_faults, options.seed);
    const std::vector<FindRecord> finds = simulate_finds(published, places, options.seed);

    write_output(events_file, events_csv(events.records), options.overwrite);
    write_output(finds_file, finds_csv(finds, places.wards()), options.overwrite);

    const auto number = [](std::size_t n) { return with_thousands(static_cast<double>(n), 0); };
    say("SIMULATED: none of these events and finds happened");
    say(fmt::format(
        "{}: {} rows; {} events in a ward and one of the three years to June 2022, of them {} with both "
        "markers and {} the twin of another; {} rows that no ward and year counts",
        events_file.generic_string(), number(events.records.size()), number(events.counted),
        number(events.both), number(events.twins), number(events.records.size() - events.counted)));
    say(fmt::format("{}: {} finds in the three years to July 2022", finds_file.generic_string(),
                    number(finds.size())));
}

/// What is wrong with a seed; nothing if it is one. Negative numbers would come through as huge ones.
std::string whole_number(const std::string& text) {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, failed] = std::from_chars(text.data(), end, number);
    if (failed == std::errc() && stopped == end) return {};
    return "'" + text + "' is no whole number from 0 to 18446744073709551615";
}

int run(int argc, char** argv) {
    Options options;
    CLI::App app(
        "wardmap-simulate: invented events inside Coventry's wards, whose counts are those of the printed "
        "ward tables.",
        "wardmap-simulate");
    app.add_option("-o,--output", options.folder, "Folder for events.csv and needle_finds.csv")
        ->type_name("FOLDER")
        ->required();
    app.add_option("--tables", options.tables,
                   "Folder of the printed tables; from the project's root it is found")
        ->type_name("FOLDER")
        ->capture_default_str();
    app.add_option("--seed", options.seed, "Another number, other events; the same number, the same bytes")
        ->type_name("N")
        ->check(whole_number)
        ->capture_default_str();
    app.add_flag("--no-faults", options.no_faults,
                 "Leave out the rows outside the city, without a place or without a date");
    app.add_flag_callback(
        "--overwrite", [&] { options.overwrite = Overwrite::replace; }, "Replace files that exist");
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        std::fputs(app.help().c_str(), stdout);
        return 0;
    } catch (const CLI::ParseError& error) {
        say(std::string("wardmap-simulate: ") + error.what() + "; see wardmap-simulate --help");
        return 2;
    }
    try {
        write_files(options);
        return 0;
    } catch (const std::exception& error) {
        say(std::string("wardmap-simulate: ") + error.what());
        return 1;
    }
}

}  // namespace
}  // namespace wardmap::simulated

int main(int argc, char** argv) {
    return wardmap::simulated::run(argc, argv);
}
