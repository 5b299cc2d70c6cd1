#include "convert.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/transform.hpp"
#include "wardmap/event/counter.hpp"
#include "wardmap/event/locator.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/event_columns.hpp"
#include "wardmap/io/event_reader.hpp"
#include "wardmap/report/count_call.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace wardmap {
namespace {

template <typename T>
using Array = py::array_t<T, py::array::c_style | py::array::forcecast>;

template <typename T>
std::span<const T> span_of(const Array<T>& array) {
    return {array.data(), static_cast<std::size_t>(array.size())};
}

constexpr std::int64_t not_a_time = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t minutes_a_day = 24 * 60;

/// The area of each point; -1 outside, -2 without a location.
py::array_t<AreaIndex> locate_points(const AreaSet& areas, const Array<double>& x, const Array<double>& y,
                                     const std::string& crs, unsigned threads) {
    if (x.ndim() != 1 || y.ndim() != 1 || x.size() != y.size())
        throw UsageError("x and y are not two columns of one length");
    py::array_t<AreaIndex> out(x.size());
    const std::span<AreaIndex> places{out.mutable_data(), static_cast<std::size_t>(out.size())};
    const auto px = span_of(x), py = span_of(y);
    {
        const Unlocked unlocked;
        if (!px.empty()) Locator(areas).locate(px, py, {crs}, places, threads);
    }
    return out;
}

/// The nearest area to each point outside, at most so far away (-1: none), and its distance in metres.
py::tuple nearest_areas(const AreaSet& areas, const Array<double>& x, const Array<double>& y,
                        const std::string& crs, double most_m, unsigned threads) {
    py::array_t<AreaIndex> nearest(x.size());
    py::array_t<double> distance(x.size());
    const auto px = span_of(x), py = span_of(y);
    const std::span<AreaIndex> area_out{nearest.mutable_data(), px.size()};
    const std::span<double> distance_out{distance.mutable_data(), px.size()};
    {
        const Unlocked unlocked;
        constexpr std::size_t points_a_piece = 256;
        const Locator locator(areas);
        in_parallel((px.size() + points_a_piece - 1) / points_a_piece, threads, [&](std::size_t piece) {
            const std::size_t last = std::min(px.size(), (piece + 1) * points_a_piece);
            for (std::size_t i = piece * points_a_piece; i < last; ++i) {
                const NearestArea found = locator.nearest({px[i], py[i]}, {crs}, most_m);
                area_out[i] = found.area;
                distance_out[i] =
                    found.area >= 0 ? found.distance_m : std::numeric_limits<double>::quiet_NaN();
            }
        });
    }
    return py::make_tuple(nearest, distance);
}

DateOrder date_order_of(const std::string& text) {
    if (text == "day-first") return DateOrder::day_first;
    if (text == "month-first") return DateOrder::month_first;
    throw UsageError("date_order cannot be '" + text + "'", {},
                     "there are: day-first (05/01/2014 is 5 January), month-first");
}

Unlocated unlocated_of(const std::string& text) {
    if (text == "keep") return Unlocated::keep;
    if (text == "drop") return Unlocated::drop;
    throw UsageError("unlocated cannot be '" + text + "'", {}, "there are: keep, drop");
}

PeriodRequest periods_of(const std::vector<std::string>& texts, const std::string& fallback,
                         const std::string& gaps) {
    PeriodRequest request =
        parse_period_request(texts.empty() ? std::vector<std::string>{fallback} : texts, PeriodBins::month);
    if (gaps == "zero") {
        request.gaps = MonthGaps::zero;
    } else if (gaps != "leave-out") {
        throw UsageError("gaps cannot be '" + gaps + "'", {}, "there are: leave-out, zero");
    }
    return request;
}

EventSource source_of(const py::dict& given) {
    const auto text = [&](const char* key) { return given[key].cast<std::string>(); };
    EventSource source;
    source.inputs = given["inputs"].cast<std::vector<std::string>>();
    source.columns.x = text("x");
    source.columns.y = text("y");
    source.columns.area = text("area");
    source.columns.postcode = text("postcode");
    source.columns.date = text("date");
    source.columns.weight = text("weight");
    source.columns.by = given["by"].cast<std::vector<std::string>>();
    source.columns.markers = given["marker"].cast<std::vector<std::string>>();
    source.crs = text("crs");
    source.postcodes = text("postcodes");
    source.date_order = date_order_of(text("date_order"));
    source.where = given["where"].cast<std::vector<std::pair<std::string, std::string>>>();
    source.dedupe = text("dedupe");
    source.layer = text("layer");
    source.sheet = text("sheet");
    source.threads = given["threads"].cast<unsigned>();
    return source;
}

CounterOptions counter_options(const AreaSet& areas, const py::dict& given, Problems& problems) {
    CounterOptions options;
    options.by = given["by"].cast<std::vector<std::string>>();
    options.markers = given["marker"].cast<std::vector<std::string>>();
    options.snap_m = given["snap"].cast<double>();
    const bool by_column = !given["area"].cast<std::string>().empty();
    if (by_column) options.place_by = PlaceBy::area_column;
    if (!given["lookup"].is_none()) {
        if (!by_column)
            throw UsageError("a lookup needs the column of small areas", {}, "name it with area=");
        options.lookup = make_lookup(given["lookup"].cast<Table>(), {}, problems, nullptr, &areas);
    }
    return options;
}

py::dict dict_of(const Ledger& ledger) {
    py::dict rejected;
    for (const auto& [reason, count] : ledger.rejected) rejected[py::str(reason)] = count;
    py::dict out;
    out["rows_read"] = ledger.rows_read;
    out["filtered"] = ledger.filtered;
    out["duplicates"] = ledger.duplicates;
    out["located"] = ledger.located;
    out["outside"] = ledger.outside;
    out["no_location"] = ledger.no_location;
    out["rejected"] = rejected;
    out["counted"] = ledger.counted;
    out["out_of_period"] = ledger.out_of_period;
    out["no_date"] = ledger.no_date;
    return out;
}

py::object difference_of(const Counted& counted) {
    if (!counted.difference) return py::none();
    return py::cast(counted.difference->table);
}

Table table_of(const Counted& counted, Unlocated unlocated, const SmallNumberRule& rule, Problems& problems) {
    Table table = count_table(counted.cube, unlocated);
    if (!rule.applies()) return table;
    return suppress_small_numbers(table, std::vector<std::string>{"count"}, rule, problems);
}

py::tuple count_files(const AreaSet& areas, const py::dict& given) {
    Problems problems;
    CountRequest request;
    request.source = source_of(given);
    request.areas = areas;
    request.counter = counter_options(areas, given, problems);
    request.periods = periods_of(given["period"].cast<std::vector<std::string>>(),
                                 given["fallback"].cast<std::string>(), given["gaps"].cast<std::string>());
    const Unlocated unlocated = unlocated_of(given["unlocated"].cast<std::string>());
    const SmallNumberRule rule = parse_small_numbers(given["small_numbers"].cast<std::string>());
    CountResult made;
    Table table;
    {
        const Unlocked unlocked;
        made = count_events(request);
        problems.merge(made.counted.problems);
        table = table_of(made.counted, unlocated, rule, problems);
    }
    return py::make_tuple(table, dict_of(made.counted.ledger), list_of(problems), made.guesses,
                          difference_of(made.counted));
}

std::vector<std::string> fields_of(std::string_view record, char delimiter) {
    CsvSplitter splitter(record, delimiter);
    std::vector<std::string_view> fields;
    if (!splitter.next(fields)) return {};
    return {fields.begin(), fields.end()};
}

/// The rows of files as columns of text, and where each lies.
struct LocatedFiles {
    std::vector<std::string> names{};
    std::vector<std::vector<std::string>> columns{};
    std::vector<double> x{}, y{};
    std::vector<AreaIndex> places{};
    std::string header{};
    std::string crs{};

