/// \file
/// GEOS, in a module of its own: its symbols take longer to bind than a map to draw, and most runs never ask
/// it (most shapes are seen to be valid without).
#pragma once

#include "wardmap/base/error.hpp"

#include <stdexcept>
#include <string>

namespace wardmap {

class GeosModule;  // geometry/geos/module_interface.hpp, which is not installed

/// The module, opened on first need; any number of threads may ask. \throws Error if it cannot be opened
const GeosModule& geos_module();

/// The version of GEOS that is at work: "3.11.1". \throws Error as above
std::string geos_version();

/// What `work` gives for the module. \param what  is being done: "joining shapes"
/// \throws GeometryError with GEOS' words if GEOS cannot do it
template <typename Work>
auto by_geos(const std::string& what, const Work& work) {
    const GeosModule& module = geos_module();
    try {
        return work(module);
    } catch (const std::runtime_error& said) {
        throw GeometryError(what + " failed: " + said.what(), {},
                            "mend the shape in a GIS (QGIS: Fix geometries)");
    }
}

}  // namespace wardmap
