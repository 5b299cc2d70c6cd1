#include "wardmap/figure/quadrant_chart.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/axis.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/key_line.hpp"
#include "wardmap/figure/missing_columns.hpp"
#include "wardmap/figure/point_labels.hpp"
#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/figure/ward_words.hpp"
#include "wardmap/indicator/ward_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>

namespace wardmap {
namespace {

constexpr std::size_t most_named = 40;
constexpr double strip_height_mm = 6.5;
constexpr double strip_gap_mm = 0.8;
constexpr double plot_pad_mm = 9.8;  ///< beyond the outermost changes: room for the names of the corners
constexpr double warn_change_pct = 300;

/// Where an area stands.
enum class Place : unsigned char { plot, from_zero, to_zero, nowhere };

struct Mark {
    const WardRow* row = nullptr;
    Place place = Place::nowhere;
    Point true_at{};
    Point at{};  ///< true_at, or a little beside it where markers would cover each other
};

class Chart {
public:
    Chart(const Table& table, const QuadrantChartOptions& options, const TextMeasure& measure)
        : table_(table),
          options_(options),
          measure_(measure),
          sizes_(type_sizes(options.figure.theme)),
          rows_(read_ward_rows(table)) {
        sort_by_rate(rows_.areas);
        for (const WardRow& row : rows_.areas) {
            marks_.push_back({&row, place_of(row), {}, {}});
        }
    }

    Figure draw() {
        const FigureTexts texts = make_texts();
        lay_out(Frame(texts, rows_.meta, options_.figure, measure_));
        place_marks();
        // Some notes follow from the layout, and take room from it: lay out again with them.
        FigureTexts longer = texts;
        add_layout_notes(longer);
        if (longer.notes.size() > texts.notes.size()) {
            lay_out(Frame(longer, rows_.meta, options_.figure, measure_));
            place_marks();
        }
        choose_texts();
        Group content;
        content.role = Role::layer;
        content.id = "chart";
        draw_grid(content);
        draw_axes(content);
        draw_marks(content);
        draw_below(content);
        FigureTexts final_texts = texts;
        add_layout_notes(final_texts);
        const Frame final_frame(final_texts, rows_.meta, options_.figure, measure_);
        Figure figure = final_frame.finish(std::move(content), bottom_);
        figure.data = data_table();
        for (const Mark& mark : marks_) {
            figure.class_of_area.push_back(mark.row->quadrant);
        }
        for (const auto& style : quadrant_styles(options_.figure.theme)) {
            FigureClass one;
            one.label = quadrant_name(style.code, rows_.meta);
            one.color = style.color;
            one.count =
                static_cast<std::size_t>(std::count_if(marks_.begin(), marks_.end(), [&](const Mark& mark) {
                    return mark.row->quadrant == style.code;
                }));
            figure.classes.push_back(std::move(one));
        }
        figure.labels = std::move(labels_);
        figure.log = std::move(log_);
        figure.facts.shows_rates = true;
        // Hollow, and named or counted in a note.
        figure.facts.marks_small = std::any_of(marks_.begin(), marks_.end(), [](const Mark& mark) {
            return shown(mark) && mark.row->has_flag("small");
        });
        figure.facts.says_events = rows_.meta.unit.empty();
        figure.facts.linear_change_pct = linear_change_pct_;
        return figure;
    }

private:
    static Place place_of(const WardRow& row) {
        if (!row.rate.known() || row.quadrant == "none") {
            return Place::nowhere;
        }
        if (row.from_zero()) {
            return Place::from_zero;
        }
        if (row.to_zero()) {
            return Place::to_zero;
        }
        if (!row.change_pct.known()) {
            return Place::nowhere;
        }
        return row.change_pct.number <= -100 ? Place::to_zero : Place::plot;
    }

    std::vector<std::string> names_where(auto&& holds) const {
        std::vector<std::string> names;
        for (const Mark& mark : marks_) {
            if (holds(mark)) {
                names.push_back(mark.row->name);
            }
        }
        return names;
    }
    std::size_t count_where(auto&& holds) const {
        return static_cast<std::size_t>(std::count_if(marks_.begin(), marks_.end(), holds));
    }

    bool has_strip(Place place) const {
        return std::any_of(marks_.begin(), marks_.end(),
                           [&](const Mark& mark) { return mark.place == place; });
    }

    // ---- words ----

    std::string change_axis_title() const {
        const TableMeta& meta = rows_.meta;
        std::string text = "Change in " + (meta.unit.empty() ? std::string("count") : meta.unit);
        if (!meta.period_before.empty() && !meta.period_after.empty()) {
            text += ", " + meta.period_before + " to " + meta.period_after;
        }
        return typographic(text);
    }

    std::string rate_axis_title() const {
        const TableMeta& meta = rows_.meta;
        std::string text = meta.measure.empty() ? "Rate" : sentence_case(meta.measure);
        text += " per " + with_thousands(meta.per, 0) + " people";
        if (!meta.period_after.empty()) {
            text += ", " + meta.period_after;
        }
        return typographic(text);
    }

