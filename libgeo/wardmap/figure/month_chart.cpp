#include "wardmap/figure/month_chart.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/month_plot.hpp"
#include "wardmap/figure/month_words.hpp"
#include "wardmap/figure/point_labels.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {
namespace {

constexpr double panels_from_ratio = 5;
constexpr std::size_t most_columns = 24;

using Values = std::vector<std::optional<double>>;

template <typename Cell>
Values values_of(const MonthSeries& series, Cell cell) {
    Values values;
    for (const MonthCounts& month : series.months) {
        const CountCell& count = cell(month);
        values.push_back(count.known() ? std::optional(count.number) : std::nullopt);
    }
    return values;
}

bool has_any(const Values& values) {
    return std::any_of(values.begin(), values.end(), [](const auto& value) { return value.has_value(); });
}

std::optional<std::size_t> last_known(const Values& values) {
    for (std::size_t m = values.size(); m-- > 0;) {
        if (values[m]) return m;
    }
    return std::nullopt;
}

/// What the chart is of: the kind's line first, then the others'; without a kind the one of all events.
struct Lines {
    Values first{};
    Values others{};  ///< empty where there is one line
};

Lines lines_of(const MonthSeries& series) {
    Lines lines;
    if (series.kind.empty()) {
        lines.first = values_of(series, [](const MonthCounts& m) -> const CountCell& { return m.total; });
        return lines;
    }
    lines.first = values_of(series, [](const MonthCounts& m) -> const CountCell& { return m.kind; });
    lines.others = values_of(series, [](const MonthCounts& m) -> const CountCell& { return m.others; });
    if (!has_any(lines.others)) lines.others.clear();
    return lines;
}

/// Sum of the twelve months that end with `last`, if all of them are whole and known.
std::optional<double> year_sum(const MonthSeries& series, const Values& values, std::size_t last) {
    if (last + 1 < 12) return std::nullopt;
    double sum = 0;
    for (std::size_t m = last - 11; m <= last; ++m) {
        if (!values[m] || !series.months[m].whole) return std::nullopt;
        sum += *values[m];
    }
    return sum;
}

std::optional<std::size_t> last_whole(const MonthSeries& series, const Values& values) {
    for (std::size_t m = values.size(); m-- > 0;) {
        if (values[m] && series.months[m].whole) return m;
    }
    return std::nullopt;
}

/// "rose 12%", "fell 8%", "did not change"; of small numbers with the numbers themselves.
std::string moved(double before, double after) {
    if (after == before) return "did not change";
    const std::string verb = after > before ? "rose" : "fell";
    if (before < small_baseline) return verb + " from " + count_text(before) + " to " + count_text(after);
    const double percent = std::abs(100 * (after / before - 1));
    return verb + " " + with_thousands(percent, percent < 1 ? 1 : 0) + "%";
}

std::string year_words(const Period& last) {
    return Period{PeriodKind::year_to, last.year, last.month}.words();
}

std::string peak_title(const MonthSeries& series, const Values& values, const CountNames& names) {
    double most = 0;
    double least = 0;
    std::size_t peaks = 0;
    std::size_t peak = 0;
    bool any = false;
    for (std::size_t m = 0; m < values.size(); ++m) {
        if (!values[m] || !series.months[m].whole) continue;
        if (!any || *values[m] > most) {
            most = *values[m];
            peak = m;
            peaks = 0;
        }
        least = any ? std::min(least, *values[m]) : *values[m];
        peaks += *values[m] == most;
        any = true;
    }
    if (!any) return names.subject + " by month";
    if (most == 0) return names.subject + ": none in any month shown";
    if (peaks == 1) {
        return names.subject + ": highest in " + series.months[peak].month.words() + ", at " +
               count_text(most);
    }
    if (most == least) return names.subject + ": " + count_text(most) + " in every month";
    return names.subject + ": between " + count_text(least) + " and " + count_text(most) + " a month";
}

std::string months_title(const MonthSeries& series, const Values& values, const CountNames& names) {
    const auto last = last_whole(series, values);
    if (last && *last >= 23) {
        const auto after = year_sum(series, values, *last);
        const auto before = year_sum(series, values, *last - 12);
        if (after && before) {
            return names.subject + " " + moved(*before, *after) + " in the " +
                   year_words(series.months[*last].month);
        }
    }
    return peak_title(series, values, names);
}

std::string range_words(const Values& values) {
    double most = 0;
    double least = 0;
    bool any = false;
    for (const auto& value : values) {
        if (!value) continue;
        most = any ? std::max(most, *value) : *value;
        least = any ? std::min(least, *value) : *value;
        any = true;
    }
    if (!any) return "not known";
    return least == most ? count_text(most) : count_text(least) + " to " + count_text(most);
}

std::string last_words(const MonthSeries& series, const Values& values) {
    const auto last = last_known(values);
    if (!last) return {};
    return count_text(*values[*last]) + " in " + series.months[*last].month.words();
}

/// Value at the right end of a line: the month is named where it is not the last one of the axis.
std::string end_value(const MonthSeries& series, const Values& values, std::string text) {
    const auto last = last_known(values);
    if (!last) return text;
    if (*last + 1 < values.size()) {
        const Period& month = series.months[*last].month;
        return text + " (" + month.words().substr(0, 3) + " " + std::to_string(month.year) + ")";
    }
    return series.months.back().whole ? text : text + " so far";
}

void add_series_notes(std::vector<std::string>& notes, const MonthSeries& series, const CountNames& names,
                      std::string_view part_words) {
    for (std::string& note : series_notes(series, part_words)) notes.push_back(std::move(note));
    if (std::string note = left_out_note(series.left_out, names.unit); !note.empty())
        notes.push_back(std::move(note));
}

std::string band_words(std::span<const TimeBand> bands) {
    std::vector<std::string> parts;
    for (const TimeBand& band : bands)
        parts.push_back(month_range_words(band.from, band.to) + " (" + typographic(band.note) + ")");
    return parts.empty() ? std::string() : " Shaded: " + in_words(parts) + ".";
}

Table months_data(const MonthSeries& series, const std::vector<std::pair<std::string, Values>>& lines,
                  const std::string& value_name, const std::string& unit, const TableMeta& meta) {
    std::vector<std::string> periods;
    std::vector<std::string> names;
    std::vector<double> numbers;
    for (const auto& [name, values] : lines) {
        for (std::size_t m = 0; m < values.size(); ++m) {
            if (!values[m]) continue;
            periods.push_back(series.months[m].month.label());
            names.push_back(name);
            numbers.push_back(*values[m]);
        }
    }
    return Table({Column::text("period", std::move(periods)), Column::text("series", std::move(names)),
                  Column::numbers(value_name, std::move(numbers), unit)},
                 meta);
}

/// One series of few months: columns with their values where these fit.
double draw_columns(Group& content, const Frame& frame, const MonthSeries& series, const Values& values,
                    const MonthsChartOptions& options, std::vector<std::string>& log, PlotText& texts) {
    const TypeSizes sizes = type_sizes(options.figure.theme);
    const TextStyle style = regular(sizes.label);
    const TextMeasure& measure = texts.measure();
    ValueAxis numbers(0, largest_of(values), 5, {});
    const double left = numbers.width_mm(style, measure) + 1.4;
    const MonthAxis axis(series.months.front().month, series.months.back().month, left, frame.width_mm());
    const TimeBands bands(options.bands, axis, frame.width_mm(), regular(sizes.value), measure);
    for (const std::string& note : bands.beyond())
        log.push_back("the break '" + note + "' lies outside the months shown and is not drawn");
    const double value_line = line_pitch_mm(sizes.label);
    const double taken = bands.notes_mm() + value_line + axis.height_mm(sizes, measure);
    const double height = plot_height_mm(frame, options.figure.slot, taken, 30);
    const double ground_top = frame.top_mm() + bands.notes_mm();
    numbers.set_place(ground_top + value_line, ground_top + value_line + height);

    Group ground;
    ground.role = Role::decoration;
    ground.id = "ground";
    bands.draw_shades(ground, ground_top, numbers.bottom());
    numbers.draw_grid(ground, left, axis.right());
    Group shapes;
    shapes.role = Role::layer;
    shapes.id = "columns";
    Group words;
    words.role = Role::layer;
    words.id = "values";
    numbers.draw_numbers(words, left - 1.4, style, texts);
    const double width = axis.slot_mm() / 1.43;
    bool values_fit = true;
    for (const auto& value : values)
        values_fit =
            values_fit && (!value || measure.width_mm(count_text(*value), style) + 0.8 <= axis.slot_mm());
    const MarkColors colors = mark_colors(options.figure.theme);
    std::vector<bool> gaps;
    for (std::size_t m = 0; m < values.size(); ++m) {
        gaps.push_back(!series.months[m].in_table());
        if (!values[m]) {
            if (!gaps.back()) {
                const bool withheld = series.months[m].total.state == CellState::suppressed ||
                                      series.months[m].kind.state == CellState::suppressed;
                texts.draw(words, withheld ? "[c]" : "[x]", axis.x(m), numbers.bottom() - 1.0,
                           regular(sizes.value), TextAnchor::middle, ink_secondary);
            }
            continue;
        }
        const double top = numbers.y(*values[m]);
        add_rect(shapes, axis.x(m) - width / 2, top, width, numbers.bottom() - top,
                 series.months[m].whole ? colors.bar : colors.earlier);
        if (values_fit) {
            texts.draw(words, count_text(*values[m]), axis.x(m), top - 1.0, style, TextAnchor::middle,
                       ink_text);
        }
    }
    numbers.draw_zero(shapes, left, axis.right());
    axis.draw(words, numbers.bottom(), sizes, texts);
    bands.draw_notes(words, ground_top, texts);
    draw_gap_words(words, axis, gaps, numbers.bottom(), regular(sizes.value), texts);
    content.children.push_back(node(std::move(ground)));
    content.children.push_back(node(std::move(shapes)));
    content.children.push_back(node(std::move(words)));
    return numbers.bottom() + axis.height_mm(sizes, measure);
}

}  // namespace

