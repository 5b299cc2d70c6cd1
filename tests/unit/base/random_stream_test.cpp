#include "wardmap/base/random_stream.hpp"

#include "wardmap/base/in_parallel.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace wardmap;

TEST_CASE("random stream: Philox gives the known answers of its authors") {
    // Random123, kat_vectors: philox4x32 with 10 rounds.
    using Four = std::array<std::uint32_t, 4>;
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == Four{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
          Four{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          Four{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("random stream: the numbers of a draw do not depend on the threads or on what was drawn before") {
    const auto sums = [](unsigned threads) {
        std::vector<std::uint64_t> sum(200);
        in_parallel(sum.size(), threads, [&](std::size_t area) {
            for (std::uint32_t draw = 0; draw < 20; ++draw) {
                RandomStream stream(7, area, draw);
                for (std::size_t i = 0; i <= area % 9; ++i) sum[area] += stream.bits64();
            }
        });
        return sum;
    };
    CHECK(sums(1) == sums(4));
}

TEST_CASE("random stream: another seed, stream or draw is another sequence") {
    const auto first = [](std::uint64_t seed, std::uint64_t stream, std::uint32_t draw) {
        return RandomStream(seed, stream, draw).bits64();
    };
    const std::uint64_t one = first(1, 0, 0);
    CHECK(one == first(1, 0, 0));
    CHECK(one != first(2, 0, 0));
    CHECK(one != first(std::uint64_t{1} << 32 | 1, 0, 0));
    CHECK(one != first(1, 1, 0));
    CHECK(one != first(1, std::uint64_t{1} << 32, 0));
    CHECK(one != first(1, 0, 1));
    CHECK(first(1, 1, 0) != first(1, 0, 1));
}

TEST_CASE("random stream: whole numbers below n are equally likely") {
    constexpr std::uint32_t n = 6;
    constexpr double draws = 60000;
    std::array<double, n> seen{};
    RandomStream stream(11, 0, 0);
    for (int i = 0; i < static_cast<int>(draws); ++i) seen.at(stream.below(n)) += 1;
    double chi_squared = 0;
    for (const double count : seen) chi_squared += std::pow(count - draws / n, 2) / (draws / n);
    CHECK(chi_squared < 20.52);  // 0.1% point of chi-squared with 5 degrees of freedom
    CHECK(RandomStream(1, 2, 3).below(1) == 0);
    // Above 2^31 the remainder matters most: numbers stay below n.
    RandomStream large(5, 0, 0);
    for (int i = 0; i < 1000; ++i) CHECK(large.below(0xC0000000U) < 0xC0000000U);
}

TEST_CASE("random stream: uniform numbers have the moments of a uniform distribution and stay below 1") {
    RandomStream stream(3, 1, 4);
    double sum = 0, squares = 0;
    constexpr int draws = 100000;
    for (int i = 0; i < draws; ++i) {
        const double u = stream.uniform();
        CHECK_UNARY(u >= 0 && u < 1);
        sum += u;
        squares += u * u;
    }
    // Four standard errors: sqrt(1/12 / n) and sqrt(4/45 / n).
    CHECK(std::abs(sum / draws - 1.0 / 2) < 4 * std::sqrt(1.0 / 12 / draws));
    CHECK(std::abs(squares / draws - 1.0 / 3) < 4 * std::sqrt(4.0 / 45 / draws));
}
