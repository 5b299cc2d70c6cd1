/// \file
/// One map as a page: areas, labels, key, scale bar and words, each put where there is room for it.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/area_labels.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/legend.hpp"
#include "wardmap/figure/map_frame.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// Which row of a table speaks of which area.
struct AreaRows {
    std::vector<std::optional<std::size_t>> row_of{};  ///< one for each area
    std::optional<std::size_t> total{};                ///< the row without a code
    std::vector<std::string> log{};                    ///< rows of no area here, areas without a row
};

/// By the column `area_code`; a row with an empty code is the total and never drawn.
/// \throws NameUnknown without that column; InputError if an area has two rows.
AreaRows rows_of_areas(const Table& table, const AreaSet& areas);

/// One area as a map wants it drawn.
struct SheetArea {
    Fill fill{};
    std::string spoken{};  ///< "Bablake: 190 per 100,000 people"
    LabelRequest label{};
    Color ink{0x0b, 0x0c, 0x0c, 1};
    std::optional<Color> halo{};
};

/// `brief` leaves out what a small slot has no room for.
enum class LegendDetail : unsigned char { full, brief };

struct MapSheet {
    std::vector<SheetArea> areas{};  ///< in the order of the areas
    FigureTexts texts{};
    /// Key of at most that width.
    std::function<LegendBlock(double most_width_mm, LegendDetail)> legend{};
    /// Draws what belongs to an area's label besides text; may be empty.
    std::function<void(Group&, std::size_t area, const AreaLabel&)> draw_symbol{};
};

/// Lays the sheet out: the map as large as slot and height allow; the key in the emptiest corner or below,
/// notes and sources beside it. Fills scene, words, labels and log; classes and data are the caller's.
Figure draw_map_sheet(const MapSheet& sheet, const ProjectedAreas& projected, const TableMeta& meta,
                      const MapOptions& options, const TextMeasure& measure);

/// The key's entry for `options.overlay`; empty without one.
std::vector<LegendEntry> overlay_entries(const MapOptions& options);

/// The key's entries for areas in none of the classes, and how many.
std::vector<LegendEntry> state_entries(const std::vector<CellState>& states, const TableMeta& meta);

/// The label of an area: its name as asked for, breaks and place set by hand where options say so.
LabelRequest name_request(const std::string& code, const std::string& name, const MapOptions& options);

/// The metadata of the table, with what only the areas know filled in.
TableMeta map_meta(const Table& table, const AreaSet& areas);

}  // namespace wardmap