    FigureTexts make_texts() const {
        const TableMeta& meta = rows_.meta;
        FigureTexts texts;
        texts.kind = "quadrant";
        texts.title = both_higher_title(rows_);
        texts.subtitle = measure_line(meta, periods_words(meta));

        texts.alt = short_alt("Quadrant chart", rows_);
        texts.description = ward_description("Chart", rows_);

        const std::size_t clear_rates =
            count_where([](const Mark& mark) { return shown(mark) && clear(mark.row->rate_compared); });
        const std::size_t clear_changes =
            count_where([](const Mark& mark) { return shown(mark) && clear(mark.row->change_compared); });
        if (meta.cut_rate && (clear_rates > 0 || clear_changes > 0 || count_where(shown) > 0)) {
            const std::string percent =
                meta.level ? with_thousands(*meta.level * 100, 0) + "% limits" : "limits";
            texts.notes.push_back("\u201cClearly\u201d: " + percent + " exclude " +
                                  (meta.cuts == "total" || meta.cuts == "zero" ? cut_owner(meta) + " value"
                                                                               : std::string("the cut")) +
                                  " (Byar for the rate, exact conditional for the change).");
            texts.notes.emplace_back(meta.cuts == "zero" ? "A rate at the cut counts as higher."
                                                         : "At the cut counts as higher.");
        }
        if (meta.cuts == "median") {
            texts.notes.push_back("The cuts are the medians of the " + areas_word(meta) + ".");
        } else if (meta.cuts == "fixed") {
            texts.notes.emplace_back("The cuts were set by hand.");
        }
        if (meta.cut_change_pct && *meta.cut_change_pct < 0) {
            const auto fell = count_where([](const Mark& mark) {
                return mark.row->quadrant.find("_faster") != std::string::npos &&
                       mark.row->change_pct.known() && mark.row->change_pct.number < 0;
            });
            if (fell > 0) {
                texts.notes.push_back("Change above " + cut_owner(meta) + " " +
                                      with_sign(*meta.cut_change_pct, 0) +
                                      "% can still be a fall: below the 0% line.");
            }
        }
        const auto small =
            names_where([](const Mark& mark) { return shown(mark) && mark.row->has_flag("small"); });
        const std::string rule =
            "fewer than " + with_thousands(small_count, 0) + " in either period, so low reliability";
        if (small.size() > 3) {
            texts.notes.push_back(sentence_case(number_word(small.size())) + " " +
                                  areas_word(meta, small.size()) + " had " + rule + ".");
        } else if (!small.empty()) {
            texts.notes.push_back(in_words(small) + ": " + rule + ".");
        }
        add_list(texts.notes, "No " + unit_word(meta) + " in either period: ",
                 names_where([](const Mark& mark) { return mark.row->has_flag("no_events"); }));
        add_list(texts.notes, "Withheld: ", names_where([](const Mark& mark) {
                     return mark.place == Place::nowhere && mark.row->has_flag("suppressed");
                 }));
        add_list(texts.notes, "No rate, so no place: ", names_where([](const Mark& mark) {
                     return mark.place == Place::nowhere && !mark.row->has_flag("suppressed") &&
                            !mark.row->has_flag("no_events");
                 }));
        return texts;
    }

    void add_layout_notes(FigureTexts& texts) const {
        if (!moved_.empty()) {
            texts.notes.push_back(in_words(moved_) + " are drawn slightly apart.");
        }
        add_near_lines(texts.notes);
        if (unnamed_ > 0) {
            texts.notes.push_back(fmt::format("{} of {} {} are named; all are in the table.",
                                              marks_.size() - unnamed_, marks_.size(),
                                              areas_word(rows_.meta)));
        }
    }

    /// A marker that lies on a cut line does not show its side: words do.
    void add_near_lines(std::vector<std::string>& notes) const {
        constexpr double near_mm = 0.75;
        const auto near = [&](bool has_cut, double cut, auto&& position, auto&& above,
                              const std::string& what) {
            if (!has_cut) {
                return;
            }
            for (const bool up : {true, false}) {
                std::vector<std::string> names;
                for (const Mark& mark : marks_) {
                    if (mark.place == Place::plot && std::abs(position(mark) - cut) < near_mm &&
                        above(*mark.row) == up) {
                        names.push_back(mark.row->name);
                    }
                }
                if (names.empty() || names.size() > 4) {
                    continue;
                }
                notes.push_back(in_words(names) + (names.size() == 1 ? " is" : " are") + " just " +
                                (up ? "above " : "below ") + cut_owner(rows_.meta) + " " + what + ".");
            }
        };
        const double cut_rate = rows_.meta.cut_rate.value_or(0);
        const double cut_change = rows_.meta.cut_change_pct.value_or(0);
        near(
            rows_.meta.cut_rate.has_value(), x_of(cut_rate), [](const Mark& mark) { return mark.true_at.x; },
            [&](const WardRow& row) { return row.rate.number >= cut_rate; }, "rate");
        near(
            has_change_cut(), has_change_cut() ? y_of(cut_change) : 0,
            [](const Mark& mark) { return mark.true_at.y; },
            [&](const WardRow& row) { return row.change_pct.number >= cut_change; }, "change");
    }

