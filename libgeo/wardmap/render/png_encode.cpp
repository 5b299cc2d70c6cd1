#include "wardmap/render/png_encode.hpp"

#include "wardmap/render/compress.hpp"
#include "wardmap/render/row_deflate.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <span>

namespace wardmap {
namespace {

void append_be32(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<unsigned char>(value >> shift & 255U));
    }
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
    append_be32(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t start = out.size();
    out += type;
    out += data;
    append_be32(out, libdeflate_crc32(0, out.data() + start, out.size() - start));
}

char channel(std::uint32_t color, int shift) {
    return static_cast<char>(static_cast<unsigned char>(color >> shift & 255U));
}

bool is_like_above(const PixelView& pixels, int y) {
    return y > 0 && std::ranges::equal(pixels.row(y), pixels.row(y - 1));
}

/// The colours of a drawing and how many pixels have each, as long as there are not too many.
class ColorTable {
public:
    struct Entry {
        std::uint32_t color = 0;
        std::uint32_t index = 0;  ///< in the order found
        bool is_used = false;
    };

    /// Index of the colour; nothing if it is new and there is no room for it.
    std::optional<std::uint32_t> index_of(std::uint32_t color) {
        std::size_t at = color * 2654435761U >> 20;  // Knuth's multiplicative hash, 12 bits
        while (slots_[at].is_used && slots_[at].color != color) at = (at + 1) % slots_.size();
        if (!slots_[at].is_used) {
            if (colors_.size() == most) return std::nullopt;
            slots_[at] = {color, static_cast<std::uint32_t>(colors_.size()), true};
            colors_.push_back(color);
            counts_.push_back(0);
        }
        return slots_[at].index;
    }
    void count(std::uint32_t index, std::size_t pixels) { counts_[index] += pixels; }

    const std::vector<std::uint32_t>& colors() const { return colors_; }
    const std::vector<std::size_t>& counts() const { return counts_; }

private:
    static constexpr std::size_t most = 1500;
    std::array<Entry, 4096> slots_{};
    std::vector<std::uint32_t> colors_{};
    std::vector<std::size_t> counts_{};
};

struct Palette {
    std::vector<std::uint32_t> colors{};  ///< at most 256
    std::vector<unsigned char> place{};   ///< of each colour of the table
};

/// The colours of the picture if there are at most 256. Else the 128 most frequent, then one at a time the
/// one farthest from those chosen: what is left, some pixels on edges, is replaced by the nearest. No palette
/// if one of them would be more than `tolerance` of 255 off in a channel.
std::optional<Palette> palette_of(const ColorTable& table) {
    constexpr int tolerance = 12;
    constexpr std::size_t most = 256;
    constexpr std::size_t frequent = 128;
    const std::vector<std::uint32_t>& colors = table.colors();
    std::vector<std::size_t> order(colors.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const std::size_t na = table.counts()[a];
        const std::size_t nb = table.counts()[b];
        return na != nb ? na > nb : colors[a] < colors[b];
    });
    // Beside one another in that order, so that the compiler takes several at a time.
    std::array<std::vector<std::int16_t>, 3> channels;
    for (std::vector<std::int16_t>& channel : channels) channel.resize(colors.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::size_t c = 0; c < 3; ++c)
            channels[c][i] = static_cast<std::int16_t>(colors[order[i]] >> 8 * c & 255U);
    }
    std::vector<std::int16_t> off(colors.size(), 256);  // of each colour from the nearest chosen
    std::vector<std::int16_t> nearest(colors.size());   // its place in the palette
    Palette palette;
    const auto choose = [&](std::size_t chosen) {
        const auto place = static_cast<std::int16_t>(palette.colors.size());
        palette.colors.push_back(colors[order[chosen]]);
        const std::array<std::int16_t, 3> from{channels[0][chosen], channels[1][chosen], channels[2][chosen]};
        for (std::size_t i = 0; i < off.size(); ++i) {
            std::int16_t distance = 0;
            for (std::size_t c = 0; c < 3; ++c) {
                const auto apart = static_cast<std::int16_t>(std::abs(channels[c][i] - from[c]));
                distance = apart > distance ? apart : distance;
            }
            nearest[i] = distance < off[i] ? place : nearest[i];
            off[i] = distance < off[i] ? distance : off[i];
        }
    };
    const std::size_t as_they_come = colors.size() <= most ? colors.size() : frequent;
    for (std::size_t i = 0; i < as_they_come; ++i) choose(i);
    while (palette.colors.size() < std::min(most, colors.size()))
        choose(static_cast<std::size_t>(std::ranges::max_element(off) - off.begin()));
    if (*std::ranges::max_element(off) > tolerance) return std::nullopt;
    palette.place.resize(colors.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        palette.place[order[i]] = static_cast<unsigned char>(nearest[i]);
    return palette;
}

/// A picture of few colours: each row as runs of pixels of one, by the index of that colour.
struct Drawn {
    struct Run {
        std::uint16_t color = 0;
        std::uint16_t pixels = 0;
    };
    ColorTable table{};
    std::vector<Run> runs{};
    std::vector<std::size_t> starts{};  ///< of each row's runs, and of a row after the last
};

/// Behind the last pixel that is like the one at `first`: two at a time, as most runs are short, then eight.
std::size_t end_of_run(std::span<const std::uint32_t> row, std::size_t first) {
    std::size_t end = first + 1;
    const std::uint64_t two = std::uint64_t{row[first]} << 32U | row[first];
    const auto differ = [&](std::size_t at) {
        std::uint64_t next = 0;
        std::memcpy(&next, row.data() + at, sizeof next);
        return next ^ two;
    };
    const std::size_t short_end = std::min(first + 9, row.size());
    while (end + 2 <= short_end && differ(end) == 0) end += 2;
    if (end == first + 9) {
        while (end + 8 <= row.size() &&
               (differ(end) | differ(end + 2) | differ(end + 4) | differ(end + 6)) == 0)
            end += 8;
        while (end + 2 <= row.size() && differ(end) == 0) end += 2;
    }
    while (end < row.size() && row[end] == row[first]) ++end;
    return end;
}

