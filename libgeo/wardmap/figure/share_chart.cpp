#include "wardmap/figure/share_chart.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/month_plot.hpp"
#include "wardmap/figure/month_words.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr double point_mm = 2.2;
constexpr double small_point_mm = 1.4;
constexpr double band_opacity = 0.15;

/// The shares that can be drawn, and the curve over all months.
struct Shares {
    std::vector<std::optional<double>> percent{};
    std::size_t zeros = 0;
    std::size_t without_events = 0;
    double part = 0;
    double whole = 0;
    Trend trend{};
};

Shares shares_of(const MonthSeries& series, const ShareChartOptions& options) {
    Shares shares;
    std::vector<TrendPoint> points;
    std::vector<double> at;
    for (std::size_t m = 0; m < series.months.size(); ++m) {
        const MonthCounts& month = series.months[m];
        at.push_back(static_cast<double>(m));
        shares.percent.emplace_back();
        if (!month.kind.known() || !month.total.known()) continue;
        if (!(month.total.number > 0)) {
            ++shares.without_events;
            continue;
        }
        shares.percent.back() = 100 * month.kind.number / month.total.number;
        shares.zeros += month.kind.number == 0;
        shares.part += month.kind.number;
        shares.whole += month.total.number;
        if (month.whole) points.push_back({at.back(), month.kind.number, month.total.number});
    }
    shares.trend = exponential_trend(points, at, options.trend);
    return shares;
}

/// "+2.1%", "+0.53%": tenths, hundredths where they matter.
int growth_decimals(const Trend& trend) {
    return std::abs(trend.growth_pct) < 1 ? 2 : 1;
}

std::string growth_text(double percent, const Trend& trend) {
    return with_sign(percent, growth_decimals(trend)) + "%";
}

bool is_clear(const Trend& trend) {
    return trend.exists() && (trend.growth_lower_pct > 0 || trend.growth_upper_pct < 0);
}

std::string unsigned_growth(const Trend& trend) {
    return with_thousands(std::abs(trend.growth_pct), growth_decimals(trend)) + "%";
}

/// "Violence with injury: share of alcohol-marked offences grew 2.1% a month"
std::string trend_title(const Trend& trend, const CountNames& names, double percent) {
    if (!trend.exists()) return names.kind + ": " + fine_percent(percent) + " of " + names.all;
    if (!is_clear(trend)) return names.kind + ": no clear trend in its share of " + names.whole;
    return names.kind + ": share of " + names.whole + (trend.growth_pct > 0 ? " grew " : " fell ") +
           unsigned_growth(trend) + " a month";
}

std::string model_words(TrendModel model) {
    return model == TrendModel::log_linear ? "log-linear least squares"
                                           : "quasi-Poisson regression of the counts";
}

std::string level_words(double level) {
    const double percent = 100 * level;
    return with_thousands(percent, std::abs(percent - round_half_away(percent, 0)) < 1e-9 ? 0 : 1) + "%";
}

/// The model in words, as a note.
std::string trend_note(const Trend& trend, const MonthSeries& series, double level) {
    std::string text = "Fitted exponential trend (" + model_words(trend.model) + "): share ";
    const std::string interval = " a month (" + level_words(level) + " interval " +
                                 growth_text(trend.growth_lower_pct, trend) + " to " +
                                 growth_text(trend.growth_upper_pct, trend) + ")";
    if (!is_clear(trend)) {
        text += "changes by " + growth_text(trend.growth_pct, trend) + interval + ", so no clear trend";
    } else {
        text += (trend.growth_pct > 0 ? "grows " : "falls ") + unsigned_growth(trend) + interval;
    }
    return text + ", " + series_range(series) + "; not a forecast. Band: " + level_words(level) +
           " interval of the curve.";
}

