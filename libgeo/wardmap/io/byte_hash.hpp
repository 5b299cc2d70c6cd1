/// \file
/// A quick 64-bit hash of bytes, for tables in memory: not for files, not against attackers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace wardmap {

/// The two halves of the product folded: the mixing step of wyhash (Wang Yi, public domain).
inline std::uint64_t folded_product(std::uint64_t a, std::uint64_t b) noexcept {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

inline std::uint64_t word_at(const char* p) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    return word;
}

/// Up to eight bytes as one word, without reading beyond them.
inline std::uint64_t short_word(const char* p, std::size_t n) noexcept {
    if (n >= 4) {
        std::uint32_t low = 0;
        std::uint32_t high = 0;
        std::memcpy(&low, p, 4);
        std::memcpy(&high, p + n - 4, 4);
        return (std::uint64_t{high} << 32U) | low;
    }
    if (n == 0) return 0;
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(p[i])}; };
    return byte(0) | (byte(n / 2) << 8U) | (byte(n - 1) << 16U);
}

inline std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0) noexcept {
    constexpr std::uint64_t k0 = 0xa0761d6478bd642fULL;
    constexpr std::uint64_t k1 = 0xe7037ed1a0b428dbULL;
    constexpr std::uint64_t k2 = 0x8ebc6af09c88c6e3ULL;
    constexpr std::uint64_t k3 = 0x589965cc75374cc3ULL;
    const char* p = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t a = seed ^ k0;
    if (left <= 16) {
        const std::uint64_t first = left > 8 ? word_at(p) : short_word(p, left);
        const std::uint64_t last = left > 8 ? word_at(p + left - 8) : 0;
        return folded_product(k1 ^ bytes.size(), folded_product(first ^ k1, last ^ a));
    }
    if (left > 48) {
        std::uint64_t b = a;
        std::uint64_t c = a;
        const auto take = [&](const char* at) {
            a = folded_product(word_at(at) ^ k1, word_at(at + 8) ^ a);
            b = folded_product(word_at(at + 16) ^ k2, word_at(at + 24) ^ b);
            c = folded_product(word_at(at + 32) ^ k3, word_at(at + 40) ^ c);
        };
        for (; left > 48; left -= 48, p += 48) take(p);
        take(p + left - 48);  // some bytes again, rather than a loop of unforeseeable length
        return folded_product(k1 ^ bytes.size(), a ^ b ^ c);
    }
    while (left > 16) {
        a = folded_product(word_at(p) ^ k1, word_at(p + 8) ^ a);
        p += 16;
        left -= 16;
    }
    return folded_product(k1 ^ bytes.size(),
                          folded_product(word_at(p + left - 16) ^ k1, word_at(p + left - 8) ^ a));
}

/// memcmp for the short texts of cells.
inline bool same_bytes(const char* a, const char* b, std::size_t n) noexcept {
    if (n < 8) return short_word(a, n) == short_word(b, n);
    for (std::size_t at = 0; at + 8 < n; at += 8) {
        if (word_at(a + at) != word_at(b + at)) return false;
    }
    return word_at(a + n - 8) == word_at(b + n - 8);
}

}  // namespace wardmap
