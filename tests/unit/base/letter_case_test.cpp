#include "wardmap/base/letter_case.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("letter case: ASCII alone is lowered") {
    CHECK(lower_ascii("St MICHAEL\u2019S \u00c9 09_@[`{") == "st michael\u2019s \u00c9 09_@[`{");
    CHECK(lower_ascii("").empty());
}
