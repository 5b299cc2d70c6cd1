#include "wardmap/crs/transform.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/british_grid.hpp"
#include "wardmap/crs/proj/module_interface.hpp"
#include "wardmap/crs/proj_module.hpp"
#include "wardmap/crs/well_known.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

std::string short_definition(const std::string& definition) {
    constexpr std::size_t most = 60;
    return definition.size() <= most ? definition : definition.substr(0, most) + "...";
}

std::string in_brackets(const std::string& complaint) {
    return complaint.empty() ? complaint : " (" + complaint + ")";
}

/// Letters and figures, small: "WGS 84" and "wgs84" are one name.
std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += capital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

/// "OSGB36 / British National Grid" is called by all of it or by a part.
bool is_called(std::string_view system, std::string_view by) {
    const std::string meant = folded(by);
    if (folded(system) == meant) return true;
    for (std::size_t at = 0; at <= system.size();) {
        const std::size_t end = std::min(system.find('/', at), system.size());
        if (folded(system.substr(at, end - at)) == meant) return true;
        at = end + 1;
    }
    return false;
}

/// The name of a system that PROJ has to know. A name in part, such as WGS, is none: PROJ takes the first
/// system whose name is like it. \throws CrsError
std::string known_name(const std::string& definition) {
    if (definition.empty()) {
        throw CrsError("the coordinate system is not known", {}, "name it, such as EPSG:27700");
    }
    std::string why;
    if (auto name = proj_module().name(definition, why)) {
        const bool is_name = definition.find_first_of(":+[{=") == std::string::npos;
        if (!is_name || is_called(*name, definition)) return *std::move(name);
        throw CrsError(
            "'" + short_definition(definition) + "' is no whole name of a coordinate system", {},
            "write it as EPSG:4326 (longitude and latitude, WGS 84), EPSG:27700 (British National Grid) "
            "or well-known text");
    }
    throw CrsError("'" + short_definition(definition) + "' is no coordinate system" + in_brackets(why), {},
                   "write it as EPSG:27700, EPSG:4326 or well-known text");
}

/// True without asking PROJ; false may mean that PROJ would have to be asked.
bool means(const Crs& crs, const Crs& other) {
    const WellKnownCrs* const one = well_known(crs.definition);
    const WellKnownCrs* const two = well_known(other.definition);
    return one != nullptr && two != nullptr && one->same_as == two->same_as;
}

}  // namespace

struct Transform::Data {
    Crs from{};
    Crs to{};
    bool identity = false;
    bool to_british_grid = false;  ///< PROJ is asked only for points out of reach
    std::string operation{};
    std::optional<double> accuracy_m{};
};

Transform::Transform(const Crs& from, const Crs& to) {
    auto data = std::make_shared<Data>();
    data->from = from;
    data->to = to;
    data->identity = same_crs(from, to);
    if (data->identity) {
        data->operation = "none";
        data->accuracy_m = 0;
    } else if (means(from, longitude_latitude) && means(to, british_national_grid)) {
        data->to_british_grid = true;
        data->operation = british_grid_operation;
        data->accuracy_m = british_grid_accuracy_m;
    } else {
        std::string why;
        auto operation = proj_module().operation(from.definition, to.definition, why);
        if (!operation) {
            throw CrsError("nothing leads from " + short_definition(from.definition) + " to " +
                           short_definition(to.definition) + " without a grid file" + in_brackets(why));
        }
        data->operation = std::move(operation->name);
        data->accuracy_m = operation->accuracy_m;
    }
    data_ = std::move(data);
}

void Transform::move(std::span<double> x, std::span<double> y) const {
    const auto by_proj = [&](std::span<double> some_x, std::span<double> some_y) {
        proj_module().transform(data_->from.definition, data_->to.definition, some_x, some_y);
    };
    if (!data_->to_british_grid) return by_proj(x, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (in_reach_of_british_grid({x[i], y[i]})) {
            const Point moved = british_grid({x[i], y[i]});
            x[i] = moved.x;
            y[i] = moved.y;
        } else if (std::isfinite(x[i]) && std::isfinite(y[i])) {
            by_proj(x.subspan(i, 1), y.subspan(i, 1));
        }
    }
}

