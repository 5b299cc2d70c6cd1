#include "wardmap/event/event_tally.hpp"

#include "wardmap/base/byte_text.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/event/marker_cell.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t most_markers = 16;
/// A kind that ends, and one that begins in the next month, are named as a possible renaming where each has
/// at least so many months.
constexpr std::size_t months_of_a_kind = 3;

/// Which markers each group of a tally has, as bits.
struct GroupMarkers {
    std::vector<std::string> names{};
    std::vector<MarkerCells> cells{};  ///< beside names
    std::vector<std::uint32_t> of_group{};
    std::vector<std::uint32_t> open_of_group{};  ///< markers of which a group says neither yes nor no

    std::uint32_t bit_of(const std::string& name, MarkerCells of_column) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found != names.end()) return 1U << static_cast<unsigned>(found - names.begin());
        if (names.size() == most_markers) {
            throw InputError("there are more than " + std::to_string(most_markers) + " different markers", {},
                             "count by such a column with --by");
        }
        names.push_back(name);
        cells.push_back(of_column);
        return 1U << static_cast<unsigned>(names.size() - 1);
    }
};

/// Weights as events: exact where they are whole.
double in_events(std::int64_t sum) {
    if (sum == 0) return 0;
    return sum % weight_unit == 0 ? static_cast<double>(sum / weight_unit)
                                  : static_cast<double>(sum) / static_cast<double>(weight_unit);
}

/// How many events the groups stand for in all, by weight; at least 1 if there are any.
std::uint64_t events_in(const EventTally& tally, std::size_t group) {
    std::int64_t sum = 0;
    for (const auto& [bin, slab] : tally.slabs()) {
        for (std::size_t row = 0; row < tally.area_rows(); ++row)
            sum += slab.sums[row * tally.stride() + group];
    }
    return static_cast<std::uint64_t>(std::max<std::int64_t>(1, sum / weight_unit));
}

GroupMarkers markers_of(const TallyView& view, Problems& problems) {
    GroupMarkers out;
    out.of_group.assign(view.group_keys.size(), 0);
    out.open_of_group = out.of_group;
    for (std::size_t m = 0; m < view.marker_columns.size(); ++m) {
        const std::size_t column = view.by.size() + m;
        const std::vector<std::string>& cells = view.names[column];
        // One "yes" makes it a column of one marker, and one that says nothing but "no" is none of a list.
        const bool says_yes = std::any_of(cells.begin(), cells.end(), [](const std::string& cell) {
            return parse_yes_no(cell).value_or(false);
        });
        const bool all_no = std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
            return parse_yes_no(cell).has_value();
        });
        if (says_yes || all_no) {
            const bool says_no = std::any_of(cells.begin(), cells.end(), [](const std::string& cell) {
                return !is_empty_cell(cell) && !parse_yes_no(cell).value_or(true);
            });
            const bool flagged = says_yes && !says_no;
            const std::uint32_t bit = out.bit_of(lower_ascii(view.marker_columns[m]),
                                                 flagged ? MarkerCells::flagged : MarkerCells::yes_or_no);
            std::map<std::string, std::uint64_t> odd;
            for (std::size_t g = 0; g < view.group_keys.size(); ++g) {
                const std::string& cell = cells[view.group_keys[g][column]];
                const std::optional<bool> yes = parse_yes_no(cell);
                if (yes.value_or(false)) out.of_group[g] |= bit;
                if (!yes || (!flagged && is_empty_cell(cell))) out.open_of_group[g] |= bit;
                if (!yes) odd[cell] += events_in(*view.tally, g);
            }
            for (const auto& [cell, count] : odd) {
                problems.add(Severity::problem, "bad_marker",
                             "cells are neither yes nor no; the events count as not marked",
                             {.column = view.marker_columns[m]}, cell, count);
            }
            continue;
        }
        const auto listed_in = [](const std::string& cell) {
            return parse_yes_no(cell) ? std::vector<std::string>{} : listed_markers(cell);
        };
        // In an order that does not depend on which row came first.
        std::set<std::string> listed;
        for (const std::string& cell : cells) {
            for (std::string& one : listed_in(cell)) listed.insert(std::move(one));
        }
        for (const std::string& one : listed) (void)out.bit_of(one, MarkerCells::listed);
        for (std::size_t g = 0; g < view.group_keys.size(); ++g) {
            for (const std::string& one : listed_in(cells[view.group_keys[g][column]]))
                out.of_group[g] |= out.bit_of(one, MarkerCells::listed);
        }
    }
    // Of two columns that tell of one marker a yes decides.
    for (std::size_t g = 0; g < out.of_group.size(); ++g) out.open_of_group[g] &= ~out.of_group[g];
    return out;
}

