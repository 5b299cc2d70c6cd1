#include "wardmap/render/svg.hpp"

#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/markup.hpp"
#include "wardmap/render/decimal_text.hpp"
#include "wardmap/render/plain_text.hpp"
#include "wardmap/render/scene_check.hpp"
#include "wardmap/render/web_fonts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

namespace wardmap {
namespace {

constexpr int place_decimals = 2;  // 0.01 mm, an eighth of a pixel at 300 dpi
constexpr int size_decimals = 3;
/// Outlines of more points than this, as of a country, are written in whole steps of a grid: a quarter of a
/// pixel of 0.1 mm. What bends less is dropped, and neighbours drop the same.
constexpr std::size_t most_fine_points = 100'000;
constexpr int grid_steps_a_mm = 40;
constexpr const char* grid_scale = "scale(.025)";

std::string escaped(std::string_view raw) {
    return escape_markup(plain_text(raw));
}

/// An id that any tool accepts: letters, digits, '-', '_', '.'; begins with a letter.
std::string id_text(std::string_view raw) {
    std::string id;
    for (const char c : raw) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '_' || c == '.' || c == '-';
        id += good ? c : '-';
    }
    const bool letter = !id.empty() && ((id[0] >= 'a' && id[0] <= 'z') || (id[0] >= 'A' && id[0] <= 'Z'));
    return letter ? id : "f" + id;
}

std::int64_t hundredths(double mm) {
    return scaled(mm, place_decimals);
}
std::int64_t grid_steps(double mm) {
    return scaled(mm * grid_steps_a_mm, 0);
}

/// The short text, then the long one; what the long one begins with is not said twice: "A is highest at 9."
/// goes before "A is highest at 9; the others range from 1 to 4."
std::string joined(const std::string& alt, const std::string& description) {
    std::size_t sentence = 0;
    while (sentence < alt.size()) {
        std::string_view rest = std::string_view(alt).substr(sentence);
        if (rest.back() == '.') rest.remove_suffix(1);
        if (!rest.empty() && description.compare(0, rest.size(), rest) == 0) break;
        const std::size_t end = alt.find(". ", sentence);
        sentence = end == std::string::npos ? alt.size() : end + 2;
    }
    if (sentence == 0) return description;
    const std::string first = alt.substr(0, sentence);
    return first.back() == ' ' ? first + description : first + " " + description;
}

/// How many points the outlines of areas side by side have; none if they are not all plain outlines.
std::optional<std::size_t> outline_points(const std::vector<Node>& nodes) {
    std::size_t points = 0;
    for (const Node& node : nodes) {
        if (const auto* group = std::get_if<Group>(&node.content)) {
            const std::optional<std::size_t> within = outline_points(group->children);
            if (!within || group->dx != 0 || group->dy != 0) return std::nullopt;
            points += *within;
            continue;
        }
        const auto* shape = std::get_if<Shape>(&node.content);
        const auto* path = shape != nullptr ? std::get_if<Path>(&shape->outline) : nullptr;
        if (path == nullptr || (shape->fill && shape->fill->hatch)) return std::nullopt;
        points += path->points.size();
    }
    return points;
}

using HatchKey = std::tuple<std::string, double, double, double, double>;

class Writer {
public:
    Writer(const Scene& scene, const SvgOptions& options)
        : scene_(scene), options_(options), prefix_(id_text(scene.id)) {}

    std::string write() {
        find_ids(scene_.nodes);
        open_root();
        out_ += "<rect width=\"" + size(scene_.width_mm) + "\" height=\"" + size(scene_.height_mm) +
                "\" fill=\"#fff\" aria-hidden=\"true\"/>\n";
        nodes(scene_.nodes);
        out_ += "</svg>\n";
        if (options_.fonts == SvgFonts::carried)
            out_.insert(style_at_, "<style>" + fonts_.css(carried_family()) + "</style>\n");
        return std::move(out_);
    }

