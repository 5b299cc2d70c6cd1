#include "wardmap/event/locator.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/crs/transform.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

namespace wardmap {
namespace {

constexpr std::size_t points_a_piece = 1U << 14U;  // with their answers they stay in the cache

/// Lengths of a degree of longitude and latitude on the WGS 84 ellipsoid (series of the geodesy textbooks,
/// good to a centimetre).
Stretch metres_in_a_degree(double latitude) noexcept {
    const double phi = latitude * std::numbers::pi / 180;
    return {111412.84 * std::cos(phi) - 93.5 * std::cos(3 * phi) + 0.118 * std::cos(5 * phi),
            111132.92 - 559.82 * std::cos(2 * phi) + 1.175 * std::cos(4 * phi) - 0.0023 * std::cos(6 * phi)};
}

}  // namespace

struct Locator::Data {
    AreaSet areas{};
    bool geographic = false;
};

Locator::Locator(AreaSet areas) {
    auto data = std::make_shared<Data>();
    data->areas = std::move(areas);
    data->geographic = data->areas.crs().known() && is_geographic(data->areas.crs());
    data_ = std::move(data);
}

const AreaSet& Locator::areas() const noexcept {
    return data_->areas;
}

void Locator::locate(std::span<const double> x, std::span<const double> y, const Crs& crs,
                     std::span<AreaIndex> out, unsigned threads, Nowhere nowhere) const {
    const PointIndex& index = data_->areas.point_index();
    const bool moves = crs.known() && !same_crs(crs, data_->areas.crs());
    std::optional<Transform> transform;
    if (moves) transform.emplace(crs, data_->areas.crs());
    const std::size_t pieces = (x.size() + points_a_piece - 1) / points_a_piece;
    const auto piece = [&](std::size_t p) {
        const std::size_t first = p * points_a_piece;
        const std::size_t count = std::min(points_a_piece, x.size() - first);
        std::span<const double> px = x.subspan(first, count);
        std::span<const double> py = y.subspan(first, count);
        const std::span<AreaIndex> answers = out.subspan(first, count);
        std::vector<double> moved;
        if (transform) {
            moved.assign(px.begin(), px.end());
            moved.insert(moved.end(), py.begin(), py.end());
            const std::span<double> all(moved);
            transform->apply_where_possible(all.first(count), all.subspan(count));
            px = all.first(count);
            py = all.subspan(count);
        }
        index.locate(px, py, answers);
        if (nowhere == Nowhere::outside) return;
        for (std::size_t i = 0; i < count; ++i) {
            // A place that the areas' system does not reach is a place all the same.
            if (answers[i] < 0 && !(std::isfinite(x[first + i]) && std::isfinite(y[first + i])))
                answers[i] = not_located;
        }
    };
    if (pieces == 1) return piece(0);
    in_parallel(pieces, threads, piece);
}

NearestArea Locator::nearest(Point point, const Crs& crs, double most_m) const {
    const AreaSet& areas = data_->areas;
    if (!areas.crs().known()) {
        throw CrsError("the coordinate system of the areas is not known, so nothing can be measured",
                       {.file = areas.source()}, "name it with --area-crs, such as --area-crs EPSG:27700");
    }
    if (crs.known() && !same_crs(crs, areas.crs())) {
        const Transform transform(crs, areas.crs());
        transform.apply_where_possible({&point.x, 1}, {&point.y, 1});
    }
    // The index looks below its bound; here one that lies as far as that is near enough.
    const double bound = std::nextafter(most_m, std::numeric_limits<double>::infinity());
    const NearestShape found = areas.point_index().nearest(
        point, data_->geographic ? metres_in_a_degree(point.y) : Stretch{}, bound);
    return {found.shape, found.distance};
}

}  // namespace wardmap
