/// \file
/// Texts of a chart that remember where they stand, so that a test can see that none covers another.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <string>
#include <utility>
#include <vector>

namespace wardmap {

/// Draws texts into groups and keeps their boxes.
class PlotText {
public:
    explicit PlotText(const TextMeasure& measure) : measure_(&measure) {}

    const TextMeasure& measure() const noexcept { return *measure_; }

    /// One line; (x, y) is on the base line.
    void draw(Group& into, const std::string& text, double x, double y, const TextStyle& style,
              TextAnchor anchor, const Color& color) {
        add_text(into, text, x, y, style, anchor, color);
        keep(text, text_box(text, x, y, style, anchor, *measure_));
    }

    /// Of a text that was drawn otherwise.
    void keep(std::string text, const Box& box) { labels_.push_back({{}, std::move(text), box, false, {}}); }

    const std::vector<PlacedLabel>& labels() const noexcept { return labels_; }
    std::vector<PlacedLabel> take() { return std::move(labels_); }

private:
    const TextMeasure* measure_;
    std::vector<PlacedLabel> labels_{};
};

}  // namespace wardmap
