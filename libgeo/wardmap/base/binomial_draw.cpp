#include "wardmap/base/binomial_draw.hpp"

#include <array>
#include <cmath>

namespace wardmap {
namespace {

constexpr double least_for_rejection = 10;  // successes expected

std::uint32_t by_inversion(RandomStream& stream, std::uint32_t trials, double share) {
    const double odds = share / (1 - share);
    const double none = std::exp(trials * std::log1p(-share));
    for (;;) {
        double left = stream.uniform();
        double chance = none;
        for (std::uint32_t k = 0; k <= trials; ++k) {
            if (left < chance) return k;
            left -= chance;
            chance *= odds * (trials - k) / (k + 1.0);
            if (chance == 0) break;  // only rounding has left anything: drawn again
        }
    }
}

/// log(k!) less Stirling's formula for it.
double stirling_rest(double k) {
    constexpr std::array<double, 10> small{
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.010411265261972,  0.00925546218271273, 0.00833056343336287};
    if (k < 10) return small[static_cast<std::size_t>(k)];
    const double next = k + 1;
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / (next * next)) / (next * next)) / next;
}

/// Constants are Hörmann's. \pre share is at most a half
std::uint32_t by_rejection(RandomStream& stream, std::uint32_t trials, double share) {
    const double n = trials;
    const double deviation = std::sqrt(n * share * (1 - share));
    const double b = 1.15 + 2.53 * deviation;
    const double a = -0.0873 + 0.0248 * b + 0.01 * share;
    const double centre = n * share + 0.5;
    const double v_r = 0.92 - 4.2 / b;
    const double alpha = (2.83 + 5.1 / b) * deviation;
    const double odds = share / (1 - share);
    const double mode = std::floor((n + 1) * share);
    for (;;) {
        const double u = stream.uniform() - 0.5;
        const double v = 1 - stream.uniform();  // above 0: its logarithm is taken
        const double us = 0.5 - std::abs(u);
        const double k = std::floor((2 * a / us + b) * u + centre);
        if (us >= 0.07 && v <= v_r) return static_cast<std::uint32_t>(k);
        if (!(k >= 0 && k <= n)) continue;
        const double bound = (mode + 0.5) * std::log((mode + 1) / (odds * (n - mode + 1))) +
                             (n + 1) * std::log((n - mode + 1) / (n - k + 1)) +
                             (k + 0.5) * std::log(odds * (n - k + 1) / (k + 1)) + stirling_rest(mode) +
                             stirling_rest(n - mode) - stirling_rest(k) - stirling_rest(n - k);
        if (std::log(v * alpha / (a / (us * us) + b)) <= bound) return static_cast<std::uint32_t>(k);
    }
}

std::uint32_t rarer(RandomStream& stream, std::uint32_t trials, double share) {
    return trials * share < least_for_rejection ? by_inversion(stream, trials, share)
                                                : by_rejection(stream, trials, share);
}

}  // namespace

std::uint32_t binomial_draw(RandomStream& stream, std::uint32_t trials, double share) {
    if (trials == 0 || !(share > 0)) return 0;
    if (share >= 1) return trials;
    return share <= 0.5 ? rarer(stream, trials, share) : trials - rarer(stream, trials, 1 - share);
}

}  // namespace wardmap
