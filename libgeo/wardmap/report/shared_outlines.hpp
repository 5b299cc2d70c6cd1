/// \file
/// Outlines that several pictures of a page draw, written once: a report has the same wards in thirty maps.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

struct SharedOutlines {
    std::string definitions{};  ///< an <svg> without size, to stand before them; empty: none is shared
    std::vector<std::string> pictures{};  ///< beside those given: <use> in place of a shared <path>
};

/// Pictures as to_svg writes them. What stands in `definitions` has ids that no picture and no section of a
/// report can have: "outline~1" and so on, in the order of the page.
SharedOutlines share_outlines(std::span<const std::string_view> pictures);

}  // namespace wardmap
