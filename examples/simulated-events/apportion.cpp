#include "apportion.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <numeric>
#include <string>

namespace wardmap::simulated {
namespace {

/// Some hundred for each cell of three years, so that nothing of the start is left.
constexpr int steps_of_the_walk = 5000;

}  // namespace

std::vector<std::uint32_t> apportion(std::uint32_t total, std::span<const std::uint32_t> weights) {
    const std::uint64_t sum = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    std::vector<std::uint32_t> shares(weights.size(), 0);
    if (total == 0) return shares;
    std::vector<std::uint64_t> remainders;
    std::uint32_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::uint64_t exact = std::uint64_t{total} * weights[i];
        shares[i] = static_cast<std::uint32_t>(exact / sum);
        remainders.push_back(exact % sum);
        given += shares[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; given < total; ++i, ++given) ++shares[order[i]];
    return shares;
}

CalendarMonths months_that_print(std::uint32_t total, const CalendarMonths& percent) {
    const std::vector<std::uint32_t> shared = apportion(total, percent);
    CalendarMonths months{};
    std::copy(shared.begin(), shared.end(), months.begin());
    for (std::size_t month = 0; month < months_in_year; ++month) {
        const double share = 100.0 * months[month] / total;
        if (round_half_away(share, 0) != percent[month]) {
            throw InputError(
                "no numbers of events by calendar month were found that print as the "
                "percentages given: month " +
                    std::to_string(month + 1) + " would print as " + fixed_decimals(share, 0) +
                    "% and not as " + std::to_string(percent[month]) + "%",
                {}, "check that the twelve percentages add up to about 100");
        }
    }
    return months;
}

std::vector<CalendarMonths> share_over_years(std::span<const std::uint32_t> years,
                                             const CalendarMonths& months,
                                             std::span<const CalendarMonths> weights, Random& random) {
    std::vector<CalendarMonths> shared;
    CalendarMonths left = months;
    for (const std::uint32_t year : years) {
        // Of what is left, never more than is left: the last year takes all of it.
        const std::vector<std::uint32_t> row = apportion(year, left);
        for (std::size_t month = 0; month < months_in_year; ++month) left[month] -= row[month];
        std::copy(row.begin(), row.end(), shared.emplace_back().begin());
    }
    for (int step = 0; step < steps_of_the_walk; ++step) {
        const std::size_t one = random.below(static_cast<std::uint32_t>(shared.size()));
        const std::size_t other = random.below(static_cast<std::uint32_t>(shared.size()));
        const std::size_t from = random.below(months_in_year);
        const std::size_t to = random.below(months_in_year);
        if (one == other || from == to) continue;
        // One event of one year goes from a month to another, one of the other year back.
        const double wanted =
            1.0 * weights[one][to] * weights[other][from] * shared[one][from] * shared[other][to];
        const double held =
            1.0 * weights[one][from] * weights[other][to] * (shared[one][to] + 1) * (shared[other][from] + 1);
        if (random.fraction() * held >= wanted) continue;
        --shared[one][from], ++shared[one][to];
        --shared[other][to], ++shared[other][from];
    }
    return shared;
}

}  // namespace wardmap::simulated
