#include "frame_events.hpp"

#include "event_arguments.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/io/event_reader.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <type_traits>
#include <utility>

namespace wardmap {
namespace {

constexpr std::int64_t not_a_time = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t minutes_a_day = 24 * 60;
constexpr std::size_t least_a_thread = 1U << 16U;  // events
constexpr std::size_t events_a_batch = 1U << 14U;  // what is made of them stays in the cache

// Dates before the year -3500 and beyond 7400 are no dates of events, and fit no 32-bit day for certain.
constexpr std::int64_t most_days = 2'000'000;

/// Calls `work` with the steps of a day as a constant: divisions by constants are multiplications.
template <typename Work>
auto with_steps_a_day(TimeUnit unit, Work&& work) {
    constexpr std::int64_t seconds = 24 * 60 * 60;
    switch (unit) {
        case TimeUnit::day:
            return work(std::integral_constant<std::int64_t, 1>{});
        case TimeUnit::hour:
            return work(std::integral_constant<std::int64_t, 24>{});
        case TimeUnit::minute:
            return work(std::integral_constant<std::int64_t, minutes_a_day>{});
        case TimeUnit::second:
            return work(std::integral_constant<std::int64_t, seconds>{});
        case TimeUnit::millisecond:
            return work(std::integral_constant<std::int64_t, seconds * 1'000>{});
        case TimeUnit::microsecond:
            return work(std::integral_constant<std::int64_t, seconds * 1'000'000>{});
        case TimeUnit::nanosecond:
            break;
    }
    return work(std::integral_constant<std::int64_t, seconds * 1'000'000'000>{});
}

bool all_midnight(std::span<const std::int64_t> steps, TimeUnit unit) {
    return with_steps_a_day(unit, [&](auto steps_a_day) {
        return std::all_of(steps.begin(), steps.end(), [&](std::int64_t at) {
            return at == not_a_time || at % decltype(steps_a_day)::value == 0;
        });
    });
}

void read_times(std::span<const std::int64_t> steps, const FrameTimes& times, std::vector<EventTime>& out) {
    with_steps_a_day(times.unit, [&](auto constant) {
        constexpr std::int64_t steps_a_day = decltype(constant)::value;
        out.resize(steps.size());
        for (std::size_t i = 0; i < steps.size(); ++i) {
            EventTime& time = out[i];
            time = {};
            std::int64_t day = steps[i] / steps_a_day;
            std::int64_t in_day = steps[i] % steps_a_day;
            if (in_day < 0) {
                in_day += steps_a_day;
                --day;
            }
            if (day > most_days || day < -most_days) continue;  // not_a_time, of the coarse units
            if (steps[i] == not_a_time) continue;
            time.day = static_cast<std::int32_t>(day);
            time.precision = times.days_only ? TimePrecision::day : TimePrecision::minute;
            if (times.days_only) continue;
            if constexpr (steps_a_day >= minutes_a_day)
                time.minute = static_cast<std::int16_t>(in_day / (steps_a_day / minutes_a_day));
            else
                time.minute = static_cast<std::int16_t>(in_day * (minutes_a_day / steps_a_day));
        }
    });
}

/// Rows of each text that is no date.
using FaultyDates = std::map<std::pair<DateFault, std::string>, std::uint64_t>;

/// One thread's way through the events: what it makes of a piece of them holds until the next.
class FrameReader {
public:
    explicit FrameReader(const FrameEvents& events) : events_(&events) {
        if (events.area) area_.emplace(*events.area);
        if (events.time_texts) time_texts_.emplace(*events.time_texts);
        for (const FrameTexts& texts : events.by) by_.emplace_back(texts);
        for (const FrameTexts& texts : events.markers) markers_.emplace_back(texts);
    }

    EventBatch read(std::size_t first, std::size_t count) {
        EventBatch out;
        out.size = count;
        if (events_->x) {
            out.crs = events_->crs;
            out.x = events_->x->from(first).first(count);
            out.y = events_->y->from(first).first(count);
        }
        if (area_) out.area = area_->next(first, count);
        if (time_texts_) read_dates(time_texts_->next(first, count));
        if (events_->times)
            read_times(span_of(events_->times->steps).subspan(first, count), *events_->times, times_);
        out.time = times_;
        for (Texts& texts : by_) out.by.push_back(texts.next(first, count));
        for (Texts& texts : markers_) out.markers.push_back(texts.next(first, count));
        if (events_->weight) {
            weights_.resize(count);
            std::ranges::transform(
                span_of(*events_->weight).subspan(first, count), weights_.begin(),
                [](double one) { return std::llround(one * static_cast<double>(weight_unit)); });
            out.weight = weights_;
        }
        return out;
    }

    std::uint64_t nul_bytes(std::size_t column) const { return all_texts()[column]->nul_bytes; }

    /// Adds the rows of each text that is no date.
    void add_faulty_dates(FaultyDates& out) const {
        for (std::size_t code = 0; code < dates_.size(); ++code) {
            const Date& date = dates_[code];
            if (date.rows > 0) out[{date.fault, time_texts_->names()[code]}] += date.rows;
        }
    }

private:
    /// A column of texts, as far as it was read.
    struct Texts {
        explicit Texts(const FrameTexts& texts) : source(&texts) {}

        const FrameTexts* source;
        DistinctTexts known{};
        std::vector<std::uint32_t> codes{};
        std::uint64_t nul_bytes = 0;

        CodedColumn next(std::size_t first, std::size_t count) {
            if (!source->arrow) {
                return {.codes = span_of(source->codes).subspan(first, count),
                        .names = source->names,
                        .list = source->list};
            }
            codes.resize(count);
            nul_bytes += source->arrow->number(first, codes, known);
            return {.codes = codes, .names = known.names(), .list = known.list()};
        }
        const std::vector<std::string>& names() const {
            return source->arrow ? known.names() : source->names;
        }
    };

    struct Date {
        EventTime time{};
        DateFault fault = DateFault::none;
        bool read = false;
        std::uint64_t rows = 0;  ///< of a faulty one
    };

    void read_dates(const CodedColumn& texts) {
        dates_.resize(texts.names.size());
        times_.resize(texts.codes.size());
        for (std::size_t i = 0; i < texts.codes.size(); ++i) {
            Date& date = dates_[texts.codes[i]];
            if (!date.read) [[unlikely]] {
                const ReadTime read = parse_event_time(texts.names[texts.codes[i]], events_->date_order);
                date = {.time = read.time, .fault = read.fault, .read = true};
            }
            times_[i] = date.time;
            if (date.fault >= DateFault::unreadable) [[unlikely]]
                ++date.rows;
        }
    }

    /// As FrameEvents::all_texts has them.
    std::vector<const Texts*> all_texts() const {
        std::vector<const Texts*> out;
        if (area_) out.push_back(&*area_);
        if (time_texts_) out.push_back(&*time_texts_);
        for (const Texts& texts : by_) out.push_back(&texts);
        for (const Texts& texts : markers_) out.push_back(&texts);
        return out;
    }

    const FrameEvents* events_;
    std::optional<Texts> area_{}, time_texts_{};
    std::vector<Texts> by_{}, markers_{};
    std::vector<Date> dates_{};
    std::vector<EventTime> times_{};
    std::vector<std::int64_t> weights_{};
};

}  // namespace

FrameTexts::FrameTexts(const py::handle& given) {
    const auto parts = given.cast<py::tuple>();
    name = parts[0].cast<std::string>();
    if (parts.size() == 2) {
        arrow.emplace(parts[1].cast<py::capsule>());
        return;
    }
    static std::atomic<std::uint64_t> lists{std::uint64_t{1} << 63U};  // readers of files count from 1
    list = lists++;
    codes = parts[1].cast<Array<std::uint32_t>>();
    names = parts[2].cast<std::vector<std::string>>();
    std::vector<std::uint64_t> nul_bytes_of(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        nul_bytes_of[i] = std::erase(names[i], '\0');
        names[i] = std::string(trimmed(names[i]));
    }
    const bool has_nul_bytes =
        std::any_of(nul_bytes_of.begin(), nul_bytes_of.end(), [](std::uint64_t n) { return n > 0; });
    for (const std::uint32_t code : span_of(codes)) {
        if (code >= names.size()) throw UsageError("a code of a column stands for no text");
        if (has_nul_bytes) nul_bytes += nul_bytes_of[code];
    }
}

py::ssize_t FrameTexts::size() const {
    return arrow ? static_cast<py::ssize_t>(arrow->size()) : codes.size();
}

FrameNumbers::FrameNumbers(const py::handle& given) {
    if (py::isinstance<py::list>(given)) {
        for (const py::handle one : given) arrays_.push_back(one.cast<Array<double>>());
    } else {
        arrays_.push_back(given.cast<Array<double>>());
    }
    for (const Array<double>& array : arrays_) {
        starts_.push_back(size_);
        size_ += static_cast<std::size_t>(array.size());
    }
}

std::span<const double> FrameNumbers::from(std::size_t first) const {
    const auto at = static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), first) -
                                             starts_.begin() - 1);
    return span_of(arrays_[at]).subspan(first - starts_[at]);
}

