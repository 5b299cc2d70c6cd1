#include "convert.hpp"
#include "inputs.hpp"

#include "wardmap/cluster/empirical_bayes.hpp"
#include "wardmap/cluster/getis_ord.hpp"
#include "wardmap/cluster/local_moran.hpp"
#include "wardmap/cluster/moran.hpp"
#include "wardmap/cluster/scan.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {
namespace {

using Indices = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

/// Compressed sparse rows from Python. \throws UsageError for what cannot be neighbours.
Neighbours neighbours_of(const Indices& indptr, const Indices& indices) {
    std::vector<std::size_t> starts;
    for (py::ssize_t i = 0; i < indptr.size(); ++i) {
        // A negative number becomes a large one, which does not fit.
        starts.push_back(static_cast<std::size_t>(indptr.data()[i]));
    }
    std::vector<AreaIndex> places;
    for (py::ssize_t i = 0; i < indices.size(); ++i) {
        const std::int64_t place = indices.data()[i];
        places.push_back(place < 0 || place >= indptr.size() ? no_area : static_cast<AreaIndex>(place));
    }
    return neighbours_from(std::move(starts), std::move(places));
}

py::array_t<std::int32_t> places_of(const std::vector<AreaIndex>& places) {
    py::array_t<std::int32_t> out(static_cast<py::ssize_t>(places.size()));
    std::copy(places.begin(), places.end(), out.mutable_data());
    return out;
}

py::tuple moran_of(const Doubles& values, const Indices& indptr, const Indices& indices,
                   std::uint32_t permutations, std::uint64_t seed, const std::string& style,
                   unsigned threads) {
    MoranOptions options{permutations, seed, parse_weight_style(style), threads};
    const Neighbours neighbours = neighbours_of(indptr, indices);
    Moran made;
    {
        const auto numbers = span_of(values);
        const Unlocked unlocked;
        made = moran(numbers, neighbours, options);
    }
    return py::make_tuple(made.i, made.expected, made.variance, made.z, made.p_two_sided, made.p_permutation,
                          made.method);
}

py::tuple local_moran_of(const Doubles& values, const Indices& indptr, const Indices& indices,
                         std::uint32_t permutations, std::uint64_t seed, const std::string& divisor,
                         const std::string& style, unsigned threads) {
    LocalMoranOptions options;
    options.permutations = permutations;
    options.seed = seed;
    options.divisor = parse_moment_divisor(divisor);
    options.style = parse_weight_style(style);
    options.threads = threads;
    const Neighbours neighbours = neighbours_of(indptr, indices);
    LocalMoran made;
    {
        const auto numbers = span_of(values);
        const Unlocked unlocked;
        made = local_moran(numbers, neighbours, options);
    }
    py::list patterns(made.pattern.size());
    for (std::size_t i = 0; i < made.pattern.size(); ++i) patterns[i] = py::str(name_of(made.pattern[i]));
    return py::make_tuple(array_of(made.i), array_of(made.z), array_of(made.lag), patterns,
                          array_of(made.p_greater), array_of(made.p_less), array_of(made.p_two_sided),
                          made.method);
}

py::tuple getis_ord_of(const Doubles& values, const Indices& indptr, const Indices& indices, bool star,
                       const std::string& style, std::uint32_t permutations, std::uint64_t seed,
                       unsigned threads) {
    GetisOrdOptions options;
    options.kind = star ? GetisOrdKind::gi_star : GetisOrdKind::gi;
    options.style = parse_weight_style(style);
    options.permutations = permutations;
    options.seed = seed;
    options.threads = threads;
    const Neighbours neighbours = neighbours_of(indptr, indices);
    GetisOrd made;
    {
        const auto numbers = span_of(values);
        const Unlocked unlocked;
        made = getis_ord(numbers, neighbours, options);
    }
    return py::make_tuple(array_of(made.z), array_of(made.p_two_sided), made.method);
}

py::tuple empirical_bayes_of(const Doubles& count, const Doubles& population,
                             const std::optional<Indices>& indptr, const std::optional<Indices>& indices) {
    std::optional<Neighbours> neighbours;
    if (indptr && indices) neighbours = neighbours_of(*indptr, *indices);
    SmoothedRates made;
    {
        const auto counts = span_of(count), people = span_of(population);
        const Unlocked unlocked;
        made = neighbours ? empirical_bayes(counts, people, *neighbours) : empirical_bayes(counts, people);
    }
    return py::make_tuple(array_of(made.rates), made.method);
}

py::tuple scan_of(const Doubles& count, const Doubles& population, const Doubles& x, const Doubles& y,
                  double max_share, std::optional<double> max_population, std::uint32_t permutations,
                  std::uint64_t seed, std::uint32_t stop_after, unsigned threads) {
    const ScanOptions options{max_share, max_population, permutations, seed, stop_after, threads};
    Scan made;
    {
        const auto counts = span_of(count), people = span_of(population), xs = span_of(x), ys = span_of(y);
        const Unlocked unlocked;
        made = scan(counts, people, xs, ys, options);
    }
    py::list clusters;
    for (const ScanCluster& one : made.clusters) {
        py::dict row;
        row["members"] = places_of(one.members);
        row["count"] = one.count;
        row["expected"] = one.expected;
        row["rr"] = one.rr;
        row["llr"] = one.llr;
        row["p_value"] = one.p_value;
        row["population"] = one.population;
        row["centre"] = one.centre;
        row["radius"] = one.radius;
        clusters.append(row);
    }
    return py::make_tuple(clusters, made.circles, made.replications, made.method);
}

}  // namespace

void bind_cluster(py::module_& m) {
    m.def("moran", &moran_of, py::arg("values"), py::arg("indptr"), py::arg("indices"),
          py::arg("permutations"), py::arg("seed"), py::arg("style"), py::arg("threads"));
    m.def("local_moran", &local_moran_of, py::arg("values"), py::arg("indptr"), py::arg("indices"),
          py::arg("permutations"), py::arg("seed"), py::arg("divisor"), py::arg("style"), py::arg("threads"));
    m.def("getis_ord", &getis_ord_of, py::arg("values"), py::arg("indptr"), py::arg("indices"),
          py::arg("star"), py::arg("style"), py::arg("permutations"), py::arg("seed"), py::arg("threads"));
    m.def("empirical_bayes", &empirical_bayes_of, py::arg("count"), py::arg("population"),
          py::arg("indptr").none(true), py::arg("indices").none(true));
    m.def("scan", &scan_of, py::arg("count"), py::arg("population"), py::arg("x"), py::arg("y"),
          py::arg("max_share"), py::arg("max_population").none(true), py::arg("permutations"),
          py::arg("seed"), py::arg("stop_after"), py::arg("threads"));
}

}  // namespace wardmap
