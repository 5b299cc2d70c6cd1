#include "wardmap/report/compose.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/figure/age_bars.hpp"
#include "wardmap/figure/bars.hpp"
#include "wardmap/figure/choropleth.hpp"
#include "wardmap/figure/circle_map.hpp"
#include "wardmap/figure/finds_chart.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/map_facets.hpp"
#include "wardmap/figure/matrix.hpp"
#include "wardmap/figure/quadrant_chart.hpp"
#include "wardmap/figure/quadrant_map.hpp"
#include "wardmap/figure/table_figure.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_table_figure.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/indicator/words.hpp"
#include "wardmap/report/changes_page.hpp"
#include "wardmap/report/chart_call.hpp"
#include "wardmap/report/findings.hpp"
#include "wardmap/report/first_project.hpp"
#include "wardmap/report/grids.hpp"
#include "wardmap/report/impact_document.hpp"
#include "wardmap/report/pages.hpp"
#include "wardmap/report/places.hpp"
#include "wardmap/report/text_page.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <utility>

namespace wardmap {
namespace {

constexpr const char* deprivation_means =
    "A decile of 1 is the most deprived tenth of small areas in England, 10 the least.";

std::string joined(const std::vector<std::string>& sentences) {
    std::string out;
    for (const std::string& sentence : sentences) out += (out.empty() ? "" : " ") + sentence;
    return out;
}

enum class NewPage : unsigned char { no, yes };

/// What a page leaves to small maps under a chapter's table and the words of how to read a chart.
constexpr double small_maps_mm = 152;
/// What a quadrant chart of the full slot takes under its title, with a line more of title and one of notes
/// than most have.
constexpr double quadrant_chart_mm = 109;
/// What is left of a page under a quadrant chart for the rows of its table.
constexpr double table_under_chart_mm = page_body_mm - quadrant_chart_mm - 2 * picture_words_mm + 5;

class Composer {
public:
    Composer(const Project& project, const Material& material, const TextMeasure& measure,
             const Edition* previous)
        : project_(project),
          material_(material),
          places_(material.areas),
          measure_(measure),
          previous_(previous) {
        if (previous_ != nullptr) out_.problems.merge(previous_->problems);
    }

    Composed take(unsigned threads) {
        Document& document = out_.document;
        document.title = typographic(project_.title);
        document.organisation = typographic(project_.organisation);
        document.edition = typographic(project_.edition);
        document.date = project_.date;
        document.summary = typographic(project_.summary);
        document.made_by = "wardmap " + std::string(version);
        note_first_words();
        topics();
        breakdowns();
        months();
        finds();
        deprivation();
        comparisons();
        impact();
        population();
        wards();
        texts();
        quality();
        key_points();
        changes();
        draw(threads);
        sources();
        return std::move(out_);
    }

private:
    // -- pieces

    void note_first_words() {
        const std::array<const std::string*, first_words.size()> printed{
            &project_.title, &project_.organisation, &project_.edition, &project_.summary};
        for (std::size_t i = 0; i < printed.size(); ++i) {
            if (*printed[i] != first_words[i].words) continue;
            out_.problems.add(Severity::warning, "first_words",
                              "what 'wardmap init' wrote stands on the cover still: put your own words there",
                              {.file = project_.path.string()},
                              std::string(first_words[i].key) + " = '" + *printed[i] + "'");
        }
    }

    const AreaSet& areas() const { return places_.areas(); }
    std::string noun() const { return places_.noun(); }
    std::string whole() const { return places_.whole(); }

    Section& section(std::string id, int level, std::string heading, std::string short_name) {
        Section one;
        one.id = std::move(id);
        one.level = level;
        one.heading = typographic(heading);
        one.short_name = typographic(short_name);
        out_.document.sections.push_back(std::move(one));
        return out_.document.sections.back();
    }

    static void say(Section& to, const std::string& words) {
        if (!words.empty()) to.blocks.push_back({Paragraph{typographic(words)}});
    }

    /// A figure of the report, drawn later; its data are in tables/CSV_ID.csv.
    void picture(Section& to, const std::string& id, const std::string& csv_id, std::function<Figure()> draw,
                 ShownIn shown_in = ShownIn::both) {
        DocumentFigure figure;
        figure.figure.id = id;
        figure.number = out_.document.figures.size() + 1;
        figure.csv = "tables/" + csv_id + ".csv";
        to.blocks.push_back({Picture{out_.document.figures.size()}, shown_in});
        out_.document.figures.push_back(std::move(figure));
        drawings_.push_back(std::move(draw));
    }

    void table_file(const std::string& id, const Table& table) { out_.tables.push_back({id, table}); }

    MapOptions map_options(const std::string& id) const {
        MapOptions options;
        options.figure.id = id;
        if (!material_.impact || material_.impact->layer.size() == 0) return options;
        // Their names would stand over those of the areas.
        AreaSetParts parts = material_.impact->layer.parts();
        parts.names = parts.codes;
        options.overlay = AreaSet(std::move(parts));
        options.overlay_title = "Impact areas";
        return options;
    }

    // -- impact areas

    void impact() {
        if (!material_.impact) return;
        const ImpactResult& found = *material_.impact;
        const Document made = impact_document(found, measure_);
        bool first = true;
        for (const Section& one : made.sections) {
            Section& to = section("impact-" + id_from(one.id), first ? 1 : std::max(2, one.level),
                                  one.heading, first ? std::string("Impact areas") : one.short_name);
            to.new_page = first;
            for (const Block& block : one.blocks) {
                if (std::holds_alternative<Picture>(block.content)) {
                    picture(to, "impact-map", "impact-areas", [this, &found] {
                        FigureOptions figure;
                        figure.id = "impact-map";
                        return impact_map(found, figure, measure_);
                    });
                } else {
                    to.blocks.push_back(block);
                }
            }
            first = false;
        }
        table_file("impact-areas", found.table);
        table_file("impact-reruns", found.scenarios);
    }

    // -- the offence tables

    void topics() {
        const TopicTable* before = nullptr;
        for (const TopicTable& topic : material_.topics) {
            const bool is_chapter = stands_alone(topic);
            if (!is_chapter &&
                (before == nullptr || before->entry != topic.entry || before->chapter != topic.chapter))
                begin_chapter(topic);
            before = &topic;
            write_topic(topic, is_chapter ? 1 : 2);
        }
        const TopicTable* last = nullptr;
        for (const TopicTable& topic : material_.topics) {
            if (!topic.matrix.empty() && (last == nullptr || last->entry != topic.entry)) matrix(topic);
            last = &topic;
        }
    }

    /// One table, for which nobody named a chapter, needs no page before it.
    bool stands_alone(const TopicTable& topic) const {
        const auto of_entry = [&](const TopicTable& other) { return other.entry == topic.entry; };
        return topic.chapter.empty() && topic.facets.empty() &&
               std::count_if(material_.topics.begin(), material_.topics.end(), of_entry) == 1;
    }

    /// A chapter may come twice, of two entries.
    std::string chapter_id(const std::string& name) {
        const std::string id = "chapter-" + id_from(name);
        const std::size_t times = ++chapters_[id];
        return times == 1 ? id : id + "-" + std::to_string(times);
    }

    void begin_chapter(const TopicTable& topic) {
        const std::string name =
            sentence_case(topic.chapter.empty() ? topic.table.meta().measure : topic.chapter);
        Section& to = section(chapter_id(name), 1, name, name);
        to.blocks.push_back({chapter_grid(topic, material_, places_)});
        if (first_chapter_) say(to, "Each topic has " + in_words(parts_in_words(parts_to_draw(topic))) + ".");
        first_chapter_ = false;
        explain_quadrants(to, topic);
        facets(to, topic);
    }

