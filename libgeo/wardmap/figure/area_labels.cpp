#include "wardmap/figure/area_labels.hpp"

#include "wardmap/figure/free_spans.hpp"
#include "wardmap/geometry/label_point.hpp"
#include "wardmap/geometry/measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

/// Clearances looked for, in mm. The first is for the box round all lines, which needs none of its own.
constexpr std::array<double, 10> levels{0, 0.2, 0.3, 0.5, 0.7, 0.9, 1.2, 1.5, 1.8, 2.2};
constexpr double best_clearance = levels.back();
constexpr int rows_per_line = 8;

constexpr double whole_box_bonus = 0.6;    ///< the box round all lines lies in the area too
constexpr double line_penalty = 0.45;      ///< for each line of the name after the first
constexpr double uneven_penalty = 0.02;    ///< for each mm between the longest and the shortest line
constexpr double distance_penalty = 0.05;  ///< for each mm from the visual centre
constexpr double shift_penalty = 0.15;     ///< for each mm a value stands off the middle of its name
constexpr double most_shift = 2.5;         ///< mm
constexpr double tight_gap = 0.6;          ///< less between a marker and its value where room is short, mm
constexpr double overhang_penalty = 0.4;   ///< for each mm a symbol reaches over its area's border
constexpr double parted_penalty = 0.15;    ///< for each mm between a symbol and its words
constexpr std::size_t most_symbol_places = 16;
constexpr double nowhere = -std::numeric_limits<double>::infinity();

constexpr double leader_margin = 0.8;  ///< kept free round a label outside, mm

bool has_descender(std::string_view text) {
    return text.find_first_of("gjpqyQ,;()[]{}|/_@") != std::string_view::npos;
}

/// Ink of a line above (negative) and below its base line, mm.
struct Extent {
    double top = 0;
    double bottom = 0;
};

Extent extent_of(std::string_view text, const TextStyle& style) {
    const double em = style.size_pt * mm_per_pt;
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return {-em * (plain ? 0.74 : ascent), em * (has_descender(text) ? descent : 0.02)};
}

/// The block of a label: boxes whose middles stand one above the other.
struct BlockLine {
    double width = 0;
    std::size_t kind = 0;    ///< of band, see AreaSearch
    int row = 0;             ///< rows below the first base line
    bool whole = false;      ///< the box round all lines
    bool may_shift = false;  ///< a value, which need not stand under the middle of its name
};

struct Band {
    double top = 0;
    double bottom = 0;
    friend bool operator==(const Band&, const Band&) = default;
};

struct Wrapping {
    std::vector<std::string> lines{};
    std::vector<double> widths{};
    double penalty = 0;
};

/// A request with the tails of its values put where they go, and what that costs.
struct Variant {
    LabelRequest request{};
    double penalty = 0;
};

std::vector<Variant> variants_of(const LabelRequest& request) {
    std::vector<Variant> out(1, {request, 0});
    bool any = false;
    for (LabelLine& line : out[0].request.below) {
        any = any || !line.tail.empty();
        if (!line.tail.empty()) line.text += (line.text.empty() ? "" : " ") + line.tail;
        line.tail.clear();
    }
    if (!any) return out;
    Variant split{request, line_penalty};
    split.request.below.clear();
    for (const LabelLine& line : request.below) {
        split.request.below.push_back({line.text, line.style, line.marker_mm, {}});
        if (!line.tail.empty()) split.request.below.push_back({line.tail, line.style, 0, {}});
    }
    out.push_back(std::move(split));
    // Tight: no blank before the tail, the marker nearer.
    Variant tight{request, line_penalty / 2};
    for (LabelLine& line : tight.request.below) {
        line.text += line.tail;
        line.tail.clear();
        if (line.marker_mm > 0) line.marker_mm -= tight_gap;
    }
    out.push_back(std::move(tight));
    return out;
}

struct LineShape {
    double width = 0;  ///< marker's room included
    Extent extent{};
};

struct Layout {
    std::vector<LineShape> lines{};
    double pitch = 0;
    double top = 0;  ///< of all, from the first base line, symbol included
    double bottom = 0;
    double width = 0;
};

Layout layout_of(const Wrapping& wrap, const LabelRequest& request, double symbol_gap,
                 const TextMeasure& measure) {
    Layout out;
    out.pitch = request.name_style.size_pt * line_height * mm_per_pt;
    for (std::size_t i = 0; i < wrap.lines.size(); ++i) {
        out.lines.push_back({wrap.widths[i], extent_of(wrap.lines[i], request.name_style)});
    }
    for (const LabelLine& line : request.below) {
        out.lines.push_back(
            {line.marker_mm + measure.width_mm(line.text, line.style), extent_of(line.text, line.style)});
    }
    for (std::size_t i = 0; i < out.lines.size(); ++i) {
        const double y = out.pitch * static_cast<double>(i);
        out.top = std::min(out.top, y + out.lines[i].extent.top);
        out.bottom = std::max(out.bottom, y + out.lines[i].extent.bottom);
        out.width = std::max(out.width, out.lines[i].width);
    }
    if (request.symbol_mm > 0) {
        out.top -= symbol_gap + request.symbol_mm;
        out.width = std::max(out.width, request.symbol_mm);
    }
    return out;
}

