#include "frame_events.hpp"

#include "event_arguments.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr std::int64_t not_a_time = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t minutes_a_day = 24 * 60;
constexpr std::size_t least_a_thread = 1U << 16U;  // events
constexpr std::size_t events_a_batch = 1U << 14U;  // what a counter makes of them stays in the cache

std::vector<EventTime> times_of_texts(const FrameTexts& texts, DateOrder order, const std::string& column,
                                      Problems& problems) {
    std::vector<ReadTime> known;
    for (const std::string& name : texts.names) known.push_back(parse_event_time(name, order));
    std::vector<std::uint64_t> rows(known.size());
    std::vector<EventTime> times(static_cast<std::size_t>(texts.codes.size()));
    for (std::size_t i = 0; const std::uint32_t code : span_of(texts.codes)) {
        times[i++] = known[code].time;
        ++rows[code];
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (rows[i] == 0) continue;
        const auto fault = [&](const char* code, const char* sentence) {
            problems.add(Severity::problem, code, sentence, {.column = column}, texts.names[i], rows[i]);
        };
        if (known[i].fault == DateFault::unreadable)
            fault("bad_date", "dates cannot be read; the rows are counted without a date");
        if (known[i].fault == DateFault::impossible)
            fault("impossible_date", "there are no such dates; the rows are counted without a date");
    }
    return times;
}

/// Of minutes since 1970 on the clock of the place. \param days_only  no time of day is known
std::vector<EventTime> times_of_minutes(std::span<const std::int64_t> minutes, bool days_only) {
    // Dates before the year -4000 and beyond 7000 are no dates of events, and fit no 32-bit day for certain.
    constexpr std::int64_t most_minutes = 2'000'000 * minutes_a_day;
    std::vector<EventTime> times(minutes.size());
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        const std::int64_t at = minutes[i];
        if (at == not_a_time || at > most_minutes || at < -most_minutes) continue;
        std::int64_t day = at / minutes_a_day;
        std::int64_t minute = at % minutes_a_day;
        if (minute < 0) {
            minute += minutes_a_day;
            --day;
        }
        times[i].day = static_cast<std::int32_t>(day);
        times[i].minute = static_cast<std::int16_t>(days_only ? 0 : minute);
        times[i].precision = days_only ? TimePrecision::day : TimePrecision::minute;
    }
    return times;
}

}  // namespace

FrameTexts::FrameTexts(const py::handle& given) {
    static std::atomic<std::uint64_t> lists{std::uint64_t{1} << 63U};  // readers of files count from 1
    list = lists++;
    const auto parts = given.cast<py::tuple>();
    codes = parts[0].cast<Array<std::uint32_t>>();
    names = parts[1].cast<std::vector<std::string>>();
    for (std::string& name : names) name = std::string(trimmed(name));
    for (const std::uint32_t code : span_of(codes)) {
        if (code >= names.size()) throw UsageError("a code of a column stands for no text");
    }
}

FrameEvents::FrameEvents(const py::dict& given) : size(given["size"].cast<std::size_t>()) {
    if (given.contains("x")) {
        crs = {given["crs"].cast<std::string>()};
        x = given["x"].cast<Array<double>>();
        y = given["y"].cast<Array<double>>();
        check(x->size());
        check(y->size());
    }
    if (given.contains("area")) check(area.emplace(given["area"]).codes.size());
    if (given.contains("date_texts")) {
        check(time_texts.emplace(given["date_texts"]).codes.size());
        date_order = date_order_of(given["date_order"].cast<std::string>());
        date_column = given["date_column"].cast<std::string>();
    }
    if (given.contains("minutes")) {
        minutes = given["minutes"].cast<Array<std::int64_t>>();
        days_only = given["days_only"].cast<bool>();
        check(minutes->size());
    }
    for (const py::handle column : given["by"]) check(by.emplace_back(column).codes.size());
    for (const py::handle column : given["marker"]) check(markers.emplace_back(column).codes.size());
    if (given.contains("weight")) {
        weight = given["weight"].cast<Array<double>>();
        check(weight->size());
    }
}

void FrameEvents::check(py::ssize_t column_size) const {
    if (column_size != static_cast<py::ssize_t>(size))
        throw UsageError("the columns of the events are not of one length");
}

void FrameEvents::read(Problems& problems) {
    if (time_texts) times = times_of_texts(*time_texts, date_order, date_column, problems);
    if (minutes) times = times_of_minutes(span_of(*minutes), days_only);
    if (!weight) return;
    for (const double one : span_of(*weight))
        weights.push_back(std::llround(one * static_cast<double>(weight_unit)));
}

EventBatch FrameEvents::batch(std::size_t first, std::size_t count) const {
    const auto part = [&](const FrameTexts& texts) {
        CodedColumn column = texts.column();
        column.codes = column.codes.subspan(first, count);
        return column;
    };
    EventBatch out;
    out.size = count;
    if (x) {
        out.crs = crs;
        out.x = span_of(*x).subspan(first, count);
        out.y = span_of(*y).subspan(first, count);
    }
    if (area) out.area = part(*area);
    if (!times.empty()) out.time = std::span<const EventTime>(times).subspan(first, count);
    for (const FrameTexts& texts : by) out.by.push_back(part(texts));
    for (const FrameTexts& texts : markers) out.markers.push_back(part(texts));
    if (!weights.empty()) out.weight = std::span<const std::int64_t>(weights).subspan(first, count);
    return out;
}

std::size_t FrameEvents::worth_threads(unsigned threads) const {
    return std::clamp<std::size_t>(size / least_a_thread, 1, worker_count(threads));
}

void FrameEvents::count_into(std::vector<Counter>& parts, unsigned threads) const {
    in_parallel(parts.size(), threads, [&](std::size_t part) {
        const std::size_t end = size * (part + 1) / parts.size();
        for (std::size_t first = size * part / parts.size(); first < end; first += events_a_batch)
            parts[part].add(batch(first, std::min(events_a_batch, end - first)));
    });
}

}  // namespace wardmap
