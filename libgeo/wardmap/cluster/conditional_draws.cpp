#include "wardmap/cluster/conditional_draws.hpp"

#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/base/random_stream.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wardmap {
namespace {

constexpr std::size_t areas_a_piece = 64;  // of work for a thread
constexpr double rounding = 1e-12;         // of a sum, relative to the largest value in it

/// What the draws of one area are made from, and how their sums are counted.
struct DrawnArea {
    const double* values = nullptr;  ///< of all areas
    std::uint64_t seed = 0;
    std::uint64_t stream = 0;
    std::uint32_t itself = 0;  ///< its place, which is never drawn
    std::uint32_t others = 0;
    std::uint32_t picks = 0;
    double high = 0;  ///< a sum from here on is at least the observed one
    double low = 0;   ///< a sum up to here is at most the observed one
};

struct Tally {
    std::uint32_t at_least = 0;
    std::uint32_t at_most = 0;

    void add(double sum, const DrawnArea& area) {
        at_least += sum >= area.high ? 1U : 0U;
        at_most += sum <= area.low ? 1U : 0U;
    }
};

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

#if defined(__x86_64__)

constexpr std::uint32_t lanes = 8;  // draws made side by side
constexpr int philox_rounds = 10;
constexpr std::uint32_t most_lane_picks = 32;  // of a draw; beyond, draws are made one by one

/// Eight numbers of 32 bits in the low halves of 64: of the even draws, and of the odd ones. What the high
/// halves hold is of no meaning.
struct Words {
    __m256i even;
    __m256i odd;
};

/// What every block of an area's streams begins with.
struct StreamStart {
    __m256i keys_0[philox_rounds];
    __m256i keys_1[philox_rounds];
    __m256i stream_low;
    __m256i stream_high;
};

[[gnu::target("avx2")]] inline void start_stream(const DrawnArea& area, StreamStart& start) {
    std::uint32_t key_0 = static_cast<std::uint32_t>(area.seed);
    std::uint32_t key_1 = static_cast<std::uint32_t>(area.seed >> 32);
    for (int round = 0; round < philox_rounds; ++round) {
        start.keys_0[round] = _mm256_set1_epi64x(key_0);
        start.keys_1[round] = _mm256_set1_epi64x(key_1);
        key_0 += 0x9E3779B9U;
        key_1 += 0xBB67AE85U;
    }
    start.stream_low = _mm256_set1_epi64x(static_cast<std::uint32_t>(area.stream));
    start.stream_high = _mm256_set1_epi64x(static_cast<std::uint32_t>(area.stream >> 32));
}

/// The four words of block `block` of the streams of draws first_draw ... first_draw + 7 (philox() of
/// random_stream.hpp).
[[gnu::target("avx2")]] inline void random_block(const StreamStart& start, std::uint32_t first_draw,
                                                 std::uint32_t block, Words words[4]) {
    const __m256i multiplier_0 = _mm256_set1_epi64x(0xD2511F53);
    const __m256i multiplier_1 = _mm256_set1_epi64x(0xCD9E8D57);
    const __m256i first = _mm256_set1_epi64x(first_draw);
    Words c0{_mm256_set1_epi64x(block), _mm256_set1_epi64x(block)};
    Words c1{_mm256_add_epi64(first, _mm256_setr_epi64x(0, 2, 4, 6)),
             _mm256_add_epi64(first, _mm256_setr_epi64x(1, 3, 5, 7))};
    Words c2{start.stream_low, start.stream_low};
    Words c3{start.stream_high, start.stream_high};
    for (int round = 0; round < philox_rounds; ++round) {
        const __m256i k0 = start.keys_0[round];
        const __m256i k1 = start.keys_1[round];
        const Words p0{_mm256_mul_epu32(c0.even, multiplier_0), _mm256_mul_epu32(c0.odd, multiplier_0)};
        const Words p1{_mm256_mul_epu32(c2.even, multiplier_1), _mm256_mul_epu32(c2.odd, multiplier_1)};
        c0.even = _mm256_xor_si256(_mm256_srli_epi64(p1.even, 32), _mm256_xor_si256(c1.even, k0));
        c0.odd = _mm256_xor_si256(_mm256_srli_epi64(p1.odd, 32), _mm256_xor_si256(c1.odd, k0));
        c2.even = _mm256_xor_si256(_mm256_srli_epi64(p0.even, 32), _mm256_xor_si256(c3.even, k1));
        c2.odd = _mm256_xor_si256(_mm256_srli_epi64(p0.odd, 32), _mm256_xor_si256(c3.odd, k1));
        c1 = p1;
        c3 = p0;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

[[gnu::target("avx2")]] inline __m256d values_at(const double* values, __m128i places) {
    const __m256d every = _mm256_castsi256_pd(_mm256_set1_epi64x(-1));
    return _mm256_mask_i32gather_pd(_mm256_setzero_pd(), values, places, every, 8);
}

/// All draws of one area, eight at a time. A draw in which an area comes twice, or a number may favour some
/// area (RandomStream::below), is made by `one`.
[[gnu::target("avx2")]] Tally tally_avx2(const DrawnArea& area, std::uint32_t draws, OneDraw& one) {
    constexpr int odd_words = 0b10101010;
    const __m256i others = _mm256_set1_epi64x(area.others);
    const __m256i fairest = _mm256_set1_epi32(static_cast<int>(area.others));
    const __m256i itself = _mm256_set1_epi32(static_cast<int>(area.itself));
    const __m256i next = _mm256_set1_epi32(1);
    const __m256d high = _mm256_set1_pd(area.high);
    const __m256d low = _mm256_set1_pd(area.low);
    StreamStart start;
    start_stream(area, start);
    __m256i picks[most_lane_picks];
    Words words[4];
    Tally tally;
    for (std::uint32_t draw = 0; draw < draws; draw += lanes) {
        __m256i lowest = _mm256_set1_epi32(-1);
        __m256i twice = _mm256_setzero_si256();
        __m256d sum_first = _mm256_setzero_pd();
        __m256d sum_last = _mm256_setzero_pd();
        for (std::uint32_t p = 0; p < area.picks; ++p) {
            if (p % 4 == 0) random_block(start, draw, p / 4, words);
            const __m256i even = _mm256_mul_epu32(words[p % 4].even, others);
            const __m256i odd = _mm256_mul_epu32(words[p % 4].odd, others);
            lowest =
                _mm256_min_epu32(lowest, _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), odd_words));
            const __m256i pick = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, odd_words);
            for (std::uint32_t q = 0; q < p; ++q)
                twice = _mm256_or_si256(twice, _mm256_cmpeq_epi32(picks[q], pick));
            picks[p] = pick;
            // Places from the area's own on are one further.
            const __m256i place =
                _mm256_add_epi32(_mm256_add_epi32(pick, next), _mm256_cmpgt_epi32(itself, pick));
            sum_first = _mm256_add_pd(sum_first, values_at(area.values, _mm256_castsi256_si128(place)));
            sum_last = _mm256_add_pd(sum_last, values_at(area.values, _mm256_extracti128_si256(place, 1)));
        }
        const __m256i unfair = _mm256_xor_si256(_mm256_cmpeq_epi32(_mm256_max_epu32(lowest, fairest), lowest),
                                                _mm256_set1_epi32(-1));
        const auto again = static_cast<std::uint32_t>(
            _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_or_si256(twice, unfair))));
        const std::uint32_t wanted = draws - draw < lanes ? (1U << (draws - draw)) - 1 : 0xFFU;
        const auto at_least =
            static_cast<std::uint32_t>(_mm256_movemask_pd(_mm256_cmp_pd(sum_first, high, _CMP_GE_OQ)) |
                                       _mm256_movemask_pd(_mm256_cmp_pd(sum_last, high, _CMP_GE_OQ)) << 4);
        const auto at_most =
            static_cast<std::uint32_t>(_mm256_movemask_pd(_mm256_cmp_pd(sum_first, low, _CMP_LE_OQ)) |
                                       _mm256_movemask_pd(_mm256_cmp_pd(sum_last, low, _CMP_LE_OQ)) << 4);
        tally.at_least += static_cast<std::uint32_t>(std::popcount(at_least & wanted & ~again));
        tally.at_most += static_cast<std::uint32_t>(std::popcount(at_most & wanted & ~again));
        for (std::uint32_t left = again & wanted; left != 0; left &= left - 1) {
            const auto lane = static_cast<std::uint32_t>(std::countr_zero(left));
            tally.add(one.sum(area, draw + lane), area);
        }
    }
    return tally;
}