    void operator()(const Group& group) {
        const bool is_link = group.role == Role::link && is_safe_link(group.target);
        const std::string tag = is_link ? "a" : "g";
        out_ += "<" + tag;
        if (is_link) attribute("href", link_target(group.target));
        if (!group.id.empty()) attribute("id", taken_id(prefix_ + "-" + id_text(group.id)));
        if (!group.code.empty()) attribute("data-code", group.code);
        const bool begins_grid = is_on_grid(group);
        const bool is_moved = group.dx != 0 || group.dy != 0;
        if (is_moved || begins_grid) {
            out_ += " transform=\"";
            if (is_moved) out_ += "translate(" + size(group.dx) + " " + size(group.dy) + ")";
            if (begins_grid) out_ += grid_scale;
            out_ += '"';
        }
        const bool interactive = options_.roles == SvgRoles::interactive;
        if (group.role == Role::decoration) {
            out_ += " aria-hidden=\"true\"";
        } else if (interactive && !group.label.empty()) {
            if (group.role == Role::area) out_ += " role=\"graphics-symbol\"";
            if (group.role == Role::layer) out_ += " role=\"group\"";
            attribute("aria-label", group.label);
        }
        out_ += ">";
        if (options_.place == SvgPlace::file && group.role == Role::area && !group.label.empty()) {
            out_ += "<title>" + escaped(group.label) + "</title>";
        }
        if (group.role != Role::area) out_ += '\n';
        if (begins_grid) {
            prepare_outlines(group.children);
            on_grid_ = true;
        }
        nodes(group.children);
        if (begins_grid) on_grid_ = false;
        out_ += "</" + tag + ">\n";
    }

    void operator()(const Shape& shape) {
        if (shape.fill && shape.fill->hatch) {
            // The colour and the lines are two shapes: a coloured pattern would show seams.
            const std::string pattern = hatch(*shape.fill->hatch);
            outline(shape, shape.fill->color, {}, false);
            outline(shape, std::nullopt, pattern, true);
        } else {
            outline(shape, shape.fill ? std::optional<Color>(shape.fill->color) : std::nullopt, {}, true);
        }
    }

    void operator()(const Text& text) {
        const std::string content = escaped(text.text);
        if (content.find_first_not_of(' ') == std::string::npos) return;
        if (options_.fonts == SvgFonts::carried) fonts_.use(plain_text(text.text), text.style);
        out_ += "<text x=\"" + place(text.x) + "\" y=\"" + place(text.y) + "\" font-size=\"" +
                size(text.style.size_pt * mm_per_pt) + "\"";
        if (text.style.weight == FontWeight::bold) out_ += " font-weight=\"bold\"";
        if (text.style.slant == FontSlant::italic) out_ += " font-style=\"italic\"";
        if (text.anchor == TextAnchor::middle) out_ += " text-anchor=\"middle\"";
        if (text.anchor == TextAnchor::end) out_ += " text-anchor=\"end\"";
        paint("fill", text.color);
        if (text.halo) {
            paint("stroke", *text.halo);
            out_ += " stroke-width=\"" + size(halo_width_mm) + "\" paint-order=\"stroke\"";
        }
        const bool has_edges = content.front() == ' ' || content.back() == ' ';
        if (has_edges || content.find("  ") != std::string::npos) out_ += " xml:space=\"preserve\"";
        out_ += ">" + content + "</text>\n";
    }

    void operator()(const Path& path) {
        out_ += "<path d=\"";
        if (on_grid_) {
            const Prepared& text = prepared_[next_prepared_++];
            out_.append(prepared_texts_[text.piece], text.start, text.size);
        } else {
            append_path_data(out_, path_room_, path, hundredths, place_decimals);
        }
        out_ += '"';
    }
    void operator()(const RectShape& r) {
        // A rectangle given from its far corner is the same rectangle.
        out_ += "<rect x=\"" + place(std::min(r.x, r.x + r.width)) + "\" y=\"" +
                place(std::min(r.y, r.y + r.height)) + "\" width=\"" + size(std::abs(r.width)) +
                "\" height=\"" + size(std::abs(r.height)) + "\"";
    }
    void operator()(const CircleShape& c) {
        out_ += "<circle cx=\"" + place(c.cx) + "\" cy=\"" + place(c.cy) + "\" r=\"" +
                size(std::abs(c.radius)) + "\"";
    }
    void operator()(const LineShape& l) {
        out_ += "<line x1=\"" + place(l.x1) + "\" y1=\"" + place(l.y1) + "\" x2=\"" + place(l.x2) +
                "\" y2=\"" + place(l.y2) + "\"";
    }

private:
    /// Characters that a path is written into, kept from path to path; what is in them is anything.
    class PathRoom {
    public:
        char* of(std::size_t size) {
            if (size > size_) {
                characters_ = std::make_unique_for_overwrite<char[]>(size);
                size_ = size;
            }
            return characters_.get();
        }

