#include "wardmap/report/count_call.hpp"

#include "wardmap/base/number_text.hpp"

#include <utility>

namespace wardmap {
namespace {

std::string number(std::uint64_t count) {
    return with_thousands(static_cast<double>(count), 0);
}

}  // namespace

CountResult count_events(const CountRequest& request) {
    CounterOptions options = request.counter;
    options.by = request.source.columns.by;
    options.markers = request.source.columns.markers;
    options.bins = request.periods.bins;
    std::vector<Counter> counters;
    const unsigned workers = worker_count(request.source.threads);
    counters.reserve(workers);
    for (unsigned w = 0; w < workers; ++w) counters.emplace_back(request.areas, options);
    CountResult result;
    result.read = read_events(request.source, [&](unsigned worker, const EventFile&,
                                                  const EventBatch& batch) { counters[worker].add(batch); });
    for (unsigned w = 1; w < workers; ++w) counters[0].merge(counters[w]);
    result.counted = counters[0].finish(request.periods);
    result.counted.ledger.add(result.read.ledger);
    Problems problems = result.read.problems;
    problems.merge(result.counted.problems);
    result.counted.problems = std::move(problems);
    result.guesses = result.read.guesses;
    return result;
}

std::string ledger_words(const Ledger& ledger) {
    std::string words = number(ledger.counted) + " of " + number(ledger.rows_read) + " rows counted";
    const auto part = [&](std::uint64_t count, const std::string& what) {
        if (count > 0) words += "; " + number(count) + " " + what;
    };
    part(ledger.outside, "outside all areas");
    part(ledger.no_location, "without a location");
    part(ledger.out_of_period, "out of the periods");
    part(ledger.no_date, "without a date or time that is fine enough");
    part(ledger.filtered, "left out by --where");
    part(ledger.duplicates, "duplicates removed");
    for (const auto& [reason, count] : ledger.rejected) part(count, "rejected (" + reason + ")");
    return words;
}

std::string difference_words(const Counted& counted) {
    if (!counted.difference || counted.difference->compared == 0) return {};
    return number(counted.difference->different) + " of " + number(counted.difference->compared) +
           " events lie in another " + counted.cube.areas.noun() +
           " by the area column than by their coordinates";
}

}  // namespace wardmap
