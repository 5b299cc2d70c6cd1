#include "wardmap/render/pdf.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/render/decimal_text.hpp"
#include "wardmap/render/pdf_file.hpp"
#include "wardmap/render/pdf_fonts.hpp"
#include "wardmap/render/pdf_structure.hpp"
#include "wardmap/render/plain_text.hpp"
#include "wardmap/render/scene_bounds.hpp"
#include "wardmap/render/scene_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <map>
#include <numbers>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr double pt_per_mm = 72 / 25.4;
constexpr int path_decimals = 2;

int heading_level(Role role) {
    return role == Role::heading1 ? 1 : role == Role::heading2 ? 2 : 3;
}

template <typename Wanted>
bool has_role(const std::vector<Node>& nodes, const Wanted& wanted) {
    return std::any_of(nodes.begin(), nodes.end(), [&](const Node& node) {
        const auto* group = std::get_if<Group>(&node.content);
        return group != nullptr && (wanted(group->role) || has_role(group->children, wanted));
    });
}

bool has_table(const std::vector<Node>& nodes) {
    return has_role(nodes, [](Role role) { return role == Role::table; });
}

struct PdfDate {
    std::string for_info;  ///< D:20220630120000Z
    std::string for_xmp;   ///< 2022-06-30T12:00:00Z
};

/// Civil date from days (Howard Hinnant's algorithm, proleptic Gregorian).
PdfDate date_of(std::int64_t seconds) {
    const std::int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
    const std::int64_t rest = seconds - days * 86400;
    const std::int64_t z = days + 719468;
    const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const std::int64_t doe = z - era * 146097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    const std::int64_t day = doy - (153 * mp + 2) / 5 + 1;
    const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
    const std::int64_t year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    const std::int64_t h = rest / 3600;
    const std::int64_t m = rest / 60 % 60;
    const std::int64_t s = rest % 60;
    return {fmt::format("D:{:04}{:02}{:02}{:02}{:02}{:02}Z", year, month, day, h, m, s),
            fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, day, h, m, s)};
}

struct Destination {
    std::size_t page = 0;
    double y_mm = 0;
};

struct Bookmark {
    std::string title{};
    int level = 1;
    Destination to{};
};

/// Where the "#id" of links lead: to the group of that id, first on the same page, else on the first page
/// that has one; or to the page whose scene has that id.
class Destinations {
public:
    explicit Destinations(std::span<const Scene> pages) {
        for (const Scene& page : pages) find_wishes(page.nodes);
        if (wishes_.empty()) return;
        for (std::size_t i = 0; i < pages.size(); ++i) {
            find_groups(pages[i].nodes, i, 0);
            if (wishes_.count(pages[i].id) > 0) scenes_.emplace(pages[i].id, Destination{i, 0});
        }
    }

    std::optional<Destination> find(const std::string& id, std::size_t page) const {
        const auto found = groups_.find(id);
        if (found != groups_.end()) {
            for (const Destination& to : found->second) {
                if (to.page == page) return to;
            }
            return found->second.front();
        }
        const auto scene = scenes_.find(id);
        return scene == scenes_.end() ? std::nullopt : std::optional<Destination>(scene->second);
    }

private:
    void find_wishes(const std::vector<Node>& nodes) {
        for (const Node& node : nodes) {
            const auto* group = std::get_if<Group>(&node.content);
            if (group == nullptr) continue;
            if (group->role == Role::link && group->target.size() > 1 && group->target[0] == '#') {
                wishes_.insert(group->target.substr(1));
            }
            find_wishes(group->children);
        }
    }
    void find_groups(const std::vector<Node>& nodes, std::size_t page, double dy) {
        for (const Node& node : nodes) {
            const auto* group = std::get_if<Group>(&node.content);
            if (group == nullptr) continue;
            if (wishes_.count(group->id) > 0) {
                const SceneBounds bounds = bounds_of(group->children, 0, dy + group->dy);
                groups_[group->id].push_back({page, bounds.is_empty() ? 0 : bounds.top});
            }
            find_groups(group->children, page, dy + group->dy);
        }
    }

    std::set<std::string> wishes_{};
    std::map<std::string, std::vector<Destination>> groups_{};
    std::map<std::string, Destination> scenes_{};
};

