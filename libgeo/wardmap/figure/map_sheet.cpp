#include "wardmap/figure/map_sheet.hpp"

#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

constexpr double clear_of_areas_mm = 4.0;  ///< key and scale bar keep this far from the areas
constexpr double column_gap_mm = 7.0;      ///< between key and text
constexpr double text_gap_mm = 3.2;        ///< above notes
constexpr double least_text_mm = 58;       ///< a column of notes is no narrower
constexpr double widest_legend_mm = 66;
constexpr double least_map_share =
    0.3;  ///< of the slot's width; under it the page grows beyond the slot instead
constexpr double least_map_mm = 42;
constexpr double cramped_share = 0.75;  ///< a map under this share of the slot's width tries a shorter key
/// Where the names in one line each would cover the map this many times, none is put on it.
constexpr double crowded = 4;
constexpr double least_key_share = 0.75;  ///< a key of numbers may not shrink the map below this

/// Where the parts stand, in page coordinates.
struct Plan {
    double map_width = 0;
    Point map_at{};
    Point legend_at{};
    Point bar_at{};
    LegendBlock bar{};
    TextColumn text{};
    double bottom = 0;
};

enum class Arrangement : unsigned char { key_right, key_left, key_top_right, key_top_left, below, beside };

class Planner {
public:
    Planner(const ProjectedAreas& projected, const Silhouette& silhouette, const Frame& frame,
            const LegendBlock& legend, const MapOptions& options, const TextMeasure& measure)
        : projected_(projected),
          silhouette_(silhouette),
          frame_(frame),
          legend_(legend),
          slot_(slot_size(options.figure.slot)),
          theme_(options.figure.theme),
          measure_(measure) {}

    Plan best() {
        Plan best;
        for (const Arrangement way :
             {Arrangement::key_right, Arrangement::key_left, Arrangement::key_top_right,
              Arrangement::key_top_left, Arrangement::below, Arrangement::beside}) {
            const double text_width = text_width_of(way);
            if (text_width < least_text_mm && way != Arrangement::below) continue;
            const double text_height = frame_.column_mm(text_width);
            const double widest =
                way == Arrangement::beside ? slot_.width_mm - text_width - column_gap_mm : slot_.width_mm;
            const double least = std::min(widest, std::max(least_map_mm, least_map_share * slot_.width_mm));
            for (double w = widest; w >= least; w *= 0.985) {
                const std::optional<Plan> plan = at(way, w, text_width, text_height);
                if (!plan) continue;
                const bool last = w * 0.985 < least;
                if (plan->bottom > slot_.most_height_mm && !last) continue;
                const bool larger = plan->map_width > best.map_width * 1.01;
                const bool as_large = plan->map_width > best.map_width * 0.99;
                if (larger || (as_large && plan->bottom < best.bottom - 3)) best = *plan;
                break;
            }
        }
        return best;
    }

private:
    double text_width_of(Arrangement way) const {
        const double side = slot_.width_mm - legend_.width_mm - column_gap_mm;
        switch (way) {
            case Arrangement::key_right:
            case Arrangement::key_left:
                return side;
            case Arrangement::beside:
                return std::max(legend_.width_mm, slot_.width_mm * 0.3);
            case Arrangement::key_top_right:
            case Arrangement::key_top_left:
            case Arrangement::below:
                break;
        }
        return slot_.width_mm;
    }

