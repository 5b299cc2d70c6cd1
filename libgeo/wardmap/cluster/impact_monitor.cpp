#include "wardmap/cluster/impact_monitor.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/distributions.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string moved(double before, double after) {
    const std::string counts =
        fmt::format("from {} to {}", with_thousands(before, 0), with_thousands(after, 0));
    if (before == 0 || before == after)
        return before == after ? "stayed at " + with_thousands(after, 0) : "went " + counts;
    return fmt::format("{} {}% ({})", after > before ? "rose" : "fell",
                       with_thousands(std::abs(100 * (after / before - 1)), 0), counts);
}

std::string difference_sentence(const Limits& difference, double level) {
    if (!std::isfinite(difference.value)) return {};
    const std::string interval = fmt::format("{}% interval {} to {}", full_precision(100 * level),
                                             with_sign(difference.lower, 0), with_sign(difference.upper, 0));
    const std::string many = with_thousands(std::abs(difference.value), 0);
    if (difference.upper < 0)
        return fmt::format(", {} events fewer than if they and the ring had moved as the rest did ({})", many,
                           interval);
    if (difference.lower > 0)
        return fmt::format(", {} events more than if they and the ring had moved as the rest did ({})", many,
                           interval);
    return fmt::format(", no clear difference from the rest ({})", interval);
}

}  // namespace

Monitored monitor(const MonitorCounts& c, const std::string& place, const std::string& before,
                  const std::string& after, double level) {
    Monitored out;
    out.counts = c;
    out.areas = rate_ratio(c.areas_before, c.areas_after, 1, 1, level);
    out.ring = rate_ratio(c.ring_before, c.ring_after, 1, 1, level);
    out.rest = rate_ratio(c.rest_before, c.rest_after, 1, 1, level);
    // Counts of the rest stand for exposures: what the areas' counts would be proportional to.
    out.against_rest = c.rest_before > 0 && c.rest_after > 0
                           ? rate_ratio(c.areas_before, c.areas_after, c.rest_before, c.rest_after, level)
                           : RatioLimits{nan, nan, nan, nan};
    if (c.rest_before > 0) {
        const double scale = (c.areas_before + c.ring_before) / c.rest_before;
        const double value = c.areas_after - c.areas_before + c.ring_after - c.ring_before -
                             scale * (c.rest_after - c.rest_before);
        const double variance = c.areas_before + c.areas_after + c.ring_before + c.ring_after +
                                scale * scale * (c.rest_before + c.rest_after);
        const double half = normal_point(1 - level) * std::sqrt(variance);
        out.displacement_difference = {value, value - half, value + half};
    } else {
        out.displacement_difference = {nan, nan, nan};
    }
    out.sentence =
        fmt::format("Between the {} and the {}, events in {} {}, while those in the rest {}{}.", before,
                    after, place, moved(c.areas_before, c.areas_after), moved(c.rest_before, c.rest_after),
                    difference_sentence(out.displacement_difference, level));
    return out;
}

}  // namespace wardmap
