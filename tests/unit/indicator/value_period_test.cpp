#include "wardmap/indicator/value_period.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

/// Month 1 to 12 of a year, counted as ValuePeriod does.
int month(int year, int of_year) {
    return year * 12 + of_year - 1;
}

}  // namespace

TEST_CASE("value period: the forms in which indicators are published") {
    CHECK(parse_value_period("2018") == ValuePeriod{month(2018, 1), month(2018, 12)});
    CHECK(parse_value_period("2018/19") == ValuePeriod{month(2018, 4), month(2019, 3)});
    CHECK(parse_value_period("2015 - 17") == ValuePeriod{month(2015, 1), month(2017, 12)});
    CHECK(parse_value_period("2015 \u2013 17") == ValuePeriod{month(2015, 1), month(2017, 12)});
    CHECK(parse_value_period("2015-17") == ValuePeriod{month(2015, 1), month(2017, 12)});
    CHECK(parse_value_period("2015 - 2017") == ValuePeriod{month(2015, 1), month(2017, 12)});
    CHECK(parse_value_period("2014/15 - 16/17") == ValuePeriod{month(2014, 4), month(2017, 3)});
    CHECK(parse_value_period("1999 - 01") == ValuePeriod{month(1999, 1), month(2001, 12)});
    CHECK(parse_value_period("Aug 2020 - Jul 2021") == ValuePeriod{month(2020, 8), month(2021, 7)});
}

TEST_CASE(
    "value period: a dash without blanks between years that follow is a financial year, with them two "
    "years") {
    CHECK(parse_value_period("2018-19") == ValuePeriod{month(2018, 4), month(2019, 3)});
    CHECK(parse_value_period("2018 - 19") == ValuePeriod{month(2018, 1), month(2019, 12)});
}

TEST_CASE("value period: what is none, or runs backwards") {
    for (const char* text : {"", "all", "2017 - 2015", "Coventry", "2015 - ", " - 17", "12 - 14"})
        CHECK_FALSE(parse_value_period(text).has_value());
}
