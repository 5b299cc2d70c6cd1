#include "wardmap/render/raster.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace wardmap {
namespace {

/// Red, green and blue of 0x00RRGGBB, 16 bits each.
constexpr std::uint64_t apart(std::uint32_t rgb) {
    return (std::uint64_t{rgb} & 0xFF0000U) << 16U | (rgb & 0xFF00U) << 8U | (rgb & 0xFFU);
}

/// `above` taken times its share, with `below` for the rest, rounded: the three channels at once, none of
/// which reaches 2^16. x / 255 rounds as (x + 128 + (x + 128) / 256) / 256 does, for all x up to 255 * 255.
std::uint32_t mixed(std::uint32_t below, std::uint64_t above_times_share, std::uint32_t rest) {
    constexpr std::uint64_t ones = 0x0000000100010001U;
    std::uint64_t sum = above_times_share + apart(below) * rest + ones * 128;
    sum = (sum + (sum >> 8U & ones * 255)) >> 8U & ones * 255;
    return static_cast<std::uint32_t>(sum >> 16U & 0xFF0000U) |
           static_cast<std::uint32_t>(sum >> 8U & 0xFF00U) | static_cast<std::uint32_t>(sum & 0xFFU);
}

/// The first of the levels from `x` on that is something, or `end`; eight at a time.
int end_of_nothing(const std::uint8_t* levels, int x, int end) {
    for (; x + 8 <= end; x += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, levels + x, sizeof eight);
        if (eight != 0) break;
    }
    while (x < end && levels[x] == 0) ++x;
    return x;
}

}  // namespace

void RasterBand::Extent::add(int from, int to) {
    left = std::min(left, from);
    right = std::max(right, to);
}

RasterBand::RasterBand(std::span<std::uint32_t> pixels, int width, int top, int height, int levels)
    : pixels_(pixels),
      width_(width),
      top_(top),
      height_(height),
      levels_(static_cast<float>(levels)),
      turns_(static_cast<std::size_t>(width + 2) * static_cast<std::size_t>(height)),
      turned_(static_cast<std::size_t>(height)),
      lines_(static_cast<std::size_t>(line_stride()) * static_cast<std::size_t>(height)),
      lined_(static_cast<std::size_t>(height)) {
    for (int level = 0; level <= levels; ++level)
        share_of_level_.push_back((level * 255 + levels / 2) / levels);
}

void RasterBand::move_to(std::span<std::uint32_t> pixels, int top, int height) {
    pixels_ = pixels;
    top_ = top;
    height_ = height;
}

void RasterBand::add_ring(std::span<const PixelPoint> ring) {
    if (ring.size() < 2) return;
    PixelPoint last = ring.back();
    for (const PixelPoint point : ring) {
        add_edge(last, point);
        last = point;
    }
}

void RasterBand::add_edge(PixelPoint a, PixelPoint b) {
    const auto top = static_cast<float>(top_);
    a.y -= top;
    b.y -= top;
    const float turn = a.y < b.y ? 1.0F : -1.0F;
    if (a.y > b.y) std::swap(a, b);
    const float end = std::min(b.y, static_cast<float>(height_));
    if (a.y == b.y || end <= 0 || a.y >= end) return;
    const float slope = (b.x - a.x) / (b.y - a.y);
    if (a.y < 0) a = {a.x - a.y * slope, 0};
    for (int row = static_cast<int>(a.y); a.y < end; ++row) {
        const float next = std::min(static_cast<float>(row + 1), end);
        const float x = next == b.y ? b.x : a.x + slope * (next - a.y);
        add_edge_in_row(row, a.x, x, turn * (next - a.y));
        a = {x, next};
    }
}

void RasterBand::add_edge_in_row(int row, float from, float to, float height) {
    const auto most = static_cast<float>(width_);
    const float left = std::clamp(std::min(from, to), 0.0F, most);
    const float right = std::clamp(std::max(from, to), 0.0F, most);
    const int first = static_cast<int>(left);
    const int last = static_cast<int>(right);
    turned_[static_cast<std::size_t>(row)].add(first, last + 1);
    float* const turns = turns_.data() + static_cast<std::ptrdiff_t>(row) * (width_ + 2);
    // Of each pixel the edge turns the share to its right, and all pixels after it wholly.
    const auto add = [&](int pixel, float part, float middle) {
        const float beyond = part * (middle - static_cast<float>(pixel));
        turns[pixel] += part - beyond;
        turns[pixel + 1] += beyond;
    };
    if (first == last) return add(first, height, (left + right) / 2);
    const float per_pixel = height / (right - left);
    float at = left;
    for (int pixel = first; at < right; ++pixel) {
        const float next = std::min(static_cast<float>(pixel + 1), right);
        add(pixel, (next - at) * per_pixel, (at + next) / 2);
        at = next;
    }
}

