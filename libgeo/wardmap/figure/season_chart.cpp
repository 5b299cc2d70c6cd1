#include "wardmap/figure/season_chart.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/month_axis.hpp"
#include "wardmap/figure/month_plot.hpp"
#include "wardmap/figure/month_words.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/value_axis.hpp"
#include "wardmap/indicator/season.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace wardmap {
namespace {

constexpr double even_share = 100.0 / 12;
constexpr double range_line_mm = 0.35;
constexpr double median_mm = 3.0;
constexpr double least_label_page_mm = 100;  ///< on narrower pages the even share is named in the note

std::string month_name(std::size_t month) {
    const std::string words = Period{PeriodKind::month, 2000, static_cast<int>(month) + 1}.words();
    return words.substr(0, words.find(' '));
}

/// Calendar months, January as 0, in the order drawn.
std::array<std::size_t, 12> order_from(SeasonStart start) {
    std::array<std::size_t, 12> order{};
    for (std::size_t i = 0; i < 12; ++i) order[i] = (i + (start == SeasonStart::april ? 3 : 0)) % 12;
    return order;
}

double median_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/// One column or dot, in percent.
struct Mark {
    std::size_t month = 0;
    std::optional<double> share{};  ///< of columns; of dots the median
    double lowest = 0;
    double highest = 0;
    double latest = 0;
};

std::vector<Mark> column_marks(const Season& season, const std::array<std::size_t, 12>& order) {
    std::vector<Mark> marks;
    for (const std::size_t month : order) {
        Mark mark;
        mark.month = month;
        if (season.counts[month].known())
            mark.share = 100 * season.counts[month].number / season.total.number;
        marks.push_back(mark);
    }
    return marks;
}

std::vector<Mark> dot_marks(const Season& season, const std::array<std::size_t, 12>& order) {
    std::vector<Mark> marks;
    for (const std::size_t month : order) {
        std::vector<double> shares;
        for (const SeasonYear& year : season.years) shares.push_back(100 * year.share[month]);
        const auto [lowest, highest] = std::minmax_element(shares.begin(), shares.end());
        marks.push_back({month, median_of(shares), *lowest, *highest, shares.back()});
    }
    return marks;
}

/// "May and June have the largest shares", by what is printed.
std::string season_title(const std::vector<Mark>& marks, const std::string& subject, SeasonStyle style) {
    double most = 0;
    for (const Mark& mark : marks) most = std::max(most, round_half_away(*mark.share, 0));
    std::vector<std::string> top;
    for (const Mark& mark : marks) {
        if (round_half_away(*mark.share, 0) == most) top.push_back(month_name(mark.month));
    }
    if (top.size() > 3) return subject + " by calendar month";
    const std::string share = style == SeasonStyle::dots ? "median share" : "share";
    return subject + ": " + in_words(top) +
           (top.size() == 1 ? " has the largest " + share + ", " : " have the largest " + share + "s, ") +
           percent_text(most) + (top.size() == 1 ? "" : " each");
}

std::string year_name(const SeasonYear& year) {
    if (year.first.month == 1) return std::to_string(year.first.year);
    const Period last = month_of_number(month_number(year.first) + 11);
    return Period{PeriodKind::year_to, last.year, last.month}.words();
}

/// "3 whole years, July 2019 to June 2022." or which months are there more often than others.
std::string coverage_note(const Season& season, const MonthSeries& series, const std::string& unit) {
    if (season.even()) {
        return "All " + unit + " of " + counted(season.months[0], "whole year") + ", " +
               series_range(series) + ".";
    }
    const auto [least, most] = std::minmax_element(season.months.begin(), season.months.end());
    std::vector<std::string> few;
    for (std::size_t month = 0; month < 12; ++month) {
        if (season.months[month] == *least) few.push_back(month_name(month));
    }
    std::vector<std::string> many;
    for (std::size_t month = 0; month < 12; ++month) {
        if (season.months[month] == *most) many.push_back(month_name(month));
    }
    const auto times = [](std::size_t n) { return n == 1 ? std::string("once") : number_word(n) + " times"; };
    const auto named = [&](const std::vector<std::string>& months) {
        return months.size() <= 3 ? in_words(months) : counted(months.size(), "month");
    };
    return "The months are not there equally often (" + named(few) + " " + times(*least) + ", " +
           named(many) + " " + times(*most) + "), so their shares are not comparable.";
}

Table season_data(const Season& season, const std::vector<Mark>& marks, SeasonStyle style,
                  const std::string& unit, const TableMeta& meta) {
    std::vector<std::string> names;
    std::vector<double> numbers[5];
    std::vector<CellState> states;
    for (const Mark& mark : marks) {
        names.push_back(month_name(mark.month));
        numbers[0].push_back(season.counts[mark.month].number);
        states.push_back(season.counts[mark.month].state);
        numbers[1].push_back(mark.share.value_or(std::nan("")));
        numbers[2].push_back(mark.lowest);
        numbers[3].push_back(mark.highest);
        numbers[4].push_back(mark.latest);
    }
    std::vector<Column> columns{Column::text("month", std::move(names)),
                                Column::numbers("count", std::move(numbers[0]), std::move(states), unit),
                                Column::numbers(style == SeasonStyle::columns ? "share" : "median_share",
                                                std::move(numbers[1]), "%")};
    if (style == SeasonStyle::dots) {
        columns.push_back(Column::numbers("lowest_share", std::move(numbers[2]), "%"));
        columns.push_back(Column::numbers("highest_share", std::move(numbers[3]), "%"));
        columns.push_back(Column::numbers("latest_share", std::move(numbers[4]), "%"));
    }
    return Table(std::move(columns), meta);
}

/// Names of months under the columns: three letters, or one where there is no room.
std::vector<std::string> slot_names(const std::vector<Mark>& marks, double slot_mm, const TextStyle& style,
                                    const TextMeasure& measure) {
    std::vector<std::string> names;
    bool fit = true;
    for (const Mark& mark : marks) {
        names.push_back(month_name(mark.month).substr(0, 3));
        fit = fit && measure.width_mm(names.back(), style) + 0.8 <= slot_mm;
    }
    if (!fit) {
        for (std::string& name : names) name = name.substr(0, 1);
    }
    return names;
}

/// What stands on the columns: nothing where it would not fit.
struct ColumnValues {
    std::vector<std::string> texts{};
    TextStyle style{};
};

ColumnValues column_values(const std::vector<Mark>& marks, double slot_mm, const TypeSizes& sizes,
                           const TextMeasure& measure) {
    for (const double size : {sizes.label, sizes.value}) {
        for (const bool with_unit : {true, false}) {
            ColumnValues values{{}, regular(size)};
            bool fit = true;
            for (const Mark& mark : marks) {
                std::string text = percent_text(*mark.share);
                if (!with_unit) text.pop_back();
                fit = fit && measure.width_mm(text, values.style) + 0.6 <= slot_mm;
                values.texts.push_back(std::move(text));
            }
            if (fit) return values;
        }
    }
    return {};
}

/// The dashed line at an even share, open where a value stands on it.
void draw_even_line(Group& into, double left_mm, double right_mm, double y_mm,
                    const std::vector<PlacedLabel>& labels) {
    constexpr double clear_mm = 0.5;
    std::vector<std::pair<double, double>> covered;
    for (const PlacedLabel& label : labels) {
        const bool on_line = label.box.min_y < y_mm + clear_mm && label.box.max_y > y_mm - clear_mm;
        if (on_line && label.box.min_x > left_mm && label.box.max_x < right_mm)
            covered.emplace_back(label.box.min_x - clear_mm, label.box.max_x + clear_mm);
    }
    std::sort(covered.begin(), covered.end());
    double from = left_mm;
    for (const auto& [start, end] : covered) {
        if (start > from) add_line(into, from, y_mm, start, y_mm, reference_stroke());
        from = std::max(from, end);
    }
    if (from < right_mm) add_line(into, from, y_mm, right_mm, y_mm, reference_stroke());
}

}  // namespace

