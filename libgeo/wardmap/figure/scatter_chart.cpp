#include "wardmap/figure/scatter_chart.hpp"

#include "wardmap/area/name_folding.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/compare_words.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/key_line.hpp"
#include "wardmap/figure/named_rows.hpp"
#include "wardmap/figure/plot_text.hpp"
#include "wardmap/figure/point_labels.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/figure/ward_words.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/indicator/words.hpp"
#include "wardmap/table/column_meaning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

namespace wardmap {
namespace {

constexpr std::size_t most_named = 40;
constexpr double axis_gap_mm = 1.6;
constexpr double title_gap_mm = 1.2;

std::string within_words(std::string text) {
    const bool sentence =
        text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z';
    if (sentence) text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

struct Mark {
    std::size_t row = 0;
    std::string code{};
    std::string name{};
    double x = 0;
    double y = 0;
    bool small = false;
    std::optional<std::size_t> highlight{};
    Point at{};
};

/// One of the two columns.
struct Side {
    std::string column{};
    std::string title{};  ///< along the axis
    std::string words{};  ///< within a sentence
    std::vector<NumberCell> cells{};
    std::optional<double> whole{};
    int decimals = 0;
    std::string unit{};

    std::string number(double value) const {
        return with_thousands(value, decimals) + (unit == "%" ? "%" : "");
    }
};

class Chart {
public:
    Chart(const Table& table, const ScatterChartOptions& options, const TextMeasure& measure)
        : table_(table),
          options_(options),
          measure_(measure),
          sizes_(type_sizes(options.figure.theme)),
          named_(named_rows(table, options.label)) {
        if (options.x.empty() || options.y.empty()) {
            throw UsageError("a scatter chart needs two columns of numbers", {},
                             "name them: --x COLUMN --y COLUMN");
        }
        x_ = side(options.x, options.x_scale);
        y_ = side(options.y, options.y_scale);
        make_marks();
        set_whole(x_, &Mark::x);
        set_whole(y_, &Mark::y);
        if (options.correlation) {
            std::vector<double> xs;
            std::vector<double> ys;
            for (const Mark& mark : marks_) {
                xs.push_back(mark.x);
                ys.push_back(mark.y);
            }
            correlation_ = correlation(xs, ys, *options.correlation, options.level);
        }
    }

    Figure draw() {
        FigureTexts words = texts();
        lay_out(Frame(words, table_.meta(), options_.figure, measure_));
        place();
        if (unnamed_ > 0) {
            words.notes.push_back(std::to_string(marks_.size() - unnamed_) + " of " +
                                  counted_areas(table_.meta(), marks_.size()) +
                                  " are named; all are in the table.");
            lay_out(Frame(words, table_.meta(), options_.figure, measure_));
            place();
        }
        const Frame frame(words, table_.meta(), options_.figure, measure_);
        PlotText placed(measure_);
        Group content;
        content.role = Role::layer;
        content.id = "chart";
        draw_ground(content, placed);
        draw_marks(content);
        if (!key_.items.empty()) {
            Group key;
            key.role = Role::layer;
            key.id = "key";
            draw_key_line(key, key_, bottom_ - key_.height_mm);
            content.children.push_back(node(std::move(key)));
        }
        Figure figure = frame.finish(std::move(content), bottom_);
        figure.data = data_table();
        figure.labels = placed.take();
        figure.labels.insert(figure.labels.end(), name_labels_.begin(), name_labels_.end());
        figure.log = std::move(log_);
        for (const std::string& column : sums_)
            figure.log.push_back("the total of " + column + " lies beyond the areas and is not drawn");
        return figure;
    }

private:
    Side side(const std::string& column, AxisScale scale) const {
        Side out;
        out.column = table_.column(column).name();
        out.unit = table_.column(column).unit();
        name(out);
        out.cells = read_cells(table_, out.column);
        double most = 0;
        bool whole = true;
        for (const std::size_t row : named_.rows) {
            const NumberCell& cell = out.cells[row];
            if (!cell.known()) continue;
            most = std::max(most, std::abs(cell.number));
            whole = whole && cell.number == std::round(cell.number);
            check_scale(out, row, scale);
        }
        out.decimals = whole || most >= 100 ? 0 : most >= 10 ? 1 : 2;
        return out;
    }

    /// What the column is called along its axis and within a sentence: "mean decile", "number of offences in
    /// the year to June 2022", "rate of alcohol-marked robbery".
    void name(Side& side) const {
        const TableMeta& meta = table_.meta();
        const std::string measure = typographic(meta.measure);
        const std::string period = side.column == "count_before"  ? meta.period_before
                                   : side.column == "count_after" ? meta.period_after
                                   : parse_period(side.column)    ? period_words(side.column)
                                                                  : std::string();
        side.title = column_meaning(table_.column(side.column), meta);
        if (side.title.empty()) side.title = heading_of(table_, side.column);
        side.words = within_words(heading_of(table_, side.column));
        if (!period.empty()) {
            side.title = sentence_case(unit_word(meta)) + " " + in_period(period);
            side.words = "number of " + unit_word(meta) + " " + in_period(period);
        } else if (side.column == "rate" || side.column == "rate_before") {
            const bool before = side.column == "rate_before";
            const std::string& when = before ? meta.period_before : meta.period_after;
            side.words = measure.empty() || before ? std::string("rate") : "rate of " + measure;
            if (before) side.words = when.empty() ? "earlier rate" : "rate " + in_period(when);
            if (meta.per > 0) {
                side.title = (measure.empty() ? std::string("Rate") : sentence_case(measure)) + " per " +
                             with_thousands(meta.per, 0) + " people";
                if (!when.empty()) side.title += ", " + when;
            }
        } else if (const std::string& unit = table_.column(side.column).unit();
                   side.words.size() > unit.size() + 1 && side.words.ends_with(" " + unit)) {
            // The unit stands along the axis: "a higher rate per 100,000" reads badly.
            side.words.erase(side.words.size() - unit.size() - 1);
        }
        side.title = typographic(side.title);
    }

    void check_scale(const Side& side, std::size_t row, AxisScale scale) const {
        const double value = side.cells[row].number;
        const bool fits =
            scale == AxisScale::linear || value > 0 || (scale == AxisScale::square_root && value == 0);
        if (fits) return;
        throw UsageError(named_.names[row] + " has " + with_thousands(value, side.decimals) + " in " +
                             side.column + ", which has no place on a " +
                             (scale == AxisScale::log ? "logarithmic" : "square root") + " axis",
                         table_.where(row, side.column), "use the linear scale");
    }

    /// Small where the table's flags say so, else by a column of counts.
    std::vector<bool> small_rows() const {
        std::vector<bool> small(table_.row_count(), false);
        if (options_.count.empty() && table_.find("flags") != nullptr) {
            const auto flags = read_texts(table_, "flags");
            for (std::size_t row = 0; row < small.size(); ++row)
                small[row] = (";" + flags[row] + ";").find(";small;") != std::string::npos;
            return small;
        }
        std::string column = options_.count;
        for (const char* name : {"count_after", "count"}) {
            if (column.empty() && table_.find(name) != nullptr) column = name;
        }
        if (column.empty()) return small;
        const auto counts = read_cells(table_, column);
        for (std::size_t row = 0; row < small.size(); ++row)
            small[row] = counts[row].known() && counts[row].number < small_count;
        return small;
    }

    void make_marks() {
        const std::vector<bool> small = small_rows();
        for (const std::size_t row : named_.rows) {
            if (!x_.cells[row].known() || !y_.cells[row].known()) {
                without_.push_back(named_.names[row]);
                continue;
            }
            marks_.push_back({row,
                              named_.codes[row],
                              named_.names[row],
                              x_.cells[row].number,
                              y_.cells[row].number,
                              small[row],
                              {},
                              {}});
        }
        if (marks_.empty()) {
            throw InputError(
                "no " + areas_word(table_.meta(), 1) + " has both " + x_.column + " and " + y_.column,
                table_.where(0), "name columns of numbers");
        }
        std::sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) {
            return std::tie(a.name, a.code) < std::tie(b.name, b.code);
        });
        if (options_.highlight.size() > most_highlighted)
            throw UsageError("at most four areas can be highlighted", {}, "name the ones the chart is about");
        for (std::size_t i = 0; i < options_.highlight.size(); ++i) {
            const std::string& wanted = options_.highlight[i];
            bool found = false;
            for (Mark& mark : marks_) {
                if (mark.code != wanted && fold_name(mark.name) != fold_name(wanted)) continue;
                mark.highlight = i;
                found = true;
            }
            if (found) continue;
            std::vector<std::string> names;
            for (const Mark& mark : marks_) names.push_back(mark.name);
            throw NameUnknown("no point is of '" + wanted + "'", {.file = table_.origin().file},
                              did_you_mean(wanted, names));
        }
    }

