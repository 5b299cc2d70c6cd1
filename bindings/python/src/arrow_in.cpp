#include "arrow.hpp"
#include "arrow_structs.hpp"
#include "wkb.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/io/distinct_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace wardmap {
namespace {

/// Owns one of the structs: releases it unless it was released already.
template <typename T>
struct Owned {
    T value{};
    Owned() = default;
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    ~Owned() {
        if (value.release != nullptr) value.release(&value);
    }
};

enum class Kind : unsigned char { nothing, text, number, bytes, left_out };

constexpr std::int64_t most_exact = std::int64_t{1} << 53;  // whole numbers beyond are not all doubles

template <typename T>
T read_as(const void* buffer, std::int64_t i) {
    T value;
    std::memcpy(&value, static_cast<const char*>(buffer) + static_cast<std::size_t>(i) * sizeof(T),
                sizeof(T));
    return value;
}

bool bit(const void* buffer, std::int64_t i) {
    return (static_cast<const unsigned char*>(buffer)[i / 8] >> (i % 8) & 1) != 0;
}

double half_of(std::uint16_t bits) {
    const int exponent = bits >> 10 & 0x1F;
    const int fraction = bits & 0x3FF;
    double value = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25);
    if (exponent == 31) value = fraction == 0 ? std::numeric_limits<double>::infinity() : std::nan("");
    return (bits & 0x8000) != 0 ? -value : value;
}

/// Of a moment of UTC "2022-06-01T10:30:00Z"; of clock time "2022-06-01", with "T10:30:00" behind it
/// unless it is midnight.
std::string moment(std::int64_t seconds, bool zoned = false) {
    using namespace std::chrono;
    const sys_seconds at{std::chrono::seconds(seconds)};
    const sys_days day = floor<days>(at);
    const year_month_day date{day};
    const std::string text =
        fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                    static_cast<unsigned>(date.day()));
    const auto in_day = (at - day).count();
    if (in_day == 0 && !zoned) return text;
    return text + fmt::format("T{:02}:{:02}:{:02}{}", in_day / 3600, in_day / 60 % 60, in_day % 60,
                              zoned ? "Z" : "");
}

/// "d:19,2" or "d:19,2,256": digits behind the point, and bytes of a cell.
struct DecimalFormat {
    int scale = 0;
    int bytes = 16;
};

std::optional<DecimalFormat> decimal_format(std::string_view format) {
    if (format.substr(0, 2) != "d:") return std::nullopt;
    int numbers[3] = {0, 0, 128};
    std::size_t at = 2;
    for (int& number : numbers) {
        if (at >= format.size()) break;
        number = std::atoi(format.data() + at);
        at = std::min(format.find(',', at), format.size() - 1) + 1;
    }
    return DecimalFormat{numbers[1], numbers[2] / 8};
}

/// Whole seconds below, also before 1970.
std::int64_t seconds_of(std::int64_t value, std::int64_t per_second) {
    const std::int64_t whole = value / per_second;
    return value % per_second < 0 ? whole - 1 : whole;
}

/// Reads the values of one array by the format of its schema.
class Values {
public:
    Values(const ArrowSchema& schema, const ArrowArray& array) : array_(array), format_(schema.format) {
        if (format_ == "n") encoding_ = Encoding::nothing;
        if (format_ == "u" || format_ == "z") encoding_ = Encoding::short_offsets;
        if (format_ == "U" || format_ == "Z") encoding_ = Encoding::long_offsets;
        if (schema.dictionary != nullptr && array.dictionary != nullptr) {
            words_ = std::make_unique<Values>(*schema.dictionary, *array.dictionary);
        }
    }

    static Kind kind_of(const ArrowSchema& schema) {
        if (schema.dictionary != nullptr) return kind_of(*schema.dictionary);
        const std::string_view f = schema.format;
        if (f == "z" || f == "Z" || f == "vz") return Kind::bytes;
        if (decimal_format(f)) return Kind::number;
        if (f == "n") return Kind::nothing;
        if (f == "u" || f == "U" || f == "vu") return Kind::text;
        if (f == "tdD" || f == "tdm" || f.substr(0, 2) == "ts") return Kind::text;
        if (f.size() == 1 && std::string_view("bcCsSiIlLefg").find(f) != std::string_view::npos)
            return Kind::number;
        return Kind::left_out;
    }

