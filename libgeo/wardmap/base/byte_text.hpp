/// \file
/// Numbers and texts as bytes, for what one process hands another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Appends eight bytes, the lowest first.
void put_number(std::string& out, std::uint64_t number);
void put_text(std::string& out, std::string_view text);
void put_texts(std::string& out, const std::vector<std::string>& texts);

/// Takes them off the front again. \throws InputError if the bytes end too soon
std::uint64_t take_number(std::string_view& bytes);
std::string take_text(std::string_view& bytes);
std::vector<std::string> take_texts(std::string_view& bytes);

}  // namespace wardmap
