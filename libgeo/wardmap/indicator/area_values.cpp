#include "wardmap/indicator/area_values.hpp"

#include "wardmap/area/name_folding.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>
#include <span>

namespace wardmap {
namespace {

/// "Lower CI 95.0 limit" -> "lower ci 95 0 limit", "area_name" -> "area name".
std::string folded(std::string_view name) {
    std::string out;
    for (const char c : lower_ascii(name)) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (plain) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

bool starts_with(std::string_view text, std::string_view begin) {
    return text.substr(0, begin.size()) == begin;
}
bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The first of the names, in their order of preference, that a column has.
template <std::size_t size>
std::string first_named(const Table& table, const std::array<std::string_view, size>& names) {
    for (const std::string_view name : names) {
        for (const Column& column : table.columns()) {
            if (folded(column.name()) == name) return column.name();
        }
    }
    return {};
}

constexpr std::array<std::string_view, 9> area_names{
    "area name", "areaname",        "area", "ward name", "ward", "district name",
    "district",  "local authority", "name"};
constexpr std::array<std::string_view, 6> code_names{"area code",     "areacode",  "ward code",
                                                     "district code", "lsoa code", "code"};
constexpr std::array<std::string_view, 4> period_names{"time period", "timeperiod", "period", "year"};
constexpr std::array<std::string_view, 5> value_names{"value", "rate", "indicator value", "percentage",
                                                      "change pct"};
constexpr std::array<std::string_view, 5> count_names{"count", "count after", "numerator", "observed",
                                                      "events"};
constexpr std::array<std::string_view, 4> people_names{"denominator", "population", "people", "all ages"};
constexpr std::array<std::string_view, 2> category_names{"category", "category name"};
constexpr std::array<std::string_view, 1> type_names{"area type"};
constexpr std::array<std::string_view, 1> sortable_names{"time period sortable"};
/// What Fingertips says of the whole indicator: one value in all rows.
constexpr std::array<std::string_view, 3> about_names{"indicator name", "sex", "age"};

std::string area_column(const Table& table) {
    if (std::string named = first_named(table, area_names); !named.empty()) return named;
    for (const Column& column : table.columns()) {
        if (column.is_text() && !looks_numeric(column) && !ends_with(folded(column.name()), "code"))
            return column.name();
    }
    throw InputError("no column holds the names of areas",
                     {.file = table.origin().file, .layer = table.origin().sheet}, "name it: --label COLUMN");
}

std::string value_column(const Table& table) {
    if (std::string named = first_named(table, value_names); !named.empty()) return named;
    std::vector<std::string> numbers;
    for (const Column& column : table.columns()) {
        if (!column.is_text() || looks_numeric(column)) numbers.push_back(column.name());
    }
    if (numbers.size() == 1) return numbers.front();
    std::string list;
    for (const std::string& name : numbers) list += (list.empty() ? "" : ", ") + name;
    throw InputError(
        numbers.empty() ? "no column holds numbers" : "it is not clear which column holds the values",
        {.file = table.origin().file, .layer = table.origin().sheet},
        numbers.empty() ? "give a table with a column of values"
                        : "name it: --value COLUMN; columns of numbers are: " + list);
}

/// The number in a limit's name: "lower ci 95 0 limit" -> 0.95, "lower 99 8" -> 0.998.
std::optional<double> level_in(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (std::isdigit(static_cast<unsigned char>(name[i])) == 0) continue;
        std::size_t end = i;
        while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0) ++end;
        std::string number(name.substr(i, end - i));
        if (end + 1 < name.size() && std::isdigit(static_cast<unsigned char>(name[end + 1])) != 0)
            number += "." + std::string(name.substr(end + 1, 1));
        const auto percent = parse_number(number);
        if (percent && *percent > 50 && *percent < 100) return *percent / 100;
        i = end;
    }
    return std::nullopt;
}

/// A limit of the value: of `rate` the column "rate_lower" alone, else the one of 95% if there are several.
std::string limit_column(const Table& table, const std::string& value, std::string_view side) {
    const std::string own = folded(value) + " " + std::string(side);
    std::string found;
    for (const Column& column : table.columns()) {
        const std::string name = folded(column.name());
        if (name == own) return column.name();
        const bool general = starts_with(name, side) || name == std::string("ci ") + std::string(side);
        // "Lower tier local authority" is no limit.
        if (!general || (column.is_text() && !looks_numeric(column))) continue;
        const auto level = level_in(name);
        if (found.empty() || (level && *level == 0.95)) found = column.name();
    }
    return found;
}

AreaValueColumns found_columns(const Table& table, const AreaValueColumns& given) {
    const auto checked = [&](const std::string& name) { return table.column(name).name(); };
    AreaValueColumns out;
    out.area = given.area.empty() ? area_column(table) : checked(given.area);
    out.value = given.value.empty() ? value_column(table) : checked(given.value);
    const auto choose = [&](const std::string& wanted, std::string guess) {
        return wanted.empty() ? std::move(guess) : checked(wanted);
    };
    out.code = choose(given.code, first_named(table, code_names));
    out.period = choose(given.period, first_named(table, period_names));
    out.lower = choose(given.lower, limit_column(table, out.value, "lower"));
    out.upper = choose(given.upper, limit_column(table, out.value, "upper"));
    out.count = choose(given.count, first_named(table, count_names));
    out.people = choose(given.people, first_named(table, people_names));
    if (out.lower.empty() != out.upper.empty()) {
        throw InputError("there is a column of " + std::string(out.lower.empty() ? "upper" : "lower") +
                             " limits, and none of the others",
                         {.file = table.origin().file, .column = out.lower + out.upper},
                         "name both: --lower COLUMN --upper COLUMN");
    }
    return out;
}

std::vector<NumberCell> cells_of(const Table& table, const std::string& column, Problems& problems) {
    std::vector<NumberCell> cells(table.row_count());
    if (column.empty()) return cells;
    const Column numbers = read_numbers(table, column, problems);
    for (std::size_t row = 0; row < cells.size(); ++row) cells[row] = number_cell(numbers, row);
    return cells;
}

std::string cell_of(const Table& table, const std::string& column, std::size_t row) {
    return column.empty() ? std::string() : std::string(trimmed(text_of_cell(table.column(column), row)));
}

bool matches_any(const AreaValue& row, std::span<const std::string> wanted) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const std::string& one) { return is_area(row, one); });
}

