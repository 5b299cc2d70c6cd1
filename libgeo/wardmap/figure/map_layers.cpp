#include "wardmap/figure/map_layers.hpp"

#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/transform.hpp"
#include "wardmap/figure/area_labels.hpp"
#include "wardmap/figure/map_marks.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/geometry/intersection.hpp"
#include "wardmap/geometry/label_point.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/simplify.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace wardmap {
namespace {

constexpr double window_margin = 0.04;  ///< of the areas' larger side, round them, where neighbours are drawn
constexpr double layer_tolerance_mm = 0.1;
constexpr double mostly = 0.5;  ///< this share of an area's surface inside, or more
constexpr std::size_t most_areas_listed = 12;
constexpr std::size_t most_overlays_listed = 8;
constexpr double along_border_mm = 0.6;  ///< lines of larger areas this near the map's own areas are drawn
constexpr double longest_piece_mm = 1.0;
constexpr double overlay_half_mm = 1.1;  ///< of its casing, and a little
constexpr double outline_half_mm = 0.6;
constexpr double locator_side_mm = 18;
constexpr double least_visible_mm = 2.0;  ///< smaller than this on the locator: a ring shows where it is
constexpr std::size_t most_locator_borders = 400;
constexpr Color locator_land{0xde, 0xdc, 0xd8, 1};
constexpr Color locator_own{0x12, 0x43, 0x6d, 1};

bool same_system(const AreaSet& layer, const AreaSet& areas) {
    return layer.crs() == areas.crs() || !layer.crs().known() || !areas.crs().known();
}

AreaSet in_system_of(const AreaSet& layer, const AreaSet& areas) {
    return same_system(layer, areas) ? layer : reproject(layer, areas.crs());
}

AreaSet chosen(const AreaSet& layer, const std::vector<std::size_t>& keep) {
    AreaSetParts parts;
    parts.crs = layer.crs();
    parts.whole = layer.whole();
    parts.noun = layer.noun();
    parts.source = layer.source();
    parts.attribution.assign(layer.attribution().begin(), layer.attribution().end());
    for (const std::size_t i : keep) {
        parts.codes.push_back(layer.codes()[i]);
        parts.names.push_back(layer.names()[i]);
        parts.shapes.push_back(layer.shapes()[i]);
        if (!layer.parents().empty()) parts.parents.push_back(layer.parents()[i]);
    }
    return AreaSet(std::move(parts));
}

/// The window in the layer's own coordinates, a little larger: so that of a country's areas only those near
/// the map are moved to its system.
Box window_in(const Box& window, const AreaSet& areas, const AreaSet& layer) {
    if (same_system(layer, areas)) return window;
    constexpr int steps = 8;
    const Transform back(areas.crs(), layer.crs());
    Box out;
    for (int i = 0; i <= steps; ++i) {
        const double t = static_cast<double>(i) / steps;
        const double x = std::lerp(window.min_x, window.max_x, t);
        const double y = std::lerp(window.min_y, window.max_y, t);
        for (const Point p :
             {Point{x, window.min_y}, Point{x, window.max_y}, Point{window.min_x, y}, Point{window.max_x, y}})
            out.add(back(p));
    }
    return out.grown(0.02 * std::max(out.width(), out.height()));
}

/// Areas of the layer that reach into the window, but for those the map itself shows.
AreaSet near_window(const AreaSet& layer, const AreaSet& areas, const Box& window, bool without_own) {
    const Box there = window_in(window, areas, layer);
    std::vector<std::size_t> keep;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        if (layer.shapes()[i].empty() || !layer.shapes()[i].box().overlaps(there)) continue;
        if (without_own && areas.index_of(layer.codes()[i]) != no_area) continue;
        keep.push_back(i);
    }
    return in_system_of(chosen(layer, keep), areas);
}

std::string outline_name(const MapOptions& options) {
    return options.outline_title.empty() ? "Larger areas" : options.outline_title;
}

