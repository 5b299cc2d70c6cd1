#include "wardmap/indicator/ward_table.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/indicator/limits.hpp"
#include "wardmap/indicator/shares.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace wardmap {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A cell: a number, or why there is none.
struct Cell {
    double number = nan;
    CellState state = CellState::missing;

    bool known() const { return state == CellState::value; }
};

Cell value_of(double number) {
    return {number, CellState::value};
}
Cell without(CellState state) {
    return {nan, state};
}
/// NaN from a formula means that it is not defined.
Cell defined(double number) {
    return std::isnan(number) ? without(CellState::undefined) : value_of(number);
}

/// Why a cell made of others has no value: withheld, else not known, else as the first of them says.
CellState worst(std::initializer_list<Cell> cells) {
    CellState state = CellState::value;
    for (const Cell& cell : cells) {
        if (cell.state == CellState::suppressed) return CellState::suppressed;
        if (cell.state == CellState::missing) state = CellState::missing;
        if (!cell.known() && state == CellState::value) state = cell.state;
    }
    return state;
}

template <class Formula>
Cell derive(std::initializer_list<Cell> from, Formula formula) {
    const CellState state = worst(from);
    return state == CellState::value ? defined(formula()) : without(state);
}

/// A number column under construction.
struct Numbers {
    std::vector<double> cells{};
    std::vector<CellState> states{};

    void add(const Cell& cell) {
        cells.push_back(cell.number);
        states.push_back(cell.state);
    }
    Cell at(std::size_t row) const { return {cells[row], states[row]}; }
    Column column(std::string name, std::string unit = {}) const {
        return Column::numbers(std::move(name), cells, states, std::move(unit));
    }
};

/// Sign of a*b - c*d without the error of rounding (barring overflow).
int compare_products(double a, double b, double c, double d) {
    const double left = a * b;
    const double right = c * d;
    if (left != right) return left < right ? -1 : 1;
    const double left_rest = std::fma(a, b, -left);
    const double right_rest = std::fma(c, d, -right);
    return left_rest < right_rest ? -1 : left_rest > right_rest ? 1 : 0;
}

/// A number kept as a fraction, so that comparing with it is exact.
struct Fraction {
    double over = nan;
    double under = nan;

    bool is_defined() const { return under > 0 && !std::isnan(over); }
    /// Sign of a/b less this. \pre b > 0
    int compare(double a, double b) const { return compare_products(a, under, over, b); }
};

/// Counts and populations of one area, or of all together.
struct Row {
    Cell before{};
    Cell after{};
    Cell population{};
    Cell population_before{};

    bool counted() const { return before.known() && after.known(); }
    bool peopled() const { return population.known() && population.number > 0; }
};

/// "column a", "columns a and b": where counts of the row are not known or withheld.
std::string uncounted_columns(const AreaCounts& counts, const Row& row) {
    if (row.before.known()) return "column " + counts.after.name();
    if (row.after.known()) return "column " + counts.before.name();
    return "columns " + counts.before.name() + " and " + counts.after.name();
}

struct CutValues {
    Fraction rate{};   ///< events by person
    Fraction ratio{};  ///< later count by earlier count
};

