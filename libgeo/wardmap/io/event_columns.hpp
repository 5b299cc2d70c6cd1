/// \file
/// Which column of a file of events is what.
#pragma once

#include "wardmap/io/event_reader.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// Indexes of columns, by the header of one file.
struct EventColumnPlan {
    std::optional<std::size_t> x{};
    std::optional<std::size_t> y{};
    std::optional<std::size_t> area{};
    std::optional<std::size_t> postcode{};
    std::optional<std::size_t> date{};
    std::optional<std::size_t> weight{};
    std::optional<std::size_t> dedupe{};
    std::vector<std::size_t> by{};
    std::vector<std::size_t> markers{};
    std::vector<std::size_t> where{};  ///< beside EventSource::where
    std::size_t width = 0;             ///< columns of the header
    std::size_t least_width = 0;       ///< without the nameless ones at its end
    bool named_grid = false;           ///< x and y have names that say easting and northing
    bool named_degrees = false;        ///< ... longitude and latitude
    bool coordinates_guessed = false;
    std::vector<std::string> guesses{};  ///< sentences: "x and y: columns Longitude and Latitude"
};

/// \throws NameUnknown for a column that is not there, naming the file and the nearest; InputError where
/// nothing says where the events lie
///         or a name stands over two columns; UsageError for columns that do not go together
EventColumnPlan plan_event_columns(std::span<const std::string> header, const EventSource& source,
                                   const std::string& file);

/// What the names alone say of a file: columns of coordinates, and either dates or no column of area codes. A
/// list of wards with their centres is no file of events.
struct EventNames {
    bool events = false;
    std::string date{};  ///< column of dates; empty: none
    std::string kind{};  ///< column called like a kind of event; empty: none
};
EventNames event_names(std::span<const std::string> header);

/// Names of a file's columns, from its beginning alone: text, packed or not, and workbooks. Nothing for what
/// is not there, or no text.
std::vector<std::string> header_names(const std::string& path);

}  // namespace wardmap