    void explain_quadrants(Section& to, const TopicTable& topic) {
        const bool draws_quadrants =
            has_rates(topic.table) &&
            std::find(topic.draw.begin(), topic.draw.end(), TablePart::quadrant) != topic.draw.end();
        if (quadrant_explained_ || !draws_quadrants) return;
        quadrant_explained_ = true;
        const bool own_cuts = project_.cuts == "total";
        say(to,
            "How to read the quadrant chart: each marker is one " + noun() +
                ". Further right means a higher rate in the later year, further up a larger change since the "
                "earlier one. The dashed lines are " +
                (own_cuts ? "the rate and the change of " + whole()
                          : "the cuts that the chart's note names") +
                ", so a marker above the line changed by more than that, not necessarily upwards: the thin "
                "line at "
                "0% divides rises from falls, and doubling stands as far from it as halving. Filled markers "
                "have a rate clearly different from " +
                (own_cuts ? possessive(whole()) : "the cut") + "; hollow ones may differ by chance.");
    }

    static std::vector<std::string> parts_in_words(const std::vector<TablePart>& draw) {
        std::vector<std::string> out;
        for (const TablePart part : draw) {
            switch (part) {
                case TablePart::rate_map:
                    out.emplace_back("a map of the rate");
                    break;
                case TablePart::quadrant:
                    out.emplace_back("a chart of rate against change");
                    break;
                case TablePart::quadrant_map:
                    out.emplace_back("the quadrants on a map");
                    break;
                case TablePart::count_map:
                    out.emplace_back("a map of the counts");
                    break;
                case TablePart::table:
                    out.emplace_back("the table behind it");
                    break;
                case TablePart::chart:  // is of counts without rates
                    break;
            }
        }
        return out;
    }

    /// Nothing that shows rates alone is drawn where there are none.
    static std::vector<TablePart> parts_to_draw(const TopicTable& topic) {
        if (has_rates(topic.table)) return topic.draw;
        std::vector<TablePart> out;
        for (const TablePart part : topic.draw) {
            if (part == TablePart::table || part == TablePart::count_map) out.push_back(part);
        }
        return out;
    }

    void write_topic(const TopicTable& topic, int level) {
        const TableMeta& meta = topic.table.meta();
        Section& to = section(topic.id, level, finding_of(topic.table), sentence_case(meta.measure));
        to.new_page = true;
        say(to, joined(sentences_of(topic.table)));
        const std::vector<TablePart> parts = parts_to_draw(topic);
        if (parts.size() < topic.draw.size()) {
            out_.problems.add(Severity::warning, "no_rates",
                              "no " + noun() +
                                  " has a rate, so there are no maps of rates and no quadrants: rates divide "
                                  "by the people that [population] names",
                              {.file = project_.path.string(), .row = topic.line}, topic.id);
        }
        // The quadrant map's own text lists the areas of each quadrant.
        const bool has_map = std::find(parts.begin(), parts.end(), TablePart::quadrant_map) != parts.end();
        Bullets quadrants;
        if (!has_map) {
            for (const std::string& line : quadrant_lines(topic.table))
                quadrants.items.push_back(typographic(line));
        }
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const TablePart part = parts[i];
            const bool follows_chart = i > 0 && parts[i - 1] == TablePart::quadrant;
            const std::string id = topic.id + "." + std::string(name_of(part));
            const Table& table = topic.table;
            switch (part) {
                case TablePart::rate_map:
                    picture(to, id, topic.id, [this, id, &table] {
                        return choropleth(table, areas(), map_options(id), measure_);
                    });
                    break;
                case TablePart::count_map:
                    picture(to, id, topic.id, [this, id, &table] {
                        return circle_map(table, areas(), map_options(id), measure_);
                    });
                    break;
                case TablePart::quadrant:
                    picture(to, id, topic.id, [this, id, &table] {
                        QuadrantChartOptions options;
                        options.figure = plain_options(id);
                        return quadrant_chart(table, options, measure_);
                    });
                    break;
                case TablePart::quadrant_map:
                    picture(to, id, topic.id, [this, id, &table] {
                        return quadrant_map(table, areas(), map_options(id), measure_);
                    });
                    break;
                case TablePart::chart:  // is of counts without rates
                    break;
                case TablePart::table:
                    // Chart and table of the same areas, markers and names share a page, where the topic's
                    // words stand on another.
                    ward_table_picture(
                        to, id, topic,
                        follows_chart && i > 1 ? std::optional(table_under_chart_mm) : std::nullopt);
                    to.blocks.push_back({ward_grid(topic, places_), ShownIn::html});
                    break;
            }
            const bool table_follows = i + 1 < parts.size() && parts[i + 1] == TablePart::table;
            const bool ends_chart =
                part == TablePart::quadrant ? !table_follows : part == TablePart::table && follows_chart;
            if (ends_chart && !quadrants.items.empty()) to.blocks.push_back({quadrants});
            if (ends_chart && level == 1) explain_quadrants(to, topic);
        }
        table_file(topic.id, topic.table);
    }

    void ward_table_picture(Section& to, const std::string& id, const TopicTable& topic,
                            std::optional<double> height_mm) {
        picture(
            to, id, topic.id,
            [this, id, &topic, height_mm] {
                WardTableOptions options;
                options.figure = plain_options(id);
                options.height_mm = height_mm;
                return ward_table_figure(topic.table, options, measure_);
            },
            ShownIn::pdf);
    }

    // -- all wards by all measures

    void matrix(const TopicTable& first) {
        std::vector<const TopicTable*> topics;
        for (const TopicTable& topic : material_.topics) {
            if (topic.entry == first.entry && has_rates(topic.table)) topics.push_back(&topic);
        }
        if (topics.size() < 2) return;
        const std::string id = id_from(first.matrix);
        const std::string name = "All " + noun() + "s, all " + std::to_string(topics.size()) + " tables";
        const std::string finding = highest_often_of(topics);
        Section& to =
            section(has_matrix_ ? "matrix-" + id : "matrix", 1, finding.empty() ? name : finding, name);
        has_matrix_ = true;
        say(to, "Each column is shaded by its own classes, so that a " + noun() +
                    " stands out where it is high among all " + noun() +
                    "s, whether the offence is frequent or rare.");
        const Table table = table_of_topics(topics, "rate");
        picture(
            to, id + ".matrix", id,
            [this, id, table] {
                MatrixOptions options;
                options.figure = plain_options(id + ".matrix");
                return wardmap::matrix(table, options, measure_);
            },
            ShownIn::pdf);
        to.blocks.push_back({matrix_grid(id, topics, places_), ShownIn::html});
        table_file(id, table);
    }

    // -- small maps of all topics of a chapter

    static MapKind kind_of(TablePart part) {
        return part == TablePart::rate_map    ? MapKind::choropleth
               : part == TablePart::count_map ? MapKind::circles
                                              : MapKind::quadrant;
    }
    static const char* column_of(TablePart part) {
        return part == TablePart::rate_map    ? "rate"
               : part == TablePart::count_map ? "count_after"
                                              : "quadrant";
    }

