/// \file
/// Long calls can be watched and cancelled: whoever calls hears how far they are, and may end them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <thread>

namespace wardmap {

/// Who waits for a call. Asked on the calling thread only, about twenty times a second.
class Watch {
public:
    Watch() = default;
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    virtual ~Watch() = default;

    /// \param stage  what is done at present: "Reading events"; empty: not said
    /// \param done   of the stage, 0 to 1; NaN: cannot be told
    /// \returns whether the call is still wanted
    virtual bool go_on(std::string_view stage, double done) = 0;
};

/// What the threads of one watched call share.
struct LongCall {
    Watch* watch = nullptr;
    std::thread::id caller{};
    std::atomic<bool> cancelled{false};
    std::chrono::steady_clock::time_point next_ask{};  ///< of the calling thread
    /// The outermost stage; names last as long as the program. Steps 0: its length is not known.
    std::atomic<const char*> stage{nullptr};
    std::atomic<std::size_t> steps{0};
    std::atomic<std::size_t> steps_done{0};
};

/// While it lives, calls of the library on this thread are watched. One a call: not inside another.
class Watched {
public:
    explicit Watched(Watch& watch);
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    ~Watched();

private:
    LongCall call_{};
};

/// The call that this thread works for, or null; in_parallel hands it to its threads.
LongCall* current_long_call() noexcept;
void work_for(LongCall* call) noexcept;

/// Long loops call it every few hundredths of a second or more often, on any thread; in_parallel does before
/// every piece. Next to nothing where nobody watches. \throws Cancelled
void still_wanted();

/// A part of a call that takes long. Inside another stage it is not heard of.
class Stage {
public:
    /// \param name  a literal: "Drawing figures" \param steps  0: not known
    Stage(const char* name, std::size_t steps);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage();

    /// On any thread. Steps beyond those announced are the whole.
    void step(std::size_t steps = 1) noexcept;

private:
    LongCall* call_ = nullptr;
};

}  // namespace wardmap