class Reader {
public:
    Reader(const Table& table, const AreaValueColumns& given, const AreaRoles& roles, Problems& problems)
        : table_(table), roles_(roles), problems_(problems) {
        out_.columns = found_columns(table, given);
    }

    AreaValues read() {
        read_rows();
        check_roles();
        leave_out_breakdowns();
        leave_out_other_types();
        leave_out_totals();
        if (out_.rows.empty())
            throw InputError("the table has no rows to draw", table_.where(0), "give it at least one area");
        settle_repeats();
        order_periods();
        const auto& meta = table_.meta();
        out_.level = out_.columns.lower.empty()             ? std::nullopt
                     : level_in(folded(out_.columns.lower)) ? level_in(folded(out_.columns.lower))
                                                            : meta.level;
        describe();
        return std::move(out_);
    }

private:
    Where whole_table() const { return {.file = table_.origin().file, .layer = table_.origin().sheet}; }

    void read_rows() {
        const auto values = cells_of(table_, out_.columns.value, problems_);
        const auto lowers = cells_of(table_, out_.columns.lower, problems_);
        const auto uppers = cells_of(table_, out_.columns.upper, problems_);
        const auto counts = cells_of(table_, out_.columns.count, problems_);
        const auto people = cells_of(table_, out_.columns.people, problems_);
        for (std::size_t row = 0; row < table_.row_count(); ++row) {
            AreaValue one;
            one.row = row;
            one.name = on_one_line(cell_of(table_, out_.columns.area, row));
            one.code = cell_of(table_, out_.columns.code, row);
            one.period = on_one_line(cell_of(table_, out_.columns.period, row));
            one.value = values[row];
            one.lower = lowers[row];
            one.upper = uppers[row];
            one.count = counts[row];
            one.people = people[row];
            if (one.name.empty() && one.code.empty()) {
                problems_.add(Severity::warning, "row_without_area", "rows without an area were left out",
                              table_.where(row, out_.columns.area));
                continue;
            }
            if (one.name.empty()) one.name = one.code;
            one.is_total = one.code.empty() && is_total_name(one.name);
            if (one.is_total && !table_.meta().whole.empty()) one.name = table_.meta().whole;
            check_limits(one);
            out_.rows.push_back(std::move(one));
        }
    }

