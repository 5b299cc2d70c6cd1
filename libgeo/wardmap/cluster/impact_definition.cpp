#include "wardmap/cluster/impact_definition.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace wardmap {
namespace {

template <class Value, std::size_t N>
Value parse_name(std::string_view text, const std::array<std::pair<std::string_view, Value>, N>& names,
                 std::string_view what) {
    std::vector<std::string> known;
    for (const auto& [name, value] : names) {
        if (name == text) return value;
        known.emplace_back(name);
    }
    throw UsageError(fmt::format("there is no {} '{}'", what, text), {}, did_you_mean(text, known));
}

void in_range(std::string_view key, double value, double low, double high) {
    if (value >= low && value <= high) return;
    throw UsageError(fmt::format("{} = {} is not from {} to {}", key, value, low, high));
}

}  // namespace

ImpactMeasure parse_impact_measure(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, ImpactMeasure>, 3> names{
        {{"crime", ImpactMeasure::crime}, {"harm", ImpactMeasure::harm}, {"both", ImpactMeasure::both}}};
    return parse_name(text, names, "measure");
}

std::string_view name_of(ImpactMeasure measure) noexcept {
    switch (measure) {
        case ImpactMeasure::crime:
            return "crime";
        case ImpactMeasure::harm:
            return "harm";
        case ImpactMeasure::both:
            return "both";
    }
    return {};
}

ImpactMethod parse_impact_method(std::string_view text) {
    if (text.size() == 1) {
        const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
        for (const ImpactMethod method : all_impact_methods)
            if (letter_of(method) == letter) return method;
    }
    static constexpr std::array<std::pair<std::string_view, ImpactMethod>, 5> names{
        {{"rank", ImpactMethod::rank},
         {"local", ImpactMethod::local},
         {"scan", ImpactMethod::scan},
         {"growth", ImpactMethod::growth},
         {"must-meet", ImpactMethod::must_meet}}};
    return parse_name(text, names, "method");
}

char letter_of(ImpactMethod method) noexcept {
    return static_cast<char>('A' + static_cast<int>(method));
}

std::string_view name_of(ImpactMethod method) noexcept {
    switch (method) {
        case ImpactMethod::rank:
            return "ranking";
        case ImpactMethod::local:
            return "local statistics";
        case ImpactMethod::scan:
            return "scan statistic";
        case ImpactMethod::growth:
            return "growth";
        case ImpactMethod::must_meet:
            return "must-meet rule";
    }
    return {};
}

ImpactDenominator parse_impact_denominator(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, ImpactDenominator>, 3> names{
        {{"residents", ImpactDenominator::residents},
         {"workday", ImpactDenominator::workday},
         {"area", ImpactDenominator::area}}};
    return parse_name(text, names, "denominator");
}

std::string_view name_of(ImpactDenominator denominator) noexcept {
    switch (denominator) {
        case ImpactDenominator::residents:
            return "residents";
        case ImpactDenominator::workday:
            return "workday";
        case ImpactDenominator::area:
            return "area";
    }
    return {};
}

void ImpactDefinition::check() const {
    in_range("budget.residents_share", residents_share, 0.001, 1);
    in_range("area.population[0]", population_min, 0, 1e9);
    in_range("area.population[1]", population_max, std::max(1.0, population_min), 1e9);
    in_range("area.compactness_min", compactness_min, 0, 1);
    in_range("measure.years", static_cast<double>(years), 1, 100);
    in_range("deprivation.share", deprived_share, 0, 1);
    for (const int decile : deciles) in_range("deprivation.deciles", decile, 1, 10);
    if (require_deprived && deciles.empty())
        throw UsageError("deprivation.deciles is empty", {}, "name the deciles, or set require = false");
    in_range("method.permutations", static_cast<double>(permutations), 0, 1e6);
    in_range("method.level", level, 0.0001, 0.5);
    in_range("method.must_meet_share", must_meet_share, 0.001, 1);
    if (hexagon_m != 0) in_range("units.size_m", hexagon_m, 50, 100000);
}

std::vector<std::string> definition_words(const ImpactDefinition& d) {
    std::vector<std::string> out;
    const std::string measured = d.measure == ImpactMeasure::crime  ? "events"
                                 : d.measure == ImpactMeasure::harm ? "harm"
                                                                    : "events and harm, both";
    const std::string divided = d.denominator == ImpactDenominator::area      ? "square kilometre"
                                : d.denominator == ImpactDenominator::workday ? "person there in the daytime"
                                                                              : "resident";
    out.push_back(fmt::format("Measured: {} per {}, over the last {} full {}.", measured, divided, d.years,
                              d.years == 1 ? "year" : "years"));
    if (!d.markers.empty())
        out.push_back(fmt::format("Only events marked {}.", fmt::join(d.markers, " or ")));
    if (!d.exclude_kinds.empty())
        out.push_back(fmt::format("Not counted: {}.", fmt::join(d.exclude_kinds, ", ")));
    out.push_back(d.areas > 0 ? fmt::format("At most {} areas.", d.areas)
                              : fmt::format("All areas together hold at most {}% of residents.",
                                            full_precision(round_half_away(100 * d.residents_share, 2))));
    out.push_back(fmt::format(
        "Each is in one piece ({}), has {} to {} residents (a single unit above that "
        "may stand alone), "
        "and a compactness of at least {} (a circle has 1, a ribbon nearly 0).",
        d.contiguity == Contiguity::queen ? "neighbours come within 0.5 m of each other, if only in a point"
                                          : "neighbours run within 0.5 m of each other along a border",
        with_thousands(d.population_min, 0), with_thousands(d.population_max, 0),
        full_precision(d.compactness_min)));
    if (d.require_deprived) {
        out.push_back(
            fmt::format("At least {}% of the residents of each live in small areas of {} {} of the Index of "
                        "Multiple Deprivation (IMD; 1 is the most deprived tenth in England).",
                        full_precision(round_half_away(100 * d.deprived_share, 2)),
                        d.deciles.size() == 1 ? "decile" : "deciles", fmt::join(d.deciles, " or ")));
    } else {
        out.push_back("Deprivation is not asked for.");
    }
    out.push_back(fmt::format("Chosen by method {}, {}.", letter_of(d.method), name_of(d.method)));
    out.push_back(
        fmt::format("Random numbers start from seed {}; the scan deals events out {}; methods B and C name "
                    "what is clear at {}.",
                    d.seed, counted(d.permutations, "time"), full_precision(d.level)));
    for (const ImpactExclusion& one : d.exclude)
        out.push_back(fmt::format("Left out: {} ({}).", one.unit, one.reason));
    return out;
}

}  // namespace wardmap
