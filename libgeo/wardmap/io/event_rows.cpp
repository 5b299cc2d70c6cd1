#include "wardmap/io/event_rows.hpp"

#include "wardmap/base/long_call.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/byte_hash.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/record_pieces.hpp"
#include "wardmap/io/text_encoding.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr std::size_t scanned_at_once = std::size_t{1}
                                        << 16U;  // bytes: text and marks stay in the nearer caches
constexpr std::size_t batch_size = 4096;
constexpr std::size_t known_time_places = 1024;
constexpr double most_longitude = 180;
constexpr double most_latitude = 90;
constexpr double largest_weight = 1e9;
constexpr std::ptrdiff_t suspicious_line_ends = 20;
constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<double, 16> powers_of_ten{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

constexpr std::array<std::uint64_t, 8> whole_powers_of_ten{1,      10,      100,       1000,
                                                           10'000, 100'000, 1'000'000, 10'000'000};

/// The digits of plain_decimal(), one after another.
bool plain_digits(const char* p, const char* end, bool negative, double& value) {
    const auto digit = [](char c) {
        return static_cast<unsigned>(static_cast<unsigned char>(c)) - unsigned{'0'};
    };
    std::uint64_t number = 0;
    const char* const whole = p;
    for (; p != end && digit(*p) < 10; ++p) number = number * 10 + digit(*p);
    if (p == whole) return false;
    std::size_t decimals = 0;
    if (p != end) {
        if (*p != '.') return false;
        ++p;
        decimals = static_cast<std::size_t>(end - p);
        for (; p != end; ++p) {
            if (digit(*p) >= 10) return false;
            number = number * 10 + digit(*p);
        }
    }
    const double magnitude = static_cast<double>(number) / powers_of_ten[decimals];
    value = negative ? -magnitude : magnitude;
    return number < (std::uint64_t{1} << 53U);
}

constexpr std::uint64_t every_byte = 0x0101010101010101ULL;

/// Eight digits, the first in the lowest byte; false for anything else.
[[gnu::always_inline]] inline bool eight_digits(std::uint64_t text, std::uint64_t& number) {
    const std::uint64_t no_digits =
        ((text & (every_byte * 0xF0)) | (((text + every_byte * 0x06) & (every_byte * 0xF0)) >> 4U)) ^
        (every_byte * 0x33);
    text -= every_byte * '0';
    text = text * 10 + (text >> 8U);
    number = ((text & 0x000000FF000000FFULL) * 0x000F424000000064ULL +
              ((text >> 16U) & 0x000000FF000000FFULL) * 0x0000271000000001ULL) >>
             32U;
    return no_digits == 0;
}

/// Reads "-1.234567": sign, digits, digits behind a point, at most fifteen in all, so that the one division
/// gives the nearest double. False for every other form, which parse_number() may know.
[[gnu::always_inline]] inline bool plain_decimal(std::string_view cell, double& value) {
    constexpr std::size_t most_digits = 15;
    const char* p = cell.data();
    const char* const end = p + cell.size();
    if (cell.empty() || cell.size() > most_digits + 1) return false;
    const bool negative = *p == '-';
    p += negative ? 1 : 0;
    std::uint64_t number = 0;
    std::size_t decimals = 0;
    const char* whole_end = end;
    if (std::endian::native == std::endian::little && cell.size() >= 8) {
        const std::uint64_t last = word_at(end - 8);
        const std::uint64_t points = last ^ (every_byte * '.');
        const std::uint64_t found = (points - every_byte) & ~points & (every_byte * 0x80);
        if (found == 0) return plain_digits(p, end, negative, value);
        const auto until_point = static_cast<unsigned>(std::countr_zero(found)) + 1;  // bits, with the point
        const std::uint64_t before =
            until_point == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << until_point) - 1;
        if (!eight_digits((last & ~before) | (every_byte * '0' & before), number)) return false;
        decimals = 8 - until_point / 8;
        whole_end = end - decimals - 1;
    } else {
        return plain_digits(p, end, negative, value);
    }
    std::uint64_t whole = 0;
    if (p >= whole_end) return false;
    for (; p != whole_end; ++p) {
        const unsigned digit = static_cast<unsigned char>(*p) - unsigned{'0'};
        if (digit >= 10) return false;
        whole = whole * 10 + digit;
    }
    number += whole * whole_powers_of_ten[decimals];
    const double magnitude = static_cast<double>(number) / powers_of_ten[decimals];
    value = negative ? -magnitude : magnitude;
    return number < (std::uint64_t{1} << 53U);
}

