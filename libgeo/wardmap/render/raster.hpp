/// \file
/// Pixels from polygons and lines, a band of rows at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace wardmap {

/// In pixels from the picture's top left corner, y down; the middle of the first pixel is (0.5, 0.5).
struct PixelPoint {
    float x = 0;
    float y = 0;
    friend bool operator==(const PixelPoint&, const PixelPoint&) = default;
};

enum class FillRule : unsigned char { even_odd, winding };
enum class LineEnds : unsigned char { round, butt };

struct PixelInk {
    std::uint32_t rgb = 0;  ///< 0x00RRGGBB
    int opacity = 255;      ///< of 255
    friend bool operator==(const PixelInk&, const PixelInk&) = default;
};

/// Rows `top` to `top + height` of a picture. Bands know nothing of one another, so threads may draw one
/// each.
///
/// Fills add up the exact share of each pixel that lies within, line by line. Strokes take for each pixel the
/// most of the line any of their segments gives it by its distance: so segments that overlap, at joins or
/// because two areas share a border, are as dark as one.
class RasterBand {
public:
    /// \param pixels  of the band, `width * height` of them, one row after the other
    /// \param levels  of an edge, from nothing to all: at most 255
    RasterBand(std::span<std::uint32_t> pixels, int width, int top, int height, int levels);

    /// Goes to other rows of the picture, when everything added has been drawn.
    /// \param height  not more than at first
    void move_to(std::span<std::uint32_t> pixels, int top, int height);

    /// Adds a ring to what will be filled; it is closed if it is not.
    void add_ring(std::span<const PixelPoint> ring);
    void fill(FillRule rule, const PixelInk& ink);
    /// What was added confines the next stroke, instead of being filled.
    void clip(FillRule rule);

    /// Adds a line to what will be stroked; it bends and, where its ends are round, stops in half circles.
    void add_line(std::span<const PixelPoint> line, float width, LineEnds ends);
    void stroke(const PixelInk& ink);

    /// Whether nothing can be seen of the ink in a box of the picture, because all of it is of that colour.
    bool is_all(const PixelInk& ink, PixelPoint from, PixelPoint to) const;

private:
    /// The pixels of a row that something was added to.
    struct Extent {
        int left = std::numeric_limits<int>::max();
        int right = -1;  ///< the last one
        void add(int from, int to);
    };
    struct Segment {
        PixelPoint a{};
        PixelPoint b{};
        bool butt_a = false;
        bool butt_b = false;
    };
    void add_edge(PixelPoint a, PixelPoint b);
    void add_edge_in_row(int row, float from, float to, float height);
    void add_segment(const Segment& segment, float width);
    void blend(int row, int from, int to, int share, const PixelInk& ink);
    /// Strokes are drawn in blocks of pixels, the last of which may reach beyond the row.
    static constexpr int block_pixels = 8;
    int line_stride() const { return width_ + block_pixels; }
    template <typename Take>
    void take_fill(FillRule rule, const Take& take);

    std::span<std::uint32_t> pixels_;
    int width_;
    int top_;
    int height_;
    float levels_;
    std::vector<int> share_of_level_{};  ///< of 255
    std::vector<float> turns_{};  ///< how the winding changes from each pixel to the next; two spare a row
    std::vector<Extent> turned_{};
    std::vector<std::uint8_t> lines_{};  ///< level of each pixel; rows of line_stride()
    std::vector<Extent> lined_{};
    std::vector<std::uint8_t> clip_{};  ///< level of each pixel; empty: everything may be drawn on
};

}  // namespace wardmap
