/// \file
/// The ages of each area's people as bars of 100%.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <string>

namespace wardmap {

struct AgeBarsOptions {
    FigureOptions figure{};
    std::string sort_by{};  ///< column of the share to sort by, "share_65_plus"; empty: the youngest band's
};

/// Draws a table that age_structure made: `area_name`, `all_ages`, `age_<band>` and `share_<band>` columns.
/// The whole stands above, apart; shares are whole percents that add up to 100; people in all as numbers on
/// the right. \throws NameUnknown for a missing column, InputError for a table without ages or areas.
Figure age_bars(const Table& table, const AgeBarsOptions& options, const TextMeasure& measure);

}  // namespace wardmap
