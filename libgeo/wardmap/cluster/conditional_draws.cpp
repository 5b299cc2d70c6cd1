#include "wardmap/cluster/conditional_draws.hpp"

#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/random_stream.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace wardmap {
namespace {

constexpr std::size_t lanes = 8;             // draws made side by side
constexpr std::size_t most_lane_picks = 32;  // of a draw; beyond, draws are made one by one
constexpr std::size_t areas_a_piece = 64;    // of work for a thread
constexpr double rounding = 1e-12;           // of a sum, relative to the largest value in it

using Lane = std::array<std::uint32_t, lanes>;

/// What the draws of one area are made from.
struct DrawnArea {
    const double* values = nullptr;  ///< of all areas
    std::uint64_t seed = 0;
    std::uint64_t stream = 0;
    std::uint32_t itself = 0;  ///< its place, which is never drawn
    std::uint32_t others = 0;
    std::uint32_t picks = 0;
};

/// Block `block` of RandomStream's numbers for `lanes` draws from `first_draw` on: word by word, draw by
/// draw.
[[gnu::always_inline]] inline void random_block(const DrawnArea& area, std::uint32_t first_draw,
                                                std::uint32_t block, std::array<Lane, 4>& bits) {
    std::uint32_t key_0 = static_cast<std::uint32_t>(area.seed);
    std::uint32_t key_1 = static_cast<std::uint32_t>(area.seed >> 32);
    Lane c0, c1, c2, c3;
    for (std::size_t l = 0; l < lanes; ++l) {
        c0[l] = block;
        c1[l] = first_draw + static_cast<std::uint32_t>(l);
        c2[l] = static_cast<std::uint32_t>(area.stream);
        c3[l] = static_cast<std::uint32_t>(area.stream >> 32);
    }
    for (int round = 0; round < 10; ++round) {
        for (std::size_t l = 0; l < lanes; ++l) {
            const std::uint64_t product_0 = std::uint64_t{0xD2511F53U} * c0[l];
            const std::uint64_t product_1 = std::uint64_t{0xCD9E8D57U} * c2[l];
            c0[l] = static_cast<std::uint32_t>(product_1 >> 32) ^ c1[l] ^ key_0;
            c1[l] = static_cast<std::uint32_t>(product_1);
            c2[l] = static_cast<std::uint32_t>(product_0 >> 32) ^ c3[l] ^ key_1;
            c3[l] = static_cast<std::uint32_t>(product_0);
        }
        key_0 += 0x9E3779B9U;
        key_1 += 0xBB67AE85U;
    }
    bits = {c0, c1, c2, c3};
}

/// The sums of `lanes` draws. `again` is not 0 for a draw in which an area came twice or a number may favour
/// some area: such a draw is made by sum_of_draw().
[[gnu::always_inline]] inline void sums_of_draws(const DrawnArea& area, std::uint32_t first_draw,
                                                 std::array<double, lanes>& sums, Lane& again) {
    std::array<Lane, most_lane_picks> picks;
    std::array<Lane, 4> bits;
    again.fill(0);
    sums.fill(0);
    for (std::uint32_t p = 0; p < area.picks; ++p) {
        if (p % 4 == 0) random_block(area, first_draw, p / 4, bits);
        for (std::size_t l = 0; l < lanes; ++l) {
            const std::uint64_t product = std::uint64_t{bits[p % 4][l]} * area.others;
            again[l] |= static_cast<std::uint32_t>(product) < area.others ? 1U : 0U;
            picks[p][l] = static_cast<std::uint32_t>(product >> 32);
        }
        for (std::uint32_t q = 0; q < p; ++q) {
            for (std::size_t l = 0; l < lanes; ++l) again[l] |= picks[q][l] == picks[p][l] ? 1U : 0U;
        }
    }
    for (std::uint32_t p = 0; p < area.picks; ++p) {
        for (std::size_t l = 0; l < lanes; ++l) {
            const std::uint32_t pick = picks[p][l];
            sums[l] += area.values[pick + (pick >= area.itself ? 1U : 0U)];
        }
    }
}

using SumsOfDraws = void (*)(const DrawnArea&, std::uint32_t, std::array<double, lanes>&, Lane&);

void sums_plain(const DrawnArea& area, std::uint32_t first_draw, std::array<double, lanes>& sums,
                Lane& again) {
    sums_of_draws(area, first_draw, sums, again);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void sums_avx2(const DrawnArea& area, std::uint32_t first_draw,
                                       std::array<double, lanes>& sums, Lane& again) {
    sums_of_draws(area, first_draw, sums, again);
}
#endif

/// The same numbers whichever is chosen.
SumsOfDraws fastest_sums() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return sums_avx2;
#endif
    return sums_plain;
}

/// One draw, whatever comes: numbers are taken from the stream until all picks differ.
class OneDraw {
public:
    explicit OneDraw(std::size_t areas) : drawn_in_(areas, 0) {}