    bool is_number() const {
        return words_ ? words_->is_number()
                      : std::string_view("lLiIsScCb").find(format_) != std::string_view::npos;
    }

    bool is_null(std::int64_t row) const {
        if (encoding_ == Encoding::nothing) return true;
        const std::int64_t i = row + array_.offset;
        if (array_.null_count != 0 && array_.n_buffers > 0 && array_.buffers[0] != nullptr &&
            !bit(array_.buffers[0], i))
            return true;
        return words_ && words_->is_null(index(row));
    }

    double number(std::int64_t row) const {
        if (words_) return words_->number(index(row));
        const void* const data = array_.buffers[1];
        const std::int64_t i = row + array_.offset;
        switch (format_[0]) {
            case 'b':
                return bit(data, i) ? 1 : 0;
            case 'e':
                return half_of(read_as<std::uint16_t>(data, i));
            case 'f':
                return static_cast<double>(read_as<float>(data, i));
            case 'g':
                return read_as<double>(data, i);
            case 'd':
                return decimal(data, i);
            case 'L':
                return static_cast<double>(read_as<std::uint64_t>(data, i));
            default:
                return static_cast<double>(integer(row));
        }
    }

    /// The whole number that a double cannot hold, in digits.
    std::optional<std::string> too_large(std::int64_t row) const {
        if (words_) return words_->too_large(index(row));
        if (format_[0] == 'L') {
            const auto value = read_as<std::uint64_t>(array_.buffers[1], row + array_.offset);
            if (value > static_cast<std::uint64_t>(most_exact)) return fmt::format("{}", value);
        }
        if (format_[0] == 'l') {
            const std::int64_t value = integer(row);
            if (value > most_exact || value < -most_exact) return fmt::format("{}", value);
        }
        return std::nullopt;
    }

    /// Text, or bytes.
    std::string_view bytes(std::int64_t row) const {
        if (words_) return words_->bytes(index(row));
        const std::int64_t i = row + array_.offset;
        if (encoding_ == Encoding::short_offsets)
            return span_of(read_as<std::int32_t>(array_.buffers[1], i),
                           read_as<std::int32_t>(array_.buffers[1], i + 1));
        if (encoding_ == Encoding::long_offsets)
            return span_of(read_as<std::int64_t>(array_.buffers[1], i),
                           read_as<std::int64_t>(array_.buffers[1], i + 1));
        return view(i);
    }

    std::string text(std::int64_t row) const {
        if (words_) return words_->text(index(row));
        if (format_ == "u" || format_ == "U" || format_ == "vu") return std::string(bytes(row));
        const std::int64_t i = row + array_.offset;
        if (format_ == "tdD")
            return moment(std::int64_t{read_as<std::int32_t>(array_.buffers[1], i)} * 86400);
        if (format_ == "tdm") return moment(seconds_of(read_as<std::int64_t>(array_.buffers[1], i), 1000));
        std::int64_t per_second = 1;
        if (format_[2] == 'm') per_second = 1000;
        if (format_[2] == 'u') per_second = 1000000;
        if (format_[2] == 'n') per_second = 1000000000;
        const bool zoned = format_.size() > 4;  // "tsu:" and the zone
        return moment(seconds_of(read_as<std::int64_t>(array_.buffers[1], i), per_second), zoned);
    }

    /// Place in the dictionary.
    std::int64_t index(std::int64_t row) const { return integer(row); }

    /// A string view: 12 bytes inline, or a place in one of the data buffers.
    std::string_view view(std::int64_t i) const {
        const char* const entry = static_cast<const char*>(array_.buffers[1]) + i * 16;
        const auto length = read_as<std::int32_t>(entry, 0);
        if (length <= 12) return {entry + 4, static_cast<std::size_t>(length)};
        const auto buffer = read_as<std::int32_t>(entry, 2);
        const auto offset = read_as<std::int32_t>(entry, 3);
        return {static_cast<const char*>(array_.buffers[2 + buffer]) + offset,
                static_cast<std::size_t>(length)};
    }

private:
    std::int64_t integer(std::int64_t row) const {
        const void* const data = array_.buffers[1];
        const std::int64_t i = row + array_.offset;
        switch (format_[0]) {
            case 'c':
                return read_as<std::int8_t>(data, i);
            case 'C':
                return read_as<std::uint8_t>(data, i);
            case 's':
                return read_as<std::int16_t>(data, i);
            case 'S':
                return read_as<std::uint16_t>(data, i);
            case 'i':
                return read_as<std::int32_t>(data, i);
            case 'I':
                return read_as<std::uint32_t>(data, i);
            default:
                return read_as<std::int64_t>(data, i);
        }
    }

