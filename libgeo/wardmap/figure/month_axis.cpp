#include "wardmap/figure/month_axis.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/month_series.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t longest_note = 50;
constexpr double tick_mm = 1.0;
constexpr double year_tick_mm = 1.8;
constexpr double least_tick_gap_mm = 1.1;
constexpr double between_labels_mm = 1.0;
constexpr double leader_from_mm = 4;
constexpr double note_gap_mm = 2;
constexpr double widest_note = 0.45;     ///< of what is right of the axis: fifty letters on a full page
constexpr double pole_gap_mm = 0.8;      ///< between a note and its leader
constexpr std::size_t most_choices = 6;  ///< notes whose side is chosen; more begin at their bands

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string short_name(int month) {
    return Period{PeriodKind::month, 2000, month}.words().substr(0, 3);
}

}  // namespace

void check_time_band(const TimeBand& band) {
    if (band.from.kind != PeriodKind::month || band.to.kind != PeriodKind::month) {
        throw UsageError("a break does not reach from a month to a month", {}, "write 2020-03..2020-06=note");
    }
    if (month_number(band.from) > month_number(band.to)) {
        throw UsageError("the break from " + band.from.label() + " to " + band.to.label() + " runs backwards",
                         {}, "give the earlier month first");
    }
    if (band.note.empty())
        throw UsageError("the break of " + band.from.label() + " has no note", {}, "say why");
    if (characters(band.note) > longest_note) {
        throw UsageError(
            "the note '" + band.note + "' has " + std::to_string(characters(band.note)) + " characters", {},
            "at most " + std::to_string(longest_note) + " fit beside a band");
    }
}

TimeBand parse_time_band(std::string_view text) {
    const auto equals = text.find('=');
    const std::string_view months = text.substr(0, equals);
    const auto dots = months.find("..");
    const auto from = parse_period(months.substr(0, dots));
    const auto to = dots == std::string_view::npos ? from : parse_period(months.substr(dots + 2));
    if (equals == std::string_view::npos || !from || !to) {
        throw UsageError("'" + std::string(text) + "' is no break", {}, "write 2020-03..2020-06=note");
    }
    TimeBand band{*from, *to, std::string(text.substr(equals + 1))};
    check_time_band(band);
    return band;
}

MonthAxis::MonthAxis(const Period& first, const Period& last, double left_mm, double right_mm)
    : first_(month_number(first)),
      months_(static_cast<std::size_t>(month_number(last) - month_number(first) + 1)),
      left_mm_(left_mm),
      right_mm_(right_mm) {}

int MonthAxis::position(const Period& month) const noexcept {
    return month_number(month) - first_;
}

Period MonthAxis::calendar(std::size_t month) const noexcept {
    return month_of_number(first_ + static_cast<int>(month));
}

double MonthAxis::height_mm(const TypeSizes& sizes, const TextMeasure& measure) const {
    const bool months = !named_months(regular(sizes.label), measure).empty();
    return year_tick_mm + 0.4 + (months ? 2 : 1) * line_pitch_mm(sizes.label);
}

std::vector<MonthAxis::Named> MonthAxis::named_months(const TextStyle& style,
                                                      const TextMeasure& measure) const {
    for (const int every : {1, 3, 6}) {
        std::vector<Named> months;
        for (std::size_t m = 0; m < months_; ++m) {
            const int month = calendar(m).month;
            if ((month - 1) % every == 0) months.push_back({m, short_name(month)});
        }
        if (!months.empty() && fit(months, style, between_labels_mm, measure)) return months;
    }
    // A few months that do not fit, or have no January or July, still say where they begin.
    if (months_ < 6) return {{0, short_name(calendar(0).month)}};
    return {};
}

bool MonthAxis::fit(const std::vector<Named>& names, const TextStyle& style, double gap_mm,
                    const TextMeasure& measure) const {
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
        const double need =
            (measure.width_mm(names[i].text, style) + measure.width_mm(names[i + 1].text, style)) / 2 +
            gap_mm;
        if (x(names[i + 1].month) - x(names[i].month) < need) return false;
    }
    return true;
}

