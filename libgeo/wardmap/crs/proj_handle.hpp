/// \file
/// PROJ's objects as unique_ptr, and the calling thread's context.
#pragma once

#include <proj.h>

#include <memory>
#include <string>

namespace wardmap {

struct ProjDeleter {
    void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
    void operator()(PJ* object) const noexcept { proj_destroy(object); }
    void operator()(PJ_OBJ_LIST* list) const noexcept { proj_list_destroy(list); }
    void operator()(PJ_OPERATION_FACTORY_CONTEXT* context) const noexcept {
        proj_operation_factory_context_destroy(context);
    }
};

template <typename T>
using ProjPointer = std::unique_ptr<T, ProjDeleter>;

/// The context of this thread: no network, no messages of its own.
PJ_CONTEXT* proj_context();

/// The system a definition means. \throws CrsError
ProjPointer<PJ> proj_crs(const std::string& definition);

}  // namespace wardmap