    /// Limbs of 4 bytes, the least first; the uppermost has the sign.
    double decimal(const void* data, std::int64_t i) const {
        const DecimalFormat format = *decimal_format(format_);
        const int limbs = format.bytes / 4;
        long double whole = read_as<std::int32_t>(data, i * limbs + limbs - 1);
        for (int limb = limbs - 2; limb >= 0; --limb)
            whole = whole * 0x1p32L + read_as<std::uint32_t>(data, i * limbs + limb);
        const long double scale = std::pow(10.0L, static_cast<long double>(std::abs(format.scale)));
        return static_cast<double>(format.scale < 0 ? whole * scale : whole / scale);
    }

    std::string_view span_of(std::int64_t from, std::int64_t to) const {
        if (to == from) return {};
        return {static_cast<const char*>(array_.buffers[2]) + from, static_cast<std::size_t>(to - from)};
    }

    enum class Encoding : unsigned char { others, nothing, short_offsets, long_offsets };

    const ArrowArray& array_;
    std::string_view format_;
    Encoding encoding_ = Encoding::others;
    std::unique_ptr<Values> words_{};
};

struct Gathered {
    std::string name{};
    Kind kind = Kind::left_out;
    std::vector<std::string> texts{};
    std::vector<double> numbers{};

    void add(double number) { numbers.push_back(number); }

    /// From here on the cells are texts; those before were exact.
    void turn_to_text() {
        kind = Kind::text;
        for (const double number : numbers)
            texts.push_back(std::isnan(number) ? "" : fmt::format("{:.0f}", number));
        numbers.clear();
    }
};

void gather(const Values& values, std::int64_t skip, std::int64_t rows, Gathered& out) {
    for (std::int64_t row = skip; row < skip + rows; ++row) {
        const bool null = values.is_null(row);
        if (out.kind == Kind::number) {
            const bool exact = null || !values.too_large(row);
            if (exact) {
                out.add(null ? std::nan("") : values.number(row));
                continue;
            }
            out.turn_to_text();
        }
        if (null)
            out.texts.emplace_back();
        else if (values.is_number())
            out.texts.push_back(values.too_large(row).value_or(fmt::format("{:.0f}", values.number(row))));
        else
            out.texts.push_back(values.text(row));
    }
}

void gather_shapes(const Values& values, std::int64_t skip, std::int64_t rows, ArrowColumns& out) {
    for (std::int64_t row = skip; row < skip + rows; ++row) {
        out.shapes.emplace_back();
        WkbKind kind = WkbKind::empty;
        try {
            if (!values.is_null(row)) kind = add_wkb(values.bytes(row), out.shapes.back());
        } catch (const InputError& error) {
            throw InputError(error.what_happened(), {.row = out.shapes.size(), .column = out.shape_column},
                             error.what_to_do());
        }
        if (kind == WkbKind::empty) ++out.without_shape;
        if (kind == WkbKind::other) ++out.not_polygons;
    }
}

/// Keys and values, as the C data interface packs them: numbers and lengths of 32 bits.
std::map<std::string, std::string> metadata_of(const char* packed) {
    std::map<std::string, std::string> out;
    if (packed == nullptr) return out;
    std::size_t at = 0;
    const auto number = [&] {
        const auto value = read_as<std::int32_t>(packed + at, 0);
        at += sizeof value;
        return value;
    };
    const auto text = [&] {
        const auto length = static_cast<std::size_t>(number());
        at += length;
        return std::string(packed + at - length, length);
    };
    for (std::int32_t pairs = number(); pairs > 0; --pairs) {
        const std::string key = text();
        out[key] = text();
    }
    return out;
}

