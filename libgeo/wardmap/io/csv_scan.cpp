#include "wardmap/io/csv_scan.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wardmap {
namespace {

constexpr std::size_t block = 64;

/// Which of 64 bytes are what: bit i is byte i.
struct BlockMasks {
    std::uint64_t delimiters = 0;
    std::uint64_t line_feeds = 0;
    std::uint64_t returns = 0;
    std::uint64_t quotes = 0;
};

struct MarkState {
    const char* text = nullptr;
    std::size_t size = 0;           ///< of the text that may be looked at
    std::uint32_t* stop = nullptr;  ///< the next free
    std::uint32_t* stops = nullptr;
    std::vector<std::uint32_t>* records = nullptr;
};

/// Writes the positions of the bits. Writes up to eight places past the last, which are free.
[[gnu::always_inline]] inline std::uint32_t* put_positions(std::uint64_t bits, std::uint32_t base,
                                                           std::uint32_t* out) {
    const int n = std::popcount(bits);
    constexpr int at_once = 4;
    for (int i = 0; i < at_once; ++i) {
        out[i] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
        bits &= bits - 1;
    }
    if (n > at_once) [[unlikely]] {
        for (int i = at_once; i < n; ++i) {
            out[i] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
            bits &= bits - 1;
        }
    }
    return out + n;
}

/// Takes the marks of one block. False if a quotation mark ends the work: what lies before it is marked.
[[gnu::always_inline]] inline bool take_block(MarkState& state, BlockMasks masks, std::size_t at) {
    std::uint64_t ends = masks.line_feeds;
    if (masks.returns != 0) [[unlikely]] {
        const bool feed_follows = at + block < state.size && state.text[at + block] == '\n';
        const std::uint64_t before_feed = (masks.line_feeds >> 1U) | (std::uint64_t{feed_follows} << 63U);
        ends |= masks.returns & ~before_feed;
    }
    std::uint64_t all = ends | masks.delimiters;
    if (masks.quotes != 0) [[unlikely]] {
        const std::uint64_t before = (masks.quotes & (~masks.quotes + 1)) - 1;
        all &= before;
        ends &= before;
    }
    const auto first = static_cast<std::uint32_t>(state.stop - state.stops);
    state.stop = put_positions(all, static_cast<std::uint32_t>(at), state.stop);
    while (ends != 0) {
        const std::uint64_t below = (ends & (~ends + 1)) - 1;
        state.records->push_back(first + static_cast<std::uint32_t>(std::popcount(all & below)));
        ends &= ends - 1;
    }
    return masks.quotes == 0;
}

BlockMasks masks_of(const char* p, std::size_t n, char delimiter) {
    BlockMasks masks;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (p[i] == delimiter) masks.delimiters |= bit;
        if (p[i] == '\n') masks.line_feeds |= bit;
        if (p[i] == '\r') masks.returns |= bit;
        if (p[i] == '"') masks.quotes |= bit;
    }
    return masks;
}

// Each takes whole blocks from `at` on, ends at the first that a quotation mark stops, and returns where it
// ended.

#if defined(__x86_64__)

[[gnu::target("avx2,bmi,popcnt")]] std::size_t take_blocks_avx2(MarkState& state, char delimiter,
                                                                std::size_t to) {
    const __m256i commas = _mm256_set1_epi8(delimiter);
    const __m256i feeds = _mm256_set1_epi8('\n');
    const __m256i returns = _mm256_set1_epi8('\r');
    const __m256i quotes = _mm256_set1_epi8('"');
    MarkState local = state;
    std::size_t at = 0;
    bool quoted = false;
    for (; at + block <= to && !quoted; at += block) {
        const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(local.text + at));
        const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(local.text + at + block / 2));
        const auto both =
            [](__m256i low, __m256i high) __attribute__((target("avx2,bmi,popcnt"), always_inline)) {
            return std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(low))} |
                   (std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(high))} << 32U);
        };
        BlockMasks masks;
        masks.delimiters = both(_mm256_cmpeq_epi8(a, commas), _mm256_cmpeq_epi8(b, commas));
        masks.line_feeds = both(_mm256_cmpeq_epi8(a, feeds), _mm256_cmpeq_epi8(b, feeds));
        const __m256i returns_a = _mm256_cmpeq_epi8(a, returns);
        const __m256i returns_b = _mm256_cmpeq_epi8(b, returns);
        const __m256i quotes_a = _mm256_cmpeq_epi8(a, quotes);
        const __m256i quotes_b = _mm256_cmpeq_epi8(b, quotes);
        const __m256i seldom =
            _mm256_or_si256(_mm256_or_si256(returns_a, returns_b), _mm256_or_si256(quotes_a, quotes_b));
        if (_mm256_testz_si256(seldom, seldom) == 0) [[unlikely]] {
            masks.returns = both(returns_a, returns_b);
            masks.quotes = both(quotes_a, quotes_b);
        }
        quoted = !take_block(local, masks, at);
    }
    state = local;
    return quoted ? std::string_view::npos : at;
}

