/// \file
/// What codes tell about the set they belong to: what kind of area, and from which year.
#pragma once

#include "wardmap/area/area_set.hpp"

#include <span>
#include <string>
#include <string_view>

namespace wardmap {

/// True for a nine-character code of the Office for National Statistics: a letter (E W S N K J) and eight
/// digits.
bool is_ons_code(std::string_view code) noexcept;

/// "ward", "small area", "output area", "district"; "area" where the codes differ in kind or say nothing.
/// Told by the first three characters: E05 W05 S13 N08 ward; E01 W01 S01 N00 and E02 W02 S02 small area; E00
/// W00 S00 output area; E06 to E09, W06, S12, N09 district.
std::string area_noun(std::span<const std::string> codes);

/// What the highest number among English ward (E05) or small-area (E01) codes tells of the year, in words:
/// "some of these codes were first used after December 2017". Codes are given out in rising order, and a list
/// of one date holds none above a known number; a low number tells nothing, for wards keep their codes until
/// they change. Empty where nothing is known.
std::string code_vintage(std::span<const std::string> codes);

/// A sentence for codes of a table that are not among the areas: the kind differs ("these are codes of small
/// areas, the areas are wards"), or they look like areas of another year, with what is known of both. Empty
/// if they are no codes.
std::string vintage_mismatch(std::span<const std::string> codes, const AreaSet& areas);

}  // namespace wardmap