bool is_shape_extension(const std::string& name) {
    return name == "geoarrow.wkb" || name == "ogc.wkb";
}

/// Takes columns in, batch by batch.
class Reader {
public:
    Reader(const ArrowSchema& schema, ArrowShapes shapes) : schema_(schema), shapes_(shapes) {
        if (std::string_view(schema.format) != "+s")
            throw InputError("the Arrow stream holds a single column", {}, "pass a table with named columns");
        std::size_t columns_of_bytes = 0;
        for (std::int64_t c = 0; c < schema.n_children; ++c) {
            const ArrowSchema& child = *schema.children[c];
            Gathered column;
            column.name = child.name == nullptr ? "" : child.name;
            column.kind = Values::kind_of(child);
            const auto meta = metadata_of(child.metadata);
            const auto extension = meta.find("ARROW:extension:name");
            const bool shape = extension != meta.end() && is_shape_extension(extension->second);
            if (extension != meta.end() && extension->second.rfind("geoarrow.", 0) == 0 && !shape)
                other_encoding_ = extension->second;
            if (shape && column.kind == Kind::bytes) tagged_.push_back(columns_.size());
            if (column.kind == Kind::bytes) {
                ++columns_of_bytes;
                only_bytes_ = columns_.size();
            }
            columns_.push_back(std::move(column));
        }
        if (columns_of_bytes != 1) only_bytes_.reset();
        if (shapes_ == ArrowShapes::read) choose_shapes();
    }

    void add(const ArrowArray& batch) {
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const ArrowArray& child = *batch.children[c];
            if (shape_at_ == c)
                gather_shapes(Values(*schema_.children[c], child), batch.offset, batch.length, out_);
            else if (columns_[c].kind != Kind::left_out && columns_[c].kind != Kind::bytes)
                gather(Values(*schema_.children[c], child), batch.offset, batch.length, columns_[c]);
        }
    }

    ArrowColumns finish() {
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            Gathered& column = columns_[c];
            const bool shape =
                std::find(tagged_.begin(), tagged_.end(), c) != tagged_.end() || shape_at_ == c;
            if (shape) continue;
            if (column.kind == Kind::left_out || column.kind == Kind::bytes)
                out_.left_out.push_back(column.name);
            else if (column.kind == Kind::number)
                out_.columns.push_back(Column::numbers(column.name, std::move(column.numbers)));
            else
                out_.columns.push_back(Column::text(column.name, std::move(column.texts)));
        }
        return std::move(out_);
    }

private:
    void choose_shapes() {
        if (!tagged_.empty())
            shape_at_ = tagged_.front();
        else
            shape_at_ = only_bytes_;
        if (!shape_at_) {
            if (!other_encoding_.empty())
                throw InputError("the shapes are encoded as " + other_encoding_ + ", which is not read", {},
                                 "convert them to geoarrow.wkb");
            return;
        }
        out_.shape_column = columns_[*shape_at_].name;
        const auto meta = metadata_of(schema_.children[*shape_at_]->metadata);
        const auto found = meta.find("ARROW:extension:metadata");
        if (found != meta.end()) out_.shape_meta = found->second;
    }

    const ArrowSchema& schema_;
    ArrowShapes shapes_;
    std::vector<Gathered> columns_{};
    std::vector<std::size_t> tagged_{};
    std::optional<std::size_t> only_bytes_{};
    std::optional<std::size_t> shape_at_{};
    std::string other_encoding_{};
    ArrowColumns out_{};
};

/// Takes the struct out of its capsule, which then has none.
template <typename T>
void take(const py::handle& capsule, const char* name, T& into) {
    auto* const given = static_cast<T*>(PyCapsule_GetPointer(capsule.ptr(), name));
    if (given == nullptr) throw py::error_already_set();
    if (given->release == nullptr)
        throw InputError("the Arrow stream was read already", {}, "pass the frame itself again");
    into = *given;
    given->release = nullptr;
}

/// Numbers what `text_at` gives; most texts follow one that is the same, or come again soon.
/// \returns NUL bytes that were left out
template <typename TextAt>
std::uint64_t number_each(std::span<std::uint32_t> codes, DistinctTexts& texts, TextAt&& text_at) {
    std::uint64_t nul_bytes = 0;
    for (std::size_t row = 0; row < codes.size(); ++row) {
        const DistinctTexts::Entry& entry = texts.entry_of(text_at(row));
        codes[row] = entry.code;
        nul_bytes += entry.nul_bytes;
    }
    return nul_bytes;
}

