/// \file
/// Areas from a built-in name or a boundary file.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/io/gdal_module.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wardmap {

/// Which layer and fields to take. Empty: guessed, and the guess is said.
struct ReadAreasOptions {
    std::string code{};                ///< field of the codes
    std::string name{};                ///< field of the names
    std::string layer{};               ///< of a file with several
    std::vector<std::string> where{};  ///< "FIELD=VALUE", compared as trimmed text; all must hold
    std::string crs{};                 ///< overrides what the file says
};

/// What a field of the boundary file holds.
struct FieldInfo {
    std::string name{};
    std::size_t present = 0;    ///< features with a value
    std::size_t different = 0;  ///< different values
    std::string example{};      ///< the first value
};

/// Areas, and what had to be decided or mended to get them.
struct ReadAreas {
    AreaSet areas{};
    /// repaired_shape, self_touching_ring, no_shape, not_polygon, code_twice, no_code, ... see read_areas()
    Problems problems{};
    std::vector<std::string> guesses{};  ///< sentences for people: fields, layer, coordinate system
    std::vector<FieldInfo> fields{};     ///< of the file, in its order
    std::string file{};                  ///< path of the file read, also for a built-in set
    std::string layer{};                 ///< name of the layer; may be empty
    std::vector<std::string> layers{};   ///< all layers of the file; empty if the format has one only
    std::string code_field{};
    std::string name_field{};             ///< empty: names are the codes
    std::size_t features_read = 0;        ///< = filtered + without_code + in_areas
    std::size_t filtered = 0;             ///< left out by `where`
    std::size_t without_code = 0;         ///< left out, counted as problem no_code
    std::size_t in_areas = 0;             ///< features that make up the areas
    std::vector<std::string> repaired{};  ///< codes of areas whose shape was broken
};

/// Reads a built-in set ("coventry-wards") or a file: GeoJSON by our own reader, everything else through
/// GDAL.
///
/// Fields are guessed as the contract says, letter case ignored: fields like WD23CD or ending in _code, in
/// file order, the first whose values are all present and all different; the name is the same stem with NM or
/// _name. Without such a field, one called code or id, then one called name, serves if its values are all
/// present and different. Features with one code become one area of several parts (warning `code_twice`).
/// Shapes go through geometry/validity.hpp (warning `repaired_shape`). A feature without geometry is an area
/// without shape (warning `no_shape`), points and lines too
/// (`not_polygon`); features without a code are left out (problem `no_code`).
///
/// A GeoJSON file without "crs" is EPSG:4326. Other files without a system, and GeoJSON whose numbers are no
/// degrees, follow guess_crs(), and the guess is said.
///
/// \throws FileMissing; NameUnknown for a built-in name, field or layer, with the nearest; UsageError for a
/// `where` without
///         '='; CrsError where the system cannot be told or does not fit; InputError if no area is left.
ReadAreas read_areas(const std::string& name_or_path, const ReadAreasOptions& options = {});

/// The same for a layer already in memory (a GeoDataFrame, a text of GeoJSON), by the same rules.
/// \param source  what to call it in messages and as the areas' source
ReadAreas areas_of_layer(RawLayer layer, const std::string& source, const ReadAreasOptions& options = {});

}  // namespace wardmap