/// The markers of the cube: their names, and which of them a group with these bits counts under.
struct CubeMarkers {
    std::vector<std::string> names{};
    std::size_t single = 0;

    /// \param asked_for  false: the cube has no markers at all
    CubeMarkers(const GroupMarkers& markers, bool asked_for) : names(markers.names), single(names.size()) {
        if (!asked_for) return;
        std::vector<std::string> sums;
        if (single == 2) sums = {"both", "either"};
        if (single > 2) sums = {"any"};
        sums.emplace_back("all");
        std::set<std::string> taken(names.begin(), names.end());
        for (std::string& name : names) {
            if (std::find(sums.begin(), sums.end(), name) == sums.end()) continue;
            while (!taken.insert(name).second) name += '_';
        }
        names.insert(names.end(), sums.begin(), sums.end());
    }
    void of(std::uint32_t bits, std::vector<std::size_t>& out) const {
        out.clear();
        for (std::size_t m = 0; m < single; ++m) {
            if ((bits >> m & 1U) != 0) out.push_back(m);
        }
        if (single == 2 && bits == 3) out.push_back(2);
        if (single >= 2 && bits != 0) out.push_back(single == 2 ? 3 : single);
        out.push_back(names.empty() ? 0 : names.size() - 1);
    }
};

std::string month_label(std::int32_t month) {
    return month_period(month).label();
}

/// The periods of a request over these months, and which bins each adds up.
struct PeriodPlan {
    std::vector<CountPeriod> periods{};
    std::vector<std::vector<std::int32_t>> bins{};

    void add(CountPeriod period, std::vector<std::int32_t> of_period) {
        periods.push_back(std::move(period));
        bins.push_back(std::move(of_period));
    }
};

/// The months from the first to the last that has events, those without any only under MonthGaps::zero.
std::vector<std::int32_t> months_present(const EventTally& tally, MonthGaps gaps) {
    std::vector<std::int32_t> months;
    for (const auto& [bin, slab] : tally.slabs()) {
        if (bin == no_time_bin) continue;
        if (gaps == MonthGaps::zero && !months.empty()) {
            for (std::int32_t month = months.back() + 1; month < bin; ++month) months.push_back(month);
        }
        months.push_back(bin);
    }
    return months;
}

void say_gaps(const std::vector<std::int32_t>& months, Problems& problems) {
    for (std::size_t i = 1; i < months.size(); ++i) {
        if (months[i] == months[i - 1] + 1) continue;
        const std::string first = month_label(months[i - 1] + 1);
        const std::string last = month_label(months[i] - 1);
        problems.add(Severity::warning, "month_gap",
                     "there is no event at all in these months: are files missing? They are left out, not "
                     "counted as 0 (gaps 'zero' would count them so)",
                     {}, first == last ? first : first + " to " + last,
                     static_cast<std::uint64_t>(months[i] - months[i - 1] - 1));
    }
}

void add_period(PeriodPlan& plan, const Period& period, const std::vector<std::int32_t>& months,
                Problems& problems) {
    const MonthRange range = months_of(period);
    std::vector<std::int32_t> bins;
    for (const std::int32_t month : months) {
        if (month >= range.first && month <= range.last) bins.push_back(month);
    }
    const bool complete = bins.size() == static_cast<std::size_t>(range.last - range.first + 1);
    if (!complete) {
        problems.add(Severity::warning, "incomplete_period",
                     "the events do not cover all months of the period", {},
                     period.label() + " (" + std::to_string(bins.size()) + " of " +
                         std::to_string(range.last - range.first + 1) + " months)");
    }
    plan.add({period.label(), period, complete}, std::move(bins));
}

