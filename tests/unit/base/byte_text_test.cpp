#include "wardmap/base/byte_text.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace wardmap;

TEST_CASE("bytes: a number is eight bytes, the lowest first, on every machine") {
    std::string out;
    put_number(out, 0x0102030405060708U);
    CHECK(out == std::string_view("\x08\x07\x06\x05\x04\x03\x02\x01", 8));
}

TEST_CASE("bytes: numbers and texts of every kind come back in their order, and nothing is left") {
    const std::vector<std::uint64_t> numbers{0,   1,           255,
                                             256, 1ULL << 63U, std::numeric_limits<std::uint64_t>::max()};
    const std::vector<std::string> texts{"", "a", std::string("nul\0within", 10), "St Michael\xE2\x80\x99s",
                                         std::string(100'000, 'x')};
    std::string out;
    for (const std::uint64_t number : numbers) put_number(out, number);
    for (const std::string& text : texts) put_text(out, text);
    put_texts(out, texts);
    put_texts(out, {});
    std::string_view bytes = out;
    for (const std::uint64_t number : numbers) CHECK(take_number(bytes) == number);
    for (const std::string& text : texts) CHECK(take_text(bytes) == text);
    CHECK(take_texts(bytes) == texts);
    CHECK(take_texts(bytes).empty());
    CHECK(bytes.empty());
}

TEST_CASE("bytes: what ends too soon is refused wherever it is cut") {
    std::string out;
    put_texts(out, {"Ash", "", "Beech"});
    for (std::size_t size = 0; size < out.size(); ++size) {
        std::string_view bytes(out.data(), size);
        CHECK_THROWS_AS((void)take_texts(bytes), InputError);
    }
    for (std::size_t size = 0; size < 8; ++size) {
        std::string_view bytes(out.data(), size);
        CHECK_THROWS_AS((void)take_number(bytes), InputError);
    }
}

TEST_CASE("bytes: a size that nothing can have is refused before room is made for it") {
    for (const std::uint64_t size :
         {std::numeric_limits<std::uint64_t>::max(), std::uint64_t{1} << 62U, std::uint64_t{1000}}) {
        std::string out;
        put_number(out, size);
        out += "a few bytes";
        std::string_view as_text = out;
        CHECK_THROWS_AS((void)take_text(as_text), InputError);
        std::string_view as_texts = out;
        CHECK_THROWS_AS((void)take_texts(as_texts), InputError);
    }
    // As many texts as bytes are left: each would take eight.
    std::string out;
    put_number(out, 4096);
    out.append(4096, '\0');
    std::string_view bytes = out;
    CHECK_THROWS_AS((void)take_texts(bytes), InputError);
}
