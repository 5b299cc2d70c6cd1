#include "wardmap/base/ledger.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("ledger: it balances only when each row is in one count") {
    Ledger a;
    a.rows_read = 19;
    a.located = a.counted = 18;
    a.reject("total_row", 1);
    CHECK(a.balanced());
    Ledger b = a;
    b.add(a);
    CHECK(b.balanced());
    CHECK(b.rows_read == 38);
    CHECK(b.rejected.size() == 1);
    CHECK(b.rejected[0].second == 2);
    b.outside = 1;
    CHECK_FALSE(b.balanced());
    a.no_date = 1;
    CHECK_FALSE(a.balanced());
}
