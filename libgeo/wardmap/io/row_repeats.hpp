/// \file
/// How many rows are identical in every field to an earlier one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace wardmap {

struct RepeatCount {
    std::uint64_t repeats = 0;
    bool estimated = false;  ///< scaled up from a sample of the rows
};

/// Counts rows by the hashes of their bytes (byte_hash.hpp), exactly while there are at most `most_kept`
/// different ones. Beyond, it keeps every second, fourth ... of the possible hashes and scales. Memory: 8
/// bytes a row, 64 MB (of 4 million) at the most. The result does not depend on the order of the rows or on
/// who added them.
class RowRepeats {
public:
    static constexpr std::size_t parts = 64;
    static constexpr std::size_t most_kept = std::size_t{4} << 20U;  ///< shared out over the parts

    explicit RowRepeats(std::size_t most = most_kept);
    RowRepeats(RowRepeats&&) noexcept;
    RowRepeats& operator=(RowRepeats&&) noexcept;
    ~RowRepeats();

    /// Collects the hashes of one thread. flush() it before count().
    class Feed {
    public:
        explicit Feed(RowRepeats& repeats)
            : repeats_(&repeats), waiting_(parts * most_waiting), count_(parts, 0) {}
        void add(std::uint64_t hash) {
            const std::size_t part = hash >> 58U;
            waiting_[part * most_waiting + count_[part]] = hash == 0 ? 1 : hash;
            if (++count_[part] == most_waiting) flush(part);
        }
        void flush();

    private:
        static constexpr std::size_t most_waiting = 256;
        void flush(std::size_t part);

        RowRepeats* repeats_;
        std::vector<std::uint64_t> waiting_;
        std::vector<std::uint32_t> count_;
    };

    /// Of all rows fed and flushed so far.
    RepeatCount count();

private:
    struct Part;
    std::unique_ptr<Part[]> parts_;
};

}  // namespace wardmap