/// Text without nulls whose offsets are of this kind.
template <typename Offset>
std::uint64_t number_plain(const ArrowArray& array, std::int64_t first, std::span<std::uint32_t> codes,
                           DistinctTexts& texts) {
    const auto* const offsets = static_cast<const Offset*>(array.buffers[1]) + array.offset + first;
    const auto* const bytes = static_cast<const char*>(array.buffers[2]);
    return number_each(codes, texts, [&](std::size_t row) {
        return std::string_view(bytes + offsets[row],
                                static_cast<std::size_t>(offsets[row + 1] - offsets[row]));
    });
}

/// A dictionary: each of its words is looked up once.
std::uint64_t number_words(const Values& values, std::int64_t words, std::int64_t first,
                           std::span<std::uint32_t> codes, DistinctTexts& texts) {
    constexpr std::uint32_t unknown = std::numeric_limits<std::uint32_t>::max();
    struct Known {
        std::uint32_t code = unknown;
        std::uint32_t nul_bytes = 0;
    };
    std::vector<Known> known(static_cast<std::size_t>(words));
    std::uint64_t nul_bytes = 0;
    for (std::size_t row = 0; row < codes.size(); ++row) {
        const std::int64_t at = first + static_cast<std::int64_t>(row);
        if (values.is_null(at)) {
            codes[row] = texts.entry_of({}).code;
            continue;
        }
        Known& word = known[static_cast<std::size_t>(values.index(at))];
        if (word.code == unknown) {
            const DistinctTexts::Entry& entry = texts.entry_of(values.bytes(at));
            word = {entry.code, entry.nul_bytes};
        }
        codes[row] = word.code;
        nul_bytes += word.nul_bytes;
    }
    return nul_bytes;
}

std::uint64_t number_rows(const ArrowSchema& schema, const ArrowArray& array, std::int64_t first,
                          std::span<std::uint32_t> codes, DistinctTexts& texts) {
    const std::string_view format = schema.format;
    const bool no_nulls = array.null_count == 0 && array.dictionary == nullptr;
    if (no_nulls && format == "u" && array.buffers[2] != nullptr)
        return number_plain<std::int32_t>(array, first, codes, texts);
    if (no_nulls && format == "U" && array.buffers[2] != nullptr)
        return number_plain<std::int64_t>(array, first, codes, texts);
    const Values values(schema, array);
    if (no_nulls && format == "vu") {
        return number_each(codes, texts, [&](std::size_t row) {
            return values.view(array.offset + first + static_cast<std::int64_t>(row));
        });
    }
    if (array.dictionary != nullptr && array.dictionary->length <= static_cast<std::int64_t>(codes.size()))
        return number_words(values, array.dictionary->length, first, codes, texts);
    return number_each(codes, texts, [&](std::size_t row) {
        const std::int64_t at = first + static_cast<std::int64_t>(row);
        return values.is_null(at) ? std::string_view{} : values.bytes(at);
    });
}

ArrowColumns read_array(const py::tuple& capsules, ArrowShapes shapes) {
    if (capsules.size() != 2) throw InputError("these are not the two capsules of an Arrow array");
    Owned<ArrowSchema> schema;
    Owned<ArrowArray> array;
    take(capsules[0], "arrow_schema", schema.value);
    take(capsules[1], "arrow_array", array.value);
    Reader reader(schema.value, shapes);
    reader.add(array.value);
    return reader.finish();
}

}  // namespace

ArrowColumns read_arrow(const py::object& capsules, ArrowShapes shapes) {
    if (py::isinstance<py::tuple>(capsules)) return read_array(capsules, shapes);
    Owned<ArrowArrayStream> stream;
    take(capsules, "arrow_array_stream", stream.value);
    const auto failed = [&](const char* what) {
        const char* const why = stream.value.get_last_error(&stream.value);
        return InputError(std::string("the Arrow stream ") + what +
                          (why == nullptr ? "" : std::string(": ") + why));
    };
    Owned<ArrowSchema> schema;
    if (stream.value.get_schema(&stream.value, &schema.value) != 0) throw failed("has no schema");
    Reader reader(schema.value, shapes);
    while (true) {
        Owned<ArrowArray> batch;
        if (stream.value.get_next(&stream.value, &batch.value) != 0) throw failed("broke off");
        if (batch.value.release == nullptr) break;
        reader.add(batch.value);
    }
    return reader.finish();
}

