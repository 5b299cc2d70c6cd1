/// \file
/// Rates of areas with different ages made comparable: direct and indirect standardisation.
///
/// An area comes as its bands (ages, or any strata): events and people of each. Formulas and sources:
/// docs/methods.md.
#pragma once

#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/limits.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace wardmap {

/// How the limits of a directly standardised rate are made.
enum class DirectLimits : unsigned char {
    dobson,     ///< Byar's limits of the count, scaled by the rate's variance
    fay_feuer,  ///< gamma limits
};

/// "dobson", "fay_feuer". \throws UsageError naming the nearest.
DirectLimits parse_direct_limits(std::string_view text);
std::string_view name_of(DirectLimits limits) noexcept;

struct StandardisingOptions {
    double per = 100000;  ///< people a rate is given for
    double level = 0.95;
    DirectLimits limits = DirectLimits::dobson;
};

/// A directly standardised rate, and what it was made of.
struct DirectRate {
    Limits rate{};          ///< per StandardisingOptions::per
    double count = 0;       ///< all events
    double population = 0;  ///< all people
};

/// The rate an area would have if its people had the ages of the standard population.
///
/// One entry a band in each span. An unknown count (NaN) is 0 events, as in the health package. A band
/// without people that has weight in the standard leaves the rate undefined, whether or not it has events: so
/// do an unknown number of people and fewer than 10 events in all. Events may outnumber people.
/// Source: Dobson 1991; Fay and Feuer 1997; OHID Fingertips guidance; Morris et al. 2018 (fewer than 10).
/// \throws UsageError for spans of different length, negative numbers, a standard that adds up to nothing or
/// options out of range
DirectRate direct_rate(std::span<const double> counts, std::span<const double> populations,
                       std::span<const double> standard, const StandardisingOptions& options = {});

/// The same where a person may have several events, which then are not independent: `persons[k - 1]` holds,
/// for each band, the persons with exactly k events. The variance is the sum of k squared times that of each.
/// \throws UsageError as direct_rate
DirectRate direct_rate_of_repeats(std::span<const std::vector<double>> persons,
                                  std::span<const double> populations, std::span<const double> standard,
                                  const StandardisingOptions& options = {});

/// Indirectly standardised: observed events by those expected at the standard's rates.
struct IndirectRate {
    Limits ratio{};  ///< observed / expected; 1 is as expected
    Limits rate{};   ///< the ratio times the standard's own rate, per StandardisingOptions::per
    double count = 0;
    double population = 0;
    double expected = 0;
};

/// Limits of the observed count are exact under 10 and Byar's from 10. Unknown counts are 0 events. A band
/// with people in which the standard has none leaves the ratio undefined; so do an unknown number of people
/// and no expected events.
/// Source: Breslow and Day 1987; OHID Fingertips guidance.
/// \throws UsageError for spans of different length, negative numbers or options out of range
IndirectRate indirect_rate(std::span<const double> counts, std::span<const double> populations,
                           std::span<const double> standard_counts,
                           std::span<const double> standard_populations,
                           const StandardisingOptions& options = {});

/// One band of a standard population.
struct StandardBand {
    AgeBand band{};
    double people = 0;
};

/// The European Standard Population of 2013: 19 bands of five years, 100,000 people, both sexes.
/// Source: Eurostat, Revision of the European Standard Population, 2013.
std::span<const StandardBand> european_standard_2013();

/// People of ESP2013 in each band, whatever their order: "0-4", "age_85_89", "90+". A band of several of its
/// own ("85+", "15-64") is their sum. \throws UsageError for a label that is no such band, naming it
std::vector<double> european_standard_of(std::span<const std::string> labels);

}  // namespace wardmap
