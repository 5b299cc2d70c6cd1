#include "wardmap/event/marker_cell.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

using Markers = std::vector<std::string>;

TEST_CASE("marker cell: yes and no read in every form a column has them") {
    for (const char* yes : {"Y", "yes", "TRUE", "True", "t", "1", "X", " y\r"})
        CHECK(parse_yes_no(yes) == true);
    for (const char* no : {"N", "No", "FALSE", "f", "0", "", "  "}) CHECK(parse_yes_no(no) == false);
    for (const char* other : {"maybe", "2", "alcohol", "yes please", "-", "n/a", "null"})
        CHECK_FALSE(parse_yes_no(other).has_value());
}

TEST_CASE("marker cell: a list gives each of its markers once, in lower case") {
    CHECK(listed_markers("Alcohol; DRUGS") == Markers{"alcohol", "drugs"});
    CHECK(listed_markers("alcohol,drugs,alcohol") == Markers{"alcohol", "drugs"});
    CHECK(listed_markers("Alcohol / Drugs + Knife & Hate crime|youth") ==
          Markers{"alcohol", "drugs", "knife", "hate crime", "youth"});
    CHECK(listed_markers(";alcohol;;") == Markers{"alcohol"});
    CHECK(listed_markers("alcohol;none") == Markers{"alcohol"});
}

TEST_CASE("marker cell: a cell that says there is none gives none") {
    for (const char* none : {"", "  ", "none", "None", "N/A", "-", ";", "; ,"}) {
        CAPTURE(none);
        CHECK(listed_markers(none).empty());
    }
}

TEST_CASE("marker cell: a column is one marker if it says yes or no and nothing else") {
    CHECK(is_yes_no_column(Markers{"Y", "N", ""}));
    CHECK(is_yes_no_column(Markers{"N"}));
    CHECK_FALSE(is_yes_no_column(Markers{"", " "}));
    CHECK_FALSE(is_yes_no_column(Markers{}));
    CHECK_FALSE(is_yes_no_column(Markers{"Y", "N", "alcohol"}));
    CHECK_FALSE(is_yes_no_column(Markers{"0", "1", "2"}));
}
