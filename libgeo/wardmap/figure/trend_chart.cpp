#include "wardmap/figure/trend_chart.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/figure/compare_words.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/month_axis.hpp"
#include "wardmap/figure/month_plot.hpp"
#include "wardmap/figure/plot_text.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace wardmap {
namespace {

constexpr double focus_line_mm = 0.7;
constexpr double reference_width_mm = 0.5;
constexpr double other_line_mm = 0.3;
constexpr double band_opacity = 0.15;
constexpr double dots_from_slot_mm = 4;
constexpr double axis_gap_mm = 1.6;
constexpr double label_gap_mm = 2.0;
constexpr double least_plot_mm = 40;
constexpr std::size_t most_references = 3;
constexpr Color reference_color{0x3d, 0x3d, 0x3d, 1};

enum class LineRole : unsigned char { other, reference, highlighted };

/// One area over all slots of the axis.
struct Series {
    LineRole role = LineRole::other;
    std::size_t place = 0;  ///< among the highlighted or the references
    std::string code{};
    std::string name{};
    std::vector<std::optional<AreaValue>> values{};  ///< by slot

    std::optional<std::size_t> first() const {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i] && values[i]->value.known()) return i;
        }
        return std::nullopt;
    }
    std::optional<std::size_t> last() const {
        for (std::size_t i = values.size(); i-- > 0;) {
            if (values[i] && values[i]->value.known()) return i;
        }
        return std::nullopt;
    }
};

/// Where each period stands: as far apart as in time where all are known, else one after another.
struct Slots {
    std::vector<std::string> names{};      ///< by slot; empty where the table has no such period
    std::vector<std::size_t> of_period{};  ///< slot of each of the table's periods
};

Slots make_slots(const std::vector<std::string>& periods) {
    Slots out;
    std::vector<int> ends;
    for (const std::string& text : periods) {
        if (const auto period = parse_value_period(text)) ends.push_back(period->last_month);
    }
    int step = 0;
    if (ends.size() == periods.size()) {
        step = std::numeric_limits<int>::max();
        for (std::size_t i = 1; i < ends.size(); ++i) step = std::min(step, ends[i] - ends[i - 1]);
        for (std::size_t i = 1; i < ends.size() && step > 0; ++i) {
            if ((ends[i] - ends[0]) % step != 0) step = 0;
        }
    }
    for (std::size_t i = 0; i < periods.size(); ++i) {
        const std::size_t slot = step > 0 ? static_cast<std::size_t>((ends[i] - ends[0]) / step) : i;
        out.names.resize(slot + 1);
        const auto known = parse_period(periods[i]);
        // "year to 2020-06" is how counts are written for machines.
        out.names[slot] = known && known->kind == PeriodKind::year_to ? known->words() : periods[i];
        out.of_period.push_back(slot);
    }
    return out;
}

class Chart {
public:
    Chart(const Table& table, const TrendChartOptions& options, const TextMeasure& measure,
          Problems& problems)
        : table_(table), options_(options), measure_(measure), sizes_(type_sizes(options.figure.theme)) {
        values_ = read_area_values(table, options.columns, options.roles, problems);
        if (values_.periods.size() < 2) {
            throw InputError(values_.columns.period.empty()
                                 ? "no column holds periods"
                                 : "there are not two periods, so there is no trend",
                             {.file = table.origin().file, .column = values_.columns.period},
                             values_.columns.period.empty() ? "name it: --period-column COLUMN"
                                                            : "draw a comparison of one period instead");
        }
        slots_ = make_slots(values_.periods);
        make_series();
        words_.emplace(values_.rows, unit_of_values(table, values_));
    }