TimeUnit time_unit_of(const std::string& word) {
    constexpr std::array words{"D", "h", "m", "s", "ms", "us", "ns"};
    const auto* const found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) throw UsageError("'" + word + "' is no unit of times");
    return static_cast<TimeUnit>(found - words.begin());
}

FrameEvents::FrameEvents(const py::dict& given) : size(given["size"].cast<std::size_t>()) {
    if (given.contains("x")) {
        crs = {given["crs"].cast<std::string>()};
        check(static_cast<py::ssize_t>(x.emplace(given["x"]).size()));
        check(static_cast<py::ssize_t>(y.emplace(given["y"]).size()));
    }
    if (given.contains("area")) check(area.emplace(given["area"]).size());
    if (given.contains("date_texts")) {
        check(time_texts.emplace(given["date_texts"]).size());
        date_order = date_order_of(given["date_order"].cast<std::string>());
    }
    if (given.contains("times")) {
        times.emplace(FrameTimes{.steps = given["times"].cast<Array<std::int64_t>>(),
                                 .unit = time_unit_of(given["time_unit"].cast<std::string>())});
        check(times->steps.size());
    }
    for (const py::handle column : given["by"]) check(by.emplace_back(column).size());
    for (const py::handle column : given["marker"]) check(markers.emplace_back(column).size());
    if (given.contains("weight")) {
        weight = given["weight"].cast<Array<double>>();
        check(weight->size());
    }
}

