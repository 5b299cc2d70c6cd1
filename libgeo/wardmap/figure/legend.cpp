#include "wardmap/figure/legend.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <type_traits>

namespace wardmap {
namespace {

constexpr double gap_mm = 1.0;
constexpr double pale_contrast = 3.0;
constexpr double swatch_gap_mm = 2.0;
constexpr Color ink_state_line{0x8a, 0x8a, 0x8a, 1};

/// Sizes of a key, grown with the type of the theme.
struct Sizes {
    double text = 9;    ///< points
    double small = 8;   ///< points
    double row = 4.75;  ///< from one entry to the next
    double swatch_width = 6;
    double swatch_height = 3.8;
};

Sizes sizes_of(Theme theme) {
    const TypeSizes type = type_sizes(theme);
    const double grown = type.label / 9;
    return {type.label, type.note, 4.75 * grown, 6 * grown, 3.8 * grown};
}

Stroke hairline() {
    return {ink_base, grid_line_mm, {}};
}

bool needs_hairline(const Fill& fill) {
    return fill.hatch.has_value() || contrast(fill.color, ink_white) < pale_contrast;
}

void add_swatch(Group& into, double x, double y, double width, double height, const Fill& fill) {
    Shape shape{RectShape{x, y, width, height}, fill, {}};
    if (needs_hairline(fill)) shape.stroke = hairline();
    into.children.push_back(node(std::move(shape)));
}

/// Draws entries below each other; counts stand right-aligned in a column of their own.
double add_entries(Group& into, const std::vector<LegendEntry>& entries, const Sizes& sizes,
                   double most_width, double y, double& width, const TextMeasure& measure) {
    if (entries.empty()) return y;
    const TextStyle style = regular(sizes.text);
    const double text_x = sizes.swatch_width + swatch_gap_mm;
    double label_width = 0;
    double count_width = 0;
    for (const LegendEntry& e : entries) {
        label_width = std::max(label_width, measure.width_mm(e.label, style));
        count_width = std::max(count_width, measure.width_mm(e.count, style));
    }
    const double count_gap = count_width > 0 ? 5 : 0;
    label_width = std::min(label_width, std::max(20.0, most_width - text_x - count_gap - count_width));
    const double right = text_x + label_width + count_gap + count_width;
    width = std::max(width, right);
    const double letters = cap_height * sizes.text * mm_per_pt;
    for (const LegendEntry& e : entries) {
        const std::vector<std::string> lines = wrap_text(e.label, style, label_width + 0.01, measure);
        add_swatch(into, 0, y, sizes.swatch_width, sizes.swatch_height, e.fill);
        double base = y + (sizes.swatch_height + letters) / 2;
        if (!e.count.empty()) add_text(into, e.count, right, base, style, TextAnchor::end, ink_secondary);
        for (const std::string& line : lines) {
            add_text(into, line, text_x, base, style);
            base += line_pitch_mm(sizes.text);
        }
        y += sizes.row + static_cast<double>(lines.size() - 1) * line_pitch_mm(sizes.text);
    }
    return y;
}

double add_title(Group& into, const std::string& title, const Sizes& sizes, double most_width, double& width,
                 const TextMeasure& measure) {
    if (title.empty()) return 0;
    const TextBlock block =
        text_block(title, bold(sizes.text), ink_text, most_width, measure, Wrap::balanced);
    width = std::max(width, block.width_mm);
    return draw_block(into, block, 0, 0) + gap_mm;
}

double add_overlay_lines(Group& into, const std::vector<LegendLine>& lines, const Sizes& sizes,
                         double most_width, double y, double& width, const TextMeasure& measure) {
    const double text_x = sizes.swatch_width + swatch_gap_mm;
    for (const LegendLine& e : lines) {
        const double middle = y + sizes.swatch_height / 2;
        Path path;
        path.move_to(0, middle);
        path.line_to(sizes.swatch_width, middle);
        switch (e.look) {
            case LineLook::overlay:
                draw_overlay_line(into, path, OverlayLook::dashed);
                break;
            case LineLook::overlay_solid:
                draw_overlay_line(into, path, OverlayLook::solid);
                break;
            case LineLook::outline:
                draw_outline_line(into, path);
                break;
            case LineLook::spot:
            case LineLook::ring:
                draw_spot(into, sizes.swatch_width / 2, middle, e.look == LineLook::spot);
                break;
        }
        const TextBlock block =
            text_block(e.label, regular(sizes.text), ink_text, most_width - text_x, measure);
        const double letters = cap_height * sizes.text * mm_per_pt;
        const double offset = (sizes.swatch_height + letters) / 2 - base_line_offset_mm(block.style);
        draw_block(into, block, text_x, y + offset);
        width = std::max(width, text_x + block.width_mm);
        y += std::max(sizes.row, block.height_mm() + 0.5);
    }
    return y;
}

/// 1, 2 or 5 times a power of ten, at least `value`.
double nice_at_least(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (step * power >= value * (1 - 1e-9)) return step * power;
    }
    return 10 * power;
}

struct Squares {
    double pitch = 2.35;
    double bin = 1;
    double from = 0;
    std::size_t bins = 1;
    std::vector<std::vector<std::size_t>> stacks{};
    std::size_t tallest = 0;
};

Squares stack_squares(const LegendStrip& strip, double width) {
    constexpr double most_height = 15;
    constexpr double least_pitch = 0.5;
    const auto [low, high] = std::minmax_element(strip.values.begin(), strip.values.end());
    double first = *low;
    double last = *high;
    if (strip.reference) {
        first = std::min(first, *strip.reference);
        last = std::max(last, *strip.reference);
    }
    if (first >= 0 && first < 0.5 * last) first = 0;
    const double range = last > first ? last - first : std::max(std::abs(last), 1.0) * 0.1;
    std::vector<std::size_t> order(strip.values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return strip.values[a] < strip.values[b]; });

