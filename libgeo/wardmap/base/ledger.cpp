#include "wardmap/base/ledger.hpp"

#include <algorithm>

namespace wardmap {

void Ledger::reject(std::string_view reason, std::uint64_t count) {
    if (count == 0) return;
    const auto found = std::find_if(rejected.begin(), rejected.end(),
                                    [&](const auto& entry) { return entry.first == reason; });
    if (found != rejected.end()) {
        found->second += count;
    } else {
        rejected.emplace_back(reason, count);
    }
}

void Ledger::add(const Ledger& other) {
    rows_read += other.rows_read;
    filtered += other.filtered;
    duplicates += other.duplicates;
    located += other.located;
    outside += other.outside;
    no_location += other.no_location;
    for (const auto& [reason, count] : other.rejected) reject(reason, count);
    counted += other.counted;
    out_of_period += other.out_of_period;
    no_date += other.no_date;
}

bool Ledger::balanced() const noexcept {
    std::uint64_t all_rejected = 0;
    for (const auto& entry : rejected) all_rejected += entry.second;
    return rows_read == filtered + duplicates + located + outside + no_location + all_rejected &&
           located == counted + out_of_period + no_date;
}

}  // namespace wardmap
