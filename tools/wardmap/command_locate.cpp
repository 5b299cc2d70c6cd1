#include "command.hpp"
#include "event_options.hpp"
#include "input_options.hpp"
#include "output_options.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/event/locator.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/csv_text.hpp"
#include "wardmap/io/write_table.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>

namespace wardmap {
namespace {

std::vector<std::string> fields_of(std::string_view record, char delimiter) {
    CsvSplitter splitter(record, delimiter);
    std::vector<std::string_view> fields;
    if (!splitter.next(fields)) return {};
    return {fields.begin(), fields.end()};
}

/// Where the rows go: CSV as they come; other formats when all are there.
class LocatedRows {
public:
    LocatedRows(Session& session, std::vector<std::string> added)
        : session_(session), added_(std::move(added)) {
        if (session.outputs.empty()) to_stdout_ = true;
        for (const std::string& path : session.outputs) {
            if (path == "-") {
                to_stdout_ = true;
            } else if (table_format_of(path) == TableFormat::csv) {
                files_.push_back(std::make_unique<OutputFile>(path, session.overwrite()));
                csv_paths_.push_back(path);
            } else {
                check_output(path, session.overwrite());
                other_paths_.push_back(path);
            }
        }
    }

    /// The header of the first file; the others must have the same.
    void header(const EventFile& file) {
        if (has_header_) {
            if (file.header != header_ && (file.delimiter != delimiter_ || !same_names(file))) {
                throw InputError("its columns are not those of the first file", {.file = file.path},
                                 "locate files with different columns one by one");
            }
            return;
        }
        has_header_ = true;
        header_ = file.header;
        delimiter_ = file.delimiter;
        names_ = fields_of(header_, delimiter_);
        width_ = names_.size();
        for (const std::string& name : added_) {
            // Columns are asked for in any case of letters.
            const auto same = [&](const std::string& taken) {
                return lower_ascii(taken) == lower_ascii(name);
            };
            if (std::any_of(names_.begin(), names_.end(), same)) {
                throw UsageError("the events have a column '" + name + "' already", {.file = file.path},
                                 "give the new columns other names: --prefix ward_");
            }
        }
        for (auto name = names_.begin(); name != names_.end() && !other_paths_.empty(); ++name) {
            if (std::find(std::next(name), names_.end(), *name) != names_.end()) {
                throw InputError("two columns are called '" + *name + "'", {.file = file.path},
                                 "rename one of them, or write CSV");
            }
        }
        std::string line = header_;
        for (const std::string& name : added_) {
            line += delimiter_;
            append_csv_cell(line, name, CsvCell::among_others, delimiter_);
        }
        names_.insert(names_.end(), added_.begin(), added_.end());
        columns_.resize(names_.size());
        put(line + "\n");
    }

    void row(std::string_view record, const std::vector<std::string>& cells) {
        line_.clear();
        append_record(record);
        for (const std::string& cell : cells) {
            line_ += delimiter_;
            append_csv_cell(line_, cell, CsvCell::among_others, delimiter_);
        }
        line_ += '\n';
        put(line_);
        if (other_paths_.empty()) return;
        std::vector<std::string> all = fields_of(record, delimiter_);
        all.resize(width_);
        all.insert(all.end(), cells.begin(), cells.end());
        for (std::size_t c = 0; c < all.size(); ++c) columns_[c].push_back(std::move(all[c]));
    }

    void finish() {
        flush();
        if (to_stdout_) session_.end_stdout();
        for (const auto& file : files_) file->commit();
        for (const std::string& path : csv_paths_) session_.wrote_large(path);
        if (other_paths_.empty()) return;
        std::vector<Column> columns;
        for (std::size_t c = 0; c < names_.size(); ++c)
            columns.push_back(Column::text(names_[c], std::move(columns_[c])));
        const Table table(std::move(columns));
        WriteTableOptions options;
        options.created = time_of_creation();
        for (const std::string& path : other_paths_)
            session_.write_file(path, table_bytes(table, table_format_of(path), options));
    }

private:
    bool same_names(const EventFile& file) const {
        const std::vector<std::string> names = fields_of(file.header, file.delimiter);
        return names.size() == width_ && std::equal(names.begin(), names.end(), names_.begin());
    }
    /// The record as it stands, unless the new cells would then be in wrong columns: behind empty cells that
    /// the header does not have, or within a quotation mark that is never closed.
    void append_record(std::string_view record) {
        if (record.find('"') == std::string_view::npos) {
            const auto delimiters = std::count(record.begin(), record.end(), delimiter_);
            if (static_cast<std::size_t>(delimiters) + 1 == width_) {
                line_ += record;
                return;
            }
        }
        CsvSplitter splitter(record, delimiter_);
        std::vector<std::string_view> fields;
        (void)splitter.next(fields);
        if (fields.size() == width_ && splitter.unclosed_quotes() == 0) {
            line_ += record;
            return;
        }
        for (std::size_t c = 0; c < width_; ++c) {
            if (c > 0) line_ += delimiter_;
            if (c < fields.size()) append_csv_cell(line_, fields[c], CsvCell::among_others, delimiter_);
        }
    }
    void put(std::string_view text) {
        pending_ += text;
        if (pending_.size() > (1U << 20U)) flush();
    }
    void flush() {
        if (to_stdout_) session_.stream_stdout(pending_);
        for (const auto& file : files_) file->write(pending_);
        pending_.clear();
    }