    static void add_list(std::vector<std::string>& notes, const std::string& intro,
                         const std::vector<std::string>& names) {
        constexpr std::size_t most_listed = 8;
        if (names.empty()) {
            return;
        }
        if (names.size() <= most_listed) {
            notes.push_back(intro + in_words(names) + ".");
        } else {
            std::vector<std::string> some(names.begin(), names.begin() + static_cast<long>(most_listed));
            some.push_back(std::to_string(names.size() - most_listed) + " more");
            notes.push_back(intro + in_words(some) + ".");
        }
    }

    static bool shown(const Mark& mark) { return mark.place != Place::nowhere; }
    static bool clear(const std::string& compared) { return compared == "higher" || compared == "lower"; }

    // ---- layout ----

    void lay_out(const Frame& frame) {
        moved_.clear();
        log_.clear();
        y_ticks_.clear();
        width_ = frame.width_mm();
        const double label_line = line_pitch_mm(sizes_.label);
        const SlotSize slot = slot_size(options_.figure.slot);
        const bool half = options_.figure.slot == Slot::half;
        const double wanted = options_.figure.slot == Slot::full   ? 115
                              : options_.figure.slot == Slot::page ? 140
                                                                   : slot.chart_height_mm;
        key_ = key_line(key_items(), width_, sizes_.note, measure_);
        y_title_ = text_block(change_axis_title(), regular(sizes_.label), ink_text, width_, measure_,
                              Wrap::balanced);
        x_title_ =
            text_block(rate_axis_title(), regular(sizes_.label), ink_text, width_, measure_, Wrap::balanced);
        // What the notes gain by the layout is at most two lines; the page grows by them.
        const double around =
            y_title_.height_mm() + 1.2 + label_line + 1.4 + x_title_.height_mm() + 1.2 + key_.height_mm;
        double plot_height = wanted - frame.top_mm() - frame.below_mm() - around;
        const double least = (half ? 60.0 : 62.0) * std::max(1.0, sizes_.label / 9.0);
        plot_height = std::max(plot_height, least);
        plot_.min_x = 0;
        plot_.max_x = width_;
        plot_.min_y = frame.top_mm() + y_title_.height_mm() + 1.2;
        plot_.max_y = plot_.min_y + plot_height;
        inner_ = plot_;
        if (has_strip(Place::from_zero)) {
            inner_.min_y += strip_height() + strip_gap_mm;
        }
        if (has_strip(Place::to_zero)) {
            inner_.max_y -= strip_height() + strip_gap_mm;
        }
        make_scales();
        double ticks_width = 0;
        for (const double tick : y_ticks_) {
            ticks_width =
                std::max(ticks_width, measure_.width_mm(with_sign(tick, 0) + "%", regular(sizes_.label)));
        }
        for (const Place place : {Place::from_zero, Place::to_zero}) {
            if (has_strip(place)) {
                ticks_width =
                    std::max(ticks_width, measure_.width_mm(strip_name(place), regular(sizes_.label)));
            }
        }
        plot_.min_x = inner_.min_x = ticks_width + tick_gap();
        plot_.max_x = inner_.max_x = width_ - 0.2;
        bottom_ = plot_.max_y + 1.4 + label_line + x_title_.height_mm() + 1.2 + key_.height_mm;
    }

    double tick_gap() const {
        return has_strip(Place::to_zero) ? 2.3 : 1.6;
    }  // a rate of 0 has its marker on the axis
    double strip_height() const { return strip_height_mm * sizes_.label / 9; }
    static std::string strip_name(Place place) { return place == Place::from_zero ? "From 0" : "Fell to 0"; }