    void facets(Section& to, const TopicTable& first) {
        std::vector<const TopicTable*> topics;
        for (const TopicTable& topic : material_.topics) {
            if (topic.entry == first.entry && topic.chapter == first.chapter) topics.push_back(&topic);
        }
        const bool of_counts =
            std::find(first.facets.begin(), first.facets.end(), TablePart::count_map) != first.facets.end();
        const bool rated = std::all_of(topics.begin(), topics.end(),
                                       [](const TopicTable* topic) { return has_rates(topic->table); });
        if (first.facets.empty() || (!rated && !of_counts)) return;
        if (topics.size() < 2) {
            out_.problems.add(Severity::note, "facets_of_one_table",
                              "a chapter has one table, so its maps stand alone and there are no small ones",
                              {.file = project_.path.string(), .row = first.line}, to.heading);
            return;
        }
        for (const TablePart part : first.facets) {
            if (!rated && part != TablePart::count_map) continue;
            const std::string id = to.id + "." + std::string(name_of(part));
            const std::string csv = to.id + "-" + std::string(name_of(part));
            table_file(csv, table_of_topics(topics, column_of(part)));
            picture(to, id, csv, [this, id, part, topics] { return facets_of(id, part, topics); });
            to.blocks.push_back({small_maps_grid(csv, column_of(part), topics, places_), ShownIn::html});
        }
    }

    Figure facets_of(const std::string& id, TablePart part,
                     const std::vector<const TopicTable*>& topics) const {
        std::vector<MapPanel> panels;
        std::vector<std::string> codes;
        std::vector<double> numbers;
        for (const TopicTable* topic : topics) {
            const std::string& measure = topic->table.meta().measure;
            panels.push_back({sentence_case(measure), {{"table", topic->id}}, topic->table});
            if (part == TablePart::quadrant_map) continue;
            const Column& column = topic->table.column(column_of(part));
            for (const std::size_t row : area_rows(topic->table)) {
                codes.push_back(topic->table.column("area_code").text(row));
                numbers.push_back(column.state(row) == CellState::value ? column.number(row) : std::nan(""));
            }
        }
        MapOptions options = map_options(id);
        if (part != TablePart::quadrant_map) {
            const Table all({Column::text("area_code", std::move(codes)),
                             Column::numbers(column_of(part), std::move(numbers))},
                            topics.front()->table.meta());
            options = with_shared_scale(kind_of(part), all, areas(), options);
        }
        try {
            return facet_maps(kind_of(part), panels, areas(), options, measure_, small_maps_mm);
        } catch (const UsageError& error) {
            throw InputError("'facets': " + error.what_happened(),
                             {.file = project_.path.string(), .row = topics.front()->line},
                             "leave 'facets' out, or give 'chapter' a column of 'by' so that each has fewer");
        }
    }

    /// area_code, area_name, and one column of each topic; Total last. What all measures end in,
    /// "(simulated)", is said once, of the whole.
    Table table_of_topics(const std::vector<const TopicTable*>& topics, const char* column) const {
        const Table& first = topics.front()->table;
        const std::string ending = shared_ending(topics);
        std::vector<Column> columns{first.column("area_code"), first.column("area_name")};
        for (const TopicTable* topic : topics) {
            const std::string& measure = topic->table.meta().measure;
            columns.push_back(topic->table.column(column)
                                  .renamed(sentence_case(measure.substr(0, measure.size() - ending.size())))
                                  .with_unit(""));
        }
        TableMeta meta = first.meta();
        meta.unit = (meta.unit.empty() ? "offences" : meta.unit) + ending;
        meta.measure = meta.unit;
        meta.title.clear();
        return Table(std::move(columns), meta);
    }

    /// " (simulated)" where every measure ends so; else empty.
    static std::string shared_ending(const std::vector<const TopicTable*>& topics) {
        const std::string& first = topics.front()->table.meta().measure;
        const std::size_t at = first.rfind(" (");
        if (at == std::string::npos || at == 0 || first.back() != ')') return {};
        const std::string ending = first.substr(at);
        for (const TopicTable* topic : topics) {
            const std::string& measure = topic->table.meta().measure;
            if (measure.size() <= ending.size() || !measure.ends_with(ending)) return {};
        }
        return ending;
    }

    // -- types of offence

    void breakdowns() {
        if (material_.breakdowns.empty()) return;
        section("types", 1, "By type", "By type");
        for (const BreakdownTable& one : material_.breakdowns) {
            const Table& table = one.table;
            const TableMeta& meta = table.meta();
            const std::size_t n = one.largest.rows.size();
            const std::string share = share_text(one.largest.share_pct / 100);
            Section& to =
                section(one.id, 2,
                        "The " + number_word(n) + " largest types make up " + share + " of " + meta.measure,
                        sentence_case(meta.measure) + " by type");
            to.new_page = &one != &material_.breakdowns.front();
            const std::vector<std::size_t> rows = area_rows(table);
            std::vector<std::string> largest;
            for (const std::size_t i : one.largest.rows) {
                largest.push_back(type_name(table, rows[i]) + " (" +
                                  printed(table.column("count_after"), rows[i]) + ")");
            }
            std::string words;
            if (const auto total = total_row(table)) {
                words =
                    sentence_case(in_period(meta.period_after)) + " " + change_sentence(table, *total) + ". ";
            }
            say(to, words + "The largest types are " + in_words(largest) + ". " + directions_of(table, rows));
            to.blocks.push_back({type_grid(one, places_)});
            const std::string id = one.id + ".bars";
            picture(to, id, one.id, [this, id, &table] {
                BarsOptions options;
                options.figure = plain_options(id);
                options.label = "area_name";
                options.values = {"count_before", "count_after"};
                return bars(table, options, measure_);
            });
            table_file(one.id, table);
        }
    }

    static std::string directions_of(const Table& table, const std::vector<std::size_t>& rows) {
        std::size_t rose = 0;
        std::size_t fell = 0;
        std::size_t same = 0;
        for (const std::size_t row : rows) {
            const std::string& direction = table.column("direction").text(row);
            rose += direction == "rose" || direction == "from_zero";
            fell += direction == "fell";
            same += direction == "same" || direction == "none";
        }
        return "Of " + std::to_string(rows.size()) + " types, " + std::to_string(rose) + " rose, " +
               std::to_string(fell) + " fell and " + std::to_string(same) + " stayed the same.";
    }

    // -- month by month

    void months() {
        std::string before;
        for (const MonthsTable& one : material_.months) {
            const ProjectMonths& entry = project_.months[one.entry];
            const bool is_first = before != entry.chapter;
            if (is_first) begin_months(entry.chapter);
            before = entry.chapter;
            write_months(one, entry, is_first ? NewPage::no : NewPage::yes);
        }
    }

    void begin_months(const std::string& chapter) {
        const std::string name = sentence_case(chapter);
        Section& to = section(chapter_id(name), 1, name, name);
        if (project_.breaks.empty()) return;
        std::vector<std::string> parts;
        for (const TimeBand& band : project_.breaks)
            parts.push_back(month_range_words(band.from, band.to) + " (" + band.note + ")");
        say(to,
            "Shaded in the charts is what is known to have changed the numbers: " + in_words(parts) + ".");
    }

    /// Drawn at once, not with the others: the first chart's title is the section's heading, and what the
    /// charts find odd stands on the page of data quality.
    void write_months(const MonthsTable& one, const ProjectMonths& entry, NewPage page) {
        std::vector<Figure> charts;
        Problems met;
        for (const ChartKind kind : entry.draw) {
            ChartRequest request;
            request.table = kind == ChartKind::hours ? *one.hours : *one.counts;
            request.kind = kind;
            request.figure = plain_options(one.id + "." + std::string(name_of(kind)));
            request.counts = entry.counts;
            request.counts.kind = one.kind;
            request.counts.breaks = project_.breaks;
            request.small_numbers = parse_small_numbers(project_.small_numbers);
            if (auto chart = draw_chart_of(one, entry, request, met)) charts.push_back(std::move(*chart));
        }
        out_.problems.merge(met);
        if (charts.empty()) {
            throw InputError("no chart of [[months]] '" + entry.id + "' can be drawn: " +
                                 met.all().back().message + ": " + met.all().back().examples.front(),
                             {.file = project_.path.string(), .row = entry.line});
        }
        const Table& shown = one.series ? *one.series : *one.hour_counts;
        Section& to = section(one.id, 2, charts.front().title, sentence_case(shown.meta().measure));
        to.new_page = page == NewPage::yes;
        if (one.series) say(to, months_sentence(*one.series));
        say(to, entry.note);
        for (const Figure& chart : charts) {
            const bool of_hours = chart.id == one.id + "." + std::string(name_of(ChartKind::hours));
            picture(to, chart.id, of_hours && one.series ? one.id + "-hours" : one.id,
                    [chart] { return chart; });
        }
        if (one.series) table_file(one.id, *one.series);
        if (one.hour_counts) table_file(one.series ? one.id + "-hours" : one.id, *one.hour_counts);
        chart_findings_.push_back(charts.front().title);
    }