/// Nothing if there are too many colours.
std::optional<Drawn> runs_of(const PixelView& pixels) {
    Drawn drawn;
    for (int y = 0; y < pixels.height; ++y) {
        const std::size_t start = drawn.runs.size();
        const std::size_t before = drawn.starts.empty() ? 0 : drawn.starts.back();
        drawn.starts.push_back(start);
        if (is_like_above(pixels, y)) {
            for (std::size_t i = before; i < start; ++i) {
                const Drawn::Run run = drawn.runs[i];
                drawn.table.count(run.color, run.pixels);
                drawn.runs.push_back(run);
            }
            continue;
        }
        const std::span<const std::uint32_t> row = pixels.row(y);
        for (std::size_t first = 0; first < row.size();) {
            const std::size_t end = end_of_run(row, first);
            const std::optional<std::uint32_t> index = drawn.table.index_of(row[first]);
            if (!index) return std::nullopt;
            drawn.table.count(*index, end - first);
            drawn.runs.push_back(
                {static_cast<std::uint16_t>(*index), static_cast<std::uint16_t>(end - first)});
            first = end;
        }
    }
    drawn.starts.push_back(drawn.runs.size());
    return drawn;
}

/// Rows as PNG wants them: a filter byte ("none"), then one byte a pixel.
std::string indexed_rows(const PixelView& pixels, const Drawn& drawn, const Palette& palette) {
    const std::size_t row_bytes = static_cast<std::size_t>(pixels.width) + 1;
    const std::size_t bytes = row_bytes * static_cast<std::size_t>(pixels.height);
    constexpr std::size_t at_once = 8;
    std::string out(bytes + at_once, '\0');
    for (std::size_t y = 0; y + 1 < drawn.starts.size(); ++y) {
        char* to = out.data() + y * row_bytes;
        *to++ = 0;  // an earlier row may have run over it
        for (std::size_t i = drawn.starts[y]; i < drawn.starts[y + 1]; ++i) {
            const Drawn::Run run = drawn.runs[i];
            // Most runs are short: eight pixels at once, of which later runs take back what is too much.
            const std::uint64_t eight = palette.place[run.color] * 0x0101010101010101U;
            std::memcpy(to, &eight, at_once);
            if (run.pixels > at_once)
                std::memset(to + at_once, palette.place[run.color], run.pixels - at_once);
            to += run.pixels;
        }
    }
    out.resize(bytes);
    return out;
}

/// The same with three bytes a pixel.
std::string rgb_rows(const PixelView& pixels) {
    std::string out(
        (static_cast<std::size_t>(pixels.width) * 3 + 1) * static_cast<std::size_t>(pixels.height), '\0');
    char* to = out.data();
    for (int y = 0; y < pixels.height; ++y) {
        ++to;
        for (const std::uint32_t pixel : pixels.row(y)) {
            *to++ = channel(pixel, 16);
            *to++ = channel(pixel, 8);
            *to++ = channel(pixel, 0);
        }
    }
    return out;
}

std::string packed(const std::string& rows, std::size_t row_bytes, PngPacking packing) {
    constexpr int level = 3;  // of libdeflate: four fifths of the time of level 4 for a file 0.3% larger
    const bool quick = packing == PngPacking::quick && row_bytes <= most_row_bytes;
    return quick ? packed_rows(rows, row_bytes) : zlib_compressed(rows, level);
}

}  // namespace

std::string png_bytes(const PixelView& pixels, double dpi, PngPacking packing,
                      const std::vector<std::pair<std::string, std::string>>& texts) {
    const std::optional<Drawn> drawn = runs_of(pixels);
    const std::optional<Palette> palette = drawn ? palette_of(drawn->table) : std::nullopt;

    std::string out("\x89PNG\r\n\x1a\n", 8);
    std::string header;
    append_be32(header, static_cast<std::uint32_t>(pixels.width));
    append_be32(header, static_cast<std::uint32_t>(pixels.height));
    // 8 bit; colours from a palette or red, green, blue; deflate; filters; not interlaced
    header += std::string(palette ? "\x08\x03\x00\x00\x00" : "\x08\x02\x00\x00\x00", 5);
    append_chunk(out, "IHDR", header);

    std::string density;
    const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
    append_be32(density, per_metre);
    append_be32(density, per_metre);
    density += '\x01';  // the unit is the metre
    append_chunk(out, "pHYs", density);
    for (const auto& [keyword, text] : texts) {
        // Keyword, not compressed, no language, no translated keyword, text.
        if (!text.empty()) append_chunk(out, "iTXt", keyword + std::string(5, '\0') + text);
    }
    if (palette) {
        std::string colors;
        for (const std::uint32_t color : palette->colors) {
            for (const int shift : {16, 8, 0}) colors += channel(color, shift);
        }
        append_chunk(out, "PLTE", colors);
    }
    const std::size_t row_bytes = static_cast<std::size_t>(pixels.width) * (palette ? 1 : 3) + 1;
    append_chunk(
        out, "IDAT",
        packed(palette ? indexed_rows(pixels, *drawn, *palette) : rgb_rows(pixels), row_bytes, packing));
    append_chunk(out, "IEND", {});
    return out;
}

}  // namespace wardmap
