#include "wardmap/event/period_request.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/event/event_time.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

using Texts = std::vector<std::string>;

PeriodRequest request_of(const Texts& texts) {
    return parse_period_request(texts, PeriodBins::all);
}

std::string error_of(const Texts& texts) {
    try {
        request_of(texts);
    } catch (const UsageError& error) {
        return error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("period request: each word means its bins, and nothing means what the caller says") {
    CHECK(request_of({"month"}).bins == PeriodBins::month);
    CHECK(request_of({"quarter"}).bins == PeriodBins::quarter);
    CHECK(request_of({"Year"}).bins == PeriodBins::year);
    CHECK(request_of({"financial-year"}).bins == PeriodBins::financial_year);
    CHECK(request_of({"financial_year"}).bins == PeriodBins::financial_year);
    CHECK(request_of({"rolling-year"}).bins == PeriodBins::rolling_year);
    CHECK(request_of({"weekday"}).bins == PeriodBins::weekday);
    CHECK(request_of({"hour"}).bins == PeriodBins::hour);
    CHECK(request_of({"weekday-hour"}).bins == PeriodBins::weekday_hour);
    CHECK(request_of({"all"}).bins == PeriodBins::all);
    CHECK(parse_period_request({}, PeriodBins::month).bins == PeriodBins::month);
}

TEST_CASE("period request: named periods come in the order they were given, each once") {
    const PeriodRequest request = request_of(
        {"2014", "2014-01", "2014-Q1", "2021/22", "year-to:2022-06", "2014-q1", "year to June 2022"});
    CHECK(request.bins == PeriodBins::listed);
    REQUIRE(request.periods.size() == 5);
    Texts labels;
    for (const Period& period : request.periods) labels.push_back(period.label());
    CHECK(labels == Texts{"2014", "2014-01", "2014-Q1", "2021/22", "year to 2022-06"});
}

TEST_CASE("period request: the months of a period are those of the calendar") {
    const auto months = [](const char* text) {
        const MonthRange range = months_of(request_of({text}).periods.at(0));
        return month_period(range.first).label() + " " + month_period(range.last).label();
    };
    CHECK(months("2014-01") == "2014-01 2014-01");
    CHECK(months("2014-Q1") == "2014-01 2014-03");
    CHECK(months("2014-Q4") == "2014-10 2014-12");
    CHECK(months("2014") == "2014-01 2014-12");
    CHECK(months("2021/22") == "2021-04 2022-03");
    CHECK(months("year-to:2022-06") == "2021-07 2022-06");
    CHECK(months("year-to:2022-12") == "2022-01 2022-12");
    CHECK(months_of(month_period(2014 * 12)).first == month_number(day_number(2014, 1, 31)));
    CHECK(month_period(-1) == Period{PeriodKind::month, -1, 12});
}

TEST_CASE("period request: what is no period is an error of use that says what there is") {
    CHECK(error_of({"monht"}).find("did you mean 'month'") != std::string::npos);
    CHECK(error_of({"banana"}).find("year-to:2022-06") != std::string::npos);
    CHECK(error_of({"2014-13"}).find("'2014-13' is no period") != std::string::npos);
    CHECK(error_of({""}).find("is no period") != std::string::npos);
    CHECK(error_of({"year-to:2022"}).find("is no period") != std::string::npos);
    CHECK(error_of({"month", "2014-01"}).find("beside other periods") != std::string::npos);
    CHECK(error_of({"2014-01", "weekday"}).find("beside other periods") != std::string::npos);
}

TEST_CASE("period request: the week begins on Monday") {
    CHECK(weekday_name(0) == "Monday");
    CHECK(weekday_name(6) == "Sunday");
    CHECK(weekday_name(weekday_of(day_number(2014, 1, 5))) == "Sunday");
}
