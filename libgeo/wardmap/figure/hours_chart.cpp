#include "wardmap/figure/hours_chart.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/key_line.hpp"
#include "wardmap/figure/month_plot.hpp"
#include "wardmap/figure/month_words.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/value_axis.hpp"
#include "wardmap/indicator/class_breaks.hpp"
#include "wardmap/indicator/season.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {
namespace {

constexpr double cell_gap_mm = 0.3;
constexpr double cell_height_mm = 5.6;
constexpr std::size_t most_classes = 5;

std::string two_digits(std::size_t hour) {
    return (hour < 10 ? "0" : "") + std::to_string(hour);
}

/// "17:00 to 17:59"
std::string hour_words(std::size_t hour) {
    return two_digits(hour) + ":00 to " + two_digits(hour) + ":59";
}

std::string place_words(const HourCounts& counts, std::size_t place) {
    if (counts.of == HoursOf::day) return "from " + hour_words(place);
    return "on " + std::string(weekday_names[place / 24]) + ", " + hour_words(place % 24);
}

/// Sum of an hour over the days; nothing where one is not known.
std::optional<double> hour_sum(const HourCounts& counts, std::size_t hour) {
    double sum = 0;
    for (std::size_t i = hour; i < counts.counts.size(); i += 24) {
        if (!counts.counts[i].known()) return std::nullopt;
        sum += counts.counts[i].number;
    }
    return sum;
}

bool has_midnight_spike(const HourCounts& counts) {
    const auto midnight = hour_sum(counts, 0);
    const auto before = hour_sum(counts, 23);
    const auto after = hour_sum(counts, 1);
    return midnight && before && after && *midnight > midnight_spike * (*before + *after) / 2;
}

struct Sums {
    double timed = 0;
    bool complete = true;  ///< every hour is known
    std::optional<std::size_t> most{};
    std::size_t with_most = 0;
};

Sums sums_of(const HourCounts& counts) {
    Sums sums;
    for (std::size_t i = 0; i < counts.counts.size(); ++i) {
        const CountCell& cell = counts.counts[i];
        sums.complete = sums.complete && cell.known();
        if (!cell.known()) continue;
        sums.timed += cell.number;
        const double best = sums.most ? counts.counts[*sums.most].number : 0;
        if (cell.number > best) {
            sums.most = i;
            sums.with_most = 1;
        } else {
            sums.with_most += cell.number == best && best > 0;
        }
    }
    return sums;
}

std::string hours_title(const HourCounts& counts, const Sums& sums, const CountNames& names, bool spike) {
    if (!sums.most) return names.subject + ": none with a known time";
    const std::string share =
        sums.complete ? ", with " + fine_percent(100 * counts.counts[*sums.most].number / sums.timed)
                      : ", with " + count_text(counts.counts[*sums.most].number);
    if (spike && counts.of == HoursOf::day && *sums.most == 0) {
        return names.subject + ": most at 00:00, which often stands for an unknown time";
    }
    if (sums.with_most > 1)
        return names.subject + (counts.of == HoursOf::day ? " by hour of the day" : " by weekday and hour");
    return names.subject + ": most " + place_words(counts, *sums.most) + share;
}

std::string without_time_note(const HourCounts& counts, const Sums& sums, const CountNames& names) {
    if (counts.without_time.state == CellState::suppressed) return "Events without a time: withheld.";
    if (!counts.without_time.known()) return {};
    const double without = counts.without_time.number;
    if (!(without > 0)) return "All " + names.unit + " have a time.";
    std::string text = "Without a time and not shown: " + counted_unit(without, names.unit);
    if (sums.complete) text += ", " + fine_percent(100 * without / (without + sums.timed)) + " of all";
    return text + ".";
}

Table hours_data(const HourCounts& counts, const std::string& unit, const TableMeta& meta) {
    std::vector<std::string> days;
    std::vector<std::string> hours;
    std::vector<double> numbers;
    std::vector<CellState> states;
    for (std::size_t i = 0; i < counts.counts.size(); ++i) {
        days.emplace_back(weekday_names[i / 24]);
        hours.push_back(two_digits(i % 24));
        numbers.push_back(counts.counts[i].number);
        states.push_back(counts.counts[i].state);
    }
    std::vector<Column> columns;
    if (counts.of == HoursOf::week) columns.push_back(Column::text("weekday", std::move(days)));
    columns.push_back(Column::text("hour", std::move(hours)));
    columns.push_back(Column::numbers("count", std::move(numbers), std::move(states), unit));
    return Table(std::move(columns), meta);
}

/// Every hour is named, each third, each sixth, as there is room.
void draw_hour_names(Group& into, double left_mm, double slot_mm, double base_mm, const TextStyle& style,
                     PlotText& texts) {
    const double width = texts.measure().width_mm("00", style) + 1.2;
    const std::size_t every = width <= slot_mm ? 1 : width <= 3 * slot_mm ? 3 : 6;
    for (std::size_t hour = 0; hour < 24; hour += every) {
        texts.draw(into, two_digits(hour), left_mm + (static_cast<double>(hour) + 0.5) * slot_mm, base_mm,
                   style, TextAnchor::middle, ink_axis);
    }
}

double draw_day(Group& content, const Frame& frame, const HourCounts& counts,
                const HoursChartOptions& options, PlotText& texts) {
    const TypeSizes sizes = type_sizes(options.figure.theme);
    const TextStyle style = regular(sizes.label);
    double most = 0;
    for (const CountCell& cell : counts.counts) most = cell.known() ? std::max(most, cell.number) : most;
    ValueAxis axis(0, most, 5, {});
    // The name of the first hour may be wider than its column: it stays clear of the lowest number.
    const double numbers = axis.width_mm(style, texts.measure());
    const double name = texts.measure().width_mm("00", style);
    const double left = numbers + std::max(1.4, name / 2 - (frame.width_mm() - numbers) / 50 + 0.3);
    const double slot = (frame.width_mm() - left) / 24;
    const double line = line_pitch_mm(sizes.label);
    const double below = 2 * line + 1.2;
    const double height = plot_height_mm(frame, options.figure.slot, line + below, 30);
    axis.set_place(frame.top_mm() + line, frame.top_mm() + line + height);
    Group ground;
    ground.role = Role::decoration;
    ground.id = "ground";
    axis.draw_grid(ground, left, frame.width_mm());
    Group shapes;
    shapes.role = Role::layer;
    shapes.id = "columns";
    Group words;
    words.role = Role::layer;
    words.id = "values";
    axis.draw_numbers(words, numbers, style, texts);
    bool values_fit = true;
    for (const CountCell& cell : counts.counts) {
        values_fit = values_fit &&
                     (!cell.known() ||
                      texts.measure().width_mm(count_text(cell.number), regular(sizes.value)) + 0.6 <= slot);
    }
    for (std::size_t hour = 0; hour < 24; ++hour) {
        const CountCell& cell = counts.counts[hour];
        const double x = left + (static_cast<double>(hour) + 0.5) * slot;
        if (!cell.known()) {
            texts.draw(words, cell.state == CellState::suppressed ? "[c]" : "[x]", x, axis.bottom() - 1.0,
                       regular(sizes.value), TextAnchor::middle, ink_secondary);
            continue;
        }
        const double y = axis.y(cell.number);
        add_rect(shapes, x - slot / 2.86, y, slot / 1.43, axis.bottom() - y,
                 mark_colors(options.figure.theme).bar);
        if (values_fit) {
            texts.draw(words, count_text(cell.number), x, y - 0.9, regular(sizes.value), TextAnchor::middle,
                       ink_text);
        }
    }
    axis.draw_zero(shapes, left, frame.width_mm());
    const double base = axis.bottom() + 1.0 + base_line_offset_mm(style);
    draw_hour_names(words, left, slot, base, style, texts);
    texts.draw(words, "Hour beginning", left + 12 * slot, base + line, style, TextAnchor::middle, ink_axis);
    content.children.push_back(node(std::move(ground)));
    content.children.push_back(node(std::move(shapes)));
    content.children.push_back(node(std::move(words)));
    return axis.bottom() + below;
}

/// What the classes of the week are, and their colours.
struct WeekClasses {
    ClassBreaks breaks{};
    std::vector<Color> colors{};
};

WeekClasses week_classes(const HourCounts& counts, const HoursChartOptions& options) {
    std::vector<double> values;
    for (const CountCell& cell : counts.counts) values.push_back(cell.number);
    ClassOptions class_options;
    class_options.k = most_classes;
    class_options.round = RoundBreaks::yes;
    class_options.zero = ZeroClass::yes;
    WeekClasses classes;
    classes.breaks = class_breaks(values, class_options);
    if (classes.breaks.has_zero_class) classes.colors.push_back(ink_white);
    if (classes.breaks.k > 0) {
        const auto colors =
            palette_colors(options.figure.theme == Theme::mono ? std::string_view("Greys")
                                                               : std::string_view(options.palette),
                           classes.breaks.k);
        classes.colors.insert(classes.colors.end(), colors.begin(), colors.end());
    }
    return classes;
}

double draw_week(Group& content, const Frame& frame, const HourCounts& counts, const WeekClasses& classes,
                 const HoursChartOptions& options, const std::string& name, PlotText& texts) {
    const TypeSizes sizes = type_sizes(options.figure.theme);
    const TextStyle style = regular(sizes.label);
    const TextStyle small = regular(sizes.floor);
    const TextMeasure& measure = texts.measure();
    const double line = line_pitch_mm(sizes.label);
    double days_width = 0;
    for (const char* day : weekday_names) days_width = std::max(days_width, measure.width_mm(day, style));
    const bool short_days = days_width > frame.width_mm() * 0.16;
    if (short_days) {
        days_width = 0;
        for (const char* day : weekday_names)
            days_width = std::max(days_width, measure.width_mm(std::string(day).substr(0, 3), style));
    }
    const double left = days_width + 1.8;
    const double slot = (frame.width_mm() - left) / 24;
    const double row = std::max(cell_height_mm, line);
    bool values_fit = true;
    for (const CountCell& cell : counts.counts) {
        values_fit = values_fit && (!cell.known() || measure.width_mm(count_text(cell.number), small) + 0.8 <=
                                                         slot - cell_gap_mm);
    }
    const double top = frame.top_mm() + line + 0.6;
    Group words;
    words.role = Role::layer;
    words.id = "hours";
    draw_hour_names(words, left, slot, frame.top_mm() + base_line_offset_mm(style), style, texts);
    Group cells;
    cells.role = Role::decoration;
    cells.id = "cells";
    Group grid;
    grid.role = Role::table;
    grid.id = "table";
    grid.label = name;
    for (std::size_t day = 0; day < 7; ++day) {
        const double y = top + static_cast<double>(day) * row;
        const double base = y + row / 2 + sizes.label * mm_per_pt * cap_height / 2;
        const double small_base = y + row / 2 + sizes.floor * mm_per_pt * cap_height / 2;
        Group tr;
        tr.role = Role::table_row;
        Group head;
        head.role = Role::header_cell;
        const std::string day_name(weekday_names[day]);
        texts.draw(head, short_days ? day_name.substr(0, 3) : day_name, 0, base, style, TextAnchor::start,
                   ink_text);
        tr.children.push_back(node(std::move(head)));
        for (std::size_t hour = 0; hour < 24; ++hour) {
            const std::size_t place = day * 24 + hour;
            const CountCell& cell = counts.counts[place];
            const double x = left + static_cast<double>(hour) * slot;
            const int code = classes.breaks.codes[place];
            Color fill = cell.state == CellState::suppressed ? ink_suppressed : ink_white;
            if (code >= 0) fill = classes.colors[static_cast<std::size_t>(code)];
            Shape shape{
                RectShape{x + cell_gap_mm / 2, y + cell_gap_mm / 2, slot - cell_gap_mm, row - cell_gap_mm},
                Fill{fill, {}},
                {}};
            if (fill == ink_white) shape.stroke = grid_stroke();
            cells.children.push_back(node(std::move(shape)));
            Group td;
            td.role = Role::data_cell;
            td.label = day_name + " " + hour_words(hour) + ": " +
                       (cell.known()                          ? count_text(cell.number)
                        : cell.state == CellState::suppressed ? "withheld"
                                                              : "not known");
            if (values_fit && cell.known()) {
                texts.draw(td, count_text(cell.number), x + slot / 2, small_base, small, TextAnchor::middle,
                           ink_on(fill));
            } else if (!cell.known() && measure.width_mm("[c]", small) + 0.4 <= slot) {
                texts.draw(td, cell.state == CellState::suppressed ? "[c]" : "[x]", x + slot / 2, small_base,
                           small, TextAnchor::middle, ink_text);
            }
            tr.children.push_back(node(std::move(td)));
        }
        grid.children.push_back(node(std::move(tr)));
    }
    std::vector<KeyItem> items;
    for (std::size_t i = 0; i < classes.colors.size(); ++i) {
        const bool zero = classes.breaks.has_zero_class && i == 0;  // a white swatch would not be seen
        items.push_back({zero ? KeySymbol::none : KeySymbol::swatch,
                         {},
                         {},
                         zero ? "White: 0" : classes.breaks.labels[i],
                         classes.colors[i]});
    }
    const KeyLine key = key_line(std::move(items), frame.width_mm() - left, sizes.label, measure);
    Group key_group;
    key_group.role = Role::layer;
    key_group.id = "key";
    key_group.dx = left;
    const double key_top = top + 7 * row + 1.6;
    draw_key_line(key_group, key, key_top);
    content.children.push_back(node(std::move(cells)));
    content.children.push_back(node(std::move(words)));
    content.children.push_back(node(std::move(grid)));
    content.children.push_back(node(std::move(key_group)));
    return key_top + key.height_mm;
}

}  // namespace

