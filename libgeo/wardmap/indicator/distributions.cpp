#include "wardmap/indicator/distributions.hpp"

#include "wardmap/indicator/boost_handle.hpp"

#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>

namespace wardmap {

double normal_point(double both_tails) {
    return std::sqrt(2.0) * boost::math::erfc_inv(both_tails, Quiet{});
}

double normal_tails(double z) {
    return boost::math::erfc(std::abs(z) / std::sqrt(2.0), Quiet{});
}

double gamma_point_below(double shape, double below) {
    return boost::math::gamma_p_inv(shape, below, Quiet{});
}

double gamma_point_above(double shape, double above) {
    return boost::math::gamma_q_inv(shape, above, Quiet{});
}

double count_with_lower_limit(double expected, double tail) {
    return boost::math::gamma_p_inva(expected, tail, Quiet{});
}

double count_with_upper_limit(double expected, double tail) {
    return boost::math::gamma_q_inva(expected, tail, Quiet{}) - 1;
}

}  // namespace wardmap
