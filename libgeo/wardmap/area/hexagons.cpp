#include "wardmap/area/hexagons.hpp"

#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/geometry/dissolve.hpp"
#include "wardmap/geometry/intersection.hpp"
#include "wardmap/geometry/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <unordered_map>
#include <utility>

namespace wardmap {
namespace {

constexpr double smallest_m = 50;
constexpr double most_hexagons = 1e6;

struct Cell {
    long column = 0;
    long row = 0;
    friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// A hexagon being made: the pieces of areas in it.
struct Piece {
    Cell cell{};
    std::vector<MultiPolygon> shapes{};  ///< beside areas
    std::vector<AreaIndex> areas{};
    double surface = 0;
};

class Grid {
public:
    explicit Grid(const HexagonOptions& options) : options_(options) {}

    double row_step() const { return options_.size_m * std::numbers::sqrt3 / 2; }
    double full_surface() const { return options_.size_m * options_.size_m * std::numbers::sqrt3 / 2; }

    Point centre(Cell cell) const {
        const double shift = cell.row % 2 == 0 ? 0 : 0.5;
        return {options_.east_m + (static_cast<double>(cell.column) + shift) * options_.size_m,
                options_.north_m + static_cast<double>(cell.row) * row_step()};
    }

    MultiPolygon hexagon(Cell cell) const {
        const Point middle = centre(cell);
        const double half = options_.size_m / 2, side = options_.size_m / std::numbers::sqrt3;
        const std::array<Point, 7> ring{{{middle.x, middle.y + side},
                                         {middle.x - half, middle.y + side / 2},
                                         {middle.x - half, middle.y - side / 2},
                                         {middle.x, middle.y - side},
                                         {middle.x + half, middle.y - side / 2},
                                         {middle.x + half, middle.y + side / 2},
                                         {middle.x, middle.y + side}}};
        MultiPolygon out;
        out.add_ring(ring);
        out.end_polygon();
        return out;
    }

    std::array<Cell, 6> beside(Cell cell) const {
        const long shift = cell.row % 2 == 0 ? -1 : 0;
        return {{{cell.column - 1, cell.row},
                 {cell.column + 1, cell.row},
                 {cell.column + shift, cell.row - 1},
                 {cell.column + shift + 1, cell.row - 1},
                 {cell.column + shift, cell.row + 1},
                 {cell.column + shift + 1, cell.row + 1}}};
    }

