#include "wardmap/io/postcodes.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/byte_source.hpp"
#include "wardmap/io/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20;
constexpr std::size_t longest_record = std::size_t{16} << 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\r\n";

constexpr std::array<std::string_view, 6> postcode_columns{"pcds", "pcd", "pcd2", "pcd7", "pcd8", "postcode"};
constexpr std::array<std::string_view, 4> easting_columns{"oseast1m", "east1m", "eastings", "easting"};
constexpr std::array<std::string_view, 4> northing_columns{"osnrth1m", "north1m", "northings", "northing"};
constexpr std::array<std::string_view, 2> longitude_columns{"long", "longitude"};
constexpr std::array<std::string_view, 2> latitude_columns{"lat", "latitude"};
constexpr std::array<std::string_view, 1> termination_columns{"doterm"};

constexpr std::size_t no_column = std::numeric_limits<std::size_t>::max();

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Letters and figures of a postcode as one number; 0 for what is none.
std::uint64_t packed(std::string_view postcode) noexcept {
    constexpr int longest = 7;
    std::uint64_t key = 0;
    int count = 0;
    for (const char c : postcode) {
        if (blanks.find(c) != blanks.npos) continue;
        std::uint64_t code = 0;  // 1 to 36
        if (c >= '0' && c <= '9') code = static_cast<std::uint64_t>(c - '0') + 1;
        if (c >= 'A' && c <= 'Z') code = static_cast<std::uint64_t>(c - 'A') + 11;
        if (c >= 'a' && c <= 'z') code = static_cast<std::uint64_t>(c - 'a') + 11;
        if (code == 0 || ++count > longest) return 0;
        key = key * 37 + code;
    }
    return key;
}

constexpr std::uint64_t terminated_bit = std::uint64_t{1} << 63;

struct Entry {
    std::uint64_t key = 0;  ///< packed(), with terminated_bit
    double x = 0;
    double y = 0;
};

/// Place of each postcode's entry, by open addressing.
class EntryIndex {
public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t find(const std::vector<Entry>& entries, std::uint64_t key) const noexcept {
        if (slots_.empty()) return none;
        std::size_t slot = start_of(key);
        while (slots_[slot] != none && (entries[slots_[slot]].key & ~terminated_bit) != key)
            slot = (slot + 1) & (slots_.size() - 1);
        return slots_[slot];
    }
    /// Takes in the last entry. \pre its postcode is not there yet
    void add_last(const std::vector<Entry>& entries) {
        if (entries.size() * 4 > slots_.size() * 3) {
            slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), none);
            shift_ = 64 - std::countr_zero(slots_.size());
            for (std::size_t e = 0; e < entries.size(); ++e) put(entries, e);
        } else {
            put(entries, entries.size() - 1);
        }
    }

private:
    std::size_t start_of(std::uint64_t key) const noexcept {
        return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> shift_);
    }
    void put(const std::vector<Entry>& entries, std::size_t place) {
        std::size_t slot = start_of(entries[place].key & ~terminated_bit);
        while (slots_[slot] != none) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = static_cast<std::uint32_t>(place);
    }

    std::vector<std::uint32_t> slots_{};
    int shift_ = 0;
};

struct Columns {
    std::size_t postcode = no_column;
    std::size_t x = no_column;
    std::size_t y = no_column;
    std::size_t terminated = no_column;  ///< not in every file
    Crs crs{};

    bool complete() const noexcept { return postcode != no_column && x != no_column && y != no_column; }
    /// Fields that a row must have.
    std::size_t least_fields() const noexcept { return std::max({postcode, x, y}) + 1; }
    /// Fields of a row that are looked at.
    std::size_t wanted_fields() const noexcept {
        return terminated == no_column ? least_fields() : std::max(least_fields(), terminated + 1);
    }
};

std::size_t column_of(const std::vector<std::string>& header, std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
        const auto found = std::find(header.begin(), header.end(), name);
        if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    }
    return no_column;
}

Columns columns_of(const std::vector<std::string>& header) {
    Columns columns;
    columns.postcode = column_of(header, postcode_columns);
    columns.terminated = column_of(header, termination_columns);
    columns.x = column_of(header, easting_columns);
    columns.y = column_of(header, northing_columns);
    columns.crs = british_national_grid;
    if (columns.x == no_column || columns.y == no_column) {
        columns.x = column_of(header, longitude_columns);
        columns.y = column_of(header, latitude_columns);
        columns.crs = longitude_latitude;
    }
    return columns;
}

[[noreturn]] void refuse_columns(const std::string& file, const Columns& columns,
                                 const std::vector<std::string>& header) {
    constexpr std::size_t most = 12;
    std::string missing;
    if (columns.postcode == no_column) missing = "pcds, pcd, pcd2 or postcode";
    if (columns.x == no_column || columns.y == no_column) {
        missing += (missing.empty() ? "" : ", and ") + std::string("oseast1m and osnrth1m, or long and lat");
    }
    std::string there;
    for (std::size_t i = 0; i < std::min(header.size(), most); ++i) there += (i == 0 ? "" : ", ") + header[i];
    if (header.size() > most) there += ", ...";
    throw InputError(
        "it is no list of postcodes: columns are missing (" + missing + ")", {.file = file},
        "it has " + there + "; give the ONS Postcode Directory or the National Statistics Postcode Lookup");
}

