#include "command.hpp"
#include "event_options.hpp"
#include "input_options.hpp"
#include "output_options.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/io/table_metadata.hpp"
#include "wardmap/io/write_counts.hpp"
#include "wardmap/io/write_table.hpp"
#include "wardmap/report/count_call.hpp"
#include "wardmap/report/table_file.hpp"

#include <algorithm>
#include <cstdio>

namespace wardmap {
namespace {

Unlocated parse_unlocated(const std::string& text) {
    if (text == "keep") return Unlocated::keep;
    if (text == "drop") return Unlocated::drop;
    throw UsageError("--unlocated cannot be '" + text + "'", {}, "there are: keep, drop");
}

MonthGaps parse_gaps(const std::string& text) {
    if (text == "leave-out") return MonthGaps::left_out;
    if (text == "zero") return MonthGaps::zero;
    throw UsageError("--gaps cannot be '" + text + "'", {}, "there are: leave-out, zero");
}

class CountCommand final : public Command {
public:
    std::string name() const override { return "count"; }
    std::string summary() const override {
        return "Count events by area, period and kind; every row is accounted for";
    }
    std::string example() const override {
        return "wardmap count examples/simulated-events/data/invented_street.csv --areas coventry-wards \\\n"
               "    --date Month --period month --by 'Crime type' -o out/counts.csv";
    }

    void setup(CLI::App& app) override {
        events_.add_options(app);
        areas_.add_options(app);
        constexpr const char* group = "Events";
        app.add_option(
               "--area", events_.columns.area,
               "Instead of x and y: the column of area codes or names, or of small areas with --lookup")
            ->type_name("COLUMN")
            ->group(group);
        app.add_option("--lookup", lookup_, "Table from the small areas of --area to AREAS")
            ->type_name("FILE")
            ->group(group);
        app.add_option("--date", events_.columns.date, "Column of dates (guessed: Month, Date)")
            ->type_name("COLUMN")
            ->group(group);
        app.add_option("--date-order", events_.date_order,
                       "day-first or month-first: which number of 05/01/2014 is the day")
            ->type_name("ORDER")
            ->group(group);
        app.add_option("--by", events_.columns.by, "Column of kinds; may be repeated")
            ->type_name("COLUMN")
            ->allow_extra_args(false)
            ->group(group);
        app.add_option("--marker", events_.columns.markers,
                       "Column of yes and no, or of a list (alcohol;drugs), to count by; may be repeated")
            ->type_name("COLUMN")
            ->allow_extra_args(false)
            ->group(group);
        app.add_option("--weight", events_.columns.weight,
                       "Column that says how many events a row stands for")
            ->type_name("COLUMN")
            ->group(group);
        app.add_option("--dedupe", dedupe_, "Count each value of this column once: the first row that has it")
            ->type_name("COLUMN")
            ->group(group);
        constexpr const char* counts = "Counts";
        app.add_option("--period", periods_,
                       "month, quarter, year, financial-year, rolling-year, weekday, hour, weekday-hour, "
                       "all, or YYYY, YYYY-MM, year-to:YYYY-MM (may be repeated)")
            ->type_name("PERIOD")
            ->allow_extra_args(false)
            ->group(counts);
        app.add_option("--gaps", gaps_, "Months without any event: leave-out or zero")
            ->type_name("HOW")
            ->group(counts);
        app.add_option("--unlocated", unlocated_, "Rows 'Outside' and 'Not located': keep or drop")
            ->type_name("HOW")
            ->group(counts);
        app.add_option(
               "--difference", difference_,
               "With coordinates and --area: write how many events each way of placing gives each area")
            ->type_name("FILE")
            ->group(counts);
        meta_.add_options_without_period(app);
        small_numbers_.add_options(app);
        output_.add_options(app);
    }