double middle_of(std::vector<double> values) {
    if (values.empty()) return nan;
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string_view compared(double lower, double upper, double cut) {
    if (std::isnan(lower) || std::isnan(upper) || std::isnan(cut)) return "";
    if (lower > cut) return "higher";
    if (upper < cut) return "lower";
    return "similar";
}

std::string direction_of(const Row& row) {
    if (!row.counted()) return "";
    if (row.before.number == 0) return row.after.number == 0 ? "none" : "from_zero";
    if (row.after.number > row.before.number) return "rose";
    return row.after.number < row.before.number ? "fell" : "same";
}

/// What is to be known about the numbers of a row, in the order in which they are written.
struct Flags {
    bool from_zero = false;
    bool to_zero = false;
    bool no_events = false;
    bool small = false;
    bool no_population = false;
    bool suppressed = false;
    bool no_data = false;
};

std::string joined(const Flags& flags) {
    std::string text;
    const auto add = [&](bool set, std::string_view name) {
        if (!set) return;
        if (!text.empty()) text += ';';
        text += name;
    };
    add(flags.from_zero, "from_zero");
    add(flags.to_zero, "to_zero");
    add(flags.no_events, "no_events");
    add(flags.small, "small");
    add(flags.no_population, "no_population");
    add(flags.suppressed, "suppressed");
    add(flags.no_data, "no_data");
    return text;
}

Flags flags_of(const Row& row, bool has_population) {
    const double before = row.before.number;
    const double after = row.after.number;
    const auto withheld = [](const Cell& cell) { return cell.state == CellState::suppressed; };
    const auto absent = [](const Cell& cell) { return !cell.known() && cell.state != CellState::suppressed; };
    Flags flags;
    if (row.counted()) {
        flags.from_zero = before == 0 && after > 0;
        flags.to_zero = before > 0 && after == 0;
        flags.no_events = before == 0 && after == 0;
    }
    flags.small = (row.before.known() && before < small_count) || (row.after.known() && after < small_count);
    flags.no_population = has_population && !row.peopled() && !withheld(row.population);
    flags.suppressed =
        withheld(row.before) || withheld(row.after) || (has_population && withheld(row.population));
    flags.no_data = absent(row.before) || absent(row.after);
    return flags;
}

/// Of the total: its own, and what it leaves out.
Flags total_flags(const Row& total, std::span<const Row> rows, bool has_population) {
    Flags flags = flags_of(total, has_population);
    for (const Row& row : rows) {
        const Flags one = flags_of(row, has_population);
        flags.no_population = flags.no_population || one.no_population;
        flags.suppressed = flags.suppressed || one.suppressed;
        flags.no_data = flags.no_data || one.no_data;
    }
    return flags;
}

Where place_of(const TableOrigin& origin, std::size_t row, const Column& column, std::string_view code) {
    Where place;
    place.file = origin.file;
    place.layer = origin.sheet;
    if (row < origin.rows.size()) place.row = origin.rows[row];
    place.column = column.name();
    place.code = std::string(code);
    return place;
}

/// The areas' rows, with what is wrong said in `problems`.
class RowReader {
public:
    RowReader(const AreaCounts& counts, Problems& problems)
        : counts_(counts),
          problems_(problems),
          before_(usable_counts(counts.before, counts.codes, counts.names, counts.origin, problems)),
          after_(usable_counts(counts.after, counts.codes, counts.names, counts.origin, problems)) {}

    Row read(std::size_t row) const {
        Row result;
        result.before = cell(before_, row);
        result.after = cell(after_, row);
        if (counts_.population) result.population = population(*counts_.population, row);
        if (counts_.population_before)
            result.population_before = population(*counts_.population_before, row);
        else
            result.population_before = result.population;
        return result;
    }

private:
    Where where(std::size_t row, const Column& column) const {
        return place_of(counts_.origin, row, column, counts_.codes[row]);
    }
    std::string who(std::size_t row) const {
        return counts_.names[row].empty() ? counts_.codes[row] : counts_.names[row];
    }
    static Cell cell(const Column& column, std::size_t row) {
        return {column.number(row), column.state(row)};
    }

    Cell population(const Column& column, std::size_t row) const {
        const Cell given = cell(column, row);
        if (given.state == CellState::suppressed) return given;
        if (given.known() && given.number > 0 && std::isfinite(given.number)) return given;
        if (given.known() && given.number < 0) {
            problems_.add(Severity::problem, "negative_population",
                          "a population is negative; it is taken as not known: correct the input",
                          where(row, column), who(row) + ": " + full_precision(given.number));
            return without(CellState::missing);
        }
        problems_.add(Severity::problem, "no_population",
                      "areas without people have no rate and no quadrant: give their population",
                      where(row, column), who(row));
        return given;
    }

    const AreaCounts& counts_;
    Problems& problems_;
    Column before_;
    Column after_;
};

Cell sum_of(std::span<const Row> rows, Cell Row::*part) {
    double sum = 0;
    bool any = false;
    for (const Row& row : rows) {
        if (!(row.*part).known()) continue;
        sum += (row.*part).number;
        any = true;
    }
    return any ? value_of(sum) : without(CellState::missing);
}

void check(const AreaCounts& counts, const IndicatorOptions& options) {
    const std::size_t n = counts.codes.size();
    const auto fits = [n](const Column& column) {
        return column.size() == n && (n == 0 || !column.is_text());
    };
    if (counts.names.size() != n || !fits(counts.before) || !fits(counts.after) ||
        (counts.population && !fits(*counts.population)) ||
        (counts.population_before && !fits(*counts.population_before))) {
        throw std::invalid_argument("codes, names and number columns have one length");
    }
    if (counts.population_before && !counts.population) {
        throw UsageError("there is a population of the earlier period but none of the later", {},
                         "give --population as well");
    }
    if (!(options.level > 0 && options.level < 1)) {
        throw UsageError("the level of limits is " + full_precision(options.level), {},
                         "give one between 0 and 1, such as 0.95");
    }
    if (!(options.per > 0)) {
        throw UsageError("rates per " + full_precision(options.per), {},
                         "give a number above 0, such as 100000");
    }
    if (!(options.pool >= 1)) {
        throw UsageError("counts pooled over " + full_precision(options.pool) + " years", {},
                         "give 1 or more");
    }
}

/// All areas together, as fractions. Not defined where nothing is known, or where a small-number rule
/// withholds a total or could be undone by it.
struct Whole {
    Fraction rate{};         ///< later events by person-year, of the areas with people
    Fraction rate_before{};  ///< earlier events by person-year
    Fraction ratio{};        ///< later by earlier events, of the areas with both
};

Whole whole_of(std::span<const Row> rows, double years) {
    Whole whole{{0, 0}, {0, 0}, {0, 0}};
    for (const Row& row : rows) {
        if (row.after.known() && row.peopled()) {
            whole.rate.over += row.after.number;
            whole.rate.under += row.population.number * years;
        }
        if (row.before.known() && row.population_before.known() && row.population_before.number > 0) {
            whole.rate_before.over += row.before.number;
            whole.rate_before.under += row.population_before.number * years;
        }
        if (!row.counted()) continue;
        whole.ratio.over += row.after.number;
        whole.ratio.under += row.before.number;
    }
    return whole;
}

/// Withholds and rounds the counts of `rows` and `total`, and makes `whole` of what is shown. Where the
/// sums of `whole` are not those of the total row, both together would tell what lies between: neither is
/// shown.
void apply_rule(const SmallNumberRule& rule, std::vector<Row>& rows, Row& total, Whole& whole,
                Problems& problems) {
    std::vector<std::vector<double>> columns(2);
    for (const Row& row : rows) {
        columns[0].push_back(row.before.number);
        columns[1].push_back(row.after.number);
    }
    CountGrid grid = count_grid(columns, RowTotals::no);
    withhold_small(grid, rule);
    note_withheld(problems, grid, rule);
    const bool any = std::find(grid.withheld.begin(), grid.withheld.end(), true) != grid.withheld.end();
    const auto treat = [&](Cell& cell, std::size_t row, std::size_t column) {
        if (!cell.known()) return;
        cell = grid.withheld[grid.at(row, column)] ? without(CellState::suppressed)
                                                   : value_of(rounded_count(cell.number, rule));
    };
    const double all_before = total.before.number;
    const double all_after = total.after.number;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        treat(rows[row].before, row, 0);
        treat(rows[row].after, row, 1);
    }
    treat(total.before, rows.size(), 0);
    treat(total.after, rows.size(), 1);
    // NaN where withheld: such a fraction is not defined.
    const auto shown = [&](double of_part, double of_all, const Cell& cell) {
        return of_part == of_all ? cell.number : any ? nan : rounded_count(of_part, rule);
    };
    whole.rate.over = shown(whole.rate.over, all_after, total.after);
    whole.rate_before.over = shown(whole.rate_before.over, all_before, total.before);
    const double before = shown(whole.ratio.under, all_before, total.before);
    const double after = shown(whole.ratio.over, all_after, total.after);
    whole.ratio = {after, before};
}