    /// The total's own value where it is among the areas': of counts it is their sum, which has no place
    /// here.
    void set_whole(Side& side, double Mark::*value) {
        if (!named_.total || !side.cells[*named_.total].known()) return;
        const double whole = side.cells[*named_.total].number;
        const auto [least, most] = std::minmax_element(
            marks_.begin(), marks_.end(), [&](const Mark& a, const Mark& b) { return a.*value < b.*value; });
        if (whole >= (*least).*value && whole <= (*most).*value) {
            side.whole = whole;
        } else if (options_.whole_lines == WholeLines::yes) {
            sums_.push_back(side.column);
        }
    }

    // ---- words ----

    /// A correlation without its interval is not printed: of three wards anything can be said.
    bool has_correlation() const { return correlation_ && !std::isnan(correlation_->lower); }

    /// "Spearman’s rank correlation 0.71 (95% interval 0.36 to 0.89), 18 wards."
    std::string correlation_words() const {
        const std::string name = *options_.correlation == CorrelationKind::spearman
                                     ? "Spearman\u2019s rank correlation "
                                     : "Pearson\u2019s correlation ";
        return name + with_thousands(correlation_->coefficient, 2) + " (" +
               with_thousands(options_.level * 100, 0) + "% interval " +
               with_thousands(correlation_->lower, 2) + " to " + with_thousands(correlation_->upper, 2) +
               "), " + counted_areas(table_.meta(), correlation_->n) + ".";
    }

