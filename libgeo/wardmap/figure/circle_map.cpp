#include "wardmap/figure/circle_map.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/legend.hpp"
#include "wardmap/figure/map_contents.hpp"
#include "wardmap/figure/map_words.hpp"
#include "wardmap/figure/month_words.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double largest_at_full_slot_mm = 12;
constexpr double none_mark_mm = 2.4;
constexpr double least_circle_mm = 1.0;
constexpr Color paper{0xee, 0xec, 0xe8, 1};  ///< of areas under circles; white borders show on it

/// 12 mm at a full slot's map, less on small maps and where there are very many areas.
double largest_diameter(const ProjectedAreas& projected, const MapRoom& room) {
    if (room.largest_circle_mm > 0) return room.largest_circle_mm;
    const Box box = projected.areas.box();
    const double aspect = box.width() > 0 ? box.height() / box.width() : 1;
    const double width = std::min(room.width_mm, room.height_mm / std::max(aspect, 0.05));
    const double grown = std::sqrt(width * width * aspect / (159.0 * 138.0));
    const double many =
        std::sqrt(60.0 / static_cast<double>(std::max<std::size_t>(60, projected.areas.size())));
    return largest_at_full_slot_mm * std::clamp(grown, 0.45, 1.6) * std::max(many, 0.4);
}

/// Whole 1, 2, 2.5 or 5 times a power of ten, nearest to `value`.
double nearest_round(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    double best = power;
    for (const double step : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        const double v = step * power;
        if (v == std::floor(v) && std::abs(std::log(v / value)) < std::abs(std::log(best / value))) best = v;
    }
    return best;
}

/// Three round sizes, largest first, the largest not above the largest count.
std::vector<double> legend_sizes(double largest) {
    std::vector<double> out;
    if (largest < 1) return out;
    double big = nearest_round(largest);
    if (big > largest) {
        const double power = std::pow(10.0, std::floor(std::log10(largest)));
        for (const double step : {1.0, 2.0, 2.5, 5.0}) {
            if (step * power <= largest && step * power == std::floor(step * power)) big = step * power;
        }
    }
    for (const double v :
         {big, nearest_round(std::max(1.0, big / 4)), nearest_round(std::max(1.0, big / 20))}) {
        if (out.empty() || v < out.back()) out.push_back(v);
    }
    return out;
}

}  // namespace

