#include "wardmap/event/area_column.hpp"

#include "made_events.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

using Found = std::pair<AreaIndex, AreaNameMatch>;

Found found(const AreaColumn& column, std::string_view cell) {
    const NamedArea named = column.find(cell);
    return {named.area, named.match};
}

const Found unknown{not_located, AreaNameMatch::unknown};
const Found elsewhere{outside_areas, AreaNameMatch::elsewhere};
const Found blank{not_located, AreaNameMatch::blank};

}  // namespace

TEST_CASE("area column: codes, and names however they are written") {
    AreaSetParts parts = three_squares().parts();
    parts.names = {"St Michael's", "Binley and Willenhall", "Cedar"};
    const AreaColumn column(AreaSet(parts), {});
    CHECK(found(column, "E05000002") == Found{1, AreaNameMatch::found});
    CHECK(found(column, "Saint Michaels") == Found{0, AreaNameMatch::found});
    CHECK(found(column, "BINLEY & WILLENHALL") == Found{1, AreaNameMatch::found});
    CHECK(found(column, "") == blank);
    CHECK(found(column, "E05999999") == elsewhere);
    CHECK(found(column, "Atlantis") == unknown);
    CHECK(found(column, "E0500000") == unknown);
    CHECK(found(column, "E05000001x") == unknown);
    CHECK(found(column, "É05000001") == unknown);
}

TEST_CASE("area column: a name of two areas is ambiguous, a code never is") {
    AreaSetParts parts = three_squares().parts();
    parts.names = {"Abbey", "Abbey", "Abbey"};
    const AreaColumn column(AreaSet(parts), {});
    CHECK(found(column, "abbey") == Found{not_located, AreaNameMatch::ambiguous});
    CHECK(found(column, "E05000003") == Found{2, AreaNameMatch::found});
}

TEST_CASE("area column: small areas through a lookup, those of other districts outside") {
    const AreaSet areas = three_squares();
    Problems problems;
    const Lookup lookup =
        make_lookup(Table({Column::text("LSOA11CD", {"E01000001", "E01000002", "E01000003"}),
                           Column::text("WD13CD", {"E05000001", "E05000003", "E05999999"})}),
                    {}, problems, nullptr, &areas);
    const AreaColumn column(areas, lookup);
    CHECK(found(column, "E01000001") == Found{0, AreaNameMatch::found});
    CHECK(found(column, "E01000002") == Found{2, AreaNameMatch::found});
    CHECK(found(column, "E01000003") == elsewhere);
    CHECK(found(column, "E01777777") == elsewhere);  // a code of the right form that the lookup does not have
    CHECK(found(column, "") == blank);
    CHECK(found(column, "Coventry 001A") == unknown);
}