    std::string title() const {
        const TableMeta& meta = table_.meta();
        if (!has_correlation()) return sentence_case(y_.words) + " against " + x_.words;
        if (correlation_->lower > 0)
            return sentence_case(areas_word(meta)) + " with a higher " + x_.words +
                   " tend to have a higher " + y_.words;
        if (correlation_->upper < 0)
            return sentence_case(areas_word(meta)) + " with a higher " + x_.words + " tend to have a lower " +
                   y_.words;
        return sentence_case(y_.words) + " and " + x_.words + " do not clearly go together";
    }

    FigureTexts texts() const {
        const TableMeta& meta = table_.meta();
        FigureTexts out;
        out.kind = "scatter";
        out.title = title();
        const std::string whose = meta.whole.empty() ? std::string() : meta.whole + " ";
        out.subtitle =
            typographic(sentence_case(y_.words) + " against " + x_.words + ", " +
                        std::to_string(marks_.size()) + " " + whose + areas_word(meta, marks_.size()));
        if (!meta.period_after.empty() && out.subtitle.find(meta.period_after) == std::string::npos)
            out.subtitle += ", " + meta.period_after;
        std::vector<std::string> sentences{"Scatter chart of " + counted_areas(meta, marks_.size()) + ": " +
                                           y_.words + " against " + x_.words + "."};
        if (has_correlation()) sentences.push_back(correlation_words());
        out.alt = short_text(sentences);
        out.description = description();
        if (has_correlation()) {
            out.notes.push_back(correlation_words());
            out.notes.emplace_back(
                "It says how closely the two go together, not that one brings about the other.");
        }
        if (!without_.empty())
            out.notes.push_back("Without both numbers, so not drawn: " + few(without_) + ".");
        if (!x_axis().starts_at_zero() && options_.x_scale == AxisScale::linear &&
            !y_axis().starts_at_zero() && options_.y_scale == AxisScale::linear) {
            out.notes.emplace_back("Neither axis starts at 0.");
        } else if (!x_axis().starts_at_zero() && options_.x_scale == AxisScale::linear) {
            out.notes.emplace_back("The level axis does not start at 0.");
        } else if (!y_axis().starts_at_zero() && options_.y_scale == AxisScale::linear) {
            out.notes.emplace_back("The upright axis does not start at 0.");
        }
        for (const auto& [scale, name] :
             {std::pair{options_.x_scale, "level"}, {options_.y_scale, "upright"}}) {
            if (scale == AxisScale::log)
                out.notes.push_back("The " + std::string(name) + " axis is logarithmic.");
            if (scale == AxisScale::square_root)
                out.notes.push_back("The " + std::string(name) + " axis is by square root.");
        }
        return out;
    }

