#include "wardmap/render/png.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/render/cairo_handle.hpp"
#include "wardmap/render/font_handle.hpp"
#include "wardmap/render/plain_text.hpp"
#include "wardmap/render/png_encode.hpp"
#include "wardmap/render/scene_check.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace wardmap {
namespace {

constexpr int most_pixels = 32767;  // Cairo's
constexpr double fine_dpi = 200;

/// Draws in mm; the caller has set the scale.
class Painter {
public:
    Painter(cairo_t* cr, double dpi) : cr_(cr) {
        // Seventeen levels of an edge look the same in print and leave few enough colours for a palette.
        if (dpi >= fine_dpi) cairo_set_antialias(cr_, CAIRO_ANTIALIAS_FAST);
        cairo_set_line_join(cr_, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
    }

    void nodes(const std::vector<Node>& nodes) {
        for (const Node& node : nodes) std::visit(*this, node.content);
    }

    void operator()(const Group& group) {
        const CairoSaved saved(cr_);
        cairo_translate(cr_, group.dx, group.dy);
        nodes(group.children);
    }

    void operator()(const Shape& shape) {
        cairo_new_path(cr_);
        std::visit(*this, shape.outline);
        if (shape.fill && !std::holds_alternative<LineShape>(shape.outline)) {
            cairo_set_fill_rule(cr_, CAIRO_FILL_RULE_EVEN_ODD);
            ink(shape.fill->color);
            cairo_fill_preserve(cr_);
            if (shape.fill->hatch) hatch(*shape.fill->hatch);
        }
        if (shape.stroke) stroke(*shape.stroke);
        cairo_new_path(cr_);
    }

    void operator()(const Text& text) {
        const std::string content = plain_text(text.text);
        const FontFile file = font_file_of(text.style);
        const ShapedText shaped = shape(content, file);
        const double mm_per_unit = text.style.size_pt * mm_per_pt / loaded_font(file).units_per_em;
        const double share = text.anchor == TextAnchor::start    ? 0
                             : text.anchor == TextAnchor::middle ? 0.5
                                                                 : 1;
        double pen = -share * shaped.width;
        cairo_new_path(cr_);
        for (const Glyph& glyph : shaped.glyphs) {
            letter(glyph_outline(glyph.id, file), text.x + (pen + glyph.dx) * mm_per_unit,
                   text.y - glyph.dy * mm_per_unit, mm_per_unit);
            pen += glyph.advance;
        }
        if (text.halo) {
            ink(*text.halo);
            cairo_set_line_width(cr_, halo_width_mm);
            cairo_stroke_preserve(cr_);
        }
        cairo_set_fill_rule(cr_, CAIRO_FILL_RULE_WINDING);
        ink(text.color);
        cairo_fill(cr_);
    }

    void operator()(const Path& path) {
        auto point = path.points.begin();
        for (const PathOp op : path.ops) {
            switch (op) {
                case PathOp::move:
                    cairo_move_to(cr_, point->first, point->second);
                    break;
                case PathOp::line:
                    cairo_line_to(cr_, point->first, point->second);
                    break;
                case PathOp::cubic:
                    cairo_curve_to(cr_, point[0].first, point[0].second, point[1].first, point[1].second,
                                   point[2].first, point[2].second);
                    break;
                case PathOp::close:
                    cairo_close_path(cr_);
                    break;
            }
            point += op == PathOp::cubic ? 3 : op == PathOp::close ? 0 : 1;
        }
    }
    void operator()(const RectShape& r) { cairo_rectangle(cr_, r.x, r.y, r.width, r.height); }
    void operator()(const CircleShape& c) {
        cairo_arc(cr_, c.cx, c.cy, std::abs(c.radius), 0, 2 * std::numbers::pi);
        cairo_close_path(cr_);
    }
    void operator()(const LineShape& l) {
        cairo_move_to(cr_, l.x1, l.y1);
        cairo_line_to(cr_, l.x2, l.y2);
    }

private:
    void ink(const Color& color) {
        cairo_set_source_rgba(cr_, color.r / 255.0, color.g / 255.0, color.b / 255.0, color.opacity);
    }

    void stroke(const Stroke& stroke) {
        ink(stroke.color);
        cairo_set_line_width(cr_, stroke.width_mm);
        const bool dashed = !stroke.dash_mm.empty();
        cairo_set_dash(cr_, stroke.dash_mm.data(), static_cast<int>(stroke.dash_mm.size()), 0);
        if (dashed) cairo_set_line_cap(cr_, CAIRO_LINE_CAP_BUTT);
        cairo_stroke_preserve(cr_);
        if (dashed) {
            cairo_set_dash(cr_, nullptr, 0, 0);
            cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
        }
    }

    /// Lines inside the current path, which is kept. They hang on the origin, as in SVG.
    void hatch(const Fill::Hatch& hatch) {
        cairo_path_t* const outline = cairo_copy_path(cr_);
        {
            const CairoSaved saved(cr_);
            cairo_clip(cr_);
            cairo_rotate(cr_, -hatch.angle_deg * std::numbers::pi / 180);
            double left = 0;
            double top = 0;
            double right = 0;
            double bottom = 0;
            cairo_clip_extents(cr_, &left, &top, &right, &bottom);
            const double pitch = hatch.pitch_mm;
            for (double y = (std::floor(top / pitch) + 0.5) * pitch; y < bottom + pitch; y += pitch) {
                cairo_move_to(cr_, left, y);
                cairo_line_to(cr_, right, y);
            }
            ink(hatch.line);
            cairo_set_line_width(cr_, hatch.width_mm);
            cairo_stroke(cr_);
        }
        cairo_append_path(cr_, outline);
        cairo_path_destroy(outline);
    }

    void letter(const Path& outline, double x, double y, double mm_per_unit) {
        auto point = outline.points.begin();
        const auto px = [&](std::ptrdiff_t i) { return x + point[i].first * mm_per_unit; };
        const auto py = [&](std::ptrdiff_t i) { return y - point[i].second * mm_per_unit; };
        for (const PathOp op : outline.ops) {
            switch (op) {
                case PathOp::move:
                    cairo_move_to(cr_, px(0), py(0));
                    break;
                case PathOp::line:
                    cairo_line_to(cr_, px(0), py(0));
                    break;
                case PathOp::cubic:
                    cairo_curve_to(cr_, px(0), py(0), px(1), py(1), px(2), py(2));
                    break;
                case PathOp::close:
                    cairo_close_path(cr_);
                    break;
            }
            point += op == PathOp::cubic ? 3 : op == PathOp::close ? 0 : 1;
        }
    }

    cairo_t* cr_;
};

int pixels(double mm, double dpi, const Scene& scene) {
    const double count = std::round(mm / 25.4 * dpi);
    if (count > most_pixels) {
        throw OutputError("the picture '" + scene.id + "' would be " + std::to_string(std::lround(count)) +
                              " px wide or high, more than 32,767",
                          {}, "choose fewer dots per inch, or write SVG or PDF");
    }
    return std::max(1, static_cast<int>(count));
}

void check_status(cairo_status_t status, const Scene& scene) {
    if (status != CAIRO_STATUS_SUCCESS) {
        throw OutputError("the picture '" + scene.id +
                          "' cannot be drawn: " + cairo_status_to_string(status));
    }
}

}  // namespace

std::string to_png(const Scene& scene, const PngOptions& options) {
    check_scene(scene);
    if (!(options.dpi >= 36 && options.dpi <= 2400)) {
        throw UsageError("a picture has 36 to 2400 dots per inch", {}, "leave it out for 300");
    }
    const int width = pixels(scene.width_mm, options.dpi, scene);
    const int height = pixels(scene.height_mm, options.dpi, scene);
    const CairoSurface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    check_status(cairo_surface_status(surface.get()), scene);
    const Cairo cr(cairo_create(surface.get()));
    cairo_set_source_rgb(cr.get(), 1, 1, 1);
    cairo_paint(cr.get());
    cairo_scale(cr.get(), options.dpi / 25.4, options.dpi / 25.4);
    Painter(cr.get(), options.dpi).nodes(scene.nodes);
    check_status(cairo_status(cr.get()), scene);
    cairo_surface_flush(surface.get());
    const PixelView view{cairo_image_surface_get_data(surface.get()), width, height,
                         cairo_image_surface_get_stride(surface.get())};
    return png_bytes(view, options.dpi,
                     {{"Title", plain_text(scene.title)}, {"Description", plain_text(spoken_name(scene))}});
}

}  // namespace wardmap
