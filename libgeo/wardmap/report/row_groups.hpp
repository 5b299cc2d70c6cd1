/// \file
/// `--by`: the rows of a table for each different value of some columns.
#pragma once

#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {

/// Rows that agree in the columns of `--by`.
struct RowGroup {
    std::vector<std::pair<std::string, std::string>>
        values{};  ///< column and value, in the order of the columns
    std::vector<std::size_t> rows{};

    std::string id() const;     ///< "alcohol-robbery": fit for a file's name
    std::string words() const;  ///< "alcohol, robbery": capitals only come out in lower case
};

/// Groups in the order of their first rows; one group of all rows without columns.
/// \throws NameUnknown for a column that is not there.
std::vector<RowGroup> row_groups(const Table& table, std::span<const std::string> by);

}  // namespace wardmap
