/// \file
/// The upright axis of a chart: round numbers, grid lines, zero line.
#pragma once

#include "wardmap/figure/plot_text.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/scene/scene.hpp"

#include <limits>
#include <string>
#include <vector>

namespace wardmap {

enum class TickSign : unsigned char { minus_only, always };

/// What the numbers along the axis look like.
struct TickWords {
    TickSign sign = TickSign::minus_only;
    std::string unit{};  ///< behind each number: "%"
    /// No value can be lower: the axis ends there if the next tick would be below. Changes end at -100%.
    double least = -std::numeric_limits<double>::infinity();
};

/// Values from the lowest tick to the highest on a stretch of the page.
class ValueAxis {
public:
    /// Reaches from a tick at or under `low` to one at or above `high`, with 0 among them.
    /// \param count  about as many steps as there shall be
    ValueAxis(double low, double high, int count, TickWords words);

    /// Width of the widest number.
    double width_mm(const TextStyle& style, const TextMeasure& measure) const;
    void set_place(double top_mm, double bottom_mm) noexcept;
    double y(double value) const noexcept;
    double top() const noexcept { return top_mm_; }
    double bottom() const noexcept { return bottom_mm_; }
    double highest() const noexcept { return ticks_.back(); }
    double lowest() const noexcept { return lowest_; }

    /// Grid lines from `left` to `right`, the stronger one at 0 on top of them.
    void draw_grid(Group& into, double left_mm, double right_mm) const;
    void draw_zero(Group& into, double left_mm, double right_mm) const;
    /// Numbers that end at `right_mm`.
    void draw_numbers(Group& into, double right_mm, const TextStyle& style, PlotText& texts) const;

private:
    std::string words_of(double tick) const;

    std::vector<double> ticks_{};
    double lowest_ = 0;
    int decimals_ = 0;
    TickWords words_{};
    double top_mm_ = 0;
    double bottom_mm_ = 1;
};

}  // namespace wardmap