std::vector<Wrapping> wrappings_of(const LabelRequest& request, const TextMeasure& measure) {
    std::vector<std::vector<std::string>> choices;
    if (!request.name_lines.empty()) {
        choices.push_back(request.name_lines);
    } else if (request.name.empty()) {
        choices.emplace_back();
    } else {
        choices = all_wrappings(request.name, 3);
    }
    std::vector<Wrapping> out;
    for (auto& lines : choices) {
        Wrapping wrap;
        double longest = 0;
        double shortest = std::numeric_limits<double>::infinity();
        for (const std::string& line : lines) {
            const double w = measure.width_mm(line, request.name_style);
            wrap.widths.push_back(w);
            longest = std::max(longest, w);
            shortest = std::min(shortest, w);
        }
        if (lines.size() > 1) {
            wrap.penalty =
                line_penalty * static_cast<double>(lines.size() - 1) + uneven_penalty * (longest - shortest);
        }
        wrap.lines = std::move(lines);
        out.push_back(std::move(wrap));
    }
    return out;
}

/// Puts the lines of a block into words and boxes. (x, y) is the middle of the first base line.
/// `shifts`: of each line, off the middle; may be empty.
void fill_lines(AreaLabel& label, const Wrapping& wrap, const LabelRequest& request, const Layout& layout,
                double x, double y, std::span<const double> shifts = {}) {
    label.lines.clear();
    label.box = Box{};
    for (std::size_t i = 0; i < layout.lines.size(); ++i) {
        const bool is_name = i < wrap.lines.size();
        const LineShape& shape = layout.lines[i];
        LabelLinePlaced line;
        line.is_name = is_name;
        line.text = is_name ? wrap.lines[i] : request.below[i - wrap.lines.size()].text;
        line.style = is_name ? request.name_style : request.below[i - wrap.lines.size()].style;
        const double marker = is_name ? 0 : request.below[i - wrap.lines.size()].marker_mm;
        line.baseline = y + layout.pitch * static_cast<double>(i);
        const double left = x - shape.width / 2 + (i < shifts.size() ? shifts[i] : 0);
        line.x = left + marker;
        line.marker_x = left + marker / 2;
        line.box = {left, line.baseline + shape.extent.top, left + shape.width,
                    line.baseline + shape.extent.bottom};
        label.box.add(line.box);
        label.lines.push_back(std::move(line));
    }
}

/// The search within one area. Bands are looked up by kind (how high), clearance and row, each computed once.
class AreaSearch {
public:
    AreaSearch(const MultiPolygon& shape, std::span<const Box> obstacles) {
        finder_.add_largest_part(shape);
        for (const Box& o : obstacles) {
            if (o.overlaps(finder_.box())) finder_.block(o);
        }
        if (shape.polygon_count() > 0) {
            const std::size_t p = largest_part(shape);
            for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r)
                part_.add_ring(shape.ring(r));
            part_.end_polygon();
            centre_ = visual_centre(part_, 0.4);
        }
    }

    /// How far a circle round `at` reaches over the border, mm; 0 if it keeps the least clearance.
    double overhang(Point at, double diameter) const {
        return std::max(0.0, diameter / 2 + levels[1] - distance_to_boundary(part_, at));
    }

    /// Places for a circle within the area, the least reaching over and the nearest to the centre first.
    std::vector<Point> symbol_places(double diameter) const {
        struct Place {
            Point at{};
            double cost = 0;
        };
        const Box& box = finder_.box();
        const double step = std::max(0.8, std::max(box.width(), box.height()) / 24);
        std::vector<Place> places{{centre_, overhang(centre_, diameter) * overhang_penalty}};
        for (double y = centre_.y - std::floor((centre_.y - box.min_y) / step) * step; y < box.max_y;
             y += step) {
            for (double x = centre_.x - std::floor((centre_.x - box.min_x) / step) * step; x < box.max_x;
                 x += step) {
                const Point at{x, y};
                if (!contains(part_, at)) continue;
                places.push_back({at, overhang(at, diameter) * overhang_penalty +
                                          distance_penalty * std::hypot(x - centre_.x, y - centre_.y)});
            }
        }
        std::stable_sort(places.begin(), places.end(),
                         [](const Place& a, const Place& b) { return a.cost < b.cost; });
        // Every so many of them, so that the few tried lie in different corners too.
        std::vector<Point> out;
        const std::size_t stride = std::max<std::size_t>(1, places.size() / 2 / most_symbol_places);
        for (std::size_t i = 0; i < places.size() && out.size() < most_symbol_places; i += stride)
            out.push_back(places[i].at);
        return out;
    }

    Point centre() const noexcept { return centre_; }
    bool known() const noexcept { return !finder_.box().empty(); }

    void block(const Box& box) {
        finder_.block(box);
        forget();
    }

    /// Keeps labels off a circle: six slices follow it closely enough.
    void block_circle(Point at, double diameter) {
        constexpr int slices = 6;
        const double r = diameter / 2;
        for (int k = 0; k < slices; ++k) {
            const double top = -r + diameter * k / slices;
            const double bottom = top + diameter / slices;
            const double nearest = top <= 0 && bottom >= 0 ? 0 : std::min(std::abs(top), std::abs(bottom));
            const double half = std::sqrt(std::max(0.0, r * r - nearest * nearest));
            finder_.block({at.x - half, at.y + top, at.x + half, at.y + bottom});
        }
        forget();
    }

    /// \returns how good the place is; `nowhere` if the label does not fit
    /// \param floor  places no better than this do not count
    double place(const LabelRequest& request, const LabelRules& rules, const TextMeasure& measure,
                 AreaLabel& out, double floor = nowhere) {
        if (!known()) return nowhere;
        const double pitch = request.name_style.size_pt * line_height * mm_per_pt;
        step_ = pitch / rows_per_line;
        rows_ = static_cast<int>(std::ceil(finder_.box().height() / step_)) + 2 * rows_per_line;
        double best = floor;
        for (const Variant& variant : variants_of(request)) place_variant(variant, rules, measure, best, out);
        return best > floor ? best : nowhere;
    }

