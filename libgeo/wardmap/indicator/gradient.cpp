#include "wardmap/indicator/gradient.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/count_rows.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// The last column whose name holds one of the words: of "imd2015_decile,imd2019_decile" the later.
template <std::size_t size>
std::string column_holding(const Table& table, const std::array<std::string_view, size>& words) {
    for (const std::string_view word : words) {
        std::string found;
        for (const Column& column : table.columns()) {
            if (contains(lower_ascii(column.name()), word)) found = column.name();
        }
        if (!found.empty()) return found;
    }
    return {};
}

std::string chosen_column(const Table& table, const std::string& given, const std::string& found,
                          std::string_view what, std::string_view option) {
    if (!given.empty()) return table.column(given).name();
    if (!found.empty()) return found;
    throw InputError("no column holds the " + std::string(what),
                     {.file = table.origin().file, .layer = table.origin().sheet},
                     "name it: --" + std::string(option) + " COLUMN");
}

std::string count_column(const Table& table) {
    for (const std::string_view name : {"count", "count_after", "events", "offences", "numerator"}) {
        if (const Column* column = table.find(name)) return column->name();
    }
    return {};
}

/// "Second most deprived decile (IMD2019)" -> 2, "Fifth less deprived decile (IMD2019)" -> 6: as Fingertips
/// names them.
std::optional<double> group_in_words(std::string_view text) {
    const std::string lower = lower_ascii(text);
    const bool tenth = contains(lower, "decile");
    if (!contains(lower, "deprived") || (!tenth && !contains(lower, "quintile"))) return std::nullopt;
    constexpr std::array<std::pair<std::string_view, int>, 8> places{{{"second", 2},
                                                                      {"2nd", 2},
                                                                      {"third", 3},
                                                                      {"3rd", 3},
                                                                      {"fourth", 4},
                                                                      {"4th", 4},
                                                                      {"fifth", 5},
                                                                      {"5th", 5}}};
    int place = 1;
    for (const auto& [word, number] : places) {
        if (lower.substr(0, word.size()) == word) place = number;
    }
    const bool from_least = contains(lower, "least") || contains(lower, "less");
    return from_least ? (tenth ? 10 : 5) + 1 - place : place;
}

bool are_fifths(const Table& table, const std::string& name, const Column& groups) {
    std::string lower = lower_ascii(name);
    const Column& given = table.column(name);
    for (std::size_t row = 0; given.is_text() && row < given.size(); ++row) {
        if (group_in_words(given.text(row))) lower = lower_ascii(given.text(row));
    }
    if (contains(lower, "quintile") || contains(lower, "fifth")) return true;
    if (contains(lower, "decile") || contains(lower, "tenth")) return false;
    double most = 0;
    for (std::size_t row = 0; row < groups.size(); ++row) {
        if (groups.state(row) == CellState::value) most = std::max(most, groups.number(row));
    }
    return most > 0 && most <= 5;
}

/// The groups of the rows, whether as numbers or in words.
Column group_numbers(const Table& table, const std::string& name, Problems& problems) {
    const Column& column = table.column(name);
    if (!column.is_text()) return column;
    std::vector<double> numbers(column.size(), nan);
    bool any = false;
    for (std::size_t row = 0; row < column.size(); ++row) {
        const auto group = group_in_words(column.text(row));
        if (!group) continue;
        numbers[row] = *group;
        any = true;
    }
    return any ? Column::numbers(name, std::move(numbers)) : read_numbers(table, name, problems);
}

/// By its name, else a column of categories that holds deciles in words.
std::string group_column(const Table& table) {
    constexpr std::array<std::string_view, 3> words{"decile", "quintile", "fifth"};
    if (std::string named = column_holding(table, words); !named.empty()) return named;
    for (const Column& column : table.columns()) {
        for (std::size_t row = 0; column.is_text() && row < column.size(); ++row) {
            if (group_in_words(column.text(row))) return column.name();
        }
    }
    return {};
}

/// People would be counted once a period.
void check_one_period(const Table& table, const std::vector<std::size_t>& rows) {
    for (const Column& column : table.columns()) {
        const std::string name = lower_ascii(column.name());
        if (name != "time period" && name != "period" && name != "timeperiod") continue;
        for (const std::size_t row : rows) {
            const std::string first = text_of_cell(column, rows.front());
            if (text_of_cell(column, row) == first) continue;
            throw InputError("the rows are of several periods, " + first + " and " +
                                 text_of_cell(column, row) + ", which have the same people",
                             table.where(row, column.name()),
                             "choose one: --where '" + column.name() + "=" + first + "'");
        }
    }
}