    Squares out;
    for (double pitch = 2.35;; pitch *= 0.92) {
        out.pitch = pitch;
        const double room = std::max(4.0, std::floor(width / pitch));
        out.bin = nice_at_least(range / (room - 2));
        out.from = std::floor(first / out.bin + 1e-9) * out.bin;
        out.bins = static_cast<std::size_t>(std::floor((last - out.from) / out.bin + 1e-9)) + 1;
        out.stacks.assign(out.bins, {});
        out.tallest = 0;
        for (const std::size_t i : order) {
            const double place = std::floor((strip.values[i] - out.from) / out.bin + 1e-9);
            const auto b = std::min(out.bins - 1, static_cast<std::size_t>(std::max(0.0, place)));
            out.stacks[b].push_back(i);
            out.tallest = std::max(out.tallest, out.stacks[b].size());
        }
        if (static_cast<double>(out.tallest) * pitch <= most_height || pitch * 0.92 < least_pitch) break;
    }
    return out;
}

double add_strip(Group& into, const LegendStrip& strip, const Sizes& sizes, double width, double y,
                 double& used, const TextMeasure& measure) {
    const Squares squares = stack_squares(strip, width);
    const double unit = std::max(squares.pitch, width / static_cast<double>(squares.bins));
    const double scale = squares.bins > 0 ? std::min(unit, squares.pitch * 1.6) : squares.pitch;
    const double side = squares.pitch * 0.9;
    const auto place = [&](double v) { return (v - squares.from) / squares.bin * scale; };
    const TextStyle small = regular(sizes.small);
    const double letters = cap_height * sizes.small * mm_per_pt;
    const double stack_height = static_cast<double>(squares.tallest) * squares.pitch;
    const double axis_length = std::max(width, static_cast<double>(squares.bins) * scale);

    used = std::max(used, axis_length);
    // The words "One square: one ward" stand over the right end where no stack reaches that high, else under
    // the axis.
    const std::string caption = "One square: one " + strip.noun;
    const double caption_width = measure.width_mm(caption, small);
    const double head = strip.reference ? letters + 1.2 : 0;
    std::size_t right_tallest = 0;
    for (std::size_t b = 0; b < squares.bins; ++b) {
        if ((static_cast<double>(b) + 1) * scale > axis_length - caption_width - 1) {
            right_tallest = std::max(right_tallest, squares.stacks[b].size());
        }
    }
    const double reference_x = strip.reference ? place(*strip.reference) : 0;
    const double free_over_right = stack_height - static_cast<double>(right_tallest) * squares.pitch;
    const bool line_in_way = strip.reference && reference_x > axis_length - caption_width - 1;
    const bool caption_above = free_over_right >= letters + 1 && !line_in_way;

    const double base = y + head + std::max(stack_height, squares.pitch) + 0.6;
    for (std::size_t b = 0; b < squares.bins; ++b) {
        for (std::size_t i = 0; i < squares.stacks[b].size(); ++i) {
            const Color color = strip.colors[squares.stacks[b][i]];
            Shape shape{
                RectShape{static_cast<double>(b) * scale + (scale - side) / 2,
                          base - 0.45 - static_cast<double>(i + 1) * squares.pitch + (squares.pitch - side),
                          side, side},
                Fill{color, {}},
                {}};
            if (contrast(color, ink_white) < pale_contrast) shape.stroke = Stroke{ink_base, 0.12, {}};
            if (strip.codes.empty()) {
                into.children.push_back(node(std::move(shape)));
                continue;
            }
            Group square;
            square.code = strip.codes[squares.stacks[b][i]];
            square.children.push_back(node(std::move(shape)));
            into.children.push_back(node(std::move(square)));
        }
    }
    add_line(into, 0, base, axis_length, base, base_stroke());
    if (strip.reference) {
        add_line(into, reference_x, y + 0.2, reference_x, base, reference_stroke());
        const double text_width = measure.width_mm(strip.reference_text, small);
        const bool fits_right = reference_x + 1 + text_width <= axis_length;
        add_text(into, strip.reference_text, reference_x + (fits_right ? 1 : -1), y + letters + 0.2, small,
                 fits_right ? TextAnchor::start : TextAnchor::end);
    }
    if (caption_above) {
        add_text(into, caption, axis_length, y + head + letters + 0.3, small, TextAnchor::end, ink_secondary);
    }

    // Ticks at the class edges; a number is left out where it would touch the one before.
    const double tick = 1.0;
    double text_end = -1e9;
    std::vector<double> ticks = strip.ticks;
    if (squares.from == 0 || ticks.empty()) ticks.insert(ticks.begin(), squares.from);
    for (const double t : ticks) {
        const double x = place(t);
        if (x < -0.01 || x > axis_length + 0.01) continue;
        add_line(into, x, base, x, base + tick, base_stroke());
        const std::string text = with_thousands(t, t == 0 ? 0 : strip.decimals) + strip.suffix;
        const double w = measure.width_mm(text, small);
        const double from = std::clamp(x - w / 2, 0.0, std::max(0.0, axis_length - w));
        if (from < text_end + 0.8) continue;
        add_text(into, text, from, base + tick + letters + 0.6, small, TextAnchor::start, ink_axis);
        text_end = from + w;
    }
    double bottom = base + tick + letters + 1.3;
    if (!caption_above) {
        bottom += letters + 0.7;
        add_text(into, caption, 0, bottom, small, TextAnchor::start, ink_secondary);
        bottom += 0.7;
    }
    return bottom;
}

