#include "wardmap/cluster/impact_choice.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/cluster/impact_candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
double or_zero(double value) {
    return std::isfinite(value) ? value : 0;
}

/// Sums of the units of an area in the making.
struct Sums {
    std::vector<AreaIndex> units{};
    double residents = 0, deprived = 0, surface = 0, perimeter = 0;

    double compactness() const {
        return perimeter > 0 ? 4 * std::numbers::pi * surface / (perimeter * perimeter) : 0;
    }
};

class Assembly {
public:
    Assembly(const ImpactEvidence& evidence, const ImpactGround& ground, const ImpactDefinition& definition,
             const std::vector<double>& score, const std::vector<bool>& banned)
        : evidence_(evidence),
          ground_(ground),
          definition_(definition),
          score_(score),
          banned_(banned),
          area_of_(evidence.units.size(), -1) {
        for (const double one : evidence.residents) all_residents_ += or_zero(one);
    }

    std::vector<Sums>& areas() { return areas_; }

    /// False where the budget ends the list.
    bool offer(const ImpactCandidate& candidate) {
        std::vector<AreaIndex> units;
        for (const AreaIndex unit : candidate.units)
            if (!banned_[index(unit)] && area_of_[index(unit)] < 0) units.push_back(unit);
        if (units.empty()) return true;
        if (units.size() == 1) return offer_unit(units.front());
        for (const std::vector<AreaIndex>& piece : pieces(units)) {
            if (!fits(residents(piece)) || !may_begin()) return false;
            begin(piece);
        }
        return true;
    }

    /// From the best unit outwards: neighbours that are above the whole's rate, the highest first, while
    /// bounds hold.
    bool grow_from(AreaIndex seed) {
        if (banned_[index(seed)] || area_of_[index(seed)] >= 0) return true;
        if (!fits(residents_of(seed)) || !may_begin()) return false;
        begin({seed});
        const std::size_t area = areas_.size() - 1;
        while (const std::optional<AreaIndex> next = best_neighbour(area, 1)) add(area, *next);
        return true;
    }

    /// Adds the best neighbours until the least population is reached. False if it cannot be.
    bool reach_population(std::size_t area) {
        while (areas_[area].residents < definition_.population_min) {
            const std::optional<AreaIndex> next = best_neighbour(area, 0);
            if (!next) return false;
            add(area, *next);
        }
        return true;
    }

    std::size_t begun() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(areas_, [](const Sums& area) { return !area.units.empty(); }));
    }

