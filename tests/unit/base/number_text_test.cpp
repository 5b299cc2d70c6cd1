#include "wardmap/base/number_text.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("number text: rounding goes half away from zero, as the published tables do") {
    CHECK(round_half_away(0.5, 0) == 1);
    CHECK(round_half_away(-0.5, 0) == -1);
    CHECK(round_half_away(2.5, 0) == 3);
    CHECK(round_half_away(2.675, 2) == doctest::Approx(2.68));
    CHECK(round_half_away(1.4999, 0) == 1);
    CHECK(round_half_away(-0.2, 0) == 0);
}

TEST_CASE("number text: people read commas, signs and a true minus") {
    CHECK(with_thousands(1116, 0) == "1,116");
    CHECK(with_thousands(379387, 0) == "379,387");
    CHECK(with_thousands(999, 0) == "999");
    CHECK(with_thousands(-1234567.25, 1) == "\u22121,234,567.3");
    CHECK(with_sign(63.6, 0) == "+64");
    CHECK(with_sign(-8, 0) == "\u22128");
    CHECK(with_sign(0.2, 0) == "0");
}

TEST_CASE("number text: machines read back the same double") {
    for (const double value : {0.1, 1e300, -2.5, 3.0, 1.0 / 3.0, 402.2280045969103}) {
        CHECK(parse_number(full_precision(value)) == value);
    }
    CHECK(full_precision(-0.0) == "0");
    CHECK(full_precision(1526) == "1526");
}

TEST_CASE("number text: only whole plain numbers are numbers") {
    for (const auto* text : {"", " 1", "1 ", "1,000", "nan", "inf", "0x10", "1e", "+", "-", "12a", "1e999"}) {
        CHECK_FALSE(parse_number(text));
    }
    CHECK(parse_number("+12.5") == 12.5);
    CHECK(parse_number("-.5") == -0.5);
}
