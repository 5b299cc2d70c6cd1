#include "wardmap/base/version.hpp"
#include "wardmap/io/gdal/gdal_handle.hpp"
#include "wardmap/io/gdal/module_parts.hpp"

#include <string_view>

namespace wardmap {
namespace {

class Module final : public GdalModule {
public:
    Module() { GDALAllRegister(); }

    std::vector<RawSheet> read_workbook(const std::string& path) const override {
        return gdal_read_workbook(path);
    }
    std::vector<std::string> list_layers(const std::string& path) const override {
        return gdal_list_layers(path);
    }
    RawLayer read_layer(const std::string& path, const std::string& layer) const override {
        return gdal_read_layer(path, layer);
    }
    RawPoints read_points(const std::string& path, const std::string& layer) const override {
        return gdal_read_points(path, layer);
    }
    std::string layer_bytes(const FlatLayer& layer, LayerFormat format,
                            const std::string& date) const override {
        return gdal_layer_bytes(layer, format, date);
    }
    std::vector<std::pair<std::string, std::string>> versions() const override {
        std::string formats;
        for (const char* name :
             {"GPKG", "ESRI Shapefile", "FlatGeobuf", "TopoJSON", "LIBKML", "KML", "GML", "XLSX", "ODS"}) {
            if (GDALGetDriverByName(name) == nullptr) continue;
            if (!formats.empty()) formats += ", ";
            formats += name;
        }
        return {{"GDAL", GDALVersionInfo("RELEASE_NAME")}, {"GDAL formats", formats}};
    }
};

}  // namespace
}  // namespace wardmap

extern "C" __attribute__((visibility("default"))) const wardmap::GdalModule* wardmap_gdal_module(
    const char* library_version);

const wardmap::GdalModule* wardmap_gdal_module(const char* library_version) {
    if (wardmap::version != std::string_view(library_version)) return nullptr;
    static const wardmap::Module module;
    return &module;
}
