#include "wardmap/report/material.hpp"

#include "wardmap/area/lookup.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/month_words.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/deprivation.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/indicator/month_series.hpp"
#include "wardmap/indicator/season.hpp"
#include "wardmap/indicator/shares.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/io/text_encoding.hpp"
#include "wardmap/report/count_call.hpp"
#include "wardmap/report/edition.hpp"
#include "wardmap/report/event_tables.hpp"
#include "wardmap/report/impact_file.hpp"
#include "wardmap/report/indicator_call.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/select_rows.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
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

/// Past so many columns of counts neither chart nor table can be read.
constexpr std::size_t most_periods = 12;

/// What the counting of one [[events]] entry left for its [[months]].
struct MonthCubes {
    std::optional<CountCube> months{};
    std::optional<CountCube> day{};
    std::optional<CountCube> week{};
};

class Gatherer {
public:
    Gatherer(const Project& project, unsigned threads) : project_(project), threads_(threads) {
        out_.log.command = "report";
    }

    Material take() {
        parameters();
        areas();
        if (project_.population) population();
        for (std::size_t i = 0; i < project_.tables.size(); ++i) table(i);
        for (std::size_t i = 0; i < project_.breakdowns.size(); ++i) breakdown(i);
        for (std::size_t i = 0; i < project_.finds.size(); ++i) finds(i);
        for (std::size_t i = 0; i < project_.events.size(); ++i) events(i);
        for (std::size_t i = 0; i < project_.months.size(); ++i) months(i);
        for (std::size_t i = 0; i < project_.deprivation.size(); ++i) deprivation(i);
        for (std::size_t i = 0; i < project_.comparisons.size(); ++i) comparison(i);
        if (project_.impact) impact(*project_.impact);
        if (project_.published) out_.published = read(project_.published->file, "published figures").table;
        for (const ProjectPage& page : project_.pages) text(page);
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
        if (!project_.edition.empty()) log.parameter("edition", project_.edition);
    }

