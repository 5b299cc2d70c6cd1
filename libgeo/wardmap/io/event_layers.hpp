/// \file
/// Events of point layers and workbooks, as delimited text: they are small, and go the way of all others from
/// there.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/io/byte_source.hpp"
#include "wardmap/io/event_reader.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wardmap {

/// Names of the columns that hold the coordinates of a layer's points.
inline constexpr const char* point_x_column = "x of the point";
inline constexpr const char* point_y_column = "y of the point";

struct EventLayer {
    std::unique_ptr<ByteSource> text{};  ///< comma, header, a line each
    bool has_points = false;             ///< the columns above are there
    std::string crs{};                   ///< of the points; empty: unknown
    std::uint64_t rows_above = 0;        ///< of a sheet, in front of the first row of events
    Problems problems{};                 ///< `not_points`, and those of tables
    std::vector<std::string> guesses{};
};

/// True for what the ending says is a layer or a workbook, and for a .zip of layers without any table of
/// rows. \throws InputError if a .zip is damaged
bool is_event_layer(const std::string& path);

/// \throws as read_points() (gdal_module.hpp) and read_table()
EventLayer open_event_layer(const std::string& path, const EventSource& source);

}  // namespace wardmap
