#include "wardmap/io/event_reader.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/transform.hpp"
#include "wardmap/io/byte_source.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/event_columns.hpp"
#include "wardmap/io/event_layers.hpp"
#include "wardmap/io/event_paths.hpp"
#include "wardmap/io/event_rows.hpp"
#include "wardmap/io/postcodes.hpp"
#include "wardmap/io/record_pieces.hpp"
#include "wardmap/io/row_repeats.hpp"
#include "wardmap/io/text_encoding.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

namespace wardmap {
namespace {

constexpr std::size_t surveyed = std::size_t{1}
                                 << 18U;  // bytes that columns and coordinate system are judged by
constexpr std::size_t piece_size = std::size_t{1} << 20U;  // bytes that a worker takes at a time
constexpr std::size_t whole_file = std::string_view::npos;

struct FaultWords {
    std::string_view code;
    Severity severity;
    std::string_view message;
};

/// By RowFault.
constexpr std::array<FaultWords, row_faults> fault_words{{
    {"wrong_column_count", Severity::problem,
     "rows have another number of columns than the header; they are rejected"},
    {"bad_weight", Severity::problem, "weights are no number of 0 or more; the rows are rejected"},
    {"bad_date", Severity::problem, "dates cannot be read; the rows are counted without a date"},
    {"impossible_date", Severity::problem, "there are no such dates; the rows are counted without a date"},
    {"bad_coordinate", Severity::problem, "coordinates are no numbers; the rows have no location"},
    {"zero_coordinate", Severity::problem,
     "coordinates are 0, 0, which is no place; the rows have no location"},
    {"out_of_range", Severity::problem,
     "coordinates lie beyond 180 or 90 degrees; the rows have no location. These look like metres, and "
     "degrees were declared: "
     "is it --crs EPSG:27700?"},
    {"unmatched_postcode", Severity::problem,
     "postcodes are not in the directory; the rows have no location"},
    {"terminated_postcode", Severity::note,
     "postcodes are no longer in use; the rows are located where they lay"},
    {"duplicates_removed", Severity::note, "rows with the key of an earlier row were left out, as asked for"},
    {"nul_bytes", Severity::warning, "bytes that are no text (NUL) were left out"},
    {"unclosed_quote", Severity::problem, "a quotation mark is never closed; it was taken as text"},
    {"stray_quote", Severity::warning, "text stands behind a closing quotation mark; it was kept"},
    {"long_quoted_cell", Severity::warning,
     "a quoted cell runs over more than 20 lines: is a quotation mark missing?"},
}};

const FaultWords& words_of(RowFault fault) {
    return fault_words[static_cast<std::size_t>(fault)];
}

bool nothing_but_blanks(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool has_control_characters(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    });
}

/// Without a look at PROJ's database for the two that nearly every file is in.
bool has_degrees(const Crs& crs) {
    if (crs == longitude_latitude) return true;
    return crs != british_national_grid && is_geographic(crs);
}

/// Sentences, each once; one that differs from the first of its kind names its file.
class Guesses {
public:
    void add(const std::string& kind, const std::string& sentence, const std::string& file) {
        std::vector<std::string>& known = by_kind_[kind];
        if (std::find(known.begin(), known.end(), sentence) != known.end()) return;
        known.push_back(sentence);
        sentences_.push_back(known.size() == 1 ? sentence : sentence + " (from " + file + " on)");
    }
    std::vector<std::string> take() { return std::move(sentences_); }

private:
    std::map<std::string, std::vector<std::string>> by_kind_{};
    std::vector<std::string> sentences_{};
};

/// A stream to be read, and what is known of it beforehand where it is a layer.
struct Waiting {
    std::unique_ptr<ByteSource> bytes{};
    bool layer = false;
    bool has_points = false;
    std::string crs{};
    std::uint64_t rows_above = 0;
};

/// A file being cut, and what every piece of it shares.
struct OpenFile {
    EventFilePlan plan{};
    std::unique_ptr<RecordPieces> pieces{};
};

/// One run of read_events(). next_job() and done() are called by several workers.
class Reading {
public:
    Reading(const EventSource& source, const EventSink& sink) : source_(source), sink_(sink) {
        const bool in_order = !source.dedupe.empty() || source.keep_records == KeepRecords::yes;
        workers_ = in_order ? 1 : worker_count(source.threads);
        const std::vector<std::string> paths = event_paths(source.inputs);
        paths_.assign(paths.begin(), paths.end());
        if (paths.size() == 1) only_path_ = paths.front();
        if (!source.columns.postcode.empty() && !source.postcodes.empty()) {
            postcodes_.emplace(read_postcodes(source.postcodes, out_.problems));
            for (const std::string& guess : postcodes_->guesses())
                guesses_.add(guess, guess, source.postcodes);
        }
    }

