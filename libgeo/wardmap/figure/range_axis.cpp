#include "wardmap/figure/range_axis.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace wardmap {
namespace {

constexpr double away_from = 0.4;  ///< of the farthest number: nearer ones keep 0 on the axis

/// Powers of ten, with 2 and 5 between them where there are few; from one at or under `low` to one at or
/// above `high`.
std::vector<double> log_ticks(double low, double high, int count) {
    const int first = static_cast<int>(std::floor(std::log10(low)));
    const int last = static_cast<int>(std::ceil(std::log10(high)));
    const bool few = last - first < count;
    std::vector<double> ticks;
    for (int power = first; power <= last; ++power) {
        for (const double step : {1.0, 2.0, 5.0}) {
            if (step > 1 && !few) continue;
            ticks.push_back(step * std::pow(10.0, power));
        }
    }
    const auto begin = std::prev(std::upper_bound(ticks.begin(), ticks.end(), low * (1 + 1e-9)));
    const auto end = std::lower_bound(ticks.begin(), ticks.end(), high * (1 - 1e-9));
    return {begin, std::next(end)};
}

int decimals_of(const std::vector<double>& ticks) {
    int most = 0;
    for (const double tick : ticks) {
        int decimals = 0;
        double scaled = tick;
        while (decimals < 6 &&
               std::abs(scaled - std::round(scaled)) > 1e-9 * std::max(1.0, std::abs(scaled))) {
            scaled *= 10;
            ++decimals;
        }
        most = std::max(most, decimals);
    }
    return most;
}

}  // namespace

AxisScale parse_axis_scale(std::string_view text) {
    if (text == "linear") return AxisScale::linear;
    if (text == "log") return AxisScale::log;
    if (text == "square-root" || text == "sqrt") return AxisScale::square_root;
    const std::array<std::string, 3> names{"linear", "log", "square-root"};
    throw UsageError("an axis cannot have the scale '" + std::string(text) + "'", {},
                     did_you_mean(text, names));
}

RangeAxis::RangeAxis(double low, double high, int count, AxisScale scale, AxisStart start) : scale_(scale) {
    if (scale == AxisScale::log) {
        ticks_ = log_ticks(low, std::max(high, low * 1.1), count);
        if (ticks_.size() < 2) ticks_.push_back(ticks_.back() * 10);
        return;
    }
    const bool positive = low >= 0;
    // 0 belongs to the axis unless the numbers crowd far from it.
    const bool away = start == AxisStart::near && scale == AxisScale::linear &&
                      (positive ? low > high * away_from : high < low * away_from);
    if (!away) {
        low = std::min(low, 0.0);
        high = std::max(high, 0.0);
    }
    if (!(high > low)) {
        const double pad = high != 0 ? std::abs(high) * 0.1 : 1;
        high += pad;
        if (low != 0) low -= pad;
    }
    // A few steps more than wished where that wastes less of the axis.
    constexpr int most_more = 3;
    double step = 0;
    long first = 0;
    long last = 0;
    for (int more = 0; more <= most_more; ++more) {
        const double wished = tick_step(high - low, count + more);
        const auto from = static_cast<long>(std::floor(low / wished + 1e-9));
        const auto to = static_cast<long>(std::ceil(high / wished - 1e-9));
        const bool shorter =
            static_cast<double>(to - from) * wished < static_cast<double>(last - first) * step * (1 - 1e-9);
        if (step > 0 && (!shorter || to - from > count + most_more)) continue;
        step = wished;
        first = from;
        last = to;
    }
    ticks_.clear();
    for (long i = first; i <= last; ++i) ticks_.push_back(step * static_cast<double>(i));
    decimals_ = tick_decimals(step);
}

double RangeAxis::scaled(double value) const noexcept {
    switch (scale_) {
        case AxisScale::log:
            return std::log(value);
        case AxisScale::square_root:
            return std::sqrt(std::max(value, 0.0));
        case AxisScale::linear:
            break;
    }
    return value;
}

double RangeAxis::at(double value) const noexcept {
    const double low = scaled(ticks_.front());
    return from_mm_ + (scaled(value) - low) / (scaled(ticks_.back()) - low) * (to_mm_ - from_mm_);
}

std::string RangeAxis::words(double tick) const {
    return with_thousands(tick, scale_ == AxisScale::log ? decimals_of({tick}) : decimals_);
}

double RangeAxis::width_mm(const TextStyle& style, const TextMeasure& measure) const {
    double width = 0;
    for (const double tick : ticks_) width = std::max(width, measure.width_mm(words(tick), style));
    return width;
}

}  // namespace wardmap
