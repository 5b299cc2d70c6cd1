#include "wardmap/io/builtin_areas.hpp"

#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/sha256.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("built-in areas: every file is the one its checksum was made of, and reads without a problem") {
    const auto sets = builtin_areas();
    REQUIRE_FALSE(sets.empty());
    for (const BuiltinAreas& set : sets) {
        CAPTURE(set.name);
        CHECK(sha256_of_file(set.path) == set.sha256);
        CHECK_FALSE(set.licence.empty());
        CHECK_FALSE(set.attribution.empty());
        CHECK_FALSE(set.vintage.empty());
        const ReadAreas read = read_areas(set.name);
        CHECK(read.areas.size() == set.areas);
        CHECK(read.areas.whole() == set.whole);
        CHECK(read.problems.empty());
        CHECK(read.guesses.empty());
    }
}

TEST_CASE("built-in areas: names are found in any letter case") {
    CHECK(find_builtin_areas("Coventry-Wards").has_value());
    CHECK_FALSE(find_builtin_areas("coventry").has_value());
}
