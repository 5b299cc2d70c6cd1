#include "wardmap/render/decimal_text.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace wardmap;

namespace {

std::string in_units(std::int64_t value, int places) {
    std::string out;
    append_scaled(out, value, places);
    return out;
}

std::string rounded(double value, int places) {
    std::string out;
    append_decimal(out, value, places);
    return out;
}

}  // namespace

TEST_CASE("decimal text: short, without needless zeros") {
    CHECK(in_units(0, 0) == "0");
    CHECK(in_units(0, 3) == "0");
    CHECK(in_units(1250, 3) == "1.25");
    CHECK(in_units(-5, 1) == "-.5");
    CHECK(in_units(5, 3) == ".005");
    CHECK(in_units(-100, 2) == "-1");
    CHECK(in_units(1'000'001, 6) == "1.000001");
    CHECK(in_units(10'010, 4) == "1.001");
    CHECK(in_units(123'456, 5) == "1.23456");
    CHECK(in_units(999'999'999'999, 0) == "999999999999");
}

TEST_CASE("decimal text: halves are rounded away from nought") {
    CHECK(rounded(0.125, 2) == ".13");
    CHECK(rounded(-0.125, 2) == "-.13");
    CHECK(rounded(-0.0049, 2) == "0");
    CHECK(rounded(2.5, 0) == "3");
    CHECK(rounded(0.004999, 2) == "0");
    CHECK(rounded(99'999.999, 2) == "100000");
}