Figure months_chart(const Table& table, const MonthsChartOptions& options, const TextMeasure& measure,
                    Problems& problems) {
    const TableMeta& meta = table.meta();
    const MonthSeries series = month_series(table, options.series, problems);
    const CountNames names = count_names(series.kind, series.marker, meta);
    const Lines lines = lines_of(series);
    const bool two = !lines.others.empty();
    const bool columns = !two && series.months.size() <= most_columns;
    const double first_most = largest_of(lines.first);
    const double others_most = largest_of(lines.others);
    const bool panels =
        two && (others_most > panels_from_ratio * first_most || first_most > panels_from_ratio * others_most);

    FigureTexts texts;
    texts.kind = "months";
    texts.title = months_title(series, lines.first, names);
    texts.subtitle = counts_line(names.unit + " by month", meta, series_range(series));
    texts.alt = std::string(columns ? "Column" : "Line") + " chart of " + within_sentence(names.subject) +
                " by month, " + series_range(series) + ": " + range_words(lines.first) + " a month.";
    texts.description = texts.alt;
    if (const std::string last = last_words(series, lines.first); !last.empty())
        texts.description += " " + names.kind + ": " + last + ".";
    if (two) {
        texts.description += " " + names.others + ": " + range_words(lines.others) + " a month, " +
                             last_words(series, lines.others) + ".";
    }
    texts.description += band_words(options.bands);
    if (panels) texts.notes.emplace_back("The two panels have different scales.");
    add_series_notes(texts.notes, series, names, columns ? "paler" : "dashed");
    const Frame frame(texts, meta, options.figure, measure);

    PlotText placed(measure);
    Group content;
    content.role = Role::layer;
    content.id = "chart";
    double bottom = 0;
    std::vector<std::string> log;
    if (columns) {
        bottom = draw_columns(content, frame, series, lines.first, options, log, placed);
    } else {
        const auto line = [&](const std::string& name, const Values& values, const LineInk& ink) {
            const auto last = last_known(values);
            return MonthLine{name,
                             last ? end_value(series, values, count_text(*values[*last])) : std::string(),
                             values, ink};
        };
        const MonthLine first = line(names.kind, lines.first, kind_ink(options.figure.theme));
        const MonthLine others = line(names.others, lines.others, others_ink(options.figure.theme));
        std::vector<MonthPanel> made;
        if (panels) {
            for (const MonthLine* one : {&first, &others}) {
                MonthLine unnamed = *one;
                unnamed.name = one->end_value;
                unnamed.end_value.clear();
                made.push_back(
                    {one->name, one->ink.text, {unnamed}, ValueAxis(0, largest_of(one->values), 3, {})});
            }
        } else {
            made.push_back({{}, {}, {first}, ValueAxis(0, std::max(first_most, others_most), 5, {})});
            if (two) made.back().lines.push_back(others);
        }
        const MonthPlot plot(frame, series, std::move(made), options.bands, options.figure, measure);
        plot.draw_ground(content, placed);
        plot.draw_lines(content);
        plot.draw_names(content, placed);
        bottom = plot.bottom_mm();
        log = plot.log();
    }
    Figure figure = frame.finish(std::move(content), bottom);
    std::vector<std::pair<std::string, Values>> drawn{{names.kind, lines.first}};
    if (two) drawn.emplace_back(names.others, lines.others);
    figure.data = months_data(series, drawn, "count", names.unit, meta);
    figure.labels = placed.take();
    figure.log = std::move(log);
    return figure;
}

