#include "wardmap/area/coverage.hpp"

#include "wardmap/area/reproject.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/geometry/faces.hpp"
#include "wardmap/geometry/intersection.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/validity.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t most_named = 3;

std::string square_metres(double area_m2) {
    if (area_m2 >= 1e6) return with_thousands(area_m2 / 1e6, 3) + " km²";
    return with_thousands(area_m2, area_m2 < 10 ? 1 : 0) + " m²";
}

std::string name_of(const AreaSet& areas, AreaIndex area) {
    const auto i = static_cast<std::size_t>(area);
    const std::string& code = areas.codes()[i];
    const std::string& name = areas.names()[i];
    return name == code ? code : name + " (" + code + ")";
}

std::string names_of(const AreaSet& areas, const std::vector<AreaIndex>& list) {
    std::string text;
    for (std::size_t i = 0; i < list.size() && i < most_named; ++i)
        text += (i == 0 ? "" : ", ") + name_of(areas, list[i]);
    if (list.size() > most_named) text += " and " + std::to_string(list.size() - most_named) + " more";
    return text;
}

std::string overlap_text(const Overlap& overlap, const AreaSet& areas) {
    return name_of(areas, overlap.first) + " and " + name_of(areas, overlap.second) + " " +
           square_metres(overlap.area_m2);
}

std::string gap_text(const Gap& gap, const AreaSet& areas) {
    std::string text = square_metres(gap.area_m2);
    if (!gap.around.empty())
        text += (gap.around.size() == 1 ? " inside " : " between ") + names_of(areas, gap.around);
    return text;
}

/// "none", or how many, the sum, and the largest few.
template <typename Item, typename Text>
std::string summary(const std::vector<Item>& items, double sum_m2, const Text& text_of) {
    if (items.empty()) return "none";
    std::string text =
        with_thousands(static_cast<double>(items.size()), 0) + ", " + square_metres(sum_m2) + " in all: ";
    for (std::size_t i = 0; i < items.size() && i < most_named; ++i)
        text += (i == 0 ? "" : "; ") + text_of(items[i]);
    if (items.size() > most_named) text += "; ...";
    return text;
}

/// Areas with a point of the face's outline on their border.
std::vector<AreaIndex> areas_around(const MultiPolygon& face, std::span<const MultiPolygon> shapes,
                                    const std::vector<Box>& boxes) {
    constexpr double touch_m = 0.01;
    std::vector<AreaIndex> out;
    const Box box = face.box().grown(touch_m);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        if (!boxes[i].overlaps(box)) continue;
        const bool touches = std::any_of(face.points.begin(), face.points.end(), [&](Point p) {
            return distance_to_boundary(shapes[i], p) <= touch_m;
        });
        if (touches) out.push_back(static_cast<AreaIndex>(i));
    }
    return out;
}

}  // namespace

CoverageReport check_coverage(const AreaSet& areas, double least_m2) {
    CoverageReport out;
    out.crs = mapping_crs(areas);
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (areas.shapes()[i].empty()) ++out.without_shape;
        std::string reason = validity_fault(areas.shapes()[i]);
        if (!reason.empty()) out.invalid.push_back({static_cast<AreaIndex>(i), std::move(reason)});
    }
    const AreaSet flat = reproject(areas, out.crs);
    std::vector<MultiPolygon> shapes;
    std::vector<Box> boxes;
    for (const MultiPolygon& shape : flat.shapes()) {
        shapes.push_back(repair(shape).shape);
        boxes.push_back(shapes.back().box());
        out.area_m2 += area_of(shapes.back());
    }
    std::map<std::pair<AreaIndex, AreaIndex>, double> overlap_m2;
    for (const OddFace& face : odd_faces(shapes)) {
        const double area_m2 = area_of(face.shape);
        if (face.shapes.empty()) {
            if (area_m2 >= least_m2)
                out.gaps.push_back({area_m2, face.inside, areas_around(face.shape, shapes, boxes)});
            continue;
        }
        // Which areas share the land may change within the face, across borders that two of them share.
        std::vector<std::size_t> near;
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            if (boxes[i].overlaps(face.shape.box())) near.push_back(i);
        }
        for (std::size_t a = 0; a < near.size(); ++a) {
            for (std::size_t b = a + 1; b < near.size(); ++b) {
                if (!boxes[near[a]].overlaps(boxes[near[b]])) continue;
                overlap_m2[{static_cast<AreaIndex>(near[a]), static_cast<AreaIndex>(near[b])}] = 0;
            }
        }
    }
    for (auto& [pair, area_m2] : overlap_m2) {
        area_m2 = intersection_area(shapes[static_cast<std::size_t>(pair.first)],
                                    shapes[static_cast<std::size_t>(pair.second)]);
        if (area_m2 >= least_m2) out.overlaps.push_back({pair.first, pair.second, area_m2});
    }
    std::stable_sort(out.overlaps.begin(), out.overlaps.end(),
                     [](const Overlap& a, const Overlap& b) { return a.area_m2 > b.area_m2; });
    std::stable_sort(out.gaps.begin(), out.gaps.end(), [](const Gap& a, const Gap& b) {
        return a.area_m2 != b.area_m2 ? a.area_m2 > b.area_m2
                                      : std::pair(a.at.x, a.at.y) < std::pair(b.at.x, b.at.y);
    });
    for (const Overlap& overlap : out.overlaps) out.overlap_m2 += overlap.area_m2;
    for (const Gap& gap : out.gaps) out.gap_m2 += gap.area_m2;
    return out;
}

std::string coverage_text(const CoverageReport& report, const AreaSet& areas) {
    std::string text = "area: " + square_metres(report.area_m2) + "\n";
    text += "invalid shapes: ";
    if (report.invalid.empty()) text += "none";
    for (std::size_t i = 0; i < report.invalid.size() && i < most_named; ++i) {
        text +=
            (i == 0 ? "" : "; ") + name_of(areas, report.invalid[i].area) + ": " + report.invalid[i].reason;
    }
    if (report.invalid.size() > most_named)
        text += "; and " + std::to_string(report.invalid.size() - most_named) + " more";
    text += "\n";
    if (report.without_shape > 0)
        text += "without shape: " + counted(report.without_shape, areas.noun()) + "\n";
    text +=
        "gaps: " + summary(report.gaps, report.gap_m2, [&](const Gap& gap) { return gap_text(gap, areas); }) +
        "\n";
    text += "overlaps: " +
            summary(report.overlaps, report.overlap_m2,
                    [&](const Overlap& overlap) { return overlap_text(overlap, areas); }) +
            "\n";
    return text;
}

Problems coverage_problems(const CoverageReport& report, const AreaSet& areas) {
    Problems out;
    const Where where{.file = areas.source()};
    const std::string nouns = areas.noun() + "s";
    for (const Gap& gap : report.gaps) {
        out.add(Severity::warning, "area_gaps",
                "gaps that no " + areas.noun() + " covers lie between or inside " + nouns, where,
                gap_text(gap, areas));
    }
    for (const Overlap& overlap : report.overlaps) {
        out.add(Severity::warning, "area_overlaps", "pairs of " + nouns + " overlap", where,
                overlap_text(overlap, areas));
    }
    for (const InvalidShape& shape : report.invalid) {
        out.add(Severity::problem, "invalid_shape", nouns + " have a broken shape", where,
                name_of(areas, shape.area) + ": " + shape.reason);
    }
    return out;
}

}  // namespace wardmap
