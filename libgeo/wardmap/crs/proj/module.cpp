#include "wardmap/base/version.hpp"
#include "wardmap/crs/proj/module_interface.hpp"
#include "wardmap/crs/proj/proj_handle.hpp"

#include <map>
#include <string_view>
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

/// Of the proj.db that came with wardmap; empty: there is none. Set before the first call.
std::string& carried_data() {
    static std::string folder;
    return folder;
}

/// The context of this thread: no network, no messages of its own. Data that came with wardmap go before what
/// PROJ_DATA names, which other packages in a process set to theirs.
PJ_CONTEXT* proj_context() {
    ThreadState& state = thread_state();
    if (!state.context) {
        state.context.reset(proj_context_create());
        proj_context_set_enable_network(state.context.get(), 0);
        proj_log_level(state.context.get(), PJ_LOG_NONE);
        const char* const folder = carried_data().c_str();
        if (!carried_data().empty()) proj_context_set_search_paths(state.context.get(), 1, &folder);
    }
    return state.context.get();
}

/// The last error of the thread's context as text; empty if there is none.
std::string complaint() {
    const int number = proj_context_errno(proj_context());
    if (number == 0) return {};
    const char* text = proj_context_errno_string(proj_context(), number);
    return text == nullptr ? std::string{} : std::string(text);
}

/// Null if the definition means no system.
ProjPointer<PJ> proj_crs(const std::string& definition) {
    ProjPointer<PJ> crs(proj_create(proj_context(), definition.c_str()));
    if (crs && proj_is_crs(crs.get()) == 0) crs.reset();
    return crs;
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
/// accuracy), without looking at which grids this machine happens to have. Null if there is none.
ProjPointer<PJ> best_operation(const std::string& from, const std::string& to) {
    PJ_CONTEXT* context = proj_context();
    const auto source = proj_crs(from);
    const auto target = proj_crs(to);
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
    return ballpark;
}

PJ* operation_of_thread(const std::string& from, const std::string& to) {
    auto& known = thread_state().operations;
    const std::pair<std::string, std::string> key{from, to};
    auto found = known.find(key);
    if (found == known.end()) found = known.emplace(key, best_operation(from, to)).first;
    return found->second.get();
}

class Module final : public ProjModule {
public:
    std::string version() const override { return proj_info().version; }

    std::optional<std::string> name(const std::string& definition, std::string& why) const override {
        const auto crs = proj_crs(definition);
        if (!crs) {
            why = complaint();
            return std::nullopt;
        }
        const char* text = proj_get_name(crs.get());
        return text == nullptr ? definition : std::string(text);
    }

    std::string authority_code(const std::string& definition) const override {
        const auto crs = horizontal_part(proj_crs(definition));
        const char* authority = proj_get_id_auth_name(crs.get(), 0);
        const char* code = proj_get_id_code(crs.get(), 0);
        if (authority != nullptr && code != nullptr) return std::string(authority) + ":" + code;
        int* confidence = nullptr;
        const ProjPointer<PJ_OBJ_LIST> list(
            proj_identify(proj_context(), crs.get(), "EPSG", nullptr, &confidence));
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

    bool is_geographic(const std::string& definition) const override {
        const auto crs = horizontal_part(proj_crs(definition));
        const PJ_TYPE type = proj_get_type(crs.get());
        return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    }

    bool equivalent(const std::string& a, const std::string& b) const override {
        const auto left = horizontal_part(proj_crs(a));
        const auto right = horizontal_part(proj_crs(b));
        return proj_is_equivalent_to_with_ctx(proj_context(), left.get(), right.get(),
                                              PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
    }

    std::optional<ProjOperation> operation(const std::string& from, const std::string& to,
                                           std::string& why) const override {
        PJ* const operation = operation_of_thread(from, to);
        if (operation == nullptr) {
            why = complaint();
            return std::nullopt;
        }
        ProjOperation out;
        const char* name = proj_get_name(operation);
        out.name = name == nullptr ? std::string{} : name;
        const double accuracy = proj_coordoperation_get_accuracy(proj_context(), operation);
        if (accuracy >= 0) out.accuracy_m = accuracy;
        return out;
    }

    void transform(const std::string& from, const std::string& to, std::span<double> x,
                   std::span<double> y) const override {
        PJ* const operation = operation_of_thread(from, to);
        proj_errno_reset(operation);
        proj_trans_generic(operation, PJ_FWD, x.data(), sizeof(double), x.size(), y.data(), sizeof(double),
                           y.size(), nullptr, 0, 0, nullptr, 0, 0);
        proj_errno_reset(operation);
    }
};

}  // namespace
}  // namespace wardmap

extern "C" __attribute__((visibility("default"))) const wardmap::ProjModule* wardmap_proj_module(
    const char* library_version, const char* data_folder);

const wardmap::ProjModule* wardmap_proj_module(const char* library_version, const char* data_folder) {
    if (wardmap::version != std::string_view(library_version)) return nullptr;
    if (data_folder != nullptr) wardmap::carried_data() = data_folder;
    static const wardmap::Module module;
    return &module;
}