private:
    void forget() {
        pool_.clear();
        slots_.clear();
        kinds_.clear();
    }

    /// The best place of a wrapping so far.
    struct FoundPlace {
        double x = 0;
        double y = 0;
        double clearance = 0;
        std::vector<double> shifts{};
    };
    struct Slot {
        std::int32_t start = -1;
        std::int32_t count = 0;
    };

    void place_variant(const Variant& variant, const LabelRules& rules, const TextMeasure& measure,
                       double& best, AreaLabel& out) {
        const LabelRequest& request = variant.request;
        for (Wrapping& wrap : wrappings_of(request, measure)) {
            wrap.penalty += variant.penalty;
            const Layout layout = layout_of(wrap, request, rules.symbol_gap_mm, measure);
            if (layout.width > finder_.box().width() || layout.bottom - layout.top > finder_.box().height())
                continue;
            const double roof = best_clearance + whole_box_bonus - wrap.penalty;
            if (roof <= best) continue;
            std::vector<BlockLine> block = block_of(layout, request, rules.symbol_gap_mm);

            std::optional<FoundPlace> found;
            // Rows from the one that centres the block outward: later ones can only be further away.
            const double middle = (layout.top + layout.bottom) / 2;
            const int first = static_cast<int>(std::lround(-middle / step_));
            for (int away = 0; away <= rows_; ++away) {
                const double dy = std::max(0.0, (away - 1) * step_);
                if (roof - distance_penalty * dy <= best) break;
                for (const int sign : {1, -1}) {
                    if (away == 0 && sign < 0) continue;
                    const int row = first + sign * away;
                    const double y = centre_.y + row * step_;
                    if (y + layout.top < finder_.box().min_y || y + layout.bottom > finder_.box().max_y)
                        continue;
                    try_row(block, wrap, layout, rules, row, best, found);
                }
            }
            if (!found) continue;
            fill_lines(out, wrap, request, layout, found->x, found->y, found->shifts);
            out.place = LabelPlace::inside;
            out.clearance_mm = found->clearance;
            if (request.symbol_mm > 0) out.symbol = {found->x, found->y + layout.top + request.symbol_mm / 2};
        }
    }

    std::size_t kind_of(Band band) {
        const auto found = std::find(kinds_.begin(), kinds_.end(), band);
        if (found != kinds_.end()) return static_cast<std::size_t>(found - kinds_.begin());
        kinds_.push_back(band);
        slots_.emplace_back();
        return kinds_.size() - 1;
    }

    std::vector<BlockLine> block_of(const Layout& layout, const LabelRequest& request, double symbol_gap) {
        std::vector<BlockLine> block;
        block.push_back({layout.width, kind_of({layout.top, layout.bottom}), 0, true, false});
        const std::size_t name_lines = layout.lines.size() - request.below.size();
        for (std::size_t i = 0; i < layout.lines.size(); ++i) {
            const LineShape& l = layout.lines[i];
            block.push_back({l.width, kind_of({l.extent.top, l.extent.bottom}),
                             static_cast<int>(i) * rows_per_line, false, name_lines > 0 && i >= name_lines});
        }
        if (request.symbol_mm > 0) {
            const double bottom = layout.lines.empty() ? 0 : layout.lines.front().extent.top - symbol_gap;
            block.push_back(
                {request.symbol_mm, kind_of({bottom - request.symbol_mm, bottom}), 0, false, false});
        }
        return block;
    }

    std::span<const FreeSpan> spans(std::size_t kind, std::size_t level, int row) {
        std::vector<Slot>& slots = slots_[kind];
        const int reach = rows_ + 4 * rows_per_line;
        const std::size_t width = static_cast<std::size_t>(2 * reach + 1);
        if (slots.empty()) slots.assign(width * levels.size(), Slot{});
        const int column = std::clamp(row, -reach, reach) + reach;
        Slot& slot = slots[level * width + static_cast<std::size_t>(column)];
        if (slot.start < 0) {
            const double y = centre_.y + row * step_;
            finder_.find(y + kinds_[kind].top - levels[level], y + kinds_[kind].bottom + levels[level],
                         Side::inside, {finder_.box().min_x, finder_.box().max_x}, found_);
            slot.start = static_cast<std::int32_t>(pool_.size());
            slot.count = static_cast<std::int32_t>(found_.size());
            pool_.insert(pool_.end(), found_.begin(), found_.end());
        }
        return {pool_.data() + slot.start, static_cast<std::size_t>(slot.count)};
    }

    /// Where the middle of the block may stand in a row, all lines having the clearance of the level, values
    /// up to `shift` off the middle.
    void middles(const std::vector<BlockLine>& block, std::size_t level, bool whole, double shift, int row,
                 std::vector<FreeSpan>& out) {
        out.assign(1, {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()});
        for (const BlockLine& line : block) {
            if (line.whole && !whole) continue;
            const std::size_t at = line.whole ? 0 : level;
            const double inset = line.width / 2 + levels[at];
            const double slack = line.may_shift ? shift : 0;
            scratch_.clear();
            for (const FreeSpan& s : spans(line.kind, at, row + line.row)) {
                if (s.from + inset > s.to - inset) continue;
                const double from = s.from + inset - slack;
                const double to = s.to - inset + slack;
                for (const FreeSpan& o : out) {
                    const double a = std::max(from, o.from);
                    const double b = std::min(to, o.to);
                    if (a <= b) scratch_.push_back({a, b});
                }
            }
            out.swap(scratch_);
            if (out.empty()) return;
        }
    }

    void try_row(const std::vector<BlockLine>& block, const Wrapping& wrap, const Layout& layout,
                 const LabelRules& rules, int row, double& best, std::optional<FoundPlace>& found) {
        const double y = centre_.y + row * step_;
        const double middle_y = y + (layout.top + layout.bottom) / 2;
        const double dy = middle_y - centre_.y;
        // The box round all lines inside; then each line; then values moved off the middle of the name.
        struct Way {
            bool whole;
            double shift;
        };
        for (const Way way : {Way{true, 0}, Way{false, 0}, Way{false, most_shift}}) {
            for (std::size_t level = levels.size() - 1; level > 0; --level) {
                if (levels[level] < rules.least_clearance_mm - 1e-9) break;
                const double roof = levels[level] + (way.whole ? whole_box_bonus : 0) - wrap.penalty;
                if (roof - distance_penalty * std::abs(dy) <= best) break;
                middles(block, level, way.whole, way.shift, row, middles_);
                double x = 0;
                double dx = std::numeric_limits<double>::infinity();
                for (const FreeSpan& s : middles_) {
                    const double at = std::clamp(centre_.x, s.from, s.to);
                    if (std::abs(at - centre_.x) < dx) {
                        dx = std::abs(at - centre_.x);
                        x = at;
                    }
                }
                if (!std::isfinite(dx)) continue;
                double score = roof - distance_penalty * std::sqrt(dx * dx + dy * dy);
                shifts_.clear();
                if (way.shift > 0) score -= shift_penalty * find_shifts(block, level, row, x);
                if (score <= best + 1e-9) continue;
                best = score;
                found = FoundPlace{x, y, levels[level], shifts_};
            }
        }
    }

    /// How far each line must stand off `x`; their sum is returned.
    double find_shifts(const std::vector<BlockLine>& block, std::size_t level, int row, double x) {
        double sum = 0;
        for (const BlockLine& line : block) {
            if (line.whole) continue;
            double shift = 0;
            if (line.may_shift) {
                double nearest = std::numeric_limits<double>::infinity();
                const double inset = line.width / 2 + levels[level];
                for (const FreeSpan& s : spans(line.kind, level, row + line.row)) {
                    if (s.from + inset > s.to - inset) continue;
                    const double at = std::clamp(x, s.from + inset, s.to - inset);
                    if (std::abs(at - x) < std::abs(nearest)) nearest = at - x;
                }
                shift = nearest;
            }
            shifts_.push_back(shift);
            sum += std::abs(shift);
        }
        return sum;
    }

    SpanFinder finder_{};
    MultiPolygon part_{};
    Point centre_{};
    double step_ = 0.5;
    int rows_ = 0;
    std::vector<Band> kinds_{};
    std::vector<std::vector<Slot>> slots_{};
    std::vector<FreeSpan> pool_{};
    std::vector<FreeSpan> found_{};
    std::vector<FreeSpan> middles_{};
    std::vector<FreeSpan> scratch_{};
    std::vector<double> shifts_{};
};

