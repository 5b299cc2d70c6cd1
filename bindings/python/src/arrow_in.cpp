#include "arrow.hpp"
#include "arrow_structs.hpp"

#include "wardmap/base/error.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>

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

enum class Kind : unsigned char { nothing, text, number, left_out };

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

/// "2022-06-01", with "T10:30:00" behind it unless it is midnight.
std::string moment(std::int64_t seconds) {
    using namespace std::chrono;
    const sys_seconds at{std::chrono::seconds(seconds)};
    const sys_days day = floor<days>(at);
    const year_month_day date{day};
    const std::string text =
        fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                    static_cast<unsigned>(date.day()));
    const auto in_day = (at - day).count();
    if (in_day == 0) return text;
    return text + fmt::format("T{:02}:{:02}:{:02}", in_day / 3600, in_day / 60 % 60, in_day % 60);
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
        if (schema.dictionary != nullptr && array.dictionary != nullptr) {
            words_ = std::make_unique<Values>(*schema.dictionary, *array.dictionary);
        }
    }

    static Kind kind_of(const ArrowSchema& schema) {
        if (schema.dictionary != nullptr) return kind_of(*schema.dictionary);
        const std::string_view f = schema.format;
        if (f == "n") return Kind::nothing;
        if (f == "u" || f == "U" || f == "vu") return Kind::text;
        if (f == "tdD" || f == "tdm" || f.substr(0, 2) == "ts") return Kind::text;
        if (f.size() == 1 && std::string_view("bcCsSiIlLefg").find(f) != std::string_view::npos)
            return Kind::number;
        return Kind::left_out;
    }

    bool is_null(std::int64_t row) const {
        if (format_ == "n") return true;
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
            case 'L':
                return static_cast<double>(read_as<std::uint64_t>(data, i));
            default:
                return static_cast<double>(integer(row));
        }
    }

    std::string text(std::int64_t row) const {
        if (words_) return words_->text(index(row));
        const std::int64_t i = row + array_.offset;
        if (format_ == "u")
            return span_of(read_as<std::int32_t>(array_.buffers[1], i),
                           read_as<std::int32_t>(array_.buffers[1], i + 1));
        if (format_ == "U")
            return span_of(read_as<std::int64_t>(array_.buffers[1], i),
                           read_as<std::int64_t>(array_.buffers[1], i + 1));
        if (format_ == "vu") return view(i);
        if (format_ == "tdD")
            return moment(std::int64_t{read_as<std::int32_t>(array_.buffers[1], i)} * 86400);
        if (format_ == "tdm") return moment(seconds_of(read_as<std::int64_t>(array_.buffers[1], i), 1000));
        std::int64_t per_second = 1;
        if (format_[2] == 'm') per_second = 1000;
        if (format_[2] == 'u') per_second = 1000000;
        if (format_[2] == 'n') per_second = 1000000000;
        return moment(seconds_of(read_as<std::int64_t>(array_.buffers[1], i), per_second));
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

    /// Place in the dictionary.
    std::int64_t index(std::int64_t row) const { return integer(row); }

    std::string span_of(std::int64_t from, std::int64_t to) const {
        if (to == from) return {};
        return std::string(static_cast<const char*>(array_.buffers[2]) + from,
                           static_cast<std::size_t>(to - from));
    }

    /// A string view: 12 bytes inline, or a place in one of the data buffers.
    std::string view(std::int64_t i) const {
        const char* const entry = static_cast<const char*>(array_.buffers[1]) + i * 16;
        const auto length = read_as<std::int32_t>(entry, 0);
        if (length <= 12) return std::string(entry + 4, static_cast<std::size_t>(length));
        const auto buffer = read_as<std::int32_t>(entry, 2);
        const auto offset = read_as<std::int32_t>(entry, 3);
        return std::string(static_cast<const char*>(array_.buffers[2 + buffer]) + offset,
                           static_cast<std::size_t>(length));
    }

    const ArrowArray& array_;
    std::string_view format_;
    std::unique_ptr<Values> words_{};
};

struct Gathered {
    Kind kind = Kind::left_out;
    std::vector<std::string> texts{};
    std::vector<double> numbers{};
};

void gather(const ArrowSchema& schema, const ArrowArray& array, std::int64_t skip, std::int64_t rows,
            Gathered& out) {
    if (out.kind == Kind::left_out) return;
    const Values values(schema, array);
    for (std::int64_t row = skip; row < skip + rows; ++row) {
        const bool null = values.is_null(row);
        if (out.kind == Kind::number) {
            out.numbers.push_back(null ? std::nan("") : values.number(row));
        } else {
            out.texts.push_back(null ? std::string() : values.text(row));
        }
    }
}

}  // namespace

ArrowColumns read_arrow_stream(const py::capsule& capsule) {
    auto* const given =
        static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream"));
    if (given == nullptr) throw py::error_already_set();
    Owned<ArrowArrayStream> stream;
    stream.value = *given;
    given->release = nullptr;  // ours now
    if (stream.value.release == nullptr)
        throw InputError("the Arrow stream was read already", {}, "pass the frame itself again");

    const auto failed = [&](const char* what) {
        const char* const why = stream.value.get_last_error(&stream.value);
        return InputError(std::string("the Arrow stream ") + what +
                          (why == nullptr ? "" : std::string(": ") + why));
    };
    Owned<ArrowSchema> schema;
    if (stream.value.get_schema(&stream.value, &schema.value) != 0) throw failed("has no schema");
    if (std::string_view(schema.value.format) != "+s") {
        throw InputError("the Arrow stream holds a single column", {}, "pass a table with named columns");
    }
    const auto count = static_cast<std::size_t>(schema.value.n_children);
    std::vector<Gathered> columns(count);
    for (std::size_t c = 0; c < count; ++c) columns[c].kind = Values::kind_of(*schema.value.children[c]);
    while (true) {
        Owned<ArrowArray> batch;
        if (stream.value.get_next(&stream.value, &batch.value) != 0) throw failed("broke off");
        if (batch.value.release == nullptr) break;
        for (std::size_t c = 0; c < count; ++c) {
            gather(*schema.value.children[c], *batch.value.children[c], batch.value.offset,
                   batch.value.length, columns[c]);
        }
    }
    ArrowColumns out;
    for (std::size_t c = 0; c < count; ++c) {
        const std::string name =
            schema.value.children[c]->name == nullptr ? "" : schema.value.children[c]->name;
        if (columns[c].kind == Kind::left_out)
            out.left_out.push_back(name);
        else if (columns[c].kind == Kind::number)
            out.columns.push_back(Column::numbers(name, std::move(columns[c].numbers)));
        else
            out.columns.push_back(Column::text(name, std::move(columns[c].texts)));
    }
    return out;
}

}  // namespace wardmap
