#pragma once

#include "wardmap/scene/text_measure.hpp"

namespace wardmap {

/// Every letter half as wide as its size is high: enough where the shape of letters does not matter.
class EvenMeasure : public TextMeasure {
public:
    double width_mm(std::string_view text, const TextStyle& style) const override {
        double letters = 0;
        for (const char c : text) {
            letters += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
        }
        return letters * style.size_pt * mm_per_pt * (style.weight == FontWeight::bold ? 0.55 : 0.5);
    }
};

}  // namespace wardmap
