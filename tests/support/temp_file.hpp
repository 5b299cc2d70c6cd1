/// \file
/// Files that tests write and that go with them.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace wardmap {

/// A file in a folder of its own, removed at the end of its scope.
class TempFile {
public:
    explicit TempFile(const std::string& name, std::string_view bytes = {}) {
        static std::atomic<int> number{0};
        folder_ = std::filesystem::temp_directory_path() /
                  ("wardmap-test-" + std::to_string(getpid()) + "-" + std::to_string(number++));
        std::filesystem::create_directories(folder_);
        path_ = (folder_ / name).string();
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~TempFile() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;

    const std::string& path() const noexcept { return path_; }
    std::string folder() const { return folder_.string(); }

private:
    std::filesystem::path folder_;
    std::string path_;
};

}  // namespace wardmap