    std::optional<Plan> at(Arrangement way, double map_width, double text_width, double text_height) const {
        const double top = frame_.top_mm();
        const double page = slot_.width_mm;
        const auto share = [&](double x) { return std::clamp(x / map_width, -1.0, 2.0); };
        // Lowest point of the areas over a stretch of the page; the page's top where there is none.
        const auto below = [&](double from, double to) {
            const double b = silhouette_.bottom_between(share(from), share(to));
            return top + std::max(0.0, b * (map_width - outline_mm) + outline_mm);
        };
        const auto above = [&](double from, double to) {
            return top + silhouette_.top_between(share(from), share(to)) * (map_width - outline_mm);
        };
        const double map_bottom = below(-1, page + 1);

        Plan plan;
        plan.map_width = map_width;
        plan.map_at = {0, top};
        const Box box = projected_.areas.box();
        const double metres =
            projected_.metres_per_unit * std::max(box.width(), 1e-9) / (map_width - outline_mm);
        plan.bar = scale_bar(metres, std::min(28.0, map_width * 0.3), theme_, measure_);
        const bool has_bar = plan.bar.width_mm > 0;

        double text_x = 0;
        double legend_x = page - legend_.width_mm;
        switch (way) {
            case Arrangement::key_right:
                break;
            case Arrangement::key_left:
                legend_x = 0;
                text_x = legend_.width_mm + column_gap_mm;
                break;
            case Arrangement::key_top_left:
                legend_x = 0;
                break;
            case Arrangement::below:
                legend_x = 0;
                break;
            case Arrangement::beside:
                legend_x = page - text_width;
                text_x = legend_x;
                break;
            case Arrangement::key_top_right:
                break;
        }
        const double bar_x = way == Arrangement::beside ? 0 : text_x;
        double bar_y = has_bar ? below(bar_x - 2, bar_x + plan.bar.width_mm + 3) + clear_of_areas_mm : top;
        const auto under_bar = [&] { return has_bar ? bar_y + plan.bar.height_mm : top; };

        double legend_y = top;
        double text_y = top;
        switch (way) {
            case Arrangement::key_right:
            case Arrangement::key_left:
                legend_y = below(legend_x - 3, legend_x + legend_.width_mm + 3);
                if (legend_y > top) legend_y += clear_of_areas_mm;
                text_y = std::max(below(text_x - 2, text_x + text_width + 2), under_bar()) + text_gap_mm;
                // A text that hangs lower than the key leaves white above it: nothing to gain by moving
                // either.
                break;
            case Arrangement::key_top_right:
            case Arrangement::key_top_left:
                if (above(legend_x - 3, legend_x + legend_.width_mm + 3) <
                    top + legend_.height_mm + clear_of_areas_mm) {
                    return std::nullopt;
                }
                text_y = std::max(map_bottom, under_bar()) + text_gap_mm;
                break;
            case Arrangement::below:
                legend_y = std::max(below(-1, legend_.width_mm + 3), under_bar()) + clear_of_areas_mm;
                text_y = std::max(legend_y + legend_.height_mm, map_bottom) + text_gap_mm;
                break;
            case Arrangement::beside:
                text_y = legend_y + legend_.height_mm + text_gap_mm + 1;
                break;
        }
        plan.legend_at = {legend_x, legend_y};
        plan.bar_at = {bar_x, bar_y};
        plan.text = {text_x, text_y, text_width};
        plan.bottom = std::max({map_bottom, legend_y + legend_.height_mm, under_bar(), text_y + text_height});
        return plan;
    }

    const ProjectedAreas& projected_;
    const Silhouette& silhouette_;
    const Frame& frame_;
    const LegendBlock& legend_;
    SlotSize slot_;
    Theme theme_;
    const TextMeasure& measure_;
};

std::string safe_id(std::string_view code) {
    std::string out;
    for (const char c : code) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_';
        out += plain ? c : '_';
    }
    return out;
}

Group layer(std::string id, std::string label) {
    Group group;
    group.role = Role::layer;
    group.id = std::move(id);
    group.label = std::move(label);
    return group;
}

Group decoration(std::string id) {
    Group group;
    group.role = Role::decoration;
    group.id = std::move(id);
    return group;
}