/// What a group's content belongs to.
struct Place {
    double dx = 0;
    double dy = 0;
    int parent = PdfStructure::document;  ///< where new elements go
    int owner = 0;                        ///< an element, `loose` or `artifact`
    bool in_report_figure = false;        ///< its title is no heading of the page
};
constexpr int loose = -1;     // texts become paragraphs, shapes are artifacts
constexpr int artifact = -2;  // hidden from screen readers
constexpr int nobody = -3;

class Document {
public:
    Document(std::span<const Scene> pages, const PdfOptions& options)
        : pages_(pages), options_(options), destinations_(pages) {}

    std::string write() {
        title_ = plain_text(options_.title.empty() ? pages_.front().title : options_.title);
        conforms_ = !title_.empty();
        resources_ = file_.new_id();
        page_tree_ = file_.new_id();
        for (std::size_t i = 0; i < pages_.size(); ++i) page_ids_.push_back(file_.new_id());
        for (std::size_t i = 0; i < pages_.size(); ++i) write_page(i);
        return finish();
    }

private:
    // ---- pages ----------------------------------------------------------------------------------------

    void write_page(std::size_t index) {
        const Scene& scene = pages_[index];
        page_ = index;
        out_.clear();
        annotations_.clear();
        state_ = State{};
        open_owner_ = nobody;
        const std::size_t key = structure_.start_page(page_ids_[index]);
        numbers({pt_per_mm, 0, 0, -pt_per_mm, 0, scene.height_mm * pt_per_mm}, 6);
        out_ += "cm 1 j\n";
        mark(artifact);
        out_ += "1 g 0 0 ";
        numbers({scene.width_mm, scene.height_mm}, 3);
        out_ += "re f 0 g\n";

        Place place;
        place.owner = loose;
        const bool is_figure = !scene.alt.empty() && !has_role(scene.nodes, [](Role role) {
            return role == Role::figure || role == Role::table;
        });
        if (is_figure)
            place.owner = new_figure(scene.alt, {0, 0, scene.width_mm, scene.height_mm}, place.parent);
        nodes(scene.nodes, place);
        mark(nobody);

        const int content = file_.stream("", out_, PdfStream::compressed);
        std::string page = "<</Type/Page/Parent " + pdf_ref(page_tree_) + "/MediaBox[0 0 ";
        append_decimal(page, scene.width_mm * pt_per_mm, 3);
        page += ' ';
        append_decimal(page, scene.height_mm * pt_per_mm, 3);
        page += "]/Resources " + pdf_ref(resources_) + "/Contents " + pdf_ref(content) + "/StructParents " +
                std::to_string(key) + "/Tabs/S";
        if (!annotations_.empty()) {
            page += "/Annots[";
            for (const int id : annotations_) page += pdf_ref(id) + " ";
            page += "]";
        }
        file_.object(page_ids_[index], page + ">>", PdfPacking::packed);
    }

    void nodes(const std::vector<Node>& list, const Place& place) {
        for (const Node& node : list) {
            if (const auto* group = std::get_if<Group>(&node.content)) {
                draw(*group, place);
            } else if (const auto* text = std::get_if<Text>(&node.content)) {
                draw(*text, place);
            } else {
                draw(std::get<Shape>(node.content), place);
            }
        }
    }

    // ---- groups and what they mean --------------------------------------------------------------------

    bool in_figure(const Place& place) const {
        return place.owner >= 0 && structure_.type(place.owner) == "Figure";
    }

