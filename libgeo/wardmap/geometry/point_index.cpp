#include "wardmap/geometry/point_index.hpp"

#include "wardmap/geometry/orientation.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

// How it works. A cell of the grid that no edge touches has one answer. Of a cell that edges touch, the index
// keeps for each shape the edges within, by number, and one bit. Whether a point p of the cell lies in the
// shape is the parity of the edges that cross the level of p left of it. The edges outside the cell need no
// look: write x_c for the cell's left line, and [q] for 1 if q holds;
//
//     inside(p) = bit ^ sum over the cell's edges of [crosses the level of p, left of p]
//                     ^ sum over their end points v left of x_c of [v.y <= p.y]          (sums modulo 2)
//
// for the end points left of x_c come in pairs along the rings, but where a ring enters the cell's edges, and
// edges that pass above or below the cell change nothing between its bottom and its top. Edges are kept in
// runs that follow each other along a ring, so that of a run's end points only its first and last count. The
// bit is fixed by what holds at the cell's lower left corner, which is known from the cell before it. No
// coordinate is ever computed that an answer depends on: every sign is exact.

namespace wardmap {
namespace {

constexpr std::int32_t nothing = -1;
constexpr std::size_t block_size = 256;

/// A rectangle of equal cells.
struct Grid {
    double x0 = 0;
    double y0 = 0;
    double cell_width = 1;
    double cell_height = 1;
    double cells_per_x = 1;
    double cells_per_y = 1;
    std::int32_t columns = 1;
    std::int32_t rows = 1;
    std::uint32_t first = 0;  ///< its first cell in Data::cells

    static Grid over(const Box& box, std::int32_t columns, std::int32_t rows) {
        Grid grid;
        grid.x0 = box.min_x;
        grid.y0 = box.min_y;
        grid.columns = columns;
        grid.rows = rows;
        grid.cell_width = box.width() / columns;
        grid.cell_height = box.height() / rows;
        grid.cells_per_x = 1 / grid.cell_width;
        grid.cells_per_y = 1 / grid.cell_height;
        return grid;
    }
    double left(std::int32_t column) const noexcept { return x0 + column * cell_width; }
    double bottom(std::int32_t row) const noexcept { return y0 + row * cell_height; }
    // Never decreasing in x, so that a cell found for a point between two others lies between theirs.
    std::int32_t column(double x) const noexcept {
        return std::clamp(static_cast<std::int32_t>((x - x0) * cells_per_x), 0, columns - 1);
    }
    std::int32_t row(double y) const noexcept {
        return std::clamp(static_cast<std::int32_t>((y - y0) * cells_per_y), 0, rows - 1);
    }
    std::size_t size() const noexcept {
        return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    }
};

/// A cell that edges touch, as cells hold it: the number of its first piece or of a finer grid.
std::int32_t leaf_code(std::size_t piece) noexcept {
    return -2 - static_cast<std::int32_t>(2 * piece);
}
std::int32_t grid_code(std::size_t grid) noexcept {
    return -3 - static_cast<std::int32_t>(2 * grid);
}
bool is_grid(std::int32_t code) noexcept {
    return ((-2 - code) & 1) != 0;
}
std::uint32_t number_in(std::int32_t code) noexcept {
    return static_cast<std::uint32_t>(-2 - code) >> 1U;
}

/// Edges that follow each other: points[first] to points[last].
struct Run {
    std::uint32_t first;
    std::uint32_t last;
};

/// What answers for a cell: runs of edges, those of one shape behind each other, shapes ascending.
struct Piece {
    std::int32_t shape;
    Run run;
    std::uint32_t flags;
};
constexpr std::uint32_t bit_flag = 1;    ///< the bit, in the first piece of a shape
constexpr std::uint32_t shape_ends = 2;  ///< the shape's last piece
constexpr std::uint32_t cell_ends = 4;   ///< the cell's last piece
/// In the first piece of the last shape: shapes share all their edges in the cell, so that a point in none of
/// the others, and on no edge of theirs, is in this one.
constexpr std::uint32_t follows = 8;

/// While building: one shape in a cell, its runs there, and the bit.
struct Entry {
    std::int32_t shape = 0;
    std::uint32_t begin = 0;
    std::uint32_t end : 31;
    std::uint32_t bit : 1;
};

struct CellEdge {
    std::uint32_t cell;
    std::uint32_t edge;
};

bool crosses_level(Point a, Point b, double y) noexcept {
    return (a.y <= y) != (b.y <= y);
}

/// Of an edge that crosses the level of p: whether it does so left of p.
bool crosses_left_of(Point a, Point b, Point p) noexcept {
    const double side = orientation(a, b, p);
    return b.y > a.y ? side < 0 : side > 0;
}

/// Parity of the ends of a run that lie left of x and not above y.
unsigned ends_left_below(Point first, Point last, double x, double y) noexcept {
    return static_cast<unsigned>(first.x < x && first.y <= y) ^
           static_cast<unsigned>(last.x < x && last.y <= y);
}

bool between(double value, double a, double b) noexcept {
    return value >= std::min(a, b) && value <= std::max(a, b);
}

double squared_distance(Point p, Point a, Point b, const Stretch& stretch) noexcept {
    const double dx = (b.x - a.x) * stretch.x;
    const double dy = (b.y - a.y) * stretch.y;
    const double px = (p.x - a.x) * stretch.x;
    const double py = (p.y - a.y) * stretch.y;
    const double length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp((px * dx + py * dy) / length, 0.0, 1.0) : 0.0;
    const double away_x = px - t * dx;
    const double away_y = py - t * dy;
    return away_x * away_x + away_y * away_y;
}

std::uint64_t mixed(std::uint64_t h) noexcept {
    h = (h ^ (h >> 32U)) * 0xd6e8feb86659fd93U;
    h = (h ^ (h >> 32U)) * 0xd6e8feb86659fd93U;
    return h ^ (h >> 32U);
}

std::uint64_t fingerprint(Point p) noexcept {
    return mixed(mixed(std::bit_cast<std::uint64_t>(p.x + 0.0)) ^
                 (std::bit_cast<std::uint64_t>(p.y + 0.0) * 0x9e3779b97f4a7c15U));
}

enum class Answer : std::uint8_t { out, in, on_edge };

}  // namespace

struct PointIndex::Data {
    Grid root{};
    std::vector<std::int32_t> cells{};  ///< of the root, then of each finer grid
    std::vector<Box> boxes{};           ///< of each shape
    /// Ring r is points[ring_starts[r]] up to points[ring_starts[r + 1]], and shape s has rings
    /// shape_rings[s] up to shape_rings[s + 1].
    std::vector<std::uint32_t> ring_starts{0};
    std::vector<std::uint32_t> shape_rings{0};
    std::vector<Grid> grids{};  ///< the finer ones
    std::vector<Piece> pieces{};
    std::vector<Point> points{};  ///< of all shapes