bool blank(std::string_view cell) {
    return cell.find_first_not_of(" \t") == std::string_view::npos;
}

bool plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool beyond_degrees(double x, double y) {
    return std::fabs(x) > most_longitude || std::fabs(y) > most_latitude;
}

/// A cell's text for a message.
std::string shown(std::string_view cell) {
    constexpr std::size_t most = 60;
    std::string text = decode_cell(cell.substr(0, most)).text;
    if (cell.size() > most) text += "...";
    return text;
}

/// The cells of marked records.
struct MarkedRecords {
    const char* text = nullptr;
    const std::uint32_t* stops = nullptr;
    const std::uint32_t* records = nullptr;

    std::size_t width(std::size_t row) const { return std::size_t{records[row + 1] - records[row]}; }
    std::string_view cell(std::size_t row, std::size_t column) const {
        const std::size_t stop = records[row] + column;
        const std::uint32_t from = stops[stop] + 1;
        return without_return({text + from, stops[stop + 1] - from}, stop + 1 == records[row + 1]);
    }
    std::string_view record(std::size_t row) const {
        const std::uint32_t from = stops[records[row]] + 1;
        return without_return({text + from, stops[records[row + 1]] - from}, true);
    }

private:
    /// Of CR LF the LF alone is marked. A CR alone ends a record, so that this is the only one there can be.
    static std::string_view without_return(std::string_view cell, bool last) {
        if (last && !cell.empty() && cell.back() == '\r') cell.remove_suffix(1);
        return cell;
    }
};

/// One record at the beginning of `text`, by CsvSplitter.
struct SplitRecord {
    std::vector<std::string_view> fields{};  ///< of `splitter`'s
    CsvSplitter splitter;

    SplitRecord(std::string_view text, char delimiter)
        : splitter(text.substr(0, longest_quoted_record), delimiter) {
        splitter.next(fields);
    }
};

/// The same where cells may be quoted.
struct QuotedRecords {
    MarkedRecords records{};
    std::deque<std::string>* copies = nullptr;

    std::size_t width(std::size_t row) const { return records.width(row); }
    std::string_view cell(std::size_t row, std::size_t column) const {
        return cell_text(records.cell(row, column), *copies);
    }
    std::string_view record(std::size_t row) const { return records.record(row); }
};

/// The cells of one record that CsvSplitter took apart.
struct SplitFields {
    const std::vector<std::string_view>* fields = nullptr;
    std::string_view whole{};

    std::size_t width(std::size_t) const { return fields->size(); }
    std::string_view cell(std::size_t, std::size_t column) const { return (*fields)[column]; }
    std::string_view record(std::size_t) const { return whole; }
};

/// Calls marked(text, marks) for records that can be marked, split(text) for every other; the
/// second says how many bytes it took.
template <typename Marked, typename Split>
void walk_records(std::string_view text, char delimiter, CsvMarks& marks, const Marked& marked,
                  const Split& split) {
    while (!text.empty()) {
        mark_records(text, delimiter, scanned_at_once, marks);
        if (marks.count > 0) marked(text, marks);
        text.remove_prefix(marks.used);
        if (marks.stopped_by_quote || marks.count == 0) text.remove_prefix(split(text));
    }
}

}  // namespace