/// Everything the rows are compared with.
class Comparison {
public:
    Comparison(std::span<const Row> rows, const Whole& whole, const IndicatorOptions& options)
        : options_(options) {
        std::vector<double> rates;
        std::vector<double> changes;
        for (const Row& row : rows) {
            if (row.after.known() && row.peopled()) {
                rates.push_back(row.after.number * options.per / (row.population.number * options.pool));
            }
            if (row.counted() && row.before.number > 0) {
                changes.push_back(100 * (row.after.number - row.before.number) / row.before.number);
            }
        }
        switch (options.cuts.kind) {
            case CutKind::total:
                cuts_ = {whole.rate, whole.ratio};
                break;
            case CutKind::zero:
                cuts_ = {whole.rate, {1, 1}};
                break;
            case CutKind::median:
                median_rate_ = middle_of(std::move(rates));
                median_change_ = middle_of(std::move(changes));
                cuts_ = {{median_rate_, options.per}, {100 + median_change_, 100}};
                break;
            case CutKind::fixed:
                cuts_ = {{options.cuts.rate, options.per}, {100 + options.cuts.change_pct, 100}};
                break;
        }
    }

    std::optional<double> cut_rate() const {
        if (!cuts_.rate.is_defined()) return std::nullopt;
        if (options_.cuts.kind == CutKind::median) return median_rate_;
        if (options_.cuts.kind == CutKind::fixed) return options_.cuts.rate;
        return cuts_.rate.over * options_.per / cuts_.rate.under;
    }
    std::optional<double> cut_change_pct() const {
        if (!cuts_.ratio.is_defined()) return std::nullopt;
        if (options_.cuts.kind == CutKind::median) return median_change_;
        if (options_.cuts.kind == CutKind::fixed) return options_.cuts.change_pct;
        return 100 * (cuts_.ratio.over - cuts_.ratio.under) / cuts_.ratio.under;
    }
    /// A change from nothing is as fast as any, none in either period never is: neither needs a cut.
    bool can_place(const Row& row) const {
        return cuts_.rate.is_defined() && (cuts_.ratio.is_defined() || row.before.number == 0);
    }
    double cut_ratio() const { return cuts_.ratio.is_defined() ? cuts_.ratio.over / cuts_.ratio.under : nan; }