    std::int32_t shape_at(std::uint32_t first, double left, Point p) const noexcept {
        const Piece* piece = pieces.data() + first;
        for (;;) {
            const Piece* const begin = piece;
            while ((piece->flags & shape_ends) == 0) ++piece;
            if (answer(begin, piece, left, p) != Answer::out) return begin->shape;
            if ((piece->flags & cell_ends) != 0) return nothing;
            ++piece;
            if ((piece->flags & follows) != 0) return piece->shape;
        }
    }

    Answer answer(const Piece* piece, const Piece* const last_piece, double left, Point p) const noexcept {
        // Without branches on the edges, which a processor cannot foresee. Where a sign is in doubt, or the
        // point is level with the end of an edge and may lie on it, the exact way decides.
        const Piece* const begin = piece;
        unsigned inside = piece->flags & bit_flag;
        unsigned doubt = 0;
        for (; piece <= last_piece; ++piece) {
            const Point* at = points.data() + piece->run.first;
            const Point* const last = points.data() + piece->run.last;
            unsigned below = at->y <= p.y ? 1U : 0U;
            double dx = at->x - p.x;
            double dy = at->y - p.y;
            inside ^= below & (at->x < left ? 1U : 0U);
            doubt |= dy == 0 ? 1U : 0U;
            while (at != last) {
                ++at;
                const unsigned next_below = at->y <= p.y ? 1U : 0U;
                const double next_dx = at->x - p.x;
                const double next_dy = at->y - p.y;
                const double one = dx * next_dy;
                const double other = dy * next_dx;
                const double side = one - other;
                const unsigned crosses = below ^ next_below;
                inside ^= crosses & (below ^ (side < 0 ? 0U : 1U));
                doubt |=
                    (crosses &
                     (std::abs(side) <= orientation_error * (std::abs(one) + std::abs(other)) ? 1U : 0U)) |
                    (next_dy == 0 ? 1U : 0U);
                below = next_below;
                dx = next_dx;
                dy = next_dy;
            }
            inside ^= below & (at->x < left ? 1U : 0U);
        }
        if (doubt != 0) return exact_answer(begin, last_piece, left, p);
        return inside != 0 ? Answer::in : Answer::out;
    }

    Answer exact_answer(const Piece* piece, const Piece* last_piece, double left, Point p) const noexcept {
        unsigned inside = piece->flags & bit_flag;
        for (; piece <= last_piece; ++piece) {
            inside ^= ends_left_below(points[piece->run.first], points[piece->run.last], left, p.y);
            for (std::uint32_t e = piece->run.first; e < piece->run.last; ++e) {
                if (cross(points[e], points[e + 1], p, inside) == Answer::on_edge) return Answer::on_edge;
            }
        }
        return inside != 0 ? Answer::in : Answer::out;
    }

