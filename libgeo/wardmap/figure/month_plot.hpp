/// \file
/// Where things stand in a chart of months: panels above each other over one axis, words at the right.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/month_axis.hpp"
#include "wardmap/figure/value_axis.hpp"
#include "wardmap/indicator/month_series.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// One line of a panel.
struct MonthLine {
    std::string name{};                           ///< at its right end
    std::string end_value{};                      ///< below the name
    std::vector<std::optional<double>> values{};  ///< of every month of the axis
    LineInk ink{};
};

/// A stretch of the page with an upright axis of its own.
struct MonthPanel {
    std::string heading{};  ///< above it, in bold; empty: none, names stand at the right ends of the lines
    Color heading_color{};
    std::vector<MonthLine> lines{};
    ValueAxis axis;
};

/// Panels placed on the page of a frame.
class MonthPlot {
public:
    MonthPlot(const Frame& frame, const MonthSeries& series, std::vector<MonthPanel> panels,
              std::span<const TimeBand> bands, const FigureOptions& options, const TextMeasure& measure);

    const MonthAxis& axis() const noexcept { return axis_; }
    const std::vector<MonthPanel>& panels() const noexcept { return panels_; }
    double bottom_mm() const noexcept { return bottom_mm_; }
    Point at(const MonthPanel& panel, std::size_t month, double value) const {
        return {axis_.x(month), panel.axis.y(value)};
    }

    /// Bands, grid, numbers, the axis of months, headings, notes of bands, "no data".
    void draw_ground(Group& into, PlotText& texts) const;
    /// A last month that is not whole is dashed.
    void draw_lines(Group& into) const;
    /// Names and values at the right ends of the lines.
    void draw_names(Group& into, PlotText& texts) const;
    /// "The band 'note' lies before or after the months shown": one for each such band.
    std::vector<std::string> log() const;

private:
    std::vector<EndLabel> labels_of(const MonthPanel& panel) const;

    const MonthSeries* series_;
    std::vector<MonthPanel> panels_;
    TypeSizes sizes_{};
    MonthAxis axis_;
    TimeBands bands_;
    double label_left_mm_ = 0;
    double label_width_mm_ = 0;
    double ground_top_mm_ = 0;
    double ground_bottom_mm_ = 0;
    double bottom_mm_ = 0;
};

/// Height for the plot itself on the slot's page: what titles, notes and axis leave, at least `least_mm`, and
/// flat enough for time to be read.
double plot_height_mm(const Frame& frame, Slot slot, double taken_mm, double least_mm);

/// The largest of the values that are there; 0 if there is none.
double largest_of(std::span<const std::optional<double>> values);

}  // namespace wardmap
