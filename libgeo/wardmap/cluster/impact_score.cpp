#include "wardmap/cluster/impact_score.hpp"

#include "wardmap/base/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole) {
    return whole > 0 ? part / whole : nan;
}

class Scorer {
public:
    Scorer(const ImpactEvidence& evidence, const ImpactGround& ground, const ImpactDefinition& definition,
           const ImpactView& view)
        : evidence_(evidence),
          ground_(ground),
          definition_(definition),
          view_(view),
          measures_(measures_of(evidence, definition, view)) {}

    ImpactScore sums(const std::vector<bool>& in) const {
        ImpactScore out;
        const bool harm = !measures_.harm.empty(), needles = !evidence_.needles.empty();
        const bool known = !evidence_.deprived.empty();
        out.harm = harm ? 0 : nan;
        out.needles = needles ? 0 : nan;
        double deprived = 0;
        for (std::size_t u = 0; u < in.size(); ++u) {
            if (!in[u]) continue;
            out.events += measures_.crime[u];
            if (harm) out.harm += measures_.harm[u];
            if (needles && std::isfinite(evidence_.needles[u])) out.needles += evidence_.needles[u];
            out.square_km += ground_.surface(u) / 1e6;
            const double residents = evidence_.residents[u] > 0 ? evidence_.residents[u] : 0;
            out.residents += residents;
            if (known && std::isfinite(evidence_.deprived[u])) deprived += residents * evidence_.deprived[u];
            out.events_first += of_year(u, view_.first_year);
            out.events_last += of_year(u, view_.last_year);
        }
        if (view_.first_year == view_.last_year) out.events_first = out.events_last = nan;
        out.deprived = known ? ratio(deprived, out.residents) : nan;
        gravest(in, out);
        return out;
    }

private:
    double of_year(std::size_t unit, std::size_t year) const {
        double sum = 0;
        for (const std::size_t kind : view_.kinds) sum += evidence_.count(unit, year, kind);
        return sum;
    }

    void gravest(const std::vector<bool>& in, ImpactScore& out) const {
        out.gravest_share = nan;
        if (measures_.harm.empty()) return;
        double heaviest = 0;
        for (const std::size_t kind : view_.kinds) {
            const double weight = evidence_.weights[kind];
            const bool proactive = !evidence_.proactive.empty() && evidence_.proactive[kind];
            if (!(weight > heaviest) || (proactive && definition_.exclude_proactive)) continue;
            double events = 0;
            for (std::size_t u = 0; u < in.size(); ++u)
                if (in[u])
                    for (std::size_t year = view_.first_year; year <= view_.last_year; ++year)
                        events += evidence_.count(u, year, kind);
            if (!(events > 0)) continue;
            heaviest = weight;
            out.gravest_kind = evidence_.kinds[kind];
        }
        out.gravest_share = ratio(heaviest, out.harm);
    }

    const ImpactEvidence& evidence_;
    const ImpactGround& ground_;
    const ImpactDefinition& definition_;
    const ImpactView& view_;
    ImpactMeasures measures_;
};

void shares(ImpactScore& score, const ImpactScore& whole) {
    score.event_share = ratio(score.events, whole.events);
    score.harm_share = ratio(score.harm, whole.harm);
    score.needle_share = ratio(score.needles, whole.needles);
    score.resident_share = ratio(score.residents, whole.residents);
    score.area_share = ratio(score.square_km, whole.square_km);
    score.pai = ratio(score.event_share, score.area_share);
    score.harm_pai = ratio(score.harm_share, score.area_share);
    score.against_residents = ratio(score.event_share, score.resident_share);
}

RatioLimits change_of(const ImpactScore& score, double level) {
    if (!std::isfinite(score.events_first) || !std::isfinite(score.events_last)) return {nan, nan, nan, nan};
    return rate_ratio(score.events_first, score.events_last, 1, 1, level);
}

/// Of residents, against all that is not the area's; where nobody lives on a side the counts have no rate.
RatioLimits against(const ImpactScore& score, const ImpactScore& whole, double level) {
    const double others = whole.residents - score.residents;
    if (!(score.residents > 0) || !(others > 0) || !std::isfinite(score.events)) return {nan, nan, nan, nan};
    return rate_ratio(std::max(0.0, whole.events - score.events), score.events, others, score.residents,
                      level);
}

}  // namespace

void score_again(ImpactScores& scores, double level) {
    const auto each = [&](ImpactScore& score) {
        shares(score, scores.whole);
        score.change = change_of(score, level);
    };
    for (ImpactScore& score : scores.areas) {
        each(score);
        score.against_rest = against(score, scores.whole, level);
    }
    for (ImpactScore* score : {&scores.set, &scores.rest, &scores.whole}) {
        each(*score);
        score->against_rest = {nan, nan, nan, nan};
    }
    scores.set.against_rest = against(scores.set, scores.whole, level);
}

ImpactScores score_areas(const ImpactEvidence& evidence, const ImpactGround& ground,
                         const ImpactDefinition& definition, const ImpactView& view,
                         const std::vector<std::vector<AreaIndex>>& areas, double level) {
    const Scorer scorer(evidence, ground, definition, view);
    const std::size_t units = evidence.units.size();
    ImpactScores out;
    out.whole = scorer.sums(std::vector<bool>(units, true));
    std::vector<bool> in_set(units, false);
    for (const std::vector<AreaIndex>& area : areas) {
        std::vector<bool> in(units, false);
        for (const AreaIndex unit : area)
            in[static_cast<std::size_t>(unit)] = in_set[static_cast<std::size_t>(unit)] = true;
        out.areas.push_back(scorer.sums(in));
    }
    out.set = scorer.sums(in_set);
    in_set.flip();
    out.rest = scorer.sums(in_set);
    // Sums of the rest and the set are the whole's, to the last event.
    out.rest.events = out.whole.events - out.set.events;
    score_again(out, level);
    return out;
}

std::string change_words(const ImpactScore& score, double level) {
    const RatioLimits& change = score.change;
    if (!std::isfinite(score.events_first) || !std::isfinite(score.events_last)) return {};
    if (score.events_first == 0 && score.events_last == 0) return "none in either year";
    if (score.events_first == 0) return fmt::format("from none to {}", with_thousands(score.events_last, 0));
    const auto percent = [](double value) { return with_sign(100 * (value - 1), 0) + "%"; };
    const std::string interval = fmt::format("{}% interval {} to {}", full_precision(100 * level),
                                             percent(change.lower), percent(change.upper));
    const std::string size = change.ratio == 1
                                 ? std::string("unchanged")
                                 : fmt::format("{} {}%", change.ratio > 1 ? "up" : "down",
                                               with_thousands(std::abs(100 * (change.ratio - 1)), 0));
    if (change.p_value < 1 - level) return fmt::format("{} ({})", size, interval);
    return fmt::format("no clear change ({}, {})", size, interval);
}

}  // namespace wardmap