    /// Nothing where the counts allow no such chart (a season of half a year): that is a problem, and the
    /// report is made without it. What the project says wrong is fatal.
    std::optional<Figure> draw_chart_of(const MonthsTable& one, const ProjectMonths& entry,
                                        const ChartRequest& request, Problems& met) const {
        const Where where{.file = project_.path.string(), .row = entry.line};
        try {
            FigureResult made = draw_charts(request, measure_);
            met.merge(made.problems.beyond(one.problems).beyond(met));
            return std::move(made.figures.front().figure);
        } catch (const UsageError& error) {
            throw InputError(error.what_happened(), where, error.what_to_do());
        } catch (const InputError& error) {
            met.add(Severity::problem, "chart_not_drawn", "a chart cannot be drawn of these counts", where,
                    request.figure.id + ": " + error.what_happened());
            return {};
        }
    }

    /// "From July 2019 to June 2022 there were 471 offences: at least 3 in a month (January 2021), at most 28
    /// (June 2022)." Only of months that are known.
    static std::string months_sentence(const Table& series) {
        const Column& counts = series.column("count");
        const Column& periods = series.column("period");
        double sum = 0;
        std::optional<std::size_t> least;
        std::optional<std::size_t> most;
        bool whole = true;
        for (std::size_t row = 0; row < series.row_count(); ++row) {
            if (counts.state(row) != CellState::value) {
                whole = false;
                continue;
            }
            sum += counts.number(row);
            if (!least || counts.number(row) < counts.number(*least)) least = row;
            if (!most || counts.number(row) > counts.number(*most)) most = row;
        }
        if (!most || most == least) return {};
        const auto month = [&](std::size_t row) { return period_words(periods.text(row)); };
        const auto cell = [&](std::size_t row) { return printed(counts, row) + " (" + month(row) + ")"; };
        return "From " + month(0) + " to " + month(series.row_count() - 1) +
               (whole ? " there were " + with_thousands(sum, 0) + " " + series.meta().unit + ": "
                      : ", as far as the months are known, there were ") +
               "in the month with fewest " + cell(*least) + ", in the month with most " + cell(*most) + ".";
    }

    // -- counts without rates: finds, clients

    void finds() {
        std::string before;
        for (const FindsTable& one : material_.finds) {
            if (!one.chapter.empty() && one.chapter != before) {
                const std::string name = sentence_case(one.chapter);
                section(chapter_id(name), 1, name, name);
            }
            before = one.chapter;
            write_finds(one);
        }
    }

    void write_finds(const FindsTable& one) {
        const Table& table = one.table;
        const TableMeta& meta = table.meta();
        const Column& total = table.column("total");
        const Column& share = table.column("share");
        const std::vector<std::size_t> rows = sorted_rows(total, area_rows(table));
        const auto all = total_row(table);
        const std::string name = sentence_case(meta.measure);
        std::string heading = name;
        if (!rows.empty() && share.state(rows[0]) == CellState::value) {
            heading = typographic(table.column("area_name").text(rows[0])) + " has " +
                      share_text(share.number(rows[0]) / 100) + " of " + meta.measure;
        }
        Section& to = section(one.id, one.chapter.empty() ? 1 : 2, heading, name);
        to.new_page = !one.chapter.empty();
        if (all) say(to, finds_sentence(one, *all) + " " + leaders_of(table, rows));
        for (const std::string& note : meta.notes) say(to, note);
        say(to, one.note);
        const std::string map_id = one.id + ".map";
        const std::string chart_id = one.id + ".chart";
        const std::string table_id = one.id + ".table";
        for (const TablePart part : one.draw) {
            if (part == TablePart::count_map) {
                picture(to, map_id, one.id, [this, map_id, &one] {
                    MapOptions options = map_options(map_id);
                    options.value = "total";
                    return circle_map(of_all_periods(one), areas(), options, measure_);
                });
            } else if (part == TablePart::chart) {
                picture(to, chart_id, one.id, [this, chart_id, &one] { return chart_of(one, chart_id); });
            } else if (part == TablePart::table) {
                picture(
                    to, table_id, one.id,
                    [this, table_id, &table] {
                        TableFigureOptions options;
                        options.figure = plain_options(table_id);
                        return table_figure(table, options, measure_);
                    },
                    ShownIn::pdf);
                to.blocks.push_back({finds_grid(one, places_), ShownIn::html});
            }
        }
        table_file(one.id, table);
    }

    /// The table as its column `total` is to be read.
    static Table of_all_periods(const FindsTable& one) {
        if (one.periods.empty()) return one.table;
        TableMeta meta = one.table.meta();
        meta.period_before.clear();
        meta.period_after = one.periods.front() + " to " + one.periods.back();
        return one.table.with(meta);
    }

    /// Of one period there is nothing to set side by side: bars.
    Figure chart_of(const FindsTable& one, const std::string& id) const {
        if (one.columns.empty()) {
            BarsOptions options;
            options.figure = plain_options(id);
            options.label = "area_name";
            options.values = {"total"};
            return bars(one.table, options, measure_);
        }
        FindsChartOptions options;
        options.figure = plain_options(id);
        options.periods = one.columns;
        return finds_chart(one.table, options, measure_);
    }

    static std::string finds_sentence(const FindsTable& one, std::size_t row) {
        return "There were " + total_of(one, row) + ".";
    }

    /// "322 finds, 136 in the year to July 2020 and 186 in the year to July 2021", "833 clients"
    static std::string total_of(const FindsTable& one, std::size_t row) {
        const std::string all = printed(one.table.column("total"), row) + " " + one.unit;
        if (!one.columns.empty()) return all + ", " + parts_of(one, row);
        const std::string& period = one.table.meta().period_after;
        return period.empty() ? all : all + " " + in_period(period);
    }

    /// "136 in the year to July 2020, 103 in the year to July 2021 and 83 in the year to July 2022"
    static std::string parts_of(const FindsTable& one, std::size_t row) {
        std::vector<std::string> parts;
        for (std::size_t p = 0; p < one.columns.size(); ++p)
            parts.push_back(printed(one.table.column(one.columns[p]), row) + " " + in_period(one.periods[p]));
        return in_words(parts);
    }

    std::string leaders_of(const Table& table, const std::vector<std::size_t>& rows) const {
        std::vector<std::string> parts;
        for (std::size_t i = 0; i < std::min<std::size_t>(3, rows.size()); ++i) {
            const Column& share = table.column("share");
            if (share.state(rows[i]) != CellState::value) break;
            parts.push_back(typographic(table.column("area_name").text(rows[i])) + " (" +
                            printed(table.column("total"), rows[i]) + ", " +
                            share_text(share.number(rows[i]) / 100) + ")");
        }
        return parts.empty() ? std::string() : "Most were in " + in_words(parts) + ".";
    }

    // -- values held against others

