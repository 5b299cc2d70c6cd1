/// \file
/// A layer's colours in the words of map programs.
#pragma once

#include "wardmap/io/layer_to_write.hpp"

#include <string>

namespace wardmap {

/// QGIS's own style document (QML), as the `layer_styles` table of a GeoPackage holds it. Areas in no
/// class keep a plain outline. Read by QGIS 3.
std::string style_qml(const LayerStyle& style);

/// OGC Styled Layer Descriptor 1.0 for the same classes, which other programs read.
std::string style_sld(const LayerStyle& style, const std::string& layer_name);

}  // namespace wardmap
