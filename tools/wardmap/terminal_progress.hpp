/// \file
/// How far long work is, on standard error.
#pragma once

#include "wardmap/base/long_call.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace wardmap {

/// On a terminal one line that is written over and goes at the end; elsewhere, where it is asked for, a line
/// for every tenth. Nothing in the first second.
class TerminalProgress final : public Watch {
public:
    /// \param given  1: asked for, -1: not wanted, 0: where standard error is a terminal
    void start(int given, bool messages_shown);
    bool go_on(std::string_view stage, double done) override;
    /// Before other messages, and at the end.
    void erase();

private:
    enum class Shown : unsigned char { no, in_one_line, by_tenths };

    Shown shown_ = Shown::no;
    std::chrono::steady_clock::time_point from_{};
    std::size_t width_ = 0;  ///< of the line that stands
    std::string last_{};
};

}  // namespace wardmap
