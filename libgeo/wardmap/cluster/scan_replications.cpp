#include "wardmap/cluster/scan_replications.hpp"

#include "wardmap/base/binomial_draw.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/cluster/conditional_draws.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr std::size_t lanes = 16;          // replications made side by side
constexpr std::size_t batches_a_wave = 8;  // between looks whether it may end
constexpr float slack = 0.99F;             // covers what single precision loses of a sum and a root

/// What a step of a circle is tested by: whether the ratio of its count can be above a given one.
struct Test {
    float expected = std::numeric_limits<float>::infinity();  ///< infinite where no circle ends: never met
    float deviation = 0;                                      ///< sqrt(E (C - E) / C)
};

/// Strongest circles of `lanes` replications.
struct Strongest {
    std::array<float, lanes> root{};  ///< slack * sqrt(2 ratio)
    std::array<double, lanes> ratio{};
};

using Counts = std::array<std::int32_t, lanes>;

/// 1 in any place means that some lane's count may make a stronger circle than its strongest so far.
///
/// With p = c / C and q = E / C the ratio is C times the divergence of p from q, which for q < p <= 1 - q is
/// at most (p - q)^2 / (2 q (1 - q)): a circle is weaker wherever c - E <= sqrt(2 ratio) * deviation. Where
/// p > 1 - q (so c - E > C - 2 E) nothing is said, and the circle is looked at.
[[gnu::always_inline]] inline std::uint32_t add_and_test(Counts& within, const std::int32_t* joining,
                                                         const Test& test, float total,
                                                         const std::array<float, lanes>& root) {
    const float beyond = total - 2 * test.expected;
    std::uint32_t any = 0;
    for (std::size_t l = 0; l < lanes; ++l) {
        within[l] += joining[l];
        const float excess = static_cast<float>(within[l]) - test.expected;
        const float needed = root[l] * test.deviation;
        any |= excess > (needed < beyond ? needed : beyond) ? 1U : 0U;
    }
    return any;
}

struct Ground {
    const ScanCircles& circles;
    const std::vector<Test>& tests;
    double people = 0;
    double total = 0;
};

[[gnu::always_inline]] inline void look_everywhere(const Ground& ground,
                                                   const std::vector<std::int32_t>& events,
                                                   Strongest& strongest) {
    const auto total = static_cast<float>(ground.total);
    for (std::size_t c = 0; c < ground.circles.centres.size(); ++c) {
        Counts within{};
        for (std::size_t s = ground.circles.starts[c]; s < ground.circles.starts[c + 1]; ++s) {
            const std::int32_t* joining = events.data() + ground.circles.areas[s] * lanes;
            if (add_and_test(within, joining, ground.tests[s], total, strongest.root) == 0) continue;
            const double expected = ground.total * ground.circles.people[s] / ground.people;
            for (std::size_t l = 0; l < lanes; ++l) {
                const double ratio = scan_likelihood_ratio(within[l], expected, ground.total);
                if (ratio <= strongest.ratio[l]) continue;
                strongest.ratio[l] = ratio;
                strongest.root[l] = slack * static_cast<float>(std::sqrt(2 * ratio));
            }
        }
    }
}

using Look = void (*)(const Ground&, const std::vector<std::int32_t>&, Strongest&);

void look_plain(const Ground& ground, const std::vector<std::int32_t>& events, Strongest& strongest) {
    look_everywhere(ground, events, strongest);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void look_avx2(const Ground& ground, const std::vector<std::int32_t>& events,
                                       Strongest& strongest) {
    look_everywhere(ground, events, strongest);
}
#endif

/// The same ratios whichever is chosen.
Look fastest_look() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return look_avx2;
#endif
    return look_plain;
}

/// Deals all events out by population into one lane: area by area, each its binomial share of what is left.
/// The last with people takes the rest, whatever rounding says of its share.
void deal(RandomStream random, std::span<const double> population, double people,
          std::size_t last_with_people, std::uint32_t events, std::size_t lane,
          std::vector<std::int32_t>& dealt) {
    for (std::size_t i = 0; i <= last_with_people; ++i) {
        const std::uint32_t here =
            i == last_with_people ? events : binomial_draw(random, events, population[i] / people);
        dealt[i * lanes + lane] = static_cast<std::int32_t>(here);
        events -= here;
        people -= population[i];
    }
}

}  // namespace

double scan_likelihood_ratio(double count, double expected, double total) noexcept {
    if (!(count > expected)) return 0;
    const double inside = count * std::log(count / expected);
    const double outside =
        count < total ? (total - count) * std::log((total - count) / (total - expected)) : 0.0;
    return inside + outside;
}

std::vector<double> scan_replications(const ScanCircles& circles, std::span<const double> population,
                                      std::uint32_t total, const ReplicationOptions& options) {
    double people = 0;
    std::size_t last_with_people = 0;
    for (std::size_t i = 0; i < population.size(); ++i) {
        people += population[i];
        if (population[i] > 0) last_with_people = i;
    }
    std::vector<Test> tests(circles.areas.size());
    for (std::size_t s = 0; s < tests.size(); ++s) {
        const double expected = total * circles.people[s] / people;
        if (!(expected > 0)) continue;
        tests[s].expected = static_cast<float>(expected);
        tests[s].deviation = static_cast<float>(std::sqrt(expected * (total - expected) / total));
    }
    const Ground ground{circles, tests, people, static_cast<double>(total)};
    const Look look = fastest_look();

    std::vector<double> largest;
    largest.reserve(options.replications);
    std::uint32_t as_strong = 0;
    while (largest.size() < options.replications) {
        const std::size_t done = largest.size();
        const std::size_t wanted = options.replications - done;
        const std::size_t batches =
            std::min(options.stop_after > 0 ? batches_a_wave : wanted, (wanted + lanes - 1) / lanes);
        std::vector<Strongest> found(batches);
        in_parallel(batches, options.threads, [&](std::size_t batch) {
            std::vector<std::int32_t> events(population.size() * lanes, 0);
            for (std::size_t l = 0; l < lanes; ++l) {
                const auto number = static_cast<std::uint32_t>(done + batch * lanes + l);
                deal(RandomStream(options.seed, whole_map, number), population, people, last_with_people,
                     total, l, events);
            }
            look(ground, events, found[batch]);
        });
        for (std::size_t r = 0; r < std::min(wanted, batches * lanes); ++r) {
            largest.push_back(found[r / lanes].ratio[r % lanes]);
            if (options.stop_after == 0 || largest.back() < options.strength) continue;
            if (++as_strong == options.stop_after) return largest;
        }
    }
    return largest;
}

}  // namespace wardmap
