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

/// A module without which the library does not work.
struct RequiredModule {
    const char* name = "";   ///< "GEOS"
    const char* file = "";   ///< "wardmap_geos.so"
    const char* entry = "";  ///< name of its one function
    const char* remedy = "";
};

/// The function of a module that must be there. \throws Error saying why it is not, and the remedy
void* required_entry(const RequiredModule& module);
/// \throws Error always: the module was built for another version
[[noreturn]] void refuse_other_version(const RequiredModule& module);

/// What the module's function, of type `Entry`, answers; null, for it was built for another version, is
/// refused. \throws Error
template <typename Entry, typename... Arguments>
const auto& opened_module(const RequiredModule& module, Arguments... arguments) {
    const auto* const opened = reinterpret_cast<Entry>(required_entry(module))(arguments...);
    if (opened == nullptr) refuse_other_version(module);
    return *opened;
}

}  // namespace wardmap
