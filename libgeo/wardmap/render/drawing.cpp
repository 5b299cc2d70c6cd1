#include "wardmap/render/drawing.hpp"

#include "wardmap/render/font_handle.hpp"
#include "wardmap/render/plain_text.hpp"
#include "wardmap/render/scene_bounds.hpp"
#include "wardmap/render/scene_check.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

namespace wardmap {
namespace {

/// Curves become lines that stray no farther than this from them, pixels.
constexpr double curve_tolerance = 0.05;
/// The same round letters, where nobody sees it and strokes are wide.
constexpr double halo_tolerance = 0.25;
/// Areas' borders bend only on this grid, pixels: what bends less cannot be seen, and neighbours agree on it.
constexpr float border_grid = 0.125F;

/// Which segments there were, whichever way they ran: by 64 bits made of their ends.
class SegmentSet {
public:
    explicit SegmentSet(std::size_t most) : slots_(std::bit_ceil(2 * most + 2)) {}

    /// \return whether it is new
    bool insert(PixelPoint a, PixelPoint b) {
        std::uint64_t one = bits(a);
        std::uint64_t other = bits(b);
        if (one > other) std::swap(one, other);
        // Multipliers of splitmix64; 0 marks an empty slot.
        std::uint64_t key = (one ^ one >> 31U) * 0xbf58476d1ce4e5b9U + other;
        key = (key ^ key >> 30U) * 0x94d049bb133111ebU;
        key = (key ^ key >> 31U) | 1U;
        std::size_t at = key >> 1U & (slots_.size() - 1);
        while (slots_[at] != 0 && slots_[at] != key) at = (at + 1) & (slots_.size() - 1);
        return std::exchange(slots_[at], key) == 0;
    }

private:
    static std::uint64_t bits(PixelPoint p) {
        return std::uint64_t{std::bit_cast<std::uint32_t>(p.x)} << 32U | std::bit_cast<std::uint32_t>(p.y);
    }
    std::vector<std::uint64_t> slots_;
};

PixelInk ink_of(const Color& color) {
    return {static_cast<std::uint32_t>(color.r << 16 | color.g << 8 | color.b),
            static_cast<int>(std::lround(std::clamp(color.opacity, 0.0, 1.0) * 255))};
}

}  // namespace

/// Walks through the scene once.
class Drawing::Flattener {
public:
    Flattener(Drawing& drawing, double scale) : drawing_(drawing), scale_(scale) {}

    void nodes(const std::vector<Node>& nodes) {
        for (const Node& node : nodes) std::visit(*this, node.content);
    }

    void operator()(const Group& group) {
        const auto [dx, dy] = std::pair(dx_, dy_);
        const bool outermost = group.overlap == ShapesOverlap::never && !is_coverage_;
        dx_ += group.dx;
        dy_ += group.dy;
        if (outermost) is_coverage_ = true;
        nodes(group.children);
        if (outermost) stroke_borders();
        std::tie(dx_, dy_) = std::pair(dx, dy);
    }

    void operator()(const Shape& shape) {
        if (!shape.fill && !shape.stroke) return;
        const std::size_t part = begin_part();
        std::visit(*this, shape.outline);
        end_part();
        if (shape.fill && !std::holds_alternative<LineShape>(shape.outline)) {
            fill(part, FillRule::even_odd, shape.fill->color);
            if (shape.fill->hatch) hatch(part, shape, *shape.fill->hatch);
        }
        if (!shape.stroke || !(shape.stroke->width_mm > 0)) return;
        if (!shape.stroke->dash_mm.empty()) {
            dashes(part, *shape.stroke);
        } else if (is_coverage_) {
            border(part, *shape.stroke);
        } else {
            stroke(part, shape.stroke->color, shape.stroke->width_mm);
        }
    }

    void operator()(const Text& text) {
        const std::string content = plain_text(text.text);
        const FontFile file = font_file_of(text.style);
        const ShapedText& shaped = wardmap::shape(content, file);
        if (text.halo) {
            tolerance_ = halo_tolerance;
            stroke(letters(text, shaped, file), *text.halo, halo_width_mm);
            tolerance_ = curve_tolerance;
        }
        fill(letters(text, shaped, file), FillRule::winding, text.color);
    }

