/// \file
/// Impact areas as files: which ending holds what.
#pragma once

#include "wardmap/base/output_file.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/report/document_file.hpp"
#include "wardmap/report/impact_call.hpp"

#include <string>

namespace wardmap {

enum class ImpactOutput : unsigned char {
    table,    ///< .csv .json .xlsx
    layer,    ///< .geojson .gpkg .fgb
    map,      ///< .svg .png
    document  ///< .html .pdf .docx
};

/// By the ending of the file's name, letter case ignored. \throws UsageError naming the endings there are
ImpactOutput impact_output_of(const std::string& path);

struct ImpactFileOptions {
    FigureOptions figure{};  ///< of the map
    double dpi = 300;        ///< of the map as PNG
    DocumentOptions document{};
};

/// Writes all but tables (table_file.hpp does) and says nothing of it: the map, the layer with the columns of
/// the table, or the document. \throws UsageError for an ending of tables; InputError if no area is there to
/// be a layer; OutputError
void write_impact_file(const std::string& path, const ImpactResult& result, const ImpactFileOptions& options,
                       Overwrite overwrite);

}  // namespace wardmap
