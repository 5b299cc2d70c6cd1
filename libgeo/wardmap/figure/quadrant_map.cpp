#include "wardmap/figure/quadrant_map.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/legend.hpp"
#include "wardmap/figure/map_contents.hpp"
#include "wardmap/figure/map_words.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/figure/ward_words.hpp"
#include "wardmap/indicator/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace wardmap {
namespace {

/// "+64%", "−18%", "from zero", "none", "[c]"; empty where the change is not known.
std::string short_change(const WardRow& row) {
    if (row.change_pct.known()) {
        const double pct = row.change_pct.number;
        return with_sign(pct, pct != 0 && std::abs(pct) < 0.5 ? 1 : 0) + "%";
    }
    if (row.change_pct.state == CellState::suppressed) return "[c]";
    if (row.from_zero()) return "from zero";
    return row.has_flag("no_events") ? "none" : "";
}

}  // namespace

MapContent quadrant_content(const Table& table, const AreaSet& areas, const MapOptions& options) {
    const WardRows ward_rows = read_ward_rows(table);
    const AreaRows rows = rows_of_areas(table, areas);
    TableMeta meta = map_meta(table, areas);
    for (const auto& [to, from] : {std::pair{&meta.cut_rate, &ward_rows.meta.cut_rate},
                                   std::pair{&meta.cut_change_pct, &ward_rows.meta.cut_change_pct}}) {
        if (!*to) *to = *from;
    }
    meta.cuts = ward_rows.meta.cuts;
    meta.per = ward_rows.meta.per;
    WardRows drawn{{}, ward_rows.total, meta};
    const Theme theme = options.figure.theme;
    const TypeSizes sizes = type_sizes(theme);
    const auto styles = quadrant_styles(theme);
    const double marker = marker_size_mm * sizes.label / 9;

    std::array<std::size_t, 4> counts{};
    std::vector<std::string> left_out;
    std::vector<std::string> class_of_area;
    std::vector<double> changes;
    std::vector<CellState> change_states;
    std::vector<QuadrantStyle> style_of;
    std::vector<bool> clear;
    std::size_t placed = 0;
    std::size_t n_clear = 0;
    bool any_small = false;
    bool any_from_zero = false;

    MapContent content;
    const bool shows_value =
        options.labels == AreaLabels::name_and_value || options.labels == AreaLabels::value;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        WardRow row;
        row.quadrant = "none";
        row.name = typographic(areas.names()[i]);
        if (rows.row_of[i]) {
            const auto found = std::find_if(ward_rows.areas.begin(), ward_rows.areas.end(),
                                            [&](const WardRow& r) { return r.row == *rows.row_of[i]; });
            if (found != ward_rows.areas.end()) row = *found;
            row.name = typographic(areas.names()[i]);
            drawn.areas.push_back(row);
        }
        const auto style = std::find_if(styles.begin(), styles.end(),
                                        [&](const QuadrantStyle& s) { return s.code == row.quadrant; });
        const bool is_placed = style != styles.end();
        style_of.push_back(quadrant_style(row.quadrant, theme));
        clear.push_back(is_placed && (row.rate_compared == "higher" || row.rate_compared == "lower"));
        MapMark area;
        area.label = name_request(areas.names()[i], options);
        if (is_placed) {
            ++counts[static_cast<std::size_t>(style - styles.begin())];
            ++placed;
            n_clear += clear.back();
            area.fill = {style->color, {}};
        } else {
            area.fill = state_fill(row.has_flag("suppressed") ? CellState::suppressed : CellState::missing);
            left_out.push_back(row.name);
        }
        area.ink = ink_on(area.fill.color);
        if (area.fill.hatch)
            area.halo = ink_white;
        else if (options.overlay)
            area.halo = area.fill.color;
        const std::string words = short_change(row);
        if (shows_value && !words.empty()) {
            any_from_zero = any_from_zero || row.from_zero();
            any_small = any_small || row.has_flag("small");
            area.label.below.push_back({words, regular(sizes.value), is_placed ? marker + 1.2 : 0,
                                        row.has_flag("small") ? "[u]" : ""});
        } else if (is_placed && options.labels != AreaLabels::none) {
            area.label.below.push_back({"", regular(sizes.value), marker, {}});
        }
        area.spoken = rows.row_of[i] ? area_label(row, meta) : row.name + ": no data";
        class_of_area.push_back(is_placed ? row.quadrant : "none");
        changes.push_back(row.change_pct.number);
        change_states.push_back(row.change_pct.state);
        content.marks.push_back(std::move(area));
    }
    std::vector<Color> inks;
    for (const MapMark& mark : content.marks) inks.push_back(mark.ink);
    content.draw_symbol = [style_of, clear, inks, marker, value_pt = sizes.value](Group& into, std::size_t i,
                                                                                  const AreaLabel& label) {
        if (style_of[i].code == "none") return;
        for (const LabelLinePlaced& line : label.lines) {
            if (line.is_name || line.x <= line.box.min_x) continue;
            const bool outside = label.place == LabelPlace::leader;
            const Color ink = outside ? style_of[i].color : inks[i];
            const double x = line.box.min_x + marker / 2;
            const double y = line.baseline - cap_height * value_pt * mm_per_pt / 2;
            constexpr double hollow_line = 0.45;
            if (clear[i]) {
                into.children.push_back(
                    node(Shape{marker_path(style_of[i].shape, x, y, marker), Fill{ink, {}}, {}}));
            } else {
                const double inner = style_of[i].shape == MarkerShape::triangle ? marker - 1.5 * hollow_line
                                                                                : marker - hollow_line;
                into.children.push_back(node(
                    Shape{marker_path(style_of[i].shape, x, y, inner), {}, Stroke{ink, hollow_line, {}}}));
            }
        }
    };

    const std::string rate_cut =
        meta.cut_rate ? with_thousands(*meta.cut_rate, *meta.cut_rate < 10 ? 1 : 0) : std::string();
    const std::string change_cut =
        meta.cut_change_pct ? with_sign(*meta.cut_change_pct, 0) + "%" : std::string();
    const bool zero_cut = meta.cuts == "zero" || (meta.cut_change_pct && *meta.cut_change_pct == 0);
    const std::string per = meta.per > 0 ? " per " + with_thousands(meta.per, 0) + " people" : std::string();
    const std::string unit = unit_word(meta);

    content.texts.kind = "quadrant-map";
    content.texts.title =
        drawn.areas.empty() ? "No " + areas_word(meta, 1) + " can be placed" : both_higher_title(drawn);
    content.texts.subtitle = measure_line(meta, periods_words(meta));

    std::string all;
    std::vector<std::string> parts;
    for (std::size_t s = 0; s < styles.size(); ++s) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            if (class_of_area[i] == styles[s].code) names.push_back(typographic(areas.names()[i]));
        }
        std::sort(names.begin(), names.end());
        const std::string name = quadrant_words(styles[s].code, meta);
        if (names.empty())
            parts.push_back(name + ": none.");
        else
            parts.push_back(name + ": " +
                            (names.size() <= 12 ? in_words(names) : counted_areas(meta, names.size())) + ".");
    }
    for (const std::string& part : parts) all += (all.empty() ? "" : " ") + part;
    if (!left_out.empty()) all += " Not placed: " + in_words(left_out) + ".";
    content.texts.description = all;
    const std::string count = counted_areas(meta, areas.size());
    const std::string subject = meta.measure.empty() ? unit : meta.measure;
    const std::string place = meta.whole.empty() ? count : typographic(possessive(meta.whole)) + " " + count;
    const std::string periods = periods_words(meta);
    const auto both = static_cast<std::size_t>(
        std::count(class_of_area.begin(), class_of_area.end(), std::string("high_faster")));
    content.texts.alt = fitting_alt(
        "Quadrant map of " + place + ": " + typographic(subject) +
            (periods.empty() ? "" : ", " + typographic(periods)) + ".",
        {" " + content.texts.title + ".", " " + sentence_case(number_word(both)) +
                                              (both == 1 ? " is higher in both." : " are higher in both.")});

    const auto note = [&](std::string text) { content.texts.notes.push_back(std::move(text)); };
    if (options.labels == AreaLabels::name_and_value || options.labels == AreaLabels::value) {
        note((options.labels == AreaLabels::value ? std::string("In each ") + areas_word(meta, 1)
                                                  : std::string("Under each name")) +
             ": change in " + unit + ".");
    }
    if (const std::string cuts = cut_words(meta); !cuts.empty()) {
        note("The cuts are " + cuts + "; " +
             (zero_cut ? "at the rate’s cut counts as higher."
                       : "a value equal to its cut counts as above it."));
    }
    if (meta.cut_rate && placed > 0) {
        const std::string level = meta.level ? with_thousands(*meta.level * 100, 0) + "% " : std::string();
        note("“Clearly”: the " + areas_word(meta, 1) + "’s " + level + "limits exclude " + rate_cut + ".");
    }
    if (any_from_zero) note("“From zero”: none before, so no percentage.");
    if (any_small) note(small_note(meta, SmallCount::either));
    if (!left_out.empty()) note("Not placed, for want of a rate or a change: " + in_words(left_out) + ".");

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
    if (n_clear > 0)
        key.filled = "rate clearly above or below " + (rate_cut.empty() ? std::string("the cut") : rate_cut);
    if (n_clear < placed) key.hollow = "rate not clearly different";
    const auto suppressed = static_cast<std::size_t>(
        std::count_if(content.marks.begin(), content.marks.end(),
                      [](const MapMark& a) { return a.fill.color == ink_suppressed; }));
    if (left_out.size() > suppressed) {
        key.entries.push_back({state_fill(CellState::missing), "not placed",
                               counted_areas(meta, left_out.size() - suppressed)});
    }
    if (suppressed > 0) {
        key.entries.push_back({state_fill(CellState::suppressed), state_words(CellState::suppressed),
                               counted_areas(meta, suppressed)});
    }
    content.key = std::move(key);

    std::vector<std::string> codes;
    std::vector<std::string> names;
    std::vector<std::string> quadrant_codes_of;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        codes.push_back(areas.codes()[i]);
        names.push_back(areas.names()[i]);
        quadrant_codes_of.push_back(class_of_area[i]);
    }
    content.data =
        Table({Column::text("area_code", std::move(codes)), Column::text("area_name", std::move(names)),
               Column::text("quadrant", std::move(quadrant_codes_of)),
               Column::numbers("change_pct", changes, change_states, "%")},
              meta);
    for (std::size_t s = 0; s < styles.size(); ++s) {
        content.classes.push_back({std::string(styles[s].code), styles[s].color, counts[s], {}, {}});
    }
    content.class_of_area = std::move(class_of_area);
    content.log.insert(content.log.end(), rows.log.begin(), rows.log.end());
    content.facts = map_facts(rows);
    content.facts.shows_rates = true;
    content.facts.marks_small = any_small;
    content.facts.says_events = meta.unit.empty();
    content.meta = meta;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (content.class_of_area[i] == styles[0].code)
            content.foremost.push_back(typographic(areas.names()[i]));
    }
    content.foremost_words = "is above both cuts";
    if (!rate_cut.empty() && !change_cut.empty()) {
        const bool own = meta.cuts == "total" && !meta.whole.empty();
        content.in_short =
            (own ? typographic(meta.whole) : "Cuts") + ": rate " + rate_cut + ", change " + change_cut;
    }
    content.value_words = "rate of " + subject + " and its change";
    content.period = periods_words(meta);
    return content;
}

Figure quadrant_map(const Table& table, const AreaSet& areas, const MapOptions& options,
                    const TextMeasure& measure) {
    return draw_map(quadrant_content(table, areas, options), project_for_map(areas), options, measure);
}

}  // namespace wardmap
