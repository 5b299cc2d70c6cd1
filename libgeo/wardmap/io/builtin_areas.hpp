/// \file
/// The boundary sets that come with wardmap: boundaries/catalogue.toml.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// One set of the catalogue. Adding a set is adding a file and an entry there: no code changes.
struct BuiltinAreas {
    std::string name{};       ///< what users type: "coventry-wards"
    std::string path{};       ///< of the boundary file on this machine
    std::size_t areas = 0;    ///< how many
    std::string code{};       ///< field of the codes
    std::string area_name{};  ///< field of the names
    std::string parent{};     ///< field of the district's code; empty if there is none
    std::string crs{};
    std::string whole{};  ///< name of all areas together
    std::string noun{};
    std::string vintage{};
    std::string source{};
    std::string licence{};
    std::vector<std::string> attribution{};  ///< lines to be printed with any picture
    std::string recipe{};                    ///< how the file was made
    std::string sha256{};                    ///< of the boundary file
};

/// All sets of the catalogue, in its order.
/// \throws InputError if the catalogue cannot be read or an entry lacks a key.
std::vector<BuiltinAreas> builtin_areas();

/// The set of that name, letter case ignored; nothing if there is none.
std::optional<BuiltinAreas> find_builtin_areas(std::string_view name);

}  // namespace wardmap
