#include "simulate.hpp"

#include "wardmap/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace wardmap::simulated {
namespace {

constexpr std::size_t june = 5;
constexpr std::uint32_t percent_at_anchors = 60;
/// A ward has this many places where events are anchored, and one more for every so many events.
constexpr std::size_t fewest_anchors = 6;
constexpr std::size_t events_an_anchor = 12;
/// In one offence, ward and year, of which this many carry one marker alone, the last is the first one's
/// twin.
constexpr std::uint32_t enough_for_a_twin = 20;
constexpr std::uint32_t finds_that_name_the_next_ward = 25;  ///< one in so many

/// The tables of one offence; a marker without a table has no events.
struct Offence {
    std::string name{};
    const WardTable* alcohol = nullptr;
    const WardTable* drug = nullptr;
    const MonthShares* months = nullptr;
};

std::vector<Offence> offences_of(const Published& published) {
    std::vector<Offence> offences;
    const auto of_name = [&](const std::string& name) -> Offence* {
        const auto found =
            std::find_if(offences.begin(), offences.end(), [&](const Offence& o) { return o.name == name; });
        return found == offences.end() ? nullptr : &*found;
    };
    for (const WardTable& table : published.tables) {
        Offence* offence = of_name(table.offence);
        if (!offence) offence = &offences.emplace_back(Offence{.name = table.offence});
        (table.marker == Marker::alcohol ? offence->alcohol : offence->drug) = &table;
    }
    for (const MonthShares& months : published.months) {
        Offence* offence = of_name(months.offence);
        if (!offence || !(months.marker == Marker::alcohol ? offence->alcohol : offence->drug)) {
            throw InputError("calendar_month_share.csv has the months of " + months.offence +
                                 ", of which there is no table by ward",
                             {}, "take its rows out");
        }
        if (offence->months) {
            throw InputError("calendar_month_share.csv has the months of " + months.offence +
                                 " for both markers, and some events carry both",
                             {}, "leave the rows of one marker");
        }
        offence->months = &months;
    }
    return offences;
}

/// The places where a ward's events are anchored, the busiest first.
class Anchors {
public:
    Anchors(const Places& places, std::span<const std::size_t> events_of_ward, std::uint64_t seed)
        : places_(places) {
        Random random(seed, "anchors");
        for (std::size_t ward = 0; ward < events_of_ward.size(); ++ward) {
            std::vector<GridPlace>& anchors = anchors_.emplace_back();
            while (anchors.size() < fewest_anchors + events_of_ward[ward] / events_an_anchor)
                anchors.push_back(places.in_ward(ward, random));
        }
    }

    GridPlace draw(std::size_t ward, Random& random) const {
        if (!random.in_percent(percent_at_anchors)) return places_.in_ward(ward, random);
        const auto count = static_cast<std::uint32_t>(anchors_[ward].size());
        return anchors_[ward][std::min(random.below(count), random.below(count))];
    }

private:
    const Places& places_;
    std::vector<std::vector<GridPlace>> anchors_{};
};

/// The months of a table's events, dealt one after another: each year's in an order of their own.
class MonthsToDeal {
public:
    MonthsToDeal(const WardTable& table, const MonthShares& shares, Random& random) {
        const YearCounts years = table.total();
        const CalendarMonths months = months_that_print(years[0] + years[1] + years[2], shares.percent);
        std::vector<CalendarMonths> weights;
        for (const int last_year : last_years) weights.push_back(left_by_closures(last_year));
        const std::vector<CalendarMonths> shared = share_over_years(years, months, weights, random);
        for (std::size_t year = 0; year < year_count; ++year) {
            for (std::size_t month = 0; month < months_in_year; ++month)
                left_[year].insert(left_[year].end(), shared[year][month], month);
            random.shuffle(left_[year]);
        }
    }

