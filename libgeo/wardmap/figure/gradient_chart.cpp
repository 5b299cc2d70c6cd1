#include "wardmap/figure/gradient_chart.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/compare_words.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/month_plot.hpp"
#include "wardmap/figure/plot_text.hpp"
#include "wardmap/figure/range_axis.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace wardmap {
namespace {

constexpr double axis_gap_mm = 1.4;
constexpr double whisker_line_mm = 0.4;
constexpr double value_gap_mm = 0.9;
constexpr double least_plot_mm = 34;

class Chart {
public:
    Chart(const Table& table, const GradientChartOptions& options, const TextMeasure& measure,
          Problems& problems)
        : table_(table),
          options_(options),
          measure_(measure),
          sizes_(type_sizes(options.figure.theme)),
          gradient_(deprivation_gradient(table, options.gradient, problems)) {
        for (const GradientRow& group : gradient_.groups) {
            if (!has_rate(group)) continue;
            highest_ = std::max(highest_, group.rate.value);
            reach_ = std::max(reach_, group.rate.upper);
            ++shown_;
        }
        if (shown_ == 0) {
            throw InputError("no " + group_word() + " has a rate: events or people are withheld or not known",
                             table.where(0, gradient_.count_column),
                             "name other columns: --count --population");
        }
    }

    Figure draw() {
        const Frame frame(texts(), table_.meta(), options_.figure, measure_);
        lay_out(frame);
        PlotText placed(measure_);
        Group content;
        content.role = Role::layer;
        content.id = "chart";
        draw_ground(content, placed);
        draw_columns(content, placed);
        Figure figure = frame.finish(std::move(content), bottom_);
        figure.data = data_table();
        figure.labels = placed.take();
        return figure;
    }

private:
    static bool has_rate(const GradientRow& group) { return !std::isnan(group.rate.value); }
    bool tenths() const { return gradient_.groups.size() == 10; }
    std::string group_word() const { return tenths() ? "decile" : "fifth"; }
    int decimals() const { return highest_ >= 100 ? 0 : highest_ >= 10 ? 1 : 2; }
    std::string rate_text(double rate) const { return with_thousands(rate, decimals()); }
    std::string per_words() const { return "per " + with_thousands(options_.gradient.per, 0) + " people"; }
    std::string level_words() const { return with_thousands(options_.gradient.level * 100, 0) + "%"; }

    // ---- words ----

    std::string ratio_text(double ratio) const { return with_thousands(ratio, ratio >= 10 ? 0 : 1); }

    /// What is as high as what: "The rate in the most deprived decile is 2.3 times that in the least
    /// deprived".
    std::string title() const {
        const GradientRow& most = gradient_.groups.front();
        const GradientRow& least = gradient_.groups.back();
        const std::string group = group_word();
        if (gradient_.ratio && gradient_.ratio->lower <= 1 && gradient_.ratio->upper >= 1)
            return "Rates in the most and the least deprived " + group + " do not clearly differ";
        if (gradient_.ratio && gradient_.ratio->ratio > 0)
            return "The rate in the most deprived " + group + " is " + ratio_text(gradient_.ratio->ratio) +
                   " times that in the least deprived";
        if (has_rate(most) && has_rate(least))
            return "The rate in the most deprived " + group + " is " + rate_text(most.rate.value) +
                   ", in the least deprived " + rate_text(least.rate.value);
        return "Rates by " + group + " of deprivation";
    }

    std::string ratio_note() const {
        if (!gradient_.ratio) return {};
        return "Most against least deprived " + group_word() + ": ratio of rates " +
               with_thousands(gradient_.ratio->ratio, 2) + " (" + level_words() + " interval " +
               with_thousands(gradient_.ratio->lower, 2) + " to " +
               with_thousands(gradient_.ratio->upper, 2) + ", exact conditional).";
    }

    std::string subtitle() const {
        const TableMeta& meta = table_.meta();
        std::string text = sentence_case(meta.measure.empty() ? "rate" : meta.measure) + " " + per_words() +
                           " by " + group_word() + " of deprivation";
        if (!meta.whole.empty()) text += ", " + meta.whole;
        if (!meta.period_after.empty()) text += ", " + meta.period_after;
        return typographic(text);
    }

    std::string description() const {
        std::string text = subtitle() + ", from the most to the least deprived: ";
        bool first = true;
        for (const GradientRow& group : gradient_.groups) {
            text += (first ? "" : ", ") +
                    (has_rate(group) ? rate_text(group.rate.value) : std::string("no rate"));
            first = false;
        }
        text += ".";
        if (const std::string note = ratio_note(); !note.empty()) text += " " + note;
        return text;
    }

