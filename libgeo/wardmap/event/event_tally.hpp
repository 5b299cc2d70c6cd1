/// \file
/// The numbers a counter holds, and how they become a cube.
#pragma once

#include "wardmap/event/count_cube.hpp"
#include "wardmap/event/event_batch.hpp"
#include "wardmap/event/period_request.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// The bin of events whose date or time does not reach so far.
inline constexpr std::int32_t no_time_bin = std::numeric_limits<std::int32_t>::min();

/// Sums of weights (weight_unit) by area row, bin and group. One slab a bin, made when its first event comes,
/// so that a date of 1900 costs one slab and not a century.
class EventTally {
public:
    struct Slab {
        std::vector<std::int64_t> sums{};  ///< area row x stride
        std::uint64_t located = 0;         ///< rows in an area
        std::uint64_t rows = 0;
    };

    explicit EventTally(std::size_t area_rows) : area_rows_(area_rows) {}

    /// Room for so many groups; call before cell().
    void make_room(std::size_t groups);
    /// Counts a row, and says where its weight is to be added; good until make_room() or another tally's
    /// add().
    std::int64_t* cell(std::size_t area_row, std::int32_t bin, std::uint32_t group, bool located) {
        Recent& recent = recent_[static_cast<std::uint32_t>(bin) % recent_.size()];
        if (recent.slab == nullptr || recent.bin != bin) recent = {bin, &slab_of(bin)};
        recent.slab->located += located ? 1U : 0U;
        ++recent.slab->rows;
        return recent.slab->sums.data() + area_row * stride_ + group;
    }
    /// \param group_here  the number here of each of its groups
    void add(const EventTally& other, std::span<const std::uint32_t> group_here);

    const std::map<std::int32_t, Slab>& slabs() const noexcept { return slabs_; }
    std::size_t area_rows() const noexcept { return area_rows_; }
    std::size_t stride() const noexcept { return stride_; }

    void write(std::string& out) const;
    /// \throws InputError if the bytes are not what write() made of a tally of as many area rows
    void read(std::string_view& bytes);

private:
    struct Recent {
        std::int32_t bin = 0;
        Slab* slab = nullptr;
    };
    Slab& slab_of(std::int32_t bin);

    std::size_t area_rows_;
    std::size_t stride_ = 1;
    std::map<std::int32_t, Slab> slabs_{};
    std::array<Recent, 64> recent_{};  ///< slabs lately used; a map's values stay where they are
};

/// What a tally's numbers mean.
struct TallyView {
    AreaSet areas{};
    std::vector<std::string> by{};
    std::vector<std::string> marker_columns{};
    std::vector<std::vector<std::string>> names{};         ///< of each column of kinds, then of markers
    std::vector<std::vector<std::uint32_t>> group_keys{};  ///< names of each group, one a column
    const EventTally* tally = nullptr;
    PeriodBins bins = PeriodBins::month;
};

/// The cube for these periods, with located, counted, out_of_period and no_date of the ledger, and what is
/// odd about the months and kinds: month_gap, incomplete_period, kind_renamed. \throws UsageError if the
/// tally keeps no times so fine; InputError for more than 16 markers
Counted finish_tally(const TallyView& view, const PeriodRequest& request);

}  // namespace wardmap
