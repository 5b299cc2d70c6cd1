#include "wardmap/table/total_row.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("total rows are known by their names") {
    for (const char* name :
         {"Total", "TOTAL", " total ", "Totals", "Grand total", "Grand Total:", "Coventry total",
          "Total (all wards)", "Total, Coventry", "All wards", "ALL AREAS", "All small areas", "All",
          "Overall", "Sum", "Sub-total", "Sum of wards", "Ward Total"}) {
        CAPTURE(name);
        CHECK(is_total_name(name));
    }
}

TEST_CASE("places are no total rows, whatever they begin with") {
    for (const char* name : {"", "All Saints", "All Hallows", "Allesley", "Totteridge", "Totland", "Sumner",
                             "St Michael's", "Coventry", "Overton", "Alldays", "All Souls and Wards End"}) {
        CAPTURE(name);
        CHECK_FALSE(is_total_name(name));
    }
}