    EventRead run() {
        const Stage stage("Reading events", 0);
        in_parallel(workers_, workers_, [&](std::size_t worker) { work(static_cast<unsigned>(worker)); });
        if (failed_) std::rethrow_exception(failed_);
        return result();
    }

private:
    struct Job {
        std::shared_ptr<OpenFile> file{};
        RecordPiece piece{};
        std::size_t number = 0;
    };
    struct Done {
        std::shared_ptr<OpenFile> file{};
        PieceTally tally{};
    };

    void work(unsigned worker) {
        std::size_t number = 0;
        try {
            EventRowTaker taker(
                {.source = &source_,
                 .sink = &sink_,
                 .postcodes = postcodes_ ? &*postcodes_ : nullptr,
                 .repeats = source_.repeated_rows == RepeatedRows::counted ? &repeats_ : nullptr},
                worker);
            while (const std::optional<Job> job = next_job(number)) {
                PieceTally tally = taker.take(job->file->plan, job->piece.text);
                const std::lock_guard<std::mutex> held(lock_);
                done_[job->number] = {job->file, std::move(tally)};
            }
            taker.finish();
        } catch (...) {
            const std::lock_guard<std::mutex> held(lock_);
            if (!failed_ || number < failed_number_) {
                failed_ = std::current_exception();
                failed_number_ = number;
            }
        }
    }

    /// The next piece of the file at hand, or of the next that holds rows. Nothing at the end, and after a
    /// failure. \param number  of the piece, also where an exception leaves
    std::optional<Job> next_job(std::size_t& number) {
        const std::lock_guard<std::mutex> held(lock_);
        number = done_.size();
        while (!failed_) {
            while (!file_) {
                if (sources_.empty()) {
                    if (paths_.empty()) return std::nullopt;
                    open_next_path();
                    continue;
                }
                Waiting next = std::move(sources_.front());
                sources_.pop_front();
                file_ = open_file(std::move(next));
            }
            Job job{
                .file = file_, .piece = file_->pieces->next(file_->plan.file.delimiter), .number = number};
            if (!job.piece.text.empty()) {
                done_.emplace_back();
                return job;
            }
            file_ = nullptr;
        }
        return std::nullopt;
    }

    void open_next_path() {
        const std::string path = paths_.front();
        paths_.pop_front();
        if (is_event_layer(path)) {
            EventLayer layer = open_event_layer(path, source_);
            out_.problems.merge(layer.problems);
            for (const std::string& guess : layer.guesses) guesses_.add(guess, guess, path);
            sources_.push_back({std::move(layer.text), true, layer.has_points, layer.crs, layer.rows_above});
            return;
        }
        for (auto& bytes : open_bytes(path)) sources_.push_back({.bytes = std::move(bytes)});
    }

    void say_empty(const std::string& file, std::string_view message) {
        out_.problems.add(Severity::warning, "empty_file", message, {.file = file});
    }

    /// Reads the header and judges by the first rows. Nothing for a file without rows.
    std::shared_ptr<OpenFile> open_file(Waiting next) {
        auto file = std::make_shared<OpenFile>();
        EventFilePlan& plan = file->plan;
        plan.file.path = next.bytes->name();
        const std::string& path = plan.file.path;
        const std::size_t size = workers_ == 1 && next.bytes->is_mapped() ? whole_file : piece_size;
        file->pieces = std::make_unique<RecordPieces>(std::move(next.bytes), size);
        RecordPieces& pieces = *file->pieces;
        if (nothing_but_blanks(pieces.peek(surveyed).substr(0, surveyed)) &&
            pieces.peek(surveyed).size() <= surveyed) {
            say_empty(path, "there is nothing in the file");
            return nullptr;
        }
        if (pieces.was_utf16()) guesses_.add("encoding", "encoding of " + path + ": UTF-16", path);

        const std::vector<std::string> header = read_header(*file, next.layer);
        const std::string_view rows = pieces.peek(surveyed);
        if (nothing_but_blanks(rows.substr(0, surveyed)) && rows.size() <= surveyed) {
            say_empty(path, "there is a header in the file and no row");
            return nullptr;
        }
        if (next.layer) plan.rows_above = next.rows_above;
        plan.columns = plan_event_columns(header, next.has_points ? at_points() : source_, path);
        for (const std::string& guess : plan.columns.guesses)
            guesses_.add(guess.substr(0, guess.find(':')), guess, path);
        if (plan.columns.postcode) {
            plan.crs = postcodes_->crs();
        } else if (plan.columns.x) {
            plan_crs(*file, next.crs);
        }
        plan.file.crs = plan.crs.definition;
        return file;
    }