    /// Limits are rounded as the value is: as much as that may be between them.
    void check_limits(AreaValue& one) {
        if (!one.value.known() || !one.has_limits()) return;
        constexpr double rounding = 1e-9;
        const double slack = rounding * std::max(1.0, std::abs(one.value.number));
        if (one.lower.number <= one.value.number + slack && one.upper.number >= one.value.number - slack)
            return;
        problems_.add(Severity::problem, "limits_impossible",
                      "limits that do not hold their value between them were left out",
                      table_.where(one.row, out_.columns.lower), one.name);
        one.lower = one.upper = {};
    }

    void check_roles() const {
        for (const auto* wanted : {&roles_.highlight, &roles_.references}) {
            for (const std::string& name : *wanted) {
                const bool there = std::any_of(out_.rows.begin(), out_.rows.end(),
                                               [&](const AreaValue& row) { return is_area(row, name); });
                if (there) continue;
                std::vector<std::string> names;
                for (const AreaValue& row : out_.rows) {
                    if (std::find(names.begin(), names.end(), row.name) == names.end())
                        names.push_back(row.name);
                }
                Where where = whole_table();
                where.column = out_.columns.area;
                throw NameUnknown("no row is of '" + name + "'", where, did_you_mean(name, names));
            }
        }
        for (const std::string& name : roles_.references) {
            for (const AreaValue& row : out_.rows) {
                if (is_area(row, name) && matches_any(row, roles_.highlight)) {
                    throw UsageError("'" + name + "' cannot be highlighted and a reference at once", {},
                                     "give it as one of the two");
                }
            }
        }
    }

    /// \param why  an example of what was left out: each is named once
    template <typename Keep, typename Why>
    void keep_rows(const Keep& keep, const Why& why, std::string_view code, const std::string& message) {
        std::vector<AreaValue> kept;
        std::vector<std::string> named;
        for (AreaValue& row : out_.rows) {
            if (keep(row)) {
                kept.push_back(std::move(row));
                continue;
            }
            std::string example = why(row);
            const bool again = std::find(named.begin(), named.end(), example) != named.end();
            problems_.add(Severity::note, code, message, table_.where(row.row),
                          again ? std::string() : example);
            if (!again) named.push_back(std::move(example));
        }
        out_.rows = std::move(kept);
    }

    void leave_out_breakdowns() {
        const std::string column = first_named(table_, category_names);
        if (column.empty()) return;
        const auto category = [&](const AreaValue& row) { return cell_of(table_, column, row.row); };
        const auto is_whole = [&](const AreaValue& row) { return category(row).empty(); };
        if (std::none_of(out_.rows.begin(), out_.rows.end(), is_whole)) return;
        keep_rows(is_whole, category, "breakdown_rows",
                  "rows of a part of an area ('" + column + "') were left out");
    }

    void leave_out_other_types() {
        const std::string column = first_named(table_, type_names);
        if (column.empty()) return;
        std::map<std::string, std::size_t> rows_of_type;
        std::string wanted;
        const auto type = [&](const AreaValue& row) { return cell_of(table_, column, row.row); };
        for (const AreaValue& row : out_.rows) {
            ++rows_of_type[type(row)];
            if (wanted.empty() && matches_any(row, roles_.highlight)) wanted = type(row);
        }
        if (rows_of_type.size() < 2) return;
        if (wanted.empty()) {
            wanted =
                std::max_element(rows_of_type.begin(), rows_of_type.end(), [](const auto& a, const auto& b) {
                    return a.second < b.second;
                })->first;
        }
        keep_rows([&](const AreaValue& row) { return type(row) == wanted || has_role(row); }, type,
                  "other_area_types",
                  "areas of another type than '" + wanted +
                      "' were left out; name them as references to draw them");
    }

    void leave_out_totals() {
        keep_rows([&](const AreaValue& row) { return !row.is_total || has_role(row); },
                  [](const AreaValue& row) { return row.name; }, "total_row",
                  "a row of the total is no area; name it as a reference to draw it");
    }

    bool has_role(const AreaValue& row) const {
        return matches_any(row, roles_.highlight) || matches_any(row, roles_.references);
    }

