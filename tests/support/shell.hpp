/// \file
/// Runs a checking tool, where this machine has it.
#pragma once

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wardmap {

/// What `command` printed, on both streams; nothing if its first word is not installed.
inline std::optional<std::string> output_of(const std::string& command) {
    const std::string name = command.substr(0, command.find(' '));
    if (std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) != 0) return std::nullopt;
    struct Close {
        void operator()(std::FILE* pipe) const { pclose(pipe); }
    };
    const std::unique_ptr<std::FILE, Close> pipe(popen((command + " 2>&1").c_str(), "r"));
    std::string out;
    std::array<char, 4096> part{};
    while (pipe) {
        const std::size_t got = std::fread(part.data(), 1, part.size(), pipe.get());
        if (got == 0) break;
        out.append(part.data(), got);
    }
    return out;
}

/// A file that is gone at the end of the test.
class ShortLivedFile {
public:
    ShortLivedFile(std::string_view bytes, const std::string& ending)
        : path_(std::filesystem::temp_directory_path() / ("wardmap-test-" + std::to_string(::getpid()) + "-" +
                                                          std::to_string(next_number()) + ending)) {
        std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    ~ShortLivedFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    ShortLivedFile(const ShortLivedFile&) = delete;
    ShortLivedFile& operator=(const ShortLivedFile&) = delete;

    std::string path() const { return path_.string(); }

private:
    static int next_number() {
        static int number = 0;
        return ++number;
    }

    std::filesystem::path path_;
};

}  // namespace wardmap