std::size_t take_blocks(MarkState& state, char delimiter, std::size_t to) {
    const __m128i commas = _mm_set1_epi8(delimiter);
    const __m128i feeds = _mm_set1_epi8('\n');
    const __m128i returns = _mm_set1_epi8('\r');
    const __m128i quotes = _mm_set1_epi8('"');
    std::size_t at = 0;
    for (; at + block <= to; at += block) {
        BlockMasks masks;
        for (unsigned quarter = 0; quarter < 4; ++quarter) {
            const __m128i x = _mm_loadu_si128(
                reinterpret_cast<const __m128i*>(state.text + at + std::size_t{quarter} * 16));
            const auto put = [&](std::uint64_t& mask, __m128i wanted) {
                mask |=
                    std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(x, wanted)))}
                    << (quarter * 16);
            };
            put(masks.delimiters, commas);
            put(masks.line_feeds, feeds);
            put(masks.returns, returns);
            put(masks.quotes, quotes);
        }
        if (!take_block(state, masks, at)) return std::string_view::npos;
    }
    return at;
}

const auto take_whole_blocks = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0
                                   ? take_blocks_avx2
                                   : take_blocks;

#else

std::size_t take_whole_blocks(MarkState& state, char delimiter, std::size_t to) {
    std::size_t at = 0;
    for (; at + block <= to; at += block) {
        if (!take_block(state, masks_of(state.text + at, block, delimiter), at))
            return std::string_view::npos;
    }
    return at;
}

#endif

}  // namespace

void mark_records(std::string_view text, char delimiter, std::size_t most, CsvMarks& marks) {
    const std::size_t to = std::min(text.size(), most);
    // Every byte may be a mark, put_positions() writes ahead, and the end of the text may be one more.
    if (marks.stops.size() < to + block) marks.stops.resize(to + block);
    marks.records.assign(1, 0);
    marks.used = 0;
    marks.stopped_by_quote = false;
    marks.stops[0] = static_cast<std::uint32_t>(-1);
    MarkState state{.text = text.data(),
                    .size = text.size(),
                    .stop = marks.stops.data() + 1,
                    .stops = marks.stops.data(),
                    .records = &marks.records};
    std::size_t at = take_whole_blocks(state, delimiter, to);
    if (at == std::string_view::npos) {
        marks.stopped_by_quote = true;
    } else if (at < to) {
        BlockMasks masks = masks_of(text.data() + at, to - at, delimiter);
        // A CR at the end of what is looked at, with its LF behind.
        if (to < text.size() && text[to - 1] == '\r' && text[to] == '\n')
            masks.returns &= ~(std::uint64_t{1} << (to - at - 1));
        marks.stopped_by_quote = !take_block(state, masks, at);
    }
    auto count = static_cast<std::size_t>(state.stop - state.stops);
    const std::size_t end_of_last =
        marks.size() == 0 ? 0 : std::size_t{marks.stops[marks.records.back()]} + 1;
    if (to == text.size() && !marks.stopped_by_quote && end_of_last < to) {
        marks.stops[count] = static_cast<std::uint32_t>(to);
        marks.records.push_back(static_cast<std::uint32_t>(count));
        marks.used = to;
    } else {
        marks.used = end_of_last;
    }
}

}  // namespace wardmap