    void make_scales() {
        double most_rate = rows_.meta.cut_rate.value_or(0);
        for (const Mark& mark : marks_) {
            if (shown(mark)) {
                most_rate = std::max(most_rate, mark.row->rate.number);
            }
        }
        if (!(most_rate > 0)) {
            most_rate = 1;
        }
        x_ticks_ = ticks_from_zero(most_rate, options_.figure.slot == Slot::half ? 4 : 6);
        // The axis ends at its last tick if that is near, else a little beyond the largest rate.
        most_rate_ = x_ticks_.back();
        if (most_rate_ > 1.1 * most_rate) {
            most_rate_ = 1.05 * most_rate;
            while (x_ticks_.back() > most_rate_) {
                x_ticks_.pop_back();
            }
        }

        double low = 1;
        double high = 1;
        const auto widen = [&](double change_pct) {
            low = std::min(low, 1 + change_pct / 100);
            high = std::max(high, 1 + change_pct / 100);
        };
        if (rows_.meta.cut_change_pct && *rows_.meta.cut_change_pct > -100) {
            widen(*rows_.meta.cut_change_pct);
        }
        double most_change = 0;
        for (const Mark& mark : marks_) {
            if (mark.place == Place::plot) {
                widen(mark.row->change_pct.number);
                most_change = std::max(most_change, mark.row->change_pct.number);
            }
        }
        const bool log = options_.change_scale == ChangeScale::log_ratio;
        linear_change_pct_ = log ? std::nullopt : std::optional(most_change);
        if (!log && most_change > warn_change_pct) {
            log_.push_back(fmt::format(
                "warning: a linear change axis up to {}% squeezes the others; a log-ratio axis does not",
                with_sign(most_change, 0)));
        }
        if (high / low < 1.2) {
            low /= 1.1;
            high *= 1.1;
        }
        // Pad so that the corner names' room is left beyond the outermost changes.
        const double pad = plot_pad_mm * sizes_.label / 9;
        const double length = inner_.height();
        const double from = log ? std::log(low) : low;
        const double to = log ? std::log(high) : high;
        const double unit = (to - from) / std::max(length - 2 * pad, length / 3);
        y_low_ = from - pad * unit;
        y_high_ = to + pad * unit;
        if (!log) {
            y_low_ = std::max(y_low_, -0.02);
        }
        if (log) {
            y_ticks_ = change_ticks(std::exp(y_low_), std::exp(y_high_), length, 6.2 * sizes_.label / 9);
        } else {
            const double step = tick_step((y_high_ - y_low_) * 100, 6);
            for (double tick = std::ceil((y_low_ - 1) * 100 / step) * step;
                 tick <= (y_high_ - 1) * 100 + 1e-9; tick += step) {
                if (tick >= -100) {
                    y_ticks_.push_back(tick == 0 ? 0 : tick);
                }
            }
        }
    }

    double x_of(double rate) const {
        const double share = options_.rate_scale == RateScale::square_root
                                 ? std::sqrt(std::max(rate, 0.0) / most_rate_)
                                 : rate / most_rate_;
        return inner_.min_x + share * inner_.width();
    }
    double y_of(double change_pct) const {
        const double ratio = 1 + change_pct / 100;
        const double value = options_.change_scale == ChangeScale::log_ratio ? std::log(ratio) : ratio;
        return inner_.max_y - (value - y_low_) / (y_high_ - y_low_) * inner_.height();
    }

    double marker_size() const { return marker_size_mm * std::max(1.0, sizes_.label / 10); }
    double marker_radius() const { return marker_size() / 2 + 0.1; }

    void place_marks() {
        for (Mark& mark : marks_) {
            if (!shown(mark)) {
                continue;
            }
            const double x = x_of(mark.row->rate.number);
            double y = 0;
            if (mark.place == Place::from_zero) {
                y = plot_.min_y + strip_height() / 2;
            } else if (mark.place == Place::to_zero) {
                y = plot_.max_y - strip_height() / 2;
            } else {
                y = y_of(mark.row->change_pct.number);
            }
            mark.true_at = mark.at = {x, y};
        }
        part_marks();
    }

    /// Markers whose centres lie nearer than four fifths of their size are pushed apart along the line
    /// between them, never over a cut: otherwise one would hide the other.
    void part_marks() {
        const double apart = marker_size() * 0.8;
        const double most_moved = marker_size() * 0.6;
        std::vector<Mark*> order;
        for (Mark& mark : marks_) {
            if (shown(mark)) {
                order.push_back(&mark);
            }
        }
        std::sort(order.begin(), order.end(), [](const Mark* a, const Mark* b) {
            return std::tie(a->row->code, a->row->name) < std::tie(b->row->code, b->row->name);
        });
        for (int round = 0; round < 60; ++round) {
            bool moved = false;
            for (std::size_t i = 0; i < order.size(); ++i) {
                for (std::size_t j = i + 1; j < order.size(); ++j) {
                    Mark& a = *order[i];
                    Mark& b = *order[j];
                    double dx = b.at.x - a.at.x;
                    double dy = a.place == b.place && a.place != Place::plot ? 0 : b.at.y - a.at.y;
                    double length = std::hypot(dx, dy);
                    if (length >= apart - 1e-6 || (a.place != b.place)) {
                        continue;
                    }
                    if (length < 1e-9) {
                        dx = 1;
                        dy = 0;
                        length = 1;
                    }
                    const double push = (apart - std::hypot(b.at.x - a.at.x, b.at.y - a.at.y)) / 2 + 0.005;
                    move(a, -dx / length * push, -dy / length * push, most_moved);
                    move(b, dx / length * push, dy / length * push, most_moved);
                    moved = true;
                }
            }
            if (!moved) {
                break;
            }
        }
        for (const Mark* mark : order) {
            if (std::hypot(mark->at.x - mark->true_at.x, mark->at.y - mark->true_at.y) > 0.05) {
                moved_.push_back(mark->row->name);
                log_.push_back(
                    mark->row->name + ": marker moved " +
                    with_thousands(std::hypot(mark->at.x - mark->true_at.x, mark->at.y - mark->true_at.y),
                                   1) +
                    " mm");
            }
        }
    }

