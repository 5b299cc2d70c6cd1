#include "wardmap/figure/palette.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/scene/color_sight.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <span>

namespace wardmap {
namespace {

struct Palette {
    std::string_view name;
    PaletteKind kind;
    std::array<std::string_view, 7> anchors;  ///< those not needed are empty
};

// Anchors at even lightness, so that any number of classes between them is even too.
constexpr std::array palettes{
    Palette{"Blues", PaletteKind::sequential, {"#C7E5F0", "#6EADD3", "#3170AC", "#1D386B"}},
    Palette{"Greens", PaletteKind::sequential, {"#C4E8D1", "#60B68D", "#267B54", "#104228"}},
    Palette{"Teals", PaletteKind::sequential, {"#B9E9E7", "#3CB4B3", "#017980", "#003F4B"}},
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

std::vector<Color> anchors_of(const Palette& palette) {
    std::vector<Color> anchors;
    for (const auto text : palette.anchors) {
        if (!text.empty()) {
            anchors.push_back(color_from_hex(text));
        }
    }
    return anchors;
}

std::size_t most_colors(const Palette& palette) {
    constexpr std::size_t most_classes = 12;
    return palette.kind == PaletteKind::categorical ? anchors_of(palette).size() : most_classes;
}

}  // namespace

std::vector<Color> palette_colors(std::string_view name, std::size_t k) {
    const Palette& palette = find_palette(name);
    const std::vector<Color> anchors = anchors_of(palette);
    const std::size_t most = most_colors(palette);
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

std::size_t palette_size(std::string_view name) {
    return most_colors(find_palette(name));
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
