#include "wardmap/figure/choropleth.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/legend.hpp"
#include "wardmap/figure/map_contents.hpp"
#include "wardmap/figure/map_words.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t deciles = 10;

/// The classes of a map: colours and words, lowest first.
struct Classes {
    std::vector<FigureClass> list{};
    std::vector<int> of_area{};  ///< index into list; -1: none
    std::vector<double> ticks{};
    int decimals = 0;
    std::string note{};
    bool ramp = false;
    std::optional<double> gvf{};
};

bool drawn_low_dark(const MapOptions& options, const ValueWords& words) {
    if (options.dark == DarkEnd::automatic) return words.kind == ValueKind::decile;
    return options.dark == DarkEnd::low;
}

std::string palette_name(const MapOptions& options, bool two_sided) {
    if (options.figure.theme == Theme::mono) return "Greys";
    if (!options.palette.empty()) return options.palette;
    return two_sided ? "PuOr" : "Blues";
}

std::vector<Color> ramp(const MapOptions& options, std::size_t k, bool low_dark) {
    std::vector<Color> colors = palette_colors(palette_name(options, false), std::max<std::size_t>(k, 2));
    colors.resize(k);
    if (low_dark) {
        colors = palette_colors(palette_name(options, false), std::max<std::size_t>(k, 2));
        std::reverse(colors.begin(), colors.end());
        colors.resize(k);
    }
    return colors;
}

/// Ten classes [1, 2), [2, 3) ... [10, 10], whatever the data hold.
Classes decile_classes(std::span<const double> values, const ValueWords& words, const MapOptions& options,
                       const TableMeta& meta) {
    Classes out;
    out.ramp = true;
    const std::vector<Color> colors = ramp(options, deciles, drawn_low_dark(options, words));
    for (std::size_t d = 1; d <= deciles; ++d) {
        const double low = static_cast<double>(d);
        std::string label = std::to_string(d);
        if (words.decimals > 0 && d < deciles) {
            label += " to " + with_thousands(low + 1 - std::pow(10.0, -words.decimals), words.decimals);
        }
        out.list.push_back({std::move(label), colors[d - 1], 0, low, d < deciles ? low + 1 : low});
    }
    for (const double v : values) {
        if (!std::isfinite(v) || v < 0.5 || v > deciles + 0.5) {
            out.of_area.push_back(-1);
            continue;
        }
        // The class of the number as printed, so that a label never contradicts its colour.
        const double printed = round_half_away(v, words.decimals);
        const int place =
            std::clamp(static_cast<int>(std::floor(printed + 1e-9)), 1, static_cast<int>(deciles)) - 1;
        out.of_area.push_back(place);
        ++out.list[static_cast<std::size_t>(place)].count;
    }
    if (words.decimals > 0) {
        out.note =
            "Colours go by whole deciles: 1.0 to 1.9, 2.0 to 2.9 and so on. 1 is the most deprived tenth of "
            "small "
            "areas in England; a mean of small areas has no official decile.";
    } else {
        out.note = "1 is the most deprived tenth of small areas in England; a " +
                   (meta.area_noun.empty() ? "area" : meta.area_noun) + " has no official decile.";
    }
    return out;
}

std::vector<double> inner(const ClassBreaks& breaks) {
    if (breaks.breaks.size() < 3) return {};
    return {breaks.breaks.begin() + 1, breaks.breaks.end() - 1};
}

