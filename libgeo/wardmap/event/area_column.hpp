/// \file
/// What a cell that names an area, or a small area, means.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/lookup.hpp"
#include "wardmap/event/locator.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace wardmap {

/// How a name was understood.
enum class AreaNameMatch : std::uint8_t {
    found,
    blank,      ///< not_located
    elsewhere,  ///< a code of the right form that is not among these areas: outside_areas
    unknown,    ///< text that is no code and no name: not_located
    ambiguous,  ///< a name of several areas: not_located
};

struct NamedArea {
    AreaIndex area = not_located;
    AreaNameMatch match = AreaNameMatch::blank;
};

/// Resolves codes first, then names (folded, area/name_folding.hpp); with a lookup, codes of small areas
/// only.
class AreaColumn {
public:
    AreaColumn(AreaSet areas, std::optional<Lookup> lookup);

    NamedArea find(std::string_view cell) const;

private:
    AreaSet areas_;
    std::optional<Lookup> lookup_;
    std::unordered_map<std::string, AreaIndex>
        by_name_{};  ///< folded; not_located where several areas have it
};

}  // namespace wardmap