PeriodPlan plan_calendar(const TallyView& view, const PeriodRequest& request, Problems& problems) {
    PeriodPlan plan;
    const std::vector<std::int32_t> months = months_present(*view.tally, request.gaps);
    if (request.bins == PeriodBins::listed) {
        for (const Period& period : request.periods) add_period(plan, period, months, problems);
        return plan;
    }
    say_gaps(months, problems);
    if (request.bins == PeriodBins::month) {
        for (const std::int32_t month : months) plan.add({month_label(month), month_period(month)}, {month});
        return plan;
    }
    if (request.bins == PeriodBins::rolling_year) {
        for (std::size_t i = 11; i < months.size(); ++i) {
            if (months[i - 11] != months[i] - 11) continue;
            const Period period{PeriodKind::year_to, months[i] / 12, months[i] % 12 + 1};
            plan.add({period.label(), period}, {months.begin() + static_cast<std::ptrdiff_t>(i) - 11,
                                                months.begin() + static_cast<std::ptrdiff_t>(i) + 1});
        }
        if (plan.periods.empty()) {
            problems.add(Severity::problem, "no_whole_year",
                         "there are no twelve months in a row, so no year to count", {}, {}, months.size());
        }
        return plan;
    }
    std::optional<Period> last;
    for (const std::int32_t month : months) {
        const int year = month / 12;
        const int in_year = month % 12 + 1;
        Period period{PeriodKind::year, year, 12};
        if (request.bins == PeriodBins::quarter) period = {PeriodKind::quarter, year, (in_year + 2) / 3 * 3};
        if (request.bins == PeriodBins::financial_year)
            period = {PeriodKind::financial_year, in_year >= 4 ? year + 1 : year, 3};
        if (last && *last == period) continue;
        last = period;
        add_period(plan, period, months, problems);
    }
    return plan;
}

PeriodPlan plan_periods(const TallyView& view, const PeriodRequest& request, Problems& problems) {
    PeriodPlan plan;
    if (request.bins == PeriodBins::all) {
        std::vector<std::int32_t> bins;
        for (const auto& [bin, slab] : view.tally->slabs()) bins.push_back(bin);
        plan.add({"all", std::nullopt}, std::move(bins));
        return plan;
    }
    const auto by_clock = [&](std::int32_t count, auto&& label) {
        for (std::int32_t i = 0; i < count; ++i) plan.add({label(i), std::nullopt}, {i});
        if (view.tally->slabs().contains(no_time_bin)) plan.add({no_time_label, std::nullopt}, {no_time_bin});
    };
    const auto hour = [](std::int32_t h) { return (h < 10 ? "0" : "") + std::to_string(h); };
    const bool is_clock = request.bins == PeriodBins::weekday || request.bins == PeriodBins::hour ||
                          request.bins == PeriodBins::weekday_hour;
    if (is_clock ? view.bins != request.bins : view.bins != PeriodBins::month) {
        throw UsageError("these events were not counted by such periods", {},
                         "count them again with the periods you want");
    }
    if (request.bins == PeriodBins::weekday) {
        by_clock(7, [](std::int32_t d) { return weekday_name(d); });
    } else if (request.bins == PeriodBins::hour) {
        by_clock(24, hour);
    } else if (request.bins == PeriodBins::weekday_hour) {
        by_clock(7 * 24, [&](std::int32_t h) { return weekday_name(h / 24) + " " + hour(h % 24); });
    } else {
        return plan_calendar(view, request, problems);
    }
    return plan;
}