void MonthAxis::draw(Group& into, double top_mm, const TypeSizes& sizes, PlotText& texts) const {
    const TextMeasure& measure = texts.measure();
    const TextStyle style = regular(sizes.label);
    const bool all_ticks = slot_mm() >= least_tick_gap_mm;
    for (std::size_t m = 0; m < months_; ++m) {
        const bool january = calendar(m).month == 1;
        if (all_ticks || january)
            add_line(into, x(m), top_mm, x(m), top_mm + (january ? year_tick_mm : tick_mm), base_stroke());
    }
    const std::vector<Named> months = named_months(style, measure);
    std::vector<Named> years;
    for (int every = 1; every <= 50; every = every == 1 ? 2 : every == 2 ? 5 : every * 2) {
        years.clear();
        for (std::size_t m = 0; m < months_; ++m) {
            const Period month = calendar(m);
            if (month.month == 1 && month.year % every == 0) years.push_back({m, std::to_string(month.year)});
        }
        if (fit(years, style, 2 * between_labels_mm, measure)) break;
    }
    // The first month that is named says its year too, if the first January leaves it room.
    const std::size_t first_named = months.empty() ? 0 : months.front().month;
    if (calendar(first_named).month != 1) {
        std::vector<Named> with_first{{first_named, std::to_string(calendar(first_named).year)}};
        with_first.insert(with_first.end(), years.begin(), years.end());
        if (years.empty() || fit(with_first, style, 2 * between_labels_mm, measure)) years = with_first;
    }
    double y = top_mm + year_tick_mm + 0.4 + base_line_offset_mm(style);
    for (const Named& name : months)
        texts.draw(into, name.text, x(name.month), y, style, TextAnchor::middle, ink_axis);
    if (!months.empty()) y += line_pitch_mm(sizes.label);
    for (const Named& name : years)
        texts.draw(into, name.text, x(name.month), y, style, TextAnchor::middle, ink_axis);
}

TimeBands::TimeBands(std::span<const TimeBand> bands, const MonthAxis& axis, double page_width_mm,
                     const TextStyle& style, const TextMeasure& measure)
    : style_(style) {
    for (const TimeBand& band : bands) {
        check_time_band(band);
        const int from = std::max(axis.position(band.from), 0);
        const int to = std::min(axis.position(band.to), static_cast<int>(axis.months()) - 1);
        if (from > to) {
            beyond_.push_back(typographic(band.note));
            continue;
        }
        Placed one;
        one.from_mm = axis.x(static_cast<std::size_t>(from)) - axis.slot_mm() / 2;
        one.to_mm = axis.x(static_cast<std::size_t>(to)) + axis.slot_mm() / 2;
        one.lines = wrap_text(typographic(band.note), style, widest_note * (page_width_mm - axis.left()),
                              measure, Wrap::balanced);
        for (const std::string& line : one.lines)
            one.text_width_mm = std::max(one.text_width_mm, measure.width_mm(line, style));
        placed_.push_back(std::move(one));
    }
    std::sort(placed_.begin(), placed_.end(),
              [](const Placed& a, const Placed& b) { return a.from_mm < b.from_mm; });
    place_notes(axis.left(), page_width_mm);
}

/// Notes are placed one after the other, from the right or from the left, each beginning at its band or
/// ending there: of these ways the one in which the fewest leaders cross notes, then the lowest, then the
/// first.
void TimeBands::place_notes(double left_mm, double page_width_mm) {
    std::vector<std::size_t> order(placed_.size());
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    const unsigned ways = 1U << std::min(placed_.size(), most_choices);
    std::vector<Placed> best;
    std::pair<std::size_t, double> least{};
    for (int direction = 0; direction < 2; ++direction) {
        for (unsigned ends = 0; ends < ways; ++ends) {
            const std::size_t crossed = place_in_order(order, ends, left_mm, page_width_mm);
            double height = 0;
            for (const Placed& one : placed_) height = std::max(height, one.lift_mm + text_height_mm(one));
            const std::pair made{crossed, height};
            if (best.empty() || made < least) {
                best = placed_;
                least = made;
            }
        }
        std::reverse(order.begin(), order.end());
    }
    placed_ = std::move(best);
    height_mm_ = placed_.empty() ? 0 : least.second;
}

/// \param ends  bits of the notes, in the order of placing, that end at their bands
/// \return how many notes are crossed by a leader, or cross one
std::size_t TimeBands::place_in_order(std::span<const std::size_t> order, unsigned ends, double left_mm,
                                      double page_width_mm) {
    std::size_t crossed = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        Placed& one = placed_[order[i]];
        const auto standing = order.first(i);
        std::vector<double> lifts{0};
        for (const std::size_t other : standing)
            lifts.push_back(placed_[other].lift_mm + text_height_mm(placed_[other]));
        std::sort(lifts.begin(), lifts.end());
        const bool at_end = i < most_choices && (ends >> i & 1U) != 0;
        one.leader_mm = at_end ? one.to_mm : one.from_mm;
        one.text_left_mm =
            std::clamp(at_end ? one.to_mm - pole_gap_mm - one.text_width_mm : one.from_mm + pole_gap_mm,
                       left_mm, std::max(left_mm, page_width_mm - one.text_width_mm));
        const auto found = std::find_if(lifts.begin(), lifts.end(), [&](double lift) {
            one.lift_mm = lift;
            return std::all_of(standing.begin(), standing.end(), [&](std::size_t other) {
                return !meet(one, placed_[other]) && !crosses(one, placed_[other]) &&
                       !crosses(placed_[other], one);
            });
        });
        crossed += found == lifts.end() ? 1 : 0;  // it stands above all others, so no note covers another
    }
    return crossed;
}