    private:
        std::unique_ptr<char[]> characters_{};
        std::size_t size_ = 0;
    };
    struct Prepared {
        std::size_t piece = 0;
        std::size_t start = 0;
        std::size_t size = 0;
    };

    static std::string place(double mm) {
        std::string out;
        append_decimal(out, mm, place_decimals);
        return out;
    }
    static std::string size(double value) {
        std::string out;
        append_decimal(out, value, size_decimals);
        return out;
    }

    /// A length within what is being written.
    std::string length(double mm) const { return size(on_grid_ ? mm * grid_steps_a_mm : mm); }

    bool is_on_grid(const Group& group) const {
        if (options_.place != SvgPlace::file || group.overlap != ShapesOverlap::never || on_grid_)
            return false;
        return outline_points(group.children).value_or(0) > most_fine_points;
    }

    void attribute(const char* name, std::string_view value) {
        out_ += ' ';
        out_ += name;
        out_ += "=\"" + escaped(value) + "\"";
    }

    void paint(const char* what, const Color& color) {
        out_ += ' ';
        out_ += what;
        out_ += "=\"" + hex(color) + "\"";
        if (color.opacity < 1) out_ += std::string(" ") + what + "-opacity=\"" + size(color.opacity) + "\"";
    }

    void find_ids(const std::vector<Node>& nodes) {
        for (const Node& node : nodes) {
            if (const auto* group = std::get_if<Group>(&node.content)) {
                if (!group->id.empty()) own_ids_.insert(prefix_ + "-" + id_text(group->id));
                find_ids(group->children);
            }
        }
    }

    /// "#id" of a group in this scene gets the scene's prefix; others lead elsewhere on the page.
    std::string link_target(const std::string& target) const {
        if (target.front() != '#') return target;
        const std::string own = prefix_ + "-" + id_text(target.substr(1));
        return "#" + (own_ids_.count(own) > 0 ? own : id_text(target.substr(1)));
    }

    std::string taken_id(const std::string& wish) {
        std::string id = wish;
        for (int n = 2; !taken_.insert(id).second; ++n) id = wish + "-" + std::to_string(n);
        return id;
    }

    void open_root() {
        const bool file = options_.place == SvgPlace::file;
        const std::string title = scene_.title.empty() ? spoken_name(scene_) : scene_.title;
        std::string description = spoken_name(scene_);
        if (file && !scene_.description.empty() && scene_.description != scene_.alt) {
            description = joined(scene_.alt, scene_.description);
        }
        if (file) out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        out_ += "<svg xmlns=\"http://www.w3.org/2000/svg\"";
        attribute("id", taken_id(prefix_));
        if (file) {
            out_ += " width=\"" + size(scene_.width_mm) + "mm\" height=\"" + size(scene_.height_mm) + "mm\"";
        } else {
            out_ += " width=\"100%\" style=\"max-width:" + size(scene_.width_mm) + "mm\"";
        }
        out_ += " viewBox=\"0 0 " + size(scene_.width_mm) + " " + size(scene_.height_mm) + "\"";
        out_ += options_.roles == SvgRoles::interactive ? " role=\"graphics-document\"" : " role=\"img\"";
        const std::string title_id = taken_id(prefix_ + "-title");
        const std::string desc_id = taken_id(prefix_ + "-desc");
        out_ += " aria-labelledby=\"" + title_id + " " + desc_id + "\"";
        out_ += " font-family=\"Arial, 'Liberation Sans', ";
        if (options_.fonts == SvgFonts::carried) out_ += "'" + carried_family() + "', ";
        out_ +=
            "Helvetica, sans-serif\" "
            "text-rendering=\"geometricPrecision\""
            " stroke-linecap=\"round\" stroke-linejoin=\"round\">\n";
        out_ += "<title id=\"" + title_id + "\">" + escaped(title) + "</title>\n";
        out_ += "<desc id=\"" + desc_id + "\">" + escaped(description) + "</desc>\n";
        style_at_ = out_.size();
    }

