#include "convert.hpp"
#include "inputs.hpp"

#include "wardmap/indicator/adjust_p.hpp"
#include "wardmap/indicator/change_test.hpp"
#include "wardmap/indicator/class_breaks.hpp"
#include "wardmap/indicator/concentration.hpp"
#include "wardmap/indicator/deprivation.hpp"
#include "wardmap/indicator/funnel.hpp"
#include "wardmap/indicator/harm.hpp"
#include "wardmap/indicator/inequality.hpp"
#include "wardmap/indicator/limits.hpp"
#include "wardmap/indicator/quadrant_chances.hpp"
#include "wardmap/indicator/standardised_rate.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace wardmap {
namespace {

using Indices = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

py::tuple limits_of(const Doubles& a, const Doubles& b, double level,
                    const std::function<Limits(double, double, double)>& limits) {
    const auto first = span_of(a), second = span_of(b);
    std::vector<double> value(first.size()), lower(first.size()), upper(first.size());
    for_inputs(first.size(), [&](std::size_t i) {
        const Limits one = limits(first[i], second[i], level);
        value[i] = one.value;
        lower[i] = one.lower;
        upper[i] = one.upper;
    });
    return py::make_tuple(array_of(value), array_of(lower), array_of(upper));
}

py::tuple ratio_limits(const Doubles& before, const Doubles& after, const Doubles& population_before,
                       const Doubles& population_after, double level, const std::string& method_name) {
    const RatioMethod method = parse_ratio_method(method_name);
    const auto b = span_of(before), a = span_of(after), pb = span_of(population_before),
               pa = span_of(population_after);
    std::array<std::vector<double>, 4> out;
    for (auto& values : out) values.resize(b.size());
    for_inputs(b.size(), [&](std::size_t i) {
        const RatioLimits one = rate_ratio(b[i], a[i], pb[i], pa[i], level, method);
        out[0][i] = one.ratio;
        out[1][i] = one.lower;
        out[2][i] = one.upper;
        out[3][i] = one.p_value;
    });
    return py::make_tuple(array_of(out[0]), array_of(out[1]), array_of(out[2]), array_of(out[3]));
}

py::tuple breaks_of(const Doubles& values, const std::string& scheme, std::size_t k, bool round,
                    std::vector<double> edges) {
    ClassBreaks classes;
    {
        const auto numbers = span_of(values);
        const Unlocked unlocked;
        ClassOptions options;
        options.scheme = parse_scheme(scheme);
        options.k = k;
        options.round = round ? RoundBreaks::yes : RoundBreaks::no;
        options.edges = std::move(edges);
        classes = class_breaks(numbers, options);
    }
    const auto integers = [](const auto& from) {
        py::array_t<std::int64_t> out(static_cast<py::ssize_t>(from.size()));
        std::copy(from.begin(), from.end(), out.mutable_data());
        return out;
    };
    return py::make_tuple(array_of(classes.breaks), integers(classes.counts), classes.gvf,
                          integers(classes.codes), classes.labels);
}

py::array_t<double> deciles_of(const Doubles& ranks, double n) {
    const auto given = span_of(ranks);
    std::vector<double> out(given.size());
    for_inputs(given.size(), [&](std::size_t i) { out[i] = published_decile(given[i], n); });
    return py::array_t<double>(array_of(out));
}

/// Python's None as nothing.
std::optional<double> number_of(const py::object& given) {
    return given.is_none() ? std::nullopt : std::optional<double>(given.cast<double>());
}

/// The rows of each group, in the order of the rows. \pre every number lies below `groups`
std::vector<std::vector<std::size_t>> rows_of(const Indices& group_of_row, std::size_t groups) {
    std::vector<std::vector<std::size_t>> rows(groups);
    for (py::ssize_t row = 0; row < group_of_row.size(); ++row)
        rows.at(static_cast<std::size_t>(group_of_row.at(row))).push_back(static_cast<std::size_t>(row));
    return rows;
}

std::vector<double> picked(std::span<const double> values, std::span<const std::size_t> rows) {
    std::vector<double> out;
    for (const std::size_t row : rows) out.push_back(values[row]);
    return out;
}

void append(std::span<std::vector<double>> columns, const Limits& limits) {
    columns[0].push_back(limits.value);
    columns[1].push_back(limits.lower);
    columns[2].push_back(limits.upper);
}

template <typename Columns>
py::list arrays_of(const Columns& columns) {
    py::list out;
    for (const auto& column : columns) out.append(array_of(column));
    return out;
}

/// rate, lower, upper, count, population of each group. \param persons  row by row, events each 1, 2, ...
py::list direct_rates(const Doubles& persons, const Doubles& population, const Doubles& standard,
                      const Indices& group_of_row, std::size_t groups, double per, double level,
                      const std::string& limits) {
    const auto people = span_of(population), weights = span_of(standard), cells = span_of(persons);
    const std::size_t most_events = people.empty() ? 1 : cells.size() / people.size();
    const StandardisingOptions options{per, level, parse_direct_limits(limits)};
    const auto rows = rows_of(group_of_row, groups);
    std::array<std::vector<double>, 5> out;
    for_inputs(groups, [&](std::size_t group) {
        std::vector<std::vector<double>> by_events(most_events);
        for (const std::size_t row : rows[group]) {
            for (std::size_t k = 0; k < most_events; ++k)
                by_events[k].push_back(cells[row * most_events + k]);
        }
        const DirectRate one = direct_rate_of_repeats(by_events, picked(people, rows[group]),
                                                      picked(weights, rows[group]), options);
        append(out, one.rate);
        out[3].push_back(one.count);
        out[4].push_back(one.population);
    });
    return arrays_of(out);
}

/// rate, its limits, ratio, its limits, expected, count, population of each group.
py::list indirect_rates(const Doubles& count, const Doubles& population, const Doubles& standard_count,
                        const Doubles& standard_population, const Indices& group_of_row, std::size_t groups,
                        double per, double level) {
    const StandardisingOptions options{.per = per, .level = level};
    const auto rows = rows_of(group_of_row, groups);
    std::array<std::vector<double>, 9> out;
    for_inputs(groups, [&](std::size_t group) {
        const auto& which = rows[group];
        const IndirectRate one = indirect_rate(
            picked(span_of(count), which), picked(span_of(population), which),
            picked(span_of(standard_count), which), picked(span_of(standard_population), which), options);
        append(std::span(out).subspan(0, 3), one.rate);
        append(std::span(out).subspan(3, 3), one.ratio);
        out[6].push_back(one.expected);
        out[7].push_back(one.count);
        out[8].push_back(one.population);
    });
    return arrays_of(out);
}

std::vector<std::string> names_of(std::span<const FunnelClass> classes) {
    std::vector<std::string> out;
    for (const FunnelClass one : classes) out.emplace_back(name_of(one));
    return out;
}

py::dict funnel_of(const Doubles& count, const Doubles& population, const py::object& baseline,
                   const std::string& kind, double per) {
    const FunnelOptions options{parse_funnel_kind(kind), number_of(baseline), per};
    Funnel made;
    {
        const auto counts = span_of(count), people = span_of(population);
        const Unlocked unlocked;
        made = funnel(counts, people, options);
    }
    py::dict out;
    out["pattern"] = names_of(made.pattern);
    out["lower95"] = array_of(made.lower95);
    out["upper95"] = array_of(made.upper95);
    out["lower998"] = array_of(made.lower998);
    out["upper998"] = array_of(made.upper998);
    out["phi"] = made.phi;
    out["baseline"] = made.baseline;
    out["value"] = array_of(made.value);
    out["pattern_adjusted"] = names_of(made.pattern_adjusted);
    out["tau2"] = made.tau2;
    return out;
}

py::array_t<std::int64_t> quantiles_of(const Doubles& values, std::size_t k, const std::string& first) {
    if (first != "low" && first != "high")
        throw UsageError("the first group cannot be '" + first + "'", {}, "there are: low, high");
    const std::vector<int> groups = area_quantiles(
        span_of(values), k, first == "low" ? QuantileOrder::low_first : QuantileOrder::high_first);
    py::array_t<std::int64_t> out(static_cast<py::ssize_t>(groups.size()));
    std::copy(groups.begin(), groups.end(), out.mutable_data());
    return out;
}

/// change, change_pct, ratio, lower, upper, p_value, p_adjusted and words of each area. \param people  none,
/// or of both periods
py::tuple changes_of(const Doubles& before, const Doubles& after, const Doubles& population_before,
                     const Doubles& population_after, double level, const std::string& method,
                     const std::string& adjustment) {
    const ChangeTestOptions options{level, parse_ratio_method(method), parse_adjustment(adjustment)};
    std::vector<AreaChange> made;
    {
        const auto b = span_of(before), a = span_of(after), pb = span_of(population_before),
                   pa = span_of(population_after);
        const Unlocked unlocked;
        made = test_changes(b, a, pb, pa, options);
    }
    std::array<std::vector<double>, 7> numbers;
    std::vector<std::string> words;
    for (const AreaChange& one : made) {
        const double row[] = {one.change,      one.change_pct,    one.ratio.ratio, one.ratio.lower,
                              one.ratio.upper, one.ratio.p_value, one.p_adjusted};
        for (std::size_t c = 0; c < numbers.size(); ++c) numbers[c].push_back(row[c]);
        words.emplace_back(words_of(one.verdict));
    }
    return py::make_tuple(arrays_of(numbers), words);
}

/// The chances of the four quadrants, a column each.
py::list quadrant_chances_of(const Doubles& before, const Doubles& after, const Doubles& population,
                             const std::string& cuts, double per, double pool, std::uint32_t draws,
                             std::uint64_t seed, unsigned threads) {
    const QuadrantChanceOptions options{parse_cuts(cuts), per, pool, draws, seed, threads};
    std::vector<QuadrantChance> made;
    {
        const auto b = span_of(before), a = span_of(after), people = span_of(population);
        const Unlocked unlocked;
        made = quadrant_chances(b, a, people, options);
    }
    std::array<std::vector<double>, 4> out;
    for (const QuadrantChance& one : made) {
        for (std::size_t q = 0; q < 4; ++q) out[q].push_back(one[q]);
    }
    return arrays_of(out);
}

/// Harm of each group, and what was wrong with it.
py::tuple harm_in(const Indices& group_of_row, std::size_t groups, const std::vector<std::string>& kinds,
                  const Doubles& count, const Table& weights, const py::dict& columns, bool with_proactive) {
    Problems problems;
    std::vector<AreaIndex> areas;
    for (py::ssize_t row = 0; row < group_of_row.size(); ++row)
        areas.push_back(static_cast<AreaIndex>(group_of_row.at(row)));
    const HarmColumns names{columns["kind"].cast<std::string>(), columns["weight"].cast<std::string>(),
                            columns["proactive"].cast<std::string>()};
    const HarmWeights read = harm_weights(weights, names, columns["name"].cast<std::string>(),
                                          columns["version"].cast<std::string>(), problems);
    const auto made =
        harm_of(areas, kinds, span_of(count), groups, read,
                with_proactive ? ProactiveEvents::counted : ProactiveEvents::left_out, problems);
    std::array<std::vector<double>, 6> numbers;
    std::vector<std::string> gravest;
    for (const AreaHarm& one : made) {
        const double row[] = {one.events,        one.harm,     one.share,
                              one.gravest_share, one.left_out, one.unweighted};
        for (std::size_t c = 0; c < numbers.size(); ++c) numbers[c].push_back(row[c]);
        gravest.push_back(one.gravest_kind);
    }
    return py::make_tuple(arrays_of(numbers), gravest, read.name + ", " + read.version, list_of(problems));
}

}  // namespace

