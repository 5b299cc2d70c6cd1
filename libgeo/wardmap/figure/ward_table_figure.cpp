#include "wardmap/figure/ward_table_figure.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/key_line.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/table_layout.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/figure/ward_words.hpp"
#include "wardmap/indicator/ward_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>

namespace wardmap {
namespace {

constexpr double marker_indent_mm = 5.0;
constexpr double key_gap_mm = 1.8;  ///< over the key

std::string header_of(const std::string& period, std::string_view otherwise) {
    return period.empty() ? std::string(otherwise) : sentence_case(typographic(period));
}

class WardTable {
public:
    WardTable(const Table& table, const WardTableOptions& options, const TextMeasure& measure)
        : table_(table),
          options_(options),
          measure_(measure),
          sizes_(type_sizes(options.figure.theme)),
          colors_(mark_colors(options.figure.theme)),
          rows_(read_ward_rows(table)) {
        has_rates_ = std::any_of(rows_.areas.begin(), rows_.areas.end(),
                                 [](const WardRow& row) { return row.rate.known(); });
        has_quadrants_ = std::any_of(rows_.areas.begin(), rows_.areas.end(),
                                     [](const WardRow& row) { return row.quadrant != "none"; });
        if (has_rates_) {
            sort_by_rate(rows_.areas);
        } else {
            std::sort(rows_.areas.begin(), rows_.areas.end(), [](const WardRow& a, const WardRow& b) {
                const auto key = [](const WardRow& row) {
                    return std::tuple(
                        row.after.known() ? -row.after.number : std::numeric_limits<double>::infinity(),
                        row.name, row.code);
                };
                return key(a) < key(b);
            });
        }
        all_ = rows_.areas;
        if (rows_.total) {
            all_.push_back(*rows_.total);
            // "Total" says less than the whole's name.
            all_.back().name =
                rows_.meta.whole.empty() ? std::string("Total") : typographic(rows_.meta.whole);
        }
        if (!options.decile_column.empty()) {
            const auto cells = read_cells(table, options.decile_column);
            for (const WardRow& row : all_) {
                deciles_.push_back(cells[row.row]);
            }
        }
    }

    Figure draw() {
        make_columns();
        std::vector<std::string> codes;
        for (const WardRow& row : all_) {
            codes.push_back(row.code);
        }
        const double width = slot_size(options_.figure.slot).width_mm;
        double pitch = row_pitch_mm;
        const auto lay_out = [&](double top) {
            layout_ =
                lay_out_table(columns_, codes, rows_.total ? 1 : 0, top, width, sizes_, measure_, pitch);
        };
        // Where the slot is narrow, the change in numbers goes first, then the counts it follows from.
        std::vector<std::string> left_out;
        for (lay_out(0); layout_.width > width + 0.01 && left_out.size() < 3; lay_out(0)) {
            const std::size_t dropped = 3 - left_out.size();
            left_out.insert(left_out.begin(), columns_[dropped].header);
            columns_.erase(columns_.begin() + static_cast<long>(dropped));
            --change_bar_;
            --rate_bar_;
            --decile_;
        }
        FigureTexts texts = make_texts();
        if (!left_out.empty()) {
            texts.notes.push_back("Not shown for want of room: " + in_words(left_out) + ".");
        }
        const Frame frame(texts, rows_.meta, options_.figure, measure_);
        lay_out(frame.top_mm());
        const std::optional<KeyLine> key = quadrant_key(frame.width_mm());
        const double key_height = key ? key_gap_mm + key->height_mm - 0.6 : 0;
        const double height = layout_.bottom - frame.top_mm() + key_height + frame.below_mm();
        if (options_.height_mm && height > *options_.height_mm) {
            const double over = (height - *options_.height_mm) / static_cast<double>(all_.size());
            pitch = std::max(closest_rows_mm, row_pitch_mm - over * 9 / sizes_.label);
            lay_out(frame.top_mm());
        }
        Group content;
        content.role = Role::layer;
        content.id = "ward-table";
        draw_bars(content);
        draw_markers(content);
        draw_table(content, layout_, measure_, texts.title + ". " + texts.subtitle);
        if (key) draw_key_line(content, *key, layout_.bottom + key_gap_mm);
        Figure figure = frame.finish(std::move(content), layout_.bottom + key_height);
        if (layout_.width > frame.width_mm() + 0.01) {
            figure.scene.width_mm = layout_.width;
            figure.log.push_back("the table is wider than its slot: " + with_thousands(layout_.width, 0) +
                                 " mm");
        }
        std::vector<std::size_t> order;
        for (const WardRow& row : all_) {
            order.push_back(row.row);
            figure.class_of_area.push_back(row.quadrant);
        }
        figure.data = table_.take(order);
        figure.facts.shows_rates = true;
        figure.facts.marks_small = unreliable_;
        figure.facts.says_events = rows_.meta.unit.empty();
        for (const auto& style : quadrant_styles(options_.figure.theme)) {
            FigureClass one;
            one.label = quadrant_name(style.code, rows_.meta);
            one.color = style.color;
            one.count = static_cast<std::size_t>(
                std::count_if(rows_.areas.begin(), rows_.areas.end(),
                              [&](const WardRow& row) { return row.quadrant == style.code; }));
            if (has_quadrants_) {
                figure.classes.push_back(std::move(one));
            }
        }
        return figure;
    }

private:
    static bool small(const NumberCell& count) { return count.known() && count.number < small_count; }