/// The first fields of a line, up to `wanted`, or as many as there are. False for what only CsvSplitter can
/// tell: a quoted line end, a doubled or stray quote, a carriage return within the line.
bool split_plain(std::string_view line, char delimiter, std::size_t wanted,
                 std::vector<std::string_view>& fields) {
    fields.clear();
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool quoted = line.find('"') != line.npos;
    if (line.find('\r') != line.npos || (quoted && std::count(line.begin(), line.end(), '"') % 2 != 0))
        return false;
    std::size_t at = 0;
    while (fields.size() < wanted) {
        std::size_t end = 0;
        if (quoted && at < line.size() && line[at] == '"') {
            const std::size_t close = line.find('"', at + 1);
            end = close + 1;
            if (end < line.size() && line[end] != delimiter) return false;
            fields.push_back(line.substr(at + 1, close - at - 1));
        } else {
            end = std::min(line.find(delimiter, at), line.size());
            fields.push_back(line.substr(at, end - at));
            if (quoted && fields.back().find('"') != line.npos) return false;
        }
        if (end == line.size()) break;
        at = end + 1;
    }
    return true;
}

/// Records of a source, one after another.
class RecordReader {
public:
    explicit RecordReader(ByteSource& source) : source_(source) {
        take_piece();
        if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
        delimiter_ = guess_delimiter(std::string_view(text_).substr(at_));
    }

    std::size_t row() const noexcept { return row_; }  ///< 1-based, of the last record

    /// The fields of the next record, at least the first `wanted` of those it has; they last until the next
    /// call.
    bool next(std::vector<std::string_view>& fields, std::size_t wanted) {
        while (!next_in_text(fields, wanted)) {
            if (ended_) return false;
            text_.erase(0, at_);
            at_ = 0;
            if (text_.size() > longest_record) {
                throw InputError("a record has no end: is a quotation mark not closed?",
                                 {.file = source_.name(), .row = row_ + 1}, "mend or remove it");
            }
            take_piece();
        }
        ++row_;
        return true;
    }

private:
    bool next_in_text(std::vector<std::string_view>& fields, std::size_t wanted) {
        const std::string_view left = std::string_view(text_).substr(at_);
        const std::size_t line_end = left.find('\n');
        if (line_end != left.npos && split_plain(left.substr(0, line_end), delimiter_, wanted, fields)) {
            at_ += line_end + 1;
            return true;
        }
        splitter_.emplace(left, delimiter_, ended_ ? PieceEnd::end_of_file : PieceEnd::more_follows);
        if (!splitter_->next(fields)) return false;
        at_ += splitter_->used();
        return true;
    }

    void take_piece() {
        const std::string_view piece = source_.next(piece_size);
        ended_ = piece.empty();
        text_ += piece;
    }

    ByteSource& source_;
    std::string text_{};
    std::size_t at_ = 0;
    std::optional<CsvSplitter> splitter_{};
    char delimiter_ = ',';
    std::size_t row_ = 0;
    bool ended_ = false;
};

/// The directory comes whole and, in this folder, once more in pieces by postcode area.
bool is_repeated_part(const std::string& name) {
    return lower_ascii(name).find("/multi_csv/") != std::string::npos;
}

/// Postcodes, as they are kept.
struct Kept {
    std::vector<Entry> entries{};
    EntryIndex index{};
    Crs crs{};
    std::vector<std::string> guesses{};
};

/// Gathers the rows of one file or of several.
class Gathering {
public:
    Gathering(Kept& kept, Problems& problems) : kept_(kept), problems_(problems) {}

    /// False, and nothing read, if the header is not that of a list of postcodes.
    bool read(ByteSource& source) {
        RecordReader records(source);
        std::vector<std::string_view> fields;
        header_.clear();
        while (header_.empty() && records.next(fields, no_column)) {
            if (fields.size() == 1 && trimmed(fields[0]).empty()) continue;
            for (const std::string_view field : fields) header_.push_back(lower_ascii(trimmed(field)));
        }
        columns_ = columns_of(header_);
        if (!columns_.complete()) return false;
        if (kept_.crs.known() && kept_.crs != columns_.crs) {
            throw InputError("its points are in " + columns_.crs.definition +
                                 ", those of files before it in " + kept_.crs.definition,
                             {.file = source.name()}, "give one file");
        }
        kept_.crs = columns_.crs;
        kept_.guesses.push_back("postcodes of " + source.name() + ": columns " + header_[columns_.postcode] +
                                ", " + header_[columns_.x] + " and " + header_[columns_.y] + " (" +
                                kept_.crs.definition + ")" +
                                (columns_.terminated == no_column ? "; none says which are terminated" : ""));
        file_ = source.name();
        while (records.next(fields, columns_.wanted_fields())) {
            row_ = records.row();
            take(fields);
        }
        return true;
    }