    void operator()(const Path& outline) {
        path(outline, [&](double x, double y) { return at(x, y); });
    }
    void operator()(const RectShape& r) {
        add(at(r.x, r.y));
        add(at(r.x + r.width, r.y));
        add(at(r.x + r.width, r.y + r.height));
        add(at(r.x, r.y + r.height));
        close();
    }
    void operator()(const CircleShape& c) {
        const double radius = std::abs(c.radius);
        // A chord strays from its arc by r (1 - cos(a / 2)), or r a^2 / 8.
        const double step = std::sqrt(8 * curve_tolerance / std::max(radius * scale_, curve_tolerance));
        const int steps = std::max(8, static_cast<int>(std::ceil(2 * std::numbers::pi / step)));
        for (int i = 0; i < steps; ++i) {
            const double angle = 2 * std::numbers::pi * i / steps;
            add(at(c.cx + radius * std::cos(angle), c.cy + radius * std::sin(angle)));
        }
        close();
    }
    void operator()(const LineShape& l) {
        add(at(l.x1, l.y1));
        add(at(l.x2, l.y2));
        end_line();
    }

private:
    struct Borders {
        PixelInk ink{};
        float width = 0;
        std::vector<std::size_t> parts{};
    };

    PixelPoint at(double x, double y) const {
        PixelPoint p{static_cast<float>((dx_ + x) * scale_), static_cast<float>((dy_ + y) * scale_)};
        if (is_coverage_)
            p = {std::round(p.x / border_grid) * border_grid, std::round(p.y / border_grid) * border_grid};
        return p;
    }
    float width(double mm) const { return static_cast<float>(mm * scale_); }

    /// The outlines of the letters as one part.
    std::size_t letters(const Text& text, const ShapedText& shaped, const FontFile& file) {
        const double mm_per_unit = text.style.size_pt * mm_per_pt / loaded_font(file).units_per_em;
        const double share = text.anchor == TextAnchor::start    ? 0
                             : text.anchor == TextAnchor::middle ? 0.5
                                                                 : 1;
        double pen = -share * shaped.width;
        const std::size_t part = begin_part();
        for (const Glyph& glyph : shaped.glyphs) {
            const double x = text.x + (pen + glyph.dx) * mm_per_unit;
            const double y = text.y - glyph.dy * mm_per_unit;
            path(glyph_outline(glyph.id, file),
                 [&](double px, double py) { return at(x + px * mm_per_unit, y - py * mm_per_unit); });
            pen += glyph.advance;
        }
        end_part();
        return part;
    }

    // ---- lines and parts --------------------------------------------------------------------------------

    std::size_t begin_part() {
        drawing_.parts_.push_back({drawing_.starts_.size() - 1, 0, 0, 0});
        return drawing_.parts_.size() - 1;
    }
    void end_part() {
        Part& part = drawing_.parts_.back();
        part.end_line = drawing_.starts_.size() - 1;
        bool first = true;
        for (std::size_t i = drawing_.starts_[part.first_line]; i < drawing_.points_.size(); ++i) {
            const float y = drawing_.points_[i].y;
            part.top = first ? y : std::min(part.top, y);
            part.bottom = first ? y : std::max(part.bottom, y);
            first = false;
        }
    }
    void add(PixelPoint p) {
        const bool is_start = drawing_.points_.size() == drawing_.starts_.back();
        if (is_start || !(drawing_.points_.back() == p)) drawing_.points_.push_back(p);
    }
    void end_line() {
        if (drawing_.points_.size() > drawing_.starts_.back()) {
            // A line of no length is stroked as a dot.
            if (drawing_.points_.size() == drawing_.starts_.back() + 1) {
                const PixelPoint only = drawing_.points_.back();
                drawing_.points_.push_back(only);
            }
            drawing_.starts_.push_back(drawing_.points_.size());
        }
    }
    void close() {
        if (drawing_.points_.size() == drawing_.starts_.back()) return;
        const PixelPoint start = drawing_.points_[drawing_.starts_.back()];
        add(start);
        end_line();
    }

    template <typename Place>
    void path(const Path& outline, const Place& place) {
        auto point = outline.points.begin();
        PixelPoint start{};
        bool is_open = false;
        const auto open = [&] {
            if (!is_open) add(start);
            is_open = true;
        };
        for (const PathOp op : outline.ops) {
            switch (op) {
                case PathOp::move:
                    end_line();
                    start = place(point->first, point->second);
                    is_open = false;
                    break;
                case PathOp::line:
                    open();
                    add(place(point->first, point->second));
                    break;
                case PathOp::cubic:
                    open();
                    cubic(drawing_.points_.back(), place(point[0].first, point[0].second),
                          place(point[1].first, point[1].second), place(point[2].first, point[2].second));
                    break;
                case PathOp::close:
                    open();
                    close();
                    is_open = false;
                    break;
            }
            point += op == PathOp::cubic ? 3 : op == PathOp::close ? 0 : 1;
        }
        end_line();
    }

