#include "convert.hpp"
#include "event_arguments.hpp"
#include "figure_arguments.hpp"
#include "frame_events.hpp"
#include "population_argument.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/report/impact_call.hpp"
#include "wardmap/report/impact_document.hpp"
#include "wardmap/report/impact_file.hpp"
#include "wardmap/report/impact_outputs.hpp"
#include "wardmap/report/table_file.hpp"

#include <fmt/format.h>

#include <optional>

namespace wardmap {
namespace {

template <typename T>
std::optional<T> optional_of(const py::dict& given, const char* key) {
    if (!given.contains(key)) return std::nullopt;
    return given[key].cast<T>();
}

std::optional<PopulationInput> people_of(const py::dict& given, const char* key) {
    if (!given.contains(key)) return std::nullopt;
    PopulationInput people = population_of(given[key]);
    if (people.year.empty()) people.year = population_year(people.table.origin().file);
    return people;
}

/// Everything but the events. \param given  what `_impact.impact_areas` makes \param odd  about the lookup
ImpactAsk ask_of(const ImpactDefinition& definition, const py::dict& given, Problems& odd) {
    ImpactAsk ask;
    ImpactRequest& inputs = ask.inputs;
    inputs.definition = definition;
    inputs.hexagon_m = given["hexagon_m"].cast<double>();
    if (const auto units = optional_of<AreaSet>(given, "units")) inputs.units = *units;
    if (const auto areas = optional_of<AreaSet>(given, "areas")) inputs.areas = *areas;
    inputs.last_month = given["last_month"].cast<std::string>();
    inputs.population = people_of(given, "population");
    inputs.workday = people_of(given, "workday");
    inputs.needles = people_of(given, "needles");
    inputs.imd = optional_of<Table>(given, "imd");
    if (const auto lookup = optional_of<Table>(given, "lookup")) {
        const AreaSet& areas = inputs.areas.size() > 0 ? inputs.areas : inputs.units;
        inputs.imd_lookup = make_lookup(*lookup, {}, odd, nullptr, &areas);
    }
    inputs.harm = optional_of<Table>(given, "harm");
    inputs.nominations = optional_of<Table>(given, "nominations");
    ask.existing = optional_of<AreaSet>(given, "existing");
    ask.ring_m = given["ring"].cast<double>();
    ask.level = given["level"].cast<double>();
    if (const auto rule = optional_of<std::string>(given, "small_numbers"))
        ask.small_numbers = parse_small_numbers(*rule);
    ask.measure = given["measure"].cast<std::string>();
    ask.source = given["source"].cast<std::string>();
    ask.defence = given["defence"].cast<bool>() ? DefencePack::made : DefencePack::left_out;
    return ask;
}

ImpactResult impact_of_files(const ImpactDefinition& definition, const py::dict& given,
                             const py::dict& events) {
    Problems odd;
    ImpactAsk ask = ask_of(definition, given, odd);
    ask.inputs.source = source_of(events);
    ask.inputs.counter.snap_m = events["snap"].cast<double>();
    const Unlocked unlocked;
    ImpactResult made = find_impact_areas(ask);
    made.inputs.problems.merge(odd);
    return made;
}

/// \param header  names of the frame's columns: police.uk's files are told by them
ImpactResult impact_of_frame(const ImpactDefinition& definition, const py::dict& given,
                             const py::dict& events, const py::dict& columns, const std::string& header) {
    Problems odd;
    ImpactAsk ask = ask_of(definition, given, odd);
    ask.inputs.source = source_of(events);
    FrameEvents frame(columns);
    const double snap_m = events["snap"].cast<double>();
    const unsigned threads = ask.inputs.source.threads;
    const std::vector<std::string> by = ask.inputs.source.columns.by;
    Problems rows;  // said once, however often they are counted
    const Unlocked unlocked;
    ask.inputs.count = [&](const std::vector<AreaSet>& sets, const std::vector<std::string>& markers) {
        CounterOptions options;
        options.by = by;
        options.markers = markers;
        options.snap_m = snap_m;
        options.bins = PeriodBins::month;
        std::vector<CountResult> results;
        for (const AreaSet& areas : sets) {
            std::vector<Counter> parts;
            for (std::size_t i = 0; i < frame.worth_threads(threads); ++i) parts.emplace_back(areas, options);
            rows = {};
            frame.count_into(parts, threads, rows);
            for (std::size_t i = 1; i < parts.size(); ++i) parts[0].merge(parts[i]);
            CountResult& result = results.emplace_back();
            result.counted = parts[0].finish({.bins = PeriodBins::month});
            EventFile like;
            like.header = header;
            result.read.files.push_back(std::move(like));
        }
        return results;
    };
    ImpactResult made = find_impact_areas(ask);
    made.inputs.problems.merge(odd);
    made.inputs.problems.merge(rows);
    return made;
}

void save(const ImpactResult& result, const std::vector<std::string>& paths, bool overwrite, double dpi,
          const std::string& template_file) {
    const Overwrite rule = overwrite ? Overwrite::replace : Overwrite::refuse;
    ImpactFileOptions options;
    options.figure.id = "impact-map";
    options.dpi = dpi;
    options.document.template_file = template_file;
    const Unlocked unlocked;
    for (const std::string& path : paths) {
        (void)impact_output_of(path);
        check_output(path, rule);
    }
    for (const std::string& path : paths) {
        if (impact_output_of(path) == ImpactOutput::table) {
            write_table_file(path, result.table, {}, rule);
        } else {
            write_impact_file(path, result, options, rule);
        }
    }
}

}  // namespace

void bind_impact(py::module_& m) {
    py::class_<ImpactDefinition>(m, "ImpactDefinition", "What an impact area is; immutable.")
        .def_readonly("markers", &ImpactDefinition::markers)
        .def_readonly("harm_weights", &ImpactDefinition::harm_weights)
        .def_readonly("hexagon_m", &ImpactDefinition::hexagon_m)
        .def("words", &definition_words, "The definition in sentences.");
    m.def("impact_example", &impact_example, "A definition file with every key and its default.");
    m.def(
        "impact_definition",
        [](const std::string& text, const std::string& path) { return parse_impact_definition(text, path); },
        py::arg("text"), py::arg("path"));
    m.def(
        "read_impact_definition", [](const std::string& path) { return read_impact_definition(path); },
        py::arg("path"));

    py::class_<ImpactResult>(m, "ImpactResult",
                             "What impact areas came to; wardmap.ImpactAreas is for everyone.")
        .def_readonly("table", &ImpactResult::table)
        .def_readonly("units", &ImpactResult::units)
        .def_readonly("reruns", &ImpactResult::scenarios)
        .def_readonly("summary", &ImpactResult::summary)
        .def_readonly("areas", &ImpactResult::layer)
        .def_readonly("paragraph", &ImpactResult::paragraph)
        .def_readonly("warnings", &ImpactResult::warnings)
        .def_property_readonly("unit_areas", [](const ImpactResult& r) { return r.inputs.evidence.units; })
        .def_property_readonly("definition",
                               [](const ImpactResult& r) { return definition_words(r.definition); })
        .def_property_readonly("ledger",
                               [](const ImpactResult& r) { return dict_of(r.inputs.counted.counted.ledger); })
        .def_property_readonly("problems", [](const ImpactResult& r) { return list_of(r.inputs.problems); })
        .def_property_readonly("guesses", [](const ImpactResult& r) { return r.inputs.guesses; })
        .def_property_readonly("monitored",
                               [](const ImpactResult& r) -> py::object {
                                   if (!r.monitored) return py::none();
                                   return py::str(r.monitored->sentence);
                               })
        .def(
            "map",
            [](const ImpactResult& result, const py::dict& options) {
                FigureOptions figure = figure_options_of(options);
                if (figure.id.empty()) figure.id = "impact-map";
                const Unlocked unlocked;
                return impact_map(result, figure, liberation_sans());
            },
            py::arg("options"))
        .def("save", &save, py::arg("paths"), py::arg("overwrite"), py::arg("dpi"), py::arg("template"));
    m.def("impact_of_files", &impact_of_files, py::arg("definition"), py::arg("given"), py::arg("events"));
    m.def("impact_of_frame", &impact_of_frame, py::arg("definition"), py::arg("given"), py::arg("events"),
          py::arg("columns"), py::arg("header"));
}

}  // namespace wardmap