    bool higher(const Row& row) const {
        const double people = row.population.number * options_.pool;
        if (options_.cuts.kind == CutKind::median) {
            return row.after.number * options_.per / people >= median_rate_;
        }
        return cuts_.rate.compare(row.after.number, people) >= 0;
    }
    bool faster(const Row& row) const {
        const double before = row.before.number;
        const double after = row.after.number;
        if (before == 0) return after > 0;
        const bool zero_cut = cuts_.ratio.over == cuts_.ratio.under;
        if (zero_cut) return after > before;
        if (options_.cuts.kind == CutKind::median) return 100 * (after - before) / before >= median_change_;
        return cuts_.ratio.compare(after, before) >= 0;
    }

private:
    IndicatorOptions options_;
    CutValues cuts_{};
    double median_rate_ = nan;
    double median_change_ = nan;
};

std::string method_words(const IndicatorOptions& options, bool has_population) {
    std::string text;
    if (has_population) {
        text = fmt::format("rates per {} people", with_thousands(options.per, 0));
        if (options.pool > 1)
            text += fmt::format(" and year, {} years together", full_precision(options.pool));
        text += fmt::format(", {}% limits exact (Poisson) under 10 events and Byar's from 10; ",
                            full_precision(100 * options.level));
    }
    text += fmt::format("ratios with {}% exact conditional limits, p twice the smaller tail",
                        full_precision(100 * options.level));
    return text;
}

}  // namespace

Cuts parse_cuts(std::string_view text) {
    for (const CutKind kind : {CutKind::total, CutKind::median, CutKind::zero}) {
        if (text == name_of(kind)) return {kind, 0, 0};
    }
    const std::size_t comma = text.find(',');
    if (comma != std::string_view::npos) {
        const auto trim = [](std::string_view part) {
            while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
            while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
            return part;
        };
        const auto rate = parse_number(trim(text.substr(0, comma)));
        const auto change = parse_number(trim(text.substr(comma + 1)));
        if (rate && change && *rate >= 0 && *change >= -100) return {CutKind::fixed, *rate, *change};
        throw UsageError("'" + std::string(text) + "' are no cuts", {},
                         "give a rate of 0 or more and a change in percent of -100 or more, such as 402,64");
    }
    const std::array<std::string, 3> names{"total", "median", "zero"};
    throw UsageError("there are no cuts '" + std::string(text) + "'", {},
                     did_you_mean(text, names) + " A rate and a change in percent, such as 402,64, work too");
}

std::string_view name_of(CutKind kind) noexcept {
    switch (kind) {
        case CutKind::total:
            return "total";
        case CutKind::median:
            return "median";
        case CutKind::zero:
            return "zero";
        case CutKind::fixed:
            break;
    }
    return "fixed";
}

