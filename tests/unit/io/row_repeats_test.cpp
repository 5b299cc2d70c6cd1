#include "wardmap/io/row_repeats.hpp"

#include "wardmap/io/byte_hash.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

std::vector<std::uint64_t> hashes_of_numbers(int from, int to) {
    std::vector<std::uint64_t> hashes;
    for (int i = from; i < to; ++i) hashes.push_back(hash_bytes("row " + std::to_string(i)));
    return hashes;
}

RepeatCount count(std::size_t most, const std::vector<std::vector<std::uint64_t>>& parts) {
    RowRepeats repeats(most);
    for (const auto& part : parts) {
        RowRepeats::Feed feed(repeats);
        for (const std::uint64_t hash : part) feed.add(hash);
        feed.flush();
    }
    return repeats.count();
}

}  // namespace

TEST_CASE("row repeats: every row after the first of its kind is one") {
    RowRepeats repeats;
    RowRepeats::Feed feed(repeats);
    for (const std::string row : {"a,1", "b,1", "a,1", "a,1", "b,1 ", "b,1"}) feed.add(hash_bytes(row));
    feed.flush();
    CHECK(repeats.count().repeats == 3);
    CHECK_FALSE(repeats.count().estimated);
}

TEST_CASE("row repeats: exact up to the bound, however the rows are shared out") {
    const auto first = hashes_of_numbers(0, 50'000);
    const auto second = hashes_of_numbers(30'000, 60'000);
    CHECK(count(1U << 20U, {first, second}).repeats == 20'000);
    CHECK(count(1U << 20U, {second, first}).repeats == 20'000);
    CHECK(count(1U << 20U, {first, second, first}).repeats == 70'000);
    CHECK_FALSE(count(1U << 20U, {first, second}).estimated);
}

TEST_CASE("row repeats: past the bound an estimate, the same in any order") {
    const auto first = hashes_of_numbers(0, 200'000);
    const auto second = hashes_of_numbers(150'000, 300'000);
    const RepeatCount some = count(20'000, {first, second});
    CHECK(some.estimated);
    CHECK(some.repeats == count(20'000, {second, first}).repeats);
    CHECK(static_cast<double>(some.repeats) == doctest::Approx(50'000).epsilon(0.1));
}

TEST_CASE("byte hash: texts that differ in one place, or in length, differ") {
    std::set<std::uint64_t> hashes;
    std::size_t texts = 0;
    for (std::size_t size = 0; size < 150; ++size) {
        std::string text(size, 'a');
        hashes.insert(hash_bytes(text));
        ++texts;
        for (std::size_t at = 0; at < size; ++at) {
            text[at] = 'b';
            hashes.insert(hash_bytes(text));
            ++texts;
            text[at] = 'a';
        }
    }
    CHECK(hashes.size() == texts);
}

TEST_CASE("byte hash: equal texts of every length are equal, unequal ones not") {
    for (std::size_t size = 0; size < 40; ++size) {
        const std::string one(size, 'x');
        CHECK(same_bytes(one.data(), std::string(size, 'x').data(), size));
        for (std::size_t at = 0; at < size; ++at) {
            std::string other = one;
            other[at] = 'y';
            CHECK_FALSE(same_bytes(one.data(), other.data(), size));
        }
    }
}
