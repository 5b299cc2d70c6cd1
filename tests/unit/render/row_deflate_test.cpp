#include "wardmap/render/row_deflate.hpp"

#include <doctest/doctest.h>
#include <libdeflate.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

using namespace wardmap;

namespace {

struct Release {
    void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

/// By libdeflate, checksum and all; a word that no test packs if it is no zlib stream of that many bytes.
std::string unpacked(const std::string& stream, std::size_t size) {
    const std::unique_ptr<libdeflate_decompressor, Release> d(libdeflate_alloc_decompressor());
    std::string out(size, '\0');
    std::size_t got = 0;
    const auto end =
        libdeflate_zlib_decompress(d.get(), stream.data(), stream.size(), out.data(), size, &got);
    return end == LIBDEFLATE_SUCCESS && got == size ? out : "not a zlib stream of these bytes";
}

/// The same numbers in every run (SplitMix64).
class Numbers {
public:
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
        return z ^ z >> 31U;
    }

private:
    std::uint64_t state_ = 7;
};

/// Flat stretches with noisy ends, many rows like the one above: what a drawing looks like.
std::string drawing(std::size_t row_bytes, std::size_t rows) {
    Numbers numbers;
    std::string out;
    for (std::size_t y = 0; y < rows; ++y) {
        std::string row =
            y > 0 && numbers.next() % 3 == 0 ? out.substr(out.size() - row_bytes) : std::string();
        while (row.size() < row_bytes) {
            row.append(1 + numbers.next() % 700, static_cast<char>(numbers.next() % 7));
            for (std::uint64_t n = numbers.next() % 6; n > 0; --n) row += static_cast<char>(numbers.next());
        }
        out += row.substr(0, row_bytes);
    }
    return out;
}

}  // namespace

TEST_CASE("packed rows: libdeflate unpacks them to what they were") {
    for (const std::size_t row_bytes :
         {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{4}, std::size_t{5}, std::size_t{1253},
          std::size_t{24577}, most_row_bytes}) {
        CAPTURE(row_bytes);
        const std::string data = drawing(row_bytes, 1 + 400000 / row_bytes);
        CHECK(unpacked(packed_rows(data, row_bytes), data.size()) == data);
    }
}

TEST_CASE("packed rows: nothing, one byte, one colour, and noise") {
    Numbers numbers;
    std::string noise;
    for (int i = 0; i < 300000; ++i) noise += static_cast<char>(numbers.next());
    for (const std::string& data :
         {std::string(), std::string("x"), std::string("xx"), std::string(1000000, 'x'), noise}) {
        CAPTURE(data.size());
        CHECK(unpacked(packed_rows(data, 1000), data.size()) == data);
    }
    CHECK(packed_rows(std::string(1000000, 'x'), 1000).size() < 6000);
    CHECK(packed_rows(noise, 1000).size() < noise.size() * 101 / 100);
}

TEST_CASE("packed rows: counts that ask for codes longer than deflate has are flattened until they fit") {
    // Fibonacci's numbers make the deepest of Huffman's trees: 24 symbols, 23 bits.
    std::string data;
    std::size_t a = 1;
    std::size_t b = 1;
    for (int symbol = 0; symbol < 22; ++symbol) {
        // Two bytes by turns, so that no run is found.
        for (std::size_t i = 0; i < a; ++i)
            data += {static_cast<char>(symbol), static_cast<char>(100 + i % 2)};
        const std::size_t next = a + b;
        a = b;
        b = next;
    }
    CHECK(unpacked(packed_rows(data, most_row_bytes), data.size()) == data);
}
