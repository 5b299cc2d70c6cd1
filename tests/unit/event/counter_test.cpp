#include "wardmap/event/counter.hpp"

#include "made_events.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <random>

using namespace wardmap;

namespace {

struct RandomEvents {
    std::vector<MadeEvent> events{};
    std::map<std::tuple<std::string, std::string, std::vector<std::string>>, double>
        expected{};  ///< by a plain count, of what has a month
    std::uint64_t located = 0, outside = 0, nowhere = 0, undated = 0, timed = 0;
};

RandomEvents random_events(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    const auto upto = [&](unsigned n) { return static_cast<std::size_t>(random() % n); };
    const std::vector<std::string> kinds{"Drugs", "Burglary", "", "Übrige, \"andere\""};
    const std::vector<std::string> hours{"", " 00:00", " 17:30", " 23:59"};
    RandomEvents out;
    for (std::size_t i = 0; i < count; ++i) {
        MadeEvent event;
        std::string area;
        const double along = 1 + static_cast<double>(upto(998));
        const double up = 1 + static_cast<double>(upto(998));
        switch (upto(5)) {
            case 0:
                area = "Ash";
                event.at = {430000 + along, 280000 + up};
                break;
            case 1:
                area = "Beech";
                event.at = {431000 + along, 280000 + up};
                break;
            case 2:
                area = "Cedar";
                event.at = {434000 + along, 280000 + up};
                break;
            case 3:
                area = "Outside";
                event.at = {432000 + along, 280000 + up};
                break;
            default:
                area = "Not located";
                event.at = nowhere;
        }
        event.by = {kinds[upto(4)]};
        std::string month;
        const std::size_t when = upto(20);
        if (when > 0) {
            const std::size_t m = 1 + upto(6);
            month = "2014-0" + std::to_string(m);
            event.time = month;
            if (when > 4) event.time += "-1" + std::to_string(upto(10)) + hours[upto(4)];
        }
        const bool is_area = area != "Outside" && area != "Not located";
        out.located += is_area ? 1U : 0U;
        out.outside += area == "Outside" ? 1U : 0U;
        out.nowhere += area == "Not located" ? 1U : 0U;
        if (month.empty()) {
            out.undated += is_area ? 1U : 0U;
        } else {
            out.expected[{area, month, event.by}] += 1;
        }
        out.events.push_back(std::move(event));
    }
    return out;
}

const PeriodRequest by_month{.bins = PeriodBins::month};
const PeriodRequest as_one{.bins = PeriodBins::all};

Counted count_all(const std::vector<MadeEvent>& events, CounterOptions options, const PeriodRequest& request,
                  const AreaSet& areas = three_squares()) {
    options.bins = request.bins;
    Counter counter(areas, std::move(options));
    const MadeEvents made(events);
    counter.add(made.batch());
    return counter.finish(request);
}

double sum_of_areas(const CountCube& cube) {
    const auto end = cube.counts.begin() +
                     static_cast<std::ptrdiff_t>(cube.counts.size() / cube.area_rows() * cube.areas.size());
    return std::accumulate(cube.counts.begin(), end, 0.0);
}

double sum_of_row(const CountCube& cube, std::size_t row) {
    const std::size_t width = cube.counts.size() / cube.area_rows();
    const auto first = cube.counts.begin() + static_cast<std::ptrdiff_t>(row * width);
    return std::accumulate(first, first + static_cast<std::ptrdiff_t>(width), 0.0);
}

}  // namespace

