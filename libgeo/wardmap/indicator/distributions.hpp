/// \file
/// Points and tails of the distributions that limits and tests are made of.
#pragma once

namespace wardmap {

/// The standard normal quantile that leaves `both_tails` outside plus and minus itself: 0.05 gives 1.96.
double normal_point(double both_tails);

/// The probability outside plus and minus z: 1.96 gives 0.05. NaN for NaN.
double normal_tails(double z);

/// The quantile of a gamma distribution of this shape (scale 1) with `below` under it, or `above` over it.
/// Half a chi-squared quantile with twice the shape's degrees of freedom. \pre shape above 0
double gamma_point_below(double shape, double below);
double gamma_point_above(double shape, double above);

/// The count, with a fraction, whose exact lower (or upper) Poisson limit with `tail` outside it is just
/// `expected`: where a funnel's lines run. The second is below 0 where even no event is not too few.
/// \pre expected above 0
double count_with_lower_limit(double expected, double tail);
double count_with_upper_limit(double expected, double tail);

}  // namespace wardmap
