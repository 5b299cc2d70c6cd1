#include "wardmap/area/area_parts.hpp"

#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/geometry/intersection.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/validity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Parts smaller than this, of their source and of their target, are slivers of two outlines.
constexpr double sliver_share = 0.01;

struct Shapes {
    std::vector<MultiPolygon> shapes{};
    std::vector<Box> boxes{};
    std::vector<double> surface{};
};

Shapes valid_shapes(const AreaSet& areas, const Crs& crs, unsigned threads) {
    const AreaSet flat = reproject(areas, crs);
    const std::size_t n = flat.size();
    Shapes out{std::vector<MultiPolygon>(n), std::vector<Box>(n), std::vector<double>(n, 0.0)};
    in_parallel(n, threads, [&](std::size_t i) {
        out.shapes[i] = repair(flat.shapes()[i]).shape;
        out.boxes[i] = out.shapes[i].box();
        out.surface[i] = area_of(out.shapes[i]);
    });
    return out;
}

std::size_t index_of(AreaIndex area) {
    return static_cast<std::size_t>(area);
}

/// Shares of the parts, and what is left out of each source. \param whole  the weight of each
void fill_shares(AreaParts& out, std::vector<double> whole) {
    out.source_weight = std::move(whole);
    out.left_out.assign(out.sources, 1.0);
    for (AreaPart& part : out.parts) {
        part.share = part.weight / out.source_weight[index_of(part.source)];
        out.left_out[index_of(part.source)] -= part.share;
    }
    for (double& share : out.left_out) share = std::clamp(share, 0.0, 1.0);
}

void check_weight(double weight) {
    if (weight < 0) throw UsageError("a weight is " + full_precision(weight), {}, "it cannot be negative");
}

}  // namespace

AreaParts parts_by_surface(const AreaSet& source, const AreaSet& target, unsigned threads) {
    const Crs crs = mapping_crs(source);
    const Shapes from = valid_shapes(source, crs, threads), to = valid_shapes(target, crs, threads);
    std::vector<std::vector<AreaPart>> of_source(source.size());
    in_parallel(source.size(), threads, [&](std::size_t s) {
        for (std::size_t t = 0; t < target.size(); ++t) {
            if (from.shapes[s].empty() || to.shapes[t].empty() || !from.boxes[s].overlaps(to.boxes[t]))
                continue;
            const double surface = area_of(intersection(from.shapes[s], to.shapes[t]));
            if (surface > 0)
                of_source[s].push_back({static_cast<AreaIndex>(s), static_cast<AreaIndex>(t), surface, 0});
        }
    });
    AreaParts out{.sources = source.size(), .targets = target.size()};
    for (const auto& parts : of_source) out.parts.insert(out.parts.end(), parts.begin(), parts.end());
    fill_shares(out, from.surface);
    return out;
}

AreaParts parts_by_units(std::span<const AreaIndex> source_of_unit, std::span<const AreaIndex> target_of_unit,
                         std::span<const double> weights, std::size_t sources, std::size_t targets) {
    const std::size_t units = source_of_unit.size();
    if (target_of_unit.size() != units || (!weights.empty() && weights.size() != units))
        throw std::invalid_argument("units have a source, a target and a weight each");
    std::vector<double> whole(sources, 0.0);
    std::map<std::pair<AreaIndex, AreaIndex>, double> weight_of;
    for (std::size_t unit = 0; unit < units; ++unit) {
        const double weight = weights.empty() ? 1.0 : weights[unit];
        check_weight(weight);
        if (source_of_unit[unit] == no_area || !(weight > 0)) continue;
        whole.at(index_of(source_of_unit[unit])) += weight;
        if (target_of_unit[unit] != no_area)
            weight_of[{source_of_unit[unit], target_of_unit[unit]}] += weight;
    }
    AreaParts out{.sources = sources, .targets = targets};
    for (const auto& [ends, weight] : weight_of) out.parts.push_back({ends.first, ends.second, weight, 0});
    fill_shares(out, whole);
    return out;
}

std::vector<AreaIndex> largest_part(const AreaParts& parts) {
    std::vector<AreaIndex> out(parts.sources, no_area);
    std::vector<double> most(parts.sources, 0.0);
    for (const AreaPart& part : parts.parts) {
        if (part.weight <= most[index_of(part.source)]) continue;
        most[index_of(part.source)] = part.weight;
        out[index_of(part.source)] = part.target;
    }
    return out;
}

std::vector<AreaIndex> target_of_centre(const AreaSet& source, const AreaSet& target) {
    const Crs crs = mapping_crs(source);
    const AreaSet from = reproject(source, crs), to = reproject(target, crs);
    std::vector<AreaIndex> out;
    for (const MultiPolygon& shape : from.shapes())
        out.push_back(shape.empty() ? no_area : to.point_index().locate(centroid(shape)));
    return out;
}