CoordinateSurvey survey_coordinates(std::string_view text, char delimiter, const EventColumnPlan& columns) {
    CoordinateSurvey survey;
    bool beyond = false;
    const auto take = [&](std::string_view x_cell, std::string_view y_cell) {
        const auto x = parse_number(trimmed(x_cell));
        const auto y = parse_number(trimmed(y_cell));
        if (!x || !y || !std::isfinite(*x) || !std::isfinite(*y) || (*x == 0 && *y == 0)) return;
        if (survey.values == 0 || (!beyond && beyond_degrees(*x, *y))) {
            beyond = beyond_degrees(*x, *y);
            survey.example = shown(x_cell) + ", " + shown(y_cell);
        }
        survey.box.add(Point{*x, *y});
        ++survey.values;
    };
    const auto take_fields = [&](auto width, auto cell) {
        if (columns.x && *columns.x < width && *columns.y < width) take(cell(*columns.x), cell(*columns.y));
    };
    CsvMarks marks;
    std::deque<std::string> copies;
    walk_records(
        text, delimiter, marks,
        [&](std::string_view piece, const CsvMarks& found) {
            copies.clear();
            const QuotedRecords records{{piece.data(), found.stops.data(), found.records.data()}, &copies};
            for (std::size_t row = 0; row < found.count; ++row) {
                take_fields(records.width(row),
                            [&](std::size_t column) { return records.cell(row, column); });
            }
        },
        [&](std::string_view piece) {
            const SplitRecord record(piece, delimiter);
            take_fields(record.fields.size(), [&](std::size_t column) { return record.fields[column]; });
            return record.splitter.used();
        });
    return survey;
}

EventRowTaker::EventRowTaker(Shared shared, unsigned worker)
    : shared_(shared),
      worker_(worker),
      x_(batch_size),
      y_(batch_size),
      time_(batch_size),
      weight_(batch_size),
      area_codes_(batch_size),
      records_(batch_size),
      by_texts_(shared.source->columns.by.size()),
      marker_texts_(shared.source->columns.markers.size()),
      known_times_(known_time_places) {
    if (shared.repeats != nullptr) feed_.emplace(*shared.repeats);
    by_codes_.assign(by_texts_.size(), std::vector<std::uint32_t>(batch_size));
    marker_codes_.assign(marker_texts_.size(), std::vector<std::uint32_t>(batch_size));
}

PieceTally EventRowTaker::take(const EventFilePlan& plan, std::string_view text) {
    plan_ = &plan;
    tally_ = {};
    walk_records(
        text, plan.file.delimiter, marks_,
        [&](std::string_view piece, const CsvMarks& marks) {
            const MarkedRecords records{piece.data(), marks.stops.data(), marks.records.data()};
            if (marks.quotes) {
                unquoted_.clear();
                take_rows(QuotedRecords{records, &unquoted_}, marks.count);
            } else {
                take_rows(records, marks.count);
            }
        },
        [&](std::string_view piece) { return take_split_record(piece); });
    flush();
    return std::move(tally_);
}

void EventRowTaker::finish() {
    if (feed_) feed_->flush();
}

void EventRowTaker::fault(RowFault kind, std::uint64_t row, std::string_view example, std::uint64_t count) {
    FaultTally& tally = tally_.faults[static_cast<std::size_t>(kind)];
    if (tally.count == 0) {
        tally.first_row = row;
    } else {
        tally.first_row = std::min(tally.first_row, row);
    }
    tally.count += count;
    const bool worth_showing = !example.empty() && kind != RowFault::nul_bytes;
    if (worth_showing && tally.examples.size() < Problems::most_examples)
        tally.examples.emplace_back(row, shown(example));
}

std::size_t EventRowTaker::take_split_record(std::string_view text) {
    const SplitRecord record(text, plan_->file.delimiter);
    std::string_view whole = text.substr(0, record.splitter.used());
    const std::size_t used = whole.size();
    if (!whole.empty() && whole.back() == '\n') whole.remove_suffix(1);
    if (!whole.empty() && whole.back() == '\r') whole.remove_suffix(1);
    if (record.splitter.unclosed_quotes() > 0) {
        fault(RowFault::unclosed_quote, tally_.records, whole, record.splitter.unclosed_quotes());
    }
    if (record.splitter.stray_quotes() > 0) {
        fault(RowFault::stray_quote, tally_.records, whole, record.splitter.stray_quotes());
    }
    for (const std::string_view field : record.fields) {
        if (std::count(field.begin(), field.end(), '\n') > suspicious_line_ends) {
            fault(RowFault::long_quoted_cell, tally_.records, field);
        }
    }
    take_rows(SplitFields{&record.fields, whole}, 1);
    return used;
}

template <typename Cells>
void EventRowTaker::take_rows(const Cells& cells, std::size_t count) {
    choose_rows(cells, count);
    if (!plan_->columns.where.empty()) choose_by_value(cells);
    if (plan_->columns.weight) choose_by_weight(cells);
    if (plan_->columns.dedupe) choose_by_key(cells);
    for (std::size_t from = 0; from < kept_.size();) {
        if (filled_ == batch_size) flush();
        const std::size_t to = std::min(kept_.size(), from + batch_size - filled_);
        take_slice(cells, from, to);
        filled_ += to - from;
        from = to;
    }
    tally_.records += count;
}