    Figure draw() {
        const Frame frame(texts(), table_.meta(), options_.figure, measure_);
        lay_out(frame);
        PlotText placed(measure_);
        Group content;
        content.role = Role::layer;
        content.id = "chart";
        draw_ground(content, placed);
        draw_lines(content);
        draw_names(content, placed);
        Figure figure = frame.finish(std::move(content), bottom_);
        figure.data = data_table();
        figure.labels = placed.take();
        return figure;
    }

private:
    void make_series() {
        for (const AreaValue& row : values_.rows) {
            auto found = std::find_if(series_.begin(), series_.end(), [&](const Series& one) {
                return one.code == row.code && one.name == row.name;
            });
            if (found == series_.end()) {
                Series one;
                one.code = row.code;
                one.name = row.name;
                one.values.resize(slots_.names.size());
                set_role(one, row);
                series_.push_back(std::move(one));
                found = std::prev(series_.end());
            }
            const auto period = std::find(values_.periods.begin(), values_.periods.end(), row.period);
            if (period == values_.periods.end()) continue;
            found->values[slots_.of_period[static_cast<std::size_t>(period - values_.periods.begin())]] = row;
        }
        std::vector<std::string> names;
        for (const Series& one : series_) names.push_back(one.name);
        names = printed_names(std::move(names));
        for (std::size_t i = 0; i < series_.size(); ++i) series_[i].name = names[i];
        const std::size_t others = count(LineRole::other);
        if (count(LineRole::highlighted) == 0 && others <= most_highlighted) {
            std::size_t place = 0;
            for (Series& one : series_) {
                if (one.role != LineRole::other) continue;
                one.role = LineRole::highlighted;
                one.place = place++;
            }
        }
        if (count(LineRole::highlighted) + count(LineRole::reference) == 0) {
            throw UsageError("of " + std::to_string(others) + " lines none is named", {},
                             "say what the chart is about: --highlight NAME");
        }
        // The order in which they are drawn, and stand in the table.
        std::stable_sort(series_.begin(), series_.end(), [](const Series& a, const Series& b) {
            if (a.role != b.role) return a.role < b.role;
            return a.role == LineRole::other ? a.name < b.name : a.place > b.place;
        });
    }

    void set_role(Series& one, const AreaValue& row) const {
        const auto place_in = [&](const std::vector<std::string>& names) {
            const auto found = std::find_if(names.begin(), names.end(),
                                            [&](const std::string& name) { return is_area(row, name); });
            return static_cast<std::size_t>(found - names.begin());
        };
        const auto& highlight = options_.roles.highlight;
        const auto& references = options_.roles.references;
        if (const std::size_t place = place_in(highlight); place < highlight.size()) {
            if (place >= most_highlighted)
                throw UsageError("at most four areas can be highlighted", {},
                                 "name the ones the chart is about");
            one.role = LineRole::highlighted;
            one.place = place;
        } else if (const std::size_t other = place_in(references); other < references.size()) {
            if (other >= most_references)
                throw UsageError("at most three references can be drawn as lines", {}, "name fewer");
            one.role = LineRole::reference;
            one.place = other;
        }
    }

    std::size_t count(LineRole role) const {
        return static_cast<std::size_t>(std::count_if(series_.begin(), series_.end(),
                                                      [&](const Series& one) { return one.role == role; }));
    }
    const Series* find(LineRole role, std::size_t place) const {
        const auto found = std::find_if(series_.begin(), series_.end(), [&](const Series& one) {
            return one.role == role && one.place == place;
        });
        return found == series_.end() ? nullptr : &*found;
    }
    bool has_limits() const { return !values_.columns.lower.empty(); }

    // ---- words ----

    enum class ClearChange : unsigned char { not_tested, no, yes };

    /// Clear where the limits of the two do not overlap: a stricter rule than a test of the difference.
    static ClearChange clear_change(const AreaValue& from, const AreaValue& to) {
        if (!from.has_limits() || !to.has_limits()) return ClearChange::not_tested;
        const bool apart = from.upper.number < to.lower.number || to.upper.number < from.lower.number;
        return apart ? ClearChange::yes : ClearChange::no;
    }

