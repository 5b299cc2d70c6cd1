/// \file
/// Which larger area each small one belongs to.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Which columns of the lookup table to take. Empty: guessed, and the guess is said.
struct LookupOptions {
    std::string from_column{};  ///< code of the small area
    std::string to_column{};    ///< code, or name, of the area it belongs to
    std::string name_column{};  ///< name of the area it belongs to
};

/// From codes of small areas to codes of larger ones. Immutable; copies share.
class Lookup {
public:
    Lookup();

    std::size_t size() const noexcept;  ///< small areas
    /// Codes of the small areas, in the order of the table, each once.
    std::span<const std::string> from() const noexcept;
    /// Code of the larger area of each, beside from().
    std::span<const std::string> to() const noexcept;
    /// Codes of the larger areas, each once, in order of appearance, and their names (the code where the
    /// table has none).
    std::span<const std::string> targets() const noexcept;
    std::span<const std::string> target_names() const noexcept;
    /// Code of the larger area; empty if the small one is not in the table.
    const std::string& target_of(std::string_view from_code) const noexcept;
    /// True if the table gives the small area a larger one that is not among those asked for.
    bool is_elsewhere(std::string_view from_code) const noexcept;
    std::span<const std::string> guesses() const noexcept;  ///< sentences: which columns were taken

private:
    struct Data;
    explicit Lookup(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
    friend Lookup make_lookup(const Table&, const LookupOptions&, Problems&, const AreaSet*, const AreaSet*);
    std::shared_ptr<const Data> data_;
};

/// Reads a lookup table. Rows that repeat an earlier one are counted (note `lookup_repeats`); rows that give
/// a small area a second larger one are not used (problem `lookup_conflict`), nor rows without one of the two
/// codes (problem `lookup_empty`).
///
/// \param small  if given, `from` may also be names of these areas; rows of other areas are not used (warning
///               `lookup_unknown`), and areas in no row are counted (warning `not_in_lookup`)
/// \param large  if given, `to` is matched to these by code or name; rows of others are not used (note
///               `lookup_elsewhere`: a national lookup holds many), and areas that no row names are counted
///               (warning `area_without_parts`)
/// Guesses: `from` is the column that fits `small` best, else the first field of codes (like LSOA11CD or
/// lsoa_code) whose values all differ; `to` the column that fits `large`, else the next field of codes that
/// is not a district's, else the next column. The name column is the `to` column's stem with NM or _name.
/// \throws NameUnknown for a column that is not there; InputError if none can be guessed or no row can be
/// used.
Lookup make_lookup(const Table& table, const LookupOptions& options, Problems& problems,
                   const AreaSet* small = nullptr, const AreaSet* large = nullptr);

/// The larger area of each row of a table of small areas. Rows are matched to the lookup's small areas by
/// code; rows whose small area lies elsewhere, or whose code has the right form but is not in the lookup, are
/// `outside` (note `rows_elsewhere`: a national table holds many); small areas of the lookup that no row
/// names are counted (warning `areas_without_row`). The report speaks of small areas. \throws as match_rows;
/// InputError if no row lies in any of the areas.
Matched match_rows_through(const Table& table, const Lookup& lookup, const AreaSet& large,
                           const MatchOptions& options = {});

/// The same for areas to be merged: `from` holds their codes or names.
inline Lookup make_lookup(const Table& table, const AreaSet& small, Problems& problems) {
    return make_lookup(table, LookupOptions{}, problems, &small);
}

}  // namespace wardmap