Box circle_box(Point at, double diameter) {
    return Box{at.x, at.y, at.x, at.y}.grown(diameter / 2);
}

double distance_between(const Box& box, Point p) {
    const double dx = std::max({0.0, box.min_x - p.x, p.x - box.max_x});
    const double dy = std::max({0.0, box.min_y - p.y, p.y - box.max_y});
    return std::hypot(dx, dy);
}

/// Symbol and words together where the plain stack of both does not fit: the symbol may leave the centre and
/// even reach over the border; the words stay inside.
void place_round_symbol(const AreaSearch& area, const LabelRequest& request, const LabelRules& rules,
                        const TextMeasure& measure, AreaLabel& out) {
    LabelRequest words = request;
    words.symbol_mm = 0;
    double best = nowhere;
    out.place = LabelPlace::left_out;
    out.symbol = area.centre();
    AreaLabel alone;
    AreaSearch without = area;
    if (without.place(words, rules, measure, alone) == nowhere) return;
    for (const Point at : area.symbol_places(request.symbol_mm)) {
        const double cost = overhang_penalty * area.overhang(at, request.symbol_mm) +
                            distance_penalty * std::hypot(at.x - area.centre().x, at.y - area.centre().y);
        if (best_clearance + whole_box_bonus - cost <= best) continue;
        AreaSearch search = area;
        search.block_circle(at, request.symbol_mm + rules.symbol_gap_mm);
        AreaLabel label;
        double score = search.place(words, rules, measure, label, best + cost) - cost;
        if (score == nowhere) continue;
        score -= parted_penalty * std::max(0.0, distance_between(label.box, at) - request.symbol_mm / 2);
        if (score <= best + 1e-9) continue;
        best = score;
        out = std::move(label);
        out.symbol = at;
    }
}

