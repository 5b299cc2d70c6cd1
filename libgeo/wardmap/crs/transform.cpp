#include "wardmap/crs/transform.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/proj_handle.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace wardmap {
namespace {

/// What one thread keeps: its context, and the operations it has used. The context goes last.
struct ThreadState {
    ProjPointer<PJ_CONTEXT> context{};
    std::map<std::pair<std::string, std::string>, ProjPointer<PJ>> operations{};
};

ThreadState& thread_state() {
    thread_local ThreadState state;
    return state;
}

std::string short_definition(const std::string& definition) {
    constexpr std::size_t most = 60;
    return definition.size() <= most ? definition : definition.substr(0, most) + "...";
}

/// The last error of the thread's context as text; empty if there is none.
std::string proj_message() {
    const int number = proj_context_errno(proj_context());
    if (number == 0) return {};
    const char* text = proj_context_errno_string(proj_context(), number);
    return text == nullptr ? std::string{} : " (" + std::string(text) + ")";
}

bool is_geographic_type(const PJ* crs) {
    const PJ_TYPE type = proj_get_type(crs);
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

/// The horizontal part of a compound system and the base of a bound one; others as they are.
ProjPointer<PJ> horizontal_part(ProjPointer<PJ> crs) {
    const PJ_TYPE type = proj_get_type(crs.get());
    if (type == PJ_TYPE_COMPOUND_CRS) {
        return horizontal_part(ProjPointer<PJ>(proj_crs_get_sub_crs(proj_context(), crs.get(), 0)));
    }
    if (type == PJ_TYPE_BOUND_CRS) {
        return horizontal_part(ProjPointer<PJ>(proj_get_source_crs(proj_context(), crs.get())));
    }
    return crs;
}

/// The best operation between the two that needs no grid: PROJ's own order (area of use first, then
/// accuracy), without looking at which grids this machine happens to have.
ProjPointer<PJ> best_operation(const Crs& from, const Crs& to) {
    PJ_CONTEXT* context = proj_context();
    const auto source = proj_crs(from.definition);
    const auto target = proj_crs(to.definition);
    const ProjPointer<PJ_OPERATION_FACTORY_CONTEXT> factory(
        proj_create_operation_factory_context(context, nullptr));
    proj_operation_factory_context_set_grid_availability_use(context, factory.get(),
                                                             PROJ_GRID_AVAILABILITY_IGNORED);
    proj_operation_factory_context_set_spatial_criterion(context, factory.get(),
                                                         PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    const ProjPointer<PJ_OBJ_LIST> list(
        proj_create_operations(context, source.get(), target.get(), factory.get()));
    const int count = list ? proj_list_get_count(list.get()) : 0;
    ProjPointer<PJ> ballpark;
    for (int i = 0; i < count; ++i) {
        ProjPointer<PJ> operation(proj_list_get(context, list.get(), i));
        if (!operation || proj_coordoperation_get_grid_used_count(context, operation.get()) > 0) continue;
        const bool rough = proj_coordoperation_has_ballpark_transformation(context, operation.get()) != 0;
        ProjPointer<PJ> usable(proj_normalize_for_visualization(context, operation.get()));
        if (!usable) continue;
        if (!rough) return usable;
        if (!ballpark) ballpark = std::move(usable);
    }
    if (ballpark) return ballpark;
    throw CrsError("nothing leads from " + short_definition(from.definition) + " to " +
                   short_definition(to.definition) + " without a grid file" + proj_message());
}

PJ* operation_of_thread(const Crs& from, const Crs& to) {
    auto& known = thread_state().operations;
    const std::pair<std::string, std::string> key{from.definition, to.definition};
    auto found = known.find(key);
    if (found == known.end()) found = known.emplace(key, best_operation(from, to)).first;
    return found->second.get();
}

}  // namespace

PJ_CONTEXT* proj_context() {
    ThreadState& state = thread_state();
    if (!state.context) {
        state.context.reset(proj_context_create());
        proj_context_set_enable_network(state.context.get(), 0);
        proj_log_level(state.context.get(), PJ_LOG_NONE);
    }
    return state.context.get();
}

ProjPointer<PJ> proj_crs(const std::string& definition) {
    if (definition.empty()) {
        throw CrsError("the coordinate system is not known", {}, "name it, such as EPSG:27700");
    }
    ProjPointer<PJ> crs(proj_create(proj_context(), definition.c_str()));
    if (!crs || proj_is_crs(crs.get()) == 0) {
        throw CrsError("'" + short_definition(definition) + "' is no coordinate system" + proj_message(), {},
                       "write it as EPSG:27700, EPSG:4326 or well-known text");
    }
    return crs;
}

struct Transform::Data {
    Crs from{};
    Crs to{};
    bool identity = false;
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
    } else {
        PJ* operation = operation_of_thread(from, to);
        const char* name = proj_get_name(operation);
        data->operation = name == nullptr ? std::string{} : name;
        const double accuracy = proj_coordoperation_get_accuracy(proj_context(), operation);
        if (accuracy >= 0) data->accuracy_m = accuracy;
    }
    data_ = std::move(data);
}

Point Transform::operator()(Point point) const {
    apply({&point, 1});
    return point;
}

void Transform::apply(std::span<Point> points) const {
    if (data_->identity || points.empty()) return;
    PJ* operation = operation_of_thread(data_->from, data_->to);
    for (Point& point : points) {
        PJ_COORD at = proj_coord(point.x, point.y, 0, HUGE_VAL);
        proj_errno_reset(operation);
        at = proj_trans(operation, PJ_FWD, at);
        if (!std::isfinite(at.xy.x) || !std::isfinite(at.xy.y)) {
            throw CrsError(
                "the point " + full_precision(point.x) + ", " + full_precision(point.y) +
                    " has no place in " + crs_name(data_->to),
                {}, "check which coordinate system the numbers are in (now " + crs_name(data_->from) + ")");
        }
        point = {at.xy.x, at.xy.y};
    }
}

std::size_t Transform::apply_where_possible(std::span<double> x, std::span<double> y) const {
    if (x.empty()) return 0;
    if (!data_->identity) {
        PJ* operation = operation_of_thread(data_->from, data_->to);
        proj_errno_reset(operation);
        proj_trans_generic(operation, PJ_FWD, x.data(), sizeof(double), x.size(), y.data(), sizeof(double),
                           y.size(), nullptr, 0, 0, nullptr, 0, 0);
        proj_errno_reset(operation);
    }
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
    const auto object = proj_crs(crs.definition);
    const char* name = proj_get_name(object.get());
    return name == nullptr ? crs.definition : std::string(name);
}

std::string crs_authority_code(const Crs& crs) {
    const auto object = horizontal_part(proj_crs(crs.definition));
    const char* authority = proj_get_id_auth_name(object.get(), 0);
    const char* code = proj_get_id_code(object.get(), 0);
    if (authority != nullptr && code != nullptr) return std::string(authority) + ":" + code;
    int* confidence = nullptr;
    const ProjPointer<PJ_OBJ_LIST> list(
        proj_identify(proj_context(), object.get(), "EPSG", nullptr, &confidence));
    std::string found;
    constexpr int sure = 90;
    if (list && proj_list_get_count(list.get()) > 0 && confidence != nullptr && confidence[0] >= sure) {
        const ProjPointer<PJ> best(proj_list_get(proj_context(), list.get(), 0));
        const char* best_code = best ? proj_get_id_code(best.get(), 0) : nullptr;
        if (best_code != nullptr) found = std::string("EPSG:") + best_code;
    }
    proj_int_list_destroy(confidence);
    return found;
}

bool is_geographic(const Crs& crs) {
    return is_geographic_type(horizontal_part(proj_crs(crs.definition)).get());
}

bool same_crs(const Crs& a, const Crs& b) {
    if (!a.known() || !b.known()) return false;
    if (a.definition == b.definition) {
        proj_crs(a.definition);
        return true;
    }
    const auto left = horizontal_part(proj_crs(a.definition));
    const auto right = horizontal_part(proj_crs(b.definition));
    if (proj_is_equivalent_to_with_ctx(proj_context(), left.get(), right.get(),
                                       PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0) {
        return true;
    }
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
