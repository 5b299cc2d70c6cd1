#include "wardmap/figure/month_plot.hpp"

#include <algorithm>
#include <string_view>

namespace wardmap {
namespace {

constexpr double axis_gap_mm = 1.4;   ///< between numbers and plot
constexpr double label_gap_mm = 2.0;  ///< between plot and the words at its right
constexpr double least_panel_mm = 20;
constexpr double least_plot_mm = 34;
constexpr double flattest = 0.34;  ///< height of plots by the width of the page
constexpr double dots_from_slot_mm = 4;

std::vector<MonthLine> all_lines(const std::vector<MonthPanel>& panels) {
    std::vector<MonthLine> lines;
    for (const MonthPanel& panel : panels) lines.insert(lines.end(), panel.lines.begin(), panel.lines.end());
    return lines;
}

double numbers_width(const std::vector<MonthPanel>& panels, const TextStyle& style,
                     const TextMeasure& measure) {
    double width = 0;
    for (const MonthPanel& panel : panels) width = std::max(width, panel.axis.width_mm(style, measure));
    return width;
}

double words_width(const std::vector<MonthPanel>& panels, double page_mm, const TextStyle& style,
                   const TextMeasure& measure) {
    std::vector<EndLabel> labels;
    for (const MonthLine& line : all_lines(panels)) labels.push_back({line.name, line.end_value, {}, 0, 0});
    // A word is not broken for it, as long as the plot keeps half of the page.
    double longest = 0;
    for (const EndLabel& label : labels) {
        std::string_view rest = label.name;
        while (!rest.empty()) {
            const std::size_t blank = std::min(rest.find(' '), rest.size());
            longest = std::max(longest, measure.width_mm(rest.substr(0, blank), bold(style.size_pt)) + 0.2);
            rest.remove_prefix(std::min(blank + 1, rest.size()));
        }
    }
    const double most = std::max(0.26 * page_mm, std::min(longest, 0.45 * page_mm));
    return end_label_width_mm(labels, most, style, measure);
}

}  // namespace

double largest_of(std::span<const std::optional<double>> values) {
    double most = 0;
    for (const auto& value : values) most = std::max(most, value.value_or(0));
    return most;
}

double plot_height_mm(const Frame& frame, Slot slot, double taken_mm, double least_mm) {
    const double room = slot_size(slot).chart_height_mm - frame.top_mm() - frame.below_mm() - taken_mm;
    return std::max(std::min(room, flattest * frame.width_mm()), least_mm);
}

MonthPlot::MonthPlot(const Frame& frame, const MonthSeries& series, std::vector<MonthPanel> panels,
                     std::span<const TimeBand> bands, const FigureOptions& options,
                     const TextMeasure& measure)
    : series_(&series),
      panels_(std::move(panels)),
      sizes_(type_sizes(options.theme)),
      axis_(series.months.front().month, series.months.back().month,
            numbers_width(panels_, regular(sizes_.label), measure) + axis_gap_mm,
            frame.width_mm() - words_width(panels_, frame.width_mm(), regular(sizes_.label), measure) -
                label_gap_mm),
      bands_(bands, axis_, frame.width_mm(), regular(sizes_.value), measure),
      label_left_mm_(axis_.right() + label_gap_mm),
      label_width_mm_(frame.width_mm() - label_left_mm_) {
    const double line = line_pitch_mm(sizes_.label);
    const double number_room = sizes_.label * mm_per_pt * cap_height / 2;
    const bool headed = !panels_.front().heading.empty();
    const double above = headed ? line + number_room + 0.6 : number_room;
    const double between = headed ? line + 2 * number_room + 3.0 : 0;
    const auto n = static_cast<double>(panels_.size());
    const double taken = bands_.notes_mm() + above + (n - 1) * between + axis_.height_mm(sizes_, measure);
    double least = std::max(least_plot_mm, least_panel_mm * n);
    for (const MonthPanel& panel : panels_) {
        std::vector<EndLabel> labels;
        for (const MonthLine& one : panel.lines) labels.push_back({one.name, one.end_value, {}, 0, 0});
        least =
            std::max(least, n * end_label_height_mm(labels, label_width_mm_, regular(sizes_.label), measure));
    }
    const double height = plot_height_mm(frame, options.slot, taken, least);
    ground_top_mm_ = frame.top_mm() + bands_.notes_mm();
    double top = ground_top_mm_ + above;
    for (MonthPanel& panel : panels_) {
        panel.axis.set_place(top, top + height / n);
        top += height / n + between;
    }
    ground_bottom_mm_ = panels_.back().axis.bottom();
    bottom_mm_ = ground_bottom_mm_ + axis_.height_mm(sizes_, measure);
}

void MonthPlot::draw_ground(Group& into, PlotText& texts) const {
    const TextStyle style = regular(sizes_.label);
    Group ground;
    ground.role = Role::decoration;
    ground.id = "ground";
    bands_.draw_shades(ground, ground_top_mm_, ground_bottom_mm_);
    for (const MonthPanel& panel : panels_) {
        panel.axis.draw_grid(ground, axis_.left(), axis_.right());
        panel.axis.draw_zero(ground, axis_.left(), axis_.right());
    }
    // Where 0 is not at the foot, the ticks of the months hang from a thin line.
    if (panels_.back().axis.lowest() < 0)
        add_line(ground, axis_.left(), ground_bottom_mm_, axis_.right(), ground_bottom_mm_, leader_stroke());
    into.children.push_back(node(std::move(ground)));
    Group words;
    words.role = Role::layer;
    words.id = "axes";
    for (const MonthPanel& panel : panels_) {
        panel.axis.draw_numbers(words, axis_.left() - axis_gap_mm, style, texts);
        if (!panel.heading.empty()) {
            const double base = panel.axis.top() - sizes_.label * mm_per_pt * cap_height / 2 - 1.6;
            texts.draw(words, panel.heading, 0, base, bold(sizes_.label), TextAnchor::start,
                       panel.heading_color);
        }
    }
    axis_.draw(words, ground_bottom_mm_, sizes_, texts);
    bands_.draw_notes(words, ground_top_mm_, texts);
    std::vector<bool> gaps;
    for (const MonthCounts& month : series_->months) gaps.push_back(!month.in_table());
    draw_gap_words(words, axis_, gaps, panels_.back().axis.bottom(), regular(sizes_.value), texts);
    into.children.push_back(node(std::move(words)));
}

std::vector<EndLabel> MonthPlot::labels_of(const MonthPanel& panel) const {
    std::vector<EndLabel> labels;
    for (const MonthLine& line : panel.lines) {
        for (std::size_t m = line.values.size(); m-- > 0;) {
            if (!line.values[m]) continue;
            labels.push_back({line.name, line.end_value, line.ink.text, panel.axis.y(*line.values[m]),
                              axis_.x(m) + axis_.slot_mm() / 2});
            break;
        }
    }
    return labels;
}

void MonthPlot::draw_lines(Group& into) const {
    Group lines;
    lines.role = Role::layer;
    lines.id = "lines";
    for (const MonthPanel& panel : panels_) {
        // The first line is what the chart is about: drawn last, on top.
        for (std::size_t l = panel.lines.size(); l-- > 0;) {
            const MonthLine& line = panel.lines[l];
            std::vector<std::optional<Point>> points(line.values.size());
            for (std::size_t m = 0; m < points.size(); ++m) {
                if (line.values[m]) points[m] = at(panel, m, *line.values[m]);
            }
            draw_month_line(lines, points, {line.ink.line, line.ink.width_mm, {}},
                            series_->months.back().whole ? LineEnd::solid : LineEnd::dashed);
            if (l > 0 || axis_.slot_mm() < dots_from_slot_mm) continue;
            for (const auto& point : points) {
                if (!point) continue;
                lines.children.push_back(node(Shape{CircleShape{point->x, point->y, 1.1},
                                                    Fill{line.ink.line, {}}, Stroke{ink_white, 0.25, {}}}));
            }
        }
    }
    into.children.push_back(node(std::move(lines)));
}

void MonthPlot::draw_names(Group& into, PlotText& texts) const {
    Group words;
    words.role = Role::layer;
    words.id = "line-names";
    for (const MonthPanel& panel : panels_) {
        draw_end_labels(words, labels_of(panel), label_left_mm_, label_width_mm_, panel.axis.top() - 1.5,
                        panel.axis.bottom() + 1.5, regular(sizes_.label), texts);
    }
    into.children.push_back(node(std::move(words)));
}

std::vector<std::string> MonthPlot::log() const {
    std::vector<std::string> lines;
    for (const std::string& note : bands_.beyond())
        lines.push_back("the break '" + note + "' lies outside the months shown and is not drawn");
    return lines;
}

}  // namespace wardmap