    std::optional<KeyLine> quadrant_key(double width) const {
        if (!has_quadrants_) return std::nullopt;
        std::vector<KeyItem> items;
        for (const auto& style : quadrant_styles(options_.figure.theme)) {
            items.push_back({KeySymbol::marker, style, {}, quadrant_name(style.code, rows_.meta), {}});
        }
        return key_line(std::move(items), width * 0.84, sizes_.note, measure_, width > 120 ? 2 : 1);
    }

    double marker_scale() const { return std::max(1.0, sizes_.label / 10); }

    void make_columns() {
        const TableMeta& meta = rows_.meta;
        const auto whole = [&](auto&& cell) {
            return std::all_of(all_.begin(), all_.end(), [&](const WardRow& row) {
                return !cell(row).known() || cell(row).number == std::floor(cell(row).number);
            });
        };
        const int count_decimals = whole([](const WardRow& row) { return row.before; }) &&
                                           whole([](const WardRow& row) { return row.after; })
                                       ? 0
                                       : 1;
        TableColumn name{sentence_case(areas_word(meta, 1)),
                         TextAnchor::start,
                         {},
                         0,
                         0,
                         has_quadrants_ ? marker_indent_mm * marker_scale() : 0,
                         0};
        TableColumn before{header_of(meta.period_before, "Before"), TextAnchor::end, {}, 0, 0, 0, 2.4};
        TableColumn after{header_of(meta.period_after, "After"), TextAnchor::end, {}, 0, 0, 0, 2.4};
        TableColumn change{"Change", TextAnchor::end, {}, 0, 0, 0, 2.4};
        TableColumn percent{"Change\n(%)", TextAnchor::end, {}, 0, 0, 0, 2.4};
        TableColumn change_bar{{}, TextAnchor::end, {}, 0.47, 11, 0, 2.8};
        TableColumn rate{"Rate per\n" + with_thousands(meta.per, 0), TextAnchor::end, {}, 0, 0, 0, 3.4};
        TableColumn rate_bar{{}, TextAnchor::end, {}, 0.53, 13, 0, 2.2};
        TableColumn rank{"Rank", TextAnchor::end, {}, 0, 0, 0, 2.4};
        TableColumn decile{"IMD\ndecile", TextAnchor::middle, {}, 0, 0, 0, 3.0};
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const WardRow& row = all_[i];
            const bool is_total = i == rows_.areas.size();
            const auto add = [&](TableColumn& column, std::string text, std::string mark = {}) {
                const bool no_number = !text.empty() && text[0] == '[';
                column.cells.push_back(
                    {std::move(text), std::move(mark), is_total, no_number ? ink_secondary : ink_text});
            };
            add(name, row.name);
            add(before, cell_words(row.before, count_decimals));
            add(after, cell_words(row.after, count_decimals));
            add(change, cell_words(row.change, count_decimals, NumberSign::always));
            const bool small_change = row.change_pct.known() && (small(row.before) || small(row.after));
            const int percent_decimals = row.change_pct.known() ? change_decimals(row.change_pct.number) : 0;
            add(percent, cell_words(row.change_pct, percent_decimals, NumberSign::always),
                small_change ? "[u]" : "");
            add(rate, cell_words(row.rate, rate_decimals(meta)),
                row.rate.known() && small(row.after) ? "[u]" : "");
            add(rank, is_total ? std::string() : cell_words(row.rank, 0));
            if (!deciles_.empty()) {
                add(decile, is_total && !deciles_[i].known() ? std::string() : cell_words(deciles_[i], 0));
                if (deciles_[i].known()) {
                    decile.cells.back().color = ink_on(decile_color(deciles_[i].number));
                }
            }
            unreliable_ |= small_change || (row.rate.known() && small(row.after));
            for (const NumberCell* cell :
                 {&row.before, &row.after, &row.change, &row.change_pct, &row.rate}) {
                if (cell == &row.rate && !has_rates_) {
                    continue;
                }
                withheld_ |= cell->state == CellState::suppressed;
                not_calculated_ |=
                    cell->state == CellState::undefined || cell->state == CellState::not_applicable;
                not_known_ |= cell->state == CellState::missing;
            }
        }
        const auto push = [&](TableColumn column) {
            columns_.push_back(std::move(column));
            return columns_.size() - 1;
        };
        push(std::move(name));
        push(std::move(before));
        push(std::move(after));
        push(std::move(change));
        push(std::move(percent));
        change_bar_ = push(std::move(change_bar));
        if (has_rates_) {
            push(std::move(rate));
            rate_bar_ = push(std::move(rate_bar));
            if (options_.rank == RankColumn::shown) {
                push(std::move(rank));
            }
        }
        if (!deciles_.empty()) {
            decile_ = push(std::move(decile));
        }
    }

