/// \file
/// Neighbours written down in tests.
#pragma once

#include "wardmap/area/neighbours.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace wardmap::testing {

/// Neighbours by their pairs, each in both directions.
inline Neighbours linked(std::size_t areas, const std::vector<std::pair<int, int>>& pairs) {
    std::vector<std::vector<AreaIndex>> rows(areas);
    for (const auto& [a, b] : pairs) {
        rows[static_cast<std::size_t>(a)].push_back(b);
        rows[static_cast<std::size_t>(b)].push_back(a);
    }
    Neighbours out;
    for (auto& row : rows) {
        std::sort(row.begin(), row.end());
        out.indices.insert(out.indices.end(), row.begin(), row.end());
        out.indptr.push_back(out.indices.size());
    }
    return out;
}

/// A chessboard of areas, row by row, neighbours along edges.
inline Neighbours chessboard(int columns, int rows) {
    std::vector<std::pair<int, int>> pairs;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            if (x + 1 < columns) pairs.emplace_back(y * columns + x, y * columns + x + 1);
            if (y + 1 < rows) pairs.emplace_back(y * columns + x, (y + 1) * columns + x);
        }
    }
    return linked(static_cast<std::size_t>(columns * rows), pairs);
}

}  // namespace wardmap::testing