    std::string description() const {
        const auto extreme = [&](auto&& less) {
            return std::max_element(marks_.begin(), marks_.end(), less);
        };
        const auto most_x = extreme([](const Mark& a, const Mark& b) { return a.x < b.x; });
        const auto most_y = extreme([](const Mark& a, const Mark& b) { return a.y < b.y; });
        std::string text = "Scatter chart of " + counted_areas(table_.meta(), marks_.size()) + ": " +
                           y_.words + " upright, " + x_.words + " along.";
        text += " Highest along: " + most_x->name + " (" + x_.number(most_x->x) +
                "); highest up: " + most_y->name + " (" + y_.number(most_y->y) + ").";
        for (const Mark& mark : marks_) {
            if (mark.highlight)
                text += " " + mark.name + ": " + x_.number(mark.x) + " along, " + y_.number(mark.y) + " up.";
        }
        if (has_correlation()) text += " " + correlation_words();
        return text;
    }

    static std::string few(std::vector<std::string> names) {
        constexpr std::size_t most_listed = 8;
        if (names.size() > most_listed) {
            const std::size_t more = names.size() - most_listed;
            names.resize(most_listed);
            names.push_back(std::to_string(more) + " more");
        }
        return in_words(names);
    }

    // ---- layout ----

    bool lines_shown() const { return options_.whole_lines == WholeLines::yes && named_.total; }

    RangeAxis axis_of(double Mark::*value, AxisScale scale) const {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (const Mark& mark : marks_) {
            low = std::min(low, mark.*value);
            high = std::max(high, mark.*value);
        }
        return RangeAxis(low, high, options_.figure.slot == Slot::half ? 4 : 6, scale, AxisStart::near);
    }
    RangeAxis x_axis() const { return axis_of(&Mark::x, options_.x_scale); }
    RangeAxis y_axis() const { return axis_of(&Mark::y, options_.y_scale); }

    double marker_size() const { return marker_size_mm * std::max(1.0, sizes_.label / 10); }