    /// Turns `inside` where the edge is crossed; on_edge where p lies on it.
    static Answer cross(Point a, Point b, Point p, unsigned& inside) noexcept {
        if (crosses_level(a, b, p.y)) {
            const double side = orientation(a, b, p);
            if (side == 0) return Answer::on_edge;
            inside ^= static_cast<unsigned>((side < 0) == (b.y > a.y));
        } else if (a.y == p.y || b.y == p.y) {  // an end, or a level edge
            const bool on_end = (p.x == a.x && p.y == a.y) || (p.x == b.x && p.y == b.y);
            if (on_end || (a.y == b.y && between(p.x, a.x, b.x))) return Answer::on_edge;
        }
        return Answer::out;
    }

    void nearest_in(std::int32_t code, Point p, const Stretch& stretch, double& squared,
                    std::int32_t& shape) const noexcept;
    void nearest_beyond(Point p, const Stretch& stretch, double& squared, std::int32_t& shape) const noexcept;
};

namespace {

/// Lists the cells of a grid that edges touch, for one shape at a time, and which cells lie within it.
class Raster {
public:
    explicit Raster(const std::vector<Point>& points) : points_(points) {}

    /// Beginning a shape in the cells that `box` reaches.
    void begin(const Grid& grid, const Box& box) {
        grid_ = &grid;
        // Wider than rounding by far, narrower than a cell by far: what lies this near a line counts to both
        // sides.
        pad_x_ = grid.cell_width * 1e-6;
        pad_y_ = grid.cell_height * 1e-6;
        first_column_ = grid.column(box.min_x - pad_x_);
        last_column_ = grid.column(box.max_x + pad_x_);
        first_row_ = grid.row(box.min_y - pad_y_);
        last_row_ = grid.row(box.max_y + pad_y_);
        width_ = static_cast<std::uint32_t>(last_column_ - first_column_ + 1);
        found_.clear();
    }

    void add(std::uint32_t edge) {
        const Point a = points_[edge];
        const Point b = points_[edge + 1];
        const double low_y = std::min(a.y, b.y);
        const double high_y = std::max(a.y, b.y);
        const double low_x = std::min(a.x, b.x);
        const double high_x = std::max(a.x, b.x);
        const Grid& grid = *grid_;
        if (high_y < grid.y0 - pad_y_ || low_y > grid.bottom(grid.rows) + pad_y_) return;
        if (high_x < grid.x0 - pad_x_ || low_x > grid.left(grid.columns) + pad_x_) return;
        const std::int32_t row_a = grid.row(low_y - pad_y_);
        const std::int32_t row_b = grid.row(high_y + pad_y_);
        const std::int32_t column_a = grid.column(low_x - pad_x_);
        const std::int32_t column_b = grid.column(high_x + pad_x_);
        if (row_a == row_b) return mark(row_a, column_a, column_b, edge);
        if (column_a == column_b || a.y == b.y) {
            for (std::int32_t row = row_a; row <= row_b; ++row) mark(row, column_a, column_b, edge);
            return;
        }
        const double slope = (b.x - a.x) / (b.y - a.y);
        const double lean = std::abs(slope) * pad_y_ + pad_x_;
        const auto x_at = [&](double y) { return std::clamp(a.x + (y - a.y) * slope, low_x, high_x); };
        for (std::int32_t row = row_a; row <= row_b; ++row) {
            const double one = x_at(std::clamp(grid.bottom(row), low_y, high_y));
            const double other = x_at(std::clamp(grid.bottom(row + 1), low_y, high_y));
            const double from = std::max(std::min(one, other) - lean, low_x - pad_x_);
            const double to = std::min(std::max(one, other) + lean, high_x + pad_x_);
            if (to < grid.x0 - pad_x_ || from > grid.left(grid.columns) + pad_x_) continue;
            mark(row, grid.column(from), grid.column(to), edge);
        }
    }