struct ShareInside {
    std::string name{};
    double share = 0;
};

/// Areas at least half of whose surface lies in the overlaid one, largest share first.
std::vector<ShareInside> mostly_inside(const MultiPolygon& overlay, const AreaSet& areas) {
    std::vector<ShareInside> out;
    const Box box = overlay.box();
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const MultiPolygon& shape = areas.shapes()[i];
        const double whole = area_of(shape);
        if (whole <= 0 || !box.overlaps(shape.box())) continue;
        const double share = intersection_area(overlay, shape) / whole;
        if (share >= mostly) out.push_back({typographic(areas.names()[i]), share});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const ShareInside& a, const ShareInside& b) { return a.share > b.share; });
    return out;
}

/// "Mostly inside City centre, by share of surface: St Michael’s (82%) and Radford (51%)."; where the overlay
/// is made of whole areas "Inside IA1: Ash and Elm."
std::string inside_words(const AreaSet& overlay, const AreaSet& areas, std::vector<std::string>& log) {
    std::string out;
    std::size_t said = 0;
    for (std::size_t i = 0; i < overlay.size() && said < most_overlays_listed; ++i) {
        std::vector<ShareInside> inside;
        try {
            inside = mostly_inside(overlay.shapes()[i], areas);
        } catch (const GeometryError& error) {
            log.push_back(overlay.names()[i] + ": what lies inside is not known (" + error.what() + ")");
            continue;
        }
        if (inside.empty()) continue;
        ++said;
        std::vector<std::string> names;
        const auto percent = [](const ShareInside& one) { return std::floor(one.share * 100 + 1e-6); };
        const bool wholly =
            std::ranges::all_of(inside, [&](const ShareInside& one) { return percent(one) >= 100; });
        for (std::size_t k = 0; k < std::min(inside.size(), most_areas_listed); ++k)
            names.push_back(wholly ? inside[k].name
                                   : inside[k].name + " (" + with_thousands(percent(inside[k]), 0) + "%)");
        if (inside.size() > most_areas_listed)
            names.push_back(std::to_string(inside.size() - most_areas_listed) + " more");
        out += (out.empty() ? "" : " ") + std::string(wholly ? "Inside " : "Mostly inside ") +
               typographic(overlay.names()[i]) + (wholly ? ": " : ", by share of surface: ") +
               in_words(names) + ".";
    }
    return out;
}

/// Cuts a polyline to a box: layers reach over the map's edge, and must not run through the words.
void add_clipped(Path& path, std::span<const Point> ring, const Box& box) {
    bool open = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1];
        double from = 0;
        double to = 1;
        bool seen = true;
        const auto cut = [&](double start, double delta, double low, double high) {
            if (delta == 0) {
                seen = seen && start >= low && start <= high;
                return;
            }
            const double t1 = (low - start) / delta;
            const double t2 = (high - start) / delta;
            from = std::max(from, std::min(t1, t2));
            to = std::min(to, std::max(t1, t2));
        };
        cut(a.x, b.x - a.x, box.min_x, box.max_x);
        cut(a.y, b.y - a.y, box.min_y, box.max_y);
        if (!seen || from >= to) {
            open = false;
            continue;
        }
        const auto along = [&](double t) { return Point{std::lerp(a.x, b.x, t), std::lerp(a.y, b.y, t)}; };
        if (!open || from > 0) path.move_to(along(from).x, along(from).y);
        path.line_to(along(to).x, along(to).y);
        open = to >= 1;
    }
}

/// One side of a box as Sutherland and Hodgman (1974) cut a ring by it.
template <typename Inside, typename Cross>
std::vector<Point> cut_by(const std::vector<Point>& ring, Inside inside, Cross cross) {
    std::vector<Point> out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[(i + 1) % ring.size()];
        if (inside(a)) out.push_back(a);
        if (inside(a) != inside(b)) out.push_back(cross(a, b));
    }
    return out;
}