bool segments_cross(Point a, Point b, Point c, Point d) {
    const auto side = [](Point p, Point q, Point r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    };
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

bool segment_meets_box(Point a, Point b, const Box& box) {
    double from = 0;
    double to = 1;
    const auto cut = [&](double start, double delta, double low, double high) {
        if (delta == 0) return start >= low && start <= high;
        double t1 = (low - start) / delta;
        double t2 = (high - start) / delta;
        if (t1 > t2) std::swap(t1, t2);
        from = std::max(from, t1);
        to = std::min(to, t2);
        return from <= to;
    };
    return cut(a.x, b.x - a.x, box.min_x, box.max_x) && cut(a.y, b.y - a.y, box.min_y, box.max_y);
}

Point leader_start(const Box& label, Point anchor) {
    const Box near = label.grown(0.5);
    return {std::clamp(anchor.x, near.min_x, near.max_x), std::clamp(anchor.y, near.min_y, near.max_y)};
}

/// The line from the label to its area; it ends at a symbol's edge, not in its middle.
void lead_from(Point anchor, double symbol_mm, AreaLabel& label) {
    label.leader_from = leader_start(label.box, anchor);
    label.leader_to = anchor;
    const double away = std::hypot(label.leader_from.x - anchor.x, label.leader_from.y - anchor.y);
    if (symbol_mm > 0 && away > symbol_mm / 2) {
        const double t = symbol_mm / 2 / away;
        label.leader_to = {std::lerp(anchor.x, label.leader_from.x, t),
                           std::lerp(anchor.y, label.leader_from.y, t)};
    }
}

/// Places labels in the white space round the areas, nearest first, with a line to their own.
class LeaderSearch {
public:
    LeaderSearch(std::span<const MultiPolygon> shapes, const LabelRules& rules)
        : canvas_(rules.canvas), taken_(rules.taken) {
        for (const MultiPolygon& shape : shapes) finder_.add(shape);
        for (const Box& box : rules.taken) finder_.block(box);
    }

    void keep_off(const Box& box) { finder_.block(box); }

    /// \returns the leader's length; infinity where there is no place within `longest`
    double find(const LabelRequest& request, Point anchor, double longest, const LabelRules& rules,
                const TextMeasure& measure, std::span<const AreaLabel> placed, AreaLabel& out) {
        LabelRequest words = request;
        words.symbol_mm = 0;
        words = variants_of(words).front().request;
        double best = longest;
        double best_length = std::numeric_limits<double>::infinity();
        for (const Wrapping& wrap : wrappings_of(words, measure)) {
            const Layout layout = layout_of(wrap, words, rules.symbol_gap_mm, measure);
            const double bottom_most = canvas_.max_y - layout.bottom;
            for (double y = canvas_.min_y - layout.top; y <= bottom_most; y += 0.9) {
                const double above = y + layout.top - 0.5 - anchor.y;
                const double under = anchor.y - (y + layout.bottom + 0.5);
                if (std::max(above, under) + wrap.penalty >= best) continue;
                finder_.find(y + layout.top - leader_margin, y + layout.bottom + leader_margin, Side::outside,
                             {canvas_.min_x - leader_margin, canvas_.max_x + leader_margin}, spans_);
                for (const FreeSpan& s : spans_) {
                    const double inset = layout.width / 2 + leader_margin;
                    if (s.to - s.from < 2 * inset) continue;
                    // Straight above, below or beside if that is free; else at either end of the white space.
                    for (const double wished : {anchor.x, s.from, s.to}) {
                        const double x = std::clamp(wished, s.from + inset, s.to - inset);
                        const Box box{x - layout.width / 2, y + layout.top, x + layout.width / 2,
                                      y + layout.bottom};
                        const Point from = leader_start(box, anchor);
                        const double length = std::hypot(from.x - anchor.x, from.y - anchor.y);
                        const double score = length + wrap.penalty;
                        if (score >= best) continue;
                        if (crosses(from, anchor, placed)) continue;
                        best = score;
                        best_length = length;
                        fill_lines(out, wrap, words, layout, x, y);
                        out.place = LabelPlace::leader;
                        break;
                    }
                }
            }
        }
        if (out.place == LabelPlace::leader) lead_from(anchor, request.symbol_mm, out);
        return best_length;
    }

    bool place(const LabelRequest& request, Point anchor, double longest, const LabelRules& rules,
               const TextMeasure& measure, std::span<const AreaLabel> placed, AreaLabel& out) {
        if (!std::isfinite(find(request, anchor, longest, rules, measure, placed, out))) return false;
        finder_.block(out.box);
        return true;
    }

private:
    bool crosses(Point from, Point to, std::span<const AreaLabel> placed) const {
        const auto meets = [&](const Box& box) { return segment_meets_box(from, to, box); };
        if (std::any_of(taken_.begin(), taken_.end(), meets)) return true;
        return std::any_of(placed.begin(), placed.end(), [&](const AreaLabel& label) {
            if (label.place == LabelPlace::leader &&
                segments_cross(from, to, label.leader_from, label.leader_to))
                return true;
            return !label.lines.empty() && segment_meets_box(from, to, label.box.grown(0.4));
        });
    }

    Box canvas_{};
    std::vector<Box> taken_{};
    SpanFinder finder_{};
    std::vector<FreeSpan> spans_{};
};

/// The way of writing values that gives the text set by hand, else the plain one.
LabelRequest words_by_hand(const LabelRequest& request, const Wrapping& wrap) {
    const std::vector<Variant> variants = variants_of(request);
    for (const Variant& variant : variants) {
        std::string text;
        for (const std::string& line : wrap.lines) text += (text.empty() ? "" : "\n") + line;
        for (const LabelLine& line : variant.request.below) text += (text.empty() ? "" : "\n") + line.text;
        if (text == request.by_hand.text) return variant.request;
    }
    return variants.front().request;
}

void place_by_hand(const LabelRequest& request, const LabelRules& rules, const TextMeasure& measure,
                   AreaLabel& out) {
    const Wrapping wrap = wrappings_of(request, measure).front();
    LabelRequest words = words_by_hand(request, wrap);
    words.symbol_mm = 0;
    const Layout layout = layout_of(wrap, words, rules.symbol_gap_mm, measure);
    fill_lines(out, wrap, words, layout, request.at->x, request.at->y - (layout.top + layout.bottom) / 2);
    out.place = LabelPlace::by_hand;
    const HandLabel& hand = request.by_hand;
    if (hand.symbol) out.symbol = *hand.symbol;
    if (hand.lines.size() == out.lines.size()) {
        // Lines keep their places within the label, wherever it went.
        Box was;
        for (const Box& line : hand.lines) was.add(line);
        const double dx = request.at->x - was.center().x;
        const double dy = request.at->y - was.center().y;
        std::vector<double> shifts;
        const double first = hand.lines.front().min_y + dy - layout.lines.front().extent.top;
        for (const Box& line : hand.lines) shifts.push_back(line.center().x + dx - request.at->x);
        fill_lines(out, wrap, words, layout, request.at->x, first, shifts);
    }
    if (!hand.has_leader) return;
    out.place = LabelPlace::leader;
    lead_from(out.symbol, request.symbol_mm, out);
}

/// \returns the boxes of symbols that reach over their area's border, or of labels set by hand
std::vector<Box> place_inside(std::span<const MultiPolygon> shapes, std::span<const LabelRequest> requests,
                              const LabelRules& rules, const TextMeasure& measure,
                              std::span<const Box> obstacles, std::vector<AreaLabel>& labels,
                              std::vector<Point>& centres, std::vector<std::optional<Point>>& symbols) {
    std::vector<Box> reaching;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const LabelRequest& request = requests[i];
        AreaLabel& label = labels[i];
        label = AreaLabel{};
        if (request.empty() || shapes[i].polygon_count() == 0) continue;
        std::vector<Box> others;
        for (const Box& o : obstacles) {
            const bool own =
                request.symbol_mm > 0 && symbols[i] && o == circle_box(*symbols[i], request.symbol_mm);
            if (!own) others.push_back(o);
        }
        std::vector<Box> all(others);
        all.insert(all.end(), rules.avoid.begin(), rules.avoid.end());
        AreaSearch search(shapes[i], others);
        const Point centre = search.centre();
        centres[i] = centre;
        label.symbol = centre;
        if (request.at) {
            place_by_hand(request, rules, measure, label);
            // Outside its area nobody would know whose it is.
            if (label.place == LabelPlace::by_hand && !contains(shapes[i], label.box.center())) {
                label.place = LabelPlace::leader;
                lead_from(label.symbol, request.symbol_mm, label);
            }
            reaching.push_back(label.box);
        } else if (request.name.empty() && request.below.empty()) {
            label.place = LabelPlace::inside;
        } else if (!rules.avoid.empty() && request.symbol_mm <= 0 &&
                   AreaSearch(shapes[i], all).place(request, rules, measure, label) != nowhere) {
            continue;
        } else if (search.place(request, rules, measure, label) != nowhere) {
            continue;
        } else if (request.symbol_mm > 0) {
            place_round_symbol(search, request, rules, measure, label);
        } else {
            label.place = LabelPlace::left_out;
        }
        if (request.symbol_mm > 0 && search.overhang(label.symbol, request.symbol_mm) > 0) {
            label.symbol_fits = false;
            symbols[i] = label.symbol;
            reaching.push_back(circle_box(label.symbol, request.symbol_mm));
        }
    }
    return reaching;
}

