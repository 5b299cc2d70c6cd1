/// \file
/// The different texts of a column of cells, each with a number.
#pragma once

#include "wardmap/io/byte_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wardmap {

/// Numbers cells as they stand in the file, bytes for bytes; each different one is decoded and trimmed once.
/// Cells that are the same then have the same number. Only grows.
class DistinctTexts {
public:
    enum class Decoded : std::uint8_t { as_utf8, as_windows_1252, repaired };

    struct Entry {
        const char* bytes = nullptr;
        std::uint32_t size = 0;
        std::uint32_t code = 0;       ///< index in names()
        std::uint32_t nul_bytes = 0;  ///< dropped from each such cell
        Decoded decoded = Decoded::as_utf8;
    };

    DistinctTexts();

    /// The entry of a cell, which may be new: size() tells. Holds until the next call.
    const Entry& entry_of(std::string_view cell) {
        const Entry& last = entries_[last_];
        if (last.size == cell.size() && same_bytes(last.bytes, cell.data(), cell.size())) return last;
        const std::uint64_t hash = hash_of(cell);
        for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
            const std::uint32_t slot = slots_[at];
            if (slot == 0) return add(cell);
            const Entry& entry = entries_[slot];
            if (entry.size == cell.size() && same_bytes(entry.bytes, cell.data(), cell.size())) {
                last_ = slot;
                return entry;
            }
        }
    }

    std::size_t size() const noexcept { return entries_.size(); }
    const std::vector<std::string>& names() const noexcept { return names_; }
    std::uint64_t list() const noexcept { return list_; }  ///< CodedColumn::list

private:
    static std::uint64_t hash_of(std::string_view cell) noexcept {
        const std::size_t n = cell.size();
        const std::uint64_t first = n >= 8 ? word_at(cell.data()) : short_word(cell.data(), n);
        const std::uint64_t last = n >= 8 ? word_at(cell.data() + n - 8) : 0;
        return folded_product(first ^ 0xa0761d6478bd642fULL, last ^ 0xe7037ed1a0b428dbULL ^ (n << 32U));
    }
    const Entry& add(std::string_view cell);
    void put(std::uint32_t entry);

    std::uint64_t list_;
    std::vector<Entry> entries_{};  ///< [0] is the empty cell
    std::vector<std::uint32_t> slots_{};
    std::uint32_t last_ = 0;
    std::deque<std::string> bytes_{};
    std::vector<std::string> names_{};
    std::unordered_map<std::string, std::uint32_t> codes_{};
};

}  // namespace wardmap