private:
    static std::size_t index(AreaIndex unit) { return static_cast<std::size_t>(unit); }
    double residents_of(AreaIndex unit) const { return or_zero(evidence_.residents[index(unit)]); }
    double residents(const std::vector<AreaIndex>& units) const {
        double sum = 0;
        for (const AreaIndex unit : units) sum += residents_of(unit);
        return sum;
    }

    bool fits(double more) const {
        return definition_.areas > 0 ||
               used_ + more <= definition_.residents_share * all_residents_ * (1 + 1e-12);
    }
    bool may_begin() const { return definition_.areas == 0 || begun() < definition_.areas; }

    /// Sums of an area with one unit more: borders between them are inside now.
    Sums with(const Sums& area, AreaIndex unit) const {
        Sums out = area;
        const std::size_t u = index(unit);
        out.units.push_back(unit);
        out.residents += residents_of(unit);
        if (!evidence_.deprived.empty()) out.deprived += residents_of(unit) * or_zero(evidence_.deprived[u]);
        out.surface += ground_.surface(u);
        out.perimeter += ground_.perimeter(u);
        const auto beside = ground_.neighbours().of(u);
        for (std::size_t k = 0; k < beside.size(); ++k)
            if (std::ranges::find(area.units, beside[k]) != area.units.end())
                out.perimeter -= 2 * ground_.border(u)[k];
        return out;
    }

    /// Whether the bounds of an area let the unit in.
    bool may_join(const Sums& area, AreaIndex unit) const {
        if (area.residents + residents_of(unit) > definition_.population_max) return false;
        return with(area, unit).compactness() >= definition_.compactness_min;
    }

    bool offer_unit(AreaIndex unit) {
        if (!fits(residents_of(unit))) return false;
        int best = -1;
        double most = -1;
        const auto beside = ground_.neighbours().of(index(unit));
        std::vector<double> shared(areas_.size(), -1);
        for (std::size_t k = 0; k < beside.size(); ++k)
            if (const int area = area_of_[index(beside[k])]; area >= 0)
                shared[static_cast<std::size_t>(area)] =
                    std::max(0.0, shared[static_cast<std::size_t>(area)]) + ground_.border(index(unit))[k];
        for (std::size_t area = 0; area < areas_.size(); ++area)
            if (shared[area] > most && shared[area] >= 0 && may_join(areas_[area], unit)) {
                most = shared[area];
                best = static_cast<int>(area);
            }
        if (best >= 0) {
            add(static_cast<std::size_t>(best), unit);
            merge_with_neighbours(static_cast<std::size_t>(best));
            return true;
        }
        if (!may_begin()) return false;
        begin({unit});
        return true;
    }

    /// A unit may close the gap between two areas: they become one where the bounds let them.
    void merge_with_neighbours(std::size_t area) {
        for (std::size_t other = 0; other < areas_.size(); ++other) {
            if (other == area || areas_[other].units.empty() || !touch(area, other)) continue;
            Sums all = areas_[area];
            for (const AreaIndex unit : areas_[other].units) all = with(all, unit);
            if (all.residents > definition_.population_max || all.compactness() < definition_.compactness_min)
                continue;
            areas_[area] = std::move(all);
            for (const AreaIndex unit : areas_[other].units) area_of_[index(unit)] = static_cast<int>(area);
            areas_[other] = {};
        }
    }

    bool touch(std::size_t area, std::size_t other) const {
        return std::ranges::any_of(areas_[area].units, [&](AreaIndex unit) {
            return std::ranges::any_of(ground_.neighbours().of(index(unit)), [&](AreaIndex beside) {
                return area_of_[index(beside)] == static_cast<int>(other);
            });
        });
    }

    /// The unchosen neighbour of an area with the highest score above `floor` that the bounds and the budget
    /// let in.
    std::optional<AreaIndex> best_neighbour(std::size_t area, double floor) const {
        std::optional<AreaIndex> best;
        for (const AreaIndex unit : areas_[area].units)
            for (const AreaIndex beside : ground_.neighbours().of(index(unit))) {
                const double score = rate(beside);
                if (area_of_[index(beside)] >= 0 || banned_[index(beside)] || !(score > floor)) continue;
                if (best && (score < rate(*best) || (score == rate(*best) && beside >= *best))) continue;
                if (fits(residents_of(beside)) && may_join(areas_[area], beside)) best = beside;
            }
        return best;
    }
    double rate(AreaIndex unit) const { return score_[index(unit)]; }

    void begin(const std::vector<AreaIndex>& units) {
        Sums sums;
        for (const AreaIndex unit : units) {
            sums = with(sums, unit);
            area_of_[index(unit)] = static_cast<int>(areas_.size());
        }
        used_ += sums.residents;
        areas_.push_back(std::move(sums));
    }
    void add(std::size_t area, AreaIndex unit) {
        areas_[area] = with(areas_[area], unit);
        area_of_[index(unit)] = static_cast<int>(area);
        used_ += residents_of(unit);
    }

    /// Connected pieces, each in the order of the units.
    std::vector<std::vector<AreaIndex>> pieces(const std::vector<AreaIndex>& units) const {
        std::vector<std::vector<AreaIndex>> out;
        std::vector<AreaIndex> left = units;
        while (!left.empty()) {
            std::vector<AreaIndex> piece{left.front()};
            left.erase(left.begin());
            for (std::size_t i = 0; i < piece.size(); ++i)
                for (const AreaIndex beside : ground_.neighbours().of(index(piece[i])))
                    if (const auto found = std::ranges::find(left, beside); found != left.end()) {
                        piece.push_back(beside);
                        left.erase(found);
                    }
            out.push_back(std::move(piece));
        }
        return out;
    }

    const ImpactEvidence& evidence_;
    const ImpactGround& ground_;
    const ImpactDefinition& definition_;
    const std::vector<double>& score_;  ///< rates against the whole, also where the order is another
    const std::vector<bool>& banned_;
    std::vector<int> area_of_;
    std::vector<Sums> areas_;
    double all_residents_ = 0, used_ = 0;
};

