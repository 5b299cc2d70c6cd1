#include "wardmap/base/in_parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace wardmap {

void in_parallel(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::vector<std::exception_ptr> failed(n);
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
        for (std::size_t i = next++; i < n; i = next++) {
            try {
                work(i);
            } catch (...) {
                failed[i] = std::current_exception();
            }
        }
    };
    const std::size_t wanted = threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
    {
        std::vector<std::jthread> others;
        for (std::size_t t = 1; t < std::min(wanted, n); ++t) others.emplace_back(take);
        take();
    }
    for (const std::exception_ptr& one : failed) {
        if (one) std::rethrow_exception(one);
    }
}

}  // namespace wardmap