Group draw_areas(const MapSheet& sheet, const ProjectedAreas& projected, const MapFrame& map) {
    Group out = layer("areas", "Map");
    out.overlap = Overlap::never;
    for (std::size_t i = 0; i < map.shapes.size(); ++i) {
        const Path path = path_of(map.shapes[i]);
        if (path.ops.empty()) continue;
        const std::string& code = projected.areas.codes()[i];
        Group area;
        area.role = Role::area;
        area.id = "area-" + safe_id(code);
        area.code = code;
        area.label = typographic(sheet.areas[i].spoken);
        area.children.push_back(
            node(Shape{path, sheet.areas[i].fill, Stroke{ink_white, area_border_mm, {}}}));
        out.children.push_back(node(std::move(area)));
    }
    return out;
}

/// Hatched and very pale areas would run into each other with white borders: theirs are grey and thin.
void draw_pale_borders(Group& into, const MapSheet& sheet, const MapFrame& map) {
    Group out = decoration("pale-borders");
    for (std::size_t i = 0; i < map.shapes.size(); ++i) {
        const Fill& fill = sheet.areas[i].fill;
        if (!fill.hatch && contrast(fill.color, ink_white) > 1.2) continue;
        const Path path = path_of(map.shapes[i]);
        if (!path.ops.empty())
            out.children.push_back(node(Shape{path, {}, Stroke{{0xa6, 0xa6, 0xa6, 1}, 0.2, {}}}));
    }
    if (!out.children.empty()) into.children.push_back(node(std::move(out)));
}

void draw_outline(Group& into, const MapFrame& map) {
    Group out = decoration("outline");
    if (!map.district_lines.ops.empty()) {
        out.children.push_back(node(Shape{map.district_lines, {}, Stroke{ink_axis, 0.35, {}}}));
    }
    if (!map.outline.ops.empty())
        out.children.push_back(node(Shape{map.outline, {}, Stroke{ink_axis, outline_mm, {}}}));
    if (!out.children.empty()) into.children.push_back(node(std::move(out)));
}

std::string joined(const std::vector<LabelLinePlaced>& lines) {
    std::string out;
    for (const LabelLinePlaced& line : lines) out += (out.empty() ? "" : "\n") + line.text;
    return out;
}

void draw_labels(Group& into, const MapSheet& sheet, std::span<const AreaLabel> labels) {
    Group leaders = decoration("leaders");
    for (const AreaLabel& label : labels) {
        if (label.place != LabelPlace::leader) continue;
        add_line(leaders, label.leader_from.x, label.leader_from.y, label.leader_to.x, label.leader_to.y,
                 {ink_white, 0.8, {}});
        add_line(leaders, label.leader_from.x, label.leader_from.y, label.leader_to.x, label.leader_to.y,
                 {ink_axis, 0.25, {}});
        leaders.children.push_back(node(Shape{CircleShape{label.leader_to.x, label.leader_to.y, 0.6},
                                              Fill{ink_axis, {}}, Stroke{ink_white, 0.25, {}}}));
    }
    if (!leaders.children.empty()) into.children.push_back(node(std::move(leaders)));
    Group out = layer("labels", "Names and values");
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const AreaLabel& label = labels[i];
        const bool outside = label.place == LabelPlace::leader;
        for (const LabelLinePlaced& line : label.lines) {
            Text text{line.x,
                      line.baseline,
                      line.text,
                      line.style,
                      outside ? ink_text : sheet.areas[i].ink,
                      TextAnchor::start,
                      outside ? std::optional<Color>{} : sheet.areas[i].halo};
            out.children.push_back(node(std::move(text)));
        }
    }
    into.children.push_back(node(std::move(out)));
}

/// Cuts a polyline to a box: overlays reach over the map's edge, and must not run through the words.
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