std::vector<Point> ring_in(std::span<const Point> ring, const Box& box) {
    std::vector<Point> out(ring.begin(), ring.end() - 1);
    const auto at_x = [](double x) {
        return [x](Point a, Point b) { return Point{x, std::lerp(a.y, b.y, (x - a.x) / (b.x - a.x))}; };
    };
    const auto at_y = [](double y) {
        return [y](Point a, Point b) { return Point{std::lerp(a.x, b.x, (y - a.y) / (b.y - a.y)), y}; };
    };
    out = cut_by(
        out, [&](Point p) { return p.x >= box.min_x; }, at_x(box.min_x));
    out = cut_by(
        out, [&](Point p) { return p.x <= box.max_x; }, at_x(box.max_x));
    out = cut_by(
        out, [&](Point p) { return p.y >= box.min_y; }, at_y(box.min_y));
    out = cut_by(
        out, [&](Point p) { return p.y <= box.max_y; }, at_y(box.max_y));
    if (!out.empty()) out.push_back(out.front());
    return out;
}

/// The part of a shape that lies in the box. Its rings may run along the box's edge twice, which neither
/// filling nor finding room for a name minds.
MultiPolygon part_in(const MultiPolygon& shape, const Box& box) {
    MultiPolygon out;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        bool any = false;
        for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
            if (shape.ring(r).size() < 4) continue;
            const std::vector<Point> ring = ring_in(shape.ring(r), box);
            if (ring.size() < 4) {
                if (r == shape.polygon_starts[p]) break;
                continue;
            }
            out.add_ring(ring);
            any = true;
        }
        if (any) out.end_polygon();
    }
    return out;
}

std::vector<MultiPolygon> shapes_on_page(const AreaSet& layer, const MapFrame& map) {
    std::vector<MultiPolygon> out;
    for (const MultiPolygon& shape : layer.shapes()) {
        MultiPolygon moved = shape;
        for (Point& p : moved.points) p = map.on_page(p);
        out.push_back(std::move(moved));
    }
    return simplify_shared(out, layer_tolerance_mm);
}

bool near_own(const MapFrame& map, std::span<const Box> boxes, Point p) {
    constexpr std::array<std::pair<double, double>, 5> round{{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}}};
    for (std::size_t i = 0; i < map.shapes.size(); ++i) {
        if (!boxes[i].grown(along_border_mm).contains(p)) continue;
        for (const auto& [dx, dy] : round) {
            const Point q{p.x + dx * along_border_mm, p.y + dy * along_border_mm};
            if (boxes[i].contains(q) && contains(map.shapes[i], q)) return true;
        }
    }
    return false;
}

/// The ring's pieces that run through or along the map's own areas.
void add_own_pieces(Path& path, std::span<const Point> ring, const MapFrame& map,
                    std::span<const Box> boxes) {
    bool open = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1];
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        const int pieces = std::max(1, static_cast<int>(std::ceil(length / longest_piece_mm)));
        for (int k = 0; k < pieces; ++k) {
            const double from = static_cast<double>(k) / pieces;
            const double to = static_cast<double>(k + 1) / pieces;
            const double middle = (from + to) / 2;
            const bool seen =
                near_own(map, boxes, {std::lerp(a.x, b.x, middle), std::lerp(a.y, b.y, middle)});
            if (seen && !open) path.move_to(std::lerp(a.x, b.x, from), std::lerp(a.y, b.y, from));
            if (seen) path.line_to(std::lerp(a.x, b.x, to), std::lerp(a.y, b.y, to));
            open = seen;
        }
    }
}

