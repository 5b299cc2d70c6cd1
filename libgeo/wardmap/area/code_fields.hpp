/// \file
/// Fields of codes and names told by their own names, as publishers write them: WD23CD, WD23NM, ward_code,
/// ward_name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace wardmap {

inline constexpr std::size_t no_field = static_cast<std::size_t>(-1);

/// Stem of a field of codes in small letters: "wd23" of WD23CD ([A-Z]+[0-9]{2}CD, letter case ignored),
/// "ward_" of ward_code; empty for any other field.
std::string code_field_stem(std::string_view field);

/// True for the code of a district: LAD23CD, lad_code, ladcd.
bool is_district_code_field(std::string_view field);

/// True for a field of names: WD23NM, ward_name.
bool is_name_field(std::string_view field);

/// Position of a field: exactly that name, else the first that differs in letter case only; no_field.
std::size_t find_field(std::span<const std::string> fields, std::string_view wanted);

/// Position of the field of names that belongs to a field of codes, by its stem (WD23CD: WD23NM; ward_code:
/// ward_name); for a field without stem the one called name; no_field.
std::size_t name_field_of(std::span<const std::string> fields, std::string_view code_field);

}  // namespace wardmap