/// A kind that stops where another begins: perhaps one was renamed, which would show as a fall and a rise.
void say_renamed(const CountCube& cube, const std::vector<std::int32_t>& months, Problems& problems) {
    if (cube.by.size() != 1 || cube.periods.size() < 2 * months_of_a_kind ||
        months.size() != cube.periods.size())
        return;
    struct Life {
        std::size_t first = 0, last = 0, months = 0;
        double sum = 0;
    };
    // The last marker is "all", or the only one.
    std::vector<double> sums(cube.periods.size() * cube.kinds.size(), 0);
    const std::size_t step = cube.marker_count();
    for (std::size_t i = 0; i < cube.counts.size() / step; ++i)
        sums[i % sums.size()] += cube.counts[i * step + step - 1];
    std::vector<Life> lives(cube.kinds.size());
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        for (std::size_t k = 0; k < cube.kinds.size(); ++k) {
            const double here = sums[p * cube.kinds.size() + k];
            if (here <= 0) continue;
            Life& life = lives[k];
            if (life.months == 0) life.first = p;
            life.last = p;
            ++life.months;
            life.sum += here;
        }
    }
    for (std::size_t old = 0; old < lives.size(); ++old) {
        for (std::size_t young = 0; young < lives.size(); ++young) {
            const Life& a = lives[old];
            const Life& b = lives[young];
            if (a.months < months_of_a_kind || b.months < months_of_a_kind || a.last + 1 != b.first) continue;
            const double size_a = a.sum / static_cast<double>(a.months);
            const double size_b = b.sum / static_cast<double>(b.months);
            if (size_a > 3 * size_b || size_b > 3 * size_a) continue;
            problems.add(Severity::warning, "kind_renamed",
                         "one kind ends where another of like size begins; if it was renamed, put both under "
                         "one name before comparing periods",
                         {},
                         "'" + cube.kinds[old][0] + "' to " + cube.periods[a.last].label + ", '" +
                             cube.kinds[young][0] + "' from " + cube.periods[b.first].label);
        }
    }
}

}  // namespace

void EventTally::make_room(std::size_t groups) {
    if (groups <= stride_) return;
    const std::size_t wider = std::bit_ceil(groups);
    for (auto& [bin, slab] : slabs_) {
        std::vector<std::int64_t> sums(area_rows_ * wider, 0);
        for (std::size_t row = 0; row < area_rows_; ++row) {
            std::copy_n(slab.sums.begin() + static_cast<std::ptrdiff_t>(row * stride_), stride_,
                        sums.begin() + static_cast<std::ptrdiff_t>(row * wider));
        }
        slab.sums = std::move(sums);
    }
    stride_ = wider;
}

EventTally::Slab& EventTally::slab_of(std::int32_t bin) {
    Slab& slab = slabs_[bin];
    if (slab.sums.empty()) slab.sums.assign(area_rows_ * stride_, 0);
    return slab;
}

void EventTally::add(const EventTally& other, std::span<const std::uint32_t> group_here) {
    for (const auto& [bin, theirs] : other.slabs_) {
        Slab& slab = slab_of(bin);
        for (std::size_t row = 0; row < area_rows_; ++row) {
            for (std::size_t g = 0; g < group_here.size(); ++g) {
                slab.sums[row * stride_ + group_here[g]] += theirs.sums[row * other.stride_ + g];
            }
        }
        slab.located += theirs.located;
        slab.rows += theirs.rows;
    }
}

void EventTally::write(std::string& out) const {
    put_number(out, area_rows_);
    put_number(out, stride_);
    put_number(out, slabs_.size());
    for (const auto& [bin, slab] : slabs_) {
        put_number(out, static_cast<std::uint32_t>(bin));
        put_number(out, slab.located);
        put_number(out, slab.rows);
        for (const std::int64_t sum : slab.sums) put_number(out, static_cast<std::uint64_t>(sum));
    }
}

void EventTally::read(std::string_view& bytes) {
    if (take_number(bytes) != area_rows_)
        throw InputError("the saved state is of other areas", {},
                         "restore it with the areas it was made with");
    const std::uint64_t stride = take_number(bytes);
    const std::uint64_t count = take_number(bytes);
    std::map<std::int32_t, Slab> slabs;
    for (std::uint64_t s = 0; s < count; ++s) {
        Slab& slab = slabs[static_cast<std::int32_t>(static_cast<std::uint32_t>(take_number(bytes)))];
        slab.located = take_number(bytes);
        slab.rows = take_number(bytes);
        if (stride == 0 || bytes.size() / 8 / area_rows_ < stride)
            throw InputError("the bytes of a saved state end too soon", {},
                             "save it again with this version");
        slab.sums.resize(area_rows_ * stride);
        for (std::int64_t& sum : slab.sums) sum = static_cast<std::int64_t>(take_number(bytes));
    }
    stride_ = stride;
    slabs_ = std::move(slabs);
    recent_ = {};
}

