#include "arrow.hpp"
#include "arrow_structs.hpp"
#include "convert.hpp"

#include "wardmap/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace wardmap {
namespace {

/// One column laid out for Arrow. Numbers stay where the Column has them.
struct Laid {
    Column column{};
    std::string name{};
    const char* format = "g";
    std::string meta{};  ///< packed keys and values of the field; empty: none
    std::vector<std::uint8_t> valid{};
    std::vector<std::int32_t> offsets{};
    std::string text{};
    std::vector<std::int64_t> whole{};
    std::int64_t nulls = 0;
    const void* buffers[3]{};
    std::int64_t buffer_count = 2;
};

/// Shared by the stream, its schema and its batch: whichever lives longest.
struct Exported {
    std::vector<Laid> columns{};
    std::int64_t rows = 0;
    std::string meta{};  ///< packed keys and values of the schema; empty: none
    bool sent = false;
};
using Shared = std::shared_ptr<Exported>;

void lay_out_text(Laid& out, std::span<const std::string> cells) {
    out.offsets.push_back(0);
    for (const std::string& cell : cells) {
        if (out.text.size() + cell.size() >
            static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
            throw InputError("the column holds more text than an Arrow batch takes", {.column = out.name},
                             "split the table");
        }
        out.text += cell;
        out.offsets.push_back(static_cast<std::int32_t>(out.text.size()));
    }
    out.buffers[1] = out.offsets.data();
    out.buffers[2] = out.text.data();
    out.buffer_count = 3;
}

void lay_out_numbers(Laid& out) {
    const auto numbers = out.column.numbers();
    const bool whole =
        holds_whole_numbers(out.name) && std::all_of(numbers.begin(), numbers.end(), [](double n) {
            return std::isnan(n) || (n == std::trunc(n) && std::abs(n) < 9e15);
        });
    if (!whole) {
        out.buffers[1] = numbers.data();
        return;
    }
    out.format = "l";
    for (const double n : numbers) out.whole.push_back(std::isnan(n) ? 0 : static_cast<std::int64_t>(n));
    out.buffers[1] = out.whole.data();
}

template <typename IsThere>
void lay_out_nulls(Laid& out, std::size_t rows, IsThere&& is_there) {
    out.valid.assign((rows + 7) / 8, 0);
    for (std::size_t row = 0; row < rows; ++row) {
        if (is_there(row))
            out.valid[row / 8] = static_cast<std::uint8_t>(out.valid[row / 8] | 1U << (row % 8));
        else
            ++out.nulls;
    }
    out.buffers[0] = out.valid.data();
}

Laid lay_out(const Column& column) {
    Laid out;
    out.column = column;
    out.name = column.name();
    lay_out_nulls(out, column.size(), [&](std::size_t row) { return column.state(row) == CellState::value; });
    if (column.is_text()) {
        out.format = "u";
        lay_out_text(out, out.column.texts());
    } else {
        lay_out_numbers(out);
    }
    return out;
}

/// Keys and values as the C data interface packs them: numbers and lengths of 32 bits.
std::string packed(std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
    std::string out;
    const auto number = [&](std::size_t value) {
        const auto narrow = static_cast<std::int32_t>(value);
        out.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
    };
    number(pairs.size());
    for (const auto& [key, value] : pairs) {
        number(key.size());
        out += key;
        number(value.size());
        out += value;
    }
    return out;
}

Laid lay_out_shapes(const std::vector<std::string>& wkb, const std::string& meta) {
    Laid out;
    out.name = "geometry";
    out.format = "z";
    out.meta = packed({{"ARROW:extension:name", "geoarrow.wkb"}, {"ARROW:extension:metadata", meta}});
    lay_out_nulls(out, wkb.size(), [&](std::size_t row) { return !wkb[row].empty(); });
    lay_out_text(out, wkb);
    return out;
}

/// A struct with its children and the data they point to.
template <typename T>
struct Family {
    Shared shared{};
    std::vector<T> members{};
    std::vector<T*> pointers{};
    const void* no_buffer = nullptr;
};

template <typename T>
void release(T* one) {
    delete static_cast<Family<T>*>(one->private_data);
    one->release = nullptr;
}

/// Children are freed with their parent.
template <typename T>
void release_child(T* one) {
    one->release = nullptr;
}

const char* meta_or_none(const std::string& meta) {
    return meta.empty() ? nullptr : meta.data();
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    const Shared& shared = *static_cast<Shared*>(stream->private_data);
    constexpr std::int64_t nullable = 2;
    auto family = std::make_unique<Family<ArrowSchema>>();
    family->shared = shared;
    for (const Laid& c : shared->columns) {
        family->members.push_back({c.format, c.name.c_str(), meta_or_none(c.meta), nullable, 0, nullptr,
                                   nullptr, &release_child<ArrowSchema>, nullptr});
    }
    for (ArrowSchema& member : family->members) family->pointers.push_back(&member);
    *out = {"+s",
            "",
            meta_or_none(shared->meta),
            0,
            static_cast<std::int64_t>(family->members.size()),
            family->pointers.data(),
            nullptr,
            &release<ArrowSchema>,
            nullptr};
    out->private_data = family.release();
    return 0;
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
    const Shared& shared = *static_cast<Shared*>(stream->private_data);
    if (shared->sent) {
        *out = {};
        return 0;
    }
    shared->sent = true;
    auto family = std::make_unique<Family<ArrowArray>>();
    family->shared = shared;
    for (Laid& c : shared->columns) {
        family->members.push_back({shared->rows, c.nulls, 0, c.buffer_count, 0, c.buffers, nullptr, nullptr,
                                   &release_child<ArrowArray>, nullptr});
    }
    for (ArrowArray& member : family->members) family->pointers.push_back(&member);
    *out = {shared->rows,
            0,
            0,
            1,
            static_cast<std::int64_t>(family->members.size()),
            &family->no_buffer,
            family->pointers.data(),
            nullptr,
            &release<ArrowArray>,
            nullptr};
    out->private_data = family.release();
    return 0;
}

const char* get_last_error(ArrowArrayStream*) {
    return nullptr;
}

void release_stream(ArrowArrayStream* stream) {
    delete static_cast<Shared*>(stream->private_data);
    stream->release = nullptr;
}

void destroy_capsule(PyObject* capsule) {
    auto* const stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
    if (stream->release != nullptr) stream->release(stream);
    delete stream;
}

py::capsule stream_of(Shared shared) {
    // Short texts lie inside their std::string: point again now that nothing moves any more.
    for (Laid& c : shared->columns) {
        if (c.buffer_count == 3) c.buffers[2] = c.text.data();
    }
    auto stream = std::make_unique<ArrowArrayStream>();
    *stream = {&get_schema, &get_next, &get_last_error, &release_stream, new Shared(std::move(shared))};
    return py::capsule(stream.release(), "arrow_array_stream", &destroy_capsule);
}

}  // namespace

py::capsule arrow_stream_of(const Table& table) {
    auto shared = std::make_shared<Exported>();
    shared->rows = static_cast<std::int64_t>(table.row_count());
    shared->columns.reserve(table.columns().size());
    for (const Column& column : table.columns()) shared->columns.push_back(lay_out(column));
    return stream_of(std::move(shared));
}

py::capsule arrow_stream_of(const ArrowLayer& layer) {
    auto shared = std::make_shared<Exported>();
    shared->rows = static_cast<std::int64_t>(layer.wkb.size());
    shared->meta = packed({{"wardmap_areas", layer.meta}});
    shared->columns.reserve(layer.columns.size() + 1);
    for (const Column& column : layer.columns) shared->columns.push_back(lay_out(column));
    shared->columns.push_back(lay_out_shapes(layer.wkb, layer.shape_meta));
    return stream_of(std::move(shared));
}

}  // namespace wardmap