MapContent circle_content(const Table& table, const ProjectedAreas& projected, const MapOptions& options,
                          const MapRoom& room) {
    const AreaSet& areas = projected.areas;
    const std::string column_name = options.value.empty() ? "count_after" : options.value;
    Problems problems;
    const Column column = read_numbers(table, column_name, problems);
    const AreaRows rows = rows_of_areas(table, areas);
    const TableMeta meta = map_meta(table, areas);

    MapValues values;
    double largest = 0;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto row = rows.row_of[i];
        values.names.push_back(areas.names()[i]);
        const bool known =
            row && column.state(*row) == CellState::value && std::isfinite(column.number(*row));
        values.values.push_back(known ? column.number(*row) : nan);
        values.states.push_back(known                                            ? CellState::value
                                : !row || column.state(*row) == CellState::value ? CellState::missing
                                                                                 : column.state(*row));
        if (known && column.number(*row) < 0) {
            throw InputError(areas.names()[i] + " has " + with_thousands(column.number(*row), 0) +
                                 ", and no circle has less than nothing",
                             table.where(*row, column_name), "draw this column with --kind choropleth");
        }
        if (known) largest = std::max(largest, column.number(*row));
    }
    if (rows.total && column.state(*rows.total) == CellState::value)
        values.total = column.number(*rows.total);
    ValueWords words = value_words(meta, column, values.values, options);
    if (words.kind == ValueKind::other) {
        // Circles are for counts: a column of no other known kind is one.
        words.kind = ValueKind::count;
        if (options.legend_title.empty() && !meta.unit.empty()) words.legend = sentence_case(meta.unit);
    }

    const double full = std::max(largest, options.largest.value_or(0));
    const double mm_per_root = full > 0 ? largest_diameter(projected, room) / std::sqrt(full) : 0;
    const auto diameter = [mm_per_root](double count) {
        return std::max(least_circle_mm, mm_per_root * std::sqrt(count));
    };
    const bool mono = options.figure.theme == Theme::mono;
    Fill circle_fill{mono ? Color{0x40, 0x40, 0x40, 0.75} : Color{0x80, 0x16, 0x50, 0.75}, {}};
    if (!options.palette.empty()) {
        circle_fill.color = palette_colors(options.palette, 1).front();
        circle_fill.color.opacity = 0.75;
    }

    const TypeSizes sizes = type_sizes(options.figure.theme);
    MapContent content;
    std::size_t none = 0;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        MapMark area;
        const CellState state = values.states[i];
        area.fill = state == CellState::value ? Fill{paper, {}} : state_fill(state);
        area.halo = area.fill.color;
        area.label = name_request(areas.names()[i], options);
        std::string text;
        if (state == CellState::value) {
            text = words.of(values.values[i]);
            area.label.symbol_mm = values.values[i] > 0 ? diameter(values.values[i]) : none_mark_mm;
            none += values.values[i] == 0;
        } else if (state == CellState::suppressed) {
            text = "[c]";
        } else if (state == CellState::not_applicable) {
            text = "[z]";
        }
        const bool shows_value =
            options.labels == AreaLabels::name_and_value || options.labels == AreaLabels::value;
        if (shows_value && !text.empty()) area.label.below.push_back({text, regular(sizes.value), 0, {}});
        area.spoken =
            areas.names()[i] + ": " +
            (state == CellState::value ? (meta.unit.empty() ? words.of(values.values[i])
                                                            : counted_unit(values.values[i], meta.unit))
                                       : state_words(state));
        content.marks.push_back(std::move(area));
    }
    content.draw_symbol = [values, diameter, circle_fill](Group& into, std::size_t i,
                                                          const AreaLabel& label) {
        if (values.states[i] != CellState::value) return;
        if (values.values[i] == 0) {
            draw_none_mark(into, label.symbol.x, label.symbol.y);
            return;
        }
        into.children.push_back(
            node(Shape{CircleShape{label.symbol.x, label.symbol.y, diameter(values.values[i]) / 2},
                       circle_fill, Stroke{ink_white, 0.25, {}}}));
    };

    const std::string unit = meta.unit.empty() ? std::string("the count") : meta.unit;
    content.texts.kind = "circles";
    content.texts.title = map_title(values, words, meta);
    TableMeta subtitle_meta = meta;
    subtitle_meta.measure =
        words.words + (meta.unit.empty() || words.words.find(meta.unit) != std::string::npos
                           ? ""
                           : ": number of " + meta.unit);
    content.texts.subtitle = measure_line(subtitle_meta, words.period);
    content.texts.alt = map_alt(values, words, meta, "Circle map");
    content.texts.description = map_description(values, words, meta);
    content.texts.notes.push_back(
        "Circles, not shading: a large " + areas_word(meta, 1) +
        " would look important for its size alone. A circle’s surface is in proportion to " +
        (meta.unit.empty() ? unit : "the number of " + unit) + "; more people live or meet in some " +
        areas_word(meta) + ", so counts are not rates.");
    if (const std::string note = suppressed_note(values.states, meta); !note.empty())
        content.texts.notes.push_back(note);
    CircleLegend key;
    key.title = words.legend;
    key.values = legend_sizes(full);
    key.mm_per_root = mm_per_root;
    key.fill = circle_fill;
    if (none > 0) key.none_label = "none: " + counted_areas(meta, none);
    key.entries = state_entries(values.states, meta, options);
    content.key = std::move(key);

    std::vector<std::string> codes;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        codes.push_back(areas.codes()[i]);
        names.push_back(areas.names()[i]);
        content.class_of_area.push_back(values.states[i] != CellState::value ? state_words(values.states[i])
                                        : values.values[i] == 0              ? "none"
                                                                             : "circle");
    }
    content.data =
        Table({Column::text("area_code", std::move(codes)), Column::text("area_name", std::move(names)),
               Column::numbers(column.name() == "area_code" ? "value" : column.name(), values.values,
                               values.states, column.unit())},
              meta);
    content.log.insert(content.log.end(), rows.log.begin(), rows.log.end());
    content.facts = map_facts(rows);
    for (const Problem& problem : problems.all()) content.log.push_back(column_name + ": " + problem.message);
    content.meta = meta;
    const MapInShort in_short = map_in_short(values, words, meta);
    content.in_short = in_short.text;
    content.foremost = in_short.foremost;
    content.foremost_words = in_short.foremost_words;
    content.value_words = words.words;
    content.period = words.period;
    content.facts.circles_of_rates = words.kind == ValueKind::rate;
    if (content.facts.circles_of_rates)
        content.log.push_back("rates are drawn as circles: shading (choropleth) suits rates better");
    return content;
}

Figure circle_map(const Table& table, const AreaSet& areas, const MapOptions& options,
                  const TextMeasure& measure) {
    const ProjectedAreas projected = project_for_map(areas);
    const SlotSize slot = slot_size(options.figure.slot);
    return draw_map(circle_content(table, projected, options, {slot.width_mm, 0.75 * slot.most_height_mm, 0}),
                    projected, options, measure);
}

}  // namespace wardmap
