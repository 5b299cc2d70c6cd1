#include "wardmap/event/period_request.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/suggest.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace wardmap {
namespace {

struct NamedBins {
    std::string_view name;
    PeriodBins bins;
};

constexpr std::array<NamedBins, 9> named_bins{{{"month", PeriodBins::month},
                                               {"quarter", PeriodBins::quarter},
                                               {"year", PeriodBins::year},
                                               {"financial-year", PeriodBins::financial_year},
                                               {"rolling-year", PeriodBins::rolling_year},
                                               {"weekday", PeriodBins::weekday},
                                               {"hour", PeriodBins::hour},
                                               {"weekday-hour", PeriodBins::weekday_hour},
                                               {"all", PeriodBins::all}}};

constexpr const char* what_there_is =
    "say one of month, quarter, year, financial-year, rolling-year, weekday, hour, weekday-hour, all; or "
    "name "
    "periods: 2014, 2014-01, 2014-Q1, 2021/22, year-to:2022-06";

/// Lower case, '-' for blanks and underscores.
std::string as_word(std::string_view text) {
    std::string word = lower_ascii(text);
    std::replace_if(
        word.begin(), word.end(), [](char c) { return c == '_' || c == ' '; }, '-');
    return word;
}

std::optional<PeriodBins> bins_named(const std::string& word) {
    for (const NamedBins& named : named_bins) {
        if (named.name == word) return named.bins;
    }
    return std::nullopt;
}

[[noreturn]] void refuse(const std::string& text) {
    std::vector<std::string> names;
    for (const NamedBins& named : named_bins) names.emplace_back(named.name);
    const std::vector<std::string> near = nearest_names(as_word(text), names);
    throw UsageError("'" + text + "' is no period", {},
                     near.empty() ? what_there_is : did_you_mean(as_word(text), near));
}

int months_in(PeriodKind kind) noexcept {
    switch (kind) {
        case PeriodKind::month:
            return 1;
        case PeriodKind::quarter:
            return 3;
        case PeriodKind::year:
        case PeriodKind::financial_year:
        case PeriodKind::year_to:
            break;
    }
    return 12;
}

}  // namespace

PeriodRequest parse_period_request(std::span<const std::string> texts, PeriodBins fallback) {
    if (texts.empty()) return {fallback, {}};
    PeriodRequest request{PeriodBins::listed, {}};
    for (const std::string& text : texts) {
        if (const auto bins = bins_named(as_word(text))) {
            if (texts.size() == 1) return {*bins, {}};
            throw UsageError("'" + text + "' stands beside other periods", {},
                             "give it alone, or name the periods: 2014-01 2014-02");
        }
        const auto period = parse_period(text);
        if (!period) refuse(text);
        if (std::find(request.periods.begin(), request.periods.end(), *period) == request.periods.end())
            request.periods.push_back(*period);
    }
    return request;
}

MonthRange months_of(const Period& period) noexcept {
    const std::int32_t last = period.year * 12 + period.month - 1;
    return {last - months_in(period.kind) + 1, last};
}

Period month_period(std::int32_t month_number) noexcept {
    const std::int32_t year = (month_number >= 0 ? month_number : month_number - 11) / 12;
    return {PeriodKind::month, year, month_number - year * 12 + 1};
}

std::string weekday_name(int weekday) {
    constexpr std::array<std::string_view, 7> names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
    return std::string(names.at(static_cast<std::size_t>(weekday)));
}

}  // namespace wardmap