/// Lines of two neighbours never meet, but the boxes round their lines may, where those are not wholly in
/// their areas: the later of the two is placed again, clear of the other's whole box.
void part_overlapping(std::span<const MultiPolygon> shapes, std::span<const LabelRequest> requests,
                      const LabelRules& rules, const TextMeasure& measure, std::span<const Box> obstacles,
                      std::vector<AreaLabel>& labels) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i].place != LabelPlace::inside || labels[i].lines.empty()) continue;
        for (int round = 0; round < 3; ++round) {
            std::vector<Box> met;
            for (std::size_t j = 0; j < i; ++j) {
                if (!labels[j].lines.empty() && labels[j].box.grown(0.1).overlaps(labels[i].box))
                    met.push_back(labels[j].box.grown(0.2));
            }
            if (met.empty()) break;
            AreaSearch search(shapes[i], obstacles);
            for (const Box& box : met) search.block(box);
            LabelRequest words = requests[i];
            AreaLabel again;
            if (words.symbol_mm > 0) {
                search.block_circle(labels[i].symbol, words.symbol_mm + rules.symbol_gap_mm);
                words.symbol_mm = 0;
                again.symbol = labels[i].symbol;
                again.symbol_fits = labels[i].symbol_fits;
            }
            // What still meets another after two tries goes outside.
            const bool placed = round < 2 && search.place(words, rules, measure, again) != nowhere;
            if (!placed) again.place = LabelPlace::left_out;
            if (words.symbol_mm <= 0 && requests[i].symbol_mm > 0)
                again.symbol = labels[i].symbol;
            else if (!placed)
                again.symbol = search.centre();
            labels[i] = std::move(again);
            if (!placed) break;
        }
    }
}

