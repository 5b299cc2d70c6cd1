#include "convert.hpp"
#include "inputs.hpp"

#include "wardmap/area/area_parts.hpp"
#include "wardmap/area/lookup.hpp"
#include "wardmap/geometry/measure.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wardmap {
namespace {

/// One value an area of `target`, and what is left out.
py::tuple interpolate_values(const Doubles& values, const AreaSet& source, const AreaSet& target,
                             const std::string& kind, bool share_out_rest, unsigned threads) {
    const auto given = span_of(values);
    Interpolated made;
    {
        const Unlocked unlocked;
        const Interpolation value_kind = parse_interpolation(kind);
        made = interpolate(given, parts_by_surface(source, target, threads), value_kind,
                           share_out_rest ? Rest::shared_out : Rest::left_out);
    }
    return py::make_tuple(array_of(made.values), made.left_out);
}

py::array_t<AreaIndex> places_of(const std::vector<AreaIndex>& places) {
    return py::array_t<AreaIndex>(static_cast<py::ssize_t>(places.size()), places.data());
}

/// (the target chosen for each source, the share of it that lies there), by surface or by the centre of mass.
py::tuple choose_targets(const AreaSet& source, const AreaSet& target, const std::string& by,
                         unsigned threads) {
    if (by != "surface" && by != "centre")
        throw UsageError("by cannot be '" + by + "'", {}, "there are: surface, centre, units");
    std::vector<AreaIndex> chosen;
    std::vector<double> share;
    {
        const Unlocked unlocked;
        const AreaParts parts = parts_by_surface(source, target, threads);
        chosen = by == "surface" ? largest_part(parts) : target_of_centre(source, target);
        share = share_in(parts, chosen);
    }
    return py::make_tuple(places_of(chosen), array_of(share));
}

/// (the target chosen for each source, the share of its people there, its people) of finer units.
py::tuple choose_targets_of_units(const Array<AreaIndex>& source_of, const Array<AreaIndex>& target_of,
                                  const Doubles& people, std::size_t sources, std::size_t targets) {
    std::vector<AreaIndex> chosen;
    std::vector<double> share, weight;
    {
        const Unlocked unlocked;
        const AreaParts parts =
            parts_by_units(span_of(source_of), span_of(target_of), span_of(people), sources, targets);
        chosen = largest_part(parts);
        share = share_in(parts, chosen);
        weight = parts.source_weight;
    }
    return py::make_tuple(places_of(chosen), array_of(share), array_of(weight));
}

/// (x, y) of each target, in the system of `source`; areas without a shape have no people.
py::tuple weighted_centres_of(const Doubles& people, const AreaSet& source, const AreaSet& target) {
    std::vector<double> x, y;
    {
        const Unlocked unlocked;
        const auto given = span_of(people);
        if (given.size() != source.size())
            throw UsageError("there are " + std::to_string(given.size()) + " values for " +
                                 std::to_string(source.size()) + " areas",
                             {}, "give one value for each area of source, in its order");
        std::vector<double> weights(given.begin(), given.end());
        std::vector<Point> centres;
        for (std::size_t i = 0; i < source.size(); ++i) {
            const MultiPolygon& shape = source.shapes()[i];
            centres.push_back(shape.empty() ? Point{} : centroid(shape));
            if (shape.empty()) weights[i] = 0;
        }
        for (const Point& centre :
             weighted_centres(centres, weights, target_of_centre(source, target), target.size())) {
            x.push_back(centre.x);
            y.push_back(centre.y);
        }
    }
    return py::make_tuple(array_of(x), array_of(y));
}

}  // namespace

void bind_areal(py::module_& m) {
    m.def("interpolate", &interpolate_values, py::arg("values"), py::arg("source"), py::arg("target"),
          py::arg("kind"), py::arg("share_out_rest"), py::arg("threads"));
    m.def("choose_targets", &choose_targets, py::arg("source"), py::arg("target"), py::arg("by"),
          py::arg("threads"));
    m.def("choose_targets_of_units", &choose_targets_of_units, py::arg("source_of"), py::arg("target_of"),
          py::arg("people"), py::arg("sources"), py::arg("targets"));
    m.def("weighted_centres", &weighted_centres_of, py::arg("people"), py::arg("source"), py::arg("target"));
}

}  // namespace wardmap
