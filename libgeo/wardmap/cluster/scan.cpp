#include "wardmap/cluster/scan.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/cluster/scan_circles.hpp"
#include "wardmap/cluster/scan_replications.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double most_events = 2'000'000'000;  // counts are kept in 32 bits
constexpr double same_strength = 1e-9;         // relative: the same circle by another sum

/// The areas that are scanned, by place in the input.
struct Scanned {
    std::vector<std::size_t> place{};
    std::vector<double> count{};
    std::vector<double> population{};
    std::vector<double> x{};
    std::vector<double> y{};
    double events = 0;
    double people = 0;
    std::size_t missing = 0;
    std::size_t without_people = 0;
    double their_events = 0;
};

Scanned scanned(std::span<const double> count, std::span<const double> population, std::span<const double> x,
                std::span<const double> y) {
    if (population.size() != count.size() || x.size() != count.size() || y.size() != count.size()) {
        throw UsageError("there are " + counted(count.size(), "count") + ", " +
                             counted(population.size(), "population") + ", " + counted(x.size(), "x") +
                             " and " + counted(y.size(), "y", "y"),
                         {}, "give one of each for every area, in one order");
    }
    Scanned out;
    for (std::size_t i = 0; i < count.size(); ++i) {
        if (count[i] < 0 || (std::isfinite(count[i]) && count[i] != std::floor(count[i]))) {
            throw UsageError("input " + std::to_string(i) + ": a count is " + full_precision(count[i]), {},
                             "the scan counts events: give whole numbers from 0");
        }
        if (population[i] < 0) {
            throw UsageError(
                "input " + std::to_string(i) + ": a population is " + full_precision(population[i]), {},
                "it cannot be negative");
        }
        if (!std::isfinite(count[i]) || !std::isfinite(population[i]) || !std::isfinite(x[i]) ||
            !std::isfinite(y[i])) {
            ++out.missing;
            continue;
        }
        if (population[i] == 0 && count[i] > 0) {
            ++out.without_people;
            out.their_events += count[i];
            continue;
        }
        out.place.push_back(i);
        out.count.push_back(count[i]);
        out.population.push_back(population[i]);
        out.x.push_back(x[i]);
        out.y.push_back(y[i]);
        out.events += count[i];
        out.people += population[i];
    }
    if (out.events > most_events) {
        throw UsageError("there are " + with_thousands(out.events, 0) + " events", {},
                         "the scan takes up to " + with_thousands(most_events, 0));
    }
    return out;
}

double cap_of(const ScanOptions& options, const Scanned& areas) {
    if (!(options.max_share > 0 && options.max_share <= 0.5)) {
        throw UsageError(
            "max_share is " + full_precision(options.max_share), {},
            "give a share above 0 and at most 0.5: a larger circle is the rest of the map turned round");
    }
    if (options.max_population && !(*options.max_population > 0)) {
        throw UsageError("max_population is " + full_precision(*options.max_population), {},
                         "give a number of people above 0");
    }
    return std::min(options.max_share * areas.people, options.max_population.value_or(infinite));
}

std::string method_of(const ScanOptions& options, const Scanned& areas, double cap) {
    std::string text =
        "Kulldorff's circular scan, Poisson, high rates, at most " + with_thousands(std::floor(cap), 0) +
        " people in a circle (" +
        (cap < options.max_share * areas.people ? std::string("max_population")
                                                : full_precision(100 * options.max_share) + "% of all") +
        "), clusters that do not overlap";
    if (areas.missing > 0) {
        text += "; " + counted(areas.missing, "area") + (areas.missing == 1 ? " has" : " have") +
                " a missing number and " + (areas.missing == 1 ? "is" : "are") + " left out";
    }
    if (areas.without_people > 0) {
        text += "; " + counted(areas.without_people, "area") + " with events and no people " +
                (areas.without_people == 1 ? "is" : "are") + " left out, and " +
                counted(static_cast<std::size_t>(areas.their_events), "event") + " with " +
                (areas.without_people == 1 ? "it" : "them");
    }
    return text;
}

/// A circle of the map with more events than expected.
struct Candidate {
    double llr;
    std::size_t centre;
    std::size_t step;  ///< the last one
};

std::vector<Candidate> candidates(const ScanCircles& circles, const Scanned& areas) {
    std::vector<Candidate> out;
    for (std::size_t c = 0; c < circles.centres.size(); ++c) {
        double count = 0;
        for (std::size_t s = circles.starts[c]; s < circles.starts[c + 1]; ++s) {
            count += areas.count[circles.areas[s]];
            if (!(circles.people[s] > 0)) continue;
            const double expected = areas.events * circles.people[s] / areas.people;
            const double llr = scan_likelihood_ratio(count, expected, areas.events);
            if (llr > 0) out.push_back({llr, c, s});
        }
    }
    // Of equal ones the smaller first: what it holds may be a circle round another centre.
    std::sort(out.begin(), out.end(), [&](const Candidate& a, const Candidate& b) {
        if (a.llr != b.llr) return a.llr > b.llr;
        const std::size_t a_steps = a.step - circles.starts[a.centre];
        const std::size_t b_steps = b.step - circles.starts[b.centre];
        return a_steps != b_steps ? a_steps < b_steps : a.centre < b.centre;
    });
    return out;
}