    Session& session_;
    std::vector<std::string> added_;
    bool to_stdout_ = false;
    std::vector<std::unique_ptr<OutputFile>> files_{};
    std::vector<std::string> csv_paths_{}, other_paths_{};
    bool has_header_ = false;
    std::string header_{}, line_{}, pending_{};
    char delimiter_ = ',';
    std::size_t width_ = 0;  ///< columns of the events
    std::vector<std::string> names_{};
    std::vector<std::vector<std::string>> columns_{};
};

class LocateCommand final : public Command {
public:
    std::string name() const override { return "locate"; }
    std::string summary() const override { return "Write the area of each event beside it"; }
    std::string example() const override {
        return "wardmap locate examples/simulated-events/data/invented_street.csv --areas coventry-wards \\\n"
               "    -o out/located.csv";
    }

    void setup(CLI::App& app) override {
        events_.add_options(app);
        areas_.add_options(app);
        app.add_option("--prefix", prefix_, "In front of the new columns' names")->type_name("TEXT");
        app.add_flag("--distance", distance_,
                     "Also the distance of events outside to the nearest area, and which one: distance_m, "
                     "nearest_code");
    }

    void run(Session& session) override {
        EventSource source = events_.source(session);
        source.columns.date = "-";
        source.keep_records = KeepRecords::yes;
        source.repeated_rows = RepeatedRows::not_counted;
        source.threads = 1;
        if (!areas_.given())
            throw UsageError("it is not said in which areas to look", {},
                             "name them with --areas: 'wardmap areas' lists those built in");
        const AreaSet areas = areas_.read(session).areas;
        std::vector<std::string> added{prefix_ + "area_code", prefix_ + "area_name", prefix_ + "located"};
        if (distance_) added.insert(added.end(), {prefix_ + "distance_m", prefix_ + "nearest_code"});
        LocatedRows rows(session, added);
        const Locator locator(areas);
        // Says what is odd about the places, and where every row went, as `count` does.
        Counter counter(areas, {.snap_m = events_.snap_m, .bins = PeriodBins::all});
        const double most_m = distance_ ? std::numeric_limits<double>::infinity() : events_.snap_m;
        std::vector<AreaIndex> places;
        std::vector<std::string> cells(added.size());
        const EventRead read =
            read_events(source, [&](unsigned, const EventFile& file, const EventBatch& batch) {
                rows.header(file);
                if (batch.records.empty() && batch.size > 0) {
                    throw InputError("rows are kept of delimited text only", {.file = file.path},
                                     "save it as CSV, or count it with 'wardmap count'");
                }
                counter.add(batch);
                places.resize(batch.size);
                locator.locate(batch.x, batch.y, batch.crs, places, session.threads);
                for (std::size_t i = 0; i < batch.size; ++i) {
                    NearestArea nearest{places[i], 0};
                    if (places[i] == outside_areas && most_m > 0) {
                        nearest = locator.nearest({batch.x[i], batch.y[i]}, batch.crs, most_m);
                        if (nearest.area >= 0 && nearest.distance_m <= events_.snap_m)
                            places[i] = nearest.area;
                    }
                    describe(areas, places[i], nearest, cells);
                    rows.row(batch.records[i], cells);
                }
            });
        for (const EventFile& file : read.files) rows.header(file);
        rows.finish();
        Counted counted = counter.finish({.bins = PeriodBins::all});
        counted.ledger.add(read.ledger);
        Problems problems = read.problems;
        problems.merge(counted.problems);
        note_events(read, read.guesses, counted.ledger, problems, session);
    }

private:
    void describe(const AreaSet& areas, AreaIndex place, const NearestArea& nearest,
                  std::vector<std::string>& cells) const {
        const bool inside = place >= 0;
        cells[0] = inside ? areas.codes()[static_cast<std::size_t>(place)] : std::string{};
        cells[1] = inside ? areas.names()[static_cast<std::size_t>(place)] : std::string{};
        cells[2] = inside ? "inside" : place == outside_areas ? "outside" : "no_location";
        if (!distance_) return;
        const bool known = place != not_located && nearest.area >= 0;
        cells[3] = known ? fixed_decimals(nearest.distance_m, 1) : std::string{};
        cells[4] = known ? areas.codes()[static_cast<std::size_t>(nearest.area)] : std::string{};
    }

    EventsInput events_{};
    AreasInput areas_{};
    std::string prefix_{};
    bool distance_ = false;
};

}  // namespace

std::unique_ptr<Command> locate_command() {
    return std::make_unique<LocateCommand>();
}

}  // namespace wardmap