Table share_data(const MonthSeries& series, const Shares& shares, const TableMeta& meta) {
    std::vector<std::string> periods;
    std::vector<double> columns[6];
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t m = 0; m < series.months.size(); ++m) {
        if (!shares.percent[m]) continue;
        periods.push_back(series.months[m].month.label());
        columns[0].push_back(series.months[m].kind.number);
        columns[1].push_back(series.months[m].total.number);
        columns[2].push_back(*shares.percent[m]);
        const bool fitted = shares.trend.exists();
        columns[3].push_back(fitted ? 100 * shares.trend.fitted[m] : nan);
        columns[4].push_back(fitted ? 100 * shares.trend.lower[m] : nan);
        columns[5].push_back(fitted ? 100 * shares.trend.upper[m] : nan);
    }
    std::vector<Column> all{Column::text("period", std::move(periods)),
                            Column::numbers("count", std::move(columns[0])),
                            Column::numbers("total", std::move(columns[1])),
                            Column::numbers("share", std::move(columns[2]), "%")};
    if (shares.trend.exists()) {
        all.push_back(Column::numbers("fitted", std::move(columns[3]), "%"));
        all.push_back(Column::numbers("fitted_lower", std::move(columns[4]), "%"));
        all.push_back(Column::numbers("fitted_upper", std::move(columns[5]), "%"));
    }
    return Table(std::move(all), meta);
}

void draw_curve(Group& into, const MonthPlot& plot, const Trend& trend, const Color& color) {
    const MonthPanel& panel = plot.panels().front();
    const auto at = [&](std::size_t m, double share) {
        return plot.at(panel, m, std::min(100 * share, panel.axis.highest()));
    };
    Path band;
    Path curve;
    for (std::size_t m = 0; m < trend.fitted.size(); ++m) {
        const Point upper = at(m, trend.upper[m]);
        const Point fitted = at(m, trend.fitted[m]);
        m == 0 ? band.move_to(upper.x, upper.y) : band.line_to(upper.x, upper.y);
        m == 0 ? curve.move_to(fitted.x, fitted.y) : curve.line_to(fitted.x, fitted.y);
    }
    for (std::size_t m = trend.fitted.size(); m-- > 0;) {
        const Point lower = at(m, trend.lower[m]);
        band.line_to(lower.x, lower.y);
    }
    band.close();
    Color pale = color;
    pale.opacity = band_opacity;
    into.children.push_back(node(Shape{band, Fill{pale, {}}, {}}));
    into.children.push_back(node(Shape{curve, {}, Stroke{color, 0.7, {}}}));
}

}  // namespace

