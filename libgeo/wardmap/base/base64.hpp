/// \file
/// Bytes as text for data URIs (RFC 4648).
#pragma once

#include <string>
#include <string_view>

namespace wardmap {

/// With `=` at the end where the bytes are no multiple of three.
std::string base64(std::string_view bytes);

}  // namespace wardmap
