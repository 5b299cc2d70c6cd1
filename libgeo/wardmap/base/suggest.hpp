/// \file
/// "Did you mean": the names nearest to one that does not exist.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// At most `most` of `names`, nearest first, by edit distance without regard to letter case; only
/// those near enough to be meant (a third of the length, or one containing the other).
std::vector<std::string> nearest_names(std::string_view wanted, std::span<const std::string> names,
                                       std::size_t most = 3);

/// "did you mean 'ward_code' or 'ward_name'?", or, where nothing is near, "there are: a, b, c".
/// Empty if `names` is empty.
std::string did_you_mean(std::string_view wanted, std::span<const std::string> names);

}  // namespace wardmap
