#include "wardmap/base/long_call.hpp"

#include "wardmap/base/error.hpp"

#include <algorithm>
#include <limits>

namespace wardmap {
namespace {

constexpr std::chrono::milliseconds between_asking{50};

thread_local LongCall* of_thread = nullptr;

}  // namespace

LongCall* current_long_call() noexcept {
    return of_thread;
}

void work_for(LongCall* call) noexcept {
    of_thread = call;
}

Watched::Watched(Watch& watch) {
    call_.watch = &watch;
    call_.caller = std::this_thread::get_id();
    call_.next_ask = std::chrono::steady_clock::now() + between_asking;
    work_for(&call_);
}

Watched::~Watched() {
    work_for(nullptr);
}

void still_wanted() {
    LongCall* const call = of_thread;
    if (call == nullptr) return;
    if (!call->cancelled && std::this_thread::get_id() == call->caller) {
        const auto now = std::chrono::steady_clock::now();
        if (now < call->next_ask) return;
        const char* const stage = call->stage;
        const std::size_t steps = call->steps;
        const double done =
            steps == 0
                ? std::numeric_limits<double>::quiet_NaN()
                : std::min(1.0, static_cast<double>(call->steps_done.load()) / static_cast<double>(steps));
        if (!call->watch->go_on(stage == nullptr ? std::string_view{} : stage, done)) call->cancelled = true;
        call->next_ask = std::chrono::steady_clock::now() + between_asking;
    }
    if (call->cancelled) throw Cancelled("the call was cancelled");
}

Stage::Stage(const char* name, std::size_t steps) {
    LongCall* const call = of_thread;
    const char* none = nullptr;
    if (call == nullptr || !call->stage.compare_exchange_strong(none, name)) return;
    call->steps_done = 0;
    call->steps = steps;
    call_ = call;
}

Stage::~Stage() {
    if (call_ == nullptr) return;
    call_->steps = 0;
    call_->stage = nullptr;
}

void Stage::step(std::size_t steps) noexcept {
    if (call_ != nullptr) call_->steps_done += steps;
}

}  // namespace wardmap