/// Which records are rows: those as wide as the header, or wider by empty cells.
template <typename Cells>
void EventRowTaker::choose_rows(const Cells& cells, std::size_t count) {
    kept_.clear();
    const EventColumnPlan& columns = plan_->columns;
    for (std::size_t row = 0; row < count; ++row) {
        const std::size_t width = cells.width(row);
        if (width == columns.width && width > 1) [[likely]] {
            kept_.push_back(static_cast<std::uint32_t>(row));
            continue;
        }
        if (width == 1 && blank(cells.cell(row, 0))) continue;
        bool fits = width >= columns.least_width;
        for (std::size_t column = columns.width; column < width && fits; ++column) {
            fits = blank(cells.cell(row, column));
        }
        if (fits) {
            kept_.push_back(static_cast<std::uint32_t>(row));
        } else {
            ++tally_.rows;
            fault(RowFault::wrong_column_count, tally_.records + row,
                  std::to_string(width) + " columns: " + std::string(cells.record(row)));
        }
    }
    tally_.rows += kept_.size();
}

template <typename Cells>
void EventRowTaker::choose_by_value(const Cells& cells) {
    const std::vector<std::size_t>& columns = plan_->columns.where;
    const auto left_out = [&](std::uint32_t row) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string_view cell = cells.cell(row, columns[i]);
            if (!holds(cell, shared_.source->where[i].second, tally_.records + row)) return true;
        }
        return false;
    };
    const auto end = std::remove_if(kept_.begin(), kept_.end(), left_out);
    tally_.filtered += static_cast<std::uint64_t>(kept_.end() - end);
    kept_.erase(end, kept_.end());
}

template <typename Cells>
void EventRowTaker::choose_by_weight(const Cells& cells) {
    kept_weights_.clear();
    std::size_t kept = 0;
    for (const std::uint32_t row : kept_) {
        const std::string_view cell = cells.cell(row, *plan_->columns.weight);
        const auto weight = parse_number(trimmed(without_nul(cell, tally_.records + row)));
        if (!weight || !(*weight >= 0 && *weight <= largest_weight)) {
            fault(RowFault::bad_weight, tally_.records + row, cell);
            continue;
        }
        kept_[kept++] = row;
        kept_weights_.push_back(std::llround(*weight * static_cast<double>(weight_unit)));
    }
    kept_.resize(kept);
}

/// Rows without a key cannot be told apart by it: they stay.
template <typename Cells>
void EventRowTaker::choose_by_key(const Cells& cells) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        const std::uint32_t row = kept_[i];
        const std::string_view key =
            trimmed(without_nul(cells.cell(row, *plan_->columns.dedupe), tally_.records + row));
        if (!key.empty() && !keys_.emplace(key).second) {
            fault(RowFault::duplicate, tally_.records + row, key);
            continue;
        }
        if (plan_->columns.weight) kept_weights_[kept] = kept_weights_[i];
        kept_[kept++] = row;
    }
    kept_.resize(kept);
}

/// Takes kept_[from] to kept_[to - 1] into the batch behind what is there.
template <typename Cells>
void EventRowTaker::take_slice(const Cells& cells, std::size_t from, std::size_t to) {
    const EventColumnPlan& columns = plan_->columns;
    if (columns.postcode) {
        take_postcodes(cells, from, to);
    } else if (columns.x) {
        take_points(cells, from, to);
    }
    if (columns.date) take_times(cells, from, to);
    if (columns.area) take_texts(cells, from, to, *columns.area, area_texts_, area_codes_);
    for (std::size_t i = 0; i < columns.by.size(); ++i) {
        take_texts(cells, from, to, columns.by[i], by_texts_[i], by_codes_[i]);
    }
    for (std::size_t i = 0; i < columns.markers.size(); ++i) {
        take_texts(cells, from, to, columns.markers[i], marker_texts_[i], marker_codes_[i]);
    }
    if (columns.weight) {
        std::copy(kept_weights_.begin() + static_cast<std::ptrdiff_t>(from),
                  kept_weights_.begin() + static_cast<std::ptrdiff_t>(to),
                  weight_.begin() + static_cast<std::ptrdiff_t>(filled_));
    }
    if (shared_.source->keep_records == KeepRecords::yes) take_records(cells, from, to);
    if (feed_) {
        for (std::size_t i = from; i < to; ++i) feed_->add(hash_bytes(cells.record(kept_[i])));
    }
}

