#include "wardmap/report/impact_outputs.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/io/write_layer.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/report/figure_file.hpp"
#include "wardmap/report/impact_document.hpp"

#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

std::string ending_of(const std::string& path) {
    return lower_ascii(std::filesystem::path(path).extension().string());
}

LayerToWrite layer_of(const ImpactResult& result, const std::string& path) {
    if (result.layer.size() == 0)
        throw InputError("no area meets the definition: there is no layer to write", {.file = path},
                         "leave this file out, or change the definition");
    std::vector<Column> columns{result.table.column("area").renamed("area_code"),
                                result.table.column("name").renamed("area_name")};
    for (const Column& column : result.table.columns())
        if (column.name() != "area" && column.name() != "name") columns.push_back(column);
    LayerToWrite layer;
    layer.name = "impact_areas";
    layer.areas = result.layer;
    layer.columns = Table(std::move(columns), result.table.meta());
    return layer;
}

DocumentFormat document_format_of(const std::string& ending) {
    if (ending == ".html") return DocumentFormat::html;
    return ending == ".pdf" ? DocumentFormat::pdf : DocumentFormat::docx;
}

}  // namespace

ImpactOutput impact_output_of(const std::string& path) {
    const std::string ending = ending_of(path);
    if (layer_format_of(path) && ending != ".json") return ImpactOutput::layer;
    for (const std::string_view one : {".csv", ".json", ".xlsx"})
        if (ending == one) return ImpactOutput::table;
    for (const std::string_view one : {".svg", ".png"})
        if (ending == one) return ImpactOutput::map;
    for (const std::string_view one : {".html", ".pdf", ".docx"})
        if (ending == one) return ImpactOutput::document;
    throw UsageError(
        "impact areas do not go out as '" + ending + "'", {.file = path},
        "there are: .csv .json .xlsx (table), .geojson .gpkg .fgb (layer), .svg .png (map), .html .pdf .docx "
        "(document)");
}

void write_impact_file(const std::string& path, const ImpactResult& result, const ImpactFileOptions& options,
                       Overwrite overwrite) {
    switch (impact_output_of(path)) {
        case ImpactOutput::layer:
            write_layer(path, layer_of(result, path), overwrite);
            return;
        case ImpactOutput::map: {
            PictureOptions picture;
            picture.dpi = options.dpi;
            write_output(path,
                         figure_bytes(impact_map(result, options.figure, liberation_sans()),
                                      picture_format_of(path), picture),
                         overwrite);
            return;
        }
        case ImpactOutput::document:
            write_output(path,
                         document_bytes(impact_document(result, liberation_sans()),
                                        document_format_of(ending_of(path)), options.document),
                         overwrite);
            return;
        case ImpactOutput::table:
            throw UsageError("this is the ending of a table", {.file = path});
    }
}

}  // namespace wardmap
