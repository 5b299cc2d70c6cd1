#include "wardmap/figure/palette.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/suggest.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <span>

namespace wardmap {
namespace {

/// CIELAB under D65: equal steps look about equal.
struct Lab {
    double l = 0;
    double a = 0;
    double b = 0;
};

constexpr double white_x = 0.95047;
constexpr double white_z = 1.08883;
constexpr double lab_epsilon = 216.0 / 24389;
constexpr double lab_kappa = 24389.0 / 27;

double linear_of(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::uint8_t channel_of(double linear) {
    const double c = std::clamp(linear, 0.0, 1.0);
    const double encoded = c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::lround(255 * encoded));
}

Lab lab_of(const Color& color) {
    const double r = linear_of(color.r);
    const double g = linear_of(color.g);
    const double b = linear_of(color.b);
    const auto f = [](double t) { return t > lab_epsilon ? std::cbrt(t) : (lab_kappa * t + 16) / 116; };
    const double fx = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / white_x);
    const double fy = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    const double fz = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / white_z);
    return {116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

Color color_of(const Lab& lab) {
    const auto f = [](double t) { return t * t * t > lab_epsilon ? t * t * t : (116 * t - 16) / lab_kappa; };
    const double fy = (lab.l + 16) / 116;
    const double x = white_x * f(fy + lab.a / 500);
    const double y = f(fy);
    const double z = white_z * f(fy - lab.b / 200);
    return {channel_of(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
            channel_of(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
            channel_of(0.0556434 * x - 0.2040259 * y + 1.0572252 * z), 1};
}

struct Palette {
    std::string_view name;
    PaletteKind kind;
    std::array<std::string_view, 7> anchors;  ///< those not needed are empty
};

// Anchors at even lightness, so that any number of classes between them is even too.
constexpr std::array palettes{
    Palette{"Blues", PaletteKind::sequential, {"#C7E5F0", "#6EADD3", "#3170AC", "#1D386B"}},
    Palette{"Greens", PaletteKind::sequential, {"#C4E8D1", "#60B68D", "#267B54", "#104228"}},
    Palette{"Teals", PaletteKind::sequential, {"#B9E9E7", "#3FB6B5", "#017980", "#003F4B"}},
    Palette{"Purples", PaletteKind::sequential, {"#E7DBF1", "#B899D8", "#7D5DAF", "#402D6F"}},
    Palette{"Oranges", PaletteKind::sequential, {"#FCDAB8", "#EC8F41", "#AE5222", "#612811"}},
    Palette{"Reds", PaletteKind::sequential, {"#FBD8CF", "#F3877E", "#C23D4C", "#721027"}},
    Palette{"Greys", PaletteKind::sequential, {"#DFDFDF", "#A6A6A6", "#6D6D6D", "#393939"}},
    Palette{"PuOr",
            PaletteKind::diverging,
            {"#864210", "#D37B1F", "#F3C390", "#F4F0ED", "#D1C7E8", "#9B86C7", "#5F4791"}},
    Palette{"RdBu",
            PaletteKind::diverging,
            {"#A41F2B", "#E46D56", "#FABFAA", "#F4F0ED", "#A5D3E7", "#3799D1", "#01598B"}},
    Palette{
        "AF", PaletteKind::categorical, {"#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"}},
};

const Palette& find_palette(std::string_view name) {
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    };
    for (const Palette& palette : palettes) {
        if (std::equal(name.begin(), name.end(), palette.name.begin(), palette.name.end(), same)) {
            return palette;
        }
    }
    throw NameUnknown("there is no palette '" + std::string(name) + "'", {},
                      did_you_mean(name, palette_names()));
}

}  // namespace

std::vector<Color> palette_colors(std::string_view name, std::size_t k) {
    const Palette& palette = find_palette(name);
    std::vector<Color> anchors;
    for (const auto text : palette.anchors) {
        if (!text.empty()) {
            anchors.push_back(color_from_hex(text));
        }
    }
    const std::size_t most = palette.kind == PaletteKind::categorical ? anchors.size() : 12;
    if (k == 0 || k > most) {
        throw UsageError(
            "the palette '" + std::string(palette.name) + "' cannot give " + std::to_string(k) + " colours",
            {}, "ask for 1 to " + std::to_string(most));
    }
    if (palette.kind == PaletteKind::categorical) {
        return {anchors.begin(), anchors.begin() + static_cast<long>(k)};
    }
    std::vector<Color> colors;
    for (std::size_t i = 0; i < k; ++i) {
        const double share = k == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(k - 1);
        const double place = share * static_cast<double>(anchors.size() - 1);
        const auto low = std::min(static_cast<std::size_t>(place + 1e-9), anchors.size() - 2);
        const double rest = place - static_cast<double>(low);
        const Lab from = lab_of(anchors[low]);
        const Lab to = lab_of(anchors[low + 1]);
        colors.push_back(color_of(
            {std::lerp(from.l, to.l, rest), std::lerp(from.a, to.a, rest), std::lerp(from.b, to.b, rest)}));
    }
    return colors;
}

PaletteKind palette_kind(std::string_view name) {
    return find_palette(name).kind;
}

std::vector<std::string> palette_names() {
    std::vector<std::string> names;
    for (const Palette& palette : palettes) {
        names.emplace_back(palette.name);
    }
    return names;
}

Color ink_on(const Color& fill) {
    constexpr double enough = 4.5;
    constexpr Color near_black{0x0b, 0x0c, 0x0c, 1};
    constexpr Color white{0xff, 0xff, 0xff, 1};
    constexpr Color black{0, 0, 0, 1};
    if (contrast(near_black, fill) >= enough) {
        return near_black;
    }
    return contrast(white, fill) >= enough ? white : black;
}

}  // namespace wardmap