bool lies_on_own(const MapFrame& map, const Box& box) {
    constexpr int steps = 6;
    for (const MultiPolygon& shape : map.shapes) {
        if (shape.empty() || !shape.box().overlaps(box)) continue;
        for (int i = 0; i <= steps; ++i) {
            for (const double t : {0.0, 0.5, 1.0}) {
                const Point p{box.min_x + box.width() * i / steps, box.min_y + box.height() * t};
                if (contains(shape, p)) return true;
            }
        }
    }
    return false;
}

bool free_of(std::span<const Box> taken, const Box& box) {
    return std::none_of(taken.begin(), taken.end(), [&](const Box& t) { return t.overlaps(box); });
}

}  // namespace

std::string overlay_name(const MapOptions& options) {
    return options.overlay_title.empty() ? "Impact areas" : options.overlay_title;
}

ProjectedAreas with_window(ProjectedAreas projected, const MapOptions& options) {
    if (!options.context || options.context->size() == 0) return projected;
    const Box box = projected.areas.box();
    projected.window = box.grown(window_margin * std::max(box.width(), box.height()));
    projected.framed = true;
    return projected;
}

MapLayers layers_for(const ProjectedAreas& projected, const MapOptions& options) {
    MapLayers out;
    const AreaSet& areas = projected.areas;
    const auto say_from = [&](const std::string& title, const AreaSet& layer) {
        std::string note = title + ": outlines from " + layer.source();
        if (!layer.vintage().empty()) note += " (" + layer.vintage() + ")";
        if (!layer.source().empty()) out.notes.push_back(note + ".");
    };
    const auto carry = [&](const AreaSet& layer) {
        for (const std::string& line : layer.attribution()) {
            if (std::find(out.attribution.begin(), out.attribution.end(), line) == out.attribution.end())
                out.attribution.push_back(line);
        }
    };
    if (options.overlay && options.overlay->size() > 0) {
        out.overlay = in_system_of(*options.overlay, areas);
        const auto many = [&](OverlayLook look) {
            return static_cast<std::size_t>(
                std::count(options.overlay_looks.begin(), options.overlay_looks.end(), look));
        };
        const std::size_t solid = many(OverlayLook::solid);
        if (solid > 0) out.lines.push_back({overlay_name(options), LineLook::overlay_solid});
        if (solid < out.overlay.size())
            out.lines.push_back({many(OverlayLook::dashed) > 0 && !options.overlay_dashed_title.empty()
                                     ? options.overlay_dashed_title
                                     : overlay_name(options),
                                 LineLook::overlay});
        out.description = inside_words(out.overlay, areas, out.log);
        say_from(overlay_name(options), *options.overlay);
        carry(*options.overlay);
    }
    for (const MapSpots& spots : options.spots)
        if (!spots.codes.empty())
            out.lines.push_back({spots.title, spots.filled ? LineLook::spot : LineLook::ring});
    if (options.outlines && options.outlines->size() > 0) {
        out.outlines = near_window(*options.outlines, areas, projected.window, false);
        if (out.outlines.size() > 0)
            out.lines.push_back({outline_name(options), LineLook::outline});
        else
            out.log.push_back(outline_name(options) + ": none reaches into the map, none is drawn");
        carry(*options.outlines);
    }
    if (options.context && options.context->size() > 0) {
        out.context = near_window(*options.context, areas, projected.window, true);
        if (out.context.size() == 0)
            out.log.push_back("neighbours: none reaches into the map, none is drawn");
        carry(*options.context);
    }
    if (options.locator) carry(*options.locator);
    return out;
}

void draw_context(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                  const std::string& prefix) {
    if (layers.context.size() == 0) return;
    Group out = map_decoration(prefix + "context");
    Path lines;
    for (const MultiPolygon& shape : shapes_on_page(layers.context, map)) {
        const Path path = path_of(part_in(shape, window));
        if (path.ops.empty()) continue;
        out.children.push_back(node(Shape{path, Fill{ink_context, {}}, {}}));
        for (std::size_t r = 0; r < shape.ring_count(); ++r) add_clipped(lines, shape.ring(r), window);
    }
    if (!lines.ops.empty())
        out.children.push_back(node(Shape{std::move(lines), {}, Stroke{ink_white, area_border_mm, {}}}));
    out.children.push_back(node(Shape{RectShape{window.min_x, window.min_y, window.width(), window.height()},
                                      {},
                                      Stroke{ink_grid, grid_line_mm, {}}}));
    into.children.push_back(node(std::move(out)));
}