    /// "Coventry rose from 498 in 2013/14 to 552 in 2022/23"; of a change that is not clear both values.
    std::string course(const Series& one) const {
        const auto first = one.first();
        const auto last = one.last();
        if (!first || !last) return one.name + " has no value";
        const AreaValue& from = *one.values[*first];
        const AreaValue& to = *one.values[*last];
        if (first == last)
            return one.name + " is known in " + slots_.names[*first] + " alone: " + words_->cell(to.value);
        const std::string before = words_->cell(from.value);
        const std::string after = words_->cell(to.value);
        const std::string in = " in " + slots_.names[*last];
        if (before == after)
            return one.name + " stood at " + after + " in both " + slots_.names[*first] + " and " +
                   slots_.names[*last];
        if (clear_change(from, to) == ClearChange::no)
            return one.name + ": " + before + " in " + slots_.names[*first] + ", " + after + in +
                   ", no clear change";
        return one.name + (to.value.number > from.value.number ? " rose from " : " fell from ") + before +
               " in " + slots_.names[*first] + " to " + after + in;
    }

    /// "higher than England" in the last period both have; empty without.
    std::string against_reference(const Series& one) const {
        const Series* reference = find(LineRole::reference, 0);
        const auto last = one.last();
        if (reference == nullptr || !last) return {};
        const auto& other = reference->values[*last];
        if (!other || !other->value.known()) return {};
        return stands_to(*one.values[*last], other->value) + " " + reference->name;
    }

    std::string title() const {
        const Series* focus = find(LineRole::highlighted, 0);
        if (focus == nullptr) focus = find(LineRole::reference, 0);
        std::string text = course(*focus);
        if (focus->role == LineRole::highlighted) {
            if (const std::string against = against_reference(*focus); !against.empty())
                text += ", " + against;
        }
        return text;
    }

    std::string change_words(const Series& one) const {
        const auto first = one.first();
        const auto last = one.last();
        if (!first || !last || first == last) return {};
        const AreaValue& from = *one.values[*first];
        const AreaValue& to = *one.values[*last];
        const ClearChange clear = clear_change(from, to);
        if (clear == ClearChange::not_tested) return {};
        return " The " + interval_words(values_) + "s of " + slots_.names[*first] + " and " +
               slots_.names[*last] + (clear == ClearChange::yes ? " do not overlap." : " overlap.");
    }

    std::string description() const {
        std::string text;
        for (std::size_t i = series_.size(); i-- > 0;) {
            const Series& one = series_[i];
            if (one.role == LineRole::other) continue;
            text += (text.empty() ? "" : " ") + course(one);
            if (one.role == LineRole::highlighted) {
                if (const std::string against = against_reference(one); !against.empty())
                    text += ", then " + against;
                text += "." + change_words(one);
            } else {
                text += ".";
            }
        }
        if (const std::size_t others = count(LineRole::other); others > 0)
            text += " Pale lines: " + counted_areas(table_.meta(), others) + " more.";
        return text;
    }

    FigureTexts texts() const {
        const TableMeta& meta = table_.meta();
        FigureTexts out;
        out.kind = "trend";
        out.title = title();
        out.subtitle =
            comparison_line(values_, meta, values_.periods.front() + " to " + values_.periods.back());
        const std::array<std::string, 2> sentences{out.title + ".",
                                                   "Lines of " + counted_areas(meta, series_.size()) + "."};
        out.alt = short_text(sentences);
        out.description = description();
        const Series* reference = find(LineRole::reference, 0);
        if (reference != nullptr && count(LineRole::highlighted) > 0)
            out.notes.push_back(comparison_note(values_, reference->name));
        if (has_limits() && count(LineRole::highlighted) > 0) {
            out.notes.push_back("Shaded: " + interval_words(values_) + ".");
            if (out.title.find("no clear change") != std::string::npos)
                out.notes.emplace_back(
                    "No clear change: the intervals of the first and the last period overlap.");
        }
        if (const std::size_t others = count(LineRole::other); others > 0)
            out.notes.push_back("Grey lines: " + counted_areas(meta, others) +
                                (count(LineRole::highlighted) > 0 ? " more." : "."));
        add_gap_notes(out.notes);
        if (!make_axis().starts_at_zero()) out.notes.emplace_back("The axis does not start at 0.");
        return out;
    }

