#include "wardmap/indicator/change_test.hpp"

#include "wardmap/base/error.hpp"

#include <cmath>
#include <cstddef>
#include <limits>

namespace wardmap {
namespace {

ChangeVerdict verdict_of(double before, double after, const AreaChange& area, double level) {
    if (before == 0 && after == 0) return ChangeVerdict::no_events;
    if (std::isnan(area.p_adjusted)) return ChangeVerdict::not_known;
    if (!(area.p_adjusted < 1 - level)) return ChangeVerdict::no_clear_change;
    return area.ratio.ratio > 1 ? ChangeVerdict::clear_rise : ChangeVerdict::clear_fall;
}

}  // namespace

std::string_view words_of(ChangeVerdict verdict) noexcept {
    switch (verdict) {
        case ChangeVerdict::no_events:
            return "no events";
        case ChangeVerdict::no_clear_change:
            return "no clear change";
        case ChangeVerdict::clear_rise:
            return "clear rise";
        case ChangeVerdict::clear_fall:
            return "clear fall";
        case ChangeVerdict::not_known:
            break;
    }
    return "";
}

std::vector<AreaChange> test_changes(std::span<const double> before, std::span<const double> after,
                                     std::span<const double> population_before,
                                     std::span<const double> population_after,
                                     const ChangeTestOptions& options) {
    const std::size_t areas = before.size();
    const bool peopled = !population_before.empty() || !population_after.empty();
    if (after.size() != areas ||
        (peopled && (population_before.size() != areas || population_after.size() != areas))) {
        throw UsageError("counts and populations of the two periods differ in number", {},
                         "give one of each for every area, or no populations");
    }
    std::vector<AreaChange> out(areas);
    std::vector<double> p_values(areas);
    for (std::size_t i = 0; i < areas; ++i) {
        AreaChange& area = out[i];
        area.ratio = rate_ratio(before[i], after[i], peopled ? population_before[i] : 1,
                                peopled ? population_after[i] : 1, options.level, options.method);
        area.change = after[i] - before[i];
        area.change_pct =
            before[i] > 0 ? 100 * area.change / before[i] : std::numeric_limits<double>::quiet_NaN();
        p_values[i] = area.ratio.p_value;
    }
    const std::vector<double> adjusted = adjust_p(p_values, options.adjustment);
    for (std::size_t i = 0; i < areas; ++i) {
        out[i].p_adjusted = adjusted[i];
        out[i].verdict = verdict_of(before[i], after[i], out[i], options.level);
    }
    return out;
}

}  // namespace wardmap
