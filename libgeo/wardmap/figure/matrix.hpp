/// \file
/// Areas by kinds: one number a cell, shaded by size.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <string>
#include <vector>

namespace wardmap {

enum class MatrixScale : unsigned char {
    each_column,  ///< every column has classes of its own: for kinds of very different size
    shared,       ///< one scale for all cells
};
enum class MatrixOrder : unsigned char {
    average_rank,  ///< areas high in most columns first
    as_given,
};

struct MatrixOptions {
    FigureOptions figure{};
    std::vector<std::string>
        columns{};  ///< the kinds; empty: every column that holds numbers, but no population
    MatrixScale scale = MatrixScale::each_column;
    MatrixOrder order = MatrixOrder::average_rank;
    std::string palette{"Blues"};
};

/// Rows are areas (`area_name`), columns kinds; classes by natural breaks, at most four. A total row stands
/// apart and is not shaded. Columns whose headings begin with the same word get it as a common heading.
/// \throws NameUnknown for a column that is not there, InputError for a table without rows or kinds.
Figure matrix(const Table& table, const MatrixOptions& options, const TextMeasure& measure);

}  // namespace wardmap
