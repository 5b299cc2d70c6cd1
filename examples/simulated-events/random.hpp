/// \file
/// Chance that is the same on every machine: the standard's generators are portable, its distributions are
/// not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap::simulated {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
public:
    /// \param stream  what it is drawn for: streams of one seed do not follow each other
    Random(std::uint64_t seed, std::string_view stream) noexcept;

    std::uint64_t next() noexcept;

    /// 0 to n - 1, each as likely as the others (Lemire 2019). \pre n > 0
    std::uint32_t below(std::uint32_t n) noexcept;

    /// A position in `weights`, as likely as its weight. \pre their sum is above 0 and below 2^32
    std::size_t weighted(std::span<const std::uint32_t> weights) noexcept;

    /// From 0 up to, not including, 1: a multiple of 2^-53, so exact.
    double fraction() noexcept { return static_cast<double>(next() >> 11) * 0x1p-53; }

    /// True in `percent` of a hundred cases.
    bool in_percent(std::uint32_t percent) noexcept { return below(100) < percent; }

    template <typename Value>
    void shuffle(std::vector<Value>& values) noexcept {
        for (std::size_t left = values.size(); left > 1; --left)
            std::swap(values[left - 1], values[below(static_cast<std::uint32_t>(left))]);
    }

private:
    std::uint64_t state_;
};

}  // namespace wardmap::simulated
