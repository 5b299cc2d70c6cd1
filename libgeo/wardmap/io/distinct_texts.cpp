#include "wardmap/io/distinct_texts.hpp"

#include "wardmap/io/text_encoding.hpp"
#include "wardmap/table/cell_text.hpp"

#include <atomic>
#include <utility>

namespace wardmap {
namespace {

std::uint64_t next_list() {
    static std::atomic<std::uint64_t> next{1};
    return next++;
}

}  // namespace

// Entry 0 is the empty cell, so that a slot of 0 can mean that it is free; add() knows the empty cell without
// one.
DistinctTexts::DistinctTexts() : list_(next_list()), slots_(64, 0) {
    entries_.push_back({.bytes = ""});
    names_.emplace_back();
    codes_.emplace(std::string(), 0);
}

void DistinctTexts::put(std::uint32_t entry) {
    const Entry& one = entries_[entry];
    std::size_t at = hash_of(one.ends) & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = entry;
}

const DistinctTexts::Entry& DistinctTexts::add(std::string_view cell) {
    if (cell.empty()) return entries_[0];
    bytes_.emplace_back(cell);
    const DecodedText decoded = decode_cell(cell);
    std::string name(trimmed(decoded.text));
    const auto known = codes_.find(name);
    std::uint32_t code = 0;
    if (known != codes_.end()) {
        code = known->second;
    } else {
        code = static_cast<std::uint32_t>(names_.size());
        codes_.emplace(name, code);
        names_.push_back(std::move(name));
    }
    entries_.push_back({.ends = ends_of(cell),
                        .bytes = bytes_.back().data(),
                        .code = code,
                        .nul_bytes = static_cast<std::uint32_t>(decoded.nul_bytes),
                        .decoded = decoded.encoding == TextEncoding::windows_1252 ? Decoded::as_windows_1252
                                   : decoded.repaired > 0 || decoded.replaced > 0 ? Decoded::repaired
                                                                                  : Decoded::as_utf8});
    if (entries_.size() * 2 > slots_.size()) {
        slots_.assign(slots_.size() * 4, 0);
        for (std::uint32_t entry = 1; entry < entries_.size(); ++entry) put(entry);
    } else {
        put(static_cast<std::uint32_t>(entries_.size() - 1));
    }
    return entries_.back();
}

}  // namespace wardmap