    Color decile_color(double decile) const {
        const auto ramp = palette_colors(options_.figure.theme == Theme::mono ? "Greys" : "Blues", 10);
        const auto place = static_cast<std::size_t>(std::clamp(10 - std::round(decile), 0.0, 9.0));
        return ramp[place];  // 1 = most deprived = darkest
    }

    FigureTexts make_texts() const {
        const TableMeta& meta = rows_.meta;
        FigureTexts texts;
        texts.kind = "ward-table";
        texts.subtitle = measure_line(meta, periods_words(meta));
        if (has_rates_) {
            texts.title = higher_rate_title(rows_);
            texts.alt = short_alt("Table", rows_);
            texts.description = ward_description("Table", rows_);
        } else {
            const WardRow& top = rows_.areas.front();
            texts.title = top.after.known() ? top.name + " has the most " + unit_word(meta) + ", " +
                                                  with_thousands(top.after.number, 0)
                                            : sentence_case(unit_word(meta)) + " in both periods";
            texts.alt = "Table of " + counted_areas(meta, rows_.areas.size()) + ": " + unit_word(meta) +
                        " and change.";
            texts.description = texts.alt + " " + top.name + " comes first, " + change_words(top) + ".";
            if (rows_.total) {
                texts.description += " " + whole_name(meta) + " " + change_words(*rows_.total) + ".";
            }
        }
        std::string note;
        if (has_quadrants_ && meta.cut_rate) {
            note = "Marker filled: rate clearly above or below " + cut_owner(meta) + ", the " +
                   level_words() + " limits (Byar) excluding " +
                   with_thousands(*meta.cut_rate, rate_decimals(meta)) + "; hollow: not clearly different.";
            texts.notes.push_back(note);
        }
        const bool rate_bars = has_rates_ && is_drawn(rate_bar_);
        if (rate_bars) {
            texts.notes.push_back("Thin line on a rate bar: its " + level_words() + " limits.");
        }
        if (rows_.total && (rate_bars || is_drawn(change_bar_))) {
            texts.notes.push_back("Dashed " +
                                  std::string(rate_bars && is_drawn(change_bar_) ? "lines" : "line") + ": " +
                                  whole_name(meta) + ".");
        }
        texts.notes.emplace_back(has_rates_ ? "Sorted by rate." : "Sorted by the later count.");
        if (unreliable_) {
            texts.notes.push_back("[u]: low reliability, fewer than " + with_thousands(small_count, 0) + " " +
                                  unit_word(meta) + " (for the change: in either period).");
        }
        if (withheld_) {
            texts.notes.emplace_back("[c]: withheld, a small number.");
        }
        if (not_calculated_) {
            texts.notes.emplace_back("[z]: cannot be calculated (from 0, or without population).");
        }
        if (not_known_) {
            texts.notes.emplace_back("[x]: not known.");
        }
        return texts;
    }

