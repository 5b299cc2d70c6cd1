#include "wardmap/figure/compare_chart.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/compare_words.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/key_line.hpp"
#include "wardmap/figure/plot_text.hpp"
#include "wardmap/figure/range_axis.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace wardmap {
namespace {

constexpr double limits_line_mm = 0.35;
constexpr double focus_line_mm = 0.6;
constexpr double least_interval_page_mm = 140;  ///< on narrower pages the intervals are in the table alone
constexpr double names_share = 0.36;            ///< of the page's width, at most
constexpr double between_mm = 2.0;

std::string period_or_latest(const AreaValues& values, const std::string& wanted) {
    if (values.periods.empty()) return wanted;  // words for a table of one period
    if (wanted.empty()) return values.periods.back();
    if (std::find(values.periods.begin(), values.periods.end(), wanted) != values.periods.end())
        return wanted;
    throw NameUnknown("no row has the period '" + wanted + "'", {.column = values.columns.period},
                      did_you_mean(wanted, values.periods));
}

/// A line of the list: an area, or how many are not shown between two.
struct Line {
    std::optional<std::size_t> row{};
    std::size_t skipped = 0;
};

class Chart {
public:
    Chart(const Table& table, const CompareChartOptions& options, const TextMeasure& measure,
          Problems& problems)
        : table_(table), options_(options), measure_(measure), sizes_(type_sizes(options.figure.theme)) {
        values_ = read_area_values(table, options.columns, options.roles, problems);
        choose_period(problems);
        split_rows();
        words_.emplace(rows_, unit_of_values(table, values_));
    }

    Figure draw() {
        choose_lines();
        const Frame frame(texts(), table_.meta(), options_.figure, measure_);
        lay_out(frame);
        Group content;
        content.role = Role::layer;
        content.id = "chart";
        PlotText placed(measure_);
        draw_ground(content, placed);
        draw_rows(content, placed);
        draw_below(content);
        Figure figure = frame.finish(std::move(content), bottom_);
        figure.data = data_table();
        figure.labels = placed.take();
        if (shown_ < rows_.size())
            figure.log.push_back(std::to_string(rows_.size() - shown_) + " of " +
                                 std::to_string(rows_.size()) + " rows are not shown");
        return figure;
    }

private:
    // ---- what is drawn ----

    void choose_period(Problems& problems) {
        period_ = period_or_latest(values_, options_.period);
        if (values_.periods.size() < 2) return;
        std::vector<AreaValue> kept;
        for (AreaValue& row : values_.rows) {
            if (row.period == period_) kept.push_back(std::move(row));
        }
        values_.rows = std::move(kept);
        problems.add(Severity::note, "other_periods",
                     period_ + " is drawn; rows of other periods are not (--period chooses)",
                     {.file = table_.origin().file, .column = values_.columns.period}, {},
                     values_.periods.size() - 1);
    }

    void split_rows() {
        for (const std::string& name : options_.roles.references) {
            for (const AreaValue& row : values_.rows) {
                if (!is_area(row, name)) continue;
                references_.push_back(row);
                break;
            }
        }
        for (const AreaValue& row : values_.rows) {
            const bool is_reference = std::any_of(references_.begin(), references_.end(),
                                                  [&](const AreaValue& one) { return one.row == row.row; });
            if (!is_reference) rows_.push_back(row);
        }
        if (rows_.empty())
            throw InputError("there are no areas besides the references", table_.where(0),
                             "give the areas that are compared");
        print_names(rows_);
        print_names(references_);
        sort_by_value(rows_);
        for (const std::string& name : options_.roles.highlight) {
            for (std::size_t i = 0; i < rows_.size(); ++i) {
                const bool again =
                    std::find(highlighted_.begin(), highlighted_.end(), i) != highlighted_.end();
                if (is_area(rows_[i], name) && !again) highlighted_.push_back(i);
            }
        }
        if (highlighted_.size() > most_highlighted) {
            throw UsageError(
                "at most four areas can be highlighted, not " + std::to_string(highlighted_.size()), {},
                "name the ones the chart is about");
        }
        known_ = static_cast<std::size_t>(std::count_if(
            rows_.begin(), rows_.end(), [](const AreaValue& row) { return row.value.known(); }));
    }

    static void print_names(std::vector<AreaValue>& rows) {
        std::vector<std::string> names;
        for (const AreaValue& row : rows) names.push_back(row.name);
        names = printed_names(std::move(names));
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i].name = names[i];
    }

