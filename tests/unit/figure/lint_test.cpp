#include "wardmap/figure/lint.hpp"

#include "count_tables.hpp"
#include "map_material.hpp"
#include "published_wards.hpp"
#include "wardmap/figure/bars.hpp"
#include "wardmap/figure/choropleth.hpp"
#include "wardmap/figure/circle_map.hpp"
#include "wardmap/figure/month_chart.hpp"
#include "wardmap/figure/quadrant_chart.hpp"
#include "wardmap/figure/ward_table_figure.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

using namespace wardmap;
using namespace wardmap::testing;

namespace {

const TextMeasure& sans() {
    return liberation_sans();
}

/// Noise complaints in nine squares: nothing is wrong with the map of their rates.
TableMeta good_meta() {
    TableMeta meta;
    meta.measure = "noise complaints";
    meta.unit = "complaints";
    meta.per = 100000;
    meta.period_after = "year to June 2024";
    meta.source = "Squareton Council";
    meta.attribution = {"Contains OS data \u00a9 Crown copyright and database right 2024."};
    return meta;
}

AreaSet squares() {
    return square_areas(3, 3);
}

Figure rate_map(const MapOptions& given = {}, TableMeta meta = good_meta()) {
    MapOptions options = given;
    if (options.value.empty()) options.value = "rate";
    return choropleth(
        value_table(squares(), "rate", {100, 110, 120, 200, 210, 220, 300, 310, 320}, std::move(meta)),
        squares(), options, sans());
}

Figure count_map() {
    MapOptions options;
    options.value = "count";
    TableMeta meta = good_meta();
    meta.per = 0;
    return choropleth(value_table(squares(), "count", {1, 2, 3, 40, 50, 60, 70, 80, 90}, meta), squares(),
                      options, sans());
}

Figure with_classes(std::vector<std::string> hexes) {
    Figure figure = rate_map();
    figure.classes.clear();
    for (std::size_t i = 0; i < hexes.size(); ++i)
        figure.classes.push_back({"class " + std::to_string(i), color_from_hex(hexes[i]), 1, {}, {}});
    return figure;
}

Figure changed(void (*change)(Figure&)) {
    Figure figure = rate_map();
    change(figure);
    return figure;
}

/// Counts by area in an `indicators` table of nine wards.
Figure ward_table_of(std::vector<double> after) {
    AreaCounts counts;
    const std::vector<double> before(after.size(), 30);
    for (std::size_t i = 0; i < after.size(); ++i) {
        counts.codes.push_back("A" + std::to_string(i));
        counts.names.push_back("Ward " + std::to_string(i));
    }
    counts.before = Column::numbers("before", before);
    counts.after = Column::numbers("after", std::move(after));
    counts.population = Column::numbers("people", std::vector<double>(before.size(), 10000));
    Problems problems;
    TableMeta meta = good_meta();
    meta.period_before = "year to June 2023";
    meta.whole = "Squareton";
    meta.area_noun = "ward";
    return ward_table_figure(ward_table(counts, {}, meta, problems), {}, sans());
}

Figure without_flags(Figure figure) {
    figure.facts.marks_small = false;
    return figure;
}

Figure quadrants_of(double largest_after, ChangeScale scale) {
    AreaCounts counts;
    for (int i = 0; i < 4; ++i) {
        counts.codes.push_back("A" + std::to_string(i));
        counts.names.push_back("Ward " + std::to_string(i));
    }
    counts.before = Column::numbers("before", {20, 20, 20, 20});
    counts.after = Column::numbers("after", {largest_after, 21, 25, 30});
    counts.population = Column::numbers("people", {10000, 11000, 12000, 13000});
    Problems problems;
    TableMeta meta = good_meta();
    meta.period_before = "year to June 2023";
    QuadrantChartOptions options;
    options.change_scale = scale;
    return quadrant_chart(ward_table(counts, {}, meta, problems), options, sans());
}

Figure index_of(double base) {
    std::vector<double> counts(24, 40);
    counts.front() = base;
    Problems problems;
    IndexChartOptions options;
    options.series.kind = "ROBBERY";
    return index_chart(
        months_by_kind("2020-07", {{"ROBBERY", counts}, {"THEFT", std::vector<double>(24, 90)}}), options,
        sans(), problems);
}

Figure bars_with_total(const std::string& code) {
    const Table table(
        {Column::text("area_code", {"A0", "A1", code}), Column::text("area_name", {"Ash", "Birch", "Total"}),
         Column::numbers("count_after", {30, 40, 70})},
        good_meta());
    BarsOptions options;
    return bars(table, options, sans());
}

struct Pictures {
    std::vector<Figure> trips{};
    std::vector<Figure> passes{};
};

/// For each rule pictures that trip it, and the nearest that do not.
std::map<std::string, Pictures> pictures() {
    MapOptions many;
    many.breaks = {105, 115, 150, 205, 215, 250, 305};
    many.k = 8;
    MapOptions seven;
    seven.breaks = {105, 115, 150, 205, 215, 250};
    MapOptions empty;
    empty.breaks = {130, 150, 250};
    MapOptions filled;
    filled.breaks = {150, 250};
    TableMeta bare;
    bare.measure = "noise complaints";
    bare.per = 100000;
    std::map<std::string, Pictures> out;
    out["count_choropleth"] = {{count_map()}, {rate_map()}};
    out["small_numbers"] = {{ward_table_of({5, 6, 7, 40, 50, 60, 70, 80, 90}),
                             ward_table_of({15, 16, 17, 18, 19, 60, 70, 80, 90})},
                            {ward_table_of({25, 26, 27, 40, 50, 60, 70, 80, 90})}};
    out["unflagged_rates"] = {{without_flags(ward_table_of({5, 40, 40, 40, 50, 60, 70, 80, 90}))},
                              {ward_table_of({5, 40, 40, 40, 50, 60, 70, 80, 90})}};
    out["too_many_classes"] = {{rate_map(many)}, {rate_map(seven)}};
    out["too_few_classes"] = {{changed([](Figure& f) { f.classes.resize(1); })}, {rate_map(filled)}};
    out["empty_class"] = {{rate_map(empty)}, {rate_map(filled)}};
    out["red_green"] = {{with_classes({"#d7191c", "#ffffbf", "#1a9641"})},
                        {with_classes({"#a41f2b", "#f4f0ed", "#01598b"})}};
    out["close_colours"] = {{with_classes({"#c7e5f0", "#bfe0ee", "#1d386b"})}, {rate_map()}};
    out["faint_colours"] = {{with_classes({"#f7fbff", "#6eadd3", "#1d386b"})}, {rate_map()}};
    out["faint_text"] = {{changed([](Figure& f) {
                             Text pale;
                             pale.text = "pale";
                             pale.color = color_from_hex("#bbbbbb");
                             f.scene.nodes.push_back(node(pale));
                         })},
                         {rate_map(), ward_table_of({5, 40, 40, 40, 50, 60, 70, 80, 90})}};
    out["long_title"] = {
        {changed([](Figure& f) {
            f.title =
                "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
                "sixteen";
        })},
        {changed([](Figure& f) {
            f.title =
                "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
        })}};
    out["missing_alt"] = {{changed([](Figure& f) { f.alt = " "; })}, {rate_map()}};
    out["long_alt"] = {{changed([](Figure& f) { f.alt = std::string(151, 'a'); })}, {changed([](Figure& f) {
                           f.alt.clear();
                           for (int i = 0; i < 150; ++i) f.alt += "\u0175";
                       })}};
    out["missing_source"] = {{changed([](Figure& f) { f.sources.clear(); })}, {rate_map()}};
    out["missing_attribution"] = {{changed([](Figure& f) { f.sources = {"Source: Squareton Council."}; })},
                                  {rate_map(), changed([](Figure& f) {
                                       f.kind = "bars";
                                       f.sources = {"Source: Squareton Council."};
                                   })}};
    out["missing_period"] = {{rate_map({}, bare)}, {rate_map()}};
    out["missing_unit"] = {{changed([](Figure& f) { f.subtitle.clear(); }), changed([](Figure& f) {
                                f.facts.says_events = true;
                            })},
                           {rate_map()}};
    MapOptions rates;
    rates.value = "rate";
    const AreaSet nine = squares();
    const std::vector<std::size_t> eight{0, 1, 2, 3, 4, 5, 6, 7};
    const Table all = value_table(nine, "rate", {100, 110, 120, 200, 210, 220, 300, 310, 320}, good_meta());
    out["unmatched_areas"] = {{choropleth(all.take(eight), nine, rates, sans()),
                               choropleth(all, square_areas(2, 2), rates, sans())},
                              {rate_map()}};
    out["total_drawn"] = {{bars_with_total("E0")}, {bars_with_total("")}};
    out["linear_change"] = {
        {quadrants_of(100, ChangeScale::linear)},
        {quadrants_of(100, ChangeScale::log_ratio), quadrants_of(60, ChangeScale::linear)}};
    out["small_baseline"] = {{index_of(19)}, {index_of(20)}};
    return out;
}

std::vector<std::string> rules_of(const Figure& figure, const LintContext& context = {}) {
    std::vector<std::string> out;
    for (const LintFinding& one : lint_figure(figure, context)) out.push_back(one.rule);
    return out;
}

bool trips(const Figure& figure, const std::string& rule, const LintContext& context = {}) {
    const auto rules = rules_of(figure, context);
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

std::string page() {
    std::ifstream in(WARDMAP_SOURCE_DIR "/docs/lint.md", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

/// Every letter of the notes another, and nothing in the log.
Figure reworded(Figure figure) {
    figure.log.clear();
    for (std::string& note : figure.notes) {
        for (char& c : note) {
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '[') c = 'x';
        }
    }
    return figure;
}

TEST_CASE("lint: how notes and log are worded decides nothing") {
    for (const auto& [rule, figures] : pictures()) {
        for (const std::vector<Figure>& some : {figures.trips, figures.passes}) {
            for (const Figure& figure : some) {
                const std::vector<LintFinding> as_it_is = lint_figure(figure);
                const std::vector<LintFinding> other_words = lint_figure(reworded(figure));
                CAPTURE(rule);
                REQUIRE(as_it_is.size() == other_words.size());
                for (std::size_t i = 0; i < as_it_is.size(); ++i) CHECK(as_it_is[i].rule == other_words[i].rule);
            }
        }
    }
}

TEST_CASE("lint: every rule has a picture that trips it, one that does not, and its entry in docs/lint.md") {
    const auto all = pictures();
    const std::string text = page();
    std::size_t known = 0;
    for (const LintRule& rule : lint_rules()) {
        const std::string code(rule.code);
        CAPTURE(code);
        CHECK(text.find("| `" + code + "` | " + std::string(name_of(rule.severity)) + " |") !=
              std::string::npos);
        if (code == "mixed_classes") continue;  // of several pictures: the next test
        REQUIRE(all.count(code) == 1);
        for (const Figure& figure : all.at(code).trips) CHECK(trips(figure, code));
        for (const Figure& figure : all.at(code).passes) CHECK_FALSE(trips(figure, code));
        ++known;
    }
    CHECK(known == all.size());
}

TEST_CASE("lint: every finding names a listed rule at its severity or below, and says what to do") {
    for (const auto& [code, both] : pictures()) {
        for (const Figure& figure : both.trips) {
            for (const LintFinding& one : lint_figure(figure, {LintPlace::report, {}})) {
                CAPTURE(one.rule);
                const auto rules = lint_rules();
                const auto rule = std::find_if(rules.begin(), rules.end(),
                                               [&](const LintRule& r) { return r.code == one.rule; });
                REQUIRE(rule != rules.end());
                CHECK(one.severity <= rule->severity);
                CHECK(one.figure == figure.id);
                CHECK_FALSE(one.where.empty());
                CHECK_FALSE(one.what.empty());
                CHECK_FALSE(one.remedy.empty());
            }
        }
    }
}

TEST_CASE("lint: two maps of one measure with other classes are a warning, with the same classes none") {
    MapOptions other;
    other.breaks = {115, 250};
    TableMeta earlier = good_meta();
    earlier.period_after = "year to June 2023";
    const std::vector<Figure> mixed{rate_map(), rate_map(other, earlier)};
    REQUIRE(lint_beside(mixed).size() == 1);
    CHECK(lint_beside(mixed)[0].rule == "mixed_classes");
    CHECK(lint_beside(std::vector<Figure>{rate_map(other), rate_map(other, earlier)}).empty());
    TableMeta theft = good_meta();
    theft.measure = "theft";
    CHECK(lint_beside(std::vector<Figure>{rate_map(), rate_map(other, theft)}).empty());
}

TEST_CASE("lint: a map drawn as it should be has no finding at all") {
    CHECK(rules_of(rate_map()) == std::vector<std::string>{});
}

TEST_CASE("lint: a missing licence line is an error in a report and a warning elsewhere") {
    Figure figure = rate_map();
    figure.sources = {"Source: Squareton Council."};
    CHECK(lint_figure(figure).front().severity == LintSeverity::warning);
    CHECK(lint_figure(figure, {LintPlace::report, {}}).front().severity == LintSeverity::error);
}

TEST_CASE("lint: the table behind a map tells of small counts and of a source that only its areas have") {
    const auto tables = published_ward_tables();
    MapOptions options;
    for (const Table& table : tables) {
        const Figure map = choropleth(table, coventry_wards(), options, sans());
        CHECK_FALSE(trips(map, "small_numbers"));
        CHECK_FALSE(trips(map, "missing_source"));
        std::size_t small = 0, areas = 0;
        const Column& after = table.column("count_after");
        for (const std::size_t row : area_rows(table)) {
            ++areas;
            small += after.number(row) < 10;
        }
        CAPTURE(table.meta().measure);
        if (5 * small >= areas) CHECK(trips(map, "small_numbers", {LintPlace::alone, table}));
        CHECK_FALSE(trips(map, "unflagged_rates", {LintPlace::alone, table}));
        TableMeta meta = table.meta();
        meta.source.clear();
        CHECK(trips(map, "missing_source", {LintPlace::alone, table.with(meta)}));
    }
}

TEST_CASE("lint: the published pictures have ink and marks that can be seen in every theme") {
    const auto tables = published_ward_tables();
    for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
        for (const Table& table : tables) {
            MapOptions map;
            map.figure.theme = theme;
            QuadrantChartOptions chart;
            chart.figure.theme = theme;
            WardTableOptions rows;
            rows.figure.theme = theme;
            for (const Figure& figure :
                 {choropleth(table, coventry_wards(), map, sans()), quadrant_chart(table, chart, sans()),
                  ward_table_figure(table, rows, sans())}) {
                CAPTURE(figure.kind);
                CAPTURE(static_cast<int>(theme));
                CHECK_FALSE(trips(figure, "faint_text"));
                CHECK_FALSE(trips(figure, "faint_colours"));
                CHECK_FALSE(trips(figure, "close_colours"));
                CHECK_FALSE(trips(figure, "red_green"));
            }
        }
    }
}

TEST_CASE("lint: only warnings and errors are serious") {
    std::vector<LintFinding> findings{{LintSeverity::advice, "long_alt", {}, {}, {}, {}}};
    CHECK_FALSE(any_serious(findings));
    findings.push_back({LintSeverity::warning, "long_title", {}, {}, {}, {}});
    CHECK(any_serious(findings));
}