/// The overlaid outlines, with a name on a white box where one finds a place clear of other names.
void draw_overlay(Group& into, const MapOptions& options, const ProjectedAreas& projected,
                  const MapFrame& map, const Box& window, std::span<const AreaLabel> labels,
                  const TextMeasure& measure, std::vector<PlacedLabel>& placed,
                  std::vector<std::string>& log) {
    const bool same = projected.areas.crs() == options.overlay->crs() || !options.overlay->crs().known() ||
                      !projected.areas.crs().known();
    const AreaSet overlay = same ? *options.overlay : reproject(*options.overlay, projected.areas.crs());
    Group lines = layer("overlay", options.overlay_title.empty() ? "Impact areas" : options.overlay_title);
    const TextStyle style = bold(type_sizes(options.figure.theme).label);
    std::vector<Box> taken;
    for (const AreaLabel& label : labels) {
        if (!label.lines.empty()) taken.push_back(label.box.grown(0.4));
    }
    Group names;
    for (std::size_t i = 0; i < overlay.size(); ++i) {
        Path path;
        std::vector<Point> points;
        const MultiPolygon& shape = overlay.shapes()[i];
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            std::vector<Point> ring;
            for (const Point p : shape.ring(r)) ring.push_back(map.on_page(p));
            add_clipped(path, ring, window);
            points.insert(points.end(), ring.begin(), ring.end());
        }
        if (path.ops.empty()) {
            log.push_back(overlay.names()[i] + ": outside the map, not drawn");
            continue;
        }
        draw_overlay_line(lines, path);
        const std::string name = typographic(overlay.names()[i]);
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
            if (!inside ||
                std::any_of(taken.begin(), taken.end(), [&](const Box& t) { return t.overlaps(box); }))
                continue;
            add_rect(names, box.min_x, box.min_y, box.width(), box.height(), ink_white);
            add_text(names, name, spot.x, spot.y + height * 0.36, style, TextAnchor::middle);
            taken.push_back(box.grown(0.4));
            placed.push_back({"", name, box, false, {}});
            named = true;
            break;
        }
        if (!named) log.push_back(overlay.names()[i] + ": no room for its name on the map");
    }
    lines.children.push_back(node(std::move(names)));
    into.children.push_back(node(std::move(lines)));
}

std::string shown_name(const LabelRequest& request) {
    std::string out = request.name;
    for (const LabelLine& line : request.below) {
        out += (out.empty() ? "" : " ") + line.text + (line.tail.empty() ? "" : " " + line.tail);
    }
    return out;
}

/// Labels in coordinates of the map, clear of key, scale bar and text.
std::vector<AreaLabel> label_areas(const MapFrame& map, const Plan& plan, const LegendBlock& legend,
                                   const Frame& frame, std::span<const LabelRequest> requests,
                                   const MapOptions& options, bool numbers, const TextMeasure& measure) {
    const SlotSize slot = slot_size(options.figure.slot);
    const Point at = plan.map_at;
    LabelRules rules;
    rules.number_style = regular(type_sizes(options.figure.theme).value);
    if (!numbers) rules.most_numbers = 0;
    rules.canvas = Box{-at.x, -at.y + frame.top_mm(), slot.width_mm - at.x, map.height_mm + 1};
    const auto take = [&](Point corner, double width, double height) {
        const Point p{corner.x - at.x, corner.y - at.y};
        rules.taken.push_back(Box{p.x, p.y, p.x + width, p.y + height}.grown(1));
    };
    take(plan.legend_at, legend.width_mm, legend.height_mm);
    take(plan.bar_at, plan.bar.width_mm, plan.bar.height_mm);
    take({plan.text.x_mm, plan.text.top_mm}, plan.text.width_mm, 1000);
    std::vector<LabelRequest> on_map(requests.begin(), requests.end());
    for (LabelRequest& request : on_map) {
        if (request.at) request.at = Point{request.at->x - at.x, request.at->y - at.y};
    }
    return place_area_labels(map.shapes, on_map, rules, measure);
}

/// Takes the words off areas that are too many to be named, and says of how many. Symbols stay, and so do
/// labels set by hand.
std::size_t take_off_crowded(std::vector<LabelRequest>& requests, const Silhouette& silhouette,
                             const SlotSize& slot, const TextMeasure& measure) {
    double wanted = 0;
    for (const LabelRequest& request : requests) {
        const double width = measure.width_mm(shown_name(request), request.name_style);
        wanted += width * request.name_style.size_pt * line_height * mm_per_pt;
    }
    const double map_width = std::min(slot.width_mm, slot.most_height_mm / silhouette.aspect);
    if (wanted < crowded * map_width * map_width * silhouette.aspect) return 0;
    std::size_t taken = 0;
    for (LabelRequest& request : requests) {
        if (request.at || shown_name(request).empty()) continue;
        request.name.clear();
        request.below.clear();
        ++taken;
    }
    return taken;
}

