/// \file
/// Time and memory of this process, for the programs of `./dev bench`.
#pragma once

#include <sys/resource.h>

#include <chrono>
#include <cstddef>
#include <fstream>
#include <string>

namespace wardmap::bench {

/// Seconds since it was made.
class Stopwatch {
public:
    double wall() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }
    double user() const { return user_seconds() - user_start_; }  ///< of all threads

private:
    static double user_seconds() {
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        return static_cast<double>(used.ru_utime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec) * 1e-6;
    }
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    double user_start_ = user_seconds();
};

/// Memory in use that no file backs, in MB, as Linux counts it; 0 where it does not say.
inline double anonymous_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        std::size_t kilobytes = 0;
        if (word == "RssAnon:" && status >> kilobytes) return static_cast<double>(kilobytes) * 1024 / 1e6;
    }
    return 0;
}

}  // namespace wardmap::bench