Group legend_group() {
    Group group;
    group.role = Role::layer;
    group.id = "legend";
    group.label = "Key";
    return group;
}

}  // namespace

Fill state_fill(CellState state) {
    switch (state) {
        case CellState::suppressed:
            return {ink_suppressed, {}};
        case CellState::not_applicable:
            // Not plain and pale: so are the neighbours round the map.
            return {ink_white, Fill::Hatch{ink_state_line, 0.2, 2.2, 0}};
        case CellState::undefined:
            return {ink_white, Fill::Hatch{ink_base, 0.2, 1.5, 135}};
        case CellState::missing:
        case CellState::value:
            break;
    }
    return {ink_white, Fill::Hatch{ink_base, 0.2, 1.5, 45}};
}

std::string state_words(CellState state) {
    switch (state) {
        case CellState::suppressed:
            return "suppressed [c]";
        case CellState::not_applicable:
            return "not applicable [z]";
        case CellState::undefined:
            return "not calculated";
        case CellState::missing:
        case CellState::value:
            break;
    }
    return "no data";
}

LegendBlock class_legend(const ClassLegend& legend, Theme theme, double most_width_mm,
                         const TextMeasure& measure) {
    const Sizes sizes = sizes_of(theme);
    LegendBlock out;
    out.group = legend_group();
    double y = add_title(out.group, legend.title, sizes, most_width_mm, out.width_mm, measure);
    y = add_entries(out.group, legend.entries, sizes, most_width_mm, y, out.width_mm, measure);
    y = add_overlay_lines(out.group, legend.lines, sizes, most_width_mm, y, out.width_mm, measure);
    if (legend.strip && !legend.strip->values.empty()) {
        const double caption =
            measure.width_mm("One square: one " + legend.strip->noun, regular(sizes.small));
        const double width = std::max(caption, std::min(most_width_mm, std::max(out.width_mm, 62.0)));
        y = add_strip(out.group, *legend.strip, sizes, width, y + 1.2, out.width_mm, measure);
        out.width_mm = std::max(out.width_mm, width);
    }
    out.height_mm = y;
    return out;
}

