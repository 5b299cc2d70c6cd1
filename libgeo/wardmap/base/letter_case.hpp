/// \file
/// Letters without their case, whatever the locale.
#pragma once

#include <string>
#include <string_view>

namespace wardmap {

/// The text with A to Z as a to z; every other byte stays, those of UTF-8 sequences too.
std::string lower_ascii(std::string_view text);

}  // namespace wardmap