/// Calls `take(row, from, to, level)` for runs of pixels of one level, and forgets what was added.
template <typename Take>
void RasterBand::take_fill(FillRule rule, const Take& take) {
    for (int row = 0; row < height_; ++row) {
        Extent& turned = turned_[static_cast<std::size_t>(row)];
        if (turned.right < 0) continue;
        float* const turns = turns_.data() + static_cast<std::ptrdiff_t>(row) * (width_ + 2);
        const int end = std::min(turned.right + 1, width_);
        float winding = 0;
        for (int x = turned.left; x < end;) {
            winding += turns[x];
            const float inside = rule == FillRule::winding
                                     ? std::min(std::abs(winding), 1.0F)
                                     : std::abs(winding - 2 * std::floor(winding / 2 + 0.5F));
            const int level = static_cast<int>(inside * levels_ + 0.5F);
            const int from = x;
            do {
                ++x;
            } while (x < end && turns[x] == 0);
            if (level > 0) take(row, from, x, level);
        }
        std::fill(turns + turned.left, turns + turned.right + 1, 0.0F);
        turned = {};
    }
}

void RasterBand::fill(FillRule rule, const PixelInk& ink) {
    take_fill(rule, [&](int row, int from, int to, int level) {
        blend(row, from, to, share_of_level_[static_cast<std::size_t>(level)], ink);
    });
}

void RasterBand::clip(FillRule rule) {
    clip_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), 0);
    take_fill(rule, [&](int row, int from, int to, int level) {
        const auto start = clip_.begin() + static_cast<std::ptrdiff_t>(row) * width_;
        std::fill(start + from, start + to, static_cast<std::uint8_t>(level));
    });
}

void RasterBand::blend(int row, int from, int to, int share, const PixelInk& ink) {
    const auto start = pixels_.begin() + static_cast<std::ptrdiff_t>(row) * width_;
    const int opacity = ink.opacity == 255 ? share : (share * ink.opacity + 127) / 255;
    if (opacity == 255) {
        std::fill(start + from, start + to, ink.rgb);
    } else {
        const auto share_of_ink = static_cast<std::uint32_t>(opacity);
        const std::uint64_t above = apart(ink.rgb) * share_of_ink;
        std::for_each(start + from, start + to,
                      [&](std::uint32_t& pixel) { pixel = mixed(pixel, above, 255 - share_of_ink); });
    }
}

bool RasterBand::is_all(const PixelInk& ink, PixelPoint from, PixelPoint to) const {
    const auto within = [](float at, int most) {
        return static_cast<std::ptrdiff_t>(std::clamp(at, 0.0F, static_cast<float>(most)));
    };
    const auto top = static_cast<float>(top_);
    const std::ptrdiff_t left = within(std::floor(from.x), width_);
    const std::ptrdiff_t right = within(std::ceil(to.x), width_);
    for (std::ptrdiff_t y = within(std::floor(from.y - top), height_);
         y < within(std::ceil(to.y - top), height_); ++y) {
        const auto row = pixels_.begin() + y * width_;
        if (!std::all_of(row + left, row + right, [&](std::uint32_t pixel) { return pixel == ink.rgb; }))
            return false;
    }
    return true;
}

void RasterBand::add_line(std::span<const PixelPoint> line, float width, LineEnds ends) {
    const bool butt = ends == LineEnds::butt;
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
        add_segment({line[i], line[i + 1], butt && i == 0, butt && i + 2 == line.size()}, width);
}