LegendBlock ramp_legend(const RampLegend& legend, Theme theme, double most_width_mm,
                        const TextMeasure& measure) {
    const Sizes sizes = sizes_of(theme);
    LegendBlock out;
    out.group = legend_group();
    double y = add_title(out.group, legend.title, sizes, most_width_mm, out.width_mm, measure);
    const TextStyle text = regular(sizes.text);
    const TextStyle small = regular(sizes.small);
    const double letters = cap_height * sizes.text * mm_per_pt;
    const double small_letters = cap_height * sizes.small * mm_per_pt;
    const double n = static_cast<double>(std::max<std::size_t>(1, legend.colors.size()));
    const double box = std::min(6.2 * sizes.text / 9, most_width_mm / n);
    const double height = 5.2 * sizes.text / 9;

    y += small_letters;
    add_text(out.group, legend.first_end, 0, y, small);
    add_text(out.group, legend.last_end, box * n, y, small, TextAnchor::end);
    y += 1.2;
    for (std::size_t i = 0; i < legend.colors.size(); ++i) {
        const double x = box * static_cast<double>(i);
        add_swatch(out.group, x, y, box, height, {legend.colors[i], {}});
        add_text(out.group, legend.figures[i], x + box / 2, y + (height + letters) / 2, text,
                 TextAnchor::middle, ink_on(legend.colors[i]));
        if (legend.counts.empty()) continue;
        const std::string count =
            legend.counts[i] == 0 ? "\u2013" : with_thousands(static_cast<double>(legend.counts[i]), 0);
        add_text(out.group, count, x + box / 2, y + height + 1 + small_letters, small, TextAnchor::middle,
                 ink_secondary);
    }
    y += height;
    out.width_mm = std::max(out.width_mm, box * n);
    if (!legend.counts.empty()) {
        const std::string words = "Number of " + legend.noun + "s under each";
        y += 2 * (1 + small_letters);
        add_text(out.group, words, 0, y, small, TextAnchor::start, ink_secondary);
        out.width_mm = std::max(out.width_mm, measure.width_mm(words, small));
    }
    y += 1.8;
    y = add_entries(out.group, legend.entries, sizes, most_width_mm, y, out.width_mm, measure);
    out.height_mm =
        add_overlay_lines(out.group, legend.lines, sizes, most_width_mm, y, out.width_mm, measure);
    return out;
}