TEST_CASE("counter: every event is in exactly one cell and one count of the ledger") {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const RandomEvents random = random_events(3000, seed);
        const Counted counted = count_all(random.events, {.by = {"kind"}}, by_month);
        CHECK(counted.ledger.located == random.located);
        CHECK(counted.ledger.outside == random.outside);
        CHECK(counted.ledger.no_location == random.nowhere);
        CHECK(counted.ledger.no_date == random.undated);
        CHECK(counted.ledger.counted == random.located - random.undated);
        CHECK(counted.ledger.out_of_period == 0);
        CHECK(sum_of_areas(counted.cube) == static_cast<double>(counted.ledger.counted));
        for (const auto& [key, count] : said_by(counted).cells) {
            const auto& [area, period, kind, marker] = key;
            const auto expected = random.expected.find({area, period, kind});
            CHECK(count == (expected == random.expected.end() ? 0 : expected->second));
        }
        const Counted whole = count_all(random.events, {.by = {"kind"}}, as_one);
        CHECK(sum_of_areas(whole.cube) == static_cast<double>(random.located));
        CHECK(sum_of_row(whole.cube, whole.cube.outside_row()) == static_cast<double>(random.outside));
        CHECK(sum_of_row(whole.cube, whole.cube.not_located_row()) == static_cast<double>(random.nowhere));
        CHECK(whole.ledger.counted == random.located);
        CHECK(whole.ledger.no_date == 0);
    }
}

TEST_CASE("counter: no order, cut or sharing out of the events changes what is said") {
    RandomEvents random = random_events(2000, 7);
    for (std::size_t i = 0; i < random.events.size(); ++i) {
        random.events[i].markers = {i % 3 == 0 ? "Y" : i % 3 == 1 ? "n" : "", i % 5 == 0 ? "1" : "0"};
        random.events[i].weight = 0.1 * static_cast<double>(i % 7);
    }
    const CounterOptions options{.by = {"kind"}, .markers = {"Alcohol", "Drug"}};
    const Said once = said_by(count_all(random.events, options, by_month));
    CHECK(once.problems.size() > 0);  // just_outside among them: they too must not depend on the order
    std::mt19937 shuffle(11);
    for (const std::size_t workers : {1U, 2U, 7U}) {
        std::shuffle(random.events.begin(), random.events.end(), shuffle);
        const MadeEvents made(random.events);
        std::vector<Counter> counters;
        for (std::size_t w = 0; w < workers; ++w) counters.emplace_back(three_squares(), options);
        for (std::size_t at = 0; at < made.size();) {
            const std::size_t count = std::min<std::size_t>(shuffle() % 300, made.size() - at);
            counters[shuffle() % workers].add(made.batch(at, count));
            at += count;
        }
        while (counters.size() > 1) {
            std::shuffle(counters.begin(), counters.end(), shuffle);
            counters[0].merge(counters.back());
            counters.pop_back();
        }
        CHECK(said_by(counters[0].finish(by_month)) == once);
    }
}

TEST_CASE("counter: lists that grow from batch to batch, and two readers' lists, mean their own names") {
    Counter counter(three_squares(), {.by = {"kind"}, .bins = PeriodBins::all});
    std::vector<std::string> names{"a"};
    const std::vector<std::uint32_t> zero{0}, one{1};
    const std::vector<double> x{in_ash.x}, y{in_ash.y};
    const auto batch = [&](const std::vector<std::uint32_t>& codes, std::uint64_t list) {
        EventBatch out;
        out.size = 1;
        out.x = x;
        out.y = y;
        out.by = {{.codes = codes, .names = names, .list = list}};
        return out;
    };
    counter.add(batch(zero, 5));
    names.emplace_back("b");
    counter.add(batch(one, 5));
    names = {"b", "a"};
    counter.add(batch(zero, 6));  // another reader: "b" comes first
    counter.add(batch(zero, 0));  // a list of its own, twice
    names = {"c"};
    counter.add(batch(zero, 0));
    const Counted counted = counter.finish(as_one);
    CHECK(counted.cube.kinds == std::vector<std::vector<std::string>>{{"a"}, {"b"}, {"c"}});
    CHECK(cell(counted, "Ash", "all", {"a"}) == 1);
    CHECK(cell(counted, "Ash", "all", {"b"}) == 3);
    CHECK(cell(counted, "Ash", "all", {"c"}) == 1);
}