    void move(Mark& mark, double dx, double dy, double most) const {
        Point to{mark.at.x + dx, mark.at.y + dy};
        const double away = std::hypot(to.x - mark.true_at.x, to.y - mark.true_at.y);
        if (away > most) {
            to = {mark.true_at.x + (to.x - mark.true_at.x) * most / away,
                  mark.true_at.y + (to.y - mark.true_at.y) * most / away};
        }
        to.x = std::max(to.x, inner_.min_x);
        if (rows_.meta.cut_rate) {
            to.x = same_side(mark.true_at.x, to.x, x_of(*rows_.meta.cut_rate));
        }
        if (mark.place == Place::plot && has_change_cut()) {
            to.y = same_side(mark.true_at.y, to.y, y_of(*rows_.meta.cut_change_pct));
        }
        mark.at = to;
    }

    static double same_side(double was, double wanted, double cut) {
        if (was >= cut) {
            return std::max(wanted, cut);
        }
        return std::min(wanted, cut - 0.02);
    }

    bool has_change_cut() const { return rows_.meta.cut_change_pct && *rows_.meta.cut_change_pct > -100; }

    // ---- drawing ----

    void draw_grid(Group& content) const {
        Group grid;
        grid.role = Role::decoration;
        grid.id = "grid";
        for (const Place place : {Place::from_zero, Place::to_zero}) {
            if (!has_strip(place)) {
                continue;
            }
            const double top = place == Place::from_zero ? plot_.min_y : plot_.max_y - strip_height();
            // A line, not a grey ground: on one, the paler marks would be under 3 to 1.
            const double edge = place == Place::from_zero ? top + strip_height() : top;
            add_line(grid, plot_.min_x, edge, plot_.max_x, edge, Stroke{ink_axis, 0.18, {}});
        }
        for (const double tick : y_ticks_) {
            if (tick != 0) {
                add_line(grid, inner_.min_x, y_of(tick), inner_.max_x, y_of(tick), grid_stroke());
            }
        }
        for (const double tick : x_ticks_) {
            add_line(grid, x_of(tick), inner_.min_y, x_of(tick), inner_.max_y, grid_stroke());
        }
        add_line(grid, inner_.min_x, y_of(0), inner_.max_x, y_of(0), base_stroke());
        if (rows_.meta.cut_rate) {
            const double x = x_of(*rows_.meta.cut_rate);
            add_line(grid, x, plot_.min_y, x, plot_.max_y, reference_stroke());
        }
        if (has_change_cut()) {
            const double y = y_of(*rows_.meta.cut_change_pct);
            add_line(grid, inner_.min_x, y, inner_.max_x, y, reference_stroke());
        }
        content.children.push_back(node(std::move(grid)));
    }

    void draw_axes(Group& content) const {
        Group axes;
        axes.role = Role::layer;
        axes.id = "axes";
        const TextStyle style = regular(sizes_.label);
        draw_block(axes, y_title_, 0, plot_.min_y - 1.2 - y_title_.height_mm());
        const double middle = sizes_.label * mm_per_pt * cap_height / 2;
        for (const double tick : y_ticks_) {
            add_text(axes, with_sign(tick, 0) + "%", plot_.min_x - tick_gap(), y_of(tick) + middle, style,
                     TextAnchor::end, ink_axis);
        }
        for (const Place place : {Place::from_zero, Place::to_zero}) {
            if (!has_strip(place)) {
                continue;
            }
            const double y = place == Place::from_zero ? plot_.min_y + strip_height() / 2
                                                       : plot_.max_y - strip_height() / 2;
            add_text(axes, strip_name(place), plot_.min_x - tick_gap(), y + middle, style, TextAnchor::end,
                     ink_axis);
        }
        const double base = plot_.max_y + 1.4 + base_line_offset_mm(style);
        const int decimals = tick_decimals(x_ticks_.size() > 1 ? x_ticks_[1] : 1);
        double last_end = -2;
        for (const double tick : x_ticks_) {
            const std::string text = with_thousands(tick, decimals);
            const double half = measure_.width_mm(text, style) / 2;
            const double x = std::clamp(x_of(tick), half, width_ - half);
            if (x - half < last_end + 2) {
                continue;
            }  // near 0 on a square-root axis
            last_end = x + half;
            add_text(axes, text, x, base, style, TextAnchor::middle, ink_axis);
        }
        const double x_middle = std::min((plot_.min_x + plot_.max_x) / 2, width_ - x_title_.width_mm / 2);
        draw_block(axes, x_title_, x_middle, plot_.max_y + 1.4 + line_pitch_mm(sizes_.label),
                   TextAnchor::middle);
        content.children.push_back(node(std::move(axes)));
    }

