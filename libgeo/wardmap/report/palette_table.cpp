#include "wardmap/report/palette_table.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/scene/color_sight.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

namespace wardmap {
namespace {

std::string kind_words(PaletteKind kind) {
    switch (kind) {
        case PaletteKind::sequential:
            return "sequential";
        case PaletteKind::diverging:
            return "diverging";
        case PaletteKind::categorical:
            break;
    }
    return "categorical";
}

/// Colours of the palette, or as many as it has.
std::vector<Color> colors_of(const std::string& name, std::size_t k) {
    if (palette_kind(name) == PaletteKind::categorical) k = std::min(k, palette_size(name));
    return palette_colors(name, k);
}

}  // namespace

Table palette_table(std::size_t k, SightColumns sights) {
    if (k < 2 || k > 12) throw UsageError("palettes are listed for 2 to 12 classes", {}, "give --k 5");
    const Color white{0xff, 0xff, 0xff, 1};
    const std::vector<std::string> names = palette_names();
    std::vector<std::string> kinds, shown;
    std::vector<double> classes, on_white, beside, ink;
    std::vector<std::vector<double>> distances(all_sights.size());
    for (const std::string& name : names) {
        const std::vector<Color> colors = colors_of(name, k);
        const PaletteKind kind = palette_kind(name);
        kinds.push_back(kind_words(kind));
        classes.push_back(static_cast<double>(colors.size()));
        std::string all;
        double palest = std::numeric_limits<double>::infinity();
        double neighbours = palest;
        double text = palest;
        for (std::size_t i = 0; i < colors.size(); ++i) {
            all += (i == 0 ? "" : " ") + hex(colors[i]);
            palest = std::min(palest, contrast(colors[i], white));
            text = std::min(text, contrast(ink_on(colors[i]), colors[i]));
            if (i > 0) neighbours = std::min(neighbours, contrast(colors[i - 1], colors[i]));
        }
        shown.push_back(std::move(all));
        on_white.push_back(round_half_away(palest, 2));
        beside.push_back(round_half_away(neighbours, 2));
        ink.push_back(round_half_away(text, 2));
        const ColorPairs pairs = kind == PaletteKind::categorical ? ColorPairs::all : ColorPairs::neighbours;
        for (std::size_t s = 0; s < all_sights.size(); ++s) {
            distances[s].push_back(
                round_half_away(closest_colors(colors, pairs, {&all_sights[s], 1}).distance, 1));
        }
    }
    std::vector<Column> columns{Column::text("palette", names),
                                Column::text("kind", std::move(kinds)),
                                Column::numbers("classes", std::move(classes)),
                                Column::text("colours", std::move(shown)),
                                Column::numbers("contrast_white", std::move(on_white)),
                                Column::numbers("contrast_neighbours", std::move(beside)),
                                Column::numbers("contrast_ink", std::move(ink))};
    for (std::size_t s = 0; sights == SightColumns::shown && s < all_sights.size(); ++s)
        columns.push_back(Column::numbers(std::string(name_of(all_sights[s])), std::move(distances[s])));
    TableMeta meta;
    meta.title = "Palettes";
    return Table(std::move(columns), std::move(meta));
}

}  // namespace wardmap
