#include "wardmap/figure/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace wardmap {

double tick_step(double most, int count) {
    const double rough = most / std::max(count, 1);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double step : {1.0, 2.0, 2.5, 5.0}) {
        const bool whole = step * power == std::floor(step * power) || power < 1;
        if (whole && step * power >= rough * (1 - 1e-9)) {
            return step * power;
        }
    }
    return 10 * power;
}

std::vector<double> ticks_from_zero(double most, int count) {
    if (!(most > 0) || !std::isfinite(most)) {
        return {0, 1};
    }
    const double step = tick_step(most, count);
    std::vector<double> ticks;
    const auto last = static_cast<int>(std::ceil(most / step - 1e-9));
    for (int i = 0; i <= last; ++i) {
        ticks.push_back(step * i);
    }
    return ticks;
}

int tick_decimals(double step) {
    int decimals = 0;
    while (decimals < 6 && std::abs(step - std::round(step)) > 1e-9 * std::abs(step)) {
        step *= 10;
        ++decimals;
    }
    return decimals;
}

std::vector<double> change_ticks(double lowest, double highest, double length_mm, double apart_mm) {
    constexpr std::array wished{0.0,    100.0, -50.0,  50.0,   -25.0, 200.0, -75.0, 400.0,
                                900.0,  -90.0, 1900.0, 4900.0, 25.0,  150.0, 300.0, 600.0,
                                1400.0, -95.0, -98.0,  10.0,   -10.0, 5.0,   -5.0};
    const double per_unit = length_mm / std::log(highest / lowest);
    std::vector<double> ticks;
    for (const double tick : wished) {
        const double ratio = 1 + tick / 100;
        if (ratio < lowest * (1 - 1e-9) || ratio > highest * (1 + 1e-9)) {
            continue;
        }
        const bool free = std::all_of(ticks.begin(), ticks.end(), [&](double other) {
            return std::abs(std::log(ratio / (1 + other / 100))) * per_unit >= apart_mm;
        });
        if (free) {
            ticks.push_back(tick);
        }
    }
    std::sort(ticks.begin(), ticks.end());
    return ticks;
}

}  // namespace wardmap