namespace {

/// Change in % of each month since its baseline; what the baseline was.
struct Change {
    Values percent{};
    std::optional<double> base{};  ///< of a named month
    std::size_t small_bases = 0;   ///< of the months drawn
    std::size_t zero_bases = 0;
};

Change change_since(const Values& values, std::size_t baseline) {
    Change change;
    change.base = values[baseline];
    change.percent.resize(values.size());
    if (!change.base) return change;
    change.zero_bases = *change.base == 0;
    change.small_bases = *change.base > 0 && *change.base < small_baseline;
    for (std::size_t m = 0; m < values.size(); ++m) {
        if (values[m] && *change.base > 0) change.percent[m] = 100 * (*values[m] / *change.base - 1);
    }
    return change;
}

/// Of every month but the first twelve. \pre more than twelve values
Change change_of_year(const Values& values) {
    Change change;
    change.percent.resize(values.size() - 12);
    for (std::size_t m = 12; m < values.size(); ++m) {
        if (!values[m] || !values[m - 12]) continue;
        const double base = *values[m - 12];
        change.zero_bases += base == 0;
        if (!(base > 0)) continue;
        change.small_bases += base < small_baseline;
        change.percent[m - 12] = 100 * (*values[m] / base - 1);
    }
    return change;
}

MonthSeries without_first_year(const MonthSeries& series) {
    MonthSeries later = series;
    later.months.erase(later.months.begin(), later.months.begin() + 12);
    return later;
}

std::string signed_percent(double percent) {
    return with_sign(percent, 0) + "%";
}

std::size_t baseline_of(const MonthSeries& series, const Values& values,
                        const std::optional<Period>& wanted) {
    if (!wanted) {
        for (std::size_t m = 0; m < values.size(); ++m) {
            if (values[m] && series.months[m].whole) return m;
        }
        throw InputError("no month has counts to compare with", {}, "draw a table with known counts");
    }
    const auto found = wanted->kind == PeriodKind::month ? series.find(*wanted) : std::nullopt;
    if (!found || !series.months[*found].in_table()) {
        throw UsageError("the baseline " + wanted->label() + " is no month of the table", {},
                         "it has months from " + series.months.front().month.label() + " to " +
                             series.months.back().month.label());
    }
    return *found;
}

/// The lines of a plot as marks that no name may cover.
NameObstacles obstacles_of(const MonthPlot& plot) {
    constexpr double apart_mm = 0.8;
    NameObstacles obstacles;
    for (const MonthPanel& panel : plot.panels()) {
        for (const MonthLine& line : panel.lines) {
            for (std::size_t m = 0; m < line.values.size(); ++m) {
                if (!line.values[m]) continue;
                const Point from = plot.at(panel, m, *line.values[m]);
                obstacles.markers.emplace_back(from, 0.8);
                if (m + 1 == line.values.size() || !line.values[m + 1]) continue;
                const Point to = plot.at(panel, m + 1, *line.values[m + 1]);
                const int steps = static_cast<int>(std::hypot(to.x - from.x, to.y - from.y) / apart_mm);
                for (int i = 1; i < steps; ++i) {
                    const double part = static_cast<double>(i) / steps;
                    obstacles.markers.emplace_back(
                        Point{from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)}, 0.4);
                }
            }
        }
        obstacles.avoided_lines.emplace_back(Point{plot.axis().left(), panel.axis.y(0)},
                                             Point{plot.axis().right(), panel.axis.y(0)});
    }
    return obstacles;
}

