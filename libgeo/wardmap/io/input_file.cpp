#include "wardmap/io/input_file.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/suggest.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace wardmap {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

constexpr std::size_t to_spare = 64;  // readers that look at many bytes at once may look past the end

std::string read_all(std::FILE* file, const std::string& name, std::size_t expected) {
    std::string bytes;
    bytes.reserve(expected + to_spare);
    std::array<char, 65536> piece{};
    while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), file))
        bytes.append(piece.data(), got);
    if (std::ferror(file) != 0) throw InputError("it cannot be read to its end", {.file = name});
    return bytes;
}

std::string nearest_files(const std::filesystem::path& path) {
    std::error_code failed;
    const std::filesystem::path folder =
        path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    if (!std::filesystem::is_directory(folder, failed))
        return "there is no folder '" + folder.string() + "' either";
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    const std::vector<std::string> near = nearest_names(path.filename().string(), names);
    return near.empty() ? "check the path" : did_you_mean(path.filename().string(), near);
}

}  // namespace

void require_file(const std::string& path) {
    std::error_code failed;
    const auto status = std::filesystem::status(path, failed);
    if (!std::filesystem::exists(status))
        throw FileMissing("there is no such file", {.file = path}, nearest_files(path));
    if (std::filesystem::is_directory(status))
        throw InputError("this is a folder, not a file", {.file = path}, "name a file in it");
}

std::string read_input(const std::string& path) {
    if (path == "-") return read_all(stdin, "standard input", 0);
    require_file(path);
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
    if (!file) throw InputError("the file cannot be opened", {.file = path}, "may you read it?");
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    return read_all(file.get(), path, failed ? 0 : static_cast<std::size_t>(size));
}

}  // namespace wardmap
