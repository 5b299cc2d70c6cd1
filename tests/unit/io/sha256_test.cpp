#include "wardmap/io/sha256.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace wardmap;

TEST_CASE("sha256: the examples of FIPS 180-4 come out") {
    CHECK(sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("sha256: a file gives what its bytes give, also across the pieces it is read in") {
    const auto file = std::filesystem::temp_directory_path() / "wardmap_sha256_test.bin";
    for (const std::size_t size : {std::size_t{0}, std::size_t{3}, std::size_t{65536}, std::size_t{200001}}) {
        const std::string bytes(size, 'x');
        std::ofstream(file, std::ios::binary) << bytes;
        CHECK(sha256_of_file(file) == sha256_of(bytes));
    }
    std::filesystem::remove(file);
    CHECK_THROWS_AS(sha256_of_file(file), FileMissing);
    CHECK_THROWS_AS(sha256_of_file(std::filesystem::temp_directory_path()), Error);
}
