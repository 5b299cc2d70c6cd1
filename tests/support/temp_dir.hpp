// A folder of its own for one test, gone afterwards.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

class TempDir {
public:
    TempDir() {
        std::string name = (std::filesystem::temp_directory_path() / "wardmap-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const noexcept { return path_; }
    /// Writes a file in the folder and gives its path.
    std::string file(const std::string& name, std::string_view bytes) const {
        const std::filesystem::path target = path_ / name;
        std::ofstream(target, std::ios::binary) << bytes;
        return target.string();
    }

private:
    std::filesystem::path path_;
};
