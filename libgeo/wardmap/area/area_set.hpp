/// \file
/// The areas everything is counted in: codes, names, shapes.
#pragma once

#include "wardmap/crs/crs.hpp"
#include "wardmap/geometry/multi_polygon.hpp"
#include "wardmap/geometry/point_index.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Position of an area in its AreaSet; -1 means none (outside, not matched).
using AreaIndex = std::int32_t;
inline constexpr AreaIndex no_area = -1;

/// What an AreaSet is made of. Vectors have one entry an area, or are empty where marked optional.
struct AreaSetParts {
    std::vector<std::string> codes{};
    std::vector<std::string> names{};
    std::vector<MultiPolygon> shapes{};
    std::vector<std::string> parents{};  ///< code of the district of each; optional
    Crs crs{};
    std::string whole{};                     ///< name of all areas together ("Coventry"); may be empty
    std::string noun{"area"};                ///< "ward", "small area": the plural adds s
    std::string vintage{};                   ///< "December 2013"; empty if not known
    std::string source{};                    ///< file or publisher, for the source line
    std::vector<std::string> attribution{};  ///< lines that must be printed with any picture
};

/// An ordered set of areas with different codes. Immutable; copies share everything; any number of
/// threads may read one at once. The order is that of the file, and decides ties.
class AreaSet {
public:
    AreaSet();
    /// \throws InputError if a code is empty or comes twice, or the lengths differ.
    explicit AreaSet(AreaSetParts parts);

    std::size_t size() const noexcept;
    std::span<const std::string> codes() const noexcept;
    std::span<const std::string> names() const noexcept;
    std::span<const MultiPolygon> shapes() const noexcept;
    std::span<const std::string> parents() const noexcept;  ///< empty if not known
    const Crs& crs() const noexcept;
    const std::string& whole() const noexcept;
    const std::string& noun() const noexcept;
    const std::string& vintage() const noexcept;
    const std::string& source() const noexcept;
    std::span<const std::string> attribution() const noexcept;
    Box box() const noexcept;

    /// no_area if there is no such code.
    AreaIndex index_of(std::string_view code) const noexcept;

    /// Which area a point lies in; made when it is first asked for, then kept.
    const PointIndex& point_index() const;

    /// The same areas with other shapes in another coordinate system (see area/reproject.hpp).
    /// \pre as many shapes as areas
    AreaSet with_shapes(std::vector<MultiPolygon> shapes, Crs crs) const;

    const AreaSetParts& parts() const noexcept;

private:
    struct Data;
    std::shared_ptr<const Data> data_;
};

}  // namespace wardmap