template <typename Cells>
void EventRowTaker::take_points(const Cells& cells, std::size_t from, std::size_t to) {
    const std::size_t x_column = *plan_->columns.x;
    const std::size_t y_column = *plan_->columns.y;
    const bool geographic = plan_->geographic;
    for (std::size_t i = from; i < to; ++i) {
        const std::string_view x_cell = cells.cell(kept_[i], x_column);
        const std::string_view y_cell = cells.cell(kept_[i], y_column);
        Point point;
        bool usual = plain_decimal(x_cell, point.x) && plain_decimal(y_cell, point.y);
        const bool beyond = beyond_degrees(point.x, point.y);
        usual = usual && !(point.x == 0 && point.y == 0) && !(geographic && beyond);
        if (usual) [[likely]] {
            ++tally_.usable_coordinates;
            tally_.within_degrees += beyond ? 0U : 1U;
        } else {
            point = unusual_point(x_cell, y_cell, tally_.records + kept_[i]);
        }
        x_[filled_ + i - from] = point.x;
        y_[filled_ + i - from] = point.y;
    }
}

template <typename Cells>
void EventRowTaker::take_postcodes(const Cells& cells, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
        const std::uint64_t row = tally_.records + kept_[i];
        const std::string_view cell = without_nul(cells.cell(kept_[i], *plan_->columns.postcode), row);
        Point point{nowhere, nowhere};
        if (!blank(cell)) {
            const auto place = shared_.postcodes->find(cell);
            if (place) point = place->point;
            if (!place) fault(RowFault::unmatched_postcode, row, cell);
            if (place && place->terminated) fault(RowFault::terminated_postcode, row, cell);
        }
        x_[filled_ + i - from] = point.x;
        y_[filled_ + i - from] = point.y;
    }
}

template <typename Cells>
void EventRowTaker::take_times(const Cells& cells, std::size_t from, std::size_t to) {
    const std::size_t column = *plan_->columns.date;
    const DateOrder order = shared_.source->date_order;
    for (std::size_t i = from; i < to; ++i) {
        const std::string_view cell = cells.cell(kept_[i], column);
        const std::uint64_t row = tally_.records + kept_[i];
        ReadTime read;
        if (cell.size() <= longest_known_time) {
            const std::size_t n = cell.size();
            const std::uint64_t ends = n >= 8 ? word_at(cell.data()) ^ (word_at(cell.data() + n - 8) << 4U)
                                              : short_word(cell.data(), n);
            KnownTime& known =
                known_times_[folded_product(ends ^ n, 0x9E3779B97F4A7C15ULL) % known_time_places];
            if (known.size == n && same_bytes(known.text.data(), cell.data(), n)) [[likely]] {
                read = known.time;
            } else {
                read = parse_event_time(without_nul(cell, row), order);
                if (cell.find('\0') ==
                    std::string_view::npos) {  // else the next such cell has its NULs counted too
                    std::copy(cell.begin(), cell.end(), known.text.begin());
                    known.size = static_cast<std::uint8_t>(n);
                    known.time = read;
                }
            }
        } else {
            read = parse_event_time(without_nul(cell, row), order);
        }
        if (read.fault == DateFault::unreadable) fault(RowFault::bad_date, row, cell);
        if (read.fault == DateFault::impossible) fault(RowFault::impossible_date, row, cell);
        time_[filled_ + i - from] = read.time;
    }
}

template <typename Cells>
void EventRowTaker::take_texts(const Cells& cells, std::size_t from, std::size_t to, std::size_t column,
                               DistinctTexts& texts, std::vector<std::uint32_t>& codes) {
    for (std::size_t i = from; i < to; ++i) {
        const std::string_view cell = cells.cell(kept_[i], column);
        const std::size_t before = texts.size();
        const DistinctTexts::Entry& entry = texts.entry_of(cell);
        codes[filled_ + i - from] = entry.code;
        if (entry.nul_bytes > 0) [[unlikely]] {
            fault(RowFault::nul_bytes, tally_.records + kept_[i], cell, entry.nul_bytes);
        }
        if (texts.size() != before && entry.decoded != DistinctTexts::Decoded::as_utf8) {
            tally_.foreign_texts.push_back(
                {std::string(cell), entry.decoded, tally_.records + kept_[i], column});
        }
    }
}