    const Columns& columns() const noexcept { return columns_; }
    const std::vector<std::string>& header() const noexcept { return header_; }

private:
    Where here(std::size_t column = no_column) const {
        return {.file = file_, .row = row_, .column = column == no_column ? std::string() : header_[column]};
    }

    void take(const std::vector<std::string_view>& fields) {
        if (fields.size() == 1 && trimmed(fields[0]).empty()) return;
        if (fields.size() < columns_.least_fields()) {
            problems_.add(Severity::problem, "wrong_column_count", "rows of postcodes have too few columns",
                          here(), fields[0]);
            return;
        }
        const std::string_view postcode = fields[columns_.postcode];
        const std::uint64_t key = packed(postcode);
        if (key == 0) {
            problems_.add(Severity::problem, "bad_postcode", "these are no postcodes",
                          here(columns_.postcode), postcode);
            return;
        }
        const auto x = parse_number(trimmed(fields[columns_.x]));
        const auto y = parse_number(trimmed(fields[columns_.y]));
        if (!has_point(postcode, fields, x, y)) return;
        if (kept_.index.find(kept_.entries, key) != EntryIndex::none) {
            problems_.add(Severity::note, "repeated_postcode",
                          "postcodes stand more than once; the first row is taken", here(), postcode);
            return;
        }
        const bool terminated =
            columns_.terminated < fields.size() && !trimmed(fields[columns_.terminated]).empty();
        kept_.entries.push_back({key | (terminated ? terminated_bit : 0), *x, *y});
        kept_.index.add_last(kept_.entries);
    }

    bool has_point(std::string_view postcode, const std::vector<std::string_view>& fields,
                   std::optional<double> x, std::optional<double> y) {
        const bool grid = kept_.crs == british_national_grid;
        const std::string_view x_text = trimmed(fields[columns_.x]);
        const std::string_view y_text = trimmed(fields[columns_.y]);
        constexpr double no_latitude = 99.999;  // the directory's 99.999999
        if ((x_text.empty() && y_text.empty()) || (!grid && y && *y >= no_latitude && *y < 100)) {
            problems_.add(Severity::note, "postcode_without_point",
                          "postcodes have no point in the directory", here(), postcode);
            return false;
        }
        if (grid && lower_ascii(trimmed(postcode)).starts_with("bt")) {
            problems_.add(Severity::note, "irish_grid",
                          "postcodes of Northern Ireland are in the Irish grid, and are left out", here(),
                          postcode);
            return false;
        }
        const bool in_range = x && y &&
                              (grid ? *x >= 0 && *x <= 700'000 && *y >= 0 && *y <= 1'300'000
                                    : std::abs(*x) <= 180 && std::abs(*y) <= 90);
        if (!in_range) {
            problems_.add(
                Severity::problem, "bad_coordinate", "postcodes have coordinates that cannot be",
                here(columns_.x),
                std::string(trimmed(postcode)) + ": " + std::string(x_text) + ", " + std::string(y_text));
        }
        return in_range;
    }

    Kept& kept_;
    Problems& problems_;
    Columns columns_{};
    std::vector<std::string> header_{};
    std::string file_{};
    std::size_t row_ = 0;
};

}  // namespace

struct Postcodes::Data : Kept {};

std::size_t Postcodes::size() const noexcept {
    return data_->entries.size();
}
const Crs& Postcodes::crs() const noexcept {
    return data_->crs;
}
const std::vector<std::string>& Postcodes::guesses() const noexcept {
    return data_->guesses;
}

std::optional<PostcodePlace> Postcodes::find(std::string_view postcode) const noexcept {
    const std::uint64_t key = packed(postcode);
    const std::uint32_t place = key == 0 ? EntryIndex::none : data_->index.find(data_->entries, key);
    if (place == EntryIndex::none) return std::nullopt;
    const Entry& entry = data_->entries[place];
    return PostcodePlace{{entry.x, entry.y}, (entry.key & terminated_bit) != 0};
}

Postcodes read_postcodes(const std::string& path, Problems& problems) {
    const std::vector<std::unique_ptr<ByteSource>> sources = open_bytes(path);
    auto data = std::make_shared<Postcodes::Data>();
    Gathering gathering(*data, problems);
    bool whole = false;
    bool any = false;
    for (const auto& source : sources) {
        if (whole && is_repeated_part(source->name())) continue;
        const bool fits = gathering.read(*source);
        any = any || fits;
        whole = whole || (fits && !is_repeated_part(source->name()));
    }
    if (!any) refuse_columns(path, gathering.columns(), gathering.header());
    if (data->entries.empty()) {
        throw InputError("there is no postcode with a point in it", {.file = path}, "is the file complete?");
    }
    return Postcodes(std::move(data));
}

}  // namespace wardmap