    void comparisons() {
        std::string before;
        for (const ComparisonTable& one : material_.comparisons) {
            const ProjectComparison& entry = project_.comparisons[one.entry];
            const bool is_first = before != entry.chapter;
            before = entry.chapter;
            if (is_first) {
                const std::string name = sentence_case(entry.chapter);
                section(chapter_id(name), 1, name, name);
            }
            write_comparison(one, entry, is_first ? NewPage::no : NewPage::yes);
        }
    }

    /// Drawn at once: the first chart's title is the section's heading.
    void write_comparison(const ComparisonTable& one, const ProjectComparison& entry, NewPage page) {
        std::vector<Figure> charts;
        for (const ChartKind kind : entry.draw) {
            ChartRequest request;
            request.table = one.table;
            request.kind = kind;
            request.figure = plain_options(one.id + "." + std::string(name_of(kind)));
            request.label_column = entry.label;
            if (!entry.value.empty()) request.values = {entry.value};
            request.comparison = entry.options;
            if (kind == ChartKind::gradient)
                request.small_numbers = parse_small_numbers(project_.small_numbers);
            if (request.comparison.x.empty() && !entry.deprivation.empty())
                request.comparison.x = deprivation_column(one.table);
            charts.push_back(comparison_chart(entry, request));
        }
        const Figure& first = charts.front();
        Section& to =
            section(one.id, 2, first.title, entry.measure.empty() ? entry.id : sentence_case(entry.measure));
        to.new_page = page == NewPage::yes;
        say(to, entry.note);
        for (const Figure& chart : charts) {
            const std::string csv = charts.size() == 1 ? one.id : one.id + "-" + chart.kind;
            picture(to, chart.id, csv, [chart] { return chart; });
            table_file(csv, chart.data);
        }
        chart_findings_.push_back(first.title);
    }

    /// The score where there is one: it has no steps.
    static std::string deprivation_column(const Table& table) {
        const Column* score = table.find("mean_score");
        for (std::size_t row = 0; score != nullptr && row < score->size(); ++row) {
            if (score->state(row) == CellState::value) return score->name();
        }
        return "mean_decile";
    }

    Figure comparison_chart(const ProjectComparison& entry, const ChartRequest& request) {
        try {
            FigureResult made = draw_charts(request, measure_);
            out_.problems.merge(made.problems.beyond(out_.problems));
            return std::move(made.figures.front().figure);
        } catch (const Error& error) {
            throw InputError("[[comparison]] '" + entry.id + "': " + error.what_happened(),
                             {.file = project_.path.string(), .row = entry.line}, error.what_to_do());
        }
    }

    // -- deprivation

    void deprivation() {
        if (material_.deprivation.empty()) return;
        Section& chapter = section("deprivation", 1, "Deprivation", "Deprivation");
        say(chapter,
            std::string(deprivation_means) + " A " + noun() +
                " has no official decile: maps and tables show the mean of "
                "the deciles of its small areas, and how many of them are in the most deprived tenth.");
        for (const DeprivationTable& one : material_.deprivation) {
            const ProjectDeprivation& entry = project_.deprivation[one.entry];
            const Table& table = one.table;
            const auto all = total_row(table);
            std::string heading = entry.name;
            if (all) heading = in_tenth(table, *all) + " are among the most deprived tenth";
            Section& to = section(one.id, 2, heading, entry.name);
            to.new_page = &one != &material_.deprivation.front();
            const std::vector<std::size_t> rows =
                sorted_rows(table.column("small_areas_decile_1"), area_rows(table));
            std::vector<std::string> most;
            for (std::size_t i = 0; i < std::min<std::size_t>(3, rows.size()); ++i) {
                const Column& in_first = table.column("small_areas_decile_1");
                if (!(in_first.number(rows[i]) > 0)) break;
                most.push_back(typographic(table.column("area_name").text(rows[i])) + " (" +
                               printed(in_first, rows[i]) + " of " +
                               printed(table.column("small_areas"), rows[i]) + ")");
            }
            std::string words = "By the " + entry.name + ", " +
                                (all ? in_tenth(table, *all) + " (" + one_decimal_percent(table, *all) +
                                           "%) are among the tenth most deprived in England"
                                     : std::string("ward by ward"));
            if (!most.empty()) words += "; most of them in " + in_words(most);
            say(to, words + ".");
            if (all && table.column("share_people_decile_1").state(*all) == CellState::value) {
                say(to, share_text(table.column("share_people_decile_1").number(*all) / 100) +
                            " of the people live in them.");
            }
            say(to, entry.note);
            to.blocks.push_back({deprivation_grid(one, entry, places_)});
            const std::string id = one.id + ".map";
            picture(to, id, one.id, [this, id, &table, &entry] {
                MapOptions options = map_options(id);
                options.value = "mean_decile";
                options.value_words = "mean decile of small areas, " + entry.name;
                options.dark = DarkEnd::low;
                return choropleth(table, areas(), options, measure_);
            });
            table_file(one.id, table);
        }
    }

    std::string in_tenth(const Table& table, std::size_t row) const {
        return printed(table.column("small_areas_decile_1"), row) + " of " + possessive(whole()) + " " +
               printed(table.column("small_areas"), row) + " small areas";
    }
    static std::string one_decimal_percent(const Table& table, std::size_t row) {
        return printed(table.column("share_small_areas_decile_1"), row, 1);
    }

    // -- people

    /// The age from which "older" is said: 45 where the bands have that edge, else the last band's first
    /// year.
    std::optional<int> older_from() const {
        if (!material_.ages) return {};
        const std::vector<AgeBand> bands = bands_of(*material_.ages);
        if (bands.empty()) return {};
        for (const AgeBand& band : bands) {
            if (band.first == 45) return 45;
        }
        return bands.back().first;
    }
    double older_share(std::size_t row, int from) const {
        const auto older = people_from_age(*material_.ages, row, from);
        const double all = material_.ages->column("all_ages").number(row);
        return older && all > 0 ? *older / all : std::nan("");
    }
    /// "46% of people in Bablake are aged 45 and over, 11% in St Michael’s"
    std::string ages_finding() const {
        const auto from = older_from();
        if (!from) return {};
        std::optional<std::size_t> most;
        std::optional<std::size_t> least;
        for (const std::size_t row : area_rows(*material_.ages)) {
            const double share = older_share(row, *from);
            if (std::isnan(share)) continue;
            if (!most || share > older_share(*most, *from)) most = row;
            if (!least || share < older_share(*least, *from)) least = row;
        }
        if (!most || most == least) return {};
        const Column& names = material_.ages->column("area_name");
        return share_text(older_share(*most, *from)) + " of people in " + typographic(names.text(*most)) +
               " are aged " + std::to_string(*from) + " and over, " + share_text(older_share(*least, *from)) +
               " in " + typographic(names.text(*least));
    }

    void population() {
        if (!material_.people) return;
        const Table& people = *material_.people;
        const std::string finding = ages_finding();
        Section& to = section("people", 1, finding.empty() ? "People" : finding,
                              material_.ages ? "People and ages" : "People");
        if (const auto all = total_row(people)) {
            say(to,
                whole() + " has " + printed(people.column("population"), *all) + " people" +
                    (people.meta().denominator_year.empty() ? ""
                                                            : " (" + people.meta().denominator_year + ")") +
                    ". Rates in this report are for each " + with_thousands(project_.per, 0) + " of them.");
        }
        if (!material_.ages) {
            table_file("population", people);
            return;
        }
        const Table& ages = *material_.ages;
        const std::string id = "population.ages";
        picture(to, id, "population", [this, id, &ages] {
            AgeBarsOptions options;
            options.figure = plain_options(id);
            return age_bars(ages, options, measure_);
        });
        to.blocks.push_back({ages_grid(ages, places_), ShownIn::html});
        table_file("population", ages);
    }