Table ward_table(const AreaCounts& counts, const IndicatorOptions& options, const TableMeta& meta,
                 Problems& problems) {
    check(counts, options);
    const std::size_t n = counts.codes.size();
    const bool has_population = counts.population.has_value();
    const RowReader reader(counts, problems);
    std::vector<Row> rows;
    rows.reserve(n + 1);
    for (std::size_t i = 0; i < n; ++i) rows.push_back(reader.read(i));
    Row total;
    total.before = sum_of(rows, &Row::before);
    total.after = sum_of(rows, &Row::after);
    if (has_population) {
        total.population = sum_of(rows, &Row::population);
        total.population_before = sum_of(rows, &Row::population_before);
    }
    Whole whole = whole_of(rows, options.pool);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].counted()) continue;
        const std::string& who = counts.names[i].empty() ? counts.codes[i] : counts.names[i];
        problems.add(
            Severity::warning, "total_incomplete",
            "the total leaves out counts that are not known or withheld; cuts are of the other areas",
            {counts.origin.file, counts.origin.sheet, {}, {}, {}},
            who + " (" + uncounted_columns(counts, rows[i]) + ")");
    }
    if (options.small_numbers.applies()) apply_rule(options.small_numbers, rows, total, whole, problems);
    const Comparison comparison(rows, whole, options);
    rows.push_back(total);

    Numbers before, after, change, change_pct, population, rate_before, rate, rate_lower, rate_upper, share,
        population_before;
    Numbers ratio, ratio_lower, ratio_upper, p_value;
    std::vector<std::string> direction, quadrant, rate_compared, change_compared, certainty, flags;
    const double cut_rate = comparison.cut_rate().value_or(nan);
    const double cut_ratio = comparison.cut_ratio();

    for (std::size_t i = 0; i <= n; ++i) {
        const Row& row = rows[i];
        const bool is_total = i == n;
        before.add(row.before);
        after.add(row.after);
        change.add(derive({row.before, row.after}, [&] { return row.after.number - row.before.number; }));
        change_pct.add(derive({row.before, row.after}, [&] {
            return row.before.number > 0 ? 100 * (row.after.number - row.before.number) / row.before.number
                                         : nan;
        }));
        direction.push_back(direction_of(row));
        share.add(derive({row.after, total.after}, [&] {
            return total.after.number > 0 ? 100 * row.after.number / total.after.number : nan;
        }));

        // The total's rates are of the areas whose people are known: the same that make the cut.
        const auto part = [](double count, CellState why) {
            return std::isnan(count) ? without(why) : value_of(count);
        };
        Row rated = row;
        if (is_total && has_population) {
            rated.after = part(whole.rate.over, CellState::suppressed);
            rated.before = part(whole.rate_before.over, CellState::suppressed);
            rated.population =
                part(whole.rate.under > 0 ? whole.rate.under / options.pool : nan, CellState::missing);
            rated.population_before =
                part(whole.rate_before.under > 0 ? whole.rate_before.under / options.pool : nan,
                     CellState::missing);
        }
        const bool has_people = has_population && rated.peopled();
        population.add(row.population);
        population_before.add(row.population_before);
        Limits limits{nan, nan, nan};
        if (has_people && rated.after.known()) {
            limits = rate_limits(rated.after.number, rated.population.number * options.pool, options.per,
                                 options.level);
        }
        const auto of_rate = [&](double value) {
            if (!has_population) return without(CellState::undefined);
            return derive({rated.after, rated.population}, [&] { return value; });
        };
        rate.add(of_rate(limits.value));
        rate_lower.add(of_rate(limits.lower));
        rate_upper.add(of_rate(limits.upper));
        rate_before.add(!has_population
                            ? without(CellState::undefined)
                            : derive({rated.before, rated.population_before}, [&] {
                                  const double people = rated.population_before.number * options.pool;
                                  return people > 0 ? options.per * rated.before.number / people : nan;
                              }));

        // With one population for both periods it divides out, so the ratio needs none.
        const bool two_populations = counts.population_before.has_value();
        RatioLimits of_counts{nan, nan, nan, nan};
        if (row.counted()) of_counts = rate_ratio(row.before.number, row.after.number, 1, 1, options.level);
        RatioLimits of_rates = of_counts;
        if (two_populations) {
            const bool known = rated.counted() && rated.population.known() && rated.population_before.known();
            of_rates =
                known ? rate_ratio(rated.before.number, rated.after.number, rated.population_before.number,
                                   rated.population.number, options.level)
                      : RatioLimits{nan, nan, nan, nan};
        }
        const auto of_ratio = [&](double value) {
            if (!two_populations) return derive({row.before, row.after}, [&] { return value; });
            return derive({rated.before, rated.after, rated.population, rated.population_before},
                          [&] { return value; });
        };
        ratio.add(of_ratio(of_rates.ratio));
        ratio_lower.add(of_ratio(of_rates.lower));
        ratio_upper.add(of_ratio(of_rates.upper));
        p_value.add(of_ratio(of_rates.p_value));

        const bool placed = !is_total && row.counted() && has_people && comparison.can_place(row);
        std::string code;
        if (!is_total) code = "none";
        if (placed) {
            code = comparison.higher(row) ? "high_" : "low_";
            code += comparison.faster(row) ? "faster" : "slower";
        }
        quadrant.push_back(code);
        const bool no_events = row.counted() && row.before.number + row.after.number == 0;
        std::string of_level(is_total ? "" : compared(limits.lower, limits.upper, cut_rate));
        std::string of_change(is_total ? ""
                              : no_events && !std::isnan(cut_ratio)
                                  ? "similar"  // nothing happened: nothing can be told apart
                                  : compared(of_counts.lower, of_counts.upper, cut_ratio));
        if (placed && of_change.empty()) of_change = "similar";  // there is no cut to be told from
        const bool clear = of_level != "similar" && of_change != "similar";
        certainty.push_back(!placed ? "" : clear ? "clear" : "uncertain");
        rate_compared.push_back(std::move(of_level));
        change_compared.push_back(std::move(of_change));
        flags.push_back(is_total ? joined(total_flags(row, std::span(rows).first(n), has_population))
                                 : joined(flags_of(row, has_population)));
    }
    const Numbers& ranked = has_population ? rate : after;
    Numbers rank;
    for (const double place : ranks_of(std::span(ranked.cells).first(n))) {
        const CellState state = ranked.states[rank.cells.size()];
        rank.add(state == CellState::value ? value_of(place) : without(state));
    }
    rank.add(without(CellState::not_applicable));

    std::vector<std::string> codes = counts.codes;
    std::vector<std::string> names = counts.names;
    codes.emplace_back();
    names.emplace_back("Total");

    TableMeta filled = meta;
    filled.per = has_population ? options.per : 0;
    filled.cuts = std::string(name_of(options.cuts.kind));
    filled.cut_rate = comparison.cut_rate();
    filled.cut_change_pct = comparison.cut_change_pct();
    filled.level = options.level;
    filled.small_numbers = text_of(options.small_numbers);
    filled.method = method_words(options, has_population);

    const std::string events = meta.unit.empty() ? "events" : meta.unit;
    const std::string per = has_population ? "per " + with_thousands(options.per, 0) : std::string();
    Table table({Column::text("area_code", std::move(codes)),
                 Column::text("area_name", std::move(names)),
                 before.column("count_before", events),
                 after.column("count_after", events),
                 change.column("change", events),
                 change_pct.column("change_pct", "%"),
                 Column::text("direction", std::move(direction)),
                 population.column("population", "people"),
                 rate_before.column("rate_before", per),
                 rate.column("rate", per),
                 rate_lower.column("rate_lower", per),
                 rate_upper.column("rate_upper", per),
                 share.column("share", "%"),
                 rank.column("rank"),
                 ratio.column("rate_ratio"),
                 ratio_lower.column("rate_ratio_lower"),
                 ratio_upper.column("rate_ratio_upper"),
                 p_value.column("p_value"),
                 Column::text("quadrant", std::move(quadrant)),
                 Column::text("rate_compared", std::move(rate_compared)),
                 Column::text("change_compared", std::move(change_compared)),
                 Column::text("certainty", std::move(certainty)),
                 Column::text("flags", std::move(flags))},
                std::move(filled));
    return counts.population_before ? table.with(population_before.column("population_before", "people"))
                                    : table;
}

