/// \file
/// Opening a part of the library that lies in a file of its own, on first need.
#pragma once

#include <string>

namespace wardmap {

/// A module's one function, or why there is none.
struct LateModule {
    void* entry = nullptr;
    std::string why_not{};  ///< empty with no entry: there is no such file
};

/// Opens `file` beside the library (library_folder()) and finds the function in it. It stays open until the
/// process ends: the libraries behind it keep threads and caches of their own. Their functions are bound when
/// they are called: binding all of them takes longer than most work.
LateModule open_late_module(const char* file, const char* entry);

}  // namespace wardmap