    /// Two rows of an area and period are two indicators, sexes or ages: which is for the caller to say. The
    /// same row under two parents (England in an export of several regions) is one.
    void settle_repeats() {
        std::map<std::pair<std::string, std::string>, std::size_t> seen;
        std::vector<AreaValue> kept;
        for (AreaValue& row : out_.rows) {
            const auto [first, is_new] =
                seen.try_emplace({row.code + "\n" + row.name, row.period}, kept.size());
            if (is_new) {
                kept.push_back(std::move(row));
                continue;
            }
            if (const auto differ = different_column(kept[first->second].row, row.row))
                throw repeat_error(kept[first->second], row, *differ);
            problems_.add(Severity::note, "repeated_rows",
                          "rows that repeat another but for the parent area were taken once",
                          table_.where(row.row), row.name);
        }
        out_.rows = std::move(kept);
    }

    /// Columns of text first: they say what the rows are of.
    std::optional<std::string> different_column(std::size_t a, std::size_t b) const {
        std::optional<std::string> of_numbers;
        for (const Column& column : table_.columns()) {
            if (starts_with(folded(column.name()), "parent")) continue;
            if (cell_of(table_, column.name(), a) == cell_of(table_, column.name(), b)) continue;
            if (column.is_text() && !looks_numeric(column)) return column.name();
            if (!of_numbers) of_numbers = column.name();
        }
        return of_numbers;
    }

    InputError repeat_error(const AreaValue& first, const AreaValue& row, const std::string& differ) const {
        return InputError(row.name + " has two rows" +
                              (row.period.empty() ? std::string() : " for " + row.period) +
                              ", which differ in '" + differ + "'",
                          table_.where(row.row),
                          "choose one: --where '" + differ + "=" + cell_of(table_, differ, first.row) + "'");
    }

    void order_periods() {
        const std::string sortable = first_named(table_, sortable_names);
        struct Known {
            std::string text{};
            double key = 0;
            bool has_key = false;
        };
        std::vector<Known> known;
        for (const AreaValue& row : out_.rows) {
            const bool there = std::any_of(known.begin(), known.end(),
                                           [&](const Known& one) { return one.text == row.period; });
            if (row.period.empty() || there) continue;
            Known one{row.period};
            if (const auto number = parse_number(cell_of(table_, sortable, row.row))) {
                one.key = *number;
                one.has_key = true;
            } else if (const auto period = parse_value_period(row.period); period && sortable.empty()) {
                one.key = period->last_month;
                one.has_key = true;
            }
            known.push_back(std::move(one));
        }
        // One period that cannot be placed leaves all in the order in which they come.
        if (std::all_of(known.begin(), known.end(), [](const Known& one) { return one.has_key; })) {
            std::stable_sort(known.begin(), known.end(),
                             [](const Known& a, const Known& b) { return a.key < b.key; });
        }
        for (Known& one : known) out_.periods.push_back(std::move(one.text));
    }

    void describe() {
        if (!table_.meta().measure.empty()) {
            out_.measure = table_.meta().measure;
            return;
        }
        for (const std::string_view name : about_names) {
            const std::string column = first_named(table_, std::array{name});
            if (column.empty()) continue;
            const std::string text = cell_of(table_, column, out_.rows.front().row);
            const bool same = std::all_of(out_.rows.begin(), out_.rows.end(), [&](const AreaValue& row) {
                return cell_of(table_, column, row.row) == text;
            });
            if (same && !text.empty() && lower_ascii(text) != "not applicable")
                out_.measure += (out_.measure.empty() ? "" : ", ") + text;
        }
    }

    const Table& table_;
    const AreaRoles& roles_;
    Problems& problems_;
    AreaValues out_{};
};

}  // namespace

AreaValues read_area_values(const Table& table, const AreaValueColumns& columns, const AreaRoles& roles,
                            Problems& problems) {
    return Reader(table, columns, roles, problems).read();
}

bool is_area(const AreaValue& row, std::string_view wanted) {
    if (row.is_total && is_total_name(wanted)) return true;
    return row.code == wanted || row.name == wanted || fold_name(row.name) == fold_name(wanted);
}

Compared compared_with(const AreaValue& area, const NumberCell& reference) noexcept {
    if (!area.value.known() || !area.has_limits() || !reference.known()) return Compared::unknown;
    if (area.lower.number > reference.number) return Compared::higher;
    return area.upper.number < reference.number ? Compared::lower : Compared::similar;
}

std::string_view name_of(Compared compared) noexcept {
    switch (compared) {
        case Compared::lower:
            return "lower";
        case Compared::similar:
            return "similar";
        case Compared::higher:
            return "higher";
        case Compared::unknown:
            break;
    }
    return {};
}

}  // namespace wardmap