    /// Calls touched(cell, runs, bit) for every cell with edges and within(cell) for every cell inside the
    /// shape, row by row. `inside_at_row(row)` is whether the lower left corner of the first column lies in
    /// the shape.
    template <typename InsideAtRow, typename Touched, typename Within>
    void finish(InsideAtRow&& inside_at_row, Touched&& touched, Within&& within) {
        sort();
        std::size_t at = 0;
        for (std::int32_t row = first_row_; row <= last_row_; ++row) {
            const double level = grid_->bottom(row);
            bool inside = inside_at_row(row);
            std::int32_t column = first_column_;
            const std::uint32_t row_begin = static_cast<std::uint32_t>(row - first_row_) * width_;
            while (at < sorted_.size() && sorted_[at].cell < row_begin + width_) {
                const std::uint32_t cell = sorted_[at].cell;
                const std::int32_t here = first_column_ + static_cast<std::int32_t>(cell - row_begin);
                if (inside) {
                    for (; column < here; ++column) within(number(row, column));
                }
                const double left = grid_->left(here);
                const double right = grid_->left(here + 1);
                unsigned bit = inside ? 1 : 0;
                unsigned turns = 0;
                runs_.clear();
                for (; at < sorted_.size() && sorted_[at].cell == cell; ++at) {
                    const std::uint32_t edge = sorted_[at].edge;
                    if (!runs_.empty() && runs_.back().last == edge) {
                        runs_.back().last = edge + 1;
                    } else {
                        runs_.push_back({edge, edge + 1});
                    }
                    const Point a = points_[edge];
                    const Point b = points_[edge + 1];
                    if (!crosses_level(a, b, level)) continue;
                    const bool before = crosses_left_of(a, b, {left, level});
                    bit ^= static_cast<unsigned>(before);
                    turns ^= static_cast<unsigned>(before) ^
                             static_cast<unsigned>(crosses_left_of(a, b, {right, level}));
                }
                for (const Run run : runs_)
                    bit ^= ends_left_below(points_[run.first], points_[run.last], left, level);
                touched(number(row, here), std::span<const Run>(runs_), bit);
                inside = inside != (turns != 0);
                column = here + 1;
            }
            if (inside) {
                for (; column <= last_column_; ++column) within(number(row, column));
            }
        }
    }

private:
    void mark(std::int32_t row, std::int32_t column_a, std::int32_t column_b, std::uint32_t edge) {
        const std::uint32_t row_begin = static_cast<std::uint32_t>(row - first_row_) * width_;
        for (std::int32_t column = column_a; column <= column_b; ++column) {
            found_.push_back({row_begin + static_cast<std::uint32_t>(column - first_column_), edge});
        }
    }

    std::uint32_t number(std::int32_t row, std::int32_t column) const noexcept {
        return static_cast<std::uint32_t>(row) * static_cast<std::uint32_t>(grid_->columns) +
               static_cast<std::uint32_t>(column);
    }

    /// By cell; edges of one cell stay in their order. Counting where the cells are few, comparing where they
    /// are many.
    void sort() {
        const std::size_t cells =
            static_cast<std::size_t>(width_) * static_cast<std::size_t>(last_row_ - first_row_ + 1);
        if (cells > 8 * found_.size() + 64) {
            sorted_ = found_;
            std::stable_sort(sorted_.begin(), sorted_.end(),
                             [](CellEdge a, CellEdge b) { return a.cell < b.cell; });
            return;
        }
        starts_.assign(cells + 1, 0);
        for (const CellEdge& one : found_) ++starts_[one.cell + 1];
        for (std::size_t i = 1; i <= cells; ++i) starts_[i] += starts_[i - 1];
        sorted_.resize(found_.size());
        for (const CellEdge& one : found_) sorted_[starts_[one.cell]++] = one;
    }

    const std::vector<Point>& points_;
    const Grid* grid_ = nullptr;
    double pad_x_ = 0;
    double pad_y_ = 0;
    std::int32_t first_column_ = 0;
    std::int32_t last_column_ = 0;
    std::int32_t first_row_ = 0;
    std::int32_t last_row_ = 0;
    std::uint32_t width_ = 0;
    std::vector<CellEdge> found_{};
    std::vector<CellEdge> sorted_{};
    std::vector<std::uint32_t> starts_{};
    std::vector<Run> runs_{};
};

/// The entries of the cells of one grid while shapes are added, lowest index first. A shape that holds a
/// whole cell closes it: no later shape can be the answer there.
class CellEntries {
public:
    void begin(std::size_t cells) {
        states_.assign(cells, nothing);
        entries_.clear();
        runs_.clear();
    }
    void touched(std::uint32_t cell, std::int32_t shape, std::span<const Run> runs, unsigned bit) {
        if (states_[cell] >= 0 || states_[cell] == closed) return;
        states_[cell] = open;
        push(cell, shape, runs, bit);
    }
    void within(std::uint32_t cell, std::int32_t shape) {
        std::int32_t& state = states_[cell];
        if (state == nothing) {
            state = shape;
        } else if (state == open) {
            state = closed;
            push(cell, shape, {}, 1);
        }
    }
    /// Entries of each cell side by side; call once, when all shapes are in.
    void group() {
        starts_.assign(states_.size() + 1, 0);
        for (const Placed& one : entries_) ++starts_[one.cell + 1];
        for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
        grouped_.resize(entries_.size());
        for (const Placed& one : entries_) grouped_[starts_[one.cell]++] = one.entry;
        for (std::size_t i = starts_.size() - 1; i > 0; --i) starts_[i] = starts_[i - 1];
        starts_[0] = 0;
    }
    std::int32_t state(std::size_t cell) const noexcept { return states_[cell]; }
    bool has_entries(std::size_t cell) const noexcept { return states_[cell] < nothing; }
    std::span<const Entry> entries(std::size_t cell) const noexcept {
        return std::span<const Entry>(grouped_).subspan(starts_[cell], starts_[cell + 1] - starts_[cell]);
    }
    const Run* runs() const noexcept { return runs_.data(); }

private:
    static constexpr std::int32_t open = -2;
    static constexpr std::int32_t closed = -3;
    struct Placed {
        std::uint32_t cell;
        Entry entry;
    };

