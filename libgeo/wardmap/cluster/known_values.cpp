#include "wardmap/cluster/known_values.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {

double KnownValues::mean() const noexcept {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

bool KnownValues::all_equal() const noexcept {
    return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

std::string KnownValues::left_out() const {
    std::string text;
    if (missing > 0) {
        text += "; " + counted(missing, "missing value") + (missing == 1 ? " is" : " are") + " left out";
    }
    if (islands > 0) {
        text += "; " + counted(islands, "area") + " without neighbours " + (islands == 1 ? "has" : "have") +
                " no statistic of " + (islands == 1 ? "its" : "their") + " own";
    }
    return text;
}

KnownValues known_values(std::span<const double> values, const Neighbours& neighbours) {
    if (values.size() != neighbours.size()) {
        throw UsageError("there are " + counted(values.size(), "value") + " and neighbours of " +
                             counted(neighbours.size(), "area"),
                         {}, "give one value for each area, in the order of the areas");
    }
    KnownValues known;
    std::vector<AreaIndex> known_place(values.size(), no_area);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        known_place[i] = static_cast<AreaIndex>(known.place.size());
        known.place.push_back(i);
        known.values.push_back(values[i]);
    }
    known.missing = values.size() - known.size();
    known.neighbours.indptr.reserve(known.size() + 1);
    known.neighbours.indices.reserve(neighbours.indices.size());
    for (const std::size_t i : known.place) {
        for (const AreaIndex j : neighbours.of(i)) {
            const AreaIndex place = known_place[static_cast<std::size_t>(j)];
            if (place != no_area) known.neighbours.indices.push_back(place);
        }
        known.neighbours.indptr.push_back(known.neighbours.indices.size());
    }
    known.islands = known.neighbours.islands().size();
    return known;
}

}  // namespace wardmap
