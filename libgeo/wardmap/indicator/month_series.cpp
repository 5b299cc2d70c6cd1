#include "wardmap/indicator/month_series.hpp"

#include <algorithm>
#include <map>

namespace wardmap {
namespace {

struct MonthSums {
    CountSum kind{};
    CountSum others{};
    CountSum total{};
};

void note_months_missing(const MonthSeries& series, const Table& table, Problems& problems) {
    std::vector<Period> gone;
    std::vector<Period> unknown;
    for (const MonthCounts& month : series.months) {
        if (!month.in_table()) {
            gone.push_back(month.month);
        } else if (month.total.state == CellState::missing) {
            unknown.push_back(month.month);
        }
    }
    const Where where{.file = table.origin().file, .layer = table.origin().sheet, .column = "period"};
    for (const std::string& run : month_runs(gone)) {
        problems.add(Severity::warning, "month_gap",
                     "the table has no rows of some months: shown as gaps, not as 0", where, run);
    }
    for (const std::string& run : month_runs(unknown)) {
        problems.add(Severity::warning, "unknown_count",
                     "some counts of a month are not known, so neither is its sum", where, run);
    }
}

/// Kind and others are shown side by side, so both with their sum and the sums over the months are protected.
void apply_rule(MonthSeries& series, const SmallNumberRule& rule, Problems& problems) {
    const bool has_kind = !series.kind.empty();
    std::vector<std::vector<CountCell>> columns(has_kind ? 2 : 1);
    for (const MonthCounts& month : series.months) {
        columns[0].push_back(has_kind ? month.kind : month.total);
        if (has_kind) columns[1].push_back(month.others);
    }
    withhold_small_counts(columns, rule, problems);
    for (std::size_t i = 0; i < series.months.size(); ++i) {
        MonthCounts& month = series.months[i];
        if (!has_kind) {
            month.total = columns[0][i];
            continue;
        }
        month.kind = columns[0][i];
        month.others = columns[1][i];
        if (month.total.known()) {
            CountSum sum;
            sum.add(month.kind);
            sum.add(month.others);
            month.total = sum.sum();
        }
    }
}

}  // namespace

int month_number(const Period& period) noexcept {
    return period.year * 12 + period.month - 1;
}

Period month_of_number(int number) noexcept {
    return {PeriodKind::month, number / 12, number % 12 + 1};
}

std::optional<std::size_t> MonthSeries::find(const Period& month) const noexcept {
    if (months.empty()) return std::nullopt;
    const int place = month_number(month) - month_number(months.front().month);
    if (place < 0 || place >= static_cast<int>(months.size())) return std::nullopt;
    return static_cast<std::size_t>(place);
}

MonthSeries month_series(const Table& table, const MonthSeriesOptions& options, Problems& problems) {
    const CountRows rows = count_rows(table, {options.kind, options.kind_column}, problems);
    std::map<int, MonthSums> sums;
    std::map<std::string, int> numbers;  // of the labels met: few beside the rows
    for (const CountRows::Row& row : rows.rows) {
        auto known = numbers.find(row.period);
        if (known == numbers.end()) {
            const auto period = parse_period(row.period);
            if (!period || period->kind != PeriodKind::month) {
                throw InputError("the period '" + row.period + "' is no month",
                                 table.where(row.row, "period"),
                                 "count by month: wardmap count ... --period month");
            }
            known = numbers.emplace(row.period, month_number(*period)).first;
        }
        MonthSums& month = sums[known->second];
        month.total.add(row.count);
        (row.is_kind ? month.kind : month.others).add(row.count);
    }
    MonthSeries series;
    series.kind = rows.kind;
    series.marker = rows.marker;
    series.left_out = withheld_alone(rows.left_out, options.small_numbers);
    series.left_out_of_kind = withheld_alone(rows.left_out_of_kind, options.small_numbers);
    for (int number = sums.begin()->first; number <= sums.rbegin()->first; ++number) {
        MonthCounts month;
        month.month = month_of_number(number);
        if (const auto found = sums.find(number); found != sums.end()) {
            month.total = found->second.total.sum();
            if (!series.kind.empty()) {
                month.kind = found->second.kind.sum();
                month.others = found->second.others.sum();
            }
        }
        series.months.push_back(month);
    }
    series.months.back().whole = options.last_month == LastMonth::whole;
    note_months_missing(series, table, problems);
    apply_rule(series, options.small_numbers, problems);
    return series;
}

std::string month_range_words(const Period& first, const Period& last) {
    if (first == last) return first.words();
    const std::string end = last.words();
    if (first.year != last.year) return first.words() + " to " + end;
    const std::string start = first.words();
    return start.substr(0, start.find(' ')) + " to " + end;
}

std::vector<std::string> month_runs(const std::vector<Period>& months) {
    std::vector<std::string> runs;
    for (std::size_t i = 0; i < months.size();) {
        std::size_t end = i;
        while (end + 1 < months.size() && month_number(months[end + 1]) == month_number(months[end]) + 1)
            ++end;
        runs.push_back(month_range_words(months[i], months[end]));
        i = end + 1;
    }
    return runs;
}

}  // namespace wardmap
