/// \file
/// What an impact area is, in writing: the definition that is repeated in every output.
///
/// No public numeric definition was found in use by English forces; this one takes what they and the College
/// of Policing describe (small units, several years, rank, allocate by concentration) and makes each choice a
/// parameter. docs/impact-areas.md says what each does.
#pragma once

#include "wardmap/area/neighbours.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// What is to be out of proportion.
enum class ImpactMeasure : unsigned char {
    crime,  ///< events
    harm,   ///< events times their weights
    both,   ///< the smaller of the two, each against that of the whole
};

/// How units are chosen.
enum class ImpactMethod : unsigned char {
    rank,       ///< A: the top of the ranking by rate, neighbours merged
    local,      ///< B: Gi* on smoothed rates, p of high units, false discoveries controlled
    scan,       ///< C: circular Poisson scan of events
    growth,     ///< D: from the best unit outwards
    must_meet,  ///< E: crime and harm and deprivation thresholds, each to be met
};
inline constexpr ImpactMethod all_impact_methods[] = {ImpactMethod::rank, ImpactMethod::local,
                                                      ImpactMethod::scan, ImpactMethod::growth,
                                                      ImpactMethod::must_meet};

/// What the measure is divided by.
enum class ImpactDenominator : unsigned char { residents, workday, area };

/// "crime", "harm", "both". \throws UsageError naming the nearest.
ImpactMeasure parse_impact_measure(std::string_view text);
std::string_view name_of(ImpactMeasure measure) noexcept;
/// "A" to "E", or "rank", "local", "scan", "growth", "must-meet". \throws UsageError naming the nearest.
ImpactMethod parse_impact_method(std::string_view text);
char letter_of(ImpactMethod method) noexcept;
/// "ranking", "local statistics", "scan statistic", "growth", "must-meet rule"
std::string_view name_of(ImpactMethod method) noexcept;
/// "residents", "workday", "area". \throws UsageError naming the nearest.
ImpactDenominator parse_impact_denominator(std::string_view text);
std::string_view name_of(ImpactDenominator denominator) noexcept;

/// A unit left out, with its reason: a prison, a hospital, a police station's snap point.
struct ImpactExclusion {
    std::string unit{};  ///< code or name
    std::string reason{};
};

/// The definition file's keys, with its defaults.
struct ImpactDefinition {
    std::string name{"Impact areas"};
    double hexagon_m = 0;  ///< [units] size_m with kind = "hexagons"; 0: the areas given are the units
    double residents_share = 0.10;  ///< [budget] of all residents, at most
    std::size_t areas = 0;          ///< [budget] instead: this many areas; 0: by residents
    double population_min = 1500;   ///< [area]
    double population_max = 10000;  ///< a single unit above it may stand alone, flagged
    Contiguity contiguity = Contiguity::queen;
    double compactness_min =
        0.2;  ///< 4 pi surface / perimeter squared (Polsby and Popper 1991): a disc has 1
    ImpactMeasure measure = ImpactMeasure::crime;  ///< [measure]
    ImpactDenominator denominator = ImpactDenominator::residents;
    std::size_t years = 3;
    std::vector<std::string> markers{};        ///< events with any of these; empty: all events
    std::vector<std::string> exclude_kinds{};  ///< not counted: "Possession of drugs"
    std::string harm_weights{};                ///< [harm] file, beside the definition
    bool exclude_proactive = true;             ///< offences found by police activity have no harm
    bool require_deprived = true;              ///< [deprivation]
    std::vector<int> deciles{1, 2};
    double deprived_share = 0.5;               ///< of an area's residents, at least
    ImpactMethod method = ImpactMethod::rank;  ///< [method]
    std::uint64_t seed = 1;
    std::size_t permutations = 999;
    double level = 0.05;                     ///< of B's false discoveries and C's p
    double must_meet_share = 0.2;            ///< E: among this share of units, by crime and by harm
    std::vector<ImpactExclusion> exclude{};  ///< [[exclude]]

    /// \throws UsageError for a value out of its range, naming the key and the range.
    void check() const;
};

/// The definition in words, a sentence a rule: what is repeated in every output.
std::vector<std::string> definition_words(const ImpactDefinition& definition);

}  // namespace wardmap
