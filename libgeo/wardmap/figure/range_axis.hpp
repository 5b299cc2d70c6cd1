/// \file
/// An axis from any number to any other: upright or level, linear, logarithmic or by square root.
#pragma once

#include "wardmap/figure/style.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class AxisScale : unsigned char { linear, log, square_root };

/// "linear", "log", "square-root" or "sqrt". \throws UsageError
AxisScale parse_axis_scale(std::string_view text);

/// Where a linear axis of positive numbers begins.
enum class AxisStart : unsigned char {
    zero,
    /// At 0 unless that would leave two fifths of the axis empty: then at a tick below the numbers. For marks
    /// and lines alone: bars begin at 0.
    near,
};

/// Round numbers from a tick at or under `low` to one at or above `high`.
class RangeAxis {
public:
    RangeAxis() = default;
    /// \param count  about as many steps as there shall be
    /// \pre low <= high, both finite; of a log axis low > 0, of a square root low >= 0
    RangeAxis(double low, double high, int count, AxisScale scale, AxisStart start);

    /// Between which points of the page it lies: `from_mm` is that of the lowest number.
    void set_place(double from_mm, double to_mm) noexcept {
        from_mm_ = from_mm;
        to_mm_ = to_mm;
    }
    double at(double value) const noexcept;
    double from_mm() const noexcept { return from_mm_; }
    double to_mm() const noexcept { return to_mm_; }
    const std::vector<double>& ticks() const noexcept { return ticks_; }
    double lowest() const noexcept { return ticks_.front(); }
    bool starts_at_zero() const noexcept { return ticks_.front() <= 0; }
    AxisScale scale() const noexcept { return scale_; }
    std::string words(double tick) const;
    double width_mm(const TextStyle& style, const TextMeasure& measure) const;

private:
    double scaled(double value) const noexcept;

    std::vector<double> ticks_{0, 1};
    int decimals_ = 0;
    AxisScale scale_ = AxisScale::linear;
    double from_mm_ = 0;
    double to_mm_ = 1;
};

}  // namespace wardmap
