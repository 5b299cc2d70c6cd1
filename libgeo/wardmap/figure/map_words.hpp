/// \file
/// What a map says: titles that state a finding and stay true for any numbers, alternative texts, notes.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

enum class ValueKind : unsigned char { rate, count, share, change, decile, other };

/// How the numbers of a column are called and written.
struct ValueWords {
    ValueKind kind = ValueKind::other;
    std::string words{};   ///< "alcohol-marked robbery per 100,000 people"
    std::string legend{};  ///< "Offences per 100,000 people"
    std::string period{};  ///< "year to June 2022"
    int decimals = 0;
    std::string suffix{};  ///< "%"
    bool is_signed = false;

    /// "1,116", "+64%", "3.6"
    std::string of(double value) const;
};

/// \param values  those drawn; NaN where there is none
ValueWords value_words(const TableMeta& meta, const Column& column, std::span<const double> values,
                       const MapOptions& options);

/// The numbers of a map with the names they belong to.
struct MapValues {
    std::vector<std::string> names{};
    std::vector<double> values{};     ///< NaN where there is none
    std::vector<CellState> states{};  ///< one for each
    std::optional<double> total{};    ///< of all areas together
};

/// "1.37" -> "37% above", "2.776" -> "nearly three times", "2" -> "twice": completed by the whole's
/// possessive. \pre ratio >= 1
std::string times_words(double ratio);

/// At most 15 words or so; never a cause, never a comparison the numbers do not hold.
std::string map_title(const MapValues& values, const ValueWords& words, const TableMeta& meta);
/// Short alternative text, at most 150 characters where the names allow it.
std::string map_alt(const MapValues& values, const ValueWords& words, const TableMeta& meta,
                    std::string_view kind);
/// Range, median, the three highest and the lowest by name, the whole's value, what is missing.
std::string map_description(const MapValues& values, const ValueWords& words, const TableMeta& meta);

/// What a small map of a sheet says under its name, and which areas stand out on it.
struct MapInShort {
    std::string text{};                   ///< "Coventry 402; highest: St Michael’s 1,116"
    std::vector<std::string> foremost{};  ///< names; several where they are equal
    std::string foremost_words{};         ///< "has the highest rate"
};
MapInShort map_in_short(const MapValues& values, const ValueWords& words, const TableMeta& meta);

/// "Rates divide each ward’s offences by its residents (mid-2020), ..."; empty where the kind needs none.
std::string rate_note(const ValueWords& words, const TableMeta& meta);
/// Of which count [u] speaks: that of the period shown, or the smaller of both.
enum class SmallCount : unsigned char { later, either };
/// "[u]: low reliability, fewer than 10 offences in either period."
std::string small_note(const TableMeta& meta, SmallCount of);
/// "[c]: suppressed ..." with the rule; empty without suppressed cells.
std::string suppressed_note(std::span<const CellState> states, const TableMeta& meta);

/// True if the cell of the column `flags` names that flag ("small").
bool has_flag(const Table& table, std::size_t row, std::string_view flag);

}  // namespace wardmap