void FrameEvents::check(py::ssize_t column_size) const {
    if (column_size != static_cast<py::ssize_t>(size))
        throw UsageError("the columns of the events are not of one length");
}

std::size_t FrameEvents::worth_threads(unsigned threads) const {
    return std::clamp<std::size_t>(size / least_a_thread, 1, worker_count(threads));
}

void FrameEvents::count_into(std::vector<Counter>& parts, unsigned threads, Problems& problems) {
    if (times) times->days_only = all_midnight(span_of(times->steps), times->unit);
    std::vector<FrameReader> readers;
    readers.reserve(parts.size());
    for (std::size_t part = 0; part < parts.size(); ++part) readers.emplace_back(*this);
    in_parallel(parts.size(), threads, [&](std::size_t part) {
        const std::size_t end = size * (part + 1) / parts.size();
        for (std::size_t first = size * part / parts.size(); first < end;) {
            still_wanted();
            const std::size_t next = batch_end(first, end);
            parts[part].add(readers[part].read(first, next - first));
            first = next;
        }
    });
    const std::vector<const FrameTexts*> columns = all_texts();
    FaultyDates faulty;
    for (const FrameReader& reader : readers) reader.add_faulty_dates(faulty);
    for (std::size_t c = 0; c < columns.size(); ++c) {
        std::uint64_t nul_bytes = columns[c]->nul_bytes;
        for (const FrameReader& reader : readers) nul_bytes += reader.nul_bytes(c);
        if (nul_bytes > 0)
            problems.add(
                Severity::warning, "nul_bytes",
                "column " + columns[c]->name + " holds bytes that are no text (NUL); they were left out",
                {.column = columns[c]->name}, {}, nul_bytes);
    }
    for (const auto& [date, rows] : faulty) {
        const bool impossible = date.first == DateFault::impossible;
        problems.add(Severity::problem, impossible ? "impossible_date" : "bad_date",
                     impossible ? "there are no such dates; the rows are counted without a date"
                                : "dates cannot be read; the rows are counted without a date",
                     {.column = time_texts->name}, date.second, rows);
    }
}

std::size_t FrameEvents::batch_end(std::size_t first, std::size_t end) const {
    std::size_t count = std::min(events_a_batch, end - first);
    if (x) count = std::min({count, x->from(first).size(), y->from(first).size()});
    return first + count;
}

std::vector<const FrameTexts*> FrameEvents::all_texts() const {
    std::vector<const FrameTexts*> out;
    if (area) out.push_back(&*area);
    if (time_texts) out.push_back(&*time_texts);
    for (const FrameTexts& texts : by) out.push_back(&texts);
    for (const FrameTexts& texts : markers) out.push_back(&texts);
    return out;
}

}  // namespace wardmap