    std::string groups_where(bool withheld) const {
        std::vector<std::string> names;
        for (const GradientRow& group : gradient_.groups) {
            if (has_rate(group)) continue;
            const bool hidden = group.count.state == CellState::suppressed;
            if (hidden == withheld) names.push_back(std::to_string(group.group));
        }
        return names.empty() ? std::string() : in_words(names);
    }

    FigureTexts texts() const {
        const TableMeta& meta = table_.meta();
        FigureTexts out;
        out.kind = "gradient";
        out.title = title();
        out.subtitle = subtitle();
        const std::array<std::string, 2> sentences{
            "Columns of rates by " + group_word() + " of deprivation: " + within(out.title) + ".",
            gradient_.ratio
                ? level_words() + " interval of the ratio " + with_thousands(gradient_.ratio->lower, 1) +
                      " to " + with_thousands(gradient_.ratio->upper, 1) + "."
                : std::string()};
        out.alt = short_text(sentences);
        out.description = description();
        out.notes.push_back(ratio_note());
        out.notes.push_back("Lines: " + level_words() +
                            " limits (exact under 10 events, Byar\u2019s from 10).");
        if (gradient_.summed) {
            std::size_t rows = 0;
            for (const GradientRow& group : gradient_.groups) rows += group.rows;
            out.notes.push_back("Events and people of " + counted_areas(meta, rows) + " added up by " +
                                group_word() + ".");
        }
        if (const std::string hidden = groups_where(true); !hidden.empty())
            out.notes.push_back("[c]: withheld (" + group_word() + " " + hidden + ").");
        if (const std::string none = groups_where(false); !none.empty())
            out.notes.push_back("[x]: no rate (" + group_word() + " " + none + ").");
        return out;
    }

    static std::string within(std::string text) {
        if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
            text[0] = static_cast<char>(text[0] - 'A' + 'a');
        return text;
    }

    // ---- layout ----

    void lay_out(const Frame& frame) {
        const TextStyle style = regular(sizes_.label);
        axis_ = RangeAxis(0, reach_ > 0 ? reach_ : 1, options_.figure.slot == Slot::half ? 4 : 5,
                          AxisScale::linear, AxisStart::zero);
        left_ = axis_.width_mm(style, measure_) + axis_gap_mm;
        right_ = frame.width_mm();
        const double line = line_pitch_mm(sizes_.label);
        // Numbers of groups, then which end is which.
        ends_ = {wrap_text("Most deprived", style, (right_ - left_) / 2 - 1, measure_),
                 wrap_text("Least deprived", style, (right_ - left_) / 2 - 1, measure_)};
        const double below = 1.0 + line * static_cast<double>(1 + std::max(ends_[0].size(), ends_[1].size()));
        const double above = line;
        const double height = plot_height_mm(frame, options_.figure.slot, above + below, least_plot_mm);
        const double top = frame.top_mm() + above;
        axis_.set_place(top + height, top);
        bottom_ = top + height + below;
        values_style_ = value_style();
    }

    double slot_mm() const { return (right_ - left_) / static_cast<double>(gradient_.groups.size()); }
    double x(std::size_t i) const { return left_ + (static_cast<double>(i) + 0.5) * slot_mm(); }

    /// Values stand over the columns where all of them fit; else they are in the table alone.
    std::optional<TextStyle> value_style() const {
        for (const double size : {sizes_.label, sizes_.value}) {
            const TextStyle style = regular(size);
            const bool fit =
                std::all_of(gradient_.groups.begin(), gradient_.groups.end(), [&](const auto& group) {
                    return !has_rate(group) ||
                           measure_.width_mm(rate_text(group.rate.value), style) + 0.8 <= slot_mm();
                });
            if (fit) return style;
        }
        return std::nullopt;
    }

    // ---- drawing ----

    void draw_ground(Group& content, PlotText& placed) const {
        const TextStyle style = regular(sizes_.label);
        Group ground;
        ground.role = Role::decoration;
        ground.id = "ground";
        Group axes;
        axes.role = Role::layer;
        axes.id = "axes";
        const double middle = sizes_.label * mm_per_pt * cap_height / 2;
        for (const double tick : axis_.ticks()) {
            const double y = axis_.at(tick);
            if (tick != 0) add_line(ground, left_, y, right_, y, grid_stroke());
            placed.draw(axes, axis_.words(tick), left_ - axis_gap_mm, y + middle, style, TextAnchor::end,
                        ink_axis);
        }
        const double floor = axis_.at(0);
        const double base = floor + 1.0 + base_line_offset_mm(style);
        const double pitch = line_pitch_mm(sizes_.label);
        for (std::size_t i = 0; i < gradient_.groups.size(); ++i) {
            const std::string group = std::to_string(gradient_.groups[i].group);
            // Two figures under the last of narrow groups would reach over the page.
            const double most = right_ - measure_.width_mm(group, style) / 2;
            placed.draw(axes, group, std::min(x(i), most), base, style, TextAnchor::middle, ink_axis);
        }
        for (const bool least : {false, true}) {
            double y = base + pitch;
            for (const std::string& text : ends_[least ? 1 : 0]) {
                placed.draw(axes, text, least ? right_ : left_, y, style,
                            least ? TextAnchor::end : TextAnchor::start, ink_text);
                y += pitch;
            }
        }
        content.children.push_back(node(std::move(ground)));
        content.children.push_back(node(std::move(axes)));
    }