    /// Named lines say which periods they miss; of the others only how many do.
    void add_gap_notes(std::vector<std::string>& notes) const {
        std::size_t broken = 0;
        for (std::size_t i = series_.size(); i-- > 0;) {
            const Series& one = series_[i];
            std::vector<std::string> withheld;
            std::vector<std::string> missing;
            for (std::size_t slot = 0; slot < slots_.names.size(); ++slot) {
                if (slots_.names[slot].empty()) continue;
                const auto& value = one.values[slot];
                if (value && value->value.known()) continue;
                const bool hidden = value && value->value.state == CellState::suppressed;
                (hidden ? withheld : missing).push_back(slots_.names[slot]);
            }
            if (withheld.empty() && missing.empty()) continue;
            if (one.role == LineRole::other) {
                ++broken;
                continue;
            }
            if (!withheld.empty()) notes.push_back(one.name + " withheld: " + few(withheld) + ".");
            if (!missing.empty()) notes.push_back(one.name + " not known: " + few(missing) + ".");
        }
        if (broken > 0)
            notes.push_back(std::to_string(broken) + " of the grey lines " + (broken == 1 ? "has" : "have") +
                            " gaps: values not known or withheld.");
        const auto absent =
            static_cast<std::size_t>(std::count(slots_.names.begin(), slots_.names.end(), std::string()));
        if (absent > 0)
            notes.push_back("No area has values for " + counted(absent, "period") +
                            " between: the lines break there.");
    }

    static std::string few(std::vector<std::string> names) {
        constexpr std::size_t most_listed = 4;
        if (names.size() > most_listed) {
            const std::size_t more = names.size() - most_listed + 1;
            names.resize(most_listed - 1);
            names.push_back(std::to_string(more) + " more periods");
        }
        return in_words(names);
    }

    // ---- layout ----

    RangeAxis make_axis() const {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (const Series& one : series_) {
            for (const auto& value : one.values) {
                if (!value || !value->value.known()) continue;
                const bool band = one.role == LineRole::highlighted && value->has_limits();
                low = std::min({low, value->value.number, band ? value->lower.number : value->value.number});
                high =
                    std::max({high, value->value.number, band ? value->upper.number : value->value.number});
            }
        }
        if (!(low <= high)) low = high = 0;
        return RangeAxis(low, high, options_.figure.slot == Slot::half ? 4 : 5, AxisScale::linear,
                         options_.start);
    }

    std::vector<EndLabel> end_labels() const {
        std::vector<EndLabel> labels;
        for (const Series& one : series_) {
            const auto last = one.last();
            if (one.role == LineRole::other || !last) continue;
            const Color ink = one.role == LineRole::highlighted
                                  ? highlight_ink(one.place, options_.figure.theme).text
                                  : reference_color;
            const double value = one.values[*last]->value.number;
            labels.push_back({one.name, words_->number(value), ink, axis_.at(value), x(*last)});
        }
        return labels;
    }

    double slot_mm() const { return (right_ - left_) / static_cast<double>(slots_.names.size()); }
    double x(std::size_t slot) const { return left_ + (static_cast<double>(slot) + 0.5) * slot_mm(); }

