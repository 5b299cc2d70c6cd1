#include "wardmap/base/long_call.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

using namespace wardmap;

namespace {

/// Ends the call when it is asked for the nth time, and keeps what it heard.
class Impatient final : public Watch {
public:
    explicit Impatient(std::size_t most) : most_(most) {}
    bool go_on(std::string_view stage, double done) override {
        stages.emplace_back(stage);
        shares.push_back(done);
        threads.push_back(std::this_thread::get_id());
        return stages.size() < most_;
    }
    std::vector<std::string> stages{};
    std::vector<double> shares{};
    std::vector<std::thread::id> threads{};

private:
    std::size_t most_;
};

void rest() {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

}  // namespace

TEST_CASE("long call: nobody watches, and nothing is asked") {
    CHECK_NOTHROW(still_wanted());
    CHECK(current_long_call() == nullptr);
    Stage stage("Alone", 3);
    CHECK_NOTHROW(stage.step());
}

TEST_CASE("long call: a watch that has enough ends work on all threads") {
    Impatient watch(2);
    std::atomic<std::size_t> done{0};
    {
        const Watched watched(watch);
        CHECK_THROWS_AS(in_parallel(100'000, 3,
                                    [&](std::size_t) {
                                        rest();
                                        ++done;
                                    }),
                        Cancelled);
    }
    CHECK(watch.stages.size() == 2);
    CHECK(done < 1000);
    // The next call is another one.
    CHECK(current_long_call() == nullptr);
    CHECK_NOTHROW(in_parallel(3, 3, [](std::size_t) {}));
}

TEST_CASE("long call: the watch is asked on the calling thread only, with the outermost stage") {
    Impatient watch(1'000'000);
    {
        const Watched watched(watch);
        Stage outer("Outer", 80);
        in_parallel(80, 3, [&](std::size_t) {
            Stage inner("Inner", 1);
            rest();
            inner.step();
            outer.step();
        });
    }
    REQUIRE_FALSE(watch.stages.empty());
    double before = 0;
    for (std::size_t i = 0; i < watch.stages.size(); ++i) {
        CHECK(watch.stages[i] == "Outer");
        CHECK(watch.threads[i] == std::this_thread::get_id());
        CHECK(watch.shares[i] >= before);
        CHECK(watch.shares[i] <= 1);
        before = watch.shares[i];
    }
}

TEST_CASE("long call: a stage of unknown length has no share") {
    Impatient watch(1'000'000);
    {
        const Watched watched(watch);
        const Stage stage("Reading", 0);
        for (int i = 0; i < 30; ++i) {
            rest();
            still_wanted();
        }
    }
    REQUIRE_FALSE(watch.shares.empty());
    CHECK(std::isnan(watch.shares.front()));
}

TEST_CASE("long call: the first error is still the one that is thrown") {
    Impatient watch(1'000'000);
    const Watched watched(watch);
    CHECK_THROWS_WITH_AS(in_parallel(4, 2,
                                     [](std::size_t i) {
                                         if (i > 1) throw UsageError("number " + std::to_string(i));
                                     }),
                         doctest::Contains("number 2"), UsageError);
}