void check_needs(const ImpactEvidence& evidence, const ImpactDefinition& definition) {
    definition.check();
    if ((definition.measure != ImpactMeasure::crime || definition.method == ImpactMethod::must_meet) &&
        evidence.weights.empty())
        throw UsageError("harm is asked for, and there are no weights", {},
                         "give --harm FILE with columns kind and weight, or set measure.use = \"crime\"");
    if (definition.require_deprived && evidence.deprived.empty())
        throw UsageError("deprivation is asked for, and there is none", {},
                         "give --imd FILE, or set deprivation.require = false");
    if (definition.denominator == ImpactDenominator::workday && evidence.workday.empty())
        throw UsageError("people there in the daytime are asked for, and there are none", {},
                         "give --workday FILE, or set measure.per = \"residents\"");
    if (std::ranges::none_of(evidence.residents, [](double n) { return n > 0; }))
        throw InputError("no unit has residents", {}, "give --population FILE with the units' codes");
}

ImpactArea finished(const Sums& sums, const ImpactEvidence& evidence, const ImpactDefinition& definition) {
    ImpactArea area;
    area.units = sums.units;
    std::ranges::sort(area.units);
    area.residents = sums.residents;
    area.deprived = evidence.deprived.empty() || !(sums.residents > 0) ? nan : sums.deprived / sums.residents;
    area.compactness = sums.compactness();
    area.over_population = area.units.size() == 1 && area.residents > definition.population_max;
    return area;
}

/// The unit an area cannot stand with, and why; nothing if it can stand. Of an area too small it is the unit
/// it began with, of one not deprived enough its least deprived unit: what is left may stand without it.
std::optional<ImpactRefusal> reason_against(const Sums& sums, const ImpactArea& area,
                                            const ImpactEvidence& evidence,
                                            const ImpactDefinition& definition) {
    if (area.residents < definition.population_min)
        return ImpactRefusal{
            sums.units.front(),
            fmt::format("with every neighbour that may join, an area from here has {} residents, under {}",
                        with_thousands(area.residents, 0), with_thousands(definition.population_min, 0))};
    if (definition.require_deprived && !(area.deprived >= definition.deprived_share)) {
        const auto deprived = [&](AreaIndex unit) {
            return or_zero(evidence.deprived[static_cast<std::size_t>(unit)]);
        };
        const AreaIndex least = *std::ranges::min_element(area.units, {}, deprived);
        return ImpactRefusal{
            least, fmt::format("with it {}% of the area's residents live in the deciles asked for, under {}%",
                               with_thousands(100 * or_zero(area.deprived), 0),
                               with_thousands(100 * definition.deprived_share, 0))};
    }
    return std::nullopt;
}

}  // namespace

ImpactView view_of(const ImpactEvidence& evidence, const ImpactDefinition& definition) {
    ImpactView view;
    const std::size_t years = evidence.years.size();
    if (years == 0)
        throw InputError("there is no full year of events", {}, "give events of twelve months or more");
    view.last_year = years - 1;
    view.first_year = years - std::min(years, definition.years);
    for (std::size_t k = 0; k < evidence.kinds.size(); ++k)
        if (std::ranges::find(definition.exclude_kinds, evidence.kinds[k]) == definition.exclude_kinds.end())
            view.kinds.push_back(k);
    return view;
}