Table stack_groups(std::span<const std::string> by, std::span<const GroupTable> groups) {
    if (groups.empty()) throw std::invalid_argument("there are no groups to stack");
    const std::vector<std::string> names = groups.front().table.names();
    TableMeta meta = groups.front().table.meta();
    std::vector<std::vector<std::string>> keys(by.size());
    for (const GroupTable& group : groups) {
        if (group.table.names() != names)
            throw std::invalid_argument("groups to stack have the same columns");
        if (group.values.size() != by.size())
            throw std::invalid_argument("a group has one value for each by column");
        for (std::size_t k = 0; k < by.size(); ++k) {
            keys[k].insert(keys[k].end(), group.table.row_count(), group.values[k]);
        }
        const TableMeta& other = group.table.meta();
        if (other.measure != meta.measure) meta.measure.clear();
        if (other.title != meta.title) meta.title.clear();
        if (other.cut_rate != meta.cut_rate) meta.cut_rate.reset();
        if (other.cut_change_pct != meta.cut_change_pct) meta.cut_change_pct.reset();
    }
    std::vector<Column> columns;
    for (std::size_t k = 0; k < by.size(); ++k) columns.push_back(Column::text(by[k], std::move(keys[k])));
    for (std::size_t c = 0; c < names.size(); ++c) {
        const Column& first = groups.front().table.columns()[c];
        std::vector<std::string> texts;
        Numbers numbers;
        for (const GroupTable& group : groups) {
            const Column& column = group.table.columns()[c];
            if (column.is_text() != first.is_text())
                throw std::invalid_argument("groups to stack have the same columns");
            for (std::size_t row = 0; row < column.size(); ++row) {
                if (first.is_text())
                    texts.push_back(column.text(row));
                else
                    numbers.add({column.number(row), column.state(row)});
            }
        }
        columns.push_back(first.is_text() ? Column::text(first.name(), std::move(texts))
                                          : numbers.column(first.name(), first.unit()));
    }
    return Table(std::move(columns), std::move(meta));
}