    // -- one page a ward

    void wards() {
        if (!places_.have_pages() || material_.topics.empty()) return;
        const std::string title = sentence_case(noun()) + " by " + noun();
        Section& chapter = section(noun() + "s", 1, title, title);
        say(chapter, "Of each of the " + std::to_string(areas().size()) + " " + noun() +
                         "s: its row in every table, and who lives there.");
        chapter.blocks.push_back({wards_grid(material_, places_)});
        for (std::size_t area = 0; area < areas().size(); ++area) write_ward(area);
    }

    void write_ward(std::size_t area) {
        const std::string& code = areas().codes()[area];
        const std::string name = typographic(areas().names()[area]);
        Section& to = section(places_.id(area), 2, name, name);
        to.new_page = true;
        std::string people;
        if (material_.people) {
            const Table& table = *material_.people;
            if (const auto row = row_of_area(table, code)) {
                const auto ranked = sorted_rows(table.column("population"), area_rows(table));
                const auto place =
                    static_cast<std::size_t>(std::find(ranked.begin(), ranked.end(), *row) - ranked.begin()) +
                    1;
                people =
                    name + " (" + code + ") has " + printed(table.column("population"), *row) + " people" +
                    (table.meta().denominator_year.empty() ? "" : " in " + table.meta().denominator_year) +
                    ", the " + (place == 1 ? std::string("most") : ordinal(place) + " most") + " of " +
                    possessive(whole()) + " " + std::to_string(ranked.size()) + " " + noun() + "s.";
            }
        }
        std::vector<Table> tables;
        std::vector<std::size_t> rows;
        for (const TopicTable& topic : material_.topics) {
            if (const auto row = row_of_area(topic.table, code)) {
                tables.push_back(topic.table);
                rows.push_back(*row);
            }
        }
        say(to, people);
        say(to, standing_of(areas().names()[area], tables, rows));
        to.blocks.push_back({ward_topics_grid(area, material_, project_.per, places_)});
        const std::string emerging = emerging_of(tables, rows);
        say(to, emerging);
        if (material_.ages) {
            if (auto ages = ward_ages_grid(*material_.ages, code, places_))
                to.blocks.push_back({std::move(*ages)});
        }
        Bullets also;
        for (const DeprivationTable& one : material_.deprivation) {
            const auto row = row_of_area(one.table, code);
            const auto all = total_row(one.table);
            if (!row) continue;
            std::string words = project_.deprivation[one.entry].name + ": " +
                                printed(one.table.column("small_areas_decile_1"), *row) + " of " +
                                printed(one.table.column("small_areas"), *row) +
                                " small areas among the most deprived tenth; mean decile " +
                                printed(one.table.column("mean_decile"), *row, 1);
            if (all) words += " (" + whole() + " " + printed(one.table.column("mean_decile"), *all, 1) + ")";
            also.items.push_back(words + ".");
        }
        for (const FindsTable& one : material_.finds) {
            const auto row = row_of_area(one.table, code);
            if (!row) continue;
            const Column& share = one.table.column("share");
            std::string words =
                sentence_case(one.table.meta().measure) + ": " + printed(one.table.column("total"), *row);
            if (!one.columns.empty()) words += " (" + parts_of(one, *row) + ")";
            if (share.state(*row) == CellState::value)
                words += ", " + share_text(share.number(*row) / 100) + " of all";
            also.items.push_back(words + ".");
        }
        if (!also.items.empty()) to.blocks.push_back({also});
    }

    static std::string emerging_of(const std::vector<Table>& tables, const std::vector<std::size_t>& rows) {
        std::vector<std::string> clear;
        std::vector<std::string> possible;
        for (std::size_t i = 0; i < tables.size(); ++i) {
            const std::string words = emerging_words(tables[i], rows[i]);
            if (words.empty()) continue;
            (words.find("possible") == std::string::npos ? clear : possible)
                .push_back(tables[i].meta().measure);
        }
        std::string out;
        if (!clear.empty()) out += "Emerging: " + in_words(clear) + ".";
        if (!possible.empty()) {
            out += std::string(out.empty() ? "" : " ") +
                   "Possibly emerging (a lower rate that rose by more than the whole's, but "
                   "not clearly so): " +
                   in_words(possible) + ".";
        }
        return out;
    }

    // -- the analyst's own words

    std::vector<std::string> section_ids() const {
        std::vector<std::string> out;
        for (const Section& one : out_.document.sections) out.push_back(one.id);
        return out;
    }

    /// The number of the section of that id, "quality" being the one that is still to come.
    std::size_t place_before(const ProjectPage& page) const {
        const std::vector<Section>& sections = out_.document.sections;
        if (page.before == "quality") return sections.size();
        const auto found = std::find_if(sections.begin(), sections.end(),
                                        [&](const Section& one) { return one.id == page.before; });
        if (found != sections.end()) return static_cast<std::size_t>(found - sections.begin());
        std::vector<std::string> known = section_ids();
        known.emplace_back("quality");
        throw NameUnknown("the report has no section '" + page.before + "' for 'before' of [[page]]",
                          {.file = project_.path.string(), .row = page.line},
                          did_you_mean(page.before, known));
    }

    void texts() {
        std::vector<std::pair<const ProjectPage*, TextLink>> links;
        std::size_t front = 0;
        for (std::size_t i = 0; i < project_.pages.size(); ++i) {
            const ProjectPage& page = project_.pages[i];
            const std::size_t at = page.before.empty() ? front : place_before(page);
            std::vector<Section>& sections = out_.document.sections;
            TextPageOptions options{
                .id = page.id, .title = page.title, .table = page.table, .file = page.text};
            if (at < sections.size()) options.level = std::min(2, sections[at].level);
            TextPage made = read_text_page(material_.texts[i], options, TableValues(out_.tables));
            out_.problems.merge(made.problems);
            if (made.sections.empty()) {
                out_.problems.add(Severity::note, "text_empty", "a page of text says nothing and is left out",
                                  {.file = page.text.string()});
            }
            const std::vector<std::string> ids = section_ids();
            for (Section& one : made.sections) {
                if (std::find(ids.begin(), ids.end(), one.id) == ids.end()) continue;
                throw InputError("two sections of the report have the id '" + one.id + "'",
                                 {.file = project_.path.string(), .row = page.line},
                                 "give the [[page]] another: id = \"my-" + page.id + "\"");
            }
            for (const TextLink& link : made.links) links.emplace_back(&page, link);
            if (page.before.empty() || at < front) front += made.sections.size();
            sections.insert(sections.begin() + static_cast<std::ptrdiff_t>(at),
                            std::make_move_iterator(made.sections.begin()),
                            std::make_move_iterator(made.sections.end()));
        }
        links_ = std::move(links);
    }

    /// When all sections are known.
    void check_links() const {
        std::vector<std::string> known = section_ids();
        for (const DocumentFigure& one : out_.document.figures) known.push_back("figure-" + one.figure.id);
        for (const auto& [page, link] : links_) {
            const std::string id = link.target.substr(1);
            if (std::find(known.begin(), known.end(), id) != known.end()) continue;
            throw NameUnknown("the report has no section '" + id + "' that a link could lead to",
                              {.file = page->text.string(), .row = link.line}, did_you_mean(id, known));
        }
    }

    // -- the edition before

    void changes() {
        if (previous_ != nullptr) write_changes(*previous_);
        check_links();
    }