    void lay_out(const Frame& frame) {
        const TextStyle style = regular(sizes_.label);
        width_ = frame.width_mm();
        axis_x_ = x_axis();
        axis_y_ = y_axis();
        std::vector<KeyItem> items;
        const auto small = static_cast<std::size_t>(
            std::count_if(marks_.begin(), marks_.end(), [](const Mark& mark) { return mark.small; }));
        if (small > 0) {
            items.push_back({KeySymbol::hollow,
                             {},
                             {},
                             "Hollow: fewer than " + with_thousands(small_count, 0) + " events (" +
                                 std::to_string(small) + "), less reliable",
                             {}});
        }
        key_ = key_line(std::move(items), width_, sizes_.note, measure_);
        y_title_ = text_block(y_.title, style, ink_text, width_, measure_, Wrap::balanced);
        x_title_ = text_block(x_.title, style, ink_text, width_, measure_, Wrap::balanced);
        const double line = line_pitch_mm(sizes_.label);
        const double around = y_title_.height_mm() + title_gap_mm + 1.4 + line + x_title_.height_mm() +
                              (key_.items.empty() ? 0.0 : title_gap_mm + key_.height_mm);
        const bool half = options_.figure.slot == Slot::half;
        const double wanted = options_.figure.slot == Slot::full ? 115
                              : options_.figure.slot == Slot::page
                                  ? 150
                                  : slot_size(options_.figure.slot).chart_height_mm;
        const double least = (half ? 48.0 : 60.0) * std::max(1.0, sizes_.label / 9.0);
        const double height = std::max(wanted - frame.top_mm() - frame.below_mm() - around, least);
        plot_.min_x = axis_y_.width_mm(style, measure_) +
                      (y_.unit == "%" ? measure_.width_mm("%", style) : 0) + axis_gap_mm;
        plot_.max_x = width_ - 1.5;
        plot_.min_y = frame.top_mm() + y_title_.height_mm() + title_gap_mm;
        plot_.max_y = plot_.min_y + height;
        axis_x_.set_place(plot_.min_x, plot_.max_x);
        axis_y_.set_place(plot_.max_y, plot_.min_y);
        for (Mark& mark : marks_) mark.at = {axis_x_.at(mark.x), axis_y_.at(mark.y)};
        bottom_ = plot_.max_y + around - y_title_.height_mm() - title_gap_mm;
    }

    bool has_line(const Side& side) const { return lines_shown() && side.whole.has_value(); }