    void draw(const Group& group, Place place) {
        place.dx += group.dx;
        place.dy += group.dy;
        if (place.owner == artifact) return nodes(group.children, place);
        switch (group.role) {
            case Role::none:
            case Role::layer:
            case Role::area:
                break;
            case Role::decoration:
                if (!in_figure(place)) place.owner = artifact;
                break;
            case Role::figure:
                if (in_figure(place) || has_table(group.children)) break;
                place.in_report_figure = true;
                place.owner = new_figure(group.label.empty() ? pages_[page_].alt : group.label,
                                         bounds_of(group.children, place.dx, place.dy), place.parent);
                break;
            case Role::heading1:
            case Role::heading2:
            case Role::heading3:
                if (place.in_report_figure) {
                    enter(place, "P");
                    break;
                }
                enter(place, "H" + std::to_string(heading_level(group.role)));
                add_bookmark(group, place);
                break;
            case Role::paragraph:
                enter(place, "P");
                break;
            case Role::caption:
                enter(place, "Caption");
                break;
            case Role::table:
                enter(place, "Table");
                place.owner = loose;
                rows_ = 0;
                break;
            case Role::table_row:
                enter(place, "TR");
                place.owner = loose;
                ++rows_;
                break;
            case Role::header_cell:
                enter(place, "TH");
                structure_.keep(place.owner);
                structure_.add_entries(
                    place.owner, rows_ <= 1 ? "/A<</O/Table/Scope/Column>>" : "/A<</O/Table/Scope/Row>>");
                break;
            case Role::data_cell:
                enter(place, "TD");
                structure_.keep(place.owner);
                break;
            case Role::link:
                return draw_link(group, place);
        }
        nodes(group.children, place);
    }

    void enter(Place& place, const std::string& type) {
        place.owner = structure_.new_element(type, place.parent);
        place.parent = place.owner;
    }

    int new_figure(const std::string& alt, const SceneBounds& bounds, int parent) {
        const int figure = structure_.new_element("Figure", parent);
        std::string entries = "/Alt" + pdf_text(alt);
        const double height = pages_[page_].height_mm;
        if (!bounds.is_empty()) {
            entries += "/A<</O/Layout/Placement/Block/BBox[" + box(bounds, height) + "]>>";
        }
        structure_.add_entries(figure, entries);
        if (plain_text(alt).empty()) conforms_ = false;
        return figure;
    }

    static std::string box(const SceneBounds& bounds, double page_height_mm) {
        std::string out;
        for (const double mm :
             {bounds.left, page_height_mm - bounds.bottom, bounds.right, page_height_mm - bounds.top}) {
            append_decimal(out, mm * pt_per_mm, 3);
            out += ' ';
        }
        out.pop_back();
        return out;
    }

    void add_bookmark(const Group& heading, const Place& place) {
        const int level = heading_level(heading.role);
        if (level > last_heading_ + 1) conforms_ = false;
        last_heading_ = level;
        const std::string title = words_of(heading.children);
        if (title.empty()) return;
        const SceneBounds bounds = bounds_of(heading.children, place.dx, place.dy);
        bookmarks_.push_back({title, level, {page_, bounds.is_empty() ? 0 : bounds.top}});
    }

    void draw_link(const Group& group, Place place) {
        const std::optional<std::string> action = action_of(group.target);
        const SceneBounds bounds = bounds_of(group.children, place.dx, place.dy);
        if (!action || bounds.is_empty()) return nodes(group.children, place);
        if (place.owner == loose) enter(place, "P");
        place.owner = structure_.new_element("Link", place.owner);
        place.parent = place.owner;
        nodes(group.children, place);
        const int annotation = file_.new_id();
        annotations_.push_back(annotation);
        const std::size_t key = structure_.new_annotation(place.owner, annotation);
        const std::string spoken = group.label.empty() ? words_of(group.children) : group.label;
        file_.object(annotation,
                     "<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[" +
                         box(bounds, pages_[page_].height_mm) + "]/Contents" + pdf_text(spoken) + *action +
                         "/StructParent " + std::to_string(key) + ">>",
                     PdfPacking::packed);
    }

    std::optional<std::string> action_of(const std::string& target) const {
        if (!is_safe_link(target)) return std::nullopt;
        if (target[0] != '#') return "/A<</S/URI/URI" + pdf_bytes(plain_text(target)) + ">>";
        const std::optional<Destination> to = destinations_.find(target.substr(1), page_);
        if (!to) return std::nullopt;
        return "/Dest" + destination(*to);
    }

    std::string destination(const Destination& to) const {
        std::string out = "[" + pdf_ref(page_ids_[to.page]) + "/XYZ null ";
        append_decimal(out, (pages_[to.page].height_mm - to.y_mm) * pt_per_mm, 3);
        return out + " null]";
    }

    // ---- marks on the page ----------------------------------------------------------------------------