void draw_context_names(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                        std::span<const Box> taken, Theme theme, const TextMeasure& measure,
                        std::vector<PlacedLabel>& placed) {
    if (layers.context.size() == 0) return;
    std::vector<MultiPolygon> shapes;
    std::vector<LabelRequest> requests;
    const TextStyle style = italic(type_sizes(theme).value);
    for (const MultiPolygon& shape : shapes_on_page(layers.context, map))
        shapes.push_back(part_in(shape, window.grown(-0.6)));
    for (const std::string& name : layers.context.names()) {
        LabelRequest request;
        request.name = typographic(name);
        request.name_style = style;
        requests.push_back(std::move(request));
    }
    LabelRules rules;
    rules.most_leaders = 0;
    rules.most_numbers = 0;
    Group names = map_layer("context-names", "Neighbours");
    std::vector<Box> full(taken.begin(), taken.end());
    const std::vector<AreaLabel> labels = place_area_labels(shapes, requests, rules, measure);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const AreaLabel& label = labels[i];
        if (label.place != LabelPlace::inside || !free_of(full, label.box) || lies_on_own(map, label.box))
            continue;
        for (const LabelLinePlaced& line : label.lines)
            add_text(names, line.text, line.x, line.baseline, line.style, TextAnchor::start, ink_secondary);
        full.push_back(label.box.grown(0.4));
        placed.push_back({.text = requests[i].name, .box = label.box});
    }
    if (!names.children.empty()) into.children.push_back(node(std::move(names)));
}

void draw_outlines(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                   const std::string& prefix) {
    if (layers.outlines.size() == 0) return;
    std::vector<Box> boxes;
    for (const MultiPolygon& shape : map.shapes) boxes.push_back(shape.box());
    Path path;
    for (const MultiPolygon& shape : shapes_on_page(layers.outlines, map)) {
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            if (layers.context.size() > 0)
                add_clipped(path, shape.ring(r), window);
            else
                add_own_pieces(path, shape.ring(r), map, boxes);
        }
    }
    if (path.ops.empty()) return;
    Group out = map_decoration(prefix + "larger-areas");
    draw_outline_line(out, path);
    into.children.push_back(node(std::move(out)));
}

void draw_overlay(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                  const MapOptions& options, const std::string& prefix) {
    if (layers.overlay.size() == 0) return;
    Group lines = map_layer(prefix + "overlay", overlay_name(options));
    for (std::size_t i = 0; i < layers.overlay.size(); ++i) {
        const MultiPolygon& shape = layers.overlay.shapes()[i];
        Path path;
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            std::vector<Point> ring;
            for (const Point p : shape.ring(r)) ring.push_back(map.on_page(p));
            add_clipped(path, ring, window);
        }
        if (!path.ops.empty())
            draw_overlay_line(
                lines, path,
                i < options.overlay_looks.size() ? options.overlay_looks[i] : OverlayLook::dashed);
    }
    into.children.push_back(node(std::move(lines)));
}

std::vector<Box> draw_spots(Group& into, const AreaSet& areas, const MapFrame& map, const MapOptions& options,
                            const std::string& prefix) {
    Group marks = map_decoration(prefix + "spots");
    std::vector<Box> boxes;
    for (const MapSpots& spots : options.spots)
        for (const std::string& code : spots.codes) {
            const AreaIndex area = areas.index_of(code);
            if (area == no_area) continue;
            const Point at = map.on_page(visual_centre(areas.shapes()[static_cast<std::size_t>(area)], 10));
            draw_spot(marks, at.x, at.y, spots.filled);
            constexpr double reach = 1.3;
            boxes.push_back({at.x - reach, at.y - reach, at.x + reach, at.y + reach});
        }
    if (!marks.children.empty()) into.children.push_back(node(std::move(marks)));
    return boxes;
}

