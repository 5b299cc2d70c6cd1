/// \file
/// Time along the bottom of a chart: months, known breaks as shaded bands, lines that break at gaps.
#pragma once

#include "wardmap/base/period.hpp"
#include "wardmap/figure/plot_text.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/geometry/point.hpp"
#include "wardmap/scene/scene.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// A known break in a series: a change of recording, a lockdown. Both months belong to it.
struct TimeBand {
    Period from{};
    Period to{};
    std::string note{};  ///< at most 50 characters
};

/// Reads "2020-03..2020-06=First lockdown", or "2020-03=..." for one month.
/// \throws UsageError for any other text, months that run backwards, or a note that is too long.
TimeBand parse_time_band(std::string_view text);

/// \throws UsageError for periods that are no months, that run backwards, or a note that is too long or
/// empty.
void check_time_band(const TimeBand& band);

/// Every month has a slot of the same width; its mark stands in the middle.
class MonthAxis {
public:
    /// \pre first is not after last, left_mm < right_mm
    MonthAxis(const Period& first, const Period& last, double left_mm, double right_mm);

    std::size_t months() const noexcept { return months_; }
    double left() const noexcept { return left_mm_; }
    double right() const noexcept { return right_mm_; }
    double slot_mm() const noexcept { return (right_mm_ - left_mm_) / static_cast<double>(months_); }
    double x(std::size_t month) const noexcept {
        return left_mm_ + (static_cast<double>(month) + 0.5) * slot_mm();
    }
    /// Position of a month, also of one before the first or after the last.
    int position(const Period& month) const noexcept;

    /// Height of the ticks with their words: months in one line, where there is room for them, years in the
    /// next.
    double height_mm(const TypeSizes& sizes, const TextMeasure& measure) const;
    /// A tick for each month (for each January where they would be too close); every month, each third,
    /// January and July, or none named, as there is room; the year under January. Never turned.
    void draw(Group& into, double top_mm, const TypeSizes& sizes, PlotText& texts) const;

private:
    struct Named {
        std::size_t month = 0;
        std::string text{};
    };
    Period calendar(std::size_t month) const noexcept;
    std::vector<Named> named_months(const TextStyle& style, const TextMeasure& measure) const;
    bool fit(const std::vector<Named>& names, const TextStyle& style, double gap_mm,
             const TextMeasure& measure) const;

    int first_ = 0;  ///< month_number
    std::size_t months_ = 1;
    double left_mm_ = 0;
    double right_mm_ = 1;
};

/// Bands laid out over an axis: notes stand in lines above the plot, none on another.
class TimeBands {
public:
    /// Bands are cut to the axis; those beyond it are left out.
    TimeBands(std::span<const TimeBand> bands, const MonthAxis& axis, double page_width_mm,
              const TextStyle& style, const TextMeasure& measure);

    /// Height of the notes; 0 if there are none.
    double notes_mm() const noexcept { return height_mm_; }
    /// Notes of bands that have no month on the axis.
    const std::vector<std::string>& beyond() const noexcept { return beyond_; }
    void draw_shades(Group& into, double top_mm, double bottom_mm) const;
    /// \param bottom_mm  where the plot begins
    void draw_notes(Group& into, double bottom_mm, PlotText& texts) const;

private:
    struct Placed {
        double from_mm = 0;
        double to_mm = 0;
        std::vector<std::string> lines{};
        double text_left_mm = 0;
        double text_width_mm = 0;
        double lift_mm = 0;  ///< of the text's bottom above the plot
        double leader_mm = 0;
    };
    double text_height_mm(const Placed& one) const;
    void place_notes(double left_mm, double page_width_mm);
    std::size_t place_in_order(std::span<const std::size_t> order, unsigned ends, double left_mm,
                               double page_width_mm);
    bool meet(const Placed& a, const Placed& b) const;
    bool crosses(const Placed& leader, const Placed& note) const;

    TextStyle style_{};
    std::vector<Placed> placed_{};
    std::vector<std::string> beyond_{};
    double height_mm_ = 0;
};

/// Ink of a line and of its words: words are darker where the line is too pale to read.
struct LineInk {
    Color line{};
    Color text{};
    double width_mm = 0.7;
};
LineInk kind_ink(Theme theme);    ///< what the chart is about
LineInk others_ink(Theme theme);  ///< what it is compared with

enum class LineEnd : unsigned char { solid, dashed };

/// A line through the points that are there; it breaks at the others, and a point alone is a dot. With a
/// dashed end the stretch to the last point is dashed.
void draw_month_line(Group& into, std::span<const std::optional<Point>> points, const Stroke& stroke,
                     LineEnd end);

/// "no data" in each gap that has room for it, just above `bottom_mm`.
void draw_gap_words(Group& into, const MonthAxis& axis, const std::vector<bool>& gaps, double bottom_mm,
                    const TextStyle& style, PlotText& texts);

/// Words at the right end of a line: name in bold, value below.
struct EndLabel {
    std::string name{};
    std::string value{};
    Color color{};
    double wish_mm = 0;    ///< where its middle would stand
    double from_x_mm = 0;  ///< end of its line
};

/// Width that the labels want, at most `most_mm`.
double end_label_width_mm(std::span<const EndLabel> labels, double most_mm, const TextStyle& style,
                          const TextMeasure& measure);
/// Height of all of them on top of each other.
double end_label_height_mm(std::span<const EndLabel> labels, double width_mm, const TextStyle& style,
                           const TextMeasure& measure);
/// Draws them from `left_mm`, moved apart so that none covers another, between `top_mm` and `bottom_mm`. A
/// thin line leads to the end of a line that is far off.
void draw_end_labels(Group& into, std::vector<EndLabel> labels, double left_mm, double width_mm,
                     double top_mm, double bottom_mm, const TextStyle& style, PlotText& texts);

}  // namespace wardmap