void add_unnamed_note(FigureTexts& texts, const TableMeta& meta, std::size_t unnamed) {
    if (unnamed == 0) return;
    texts.notes.push_back(counted_areas(meta, unnamed) + (unnamed == 1 ? " is" : " are") +
                          " not named for want of room; the table beside the map has them all.");
}

/// What the numbers on the map stand for, and how many areas have no name on it.
void add_label_notes(FigureTexts& texts, std::span<const AreaLabel> labels,
                     std::span<const LabelRequest> requests, const TableMeta& meta) {
    std::vector<std::size_t> numbered;
    std::size_t unnamed = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i].place == LabelPlace::number) numbered.push_back(i);
        unnamed += labels[i].place == LabelPlace::left_out;
    }
    std::sort(numbered.begin(), numbered.end(),
              [&](std::size_t a, std::size_t b) { return labels[a].number < labels[b].number; });
    std::string key;
    for (const std::size_t i : numbered) {
        key +=
            (key.empty() ? "" : "; ") + std::to_string(labels[i].number) + "\u00a0" + shown_name(requests[i]);
    }
    if (!key.empty()) texts.notes.push_back("Numbers on the map: " + key + ".");
    add_unnamed_note(texts, meta, unnamed);
}

}  // namespace

AreaRows rows_of_areas(const Table& table, const AreaSet& areas) {
    const Column& codes = table.column("area_code");
    AreaRows out;
    out.row_of.resize(areas.size());
    if (!codes.is_text())
        throw InputError("the column 'area_code' holds numbers, not codes", table.where(0, "area_code"));
    const Column* names = table.find("area_name");
    std::vector<std::string> strangers;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string& code = codes.text(row);
        if (code.empty()) {
            if (!out.total) out.total = row;
            continue;
        }
        const AreaIndex area = areas.index_of(code);
        if (area == no_area) {
            strangers.push_back(names != nullptr && names->is_text() ? names->text(row) + " (" + code + ")"
                                                                     : code);
            continue;
        }
        auto& place = out.row_of[static_cast<std::size_t>(area)];
        if (place) {
            Where where = table.where(row, "area_code");
            where.code = code;
            throw InputError(
                "the " + areas.noun() + " '" + areas.names()[static_cast<std::size_t>(area)] +
                    "' has more than one row, and a map can show only one",
                where, "pick the rows with --where COLUMN=VALUE, or make one map a value with --by COLUMN");
        }
        place = row;
    }
    std::sort(strangers.begin(), strangers.end());
    for (const std::string& stranger : strangers)
        out.log.push_back("row of no area on this map: " + stranger);
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (!out.row_of[i]) out.log.push_back(areas.names()[i] + ": no row in the table, shown as no data");
        if (areas.shapes()[i].empty()) out.log.push_back(areas.names()[i] + ": no shape, not on the map");
    }
    return out;
}

TableMeta map_meta(const Table& table, const AreaSet& areas) {
    TableMeta meta = table.meta();
    if (meta.whole.empty()) meta.whole = areas.whole();
    if (meta.area_noun.empty()) meta.area_noun = areas.noun();
    return meta;
}

