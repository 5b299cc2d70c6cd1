/// \file
/// The coordinate systems of British ward data and of web maps, known without asking PROJ.
#pragma once

#include <string_view>

namespace wardmap {

struct WellKnownCrs {
    std::string_view definition{};
    std::string_view name{};            ///< as PROJ 9 has it
    std::string_view authority_code{};  ///< as PROJ has it
    std::string_view same_as{};         ///< the code of all that mean the same
    bool geographic = false;
};

/// Null for any other, or another way of writing one: those are PROJ's.
const WellKnownCrs* well_known(std::string_view definition) noexcept;

}  // namespace wardmap