void draw_overlay_names(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                        std::span<const Box> taken, Theme theme, const TextMeasure& measure,
                        std::vector<PlacedLabel>& placed, std::vector<std::string>& log) {
    const TextStyle style = bold(type_sizes(theme).label);
    std::vector<Box> full(taken.begin(), taken.end());
    Group names = map_layer("overlay-names", "Names of outlines");
    for (std::size_t i = 0; i < layers.overlay.size(); ++i) {
        std::vector<Point> points;
        for (const Point p : layers.overlay.shapes()[i].points) points.push_back(map.on_page(p));
        const bool seen =
            std::any_of(points.begin(), points.end(), [&](Point p) { return window.contains(p); });
        if (!seen) {
            log.push_back(layers.overlay.names()[i] + ": outside the map, not named");
            continue;
        }
        const std::string name = typographic(layers.overlay.names()[i]);
        const double half_width = measure.width_mm(name, style) / 2 + 0.9;
        const double height = style.size_pt * mm_per_pt;
        // Top, bottom, right and left of the outline first, then any corner of it.
        std::vector<Point> spots(points);
        const auto by = [&](auto less) { return *std::min_element(points.begin(), points.end(), less); };
        const std::array<Point, 4> ends{
            by([](Point a, Point b) { return a.y < b.y; }), by([](Point a, Point b) { return a.y > b.y; }),
            by([](Point a, Point b) { return a.x > b.x; }), by([](Point a, Point b) { return a.x < b.x; })};
        spots.insert(spots.begin(), ends.begin(), ends.end());
        bool named = false;
        for (const Point spot : spots) {
            const Box box{spot.x - half_width, spot.y - height * 0.62, spot.x + half_width,
                          spot.y + height * 0.62};
            const bool inside = box.min_x >= window.min_x && box.max_x <= window.max_x &&
                                box.min_y >= window.min_y && box.max_y <= window.max_y;
            if (!inside || !free_of(full, box)) continue;
            add_rect(names, box.min_x, box.min_y, box.width(), box.height(), ink_white);
            add_text(names, name, spot.x, spot.y + height * 0.36, style, TextAnchor::middle);
            full.push_back(box.grown(0.4));
            placed.push_back({.text = name, .box = box});
            named = true;
            break;
        }
        if (!named) log.push_back(layers.overlay.names()[i] + ": no room for its name on the map");
    }
    if (!names.children.empty()) into.children.push_back(node(std::move(names)));
}

std::vector<Box> line_boxes(const MapLayers& layers, const MapFrame& map) {
    std::vector<Box> out;
    const Box page = Box{0, 0, map.width_mm, map.height_mm}.grown(2);
    const auto add = [&](const AreaSet& layer, double half_width) {
        for (const MultiPolygon& shape : shapes_on_page(layer, map)) {
            for (std::size_t r = 0; r < shape.ring_count(); ++r) {
                const auto ring = shape.ring(r);
                for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                    const double length = std::hypot(ring[i + 1].x - ring[i].x, ring[i + 1].y - ring[i].y);
                    const int pieces = std::max(1, static_cast<int>(std::ceil(length / longest_piece_mm)));
                    for (int k = 0; k < pieces; ++k) {
                        Box box;
                        for (const int end : {k, k + 1}) {
                            const double t = static_cast<double>(end) / pieces;
                            box.add(Point{std::lerp(ring[i].x, ring[i + 1].x, t),
                                          std::lerp(ring[i].y, ring[i + 1].y, t)});
                        }
                        if (page.overlaps(box)) out.push_back(box.grown(half_width));
                    }
                }
            }
        }
    };
    add(layers.overlay, overlay_half_mm);
    add(layers.outlines, outline_half_mm);
    return out;
}