    void lay_out(const Frame& frame) {
        const TextStyle style = regular(sizes_.label);
        const double line = line_pitch_mm(sizes_.label);
        const double half_line = sizes_.label * mm_per_pt * cap_height / 2;
        axis_ = make_axis();
        double numbers = 0;
        for (const double tick : axis_.ticks())
            numbers = std::max(numbers, measure_.width_mm(tick_words(tick), style));
        left_ = numbers + axis_gap_mm;
        label_width_ = end_label_width_mm(end_labels(), 0.27 * frame.width_mm(), style, measure_);
        label_left_ = frame.width_mm() - label_width_;
        right_ = label_left_ - label_gap_mm;
        const double below = 1.0 + line + 0.5;
        const double least =
            std::max(least_plot_mm, end_label_height_mm(end_labels(), label_width_, style, measure_));
        const double height = plot_height_mm(frame, options_.figure.slot, half_line + below, least);
        top_ = frame.top_mm() + half_line + 0.4;
        axis_.set_place(top_ + height, top_);
        bottom_ = top_ + height + below;
    }

    std::string tick_words(double tick) const {
        return axis_.words(tick) + (words_->unit() == "%" ? "%" : "");
    }

    // ---- drawing ----

    /// The last period is always named, then every so many before it as there is room.
    std::vector<std::size_t> named_slots(const TextStyle& style) const {
        constexpr double apart_mm = 2.0;
        for (std::size_t every = 1; every <= slots_.names.size(); ++every) {
            std::vector<std::size_t> named;
            for (std::size_t i = slots_.names.size(); i-- > 0;) {
                if ((slots_.names.size() - 1 - i) % every == 0 && !slots_.names[i].empty())
                    named.push_back(i);
            }
            bool fit = true;
            for (std::size_t i = 1; i < named.size(); ++i) {
                const double half = (measure_.width_mm(slots_.names[named[i]], style) +
                                     measure_.width_mm(slots_.names[named[i - 1]], style)) /
                                    2;
                fit = fit && x(named[i - 1]) - x(named[i]) >= half + apart_mm;
            }
            if (fit) return named;
        }
        return {slots_.names.size() - 1};
    }

    void draw_ground(Group& content, PlotText& placed) const {
        const TextStyle style = regular(sizes_.label);
        const double half_line = sizes_.label * mm_per_pt * cap_height / 2;
        Group ground;
        ground.role = Role::decoration;
        ground.id = "ground";
        Group axes;
        axes.role = Role::layer;
        axes.id = "axes";
        const double floor = axis_.at(axis_.lowest());
        for (const double tick : axis_.ticks()) {
            const double y = axis_.at(tick);
            add_line(ground, left_, y, right_, y, tick == 0 ? base_stroke() : grid_stroke());
            placed.draw(axes, tick_words(tick), left_ - axis_gap_mm, y + half_line, style, TextAnchor::end,
                        ink_axis);
        }
        for (std::size_t slot = 0; slot < slots_.names.size(); ++slot)
            add_line(ground, x(slot), floor, x(slot), floor + 0.8, base_stroke());
        for (const std::size_t slot : named_slots(style)) {
            const double half = measure_.width_mm(slots_.names[slot], style) / 2;
            placed.draw(axes, slots_.names[slot], std::max(x(slot), half),
                        floor + 1.2 + base_line_offset_mm(style), style, TextAnchor::middle, ink_axis);
        }
        content.children.push_back(node(std::move(ground)));
        content.children.push_back(node(std::move(axes)));
    }

    void draw_band(Group& into, const Series& one, Color color) const {
        color.opacity = band_opacity;
        for (std::size_t from = 0; from < one.values.size();) {
            const auto has_band = [&](std::size_t slot) {
                return slot < one.values.size() && one.values[slot] && one.values[slot]->value.known() &&
                       one.values[slot]->has_limits();
            };
            if (!has_band(from)) {
                ++from;
                continue;
            }
            std::size_t to = from;
            while (has_band(to + 1)) ++to;
            // A single period's band is as wide as its mark.
            const double widen = from == to ? std::min(1.2, slot_mm() / 3) : 0;
            Path path;
            path.move_to(x(from) - widen, axis_.at(one.values[from]->upper.number));
            for (std::size_t i = from + (widen > 0 ? 0 : 1); i <= to; ++i)
                path.line_to(x(i) + widen, axis_.at(one.values[i]->upper.number));
            for (std::size_t i = to + 1; i-- > from;)
                path.line_to(x(i) + (i == to ? widen : 0), axis_.at(one.values[i]->lower.number));
            if (widen > 0) path.line_to(x(from) - widen, axis_.at(one.values[from]->lower.number));
            path.close();
            into.children.push_back(node(Shape{path, Fill{color, {}}, {}}));
            from = to + 1;
        }
    }

