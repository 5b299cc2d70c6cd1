#include "wardmap/area/code_fields.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace wardmap;

TEST_CASE("code fields: publishers' and our own names are told, letter case ignored") {
    CHECK(code_field_stem("WD23CD") == "wd23");
    CHECK(code_field_stem("lsoa11cd") == "lsoa11");
    CHECK(code_field_stem("Ward_Code") == "ward_");
    for (const char* other :
         {"WD23NM", "WD23CDO", "CD", "23CD", "WD3CD", "WD_23CD", "_code", "code", "WDCD", ""}) {
        CAPTURE(other);
        CHECK(code_field_stem(other).empty());
    }
    CHECK(is_district_code_field("LAD21CD"));
    CHECK(is_district_code_field("lad_code"));
    CHECK_FALSE(is_district_code_field("WD21CD"));
    CHECK_FALSE(is_district_code_field("ladder"));
}

TEST_CASE("code fields: names stand beside their codes") {
    const std::vector<std::string> fields{"WD23CD", "ward_name", "wd23nm", "Name", "ward_code"};
    CHECK(name_field_of(fields, "WD23CD") == 2);
    CHECK(name_field_of(fields, "ward_code") == 1);
    CHECK(name_field_of(fields, "id") == 3);
    CHECK(name_field_of(fields, "lsoa_code") == no_field);
    CHECK(name_field_of(fields, "Name") == no_field);
    CHECK(find_field(fields, "name") == 3);
}
