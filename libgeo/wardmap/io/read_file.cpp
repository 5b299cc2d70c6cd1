#include "wardmap/io/read_file.hpp"

#include "wardmap/base/error.hpp"

#include <filesystem>
#include <fstream>

namespace wardmap {

std::string read_file(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        throw FileMissing("there is no such file", {.file = path}, "check the path");
    }
    if (std::filesystem::is_directory(path, ignored)) {
        throw InputError("this is a folder", {.file = path}, "name a file in it");
    }
    std::ifstream in(path, std::ios::binary);
    if (!in) throw InputError("the file cannot be opened", {.file = path}, "check who may read it");
    in.seekg(0, std::ios::end);
    const auto size = in.tellg();
    std::string bytes;
    if (size > 0) bytes.resize(static_cast<std::size_t>(size));
    in.seekg(0);
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.bad() || in.gcount() != static_cast<std::streamsize>(bytes.size())) {
        throw InputError("the file cannot be read to its end", {.file = path});
    }
    return bytes;
}

}  // namespace wardmap
