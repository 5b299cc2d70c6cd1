/// \file
/// How Boost's special functions are called here.
#pragma once

#include <boost/math/policies/policy.hpp>

namespace wardmap {

namespace bmp = boost::math::policies;
/// Doubles throughout (the same on every machine), and no exception out of a special function.
using Quiet = bmp::policy<bmp::promote_double<false>, bmp::domain_error<bmp::ignore_error>,
                          bmp::pole_error<bmp::ignore_error>, bmp::overflow_error<bmp::ignore_error>,
                          bmp::underflow_error<bmp::ignore_error>, bmp::denorm_error<bmp::ignore_error>,
                          bmp::rounding_error<bmp::ignore_error>, bmp::evaluation_error<bmp::ignore_error>>;

}  // namespace wardmap
