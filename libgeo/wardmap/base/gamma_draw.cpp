#include "wardmap/base/gamma_draw.hpp"

#include <cmath>

namespace wardmap {
namespace {

double normal_draw(RandomStream& stream) {
    for (;;) {
        const double x = 2 * stream.uniform() - 1;
        const double y = 2 * stream.uniform() - 1;
        const double square = x * x + y * y;
        if (square > 0 && square < 1) return x * std::sqrt(-2 * std::log(square) / square);
    }
}

}  // namespace

double gamma_draw(RandomStream& stream, double shape) {
    if (!(shape > 0) || !std::isfinite(shape)) return 0;
    if (shape < 1) {  // one shape higher, and drawn back
        const double higher = gamma_draw(stream, shape + 1);
        return higher * std::pow(1 - stream.uniform(), 1 / shape);
    }
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = normal_draw(stream);
        const double root = 1 + c * x;
        if (root <= 0) continue;
        const double v = root * root * root;
        const double u = 1 - stream.uniform();  // above 0
        if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
}

}  // namespace wardmap
