/// \file
/// PROJ, in a module of its own: with the libraries it needs it takes longer to load than most commands to
/// run, and most commands never ask it.
#pragma once

namespace wardmap {

class ProjModule;  // crs/proj/module_interface.hpp, which is not installed

/// The module, opened on first need; any number of threads may ask. \throws Error if it cannot be opened
const ProjModule& proj_module();

}  // namespace wardmap