Figure share_chart(const Table& table, const ShareChartOptions& options, const TextMeasure& measure,
                   Problems& problems) {
    if (options.series.kind.empty()) {
        throw UsageError("it is not said of which kind the share is wanted", {.file = table.origin().file},
                         "name it: --kind VALUE");
    }
    const TableMeta& meta = table.meta();
    const MonthSeries series = month_series(table, options.series, problems);
    const CountNames names = count_names(series.kind, series.marker, meta);
    Shares shares = shares_of(series, options);
    if (!(shares.whole > 0)) {
        throw InputError("no month has a share: its counts are 0 or not known", {.file = table.origin().file},
                         "draw a table with known counts");
    }
    if (options.trend_shown == TrendShown::no) shares.trend.why_none = "not wanted";
    const Trend& trend = shares.trend;
    const double overall = 100 * shares.part / shares.whole;

    FigureTexts texts;
    texts.kind = "share";
    texts.title = trend_title(trend, names, overall);
    texts.subtitle = counts_line("percentage of " + names.all + " by month", meta, series_range(series));
    double most = 0;
    double least = 100;
    std::size_t last = 0;
    for (std::size_t m = 0; m < shares.percent.size(); ++m) {
        if (!shares.percent[m]) continue;
        most = std::max(most, *shares.percent[m]);
        least = std::min(least, *shares.percent[m]);
        last = m;
    }
    texts.alt = "Chart of " + within_sentence(names.subject) + " as a percentage of " + names.all + ", " +
                series_range(series) + ": " + fine_percent(least) + " to " + fine_percent(most) + ".";
    texts.description = texts.alt + " All months together: " + fine_percent(overall) + "; " +
                        series.months[last].month.words() + ": " + fine_percent(*shares.percent[last]) + ".";
    if (trend.exists()) {
        texts.notes.push_back(trend_note(trend, series, options.trend.level));
        texts.description += " " + texts.notes.back();
        if (!trend.why_model.empty()) {
            texts.notes.push_back(sentence_case(trend.why_model) +
                                  "; quasi-Poisson regression was fitted instead.");
            problems.add(Severity::note, "trend_model", "another model was fitted: " + trend.why_model);
        }
    } else if (options.trend_shown == TrendShown::yes) {
        texts.notes.push_back("No trend is drawn. " + trend.why_none + ".");
        problems.add(Severity::note, "no_trend", trend.why_none);
    }
    if (shares.zeros > 0 && trend.why_model.empty()) {
        texts.notes.push_back("None in " + counted(shares.zeros, "month") + ", drawn at 0%.");
    }
    if (shares.without_events > 0) {
        texts.notes.push_back(
            "No share where there were no events at all: " + counted(shares.without_events, "month") + ".");
    }
    for (std::string& note : series_notes(series, trend.exists() ? "not fitted" : "dashed"))
        texts.notes.push_back(std::move(note));
    if (std::string note = left_out_note(series.left_out, names.unit); !note.empty())
        texts.notes.push_back(std::move(note));
    const Frame frame(texts, meta, options.figure, measure);

    const LineInk ink = kind_ink(options.figure.theme);
    double highest = most;
    if (trend.exists()) {
        // A band that is far wider than the points is cut at the top of the axis.
        const double upper = 100 * *std::max_element(trend.upper.begin(), trend.upper.end());
        highest = std::min(100.0, std::max(most, std::min(upper, 1.5 * most)));
    }
    MonthPanel panel{{}, {}, {}, ValueAxis(0, highest, 5, {TickSign::minus_only, "%"})};
    std::string observed_value = fine_percent(*shares.percent[last]);
    if (last + 1 < shares.percent.size()) {
        const Period& month = series.months[last].month;
        observed_value += " (" + month.words().substr(0, 3) + " " + std::to_string(month.year) + ")";
    }
    if (trend.exists()) {
        std::vector<std::optional<double>> fitted;
        for (const double share : trend.fitted)
            fitted.emplace_back(std::min(100 * share, panel.axis.highest()));
        panel.lines.push_back({"Fitted trend", fine_percent(100 * trend.fitted.back()), fitted, ink});
    }
    panel.lines.push_back(
        {trend.exists() ? "Observed" : names.kind, observed_value, shares.percent,
         trend.exists() ? LineInk{ink_base, ink_secondary, 0.35} : LineInk{ink.line, ink.text, 0.35}});
    const MonthPlot plot(frame, series, {panel}, options.bands, options.figure, measure);

    PlotText placed(measure);
    Group content;
    content.role = Role::layer;
    content.id = "chart";
    plot.draw_ground(content, placed);
    Group marks;
    marks.role = Role::layer;
    marks.id = "shares";
    if (trend.exists()) draw_curve(marks, plot, trend, ink.line);
    std::vector<std::optional<Point>> points(shares.percent.size());
    for (std::size_t m = 0; m < points.size(); ++m) {
        if (shares.percent[m]) points[m] = plot.at(plot.panels().front(), m, *shares.percent[m]);
    }
    draw_month_line(marks, points, {ink_base, 0.35, {}},
                    series.months.back().whole ? LineEnd::solid : LineEnd::dashed);
    const double diameter = plot.axis().slot_mm() < point_mm ? small_point_mm : point_mm;
    for (std::size_t m = 0; m < points.size(); ++m) {
        if (!points[m]) continue;
        const Fill fill{series.months[m].whole ? ink.line : ink_white, {}};
        const Stroke outline{series.months[m].whole ? ink_white : ink.line, 0.25, {}};
        marks.children.push_back(
            node(Shape{CircleShape{points[m]->x, points[m]->y, diameter / 2}, fill, outline}));
    }
    content.children.push_back(node(std::move(marks)));
    plot.draw_names(content, placed);
    Figure figure = frame.finish(std::move(content), plot.bottom_mm());
    figure.data = share_data(series, shares, meta);
    figure.labels = placed.take();
    figure.log = plot.log();
    return figure;
}

}  // namespace wardmap
