#include "wardmap/base/problems.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("problems: what others do not say yet") {
    Problems known;
    known.add(Severity::warning, "gap", "months are missing", {.file = "a.csv"});
    Problems more = known;
    more.add(Severity::warning, "gap", "months are missing", {.file = "b.csv"});
    more.add(Severity::note, "small", "counts are small", {}, "Wyken", 3);
    const Problems news = more.beyond(known);
    REQUIRE(news.all().size() == 2);
    CHECK(news.all()[0].where.file == "b.csv");
    CHECK(news.count("small") == 3);
    CHECK(news.all()[1].examples.size() == 1);
    CHECK(known.beyond(more).empty());
}