bool TimeBands::meet(const Placed& a, const Placed& b) const {
    return a.text_left_mm < b.text_left_mm + b.text_width_mm + note_gap_mm &&
           b.text_left_mm < a.text_left_mm + a.text_width_mm + note_gap_mm &&
           a.lift_mm < b.lift_mm + text_height_mm(b) - 1e-9 &&
           b.lift_mm < a.lift_mm + text_height_mm(a) - 1e-9;
}

bool TimeBands::crosses(const Placed& leader, const Placed& note) const {
    return leader.lift_mm > note.lift_mm && leader.leader_mm > note.text_left_mm - note_gap_mm / 2 &&
           leader.leader_mm < note.text_left_mm + note.text_width_mm + note_gap_mm / 2;
}

double TimeBands::text_height_mm(const Placed& one) const {
    return static_cast<double>(one.lines.size()) * line_pitch_mm(style_.size_pt) + 0.4;
}

void TimeBands::draw_shades(Group& into, double top_mm, double bottom_mm) const {
    for (const Placed& one : placed_) {
        add_rect(into, one.from_mm, top_mm, one.to_mm - one.from_mm, bottom_mm - top_mm, ink_context);
    }
}

void TimeBands::draw_notes(Group& into, double bottom_mm, PlotText& texts) const {
    for (const Placed& one : placed_) {
        const double text_bottom = bottom_mm - one.lift_mm;
        // Beside the note the leader stands like the pole of a flag; under one moved off the page's edge it
        // ends.
        const bool beside =
            one.leader_mm < one.text_left_mm || one.leader_mm > one.text_left_mm + one.text_width_mm;
        add_line(into, one.leader_mm, text_bottom - (beside ? text_height_mm(one) - 0.6 : 0), one.leader_mm,
                 bottom_mm, leader_stroke());
        double y = text_bottom - text_height_mm(one) + base_line_offset_mm(style_);
        for (const std::string& line : one.lines) {
            texts.draw(into, line, one.text_left_mm, y, style_, TextAnchor::start, ink_secondary);
            y += line_pitch_mm(style_.size_pt);
        }
    }
}

LineInk kind_ink(Theme theme) {
    const Color color = mark_colors(theme).later;
    return {color, color, 0.7};
}

LineInk others_ink(Theme theme) {
    if (theme == Theme::mono) return {{0x8c, 0x8c, 0x8c, 1}, ink_secondary, 0.5};
    // The Analysis Function's orange; its words are darker: 5.5:1 on white.
    return {{0xf4, 0x6a, 0x25, 1}, {0xb5, 0x46, 0x0f, 1}, 0.5};
}

void draw_month_line(Group& into, std::span<const std::optional<Point>> points, const Stroke& stroke,
                     LineEnd end) {
    std::size_t last = points.size();
    while (last > 0 && !points[last - 1]) --last;
    for (std::size_t i = 0; i < last;) {
        if (!points[i]) {
            ++i;
            continue;
        }
        std::size_t stop = i + 1;
        while (stop < last && points[stop]) ++stop;
        const bool has_dashed_end = end == LineEnd::dashed && stop == last && stop - i > 1;
        const std::size_t solid = has_dashed_end ? stop - 1 : stop;
        if (solid - i > 1) {
            Path path;
            path.move_to(points[i]->x, points[i]->y);
            for (std::size_t p = i + 1; p < solid; ++p) path.line_to(points[p]->x, points[p]->y);
            into.children.push_back(node(Shape{path, {}, stroke}));
        } else if (stop - i == 1) {
            into.children.push_back(node(
                Shape{CircleShape{points[i]->x, points[i]->y, stroke.width_mm}, Fill{stroke.color, {}}, {}}));
        }
        if (has_dashed_end) {
            Stroke dashed = stroke;
            dashed.dash_mm = {1.0, 0.8};
            add_line(into, points[stop - 2]->x, points[stop - 2]->y, points[stop - 1]->x, points[stop - 1]->y,
                     dashed);
        }
        i = stop;
    }
}

void draw_gap_words(Group& into, const MonthAxis& axis, const std::vector<bool>& gaps, double bottom_mm,
                    const TextStyle& style, PlotText& texts) {
    const std::string words = "no data";
    const double width = texts.measure().width_mm(words, style);
    for (std::size_t i = 0; i < gaps.size();) {
        if (!gaps[i]) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end + 1 < gaps.size() && gaps[end + 1]) ++end;
        if (axis.x(end) - axis.x(i) + axis.slot_mm() >= width + 1) {
            texts.draw(into, words, (axis.x(i) + axis.x(end)) / 2, bottom_mm - 1.2, style, TextAnchor::middle,
                       ink_secondary);
        }
        i = end + 1;
    }
}