    // ---- texts of the plot ----

    /// Names of areas, corners and lines take their places in one search.
    void choose_texts() {
        choose_names();
        add_corner_names();
        add_cut_names();
        NameObstacles obstacles;
        for (const Mark& mark : marks_) {
            if (shown(mark)) {
                obstacles.markers.emplace_back(mark.at, marker_radius());
            }
        }
        if (rows_.meta.cut_rate) {
            const double x = x_of(*rows_.meta.cut_rate);
            obstacles.forbidden_lines.push_back({{x, plot_.min_y}, {x, plot_.max_y}});
        }
        if (has_change_cut()) {
            const double y = y_of(*rows_.meta.cut_change_pct);
            obstacles.forbidden_lines.push_back({{inner_.min_x, y}, {inner_.max_x, y}});
        }
        obstacles.avoided_lines.push_back({{inner_.min_x, y_of(0)}, {inner_.max_x, y_of(0)}});
        placed_ = place_names(wanted_, obstacles, measure_);
        // A strip may be too full: its names may then stand in the plot, with a leader.
        bool again = false;
        for (std::size_t i = 0; i < wanted_marks_.size(); ++i) {
            if (!placed_[i].placed && wanted_marks_[i]->place != Place::plot) {
                wanted_[i].within = plot_;
                again = true;
            }
        }
        if (again) {
            placed_ = place_names(wanted_, obstacles, measure_);
        }

        unnamed_ = count_where(shown) - wanted_marks_.size();
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            const PlacedName& placed = placed_[i];
            const bool is_area = i < wanted_marks_.size();
            const std::string& name = is_area ? wanted_marks_[i]->row->name : wanted_[i].text;
            if (!placed.placed) {
                unnamed_ += is_area;
                log_.push_back("no room for the name '" + name + "'");
                continue;
            }
            if (placed.has_leader) {
                log_.push_back(name + ": name placed with a leader");
            }
            std::string text;
            for (const std::string& line : placed.lines) {
                text += (text.empty() ? "" : "\n") + line;
            }
            labels_.push_back({is_area ? wanted_marks_[i]->row->code : std::string(), std::move(text),
                               placed.box, placed.has_leader});
        }
    }

    /// Each name stays in its own quadrant: at the outer corner, else further along its edges.
    void add_corner_names() {
        if (!rows_.meta.cut_rate || !has_change_cut()) {
            return;
        }
        const TextStyle style = regular(sizes_.label);
        const double size = sizes_.label * mm_per_pt;
        const double cut_x = x_of(*rows_.meta.cut_rate);
        const double cut_y = y_of(*rows_.meta.cut_change_pct);
        for (const auto& quadrant : quadrant_styles(options_.figure.theme)) {
            const bool right = quadrant.code.substr(0, 4) == "high";
            const bool up = quadrant.code.find("faster") != std::string_view::npos;
            const Box region{(right ? cut_x : inner_.min_x) + 1.4, (up ? inner_.min_y : cut_y) + 1.2,
                             (right ? inner_.max_x : cut_x) - 1.4, (up ? cut_y : inner_.max_y) - 1.2};
            PointName name;
            name.key = "corner " + std::string(quadrant.code);
            name.text = quadrant_name(quadrant.code, rows_.meta);
            name.style = style;
            name.within = inner_;
            double further = 0;  // other ways to break it, at a cost
            for (const double share : {0.62, 1.02, 0.42}) {
                const double wide = std::min(measure_.width_mm(name.text, style) * share, region.width());
                if (wide < 12) {
                    break;
                }
                const TextBlock block =
                    text_block(name.text, style, ink_secondary, wide, measure_, Wrap::balanced);
                const double height =
                    size * (cap_height + descent) +
                    line_pitch_mm(sizes_.label) * static_cast<double>(block.lines.size() - 1);
                if (block.width_mm > region.width() || height > region.height() ||
                    std::find(name.wrappings.begin(), name.wrappings.end(), block.lines) !=
                        name.wrappings.end()) {
                    continue;
                }
                constexpr int steps = 16;
                for (int along = 0; along <= steps; ++along) {
                    for (int across = 0; across <= steps; ++across) {
                        const double slack_x = (region.width() - block.width_mm) * along / steps;
                        const double slack_y = (region.height() - height) * across / steps;
                        const double left =
                            right ? region.max_x - block.width_mm - slack_x : region.min_x + slack_x;
                        const double top = up ? region.min_y + slack_y : region.max_y - height - slack_y;
                        // Near its corner it reads best: what counts is how far it went, in mm.
                        name.places.push_back(
                            {name.wrappings.size(),
                             {left, top, left + block.width_mm, top + height},
                             right ? TextAnchor::end : TextAnchor::start,
                             further + std::min(0.12 * slack_x, 5.0) + std::min(0.3 * slack_y, 6.0)});
                    }
                }
                name.wrappings.push_back(block.lines);
                further += 1;
            }
            if (name.places.empty()) {
                log_.push_back("no room for the name '" + name.text + "'");
                continue;
            }
            wanted_.push_back(std::move(name));
        }
    }