    bool is_drawn(std::size_t column) const {
        return layout_.places[column].right - layout_.places[column].left >= 1;
    }

    std::string level_words() const { return with_thousands(100 * rows_.meta.level.value_or(0.95), 0) + "%"; }

    void draw_bars(Group& content) const {
        Group group;
        group.role = Role::decoration;
        group.id = "bars";
        draw_change_bars(group);
        if (has_rates_) {
            draw_rate_bars(group);
        }
        if (!deciles_.empty()) {
            const auto& place = layout_.places[decile_];
            const double middle = (place.left + place.right) / 2;
            for (std::size_t i = 0; i < all_.size(); ++i) {
                if (!deciles_[i].known()) {
                    continue;
                }
                draw_row_bar(group, layout_, i, middle - 3.2, middle + 3.2, decile_color(deciles_[i].number));
            }
        }
        content.children.push_back(node(std::move(group)));
    }

    double first_top() const { return layout_.row_tops.front(); }
    double last_bottom() const {
        const std::size_t last = rows_.areas.size() - 1;
        return layout_.row_tops[last] + layout_.row_heights[last];
    }

    void draw_change_bars(Group& group) const {
        const auto& place = layout_.places[change_bar_];
        if (!is_drawn(change_bar_)) {
            return;
        }
        double low = 0;
        double high = 0;
        for (const WardRow& row : rows_.areas) {
            if (!row.change_pct.known()) {
                continue;
            }
            low = std::min(low, row.change_pct.number);
            high = std::max(high, row.change_pct.number);
        }
        std::optional<double> whole;
        if (rows_.total && rows_.total->change_pct.known()) {
            whole = rows_.total->change_pct.number;
            low = std::min(low, *whole);
            high = std::max(high, *whole);
        }
        if (!(high > low)) {
            return;
        }
        const auto x_of = [&](double change) {
            return place.left + (change - low) / (high - low) * (place.right - place.left);
        };
        for (std::size_t i = 0; i < rows_.areas.size(); ++i) {
            const NumberCell& change = rows_.areas[i].change_pct;
            if (!change.known() || change.number == 0) {
                continue;
            }
            draw_row_bar(group, layout_, i, x_of(0), x_of(change.number),
                         change.number > 0 ? colors_.bar : colors_.bar_fall);
        }
        add_line(group, x_of(0), first_top(), x_of(0), last_bottom(), base_stroke());
        if (whole) {
            draw_whole(group, place, x_of(*whole), with_sign(*whole, 0) + "%");
        }
    }

