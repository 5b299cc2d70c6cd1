#include "wardmap/render/row_deflate.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

// RFC 1951: lengths 3 to 258, symbols 0-255 literals, 256 the end of a block, 257 and up lengths.
constexpr std::size_t shortest_match = 3;
constexpr std::size_t longest_match = 258;
constexpr std::size_t length_symbols = 286;
constexpr std::size_t distance_symbols = 30;
constexpr std::size_t end_of_block = 256;
constexpr std::array<std::uint16_t, 29> length_base{3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                    15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                    67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> length_extra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                    2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
/// The order in which the lengths of the code for lengths are sent.
constexpr std::array<std::uint8_t, 19> order_of_lengths{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                        11, 4,  12, 3, 13, 2, 14, 1, 15};
constexpr int longest_code = 15;
constexpr int longest_length_code = 7;
/// Codes are made anew after so many tokens: enough to pay for the table.
constexpr std::size_t tokens_a_block = 30000;

/// Symbol of each length.
constexpr std::array<std::uint8_t, longest_match + 1> symbols_of_lengths() {
    std::array<std::uint8_t, longest_match + 1> out{};
    for (std::size_t length = shortest_match; length <= longest_match; ++length) {
        std::uint8_t symbol = 0;
        while (symbol + 1U < length_base.size() && length_base[symbol + 1U] <= length) ++symbol;
        out[length] = symbol;
    }
    return out;
}
constexpr auto length_symbol = symbols_of_lengths();

/// A byte as it is, or so many bytes of one of the two distances.
struct Token {
    std::uint16_t value = 0;  ///< the byte, or the length of a match
    enum Kind : std::uint16_t { literal, byte_before, row_above } kind = literal;
};

struct DistanceCode {
    std::size_t symbol = 0;
    int extra_bits = 0;
    std::uint32_t extra = 0;
};

DistanceCode code_of_distance(std::size_t distance) {
    if (distance <= 4) return {distance - 1, 0, 0};
    const auto less = static_cast<std::uint32_t>(distance - 1);
    const int high = static_cast<int>(std::bit_width(less)) - 1;
    const std::uint32_t half = less >> (high - 1) & 1U;
    const int extra_bits = high - 1;
    return {static_cast<std::size_t>(high) * 2 + half, extra_bits, less & ((1U << extra_bits) - 1)};
}

/// Lengths of a prefix code, none above `longest` (Huffman's; where it is too deep, frequencies are flattened
/// until it fits).
std::vector<std::uint8_t> code_lengths(std::vector<std::uint32_t> counts, int longest) {
    struct Node {
        std::uint64_t weight = 0;
        std::size_t parent = 0;
    };
    std::vector<std::uint8_t> lengths(counts.size());
    std::vector<std::size_t> used;
    for (std::size_t s = 0; s < counts.size(); ++s) {
        if (counts[s] > 0) used.push_back(s);
    }
    if (used.size() < 2) {  // a code of one symbol has one bit
        for (const std::size_t s : used) lengths[s] = 1;
        return lengths;
    }
    for (bool fits = false; !fits;) {
        std::sort(used.begin(), used.end(), [&](std::size_t a, std::size_t b) {
            return counts[a] != counts[b] ? counts[a] < counts[b] : a < b;
        });
        // Leaves in order, then the nodes made of them, which come in order by themselves.
        std::vector<Node> nodes;
        for (const std::size_t s : used) nodes.push_back({counts[s], 0});
        std::size_t leaf = 0;
        std::size_t inner = used.size();
        const auto lightest = [&] {
            return inner == nodes.size() || (leaf < used.size() && nodes[leaf].weight <= nodes[inner].weight)
                       ? leaf++
                       : inner++;
        };
        while (nodes.size() < 2 * used.size() - 1) {
            const std::size_t a = lightest();
            const std::size_t b = lightest();
            nodes[a].parent = nodes[b].parent = nodes.size();
            nodes.push_back({nodes[a].weight + nodes[b].weight, 0});
        }
        std::vector<int> depth(nodes.size());
        fits = true;
        for (std::size_t n = nodes.size() - 1; n-- > 0;) {
            depth[n] = depth[nodes[n].parent] + 1;
            if (n >= used.size()) continue;
            lengths[used[n]] = static_cast<std::uint8_t>(depth[n]);
            fits = fits && depth[n] <= longest;
        }
        if (fits) break;
        for (const std::size_t s : used) counts[s] = counts[s] / 2 + 1;
    }
    return lengths;
}

/// The bits of a canonical code, mirrored, as deflate sends them lowest bit first.
struct Code {
    std::vector<std::uint8_t> lengths{};
    std::vector<std::uint16_t> bits{};

    explicit Code(std::vector<std::uint8_t> given) : lengths(std::move(given)), bits(lengths.size()) {
        std::array<std::uint32_t, longest_code + 2> next{};
        for (const std::uint8_t length : lengths) next[length + 1U] += length > 0 ? 1 : 0;
        for (std::size_t n = 1; n < next.size(); ++n) next[n] = (next[n] + next[n - 1]) * 2;
        // next[n] now is twice the first code of length n - 1 beyond; the first of length n is next[n].
        for (std::size_t s = 0; s < lengths.size(); ++s) {
            if (lengths[s] == 0) continue;
            std::uint32_t code = next[lengths[s]]++;
            std::uint32_t mirrored = 0;
            for (int b = 0; b < lengths[s]; ++b, code >>= 1U) mirrored = mirrored << 1U | (code & 1U);
            bits[s] = static_cast<std::uint16_t>(mirrored);
        }
    }
};

/// Writes bits behind the bytes of a string, lowest first. There must be room: see make_room().
class BitWriter {
public:
    explicit BitWriter(std::string& out) : out_(out), end_(out.size()) {}
    BitWriter(const BitWriter&) = delete;
    BitWriter& operator=(const BitWriter&) = delete;

    void make_room(std::size_t bytes) { out_.resize(std::max(out_.size(), end_ + bytes + sizeof held_)); }
    /// At most 32 bits at a time.
    void put(std::uint32_t bits, int count) {
        held_ |= static_cast<std::uint64_t>(bits) << count_;
        count_ += count;
        std::memcpy(out_.data() + end_, &held_, sizeof held_);
        const int whole = count_ & ~7;
        end_ += static_cast<std::size_t>(whole / 8);
        held_ >>= whole;
        count_ &= 7;
    }
    /// The string ends behind the last bit.
    void finish() { out_.resize(end_ + (count_ > 0 ? 1 : 0)); }

private:
    std::string& out_;
    std::size_t end_;
    std::uint64_t held_ = 0;
    int count_ = 0;  ///< of bits held, below 8
};
static_assert(std::endian::native == std::endian::little);

/// How many bytes from `at` on are those `distance` before, at most `most`.
std::size_t match_length(std::string_view data, std::size_t at, std::size_t distance, std::size_t most) {
    const char* const here = data.data() + at;
    const char* const there = here - distance;
    std::size_t n = 0;
    while (n + 8 <= most) {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        std::memcpy(&a, here + n, 8);
        std::memcpy(&b, there + n, 8);
        if (a != b) return n + static_cast<std::size_t>(std::countr_zero(a ^ b)) / 8;
        n += 8;
    }
    while (n < most && here[n] == there[n]) ++n;
    return n;
}

/// What a block says, and how often each symbol comes.
struct Block {
    std::vector<Token> tokens{};
    std::vector<std::uint32_t> lengths = std::vector<std::uint32_t>(length_symbols);
    std::vector<std::uint32_t> distances = std::vector<std::uint32_t>(distance_symbols);
};

/// The block from `at` on, which moves behind it.
Block next_block(std::string_view data, std::size_t row_bytes, std::size_t above_symbol, std::size_t& at) {
    Block out;
    out.tokens.reserve(tokens_a_block);
    while (at < data.size() && out.tokens.size() < tokens_a_block) {
        const std::size_t most = std::min(longest_match, data.size() - at);
        const std::size_t above = at >= row_bytes ? match_length(data, at, row_bytes, most) : 0;
        // Where the row above goes on far enough nothing else is better.
        const std::size_t before =
            at >= 1 && above < most && data[at] == data[at - 1] ? match_length(data, at, 1, most) : 0;
        const std::size_t length = std::max(above, before);
        if (length < shortest_match) {
            const auto byte = static_cast<unsigned char>(data[at++]);
            out.tokens.push_back({byte, Token::literal});
            ++out.lengths[byte];
            continue;
        }
        const Token::Kind kind = above >= before ? Token::row_above : Token::byte_before;
        out.tokens.push_back({static_cast<std::uint16_t>(length), kind});
        ++out.lengths[end_of_block + 1 + length_symbol[length]];
        ++out.distances[kind == Token::row_above ? above_symbol : 0];
        at += length;
    }
    out.lengths[end_of_block] = 1;
    return out;
}

void put_codes(BitWriter& writer, const Code& lengths, const Code& distances) {
    std::size_t length_count = length_symbols;
    std::size_t distance_count = distance_symbols;
    while (length_count > 257 && lengths.lengths[length_count - 1] == 0) --length_count;
    while (distance_count > 1 && distances.lengths[distance_count - 1] == 0) --distance_count;
    std::vector<std::uint8_t> all(lengths.lengths.begin(),
                                  lengths.lengths.begin() + static_cast<std::ptrdiff_t>(length_count));
    all.insert(all.end(), distances.lengths.begin(),
               distances.lengths.begin() + static_cast<std::ptrdiff_t>(distance_count));
    // Runs of lengths: 16 repeats the last 3 to 6 times, 17 and 18 stand for 3 to 10 and 11 to 138 zeros.
    struct Part {
        std::uint8_t symbol = 0;
        std::uint8_t extra = 0;
        int extra_bits = 0;
    };
    std::vector<Part> parts;
    std::vector<std::uint32_t> counts(order_of_lengths.size());
    const auto add = [&](std::size_t symbol, std::size_t extra, int extra_bits) {
        parts.push_back({static_cast<std::uint8_t>(symbol), static_cast<std::uint8_t>(extra), extra_bits});
        ++counts[symbol];
    };
    for (std::size_t i = 0; i < all.size();) {
        std::size_t run = 1;
        while (i + run < all.size() && all[i + run] == all[i]) ++run;
        if (all[i] == 0 && run >= 3) {
            run = std::min<std::size_t>(run, 138);
            run <= 10 ? add(17, run - 3, 3) : add(18, run - 11, 7);
        } else if (all[i] != 0 && run >= 4) {
            run = std::min<std::size_t>(run, 7);
            add(all[i], 0, 0);
            add(16, run - 4, 2);
        } else {
            run = 1;
            add(all[i], 0, 0);
        }
        i += run;
    }
    const Code code(code_lengths(counts, longest_length_code));
    std::size_t sent = order_of_lengths.size();
    while (sent > 4 && code.lengths[order_of_lengths[sent - 1]] == 0) --sent;
    writer.put(static_cast<std::uint32_t>(length_count - 257), 5);
    writer.put(static_cast<std::uint32_t>(distance_count - 1), 5);
    writer.put(static_cast<std::uint32_t>(sent - 4), 4);
    for (std::size_t i = 0; i < sent; ++i) writer.put(code.lengths[order_of_lengths[i]], 3);
    for (const Part& part : parts) {
        writer.put(code.bits[part.symbol], code.lengths[part.symbol]);
        writer.put(part.extra, part.extra_bits);
    }
}

enum class Last { no, yes };

void put_block(BitWriter& writer, const Block& block, const DistanceCode& above, Last last) {
    constexpr std::size_t longest_table = 512;
    constexpr std::size_t longest_token = 6;  // 15 + 5 bits of a length, 15 + 13 of a distance
    writer.make_room(longest_table + block.tokens.size() * longest_token);
    const Code lengths(code_lengths(block.lengths, longest_code));
    const Code distances(code_lengths(block.distances, longest_code));
    writer.put(last == Last::yes ? 1 : 0, 1);
    writer.put(2, 2);  // codes of its own
    put_codes(writer, lengths, distances);
    for (const Token token : block.tokens) {
        if (token.kind == Token::literal) {
            writer.put(lengths.bits[token.value], lengths.lengths[token.value]);
            continue;
        }
        const std::size_t place = length_symbol[token.value];
        const std::size_t symbol = end_of_block + 1 + place;
        writer.put(lengths.bits[symbol], lengths.lengths[symbol]);
        writer.put(static_cast<std::uint32_t>(token.value - length_base[place]), length_extra[place]);
        if (token.kind == Token::byte_before) {
            writer.put(distances.bits[0], distances.lengths[0]);
        } else {
            writer.put(distances.bits[above.symbol], distances.lengths[above.symbol]);
            writer.put(above.extra, above.extra_bits);
        }
    }
    writer.put(lengths.bits[end_of_block], lengths.lengths[end_of_block]);
}

}  // namespace

std::string packed_rows(std::string_view data, std::size_t row_bytes) {
    std::string out("\x78\x01", 2);  // a window of 32 KiB, quickest level
    const DistanceCode above = code_of_distance(row_bytes);
    BitWriter writer(out);
    std::size_t at = 0;
    do {
        const Block block = next_block(data, row_bytes, above.symbol, at);
        put_block(writer, block, above, at == data.size() ? Last::yes : Last::no);
    } while (at < data.size());
    writer.finish();
    const std::uint32_t sum = libdeflate_adler32(1, data.data(), data.size());
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(sum >> shift & 255U);
    return out;
}

}  // namespace wardmap