namespace {

std::vector<std::string> name_lines(const EndLabel& label, double width_mm, const TextStyle& style,
                                    const TextMeasure& measure) {
    return wrap_text(label.name, bold(style.size_pt), width_mm, measure, Wrap::full);
}

std::vector<std::string> value_lines(const EndLabel& label, double width_mm, const TextStyle& style,
                                     const TextMeasure& measure) {
    if (label.value.empty()) return {};
    return wrap_text(label.value, style, width_mm, measure, Wrap::full);
}

double height_of(const EndLabel& label, double width_mm, const TextStyle& style, const TextMeasure& measure) {
    const auto lines = name_lines(label, width_mm, style, measure).size() +
                       value_lines(label, width_mm, style, measure).size();
    return static_cast<double>(lines) * line_pitch_mm(style.size_pt);
}

/// Tops that move the labels least from where they would stand (least squares), none on another, by joining
/// neighbours that meet into blocks. \pre sorted by wish
std::vector<double> end_label_tops(const std::vector<EndLabel>& labels, double width_mm, double top_mm,
                                   double bottom_mm, const TextStyle& style, const TextMeasure& measure) {
    struct Block {
        double wish = 0;  ///< mean of what its labels want, less what stands above them
        std::size_t labels = 0;
    };
    std::vector<double> above;  ///< height of all labels before each
    std::vector<Block> blocks;
    double height = 0;
    for (const EndLabel& label : labels) {
        const double own = height_of(label, width_mm, style, measure);
        above.push_back(height);
        blocks.push_back({label.wish_mm - own / 2 - height, 1});
        height += own + 1;
        while (blocks.size() > 1 && blocks[blocks.size() - 2].wish > blocks.back().wish) {
            Block& first = blocks[blocks.size() - 2];
            const Block& second = blocks.back();
            const auto n = static_cast<double>(first.labels);
            const auto m = static_cast<double>(second.labels);
            first = {(first.wish * n + second.wish * m) / (n + m), first.labels + second.labels};
            blocks.pop_back();
        }
    }
    const double lowest = bottom_mm - (height - 1);
    std::vector<double> tops;
    for (const Block& block : blocks) {
        for (std::size_t i = 0; i < block.labels; ++i)
            tops.push_back(std::min(std::max(block.wish, top_mm), lowest) + above[tops.size()]);
    }
    return tops;
}

}  // namespace

double end_label_width_mm(std::span<const EndLabel> labels, double most_mm, const TextStyle& style,
                          const TextMeasure& measure) {
    double width = 0;
    for (const EndLabel& label : labels) {
        width = std::max(width, measure.width_mm(label.value, style));
        for (const std::string& line :
             wrap_text(label.name, bold(style.size_pt), most_mm, measure, Wrap::balanced))
            width = std::max(width, measure.width_mm(line, bold(style.size_pt)));
    }
    return std::min(width + 0.2, most_mm);
}

double end_label_height_mm(std::span<const EndLabel> labels, double width_mm, const TextStyle& style,
                           const TextMeasure& measure) {
    double height = 0;
    for (const EndLabel& label : labels) height += height_of(label, width_mm, style, measure) + 1;
    return height;
}

void draw_end_labels(Group& into, std::vector<EndLabel> labels, double left_mm, double width_mm,
                     double top_mm, double bottom_mm, const TextStyle& style, PlotText& texts) {
    const TextMeasure& measure = texts.measure();
    std::stable_sort(labels.begin(), labels.end(),
                     [](const EndLabel& a, const EndLabel& b) { return a.wish_mm < b.wish_mm; });
    const std::vector<double> tops = end_label_tops(labels, width_mm, top_mm, bottom_mm, style, measure);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const EndLabel& label = labels[i];
        double y = tops[i] + base_line_offset_mm(style);
        const double middle = tops[i] + height_of(label, width_mm, style, measure) / 2;
        if (left_mm - label.from_x_mm > leader_from_mm)
            add_line(into, label.from_x_mm + 1.2, label.wish_mm, left_mm - 0.8, middle, leader_stroke());
        for (const std::string& line : name_lines(label, width_mm, style, measure)) {
            texts.draw(into, line, left_mm, y, bold(style.size_pt), TextAnchor::start, label.color);
            y += line_pitch_mm(style.size_pt);
        }
        for (const std::string& line : value_lines(label, width_mm, style, measure)) {
            texts.draw(into, line, left_mm, y, style, TextAnchor::start, label.color);
            y += line_pitch_mm(style.size_pt);
        }
    }
}

}  // namespace wardmap
