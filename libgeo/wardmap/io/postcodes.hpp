/// \file
/// Where postcodes lie: a user's copy of the ONS Postcode Directory (ONSPD) or National Statistics Postcode
/// Lookup (NSPL).
#pragma once

#include "wardmap/base/point.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/crs/crs.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

struct PostcodePlace {
    Point point{};
    bool terminated = false;  ///< no longer in use
};

/// Postcodes and their points. Immutable; copies share.
class Postcodes {
public:
    std::size_t size() const noexcept;
    const Crs& crs() const noexcept;
    /// Letter case and blanks do not matter: "cv1 5fb", "CV15FB". Nothing if it is not in the file, or has no
    /// point there.
    std::optional<PostcodePlace> find(std::string_view postcode) const noexcept;
    const std::vector<std::string>& guesses() const noexcept;  ///< which columns were taken

private:
    struct Data;
    explicit Postcodes(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
    friend Postcodes read_postcodes(const std::string& path, Problems& problems);
    std::shared_ptr<const Data> data_;
};

/// Reads the file in pieces (CSV, also .gz or in a .zip, where documents and the parts by area in `multi_csv`
/// are passed over): columns pcds, pcd, pcd2, pcd7, pcd8 or postcode; oseast1m and osnrth1m, or east1m and
/// north1m (EPSG:27700; Northern Ireland's rows are in the Irish grid and told apart by the first letters BT:
/// they have no point), else long and lat (EPSG:4326); doterm. About 30 bytes a postcode are kept.
///
/// Problems: `bad_postcode` `bad_coordinate` `wrong_column_count` (problems); `postcode_without_point`
/// `irish_grid` `repeated_postcode` (notes). \throws FileMissing, InputError (naming the columns that are
/// missing)
Postcodes read_postcodes(const std::string& path, Problems& problems);

}  // namespace wardmap