struct Sums {
    std::size_t rows = 0;
    CountSum count{};
    CountSum people{};
};

NumberCell sum_cell(const CountSum& sum) {
    const CountCell cell = sum.sum();
    return {cell.number, cell.state};
}

/// Applied to the sums: they are what is shown.
void withhold(std::vector<GradientRow>& groups, const SmallNumberRule& rule, Problems& problems) {
    if (!rule.applies()) return;
    std::vector<std::vector<CountCell>> columns(1);
    for (const GradientRow& group : groups) columns[0].push_back({group.count.number, group.count.state});
    withhold_small_counts(columns, rule, problems);
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i].count = {columns[0][i].number, columns[0][i].state};
}

}  // namespace

Gradient deprivation_gradient(const Table& table, const GradientOptions& options, Problems& problems) {
    constexpr std::array<std::string_view, 4> people_words{"population", "denominator", "people", "all_ages"};
    Gradient out;
    out.group_column =
        chosen_column(table, options.group, group_column(table), "deciles of deprivation", "decile");
    out.count_column = chosen_column(table, options.count, count_column(table), "counts", "count");
    out.people_column = chosen_column(table, options.people, column_holding(table, people_words),
                                      "people the counts are of", "population");
    const Column groups = group_numbers(table, out.group_column, problems);
    const Column counts = read_counts(table, out.count_column, problems);
    const Column people = read_counts(table, out.people_column, problems);

    const bool fifths_given = are_fifths(table, out.group_column, groups);
    // A column of categories has deciles in some rows by its nature.
    const Column& as_given = table.column(out.group_column);
    const bool of_categories = as_given.is_text() && !looks_numeric(as_given);
    const Severity without_decile = of_categories ? Severity::note : Severity::warning;
    const std::size_t given = fifths_given ? 5 : 10;
    const std::size_t wanted = options.groups == GradientGroups::fifths ? 5 : given;
    std::vector<Sums> sums(wanted);
    std::vector<std::size_t> used;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (groups.state(row) != CellState::value) {
            problems.add(without_decile, "group_missing", "rows without a decile were left out",
                         table.where(row, out.group_column));
            continue;
        }
        const double group = groups.number(row);
        if (!(group >= 1 && group <= static_cast<double>(given) && group == std::floor(group))) {
            problems.add(Severity::problem, "group_impossible",
                         "deciles other than 1 to " + std::to_string(given) +
                             " were left out: is this the column of ranks?",
                         table.where(row, out.group_column), full_precision(group));
            continue;
        }
        if (people.state(row) != CellState::value) {
            problems.add(Severity::warning, "people_missing",
                         "rows without people are left out of events and people alike",
                         table.where(row, out.people_column));
            continue;
        }
        const std::size_t place = (static_cast<std::size_t>(group) - 1) * wanted / given;
        used.push_back(row);
        ++sums[place].rows;
        sums[place].count.add({counts.number(row), counts.state(row)});
        sums[place].people.add(known_count(people.number(row)));
    }
    check_one_period(table, used);
    for (std::size_t i = 0; i < wanted; ++i) {
        out.groups.push_back({i + 1, sums[i].rows, sum_cell(sums[i].count), sum_cell(sums[i].people), {}});
        out.summed = out.summed || sums[i].rows > 1;
    }
    if (used.empty()) {
        throw InputError("no row has a decile and people, so there are no rates", table.where(0),
                         "name the columns: --decile COLUMN --population COLUMN");
    }
    withhold(out.groups, options.small_numbers, problems);
    for (GradientRow& group : out.groups) {
        const bool known = group.count.known() && group.people.known();
        group.rate = known ? rate_limits(group.count.number, group.people.number, options.per, options.level)
                           : Limits{nan, nan, nan};
    }
    const GradientRow& most = out.groups.front();
    const GradientRow& least = out.groups.back();
    if (!std::isnan(most.rate.value) && !std::isnan(least.rate.value)) {
        out.ratio = rate_ratio(least.count.number, most.count.number, least.people.number, most.people.number,
                               options.level);
        if (!std::isfinite(out.ratio->ratio)) out.ratio.reset();
    }
    return out;
}

}  // namespace wardmap
