/// \file
/// Names as people write them made comparable.
#pragma once

#include <string>
#include <string_view>

namespace wardmap {

/// The name without what people write differently: letter case, accents (also Welsh ŵ and ŷ),
/// apostrophes of any shape, "&" for "and", "Saint" for "St", "St." for "St", hyphens and other
/// punctuation, white space, and a last word "Ward" or "ED" (electoral division). Expects UTF-8; bytes
/// that are not are taken as Windows-1252. "St. Michael’s Ward" and "ST MICHAELS" both give
/// "st michaels".
std::string fold_name(std::string_view name);

}  // namespace wardmap
