#include "wardmap/report/impact_other_units.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/geometry/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace wardmap {
namespace {

struct Grid {
    std::string to{};
    double size_m = 0;
    double east_m = 0, north_m = 0;
};

std::vector<Grid> grids_beside(const ImpactRequest& request, const ImpactUnits& units) {
    const auto metres = [](double size) { return with_thousands(size, 0) + " m"; };
    if (units.on_hexagons) {
        const double size = request.hexagon_m > 0 ? request.hexagon_m : request.definition.hexagon_m;
        return {{"the grid moved " + metres(size / 2) + " east", size, size / 2, 0},
                {"the grid moved " + metres(size / 2) + " north", size, 0, size / 2},
                {"hexagons of " + metres(1.2 * size), 1.2 * size, 0, 0},
                {"hexagons of " + metres(0.8 * size), 0.8 * size, 0, 0}};
    }
    double surface = 0;
    for (const MultiPolygon& shape : units.units.shapes()) surface += area_of(shape);
    surface /= static_cast<double>(units.units.size());
    // A hexagon that is s wide has a surface of s squared times half the root of three. Whole tens of metres.
    const double size = 10 * std::round(std::sqrt(2 * surface / std::numbers::sqrt3) / 10);
    return {{"hexagons of " + metres(size), size, 0, 0}};
}

/// Reasons for the other units most of whose surface lies in units that are left out.
void leave_out(const ImpactInputs& inputs, ImpactOtherUnits& other) {
    const ImpactEvidence& evidence = inputs.evidence;
    std::vector<double> left(other.evidence.units.size(), 0);
    std::vector<std::string> reason(left.size());
    for (const AreaPart& part : other.parts.parts) {
        const std::string& why = evidence.excluded[static_cast<std::size_t>(part.source)];
        if (why.empty()) continue;
        left[static_cast<std::size_t>(part.target)] += part.weight;
        reason[static_cast<std::size_t>(part.target)] = why;
    }
    for (std::size_t u = 0; u < left.size(); ++u)
        if (left[u] > area_of(other.evidence.units.shapes()[u]) / 2) other.evidence.excluded[u] = reason[u];
}

/// Does what `make` does, or says why it cannot be done for the grid.
template <class Make>
void unless_impossible(const std::string& grid, std::vector<std::string>& left_out, const Make& make) {
    try {
        make();
    } catch (const InputError& error) {
        left_out.push_back(fmt::format("units, {}: {}", grid, error.what_happened()));
    } catch (const UsageError& error) {
        left_out.push_back(fmt::format("units, {}: {}", grid, error.what_happened()));
    }
}

}  // namespace

ImpactOtherGrids other_grids(const ImpactRequest& request, const ImpactUnits& units) {
    ImpactOtherGrids out;
    for (const Grid& grid : grids_beside(request, units)) {
        ImpactOtherGrid other{grid.to, request, {}};
        if (!units.on_hexagons) {
            other.request.areas = request.units;
            // As large as the areas are, if with fewer residents in the country.
            other.request.least_residents = 0;
        }
        other.request.units = AreaSet{};
        other.request.hexagon_m = grid.size_m;
        other.request.hexagon_east_m = grid.east_m;
        other.request.hexagon_north_m = grid.north_m;
        other.request.definition.exclude
            .clear();  // by place, later: codes of hexagons differ from grid to grid
        other.request.nominations.reset();
        other.request.mixes = ImpactMixes::left_out;
        unless_impossible(grid.to, out.left_out, [&] {
            other.units = impact_units(other.request);
            if (other.units.units.size() == 0) throw InputError("no hexagon lies in the areas");
            out.grids.push_back(std::move(other));
        });
    }
    return out;
}

ImpactOnOtherUnits on_other_units(ImpactOtherGrids grids, const ImpactInputs& inputs,
                                  std::span<CountResult> counted) {
    ImpactOnOtherUnits out;
    out.left_out = std::move(grids.left_out);
    for (std::size_t g = 0; g < grids.grids.size(); ++g) {
        ImpactOtherGrid& grid = grids.grids[g];
        grid.request.last_month = inputs.last_month;
        unless_impossible(grid.to, out.left_out, [&] {
            ImpactOtherUnits made;
            made.to = grid.to;
            made.evidence =
                impact_inputs(grid.request, std::move(grid.units), std::move(counted[g])).evidence;
            made.parts = parts_by_surface(inputs.evidence.units, made.evidence.units);
            leave_out(inputs, made);
            out.units.push_back(std::move(made));
        });
    }
    return out;
}

}  // namespace wardmap
