#include "wardmap/base/in_parallel.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace wardmap;

TEST_CASE("in parallel: each piece is done once, whatever the number of threads") {
    for (const unsigned threads : {0U, 1U, 2U, 7U}) {
        std::vector<int> done(100, 0);
        in_parallel(done.size(), threads, [&](std::size_t i) { ++done[i]; });
        CHECK(done == std::vector<int>(100, 1));
    }
    CHECK_NOTHROW(in_parallel(0, 2, [](std::size_t) { throw std::runtime_error("never called"); }));
}

TEST_CASE("in parallel: the first fault by place is the one thrown, on any number of threads") {
    for (const unsigned threads : {1U, 2U, 4U}) {
        std::string what;
        try {
            in_parallel(50, threads, [](std::size_t i) {
                if (i % 10 == 7) throw std::runtime_error(std::to_string(i));
            });
        } catch (const std::runtime_error& error) {
            what = error.what();
        }
        CHECK(what == "7");
    }
}
