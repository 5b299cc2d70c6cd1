#include "wardmap/figure/quadrant_map.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/legend.hpp"
#include "wardmap/figure/map_sheet.hpp"
#include "wardmap/figure/map_words.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t most_named_in_title = 3;

std::string text_of(const Table& table, std::string_view column, std::size_t row) {
    const Column* c = table.find(column);
    return c != nullptr && c->is_text() ? c->text(row) : std::string();
}

std::string whole_or_total(const TableMeta& meta) { return meta.whole.empty() ? "the total" : typographic(meta.whole); }

/// "Only St Michael’s is above Coventry in both rate and change": true for any table.
std::string finding(const std::vector<std::string>& leaders, std::size_t placed, const TableMeta& meta) {
    const std::string noun = areas_word(meta, 1);
    if (placed == 0) return "No " + noun + " can be placed by rate and change";
    std::string what;
    if (meta.cuts == "median") what = "at or above the median in both rate and change";
    else if (meta.cuts == "zero") what = "at or above " + possessive(whole_or_total(meta)) + " rate with counts that rose";
    else if (meta.cuts == "fixed") what = "at or above both cuts, of rate and of change";
    else what = "above " + whole_or_total(meta) + " in both rate and change";
    if (leaders.empty()) return "No " + noun + " is " + what;
    if (leaders.size() == 1) return "Only " + leaders.front() + " is " + what;
    if (leaders.size() <= most_named_in_title) return in_words(leaders) + " are " + what;
    if (leaders.size() == placed) return "Every " + noun + " is " + what;
    return sentence_case(number_word(leaders.size())) + " of " + number_word(placed) + " " + areas_word(meta) + " are " + what;
}

std::string quadrant_spoken(const std::string& code, const TableMeta& meta) { return quadrant_words(code, meta); }

}  // namespace

