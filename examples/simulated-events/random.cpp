#include "random.hpp"

#include <numeric>

namespace wardmap::simulated {

Random::Random(std::uint64_t seed, std::string_view stream) noexcept : state_(14695981039346656037U) {
    // FNV-1a of the stream's name, then the seed.
    for (const char letter : stream) {
        state_ = (state_ ^ static_cast<unsigned char>(letter)) * 1099511628211U;
    }
    state_ ^= seed;
    state_ = next();
}

std::uint64_t Random::next() noexcept {
    std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15U;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
}

std::uint32_t Random::below(std::uint32_t n) noexcept {
    const std::uint32_t uneven = (0U - n) % n;
    for (;;) {
        const std::uint64_t product = (next() >> 32) * n;
        if (static_cast<std::uint32_t>(product) >= uneven) return static_cast<std::uint32_t>(product >> 32);
    }
}

std::size_t Random::weighted(std::span<const std::uint32_t> weights) noexcept {
    std::uint32_t at = below(std::accumulate(weights.begin(), weights.end(), std::uint32_t{0}));
    std::size_t position = 0;
    while (at >= weights[position]) at -= weights[position++];
    return position;
}

}  // namespace wardmap::simulated