    void write_changes(const Edition& before) {
        std::vector<std::string> figures;
        for (const DocumentFigure& one : out_.document.figures) figures.push_back(one.figure.id);
        const Edition now = edition_of(out_.tables, std::move(figures), material_.log);
        const std::vector<EditionChange> all = compare_editions(before, now);
        std::vector<Section> page = changes_page(all, before, now, places_);
        std::vector<Section>& sections = out_.document.sections;
        const auto at = std::find_if(sections.begin(), sections.end(),
                                     [](const Section& one) { return one.id == "quality"; });
        sections.insert(at, std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
        table_file(changes_id, changes_table(all));
        out_.document.key_points.push_back(typographic(changes_line(all, places_)));
        out_.headlines = out_.document.key_points;
    }

    // -- data quality

    void quality() {
        Section& to = section("quality", 1, "Data quality", "Data quality");
        say(to, "What was read, how it was matched, what the rates divide by, and what to keep in mind.");
        Grid read;
        read.caption = "What was read and counted";
        read.columns = {{.heading = "Entry in the project file"},
                        {.heading = "File"},
                        {.heading = "Rows", .is_number = true},
                        {.heading = "Left out", .is_number = true},
                        {.heading = "Matched by code", .is_number = true},
                        {.heading = "By name", .is_number = true},
                        {.heading = "Total rows", .is_number = true},
                        {.heading = "Not matched", .is_number = true}};
        for (const FileUse& use : material_.uses) {
            const auto number = [](std::size_t n) {
                return GridCell{.text = with_thousands(static_cast<double>(n), 0)};
            };
            std::vector<GridCell> cells{
                {.text = use.what}, {.text = use.file}, number(use.rows_read), number(use.rows_filtered)};
            if (use.match) {
                for (const std::size_t n : {use.match->by_code, use.match->by_name, use.match->total_rows,
                                            use.match->unmatched + use.match->ambiguous}) {
                    cells.push_back(number(n));
                }
            } else {
                for (int i = 0; i < 4; ++i) cells.push_back({.text = "–"});
            }
            read.rows.push_back(std::move(cells));
        }
        read.notes = {"Total rows are recognised and kept out of all sums. A dash: the rows are no areas."};
        to.blocks.push_back({read});

        events_read();

        Section& places = section("quality-areas", 2, "Areas and their boundaries", "");
        say(places, whole() + " has " + std::to_string(areas().size()) + " " + noun() + "s" +
                        (areas().vintage().empty() ? "" : ", boundaries of " + areas().vintage()) +
                        ", from " + (areas().source().empty() ? material_.areas_file : areas().source()) +
                        ".");
        std::vector<std::string> matches;
        for (const FileUse& use : material_.uses) {
            if (use.match && !use.match->areas_without_row.empty()) {
                matches.push_back(use.file + ": " + use.match->text() + ".");
            }
        }
        if (matches.empty()) say(places, "Every " + noun() + " has a row in every table.");
        for (const std::string& line : matches) say(places, line);

        denominators();

        Section& small = section("quality-small", 2, "Small numbers", "");
        const bool none = project_.small_numbers.empty() || project_.small_numbers == "none";
        say(small, none
                       ? std::string(material_.events.empty()
                                         ? "No count was withheld: the tables were public already. "
                                         : "No count was withheld, also where events were counted for this "
                                           "report: small_numbers = \"under:5\" in the project file would "
                                           "withhold counts of 1 to 4. ") +
                             "Counts under 10 in either year are marked [u]; their percentages swing widely "
                             "by chance."
                       : "Small numbers are withheld by the rule " + project_.small_numbers +
                             ", with as many others as keep "
                             "them from being worked out; they are shown as [c] in every table and picture.");
        say(small, uncertainty());

        if (!project_.notes.empty()) {
            Section& notes = section("quality-notes", 2, "To keep in mind", "");
            Bullets lines;
            for (const std::string& line : project_.notes) lines.items.push_back(typographic(line));
            notes.blocks.push_back({lines});
        }
        published();
        problems();
    }

    void events_read() {
        if (material_.events.empty()) return;
        Section& to = section("quality-events", 2, "Events, and what became of every row", "");
        constexpr std::size_t most_columns = 4;
        const std::span<const EventsUse> uses(material_.events);
        for (std::size_t i = 0; i < uses.size(); i += most_columns)
            to.blocks.push_back({ledger_grid(uses.subspan(i, std::min(most_columns, uses.size() - i)))});
        Bullets lines;
        for (const EventsUse& use : material_.events) {
            if (!use.difference.empty())
                lines.items.push_back(typographic(use.what + ": " + use.difference + "."));
            for (const Problem& problem : use.problems.all()) {
                if (problem.severity == Severity::note)
                    lines.items.push_back(typographic(use.what + ": " + problem_line(problem)));
            }
        }
        if (!lines.items.empty()) to.blocks.push_back({lines});
    }

    static std::string problem_line(const Problem& problem) {
        const std::string file = std::filesystem::path(problem.where.file).filename().string();
        std::string line = file.empty() ? problem.message : "in " + file + ": " + problem.message;
        if (problem.count > 1)
            line += " (" + with_thousands(static_cast<double>(problem.count), 0) + " times)";
        for (std::size_t i = 0; i < std::min<std::size_t>(2, problem.examples.size()); ++i)
            line += (i == 0 ? ": " : "; ") + problem.examples[i];
        return line + ".";
    }

    void denominators() {
        if (!material_.people || !project_.population) return;
        const Table& people = *material_.people;
        const auto all = total_row(people);
        if (!all) return;
        const double count = people.column("population").number(*all);
        Section& to = section("quality-people", 2, "What the rates divide by", "");
        say(to, "All rates divide by the resident population" +
                    (people.meta().denominator_year.empty() ? std::string()
                                                            : " of " + people.meta().denominator_year) +
                    ": " + with_thousands(count, 0) + " people in " + whole() + ".");
        if (project_.population->also.empty() || material_.topics.empty()) return;
        Grid grid;
        grid.caption = possessive(whole()) + " rates per " + with_thousands(project_.per, 0) +
                       " on another count of its people";
        grid.columns = {
            {.heading = "Table"},
            {.heading = "On " + with_thousands(count, 0) + " (" + people.meta().denominator_year + ")",
             .is_number = true}};
        for (const auto& other : project_.population->also) {
            grid.columns.push_back(
                {.heading = "On " + with_thousands(other.total, 0) + " (" + other.name + ")",
                 .is_number = true});
        }
        std::string first;
        for (const TopicTable& topic : material_.topics) {
            const auto total = total_row(topic.table);
            if (!total || topic.table.column("count_after").state(*total) != CellState::value) continue;
            const double events = topic.table.column("count_after").number(*total);
            std::vector<GridCell> cells{
                {.text = sentence_case(topic.table.meta().measure), .target = "#" + topic.id},
                {.text = printed(topic.table.column("rate"), *total)}};
            for (const auto& other : project_.population->also) {
                cells.push_back({.text = with_thousands(events / other.total * project_.per, 0)});
            }
            if (first.empty()) {
                const auto& other = project_.population->also.front();
                first = "On the " + other.name + " count of " + with_thousands(other.total, 0) +
                        " the rate of " + topic.table.meta().measure + " in " + whole() + " is " +
                        cells[2].text + ", not " + cells[1].text + ".";
            }
            grid.rows.push_back(std::move(cells));
        }
        say(to, first);
        if (!grid.rows.empty()) to.blocks.push_back({grid});
    }

    std::string uncertainty() const {
        std::size_t rates = 0;
        std::size_t clear_rates = 0;
        std::size_t clear_changes = 0;
        for (const TopicTable& topic : material_.topics) {
            for (const std::size_t row : area_rows(topic.table)) {
                const std::string& rate = topic.table.column("rate_compared").text(row);
                const std::string& change = topic.table.column("change_compared").text(row);
                ++rates;
                clear_rates += rate == "higher" || rate == "lower";
                clear_changes += change == "higher" || change == "lower";
            }
        }
        if (rates == 0) return {};
        const std::string of = " of " + std::to_string(rates) + " ";
        return "Of all " + noun() + " rows in the tables, " + std::to_string(clear_rates) + of +
               "rates differ clearly from " + (project_.cuts == "total" ? possessive(whole()) : "the cut") +
               ", but only " + std::to_string(clear_changes) + of + "changes do (" +
               with_thousands(100 * project_.level, 0) +
               "% limits: Byar, exact under 10; exact conditional limits for the ratio of counts).";
    }

    void published() {
        if (!material_.published) return;
        const Table& table = *material_.published;
        const Column* claim = table.find("claim");
        const Column* value = table.find("value");
        const Column* note = table.find("note");
        if (claim == nullptr || value == nullptr || note == nullptr) return;
        Section& to = section("quality-published", 2, "Published figures that need care", "");
        Grid grid;
        grid.caption = "Printed elsewhere, and what is odd about it";
        grid.columns = {{.heading = "Figure"},
                        {.heading = "Printed", .is_number = true},
                        {.heading = "Where"},
                        {.heading = "Note"}};
        const Column* where = table.find("where");
        const Column* unit = table.find("unit");
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            if (note->text(row).empty()) continue;
            const auto parsed = parse_number(value->text(row));
            std::string figure = parsed ? with_thousands(*parsed, 0) : value->text(row);
            if (unit != nullptr && unit->text(row) == "percent") figure += "%";
            grid.rows.push_back({{.text = typographic(sentence_case(claim->text(row)))},
                                 {.text = figure},
                                 {.text = where == nullptr ? std::string() : where->text(row)},
                                 {.text = typographic(note->text(row))}});
        }
        if (!grid.rows.empty()) to.blocks.push_back({grid});
    }

