#include "wardmap/indicator/quadrant_chances.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/gamma_draw.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/random_stream.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Draws made in one piece of work: large enough that starting one costs nothing.
constexpr std::uint32_t draws_in_piece = 250;

struct Place {
    std::size_t area = 0;
    double before = 0;
    double after = 0;
    double people = 0;  ///< person-years
};

/// The same for one draw: underlying events, their rate and ratio.
struct Drawn {
    double before = 0;
    double after = 0;
    double rate = 0;
    double ratio = 0;
};

double middle_of(std::vector<double>& values) {
    const std::size_t half = values.size() / 2;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(half);
    std::nth_element(values.begin(), middle, values.end());
    const double upper = *middle;
    if (values.size() % 2 == 1) return upper;
    return (*std::max_element(values.begin(), middle) + upper) / 2;
}

struct CutPoint {
    double rate = nan;
    double ratio = nan;
};

/// The whole area's numbers as they were counted.
struct Whole {
    double before = 0, after = 0, people = 0, areas = 0;
};

CutPoint cut_of(std::span<const Drawn> drawn, const Whole& whole, const QuadrantChanceOptions& options) {
    if (options.cuts.kind == CutKind::fixed)
        return {options.cuts.rate / options.per, 1 + options.cuts.change_pct / 100};
    if (options.cuts.kind == CutKind::median) {
        std::vector<double> rates, ratios;
        for (const Drawn& one : drawn) {
            rates.push_back(one.rate);
            ratios.push_back(one.ratio);
        }
        return {middle_of(rates), middle_of(ratios)};
    }
    double before = 0, after = 0;
    for (const Drawn& one : drawn) {
        before += one.before;
        after += one.after;
    }
    // Each area adds one half to the mean of its sum.
    before *= whole.before / (whole.before + whole.areas / 2);
    after *= whole.after / (whole.after + whole.areas / 2);
    return {after / whole.people, options.cuts.kind == CutKind::zero ? 1.0 : after / before};
}

void check(std::span<const double> before, std::span<const double> after, std::span<const double> population,
           const QuadrantChanceOptions& options) {
    if (before.size() != after.size() || before.size() != population.size()) {
        throw UsageError("counts and populations differ in number", {}, "give one of each for every area");
    }
    if (options.draws < 1) throw UsageError("there are no draws", {}, "give 1 or more, such as 10000");
    if (!(options.pool >= 1) || !(options.per > 0)) {
        throw UsageError(
            "rates per " + full_precision(options.per) + " over " + full_precision(options.pool) + " years",
            {}, "give a number of people above 0, and 1 year or more");
    }
    for (const auto values : {before, after, population}) {
        for (const double value : values) {
            if (value < 0) {
                throw UsageError("a count or population is " + full_precision(value), {},
                                 "it cannot be negative");
            }
        }
    }
}

}  // namespace

std::vector<QuadrantChance> quadrant_chances(std::span<const double> before, std::span<const double> after,
                                             std::span<const double> population,
                                             const QuadrantChanceOptions& options) {
    check(before, after, population, options);
    std::vector<Place> places;
    Whole whole;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (std::isnan(before[i]) || std::isnan(after[i]) || !(population[i] > 0)) continue;
        places.push_back({i, before[i], after[i], population[i] * options.pool});
        whole.before += before[i];
        whole.after += after[i];
        whole.people += places.back().people;
        whole.areas += 1;
    }
    std::vector<QuadrantChance> out(before.size(), QuadrantChance{nan, nan, nan, nan});
    if (places.empty()) return out;

    const std::uint32_t pieces = (options.draws + draws_in_piece - 1) / draws_in_piece;
    std::vector<std::vector<std::array<std::uint32_t, 4>>> seen(pieces);
    in_parallel(pieces, options.threads, [&](std::size_t piece) {
        auto& counts = seen[piece];
        counts.assign(places.size(), {0, 0, 0, 0});
        std::vector<Drawn> drawn(places.size());
        const auto first = static_cast<std::uint32_t>(piece) * draws_in_piece;
        const std::uint32_t last = std::min(options.draws, first + draws_in_piece);
        for (std::uint32_t draw = first; draw < last; ++draw) {
            for (std::size_t i = 0; i < places.size(); ++i) {
                RandomStream stream(options.seed, places[i].area, draw);
                drawn[i].before = gamma_draw(stream, places[i].before + 0.5);
                drawn[i].after = gamma_draw(stream, places[i].after + 0.5);
                drawn[i].rate = drawn[i].after / places[i].people;
                drawn[i].ratio = drawn[i].after / drawn[i].before;
            }
            const CutPoint cut = cut_of(drawn, whole, options);
            for (std::size_t i = 0; i < places.size(); ++i) {
                const bool high = drawn[i].rate >= cut.rate;
                const bool faster = drawn[i].ratio >= cut.ratio;
                ++counts[i][(high ? 0U : 2U) + (faster ? 0U : 1U)];
            }
        }
    });
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::array<std::uint32_t, 4> sum{0, 0, 0, 0};
        for (const auto& counts : seen) {
            for (std::size_t q = 0; q < 4; ++q) sum[q] += counts[i][q];
        }
        for (std::size_t q = 0; q < 4; ++q)
            out[places[i].area][q] = sum[q] / static_cast<double>(options.draws);
    }
    return out;
}

}  // namespace wardmap