    YearMonth deal(std::size_t year) {
        const std::size_t month = left_[year].back();
        left_[year].pop_back();
        return month_of_year_to(last_years[year], june, month);
    }

private:
    std::array<std::vector<std::size_t>, year_count> left_{};
};

void put_place(EventRecord& record, GridPlace place) {
    record.longitude = degrees_text(place.longitude);
    record.latitude = degrees_text(place.latitude);
}

std::vector<std::size_t> events_by_ward(const Published& published, std::size_t wards) {
    std::vector<std::size_t> events(wards, 0);
    for (const WardTable& table : published.tables) {
        for (std::size_t ward = 0; ward < wards; ++ward) {
            for (const std::uint32_t count : table.wards[ward]) events[ward] += count;
        }
    }
    return events;
}

/// The events of one offence, ward by ward and year by year.
class OffenceEvents {
public:
    OffenceEvents(const Offence& offence, const Anchors& anchors, std::uint64_t seed, SimulatedEvents& out)
        : offence_(offence), anchors_(anchors), random_(seed, "events of " + offence.name), out_(out) {
        if (!offence.months) return;
        dealt_marker_ = offence.months->marker;
        to_deal_.emplace(dealt_marker_ == Marker::alcohol ? *offence.alcohol : *offence.drug, *offence.months,
                         random_);
    }

    void simulate(std::size_t ward, std::size_t year) {
        const std::uint32_t alcohol = offence_.alcohol ? offence_.alcohol->wards[ward][year] : 0;
        const std::uint32_t drug = offence_.drug ? offence_.drug->wards[ward][year] : 0;
        const std::uint32_t both = std::min(alcohol, drug) / one_in_how_many_carries_both;
        add(ward, year, both, {.alcohol = true, .drug = true});
        add(ward, year, alcohol - both, {.alcohol = true, .drug = false});
        add(ward, year, drug - both, {.alcohol = false, .drug = true});
        out_.both += both;
    }

private:
    void add(std::size_t ward, std::size_t year, std::uint32_t count, Markers markers) {
        const std::size_t first = out_.records.size();
        const bool dealt = to_deal_ && markers.has(dealt_marker_);
        // A twin has its twin's month, so months that are dealt leave no room for twins.
        const std::uint32_t twins = !dealt && count >= enough_for_a_twin ? 1 : 0;
        for (std::uint32_t event = 0; event < count - twins; ++event) {
            const YearMonth month =
                dealt ? to_deal_->deal(year) : draw_offence_month(last_years[year], random_);
            EventRecord record{.offence = offence_.name, .markers = markers};
            record.moment = draw_moment(month, markers.alcohol ? Marker::alcohol : Marker::drug, random_);
            record.recorded_at = record.moment.text();
            put_place(record, anchors_.draw(ward, random_));
            out_.records.push_back(std::move(record));
        }
        if (twins > 0) out_.records.push_back(EventRecord(out_.records[first]));
        out_.twins += twins;
        out_.counted += count;
    }

    const Offence& offence_;
    const Anchors& anchors_;
    Random random_;
    SimulatedEvents& out_;
    Marker dealt_marker_ = Marker::alcohol;
    std::optional<MonthsToDeal> to_deal_{};
};

/// A record that will not count; of an offence whose months are not given, so that no share by month can
/// change.
EventRecord faulty_record(const std::vector<Offence>& offences, Random& random) {
    std::vector<const Offence*> open;
    for (const Offence& offence : offences) {
        if (!offence.months) open.push_back(&offence);
    }
    if (open.empty()) {
        throw InputError(
            "calendar_month_share.csv has the months of every offence, and records with faults need one "
            "without",
            {}, "leave the faults out with --no-faults");
    }
    const Offence& offence = *open[random.below(static_cast<std::uint32_t>(open.size()))];
    const Marker marker = offence.alcohol ? Marker::alcohol : Marker::drug;
    const int last_year = last_years[random.below(year_count)];
    EventRecord record{.offence = offence.name,
                       .markers = {.alcohol = marker == Marker::alcohol, .drug = marker == Marker::drug}};
    record.moment = draw_moment(draw_offence_month(last_year, random), marker, random);
    record.recorded_at = record.moment.text();
    return record;
}

void add_faulty_records(const std::vector<Offence>& offences, const Places& places, const FaultCounts& faults,
                        std::uint64_t seed, std::vector<EventRecord>& records) {
    Random random(seed, "faults");
    const auto add = [&](std::size_t count, const auto& spoil) {
        for (std::size_t i = 0; i < count; ++i) {
            EventRecord record = faulty_record(offences, random);
            spoil(record);
            records.push_back(std::move(record));
        }
    };
    const auto any_ward = [&] {
        return places.in_ward(random.below(static_cast<std::uint32_t>(places.wards().size())), random);
    };
    const auto put_words = [](EventRecord& record, const char* longitude, const char* latitude) {
        record.longitude = longitude;
        record.latitude = latitude;
    };
    add(faults.just_outside, [&](EventRecord& record) { put_place(record, places.just_outside(random)); });
    add(faults.outside, [&](EventRecord& record) { put_place(record, places.outside(random)); });
    add(faults.blank_place, [&](EventRecord& record) { put_words(record, "", ""); });
    add(faults.zero_place, [&](EventRecord& record) { put_words(record, "0", "0"); });
    add(faults.unreadable_place, [&](EventRecord& record) { put_words(record, "not known", "not known"); });
    add(faults.blank_date, [&](EventRecord& record) {
        put_place(record, any_ward());
        record.recorded_at.clear();
    });
    add(faults.impossible_date, [&](EventRecord& record) {
        put_place(record, any_ward());
        record.recorded_at = "2021-02-30";
    });
}

}  // namespace