/// Another area's leader may pass through: nothing is written on it.
void keep_off_leader(const AreaLabel& label, AreaSearch& search) {
    constexpr double step_mm = 0.8;
    const double dx = label.leader_to.x - label.leader_from.x;
    const double dy = label.leader_to.y - label.leader_from.y;
    const int steps = std::max(1, static_cast<int>(std::ceil(std::hypot(dx, dy) / step_mm)));
    for (int i = 0; i <= steps; ++i) {
        const Point p{label.leader_from.x + dx * i / steps, label.leader_from.y + dy * i / steps};
        search.block(Box{p.x, p.y, p.x, p.y}.grown(step_mm / 2));
    }
}

/// Leads to areas whose label has no room in them, and takes those off `homeless`. Names in the title come
/// first; where there are more than may be led to, those nearest to white space.
void lead_to(std::span<const MultiPolygon> shapes, std::span<const LabelRequest> requests,
             const LabelRules& rules, const TextMeasure& measure, std::vector<std::size_t>& homeless,
             std::vector<AreaLabel>& labels) {
    if (rules.canvas.empty() || rules.most_leaders == 0) return;
    const auto in_title = [&](std::size_t i) { return requests[i].rank == LabelRank::named_in_title; };
    const bool many = homeless.size() > rules.most_leaders;
    // More than can be led to or numbered: only what the title names.
    const bool too_many = homeless.size() > rules.most_leaders + rules.most_numbers;
    std::vector<std::size_t> order(homeless);
    std::stable_partition(order.begin(), order.end(), in_title);
    if (too_many) order.resize(static_cast<std::size_t>(std::count_if(order.begin(), order.end(), in_title)));
    if (order.empty()) return;
    LeaderSearch outside(shapes, rules);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        if (requests[i].at && !labels[i].lines.empty()) outside.keep_off(labels[i].box);
    }
    if (many && !too_many) {
        std::vector<double> length(shapes.size());
        for (const std::size_t i : order) {
            AreaLabel alone;
            if (!in_title(i))
                length[i] = outside.find(requests[i], labels[i].symbol, rules.longest_of_many_mm, rules,
                                         measure, labels, alone);
        }
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return length[a] < length[b]; });
    }
    std::size_t leaders = 0;
    for (const std::size_t i : order) {
        if (leaders == rules.most_leaders) break;
        const double longest = many && !in_title(i) ? rules.longest_of_many_mm : rules.longest_leader_mm;
        if (outside.place(requests[i], labels[i].symbol, longest, rules, measure, labels, labels[i]))
            ++leaders;
    }
    std::erase_if(homeless, [&](std::size_t i) { return labels[i].place == LabelPlace::leader; });
}

}  // namespace

