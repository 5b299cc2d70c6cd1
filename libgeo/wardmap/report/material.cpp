#include "wardmap/report/material.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/deprivation.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/indicator/shares.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/report/indicator_call.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>

namespace wardmap {
namespace {

/// A path as the project's folder sees it: the same on every machine.
std::string seen_from(const Project& project, const std::filesystem::path& file) {
    const std::filesystem::path folder = project.path.parent_path();
    const std::filesystem::path relative = file.lexically_relative(folder.empty() ? "." : folder);
    return relative.empty() ? file.string() : relative.generic_string();
}

class Gatherer {
public:
    explicit Gatherer(const Project& project) : project_(project) { out_.log.command = "report"; }

    Material take() {
        parameters();
        areas();
        if (project_.population) population();
        for (std::size_t i = 0; i < project_.tables.size(); ++i) table(i);
        for (std::size_t i = 0; i < project_.breakdowns.size(); ++i) breakdown(i);
        for (std::size_t i = 0; i < project_.finds.size(); ++i) finds(i);
        for (std::size_t i = 0; i < project_.deprivation.size(); ++i) deprivation(i);
        if (project_.published) out_.published = read(project_.published->file, "published figures").table;
        check_ids();
        return std::move(out_);
    }

private:
    void parameters() {
        RunLog& log = out_.log;
        log.parameter("project", project_.path.filename().string());
        log.parameter("areas", std::filesystem::path(project_.areas).filename().string());
        log.parameter("per", full_precision(project_.per));
        log.parameter("level", full_precision(project_.level));
        log.parameter("cuts", project_.cuts);
        log.parameter("small_numbers", project_.small_numbers);
    }

    void areas() {
        const ReadAreas read =
            read_areas(project_.areas, {.code = project_.area_code, .name = project_.area_name});
        out_.areas = read.areas;
        out_.areas_file = std::filesystem::path(read.file).filename().string();
        note_input(read.file, out_.areas_file, read.features_read);
        note(read.guesses, read.problems);
    }

    void note_input(const std::filesystem::path& file, const std::string& shown, std::uint64_t rows) {
        RunLog one;
        one.input(file, rows);
        const auto& inputs = out_.log.inputs;
        const bool known =
            std::any_of(inputs.begin(), inputs.end(), [&](const LogInput& i) { return i.path == shown; });
        if (!known) out_.log.inputs.push_back({shown, one.inputs.front().sha256, rows});
    }

    void note(const std::vector<std::string>& guesses, const Problems& problems) {
        for (const std::string& guess : guesses) {
            auto& known = out_.log.guesses;
            if (std::find(known.begin(), known.end(), guess) == known.end()) known.push_back(guess);
        }
        out_.log.problems.merge(problems);
    }

    /// Reads a file of the project, as often as it is named; the file itself is read once.
    ReadTable read(const ProjectFile& file, const std::string& what) {
        if (!std::filesystem::exists(file.path)) {
            throw FileMissing("there is no file '" + file.path.string() + "'",
                              {.file = project_.path.string(), .row = file.line},
                              "paths count from the project file's folder");
        }
        ReadTableOptions options;
        options.sheet = file.sheet;
        options.header_row = file.header_row;
        options.where = file.where;
        ReadTable made = read_table(file.path.string(), options);
        const std::string shown = seen_from(project_, file.path);
        note_input(file.path, shown, made.rows_read);
        note(made.guesses, made.problems);
        out_.uses.push_back({what, file.path.filename().string(), made.rows_read, made.rows_filtered, {}});
        return made;
    }

    Ledger left_out(const ReadTable& read) const {
        Ledger ledger;
        ledger.rows_read = ledger.filtered = read.rows_filtered;
        return ledger;
    }

    TableMeta meta_for(const ProjectFile& file, const std::string& measure, const std::string& unit) const {
        TableMeta meta;
        meta.measure = measure;
        meta.unit = unit;
        meta.source = file.source;
        meta.whole = out_.areas.whole();
        return meta;
    }

    IndicatorOptions options() const {
        IndicatorOptions options;
        options.per = project_.per;
        options.level = project_.level;
        options.cuts = parse_cuts(project_.cuts);
        return options;
    }

    void population() {
        const ProjectPopulation& entry = *project_.population;
        const ReadTable made = read(entry.file, "population");
        PopulationInput input;
        input.table = made.table;
        input.area_column = entry.area;
        input.column = entry.column;
        input.year = entry.year;
        input.source = entry.file.source.empty() ? std::string() : "Source: " + entry.file.source;
        if (input.column.empty()) input.column = population_column(made.table);
        if (input.year.empty()) input.year = population_year(input.column + " " + made.table.origin().file);
        population_ = input;

        std::vector<std::string> guesses;
        std::vector<MatchReport> matches;
        Problems problems;
        const Column people = population_of_areas(input, out_.areas, problems, guesses, matches);
        note(guesses, problems);
        out_.uses.back().match = matches.front();
        std::vector<std::string> codes(out_.areas.codes().begin(), out_.areas.codes().end());
        std::vector<std::string> names(out_.areas.names().begin(), out_.areas.names().end());
        std::vector<double> numbers(people.numbers().begin(), people.numbers().end());
        numbers.push_back(std::accumulate(numbers.begin(), numbers.end(), 0.0));
        codes.emplace_back();
        names.emplace_back("Total");
        TableMeta meta = meta_for(entry.file, "people", "people");
        meta.area_noun = out_.areas.noun();
        meta.denominator_year = input.year;
        meta.period_after = input.year;
        out_.people = Table({Column::text("area_code", codes), Column::text("area_name", names),
                             Column::numbers("population", numbers, "people")},
                            meta);
        if (!entry.ages.empty())
            ages(made.table, match_rows(made.table, out_.areas, {.area_column = matches.front().column}),
                 meta);
        Ledger ledger = left_out(made);
        count_matched(ledger, matches.front());
        out_.log.ledger.add(ledger);
    }