    void add_cut_names() {
        const double size = sizes_.label * mm_per_pt;
        PointName name;
        name.style = regular(sizes_.label);
        name.within = {plot_.min_x, plot_.min_y + 0.2, plot_.max_x, plot_.max_y - 0.2};
        const auto add_place = [&](double left, double base, double cost) {
            name.places.push_back({0,
                                   text_box(name.text, left, base, name.style, TextAnchor::start, measure_),
                                   TextAnchor::start, cost});
        };
        if (rows_.meta.cut_rate) {
            name.key = "cut rate";
            name.text =
                cut_name(rows_.meta) + " " + with_thousands(*rows_.meta.cut_rate, rate_decimals(rows_.meta));
            name.wrappings = {{name.text}};
            const double width = measure_.width_mm(name.text, name.style);
            const double x = x_of(*rows_.meta.cut_rate);
            for (int step = 0; step <= 30; ++step) {
                // From the top down and from the bottom up, right of the line, then left of it.
                const double moved = step * 2.0;
                const double from_top = inner_.min_y + 1.2 + size * cap_height + moved;
                const double from_bottom = inner_.max_y - 1.2 - size * descent - moved;
                add_place(x + 1.4, from_top, 0.25 * moved);
                add_place(x - 1.4 - width, from_top, 1 + 0.25 * moved);
                add_place(x + 1.4, from_bottom, 1.5 + 0.25 * moved);
                add_place(x - 1.4 - width, from_bottom, 2.5 + 0.25 * moved);
            }
            wanted_.push_back(name);
            name.places.clear();
        }
        if (has_change_cut()) {
            name.key = "cut change";
            name.text = rows_.meta.cuts == "zero"
                            ? std::string("No change")
                            : cut_name(rows_.meta) + " " + with_sign(*rows_.meta.cut_change_pct, 0) + "%";
            name.wrappings = {{name.text}};
            const double width = measure_.width_mm(name.text, name.style);
            const double y = y_of(*rows_.meta.cut_change_pct);
            for (double moved = 0; moved < plot_.width() - width - 2.8; moved += 2) {
                const double left = plot_.max_x - 1.4 - width - moved;
                add_place(left, y - 1.1 - size * descent, 0.1 * moved);
                add_place(left, y + 1.0 + size * cap_height, 0.6 + 0.1 * moved);
            }
            wanted_.push_back(std::move(name));
        }
    }

    /// Beyond forty areas: the three highest rates, the three largest and smallest changes, the upper right.
    std::set<const WardRow*> named_rows() const {
        std::set<const WardRow*> named;
        std::vector<const Mark*> order;
        for (const Mark& mark : marks_) {
            if (shown(mark)) {
                order.push_back(&mark);
            }
        }
        if (order.size() <= most_named) {
            for (const Mark* mark : order) {
                named.insert(mark->row);
            }
            return named;
        }
        for (std::size_t i = 0; i < 3; ++i) {
            named.insert(order[i]->row);
        }  // sorted by rate
        std::vector<const Mark*> by_change;
        for (const Mark* mark : order) {
            if (mark->place == Place::plot) {
                by_change.push_back(mark);
            }
        }
        std::sort(by_change.begin(), by_change.end(), [](const Mark* a, const Mark* b) {
            return std::tie(a->row->change_pct.number, a->row->name, a->row->code) <
                   std::tie(b->row->change_pct.number, b->row->name, b->row->code);
        });
        for (std::size_t i = 0; i < std::min<std::size_t>(3, by_change.size()); ++i) {
            named.insert(by_change[i]->row);
            named.insert(by_change[by_change.size() - 1 - i]->row);
        }
        for (const Mark* mark : order) {
            if (mark->row->quadrant == "high_faster" && named.size() < most_named) {
                named.insert(mark->row);
            }
        }
        return named;
    }

    void choose_names() {
        const auto named = named_rows();
        for (const Mark& mark : marks_) {
            if (!shown(mark) || named.count(mark.row) == 0) {
                continue;
            }
            Box within = inner_.grown(-0.4);
            if (mark.place == Place::from_zero) {
                within = {plot_.min_x, plot_.min_y, plot_.max_x, plot_.min_y + strip_height()};
            }
            if (mark.place == Place::to_zero) {
                within = {plot_.min_x, plot_.max_y - strip_height(), plot_.max_x, plot_.max_y};
            }
            wanted_.push_back({mark.row->code + "\n" + mark.row->name,
                               mark.row->name,
                               mark.at,
                               marker_radius(),
                               clear(mark.row->change_compared) ? bold(sizes_.label) : regular(sizes_.label),
                               within,
                               {},
                               {}});
            wanted_marks_.push_back(&mark);
        }
    }

