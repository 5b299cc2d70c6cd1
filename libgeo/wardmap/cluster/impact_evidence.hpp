/// \file
/// What is known of every unit and year: what impact areas are chosen from and scored by.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/neighbours.hpp"
#include "wardmap/base/point.hpp"
#include "wardmap/cluster/impact_definition.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// Vectors have an entry a unit unless said. NaN is "not known".
struct ImpactEvidence {
    AreaSet units{};                  ///< in metres
    std::vector<double> residents{};  ///< NaN, or 0 with events: counts are given, no rate
    std::vector<double> workday{};    ///< people there in the daytime; empty if not given
    std::vector<double>
        deprived{};  ///< share of residents in the deciles asked for, 0 to 1; empty if not given
    std::vector<std::string> years{};     ///< labels, oldest first: "year to June 2022"
    std::vector<std::string> kinds{};     ///< of events
    std::vector<double> events{};         ///< unit x year x kind, see count()
    std::vector<double> weights{};        ///< harm of one event, a kind; NaN: none given; empty: no harm
    std::vector<bool> proactive{};        ///< a kind; empty: none is
    std::vector<double> needles{};        ///< needle finds; empty if not given
    std::vector<std::string> excluded{};  ///< why a unit is left out; empty text: it is not
    std::vector<double> not_located{};    ///< a year: events that could not be placed
    std::vector<double> outside{};        ///< a year: events outside all units
    std::string weights_name{};           ///< name and version of the weights

    double count(std::size_t unit, std::size_t year, std::size_t kind) const {
        return events[(unit * years.size() + year) * kinds.size() + kind];
    }
};

/// What is measured of the units once, for every choice among them.
class ImpactGround {
public:
    /// \throws GeometryError if shapes cannot be joined
    ImpactGround(const AreaSet& units, Contiguity contiguity);

    const Neighbours& neighbours() const noexcept { return neighbours_; }
    double surface(std::size_t unit) const noexcept { return surface_[unit]; }      ///< square metres
    double perimeter(std::size_t unit) const noexcept { return perimeter_[unit]; }  ///< metres
    /// Metres of border with each neighbour, beside neighbours().of(unit).
    std::span<const double> border(std::size_t unit) const noexcept {
        return {border_.data() + neighbours_.indptr[unit], border_.data() + neighbours_.indptr[unit + 1]};
    }
    std::span<const Point> centres() const noexcept { return centres_; }

private:
    Neighbours neighbours_;
    std::vector<double> surface_, perimeter_, border_;
    std::vector<Point> centres_;
};

}  // namespace wardmap