    /// All cells that may meet the box, row by row from the south.
    std::vector<Cell> over(const Box& box) const {
        std::vector<Cell> out;
        const auto index = [](double value) { return static_cast<long>(std::floor(value)); };
        const long first_row = index((box.min_y - options_.north_m) / row_step()) - 1;
        const long last_row = index((box.max_y - options_.north_m) / row_step()) + 2;
        const long first_column = index((box.min_x - options_.east_m) / options_.size_m) - 1;
        const long last_column = index((box.max_x - options_.east_m) / options_.size_m) + 2;
        for (long row = first_row; row <= last_row; ++row)
            for (long column = first_column; column <= last_column; ++column) out.push_back({column, row});
        return out;
    }

private:
    HexagonOptions options_;
};

Piece cut(const AreaSet& areas, std::span<const Box> boxes, const Grid& grid, Cell cell) {
    Piece piece{cell, {}, {}, 0};
    const MultiPolygon hexagon = grid.hexagon(cell);
    const Box box = hexagon.box();
    for (std::size_t a = 0; a < areas.size(); ++a) {
        if (!boxes[a].overlaps(box)) continue;
        MultiPolygon shape = intersection(hexagon, areas.shapes()[a]);
        const double surface = area_of(shape);
        // A corner that is met only by rounding is no piece of the area.
        if (surface <= 1e-9 * area_of(hexagon)) continue;
        piece.shapes.push_back(std::move(shape));
        piece.areas.push_back(static_cast<AreaIndex>(a));
        piece.surface += surface;
    }
    return piece;
}

/// Where each piece goes: to itself, or, for edge pieces under half a hexagon, to the best whole neighbour.
std::vector<std::size_t> joined(const std::vector<Piece>& pieces, const Grid& grid) {
    std::map<Cell, std::size_t> at;
    for (std::size_t i = 0; i < pieces.size(); ++i) at.emplace(pieces[i].cell, i);
    std::vector<std::size_t> target(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        target[i] = i;
        if (pieces[i].surface >= grid.full_surface() / 2) continue;
        double most = 0;
        for (const Cell cell : grid.beside(pieces[i].cell)) {
            const auto found = at.find(cell);
            if (found == at.end()) continue;
            const double surface = pieces[found->second].surface;
            if (surface >= grid.full_surface() / 2 && surface > most) {
                most = surface;
                target[i] = found->second;
            }
        }
    }
    return target;
}

}  // namespace

AreaSet hexagon_grid(const AreaSet& given, const HexagonOptions& options) {
    if (!(options.size_m >= smallest_m) || !std::isfinite(options.size_m))
        throw UsageError(fmt::format("hexagons of {} m are too small", options.size_m), {},
                         fmt::format("give at least {} m, like hex:500", smallest_m));
    const AreaSet areas = reproject(given, mapping_crs(given));
    const Grid grid(options);
    const Box box = areas.box();
    if (box.width() * box.height() / grid.full_surface() > most_hexagons)
        throw UsageError(fmt::format("hexagons of {} m over these areas are over a million", options.size_m),
                         {}, "give a larger size");
    std::vector<Box> boxes;
    for (const MultiPolygon& shape : areas.shapes()) boxes.push_back(shape.box());
    const std::vector<Cell> cells = grid.over(box);
    std::vector<Piece> all(cells.size());
    in_parallel(cells.size(), 0, [&](std::size_t i) { all[i] = cut(areas, boxes, grid, cells[i]); });
    std::erase_if(all, [](const Piece& piece) { return piece.areas.empty(); });
    const std::vector<std::size_t> target = joined(all, grid);

    std::vector<std::vector<std::size_t>> members(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) members[target[i]].push_back(i);
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!members[i].empty()) kept.push_back(i);
    // From the north-west, as one reads: names are numbered in this order.
    std::ranges::sort(kept, [&](std::size_t a, std::size_t b) {
        const Cell x = all[a].cell, y = all[b].cell;
        return x.row != y.row ? x.row > y.row : x.column < y.column;
    });

    AreaSetParts parts;
    parts.shapes.resize(kept.size());
    std::vector<AreaIndex> mostly_in(kept.size(), no_area);
    in_parallel(kept.size(), 0, [&](std::size_t k) {
        std::vector<MultiPolygon> shapes;
        std::map<AreaIndex, double> inside;
        for (const std::size_t member : members[kept[k]])
            for (std::size_t i = 0; i < all[member].areas.size(); ++i) {
                shapes.push_back(all[member].shapes[i]);
                inside[all[member].areas[i]] += area_of(all[member].shapes[i]);
            }
        parts.shapes[k] = dissolve(shapes);
        mostly_in[k] =
            std::ranges::max_element(inside, {}, [](const auto& one) { return one.second; })->first;
    });
    std::unordered_map<AreaIndex, int> numbers;
    for (std::size_t k = 0; k < kept.size(); ++k) {
        const Cell cell = all[kept[k]].cell;
        const AreaIndex area = mostly_in[k];
        parts.codes.push_back(fmt::format("H{:04}-{:04}", cell.column, cell.row));
        parts.names.push_back(
            fmt::format("{} {}", areas.names()[static_cast<std::size_t>(area)], ++numbers[area]));
    }
    parts.crs = areas.crs();
    parts.whole = areas.whole();
    parts.noun = "hexagon";
    parts.vintage = areas.vintage();
    parts.source = areas.source();
    parts.attribution.assign(areas.attribution().begin(), areas.attribution().end());
    return AreaSet(std::move(parts));
}

}  // namespace wardmap