Column pool_columns(std::span<const Column> columns, std::string name) {
    if (columns.empty()) throw std::invalid_argument("there are no columns to pool");
    Numbers sums;
    for (std::size_t row = 0; row < columns.front().size(); ++row) {
        Cell sum = value_of(0);
        for (const Column& column : columns) {
            if (column.size() != columns.front().size() || column.is_text()) {
                throw std::invalid_argument("pooled columns are numbers of one length");
            }
            const Cell cell{column.number(row), column.state(row)};
            sum = derive({sum, cell}, [&] { return sum.number + cell.number; });
        }
        sums.add(sum);
    }
    return sums.column(std::move(name), columns.front().unit());
}

Column usable_counts(const Column& counts, std::span<const std::string> codes,
                     std::span<const std::string> names, const TableOrigin& origin, Problems& problems) {
    Numbers checked;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        Cell cell{counts.number(row), counts.state(row)};
        const double given = cell.number;
        const std::string& who = names[row].empty() ? codes[row] : names[row];
        if (cell.known() && !(given >= 0 && std::isfinite(given))) {
            problems.add(Severity::problem, "negative_count",
                         "a count is negative or not finite; it is taken as not known: correct the input",
                         place_of(origin, row, counts, codes[row]),
                         who + ": " + (std::isinf(given) ? "infinite" : full_precision(given)));
            cell = without(CellState::missing);
        } else if (cell.known() && given != std::floor(given)) {
            problems.add(
                Severity::note, "weighted_counts",
                "counts with fractions are used as they are; their limits treat them as numbers of events",
                place_of(origin, row, counts, codes[row]), who + ": " + full_precision(given));
        }
        checked.add(cell);
    }
    return checked.column(counts.name(), counts.unit());
}

std::size_t small_cells(const Column& counts) {
    std::size_t cells = 0;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (counts.state(row) == CellState::value && counts.number(row) >= 1 && counts.number(row) <= 4)
            ++cells;
    }
    return cells;
}

std::optional<std::size_t> total_row(const Table& table) {
    const Column* codes = table.find("area_code");
    const Column* names = table.find("area_name");
    if (codes == nullptr || names == nullptr) return std::nullopt;
    for (std::size_t row = table.row_count(); row-- > 0;) {
        if (codes->text(row).empty() && names->text(row) == "Total") return row;
    }
    return std::nullopt;
}

std::vector<std::size_t> area_rows(const Table& table) {
    const Column* codes = table.find("area_code");
    const Column* names = table.find("area_name");
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const bool is_total =
            codes != nullptr && names != nullptr && codes->text(row).empty() && names->text(row) == "Total";
        if (!is_total) rows.push_back(row);
    }
    return rows;
}

}  // namespace wardmap
