#include "wardmap/area/reproject.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/crs/transform.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace wardmap {
namespace {

constexpr Box great_britain{-9.0, 49.75, 2.1, 61.1};
constexpr Box ireland{-11.0, 51.2, -5.3, 55.5};

const Crs web_mercator{"EPSG:3857"};
const Crs irish_transverse_mercator{"EPSG:2157"};

void require_crs(const AreaSet& areas) {
    if (!areas.crs().known()) {
        throw CrsError("the coordinate system of the areas is not known", {.file = areas.source()},
                       "name it with --area-crs, such as --area-crs EPSG:27700");
    }
}

bool all_codes_start_with(const AreaSet& areas, char letter) {
    return std::all_of(areas.codes().begin(), areas.codes().end(),
                       [&](const std::string& code) { return code.front() == letter; });
}

}  // namespace

AreaSet reproject(const AreaSet& areas, const Crs& to) {
    require_crs(areas);
    const Transform transform(areas.crs(), to);
    if (transform.is_identity()) return areas;
    std::vector<MultiPolygon> shapes(areas.shapes().begin(), areas.shapes().end());
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        try {
            transform.apply(shapes[i].points);
        } catch (const CrsError& error) {
            throw CrsError(error.what_happened(), {.file = areas.source(), .code = areas.codes()[i]},
                           error.what_to_do());
        }
    }
    return areas.with_shapes(std::move(shapes), to);
}

Crs mapping_crs(const AreaSet& areas) {
    require_crs(areas);
    const bool mercator = same_crs(areas.crs(), web_mercator);
    if (!mercator && !is_geographic(areas.crs())) return areas.crs();
    const Box box = areas.box();
    if (box.empty()) return areas.crs();
    const Transform to_degrees(areas.crs(), longitude_latitude);
    const Point middle = to_degrees(box.center());
    const bool northern_ireland = all_codes_start_with(areas, 'N');
    const bool british = all_codes_start_with(areas, 'E') || all_codes_start_with(areas, 'W') ||
                         all_codes_start_with(areas, 'S');
    if (northern_ireland || (!british && ireland.contains(middle))) return irish_transverse_mercator;
    if (great_britain.contains(middle)) return british_national_grid;
    const int zone = std::clamp(static_cast<int>(std::floor((middle.x + 180) / 6)) + 1, 1, 60);
    const int code = (middle.y >= 0 ? 32600 : 32700) + zone;
    return Crs{"EPSG:" + std::to_string(code)};
}

}  // namespace wardmap
