#include "wardmap/base/poisson_draw.hpp"

#include <cmath>

namespace wardmap {
namespace {

double by_multiplying(RandomStream& stream, double mean) {
    const double least = std::exp(-mean);
    double product = stream.uniform();
    double count = 0;
    while (product > least) {
        product *= stream.uniform();
        ++count;
    }
    return count;
}

/// Constants are Hormann's, of the algorithm PTRS.
double by_rejection(RandomStream& stream, double mean) {
    const double log_mean = std::log(mean);
    const double b = 0.931 + 2.53 * std::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double v_r = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        const double u = stream.uniform() - 0.5;
        const double v = 1 - stream.uniform();  // above 0: its logarithm is taken
        const double us = 0.5 - std::abs(u);
        const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= v_r) return k;
        if (k < 0 || (us < 0.013 && v > us)) continue;
        if (std::log(v) + std::log(inverse_alpha) - std::log(a / (us * us) + b) <=
            -mean + k * log_mean - std::lgamma(k + 1))
            return k;
    }
}

}  // namespace

double poisson_draw(RandomStream& stream, double mean) {
    if (!(mean > 0) || !std::isfinite(mean)) return 0;
    return mean < 10 ? by_multiplying(stream, mean) : by_rejection(stream, mean);
}

}  // namespace wardmap
