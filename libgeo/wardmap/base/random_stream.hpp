/// \file
/// Random numbers that are the same on any number of threads: each is a function of (seed, stream, draw,
/// place in the draw), so that nothing depends on who asks first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace wardmap {

/// Philox4x32-10: 128 random bits for a counter under a key. Source: Salmon, Moraes, Dror and Shaw 2011,
/// "Parallel random numbers: as easy as 1, 2, 3".
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                              std::array<std::uint32_t, 2> key) noexcept {
    constexpr std::uint32_t multiplier_0 = 0xD2511F53U, multiplier_1 = 0xCD9E8D57U;
    constexpr std::uint32_t weyl_0 = 0x9E3779B9U, weyl_1 = 0xBB67AE85U;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product_0 = std::uint64_t{multiplier_0} * counter[0];
        const std::uint64_t product_1 = std::uint64_t{multiplier_1} * counter[2];
        counter = {static_cast<std::uint32_t>(product_1 >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(product_1),
                   static_cast<std::uint32_t>(product_0 >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(product_0)};
        key = {key[0] + weyl_0, key[1] + weyl_1};
    }
    return counter;
}

/// The numbers of one draw of one stream under a seed: the stream is the area (or the replication), the draw
/// its permutation. Cheap to make; a draw holds 2^34 numbers of 32 bits before it repeats.
class RandomStream {
public:
    constexpr RandomStream(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw) noexcept
        : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
          counter_{0, draw, static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)} {}

    /// 32 random bits.
    constexpr std::uint32_t bits32() noexcept {
        if (used_ == block_.size()) {
            block_ = philox(counter_, key_);
            ++counter_[0];
            used_ = 0;
        }
        return block_[used_++];
    }

    /// 64 random bits.
    constexpr std::uint64_t bits64() noexcept {
        const std::uint64_t high = bits32();
        return high << 32 | bits32();
    }

    /// A whole number from 0 to n - 1, each equally likely (Lemire 2019: no remainder favours any).
    /// \pre n is at least 1
    constexpr std::uint32_t below(std::uint32_t n) noexcept {
        std::uint64_t product = std::uint64_t{bits32()} * n;
        if (static_cast<std::uint32_t>(product) < n) {
            const std::uint32_t unfair = (0U - n) % n;
            while (static_cast<std::uint32_t>(product) < unfair) product = std::uint64_t{bits32()} * n;
        }
        return static_cast<std::uint32_t>(product >> 32);
    }

    /// At least 0 and below 1, a multiple of 2^-53.
    constexpr double uniform() noexcept { return static_cast<double>(bits64() >> 11) * 0x1p-53; }

private:
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 4> counter_;
    std::array<std::uint32_t, 4> block_{};
    std::size_t used_ = 4;
};

}  // namespace wardmap
