/// \file
/// The circles that a scan looks into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmap {

/// Round each centre the areas by their distance, until the next would bring more people than the cap. Each
/// step takes in one area. Areas at the same distance (within 1 in 10^9) enter together: a circle ends at the
/// last of them only. Areas at the same place have their circles once.
struct ScanCircles {
    std::vector<std::uint32_t> centres{};
    /// The steps of centre c are starts[c] up to starts[c + 1] of the columns below.
    std::vector<std::size_t> starts{0};
    std::vector<std::uint32_t> areas{};  ///< which one joins
    std::vector<double> people{};        ///< within, from the centre to here; negative where no circle ends

    std::size_t count() const noexcept;  ///< of circles
};

/// \param x, y        places of the areas, in any unit that is the same in both directions
/// \param population  0 or more
/// \param cap         people in a circle, at most
/// \throws UsageError where there would be more than 60 million steps: too large for memory and patience
ScanCircles scan_circles(std::span<const double> x, std::span<const double> y,
                         std::span<const double> population, double cap, unsigned threads);

}  // namespace wardmap
