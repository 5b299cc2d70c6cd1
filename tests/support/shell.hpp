/// \file
/// Runs a checking tool, where this machine has it.
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

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

}  // namespace wardmap