LegendBlock circle_legend(const CircleLegend& legend, Theme theme, double most_width_mm,
                          const TextMeasure& measure) {
    const Sizes sizes = sizes_of(theme);
    LegendBlock out;
    out.group = legend_group();
    double y = add_title(out.group, legend.title, sizes, most_width_mm, out.width_mm, measure);
    const TextStyle text = regular(sizes.text);
    const double letters = cap_height * sizes.text * mm_per_pt;
    if (!legend.values.empty()) {
        const double largest = legend.mm_per_root * std::sqrt(legend.values.front());
        const double bottom = y + std::max(largest, letters) + 0.6;
        const double middle = std::max(largest, sizes.swatch_width) / 2;
        const double text_x = std::max(2 * middle, sizes.swatch_width) + 5;
        // Numbers stand at the tops of their circles, spread where these are nearer than a line.
        std::vector<double> wanted;
        for (const double v : legend.values) wanted.push_back(bottom - legend.mm_per_root * std::sqrt(v));
        std::vector<double> lines = wanted;
        for (std::size_t i = 1; i < lines.size(); ++i)
            lines[i] = std::max(lines[i], lines[i - 1] + line_pitch_mm(sizes.text));
        double text_width = 0;
        // Opaque here: one circle within another must not look darker than on the map.
        Fill fill = legend.fill;
        const auto mixed = [&](std::uint8_t c) {
            return static_cast<std::uint8_t>(
                std::lround(c * fill.color.opacity + 255 * (1 - fill.color.opacity)));
        };
        fill.color = {mixed(fill.color.r), mixed(fill.color.g), mixed(fill.color.b), 1};
        for (std::size_t i = 0; i < legend.values.size(); ++i) {
            const double r = legend.mm_per_root * std::sqrt(legend.values[i]) / 2;
            out.group.children.push_back(
                node(Shape{CircleShape{middle, bottom - r, r}, fill, Stroke{ink_white, 0.25, {}}}));
        }
        for (std::size_t i = 0; i < legend.values.size(); ++i) {
            const std::string words = with_thousands(legend.values[i], 0);
            Path path;
            path.move_to(middle, wanted[i]);
            path.line_to(text_x - 2.6, wanted[i]);
            path.line_to(text_x - 0.8, lines[i]);
            out.group.children.push_back(node(Shape{std::move(path), {}, leader_stroke()}));
            add_text(out.group, words, text_x, lines[i] + letters / 2, text);
            text_width = std::max(text_width, measure.width_mm(words, text));
        }
        out.width_mm = std::max(out.width_mm, text_x + text_width);
        y = std::max(bottom, lines.back() + letters) + 1.8;
    }
    if (!legend.none_label.empty()) {
        draw_none_mark(out.group, sizes.swatch_width / 2, y + sizes.swatch_height / 2);
        add_text(out.group, legend.none_label, sizes.swatch_width + swatch_gap_mm,
                 y + (sizes.swatch_height + letters) / 2, text);
        out.width_mm = std::max(
            out.width_mm, sizes.swatch_width + swatch_gap_mm + measure.width_mm(legend.none_label, text));
        y += sizes.row;
    }
    y = add_entries(out.group, legend.entries, sizes, most_width_mm, y, out.width_mm, measure);
    out.height_mm =
        add_overlay_lines(out.group, legend.lines, sizes, most_width_mm, y, out.width_mm, measure);
    return out;
}