    /// Of this picture alone: a page may show several, each with letters of its own.
    std::string carried_family() const { return prefix_ + "-letters"; }

    void nodes(const std::vector<Node>& list) {
        for (const Node& node : list) std::visit(*this, node.content);
    }

    void outline(const Shape& shape, const std::optional<Color>& fill, const std::string& pattern,
                 bool with_stroke) {
        std::visit(*this, shape.outline);
        const bool is_line = std::holds_alternative<LineShape>(shape.outline);
        if (!pattern.empty()) {
            out_ += " fill=\"url(#" + pattern + ")\"";
        } else if (fill) {
            paint("fill", *fill);
        } else if (!is_line) {
            out_ += " fill=\"none\"";
        }
        const auto* path = std::get_if<Path>(&shape.outline);
        if (shape.fill && path != nullptr && has_parts(*path)) out_ += " fill-rule=\"evenodd\"";
        if (with_stroke && shape.stroke) stroke(*shape.stroke);
        out_ += "/>\n";
    }

    void stroke(const Stroke& stroke) {
        paint("stroke", stroke.color);
        out_ += " stroke-width=\"" + length(stroke.width_mm) + "\"";
        if (stroke.dash_mm.empty()) return;
        out_ += " stroke-linecap=\"butt\" stroke-dasharray=\"";
        for (std::size_t i = 0; i < stroke.dash_mm.size(); ++i) {
            if (i > 0) out_ += ' ';
            out_ += length(stroke.dash_mm[i]);
        }
        out_ += '"';
    }

    static bool has_parts(const Path& path) {
        int moves = 0;
        for (const PathOp op : path.ops) moves += op == PathOp::move ? 1 : 0;
        return moves > 1;
    }

    /// The id of the pattern; written where it is first needed.
    std::string hatch(const Fill::Hatch& hatch) {
        const HatchKey key{hex(hatch.line), hatch.line.opacity, hatch.width_mm, hatch.pitch_mm,
                           hatch.angle_deg};
        for (const auto& [known, id] : hatches_) {
            if (known == key) return id;
        }
        const std::string id = taken_id(prefix_ + "-hatch-" + std::to_string(hatches_.size() + 1));
        const std::string pitch = size(hatch.pitch_mm);
        out_ += "<pattern id=\"" + id + "\" width=\"" + pitch + "\" height=\"" + pitch +
                "\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(" + size(-hatch.angle_deg) +
                ")\"><path d=\"M0 " + size(hatch.pitch_mm / 2) + "h" + pitch + "\"";
        paint("stroke", hatch.line);
        out_ += " stroke-width=\"" + size(hatch.width_mm) + "\" stroke-linecap=\"butt\"/></pattern>\n";
        hatches_.emplace_back(key, id);
        return id;
    }

