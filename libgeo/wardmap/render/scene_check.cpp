#include "wardmap/render/scene_check.hpp"

#include "wardmap/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

namespace wardmap {
namespace {

constexpr double farthest_mm = 100'000;

class Checker {
public:
    explicit Checker(const Scene& scene) : scene_(scene) {}

    void page() const {
        for (const double size : {scene_.width_mm, scene_.height_mm}) {
            if (!(size >= 1 && size <= 5000)) fail("its page is not between 1 mm and 5 m wide and high");
        }
    }
    void nodes(const std::vector<Node>& nodes) const {
        for (const Node& node : nodes) std::visit(*this, node.content);
    }
    void operator()(const Group& group) const {
        numbers({group.dx, group.dy});
        nodes(group.children);
    }
    void operator()(const Text& text) const {
        numbers({text.x, text.y, text.style.size_pt});
        if (!(text.style.size_pt > 0)) fail("a text has no size");
    }
    void operator()(const Shape& shape) const {
        std::visit(*this, shape.outline);
        if (shape.stroke) {
            numbers({shape.stroke->width_mm});
            double sum = 0;
            for (const double dash : shape.stroke->dash_mm) {
                if (!(dash >= 0)) fail("a dash is shorter than nothing");
                sum += dash;
            }
            if (!shape.stroke->dash_mm.empty() && !(sum > 0)) fail("a dash pattern has no length");
        }
        if (shape.fill && shape.fill->hatch && !(shape.fill->hatch->pitch_mm >= 0.1)) {
            fail("the lines of a hatch are less than 0.1 mm apart");
        }
    }
    void operator()(const Path& path) const {
        std::size_t needed = 0;
        for (const PathOp op : path.ops) needed += op == PathOp::cubic ? 3 : op == PathOp::close ? 0 : 1;
        if (needed != path.points.size()) fail("a path has not as many points as its operations take");
        if (!path.ops.empty() && path.ops.front() != PathOp::move) fail("a path does not begin with a move");
        unsigned far = 0;  // all are looked at, which is quicker than a way out after each
        for (const auto& [x, y] : path.points)
            far |= static_cast<unsigned>(!(std::abs(x) <= farthest_mm)) |
                   static_cast<unsigned>(!(std::abs(y) <= farthest_mm));
        if (far != 0) fail_number();
    }
    void operator()(const RectShape& r) const { numbers({r.x, r.y, r.width, r.height}); }
    void operator()(const CircleShape& c) const { numbers({c.cx, c.cy, c.radius}); }
    void operator()(const LineShape& l) const { numbers({l.x1, l.y1, l.x2, l.y2}); }

private:
    void numbers(std::initializer_list<double> values) const {
        for (const double value : values) {
            if (!(std::abs(value) <= farthest_mm)) fail_number();
        }
    }
    [[noreturn]] void fail_number() const { fail("a place or size in it is not a number within 100 m"); }
    [[noreturn]] void fail(const std::string& why) const {
        throw OutputError("the picture '" + scene_.id + "' cannot be drawn: " + why);
    }

    const Scene& scene_;
};

/// A file of the same folder or one within it: "tables/counts.csv".
bool is_beside(std::string_view path) noexcept {
    if (path.empty() || path.front() == '.' || path.find("/.") != std::string_view::npos) return false;
    if (path.front() == '/' || path.find("//") != std::string_view::npos) return false;
    return std::all_of(path.begin(), path.end(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
    });
}

}  // namespace

void check_scene(const Scene& scene) {
    const Checker checker(scene);
    checker.page();
    checker.nodes(scene.nodes);
}

const std::string& spoken_name(const Scene& scene) noexcept {
    return scene.alt.empty() ? scene.title : scene.alt;
}

bool is_safe_link(const std::string& target) noexcept {
    const std::string_view view = target;
    if (view.size() > 1 && view.front() == '#') return true;
    for (const std::string_view scheme : {"https://", "http://", "mailto:"}) {
        if (view.substr(0, scheme.size()) == scheme) return true;
    }
    return is_beside(view);
}

}  // namespace wardmap