    double sum(const DrawnArea& area, std::uint32_t draw) {
        if (++draws_ == 0) {  // every mark is out of date before the count comes round
            std::fill(drawn_in_.begin(), drawn_in_.end(), 0U);
            draws_ = 1;
        }
        RandomStream random(area.seed, area.stream, draw);
        double sum = 0;
        for (std::uint32_t p = 0; p < area.picks; ++p) {
            std::uint32_t pick = random.below(area.others);
            while (drawn_in_[pick] == draws_) pick = random.below(area.others);
            drawn_in_[pick] = draws_;
            sum += area.values[pick + (pick >= area.itself ? 1U : 0U)];
        }
        return sum;
    }

private:
    std::vector<std::uint32_t> drawn_in_;
    std::uint32_t draws_ = 0;
};

/// Values about 0, so that sums keep their digits; whole numbers stay whole, and their sums exact.
std::vector<double> about_zero(const KnownValues& known) {
    const double middle = std::round(known.mean());
    std::vector<double> out(known.values);
    for (double& value : out) value -= middle;
    return out;
}

}  // namespace

DrawCounts draw_neighbours(const KnownValues& known, const DrawOptions& options) {
    const std::size_t n = known.size();
    DrawCounts counts{std::vector<std::uint32_t>(n, 0), std::vector<std::uint32_t>(n, 0)};
    if (options.permutations == 0 || n < 2) return counts;
    const std::vector<double> values = about_zero(known);
    const double total = std::accumulate(values.begin(), values.end(), 0.0);
    double largest = 0;
    for (const double value : values) largest = std::max(largest, std::abs(value));
    const SumsOfDraws sums_of = fastest_sums();

    in_parallel((n + areas_a_piece - 1) / areas_a_piece, options.threads, [&](std::size_t piece) {
        OneDraw one(n);
        for (std::size_t i = piece * areas_a_piece; i < std::min(n, (piece + 1) * areas_a_piece); ++i) {
            const auto neighbours = known.neighbours.of(i);
            if (neighbours.empty()) continue;
            const std::size_t others = n - 1;
            const bool most = neighbours.size() > others - neighbours.size();
            const std::size_t picks = most ? others - neighbours.size() : neighbours.size();
            DrawnArea area;
            area.values = values.data();
            area.seed = options.seed;
            area.stream = known.place[i];
            area.itself = static_cast<std::uint32_t>(i);
            area.others = static_cast<std::uint32_t>(others);
            area.picks = static_cast<std::uint32_t>(picks);
            double observed = 0;
            for (const AreaIndex j : neighbours) observed += values[static_cast<std::size_t>(j)];
            const double slack = rounding * largest * static_cast<double>(most ? n : picks);
            std::uint32_t at_least = 0;
            std::uint32_t at_most = 0;
            const auto count = [&](double drawn) {
                const double sum = most ? total - values[i] - drawn : drawn;
                at_least += sum >= observed - slack ? 1U : 0U;
                at_most += sum <= observed + slack ? 1U : 0U;
            };
            if (picks > most_lane_picks) {
                for (std::uint32_t draw = 0; draw < options.permutations; ++draw) count(one.sum(area, draw));
            } else {
                std::array<double, lanes> sums;
                Lane again;
                for (std::uint32_t draw = 0; draw < options.permutations; draw += lanes) {
                    sums_of(area, draw, sums, again);
                    const std::size_t left = std::min<std::size_t>(lanes, options.permutations - draw);
                    for (std::size_t l = 0; l < left; ++l) {
                        count(again[l] == 0 ? sums[l] : one.sum(area, draw + static_cast<std::uint32_t>(l)));
                    }
                }
            }
            counts.at_least[i] = at_least;
            counts.at_most[i] = at_most;
        }
    });
    return counts;
}

PermutationP permutation_p(std::uint32_t at_least, std::uint32_t at_most, std::uint32_t permutations) {
    if (permutations == 0) {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        return {nan, nan, nan};
    }
    const double all = 1.0 + permutations;
    const double greater = (1.0 + at_least) / all;
    const double less = (1.0 + at_most) / all;
    return {greater, less, std::min(1.0, 2 * std::min(greater, less))};
}

}  // namespace wardmap