    /// Beyond forty areas: those highlighted, and the five outermost on each side.
    std::set<std::size_t> named_marks() const {
        std::set<std::size_t> named;
        if (marks_.size() <= most_named) {
            for (std::size_t i = 0; i < marks_.size(); ++i) named.insert(i);
            return named;
        }
        for (std::size_t i = 0; i < marks_.size(); ++i) {
            if (marks_[i].highlight) named.insert(i);
        }
        for (double Mark::*value : {&Mark::x, &Mark::y}) {
            std::vector<std::size_t> order(marks_.size());
            for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
            std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                return marks_[a].*value < marks_[b].*value;
            });
            constexpr std::size_t outermost = 5;
            named.insert(order.begin(), order.begin() + outermost);
            named.insert(order.end() - outermost, order.end());
        }
        return named;
    }

    void place() {
        names_.clear();
        name_marks_.clear();
        name_labels_.clear();
        log_.clear();
        const double radius = marker_size() / 2 + 0.1;
        for (const std::size_t i : named_marks()) {
            const Mark& mark = marks_[i];
            names_.push_back({mark.code + "\n" + mark.name,
                              mark.name,
                              mark.at,
                              radius,
                              mark.highlight ? bold(sizes_.label) : regular(sizes_.label),
                              plot_.grown(-0.4),
                              {},
                              {}});
            name_marks_.push_back(i);
        }
        NameObstacles obstacles;
        for (const Mark& mark : marks_) obstacles.markers.emplace_back(mark.at, radius);
        add_line_names(obstacles);
        placed_ = place_names(names_, obstacles, measure_);
        unnamed_ = marks_.size() - name_marks_.size();
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (!placed_[i].placed) {
                unnamed_ += i < name_marks_.size();
                log_.push_back("no room for the name '" + names_[i].text + "'");
                continue;
            }
            if (placed_[i].has_leader) log_.push_back(names_[i].text + ": name placed with a leader");
            std::string text;
            for (const std::string& line : placed_[i].lines) text += (text.empty() ? "" : "\n") + line;
            name_labels_.push_back({i < name_marks_.size() ? marks_[name_marks_[i]].code : std::string(),
                                    std::move(text),
                                    placed_[i].box,
                                    placed_[i].has_leader,
                                    {}});
        }
    }

    /// The whole's name and value beside its two lines.
    void add_line_names(NameObstacles& obstacles) {
        const double size = sizes_.label * mm_per_pt;
        PointName name;
        name.style = regular(sizes_.label);
        name.within = plot_.grown(-0.2);
        const auto add = [&](double left, double base, double cost) {
            name.places.push_back({0,
                                   text_box(name.text, left, base, name.style, TextAnchor::start, measure_),
                                   TextAnchor::start, cost});
        };
        const std::string whole = whole_name(table_.meta());
        if (has_line(x_)) {
            const double x = axis_x_.at(*x_.whole);
            obstacles.forbidden_lines.push_back({{x, plot_.min_y}, {x, plot_.max_y}});
            name.key = "line along";
            name.text = sentence_case(whole) + " " + x_.number(*x_.whole);
            name.wrappings = {{name.text}};
            const double width = measure_.width_mm(name.text, name.style);
            for (double moved = 0; moved < plot_.height() - 2 * size; moved += 2) {
                const double base = plot_.min_y + 1.2 + size * cap_height + moved;
                add(x + 1.4, base, 0.25 * moved);
                add(x - 1.4 - width, base, 1 + 0.25 * moved);
            }
            names_.push_back(name);
            name.places.clear();
        }
        if (has_line(y_)) {
            const double y = axis_y_.at(*y_.whole);
            obstacles.forbidden_lines.push_back({{plot_.min_x, y}, {plot_.max_x, y}});
            name.key = "line up";
            name.text = sentence_case(whole) + " " + y_.number(*y_.whole);
            name.wrappings = {{name.text}};
            const double width = measure_.width_mm(name.text, name.style);
            for (double moved = 0; moved < plot_.width() - width - 2.8; moved += 2) {
                const double left = plot_.max_x - 1.4 - width - moved;
                add(left, y - 1.1 - size * descent, 0.1 * moved);
                add(left, y + 1.0 + size * cap_height, 0.6 + 0.1 * moved);
            }
            names_.push_back(std::move(name));
        }
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
        double last_top = std::numeric_limits<double>::infinity();
        for (const double tick : axis_y_.ticks()) {
            const double y = axis_y_.at(tick);
            add_line(ground, plot_.min_x, y, plot_.max_x, y, tick == 0 ? base_stroke() : grid_stroke());
            if (y + middle > last_top - 1) continue;  // near 0 of a square root
            last_top = y - middle;
            placed.draw(axes, axis_y_.words(tick) + (y_.unit == "%" ? "%" : ""), plot_.min_x - axis_gap_mm,
                        y + middle, style, TextAnchor::end, ink_axis);
        }
        double last_end = -10;
        for (const double tick : axis_x_.ticks()) {
            const double x = axis_x_.at(tick);
            add_line(ground, x, plot_.min_y, x, plot_.max_y, tick == 0 ? base_stroke() : grid_stroke());
            const std::string text = axis_x_.words(tick) + (x_.unit == "%" ? "%" : "");
            const double half = measure_.width_mm(text, style) / 2;
            const double at = std::min(x, width_ - half);
            if (at - half < last_end + 2) continue;
            last_end = at + half;
            placed.draw(axes, text, at, plot_.max_y + 1.4 + base_line_offset_mm(style), style,
                        TextAnchor::middle, ink_axis);
        }
        if (has_line(x_)) {
            const double x = axis_x_.at(*x_.whole);
            add_line(ground, x, plot_.min_y, x, plot_.max_y, reference_stroke());
        }
        if (has_line(y_)) {
            const double y = axis_y_.at(*y_.whole);
            add_line(ground, plot_.min_x, y, plot_.max_x, y, reference_stroke());
        }
        draw_block(axes, y_title_, 0, plot_.min_y - title_gap_mm - y_title_.height_mm());
        const double title_x = std::min((plot_.min_x + plot_.max_x) / 2, width_ - x_title_.width_mm / 2);
        draw_block(axes, x_title_, title_x, plot_.max_y + 1.4 + line_pitch_mm(sizes_.label),
                   TextAnchor::middle);
        content.children.push_back(node(std::move(ground)));
        content.children.push_back(node(std::move(axes)));
    }

    void draw_marks(Group& content) const {
        Group marks;
        marks.role = Role::layer;
        marks.id = "areas";
        const Color plain = mark_colors(options_.figure.theme).later;
        const bool focus = !options_.highlight.empty();
        // Those in focus are drawn last, on top.
        for (const bool top : {false, true}) {
            for (const Mark& mark : marks_) {
                if (mark.highlight.has_value() != top) continue;
                Group area;
                area.role = Role::area;
                area.code = mark.code;
                area.label = mark.name + ": " + x_.words + " " + x_.number(mark.x) + ", " + y_.words + " " +
                             y_.number(mark.y) + (mark.small ? "; few events, less reliable" : "");
                const Color color = mark.highlight
                                        ? highlight_ink(*mark.highlight, options_.figure.theme).mark
                                    : focus ? ink_other_mark
                                            : plain;
                draw_marker(area, MarkerShape::circle, mark.at.x, mark.at.y, marker_size(), color,
                            mark.small ? MarkerFill::hollow : MarkerFill::filled);
                marks.children.push_back(node(std::move(area)));
            }
        }
        Group names;
        names.role = Role::layer;
        names.id = "labels";
        for (std::size_t i = 0; i < names_.size(); ++i) {
            Color ink = ink_secondary;
            if (i < name_marks_.size()) {
                const auto& highlight = marks_[name_marks_[i]].highlight;
                ink = highlight ? highlight_ink(*highlight, options_.figure.theme).text : ink_text;
            }
            draw_name(names, placed_[i], names_[i].style, ink);
        }
        content.children.push_back(node(std::move(marks)));
        content.children.push_back(node(std::move(names)));
    }

    Table data_table() const {
        std::vector<std::size_t> order;
        for (const Mark& mark : marks_) order.push_back(mark.row);
        if (named_.total) order.push_back(*named_.total);
        return table_.take(order);
    }

    const Table& table_;
    const ScatterChartOptions& options_;
    const TextMeasure& measure_;
    TypeSizes sizes_;
    NamedRows named_;
    Side x_{};
    Side y_{};
    std::vector<Mark> marks_{};
    std::vector<std::string> without_{};
    std::vector<std::string> sums_{};  ///< columns whose total lies beyond the areas: no line
    std::optional<Correlation> correlation_{};
    double width_ = 0;
    double bottom_ = 0;
    Box plot_{};
    RangeAxis axis_x_{};
    RangeAxis axis_y_{};
    KeyLine key_{};
    TextBlock x_title_{};
    TextBlock y_title_{};
    std::vector<PointName> names_{};         ///< of areas, then of lines
    std::vector<std::size_t> name_marks_{};  ///< the mark of each name of an area
    std::vector<PlacedName> placed_{};
    std::vector<PlacedLabel> name_labels_{};
    std::vector<std::string> log_{};
    std::size_t unnamed_ = 0;
};

}  // namespace

Figure scatter_chart(const Table& table, const ScatterChartOptions& options, const TextMeasure& measure) {
    return Chart(table, options, measure).draw();
}

}  // namespace wardmap