Figure season_chart(const Table& table, const SeasonChartOptions& options, const TextMeasure& measure,
                    Problems& problems) {
    const TableMeta& meta = table.meta();
    const TypeSizes sizes = type_sizes(options.figure.theme);
    MonthSeriesOptions series_options = options.series;
    series_options.small_numbers = {};
    const MonthSeries series = month_series(table, series_options, problems);
    const CountNames names = count_names(series.kind, series.marker, meta);
    const Season spread = season(series, options.series.small_numbers, problems);
    const bool dots = options.style == SeasonStyle::dots;
    const Where where{.file = table.origin().file, .column = "period"};
    if (dots && spread.years.size() < 2) {
        throw InputError("ranges over the years need at least two whole years of known counts, and there " +
                             std::string(spread.years.size() == 1 ? "is 1" : "are none"),
                         where, "draw columns instead");
    }
    if (dots && options.series.small_numbers.applies()) {
        throw UsageError("shares of single years give small numbers away", {}, "draw columns instead");
    }
    if (!dots && !spread.total.known()) {
        const auto gone = std::find(spread.months.begin(), spread.months.end(), 0U);
        if (gone != spread.months.end()) {
            throw InputError("no " + month_name(static_cast<std::size_t>(gone - spread.months.begin())) +
                                 " has a known count, so the share of the months cannot be said",
                             where, "give whole years");
        }
        throw InputError("a calendar month is withheld under the small-number rule, and its share with it",
                         where, "add kinds or years up");
    }
    if (!dots && !(spread.total.number > 0)) {
        throw InputError("there are no events, so the months have no shares", where, "choose another kind");
    }
    const auto order = order_from(options.start);
    const std::vector<Mark> marks = dots ? dot_marks(spread, order) : column_marks(spread, order);

    FigureTexts texts;
    texts.kind = "season";
    texts.title = dots || spread.even() ? season_title(marks, names.subject, options.style)
                                        : names.subject + " by calendar month, months unequally covered";
    texts.subtitle = counts_line(dots ? "each month's share of a year's " + names.unit
                                      : "each calendar month's share of all " + names.unit,
                                 meta, series_range(series));
    const auto [least, most] = std::minmax_element(
        marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return *a.share < *b.share; });
    texts.alt = std::string(dots ? "Dot and range chart" : "Column chart") + " of " +
                within_sentence(names.subject) + " by calendar month: most in " + month_name(most->month) +
                " (" + percent_text(*most->share) + "), least in " + month_name(least->month) + " (" +
                percent_text(*least->share) + ").";
    texts.description = texts.alt + (dots ? " Medians of " : " Shares of ") + series_range(series) + ":";
    for (std::size_t i = 0; i < marks.size(); ++i) {
        texts.description +=
            (i == 0 ? " " : ", ") + month_name(marks[i].month) + " " + percent_text(*marks[i].share);
    }
    texts.description += ". An even spread would be 8.3% a month.";
    const bool label_even = slot_size(options.figure.slot).width_mm >= least_label_page_mm;
    if (dots) {
        texts.notes.push_back("Dot: median of " + counted(spread.years.size(), "year") + ", " +
                              year_name(spread.years.front()) + " to " + year_name(spread.years.back()) +
                              "; line: lowest to highest; ring: " + year_name(spread.years.back()) + ".");
    } else {
        texts.notes.push_back(coverage_note(spread, series, names.unit));
        if (!spread.even()) {
            problems.add(
                Severity::warning, "uneven_months",
                "the calendar months are not there equally often, so their shares are not comparable", where,
                texts.notes.back());
        }
        double sum = 0;
        for (const Mark& mark : marks) sum += round_half_away(*mark.share, 0);
        texts.notes.push_back(sum == 100 ? "Shares are rounded."
                                         : "Shares are rounded and add to " + with_thousands(sum, 0) +
                                               "%, not 100%.");
    }
    if (!label_even) texts.notes.emplace_back("Dashed line: an even share, 8.3%.");
    for (std::string& note : series_notes(series, "left out")) texts.notes.push_back(std::move(note));
    const LeftOut left_out = withheld_alone(series.kind.empty() ? series.left_out : series.left_out_of_kind,
                                            options.series.small_numbers);
    if (std::string note = left_out_note(left_out, names.unit); !note.empty())
        texts.notes.push_back(std::move(note));
    const Frame frame(texts, meta, options.figure, measure);

    double highest = even_share;
    for (const Mark& mark : marks) highest = std::max({highest, *mark.share, mark.highest});
    ValueAxis axis(0, highest, 5, {TickSign::minus_only, "%"});
    const TextStyle style = regular(sizes.label);
    const double left = axis.width_mm(style, measure) + 1.4;
    const std::vector<EndLabel> even{{"Even share", "8.3%", ink_secondary, 0, 0}};
    const double even_width =
        label_even ? end_label_width_mm(even, 0.16 * frame.width_mm(), style, measure) + 2.0 : 0;
    const double right = frame.width_mm() - even_width;
    const double slot = (right - left) / 12;
    const double line = line_pitch_mm(sizes.label);
    const double below = line + 1.0;
    const double height = plot_height_mm(frame, options.figure.slot, line + below, 30);
    axis.set_place(frame.top_mm() + line, frame.top_mm() + line + height);
    const auto x_of = [&](std::size_t i) { return left + (static_cast<double>(i) + 0.5) * slot; };

    PlotText placed(measure);
    Group content;
    content.role = Role::layer;
    content.id = "chart";
    Group ground;
    ground.role = Role::decoration;
    ground.id = "ground";
    axis.draw_grid(ground, left, right);
    Group shapes;
    shapes.role = Role::layer;
    shapes.id = dots ? "dots" : "columns";
    Group words;
    words.role = Role::layer;
    words.id = "values";
    axis.draw_numbers(words, left - 1.4, style, placed);
    const MarkColors colors = mark_colors(options.figure.theme);
    const ColumnValues values = dots ? ColumnValues{} : column_values(marks, slot, sizes, measure);
    const auto slot_labels = slot_names(marks, slot, style, measure);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const Mark& mark = marks[i];
        const double x = x_of(i);
        placed.draw(words, slot_labels[i], x, axis.bottom() + 1.0 + base_line_offset_mm(style), style,
                    TextAnchor::middle, ink_axis);
        const double y = axis.y(*mark.share);
        if (dots) {
            add_line(shapes, x, axis.y(mark.lowest), x, axis.y(mark.highest),
                     {colors.later, range_line_mm, {}});
            shapes.children.push_back(node(Shape{CircleShape{x, y, median_mm / 2}, Fill{colors.later, {}},
                                                 Stroke{ink_white, 0.25, {}}}));
            shapes.children.push_back(node(Shape{CircleShape{x, axis.y(mark.latest), median_mm / 2 + 0.45},
                                                 {},
                                                 Stroke{colors.bar_fall, 0.5, {}}}));
            continue;
        }
        const double width = slot / 1.43;
        add_rect(shapes, x - width / 2, y, width, axis.bottom() - y, colors.bar);
    }
    for (std::size_t i = 0; i < values.texts.size(); ++i) {
        placed.draw(words, values.texts[i], x_of(i), axis.y(*marks[i].share) - 1.0, values.style,
                    TextAnchor::middle, ink_text);
    }
    axis.draw_zero(shapes, left, right);
    draw_even_line(ground, left, right, axis.y(even_share), placed.labels());
    if (label_even) {
        std::vector<EndLabel> label = even;
        label[0].wish_mm = axis.y(even_share);
        label[0].from_x_mm = right;
        draw_end_labels(words, label, right + 2.0, even_width - 2.0, axis.top(), axis.bottom(), style,
                        placed);
    }
    content.children.push_back(node(std::move(ground)));
    content.children.push_back(node(std::move(shapes)));
    content.children.push_back(node(std::move(words)));
    Figure figure = frame.finish(std::move(content), axis.bottom() + below);
    figure.data = season_data(spread, marks, options.style, names.unit, meta);
    figure.labels = placed.take();
    return figure;
}

}  // namespace wardmap