    void take_header(const EventFile& file) {
        if (names.empty()) {
            header = file.header;
            names = fields_of(header, file.delimiter);
            columns.resize(names.size());
            return;
        }
        if (file.header != header)
            throw InputError("its columns are not those of the first file", {.file = file.path},
                             "locate files with different columns one by one");
    }
};

/// (table of the rows, places, nearest area and distance of those outside, reader's ledger, problems,
/// guesses); nearest and distance are empty unless `most_m` is above 0.
py::tuple locate_files(const AreaSet& areas, const py::dict& given, double most_m) {
    EventSource source = source_of(given);
    source.columns.date = "-";
    source.keep_records = KeepRecords::yes;
    source.repeated_rows = RepeatedRows::not_counted;
    const unsigned threads = source.threads;
    source.threads = 1;
    LocatedFiles located;
    std::vector<AreaIndex> nearest;
    std::vector<double> distance;
    EventRead read;
    Table table;
    {
        const Unlocked unlocked;
        const Locator locator(areas);
        read = read_events(source, [&](unsigned, const EventFile& file, const EventBatch& batch) {
            located.take_header(file);
            const std::size_t before = located.places.size();
            located.places.resize(before + batch.size);
            const auto places = std::span<AreaIndex>(located.places).subspan(before);
            locator.locate(batch.x, batch.y, batch.crs, places, threads);
            for (std::size_t i = 0; i < batch.size; ++i) {
                if (most_m > 0) {
                    NearestArea found;
                    if (places[i] == outside_areas)
                        found = locator.nearest({batch.x[i], batch.y[i]}, batch.crs, most_m);
                    nearest.push_back(found.area);
                    distance.push_back(found.distance_m);
                }
                std::vector<std::string> fields = fields_of(batch.records[i], file.delimiter);
                fields.resize(located.names.size());
                for (std::size_t c = 0; c < fields.size(); ++c)
                    located.columns[c].push_back(std::move(fields[c]));
            }
        });
        for (const EventFile& file : read.files) located.take_header(file);
        std::vector<Column> columns;
        for (std::size_t c = 0; c < located.names.size(); ++c)
            columns.push_back(Column::text(located.names[c], std::move(located.columns[c])));
        table = Table(std::move(columns));
    }
    return py::make_tuple(
        table, py::array_t<AreaIndex>(static_cast<py::ssize_t>(located.places.size()), located.places.data()),
        py::array_t<AreaIndex>(static_cast<py::ssize_t>(nearest.size()), nearest.data()), array_of(distance),
        dict_of(read.ledger), list_of(read.problems), read.guesses);
}

/// Which column of a frame is what, as of a file; places in `names`.
py::dict plan_events(const std::vector<std::string>& names, const py::dict& given) {
    EventSource source = source_of(given);
    const EventColumnPlan plan = plan_event_columns(names, source, "");
    py::dict out;
    out["x"] = plan.x;
    out["y"] = plan.y;
    out["area"] = plan.area;
    out["date"] = plan.date;
    out["weight"] = plan.weight;
    out["dedupe"] = plan.dedupe;
    out["by"] = plan.by;
    out["marker"] = plan.markers;
    out["where"] = plan.where;
    out["named_grid"] = plan.named_grid;
    out["coordinates_guessed"] = plan.coordinates_guessed;
    out["guesses"] = plan.guesses;
    return out;
}

/// Numbers of texts (NaN: none), and whether each is neither blank nor a finite number.
py::tuple numbers_of(const std::vector<std::string>& texts) {
    std::vector<double> numbers;
    py::array_t<bool> bad(static_cast<py::ssize_t>(texts.size()));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string_view text = trimmed(texts[i]);
        const auto number = parse_number(text);
        const bool usable = number && std::isfinite(*number);
        numbers.push_back(usable ? *number : std::numeric_limits<double>::quiet_NaN());
        bad.mutable_data()[i] = !usable && !text.empty();
    }
    return py::make_tuple(array_of(numbers), bad);
}

