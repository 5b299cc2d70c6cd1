#include "wardmap/event/locator.hpp"

#include "wardmap/area/reproject.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/crs/transform.hpp"

#include <cmath>
#include <limits>
#include <mutex>
#include <vector>

namespace wardmap {
namespace {

constexpr std::size_t points_a_piece = 1U << 16U;

}  // namespace

struct Locator::Data {
    AreaSet areas{};
    mutable std::once_flag metric_made{};
    mutable AreaSet metric{};  ///< the same areas in metres

    const AreaSet& in_metres() const {
        std::call_once(metric_made, [&] { metric = reproject(areas, mapping_crs(areas)); });
        return metric;
    }
};

Locator::Locator(AreaSet areas) {
    auto data = std::make_shared<Data>();
    data->areas = std::move(areas);
    data_ = std::move(data);
}

const AreaSet& Locator::areas() const noexcept {
    return data_->areas;
}

void Locator::locate(std::span<const double> x, std::span<const double> y, const Crs& crs,
                     std::span<AreaIndex> out, unsigned threads) const {
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
        for (std::size_t i = 0; i < count; ++i) {
            if (answers[i] < 0 && !(std::isfinite(px[i]) && std::isfinite(py[i]))) answers[i] = not_located;
        }
    };
    if (pieces == 1) return piece(0);
    in_parallel(pieces, threads, piece);
}

NearestArea Locator::nearest(Point point, const Crs& crs) const {
    const AreaSet& metric = data_->in_metres();
    const Transform transform(crs.known() ? crs : data_->areas.crs(), metric.crs());
    transform.apply_where_possible({&point.x, 1}, {&point.y, 1});
    const NearestShape found = metric.point_index().nearest(point);
    return {found.shape, found.distance};
}

}  // namespace wardmap