    /// What is drawn from now on belongs to `owner`.
    void mark(int owner) {
        if (owner == open_owner_) return;
        if (open_owner_ != nobody) out_ += "EMC\n";
        open_owner_ = owner;
        if (owner == artifact) {
            out_ += "/Artifact BMC\n";
        } else if (owner != nobody) {
            const std::size_t content = structure_.new_content(owner);
            out_ += "/" + structure_.type(owner) + "<</MCID " + std::to_string(content) + ">>BDC\n";
        }
    }

    void draw(const Shape& shape, const Place& place) {
        const bool is_line = std::holds_alternative<LineShape>(shape.outline);
        const bool filled = shape.fill && !is_line && shape.fill->color.opacity > 0;
        const bool stroked = shape.stroke && shape.stroke->color.opacity > 0;
        const bool hatched = shape.fill && !is_line && shape.fill->hatch;
        if (!filled && !stroked && !hatched) return;
        mark(place.owner == loose ? artifact : place.owner);
        dx_ = place.dx;
        dy_ = place.dy;
        if (filled) set_fill(shape.fill->color);
        if (stroked) set_stroke(*shape.stroke);
        // Both at once would show the fill's edge under a see-through stroke in another way than SVG does.
        const bool at_once = filled && stroked && !hatched && shape.stroke->color.opacity >= 1 &&
                             shape.fill->color.opacity >= 1;
        if (filled) {
            outline(shape);
            out_ += at_once ? "B*\n" : "f*\n";
        }
        if (hatched) hatch(shape);
        if (stroked && !at_once) {
            outline(shape);
            out_ += "S\n";
        }
    }

    void draw(const Text& text, Place place) {
        const std::string content = plain_text(text.text);
        if (content.find_first_not_of(' ') == std::string::npos) return;
        if (place.owner == loose) place.owner = structure_.new_element("P", place.parent);
        const bool in_words = place.owner >= 0 && !in_figure(place);
        const PdfFonts::Shown shown =
            fonts_.show(content, text.style, in_words ? PdfFonts::After::space : PdfFonts::After::nothing);
        if (shown.has_missing) conforms_ = false;
        const double share = text.anchor == TextAnchor::start    ? 0
                             : text.anchor == TextAnchor::middle ? 0.5
                                                                 : 1;
        const auto show = [&](const char* mode) {
            out_ += "BT ";
            out_ += mode;
            out_ += "1 0 0 -1 ";
            numbers({place.dx + text.x - share * shown.width_mm, place.dy + text.y}, 3);
            out_ += "Tm " + shown.operators + " ET\n";
        };
        if (text.halo) {
            // The same letters as an outline below: never read or copied a second time. On its own, since
            // poppler loses what follows a piece nested in marked content.
            mark(artifact);
            set_stroke({*text.halo, halo_width_mm, {}});
            out_ += "/Span<</ActualText<FEFF>>>BDC\n";
            show("1 Tr ");
            out_ += "EMC\n";
        }
        mark(place.owner);
        set_fill(text.color);
        const bool replace = shown.needs_actual_text && place.owner != artifact;
        if (replace) out_ += "/Span<</ActualText<FEFF" + utf16_hex(content) + ">>>BDC\n";
        show(text.halo ? "0 Tr " : "");
        if (replace) out_ += "EMC\n";
    }

    /// Numbers with a space after each.
    void numbers(std::initializer_list<double> values, int places) {
        for (const double value : values) {
            append_decimal(out_, value, places);
            out_ += ' ';
        }
    }
    void point(double x, double y) { numbers({dx_ + x, dy_ + y}, 3); }

    struct State {
        std::string fill = "0 g";
        std::string stroke{};
        double fill_opacity = 1;
        double stroke_opacity = 1;
        double width_mm = -1;
        std::vector<double> dash{};
        int cap = -1;
    };

    static std::string rgb(const Color& color, const char* op) {
        std::string out;
        for (const std::uint8_t channel : {color.r, color.g, color.b}) {
            append_decimal(out, channel / 255.0, 4);
            out += ' ';
        }
        return out + op;
    }