TEST_CASE("counter: a saved state restored says the same, and goes on counting") {
    const RandomEvents random = random_events(1500, 5);
    const MadeEvents made(random.events);
    const CounterOptions options{.by = {"kind"}, .snap_m = 30};
    Counter all(three_squares(), options);
    all.add(made.batch());
    Counter first(three_squares(), options);
    first.add(made.batch(0, 700));
    Counter second(three_squares(), options);
    second.restore(first.state());
    CHECK(second.state() == first.state());
    CHECK(said_by(second.finish(by_month)) == said_by(first.finish(by_month)));
    second.add(made.batch(700, 800));
    CHECK(said_by(second.finish(by_month)) == said_by(all.finish(by_month)));
}

TEST_CASE("counter: an empty counter has a state too") {
    Counter counter(three_squares(), {.by = {"kind"}});
    Counter other(three_squares(), {.by = {"kind"}});
    other.restore(counter.state());
    other.merge(counter);
    CHECK(other.finish(as_one).ledger.located == 0);
    CHECK(other.finish(by_month).cube.periods.empty());
}

TEST_CASE("counter: a state of other areas, options or a part of one is refused and changes nothing") {
    const MadeEvents made({{.at = in_ash, .time = "2014-01", .by = {"Drugs"}, .area = "Ash"},
                           {.at = {431990, 281010}, .time = "2014-01", .by = {"Drugs"}, .area = "Atlantis"}});
    Counter saved(three_squares(), {.by = {"kind"}});
    saved.add(made.with_areas());
    const std::string state = saved.state();
    AreaSetParts parts = three_squares().parts();
    parts.codes[2] = "E05000009";
    CHECK_THROWS_AS(Counter(AreaSet(parts), {.by = {"kind"}}).restore(state), InputError);
    CHECK_THROWS_AS(Counter(three_squares(), {.by = {"type"}}).restore(state), InputError);
    CHECK_THROWS_AS(Counter(three_squares(), {.by = {"kind"}, .markers = {"m"}}).restore(state), InputError);
    CHECK_THROWS_AS(Counter(three_squares(), {.by = {"kind"}, .snap_m = 5}).restore(state), InputError);
    CHECK_THROWS_AS(Counter(three_squares(), {.by = {"kind"}, .bins = PeriodBins::hour}).restore(state),
                    InputError);
    CHECK_THROWS_AS(
        Counter(three_squares(), {.by = {"kind"}, .place_by = PlaceBy::area_column}).restore(state),
        InputError);
    CHECK_THROWS_AS(saved.restore(""), InputError);
    CHECK_THROWS_AS(saved.restore("no state at all, but longer than a number"), InputError);
    CHECK_THROWS_AS(saved.restore(state + "x"), InputError);
    for (std::size_t length = 0; length < state.size(); ++length)
        CHECK_THROWS_AS(saved.restore(std::string_view(state).substr(0, length)), InputError);
    CHECK(saved.state() == state);
    CHECK(saved.finish(as_one).ledger.located == 1);
}

TEST_CASE("counter: bytes changed at random are refused or read, never worse") {
    const MadeEvents made({{.at = in_ash, .time = "2014-01", .by = {"Drugs"}},
                           {.at = {431990, 281010}, .time = "2014-02", .by = {"Arson"}}});
    Counter saved(three_squares(), {.by = {"kind"}});
    saved.add(made.batch());
    const std::string state = saved.state();
    std::mt19937 random(3);
    for (int i = 0; i < 3000; ++i) {
        std::string broken = state;
        broken[random() % broken.size()] = static_cast<char>(random());
        Counter other(three_squares(), {.by = {"kind"}});
        try {
            other.restore(broken);
        } catch (const InputError&) {
            CHECK(other.finish(as_one).ledger.located == 0);
        }
    }
}