    void run(Session& session) override {
        CountRequest request;
        request.source = events_.source(session);
        request.source.dedupe = dedupe_;
        const bool dated =
            events_.columns.date != "-" && (!events_.columns.date.empty() || !periods_.empty());
        if (!dated) request.source.columns.date = "-";
        request.periods = parse_period_request(periods_, dated ? PeriodBins::month : PeriodBins::all);
        request.periods.gaps = parse_gaps(gaps_);
        const Unlocated unlocated = parse_unlocated(unlocated_);
        const SmallNumberRule rule = small_numbers_.parsed();
        if (!areas_.given())
            throw UsageError("it is not said which areas to count in", {},
                             "name them with --areas: 'wardmap areas' lists those built in");
        if (!lookup_.empty() && events_.columns.area.empty())
            throw UsageError("a lookup needs the column of small areas", {}, "name it with --area");
        if (!difference_.empty() && events_.columns.area.empty()) {
            throw UsageError("a difference needs two ways of placing an event", {},
                             "name the column of areas with --area, beside coordinates");
        }
        for (const std::string& path : session.outputs) {
            if (path == "-") continue;
            check_table_file(path);
            check_output(path, session.overwrite());
        }
        if (std::find(session.outputs.begin(), session.outputs.end(), difference_) != session.outputs.end())
            throw UsageError("--difference and -o are the same file", {.file = difference_},
                             "give one of them another name");
        if (!difference_.empty()) check_output(difference_, session.overwrite());
        request.areas = areas_.read(session).areas;
        if (!lookup_.empty()) request.counter.lookup = read_lookup(lookup_, request.areas, session);
        if (!events_.columns.area.empty()) request.counter.place_by = PlaceBy::area_column;
        request.counter.snap_m = events_.snap_m;
        for (const std::string& period : periods_) session.log.parameter("period", period);
        session.log.parameter("small_numbers", small_numbers_.rule);

        const CountResult made = count_events(request);
        const Counted& counted = made.counted;
        note_events(made.read, made.guesses, counted.ledger, counted.problems, session);
        if (const std::string words = difference_words(counted); !words.empty())
            session.say("compared: " + words);
        if (!difference_.empty()) write_difference(counted, session);
        if (rule.applies() || output_.round || !output_.wide.empty() || !only_csv(session)) {
            Table table = meta_.apply(count_table(counted.cube, unlocated));
            if (rule.applies())
                table = suppress_small_numbers(table, std::vector<std::string>{"count"}, rule,
                                               session.log.problems);
            output_.write(table, session);
        } else {
            note_small_cells(counted.cube, session);
            write_csv(counted.cube, unlocated, session);
        }
    }

private:
    static bool only_csv(const Session& session) {
        for (const std::string& path : session.outputs) {
            if (path != "-" && extension_of(path) != ".csv") return false;
        }
        return true;
    }

    /// Who publishes should know how many counts may point at persons.
    static void note_small_cells(const CountCube& cube, Session& session) {
        const std::size_t in_areas =
            cube.areas.size() * cube.periods.size() * cube.kinds.size() * cube.marker_count();
        std::uint64_t cells = 0;
        for (std::size_t i = 0; i < in_areas; ++i)
            cells += cube.counts[i] > 0 && cube.counts[i] < 5 ? 1U : 0U;
        if (cells == 0) return;
        session.log.problems.add(Severity::note, "small_cells",
                                 "counts are 1 to 4; --small-numbers under:5 would withhold them", {}, {},
                                 cells);
    }

    void write_difference(const Counted& counted, Session& session) const {
        if (!counted.difference)
            throw InputError("the events have no coordinates to compare with", {},
                             "name them with --x and --y");
        TableMeta meta = counted.difference->table.meta();
        meta.title = "Events by area: by coordinates and by the column '" + events_.columns.area + "'";
        for (const WrittenFile& file :
             write_table(difference_, counted.difference->table.with(meta), {}, session.overwrite())) {
            session.log.output(file.path.string(), file.bytes);
        }
        session.say("wrote " + difference_);
    }

    /// A country's counts are millions of rows: written as they are made, without a table of them in memory.
    void write_csv(const CountCube& cube, Unlocated unlocated, Session& session) const {
        std::vector<Column> columns;
        for (const std::string& name : count_columns(cube)) {
            columns.push_back(name == "count" ? Column::numbers(name, {}, "events") : Column::text(name, {}));
        }
        const Table empty = meta_.apply(Table(std::move(columns), count_meta(cube)));
        std::vector<std::string> outputs = session.outputs;
        if (outputs.empty()) outputs.emplace_back("-");
        for (const std::string& path : outputs) {
            if (path == "-") {
                write_count_csv(cube, unlocated,
                                [&](std::string_view piece) { session.stream_stdout(piece); });
                session.end_stdout();
                continue;
            }
            const std::filesystem::path beside = metadata_path(path);
            check_output(beside, session.overwrite());
            OutputFile file(path, session.overwrite());
            write_count_csv(cube, unlocated, [&](std::string_view piece) { file.write(piece); });
            file.commit();
            const std::string metadata =
                table_metadata_json(empty, std::filesystem::path(path).filename().string());
            write_output(beside, metadata, session.overwrite());
            session.wrote_large(path);
            session.log.output(beside.string(), metadata);
        }
    }

    EventsInput events_{};
    AreasInput areas_{};
    MetaInput meta_{};
    SmallNumbersInput small_numbers_{};
    TableOutput output_{};
    std::string lookup_{}, dedupe_{}, gaps_{"leave-out"}, unlocated_{"keep"}, difference_{};
    std::vector<std::string> periods_{};
};

}  // namespace

std::unique_ptr<Command> count_command() {
    return std::make_unique<CountCommand>();
}

}  // namespace wardmap
