#include "population_argument.hpp"

#include "convert.hpp"

#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/report/indicator_call.hpp"
#include "wardmap/table/select_rows.hpp"

namespace wardmap {
namespace {

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
    out.several = given["add_rows"].cast<bool>() ? SeveralRows::added : SeveralRows::refused;
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

PopulationInput population_of(const py::dict& given) {
    PopulationInput out;
    out.table = given["table"].cast<Table>();
    out.area_column = given["area"].cast<std::string>();
    out.column = given["column"].cast<std::string>();
    out.year = given["year"].cast<std::string>();
    out.source = given["source"].cast<std::string>();
    return out;
}

void bind_indicator(py::module_& m) {
    m.def("indicators", &indicators, py::arg("table"), py::arg("areas"), py::arg("given"));
    m.def(
        "rows_where",
        [](const Table& table, const std::string& column, const std::string& value) {
            return rows_where(table, column, value);
        },
        py::arg("table"), py::arg("column"), py::arg("value"));
}

}  // namespace wardmap