Point Transform::operator()(Point point) const {
    apply({&point, 1});
    return point;
}

void Transform::apply(std::span<Point> points) const {
    if (data_->identity) return;
    constexpr std::size_t at_once = 1024;
    std::array<double, at_once> x, y;
    for (std::size_t first = 0; first < points.size(); first += at_once) {
        const std::span<Point> some = points.subspan(first, std::min(at_once, points.size() - first));
        for (std::size_t i = 0; i < some.size(); ++i) {
            x[i] = some[i].x;
            y[i] = some[i].y;
        }
        move({x.data(), some.size()}, {y.data(), some.size()});
        for (std::size_t i = 0; i < some.size(); ++i) {
            if (!std::isfinite(x[i]) || !std::isfinite(y[i])) {
                throw CrsError(
                    "the point " + full_precision(some[i].x) + ", " + full_precision(some[i].y) +
                        " has no place in " + crs_name(data_->to),
                    {},
                    "check which coordinate system the numbers are in (now " + crs_name(data_->from) + ")");
            }
            some[i] = {x[i], y[i]};
        }
    }
}

std::size_t Transform::apply_where_possible(std::span<double> x, std::span<double> y) const {
    if (!data_->identity && !x.empty()) move(x, y);
    constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
    std::size_t lost = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isfinite(x[i]) && std::isfinite(y[i])) continue;
        x[i] = y[i] = nowhere;
        ++lost;
    }
    return lost;
}

const Crs& Transform::from() const noexcept {
    return data_->from;
}
const Crs& Transform::to() const noexcept {
    return data_->to;
}
bool Transform::is_identity() const noexcept {
    return data_->identity;
}
const std::string& Transform::operation() const noexcept {
    return data_->operation;
}
std::optional<double> Transform::accuracy_m() const noexcept {
    return data_->accuracy_m;
}

std::string crs_name(const Crs& crs) {
    if (const WellKnownCrs* known = well_known(crs.definition)) return std::string(known->name);
    return known_name(crs.definition);
}

std::string crs_authority_code(const Crs& crs) {
    if (const WellKnownCrs* known = well_known(crs.definition)) return std::string(known->authority_code);
    (void)known_name(crs.definition);
    return proj_module().authority_code(crs.definition);
}

bool is_geographic(const Crs& crs) {
    if (const WellKnownCrs* known = well_known(crs.definition)) return known->geographic;
    (void)known_name(crs.definition);
    return proj_module().is_geographic(crs.definition);
}

bool same_crs(const Crs& a, const Crs& b) {
    if (!a.known() || !b.known()) return false;
    const WellKnownCrs* const left = well_known(a.definition);
    const WellKnownCrs* const right = well_known(b.definition);
    if (left != nullptr && right != nullptr) return left->same_as == right->same_as;
    (void)known_name(a.definition);
    if (a.definition == b.definition) return true;
    (void)known_name(b.definition);
    if (proj_module().equivalent(a.definition, b.definition)) return true;
    // Files name one system in many ways (ESRI's well-known text, CRS84): the registry's code settles it.
    const std::string left_code = crs_authority_code(a);
    const auto plain = [](const std::string& code) {
        return code == "OGC:CRS84" ? std::string("EPSG:4326") : code;
    };
    return !left_code.empty() && plain(left_code) == plain(crs_authority_code(b));
}

std::optional<Crs> guess_crs(const Box& box) noexcept {
    if (box.empty()) return std::nullopt;
    if (box.min_x >= -180 && box.max_x <= 180 && box.min_y >= -90 && box.max_y <= 90) {
        return longitude_latitude;
    }
    if (box.min_x >= 0 && box.max_x <= 700000 && box.min_y >= 0 && box.max_y <= 1300000) {
        return british_national_grid;
    }
    return std::nullopt;
}

}  // namespace wardmap
