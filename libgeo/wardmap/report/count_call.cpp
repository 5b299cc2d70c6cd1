#include "wardmap/report/count_call.hpp"

#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <utility>

namespace wardmap {
namespace {

std::string number(std::uint64_t count) {
    return with_thousands(static_cast<double>(count), 0);
}

bool is_clock(PeriodBins bins) {
    return bins == PeriodBins::weekday || bins == PeriodBins::hour || bins == PeriodBins::weekday_hour;
}

/// What a counter keeps for a request: all periods of the calendar are made of months.
PeriodBins kept_for(PeriodBins bins) {
    return is_clock(bins) || bins == PeriodBins::all ? bins : PeriodBins::month;
}

/// The sorts of time that counters have to keep; any of them can give `all`.
std::vector<PeriodBins> sorts_kept(const CountRequest& request) {
    std::vector<PeriodBins> sorts;
    const auto add = [&](PeriodBins bins) {
        if (bins != PeriodBins::all && std::find(sorts.begin(), sorts.end(), bins) == sorts.end())
            sorts.push_back(bins);
    };
    add(kept_for(request.periods.bins));
    for (const PeriodRequest& periods : request.also) add(kept_for(periods.bins));
    if (sorts.empty()) sorts.push_back(PeriodBins::all);
    return sorts;
}

}  // namespace

CountResult count_events(const CountRequest& request) {
    CounterOptions options = request.counter;
    options.by = request.source.columns.by;
    options.markers = request.source.columns.markers;
    const std::vector<PeriodBins> sorts = sorts_kept(request);
    const unsigned workers = worker_count(request.source.threads);
    std::vector<std::vector<Counter>> counters(sorts.size());
    for (std::size_t s = 0; s < sorts.size(); ++s) {
        options.bins = sorts[s];
        counters[s].reserve(workers);
        for (unsigned w = 0; w < workers; ++w) counters[s].emplace_back(request.areas, options);
    }
    std::vector<std::vector<Counter>> elsewhere(request.also_in.size());
    options.bins = kept_for(request.periods.bins);
    for (std::size_t a = 0; a < elsewhere.size(); ++a) {
        elsewhere[a].reserve(workers);
        for (unsigned w = 0; w < workers; ++w) elsewhere[a].emplace_back(request.also_in[a], options);
    }
    CountResult result;
    result.read =
        read_events(request.source, [&](unsigned worker, const EventFile&, const EventBatch& batch) {
            for (std::vector<Counter>& of_sort : counters) of_sort[worker].add(batch);
            for (std::vector<Counter>& of_areas : elsewhere) of_areas[worker].add(batch);
        });
    const auto merge_workers = [&](std::vector<Counter>& parts) {
        for (unsigned w = 1; w < workers; ++w) parts[0].merge(parts[w]);
    };
    for (std::vector<Counter>& of_sort : counters) merge_workers(of_sort);
    for (std::vector<Counter>& of_areas : elsewhere) merge_workers(of_areas);
    const auto finish = [&](const PeriodRequest& periods) {
        const auto found = std::find(sorts.begin(), sorts.end(), kept_for(periods.bins));
        const std::size_t sort = found == sorts.end() ? 0 : static_cast<std::size_t>(found - sorts.begin());
        return counters[sort][0].finish(periods);
    };
    result.counted = finish(request.periods);
    for (const PeriodRequest& periods : request.also) {
        Counted more = finish(periods);
        more.problems = more.problems.beyond(result.counted.problems);
        more.ledger.add(result.read.ledger);
        result.also.push_back(std::move(more));
    }
    for (const std::vector<Counter>& of_areas : elsewhere) {
        Counted more = of_areas[0].finish(request.periods);
        more.ledger.add(result.read.ledger);
        result.also_in.push_back(std::move(more));
    }
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