LabelRequest name_request(const std::string& code, const std::string& name, const MapOptions& options) {
    LabelRequest request;
    request.name_style = regular(type_sizes(options.figure.theme).label);
    if (options.labels == AreaLabels::name || options.labels == AreaLabels::name_and_value)
        request.name = typographic(name);
    for (const PlacedLabel& label : options.label_positions) {
        if (label.code != code) continue;
        if (!label.box.empty()) request.at = label.box.center();
        // The breaks of the name, as far as the text spells it; lines after it were values.
        const std::string text = typographic(label.text);
        std::string spelled;
        std::vector<std::string> lines;
        for (std::size_t start = 0; start <= text.size();) {
            const std::size_t end = std::min(text.find('\n', start), text.size());
            lines.push_back(text.substr(start, end - start));
            spelled += (spelled.empty() || spelled.back() == '-' ? "" : " ") + lines.back();
            if (spelled == request.name) {
                request.name_lines = lines;
                break;
            }
            start = end + 1;
        }
    }
    return request;
}

std::vector<LegendEntry> overlay_entries(const MapOptions& options) {
    if (!options.overlay || options.overlay->size() == 0) return {};
    LegendEntry entry;
    entry.label = options.overlay_title.empty() ? "Impact areas" : options.overlay_title;
    return {entry};
}

std::vector<LegendEntry> state_entries(const std::vector<CellState>& states, const TableMeta& meta) {
    std::vector<LegendEntry> out;
    for (const CellState state :
         {CellState::missing, CellState::undefined, CellState::suppressed, CellState::not_applicable}) {
        const auto n = static_cast<std::size_t>(std::count(states.begin(), states.end(), state));
        if (n > 0) out.push_back({state_fill(state), state_words(state), counted_areas(meta, n)});
    }
    return out;
}