/// A column of a frame: codes, and the texts they stand for.
struct FrameTexts {
    Array<std::uint32_t> codes{};
    std::vector<std::string> names{};

    explicit FrameTexts(const py::handle& given) {
        const auto parts = given.cast<py::tuple>();
        codes = parts[0].cast<Array<std::uint32_t>>();
        names = parts[1].cast<std::vector<std::string>>();
        for (std::string& name : names) name = std::string(trimmed(name));
        for (const std::uint32_t code : span_of(codes)) {
            if (code >= names.size()) throw UsageError("a code of a column stands for no text");
        }
    }
    CodedColumn column() const { return {.codes = span_of(codes), .names = names}; }
};

std::vector<EventTime> times_of_texts(const FrameTexts& texts, DateOrder order, const std::string& column,
                                      Problems& problems) {
    std::vector<ReadTime> known;
    for (const std::string& name : texts.names) known.push_back(parse_event_time(name, order));
    std::vector<std::uint64_t> rows(known.size());
    std::vector<EventTime> times;
    for (const std::uint32_t code : span_of(texts.codes)) {
        times.push_back(known[code].time);
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

/// Events of a frame, with the arrays they lie in.
struct FrameEvents {
    std::size_t size = 0;
    Crs crs{};
    std::optional<Array<double>> x{}, y{};
    std::optional<FrameTexts> area{};
    std::optional<FrameTexts> time_texts{};
    std::optional<Array<std::int64_t>> minutes{};
    bool days_only = false;
    DateOrder date_order = DateOrder::day_first;
    std::string date_column{};
    std::vector<FrameTexts> by{}, markers{};
    std::optional<Array<double>> weight{};

    std::vector<EventTime> times{};
    std::vector<std::int64_t> weights{};

    explicit FrameEvents(const py::dict& given) : size(given["size"].cast<std::size_t>()) {
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

    void check(py::ssize_t column_size) const {
        if (column_size != static_cast<py::ssize_t>(size))
            throw UsageError("the columns of the events are not of one length");
    }

    void read(Problems& problems) {
        if (time_texts) times = times_of_texts(*time_texts, date_order, date_column, problems);
        if (minutes) times = times_of_minutes(span_of(*minutes), days_only);
        if (!weight) return;
        for (const double one : span_of(*weight))
            weights.push_back(std::llround(one * static_cast<double>(weight_unit)));
    }

    EventBatch batch(std::size_t first, std::size_t count) const {
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
};

/// A Counter as wardmap.Counter has it, which lets one thread at a time in.
class EventCounter {
public:
    EventCounter(const AreaSet& areas, const py::dict& given) : counter_(areas, options_of(areas, given)) {}

    /// \returns what is odd about the rows
    py::list add(const py::dict& given, unsigned threads) {
        FrameEvents events(given);
        Problems problems;
        {
            const Unlocked unlocked;
            events.read(problems);
            add_events(events, threads);
        }
        return list_of(problems);
    }

    /// (the reader's part of the ledger, problems, guesses)
    py::tuple add_files(const py::dict& given) {
        const EventSource source = source_of(given);
        EventRead read;
        {
            const Unlocked unlocked;
            std::vector<Counter> parts = empty_counters(worker_count(source.threads));
            read = read_events(source, [&](unsigned worker, const EventFile&, const EventBatch& batch) {
                parts[worker].add(batch);
            });
            take(parts);
        }
        return py::make_tuple(dict_of(read.ledger), list_of(read.problems), read.guesses);
    }

    void merge(const EventCounter& other) {
        const Unlocked unlocked;
        counter_.merge(other.counter_);
    }

    /// (table, ledger of places and periods, problems, difference)
    py::tuple finish(const std::vector<std::string>& period, const std::string& fallback,
                     const std::string& gaps, const std::string& unlocated_word,
                     const std::string& small_numbers) const {
        const PeriodRequest request = periods_of(period, fallback, gaps);
        const Unlocated unlocated = unlocated_of(unlocated_word);
        const SmallNumberRule rule = parse_small_numbers(small_numbers);
        Counted counted;
        Table table;
        Problems problems = problems_;
        {
            const Unlocked unlocked;
            counted = counter_.finish(request);
            problems.merge(counted.problems);
            table = table_of(counted, unlocated, rule, problems);
        }
        return py::make_tuple(table, dict_of(counted.ledger), list_of(problems), difference_of(counted));
    }

    py::bytes state() const {
        std::string bytes;
        {
            const Unlocked unlocked;
            bytes = counter_.state();
        }
        return bytes;
    }

    void restore(const std::string& bytes) {
        const Unlocked unlocked;
        counter_.restore(bytes);
    }

private:
    CounterOptions options_of(const AreaSet& areas, const py::dict& given) {
        CounterOptions options = counter_options(areas, given, problems_);
        options.bins = periods_of(given["period"].cast<std::vector<std::string>>(),
                                  given["fallback"].cast<std::string>(), "leave-out")
                           .bins;
        return options;
    }

    std::vector<Counter> empty_counters(std::size_t count) const {
        std::vector<Counter> out;
        for (std::size_t i = 0; i < count; ++i) out.emplace_back(counter_.areas(), counter_.options());
        return out;
    }

    /// All or nothing: what fails half way must not stay in the counter.
    void take(std::vector<Counter>& parts) {
        for (std::size_t i = 1; i < parts.size(); ++i) parts[0].merge(parts[i]);
        counter_.merge(parts[0]);
    }

    void add_events(const FrameEvents& events, unsigned threads) {
        constexpr std::size_t least_a_thread = 1U << 16U;
        std::vector<Counter> parts =
            empty_counters(std::clamp<std::size_t>(events.size / least_a_thread, 1, worker_count(threads)));
        in_parallel(parts.size(), threads, [&](std::size_t part) {
            const std::size_t first = events.size * part / parts.size();
            parts[part].add(events.batch(first, events.size * (part + 1) / parts.size() - first));
        });
        take(parts);
    }

    Problems problems_{};  ///< of the lookup; before counter_, for its options are made with it
    Counter counter_;
};

}  // namespace

void bind_event(py::module_& m) {
    m.def("locate_points", &locate_points, py::arg("areas"), py::arg("x"), py::arg("y"), py::arg("crs"),
          py::arg("threads"));
    m.def("nearest_areas", &nearest_areas, py::arg("areas"), py::arg("x"), py::arg("y"), py::arg("crs"),
          py::arg("most_m"), py::arg("threads"));
    m.def("plan_events", &plan_events, py::arg("names"), py::arg("given"));
    m.def("numbers_of", &numbers_of, py::arg("texts"));
    m.def(
        "guess_crs",
        [](double min_x, double min_y, double max_x, double max_y) {
            const std::optional<Crs> found = guess_crs(Box{min_x, min_y, max_x, max_y});
            return found ? found->definition : std::string{};
        },
        py::arg("min_x"), py::arg("min_y"), py::arg("max_x"), py::arg("max_y"));
    m.def(
        "is_geographic", [](const std::string& crs) { return is_geographic({crs}); }, py::arg("crs"));
    m.def("locate_files", &locate_files, py::arg("areas"), py::arg("given"), py::arg("most_m"));
    m.def("count_files", &count_files, py::arg("areas"), py::arg("given"));
    py::class_<EventCounter>(m, "EventCounter", "Counts events of frames; wardmap.Counter is for everyone.")
        .def(py::init<const AreaSet&, const py::dict&>(), py::arg("areas"), py::arg("given"))
        .def("add", &EventCounter::add, py::arg("events"), py::arg("threads"))
        .def("add_files", &EventCounter::add_files, py::arg("given"))
        .def("merge", &EventCounter::merge, py::arg("other"))
        .def("finish", &EventCounter::finish, py::arg("period"), py::arg("fallback"), py::arg("gaps"),
             py::arg("unlocated"), py::arg("small_numbers"))
        .def("state", &EventCounter::state)
        .def("restore", &EventCounter::restore, py::arg("state"));
}

}  // namespace wardmap
