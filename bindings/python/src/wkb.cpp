#include "wkb.hpp"

#include "wardmap/base/error.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace wardmap {
namespace {

constexpr std::uint32_t wkb_polygon = 3;
constexpr std::uint32_t wkb_multi_polygon = 6;
constexpr std::uint32_t wkb_collection = 7;

template <typename T>
void append(std::string& out, T value) {
    static_assert(std::endian::native == std::endian::little);
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

void append_polygon(std::string& out, const MultiPolygon& shape, std::size_t p) {
    append(out, std::uint8_t{1});
    append(out, wkb_polygon);
    append(out, shape.polygon_starts[p + 1] - shape.polygon_starts[p]);
    for (std::uint32_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
        append(out, static_cast<std::uint32_t>(shape.ring(r).size()));
        for (const Point point : shape.ring(r)) {
            append(out, point.x);
            append(out, point.y);
        }
    }
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    WkbKind geometry(MultiPolygon& shape, int depth = 0) {
        if (depth > 8) throw InputError("a geometry is nested too deeply");
        swap_ = take<std::uint8_t>() == 0;
        const bool swapped = swap_;
        const auto raw = take<std::uint32_t>();
        std::size_t dimensions = 2;
        if ((raw & 0x80000000U) != 0) ++dimensions;           // EWKB: Z
        if ((raw & 0x40000000U) != 0) ++dimensions;           // EWKB: M
        if ((raw & 0x20000000U) != 0) take<std::uint32_t>();  // EWKB: SRID
        const std::uint32_t code = raw & 0x0FFFFFFFU;
        const std::uint32_t flags = code / 1000;  // ISO: 1 Z, 2 M, 3 ZM
        if (flags == 3)
            dimensions += 2;
        else if (flags != 0)
            ++dimensions;
        const std::uint32_t type = code % 1000;
        if (type == wkb_polygon) return polygon(shape, dimensions);
        if (type != wkb_multi_polygon && type != wkb_collection) {
            skip_other(type, dimensions);
            return WkbKind::other;
        }
        const auto parts = take<std::uint32_t>();
        WkbKind kind = parts == 0 ? WkbKind::empty : WkbKind::other;
        for (std::uint32_t i = 0; i < parts; ++i) {
            const WkbKind part = geometry(shape, depth + 1);
            swap_ = swapped;
            if (part == WkbKind::polygons) kind = WkbKind::polygons;
        }
        return kind;
    }

private:
    template <typename T>
    T take() {
        if (bytes_.size() - at_ < sizeof(T))
            throw InputError("a geometry is cut short or is not Well-Known Binary");
        char raw[sizeof(T)];
        for (std::size_t i = 0; i < sizeof(T); ++i) raw[swap_ ? sizeof(T) - 1 - i : i] = bytes_[at_ + i];
        at_ += sizeof(T);
        T value;
        std::memcpy(&value, raw, sizeof(T));
        return value;
    }

    void skip(std::size_t bytes) {
        if (bytes_.size() - at_ < bytes)
            throw InputError("a geometry is cut short or is not Well-Known Binary");
        at_ += bytes;
    }

    /// Points and lines inside collections must be passed over to find the polygons behind them.
    void skip_other(std::uint32_t type, std::size_t dimensions) {
        if (type == 1) return skip(8 * dimensions);
        if (type == 2) return skip(take<std::uint32_t>() * 8 * dimensions);
        if (type == 4 || type == 5) {
            const auto parts = take<std::uint32_t>();
            MultiPolygon none;
            const bool swapped = swap_;
            for (std::uint32_t i = 0; i < parts; ++i) {
                geometry(none, 1);
                swap_ = swapped;
            }
            return;
        }
        throw InputError("a geometry is of a kind that is not read (WKB type " + std::to_string(type) + ")",
                         {}, "make polygons of it first");
    }

    WkbKind polygon(MultiPolygon& shape, std::size_t dimensions) {
        const auto rings = take<std::uint32_t>();
        if (rings == 0) return WkbKind::empty;
        for (std::uint32_t r = 0; r < rings; ++r) {
            const auto count = take<std::uint32_t>();
            if ((bytes_.size() - at_) / (8 * dimensions) < count)
                throw InputError("a geometry is cut short or is not Well-Known Binary");
            ring_.clear();
            for (std::uint32_t i = 0; i < count; ++i) {
                const double x = take<double>();
                const double y = take<double>();
                skip(8 * (dimensions - 2));
                ring_.push_back({x, y});
            }
            shape.add_ring(ring_);
        }
        shape.end_polygon();
        return WkbKind::polygons;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    bool swap_ = false;
    std::vector<Point> ring_{};
};

}  // namespace

std::string to_wkb(const MultiPolygon& shape) {
    std::string out;
    if (shape.polygon_count() == 1) {
        append_polygon(out, shape, 0);
        return out;
    }
    append(out, std::uint8_t{1});
    append(out, wkb_multi_polygon);
    append(out, static_cast<std::uint32_t>(shape.polygon_count()));
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) append_polygon(out, shape, p);
    return out;
}

WkbKind add_wkb(std::string_view wkb, MultiPolygon& shape) {
    return Reader(wkb).geometry(shape);
}

}  // namespace wardmap
