/// \file
/// One map as a page: areas, labels, key, scale bar and words, each put where there is room for it.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/legend.hpp"
#include "wardmap/figure/map_frame.hpp"
#include "wardmap/figure/map_layers.hpp"
#include "wardmap/figure/map_marks.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// Which row of a table speaks of which area.
struct AreaRows {
    std::vector<std::optional<std::size_t>> row_of{};  ///< one for each area
    std::optional<std::size_t> total{};                ///< the row without a code
    std::vector<std::string> rows_of_no_area{};        ///< names and codes, sorted
    std::vector<std::string> areas_without_row{};      ///< names
    std::vector<std::string> log{};                    ///< both, and areas without a shape, in words
};

/// By the column `area_code`; a row with an empty code is the total and never drawn.
/// \throws NameUnknown without that column; InputError if an area has two rows.
AreaRows rows_of_areas(const Table& table, const AreaSet& areas);

/// What a map shows and says, before it has a place on a page. Choropleths, circles and quadrants each make
/// one; a page has one of them or many.
struct MapContent {
    std::vector<MapMark> marks{};  ///< in the order of the areas
    MapKey key{};                  ///< without the lines of layers
    DrawSymbol draw_symbol{};      ///< may be empty
    FigureTexts texts{};
    TableMeta meta{};
    Table data{};  ///< one row an area
    std::vector<FigureClass> classes{};
    std::vector<std::string> class_of_area{};
    std::optional<double> goodness_of_fit{};
    std::vector<std::string> log{};
    FigureFacts facts{};
    // For sheets of several maps:
    std::string in_short{};               ///< "Coventry 402; highest St Michael’s 1,116"
    std::vector<std::string> foremost{};  ///< areas that stand out, by name
    std::string foremost_words{};         ///< what they do: "has the highest rate"
    std::string value_words{};            ///< "offences per 100,000 people"
    std::string period{};                 ///< of the numbers
};

/// What every map knows of its rows.
FigureFacts map_facts(const AreaRows& rows);

/// The map as large as slot and height allow; the key in the emptiest corner or below, notes and sources
/// beside it; the layers of the options round and over it.
Figure draw_map(const MapContent& content, const ProjectedAreas& projected, const MapOptions& options,
                const TextMeasure& measure);

/// Attribution of areas and layers, notes and description of layers.
void add_layer_words(FigureTexts& texts, const MapLayers& layers, const AreaSet& areas);

/// Says so where a figure is higher than its slot.
void log_size(std::vector<std::string>& log, const Figure& figure, Slot slot);

/// The key's entries for areas in none of the classes, and how many.
std::vector<LegendEntry> state_entries(const std::vector<CellState>& states, const TableMeta& meta,
                                       const MapOptions& options);

/// The label of an area: its name, if the options ask for it.
LabelRequest name_request(const std::string& name, const MapOptions& options);

/// The metadata of the table, with what only the areas know filled in.
TableMeta map_meta(const Table& table, const AreaSet& areas);

}  // namespace wardmap
