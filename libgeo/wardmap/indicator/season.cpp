#include "wardmap/indicator/season.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/event/period_request.hpp"

#include <algorithm>
#include <optional>

namespace wardmap {
namespace {

const CountCell& shown_count(const MonthSeries& series, const MonthCounts& month) {
    return series.kind.empty() ? month.total : month.kind;
}

bool counts_in(const MonthSeries& series, const MonthCounts& month) {
    return month.whole && shown_count(series, month).known();
}

std::vector<SeasonYear> years_from(const MonthSeries& series, int first_month) {
    std::vector<SeasonYear> years;
    for (std::size_t i = 0; i + 12 <= series.months.size(); ++i) {
        if (series.months[i].month.month != first_month) continue;
        SeasonYear year;
        year.first = series.months[i].month;
        bool whole = true;
        for (std::size_t m = i; m < i + 12; ++m) {
            whole = whole && counts_in(series, series.months[m]);
            if (!whole) break;
            const double count = shown_count(series, series.months[m]).number;
            year.share[static_cast<std::size_t>(series.months[m].month.month - 1)] = count;
            year.total += count;
        }
        if (!whole || !(year.total > 0)) continue;
        for (double& share : year.share) share /= year.total;
        years.push_back(year);
    }
    return years;
}

struct HourLabel {
    HoursOf of = HoursOf::day;
    std::size_t place = 0;
};

std::optional<HourLabel> hour_of(const std::string& label) {
    const auto hour = [](std::string_view text) -> std::optional<std::size_t> {
        if (text.empty() || text.size() > 2) return std::nullopt;
        std::size_t value = 0;
        for (const char c : text) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + static_cast<std::size_t>(c - '0');
        }
        if (value > 23) return std::nullopt;
        return value;
    };
    if (const auto of_day = hour(label)) return HourLabel{HoursOf::day, *of_day};
    const auto blank = label.find(' ');
    if (blank == std::string::npos) return std::nullopt;
    const auto of_day = hour(std::string_view(label).substr(blank + 1));
    for (std::size_t day = 0; of_day && day < weekday_names.size(); ++day) {
        if (lower_ascii(label.substr(0, blank)) == lower_ascii(weekday_names[day]))
            return HourLabel{HoursOf::week, day * 24 + *of_day};
    }
    return std::nullopt;
}

}  // namespace

bool Season::even() const noexcept {
    return std::all_of(months.begin(), months.end(), [&](std::size_t n) { return n == months.front(); });
}

Season season(const MonthSeries& series, const SmallNumberRule& rule, Problems& problems) {
    Season out;
    std::array<CountSum, 12> sums;
    for (const MonthCounts& month : series.months) {
        if (!counts_in(series, month)) continue;
        const auto place = static_cast<std::size_t>(month.month.month - 1);
        sums[place].add(shown_count(series, month));
        ++out.months[place];
    }
    std::vector<std::vector<CountCell>> column(1);
    for (const CountSum& sum : sums) column[0].push_back(sum.sum());
    withhold_small_counts(column, rule, problems);
    std::copy(column[0].begin(), column[0].end(), out.counts.begin());
    CountSum total;
    for (const CountCell& count : out.counts) total.add(count);
    out.total = total.sum();

    const int own_first = series.months.empty() ? 1 : series.months.front().month.month;
    std::vector<int> starts{1, 4, own_first};
    for (int month = 2; month <= 12; ++month) starts.push_back(month);
    for (const int start : starts) {
        std::vector<SeasonYear> years = years_from(series, start);
        if (years.size() > out.years.size()) {
            out.years = std::move(years);
            out.first_month = static_cast<std::size_t>(start);
        }
    }
    return out;
}

HourCounts hour_counts(const Table& table, const CountRowsOptions& options, const SmallNumberRule& rule,
                       Problems& problems) {
    const CountRows rows = count_rows(table, options, problems);
    HourCounts out;
    out.kind = rows.kind;
    out.marker = rows.marker;
    out.left_out = withheld_alone(rows.kind.empty() ? rows.left_out : rows.left_out_of_kind, rule);
    std::vector<CountSum> sums;
    CountSum without;
    for (const CountRows::Row& row : rows.rows) {
        if (!rows.kind.empty() && !row.is_kind) continue;
        if (lower_ascii(row.period) == no_time_label) {
            without.add(row.count);
            continue;
        }
        const auto hour = hour_of(row.period);
        if (!hour) {
            throw InputError("the period '" + row.period + "' is no hour", table.where(row.row, "period"),
                             "count by hour: wardmap count ... --period hour (or weekday-hour)");
        }
        if (sums.empty()) {
            out.of = hour->of;
            sums.resize(hour->of == HoursOf::day ? 24 : 7 * 24);
        } else if (hour->of != out.of) {
            throw InputError("hours of the day and of the week are mixed", table.where(row.row, "period"),
                             "draw a table of one of them");
        }
        sums[hour->place].add(row.count);
    }
    if (sums.empty()) {
        throw InputError("no row has a time of day", {.file = table.origin().file, .column = "period"},
                         "count events that have times: wardmap count ... --period hour");
    }
    // Shown with their sums: the days of a week, and each hour over the days.
    const std::size_t days = sums.size() / 24;
    std::vector<std::vector<CountCell>> columns(days);
    for (std::size_t i = 0; i < sums.size(); ++i) columns[i / 24].push_back(sums[i].sum());
    withhold_small_counts(columns, rule, problems);
    for (const auto& column : columns) out.counts.insert(out.counts.end(), column.begin(), column.end());
    out.without_time = withheld_alone(without.sum(), rule);
    return out;
}

}  // namespace wardmap