std::vector<double> share_in(const AreaParts& parts, std::span<const AreaIndex> target_of) {
    std::vector<double> out(parts.sources, 0.0);
    for (const AreaPart& part : parts.parts) {
        if (target_of[index_of(part.source)] == part.target) out[index_of(part.source)] += part.share;
    }
    return out;
}

Table lookup_table(const AreaSet& source, const AreaSet& target, std::span<const AreaIndex> target_of,
                   std::span<const double> share) {
    std::vector<std::string> from_codes, from_names, codes, names;
    std::vector<double> shares;
    for (std::size_t s = 0; s < source.size(); ++s) {
        if (target_of[s] == no_area) continue;
        from_codes.push_back(source.codes()[s]);
        from_names.push_back(source.names()[s]);
        codes.push_back(target.codes()[index_of(target_of[s])]);
        names.push_back(target.names()[index_of(target_of[s])]);
        shares.push_back(share[s]);
    }
    return Table({Column::text("from_code", std::move(from_codes)),
                  Column::text("from_name", std::move(from_names)),
                  Column::text("area_code", std::move(codes)), Column::text("area_name", std::move(names)),
                  Column::numbers("share", std::move(shares))});
}

Interpolation parse_interpolation(std::string_view text) {
    const std::array<std::string, 2> names{"sum", "mean"};
    if (text == names[0]) return Interpolation::sum;
    if (text == names[1]) return Interpolation::mean;
    throw UsageError("a value cannot be brought over as '" + std::string(text) + "'", {},
                     did_you_mean(text, names));
}

Interpolated interpolate(std::span<const double> values, const AreaParts& parts, Interpolation kind,
                         Rest rest) {
    if (values.size() != parts.sources) {
        throw UsageError(
            "there are " + std::to_string(values.size()) + " values for " + counted(parts.sources, "area"),
            {}, "give one for each");
    }
    std::vector<double> sum(parts.targets, 0.0), weight(parts.targets, 0.0), unknown(parts.targets, 0.0);
    std::vector<bool> blocked(parts.targets, false);
    for (const AreaPart& part : parts.parts) {
        const double value = values[index_of(part.source)];
        const std::size_t target = index_of(part.target);
        if (std::isnan(value)) {
            unknown[target] += part.weight;
            if (part.share >= sliver_share) blocked[target] = true;
            continue;
        }
        const double kept = 1 - parts.left_out[index_of(part.source)];
        const double share = rest == Rest::shared_out ? part.share / kept : part.share;
        sum[target] += kind == Interpolation::sum ? value * share : value * part.weight;
        weight[target] += part.weight;
    }
    Interpolated out;
    for (std::size_t t = 0; t < parts.targets; ++t) {
        const bool not_known = blocked[t] || unknown[t] >= sliver_share * (unknown[t] + weight[t]);
        if (not_known)
            out.values.push_back(nan);
        else
            out.values.push_back(kind == Interpolation::sum ? sum[t] : sum[t] / weight[t]);
    }
    double missed = 0, whole = 0;
    for (std::size_t s = 0; s < parts.sources; ++s) {
        const double left_out = parts.left_out[s];
        if (std::isnan(values[s])) continue;
        if (kind == Interpolation::sum) {
            // With its rest shared out, a source is lost only where it lies in no target at all.
            if (rest == Rest::left_out || left_out == 1) missed += values[s] * left_out;
            continue;
        }
        missed += parts.source_weight[s] * left_out;
        whole += parts.source_weight[s];
    }
    out.left_out = kind == Interpolation::sum ? missed : whole > 0 ? missed / whole : 0;
    return out;
}

std::vector<Point> weighted_centres(std::span<const Point> centres, std::span<const double> weights,
                                    std::span<const AreaIndex> area_of, std::size_t areas) {
    if (weights.size() != centres.size() || area_of.size() != centres.size())
        throw std::invalid_argument("units have a centre, a weight and an area each");
    std::vector<Point> out(areas, Point{0, 0});
    std::vector<double> whole(areas, 0.0);
    for (std::size_t unit = 0; unit < centres.size(); ++unit) {
        check_weight(weights[unit]);
        if (area_of[unit] == no_area || !(weights[unit] > 0)) continue;
        const std::size_t area = index_of(area_of[unit]);
        out.at(area).x += weights[unit] * centres[unit].x;
        out[area].y += weights[unit] * centres[unit].y;
        whole[area] += weights[unit];
    }
    for (std::size_t area = 0; area < areas; ++area)
        out[area] =
            whole[area] > 0 ? Point{out[area].x / whole[area], out[area].y / whole[area]} : Point{nan, nan};
    return out;
}

}  // namespace wardmap
