/// \file
/// Whole numbers shared out so that sums stay what they are.
#pragma once

#include "random.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmap::simulated {

inline constexpr std::size_t months_in_year = 12;
/// January first.
using CalendarMonths = std::array<std::uint32_t, months_in_year>;

/// Shares `total` out by `weights`, by largest remainders; of equal remainders the first gets more.
/// \pre the weights are not all 0, unless the total is
std::vector<std::uint32_t> apportion(std::uint32_t total, std::span<const std::uint32_t> weights);

/// How many of `total` events fall into each calendar month, so that their percentages, rounded half away
/// from zero, print as `percent` does. \throws InputError if no such numbers were found
CalendarMonths months_that_print(std::uint32_t total, const CalendarMonths& percent);

/// Events of several years by calendar month: a row adds up to the year's total, a column to the month's, and
/// within that they lie as chance would put them, each month of each year as likely as its weight. (A walk
/// over the tables with these sums, by Metropolis's rule: Diaconis and Sturmfels 1998.) \param weights  one
/// row a year, none of them 0 \pre the totals of the years and of the months have one sum
std::vector<CalendarMonths> share_over_years(std::span<const std::uint32_t> years,
                                             const CalendarMonths& months,
                                             std::span<const CalendarMonths> weights, Random& random);

}  // namespace wardmap::simulated
