#include "wardmap/base/output_file.hpp"

#include "wardmap/base/error.hpp"

#include <unistd.h>

#include <fstream>
#include <string>
#include <system_error>

namespace wardmap {

void check_output(const std::filesystem::path& target, Overwrite overwrite) {
    if (overwrite == Overwrite::refuse && std::filesystem::exists(target)) {
        throw OutputError("the file exists already", {.file = target.string()},
                          "give --overwrite to replace it");
    }
    const std::filesystem::path folder = target.parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder)) {
        throw OutputError("there is no folder '" + folder.string() + "'", {.file = target.string()},
                          "make it first");
    }
    if (std::filesystem::is_directory(target))
        throw OutputError("this is a folder, not a file", {.file = target.string()});
}

void write_output(const std::filesystem::path& target, std::string_view bytes, Overwrite overwrite) {
    check_output(target, overwrite);
    std::filesystem::path beside = target;
    beside += "." + std::to_string(::getpid()) + ".part";
    const auto fail = [&](const std::string& what) {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        throw OutputError(what, {.file = target.string()}, "is the folder writable and the disk not full?");
    };
    {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.close();
        if (!out) fail("the file cannot be written");
    }
    std::error_code failed;
    std::filesystem::rename(beside, target, failed);
    if (failed) fail("the file cannot be put in place (" + failed.message() + ")");
}

}  // namespace wardmap