    void push(std::uint32_t cell, std::int32_t shape, std::span<const Run> runs, unsigned bit) {
        const auto begin = static_cast<std::uint32_t>(runs_.size());
        runs_.insert(runs_.end(), runs.begin(), runs.end());
        entries_.push_back(
            {cell, {shape, begin, static_cast<std::uint32_t>(runs_.size()) & 0x7fffffffU, bit & 1U}});
    }

    std::vector<std::int32_t> states_{};
    std::vector<Placed> entries_{};
    std::vector<Entry> grouped_{};
    std::vector<std::uint32_t> starts_{};
    std::vector<Run> runs_{};
};

// Found by measuring (docs/benchmarks.md): a finer root is dearer to build than to ask, a coarser one the
// other way round.
constexpr double cells_per_edge = 2.8;
constexpr double least_cells = 256.0 * 256.0;
constexpr double most_cells = 2048.0 * 2048.0;
constexpr std::size_t edges_to_split = 40;  ///< a cell with more becomes a grid
constexpr double cells_per_split_edge = 1.5;
constexpr std::int32_t finest_split = 24;

}  // namespace

PointIndex::PointIndex() : PointIndex(std::span<const MultiPolygon>{}) {}

PointIndex::PointIndex(std::span<const MultiPolygon> shapes) {
    auto data = std::make_shared<Data>();
    std::size_t point_count = 0;
    std::vector<Box> boxes;
    boxes.reserve(shapes.size());
    Box all;
    for (const MultiPolygon& shape : shapes) {
        point_count += shape.points.size();
        boxes.push_back(shape.box());
        all.add(boxes.back());
    }
    if (all.empty()) {
        data->root = Grid::over({0, 0, 1, 1}, 1, 1);
        data->cells.assign(1, nothing);
        data_ = std::move(data);
        return;
    }
    data->points.reserve(point_count);
    for (const MultiPolygon& shape : shapes) {
        const auto first = static_cast<std::uint32_t>(data->points.size());
        data->points.insert(data->points.end(), shape.points.begin(), shape.points.end());
        for (std::size_t r = 1; r < shape.ring_starts.size(); ++r)
            data->ring_starts.push_back(first + shape.ring_starts[r]);
        data->shape_rings.push_back(static_cast<std::uint32_t>(data->ring_starts.size() - 1));
    }

    // The grid reaches beyond every shape, by far more than rounding moves a line of it.
    const double reach = std::max({all.width(), all.height(), std::abs(all.min_x) * 1e-9,
                                   std::abs(all.min_y) * 1e-9, std::abs(all.max_x) * 1e-9,
                                   std::abs(all.max_y) * 1e-9, std::numeric_limits<double>::min() * 1e9});
    const double wide = std::max(all.width(), reach * 1e-3);
    const double high = std::max(all.height(), reach * 1e-3);
    const Box box{all.min_x - wide * 1e-3, all.min_y - high * 1e-3, all.min_x + wide * 1.001,
                  all.min_y + high * 1.001};
    const double wanted =
        std::clamp(static_cast<double>(point_count) * cells_per_edge, least_cells, most_cells);
    const double shape_of_box = std::clamp(box.width() / box.height(), 1.0 / 64, 64.0);
    const auto columns =
        static_cast<std::int32_t>(std::max(1.0, std::round(std::sqrt(wanted * shape_of_box))));
    const auto rows = static_cast<std::int32_t>(std::max(1.0, std::round(std::sqrt(wanted / shape_of_box))));
    data->root = Grid::over(box, columns, rows);

    Raster raster(data->points);
    CellEntries found;
    found.begin(data->root.size());
    std::uint32_t first_point = 0;
    for (std::size_t s = 0; s < shapes.size(); ++s) {
        const MultiPolygon& shape = shapes[s];
        const auto index = static_cast<std::int32_t>(s);
        if (!boxes[s].empty()) {
            raster.begin(data->root, boxes[s]);
            for (std::size_t r = 0; r < shape.ring_count(); ++r) {
                for (std::uint32_t p = shape.ring_starts[r]; p + 1 < shape.ring_starts[r + 1]; ++p)
                    raster.add(first_point + p);
            }
            raster.finish([](std::int32_t) { return false; },
                          [&](std::uint32_t cell, std::span<const Run> runs, unsigned bit) {
                              found.touched(cell, index, runs, bit);
                          },
                          [&](std::uint32_t cell) { found.within(cell, index); });
        }
        first_point += static_cast<std::uint32_t>(shape.points.size());
    }
    found.group();

    // Two edges are the same if their ends are: sums of these tell whether every edge in a cell is there an
    // even number of times.
    std::vector<std::uint64_t> fingerprints;
    fingerprints.reserve(data->points.size());
    for (const Point point : data->points) fingerprints.push_back(fingerprint(point));
    const auto add_leaf = [&](std::span<const Entry> entries, const Run* runs) {
        const std::size_t first = data->pieces.size();
        std::uint64_t unpaired = 0;
        std::uint32_t bits = 0;
        std::size_t last_shape = first;
        for (const Entry& entry : entries) {
            last_shape = data->pieces.size();
            // The bit as it is at the corner, so that the bits of all shapes say in how many of them the
            // corner lies.
            bits ^= entry.bit;
            for (const Run* run = runs + entry.begin; run != runs + entry.end; ++run) {
                data->pieces.push_back({entry.shape, *run, 0});
                for (std::uint32_t e = run->first; e < run->last; ++e)
                    unpaired ^= mixed(fingerprints[e] + fingerprints[e + 1]);
            }
            if (entry.begin == entry.end) data->pieces.push_back({entry.shape, {0, 0}, 0});
            data->pieces[last_shape].flags |= entry.bit;
            data->pieces.back().flags |= shape_ends;
        }
        data->pieces.back().flags |= cell_ends;
        if (unpaired == 0 && bits == 1 && last_shape > first) data->pieces[last_shape].flags |= follows;
        return leaf_code(first);
    };

    data->cells.resize(data->root.size());
    CellEntries finer;
    for (std::size_t cell = 0; cell < data->root.size(); ++cell) {
        if (!found.has_entries(cell)) {
            data->cells[cell] = found.state(cell);
            continue;
        }
        const auto entries = found.entries(cell);
        std::size_t edge_count = 0;
        for (const Entry& entry : entries) {
            for (const Run* run = found.runs() + entry.begin; run != found.runs() + entry.end; ++run)
                edge_count += run->last - run->first;
        }
        if (edge_count <= edges_to_split) {
            data->cells[cell] = add_leaf(entries, found.runs());
            continue;
        }
        const auto side = std::clamp(
            static_cast<std::int32_t>(std::sqrt(static_cast<double>(edge_count) * cells_per_split_edge)), 2,
            finest_split);
        const auto column = static_cast<std::int32_t>(cell % static_cast<std::size_t>(columns));
        const auto row = static_cast<std::int32_t>(cell / static_cast<std::size_t>(columns));
        const double left = data->root.left(column);
        const double bottom = data->root.bottom(row);
        Grid grid = Grid::over({left, bottom, left + data->root.cell_width, bottom + data->root.cell_height},
                               side, side);
        const Box grid_box{grid.x0, grid.y0, grid.left(side), grid.bottom(side)};
        finer.begin(grid.size());
        for (const Entry& entry : entries) {
            raster.begin(grid, grid_box);
            const std::span<const Run> runs(found.runs() + entry.begin, found.runs() + entry.end);
            for (const Run run : runs) {
                for (std::uint32_t edge = run.first; edge < run.last; ++edge) raster.add(edge);
            }
            const auto inside_at_row = [&](std::int32_t j) {
                // The same formula as for any point of the cell; a corner on an edge counts as left of it.
                const double level = grid.bottom(j);
                unsigned inside = entry.bit;
                for (const Run run : runs) {
                    inside ^= ends_left_below(data->points[run.first], data->points[run.last], left, level);
                    for (std::uint32_t edge = run.first; edge < run.last; ++edge) {
                        const Point a = data->points[edge];
                        const Point b = data->points[edge + 1];
                        if (crosses_level(a, b, level))
                            inside ^= static_cast<unsigned>(crosses_left_of(a, b, {left, level}));
                    }
                }
                return inside != 0;
            };
            raster.finish(
                inside_at_row,
                [&](std::uint32_t sub, std::span<const Run> touching, unsigned bit) {
                    finer.touched(sub, entry.shape, touching, bit);
                },
                [&](std::uint32_t sub) { finer.within(sub, entry.shape); });
        }
        finer.group();
        grid.first = static_cast<std::uint32_t>(data->cells.size());
        for (std::size_t sub = 0; sub < grid.size(); ++sub) {
            data->cells.push_back(finer.has_entries(sub) ? add_leaf(finer.entries(sub), finer.runs())
                                                         : finer.state(sub));
        }
        data->cells[cell] = grid_code(data->grids.size());
        data->grids.push_back(grid);
    }
    data->boxes = std::move(boxes);
    data_ = std::move(data);
}

void PointIndex::locate(std::span<const double> x, std::span<const double> y,
                        std::span<std::int32_t> out) const noexcept {
    const Data& data = *data_;
    const Grid root = data.root;
    const std::int32_t* const cells = data.cells.data();
    // Points that need more than a look at their cell, and the corner of the cell they ended in.
    std::array<std::uint32_t, block_size> cell_of{};
    std::array<std::uint16_t, block_size> open{};
    std::array<double, block_size> left_of{};
    for (std::size_t first = 0; first < x.size(); first += block_size) {
        const std::size_t count = std::min(block_size, x.size() - first);
        const double* const px = x.data() + first;
        const double* const py = y.data() + first;
        std::int32_t* const answers = out.data() + first;
        // What lies further down waits on memory: each step asks for the next one's, for the whole block.
        for (std::size_t i = 0; i < count; ++i) {
            const double column = (px[i] - root.x0) * root.cells_per_x;
            const double row = (py[i] - root.y0) * root.cells_per_y;
            const bool on_grid =
                column >= 0 && row >= 0 && column < root.columns && row < root.rows;  // NaN is not
            const auto cell = on_grid
                                  ? static_cast<std::uint32_t>(static_cast<std::int32_t>(row) * root.columns +
                                                               static_cast<std::int32_t>(column))
                                  : std::numeric_limits<std::uint32_t>::max();
            cell_of[i] = cell;
            __builtin_prefetch(cells + (on_grid ? cell : 0));
        }
        std::size_t open_count = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const std::int32_t code =
                cell_of[i] == std::numeric_limits<std::uint32_t>::max() ? nothing : cells[cell_of[i]];
            answers[i] = code;
            open[open_count] = static_cast<std::uint16_t>(i);
            open_count += code < nothing ? 1 : 0;
        }
        if (open_count == 0) continue;
        for (std::size_t k = 0; k < open_count; ++k) {
            const std::int32_t code = answers[open[k]];
            if (is_grid(code)) {
                __builtin_prefetch(&data.grids[number_in(code)]);
            } else {
                __builtin_prefetch(&data.pieces[number_in(code)]);
            }
        }
        for (std::size_t k = 0; k < open_count; ++k) {
            const std::size_t i = open[k];
            if (is_grid(answers[i])) {
                const Grid& grid = data.grids[number_in(answers[i])];
                const std::int32_t column = grid.column(px[i]);
                cell_of[i] = grid.first + static_cast<std::uint32_t>(grid.row(py[i]) * grid.columns + column);
                left_of[i] = grid.left(column);
                __builtin_prefetch(cells + cell_of[i]);
            } else {
                left_of[i] = root.left(
                    static_cast<std::int32_t>(cell_of[i] % static_cast<std::uint32_t>(root.columns)));
            }
        }
        std::size_t leaf_count = 0;
        for (std::size_t k = 0; k < open_count; ++k) {
            const std::uint16_t i = open[k];
            if (is_grid(answers[i])) {
                answers[i] = cells[cell_of[i]];
                if (answers[i] >= nothing) continue;
                __builtin_prefetch(&data.pieces[number_in(answers[i])]);
            }
            open[leaf_count++] = i;
        }
        for (std::size_t k = 0; k < leaf_count; ++k) {
            const Run run = data.pieces[number_in(answers[open[k]])].run;
            __builtin_prefetch(&data.points[run.first]);
            __builtin_prefetch(&data.points[run.last]);
        }
        for (std::size_t k = 0; k < leaf_count; ++k) {
            const std::size_t i = open[k];
            answers[i] = data.shape_at(number_in(answers[i]), left_of[i], {px[i], py[i]});
        }
    }
}

