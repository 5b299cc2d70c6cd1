/// \file
/// A scene flattened for one resolution: lines in pixels, and in which order they are filled and stroked.
#pragma once

#include "wardmap/render/raster.hpp"
#include "wardmap/scene/scene.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmap {

class Drawing {
public:
    /// \param scale  pixels a mm
    Drawing(const Scene& scene, double scale);

    /// Draws what reaches into the band.
    /// \param top, height  of the band
    void draw(RasterBand& band, int top, int height) const;

private:
    /// Lines that belong together: the rings of an area, the letters of a text.
    struct Part {
        std::size_t first_line = 0;
        std::size_t end_line = 0;
        float top = 0;
        float bottom = 0;
    };
    struct Mark {
        enum class Kind : unsigned char { fill, clip, stroke };
        Kind kind = Kind::fill;
        PixelInk ink{};
        FillRule rule = FillRule::even_odd;
        float width = 0;  ///< of a stroke
        LineEnds ends = LineEnds::round;
        std::size_t first_part = 0;
        std::size_t end_part = 0;
    };
    class Flattener;

    std::span<const PixelPoint> line(std::size_t index) const {
        return {points_.data() + starts_[index], points_.data() + starts_[index + 1]};
    }
    static bool reaches(const Part& part, const Mark& mark, int top, int height);
    static bool is_seen(std::span<const PixelPoint> line, const Mark& mark, const RasterBand& band);

    std::vector<PixelPoint> points_{};
    std::vector<std::size_t> starts_{0};  ///< of each line's points; one more than lines
    std::vector<Part> parts_{};
    std::vector<Mark> marks_{};
};

}  // namespace wardmap
