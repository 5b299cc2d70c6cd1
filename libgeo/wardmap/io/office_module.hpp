/// \file
/// Archives and workbooks, in a module of its own: libzip and libxlsxwriter bring a library of ciphers, which
/// takes longer to bind than a map to draw, and most runs read and write neither.
#pragma once

namespace wardmap {

class OfficeModule;  // io/office/module_interface.hpp, which is not installed

/// The module, opened on first need; any number of threads may ask. \throws Error if it cannot be opened
const OfficeModule& office_module();

}  // namespace wardmap