    /// What is asked for, with the points of a layer as its coordinates unless others are named.
    EventSource at_points() const {
        EventSource asked = source_;
        if (asked.columns.postcode.empty() && asked.columns.x.empty() && asked.columns.y.empty()) {
            asked.columns.x = point_x_column;
            asked.columns.y = point_y_column;
        }
        return asked;
    }

    std::vector<std::string> read_header(OpenFile& file, bool is_layer) {
        EventFilePlan& plan = file.plan;
        RecordPieces& pieces = *file.pieces;
        const std::string_view start = pieces.peek(surveyed).substr(0, surveyed);
        const bool named =
            start.size() > 5 && start.substr(0, 4) == "sep=" && (start[5] == '\r' || start[5] == '\n');
        plan.file.delimiter = named ? start[4] : is_layer ? ',' : guess_delimiter(start);
        if (named) {
            pieces.skip(start.substr(5, 2) == "\r\n" ? 7 : 6);
            ++plan.rows_above;
        }
        if (plan.file.delimiter != ',') {
            guesses_.add("separator", "separator: " + std::string(delimiter_name(plan.file.delimiter)),
                         plan.file.path);
        }
        while (true) {
            CsvSplitter splitter(pieces.peek(surveyed), plan.file.delimiter);
            std::vector<std::string_view> fields;
            if (!splitter.next(fields)) return {};
            ++plan.rows_above;
            std::vector<std::string> header;
            for (const std::string_view field : fields) header.emplace_back(trimmed(decode_cell(field).text));
            if (std::any_of(header.begin(), header.end(), has_control_characters)) {
                throw InputError("this is no table of text", {.file = plan.file.path},
                                 "give CSV, a workbook or a layer of points, with its right ending");
            }
            if (header.size() == 1 && header[0].empty()) {
                pieces.skip(splitter.used());
                continue;
            }
            std::string_view record = pieces.peek(surveyed).substr(0, splitter.used());
            record = record.substr(0, record.find_last_not_of("\r\n") + 1);
            plan.file.header = decode_cell(record).text;
            pieces.skip(splitter.used());
            return header;
        }
    }

    /// The rule of contract section 2.
    /// \param own  the system that the file names; empty: none
    void plan_crs(OpenFile& file, const std::string& own) {
        EventFilePlan& plan = file.plan;
        const std::string& path = plan.file.path;
        if (!source_.crs.empty() || !own.empty()) {
            plan.crs = {source_.crs.empty() ? own : source_.crs};
            plan.geographic = has_degrees(plan.crs);
            return;
        }
        std::string_view start = file.pieces->peek(surveyed);
        if (start.size() > surveyed) start = start.substr(0, start.find_last_of("\r\n", surveyed) + 1);
        const CoordinateSurvey survey = survey_coordinates(start, plan.file.delimiter, plan.columns);
        const std::string kind = "coordinate system";
        if (survey.values == 0) {
            plan.crs = plan.columns.named_grid ? british_national_grid : longitude_latitude;
            guesses_.add(kind, kind + ": " + plan.crs.definition + ", by the names of the columns", path);
        } else {
            const std::optional<Crs> fitting = guess_crs(survey.box);
            if (fitting == longitude_latitude) {
                plan.crs = *fitting;
                guesses_.add(kind, kind + ": EPSG:4326, for all values lie within 180 by 90", path);
            } else if (fitting == british_national_grid && plan.columns.named_grid) {
                plan.crs = *fitting;
                guesses_.add(
                    kind, kind + ": EPSG:27700, for all values lie in its grid and the columns are named so",
                    path);
            } else if (plan.columns.area && plan.columns.coordinates_guessed) {
                guesses_.add(kind,
                             "coordinates: not used, for nothing says which system they are in (--crs does)",
                             path);
                plan.columns.x.reset();
                plan.columns.y.reset();
                return;
            } else {
                throw CrsError(
                    "nothing says which coordinate system these are in: " + survey.example, {.file = path},
                    "name it, for example --crs EPSG:27700 for metres or --crs EPSG:4326 for degrees");
            }
        }
        plan.geographic = has_degrees(plan.crs);
    }