ScanCluster cluster_of(const Candidate& candidate, const ScanCircles& circles, const Scanned& areas) {
    ScanCluster out;
    const std::uint32_t centre = circles.centres[candidate.centre];
    out.centre = static_cast<AreaIndex>(areas.place[centre]);
    for (std::size_t s = circles.starts[candidate.centre]; s <= candidate.step; ++s) {
        const std::uint32_t area = circles.areas[s];
        out.members.push_back(static_cast<AreaIndex>(areas.place[area]));
        out.count += areas.count[area];
        out.radius = std::max(out.radius,
                              std::hypot(areas.x[area] - areas.x[centre], areas.y[area] - areas.y[centre]));
    }
    std::sort(out.members.begin(), out.members.end());
    out.population = circles.people[candidate.step];
    out.expected = areas.events * out.population / areas.people;
    const double outside = (areas.events - out.count) / (areas.events - out.expected);
    out.rr = outside > 0 ? out.count / out.expected / outside : infinite;
    out.llr = candidate.llr;
    out.p_value = nan;
    return out;
}

}  // namespace

Scan scan(std::span<const double> count, std::span<const double> population, std::span<const double> x,
          std::span<const double> y, const ScanOptions& options) {
    const Scanned areas = scanned(count, population, x, y);
    const double cap = cap_of(options, areas);
    Scan out;
    out.method = method_of(options, areas, cap);
    if (areas.place.size() < 2 || areas.events == 0 || areas.people == 0) {
        out.method += areas.place.size() < 2 ? "; one area has no others to be compared with"
                      : areas.people == 0    ? "; there are no people"
                                             : "; there are no events";
        return out;
    }
    const ScanCircles circles = scan_circles(areas.x, areas.y, areas.population, cap, options.threads);
    out.circles = circles.count();
    if (std::none_of(circles.people.begin(), circles.people.end(),
                     [](double people) { return people > 0; })) {
        double fewest = infinite;
        for (const double people : areas.population) {
            if (people > 0) fewest = std::min(fewest, people);
        }
        throw UsageError("no place has at most " + with_thousands(std::floor(cap), 0) +
                             " people, the cap of a circle; the smallest area has " +
                             with_thousands(fewest, 0),
                         {}, "give a larger max_population or max_share");
    }

    const std::vector<Candidate> strongest = candidates(circles, areas);
    std::vector<double> nulls;
    if (options.permutations > 0 && !strongest.empty()) {
        ReplicationOptions replications;
        replications.replications = options.permutations;
        replications.seed = options.seed;
        replications.stop_after = options.stop_after;
        replications.strength = strongest.front().llr * (1 - same_strength);
        replications.threads = options.threads;
        nulls = scan_replications(circles, areas.population, static_cast<std::uint32_t>(areas.events),
                                  replications);
    }
    out.replications = static_cast<std::uint32_t>(nulls.size());
    std::vector<bool> taken(areas.place.size(), false);
    for (const Candidate& candidate : strongest) {
        const std::size_t first = circles.starts[candidate.centre];
        const auto is_taken = [&](std::uint32_t area) { return taken[area]; };
        const auto members = std::span(circles.areas).subspan(first, candidate.step + 1 - first);
        if (std::any_of(members.begin(), members.end(), is_taken)) continue;
        ScanCluster cluster = cluster_of(candidate, circles, areas);
        if (!nulls.empty()) {
            const auto as_strong =
                static_cast<double>(std::count_if(nulls.begin(), nulls.end(), [&](double null) {
                    return null >= candidate.llr * (1 - same_strength);
                }));
            const auto made = static_cast<double>(nulls.size());
            if (!out.clusters.empty() && as_strong == made) break;
            const bool ended_early = out.clusters.empty() && options.stop_after > 0 &&
                                     as_strong == static_cast<double>(options.stop_after);
            cluster.p_value = ended_early ? as_strong / made : (1 + as_strong) / (1 + made);
        }
        for (const std::uint32_t area : members) taken[area] = true;
        out.clusters.push_back(std::move(cluster));
    }
    if (options.permutations == 0) {
        out.method += "; no replications, so no p and all clusters";
    } else if (!strongest.empty()) {
        out.method += "; p by " + with_thousands(out.replications, 0) + " replications, seed " +
                      std::to_string(options.seed);
        if (out.replications < options.permutations) {
            out.method += ", ended early at the " + std::to_string(options.stop_after) +
                          "th as strong (Besag and Clifford)";
        }
        out.method += ", clusters weaker than every replication's strongest left out";
    } else {
        out.method += "; no circle has more events than expected";
    }
    return out;
}

}  // namespace wardmap