TEST_CASE("counter: counters of other areas, options or lookups are not merged, nor one with itself") {
    Counter counter(three_squares(), {.by = {"kind"}});
    const auto refuses = [&](CounterOptions options, const AreaSet& areas = three_squares()) {
        CHECK_THROWS_AS(counter.merge(Counter(areas, std::move(options))), UsageError);
    };
    refuses({.by = {"type"}});
    refuses({.by = {"kind"}, .markers = {"m"}});
    refuses({.by = {"kind"}, .place_by = PlaceBy::area_column});
    refuses({.by = {"kind"}, .snap_m = 1});
    refuses({.by = {"kind"}, .bins = PeriodBins::weekday});
    AreaSetParts parts = three_squares().parts();
    std::swap(parts.codes[0], parts.codes[1]);
    refuses({.by = {"kind"}}, AreaSet(parts));
    parts = three_squares().parts();
    parts.shapes[0] = box_shape(429000, 280000, 2000, 1000);  // the same codes after a boundary review
    refuses({.by = {"kind"}}, AreaSet(parts));
    Problems ignored;
    const AreaSet areas = three_squares();
    const auto lookup = [&](const std::string& to) {
        return make_lookup(Table({Column::text("LSOA11CD", {"E01000001"}), Column::text("WD13CD", {to})}), {},
                           ignored, nullptr, &areas);
    };
    Counter looked_up(areas, {.by = {"kind"}, .lookup = lookup("E05000001")});
    CHECK_THROWS_AS(looked_up.merge(Counter(areas, {.by = {"kind"}, .lookup = lookup("E05000002")})),
                    UsageError);
    CHECK_THROWS_AS(looked_up.merge(counter), UsageError);
    CHECK_THROWS_AS(looked_up.restore(counter.state()), InputError);
    CHECK_NOTHROW(looked_up.merge(Counter(areas, {.by = {"kind"}, .lookup = lookup("E05000001")})));
    CHECK_THROWS_AS(counter.merge(counter), UsageError);
}

TEST_CASE("counter: a set without areas, and a batch without its columns, are refused") {
    CHECK_THROWS_AS(Counter(AreaSet(), {}), InputError);
    Counter counter(three_squares(), {.by = {"kind"}});
    const MadeEvents made({{.at = in_ash}});
    CHECK_THROWS_AS(counter.add(made.batch()), UsageError);
    Counter plain(three_squares(), {.place_by = PlaceBy::area_column});
    CHECK_THROWS_AS(plain.add(made.batch()), UsageError);
    Counter neither(three_squares(), {});
    EventBatch nothing;
    nothing.size = 1;
    CHECK_THROWS_AS(neither.add(nothing), UsageError);
}

