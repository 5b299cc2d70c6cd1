#include "wardmap/cluster/scan_replications.hpp"

#include "wardmap/base/binomial_draw.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/cluster/conditional_draws.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

/// Whether some lane's count may make a stronger circle than its strongest so far, once `joining` is within.
///
/// With p = c / C and q = E / C the ratio is C times the divergence of p from q, which for q < p <= 1 - q is
/// at most (p - q)^2 / (2 q (1 - q)): a circle is weaker wherever c - E <= sqrt(2 ratio) * deviation. Where
/// p > 1 - q (so c - E > C - 2 E) nothing is said, and the circle is looked at.
bool may_be_stronger(Counts& within, const std::int32_t* joining, const Test& test, float total,
                     const Strongest& strongest) {
    const float beyond = total - 2 * test.expected;
    bool any = false;
    for (std::size_t l = 0; l < lanes; ++l) {
        within[l] += joining[l];
        const float excess = static_cast<float>(within[l]) - test.expected;
        any |= excess > std::min(strongest.root[l] * test.deviation, beyond);
    }
    return any;
}

struct Ground {
    const ScanCircles& circles;
    const std::vector<Test>& tests;
    double people = 0;
    double total = 0;

    double expected(std::size_t step) const { return total * circles.people[step] / people; }
};

/// A stronger circle is taken over.
void look_closely(const Counts& within, double expected, double total, Strongest& strongest) {
    for (std::size_t l = 0; l < lanes; ++l) {
        const double ratio = scan_likelihood_ratio(within[l], expected, total);
        if (ratio <= strongest.ratio[l]) continue;
        strongest.ratio[l] = ratio;
        strongest.root[l] = slack * static_cast<float>(std::sqrt(2 * ratio));
    }
}

using Look = void (*)(const Ground&, const std::vector<std::int32_t>&, Strongest&);

void look_plain(const Ground& ground, const std::vector<std::int32_t>& events, Strongest& strongest) {
    const auto total = static_cast<float>(ground.total);
    for (std::size_t c = 0; c < ground.circles.centres.size(); ++c) {
        Counts within{};
        for (std::size_t s = ground.circles.starts[c]; s < ground.circles.starts[c + 1]; ++s) {
            const std::int32_t* joining = events.data() + ground.circles.areas[s] * lanes;
            if (may_be_stronger(within, joining, ground.tests[s], total, strongest))
                look_closely(within, ground.expected(s), ground.total, strongest);
        }
    }
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] inline __m256 is_above(__m256i within, __m256 root, const Test& test, __m256 beyond) {
    const __m256 excess = _mm256_sub_ps(_mm256_cvtepi32_ps(within), _mm256_set1_ps(test.expected));
    const __m256 needed = _mm256_mul_ps(root, _mm256_set1_ps(test.deviation));
    return _mm256_cmp_ps(excess, _mm256_min_ps(needed, beyond), _CMP_GT_OQ);
}

/// may_be_stronger() of eight lanes at a time.
[[gnu::target("avx2")]] void look_avx2(const Ground& ground, const std::vector<std::int32_t>& events,
                                       Strongest& strongest) {
    static_assert(lanes == 16);
    const auto total = static_cast<float>(ground.total);
    __m256 root_first = _mm256_loadu_ps(strongest.root.data());
    __m256 root_last = _mm256_loadu_ps(strongest.root.data() + 8);
    for (std::size_t c = 0; c < ground.circles.centres.size(); ++c) {
        __m256i first = _mm256_setzero_si256();
        __m256i last = _mm256_setzero_si256();
        for (std::size_t s = ground.circles.starts[c]; s < ground.circles.starts[c + 1]; ++s) {
            const auto* joining =
                reinterpret_cast<const __m256i*>(events.data() + ground.circles.areas[s] * lanes);
            const Test& test = ground.tests[s];
            first = _mm256_add_epi32(first, _mm256_loadu_si256(joining));
            last = _mm256_add_epi32(last, _mm256_loadu_si256(joining + 1));
            const __m256 beyond = _mm256_set1_ps(total - 2 * test.expected);
            const __m256 any = _mm256_or_ps(is_above(first, root_first, test, beyond),
                                            is_above(last, root_last, test, beyond));
            if (_mm256_movemask_ps(any) == 0) continue;
            Counts within;
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(within.data()), first);
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(within.data() + 8), last);
            look_closely(within, ground.expected(s), ground.total, strongest);
            root_first = _mm256_loadu_ps(strongest.root.data());
            root_last = _mm256_loadu_ps(strongest.root.data() + 8);
        }
    }
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
    Stage stage("Scanning replications", options.replications);
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
            stage.step(lanes);
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