    void cubic(PixelPoint a, PixelPoint b, PixelPoint c, PixelPoint d) {
        const auto length = [](float x, float y) { return std::sqrt(x * x + y * y); };
        const double bend = std::max(length(a.x - 2 * b.x + c.x, a.y - 2 * b.y + c.y),
                                     length(b.x - 2 * c.x + d.x, b.y - 2 * c.y + d.y));
        // Wang's bound: a cubic cut into n equal steps strays by at most 6/8 bend / n^2.
        const int steps = std::max(1, static_cast<int>(std::ceil(std::sqrt(0.75 * bend / tolerance_))));
        for (int i = 1; i <= steps; ++i) {
            const float t = static_cast<float>(i) / static_cast<float>(steps);
            const float u = 1 - t;
            const std::array<float, 4> weight{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
            add({weight[0] * a.x + weight[1] * b.x + weight[2] * c.x + weight[3] * d.x,
                 weight[0] * a.y + weight[1] * b.y + weight[2] * c.y + weight[3] * d.y});
        }
    }

    // ---- marks ------------------------------------------------------------------------------------------

    void fill(std::size_t part, FillRule rule, const Color& color) {
        const PixelInk ink = ink_of(color);
        if (ink.opacity > 0) drawing_.marks_.push_back({Mark::Kind::fill, ink, rule, 0, {}, part, part + 1});
    }
    void stroke(std::size_t part, const Color& color, double width_mm, LineEnds ends = LineEnds::round) {
        const PixelInk ink = ink_of(color);
        if (ink.opacity > 0)
            drawing_.marks_.push_back({Mark::Kind::stroke, ink, {}, width(width_mm), ends, part, part + 1});
    }

    /// Lines clipped to the shape. They hang on the group's origin, as in SVG.
    void hatch(std::size_t part, const Shape& shape, const Fill::Hatch& hatch) {
        drawing_.marks_.push_back({Mark::Kind::clip, {}, FillRule::even_odd, 0, {}, part, part + 1});
        const SceneBounds bounds = bounds_of({Node{shape}}, 0, 0);
        const double angle = hatch.angle_deg * std::numbers::pi / 180;
        const double c = std::cos(angle);
        const double s = std::sin(angle);
        // Along the lines: (c, -s); across them: (s, c), y down.
        SceneBounds turned;
        for (const double x : {bounds.left, bounds.right}) {
            for (const double y : {bounds.top, bounds.bottom}) turned.add(x * c - y * s, x * s + y * c);
        }
        const std::size_t lines = begin_part();
        for (double across = (std::floor(turned.top / hatch.pitch_mm) + 0.5) * hatch.pitch_mm;
             across < turned.bottom + hatch.pitch_mm; across += hatch.pitch_mm) {
            add(at(turned.left * c + across * s, -turned.left * s + across * c));
            add(at(turned.right * c + across * s, -turned.right * s + across * c));
            end_line();
        }
        end_part();
        // Even without ink: the clip is taken back by the stroke that follows.
        drawing_.marks_.push_back({Mark::Kind::stroke,
                                   ink_of(hatch.line),
                                   {},
                                   width(hatch.width_mm),
                                   LineEnds::round,
                                   lines,
                                   lines + 1});
    }

    /// The strokes of areas that do not overlap are drawn after the last of their fills.
    void border(std::size_t part, const Stroke& stroke) {
        const PixelInk ink = ink_of(stroke.color);
        const float px = width(stroke.width_mm);
        const auto same = [&](const Borders& b) { return b.ink == ink && b.width == px; };
        auto found = std::find_if(borders_.begin(), borders_.end(), same);
        if (found == borders_.end()) found = borders_.insert(borders_.end(), {ink, px, {}});
        found->parts.push_back(part);
    }
    void stroke_borders() {
        is_coverage_ = false;
        for (const Borders& borders : std::exchange(borders_, {})) {
            const std::size_t first = drawing_.parts_.size();
            std::size_t most = 0;
            for (const std::size_t part : borders.parts) most += points_in(drawing_.parts_[part]);
            SegmentSet drawn(most);
            for (const std::size_t part : borders.parts) add_new_segments(drawing_.parts_[part], drawn);
            drawing_.marks_.push_back({Mark::Kind::stroke,
                                       borders.ink,
                                       {},
                                       borders.width,
                                       LineEnds::round,
                                       first,
                                       drawing_.parts_.size()});
        }
    }

    std::size_t points_in(const Part& part) const {
        return drawing_.starts_[part.end_line] - drawing_.starts_[part.first_line];
    }

    /// A part of what no area before it had of its border: two that meet share a border, drawn once.
    void add_new_segments(const Part of, SegmentSet& drawn) {
        begin_part();
        for (std::size_t i = of.first_line; i < of.end_line; ++i) {
            const std::size_t end = drawing_.starts_[i + 1];
            for (std::size_t p = drawing_.starts_[i]; p + 1 < end; ++p) {
                const PixelPoint from = drawing_.points_[p];
                const PixelPoint to = drawing_.points_[p + 1];
                if (!drawn.insert(from, to)) {
                    end_line();
                    continue;
                }
                if (drawing_.points_.size() == drawing_.starts_.back()) drawing_.points_.push_back(from);
                drawing_.points_.push_back(to);
            }
            end_line();
        }
        end_part();
    }

    /// The dashes of every line, counted from its start.
    void dashes(std::size_t solid, const Stroke& stroke) {
        std::vector<double> pattern;
        for (const double mm : stroke.dash_mm) pattern.push_back(mm * scale_);
        // As in SVG and PDF: an odd pattern is said twice.
        if (pattern.size() % 2 == 1) pattern.insert(pattern.end(), pattern.begin(), pattern.end());
        // A pattern too fine to be seen is a line.
        if (std::accumulate(pattern.begin(), pattern.end(), 0.0) < 0.25)
            return this->stroke(solid, stroke.color, stroke.width_mm);
        const Part of = drawing_.parts_[solid];
        const std::size_t part = begin_part();
        for (std::size_t i = of.first_line; i < of.end_line; ++i) {
            const std::span<const PixelPoint> line = drawing_.line(i);
            add_dashes({line.begin(), line.end()}, pattern);
        }
        end_part();
        this->stroke(part, stroke.color, stroke.width_mm, LineEnds::butt);
    }
    void add_dashes(const std::vector<PixelPoint>& line, const std::vector<double>& pattern) {
        std::size_t piece = 0;
        double left = pattern[0];
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            const double dx = line[i + 1].x - line[i].x;
            const double dy = line[i + 1].y - line[i].y;
            const double length = std::hypot(dx, dy);
            const auto point = [&](double along) {
                const double t = length > 0 ? along / length : 0;
                return PixelPoint{static_cast<float>(line[i].x + t * dx),
                                  static_cast<float>(line[i].y + t * dy)};
            };
            if (piece % 2 == 0) add(line[i]);
            double along = 0;
            while (left < length - along) {
                along += left;
                add(point(along));
                if (piece % 2 == 0) end_line();
                piece = (piece + 1) % pattern.size();
                left = pattern[piece];
            }
            left -= length - along;
        }
        if (piece % 2 == 0) add(line.back());
        end_line();
    }