TEST_CASE("counter: a column of 20,001 different values is no column of kinds") {
    std::vector<MadeEvent> events;
    for (int i = 0; i < 20'001; ++i) events.push_back({.at = in_ash, .by = {std::to_string(i)}});
    const MadeEvents made(events);
    Counter counter(three_squares(), {.by = {"Crime ID"}, .bins = PeriodBins::all});
    try {
        counter.add(made.batch());
        FAIL("counted");
    } catch (const InputError& error) {
        CHECK(std::string(error.what()).find("Crime ID") != std::string::npos);
    }
    Counter enough(three_squares(), {.by = {"Crime ID"}, .bins = PeriodBins::all});
    enough.add(made.batch(0, 20'000));
    CHECK(enough.finish(as_one).cube.kinds.size() == 20'000);
}

TEST_CASE("counter: decimal weights add up exactly, in any order") {
    std::vector<MadeEvent> events(10, {.at = in_ash, .weight = 0.1});
    CHECK(cell(count_all(events, {}, as_one), "Ash", "all") == 1);
    events.insert(events.begin(), {.at = in_ash, .weight = 1e6});
    events.push_back({.at = in_ash, .weight = 0.000001});
    events.push_back({.at = in_beech, .weight = 0});
    const Counted counted = count_all(events, {}, as_one);
    CHECK(cell(counted, "Ash", "all") == 1000001.000001);
    CHECK(cell(counted, "Beech", "all") == 0);
    CHECK(counted.ledger.counted == 13);  // rows, not weights
    std::reverse(events.begin(), events.end());
    CHECK(said_by(count_all(events, {}, as_one)) == said_by(counted));
}

TEST_CASE("counter: an event in two squares counts in the first, on their border too") {
    const Counted counted = count_all({{.at = {431000, 280500}}, {.at = {431000, 281000}}}, {}, as_one);
    CHECK(cell(counted, "Ash", "all") == 2);
    CHECK(cell(counted, "Beech", "all") == 0);
}

TEST_CASE("counter: events just outside are said with their distance, and brought in only by snapping") {
    // North of Ash 2.5 m, east of Beech 49.9 m, 50.1 m west of Cedar, far away.
    const std::vector<MadeEvent> events{{.at = {430500, 281002.5}},
                                        {.at = {432049.9, 280500}},
                                        {.at = {433949.9, 280500}},
                                        {.at = far_outside},
                                        {.at = in_ash}};
    const Counted counted = count_all(events, {}, as_one);
    CHECK(counted.ledger.outside == 4);
    CHECK(counted.snapped == 0);
    CHECK(counted.problems.count("just_outside") == 2);
    CHECK(examples_of(counted.problems, "just_outside") ==
          std::vector<std::string>{"2.5 m from Ash", "49.9 m from Beech"});
    const Counted snapped = count_all(events, {.snap_m = 2.5}, as_one);
    CHECK(snapped.ledger.outside == 3);
    CHECK(snapped.snapped == 1);
    CHECK(snapped.problems.count("snapped") == 1);
    CHECK(cell(snapped, "Ash", "all") == 2);
    CHECK(count_all(events, {.snap_m = 2.4}, as_one).ledger.outside == 4);
}

TEST_CASE("counter: latitude and longitude changed over are said, whatever the system of the areas") {
    // Ash and Beech lie near 52.42 north, 1.56 west.
    const Point swapped{52.418, -1.555};
    const Crs degrees{"EPSG:4326"};
    for (const bool areas_in_degrees : {false, true}) {
        AreaSetParts parts = three_squares().parts();
        if (areas_in_degrees) {
            parts.crs = degrees;
            parts.shapes = {box_shape(-1.56, 52.41, 0.01, 0.01), box_shape(-1.55, 52.41, 0.01, 0.01),
                            box_shape(-1.50, 52.41, 0.01, 0.01)};
        }
        Counter counter(AreaSet(parts), {.bins = PeriodBins::all});
        const MadeEvents made({{.at = swapped}, {.at = swapped}, {.at = nowhere}}, degrees);
        counter.add(made.batch());
        const Counted counted = counter.finish(as_one);
        CHECK(counted.ledger.outside == 2);
        CHECK(counted.ledger.no_location == 1);
        CHECK(counted.problems.count("coordinates_swapped") == 2);
        CHECK(counted.problems.count("nothing_located") == 0);
        REQUIRE(counted.problems.serious());
    }
}

TEST_CASE("counter: one file of several with changed coordinates is said too") {
    Counter counter(three_squares(), {.bins = PeriodBins::all});
    const Crs degrees{"EPSG:4326"};
    const MadeEvents right({{.at = {-1.555, 52.418}}, {.at = {-1.555, 52.418}}, {.at = {-1.2, 52.4}}},
                           degrees);
    const MadeEvents wrong({{.at = {52.418, -1.555}}}, degrees);
    counter.add(right.batch());
    CHECK(counter.finish(as_one).problems.count("coordinates_swapped") == 0);
    counter.add(wrong.batch());
    const Counted counted = counter.finish(as_one);
    CHECK(counted.ledger.located == 2);
    CHECK(counted.problems.count("coordinates_swapped") == 1);
}

TEST_CASE("counter: a place far away is outside, not without a location") {
    // Boston, the antimeridian, the poles: places, although the British grid does not reach there.
    Counter counter(three_squares(), {.bins = PeriodBins::all});
    const MadeEvents made({{.at = {-71.06, 42.36}}, {.at = {179.9, 0.5}}, {.at = {10, 90}}, {.at = {-90, 1}}},
                          {"EPSG:4326"});
    counter.add(made.batch());
    const Counted counted = counter.finish(as_one);
    CHECK(counted.ledger.outside == 4);
    CHECK(counted.ledger.no_location == 0);
    CHECK(counted.problems.count("nothing_located") == 4);
}

TEST_CASE("counter: events of two coordinate systems count in the same areas") {
    Counter counter(three_squares(), {.bins = PeriodBins::all});
    // 430500, 280500 on the British grid is 52.421645 north, 1.552933 west (Ordnance Survey's formulas).
    const MadeEvents degrees({{.at = {-1.552933, 52.421645}}}, {"EPSG:4326"});
    const MadeEvents grid({{.at = in_ash}});
    counter.add(degrees.batch());
    counter.add(grid.batch());
    CHECK(cell(counter.finish(as_one), "Ash", "all") == 2);
}

TEST_CASE("counter: events by the area column, coordinates only compared") {
    const std::vector<MadeEvent> events{
        {.at = in_ash, .area = "E05000001"},       // the same
        {.at = in_ash, .area = "beech"},           // another
        {.at = far_outside, .area = "Cedar"},      // by name only
        {.at = in_cedar, .area = "E05009999"},     // elsewhere by its code
        {.at = in_cedar, .area = ""},              // blank
        {.at = nowhere, .area = "Ash"},            // no coordinates
        {.at = far_outside, .area = "E05009999"},  // outside both ways
        {.at = far_outside, .area = "Atlantis"},
    };
    const MadeEvents made(events);
    Counter by_column(three_squares(), {.place_by = PlaceBy::area_column, .bins = PeriodBins::all});
    by_column.add(made.with_areas());
    const Counted counted = by_column.finish(as_one);
    CHECK(cell(counted, "Ash", "all") == 2);
    CHECK(cell(counted, "Beech", "all") == 1);
    CHECK(cell(counted, "Cedar", "all") == 1);
    CHECK(cell(counted, "Outside", "all") == 2);
    CHECK(cell(counted, "Not located", "all") == 2);
    CHECK(counted.ledger.no_location == 2);
    CHECK(counted.problems.count("rows_elsewhere") == 2);
    CHECK(examples_of(counted.problems, "rows_elsewhere") == std::vector<std::string>{"E05009999"});
    CHECK(examples_of(counted.problems, "unknown_area") == std::vector<std::string>{"Atlantis"});
    CHECK(counted.problems.count("just_outside") == 0);
    REQUIRE(counted.difference);
    const PlaceDifference& difference = *counted.difference;
    const auto numbers = [&](const char* name) {
        const auto cells = difference.table.column(name).numbers();
        return std::vector<double>(cells.begin(), cells.end());
    };
    CHECK(numbers("by_coordinates") == std::vector<double>{2, 0, 2});
    CHECK(numbers("by_area_column") == std::vector<double>{2, 1, 1});
    CHECK(numbers("difference") == std::vector<double>{0, 1, -1});

    Counter by_point(three_squares(), {.bins = PeriodBins::all});
    by_point.add(made.with_areas());
    const Counted other = by_point.finish(as_one);
    CHECK(cell(other, "Ash", "all") == 2);
    CHECK(cell(other, "Cedar", "all") == 2);
    REQUIRE(other.difference);
    CHECK(other.difference->compared == difference.compared);
    CHECK(other.difference->different == difference.different);
}

TEST_CASE("counter: an area column alone is enough, and compares nothing") {
    const MadeEvents made({{.area = "Ash"}, {.area = "Beech"}, {.area = "Ash"}});
    Counter counter(three_squares(), {.place_by = PlaceBy::area_column, .bins = PeriodBins::all});
    counter.add(made.areas_only());
    const Counted counted = counter.finish(as_one);
    CHECK(cell(counted, "Ash", "all") == 2);
    CHECK_FALSE(counted.difference);
}
