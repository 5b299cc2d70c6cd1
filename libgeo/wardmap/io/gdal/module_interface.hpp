/// \file
/// What the GDAL module offers the library. No GDAL type passes here.
#pragma once

#include "wardmap/io/gdal_module.hpp"
#include "wardmap/io/layer_to_write.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {

/// A column ready to be written: one cell an area.
struct LayerColumn {
    enum class Kind : unsigned char { text, integer, real };
    std::string name{};
    Kind kind = Kind::text;
    std::vector<std::string> texts{};  ///< if kind is text; empty cells become null
    std::vector<double> numbers{};     ///< else; NaN becomes null
};

/// A layer with its columns laid beside the shapes.
struct FlatLayer {
    std::string name{};
    std::string crs{};
    std::span<const MultiPolygon> shapes{};
    std::vector<LayerColumn> columns{};
    std::string style_qml{};  ///< for GeoPackage; empty: none
    std::string style_sld{};
};

class GdalModule {
public:
    GdalModule() = default;
    GdalModule(const GdalModule&) = delete;
    GdalModule& operator=(const GdalModule&) = delete;
    virtual ~GdalModule() = default;

    virtual std::vector<RawSheet> read_workbook(const std::string& path) const = 0;
    virtual std::vector<std::string> list_layers(const std::string& path) const = 0;
    virtual RawLayer read_layer(const std::string& path, const std::string& layer) const = 0;
    virtual RawPoints read_points(const std::string& path, const std::string& layer) const = 0;
    /// The whole file. \param date  "2022-11-01T00:00:00.000Z", written where a format wants a time
    virtual std::string layer_bytes(const FlatLayer& layer, LayerFormat format,
                                    const std::string& date) const = 0;
    virtual std::vector<std::pair<std::string, std::string>> versions() const = 0;
};

/// The module, opened on first need; any number of threads may ask.
/// \param needed_for  "reading .gpkg", for the error
/// \throws Error if this build has none.
const GdalModule& gdal_module(const std::string& needed_for);

/// Name of the one function the module exports, and its type. The function answers null if it was
/// built for another version of the library.
inline constexpr const char* gdal_module_entry = "wardmap_gdal_module";
using GdalModuleEntry = const GdalModule* (*)(const char* library_version);

}  // namespace wardmap