LegendBlock quadrant_legend(const QuadrantLegend& legend, Theme theme, double most_width_mm,
                            const TextMeasure& measure) {
    const Sizes sizes = sizes_of(theme);
    LegendBlock out;
    out.group = legend_group();
    Group& into = out.group;
    const TextStyle text = regular(sizes.text);
    const TextStyle small = regular(sizes.small);
    const TextStyle heavy = bold(sizes.small);
    const double letters = cap_height * sizes.text * mm_per_pt;
    const double small_letters = cap_height * sizes.small * mm_per_pt;
    const double pitch = line_pitch_mm(sizes.small);
    const auto styles = quadrant_styles(theme);

    double cell_width = 20 * sizes.text / 9;
    double count_width = 0;
    for (const std::string& count : legend.counts)
        count_width = std::max(count_width, measure.width_mm(count, text));
    const double marker = marker_size_mm * sizes.text / 9;
    for (const std::string& words : {legend.rate_low, legend.rate_high}) {
        cell_width = std::max(cell_width, measure.width_mm(words, small) + 3);
    }
    cell_width = std::max(cell_width, marker + 2 + count_width + 5);
    const double cell_height = 10.2 * sizes.text / 9;

    const std::vector<std::string> low = wrap_text(legend.change_low, small, 18, measure, Wrap::balanced);
    const std::vector<std::string> high = wrap_text(legend.change_high, small, 18, measure, Wrap::balanced);
    double rows_width = measure.width_mm(legend.change_title, heavy);
    for (const auto* lines : {&low, &high}) {
        for (const std::string& line : *lines)
            rows_width = std::max(rows_width, measure.width_mm(line, small));
    }
    const double x0 = rows_width + 2.2;
    const double width = x0 + 2 * cell_width + 0.4;

    double y = small_letters + 0.2;
    add_text(into, legend.rate_title, x0, y, heavy);
    y += pitch * 1.12;
    add_text(into, legend.change_title, rows_width, y, heavy, TextAnchor::end);
    add_text(into, legend.rate_low, x0 + cell_width / 2, y, small, TextAnchor::middle);
    add_text(into, legend.rate_high, x0 + cell_width * 1.5 + 0.4, y, small, TextAnchor::middle);
    y += 1.6;
    // quadrant_styles: high_faster, high_slower, low_faster, low_slower; drawn with faster above, low at the
    // left.
    constexpr std::array<std::size_t, 4> cell_style{2, 0, 3, 1};
    for (std::size_t cell = 0; cell < 4; ++cell) {
        const QuadrantStyle& style = styles[cell_style[cell]];
        const double x = x0 + (cell % 2 == 1 ? cell_width + 0.4 : 0);
        const double top = y + (cell / 2 == 1 ? cell_height + 0.4 : 0);
        add_rect(into, x, top, cell_width, cell_height, style.color);
        const Color ink = ink_on(style.color);
        const std::string& count = legend.counts[cell_style[cell]];
        const double w = marker + (count.empty() ? 0 : 2 + measure.width_mm(count, text));
        const double left = x + (cell_width - w) / 2;
        into.children.push_back(node(Shape{
            marker_path(style.shape, left + marker / 2, top + cell_height / 2, marker), Fill{ink, {}}, {}}));
        if (!count.empty()) {
            add_text(into, count, left + marker + 2, top + (cell_height + letters) / 2, text,
                     TextAnchor::start, ink);
        }
    }
    for (std::size_t row = 0; row < 2; ++row) {
        const auto& lines = row == 0 ? high : low;
        const double block = static_cast<double>(lines.size() - 1) * pitch + small_letters;
        double base =
            y + static_cast<double>(row) * (cell_height + 0.4) + (cell_height - block) / 2 + small_letters;
        for (const std::string& line : lines) {
            add_text(into, line, rows_width, base, small, TextAnchor::end);
            base += pitch;
        }
    }
    y += 2 * cell_height + 0.4 + 1.6;
    out.width_mm = width;
    for (const bool filled : {true, false}) {
        const std::string& words = filled ? legend.filled : legend.hollow;
        if (words.empty()) continue;
        const double cy = y + sizes.row * 0.45;
        const double line = 0.5;
        if (filled) {
            into.children.push_back(
                node(Shape{marker_path(MarkerShape::circle, x0 + marker / 2, cy, marker * 0.9),
                           Fill{ink_text, {}},
                           {}}));
        } else {
            into.children.push_back(
                node(Shape{marker_path(MarkerShape::circle, x0 + marker / 2, cy, marker * 0.9 - line),
                           {},
                           Stroke{ink_text, line, {}}}));
        }
        add_text(into, words, x0 + marker + 1.2, cy + small_letters / 2, small);
        out.width_mm = std::max(out.width_mm, x0 + marker + 1.2 + measure.width_mm(words, small));
        y += sizes.row * 0.92;
    }
    if (!legend.entries.empty() || !legend.lines.empty()) {
        Group below;
        below.dx = x0;
        double used = 0;
        double at = add_entries(below, legend.entries, sizes, most_width_mm - x0, y + 0.6, used, measure);
        at = add_overlay_lines(below, legend.lines, sizes, most_width_mm - x0, at, used, measure);
        into.children.push_back(node(std::move(below)));
        out.width_mm = std::max(out.width_mm, x0 + used);
        y = at;
    }
    out.height_mm = y;
    return out;
}