    static void count_matched(Ledger& ledger, const MatchReport& match) {
        ledger.rows_read += match.rows;
        ledger.located += match.by_code + match.by_name;
        ledger.counted += match.by_code + match.by_name;
        ledger.outside += match.unmatched + match.outside_rows;
        ledger.reject("total_row", match.total_rows);
        ledger.reject("ambiguous_name", match.ambiguous);
    }

    void table(std::size_t i) {
        const ProjectTable& entry = project_.tables[i];
        const ReadTable made = read(entry.file, entry.id);
        IndicatorRequest request;
        request.table = made.table;
        request.areas = out_.areas;
        request.area_column = entry.area;
        request.from = {entry.from};
        request.to = {entry.to};
        request.by = entry.by;
        request.population = population_;
        request.options = options();
        request.meta = meta_for(entry.file, entry.measure, entry.unit);
        request.small_numbers = small_numbers();
        const IndicatorResult result = make_indicators(request);
        note(result.guesses, result.problems);
        out_.uses.back().match = result.matches.front();
        out_.log.ledger.add(result.ledger);
        out_.log.ledger.add(left_out(made));
        for (const GroupTable& group : result.groups) {
            const std::string chapter = filled(entry.chapter, entry.by, group.values);
            out_.topics.push_back(
                {id_from(filled(entry.id, entry.by, group.values)), i, chapter, group.table});
        }
    }

    static std::string filled(const std::string& text, const std::vector<std::string>& by,
                              const std::vector<std::string>& values) {
        std::vector<std::pair<std::string, std::string>> named;
        for (std::size_t k = 0; k < by.size(); ++k) named.emplace_back(by[k], values[k]);
        return fill_template(text, named);
    }

    void breakdown(std::size_t i) {
        const ProjectBreakdown& entry = project_.breakdowns[i];
        const ReadTable made = read(entry.file, entry.id);
        IndicatorRequest request;
        request.table = made.table;
        request.row_column = entry.row;
        request.from = {entry.from};
        request.to = {entry.to};
        request.by = entry.by;
        request.options = options();
        request.meta = meta_for(entry.file, entry.measure, entry.unit);
        request.meta.area_noun = "type";
        request.small_numbers = small_numbers();
        const IndicatorResult result = make_indicators(request);
        note(result.guesses, result.problems);
        out_.log.ledger.add(result.ledger);
        out_.log.ledger.add(left_out(made));
        for (const GroupTable& group : result.groups) {
            BreakdownTable one;
            one.id = id_from(filled(entry.id, entry.by, group.values));
            one.entry = i;
            one.table = group.table;
            one.largest = largest_of(group.table, entry.largest);
            out_.breakdowns.push_back(std::move(one));
        }
    }

    /// The share is of the table's own total, which knows of withheld counts too.
    static LargestShare largest_of(const Table& table, std::size_t k) {
        const std::vector<std::size_t> rows = area_rows(table);
        const Column after = table.column("count_after").take(rows);
        LargestShare out = largest_share(after, k);
        const auto total = total_row(table);
        if (!total || table.column("count_after").state(*total) != CellState::value) return out;
        double sum = 0;
        for (const std::size_t row : out.rows) sum += after.number(row);
        const double all = table.column("count_after").number(*total);
        out.share_pct = all > 0 ? 100 * sum / all : std::nan("");
        return out;
    }

    void finds(std::size_t i) {
        const ProjectFinds& entry = project_.finds[i];
        const ReadTable made = read(entry.file, entry.id);
        const Matched matched = match_rows(made.table, out_.areas, {.area_column = entry.area});
        note(matched.guesses, matched.problems);
        out_.uses.back().match = matched.report;
        Ledger ledger = left_out(made);
        count_matched(ledger, matched.report);
        out_.log.ledger.add(ledger);
        Problems problems;
        PeriodCounts counts;
        counts.codes.assign(out_.areas.codes().begin(), out_.areas.codes().end());
        counts.names.assign(out_.areas.names().begin(), out_.areas.names().end());
        const std::vector<std::size_t> rows = one_row_an_area(made.table, matched);
        FindsTable out;
        for (const std::string& period : entry.periods) {
            counts.periods.push_back(
                by_area(read_counts(made.table, period, problems), rows).with_unit(entry.unit));
            out.periods.push_back(period_words(period));
        }
        out.id = id_from(entry.id);
        out.entry = i;
        TableMeta meta = meta_for(entry.file, entry.measure, entry.unit);
        meta.area_noun = out_.areas.noun();
        meta.period_before = out.periods.front();
        meta.period_after = out.periods.back();
        out.table = suppress_small_numbers(period_table(counts, meta, problems), small_numbers(), problems);
        note({}, problems);
        out_.finds.push_back(std::move(out));
    }