    void draw_columns(Group& content, PlotText& placed) const {
        const MarkColors colors = mark_colors(options_.figure.theme);
        Group shapes;
        shapes.role = Role::layer;
        shapes.id = "columns";
        Group words;
        words.role = Role::layer;
        words.id = "values";
        const double width = slot_mm() / 1.5;
        const double floor = axis_.at(0);
        for (std::size_t i = 0; i < gradient_.groups.size(); ++i) {
            const GradientRow& group = gradient_.groups[i];
            if (!has_rate(group)) {
                placed.draw(words, group.count.state == CellState::suppressed ? "[c]" : "[x]", x(i),
                            floor - 1.2, regular(sizes_.label), TextAnchor::middle, ink_secondary);
                continue;
            }
            add_rect(shapes, x(i) - width / 2, axis_.at(group.rate.value), width,
                     floor - axis_.at(group.rate.value), colors.bar);
            const double up = axis_.at(group.rate.upper);
            const double down = axis_.at(group.rate.lower);
            // The line is white-cased so that it shows within the column and above it.
            add_line(shapes, x(i), up, x(i), down, {ink_white, whisker_line_mm * 2.5, {}});
            add_line(shapes, x(i), up, x(i), down, {ink_text, whisker_line_mm, {}});
            if (values_style_) {
                // A white halo parts the number from the grid.
                const std::string text = rate_text(group.rate.value);
                const double y = up - value_gap_mm;
                words.children.push_back(
                    node(Text{x(i), y, text, *values_style_, ink_text, TextAnchor::middle, ink_white}));
                placed.keep(text, text_box(text, x(i), y, *values_style_, TextAnchor::middle, measure_));
            }
        }
        add_line(shapes, left_, floor, right_, floor, base_stroke());
        content.children.push_back(node(std::move(shapes)));
        content.children.push_back(node(std::move(words)));
    }

    Table data_table() const {
        const std::size_t n = gradient_.groups.size();
        std::vector<double> group(n), rows(n), count(n), people(n), rate(n), lower(n), upper(n);
        std::vector<CellState> count_states, people_states, rate_states;
        for (std::size_t i = 0; i < n; ++i) {
            const GradientRow& one = gradient_.groups[i];
            group[i] = static_cast<double>(one.group);
            rows[i] = static_cast<double>(one.rows);
            count[i] = one.count.number;
            people[i] = one.people.number;
            rate[i] = one.rate.value;
            lower[i] = one.rate.lower;
            upper[i] = one.rate.upper;
            count_states.push_back(one.count.state);
            people_states.push_back(one.people.state);
            rate_states.push_back(has_rate(one)       ? CellState::value
                                  : one.count.known() ? CellState::undefined
                                                      : one.count.state);
        }
        TableMeta meta = table_.meta();
        meta.per = options_.gradient.per;
        meta.level = options_.gradient.level;
        const std::string per = "per " + with_thousands(options_.gradient.per, 0);
        return Table(
            {Column::numbers(group_word(), std::move(group)), Column::numbers("rows", std::move(rows)),
             Column::numbers("count", std::move(count), count_states, meta.unit),
             Column::numbers("population", std::move(people), people_states, "people"),
             Column::numbers("rate", std::move(rate), rate_states, per),
             Column::numbers("rate_lower", std::move(lower), rate_states, per),
             Column::numbers("rate_upper", std::move(upper), rate_states, per)},
            meta);
    }

    const Table& table_;
    const GradientChartOptions& options_;
    const TextMeasure& measure_;
    TypeSizes sizes_;
    Gradient gradient_;
    double highest_ = 0;
    double reach_ = 0;
    std::size_t shown_ = 0;
    RangeAxis axis_{};
    double left_ = 0;
    double right_ = 0;
    double bottom_ = 0;
    std::optional<TextStyle> values_style_{};
    std::array<std::vector<std::string>, 2> ends_{};  ///< words at the most and the least deprived, in lines
};

}  // namespace

Figure gradient_chart(const Table& table, const GradientChartOptions& options, const TextMeasure& measure,
                      Problems& problems) {
    return Chart(table, options, measure, problems).draw();
}

}  // namespace wardmap
