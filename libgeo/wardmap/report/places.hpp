/// \file
/// What a report calls its areas, and where each has its page.
#pragma once

#include "wardmap/area/area_set.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace wardmap {

/// Up to this many areas have a page each.
inline constexpr std::size_t most_area_pages = 60;

class Places {
public:
    explicit Places(AreaSet areas) : areas_(std::move(areas)) {}

    const AreaSet& areas() const noexcept { return areas_; }
    std::string noun() const { return areas_.noun(); }  ///< "ward"
    std::string whole() const;                          ///< "Coventry"; "all wards" where it has no name
    bool have_pages() const noexcept { return areas_.size() <= most_area_pages; }
    /// Id of an area's section: "ward-e05001218".
    std::string id(std::size_t area) const;
    /// "#ward-e05001218"; empty where the area has no page.
    std::string target(const std::string& code) const;

private:
    AreaSet areas_;
};

}  // namespace wardmap