    EventRead result() {
        struct FileSum {
            std::uint64_t records = 0;
            std::uint64_t usable = 0;
            std::uint64_t within_degrees = 0;
        };
        FileSum sum;
        std::map<std::string, std::pair<const OpenFile*, ForeignText>> foreign;
        for (std::size_t i = 0; i < done_.size(); ++i) {
            OpenFile& file = *done_[i].file;
            PieceTally& tally = done_[i].tally;
            if (i == 0 || done_[i - 1].file != done_[i].file) sum = {.records = file.plan.rows_above};
            for (std::size_t kind = 0; kind < row_faults; ++kind) {
                add_fault(static_cast<RowFault>(kind), tally.faults[kind], file.plan.file.path, sum.records);
            }
            for (ForeignText& text : tally.foreign_texts) {
                text.row += sum.records + 1;
                foreign.try_emplace(text.bytes, &file, text);
            }
            out_.ledger.rows_read += tally.rows;
            out_.ledger.filtered += tally.filtered;
            file.plan.file.rows += tally.rows;
            sum.records += tally.records;
            sum.usable += tally.usable_coordinates;
            sum.within_degrees += tally.within_degrees;
            if (i + 1 == done_.size() || done_[i + 1].file != done_[i].file) {
                end_file(file, sum.usable > 0 && sum.usable == sum.within_degrees);
            }
        }
        add_foreign(foreign);
        if (out_.ledger.rows_read == 0) {
            throw InputError("there is no row in what was given", {.file = only_path_},
                             "give files with a header and rows");
        }
        if (source_.repeated_rows == RepeatedRows::counted) {
            const RepeatCount repeats = repeats_.count();
            out_.repeated_rows = repeats.repeats;
            out_.repeated_rows_estimated = repeats.estimated;
            if (repeats.repeats > 0) {
                out_.problems.add(Severity::note, "repeated_rows",
                                  std::string(repeats.estimated ? "about so many " : "") +
                                      "rows are identical in every field to an earlier row; they are counted "
                                      "like any other",
                                  {}, {}, repeats.repeats);
            }
        }
        out_.guesses = guesses_.take();
        return std::move(out_);
    }

    void add_fault(RowFault kind, const FaultTally& fault, const std::string& path,
                   std::uint64_t records_above) {
        if (fault.count == 0) return;
        const FaultWords& words = words_of(kind);
        const auto row = [&](std::uint64_t local) {
            return static_cast<std::size_t>(records_above + local + 1);
        };
        const Where where{.file = path, .row = row(fault.first_row)};
        out_.problems.add(words.severity, words.code, words.message, where, {}, fault.count);
        for (const auto& [local, example] : fault.examples) {
            out_.problems.add(words.severity, words.code, words.message, where,
                              "row " + with_thousands(static_cast<double>(row(local)), 0) + ": " + example,
                              0);
        }
        if (kind == RowFault::wrong_column_count || kind == RowFault::bad_weight)
            out_.ledger.reject(words.code, fault.count);
        if (kind == RowFault::duplicate) out_.ledger.duplicates += fault.count;
        if (kind == RowFault::unmatched_postcode) out_.unmatched_postcodes += fault.count;
        if (kind == RowFault::terminated_postcode) out_.terminated_postcodes += fault.count;
    }

    void end_file(OpenFile& file, bool only_degrees) {
        const EventFilePlan& plan = file.plan;
        if (plan.columns.x && !plan.geographic && only_degrees) {
            out_.problems.add(Severity::warning, "degrees_not_metres",
                              "all coordinates lie within 180 by 90: these look like degrees, and " +
                                  plan.crs.definition + " is in metres: is it --crs EPSG:4326?",
                              {.file = plan.file.path});
        }
        out_.files.push_back(plan.file);
    }

    void add_foreign(const std::map<std::string, std::pair<const OpenFile*, ForeignText>>& foreign) {
        for (const auto& [bytes, first] : foreign) {
            const std::string& path = first.first->plan.file.path;
            const ForeignText& text = first.second;
            const Where where{.file = path, .row = static_cast<std::size_t>(text.row)};
            if (text.decoded == DistinctTexts::Decoded::as_windows_1252) {
                guesses_.add("encoding of names in " + path, "encoding of " + path + ": Windows-1252", path);
            } else {
                out_.problems.add(Severity::warning, "bad_encoding",
                                  "texts are not UTF-8; the bytes that are not were read as Windows-1252",
                                  where, decode_cell(bytes).text);
            }
        }
    }

    const EventSource& source_;
    const EventSink& sink_;
    unsigned workers_ = 1;
    std::optional<Postcodes> postcodes_{};
    RowRepeats repeats_{};
    Guesses guesses_{};
    EventRead out_{};

    std::mutex lock_{};
    std::deque<std::string> paths_{};
    std::string only_path_{};  ///< empty: there are several
    std::deque<Waiting> sources_{};
    std::shared_ptr<OpenFile> file_{};
    std::vector<Done> done_{};
    std::exception_ptr failed_{};
    std::size_t failed_number_ = 0;
};

}  // namespace

unsigned worker_count(unsigned threads) noexcept {
    return threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
}

EventRead read_events(const EventSource& source, const EventSink& sink) {
    return Reading(source, sink).run();
}

}  // namespace wardmap
