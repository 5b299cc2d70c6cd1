#include "wardmap/cluster/impact_evidence.hpp"

#include "wardmap/base/in_parallel.hpp"
#include "wardmap/geometry/dissolve.hpp"
#include "wardmap/geometry/measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace wardmap {

ImpactGround::ImpactGround(const AreaSet& units, Contiguity contiguity_kind)
    : neighbours_(contiguity(units, contiguity_kind)) {
    for (const MultiPolygon& shape : units.shapes()) {
        surface_.push_back(area_of(shape));
        perimeter_.push_back(perimeter_of(shape));
        centres_.push_back(centroid(shape));
    }
    border_.resize(neighbours_.indices.size(), 0);
    in_parallel(units.size(), 0, [&](std::size_t a) {
        for (std::size_t k = neighbours_.indptr[a]; k < neighbours_.indptr[a + 1]; ++k) {
            const auto b = static_cast<std::size_t>(neighbours_.indices[k]);
            if (b < a) continue;
            // Borders of two layers' making do not share vertices: joining the shapes tells what is gone.
            const std::array<MultiPolygon, 2> pair{units.shapes()[a], units.shapes()[b]};
            border_[k] = std::max(0.0, (perimeter_[a] + perimeter_[b] - perimeter_of(dissolve(pair))) / 2);
        }
    });
    for (std::size_t a = 0; a < units.size(); ++a)
        for (std::size_t k = neighbours_.indptr[a]; k < neighbours_.indptr[a + 1]; ++k) {
            const auto b = static_cast<std::size_t>(neighbours_.indices[k]);
            if (b > a) continue;
            const auto of_b = neighbours_.of(b);
            const auto place = std::ranges::lower_bound(of_b, static_cast<AreaIndex>(a)) - of_b.begin();
            border_[k] = border_[neighbours_.indptr[b] + static_cast<std::size_t>(place)];
        }
}

}  // namespace wardmap