    void set_opacity(double& now, double wanted, char kind) {
        const double opacity = std::clamp(std::round(wanted * 1000) / 1000, 0.0, 1.0);
        if (now == opacity) return;
        now = opacity;
        const std::string name = fmt::format("{}{}", kind, std::lround(opacity * 1000));
        opacities_.insert({name, {kind, opacity}});
        out_ += "/" + name + " gs\n";
    }

    void set_fill(const Color& color) {
        const std::string wanted = rgb(color, "rg");
        if (wanted != state_.fill) out_ += wanted + "\n";
        state_.fill = wanted;
        set_opacity(state_.fill_opacity, color.opacity, 'a');
    }

    void set_stroke(const Stroke& stroke) {
        const std::string wanted = rgb(stroke.color, "RG");
        if (wanted != state_.stroke) out_ += wanted + "\n";
        state_.stroke = wanted;
        set_opacity(state_.stroke_opacity, stroke.color.opacity, 'A');
        if (stroke.width_mm != state_.width_mm) {
            numbers({stroke.width_mm}, 3);
            out_ += "w\n";
            state_.width_mm = stroke.width_mm;
        }
        const int cap = stroke.dash_mm.empty() ? 1 : 0;
        if (cap != state_.cap) out_ += std::to_string(cap) + " J\n";
        state_.cap = cap;
        if (stroke.dash_mm != state_.dash) {
            out_ += '[';
            for (const double dash : stroke.dash_mm) numbers({dash}, 3);
            out_ += "] 0 d\n";
            state_.dash = stroke.dash_mm;
        }
    }

    void outline(const Shape& shape) {
        if (const auto* path = std::get_if<Path>(&shape.outline)) {
            write_path(*path);
        } else if (const auto* r = std::get_if<RectShape>(&shape.outline)) {
            point(r->x, r->y);
            numbers({r->width, r->height}, 3);
            out_ += "re\n";
        } else if (const auto* c = std::get_if<CircleShape>(&shape.outline)) {
            circle(*c);
        } else if (const auto* l = std::get_if<LineShape>(&shape.outline)) {
            point(l->x1, l->y1);
            out_ += "m ";
            point(l->x2, l->y2);
            out_ += "l\n";
        }
    }

    /// Places in steps of 0.01 mm, as in SVG; lines of no length are left out.
    void write_path(const Path& path) {
        struct Step {
            std::int64_t x = 0;
            std::int64_t y = 0;
            bool operator==(const Step&) const = default;
        };
        Step here;
        bool is_start = true;  // a first line of no length is a dot
        auto p = path.points.begin();
        const auto add = [&](std::ptrdiff_t i) {
            here = {scaled(dx_ + p[i].first, path_decimals), scaled(dy_ + p[i].second, path_decimals)};
            append_scaled(out_, here.x, path_decimals);
            out_ += ' ';
            append_scaled(out_, here.y, path_decimals);
            out_ += ' ';
        };
        for (const PathOp op : path.ops) {
            switch (op) {
                case PathOp::move:
                    add(0);
                    out_ += "m\n";
                    is_start = true;
                    break;
                case PathOp::line: {
                    const Step next{scaled(dx_ + p->first, path_decimals),
                                    scaled(dy_ + p->second, path_decimals)};
                    if (next == here && !is_start) break;
                    add(0);
                    out_ += "l\n";
                    is_start = false;
                    break;
                }
                case PathOp::cubic:
                    for (int i = 0; i < 3; ++i) add(i);
                    out_ += "c\n";
                    is_start = false;
                    break;
                case PathOp::close:
                    out_ += "h\n";
                    is_start = true;
                    break;
            }
            p += op == PathOp::cubic ? 3 : op == PathOp::close ? 0 : 1;
        }
    }

