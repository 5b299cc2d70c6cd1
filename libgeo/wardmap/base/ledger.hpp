/// \file
/// Where every row that was read went.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// Every row read is in exactly one count:
/// rows_read = filtered + duplicates + located + outside + no_location + the sum of rejected;
/// located = counted + out_of_period + no_date.
/// For events: `outside` lies in no area; `no_location` has no coordinates that can be used, or names no
/// area; `no_date` has no date fine enough for the periods asked for; only a record that is no row is
/// rejected. For a table of areas a row is located when it is matched to one, outside when it names none of
/// them, and rejected as "total_row" when it sums the others.
struct Ledger {
    std::uint64_t rows_read = 0;
    std::uint64_t filtered = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t located = 0;
    std::uint64_t outside = 0;
    std::uint64_t no_location = 0;
    std::vector<std::pair<std::string, std::uint64_t>> rejected{};  ///< reason and how many
    std::uint64_t counted = 0;
    std::uint64_t out_of_period = 0;
    std::uint64_t no_date = 0;

    void reject(std::string_view reason, std::uint64_t count);  ///< adds to that reason
    void add(const Ledger& other);
    /// True if both conservation laws hold.
    bool balanced() const noexcept;
};

}  // namespace wardmap