struct ArrowTextColumn::Data {
    Owned<ArrowSchema> schema{};
    std::vector<std::unique_ptr<Owned<ArrowArray>>> arrays{};
    std::vector<std::size_t> starts{};  ///< first row of each array
    std::size_t rows = 0;
};

ArrowTextColumn::ArrowTextColumn(const py::capsule& capsule) : data_(std::make_unique<Data>()) {
    Data& d = *data_;
    Owned<ArrowArrayStream> stream;
    take(capsule, "arrow_array_stream", stream.value);
    if (stream.value.get_schema(&stream.value, &d.schema.value) != 0)
        throw InputError("the Arrow stream has no schema");
    const ArrowSchema& cells =
        d.schema.value.dictionary != nullptr ? *d.schema.value.dictionary : d.schema.value;
    const std::string_view format = cells.format;
    if (format != "u" && format != "U" && format != "vu")
        throw InputError("the Arrow stream is not one column of text");
    while (true) {
        auto array = std::make_unique<Owned<ArrowArray>>();
        if (stream.value.get_next(&stream.value, &array->value) != 0)
            throw InputError("the Arrow stream broke off");
        if (array->value.release == nullptr) break;
        d.starts.push_back(d.rows);
        d.rows += static_cast<std::size_t>(array->value.length);
        d.arrays.push_back(std::move(array));
    }
}
ArrowTextColumn::ArrowTextColumn(ArrowTextColumn&&) noexcept = default;
ArrowTextColumn& ArrowTextColumn::operator=(ArrowTextColumn&&) noexcept = default;
ArrowTextColumn::~ArrowTextColumn() = default;

std::size_t ArrowTextColumn::size() const noexcept {
    return data_->rows;
}

std::uint64_t ArrowTextColumn::number(std::size_t first, std::span<std::uint32_t> codes,
                                      DistinctTexts& texts) const {
    const Data& d = *data_;
    std::uint64_t nul_bytes = 0;
    auto at = static_cast<std::size_t>(std::upper_bound(d.starts.begin(), d.starts.end(), first) -
                                       d.starts.begin());
    for (std::size_t done = 0; done < codes.size(); ++at) {
        const ArrowArray& array = d.arrays[at - 1]->value;
        const std::size_t in_array = first + done - d.starts[at - 1];
        const std::size_t rows =
            std::min(codes.size() - done, static_cast<std::size_t>(array.length) - in_array);
        nul_bytes += number_rows(d.schema.value, array, static_cast<std::int64_t>(in_array),
                                 codes.subspan(done, rows), texts);
        done += rows;
    }
    return nul_bytes;
}

ArrowTexts number_texts(const ArrowTextColumn& column, unsigned threads) {
    constexpr std::size_t rows_a_piece = 1U << 18U;
    const std::size_t rows = column.size();
    ArrowTexts out;
    out.codes.resize(rows);
    std::vector<DistinctTexts> pieces((rows + rows_a_piece - 1) / rows_a_piece);
    const auto codes_of = [&](std::size_t p) {
        const std::size_t first = p * rows_a_piece;
        return std::span(out.codes).subspan(first, std::min(rows_a_piece, rows - first));
    };
    in_parallel(pieces.size(), threads,
                [&](std::size_t p) { (void)column.number(p * rows_a_piece, codes_of(p), pieces[p]); });
    DistinctTexts all;
    std::vector<std::vector<std::uint32_t>> renumbered(pieces.size());
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        for (const std::string& name : pieces[p].names()) renumbered[p].push_back(all.entry_of(name).code);
    }
    in_parallel(pieces.size(), threads, [&](std::size_t p) {
        for (std::uint32_t& code : codes_of(p)) code = renumbered[p][code];
    });
    out.names = all.names();
    return out;
}

}  // namespace wardmap