    Drawing& drawing_;
    double scale_;
    double tolerance_ = curve_tolerance;
    double dx_ = 0;
    double dy_ = 0;
    bool is_coverage_ = false;
    std::vector<Borders> borders_{};
};

Drawing::Drawing(const Scene& scene, double scale) {
    Flattener(*this, scale).nodes(scene.nodes);
}

bool Drawing::reaches(const Part& part, const Mark& mark, int top, int height) {
    const float margin = mark.width / 2 + 1;
    return part.bottom + margin > static_cast<float>(top) &&
           part.top - margin < static_cast<float>(top + height);
}

/// Most halos of letters lie on ground of their own colour: looking there costs less than drawing them.
bool Drawing::is_seen(std::span<const PixelPoint> line, const Mark& mark, const RasterBand& band) {
    PixelPoint from = line.front();
    PixelPoint to = from;
    for (const PixelPoint p : line) {
        from = {std::min(from.x, p.x), std::min(from.y, p.y)};
        to = {std::max(to.x, p.x), std::max(to.y, p.y)};
    }
    const float margin = mark.width / 2 + 1;
    return !band.is_all(mark.ink, {from.x - margin, from.y - margin}, {to.x + margin, to.y + margin});
}

void Drawing::draw(RasterBand& band, int top, int height) const {
    for (std::size_t m = 0; m < marks_.size(); ++m) {
        const Mark& mark = marks_[m];
        bool any = false;
        for (std::size_t p = mark.first_part; p < mark.end_part; ++p) {
            const Part& part = parts_[p];
            if (!reaches(part, mark, top, height)) continue;
            if (mark.kind != Mark::Kind::stroke) {
                any = true;
                for (std::size_t i = part.first_line; i < part.end_line; ++i) band.add_ring(line(i));
                continue;
            }
            for (std::size_t i = part.first_line; i < part.end_line; ++i) {
                if (!is_seen(line(i), mark, band)) continue;
                any = true;
                band.add_line(line(i), mark.width, mark.ends);
            }
        }
        switch (mark.kind) {
            case Mark::Kind::fill:
                if (any) band.fill(mark.rule, mark.ink);
                break;
            case Mark::Kind::clip:
                if (any) {
                    band.clip(mark.rule);
                } else {
                    ++m;  // nothing of the stroke within it can be seen here
                }
                break;
            case Mark::Kind::stroke:
                if (any || (m > 0 && marks_[m - 1].kind == Mark::Kind::clip)) band.stroke(mark.ink);
                break;
        }
    }
}

}  // namespace wardmap