    const AreaValue* reference() const { return references_.empty() ? nullptr : &references_.front(); }
    std::optional<std::size_t> highlight_of(std::size_t row) const {
        const auto found = std::find(highlighted_.begin(), highlighted_.end(), row);
        if (found == highlighted_.end()) return std::nullopt;
        return static_cast<std::size_t>(found - highlighted_.begin());
    }

    // ---- which rows ----

    /// The list with `k` of each end and on each side of the highlighted areas.
    std::vector<Line> lines_with(std::size_t k) const {
        std::vector<bool> shown(rows_.size(), false);
        for (std::size_t i = 0; i < known_; ++i) {
            bool near = i < k || i + k >= known_;
            for (const std::size_t place : highlighted_)
                near = near || (i <= place ? place - i : i - place) <= k;
            shown[i] = near;
        }
        for (const std::size_t place : highlighted_) shown[place] = true;
        std::vector<Line> lines;
        std::size_t skipped = 0;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (!shown[i]) {
                ++skipped;
                continue;
            }
            // A line that says "1 not shown" takes the room of the row itself.
            if (skipped == 1) {
                lines.push_back({i - 1, 0});
            } else if (skipped > 0) {
                lines.push_back({std::nullopt, skipped});
            }
            skipped = 0;
            lines.push_back({i, 0});
        }
        if (skipped > 0 && known_ == rows_.size()) lines.push_back({std::nullopt, skipped});
        return lines;
    }

    void use(std::vector<Line> lines) {
        lines_ = std::move(lines);
        shown_ = static_cast<std::size_t>(std::count_if(
            lines_.begin(), lines_.end(), [](const Line& line) { return line.row.has_value(); }));
    }

    void use_all() {
        std::vector<Line> lines;
        for (std::size_t i = 0; i < rows_.size(); ++i) lines.push_back({i, 0});
        use(std::move(lines));
    }

    void choose_lines() {
        use_all();
        if (options_.keep > 0) {
            if (lines_with(options_.keep).size() < rows_.size()) use(lines_with(options_.keep));
            return;
        }
        if (options_.rows == CompareRows::all) return;
        const double most = slot_size(options_.figure.slot).most_height_mm;
        const auto fits = [&] {
            const Frame frame(texts(), table_.meta(), options_.figure, measure_);
            lay_out(frame);
            return bottom_ + frame.below_mm() <= most;
        };
        if (fits()) return;
        // The most that fit: more of each make a longer list.
        std::size_t low = 1;
        std::size_t high = std::max<std::size_t>(1, rows_.size() / 2);
        while (low < high) {
            const std::size_t middle = (low + high + 1) / 2;
            use(lines_with(middle));
            if (fits()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        use(lines_with(low));
    }

    // ---- words ----

    FigureTexts texts() const {
        const TableMeta& meta = table_.meta();
        FigureTexts out;
        out.kind = "compare";
        out.title = comparison_title(rows_, highlighted_, reference(), *words_, meta);
        out.subtitle = comparison_line(values_, meta, period_);
        std::vector<std::string> sentences{out.title + (period_.empty() ? "." : ", " + period_ + "."),
                                           "Dots with limits of " + counted_areas(meta, rows_.size()) + "."};
        if (values_.columns.lower.empty())
            sentences[1] = "Dots of " + counted_areas(meta, rows_.size()) + ".";
        out.alt = short_text(sentences);
        out.description = description(out.title);
        if (reference() != nullptr) out.notes.push_back(comparison_note(values_, reference()->name));
        if (!values_.columns.lower.empty()) {
            out.notes.push_back((reference() != nullptr ? "Lines and the shaded band: " : "Lines: ") +
                                interval_words(values_) + "s.");
        }
        if (!make_axis().starts_at_zero()) out.notes.emplace_back("The axis does not start at 0.");
        if (shown_ < rows_.size()) {
            const std::size_t hidden = rows_.size() - shown_;
            out.notes.push_back(counted_areas(meta, shown_) + " of " + std::to_string(rows_.size()) +
                                " are shown: the highest, the lowest" +
                                (highlighted_.empty() ? "" : " and those next to the highlighted") + ".");
            const std::size_t without = rows_.size() - known_;
            if (without > 0 && hidden >= without)
                out.notes.push_back("Without a value, not shown: " + names_without_value() + ".");
        }
        for (std::string& note : state_notes(rows_)) out.notes.push_back(std::move(note));
        return out;
    }

    std::string names_without_value() const {
        constexpr std::size_t most_named = 8;
        std::vector<std::string> names;
        for (std::size_t i = known_; i < rows_.size(); ++i) names.push_back(rows_[i].name);
        if (names.size() > most_named) {
            const std::size_t more = names.size() - most_named;
            names.resize(most_named);
            names.push_back(std::to_string(more) + " more");
        }
        return in_words(names);
    }

    std::string description(const std::string& title) const {
        const TableMeta& meta = table_.meta();
        std::string text = title + ".";
        for (const std::size_t place : highlighted_) {
            const AreaValue& area = rows_[place];
            if (const std::string interval = words_->interval(area); !interval.empty())
                text += " The " + interval_words(values_) + " of " + area.name + " is " + interval + ".";
        }
        if (known_ > 1) {
            text += " Of " + counted_areas(meta, known_) + " the highest is " + rows_.front().name + " (" +
                    words_->cell(rows_.front().value) + "), the lowest " + rows_[known_ - 1].name + " (" +
                    words_->cell(rows_[known_ - 1].value) + ").";
        }
        for (const AreaValue& one : references_) {
            text += " " + one.name + ": " + words_->cell(one.value);
            if (const std::string interval = words_->interval(one); !interval.empty())
                text += " (" + interval + ")";
            text += ".";
        }
        return text;
    }

    // ---- layout ----

    RangeAxis make_axis() const {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        const auto widen = [&](const AreaValue& one) {
            if (!one.value.known()) return;
            for (const NumberCell* cell : {&one.value, &one.lower, &one.upper}) {
                if (!cell->known()) continue;
                low = std::min(low, cell->number);
                high = std::max(high, cell->number);
            }
        };
        for (const AreaValue& row : rows_) widen(row);
        for (const AreaValue& one : references_) widen(one);
        if (!(low <= high)) low = high = 0;
        const int count = options_.figure.slot == Slot::half ? 3 : 5;
        return RangeAxis(low, high, count, AxisScale::linear, AxisStart::near);
    }

    /// Small enough that the limits show on both sides.
    double dot_mm() const { return (options_.figure.slot == Slot::half ? 1.6 : 2.0) * scale(); }
    TextStyle plain() const { return regular(sizes_.label); }
    TextStyle style_of(std::size_t row) const {
        return highlight_of(row) ? bold(sizes_.label) : regular(sizes_.label);
    }
    double scale() const { return std::max(1.0, sizes_.label / 9); }

    void lay_out(const Frame& frame) {
        width_ = frame.width_mm();
        const double pitch = line_pitch_mm(sizes_.label);
        has_intervals_ = width_ >= least_interval_page_mm * scale() && !values_.columns.lower.empty();
        double names_width = 0;
        values_width_ = 0;
        intervals_width_ = 0;
        for (const Line& line : lines_) {
            if (!line.row) continue;
            const AreaValue& area = rows_[*line.row];
            names_width = std::max(names_width, measure_.width_mm(area.name, style_of(*line.row)));
            values_width_ =
                std::max(values_width_, measure_.width_mm(words_->cell(area.value), style_of(*line.row)));
            intervals_width_ = std::max(intervals_width_, measure_.width_mm(words_->interval(area), plain()));
        }
        names_width = std::min(names_width, names_share * width_);
        heading_ = {};
        if (has_intervals_) {
            heading_ = text_block(sentence_case(interval_words(values_)), bold(sizes_.label), ink_text,
                                  std::max(intervals_width_, 24 * scale()), measure_, Wrap::balanced);
            intervals_width_ = std::max(intervals_width_, heading_.width_mm);
        } else {
            intervals_width_ = 0;
        }
        names_.clear();
        heights_.clear();
        for (const Line& line : lines_) {
            std::vector<std::string> name;
            if (line.row)
                name = wrap_text(rows_[*line.row].name, style_of(*line.row), names_width, measure_,
                                 Wrap::balanced);
            heights_.push_back(pitch * std::max(1.15, static_cast<double>(name.size()) + 0.1));
            names_.push_back(std::move(name));
        }
        const double right = width_ - values_width_ - (has_intervals_ ? intervals_width_ + between_mm : 0) -
                             between_mm - dot_mm() / 2;
        axis_ = make_axis();
        axis_.set_place(names_width + between_mm + dot_mm() / 2, right);
        place_reference_names();
        first_top_ = frame.top_mm() +
                     std::max(heading_.lines.empty() ? 0.0 : heading_.height_mm() + 0.8, reference_height_);
        double y = first_top_;
        for (const double height : heights_) y += height;
        last_bottom_ = y;
        key_ = key_line(key_items(), width_, sizes_.note, measure_);
        bottom_ = last_bottom_ + 1.2 + pitch + (key_.items.empty() ? 0.0 : 1.0 + key_.height_mm);
    }

    /// Names of references over their lines, in one line where they fit: two near each other turn their
    /// backs. Else each stands in the lowest line in which it covers no other.
    void place_reference_names() {
        reference_names_.clear();
        const TextStyle style = plain();
        const double room_right = heading_.lines.empty() ? width_ : width_ - intervals_width_ - between_mm;
        for (const AreaValue& one : references_) {
            if (!one.value.known()) continue;
            ReferenceName name;
            name.lines = wrap_text(one.name + " " + words_->cell(one.value), style, room_right, measure_,
                                   Wrap::balanced);
            name.line_mm = axis_.at(one.value.number);
            for (const std::string& line : name.lines)
                name.width_mm = std::max(name.width_mm, measure_.width_mm(line, style));
            reference_names_.push_back(std::move(name));
        }
        std::stable_sort(
            reference_names_.begin(), reference_names_.end(),
            [](const ReferenceName& a, const ReferenceName& b) { return a.line_mm < b.line_mm; });
        for (ReferenceName& one : reference_names_) {
            one.left_mm =
                std::clamp(one.line_mm - one.width_mm / 2, 0.0, std::max(0.0, room_right - one.width_mm));
        }
        const auto meet = [](const ReferenceName& a, const ReferenceName& b) {
            constexpr double apart_mm = 1.5;
            return a.left_mm < b.left_mm + b.width_mm + apart_mm &&
                   b.left_mm < a.left_mm + a.width_mm + apart_mm;
        };
        if (reference_names_.size() == 2 && meet(reference_names_[0], reference_names_[1])) {
            ReferenceName lower = reference_names_[0];
            ReferenceName higher = reference_names_[1];
            lower.left_mm = std::min(lower.line_mm + 0.8, higher.line_mm - 1.5) - lower.width_mm;
            higher.left_mm = std::max(higher.line_mm - 0.8, lower.line_mm + 1.5);
            if (!meet(lower, higher) && lower.left_mm >= 0 && higher.left_mm + higher.width_mm <= room_right)
                reference_names_ = {lower, higher};
        }
        std::size_t lines = 0;
        for (std::size_t i = 0; i < reference_names_.size(); ++i) {
            ReferenceName& one = reference_names_[i];
            const auto covered = [&] {
                return std::any_of(reference_names_.begin(), reference_names_.begin() + static_cast<long>(i),
                                   [&](const ReferenceName& other) {
                                       return other.first_line < one.first_line + one.lines.size() &&
                                              one.first_line < other.first_line + other.lines.size() &&
                                              meet(one, other);
                                   });
            };
            while (covered()) ++one.first_line;
            lines = std::max(lines, one.first_line + one.lines.size());
        }
        reference_height_ = lines > 0 ? line_pitch_mm(sizes_.label) * static_cast<double>(lines) + 0.8 : 0;
    }

    std::vector<KeyItem> key_items() const {
        std::vector<KeyItem> items;
        const AreaValue* against = reference();
        if (against == nullptr || values_.columns.lower.empty()) return items;
        std::size_t clear = 0;
        std::size_t similar = 0;
        for (const AreaValue& row : rows_) {
            const Compared compared = compared_with(row, against->value);
            clear += compared == Compared::higher || compared == Compared::lower;
            similar += compared == Compared::similar;
        }
        if (clear > 0)
            items.push_back({KeySymbol::filled,
                             {},
                             {},
                             "Higher or lower than " + against->name + " (" + std::to_string(clear) + ")",
                             {}});
        if (similar > 0)
            items.push_back({KeySymbol::hollow, {}, {}, "Similar (" + std::to_string(similar) + ")", {}});
        return items;
    }

    // ---- drawing ----

    void draw_ground(Group& content, PlotText& placed) const {
        Group ground;
        ground.role = Role::decoration;
        ground.id = "ground";
        for (const AreaValue& one : references_) {
            if (!one.value.known() || !one.has_limits()) continue;
            const double from = axis_.at(one.lower.number);
            add_rect(ground, from, first_top_, axis_.at(one.upper.number) - from, last_bottom_ - first_top_,
                     {0xe4, 0xe4, 0xe4, 1});
        }
        for (const double tick : axis_.ticks()) {
            add_line(ground, axis_.at(tick), first_top_, axis_.at(tick), last_bottom_,
                     tick == 0 ? base_stroke() : grid_stroke());
        }
        for (const AreaValue& one : references_) {
            if (!one.value.known()) continue;
            const double x = axis_.at(one.value.number);
            add_line(ground, x, first_top_ - 0.6, x, last_bottom_, reference_stroke());
        }
        content.children.push_back(node(std::move(ground)));

        Group axes;
        axes.role = Role::layer;
        axes.id = "axes";
        const TextStyle style = plain();
        const double base = last_bottom_ + 1.2 + base_line_offset_mm(style);
        double last_end = -10;
        for (const double tick : axis_.ticks()) {
            const std::string text = axis_.words(tick) + (words_->unit() == "%" ? "%" : "");
            const double half = measure_.width_mm(text, style) / 2;
            if (axis_.at(tick) - half < last_end + 1.5) continue;
            last_end = axis_.at(tick) + half;
            placed.draw(axes, text, axis_.at(tick), base, style, TextAnchor::middle, ink_axis);
        }
        const double pitch = line_pitch_mm(sizes_.label);
        for (const ReferenceName& one : reference_names_) {
            for (std::size_t i = 0; i < one.lines.size(); ++i) {
                const auto above = static_cast<double>(one.first_line + one.lines.size() - i);
                const double y = first_top_ - 0.8 - pitch * above + base_line_offset_mm(style);
                placed.draw(axes, one.lines[i], one.left_mm, y, style, TextAnchor::start, ink_secondary);
            }
        }
        if (!heading_.lines.empty()) {
            double y = first_top_ - 0.8 - heading_.height_mm() + base_line_offset_mm(heading_.style);
            for (const std::string& line : heading_.lines) {
                placed.draw(axes, line, width_, y, heading_.style, TextAnchor::end, ink_text);
                y += pitch;
            }
        }
        content.children.push_back(node(std::move(axes)));
    }

    void draw_mark(Group& into, const AreaValue& area, double y, std::optional<std::size_t> highlight) const {
        const Color color =
            highlight ? highlight_ink(*highlight, options_.figure.theme).mark : ink_other_mark;
        if (area.has_limits()) {
            add_line(into, axis_.at(area.lower.number), y, axis_.at(area.upper.number), y,
                     {color, highlight ? focus_line_mm : limits_line_mm, {}});
        }
        const AreaValue* against = reference();
        const bool hollow = against != nullptr && compared_with(area, against->value) == Compared::similar;
        draw_marker(into, MarkerShape::circle, axis_.at(area.value.number), y,
                    dot_mm() * (highlight ? 1.15 : 1.0), color,
                    hollow ? MarkerFill::hollow : MarkerFill::filled);
    }

    std::string area_words(const AreaValue& area) const {
        std::string text = area.name + ": " + words_->cell(area.value);
        if (const std::string interval = words_->interval(area); !interval.empty())
            text += " (" + interval_words(values_) + " " + interval + ")";
        if (reference() != nullptr && area.value.known())
            text += ", " + stands_to(area, reference()->value) + " " + reference()->name;
        return text;
    }

    void draw_rows(Group& content, PlotText& placed) const {
        Group marks;
        marks.role = Role::layer;
        marks.id = "areas";
        Group grid;
        grid.role = Role::table;
        grid.id = "table";
        grid.label = comparison_title(rows_, highlighted_, reference(), *words_, table_.meta());
        const double value_right = width_ - (has_intervals_ ? intervals_width_ + between_mm : 0);
        const double pitch = line_pitch_mm(sizes_.label);
        double top = first_top_;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const double middle = top + heights_[i] / 2;
            top += heights_[i];
            const double base = middle + sizes_.label * mm_per_pt * cap_height / 2;
            Group tr;
            tr.role = Role::table_row;
            if (!lines_[i].row) {
                Group cell;
                cell.role = Role::header_cell;
                placed.draw(cell, with_thousands(static_cast<double>(lines_[i].skipped), 0) + " not shown", 0,
                            base, italic(sizes_.label), TextAnchor::start, ink_secondary);
                tr.children.push_back(node(std::move(cell)));
                grid.children.push_back(node(std::move(tr)));
                continue;
            }
            const std::size_t row = *lines_[i].row;
            const AreaValue& area = rows_[row];
            const auto highlight = highlight_of(row);
            const Color ink = highlight ? highlight_ink(*highlight, options_.figure.theme).text : ink_text;
            tr.code = area.code;
            Group name;
            name.role = Role::header_cell;
            double y = base - static_cast<double>(names_[i].size() - 1) * pitch / 2;
            for (const std::string& line : names_[i]) {
                placed.draw(name, line, 0, y, style_of(row), TextAnchor::start, ink);
                y += pitch;
            }
            tr.children.push_back(node(std::move(name)));
            if (area.value.known()) {
                Group mark;
                mark.role = Role::area;
                mark.code = area.code;
                mark.label = area_words(area);
                draw_mark(mark, area, middle, highlight);
                marks.children.push_back(node(std::move(mark)));
            }
            Group value;
            value.role = Role::data_cell;
            placed.draw(value, words_->cell(area.value), value_right, base, style_of(row), TextAnchor::end,
                        area.value.known() ? ink : ink_secondary);
            tr.children.push_back(node(std::move(value)));
            if (const std::string interval = words_->interval(area); has_intervals_ && !interval.empty()) {
                Group cell;
                cell.role = Role::data_cell;
                placed.draw(cell, interval, width_, base, plain(), TextAnchor::end, ink_secondary);
                tr.children.push_back(node(std::move(cell)));
            }
            grid.children.push_back(node(std::move(tr)));
        }
        content.children.push_back(node(std::move(marks)));
        content.children.push_back(node(std::move(grid)));
    }

    void draw_below(Group& content) const {
        if (key_.items.empty()) return;
        Group group;
        group.role = Role::layer;
        group.id = "key";
        draw_key_line(group, key_, bottom_ - key_.height_mm);
        content.children.push_back(node(std::move(group)));
    }

    /// All areas, shown or not, then the references; what each is, and how it compares.
    Table data_table() const {
        std::vector<std::size_t> order;
        std::vector<std::string> roles;
        std::vector<std::string> compared;
        const AreaValue* against = reference();
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            order.push_back(rows_[i].row);
            roles.emplace_back(highlight_of(i) ? "highlighted" : "area");
            compared.emplace_back(against != nullptr ? name_of(compared_with(rows_[i], against->value))
                                                     : std::string_view());
        }
        for (const AreaValue& one : references_) {
            order.push_back(one.row);
            roles.emplace_back("reference");
            compared.emplace_back();
        }
        Table data = table_.take(order).with(Column::text("role", std::move(roles)));
        return against != nullptr ? data.with(Column::text("compared", std::move(compared))) : data;
    }

    struct ReferenceName {
        std::vector<std::string> lines{};
        double line_mm = 0;  ///< where its line stands
        double width_mm = 0;
        double left_mm = 0;
        std::size_t first_line = 0;  ///< of text, from the plot upwards
    };

    const Table& table_;
    const CompareChartOptions& options_;
    const TextMeasure& measure_;
    TypeSizes sizes_;
    AreaValues values_{};
    std::string period_{};
    std::vector<AreaValue> rows_{};  ///< highest first; those without a value last
    std::vector<AreaValue> references_{};
    std::vector<std::size_t> highlighted_{};
    std::size_t known_ = 0;
    std::optional<AreaValueWords> words_{};
    std::vector<Line> lines_{};
    std::size_t shown_ = 0;
    double width_ = 0;
    bool has_intervals_ = false;
    double values_width_ = 0;
    double intervals_width_ = 0;
    TextBlock heading_{};
    std::vector<std::vector<std::string>> names_{};
    std::vector<double> heights_{};
    std::vector<ReferenceName> reference_names_{};
    double reference_height_ = 0;
    double first_top_ = 0;
    double last_bottom_ = 0;
    double bottom_ = 0;
    RangeAxis axis_{};
    KeyLine key_{};
};

}  // namespace

Figure compare_chart(const Table& table, const CompareChartOptions& options, const TextMeasure& measure,
                     Problems& problems) {
    return Chart(table, options, measure, problems).draw();
}

}  // namespace wardmap
