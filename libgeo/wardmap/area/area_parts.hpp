/// \file
/// How areas of one set lie in those of another: the ground for lookups and for values between vintages.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/point.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// What one source area has in one target.
struct AreaPart {
    AreaIndex source = no_area;
    AreaIndex target = no_area;
    double weight = 0;  ///< square metres, or people of finer units
    double share = 0;   ///< of the source's whole weight, 0 to 1
};

/// All parts, by source and then target, and what lies in no target.
struct AreaParts {
    std::vector<AreaPart> parts{};
    std::vector<double> left_out{};       ///< of each source, the share in no target, 0 to 1
    std::vector<double> source_weight{};  ///< the whole of each source, in the unit of the parts' weights
    std::size_t sources = 0;
    std::size_t targets = 0;
};

/// Parts by surface, measured in mapping_crs(source); a source without a shape has none and is left out.
/// \param threads  0: one a core; the result does not depend on it
/// \throws CrsError if a coordinate system is not known; GeometryError if GEOS cannot tell
AreaParts parts_by_surface(const AreaSet& source, const AreaSet& target, unsigned threads = 0);

/// Parts by finer units (output areas), each of which lies in one source and one target, weighted by their
/// people, or each the same without weights. Units in no source, or whose weight is not known, count nowhere.
/// \throws std::invalid_argument for spans of different length; UsageError for a negative weight
AreaParts parts_by_units(std::span<const AreaIndex> source_of_unit, std::span<const AreaIndex> target_of_unit,
                         std::span<const double> weights, std::size_t sources, std::size_t targets);

/// The target that holds most of each source; of equal ones the first; no_area where it lies in none.
std::vector<AreaIndex> largest_part(const AreaParts& parts);

/// The target that each source's centre of mass lies in; no_area where it lies in none.
/// \throws CrsError if a coordinate system is not known
std::vector<AreaIndex> target_of_centre(const AreaSet& source, const AreaSet& target);

/// The share of each source that lies in the target chosen for it: 1 where the choice loses nothing.
std::vector<double> share_in(const AreaParts& parts, std::span<const AreaIndex> target_of);

/// Columns `from_code,from_name,area_code,area_name,share`: a lookup as area/lookup.hpp reads them. Sources
/// in no target are left out. \pre one target and share a source
Table lookup_table(const AreaSet& source, const AreaSet& target, std::span<const AreaIndex> target_of,
                   std::span<const double> share);

/// What a value is when areas are cut up or put together.
enum class Interpolation : unsigned char {
    sum,   ///< counts, people: each part takes its share with it
    mean,  ///< rates, scores: parts are averaged by their weight
};

/// "sum", "mean". \throws UsageError naming the nearest.
Interpolation parse_interpolation(std::string_view text);

/// What becomes of the share of a source that lies in no target.
enum class Rest : unsigned char {
    left_out,    ///< it is left out, and said how much
    shared_out,  ///< its parts take it with them: for two generalisations of one outline
};

struct Interpolated {
    std::vector<double> values{};  ///< one a target; NaN where no source lies in it
    /// Of a sum: how much of the value lies in no target, so that values and this add up to what was given.
    /// Of a mean: the share of the sources' weight that does, 0 to 1.
    double left_out = 0;
};

/// Values of the sources brought to the targets.
///
/// A value that is not known (NaN) makes those targets unknown of which, or of whose source, its part is 1%
/// or more; smaller slivers are passed over. Source: Goodchild and Lam 1980 (areal interpolation). \throws
/// UsageError unless there is one value a source
Interpolated interpolate(std::span<const double> values, const AreaParts& parts, Interpolation kind,
                         Rest rest = Rest::left_out);

/// The mean place of the people of each area: finer units' centres weighted by their people. NaN where an
/// area has none. \throws std::invalid_argument for spans of different length; UsageError for a negative
/// weight
std::vector<Point> weighted_centres(std::span<const Point> centres, std::span<const double> weights,
                                    std::span<const AreaIndex> area_of, std::size_t areas);

}  // namespace wardmap