    /// Four cubic curves; the farthest they stray from the circle is 0.03% of its radius.
    void circle(const CircleShape& c) {
        const double r = std::abs(c.radius);
        const double k = 4.0 / 3.0 * (std::numbers::sqrt2 - 1) * r;
        point(c.cx + r, c.cy);
        out_ += "m\n";
        const std::array<std::pair<double, double>, 4> corners{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
        for (std::size_t i = 0; i < 4; ++i) {
            const auto [ax, ay] = corners[i];
            const auto [bx, by] = corners[(i + 1) % 4];
            point(c.cx + ax * r + bx * k, c.cy + ay * r + by * k);
            point(c.cx + bx * r + ax * k, c.cy + by * r + ay * k);
            point(c.cx + bx * r, c.cy + by * r);
            out_ += "c\n";
        }
        out_ += "h\n";
    }

    /// Lines clipped to the shape. They hang on the group's origin, as in SVG.
    void hatch(const Shape& shape) {
        const Fill::Hatch& hatch = *shape.fill->hatch;
        const State before = state_;
        out_ += "q\n";
        outline(shape);
        out_ += "W* n\n";
        set_stroke({hatch.line, hatch.width_mm, {}});
        const SceneBounds bounds = bounds_of({Node{shape}}, 0, 0);
        const double angle = hatch.angle_deg * std::numbers::pi / 180;
        const double c = std::cos(angle);
        const double s = std::sin(angle);
        // Along the lines: (c, -s); across them: (s, c), y down.
        double low = 1e9;
        double high = -1e9;
        double left = 1e9;
        double right = -1e9;
        for (const double x : {bounds.left, bounds.right}) {
            for (const double y : {bounds.top, bounds.bottom}) {
                low = std::min(low, x * s + y * c);
                high = std::max(high, x * s + y * c);
                left = std::min(left, x * c - y * s);
                right = std::max(right, x * c - y * s);
            }
        }
        for (double across = (std::floor(low / hatch.pitch_mm) + 0.5) * hatch.pitch_mm;
             across < high + hatch.pitch_mm; across += hatch.pitch_mm) {
            point(left * c + across * s, -left * s + across * c);
            out_ += "m ";
            point(right * c + across * s, -right * s + across * c);
            out_ += "l\n";
        }
        out_ += "S Q\n";
        state_ = before;
    }

    // ---- the rest of the document ---------------------------------------------------------------------

    /// Nested by level; the id of the outline's root, or 0 without headings.
    int write_bookmarks() {
        if (bookmarks_.empty()) return 0;
        struct Entry {
            int id = 0;
            int parent = -1;
            std::vector<std::size_t> children{};
        };
        const int root = file_.new_id();
        std::vector<Entry> entries(bookmarks_.size());
        std::vector<std::size_t> top;
        std::vector<std::size_t> open;  // the headings this one is under
        for (std::size_t i = 0; i < bookmarks_.size(); ++i) {
            entries[i].id = file_.new_id();
            while (!open.empty() && bookmarks_[open.back()].level >= bookmarks_[i].level) open.pop_back();
            if (open.empty()) {
                top.push_back(i);
            } else {
                entries[i].parent = static_cast<int>(open.back());
                entries[open.back()].children.push_back(i);
            }
            open.push_back(i);
        }
        const auto ends = [&](const std::vector<std::size_t>& children, const char* count_sign) {
            if (children.empty()) return std::string();
            return "/First " + pdf_ref(entries[children.front()].id) + "/Last " +
                   pdf_ref(entries[children.back()].id) + "/Count " + count_sign +
                   std::to_string(children.size());
        };
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const Entry& entry = entries[i];
            const bool is_top = entry.parent < 0;
            const std::vector<std::size_t>& siblings =
                is_top ? top : entries[static_cast<std::size_t>(entry.parent)].children;
            const auto here = std::find(siblings.begin(), siblings.end(), i);
            std::string content =
                "<</Title" + pdf_text(bookmarks_[i].title) + "/Parent " +
                pdf_ref(is_top ? root : entries[static_cast<std::size_t>(entry.parent)].id) + "/Dest" +
                destination(bookmarks_[i].to);
            if (here != siblings.begin()) content += "/Prev " + pdf_ref(entries[*(here - 1)].id);
            if (here + 1 != siblings.end()) content += "/Next " + pdf_ref(entries[*(here + 1)].id);
            content += ends(entry.children, "-") + ">>";  // closed
            file_.object(entry.id, std::move(content), PdfPacking::packed);
        }
        file_.object(root, "<</Type/Outlines" + ends(top, "") + ">>", PdfPacking::packed);
        return root;
    }