/// Edges for values below and above nothing, meeting at 0.
std::vector<double> two_sided_edges(std::span<const double> values, std::size_t k) {
    std::vector<double> down;
    std::vector<double> up;
    for (const double v : values) {
        if (std::isfinite(v) && v < 0) down.push_back(v);
        if (std::isfinite(v) && v >= 0) up.push_back(v);
    }
    ClassOptions half;
    half.round = RoundBreaks::yes;
    const auto share = [&](std::size_t n) {
        const double s = static_cast<double>(n) / static_cast<double>(down.size() + up.size());
        return static_cast<std::size_t>(
            std::clamp(std::lround(s * static_cast<double>(k)), 1L, static_cast<long>(k) - 1));
    };
    half.k = share(down.size());
    std::vector<double> edges = inner(class_breaks(down, half));
    edges.push_back(0);
    half.k = share(up.size());
    const std::vector<double> above = inner(class_breaks(up, half));
    edges.insert(edges.end(), above.begin(), above.end());
    return edges;
}

/// "0.97": never rounded up to a fit that is not there.
std::string two_decimals_down(double share) {
    return with_thousands(std::floor(share * 100 + 1e-9) / 100, 2);
}

/// "Class limits are natural breaks, rounded so that no ward changes class; goodness of fit 0.97 of 1."
/// \param shared  the classes are those of several maps, which the fit of one says little of
std::string scheme_note(const ClassBreaks& breaks, const TableMeta& meta, bool two_sided, bool by_hand,
                        bool shared) {
    if (breaks.k < 2) return {};
    const std::string noun = meta.area_noun.empty() ? "area" : meta.area_noun;
    if (two_sided)
        return "Classes meet at no change; the others are natural breaks, rounded so that no " + noun +
               " changes class.";
    std::string name;
    switch (breaks.scheme) {
        case Scheme::natural:
            name = "natural breaks";
            break;
        case Scheme::quantile:
            name = "quantiles, about as many " + noun + "s in each";
            break;
        case Scheme::equal:
            name = "equal steps";
            break;
        case Scheme::pretty:
            name = "round, equal steps";
            break;
        case Scheme::sd:
            name = "one and two standard deviations from the mean";
            break;
        case Scheme::headtail:
            name = "head and tail breaks";
            break;
        case Scheme::fixed:
            break;
    }
    if (by_hand || name.empty()) return "Class limits were set by hand.";
    const std::string fit = shared ? std::string() : "; goodness of fit " + two_decimals_down(breaks.gvf);
    return "Class limits are " + name +
           (breaks.rounded ? ", rounded so that no " + noun + " changes class" : "") + fit + ".";
}

/// "−20 to −1" -> "−20% to −1%".
std::string with_suffix(const std::string& label, const std::string& suffix) {
    if (suffix.empty()) return label;
    std::string out;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < label.size(); ++i) {
        out += label[i];
        const bool goes_on = i + 1 < label.size() &&
                             (is_digit(label[i + 1]) || ((label[i + 1] == '.' || label[i + 1] == ',') &&
                                                         i + 2 < label.size() && is_digit(label[i + 2])));
        if (is_digit(label[i]) && !goes_on) out += suffix;
    }
    return out;
}

/// Whether the values go up and down, and whether any is zero.
struct Signs {
    bool negative = false;
    bool positive = false;
    bool zero = false;
    bool both() const { return negative && positive; }
};

Signs signs_of(std::span<const double> values) {
    Signs out;
    for (const double v : values) {
        out.negative = out.negative || v < 0;
        out.positive = out.positive || v > 0;
        out.zero = out.zero || v == 0;
    }
    return out;
}

/// Classes that meet at 0 without anybody having asked for other ones.
bool are_two_sided(std::span<const double> values, const MapOptions& options) {
    if (options.scheme || !options.breaks.empty()) return false;
    if (!options.classes) return signs_of(values).both();
    const std::vector<double>& edges = options.classes->breaks;
    return edges.size() > 2 && edges.front() < 0 && edges.back() > 0 &&
           std::find(edges.begin(), edges.end(), 0.0) != edges.end();
}