    void text(const ProjectPage& page) {
        std::ifstream in(page.text, std::ios::binary);
        if (!in || std::filesystem::is_directory(page.text)) {
            throw FileMissing("there is no file '" + page.text.string() + "'",
                              {.file = project_.path.string(), .row = page.line},
                              "paths count from the project file's folder");
        }
        const DecodedText read = decode_text(std::string(std::istreambuf_iterator<char>(in), {}));
        const std::string shown = seen_from(project_, page.text);
        if (read.encoding != TextEncoding::utf8)
            note({"encoding of " + shown + ": " + std::string(name_of(read.encoding))}, {});
        std::string lines = read.text;
        std::erase(lines, '\r');
        note_input(page.text, shown,
                   static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n')));
        out_.texts.push_back(std::move(lines));
    }

    void areas() {
        const ReadAreas read =
            read_areas(project_.areas, {.code = project_.area_code, .name = project_.area_name});
        out_.areas = read.areas;
        if (!project_.whole.empty()) {
            AreaSetParts parts = read.areas.parts();
            parts.whole = project_.whole;
            out_.areas = AreaSet(std::move(parts));
        }
        out_.areas_file = std::filesystem::path(read.file).filename().string();
        note_input(read.file, out_.areas_file, read.features_read);
        note(read.guesses, read.problems);
    }

    void note_input(const std::filesystem::path& file, const std::string& shown, std::uint64_t rows) {
        // Of what lies in an archive the archive itself is hashed.
        std::filesystem::path on_disk = file;
        while (!std::filesystem::is_regular_file(on_disk) && on_disk.has_relative_path())
            on_disk = on_disk.parent_path();
        RunLog one;
        one.input(on_disk, rows);
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
        std::vector<TopicTable> topics;
        for (const GroupTable& group : result.groups) {
            topics.push_back({id_from(filled(entry.id, entry.by, group.values)), i,
                              filled(entry.chapter, entry.by, group.values), entry.draw, entry.facets,
                              entry.matrix, entry.file.line, group.table});
        }
        add_by_chapter(std::move(topics));
    }

    /// Chapters in the order of their first topic, each in one piece.
    void add_by_chapter(std::vector<TopicTable> topics) {
        std::vector<std::string> chapters;
        for (const TopicTable& topic : topics) {
            if (std::find(chapters.begin(), chapters.end(), topic.chapter) == chapters.end())
                chapters.push_back(topic.chapter);
        }
        for (const std::string& chapter : chapters) {
            for (TopicTable& topic : topics) {
                if (topic.chapter == chapter) out_.topics.push_back(std::move(topic));
            }
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
        out.unit = entry.unit;
        out.note = entry.note;
        out.draw = {TablePart::count_map, TablePart::chart, TablePart::table};
        out.line = entry.file.line;
        out.columns = entry.periods;
        for (const std::string& period : entry.periods) {
            counts.periods.push_back(
                by_area(read_counts(made.table, period, problems), rows).with_unit(entry.unit));
            out.periods.push_back(period_words(period));
        }
        out.id = id_from(entry.id);
        TableMeta meta = meta_for(entry.file, entry.measure, entry.unit);
        meta.area_noun = out_.areas.noun();
        meta.period_before = out.periods.front();
        meta.period_after = out.periods.back();
        out.table = suppress_small_numbers(period_table(counts, meta, problems), small_numbers(), problems);
        note({}, problems);
        out_.finds.push_back(std::move(out));
    }

    // -- events

    static PeriodBins bins_of(HoursOf hours) {
        return hours == HoursOf::week ? PeriodBins::weekday_hour : PeriodBins::hour;
    }

    /// What [[months]] want of these events, beside the tables.
    std::vector<PeriodBins> wanted_by_months(const ProjectEvents& entry) const {
        std::vector<PeriodBins> out;
        const auto add = [&](PeriodBins bins) {
            if (std::find(out.begin(), out.end(), bins) == out.end()) out.push_back(bins);
        };
        for (const ProjectMonths& months : project_.months) {
            if (months.events != entry.id) continue;
            for (const ChartKind kind : months.draw)
                add(kind == ChartKind::hours ? bins_of(months.hours) : PeriodBins::month);
        }
        return out;
    }

    /// Runs what speaks of files and values; its complaint about what the project says gets the entry's line.
    template <class Run>
    auto at_line(std::size_t line, Run&& run) const {
        const Where where{.file = project_.path.string(), .row = line};
        try {
            return run();
        } catch (const FileMissing& error) {
            throw FileMissing(error.where().file.empty() ? error.what_happened()
                                                         : error.what_happened() + ": " + error.where().file,
                              where, "paths count from the project file's folder");
        } catch (const NameUnknown& error) {
            throw NameUnknown(error.where().file.empty() ? error.what_happened()
                                                         : error.where().file + ": " + error.what_happened(),
                              where, error.what_to_do());
        } catch (const UsageError& error) {
            throw InputError(error.what_happened(), where, error.what_to_do());
        }
    }

    CountResult counted_events(const ProjectEvents& entry, const std::vector<PeriodBins>& also) {
        CountRequest request;
        request.source = entry.read;
        request.source.threads = threads_;
        request.areas = out_.areas;
        request.periods = entry.periods;
        if (!entry.has_tables) request.periods.bins = also.front();
        for (const PeriodBins bins : also) request.also.push_back({bins, {}, entry.periods.gaps});
        request.counter.snap_m = entry.snap_m;
        if (!entry.read.columns.area.empty()) request.counter.place_by = PlaceBy::area_column;
        if (!entry.lookup.empty()) {
            const ReadTable made = read({.path = entry.lookup, .line = entry.line}, entry.id + ", lookup");
            Problems problems;
            const Lookup lookup = make_lookup(made.table, {}, problems, nullptr, &out_.areas);
            note({lookup.guesses().begin(), lookup.guesses().end()}, problems);
            request.counter.lookup = lookup;
        }
        return at_line(entry.line, [&] { return count_events(request); });
    }

    void events(std::size_t i) {
        const ProjectEvents& entry = project_.events[i];
        const std::vector<PeriodBins> also = wanted_by_months(entry);
        const CountResult result = counted_events(entry, also);
        EventsUse use;
        use.what = entry.id;
        use.ledger = result.counted.ledger;
        use.problems = result.counted.problems;
        use.difference = difference_words(result.counted);
        for (const EventFile& file : result.read.files)
            note_input(file.path, seen_from(project_, file.path), file.rows);
        const std::size_t files = result.read.files.size();
        use.files = files == 1 ? std::filesystem::path(result.read.files[0].path).filename().string()
                               : wardmap::counted(files, "file");
        if (!entry.read.postcodes.empty())
            note_input(entry.read.postcodes, seen_from(project_, entry.read.postcodes), 0);
        MonthCubes& cubes = cubes_[entry.id];
        for (std::size_t k = 0; k < also.size(); ++k) {
            use.problems.merge(result.also[k].problems.beyond(use.problems));
            auto& cube = also[k] == PeriodBins::month          ? cubes.months
                         : also[k] == PeriodBins::weekday_hour ? cubes.week
                                                               : cubes.day;
            cube = result.also[k].cube;
        }
        if (entry.has_tables) tables_of_events(i, result.counted.cube, use.problems);
        note(result.guesses, use.problems);
        out_.log.ledger.add(use.ledger);
        out_.events.push_back(std::move(use));
    }

    void tables_of_events(std::size_t i, const CountCube& cube, Problems& problems) {
        const ProjectEvents& entry = project_.events[i];
        std::vector<EventGroup> groups;
        for (EventGroup& group : event_groups(cube)) {
            if (group.in_areas > 0) {
                groups.push_back(std::move(group));
                continue;
            }
            problems.add(Severity::note, "empty_group",
                         "no events in any " + out_.areas.noun() + ", so there is no table of them", {},
                         in_words(group.values));
        }
        if (groups.empty()) {
            throw InputError("no events of '" + entry.id + "' lie in the areas and the periods",
                             {.file = project_.path.string(), .row = entry.line},
                             "check 'periods', and the columns that say where the events lie");
        }
        if (compares_two(entry)) {
            topics_of_events(i, cube, groups, problems);
        } else {
            finds_of_events(entry, cube, groups, problems);
        }
    }

    TableMeta meta_of_events(const ProjectEvents& entry, const EventGroup& group) const {
        TableMeta meta;
        meta.measure = filled(entry.measure, grouped_by(entry), group.values);
        meta.unit = entry.unit;
        meta.source = entry.source;
        meta.whole = out_.areas.whole();
        meta.area_noun = out_.areas.noun();
        return meta;
    }

    void note_small(const Column& counts, Problems& problems) const {
        const std::size_t cells = small_cells(counts);
        if (cells == 0 || small_numbers().applies()) return;
        problems.add(Severity::note, "small_cells",
                     "counts are 1 to 4; small_numbers = \"under:5\" would withhold them", {}, {}, cells);
    }

    void topics_of_events(std::size_t i, const CountCube& cube, const std::vector<EventGroup>& groups,
                          Problems& problems) {
        const ProjectEvents& entry = project_.events[i];
        IndicatorRequest request;
        request.table = table_of_groups(cube, groups);
        request.areas = out_.areas;
        request.area_column = "area_code";
        request.period_from = {cube.periods[0].label};
        request.period_to = {cube.periods[1].label};
        request.by = {"group"};
        request.population = population_;
        request.options = options();
        request.meta.unit = entry.unit;
        request.meta.source = entry.source;
        request.meta.whole = out_.areas.whole();
        request.small_numbers = small_numbers();
        const IndicatorResult result = make_indicators(request);
        note(result.guesses, {});
        problems.merge(result.problems);
        std::vector<TopicTable> topics;
        for (std::size_t g = 0; g < groups.size(); ++g) {
            const std::vector<std::string> by = grouped_by(entry);
            TableMeta meta = result.groups[g].table.meta();
            meta.measure = filled(entry.measure, by, groups[g].values);
            const Table table = result.groups[g].table.with(meta);
            note_small(table.column("count_before").take(area_rows(table)), problems);
            note_small(table.column("count_after").take(area_rows(table)), problems);
            topics.push_back({id_from(filled(entry.id, by, groups[g].values)), project_.tables.size() + i,
                              filled(entry.chapter, by, groups[g].values), entry.draw, entry.facets,
                              entry.matrix, entry.line, table});
        }
        add_by_chapter(std::move(topics));
    }

    void finds_of_events(const ProjectEvents& entry, const CountCube& cube,
                         const std::vector<EventGroup>& groups, Problems& problems) {
        if (cube.periods.size() > most_periods) {
            throw InputError("'periods' of [[events]] give " + std::to_string(cube.periods.size()) +
                                 " columns of counts, which nobody can read",
                             {.file = project_.path.string(), .row = entry.line},
                             "name up to " + std::to_string(most_periods) +
                                 " periods, or draw the events by month: [[months]]");
        }
        for (const EventGroup& group : groups) {
            const std::vector<std::string> by = grouped_by(entry);
            FindsTable out;
            out.id = id_from(filled(entry.id, by, group.values));
            out.chapter = filled(entry.chapter, by, group.values);
            out.unit = entry.unit;
            out.note = entry.note;
            out.draw = entry.draw;
            out.line = entry.line;
            PeriodCounts counts;
            counts.codes.assign(out_.areas.codes().begin(), out_.areas.codes().end());
            counts.names.assign(out_.areas.names().begin(), out_.areas.names().end());
            for (std::size_t p = 0; p < cube.periods.size(); ++p) {
                std::vector<double> numbers;
                for (std::size_t a = 0; a < cube.areas.size(); ++a)
                    numbers.push_back(cube.at(a, p, group.kind, group.marker));
                counts.periods.push_back(
                    Column::numbers(cube.periods[p].label, std::move(numbers), entry.unit));
                note_small(counts.periods.back(), problems);
            }
            TableMeta meta = meta_of_events(entry, group);
            const auto words = [&](const CountPeriod& period) {
                return period.period ? period.period->words() : std::string();
            };
            meta.period_after = words(cube.periods.back());
            if (cube.periods.size() > 1) meta.period_before = words(cube.periods.front());
            const std::string note =
                note_of_left_out(withheld_alone(left_out_of(cube, group), small_numbers()), entry.unit);
            if (!note.empty()) meta.notes.push_back(note);
            out.table =
                suppress_small_numbers(period_table(counts, meta, problems), small_numbers(), problems);
            if (cube.periods.size() > 1) {
                for (const CountPeriod& period : cube.periods) {
                    out.columns.push_back(period.label);
                    out.periods.push_back(words(period));
                }
            } else {
                const std::vector<std::string> kept{"area_code", "area_name", "total", "share", "rank"};
                out.table = out.table.select(kept);
            }
            out_.finds.push_back(std::move(out));
        }
    }

    /// "Not counted here: 23 clients outside Coventry, 29 without a known place."
    std::string note_of_left_out(const LeftOut& left_out, const std::string& unit) const {
        std::vector<std::string> parts;
        const auto add = [&](const CountCell& cell, const std::string& where) {
            if (cell.known() && cell.number <= 0) return;
            const std::string number = cell.known() ? with_thousands(cell.number, 0) : "a withheld number of";
            parts.push_back(number + " " + (parts.empty() ? unit + " " : std::string()) + where);
        };
        add(left_out.outside, "outside " + (out_.areas.whole().empty() ? "all areas" : out_.areas.whole()));
        add(left_out.not_located, "without a known place");
        return parts.empty() ? std::string() : "Not counted here: " + in_words(parts) + ".";
    }

    void months(std::size_t i) {
        const ProjectMonths& entry = project_.months[i];
        MonthsTable out;
        out.id = id_from(entry.id);
        out.entry = i;
        TableMeta meta;
        meta.unit = entry.unit.empty() ? "events" : entry.unit;
        meta.measure = entry.measure;
        meta.whole = out_.areas.whole();
        meta.area_noun = out_.areas.noun();
        Problems& problems = out.problems;
        at_line(entry.line, [&] {
            if (entry.file) {
                out.counts = counts_of_file(entry, meta);
            } else {
                counts_of_events(entry, meta, out);
            }
            out.kind = entry.kind_name.empty() ? entry.counts.kind : entry.kind_name;
            for (std::optional<Table>* table : {&out.counts, &out.hours}) {
                if (*table) *table = with_kind_named(**table, entry);
            }
            if (out.counts) out.series = series_table(*out.counts, out.kind, entry, problems);
            if (out.hours) out.hour_counts = hours_table(*out.hours, out.kind, entry, problems);
        });
        note({}, problems);
        out_.months.push_back(std::move(out));
    }

    Table counts_of_file(const ProjectMonths& entry, TableMeta meta) {
        const ReadTable made = read(*entry.file, entry.id);
        Ledger ledger = left_out(made);
        ledger.rows_read += made.table.row_count();
        ledger.located += made.table.row_count();
        ledger.counted += made.table.row_count();
        out_.log.ledger.add(ledger);
        const TableMeta& own = made.table.meta();
        if (entry.unit.empty() && !own.unit.empty()) meta.unit = own.unit;
        if (meta.measure.empty()) meta.measure = own.measure;
        meta.source = entry.file->source.empty() ? own.source : entry.file->source;
        meta.attribution = own.attribution;
        meta.notes = own.notes;
        Table table = made.table.with(meta);
        if (entry.marker.empty()) return table;
        const std::vector<std::string> known = distinct_values(table, "marker");
        if (std::find(known.begin(), known.end(), entry.marker) == known.end()) {
            throw NameUnknown("no row has the marker '" + entry.marker + "'", {.file = table.origin().file},
                              did_you_mean(entry.marker, known));
        }
        return rows_where(table, "marker", entry.marker);
    }

    void counts_of_events(const ProjectMonths& entry, TableMeta meta, MonthsTable& out) const {
        const auto events = std::find_if(project_.events.begin(), project_.events.end(),
                                         [&](const ProjectEvents& e) { return e.id == entry.events; });
        if (entry.unit.empty()) meta.unit = events->unit;
        meta.source = events->source;
        const MonthCubes& cubes = cubes_.at(entry.events);
        const auto table_of = [&](const CountCube& cube) {
            const Table table = table_of_whole(cube, entry.marker);
            TableMeta own = meta;
            own.attribution = table.meta().attribution;
            return table.with(own);
        };
        for (const ChartKind kind : entry.draw) {
            if (kind == ChartKind::hours) {
                out.hours = table_of(entry.hours == HoursOf::week ? *cubes.week : *cubes.day);
            } else if (!out.counts) {
                out.counts = table_of(*cubes.months);
            }
        }
    }

    /// The kind in the project's words, in place of what is recorded.
    static Table with_kind_named(const Table& table, const ProjectMonths& entry) {
        if (entry.kind_name.empty()) return table;
        Problems again;  // cells that are no numbers are reported where the counts are added up
        const CountRows rows = count_rows(table, {entry.counts.kind, entry.counts.kind_column}, again);
        const Column& recorded = table.column(rows.kind_column);
        std::vector<std::string> cells;
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            const std::string cell = text_of_cell(recorded, row);
            cells.push_back(trimmed(cell) == rows.kind ? entry.kind_name : cell);
        }
        return table.with(Column::text(recorded.name(), std::move(cells)));
    }

    static Column cells_column(const std::string& name, const std::vector<CountCell>& cells,
                               const std::string& unit) {
        std::vector<double> numbers;
        std::vector<CellState> states;
        for (const CountCell& cell : cells) {
            numbers.push_back(cell.number);
            states.push_back(cell.state);
        }
        return Column::numbers(name, std::move(numbers), std::move(states), unit);
    }

    Table series_table(const Table& counts, const std::string& name, const ProjectMonths& entry,
                       Problems& problems) const {
        const MonthSeries series = month_series(
            counts, {name, entry.counts.kind_column, entry.counts.last_month, small_numbers()}, problems);
        const bool has_kind = !series.kind.empty();
        std::vector<std::string> periods;
        std::vector<CountCell> kind, others, all;
        std::vector<double> shares;
        std::vector<CellState> states;
        for (const MonthCounts& month : series.months) {
            periods.push_back(month.month.label());
            kind.push_back(month.kind);
            others.push_back(month.others);
            all.push_back(month.total);
            const bool known = month.kind.known() && month.total.known();
            const bool defined = known && month.total.number > 0;
            shares.push_back(defined ? 100 * month.kind.number / month.total.number : std::nan(""));
            states.push_back(defined              ? CellState::value
                             : known              ? CellState::undefined
                             : month.kind.known() ? month.total.state
                                                  : month.kind.state);
        }
        const std::string& unit = counts.meta().unit;
        std::vector<Column> columns{Column::text("period", std::move(periods)),
                                    cells_column("count", has_kind ? kind : all, unit)};
        if (has_kind) {
            columns.push_back(cells_column("others", others, unit));
            columns.push_back(cells_column("all", all, unit));
            columns.push_back(Column::numbers("share", std::move(shares), std::move(states), "%"));
        }
        return Table(std::move(columns), meta_of_kind(counts, series.kind, series.marker));
    }

    Table hours_table(const Table& table, const std::string& name, const ProjectMonths& entry,
                      Problems& problems) const {
        const HourCounts hours =
            hour_counts(table, {name, entry.counts.kind_column}, small_numbers(), problems);
        std::vector<std::string> days, times;
        std::vector<CountCell> cells = hours.counts;
        for (std::size_t h = 0; h < cells.size(); ++h) {
            days.emplace_back(weekday_names[h / 24]);
            const std::string hour = std::to_string(h % 24);
            times.push_back(hour.size() == 1 ? "0" + hour : hour);
        }
        days.emplace_back();
        times.emplace_back(no_time_label);
        cells.push_back(hours.without_time);
        std::vector<Column> columns;
        if (hours.of == HoursOf::week) columns.push_back(Column::text("weekday", std::move(days)));
        columns.push_back(Column::text("hour", std::move(times)));
        columns.push_back(cells_column("count", cells, table.meta().unit));
        return Table(std::move(columns), meta_of_kind(table, hours.kind, hours.marker));
    }

    /// The measure names the kind and the marker, as the table's columns do not.
    static TableMeta meta_of_kind(const Table& table, const std::string& kind, const std::string& marker) {
        TableMeta meta = table.meta();
        const std::string what = !kind.empty() ? kind : meta.measure.empty() ? meta.unit : meta.measure;
        const bool marked = !marker.empty() && marker != "all";
        meta.measure = marked ? fill_template("{marker}-marked ", {{"marker", marker}}) : std::string();
        meta.measure += within_sentence(kind.empty() ? what : fill_template("{kind}", {{"kind", what}}));
        return meta;
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

    void comparison(std::size_t i) {
        const ProjectComparison& entry = project_.comparisons[i];
        ComparisonTable out;
        out.id = id_from(entry.id);
        out.entry = i;
        if (entry.file) {
            const ReadTable made = read(*entry.file, entry.id);
            Ledger ledger = left_out(made);
            ledger.rows_read += made.table.row_count();
            ledger.located += made.table.row_count();
            ledger.counted += made.table.row_count();
            out_.log.ledger.add(ledger);
            TableMeta meta = made.table.meta();
            if (!entry.file->source.empty()) meta.source = entry.file->source;
            if (!entry.measure.empty()) meta.measure = entry.measure;
            if (!entry.unit.empty()) meta.unit = entry.unit;
            out.table = made.table.with(meta);
        } else {
            out.table = ward_table_of(entry);
        }
        out_.comparisons.push_back(std::move(out));
    }

    /// A ward table of the report, with the columns of a deprivation table beside its own.
    Table ward_table_of(const ProjectComparison& entry) const {
        const Where where{.file = project_.path.string(), .row = entry.line};
        std::vector<std::string> ids;
        for (const TopicTable& one : out_.topics) ids.push_back(one.id);
        const auto topic = std::find(ids.begin(), ids.end(), entry.table);
        if (topic == ids.end()) {
            throw NameUnknown("the report has no ward table '" + entry.table + "'", where,
                              did_you_mean(entry.table, ids));
        }
        Table table = out_.topics[static_cast<std::size_t>(topic - ids.begin())].table;
        if (entry.deprivation.empty()) return table;
        std::vector<std::string> indices;
        for (const DeprivationTable& one : out_.deprivation)
            indices.push_back(project_.deprivation[one.entry].id);
        const auto index = std::find(indices.begin(), indices.end(), entry.deprivation);
        if (index == indices.end()) {
            throw NameUnknown("the report has no [[deprivation]] '" + entry.deprivation + "'", where,
                              did_you_mean(entry.deprivation, indices));
        }
        const Table& deprived = out_.deprivation[static_cast<std::size_t>(index - indices.begin())].table;
        std::map<std::string, std::size_t> row_of_code;
        for (std::size_t row = 0; row < deprived.row_count(); ++row)
            row_of_code.emplace(deprived.column("area_code").text(row), row);
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            const auto found = row_of_code.find(table.column("area_code").text(row));
            rows.push_back(found == row_of_code.end() ? deprived.row_count() : found->second);
        }
        for (const Column& column : deprived.columns()) {
            if (!column.is_text() && table.find(column.name()) == nullptr)
                table = table.with(by_area(column, rows));
        }
        // Publishers of both stand under the chart.
        TableMeta meta = table.meta();
        if (!deprived.meta().source.empty())
            meta.source += (meta.source.empty() ? "" : "; ") + deprived.meta().source;
        return table.with(meta);
    }

    /// A table the impact areas are argued with, whole.
    Table impact_input(const std::string& file, const ProjectImpact& entry) {
        return read({.path = file, .line = entry.line}, "impact areas").table;
    }

    void impact(const ProjectImpact& entry) {
        const Where where{.file = project_.path.string(), .row = entry.line};
        if (!population_)
            throw InputError("[impact] needs the people who live in the areas", where, "add [population]");
        ImpactAsk ask;
        const auto events = std::find_if(project_.events.begin(), project_.events.end(),
                                         [&](const ProjectEvents& one) { return one.id == entry.events; });
        if (events->read.columns.by.size() > 1)
            throw InputError("[impact] takes events with one column of kinds", where,
                             "give [[events]] of its own with one column in 'by'");
        ask.inputs.source = events->read;
        ask.inputs.source.threads = threads_;
        ask.inputs.counter.snap_m = events->snap_m;
        ask.inputs.areas = out_.areas;
        ask.inputs.population = population_;
        ask.inputs.last_month = entry.last_month;
        ask.level = project_.level;
        ask.measure = entry.measure;
        ask.source = events->source;
        ask.small_numbers = small_numbers();
        at_line(entry.line, [&] {
            if (const auto size = hexagon_size(entry.units)) {
                ask.inputs.hexagon_m = *size;
            } else {
                ask.inputs.units = read_areas(entry.units).areas;
            }
            if (!entry.definition.empty()) ask.inputs.definition = read_impact_definition(entry.definition);
            if (!entry.existing.empty()) ask.existing = read_areas(entry.existing).areas;
        });
        for (const std::string& file : {entry.definition, entry.existing})
            if (!file.empty()) note_input(file, seen_from(project_, file), 0);
        if (!entry.imd.empty()) ask.inputs.imd = impact_input(entry.imd, entry);
        if (!entry.harm.empty()) ask.inputs.harm = impact_input(entry.harm, entry);
        if (!entry.needles.empty()) {
            PopulationInput needles;
            needles.table = impact_input(entry.needles, entry);
            needles.column = entry.needles_column;
            ask.inputs.needles = needles;
        }
        ImpactResult made = at_line(entry.line, [&] { return find_impact_areas(ask); });
        // The events were read for the tables too, which have said what is odd about their rows.
        note(made.inputs.guesses, made.inputs.problems.beyond(out_.log.problems));
        out_.impact = std::move(made);
    }

    /// Two things of one id would write one file.
    void check_ids() const {
        std::map<std::string, int> seen;
        const auto add = [&](const std::string& id, std::size_t line) {
            if (id == changes_id) {
                throw InputError("the id '" + id + "' is that of the table of changes",
                                 {.file = project_.path.string(), .row = line}, "give the table another");
            }
            if (++seen[id] > 1) {
                throw InputError("two tables have the id '" + id + "'",
                                 {.file = project_.path.string(), .row = line}, "give each its own");
            }
        };
        for (const TopicTable& one : out_.topics) add(one.id, one.line);
        for (const BreakdownTable& one : out_.breakdowns)
            add(one.id, project_.breakdowns[one.entry].file.line);
        for (const FindsTable& one : out_.finds) add(one.id, one.line);
        for (const MonthsTable& one : out_.months) add(one.id, project_.months[one.entry].line);
        for (const DeprivationTable& one : out_.deprivation)
            add(one.id, project_.deprivation[one.entry].file.line);
        for (const ComparisonTable& one : out_.comparisons) add(one.id, project_.comparisons[one.entry].line);
        if (out_.impact)
            for (const char* id : {"impact-areas", "impact-reruns"}) add(id, project_.impact->line);
    }

    const Project& project_;
    unsigned threads_;
    Material out_{};
    std::map<std::string, MonthCubes> cubes_{};  ///< by id of [[events]]
    std::optional<PopulationInput> population_{};
};

}  // namespace

Material gather(const Project& project, unsigned threads) {
    return Gatherer(project, threads).take();
}

}  // namespace wardmap