    static std::string xml(const std::string& text) {
        std::string out;
        for (const char c : text) {
            if (c == '&') {
                out += "&amp;";
            } else if (c == '<') {
                out += "&lt;";
            } else if (c == '>') {
                out += "&gt;";
            } else {
                out += c;
            }
        }
        return out;
    }

    std::string metadata(const PdfDate& date) const {
        std::string out =
            "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
            "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
            "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
            "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
            "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n";
        out += "<dc:format>application/pdf</dc:format>\n<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
               xml(title_) +
               "</rdf:li></rdf:Alt></dc:title>\n<dc:creator><rdf:Seq><rdf:li>wardmap</rdf:li></rdf:Seq></"
               "dc:creator>\n"
               "<dc:language><rdf:Bag><rdf:li>" +
               xml(plain_text(options_.language)) + "</rdf:li></rdf:Bag></dc:language>\n<xmp:CreateDate>" +
               date.for_xmp + "</xmp:CreateDate>\n<pdf:Producer>" + producer() + "</pdf:Producer>\n";
        if (conforms_) out += "<pdfuaid:part>1</pdfuaid:part>\n";
        return out + "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
    }

    static std::string producer() { return std::string("wardmap ") + std::string(version); }

    std::string finish() {
        std::string resources = "<</Font<<" + fonts_.write(file_) + ">>/ExtGState<<";
        for (const auto& [name, setting] : opacities_) {
            resources += "/" + name + (setting.first == 'a' ? "<</ca " : "<</CA ");
            append_decimal(resources, setting.second, 3);
            resources += ">>";
        }
        file_.object(resources_, resources + ">>>>", PdfPacking::packed);
        std::string kids;
        for (const int id : page_ids_) kids += pdf_ref(id) + " ";
        file_.object(page_tree_,
                     "<</Type/Pages/Count " + std::to_string(page_ids_.size()) + "/Kids[" + kids + "]>>",
                     PdfPacking::packed);
        const PdfDate date = date_of(options_.created_s);
        const int meta = file_.stream("/Type/Metadata/Subtype/XML", metadata(date), PdfStream::plain);
        const int tree = structure_.write(file_);
        const int outline = write_bookmarks();
        std::string catalogue = "<</Type/Catalog/Pages " + pdf_ref(page_tree_) + "/Lang" +
                                pdf_text(options_.language) + "/MarkInfo<</Marked true>>/StructTreeRoot " +
                                pdf_ref(tree) + "/ViewerPreferences<</DisplayDocTitle true>>/Metadata " +
                                pdf_ref(meta);
        if (outline != 0) {
            catalogue += "/Outlines " + pdf_ref(outline);
            if (page_ids_.size() > 1) catalogue += "/PageMode/UseOutlines";
        }
        const int root = file_.object(catalogue + ">>", PdfPacking::apart);
        const int info =
            file_.object("<</Title" + pdf_text(title_) + "/Author(wardmap)/Creator(wardmap)/Producer" +
                             pdf_text(producer()) + "/CreationDate(" + date.for_info + ")/ModDate(" +
                             date.for_info + ")>>",
                         PdfPacking::apart);
        return file_.finish(root, info);
    }

    std::span<const Scene> pages_;
    const PdfOptions& options_;
    Destinations destinations_;
    PdfFile file_{};
    PdfStructure structure_{};
    PdfFonts fonts_{};
    std::string title_{};
    bool conforms_ = true;
    int resources_ = 0;
    int page_tree_ = 0;
    std::vector<int> page_ids_{};
    std::vector<Bookmark> bookmarks_{};
    int last_heading_ = 0;
    std::map<std::string, std::pair<char, double>> opacities_{};

    // The page being written.
    std::size_t page_ = 0;
    std::string out_{};
    std::vector<int> annotations_{};
    State state_{};
    int open_owner_ = nobody;
    int rows_ = 0;
    double dx_ = 0;
    double dy_ = 0;
};

}  // namespace

std::string to_pdf(std::span<const Scene> pages, const PdfOptions& options) {
    if (pages.empty()) throw OutputError("a PDF needs at least one page");
    for (const Scene& page : pages) check_scene(page);
    return Document(pages, options).write();
}

std::string to_pdf(const Scene& page, const PdfOptions& options) {
    return to_pdf(std::span(&page, 1), options);
}

}  // namespace wardmap