std::vector<std::vector<std::string>> all_wrappings(std::string_view text, std::size_t most) {
    struct Piece {
        std::string_view word{};
        bool space_before = false;
    };
    std::vector<Piece> pieces;
    bool space = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool ends = i == text.size() || text[i] == ' ';
        const bool hyphen = !ends && text[i] == '-' && i > start && i + 1 < text.size() && text[i + 1] != ' ';
        if (!ends && !hyphen) continue;
        const std::size_t stop = hyphen ? i + 1 : i;
        if (stop > start) pieces.push_back({text.substr(start, stop - start), space});
        space = !hyphen;
        start = i + 1;
    }
    const auto join = [&](std::size_t from, std::size_t to) {
        std::string line;
        for (std::size_t p = from; p < to; ++p) {
            if (p > from && pieces[p].space_before) line += ' ';
            line += pieces[p].word;
        }
        return line;
    };
    const std::size_t n = pieces.size();
    std::vector<std::vector<std::string>> out;
    if (n == 0) return out;
    out.push_back({join(0, n)});
    // Long names: only breaks that leave no line much longer than its share.
    const auto sensible = [&](const std::vector<std::string>& lines) {
        if (n <= 8) return true;
        const double share = static_cast<double>(text.size()) / static_cast<double>(lines.size());
        return std::all_of(lines.begin(), lines.end(),
                           [&](const std::string& l) { return static_cast<double>(l.size()) < 1.4 * share; });
    };
    for (std::size_t a = 1; most >= 2 && a < n; ++a) {
        std::vector<std::string> lines{join(0, a), join(a, n)};
        if (sensible(lines)) out.push_back(std::move(lines));
    }
    for (std::size_t a = 1; most >= 3 && a + 1 < n; ++a) {
        for (std::size_t b = a + 1; b < n; ++b) {
            std::vector<std::string> lines{join(0, a), join(a, b), join(b, n)};
            if (sensible(lines)) out.push_back(std::move(lines));
        }
    }
    return out;
}

std::vector<AreaLabel> place_area_labels(std::span<const MultiPolygon> shapes,
                                         std::span<const LabelRequest> requests, const LabelRules& rules,
                                         const TextMeasure& measure) {
    const std::size_t n = shapes.size();
    std::vector<AreaLabel> labels(n);
    std::vector<Point> centres(n);
    std::vector<std::optional<Point>> symbols(n);  ///< those that reach over their border

    // Symbols that reach over their border, and labels set by hand, stand in the way of other areas' labels.
    std::vector<Box> obstacles;
    for (int round = 0; round < 4; ++round) {
        std::vector<Box> reaching =
            place_inside(shapes, requests, rules, measure, obstacles, labels, centres, symbols);
        if (reaching == obstacles) break;
        obstacles = std::move(reaching);
    }

    part_overlapping(shapes, requests, rules, measure, obstacles, labels);

    std::vector<std::size_t> homeless;
    for (std::size_t i = 0; i < n; ++i) {
        if (labels[i].place == LabelPlace::left_out) homeless.push_back(i);
    }
    if (homeless.empty()) return labels;

    lead_to(shapes, requests, rules, measure, homeless, labels);
    if (homeless.size() > rules.most_numbers) return labels;
    // Numbers run as one reads: line by line, each from the left.
    constexpr double reading_line_mm = 12;
    std::stable_sort(homeless.begin(), homeless.end(), [&](std::size_t a, std::size_t b) {
        const auto place = [&](std::size_t i) {
            return std::pair(std::floor(labels[i].symbol.y / reading_line_mm), labels[i].symbol.x);
        };
        return place(a) < place(b);
    });
    std::size_t number = 0;
    for (const std::size_t i : homeless) {
        LabelRequest digits;
        digits.name = std::to_string(number + 1);
        digits.name_style = rules.number_style;
        const Point symbol = labels[i].symbol;
        const bool symbol_fits = labels[i].symbol_fits;
        AreaSearch search(shapes[i], obstacles);
        if (requests[i].symbol_mm > 0) search.block_circle(symbol, requests[i].symbol_mm + 0.6);
        for (const AreaLabel& label : labels) {
            if (label.place == LabelPlace::leader) keep_off_leader(label, search);
        }
        for (std::size_t j = 0; j < n; ++j) {
            // The box round a neighbour's lines may reach into this area, where its lines do not.
            if (j != i && !labels[j].lines.empty() && labels[j].box.overlaps(shapes[i].box()))
                search.block(labels[j].box.grown(0.2));
        }
        if (search.place(digits, rules, measure, labels[i]) != nowhere) {
            labels[i].place = LabelPlace::number;
            labels[i].number = ++number;
        }
        labels[i].symbol = symbol;
        labels[i].symbol_fits = symbol_fits;
    }
    return labels;
}

}  // namespace wardmap
