#include "convert.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/indicator/class_breaks.hpp"
#include "wardmap/indicator/deprivation.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/indicator/limits.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/report/indicator_call.hpp"
#include "wardmap/table/select_rows.hpp"

#include <array>
#include <functional>

namespace wardmap {
namespace {

using Doubles = py::array_t<double, py::array::c_style | py::array::forcecast>;

std::span<const double> span_of(const Doubles& array) {
    return {array.data(), static_cast<std::size_t>(array.size())};
}

/// Calls `each(i)` for every input with the interpreter free; an error says which input (from 0) it was.
template <typename Each>
void for_inputs(std::size_t size, Each&& each) {
    const Unlocked unlocked;
    for (std::size_t i = 0; i < size; ++i) {
        try {
            each(i);
        } catch (const UsageError& error) {
            if (size == 1) throw;
            throw UsageError("input " + std::to_string(i) + ": " + error.what_happened(), error.where(),
                             error.what_to_do());
        }
    }
}

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

PopulationInput population_of(const py::dict& given) {
    PopulationInput out;
    out.table = given["table"].cast<Table>();
    out.area_column = given["area"].cast<std::string>();
    out.column = given["column"].cast<std::string>();
    out.year = given["year"].cast<std::string>();
    out.source = given["source"].cast<std::string>();
    return out;
}

IndicatorRequest request_of(const Table& table, const py::object& areas, const py::dict& given) {
    IndicatorRequest out;
    out.table = table;
    if (!areas.is_none()) out.areas = areas.cast<AreaSet>();
    out.area_column = given["area"].cast<std::string>();
    out.row_column = given["row"].cast<std::string>();
    out.from = given["before"].cast<std::vector<std::string>>();
    out.to = given["after"].cast<std::vector<std::string>>();
    out.period_column = given["period_column"].cast<std::string>();
    out.count_column = given["count_column"].cast<std::string>();
    out.period_from = given["period_before"].cast<std::vector<std::string>>();
    out.period_to = given["period_after"].cast<std::vector<std::string>>();
    if (given.contains("population")) out.population = population_of(given["population"]);
    if (given.contains("population_before"))
        out.population_before = population_of(given["population_before"]);
    out.by = given["by"].cast<std::vector<std::string>>();
    out.options.per = given["per"].cast<double>();
    out.options.cuts = parse_cuts(given["cuts"].cast<std::string>());
    out.options.level = given["level"].cast<double>();
    out.options.pool = given["pool"].cast<double>();
    out.meta = meta_of(given["meta"]);
    out.small_numbers = parse_small_numbers(given["small_numbers"].cast<std::string>());
    return out;
}

/// The ward table, what was wrong, what was guessed and how rows and areas match.
py::tuple indicators(const Table& table, const py::object& areas, const py::dict& given) {
    const IndicatorRequest request = request_of(table, areas, given);
    const bool total = given["total"].cast<bool>();
    IndicatorResult result;
    {
        const Unlocked unlocked;
        result = make_indicators(request);
        if (!total) result.table = result.table.take(area_rows(result.table));
    }
    std::vector<std::string> matches;
    for (const MatchReport& match : result.matches) matches.push_back(match.text());
    return py::make_tuple(result.table, list_of(result.problems), result.guesses, matches);
}

}  // namespace

void bind_indicator(py::module_& m) {
    m.def("indicators", &indicators, py::arg("table"), py::arg("areas"), py::arg("given"));
    m.def(
        "rows_where",
        [](const Table& table, const std::string& column, const std::string& value) {
            return rows_where(table, column, value);
        },
        py::arg("table"), py::arg("column"), py::arg("value"));
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
}

}  // namespace wardmap
