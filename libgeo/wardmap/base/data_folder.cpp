#include "wardmap/base/data_folder.hpp"

#include "wardmap/base/error.hpp"

#include <dlfcn.h>

#include <array>

namespace wardmap {

std::filesystem::path library_folder() {
    Dl_info info{};
    static const char inside = 0;
    if (dladdr(&inside, &info) == 0 || info.dli_fname == nullptr) {
        throw Error("cannot tell where the wardmap library was loaded from");
    }
    return std::filesystem::weakly_canonical(info.dli_fname).parent_path();
}

std::filesystem::path data_folder() {
    const std::filesystem::path lib = library_folder();
    // A multi-arch installation puts the library one folder deeper: lib/x86_64-linux-gnu.
    const std::array tries{lib / "share", lib.parent_path() / "share" / "wardmap",
                           lib.parent_path().parent_path() / "share" / "wardmap"};
    for (const auto& folder : tries) {
        if (std::filesystem::exists(folder / "boundaries" / "catalogue.toml")) return folder;
    }
    throw Error("the fonts and boundaries that come with wardmap are not beside its library",
                {.file = lib.string()}, "install wardmap again, or build it with ./dev build");
}

}  // namespace wardmap