std::int32_t PointIndex::locate(Point point) const noexcept {
    std::int32_t out = nothing;
    locate(std::span<const double>(&point.x, 1), std::span<const double>(&point.y, 1),
           std::span<std::int32_t>(&out, 1));
    return out;
}

void PointIndex::Data::nearest_in(std::int32_t code, Point p, const Stretch& stretch, double& squared,
                                  std::int32_t& shape) const noexcept {
    if (code >= nothing) return;
    if (is_grid(code)) {
        const Grid& grid = grids[number_in(code)];
        for (std::size_t cell = 0; cell < grid.size(); ++cell) {
            nearest_in(cells[grid.first + cell], p, stretch, squared, shape);
        }
        return;
    }
    for (const Piece* piece = pieces.data() + number_in(code);; ++piece) {
        for (std::uint32_t e = piece->run.first; e < piece->run.last; ++e) {
            const double away = squared_distance(p, points[e], points[e + 1], stretch);
            if (away < squared || (away == squared && piece->shape < shape)) {
                squared = away;
                shape = piece->shape;
            }
        }
        if ((piece->flags & cell_ends) != 0) return;
    }
}

/// For a point beyond the grid, from which most of the grid is about as far: shape by shape, those left out
/// whose box is farther than an edge that was seen.
void PointIndex::Data::nearest_beyond(Point p, const Stretch& stretch, double& squared,
                                      std::int32_t& shape) const noexcept {
    const auto squared_to = [&](const Box& box) {
        const double x = stretch.x * (p.x - std::clamp(p.x, box.min_x, box.max_x));
        const double y = stretch.y * (p.y - std::clamp(p.y, box.min_y, box.max_y));
        return x * x + y * y;
    };
    const auto look = [&](std::size_t s) {
        for (std::uint32_t r = shape_rings[s]; r < shape_rings[s + 1]; ++r) {
            for (std::uint32_t e = ring_starts[r]; e + 1 < ring_starts[r + 1]; ++e) {
                const double away = squared_distance(p, points[e], points[e + 1], stretch);
                if (away < squared || (away == squared && static_cast<std::int32_t>(s) < shape)) {
                    squared = away;
                    shape = static_cast<std::int32_t>(s);
                }
            }
        }
    };
    // The one with the nearest box first, so that few others are near enough to be looked at.
    std::size_t first = boxes.size();
    double to_first = std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < boxes.size(); ++s) {
        if (boxes[s].empty()) continue;
        if (const double away = squared_to(boxes[s]); away < to_first) {
            first = s;
            to_first = away;
        }
    }
    if (first == boxes.size() || to_first > squared) return;
    look(first);
    for (std::size_t s = 0; s < boxes.size(); ++s) {
        if (s != first && !boxes[s].empty() && squared_to(boxes[s]) <= squared) look(s);
    }
}

