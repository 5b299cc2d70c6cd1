#include "coded_counts.hpp"
#include "event_arguments.hpp"
#include "frame_events.hpp"

#include "convert.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/transform.hpp"
#include "wardmap/event/areas_reach.hpp"
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

/// The area of each point; -1 outside, and -2 without a location where these are kept apart.
template <Nowhere nowhere>
py::array_t<AreaIndex> locate_points(const AreaSet& areas, const Array<double>& x, const Array<double>& y,
                                     const std::string& crs, unsigned threads) {
    if (x.ndim() != 1 || y.ndim() != 1 || x.size() != y.size())
        throw UsageError("x and y are not two columns of one length");
    py::array_t<AreaIndex> out(x.size());
    const std::span<AreaIndex> places{out.mutable_data(), static_cast<std::size_t>(out.size())};
    const auto px = span_of(x), py = span_of(y);
    {
        const Unlocked unlocked;
        if (!px.empty()) Locator(areas).locate(px, py, {crs}, places, threads, nowhere);
    }
    return out;
}

/// What is odd about where the points lie, given what locate_points said of them.
py::list misplaced(const AreaSet& areas, const Array<double>& x, const Array<double>& y,
                   const std::string& crs, const Array<AreaIndex>& places) {
    if (x.size() != places.size() || y.size() != places.size())
        throw UsageError("x, y and places are not columns of one length");
    Problems problems;
    {
        const Unlocked unlocked;
        say_misplaced(placed_events(areas, span_of(x), span_of(y), {crs}, span_of(places)), areas, problems);
    }
    return list_of(problems);
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
    PlacedEvents placed;
    const double snap_m = given["snap"].cast<double>();
    std::vector<AreaIndex> snapped;  // of a batch
    {
        const Unlocked unlocked;
        const Locator locator(areas);
        read = read_events(source, [&](unsigned, const EventFile& file, const EventBatch& batch) {
            located.take_header(file);
            const std::size_t before = located.places.size();
            located.places.resize(before + batch.size);
            const auto places = std::span<AreaIndex>(located.places).subspan(before);
            locator.locate(batch.x, batch.y, batch.crs, places, threads);
            snapped.assign(places.begin(), places.end());
            for (std::size_t i = 0; i < batch.size; ++i) {
                if (most_m > 0) {
                    NearestArea found;
                    if (places[i] == outside_areas)
                        found = locator.nearest({batch.x[i], batch.y[i]}, batch.crs, most_m);
                    if (found.area >= 0 && found.distance_m <= snap_m) snapped[i] = found.area;
                    nearest.push_back(found.area);
                    distance.push_back(found.distance_m);
                }
                std::vector<std::string> fields = fields_of(batch.records[i], file.delimiter);
                fields.resize(located.names.size());
                for (std::size_t c = 0; c < fields.size(); ++c)
                    located.columns[c].push_back(std::move(fields[c]));
            }
            placed.add(placed_events(areas, batch.x, batch.y, batch.crs, snapped));
        });
        say_misplaced(placed, areas, read.problems);
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

/// What a piece of coordinates is like.
struct Seen {
    std::size_t usable = 0, beyond = 0, infinite = 0, zero = 0;
    Box box{};

    void add(const Seen& other) {
        usable += other.usable;
        beyond += other.beyond;
        infinite += other.infinite;
        zero += other.zero;
        box.add(other.box);
    }
};

Seen look_over(std::span<const double> x, std::span<const double> y) {
    Seen seen;
    double min_x = seen.box.min_x, max_x = seen.box.max_x, min_y = seen.box.min_y, max_y = seen.box.max_y;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double px = x[i], py = y[i];
        if (!std::isfinite(px) || !std::isfinite(py)) {
            seen.infinite += std::isinf(px) || std::isinf(py) ? 1U : 0U;
            continue;
        }
        if (px == 0 && py == 0) {
            ++seen.zero;
            continue;
        }
        min_x = px < min_x ? px : min_x;
        max_x = px > max_x ? px : max_x;
        min_y = py < min_y ? py : min_y;
        max_y = py > max_y ? py : max_y;
        ++seen.usable;
        seen.beyond += std::abs(px) > 180 || std::abs(py) > 90 ? 1U : 0U;
    }
    seen.box = {min_x, min_y, max_x, max_y};
    return seen;
}

/// What coordinates are like: of those that are numbers and not 0, 0, how many, their box, and how many lie
/// beyond 180 by 90; how many have an infinite part; how many are 0, 0.
py::dict look_at(const py::object& given_x, const py::object& given_y, unsigned threads) {
    const FrameNumbers x(given_x), y(given_y);
    if (x.size() != y.size()) throw UsageError("x and y are not two columns of one length");
    constexpr std::size_t rows_a_piece = 1U << 16U;
    std::vector<Seen> pieces((x.size() + rows_a_piece - 1) / rows_a_piece);
    {
        const Unlocked unlocked;
        in_parallel(pieces.size(), threads, [&](std::size_t piece) {
            const std::size_t end = std::min(x.size(), (piece + 1) * rows_a_piece);
            for (std::size_t first = piece * rows_a_piece; first < end;) {
                const auto across = x.from(first), up = y.from(first);
                const std::size_t rows = std::min({across.size(), up.size(), end - first});
                pieces[piece].add(look_over(across.first(rows), up.first(rows)));
                first += rows;
            }
        });
    }
    Seen seen;
    for (const Seen& piece : pieces) seen.add(piece);
    const Box& box = seen.box;
    py::dict out;
    out["usable"] = seen.usable;
    out["beyond"] = seen.beyond;
    out["infinite"] = seen.infinite;
    out["zero"] = seen.zero;
    out["box"] = py::make_tuple(box.min_x, box.min_y, box.max_x, box.max_y);
    return out;
}

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
            std::vector<Counter> parts = empty_counters(events.worth_threads(threads));
            events.count_into(parts, threads, problems);
            take(parts);
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
        is_empty_ = false;
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

    /// The same with (columns of codes, counts, meta) in place of the table.
    py::tuple finish_coded(const std::vector<std::string>& period, const std::string& fallback,
                           const std::string& gaps, const std::string& unlocated_word) const {
        const PeriodRequest request = periods_of(period, fallback, gaps);
        const Unlocated unlocated = unlocated_of(unlocated_word);
        Counted counted;
        {
            const Unlocked unlocked;
            counted = counter_.finish(request);
        }
        Problems problems = problems_;
        problems.merge(counted.problems);
        const py::tuple coded = coded_counts(counted.cube, unlocated);
        return py::make_tuple(py::make_tuple(coded[0], coded[1], dict_of(count_meta(counted.cube))),
                              dict_of(counted.ledger), list_of(problems), difference_of(counted));
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
        is_empty_ = false;
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
        if (is_empty_) {
            counter_ = std::move(parts[0]);
            is_empty_ = false;
        } else {
            counter_.merge(parts[0]);
        }
    }

    Problems problems_{};  ///< of the lookup; before counter_, for its options are made with it
    Counter counter_;
    bool is_empty_ = true;
};

}  // namespace

void bind_event(py::module_& m) {
    m.def("locate_points", &locate_points<Nowhere::apart>, py::arg("areas"), py::arg("x"), py::arg("y"),
          py::arg("crs"), py::arg("threads"));
    m.def("locate_places", &locate_points<Nowhere::outside>, py::arg("areas"), py::arg("x"), py::arg("y"),
          py::arg("crs"), py::arg("threads"));
    m.def("misplaced", &misplaced, py::arg("areas"), py::arg("x"), py::arg("y"), py::arg("crs"),
          py::arg("places"));
    m.def("nearest_areas", &nearest_areas, py::arg("areas"), py::arg("x"), py::arg("y"), py::arg("crs"),
          py::arg("most_m"), py::arg("threads"));
    m.def("plan_events", &plan_events, py::arg("names"), py::arg("given"));
    m.def("look_at", &look_at, py::arg("x"), py::arg("y"), py::arg("threads"));
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
        .def("finish_coded", &EventCounter::finish_coded, py::arg("period"), py::arg("fallback"),
             py::arg("gaps"), py::arg("unlocated"))
        .def("state", &EventCounter::state)
        .def("restore", &EventCounter::restore, py::arg("state"));
}

}  // namespace wardmap