    /// Relative steps between rounded places, so that rounding never adds up; steps of nothing are left out.
    /// \param room  kept from path to path
    /// \param rounded  a place in whole units, `places` decimals of which are written
    template <typename Rounded>
    static void append_path_data(std::string& out, PathRoom& room, const Path& path, const Rounded& rounded,
                                 int places) {
        // A letter an operation; a blank and a number for either coordinate of a point.
        const std::size_t most = path.ops.size() + path.points.size() * 2 * (1 + longest_scaled);
        char* const start = room.of(most);
        char* to = start;
        bool behind_number = false;
        std::int64_t x = 0;
        std::int64_t y = 0;
        std::int64_t start_x = 0;
        std::int64_t start_y = 0;
        char last = 0;
        std::size_t at = 0;
        const auto number = [&](std::int64_t value) {
            *to = ' ';
            to += behind_number && value >= 0 ? 1 : 0;
            to = put_scaled(to, value, places);
            behind_number = true;
        };
        const auto command = [&](char c) {
            if (c == last) return;
            *to++ = c;
            last = c;
            behind_number = false;
        };
        for (const PathOp op : path.ops) {
            if (op == PathOp::close) {
                command('z');
                x = start_x;
                y = start_y;
                last = 0;
                continue;
            }
            const auto [px, py] = path.points[at];
            const std::int64_t nx = rounded(px);
            const std::int64_t ny = rounded(py);
            if (op == PathOp::move) {
                last = 0;
                command('M');
                number(nx);
                number(ny);
                start_x = nx;
                start_y = ny;
                ++at;
            } else if (op == PathOp::line) {
                ++at;
                if (nx == x && ny == y && last != 'M') continue;
                if (ny == y) {
                    command('h');
                    number(nx - x);
                } else if (nx == x) {
                    command('v');
                    number(ny - y);
                } else {
                    command('l');
                    number(nx - x);
                    number(ny - y);
                }
            } else {
                command('c');
                for (std::size_t i = at; i < at + 3; ++i) {
                    number(rounded(path.points[i].first) - x);
                    number(rounded(path.points[i].second) - y);
                }
                at += 3;
                x = rounded(path.points[at - 1].first);
                y = rounded(path.points[at - 1].second);
                continue;
            }
            x = nx;
            y = ny;
        }
        out.append(start, to);
    }

    /// The outlines of a group on the grid, in their order, written by several threads.
    void prepare_outlines(const std::vector<Node>& children) {
        std::vector<const Path*> paths;
        collect_paths(children, paths);
        constexpr std::size_t most_pieces = 16;
        const std::size_t pieces = std::min(paths.size(), most_pieces);
        prepared_texts_.assign(pieces, {});
        prepared_.assign(paths.size(), {});
        next_prepared_ = 0;
        in_parallel(pieces, options_.threads, [&](std::size_t piece) {
            PathRoom room;
            std::string& text = prepared_texts_[piece];
            for (std::size_t i = paths.size() * piece / pieces; i < paths.size() * (piece + 1) / pieces;
                 ++i) {
                const std::size_t start = text.size();
                append_path_data(text, room, *paths[i], grid_steps, 0);
                prepared_[i] = {piece, start, text.size() - start};
            }
        });
        constexpr std::size_t round_a_path = 150;
        std::size_t most = out_.size() + paths.size() * round_a_path;
        for (const std::string& text : prepared_texts_) most += text.size();
        out_.reserve(most);
    }
    static void collect_paths(const std::vector<Node>& nodes, std::vector<const Path*>& out) {
        for (const Node& node : nodes) {
            if (const auto* group = std::get_if<Group>(&node.content)) {
                collect_paths(group->children, out);
            } else {
                out.push_back(&std::get<Path>(std::get<Shape>(node.content).outline));
            }
        }
    }

    const Scene& scene_;
    const SvgOptions& options_;
    std::string prefix_;
    bool on_grid_ = false;  ///< within a group whose unit is a step of the grid
    std::string out_{};
    std::size_t style_at_ = 0;  ///< where the fonts go that are known at the end
    WebFonts fonts_{};
    PathRoom path_room_{};
    std::vector<std::string> prepared_texts_{};  ///< of the outlines on the grid
    std::vector<Prepared> prepared_{};           ///< where each of them is, in order
    std::size_t next_prepared_ = 0;
    std::set<std::string> taken_{};
    std::set<std::string> own_ids_{};
    std::vector<std::pair<HatchKey, std::string>> hatches_{};
};

}  // namespace

std::string to_svg(const Scene& scene, const SvgOptions& options) {
    check_scene(scene);
    return Writer(scene, options).write();
}

}  // namespace wardmap
