#include "wardmap/render/cairo_version.hpp"

#include <cairo.h>

namespace wardmap {

std::string loaded_cairo_version() {
    return ::cairo_version_string();
}

}  // namespace wardmap
