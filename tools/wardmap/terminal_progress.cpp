#include "terminal_progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace wardmap {
namespace {

constexpr std::chrono::seconds before_showing{1};

}  // namespace

void TerminalProgress::start(int given, bool messages_shown) {
    from_ = std::chrono::steady_clock::now() + before_showing;
    const bool terminal = ::isatty(STDERR_FILENO) != 0;
    if (!messages_shown || given < 0 || (given == 0 && !terminal)) return;
    shown_ = terminal ? Shown::in_one_line : Shown::by_tenths;
}

bool TerminalProgress::go_on(std::string_view stage, double done) {
    if (shown_ == Shown::no || stage.empty() || std::chrono::steady_clock::now() < from_) return true;
    const int step = shown_ == Shown::in_one_line ? 1 : 10;
    const std::string text = std::isnan(done)
                                 ? std::string(stage)
                                 : fmt::format("{} {}%", stage, static_cast<int>(100 * done) / step * step);
    if (text == last_) return true;
    if (shown_ == Shown::by_tenths) {
        fmt::print(stderr, "{}\n", text);
    } else {
        fmt::print(stderr, "\r{:<{}}", text, width_);
        width_ = text.size();
    }
    std::fflush(stderr);
    last_ = text;
    return true;
}

void TerminalProgress::erase() {
    if (width_ == 0) return;
    fmt::print(stderr, "\r{:<{}}\r", "", width_);
    std::fflush(stderr);
    width_ = 0;
    last_.clear();
}

}  // namespace wardmap