    /// The row of each area; table.row_count() where it has none.
    std::vector<std::size_t> one_row_an_area(const Table& table, const Matched& matched) const {
        std::vector<std::size_t> rows(out_.areas.size(), table.row_count());
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            if (matched.area_of_row[row] == no_area) continue;
            const auto area = static_cast<std::size_t>(matched.area_of_row[row]);
            if (rows[area] != table.row_count()) {
                throw InputError(out_.areas.names()[area] + " has two rows", table.where(row),
                                 "choose rows with where = { COLUMN = \"VALUE\" } in the project file");
            }
            rows[area] = row;
        }
        return rows;
    }

    static Column by_area(const Column& column, const std::vector<std::size_t>& rows) {
        std::vector<double> numbers;
        std::vector<CellState> states;
        for (const std::size_t row : rows) {
            const bool there = row < column.size();
            numbers.push_back(there ? column.number(row) : std::nan(""));
            states.push_back(there ? column.state(row) : CellState::missing);
        }
        return Column::numbers(column.name(), std::move(numbers), std::move(states), column.unit());
    }

    SmallNumberRule small_numbers() const { return parse_small_numbers(project_.small_numbers); }

    void ages(const Table& table, const Matched& matched, const TableMeta& meta) {
        std::string wanted;
        for (const std::string& band : project_.population->ages)
            wanted += (wanted.empty() ? "" : ",") + band;
        Problems problems;
        const std::vector<std::size_t> rows = one_row_an_area(table, matched);
        AgeCounts counts;
        counts.codes.assign(out_.areas.codes().begin(), out_.areas.codes().end());
        counts.names.assign(out_.areas.names().begin(), out_.areas.names().end());
        for (const std::string& name : age_columns(table)) {
            counts.ages.push_back(by_area(read_numbers(table, name, problems), rows));
        }
        if (counts.ages.empty()) {
            throw InputError("no column says how many people there are of an age",
                             {.file = project_.path.string(), .row = project_.population->file.line},
                             "leave out 'ages', or give a file with columns such as age_0_4");
        }
        counts.all_ages = by_area(read_numbers(table, population_->column, problems), rows);
        out_.ages = age_structure(counts, parse_age_bands(wanted), meta, problems);
        note({}, problems);
    }

    void deprivation(std::size_t i) {
        const ProjectDeprivation& entry = project_.deprivation[i];
        const ReadTable made = read(entry.file, entry.id);
        const Matched matched = match_rows(made.table, out_.areas, {.area_column = entry.area});
        note(matched.guesses, matched.problems);
        out_.uses.back().match = matched.report;
        Ledger ledger = left_out(made);
        count_matched(ledger, matched.report);
        out_.log.ledger.add(ledger);
        Problems problems;
        RowsInAreas rows;
        rows.codes.assign(out_.areas.codes().begin(), out_.areas.codes().end());
        rows.names.assign(out_.areas.names().begin(), out_.areas.names().end());
        rows.area_of_row = matched.area_of_row;
        rows.origin = made.table.origin();
        SmallAreaDeprivation values;
        values.decile = read_numbers(made.table, entry.decile, problems);
        if (!entry.population.empty())
            values.population = read_numbers(made.table, entry.population, problems);
        TableMeta meta = meta_for(entry.file, entry.name, "");
        meta.title = entry.name;
        meta.area_noun = out_.areas.noun();
        DeprivationTable out;
        out.id = id_from(entry.id);
        out.entry = i;
        out.table = deprivation_table(rows, values, meta, problems);
        note({}, problems);
        out_.deprivation.push_back(std::move(out));
    }

    /// Two things of one id would write one file.
    void check_ids() const {
        std::map<std::string, int> seen;
        const auto add = [&](const std::string& id, std::size_t line) {
            if (++seen[id] > 1) {
                throw InputError("two tables have the id '" + id + "'",
                                 {.file = project_.path.string(), .row = line}, "give each its own");
            }
        };
        for (const TopicTable& one : out_.topics) add(one.id, project_.tables[one.entry].file.line);
        for (const BreakdownTable& one : out_.breakdowns)
            add(one.id, project_.breakdowns[one.entry].file.line);
        for (const FindsTable& one : out_.finds) add(one.id, project_.finds[one.entry].file.line);
        for (const DeprivationTable& one : out_.deprivation)
            add(one.id, project_.deprivation[one.entry].file.line);
    }

    const Project& project_;
    Material out_{};
    std::optional<PopulationInput> population_{};
};

}  // namespace

Material gather(const Project& project) {
    return Gatherer(project).take();
}

}  // namespace wardmap
