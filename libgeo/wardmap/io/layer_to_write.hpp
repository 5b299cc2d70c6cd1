/// \file
/// What a layer file is made of.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/scene/color.hpp"
#include "wardmap/table/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// One entry of a layer's legend: areas whose value lies in (lower, upper] (the first class: also its
/// lower edge), or, for text columns, is `value`.
struct LayerClass {
    std::string label{};
    Color color{};
    std::optional<double> lower{};
    std::optional<double> upper{};
    std::string value{};
};

/// How a map program should colour the layer when it opens it.
struct LayerStyle {
    std::string column{};               ///< the column the classes are of
    std::vector<LayerClass> classes{};  ///< none: one plain outline
};

/// Areas with the columns of a table beside them.
struct LayerToWrite {
    std::string name{"areas"};
    AreaSet areas{};
    /// Rows carry `area_code`; rows without a code (the total) are left out, areas without a row get
    /// empty cells. A table without columns: codes and names only.
    Table columns{};
    LayerStyle style{};
};

enum class LayerFormat : std::uint8_t { geopackage, flatgeobuf, geojson };

}  // namespace wardmap