Figure draw_map_sheet(const MapSheet& sheet, const ProjectedAreas& projected, const TableMeta& meta,
                      const MapOptions& options, const TextMeasure& measure) {
    FigureTexts texts = sheet.texts;
    texts.attribution.insert(texts.attribution.begin(), projected.areas.attribution().begin(),
                             projected.areas.attribution().end());
    std::vector<std::string> log = projected.log;

    const SlotSize slot = slot_size(options.figure.slot);
    const double most_legend =
        std::min(slot.width_mm, widest_legend_mm * type_sizes(options.figure.theme).label / 9);
    std::vector<LabelRequest> requests;
    for (const SheetArea& area : sheet.areas) requests.push_back(area.label);

    const Silhouette silhouette = silhouette_of(projected.areas);
    const std::size_t crowded_out = take_off_crowded(requests, silhouette, slot, measure);
    add_unnamed_note(texts, meta, crowded_out);
    if (crowded_out > 0)
        log.push_back(counted_areas(meta, crowded_out) + ": too many to be named on the map, no labels");
    std::optional<Frame> frame;
    Plan plan;
    MapFrame map;
    std::vector<AreaLabel> labels;
    LegendBlock legend;
    // Numbers instead of names need a key in the notes, which takes room from the map. So: a plan without it;
    // if labels became numbers, a second with it; and if that would shrink the map by much, the names are
    // left out instead.
    const FigureTexts plain = texts;
    double roomy_width = 0;
    bool numbers = true;
    for (int round = 0; round < 4; ++round) {
        frame.emplace(texts, meta, options.figure, measure);
        const double width_before = plan.map_width;
        legend = sheet.legend(most_legend, LegendDetail::full);
        plan = Planner(projected, silhouette, *frame, legend, options, measure).best();
        if (plan.map_width < cramped_share * slot.width_mm) {
            LegendBlock brief = sheet.legend(most_legend, LegendDetail::brief);
            const Plan with_brief = Planner(projected, silhouette, *frame, brief, options, measure).best();
            if (with_brief.map_width > 1.1 * plan.map_width) {
                plan = with_brief;
                legend = std::move(brief);
            }
        }
        if (round == 0) roomy_width = plan.map_width;
        if (numbers && plan.map_width < least_key_share * roomy_width) {
            numbers = false;
            texts = plain;
            continue;
        }
        if (plan.map_width != width_before || map.shapes.empty()) map = fit_map(projected, plan.map_width);

        labels = label_areas(map, plan, legend, *frame, requests, options, numbers, measure);
        FigureTexts with_key = plain;
        add_label_notes(with_key, labels, requests, meta);
        if (with_key.notes == texts.notes) break;
        texts = std::move(with_key);
        // The words of the last round are true of its labels, even if the page has to grow for them.
        if (round == 3) frame.emplace(texts, meta, options.figure, measure);
    }

    Group content;
    content.id = "map";
    Group on_map;
    on_map.dx = plan.map_at.x;
    on_map.dy = plan.map_at.y;
    on_map.children.push_back(node(draw_areas(sheet, projected, map)));
    draw_pale_borders(on_map, sheet, map);
    draw_outline(on_map, map);

    std::vector<PlacedLabel> placed;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const AreaLabel& label = labels[i];
        const std::string& name = projected.areas.names()[i];
        if (!label.lines.empty()) {
            PlacedLabel one{projected.areas.codes()[i],
                            joined(label.lines),
                            label.box,
                            label.place == LabelPlace::leader,
                            {}};
            for (const LabelLinePlaced& line : label.lines) one.lines.push_back(line.box);
            placed.push_back(std::move(one));
        }
        if (label.place == LabelPlace::leader) log.push_back(name + ": label outside, with a leader");
        if (label.place == LabelPlace::number)
            log.push_back(name + ": number " + std::to_string(label.number) + ", named in the note");
        if (label.place == LabelPlace::left_out) log.push_back(name + ": no room for its label, left out");
        if (!label.symbol_fits) log.push_back(name + ": its symbol reaches over the border");
    }
    if (sheet.draw_symbol) {
        Group symbols = layer("symbols", "Symbols");
        // Large ones first, so that small ones stay on top.
        std::vector<std::size_t> order(labels.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return requests[a].symbol_mm > requests[b].symbol_mm;
        });
        for (const std::size_t i : order) {
            if (labels[i].place != LabelPlace::nothing) sheet.draw_symbol(symbols, i, labels[i]);
        }
        on_map.children.push_back(node(std::move(symbols)));
    }
    if (options.overlay) {
        const double page_bottom = std::min(map.height_mm, plan.text.top_mm - plan.map_at.y);
        const Box window{0, 0, std::max(map.width_mm, 1.0), std::max(page_bottom, 1.0)};
        draw_overlay(on_map, options, projected, map, window, labels, measure, placed, log);
    }
    draw_labels(on_map, sheet, labels);
    content.children.push_back(node(std::move(on_map)));

    Group key = legend.group;
    key.dx = plan.legend_at.x;
    key.dy = plan.legend_at.y;
    content.children.push_back(node(std::move(key)));
    if (plan.bar.width_mm > 0) {
        Group bar = plan.bar.group;
        bar.dx = plan.bar_at.x;
        bar.dy = plan.bar_at.y;
        content.children.push_back(node(std::move(bar)));
    }

    const double bottom = std::max({plan.map_at.y + map.height_mm, plan.legend_at.y + legend.height_mm,
                                    plan.bar_at.y + plan.bar.height_mm});
    Figure figure = frame->finish(std::move(content), bottom, plan.text);
    const auto to_page = [&](Box& box) {
        box = {box.min_x + plan.map_at.x, box.min_y + plan.map_at.y, box.max_x + plan.map_at.x,
               box.max_y + plan.map_at.y};
    };
    for (PlacedLabel& label : placed) {
        to_page(label.box);
        for (Box& line : label.lines) to_page(line);
    }
    figure.labels = std::move(placed);
    if (figure.scene.height_mm > slot.most_height_mm + 0.5) {
        log.push_back("needs " + with_thousands(std::ceil(figure.scene.height_mm), 0) +
                      " mm, more than the slot's " + with_thousands(slot.most_height_mm, 0) +
                      ": a title in the text (--no-title) or fewer notes make it fit");
    }
    const std::string scale = scale_text(map);
    if (!scale.empty()) log.push_back("drawn at " + scale);
    figure.log = std::move(log);
    return figure;
}

}  // namespace wardmap