Classes value_classes(std::span<const double> values, std::size_t area_count, const ValueWords& words,
                      const MapOptions& options, const TableMeta& meta) {
    const bool two_sided = are_two_sided(values, options);
    const ClassBreaks breaks = options.classes ? same_classes(*options.classes, values)
                                               : map_classes(values, area_count, words.kind, options);

    Classes out;
    out.decimals = breaks.decimals;
    out.of_area = breaks.codes;
    out.ticks = inner(breaks);
    out.note = scheme_note(breaks, meta, two_sided, !options.breaks.empty(), options.classes.has_value());
    if (breaks.k > 1) out.gvf = breaks.gvf;
    const std::size_t n = breaks.counts.size();
    std::vector<Color> colors;
    const bool diverging = palette_kind(palette_name(options, two_sided)) == PaletteKind::diverging;
    const std::size_t offset = breaks.has_zero_class ? 1 : 0;
    if (diverging && !breaks.breaks.empty()) {
        // As many steps on each side, so that equal darkness means equal distance in classes from 0.
        std::size_t below = 0;
        for (std::size_t c = 0; c + 1 < breaks.breaks.size(); ++c) below += breaks.breaks[c + 1] <= 0 ? 1 : 0;
        const std::size_t above = breaks.k - below;
        const std::size_t side = std::max<std::size_t>({below, above, 1});
        const std::vector<Color> both = palette_colors(palette_name(options, true), 2 * side);
        for (std::size_t c = 0; c < breaks.k; ++c) colors.push_back(both[side - below + c]);
    } else {
        colors = ramp(options, n, drawn_low_dark(options, words));
    }
    for (std::size_t c = 0; c < n; ++c) {
        FigureClass one;
        one.label = with_suffix(breaks.labels[c], words.suffix);
        one.color = c < colors.size() ? colors[c] : ink_suppressed;
        one.count = breaks.counts[c];
        if (breaks.has_zero_class && c == 0) {
            one.lower = 0;
            one.upper = 0;
        } else if (c - offset + 1 < breaks.breaks.size()) {
            one.lower = breaks.breaks[c - offset];
            one.upper = breaks.breaks[c - offset + 1];
        }
        out.list.push_back(std::move(one));
    }
    return out;
}

LegendStrip strip_of(const MapValues& values, const AreaSet& areas, const Classes& classes,
                     const ValueWords& words, const TableMeta& meta) {
    LegendStrip strip;
    for (std::size_t i = 0; i < values.values.size(); ++i) {
        if (!std::isfinite(values.values[i]) || classes.of_area[i] < 0) continue;
        strip.values.push_back(values.values[i]);
        strip.colors.push_back(classes.list[static_cast<std::size_t>(classes.of_area[i])].color);
        strip.codes.push_back(areas.codes()[i]);
    }
    strip.ticks = classes.ticks;
    strip.decimals = classes.decimals;
    strip.suffix = words.suffix;
    strip.noun = meta.area_noun.empty() ? "area" : meta.area_noun;
    if (values.total && (words.kind == ValueKind::rate || words.kind == ValueKind::change)) {
        strip.reference = values.total;
        strip.reference_text = (meta.whole.empty() ? std::string("All") : typographic(meta.whole)) + " " +
                               words.of(*values.total);
    }
    return strip;
}

}  // namespace

ClassBreaks map_classes(std::span<const double> values, std::size_t area_count, ValueKind kind,
                        const MapOptions& options) {
    ClassOptions chosen;
    chosen.k = options.k ? *options.k : map_class_count(area_count);
    chosen.scheme = options.breaks.empty() ? options.scheme.value_or(Scheme::natural) : Scheme::fixed;
    chosen.edges = options.breaks;
    chosen.round = options.round_breaks;
    const Signs signs = signs_of(values);
    if (signs.zero && signs.positive && !signs.negative && kind != ValueKind::decile &&
        options.breaks.empty())
        chosen.zero = ZeroClass::yes;
    if (signs.both() && !options.scheme && options.breaks.empty()) {
        chosen.scheme = Scheme::fixed;
        chosen.edges = two_sided_edges(values, std::max<std::size_t>(chosen.k, 2));
        chosen.round = RoundBreaks::yes;
    }
    return class_breaks(values, chosen);
}

