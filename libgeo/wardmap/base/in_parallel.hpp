/// \file
/// Independent pieces of work on a few threads.
#pragma once

#include <cstddef>
#include <functional>

namespace wardmap {

/// Calls work(0) ... work(n - 1), each once, on `threads` threads (0: one a core; never more than n). Each
/// call writes to its own place, so that the result does not depend on their order. Of several exceptions,
/// the one of the lowest index is thrown, after all threads have ended. Between calls a watched call
/// (long_call.hpp) can be cancelled.
void in_parallel(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace wardmap