Counted finish_tally(const TallyView& view, const PeriodRequest& request) {
    Counted counted;
    CountCube& cube = counted.cube;
    cube.areas = view.areas;
    cube.by = view.by;
    const PeriodPlan plan = plan_periods(view, request, counted.problems);
    cube.periods = plan.periods;

    const GroupMarkers group_markers = markers_of(view, counted.problems);
    const CubeMarkers markers(group_markers, !view.marker_columns.empty());
    cube.markers = markers.names;
    cube.marker_cells = group_markers.cells;
    // Kinds in the order of their names.
    std::set<std::vector<std::string>> kinds;
    std::vector<std::vector<std::string>> kind_of_group;
    for (const std::vector<std::uint32_t>& key : view.group_keys) {
        std::vector<std::string> kind;
        for (std::size_t c = 0; c < view.by.size(); ++c) kind.push_back(view.names[c][key[c]]);
        kinds.insert(kind);
        kind_of_group.push_back(std::move(kind));
    }
    if (view.by.empty()) kinds.insert(std::vector<std::string>{});
    cube.kinds.assign(kinds.begin(), kinds.end());
    std::vector<std::size_t> kind_number;
    for (const std::vector<std::string>& kind : kind_of_group) {
        kind_number.push_back(static_cast<std::size_t>(
            std::lower_bound(cube.kinds.begin(), cube.kinds.end(), kind) - cube.kinds.begin()));
    }

    const std::size_t rows = cube.area_rows();
    std::set<std::int32_t> counted_bins;
    std::vector<std::vector<const EventTally::Slab*>> slabs_of_period(plan.bins.size());
    for (std::size_t p = 0; p < plan.bins.size(); ++p) {
        for (const std::int32_t bin : plan.bins[p]) {
            const auto found = view.tally->slabs().find(bin);
            if (found == view.tally->slabs().end()) continue;
            counted_bins.insert(bin);
            slabs_of_period[p].push_back(&found->second);
        }
    }
    const std::size_t groups = view.group_keys.size();
    std::vector<std::vector<std::size_t>> under(groups);
    for (std::size_t g = 0; g < groups; ++g) {
        markers.of(group_markers.of_group[g], under[g]);
        for (std::size_t& cell : under[g]) cell += kind_number[g] * cube.marker_count();
    }
    const std::size_t singles = cube.marker_cells.size();
    const bool any_open =
        std::ranges::any_of(group_markers.open_of_group, [](std::uint32_t bits) { return bits != 0; });
    // Area by area: the cube of a country is larger than any cache.
    const std::size_t cells_of_period = cube.kinds.size() * cube.marker_count();
    std::vector<std::int64_t> sums(cube.periods.size() * cells_of_period);
    const std::size_t open_cells = any_open ? cube.kinds.size() * singles : 0;
    std::vector<std::int64_t> open_sums(cube.periods.size() * open_cells);
    cube.counts.reserve(rows * sums.size());
    for (std::size_t row = 0; row < rows; ++row) {
        std::fill(sums.begin(), sums.end(), 0);
        std::fill(open_sums.begin(), open_sums.end(), 0);
        for (std::size_t p = 0; p < slabs_of_period.size(); ++p) {
            std::int64_t* const cells = sums.data() + p * cells_of_period;
            for (const EventTally::Slab* slab : slabs_of_period[p]) {
                const std::int64_t* const of_row = slab->sums.data() + row * view.tally->stride();
                for (std::size_t g = 0; g < groups; ++g) {
                    if (of_row[g] == 0) continue;
                    for (const std::size_t cell : under[g]) cells[cell] += of_row[g];
                    for (std::size_t m = 0; any_open && m < singles; ++m)
                        if ((group_markers.open_of_group[g] >> m & 1U) != 0)
                            open_sums[p * open_cells + kind_number[g] * singles + m] += of_row[g];
                }
            }
        }
        for (const std::int64_t sum : sums) cube.counts.push_back(in_events(sum));
        for (const std::int64_t sum : open_sums) cube.left_open.push_back(in_events(sum));
    }
    for (const auto& [bin, slab] : view.tally->slabs()) {
        counted.ledger.located += slab.located;
        const bool undated = bin == no_time_bin && request.bins != PeriodBins::all;
        if (undated) {
            counted.ledger.no_date += slab.located;
        } else if (counted_bins.contains(bin)) {
            counted.ledger.counted += slab.located;
        } else {
            counted.ledger.out_of_period += slab.located;
        }
    }
    if (request.bins == PeriodBins::month)
        say_renamed(cube, months_present(*view.tally, request.gaps), counted.problems);
    return counted;
}

}  // namespace wardmap