void RasterBand::add_segment(const Segment& segment, float width) {
    const auto top = static_cast<float>(top_);
    const PixelPoint a{segment.a.x, segment.a.y - top};
    const PixelPoint b{segment.b.x, segment.b.y - top};
    const float reach = width / 2 + 0.5F;  // of the middle of a pixel that the line just touches
    const float most = std::min(width, 1.0F);
    if (std::max(a.y, b.y) + reach < 0) return;
    const int first = std::max(0, static_cast<int>(std::min(a.y, b.y) - reach));
    const int last = static_cast<int>(std::min(std::max(a.y, b.y) + reach, static_cast<float>(height_ - 1)));
    const float dx = b.x - a.x;
    const float dy = b.y - a.y;
    const float squared = dx * dx + dy * dy;
    const float length = std::sqrt(squared);
    const float per_squared = squared > 0 ? 1 / squared : 0;
    const float per_dy = dy != 0 ? 1 / dy : 0;
    const bool has_butt = segment.butt_a || segment.butt_b;
    const float levels_of_all = levels_;
    for (int row = first; row <= last; ++row) {
        const float y = static_cast<float>(row) + 0.5F;
        // The stretch of the segment that this row may be in reach of.
        float low = 0;
        float high = 1;
        if (dy != 0) {
            const float one = (y - reach - a.y) * per_dy;
            const float other = (y + reach - a.y) * per_dy;
            low = std::clamp(std::min(one, other), 0.0F, 1.0F);
            high = std::clamp(std::max(one, other), 0.0F, 1.0F);
        }
        const float x_low = a.x + low * dx;
        const float x_high = a.x + high * dx;
        const float left = std::max(std::min(x_low, x_high) - reach, 0.0F);
        const float right = std::min(std::max(x_low, x_high) + reach, static_cast<float>(width_ - 1));
        if (left > right) continue;
        const int from = static_cast<int>(left);
        const int to = static_cast<int>(right);
        lined_[static_cast<std::size_t>(row)].add(from, to);
        std::uint8_t* const levels = lines_.data() + static_cast<std::ptrdiff_t>(row) * line_stride();
        const float py = y - a.y;
        if (!has_butt) {
            // Most of what strokes take, so without a branch and in whole blocks, which the compiler draws at
            // once. What a block has beyond `to` is out of reach, or beyond the picture.
            for (int block = from; block <= to; block += block_pixels) {
                for (int pixel = block; pixel < block + block_pixels; ++pixel) {
                    const float px = static_cast<float>(pixel) + 0.5F - a.x;
                    float along = (px * dx + py * dy) * per_squared;
                    along = along > 0 ? along : 0;
                    along = along < 1 ? along : 1;
                    const float ex = px - along * dx;
                    const float ey = py - along * dy;
                    float share = reach - std::sqrt(ex * ex + ey * ey);
                    share = share > 0 ? share : 0;
                    share = share < most ? share : most;
                    const auto level =
                        static_cast<std::uint8_t>(static_cast<int>(share * levels_of_all + 0.5F));
                    levels[pixel] = levels[pixel] > level ? levels[pixel] : level;
                }
            }
            continue;
        }
        for (int pixel = from; pixel <= to; ++pixel) {
            const float px = static_cast<float>(pixel) + 0.5F - a.x;
            const float along = (px * dx + py * dy) * per_squared;
            const float nearest = std::clamp(along, segment.butt_a ? std::min(along, 1.0F) : 0.0F,
                                             segment.butt_b ? std::max(along, 0.0F) : 1.0F);
            const float ex = px - nearest * dx;
            const float ey = py - nearest * dy;
            float share = std::min(most, reach - std::sqrt(ex * ex + ey * ey));
            if (segment.butt_a) share *= std::clamp(0.5F + along * length, 0.0F, 1.0F);
            if (segment.butt_b) share *= std::clamp(0.5F + (1 - along) * length, 0.0F, 1.0F);
            if (share <= 0) continue;
            const auto level = static_cast<std::uint8_t>(share * levels_ + 0.5F);
            levels[pixel] = std::max(levels[pixel], level);
        }
    }
}

void RasterBand::stroke(const PixelInk& ink) {
    for (int row = 0; row < height_; ++row) {
        Extent& lined = lined_[static_cast<std::size_t>(row)];
        if (lined.right < 0) continue;
        const std::ptrdiff_t start = static_cast<std::ptrdiff_t>(row) * width_;
        std::uint8_t* const levels = lines_.data() + static_cast<std::ptrdiff_t>(row) * line_stride();
        for (int x = lined.left; x <= lined.right;) {
            if (levels[x] == 0) {
                x = end_of_nothing(levels, x, lined.right + 1);
                continue;
            }
            const int from = x;
            do {
                ++x;
            } while (x <= lined.right && levels[x] == levels[from]);
            const int share = share_of_level_[levels[from]];
            if (clip_.empty()) {
                blend(row, from, x, share, ink);
                continue;
            }
            for (int pixel = from; pixel < x; ++pixel) {
                const int within = share_of_level_[clip_[static_cast<std::size_t>(start + pixel)]];
                if (within > 0) blend(row, pixel, pixel + 1, (share * within + 127) / 255, ink);
            }
        }
        std::fill(levels + lined.left, levels + lined.right + 1, std::uint8_t{0});
        lined = {};
    }
    clip_.clear();
}

}  // namespace wardmap