    void draw_rate_bars(Group& group) const {
        const auto& place = layout_.places[rate_bar_];
        if (!is_drawn(rate_bar_)) {
            return;
        }
        double high = 0;
        for (const WardRow& row : rows_.areas) {
            if (row.rate.known()) {
                high = std::max(high, row.rate.number);
            }
            if (row.rate_upper.known()) {
                high = std::max(high, row.rate_upper.number);
            }
        }
        std::optional<double> whole;
        if (rows_.total && rows_.total->rate.known()) {
            whole = rows_.total->rate.number;
            high = std::max(high, *whole);
        }
        if (!(high > 0)) {
            return;
        }
        const double room = place.right - place.left - 0.4;
        const auto x_of = [&](double rate) { return place.left + rate / high * room; };
        for (std::size_t i = 0; i < rows_.areas.size(); ++i) {
            if (rows_.areas[i].rate.known()) {
                draw_row_bar(group, layout_, i, x_of(0), x_of(rows_.areas[i].rate.number), colors_.bar);
            }
        }
        if (whole) {
            draw_whole(group, place, x_of(*whole), with_thousands(*whole, rate_decimals(rows_.meta)));
        }
        // Black on the bar needs a thin white edge to be seen.
        for (const auto& [color, width] : {std::pair(ink_white, 0.6), std::pair(ink_text, 0.22)}) {
            const Stroke stroke{color, width, {}};
            for (std::size_t i = 0; i < rows_.areas.size(); ++i) {
                const WardRow& row = rows_.areas[i];
                if (!row.rate_lower.known() || !row.rate_upper.known() || !row.rate.known()) {
                    continue;
                }
                const double y = layout_.row_middle(i);
                const double x1 = x_of(row.rate_lower.number);
                const double x2 = x_of(row.rate_upper.number);
                add_line(group, x1, y, x2, y, stroke);
                add_line(group, x1, y - 0.7, x1, y + 0.7, stroke);
                add_line(group, x2, y - 0.7, x2, y + 0.7, stroke);
            }
        }
        add_line(group, x_of(0), first_top(), x_of(0), last_bottom(), base_stroke());
    }

    /// The whole's value: a dashed line through the rows, its name and value in the total row.
    void draw_whole(Group& group, const TableLayout::Place& place, double x, const std::string& value) const {
        const std::size_t total = rows_.areas.size();
        add_line(group, x, first_top(), x, layout_.row_tops[total] + 0.9, Stroke{ink_text, 0.25, {1.0, 0.7}});
        const std::string full = cut_or_total_name() + " " + value;
        const double size = sizes_.note;
        std::string text = full;
        if (measure_.width_mm(full, regular(size)) > place.right - place.left + 8) {
            text = value;
        }
        const double half = measure_.width_mm(text, regular(size)) / 2;
        const double left = std::min(place.left - 1.5, (place.left + place.right) / 2 - half);
        const double right =
            std::max(std::min(place.right + 1.5, layout_.width), (place.left + place.right) / 2 + half);
        const double middle = std::clamp(x, left + half, std::max(right - half, left + half));
        add_text(group, text, middle, layout_.row_middle(total) + sizes_.label * mm_per_pt * cap_height / 2,
                 regular(size), TextAnchor::middle);
    }

    std::string cut_or_total_name() const {
        return rows_.meta.whole.empty() ? std::string("Total") : typographic(rows_.meta.whole);
    }

    void draw_markers(Group& content) const {
        if (!has_quadrants_) {
            return;
        }
        Group group;
        group.role = Role::decoration;
        group.id = "markers";
        for (std::size_t i = 0; i < rows_.areas.size(); ++i) {
            const WardRow& row = rows_.areas[i];
            if (row.quadrant == "none") {
                continue;
            }
            const QuadrantStyle style = quadrant_style(row.quadrant, options_.figure.theme);
            const bool clear = row.rate_compared == "higher" || row.rate_compared == "lower";
            draw_marker(group, style.shape, 1.7 * marker_scale(), layout_.row_middle(i),
                        marker_size_mm * marker_scale(), style.color,
                        clear ? MarkerFill::filled : MarkerFill::hollow);
        }
        content.children.push_back(node(std::move(group)));
    }

    const Table& table_;
    const WardTableOptions& options_;
    const TextMeasure& measure_;
    TypeSizes sizes_;
    MarkColors colors_;
    WardRows rows_;
    std::vector<WardRow> all_{};  ///< areas, then the total
    std::vector<NumberCell> deciles_{};
    std::vector<TableColumn> columns_{};
    TableLayout layout_{};
    std::size_t change_bar_ = 0;
    std::size_t rate_bar_ = 0;
    std::size_t decile_ = 0;
    bool has_rates_ = false;
    bool has_quadrants_ = false;
    bool unreliable_ = false;
    bool withheld_ = false;
    bool not_calculated_ = false;
    bool not_known_ = false;
};

}  // namespace

Figure ward_table_figure(const Table& table, const WardTableOptions& options, const TextMeasure& measure) {
    return WardTable(table, options, measure).draw();
}

}  // namespace wardmap
