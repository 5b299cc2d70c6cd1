/// \file
/// Which files an input means: a file, a folder, a pattern.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// The files of all inputs, in the order of the inputs and, within one, by path; each file once. A folder
/// means every file under it, at any depth, whose ending is one that holds events (.csv .txt .tsv, these as
/// .gz too, .zip .geojson .json .gpkg .shp .fgb .kml .gml .xlsx .ods); hidden files and `FILE-metadata.json`
/// are left out. A pattern has `*` and `?` within one name, `**` for any folders; it takes files with those
/// endings, or with the one that it spells out (`*.dat`), and folders it meets whole. "-" stays. \throws
/// FileMissing for a file that is not there or a folder or pattern that holds none, naming the nearest;
///         InputError for a folder that may not be read.
std::vector<std::string> event_paths(std::span<const std::string> inputs);

}  // namespace wardmap