Figure hours_chart(const Table& table, const HoursChartOptions& options, const TextMeasure& measure,
                   Problems& problems) {
    const TableMeta& meta = table.meta();
    const HourCounts counts = hour_counts(table, options.rows, options.small_numbers, problems);
    const CountNames names = count_names(counts.kind, counts.marker, meta);
    const Sums sums = sums_of(counts);
    const bool spike = has_midnight_spike(counts);
    const bool by_day = counts.of == HoursOf::day;

    FigureTexts texts;
    texts.kind = "hours";
    texts.title = hours_title(counts, sums, names, spike);
    texts.subtitle = counts_line(names.unit + (by_day ? " by hour of the day" : " by weekday and hour"), meta,
                                 meta.period_after);
    texts.alt = std::string(by_day ? "Column chart" : "Heat table") + " of " +
                within_sentence(names.subject) + (by_day ? " by hour of the day" : " by weekday and hour") +
                ".";
    if (sums.most && sums.with_most == 1) {
        texts.alt.pop_back();
        texts.alt += ": most " + place_words(counts, *sums.most) + " (" +
                     count_text(counts.counts[*sums.most].number) + ").";
    }
    texts.description = texts.alt + " " + counted_unit(sums.timed, names.unit) +
                        (sums.timed == 1 ? " has" : " have") + " a time.";
    if (std::string note = without_time_note(counts, sums, names); !note.empty()) {
        texts.description += " " + note;
        texts.notes.push_back(std::move(note));
    }
    if (spike) {
        texts.notes.emplace_back(
            "00:00 often stands for an unknown time: it has more than three times the mean of "
            "the hours beside it.");
        problems.add(Severity::warning, "midnight_spike",
                     "the hour from 00:00 has more than three times the mean of its neighbours: it often "
                     "stands for an "
                     "unknown time",
                     {.file = table.origin().file, .column = "period"}, count_text(*hour_sum(counts, 0)));
    }
    if (!sums.complete) {
        const bool withheld =
            std::any_of(counts.counts.begin(), counts.counts.end(),
                        [](const CountCell& cell) { return cell.state == CellState::suppressed; });
        const bool unknown = std::any_of(
            counts.counts.begin(), counts.counts.end(),
            [](const CountCell& cell) { return !cell.known() && cell.state != CellState::suppressed; });
        if (withheld) texts.notes.emplace_back("[c]: withheld under the small-number rule.");
        if (unknown) texts.notes.emplace_back("[x]: not known.");
    }
    if (std::string note = left_out_note(counts.left_out, names.unit); !note.empty())
        texts.notes.push_back(std::move(note));
    const Frame frame(texts, meta, options.figure, measure);

    PlotText placed(measure);
    Group content;
    content.role = Role::layer;
    content.id = "chart";
    const WeekClasses classes = by_day ? WeekClasses{} : week_classes(counts, options);
    const double bottom = by_day ? draw_day(content, frame, counts, options, placed)
                                 : draw_week(content, frame, counts, classes, options,
                                             texts.title + ". " + texts.subtitle, placed);
    Figure figure = frame.finish(std::move(content), bottom);
    figure.data = hours_data(counts, names.unit, meta);
    for (std::size_t i = 0; i < classes.colors.size(); ++i)
        figure.classes.push_back(
            {classes.breaks.labels[i], classes.colors[i], classes.breaks.counts[i], {}, {}});
    figure.labels = placed.take();
    return figure;
}

}  // namespace wardmap
