#include "wardmap/base/in_parallel.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/long_call.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace wardmap {

void in_parallel(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::vector<std::exception_ptr> failed(n);
    std::atomic<std::size_t> next{0};
    LongCall* const call = current_long_call();
    const auto take = [&] {
        for (std::size_t i = next++; i < n; i = next++) {
            try {
                still_wanted();
                work(i);
            } catch (const Cancelled&) {
                next = n;
                failed[i] = std::current_exception();
            } catch (...) {
                failed[i] = std::current_exception();
            }
        }
    };
    const std::size_t wanted = threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
    {
        std::vector<std::jthread> others;
        for (std::size_t t = 1; t < std::min(wanted, n); ++t)
            others.emplace_back([&] {
                work_for(call);
                take();
            });
        take();
    }
    for (const std::exception_ptr& one : failed) {
        if (one) std::rethrow_exception(one);
    }
}

}  // namespace wardmap
