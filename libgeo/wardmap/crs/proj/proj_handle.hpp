/// \file
/// PROJ's objects as unique_ptr.
#pragma once

#include <proj.h>

#include <memory>

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

}  // namespace wardmap