template <typename Cells>
void EventRowTaker::take_records(const Cells& cells, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
        std::string_view record = cells.record(kept_[i]);
        if (!plain_ascii(record) || record.find('\0') != std::string_view::npos) {
            record = decoded_records_.emplace_back(decode_cell(record).text);
        }
        records_[filled_ + i - from] = record;
    }
}

/// The point of cells that are not two plain numbers where events may lie.
Point EventRowTaker::unusual_point(std::string_view x_cell, std::string_view y_cell, std::uint64_t row) {
    const Point no_place{nowhere, nowhere};
    const std::string x_text(trimmed(without_nul(x_cell, row)));
    const std::string y_text(trimmed(without_nul(y_cell, row)));
    const auto x = parse_number(x_text);
    const auto y = parse_number(y_text);
    const std::string both = x_text + ", " + y_text;
    const bool x_bad = !x_text.empty() && !(x && std::isfinite(*x));
    const bool y_bad = !y_text.empty() && !(y && std::isfinite(*y));
    if (x_bad || y_bad) {
        fault(RowFault::bad_coordinate, row, both);
        return no_place;
    }
    if (x_text.empty() || y_text.empty()) return no_place;
    if (*x == 0 && *y == 0) {
        fault(RowFault::zero_coordinate, row, both);
        return no_place;
    }
    const bool beyond = beyond_degrees(*x, *y);
    if (plan_->geographic && beyond) {
        fault(RowFault::out_of_range, row, both);
        return no_place;
    }
    ++tally_.usable_coordinates;
    tally_.within_degrees += beyond ? 0U : 1U;
    return {*x, *y};
}

bool EventRowTaker::holds(std::string_view cell, const std::string& wanted, std::uint64_t row) {
    const std::string_view text = trimmed(without_nul(cell, row));
    if (text == trimmed(wanted)) return true;
    return !plain_ascii(text) && trimmed(decode_cell(text).text) == trimmed(wanted);
}

/// The cell, or where it holds NUL bytes, a copy without them that lasts until the next call.
std::string_view EventRowTaker::without_nul(std::string_view cell, std::uint64_t row) {
    const auto nul_bytes = std::count(cell.begin(), cell.end(), '\0');
    if (nul_bytes == 0) return cell;
    fault(RowFault::nul_bytes, row, cell, static_cast<std::uint64_t>(nul_bytes));
    scratch_ = cell;
    std::erase(scratch_, '\0');
    return scratch_;
}

void EventRowTaker::flush() {
    if (filled_ == 0) return;
    const EventColumnPlan& columns = plan_->columns;
    EventBatch batch;
    batch.size = filled_;
    if (columns.x || columns.postcode) {
        batch.crs = plan_->crs;
        batch.x = {x_.data(), filled_};
        batch.y = {y_.data(), filled_};
    }
    const auto coded = [&](const std::vector<std::uint32_t>& codes, const DistinctTexts& texts) {
        return CodedColumn{.codes = {codes.data(), filled_}, .names = texts.names(), .list = texts.list()};
    };
    if (columns.area) batch.area = coded(area_codes_, area_texts_);
    if (columns.date) batch.time = {time_.data(), filled_};
    for (std::size_t i = 0; i < by_texts_.size(); ++i) batch.by.push_back(coded(by_codes_[i], by_texts_[i]));
    for (std::size_t i = 0; i < marker_texts_.size(); ++i) {
        batch.markers.push_back(coded(marker_codes_[i], marker_texts_[i]));
    }
    if (columns.weight) batch.weight = {weight_.data(), filled_};
    if (shared_.source->keep_records == KeepRecords::yes) batch.records = {records_.data(), filled_};
    filled_ = 0;
    still_wanted();
    (*shared_.sink)(worker_, plan_->file, batch);
    decoded_records_.clear();
}

}  // namespace wardmap