ImpactMeasures measures_of(const ImpactEvidence& evidence, const ImpactDefinition& definition,
                           const ImpactView& view) {
    ImpactMeasures out;
    const std::size_t units = evidence.units.size();
    out.crime.assign(units, 0);
    if (!evidence.weights.empty()) out.harm.assign(units, 0);
    for (std::size_t u = 0; u < units; ++u)
        for (const std::size_t kind : view.kinds) {
            double events = 0;
            if (!view.drawn.empty()) {
                events = view.drawn[u * evidence.kinds.size() + kind];
            } else {
                for (std::size_t year = view.first_year; year <= view.last_year; ++year)
                    events += evidence.count(u, year, kind);
            }
            out.crime[u] += events;
            const bool proactive = !evidence.proactive.empty() && evidence.proactive[kind];
            if (!out.harm.empty() && !(proactive && definition.exclude_proactive))
                out.harm[u] += events * or_zero(evidence.weights[kind]);
        }
    return out;
}

std::vector<int> ImpactChoice::area_of_unit(std::size_t units) const {
    std::vector<int> out(units, -1);
    for (std::size_t a = 0; a < areas.size(); ++a)
        for (const AreaIndex unit : areas[a].units) out[static_cast<std::size_t>(unit)] = static_cast<int>(a);
    return out;
}

ImpactChoice choose_impact_areas(const ImpactEvidence& evidence, const ImpactGround& ground,
                                 const ImpactDefinition& definition, const ImpactView& view) {
    check_needs(evidence, definition);
    const std::size_t units = evidence.units.size();
    ImpactChoice choice;
    const ImpactCandidates offered = candidates(evidence, ground, definition, view);
    const std::vector<double> rates = relative_rates(evidence, ground, definition, view);
    choice.score = offered.score;
    choice.cut = nan;

    std::vector<bool> banned(units, false);
    for (std::size_t u = 0; u < units; ++u)
        banned[u] = !evidence.excluded.empty() && !evidence.excluded[u].empty();
    for (const AreaIndex unit : view.without) banned[static_cast<std::size_t>(unit)] = true;

    // A unit given up frees its part of the budget for others. Each round gives up one, so this ends.
    for (std::size_t round = 0; round <= units; ++round) {
        Assembly assembly(evidence, ground, definition, rates, banned);
        for (const ImpactCandidate& candidate : offered.order) {
            const bool goes_on = definition.method == ImpactMethod::growth
                                     ? assembly.grow_from(candidate.units.front())
                                     : assembly.offer(candidate);
            if (!goes_on) break;
        }
        std::vector<ImpactArea> areas;
        std::optional<ImpactRefusal> refusal;
        for (std::size_t a = 0; a < assembly.areas().size(); ++a) {
            if (assembly.areas()[a].units.empty()) continue;
            (void)assembly.reach_population(a);
            ImpactArea area = finished(assembly.areas()[a], evidence, definition);
            refusal = reason_against(assembly.areas()[a], area, evidence, definition);
            if (refusal) break;
            areas.push_back(std::move(area));
        }
        if (refusal) {
            banned[static_cast<std::size_t>(refusal->unit)] = true;
            choice.refused.push_back(std::move(*refusal));
            continue;
        }
        choice.areas = std::move(areas);
        break;
    }
    for (ImpactArea& area : choice.areas) {
        for (const ImpactCandidate& candidate : offered.order)
            if (candidate.p_value &&
                std::ranges::find(area.units, candidate.units.front()) != area.units.end())
                area.p_value = candidate.p_value;
        for (const AreaIndex unit : area.units)
            if (const double score = choice.score[static_cast<std::size_t>(unit)];
                std::isfinite(score) && !(score >= choice.cut))
                choice.cut = score;
    }
    return choice;
}

}  // namespace wardmap