/// A dot where the lines begin to be compared, and the month's name beside it.
/// \return whether the name found room
bool draw_baseline(Group& into, const MonthPlot& plot, std::size_t baseline, const std::string& month,
                   const FigureOptions& options, PlotText& texts) {
    const MonthPanel& panel = plot.panels().front();
    const Point at = plot.at(panel, baseline, 0);
    Group group;
    group.role = Role::layer;
    group.id = "baseline";
    group.children.push_back(
        node(Shape{CircleShape{at.x, at.y, 1.5}, Fill{ink_text, {}}, Stroke{ink_white, 0.25, {}}}));
    PointName name;
    name.key = month;
    name.text = month + " = 0%";
    name.at = at;
    name.radius_mm = 1.6;
    name.style = regular(type_sizes(options.theme).label);
    name.within = {plot.axis().left(), panel.axis.top(), plot.axis().right(), panel.axis.bottom()};
    const std::vector<PointName> names{name};
    const PlacedName placed = place_names(names, obstacles_of(plot), texts.measure()).front();
    if (placed.placed) {
        draw_name(group, placed, name.style, ink_text);
        texts.keep(name.text, placed.box);
    }
    into.children.push_back(node(std::move(group)));
    return placed.placed;
}

}  // namespace

Figure index_chart(const Table& table, const IndexChartOptions& options, const TextMeasure& measure,
                   Problems& problems) {
    const TableMeta& meta = table.meta();
    const MonthSeries all = month_series(table, options.series, problems);
    const CountNames names = count_names(all.kind, all.marker, meta);
    const Lines lines = lines_of(all);
    const bool by_year = options.against == IndexAgainst::year_before;
    if (by_year && all.months.size() <= 12) {
        throw InputError("no month has counts in the year before", {.file = table.origin().file},
                         "give a table of more than twelve months");
    }
    const MonthSeries series = by_year ? without_first_year(all) : all;
    const std::size_t baseline = by_year ? 0 : baseline_of(series, lines.first, options.baseline);
    const std::string base_month = series.months[baseline].month.words();

    FigureTexts texts;
    texts.kind = "index";
    struct Drawn {
        std::string name{};
        Change change{};
        LineInk ink{};
    };
    std::vector<Drawn> drawn;
    std::vector<std::string> bases;
    std::size_t small = 0;
    const auto consider = [&](const std::string& name, const Values& values, const LineInk& ink) {
        if (values.empty()) return;
        Drawn one{name, by_year ? change_of_year(values) : change_since(values, baseline), ink};
        small += one.change.small_bases;
        if (!by_year && one.change.base)
            bases.push_back((bases.empty() ? name : within_sentence(name)) + " " +
                            count_text(*one.change.base));
        if (has_any(one.change.percent)) {
            drawn.push_back(std::move(one));
        } else {
            const std::string why = by_year            ? "no month has counts in the year before"
                                    : !one.change.base ? "the baseline is not known"
                                                       : "the baseline is 0, so change is not defined";
            texts.notes.push_back(name + " is not drawn: " + why + ".");
            problems.add(Severity::warning, "no_baseline", "a line is not drawn: " + why, {}, name);
        }
        if (by_year && one.change.zero_bases > 0 && !drawn.empty()) {
            texts.notes.push_back(name + ": " + counted(one.change.zero_bases, "month") +
                                  " not drawn, as the year before had none.");
        }
    };
    consider(names.kind, lines.first, kind_ink(options.figure.theme));
    consider(names.others, lines.others, others_ink(options.figure.theme));
    if (drawn.empty()) {
        throw InputError(
            by_year ? "no month has counts in the year before"
                    : "nothing can be compared with " + base_month + ": its counts are 0 or not known",
            {.file = table.origin().file},
            by_year ? "give a table of more than twelve months" : "name another month: --baseline YYYY-MM");
    }
    if (small > 0) {
        problems.add(Severity::warning, "small_base",
                     "fewer than 20 in a baseline month: percentages swing widely", {},
                     by_year ? names.subject : base_month);
    }

    const Drawn& first = drawn.front();
    const auto last = last_known(first.change.percent);
    const Period& last_month = series.months[*last].month;
    const std::string from =
        by_year ? Period{PeriodKind::month, last_month.year - 1, last_month.month}.words() : base_month;
    const double last_percent = *first.change.percent[*last];
    const std::string of_whom = first.name == names.kind ? names.subject : first.name;
    const double moved_percent = round_half_away(std::abs(last_percent), 0);
    texts.title =
        of_whom + ": " +
        (last_percent == 0 ? "no change"
                           : (last_percent > 0 ? "up " : "down ") +
                                 with_thousands(std::abs(last_percent), moved_percent == 0 ? 1 : 0) + "%") +
        " from " + from + " to " + last_month.words();
    const std::string compared =
        by_year ? "change since the same month of the year before" : "change since " + base_month;
    texts.subtitle = counts_line(names.unit + " by month, " + compared, meta, series_range(series));
    texts.alt = "Line chart of " + within_sentence(of_whom) + " by month, " + compared + ": " +
                signed_percent(last_percent) + " in " + last_month.words() + ".";
    texts.description = texts.alt;
    double lowest = 0;
    double highest = 0;
    for (const Drawn& one : drawn) {
        double low = 0;
        double high = 0;
        bool any = false;
        for (const auto& percent : one.change.percent) {
            if (!percent) continue;
            low = any ? std::min(low, *percent) : *percent;
            high = any ? std::max(high, *percent) : *percent;
            any = true;
        }
        lowest = std::min(lowest, low);
        highest = std::max(highest, high);
        texts.description +=
            " " + one.name + ": between " + signed_percent(low) + " and " + signed_percent(high) + ".";
    }
    texts.description += band_words(options.bands);
    if (!bases.empty()) texts.notes.push_back("In " + base_month + ": " + in_words(bases) + ".");
    if (small > 0) texts.notes.emplace_back("Fewer than 20 in a baseline month: percentages swing widely.");
    add_series_notes(texts.notes, series, names, "dashed");
    const Frame frame(texts, meta, options.figure, measure);

    MonthPanel panel{{}, {}, {}, ValueAxis(lowest, highest, 5, {TickSign::always, "%", -100})};
    for (const Drawn& one : drawn) {
        const auto end = last_known(one.change.percent);
        panel.lines.push_back(
            {one.name, end_value(series, one.change.percent, signed_percent(*one.change.percent[*end])),
             one.change.percent, one.ink});
    }
    const MonthPlot plot(frame, series, {panel}, options.bands, options.figure, measure);
    PlotText placed(measure);
    Group content;
    content.role = Role::layer;
    content.id = "chart";
    plot.draw_ground(content, placed);
    plot.draw_lines(content);
    plot.draw_names(content, placed);
    std::vector<std::string> log = plot.log();
    if (!by_year && !draw_baseline(content, plot, baseline, base_month, options.figure, placed))
        log.push_back("there is no room to name the baseline in the plot; the subtitle names it");
    Figure figure = frame.finish(std::move(content), plot.bottom_mm());
    std::vector<std::pair<std::string, Values>> data;
    for (const Drawn& one : drawn) data.emplace_back(one.name, one.change.percent);
    figure.data = months_data(series, data, "change_pct", "%", meta);
    figure.facts.small_baselines = small;
    figure.labels = placed.take();
    figure.log = std::move(log);
    return figure;
}

}  // namespace wardmap