#endif

/// The same counts on any processor: where it can, draws are made side by side.
Tally tally_of(const DrawnArea& area, std::uint32_t draws, OneDraw& one) {
#if defined(__x86_64__)
    static const bool side_by_side = __builtin_cpu_supports("avx2");
    if (side_by_side && area.picks <= most_lane_picks) return tally_avx2(area, draws, one);
#endif
    Tally tally;
    for (std::uint32_t draw = 0; draw < draws; ++draw) tally.add(one.sum(area, draw), area);
    return tally;
}

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

    Stage stage("Drawing neighbours", n);
    in_parallel((n + areas_a_piece - 1) / areas_a_piece, options.threads, [&](std::size_t piece) {
        OneDraw one(n);
        for (std::size_t i = piece * areas_a_piece; i < std::min(n, (piece + 1) * areas_a_piece); ++i) {
            still_wanted();
            stage.step();
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
            if (most) observed = total - values[i] - observed;
            const double slack = rounding * largest * static_cast<double>(most ? n : picks);
            area.high = observed - slack;
            area.low = observed + slack;
            Tally tally = tally_of(area, options.permutations, one);
            // Where what is left out was drawn, its sum is high where the neighbours' is low.
            if (most) std::swap(tally.at_least, tally.at_most);
            counts.at_least[i] = tally.at_least;
            counts.at_most[i] = tally.at_most;
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