    void draw_marks(Group& content) const {
        Group marks;
        marks.role = Role::layer;
        marks.id = "areas";
        for (const Mark& mark : marks_) {
            if (!shown(mark)) {
                continue;
            }
            Group area;
            area.role = Role::area;
            area.code = mark.row->code;
            area.label = area_label(*mark.row, rows_.meta);
            const QuadrantStyle style = quadrant_style(mark.row->quadrant, options_.figure.theme);
            draw_marker(area, style.shape, mark.at.x, mark.at.y, marker_size(), style.color,
                        clear(mark.row->rate_compared) ? MarkerFill::filled : MarkerFill::hollow);
            marks.children.push_back(node(std::move(area)));
        }
        Group names;
        names.role = Role::layer;
        names.id = "labels";
        Group corners;
        corners.role = Role::layer;
        corners.id = "quadrant-names";
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            const bool corner = wanted_[i].key.rfind("corner ", 0) == 0;
            draw_name(i < wanted_marks_.size() ? names : corners, placed_[i], wanted_[i].style,
                      corner ? ink_secondary : ink_text);
        }
        content.children.push_back(node(std::move(corners)));
        content.children.push_back(node(std::move(marks)));
        content.children.push_back(node(std::move(names)));
    }

    std::vector<KeyItem> key_items() const {
        std::vector<KeyItem> items;
        if (!rows_.meta.cut_rate) {
            return items;
        }
        const std::string owner = cut_owner(rows_.meta);
        const std::size_t filled =
            count_where([](const Mark& mark) { return shown(mark) && clear(mark.row->rate_compared); });
        const std::size_t hollow = count_where(shown) - filled;
        const std::size_t changed =
            count_where([](const Mark& mark) { return shown(mark) && clear(mark.row->change_compared); });
        if (filled > 0) {
            items.push_back({KeySymbol::filled,
                             {},
                             {},
                             fmt::format("Filled: rate clearly above or below {} ({})", owner, filled)});
        }
        if (hollow > 0) {
            items.push_back({KeySymbol::hollow, {}, {}, fmt::format("Hollow: not clear ({})", hollow)});
        }
        if (changed > 0) {
            items.push_back(
                {KeySymbol::none, {}, "Bold", fmt::format(": change clearly above or below ({})", changed)});
        } else {
            items.push_back({KeySymbol::none, {}, {}, "No change is clearly above or below"});
        }
        return items;
    }

    void draw_below(Group& content) const {
        Group group;
        group.role = Role::layer;
        group.id = "key";
        draw_key_line(group, key_, bottom_ - key_.height_mm);
        content.children.push_back(node(std::move(group)));
    }

    Table data_table() const {
        std::vector<std::size_t> order;
        for (const Mark& mark : marks_) {
            order.push_back(mark.row->row);
        }
        return table_.take(order);
    }

    const Table& table_;
    const QuadrantChartOptions& options_;
    const TextMeasure& measure_;
    TypeSizes sizes_;
    WardRows rows_;
    std::vector<Mark> marks_{};
    double width_ = 0;
    double bottom_ = 0;  ///< of the content
    Box plot_{};         ///< strips included
    Box inner_{};        ///< without strips
    KeyLine key_{};
    TextBlock y_title_{};
    TextBlock x_title_{};
    std::vector<double> x_ticks_{};
    std::vector<double> y_ticks_{};
    double most_rate_ = 1;
    double y_low_ = 0;
    double y_high_ = 1;
    std::vector<PointName> wanted_{};  ///< names of areas, then of corners and lines
    std::vector<const Mark*> wanted_marks_{};
    std::vector<PlacedName> placed_{};
    std::vector<PlacedLabel> labels_{};
    std::vector<std::string> log_{};
    std::optional<double> linear_change_pct_{};
    std::vector<std::string> moved_{};
    std::size_t unnamed_ = 0;
};

}  // namespace

Figure quadrant_chart(const Table& table, const QuadrantChartOptions& options, const TextMeasure& measure) {
    const std::vector<std::string> missing =
        missing_columns(table, {"area_code", "area_name", "count_before", "count_after", "change_pct", "rate",
                                "quadrant", "rate_compared", "change_compared", "flags"});
    if (!missing.empty()) {
        const std::string& file = table.origin().file;
        throw InputError(
            "a quadrant chart is drawn from a table that 'wardmap indicators' made, and this lacks " +
                in_words(missing),
            table.where(0),
            "make one first: wardmap indicators " + (file.empty() ? "TABLE" : file) +
                " --from COLUMN --to COLUMN --areas AREAS -o table.csv");
    }
    return Chart(table, options, measure).draw();
}

}  // namespace wardmap