namespace {

/// Every entry that any key has, once, without numbers of areas.
template <typename Key>
std::vector<LegendEntry> all_entries(const std::vector<Key>& keys) {
    std::vector<LegendEntry> out;
    for (const Key& key : keys) {
        for (const LegendEntry& entry : key.entries) {
            const bool there = std::any_of(out.begin(), out.end(),
                                           [&](const LegendEntry& e) { return e.label == entry.label; });
            if (!there) out.push_back({entry.fill, entry.label, ""});
        }
    }
    return out;
}

ClassLegend key_of(const std::vector<ClassLegend>& keys) {
    ClassLegend out = keys.front();
    out.entries = all_entries(keys);
    out.strip.reset();
    for (const ClassLegend& key : keys) {
        if (!key.strip) continue;
        if (!out.strip) {
            out.strip = LegendStrip{.ticks = key.strip->ticks,
                                    .decimals = key.strip->decimals,
                                    .suffix = key.strip->suffix,
                                    .noun = key.strip->noun + " of one map"};
        }
        out.strip->values.insert(out.strip->values.end(), key.strip->values.begin(), key.strip->values.end());
        out.strip->colors.insert(out.strip->colors.end(), key.strip->colors.begin(), key.strip->colors.end());
        out.strip->codes.insert(out.strip->codes.end(), key.strip->codes.begin(), key.strip->codes.end());
    }
    return out;
}

RampLegend key_of(const std::vector<RampLegend>& keys) {
    RampLegend out = keys.front();
    out.entries = all_entries(keys);
    out.counts.clear();
    return out;
}

CircleLegend key_of(const std::vector<CircleLegend>& keys) {
    CircleLegend out = keys.front();
    out.entries = all_entries(keys);
    for (const CircleLegend& key : keys) {
        if (!key.none_label.empty()) out.none_label = "none";
        if (key.values.size() > out.values.size()) out.values = key.values;
    }
    return out;
}

QuadrantLegend key_of(const std::vector<QuadrantLegend>& keys) {
    QuadrantLegend out = keys.front();
    out.entries = all_entries(keys);
    out.counts.fill("");
    for (const QuadrantLegend& key : keys) {
        if (key.rate_low != out.rate_low || key.rate_high != out.rate_high) {
            out.rate_low = "under the cut";
            out.rate_high = "the cut or more";
        }
        if (key.change_low != out.change_low || key.change_high != out.change_high) {
            out.change_low = "under the cut";
            out.change_high = "the cut or more";
        }
        if (out.filled.empty()) out.filled = key.filled;
        if (!key.filled.empty() && key.filled != out.filled)
            out.filled = "rate clearly above or below the cut";
        if (out.hollow.empty()) out.hollow = key.hollow;
    }
    return out;
}

}  // namespace

LegendBlock map_legend(const MapKey& key, LegendDetail detail, Theme theme, double most_width_mm,
                       const TextMeasure& measure) {
    if (const auto* classes = std::get_if<ClassLegend>(&key)) {
        if (detail == LegendDetail::full || !classes->strip)
            return class_legend(*classes, theme, most_width_mm, measure);
        ClassLegend brief = *classes;
        brief.strip.reset();
        return class_legend(brief, theme, most_width_mm, measure);
    }
    if (const auto* ramp = std::get_if<RampLegend>(&key))
        return ramp_legend(*ramp, theme, most_width_mm, measure);
    if (const auto* circles = std::get_if<CircleLegend>(&key))
        return circle_legend(*circles, theme, most_width_mm, measure);
    return quadrant_legend(std::get<QuadrantLegend>(key), theme, most_width_mm, measure);
}

MapKey key_of_all(std::span<const MapKey> keys) {
    return std::visit(
        [&](const auto& first) {
            using Key = std::decay_t<decltype(first)>;
            std::vector<Key> all;
            for (const MapKey& key : keys) all.push_back(std::get<Key>(key));
            return MapKey(key_of(all));
        },
        keys.front());
}