SimulatedEvents simulate_events(const Published& published, const Places& places, const FaultCounts& faults,
                                std::uint64_t seed) {
    const std::size_t wards = places.wards().size();
    const std::vector<Offence> offences = offences_of(published);
    const Anchors anchors(places, events_by_ward(published, wards), seed);
    SimulatedEvents events;
    for (const Offence& offence : offences) {
        OffenceEvents of_offence(offence, anchors, seed, events);
        for (std::size_t ward = 0; ward < wards; ++ward) {
            for (std::size_t year = 0; year < year_count; ++year) of_offence.simulate(ward, year);
        }
    }
    // Outside come first among the faulty ones: they are what is repeated.
    const std::size_t first_faulty = events.records.size();
    add_faulty_records(offences, places, faults, seed, events.records);
    // The mixing is one to one, so no two ids of a stream are alike.
    Random ids(seed, "ids");
    for (EventRecord& record : events.records) record.id = fmt::format("SIM-{:016x}", ids.next());
    for (std::size_t i = 0; i < std::min(faults.repeated, faults.just_outside + faults.outside); ++i) {
        events.records.push_back(EventRecord(events.records[first_faulty + i]));
    }
    const auto earlier = [](const EventRecord& a, const EventRecord& b) { return a.moment < b.moment; };
    std::stable_sort(events.records.begin(), events.records.end(), earlier);
    return events;
}

std::vector<FindRecord> simulate_finds(const Published& published, const Places& places, std::uint64_t seed) {
    Random random(seed, "needle finds");
    // Most finds are of a needle or two; a few are of a bag.
    constexpr std::array<std::uint32_t, 12> needles{50, 20, 10, 6, 4, 3, 2, 1, 1, 1, 1, 1};
    std::vector<FindRecord> finds;
    for (std::size_t ward = 0; ward < published.finds.size(); ++ward) {
        for (std::size_t year = 0; year < year_count; ++year) {
            for (std::uint32_t i = 0; i < published.finds[ward][year]; ++i) {
                FindRecord find{.ward_named = ward, .place = places.in_ward(ward, random)};
                find.moment = draw_day(draw_find_month(last_years[year], random), random);
                find.needles = 1 + static_cast<std::uint32_t>(random.weighted(needles));
                finds.push_back(std::move(find));
            }
        }
    }
    for (std::size_t i = 0; i < finds.size(); i += finds_that_name_the_next_ward) {
        finds[i].ward_named = places.neighbour(finds[i].ward_named, finds[i].place);
    }
    const auto earlier = [](const FindRecord& a, const FindRecord& b) { return a.moment < b.moment; };
    std::stable_sort(finds.begin(), finds.end(), earlier);
    for (std::size_t i = 0; i < finds.size(); ++i) finds[i].id = fmt::format("FIND-{:03}", i + 1);
    return finds;
}

}  // namespace wardmap::simulated