    void draw_lines(Group& content) const {
        Group bands;
        bands.role = Role::decoration;
        bands.id = "limits";
        for (const Series& one : series_) {
            if (one.role == LineRole::highlighted)
                draw_band(bands, one, highlight_ink(one.place, options_.figure.theme).mark);
        }
        content.children.push_back(node(std::move(bands)));
        Group lines;
        lines.role = Role::layer;
        lines.id = "areas";
        for (const Series& one : series_) {
            Group area;
            area.role = Role::area;
            area.code = one.code;
            area.label = course(one);
            std::vector<std::optional<Point>> points(one.values.size());
            for (std::size_t slot = 0; slot < points.size(); ++slot) {
                if (one.values[slot] && one.values[slot]->value.known())
                    points[slot] = Point{x(slot), axis_.at(one.values[slot]->value.number)};
            }
            Stroke stroke{ink_other_line, other_line_mm, {}};
            if (one.role == LineRole::highlighted) {
                stroke = {highlight_ink(one.place, options_.figure.theme).mark, focus_line_mm, {}};
            } else if (one.role == LineRole::reference) {
                stroke = {reference_color, reference_width_mm,
                          one.place == 0   ? std::vector<double>{1.8, 1.0}
                          : one.place == 1 ? std::vector<double>{0.7, 0.9}
                                           : std::vector<double>{1.8, 0.8, 0.5, 0.8}};
            }
            draw_month_line(area, points, stroke, LineEnd::solid);
            if (one.role == LineRole::highlighted && slot_mm() >= dots_from_slot_mm) {
                for (const auto& point : points) {
                    if (!point) continue;
                    area.children.push_back(node(Shape{CircleShape{point->x, point->y, 1.0},
                                                       Fill{stroke.color, {}}, Stroke{ink_white, 0.25, {}}}));
                }
            }
            lines.children.push_back(node(std::move(area)));
        }
        content.children.push_back(node(std::move(lines)));
    }

    void draw_names(Group& content, PlotText& placed) const {
        Group words;
        words.role = Role::layer;
        words.id = "line-names";
        draw_end_labels(words, end_labels(), label_left_, label_width_, top_ - 1.5,
                        axis_.at(axis_.lowest()) + 1.5, regular(sizes_.label), placed);
        content.children.push_back(node(std::move(words)));
    }

    Table data_table() const {
        std::vector<std::size_t> order;
        std::vector<std::string> roles;
        for (std::size_t i = series_.size(); i-- > 0;) {
            for (const auto& value : series_[i].values) {
                if (!value) continue;
                order.push_back(value->row);
                roles.emplace_back(series_[i].role == LineRole::highlighted ? "highlighted"
                                   : series_[i].role == LineRole::reference ? "reference"
                                                                            : "area");
            }
        }
        return table_.take(order).with(Column::text("role", std::move(roles)));
    }

    const Table& table_;
    const TrendChartOptions& options_;
    const TextMeasure& measure_;
    TypeSizes sizes_;
    AreaValues values_{};
    Slots slots_{};
    std::vector<Series> series_{};  ///< others, then references, then highlighted: as they are drawn
    std::optional<AreaValueWords> words_{};
    RangeAxis axis_{};
    double left_ = 0;
    double right_ = 0;
    double label_left_ = 0;
    double label_width_ = 0;
    double top_ = 0;
    double bottom_ = 0;
};

}  // namespace

Figure trend_chart(const Table& table, const TrendChartOptions& options, const TextMeasure& measure,
                   Problems& problems) {
    return Chart(table, options, measure, problems).draw();
}

}  // namespace wardmap
