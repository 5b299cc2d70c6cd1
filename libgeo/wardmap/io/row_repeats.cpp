#include "wardmap/io/row_repeats.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <mutex>
#include <span>

namespace wardmap {
namespace {

/// Keeps the first of each value; the rest of the range is of no use then. Returns how many are kept.
std::size_t keep_different(std::span<std::uint64_t> hashes, std::vector<std::uint64_t>& table) {
    const std::size_t places = std::bit_ceil(hashes.size() * 2 + 2);
    table.assign(places, 0);  // 0 is an empty place: no hash is 0 here
    std::size_t kept = 0;
    for (const std::uint64_t hash : hashes) {
        std::size_t at = (hash >> 20U) & (places - 1);
        while (table[at] != 0 && table[at] != hash) at = (at + 1) & (places - 1);
        if (table[at] == 0) {
            table[at] = hash;
            hashes[kept++] = hash;
        }
    }
    return kept;
}

}  // namespace

/// The hashes of one range: the different ones of before, then those that came since.
struct RowRepeats::Part {
    std::mutex lock{};
    std::vector<std::uint64_t> hashes{};
    std::size_t different = 0;
    std::size_t most = 0;
    int level = 0;                                  ///< only hashes with so many zeros at their end are kept
    std::array<std::uint64_t, 65> rows_by_zeros{};  ///< rows, by the zeros at the end of their hash

    void settle(std::vector<std::uint64_t>& table) {
        // Half of them have no zero: one sum for all would wait for itself.
        std::array<std::array<std::uint64_t, 65>, 4> sums{};
        for (std::size_t i = different; i < hashes.size(); ++i) {
            ++sums[i % sums.size()][static_cast<std::size_t>(std::countr_zero(hashes[i]))];
        }
        for (const auto& sum : sums) {
            for (std::size_t zeros = 0; zeros < sum.size(); ++zeros) rows_by_zeros[zeros] += sum[zeros];
        }
        hashes.resize(keep_different(hashes, table));
        const auto left_out = [&](std::uint64_t hash) { return std::countr_zero(hash) < level; };
        hashes.erase(std::remove_if(hashes.begin(), hashes.end(), left_out), hashes.end());
        while (hashes.size() > most) {
            ++level;
            hashes.erase(std::remove_if(hashes.begin(), hashes.end(), left_out), hashes.end());
        }
        different = hashes.size();
    }
};

RowRepeats::RowRepeats(std::size_t most) : parts_(std::make_unique<Part[]>(parts)) {
    for (std::size_t i = 0; i < parts; ++i) parts_[i].most = std::max<std::size_t>(most / parts, 1);
}
RowRepeats::RowRepeats(RowRepeats&&) noexcept = default;
RowRepeats& RowRepeats::operator=(RowRepeats&&) noexcept = default;
RowRepeats::~RowRepeats() = default;

void RowRepeats::Feed::flush(std::size_t part) {
    Part& target = repeats_->parts_[part];
    const auto* first = waiting_.data() + part * most_waiting;
    const std::lock_guard<std::mutex> held(target.lock);
    target.hashes.insert(target.hashes.end(), first, first + count_[part]);
    count_[part] = 0;
    if (target.hashes.size() - target.different > target.most) {
        std::vector<std::uint64_t> table;
        target.settle(table);
    }
}

void RowRepeats::Feed::flush() {
    for (std::size_t part = 0; part < parts; ++part) flush(part);
}

RepeatCount RowRepeats::count() {
    RepeatCount out;
    std::vector<std::uint64_t> table;
    for (std::size_t i = 0; i < parts; ++i) {
        Part& part = parts_[i];
        part.settle(table);
        std::uint64_t rows = 0;
        for (auto zeros = static_cast<std::size_t>(part.level); zeros < part.rows_by_zeros.size(); ++zeros) {
            rows += part.rows_by_zeros[zeros];
        }
        out.repeats += (rows - part.different) << static_cast<unsigned>(part.level);
        out.estimated = out.estimated || part.level > 0;
    }
    return out;
}

}  // namespace wardmap