LegendBlock locator_map(const ProjectedAreas& projected, const MapFrame& map, const AreaSet& around,
                        LocatorWords shown, Theme theme, const TextMeasure& measure) {
    LegendBlock out;
    ProjectedAreas wide;
    wide.areas = in_system_of(around, projected.areas);
    wide.window = wide.areas.box();
    wide.window.add(projected.areas.box());
    if (wide.window.empty()) return out;
    const double grown = type_sizes(theme).label / 9;
    const double side = locator_side_mm * grown;
    const double aspect = wide.window.height() / std::max(wide.window.width(), 1e-9);
    const MapFrame frame = fit_map(wide, aspect > 1 ? side / aspect : side);

    const std::string& whole = projected.areas.whole();
    const std::string words = whole.empty() ? "Where the map lies" : "Where " + typographic(whole) + " lies";
    out.group = map_layer("locator", words);
    Path land = frame.outline;
    out.group.children.push_back(node(Shape{land, Fill{locator_land, {}}, {}}));
    if (wide.areas.size() <= most_locator_borders) {
        for (const MultiPolygon& shape : frame.shapes) {
            const Path path = path_of(shape);
            if (!path.ops.empty())
                out.group.children.push_back(
                    node(Shape{path, Fill{locator_land, {}}, Stroke{ink_white, grid_line_mm, {}}}));
        }
    }
    out.group.children.push_back(node(Shape{std::move(land), {}, Stroke{ink_base, grid_line_mm, {}}}));

    // The map's own outline again, without points that cannot be told apart at this size.
    constexpr double least_step_mm = 0.1;
    Path own;
    Box box;
    std::size_t at = 0;
    Point last{};
    for (const PathOp op : map.outline.ops) {
        if (op == PathOp::close) {
            own.close();
            continue;
        }
        const auto& [x, y] = map.outline.points[at++];
        const Point p =
            frame.on_page({map.origin.x + x / map.mm_per_unit, map.origin.y - y / map.mm_per_unit});
        box.add(p);
        if (op == PathOp::move)
            own.move_to(p.x, p.y);
        else if (std::hypot(p.x - last.x, p.y - last.y) >= least_step_mm)
            own.line_to(p.x, p.y);
        else
            continue;
        last = p;
    }
    out.group.children.push_back(node(Shape{std::move(own), Fill{locator_own, {}}, {}}));
    if (std::max(box.width(), box.height()) < least_visible_mm) {
        out.group.children.push_back(node(Shape{CircleShape{box.center().x, box.center().y, least_visible_mm},
                                                {},
                                                Stroke{ink_text, base_line_mm, {}}}));
    }
    out.width_mm = frame.width_mm;
    out.height_mm = frame.height_mm;
    if (shown == LocatorWords::no) return out;
    const TextStyle small = regular(type_sizes(theme).note);
    const double text_width = measure.width_mm(words, small);
    out.width_mm = std::max(frame.width_mm, text_width);
    const double base = frame.height_mm + 1.2 + cap_height * small.size_pt * mm_per_pt;
    add_text(out.group, words, 0, base, small, TextAnchor::start, ink_secondary);
    out.height_mm = base + 0.8;
    return out;
}

LegendBlock with_locator(LegendBlock legend, const LegendBlock& locator) {
    if (locator.height_mm <= 0) return legend;
    constexpr double gap = 3;
    Group below = locator.group;
    below.dy = legend.height_mm + gap;
    legend.group.children.push_back(node(std::move(below)));
    legend.height_mm += gap + locator.height_mm;
    legend.width_mm = std::max(legend.width_mm, locator.width_mm);
    return legend;
}

}  // namespace wardmap