LegendBlock scale_bar(double metres_per_mm, double most_mm, Theme theme, const TextMeasure& measure) {
    LegendBlock out;
    if (metres_per_mm <= 0) return out;
    const double most_m = metres_per_mm * most_mm;
    double length = 1;
    for (double power = 1; power <= 1e8; power *= 10) {
        for (const double step : {1.0, 2.0, 5.0}) {
            if (step * power <= most_m) length = step * power;
        }
    }
    const double mm = length / metres_per_mm;
    const TextStyle small = regular(type_sizes(theme).note);
    const double letters = cap_height * small.size_pt * mm_per_pt;
    const bool in_km = length >= 1000;
    const double unit = in_km ? 1000 : 1;
    const auto figure = [&](double metres) {
        const double v = metres / unit;
        return with_thousands(v, v == std::floor(v) ? 0 : 1);
    };
    out.group.role = Role::layer;
    out.group.id = "scale-bar";
    out.group.label = "Scale bar: " + figure(length) + (in_km ? " km" : " m");
    constexpr double tick = 1.7;
    const Stroke stroke{ink_text, 0.35, {}};
    Path path;
    path.move_to(0.2, 0);
    path.line_to(0.2, tick);
    path.line_to(0.2 + mm, tick);
    path.line_to(0.2 + mm, 0);
    path.move_to(0.2 + mm / 2, 0.7);
    path.line_to(0.2 + mm / 2, tick);
    out.group.children.push_back(node(Shape{std::move(path), {}, stroke}));
    const double base = tick + 1.2 + letters;
    const std::string last = figure(length);
    add_text(out.group, "0", 0, base, small);
    const double half_width = measure.width_mm(figure(length / 2), small);
    const double zero_end = measure.width_mm("0", small);
    const double last_start = 0.2 + mm - measure.width_mm(last, small) / 2;
    if ((mm - half_width) / 2 > zero_end + 0.8 && (mm + half_width) / 2 < last_start - 0.8) {
        add_text(out.group, figure(length / 2), 0.2 + mm / 2, base, small, TextAnchor::middle);
    }
    const double last_x = 0.2 + mm - measure.width_mm(last, small) / 2;
    const std::string with_unit = last + (in_km ? " km" : " m");
    add_text(out.group, with_unit, last_x, base, small);
    out.width_mm = last_x + measure.width_mm(with_unit, small);
    out.height_mm = base + descent * small.size_pt * mm_per_pt;
    return out;
}

void draw_none_mark(Group& into, double x, double y) {
    constexpr double side = 2.0;
    into.children.push_back(node(Shape{RectShape{x - side / 2, y - side / 2, side, side}, Fill{ink_white, {}},
                                       Stroke{ink_axis, 0.35, {}}}));
}

void draw_overlay_line(Group& into, const Path& path, OverlayLook look) {
    into.children.push_back(node(Shape{path, {}, Stroke{ink_white, 1.7, {}}}));
    const std::vector<double> dash =
        look == OverlayLook::dashed ? std::vector<double>{3, 1.5} : std::vector<double>{};
    into.children.push_back(node(Shape{path, {}, Stroke{ink_text, 0.9, dash}}));
}

void draw_spot(Group& into, double x, double y, bool filled) {
    constexpr double radius = 0.8;
    // White round dark, dark round white: seen on the palest and the darkest class.
    into.children.push_back(
        node(Shape{CircleShape{x, y, radius + 0.35}, Fill{filled ? ink_white : ink_text, {}}, {}}));
    into.children.push_back(
        node(Shape{CircleShape{x, y, radius}, Fill{filled ? ink_text : ink_white, {}}, {}}));
}

void draw_outline_line(Group& into, const Path& path) {
    into.children.push_back(node(Shape{path, {}, Stroke{ink_white, 1.0, {}}}));
    into.children.push_back(node(Shape{path, {}, Stroke{ink_axis, 0.5, {}}}));
}

}  // namespace wardmap