    void problems() {
        Bullets lines;
        Problems all = material_.log.problems;
        all.merge(out_.problems);
        for (const Problem& problem : all.all()) {
            if (problem.severity != Severity::note)
                lines.items.push_back(sentence_case(problem_line(problem)));
        }
        Section& to = section("quality-problems", 2, "Problems found", "");
        if (lines.items.empty()) {
            say(to, "None: every row read is in exactly one count. manifest.json holds the counts.");
        } else {
            to.blocks.push_back({lines});
        }
    }

    // -- front

    void key_points() {
        std::vector<std::string>& points = out_.document.key_points;
        for (const BreakdownTable& one : material_.breakdowns) {
            const TableMeta& meta = one.table.meta();
            const auto total = total_row(one.table);
            if (!total) continue;
            const Table& table = one.table;
            points.push_back(
                sentence_case(meta.measure) + ": " + printed(table.column("count_after"), *total) + " " +
                in_period(meta.period_after) + " against " + printed(table.column("count_before"), *total) +
                " " + in_period(meta.period_before) + " (" + change_text(table, *total) + "); the " +
                number_word(one.largest.rows.size()) + " largest types are " +
                share_text(one.largest.share_pct / 100) + " of them.");
        }
        highest_often(points);
        for (const FindsTable& one : material_.finds) {
            const auto rows = sorted_rows(one.table.column("total"), area_rows(one.table));
            if (const auto all = total_row(one.table); all && !rows.empty()) {
                points.push_back(sentence_case(one.table.meta().measure) + ": " + total_of(one, *all) + ". " +
                                 leaders_of(one.table, rows));
            }
        }
        for (const DeprivationTable& one : material_.deprivation) {
            if (const auto all = total_row(one.table)) {
                points.push_back(in_tenth(one.table, *all) + " (" + one_decimal_percent(one.table, *all) +
                                 "%) are among the most deprived tenth in the " +
                                 project_.deprivation[one.entry].name + ".");
            }
        }
        if (material_.impact) points.push_back(material_.impact->paragraph);
        for (const std::string& finding : chart_findings_) points.push_back(finding + ".");
        if (const std::string ages = ages_finding(); !ages.empty()) points.push_back(ages + ".");
        for (std::string& point : points) point = typographic(point);
        out_.headlines = points;
    }

    /// "St Michael’s has the highest rate in 7 of the 9 tables"; empty where no rate is known.
    static std::string highest_often_of(const std::vector<const TopicTable*>& topics) {
        std::vector<std::pair<std::string, std::size_t>> times;
        for (const TopicTable* topic : topics) {
            for (const std::string& name : highest_rate_areas(topic->table)) {
                const auto found =
                    std::find_if(times.begin(), times.end(), [&](const auto& t) { return t.first == name; });
                if (found == times.end())
                    times.emplace_back(name, 1);
                else
                    ++found->second;
            }
        }
        if (times.empty()) return {};
        if (topics.size() == 1) return finding_of(topics.front()->table);
        std::stable_sort(times.begin(), times.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        return times.front().first + " has the highest rate in " + std::to_string(times.front().second) +
               " of the " + std::to_string(topics.size()) + " tables";
    }

    void highest_often(std::vector<std::string>& points) const {
        std::vector<const TopicTable*> topics;
        std::size_t falls = 0;
        std::vector<std::string> falling;
        for (const TopicTable& topic : material_.topics) {
            topics.push_back(&topic);
            const auto total = total_row(topic.table);
            if (total && topic.table.column("direction").text(*total) == "fell") {
                ++falls;
                falling.push_back(topic.table.meta().measure + " (" + change_text(topic.table, *total) + ")");
            }
        }
        const std::string finding = highest_often_of(topics);
        if (finding.empty()) return;
        points.push_back(finding + ".");
        if (falls > 0) {
            points.push_back("The count fell in " + number_word(falls) + " of the " +
                             std::to_string(material_.topics.size()) + " tables, " + in_words(falling) +
                             ", and rose in the others.");
        }
    }

    FigureOptions plain_options(const std::string& id) const {
        FigureOptions options;
        options.id = id;
        return options;
    }

    /// Publishers and licences of all that was read, each once.
    void sources() {
        std::vector<std::string>& all = out_.document.sources;
        const auto add = [&](std::string line) {
            if (line.empty()) return;
            if (line.find(':') == std::string::npos && line.rfind("Contains", 0) != 0)
                line = "Source: " + line;
            if (line.back() != '.') line += '.';
            if (std::find(all.begin(), all.end(), line) == all.end()) all.push_back(std::move(line));
        };
        for (const NamedTable& one : out_.tables) {
            add(one.table.meta().source);
            for (const std::string& line : one.table.meta().attribution) add(line);
        }
        for (const std::string& line : areas().attribution()) add(line);
    }

    void draw(unsigned threads) {
        auto& figures = out_.document.figures;
        Stage stage("Drawing figures", figures.size());
        in_parallel(figures.size(), threads, [&](std::size_t i) {
            const std::string id = figures[i].figure.id;
            figures[i].figure = drawings_[i]();
            figures[i].figure.id = id;
            figures[i].figure.scene.id = id;
            stage.step();
        });
    }

    const Project& project_;
    const Material& material_;
    const Places places_;
    const TextMeasure& measure_;
    Composed out_{};
    std::vector<std::function<Figure()>> drawings_{};
    bool first_chapter_ = true;
    bool quadrant_explained_ = false;
    bool has_matrix_ = false;
    std::map<std::string, std::size_t> chapters_{};  ///< how often each id of a chapter was wanted
    std::vector<std::string> chart_findings_{};
    const Edition* previous_;  ///< may be nothing
    std::vector<std::pair<const ProjectPage*, TextLink>> links_{};
};

}  // namespace

Composed compose(const Project& project, const Material& material, const TextMeasure& measure,
                 unsigned threads, const Edition* previous) {
    return Composer(project, material, measure, previous).take(threads);
}

}  // namespace wardmap
