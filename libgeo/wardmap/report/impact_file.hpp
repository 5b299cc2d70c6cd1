/// \file
/// The definition file of impact areas.
#pragma once

#include "wardmap/cluster/impact_definition.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace wardmap {

/// Every key with its default and a comment: what `wardmap impact --example` prints. Read back it is the
/// default definition.
std::string impact_example();

/// Keys that are not there have their defaults. \param path  for messages, and what paths in it start from
/// \throws InputError, NameUnknown (an unknown key, naming the nearest), UsageError (a value out of its
/// range), each with file and line where they can be told
ImpactDefinition parse_impact_definition(std::string_view text, const std::filesystem::path& path);

/// \throws FileMissing and as parse_impact_definition
ImpactDefinition read_impact_definition(const std::filesystem::path& path);

}  // namespace wardmap