Figure quadrant_map(const Table& table, const AreaSet& areas, const MapOptions& options, const TextMeasure& measure) {
    const Column& quadrants = table.column("quadrant");
    const Column& change = table.column("change_pct");
    const AreaRows rows = rows_of_areas(table, areas);
    const ProjectedAreas projected = project_for_map(areas);
    const TableMeta meta = map_meta(table, areas);
    const Theme theme = options.figure.theme;
    const TypeSizes sizes = type_sizes(theme);
    const auto styles = quadrant_styles(theme);
    const double marker = marker_size_mm * sizes.label / 9;

    std::array<std::size_t, 4> counts{};
    std::vector<std::string> leaders;
    std::vector<std::string> left_out;
    std::vector<std::string> class_of_area;
    std::vector<double> changes;
    std::vector<CellState> change_states;
    std::vector<QuadrantStyle> style_of(areas.size());
    std::vector<bool> clear(areas.size(), false);
    std::size_t placed = 0;
    std::size_t n_clear = 0;
    bool any_small = false;
    bool any_from_zero = false;
    bool any_none = false;
    bool ties = false;

    MapSheet sheet;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto row = rows.row_of[i];
        const std::string code = row ? quadrants.text(*row) : "none";
        const QuadrantStyle style = quadrant_style(code, theme);
        style_of[i] = style;
        const auto found = std::find_if(styles.begin(), styles.end(), [&](const QuadrantStyle& s) { return s.code == code; });
        SheetArea area;
        area.label = name_request(areas.codes()[i], areas.names()[i], options);
        const bool is_placed = found != styles.end();
        std::string words = row ? change_text(table, *row) : std::string();
        change_states.push_back(row ? change.state(*row) : CellState::missing);
        changes.push_back(row && change.state(*row) == CellState::value ? change.number(*row) : std::nan(""));
        if (is_placed) {
            ++counts[static_cast<std::size_t>(found - styles.begin())];
            ++placed;
            if (code == "high_faster") leaders.push_back(typographic(areas.names()[i]));
            area.fill = {style.color, {}};
            const std::string compared = text_of(table, "rate_compared", *row);
            clear[i] = compared == "higher" || compared == "lower";
            n_clear += clear[i];
            const Column* rate = table.find("rate");
            ties = ties || (rate != nullptr && meta.cut_rate && rate->state(*row) == CellState::value && rate->number(*row) == *meta.cut_rate) ||
                   (meta.cut_change_pct && changes.back() == *meta.cut_change_pct);
        } else {
            const bool suppressed = row && has_flag(table, *row, "suppressed");
            area.fill = state_fill(suppressed ? CellState::suppressed : CellState::missing);
            any_none = any_none || !suppressed;
            left_out.push_back(typographic(areas.names()[i]));
        }
        area.ink = ink_on(area.fill.color);
        if (area.fill.hatch) area.halo = ink_white;
        else if (options.overlay) area.halo = area.fill.color;
        const bool small = row && has_flag(table, *row, "small");
        const bool from_zero = row && has_flag(table, *row, "from_zero");
        const bool shows_value = options.labels == AreaLabels::name_and_value || options.labels == AreaLabels::value;
        if (shows_value && !words.empty()) {
            any_from_zero = any_from_zero || from_zero;
            any_small = any_small || small;
            area.label.below.push_back({words + (small ? " [u]" : ""), regular(sizes.value), is_placed ? marker + 1.2 : 0});
        } else if (is_placed && options.labels != AreaLabels::none) {
            area.label.below.push_back({"", regular(sizes.value), marker});
        }
        area.spoken = areas.names()[i] + ": " + (is_placed ? quadrant_spoken(code, meta) : std::string("not placed")) +
                      (words.empty() ? "" : ", change " + words);
        class_of_area.push_back(is_placed ? code : "none");
        sheet.areas.push_back(std::move(area));
    }
    sheet.draw_symbol = [&](Group& into, std::size_t i, const AreaLabel& label) {
        if (style_of[i].code == "none") return;
        for (const LabelLinePlaced& line : label.lines) {
            if (line.is_name || line.x <= line.box.min_x) continue;
            const bool outside = label.place == LabelPlace::leader;
            const Color ink = outside ? style_of[i].color : sheet.areas[i].ink;
            const double x = line.box.min_x + marker / 2;
            const double y = line.baseline - cap_height * sizes.value * mm_per_pt / 2;
            constexpr double hollow_line = 0.45;
            if (clear[i]) {
                into.children.push_back(node(Shape{marker_path(style_of[i].shape, x, y, marker), Fill{ink, {}}, {}}));
            } else {
                const double inner = style_of[i].shape == MarkerShape::triangle ? marker - 1.5 * hollow_line : marker - hollow_line;
                into.children.push_back(node(Shape{marker_path(style_of[i].shape, x, y, inner), {}, Stroke{ink, hollow_line, {}}}));
            }
        }
    };

    const std::string rate_cut = meta.cut_rate ? with_thousands(*meta.cut_rate, *meta.cut_rate < 10 ? 1 : 0) : std::string();
    const std::string change_cut = meta.cut_change_pct ? with_sign(*meta.cut_change_pct, 0) + "%" : std::string();
    const bool zero_cut = meta.cuts == "zero" || (meta.cut_change_pct && *meta.cut_change_pct == 0);
    const std::string per = meta.per > 0 ? " per " + with_thousands(meta.per, 0) + " people" : std::string();
    const std::string unit = meta.unit.empty() ? "events" : meta.unit;

    sheet.texts.kind = "quadrant-map";
    sheet.texts.title = finding(leaders, placed, meta);
    if (ties && meta.cuts == "total") {
        const std::size_t at = sheet.texts.title.find(" above ");
        if (at != std::string::npos) sheet.texts.title.replace(at, 7, " at or above ");
    }
    std::string period = meta.period_after;
    if (!meta.period_before.empty()) period = meta.period_before + " and " + meta.period_after;
    constexpr std::string_view year_to = "year to ";
    if (meta.period_before.rfind(year_to, 0) == 0 && meta.period_after.rfind(year_to, 0) == 0) {
        period = "years to " + meta.period_before.substr(year_to.size()) + " and " + meta.period_after.substr(year_to.size());
    }
    sheet.texts.subtitle = measure_line(meta, period);

    std::string all;
    std::vector<std::string> parts;
    for (std::size_t s = 0; s < styles.size(); ++s) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            if (class_of_area[i] == styles[s].code) names.push_back(typographic(areas.names()[i]));
        }
        const std::string name = quadrant_words(styles[s].code, meta);
        if (names.empty()) parts.push_back(name + ": none.");
        else parts.push_back(name + ": " + (names.size() <= 12 ? in_words(names) : counted_areas(meta, names.size())) + ".");
    }
    for (const std::string& part : parts) all += (all.empty() ? "" : " ") + part;
    if (!left_out.empty()) all += " Not placed: " + in_words(left_out) + ".";
    sheet.texts.description = all;
    const std::string count = counted_areas(meta, areas.size());
    const std::string subject = meta.measure.empty() ? unit : meta.measure;
    const std::string place = meta.whole.empty() ? count : typographic(possessive(meta.whole)) + " " + count;
    sheet.texts.alt = "Map of " + place + " by rate of " + subject + " and change. " + sheet.texts.title + ".";
    if (sheet.texts.alt.size() > 160) sheet.texts.alt = "Quadrant map of " + place + ". " + sheet.texts.title + ".";

    const auto note = [&](std::string text) { sheet.texts.notes.push_back(std::move(text)); };
    if (options.labels == AreaLabels::name_and_value || options.labels == AreaLabels::value) {
        note((options.labels == AreaLabels::value ? std::string("In each ") + areas_word(meta, 1) : std::string("Under each name")) + ": change in " +
             unit + ".");
    }
    if (const std::string cuts = cut_words(meta); !cuts.empty()) {
        note("The cuts are " + cuts + "; " + (zero_cut ? "at the rate’s cut counts as higher." : "a value equal to its cut counts as above it."));
    }
    if (meta.cut_rate && placed > 0) {
        const std::string level = meta.level ? with_thousands(*meta.level * 100, 0) + "% " : std::string();
        note("“Clearly”: the " + areas_word(meta, 1) + "’s " + level + "limits exclude " + rate_cut + ".");
    }
    if (any_from_zero) note("“From zero”: none before, so no percentage.");
    if (any_small) note(small_note(meta));
    if (!left_out.empty()) note("Not placed, for want of a rate or a change: " + in_words(left_out) + ".");

    sheet.legend = [&](double most_width) {
        QuadrantLegend key;
        key.rate_title = "Rate" + per;
        key.change_title = "Change";
        key.rate_low = "under " + rate_cut;
        key.rate_high = rate_cut + " or more";
        if (rate_cut.empty()) {
            key.rate_low = "lower";
            key.rate_high = "higher";
        }
        if (zero_cut) {
            key.change_high = "rose";
            key.change_low = "did not rise";
        } else {
            key.change_high = change_cut.empty() ? "above the cut" : change_cut + " or more";
            key.change_low = change_cut.empty() ? "below the cut" : "under " + change_cut;
        }
        for (std::size_t s = 0; s < 4; ++s) key.counts[s] = counted_areas(meta, counts[s]);
        if (n_clear > 0) key.filled = "rate clearly above or below " + (rate_cut.empty() ? std::string("the cut") : rate_cut);
        if (n_clear < placed) key.hollow = "rate not clearly different";
        const auto suppressed = static_cast<std::size_t>(std::count_if(sheet.areas.begin(), sheet.areas.end(), [](const SheetArea& a) {
            return a.fill.color == ink_suppressed;
        }));
        if (left_out.size() > suppressed) {
            key.entries.push_back({state_fill(CellState::missing), "not placed", counted_areas(meta, left_out.size() - suppressed)});
        }
        if (suppressed > 0) {
            key.entries.push_back({state_fill(CellState::suppressed), state_words(CellState::suppressed), counted_areas(meta, suppressed)});
        }
        key.lines = overlay_entries(options);
        return quadrant_legend(key, theme, most_width, measure);
    };

    Figure figure = draw_map_sheet(sheet, projected, meta, options, measure);
    std::vector<std::string> codes;
    std::vector<std::string> names;
    std::vector<std::string> quadrant_codes_of;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        codes.push_back(areas.codes()[i]);
        names.push_back(areas.names()[i]);
        quadrant_codes_of.push_back(class_of_area[i]);
    }
    figure.data = Table({Column::text("area_code", std::move(codes)), Column::text("area_name", std::move(names)),
                         Column::text("quadrant", std::move(quadrant_codes_of)), Column::numbers("change_pct", changes, change_states, "%")},
                        meta);
    for (std::size_t s = 0; s < styles.size(); ++s) {
        figure.classes.push_back({std::string(styles[s].code), styles[s].color, counts[s], {}, {}});
    }
    figure.class_of_area = std::move(class_of_area);
    figure.log.insert(figure.log.end(), rows.log.begin(), rows.log.end());
    return figure;
}

}  // namespace wardmap
