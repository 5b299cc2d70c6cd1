#include "wardmap/cluster/weight_style.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/suggest.hpp"

#include <array>
#include <string>

namespace wardmap {

WeightStyle parse_weight_style(std::string_view text) {
    for (const WeightStyle style : {WeightStyle::row, WeightStyle::binary}) {
        if (text == name_of(style)) return style;
    }
    const std::array<std::string, 2> names{"row", "binary"};
    throw UsageError("there is no style of weights '" + std::string(text) + "'", {},
                     did_you_mean(text, names));
}

std::string_view name_of(WeightStyle style) noexcept {
    return style == WeightStyle::row ? "row" : "binary";
}

double weight_of_each(WeightStyle style, std::size_t neighbours) noexcept {
    return style == WeightStyle::binary || neighbours == 0 ? 1.0 : 1.0 / static_cast<double>(neighbours);
}

}  // namespace wardmap