bool has_fixed_deciles(ValueKind kind, const MapOptions& options) {
    return kind == ValueKind::decile && !options.scheme && options.breaks.empty() && !options.classes &&
           !options.k;
}

MapContent choropleth_content(const Table& table, const AreaSet& areas, const MapOptions& options) {
    const std::string column_name = options.value.empty() ? "rate" : options.value;
    Problems problems;
    const Column column = read_numbers(table, column_name, problems);
    const AreaRows rows = rows_of_areas(table, areas);
    const TableMeta meta = map_meta(table, areas);

    MapValues values;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto row = rows.row_of[i];
        values.names.push_back(areas.names()[i]);
        const bool known =
            row && column.state(*row) == CellState::value && std::isfinite(column.number(*row));
        values.values.push_back(known ? column.number(*row) : nan);
        values.states.push_back(known                                            ? CellState::value
                                : !row || column.state(*row) == CellState::value ? CellState::missing
                                                                                 : column.state(*row));
    }
    if (rows.total && column.state(*rows.total) == CellState::value)
        values.total = column.number(*rows.total);
    const ValueWords words = value_words(meta, column, values.values, options);
    const Classes classes = has_fixed_deciles(words.kind, options)
                                ? decile_classes(values.values, words, options, meta)
                                : value_classes(values.values, areas.size(), words, options, meta);

    const TypeSizes sizes = type_sizes(options.figure.theme);
    MapContent content;
    bool any_small = false;
    // As in the ward table: a rate is as sure as the count that it is made of, a change as the smaller of
    // two.
    std::optional<Column> counted;
    if (column_name == "rate" && table.find("count_after") != nullptr)
        counted = read_numbers(table, "count_after", problems);
    const auto is_small = [&](std::size_t row) {
        if (!counted) return has_flag(table, row, "small");
        return counted->state(row) == CellState::value && counted->number(row) < small_count;
    };
    for (std::size_t i = 0; i < areas.size(); ++i) {
        MapMark area;
        const int place = classes.of_area[i];
        const CellState state = place >= 0                             ? CellState::value
                                : values.states[i] == CellState::value ? CellState::missing
                                                                       : values.states[i];
        area.fill =
            place >= 0 ? Fill{classes.list[static_cast<std::size_t>(place)].color, {}} : state_fill(state);
        area.ink = ink_on(area.fill.color);
        if (area.fill.hatch)
            area.halo = ink_white;
        else if (options.overlay)
            area.halo = area.fill.color;
        area.label = name_request(areas.names()[i], options);
        std::string text;
        if (state == CellState::value)
            text = words.of(values.values[i]);
        else if (state == CellState::suppressed)
            text = "[c]";
        else if (state == CellState::not_applicable)
            text = "[z]";
        const bool shows_value =
            options.labels == AreaLabels::name_and_value || options.labels == AreaLabels::value;
        const bool small = state == CellState::value && rows.row_of[i] && is_small(*rows.row_of[i]);
        any_small = any_small || (small && shows_value);
        if (shows_value && !text.empty())
            area.label.below.push_back({text, regular(sizes.value), 0, small ? "[u]" : ""});
        area.spoken =
            areas.names()[i] + ": " +
            (state == CellState::value ? words.of(values.values[i]) + (small ? ", low reliability" : "")
                                       : state_words(state));
        content.marks.push_back(std::move(area));
    }

    TableMeta subtitle_meta = meta;
    subtitle_meta.measure = words.words;
    content.texts.kind = "choropleth";
    content.texts.title = map_title(values, words, meta);
    content.texts.subtitle = measure_line(subtitle_meta, words.period);
    content.texts.alt = map_alt(values, words, meta, "Map");
    content.texts.description = map_description(values, words, meta);
    for (std::string note :
         {rate_note(words, meta), classes.note,
          any_small ? small_note(meta, counted ? SmallCount::later : SmallCount::either) : std::string(),
          suppressed_note(values.states, meta)}) {
        if (!note.empty()) content.texts.notes.push_back(std::move(note));
    }
    std::vector<CellState> states = values.states;
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states[i] == CellState::value && classes.of_area[i] < 0) states[i] = CellState::missing;
    }
    if (classes.ramp) {
        RampLegend key;
        key.title = words.legend;
        key.noun = meta.area_noun.empty() ? "area" : meta.area_noun;
        for (std::size_t c = 0; c < classes.list.size(); ++c) {
            key.colors.push_back(classes.list[c].color);
            key.counts.push_back(classes.list[c].count);
            key.figures.push_back(std::to_string(c + 1));
        }
        key.first_end = "Most deprived";
        key.last_end = "Least deprived";
        key.entries = state_entries(states, meta, options);
        content.key = std::move(key);
    } else {
        ClassLegend key;
        key.title = words.legend;
        for (std::size_t c = classes.list.size(); c-- > 0;) {
            key.entries.push_back({{classes.list[c].color, {}},
                                   classes.list[c].label,
                                   counted_areas(meta, classes.list[c].count)});
        }
        const std::vector<LegendEntry> gaps = state_entries(states, meta, options);
        key.entries.insert(key.entries.end(), gaps.begin(), gaps.end());
        LegendStrip strip = strip_of(values, areas, classes, words, meta);
        if (strip.values.size() > 1) key.strip = std::move(strip);
        content.key = std::move(key);
    }

    std::vector<std::string> codes;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        codes.push_back(areas.codes()[i]);
        names.push_back(areas.names()[i]);
        const int place = classes.of_area[i];
        content.class_of_area.push_back(place >= 0 ? classes.list[static_cast<std::size_t>(place)].label
                                                   : state_words(states[i]));
    }
    content.classes = classes.list;
    content.data =
        Table({Column::text("area_code", std::move(codes)), Column::text("area_name", std::move(names)),
               Column::numbers(column.name() == "area_code" ? "value" : column.name(), values.values,
                               values.states, column.unit())},
              meta);
    content.log.insert(content.log.end(), rows.log.begin(), rows.log.end());
    content.facts = map_facts(rows);
    for (const Problem& problem : problems.all()) content.log.push_back(column_name + ": " + problem.message);
    content.meta = meta;
    content.goodness_of_fit = classes.gvf;
    const MapInShort in_short = map_in_short(values, words, meta);
    content.in_short = in_short.text;
    const auto used = std::count_if(classes.list.begin(), classes.list.end(),
                                    [](const FigureClass& one) { return one.count > 0; });
    if (used == 1 && classes.list.size() > 1 && !in_short.foremost.empty()) {
        // On a scale of several maps: one colour throughout is a finding, not a fault.
        const auto one = std::find_if(classes.list.begin(), classes.list.end(),
                                      [](const FigureClass& c) { return c.count > 0; });
        content.in_short += "; all " + one->label;
    }
    content.foremost = in_short.foremost;
    content.foremost_words = in_short.foremost_words;
    content.value_words = words.words;
    content.period = words.period;
    content.facts.shades_counts = words.kind == ValueKind::count;
    content.facts.shows_rates = words.kind == ValueKind::rate || words.kind == ValueKind::change;
    content.facts.marks_small = any_small;
    content.facts.says_events =
        meta.unit.empty() && (content.facts.shades_counts || content.facts.shows_rates);
    if (content.facts.shades_counts) {
        content.log.push_back(
            "counts are shaded: large areas look important for their size; circles suit counts better");
    }
    return content;
}

Figure choropleth(const Table& table, const AreaSet& areas, const MapOptions& options,
                  const TextMeasure& measure) {
    return draw_map(choropleth_content(table, areas, options), project_for_map(areas), options, measure);
}

}  // namespace wardmap
