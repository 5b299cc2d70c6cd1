#include "wardmap/figure/key_line.hpp"

#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>

namespace wardmap {
namespace {

constexpr double between_items_mm = 4.2;

/// Symbols grow with the type.
double scale_of(double size_pt) {
    return std::max(1.0, size_pt / 10);
}

double symbol_width_mm(const KeyItem& item, double size_pt) {
    const double scale = scale_of(size_pt);
    switch (item.symbol) {
        case KeySymbol::none:
            return 0;
        case KeySymbol::swatch:
            return 4.8 * scale;
        case KeySymbol::marker:
            return 5.0 * scale;
        default:
            return 3.6 * scale;
    }
}

}  // namespace

KeyLine key_line(std::vector<KeyItem> items, double width_mm, double size_pt, const TextMeasure& measure,
                 std::size_t columns) {
    KeyLine key;
    key.style = regular(size_pt);
    key.measure = &measure;
    if (items.empty()) {
        return key;
    }
    const double pitch = line_pitch_mm(size_pt) * 1.12;
    double x = 0;
    double y = base_line_offset_mm(key.style);
    std::size_t in_line = 0;
    for (KeyItem& item : items) {
        const double width = symbol_width_mm(item, size_pt) + measure.width_mm(item.bold, bold(size_pt)) +
                             measure.width_mm(item.text, key.style);
        const bool line_full = columns > 0 ? in_line == columns : in_line > 0 && x + width > width_mm;
        if (line_full) {
            x = 0;
            y += pitch;
            in_line = 0;
        }
        key.items.push_back({std::move(item), x, y});
        ++in_line;
        x = columns > 0 ? width_mm / static_cast<double>(columns) * static_cast<double>(in_line)
                        : x + width + between_items_mm;
    }
    key.height_mm = y - base_line_offset_mm(key.style) + line_pitch_mm(size_pt);
    return key;
}

void draw_key_line(Group& into, const KeyLine& key, double top_mm) {
    for (const auto& [item, x, y] : key.items) {
        const double base = top_mm + y;
        const double middle = base - key.style.size_pt * mm_per_pt * cap_height / 2;
        const double scale = scale_of(key.style.size_pt);
        const double size = marker_size_mm * 0.9 * scale;
        switch (item.symbol) {
            case KeySymbol::none:
                break;
            case KeySymbol::filled:
            case KeySymbol::hollow:
                draw_marker(into, MarkerShape::circle, x + size / 2, middle, size, ink_text,
                            item.symbol == KeySymbol::filled ? MarkerFill::filled : MarkerFill::hollow);
                break;
            case KeySymbol::marker:
                draw_marker(into, item.quadrant.shape, x + 1.7 * scale, middle, marker_size_mm * scale,
                            item.quadrant.color);
                break;
            case KeySymbol::swatch:
                add_rect(into, x, middle - 1.1 * scale, 3.4 * scale, 2.2 * scale, item.color);
                break;
        }
        double left = x + symbol_width_mm(item, key.style.size_pt);
        if (!item.bold.empty()) {
            add_text(into, item.bold, left, base, bold(key.style.size_pt));
            left += key.measure->width_mm(item.bold, bold(key.style.size_pt));
        }
        add_text(into, item.text, left, base, key.style);
    }
}

}  // namespace wardmap
