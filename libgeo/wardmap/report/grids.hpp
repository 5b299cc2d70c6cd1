/// \file
/// The tables of a report as they are printed: words and numbers in cells, bars, links.
#pragma once

#include "wardmap/report/document.hpp"
#include "wardmap/report/material.hpp"
#include "wardmap/report/places.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// A cell as printed: "1,116", "[c]" withheld, "[z]" not calculated, "[x]" not known.
std::string printed(const Column& column, std::size_t row, int decimals = 0);

/// Rows from the largest number down; those without one last; otherwise as they stood.
std::vector<std::size_t> sorted_rows(const Column& column, std::vector<std::size_t> rows);

/// The row of that area; nothing if there is none.
std::optional<std::size_t> row_of_area(const Table& table, const std::string& code);

/// Name of a row of a breakdown, in lower case.
std::string type_name(const Table& table, std::size_t row);

/// A ward table, sorted by rate, with bars and limits.
Grid ward_grid(const TopicTable& topic, const Places& places);
/// The topics of a chapter side by side, each with its highest area.
Grid chapter_grid(const TopicTable& first, const Material& material, const Places& places);
/// Rates of all areas (rows) by topic (columns), each column shaded by its own classes.
Grid matrix_grid(const std::string& id, std::span<const TopicTable* const> topics, const Places& places);
/// One column of each topic, of all areas (rows): what small maps of them show. Quadrants in words, on the
/// colours of their maps.
Grid small_maps_grid(const std::string& id, const std::string& column,
                     std::span<const TopicTable* const> topics, const Places& places);
Grid type_grid(const BreakdownTable& one, const Places& places);
Grid finds_grid(const FindsTable& one, const Places& places);
/// What became of every row of events: counts of the ledger (rows) by entry (columns).
Grid ledger_grid(std::span<const EventsUse> uses);
Grid deprivation_grid(const DeprivationTable& one, const ProjectDeprivation& entry, const Places& places);
/// People and shares by age of all areas. \param ages  made by age_structure
Grid ages_grid(const Table& ages, const Places& places);
/// All areas with what their pages say.
Grid wards_grid(const Material& material, const Places& places);
/// One area in every ward table.
Grid ward_topics_grid(std::size_t area, const Material& material, double per, const Places& places);
/// Ages of one area beside the whole; nothing if it is not in the table.
std::optional<Grid> ward_ages_grid(const Table& ages, const std::string& code, const Places& places);

}  // namespace wardmap
