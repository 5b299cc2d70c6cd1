/// \file
/// The printed tables that the simulated events give back.
#pragma once

#include "apportion.hpp"

#include "wardmap/area/area_set.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace wardmap::simulated {

/// Three years, the last two of them printed. They end in June for offences, in July for needle finds.
inline constexpr std::size_t year_count = 3;
/// Year of the last month of each.
inline constexpr std::array<int, year_count> last_years{2020, 2021, 2022};
using YearCounts = std::array<std::uint32_t, year_count>;

enum class Marker : std::uint8_t { alcohol, drug };

/// The offences of one kind and marker.
struct WardTable {
    Marker marker = Marker::alcohol;
    std::string offence{};
    std::vector<YearCounts> wards{};  ///< in the order of the areas; the year to June 2020 is an estimate

    YearCounts total() const;
};

/// How one table's three years spread over the calendar months, in whole percent.
struct MonthShares {
    Marker marker = Marker::alcohol;
    std::string offence{};
    CalendarMonths percent{};
};

struct Published {
    std::vector<WardTable> tables{};  ///< in the order of their first row
    std::vector<MonthShares> months{};
    std::vector<YearCounts> finds{};  ///< needle finds by ward, all three years printed
};

/// Reads offences_by_ward.csv, calendar_month_share.csv and needle_finds_by_ward.csv from a folder, and
/// estimates the year to June 2020, which is not printed by ward. \throws FileMissing, NameUnknown for a
/// column, InputError where a ward lacks a row or a cell is no count
Published read_published(const std::string& folder, const AreaSet& wards);

}  // namespace wardmap::simulated
