#include "wardmap/figure/value_axis.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/axis.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {

ValueAxis::ValueAxis(double low, double high, int count, TickWords words) : words_(std::move(words)) {
    low = std::min(low, 0.0);
    high = std::max(high, 0.0);
    if (!(high > low)) high = 1;
    const double step = tick_step(high - low, count);
    const auto first = static_cast<int>(std::floor(low / step + 1e-9));
    const auto last = static_cast<int>(std::ceil(high / step - 1e-9));
    for (int i = first; i <= last; ++i) {
        if (step * i >= words_.least) ticks_.push_back(step * i);
    }
    lowest_ = std::max(step * first, words_.least);
    decimals_ = tick_decimals(step);
}

std::string ValueAxis::words_of(double tick) const {
    return (words_.sign == TickSign::always ? with_sign(tick, decimals_) : with_thousands(tick, decimals_)) +
           words_.unit;
}

double ValueAxis::width_mm(const TextStyle& style, const TextMeasure& measure) const {
    double width = 0;
    for (const double tick : ticks_) width = std::max(width, measure.width_mm(words_of(tick), style));
    return width;
}

void ValueAxis::set_place(double top_mm, double bottom_mm) noexcept {
    top_mm_ = top_mm;
    bottom_mm_ = bottom_mm;
}

double ValueAxis::y(double value) const noexcept {
    return bottom_mm_ - (value - lowest()) / (highest() - lowest()) * (bottom_mm_ - top_mm_);
}

void ValueAxis::draw_grid(Group& into, double left_mm, double right_mm) const {
    for (const double tick : ticks_) {
        if (tick != 0) add_line(into, left_mm, y(tick), right_mm, y(tick), grid_stroke());
    }
}

void ValueAxis::draw_zero(Group& into, double left_mm, double right_mm) const {
    add_line(into, left_mm, y(0), right_mm, y(0), base_stroke());
}

void ValueAxis::draw_numbers(Group& into, double right_mm, const TextStyle& style, PlotText& texts) const {
    for (const double tick : ticks_) {
        texts.draw(into, words_of(tick), right_mm, y(tick) + style.size_pt * mm_per_pt * cap_height / 2,
                   style, TextAnchor::end, ink_axis);
    }
}

}  // namespace wardmap
