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

    /// Of a text of at most sixteen bytes, all of it.
    struct Ends {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        std::uint32_t size = 0;
        friend bool operator==(const Ends&, const Ends&) = default;
    };

    struct Entry {
        Ends ends{};
        const char* bytes = nullptr;
        std::uint32_t code = 0;       ///< index in names()
        std::uint32_t nul_bytes = 0;  ///< dropped from each such cell
        Decoded decoded = Decoded::as_utf8;
    };

    DistinctTexts();

    /// The entry of a cell, which may be new: size() tells. Holds until the next call.
    const Entry& entry_of(std::string_view cell) {
        const Ends ends = ends_of(cell);
        for (std::size_t at = hash_of(ends) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
            const std::uint32_t slot = slots_[at];
            if (slot == 0) return add(cell);
            const Entry& entry = entries_[slot];
            if (entry.ends == ends &&
                (cell.size() <= 16 || same_middle(entry.bytes, cell.data(), cell.size()))) {
                return entry;
            }
        }
    }

    std::size_t size() const noexcept { return entries_.size(); }
    const std::vector<std::string>& names() const noexcept { return names_; }
    std::uint64_t list() const noexcept { return list_; }  ///< CodedColumn::list

private:
    static Ends ends_of(std::string_view cell) noexcept {
        const std::size_t n = cell.size();
        if (n < 8) return {short_word(cell.data(), n), 0, static_cast<std::uint32_t>(n)};
        return {word_at(cell.data()), word_at(cell.data() + n - 8), static_cast<std::uint32_t>(n)};
    }
    /// Of texts with the same ends, of more than sixteen bytes. Kinds have up to thirty-two, in any order: no
    /// loop of unforeseeable length.
    static bool same_middle(const char* a, const char* b, std::size_t n) noexcept {
        if (n <= 32) return word_at(a + 8) == word_at(b + 8) && word_at(a + n - 16) == word_at(b + n - 16);
        return same_bytes(a + 8, b + 8, n - 16);
    }
    static std::uint64_t hash_of(const Ends& ends) noexcept {
        return folded_product(ends.first ^ 0xa0761d6478bd642fULL,
                              ends.last ^ 0xe7037ed1a0b428dbULL ^ ends.size);
    }
    const Entry& add(std::string_view cell);
    void put(std::uint32_t entry);

    std::uint64_t list_;
    std::vector<Entry> entries_{};  ///< [0] is the empty cell
    std::vector<std::uint32_t> slots_{};
    std::deque<std::string> bytes_{};
    std::vector<std::string> names_{};
    std::unordered_map<std::string, std::uint32_t> codes_{};
};

}  // namespace wardmap