NearestShape PointIndex::nearest(Point point, const Stretch& stretch, double most) const noexcept {
    const NearestShape none{nothing, std::numeric_limits<double>::infinity()};
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) return none;
    if (const std::int32_t here = locate(point); here >= 0) return {here, 0};
    const Grid& root = data_->root;
    double squared = most * most;
    std::int32_t shape = nothing;
    const bool beyond = point.x < root.x0 || point.y < root.y0 || point.x > root.left(root.columns) ||
                        point.y > root.bottom(root.rows);
    if (beyond) {
        data_->nearest_beyond(point, stretch, squared, shape);
        return shape < 0 ? none : NearestShape{shape, std::sqrt(squared)};
    }
    // Ring after ring of cells round the point's own. A cell beyond ring k is at least k cells away.
    const std::int32_t column = root.column(point.x);
    const std::int32_t row = root.row(point.y);
    const double step = std::min(root.cell_width * stretch.x, root.cell_height * stretch.y);
    const auto look = [&](std::int32_t r, std::int32_t c) {
        if (r < 0 || c < 0 || r >= root.rows || c >= root.columns) return;
        const std::size_t cell = static_cast<std::size_t>(r) * static_cast<std::size_t>(root.columns) +
                                 static_cast<std::size_t>(c);
        data_->nearest_in(data_->cells[cell], point, stretch, squared, shape);
    };
    for (std::int32_t ring = 0; ring <= std::max(root.columns, root.rows); ++ring) {
        const double reached = (ring - 1) * step;
        if (reached > 0 && squared <= reached * reached) break;
        for (std::int32_t c = column - ring; c <= column + ring; ++c) {
            look(row - ring, c);
            if (ring > 0) look(row + ring, c);
        }
        for (std::int32_t r = row - ring + 1; r < row + ring; ++r) {
            look(r, column - ring);
            look(r, column + ring);
        }
    }
    return shape < 0 ? none : NearestShape{shape, std::sqrt(squared)};
}

std::size_t PointIndex::bytes() const noexcept {
    return data_->cells.capacity() * sizeof(std::int32_t) + data_->grids.capacity() * sizeof(Grid) +
           data_->pieces.capacity() * sizeof(Piece) + data_->points.capacity() * sizeof(Point) +
           data_->boxes.capacity() * sizeof(Box) +
           (data_->ring_starts.capacity() + data_->shape_rings.capacity()) * sizeof(std::uint32_t);
}

}  // namespace wardmap
