#include "command.hpp"
#include "event_options.hpp"
#include "input_options.hpp"

#include "wardmap/area/coverage.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/io/builtin_areas.hpp"
#include "wardmap/io/byte_source.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/event_columns.hpp"
#include "wardmap/report/count_call.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace wardmap {
namespace {

bool is_boundary_file(const std::string& path) {
    for (const char* extension :
         {".geojson", ".gpkg", ".shp", ".fgb", ".topojson", ".kml", ".gml", ".zip", ".json"}) {
        if (has_extension(path, extension)) return true;
    }
    return find_builtin_areas(path).has_value();
}

std::string quoted(const std::string& word) {
    const bool plain =
        word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./") ==
        std::string::npos;
    if (plain && !word.empty()) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// Folders, patterns and packed files are of events; so is a table whose columns say so.
bool holds_events(const std::string& input) {
    if (input.find_first_of("*?") != std::string::npos || std::filesystem::is_directory(input)) return true;
    if (has_extension(input, ".gz")) return true;
    if (has_extension(input, ".zip"))
        return std::filesystem::is_regular_file(input) && zip_without_rows(input).empty();
    return !is_boundary_file(input) && event_names(header_names(input)).events;
}

class CheckCommand final : public Command {
public:
    std::string name() const override { return "check"; }
    std::string summary() const override {
        return "Read everything, change nothing, say what is wrong and what to run next";
    }
    std::string example() const override {
        return "wardmap check examples/coventry/data/needs_assessment/offences_by_ward.csv "
               "boundaries/coventry-wards.geojson";
    }

    void setup(CLI::App& app) override {
        app.add_option("INPUT", inputs_, "Tables, events and boundaries, in any order")->type_name("INPUT");
        areas_.add_field_options(app);
    }

    void run(Session& session) override {
        if (inputs_.empty())
            throw UsageError("there is nothing to check", {}, "name tables, events and boundary files");
        std::optional<AreaSet> areas;
        std::vector<ReadTable> tables;
        std::vector<std::string> table_files;
        std::vector<std::string> events;
        for (const std::string& input : inputs_) {
            if (std::filesystem::path(input).extension() == ".toml") {
                throw UsageError("this is a project file of a report, not a table", {.file = input},
                                 "'wardmap lint " + input + "' looks it over");
            }
            if (holds_events(input)) {
                events.push_back(input);
            } else if (is_boundary_file(input)) {
                areas_.source = input;
                const ReadAreas read = areas_.read(session);
                areas = read.areas;
                text_ +=
                    input + ": " + counted(read.areas.size(), read.areas.noun()) + ", " +
                    read.areas.crs().definition + ", codes in " + read.code_field +
                    (read.name_field.empty() ? std::string(", no names") : ", names in " + read.name_field) +
                    "\n";
                text_ += coverage_text(check_coverage(read.areas), read.areas);
            } else {
                tables.push_back(read_plain_table(input, session));
                table_files.push_back(input);
            }
        }
        // Without boundaries a built-in set that fits most rows is worth naming.
        const std::string areas_name = areas ? areas_.source : "";
        for (std::size_t i = 0; i < tables.size(); ++i)
            describe(table_files[i], tables[i], areas, areas_name, session);
        for (const std::string& input : events) describe_events(input, areas, areas_name, session);
        session.write_stdout(text_);
    }

private:
    /// Counts them, in the areas given or else in the built-in set that holds most of them.
    void describe_events(const std::string& input, const std::optional<AreaSet>& areas,
                         const std::string& areas_name, Session& session) {
        std::string fitting = areas_name;
        CountResult found;
        if (areas) {
            found = count_months(input, *areas, session);
        } else {
            for (const BuiltinAreas& set : builtin_areas()) {
                CountResult made = count_months(input, read_areas(set.name).areas, session);
                if (!fitting.empty() && made.counted.ledger.located <= found.counted.ledger.located) continue;
                found = std::move(made);
                fitting = set.name;
            }
        }
        const Counted& counts = found.counted;
        note_events(found.read, found.guesses, counts.ledger, counts.problems, session);
        text_ += input + ": " + counted(static_cast<std::size_t>(counts.ledger.rows_read), "row") +
                 " of events in " + counted(found.read.files.size(), "file") + "\n";
        for (const std::string& guess : found.guesses) text_ += "  " + guess + "\n";
        if (!counts.cube.periods.empty() && counts.cube.periods.front().period) {
            text_ += "  months " + counts.cube.periods.front().label + " to " +
                     counts.cube.periods.back().label + "\n";
        }
        text_ += "  in " + fitting + ": " + ledger_words(counts.ledger) + "\n";
        const bool fits = areas.has_value() || counts.ledger.located > 0;
        if (!fits) text_ += "  no built-in areas hold any of them: give the boundary file\n";
        text_ += "  next: " + next_count(input, fits ? fitting : "AREAS", found.read.files) + "\n";
    }

    /// By month, or all together where there are no dates.
    static CountResult count_months(const std::string& input, const AreaSet& areas, const Session& session) {
        CountRequest request;
        request.source.inputs = {input};
        request.source.threads = session.threads;
        request.areas = areas;
        request.periods.bins = PeriodBins::month;
        CountResult made = count_events(request);
        const std::vector<EventFile>& files = made.read.files;
        const bool dated = std::any_of(files.begin(), files.end(),
                                       [](const EventFile& file) { return !columns_of(file).date.empty(); });
        if (dated) return made;
        request.periods.bins = PeriodBins::all;
        return count_events(request);
    }

    static EventNames columns_of(const EventFile& file) {
        std::vector<std::string_view> fields;
        CsvSplitter splitter(file.header, file.delimiter);
        (void)splitter.next(fields);
        std::vector<std::string> names;
        for (const std::string_view field : fields) names.emplace_back(trimmed(field));
        return event_names(names);
    }

    static std::string next_count(const std::string& input, const std::string& areas,
                                  const std::vector<EventFile>& files) {
        std::string command = "wardmap count " + quoted(input) + " --areas " + quoted(areas);
        if (files.empty()) return command + " -o counts.csv";
        const EventNames columns = columns_of(files.front());
        if (!columns.date.empty()) command += " --date " + quoted(columns.date) + " --period month";
        if (!columns.kind.empty()) command += " --by " + quoted(columns.kind);
        return command + " -o counts.csv";
    }

    void describe(const std::string& file, const ReadTable& read, const std::optional<AreaSet>& areas,
                  const std::string& areas_name, Session& session) {
        const Table& table = read.table;
        text_ += file + ": " + counted(table.row_count(), "row") + ", " +
                 counted(table.columns().size(), "column") + "\n";
        std::vector<std::string> numeric, periods, words;
        for (const Column& column : table.columns()) {
            std::string kind = "text";
            if (looks_numeric(column)) {
                kind = "numbers";
                Problems bad;
                (void)read_numbers(table, column.name(), bad);
                session.log.problems.merge(bad);
                numeric.push_back(column.name());
                if (parse_period(column.name())) {
                    periods.push_back(column.name());
                    kind += ", " + period_words(column.name());
                }
            } else {
                words.push_back(column.name());
            }
            text_ += "  " + column.name() + ": " + kind + "\n";
        }
        session.log.ledger.rows_read += table.row_count();
        std::string area_column;
        if (areas) {
            const Matched matched = match_rows(table, *areas, {});
            session.guessed(matched.guesses);
            session.log.problems.merge(matched.problems);
            session.log.ledger.located += matched.report.by_code + matched.report.by_name;
            session.log.ledger.counted += matched.report.by_code + matched.report.by_name;
            session.log.ledger.outside +=
                matched.report.unmatched + matched.report.ambiguous + matched.report.outside_rows;
            session.log.ledger.reject("total_row", matched.report.total_rows);
            text_ += "  " + matched.report.text() + "\n";
            area_column = matched.report.column;
        } else {
            session.log.ledger.no_location += table.row_count();
        }
        text_ += "  next: " + next_command(file, areas_name, area_column, periods, numeric) + "\n";
    }

    static std::string next_command(const std::string& file, const std::string& areas,
                                    const std::string& area_column, const std::vector<std::string>& periods,
                                    const std::vector<std::string>& numeric) {
        const std::string on =
            (areas.empty() ? std::string(" --areas coventry-wards") : " --areas " + quoted(areas)) +
            (area_column.empty() ? "" : " --area " + quoted(area_column));
        if (periods.size() >= 2) {
            return "wardmap indicators " + quoted(file) + on + " --from " +
                   quoted(periods[periods.size() - 2]) + " --to " + quoted(periods.back());
        }
        if (!numeric.empty())
            return "wardmap map " + quoted(file) + on + " --value " + quoted(numeric.front()) + " -o map.svg";
        return "wardmap areas";
    }

    std::vector<std::string> inputs_{};
    AreasInput areas_{};
    std::string text_{};
};

}  // namespace

std::unique_ptr<Command> check_command() {
    return std::make_unique<CheckCommand>();
}

}  // namespace wardmap
