#include "wardmap/geometry/validity.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/geometry/geos/module_interface.hpp"
#include "wardmap/geometry/geos_module.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/surely_valid.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

void note(std::string& reason, const std::string& text) {
    if (reason.find(text) != std::string::npos) return;
    if (!reason.empty()) reason += "; ";
    reason += text;
}

/// The shape with closed, oriented rings of at least four different-enough points; faults that lose
/// something are noted.
MultiPolygon tidied(const MultiPolygon& raw, std::string& reason) {
    MultiPolygon out;
    std::vector<Point> ring;
    for (std::size_t p = 0; p < raw.polygon_count(); ++p) {
        bool outer = true;
        bool kept = false;
        for (std::size_t r = raw.polygon_starts[p]; r < raw.polygon_starts[p + 1]; ++r, outer = false) {
            ring.clear();
            const auto given = raw.ring(r);
            for (const Point point : given) {
                if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
                    note(reason, "a point has no coordinates");
                } else if (ring.empty() || !(ring.back() == point)) {
                    ring.push_back(point);
                }
            }
            if (!ring.empty() && !(ring.front() == ring.back())) {
                ring.push_back(ring.front());
                if (!(given.front() == given.back())) note(reason, "a ring is not closed");
            }
            if (ring.size() < 4) {
                note(reason, "a ring has fewer than four points");
                if (outer) break;  // holes without their outer ring mean nothing
                continue;
            }
            if ((signed_area(ring) > 0) != outer) std::reverse(ring.begin(), ring.end());
            out.add_ring(ring);
            kept = true;
        }
        if (kept) out.end_polygon();
    }
    return out;
}

/// True if tidied() would change nothing.
bool is_tidy(const MultiPolygon& shape) {
    if (shape.polygon_starts.back() != shape.ring_count()) return false;  // a ring of no polygon
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        if (shape.polygon_starts[p] == shape.polygon_starts[p + 1]) return false;
        for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
            const auto ring = shape.ring(r);
            if (ring.size() < 4 || !(ring.front() == ring.back())) return false;
            for (std::size_t i = 0; i < ring.size(); ++i) {
                if (!std::isfinite(ring[i].x + ring[i].y)) return false;
                if (i > 0 && ring[i - 1] == ring[i]) return false;
            }
            if ((signed_area(ring) > 0) != (r == shape.polygon_starts[p])) return false;
        }
    }
    return true;
}

/// GEOS' words for a fault as a sentence for people; `touch` is set for rings that merely touch themselves.
std::string words_for(const std::string& geos_reason, const std::optional<Point>& place, bool& touch) {
    touch = geos_reason == "Ring Self-intersection" || geos_reason == "Interior is disconnected";
    std::string words = "the shape is not valid (" + geos_reason + ")";
    if (geos_reason == "Self-intersection") words = "a ring crosses itself or another";
    if (geos_reason == "Ring Self-intersection") words = "a ring meets itself";
    if (geos_reason == "Interior is disconnected") words = "rings cut the inside apart";
    if (geos_reason == "Hole lies outside shell") words = "a hole lies outside its outer ring";
    if (geos_reason == "Holes are nested") words = "a hole lies in a hole";
    if (geos_reason == "Nested shells") words = "a polygon lies in another polygon of the same area";
    if (geos_reason == "Duplicate Rings") words = "a ring comes twice";
    if (geos_reason == "Too few points in geometry component") words = "a ring has too few different points";
    if (place) words += " near " + full_precision(place->x) + ", " + full_precision(place->y);
    return words;
}

struct Fault {
    std::string words{};  ///< empty: valid
    bool touch = false;
};

Fault fault_of(const MultiPolygon& shape) {
    const GeosFault said =
        by_geos("checking a shape", [&](const GeosModule& geos) { return geos.fault(shape); });
    Fault fault;
    if (!said.reason.empty()) fault.words = words_for(said.reason, said.place, fault.touch);
    return fault;
}

bool strictly_valid(const MultiPolygon& shape) {
    return by_geos("checking a shape", [&](const GeosModule& geos) { return geos.is_valid(shape); });
}

MultiPolygon made_valid(const MultiPolygon& shape) {
    return by_geos("mending a shape", [&](const GeosModule& geos) { return geos.made_valid(shape); });
}

/// Same area but for rounding: what a ring that only touches itself has before and after.
bool same_area(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

}  // namespace

Repaired repair(MultiPolygon raw) {
    std::string reason;
    bool touched = false;
    MultiPolygon shape = is_tidy(raw) ? std::move(raw) : tidied(raw, reason);
    if (!shape.empty() && !surely_valid(shape)) {
        if (!strictly_valid(shape)) {
            const Fault fault = fault_of(shape);
            const double before = area_of(shape);
            shape = made_valid(shape);
            touched = fault.words.empty() || (fault.touch && same_area(before, area_of(shape)));
            if (!touched) note(reason, fault.words);
        }
    }
    const bool changed = !reason.empty();
    return {std::move(shape), changed, touched, std::move(reason)};
}

std::string validity_fault(const MultiPolygon& shape) {
    std::string reason;
    const MultiPolygon tidy = tidied(shape, reason);
    if (!reason.empty() || tidy.empty() || surely_valid(tidy)) return reason;
    const Fault fault = fault_of(tidy);
    if (!fault.touch) return fault.words;
    const bool harmless = same_area(area_of(tidy), area_of(made_valid(tidy)));
    return harmless ? std::string{} : fault.words;
}

}  // namespace wardmap
