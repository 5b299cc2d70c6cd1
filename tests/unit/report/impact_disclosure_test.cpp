#include "wardmap/report/impact_disclosure.hpp"

#include "wardmap/cluster/impact_monitor.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

namespace {

constexpr SmallNumberRule under_5{5, 0};

}  // namespace

TEST_CASE("without a small count nothing is withheld") {
    CHECK_FALSE(withhold_rows({20, 30, 40}, 900, 0, under_5).any());
    CHECK_FALSE(withhold_rows({1, 2, 3}, 4, 1, {}).any());  // and without a rule nothing ever is
}

TEST_CASE("a small area takes a second with it, or the set and the rest") {
    // 3 of 3 + 20 + 40 = 63: shown beside the others it would be 63 - 60.
    const ImpactRowsWithheld several = withhold_rows({3, 20, 40}, 900, 5, under_5);
    CHECK(several.areas == std::vector<bool>{true, true, false});
    CHECK_FALSE(several.set);
    CHECK_FALSE(several.rest);
    // One area alone is its set: both, and then the rest, for the total would give the set.
    const ImpactRowsWithheld alone = withhold_rows({3}, 900, 0, under_5);
    CHECK(alone.areas[0]);
    CHECK(alone.set);
    CHECK(alone.rest);
    CHECK_FALSE(alone.total);
}

TEST_CASE("events that could not be placed are protected by the rest") {
    const ImpactRowsWithheld made = withhold_rows({20, 30}, 900, 2, under_5);
    CHECK(made.not_located);
    CHECK(made.rest);
    CHECK_FALSE(made.set);
    CHECK_FALSE(made.total);
}

TEST_CASE("where there is nothing else, the total goes too") {
    const ImpactRowsWithheld made = withhold_rows({3}, 0, 0, under_5);
    CHECK(made.areas[0]);
    CHECK(made.set);
    CHECK(made.total);
}

TEST_CASE("an area withheld for its units' sake is not left alone") {
    // Areas, set, rest.
    const ImpactRowsWithheld made = withhold_rows({8, 30}, 900, 0, under_5, {true, false, false, false});
    CHECK(made.areas == std::vector<bool>{true, false});
    CHECK(made.set);
    CHECK(made.rest);
}

TEST_CASE("two areas of four could each only be four, so more is withheld") {
    const ImpactRowsWithheld made = withhold_rows({4, 4, 50}, 900, 0, under_5);
    CHECK(made.areas[0]);
    CHECK(made.areas[1]);
    CHECK((made.areas[2] || made.set));
}

TEST_CASE("what became of existing areas is withheld where any count it stands on is small") {
    MonitorCounts counts{40, 50, 20, 20, 900, 950};
    CHECK_FALSE(monitor_withheld(counts, under_5));
    counts.ring_after = 3;
    CHECK(monitor_withheld(counts, under_5));
    CHECK_FALSE(monitor_withheld(counts, {}));
}

TEST_CASE("the rule is said in words") {
    CHECK(withheld_words({}).empty());
    CHECK(withheld_words(under_5).starts_with("Counts under 5, and those from which"));
    CHECK(withheld_words({5, 10}).ends_with("rounded to the nearest 10."));
}