void bind_statistics(py::module_& m) {
    m.def("deprivation_decile", &deciles_of, py::arg("rank"), py::arg("n"));
    m.def(
        "rate_limits",
        [](const Doubles& count, const Doubles& population, double per, double level) {
            return limits_of(count, population, level,
                             [per](double c, double p, double l) { return rate_limits(c, p, per, l); });
        },
        py::arg("count"), py::arg("population"), py::arg("per"), py::arg("level"));
    m.def(
        "proportion_limits",
        [](const Doubles& x, const Doubles& n, double level) {
            return limits_of(x, n, level,
                             [](double a, double b, double l) { return proportion_limits(a, b, l); });
        },
        py::arg("x"), py::arg("n"), py::arg("level"));
    m.def("rate_ratio", &ratio_limits, py::arg("before"), py::arg("after"), py::arg("population_before"),
          py::arg("population_after"), py::arg("level"), py::arg("method"));
    m.def("class_breaks", &breaks_of, py::arg("values"), py::arg("scheme"), py::arg("k"), py::arg("round"),
          py::arg("edges"));
    m.def("direct_rates", &direct_rates, py::arg("persons"), py::arg("population"), py::arg("standard"),
          py::arg("group_of_row"), py::arg("groups"), py::arg("per"), py::arg("level"), py::arg("limits"));
    m.def("indirect_rates", &indirect_rates, py::arg("count"), py::arg("population"),
          py::arg("standard_count"), py::arg("standard_population"), py::arg("group_of_row"),
          py::arg("groups"), py::arg("per"), py::arg("level"));
    m.def(
        "european_standard_of",
        [](const std::vector<std::string>& labels) { return array_of(european_standard_of(labels)); },
        py::arg("labels"));
    m.def("funnel", &funnel_of, py::arg("count"), py::arg("population"), py::arg("baseline"), py::arg("kind"),
          py::arg("per"));
    m.def(
        "adjust_p",
        [](const Doubles& p, const std::string& method) {
            return array_of(adjust_p(span_of(p), parse_adjustment(method)));
        },
        py::arg("p"), py::arg("method"));
    m.def(
        "inequality_slope",
        [](const Doubles& value, const Doubles& population) {
            const InequalitySlope made = inequality_slope(span_of(value), span_of(population));
            return py::make_tuple(made.sii, made.rii, made.intercept);
        },
        py::arg("value"), py::arg("population"));
    m.def("change", &changes_of, py::arg("before"), py::arg("after"), py::arg("population_before"),
          py::arg("population_after"), py::arg("level"), py::arg("method"), py::arg("adjustment"));
    m.def("quadrant_chances", &quadrant_chances_of, py::arg("before"), py::arg("after"),
          py::arg("population"), py::arg("cuts"), py::arg("per"), py::arg("pool"), py::arg("draws"),
          py::arg("seed"), py::arg("threads"));
    m.def(
        "concentration",
        [](const Doubles& count, const Doubles& weight) {
            const Concentration made(span_of(count), span_of(weight));
            return py::make_tuple(made.gini(), made.gini_unbiased(), made.generalised(), made.places(),
                                  made.events());
        },
        py::arg("count"), py::arg("weight"));
    m.def(
        "share_in_top",
        [](const Doubles& count, const Doubles& weight, double share) {
            return Concentration(span_of(count), span_of(weight)).share_in_top(share);
        },
        py::arg("count"), py::arg("weight"), py::arg("share"));
    m.def(
        "places_for",
        [](const Doubles& count, const Doubles& weight, double share) {
            return Concentration(span_of(count), span_of(weight)).places_for(share);
        },
        py::arg("count"), py::arg("weight"), py::arg("share"));
    m.def("harm", &harm_in, py::arg("group_of_row"), py::arg("groups"), py::arg("kinds"), py::arg("count"),
          py::arg("weights"), py::arg("columns"), py::arg("with_proactive"));
    m.def("quantile", &quantiles_of, py::arg("values"), py::arg("k"), py::arg("first"));
}

}  // namespace wardmap
