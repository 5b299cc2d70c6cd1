/// \file
/// Columns that a picture needs and a table does not have.
#pragma once

#include "wardmap/table/table.hpp"

#include <initializer_list>
#include <string>
#include <vector>

namespace wardmap {

/// Those of `names` that the table does not have, in their order.
inline std::vector<std::string> missing_columns(const Table& table,
                                                std::initializer_list<const char*> names) {
    std::vector<std::string> missing;
    for (const char* name : names) {
        if (table.find(name) == nullptr) missing.emplace_back(name);
    }
    return missing;
}

}  // namespace wardmap
