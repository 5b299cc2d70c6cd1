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
constexpr std::size_t looked_ahead = 1024;  // bytes: processors themselves look ahead only within a page
constexpr std::uint64_t most_feeds_in_record = 20;  // inside quoted cells: where readers begin to warn

/// Which of 64 bytes are what: bit i is byte i.
struct BlockMasks {
    std::uint64_t delimiters = 0;
    std::uint64_t line_feeds = 0;
    std::uint64_t returns = 0;
    std::uint64_t quotes = 0;
};

struct MarkState {
    const char* text = nullptr;
    char delimiter = ',';
    std::size_t size = 0;           ///< of the text that may be looked at
    std::uint32_t* stop = nullptr;  ///< the next free
    std::uint32_t* stops = nullptr;
    std::uint32_t* record = nullptr;    ///< the next free
    bool quotes = false;                ///< there were some
    bool inside = false;                ///< the text so far ends inside a quoted cell
    std::uint64_t feeds_in_record = 0;  ///< line feeds inside quoted cells since the last record end
};

/// Writes the positions of the bits. Writes up to eight places past the last, which are free.
[[gnu::always_inline]] inline std::uint32_t* put_positions(std::uint64_t bits, std::uint32_t base,
                                                           std::uint32_t* out) {
    const int n = std::popcount(bits);
    constexpr int at_once = 6;  // cells are some ten bytes long: a block of more is seldom
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

bool is_edge(const MarkState& state, char c) {
    return c == state.delimiter || c == '\n' || c == '\r' || c == '"';
}

/// Bit i of the result is the parity of the bits 0 to i.
std::uint64_t running_parity(std::uint64_t bits) {
    for (unsigned by = 1; by < block; by *= 2) bits ^= bits << by;
    return bits;
}

/// The marks of a block in which a quotation mark stands or a quoted cell lies: those outside quoted cells.
/// Cells are quoted by the book: an opening quotation mark stands at the beginning of a cell or doubles the
/// one before it, a closing one at its end or before its double. `marks` and `ends` are cut off in front of
/// the first that is not; false then.
bool leave_out_quoted(MarkState& state, const BlockMasks& masks, std::size_t at, std::size_t length,
                      std::uint64_t& marks, std::uint64_t& ends) {
    const std::uint64_t inside = running_parity(masks.quotes) ^ (state.inside ? ~std::uint64_t{0} : 0);
    const std::uint64_t edges = masks.delimiters | masks.line_feeds | masks.returns | masks.quotes;
    const std::size_t next = at + length;
    const std::uint64_t after = next == state.size || is_edge(state, state.text[next]) ? 1 : 0;
    const std::uint64_t edge_before =
        (edges << 1U) | std::uint64_t{at == 0 || is_edge(state, state.text[at - 1])};
    const std::uint64_t edge_behind = (edges >> 1U) | (after << (length - 1));
    std::uint64_t wrong = (masks.quotes & inside & ~edge_before) | (masks.quotes & ~inside & ~edge_behind);
    const std::uint64_t feeds = masks.line_feeds & inside;
    if (state.feeds_in_record + static_cast<std::uint64_t>(std::popcount(feeds)) > most_feeds_in_record)
        wrong |= feeds;
    marks &= ~inside;
    ends &= ~inside;
    state.quotes = true;
    state.inside = (inside >> (length - 1) & 1U) != 0;
    if (wrong != 0) {
        const std::uint64_t before = (wrong & (~wrong + 1)) - 1;
        marks &= before;
        ends &= before;
        return false;
    }
    const std::uint64_t since =
        ends == 0 ? ~std::uint64_t{0}
                  : ~std::uint64_t{0} << (block - 1 - static_cast<unsigned>(std::countl_zero(ends)));
    if (ends != 0) state.feeds_in_record = 0;
    state.feeds_in_record += static_cast<std::uint64_t>(std::popcount(feeds & since));
    return true;
}

/// Takes the marks of one block of `length` bytes. False if a quotation mark ends the work: the records
/// before it are marked.
[[gnu::always_inline]] inline bool take_block(MarkState& state, const BlockMasks& masks, std::size_t at,
                                              std::size_t length = block) {
    std::uint64_t ends = masks.line_feeds;
    if (masks.returns != 0) [[unlikely]] {
        const bool feed_follows = at + length < state.size && state.text[at + length] == '\n';
        const std::uint64_t before_feed =
            (masks.line_feeds >> 1U) | (std::uint64_t{feed_follows} << (length - 1));
        ends |= masks.returns & ~before_feed;
    }
    std::uint64_t marks = ends | masks.delimiters;
    bool goes_on = true;
    if (masks.quotes != 0 || state.inside) [[unlikely]] {
        MarkState copy = state;  // so that the state of all other blocks can stay in registers
        goes_on = leave_out_quoted(copy, masks, at, length, marks, ends);
        state = copy;
    }
    const auto first = static_cast<std::uint32_t>(state.stop - state.stops);
    state.stop = put_positions(marks, static_cast<std::uint32_t>(at), state.stop);
    // Whether there is one end or none cannot be foreseen, so it is no branch; two are seldom.
    const auto put_end = [&] {
        const std::uint64_t below = (ends & (~ends + 1)) - 1;
        *state.record = first + static_cast<std::uint32_t>(std::popcount(marks & below));
        state.record += ends != 0 ? 1 : 0;
        ends &= ends - 1;
    };
    put_end();
    while (ends != 0) [[unlikely]]
        put_end();
    return goes_on;
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
        __builtin_prefetch(local.text + at + looked_ahead);
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

auto quickest_here() {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                   __builtin_cpu_supports("popcnt") != 0
               ? take_blocks_avx2
               : take_blocks;
}
const auto take_whole_blocks = quickest_here();

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
    if (marks.records.size() < to + 3) marks.records.resize(to + 3);
    marks.records[0] = 0;
    marks.stopped_by_quote = false;
    marks.stops[0] = static_cast<std::uint32_t>(-1);
    MarkState state{.text = text.data(),
                    .delimiter = delimiter,
                    .size = text.size(),
                    .stop = marks.stops.data() + 1,
                    .stops = marks.stops.data(),
                    .record = marks.records.data() + 1};
    std::size_t at = take_whole_blocks(state, delimiter, to);
    if (at == std::string_view::npos) {
        marks.stopped_by_quote = true;
    } else if (at < to) {
        const std::size_t length = to - at;
        marks.stopped_by_quote =
            !take_block(state, masks_of(text.data() + at, length, delimiter), at, length);
    }
    marks.quotes = state.quotes;
    if (to == text.size() && state.inside) marks.stopped_by_quote = true;
    marks.count = static_cast<std::size_t>(state.record - marks.records.data()) - 1;
    marks.used = marks.count == 0 ? 0 : std::size_t{marks.stops[marks.records[marks.count]]} + 1;
    if (to == text.size() && !marks.stopped_by_quote && marks.used < to) {
        *state.stop = static_cast<std::uint32_t>(to);
        *state.record = static_cast<std::uint32_t>(state.stop - state.stops);
        ++marks.count;
        marks.used = to;
    }
}

std::string_view cell_text(std::string_view cell, std::deque<std::string>& copies) {
    if (cell.size() < 2 || cell.front() != '"') return cell;
    cell = cell.substr(1, cell.size() - 2);
    if (cell.find('"') == std::string_view::npos) return cell;
    std::string& copy = copies.emplace_back();
    for (std::size_t i = 0; i < cell.size(); ++i) {
        copy += cell[i];
        if (cell[i] == '"') ++i;
    }
    return copy;
}

}  // namespace wardmap
