#include "command.hpp"
#include "input_options.hpp"
#include "output_options.hpp"
#include "picture_options.hpp"

#include "wardmap/render/fonts.hpp"
#include "wardmap/report/chart_call.hpp"

namespace wardmap {
namespace {

RateScale parse_rate_scale(const std::string& text) {
    if (text == "linear") return RateScale::linear;
    if (text == "square-root" || text == "sqrt") return RateScale::square_root;
    throw UsageError("a rate cannot have the scale '" + text + "'", {}, "there are: linear, square-root");
}

ChangeScale parse_change_scale(const std::string& text) {
    if (text == "log") return ChangeScale::log_ratio;
    if (text == "linear") return ChangeScale::linear;
    throw UsageError("a change cannot have the scale '" + text + "'", {}, "there are: log, linear");
}

constexpr const char* kinds =
    "quadrant, ages, bars, table, matrix, finds, months, index, share, season, hours, compare, trend, "
    "scatter, "
    "gradient";

Period parse_month(const std::string& text) {
    const auto period = parse_period(text);
    if (period && period->kind == PeriodKind::month) return *period;
    throw UsageError("the baseline '" + text + "' is no month", {}, "write YYYY-MM, or year-before");
}

SeasonStyle parse_season_style(const std::string& text) {
    if (text == "columns") return SeasonStyle::columns;
    if (text == "dots") return SeasonStyle::dots;
    throw UsageError("a season cannot have the style '" + text + "'", {}, "there are: columns, dots");
}

SeasonStart parse_season_start(const std::string& text) {
    if (text == "january") return SeasonStart::january;
    if (text == "april") return SeasonStart::april;
    throw UsageError("a season cannot start in '" + text + "'", {}, "there are: january, april");
}

class ChartCommand final : public Command {
public:
    std::string name() const override { return "chart"; }
    std::string summary() const override {
        return "A chart: quadrant, ages, bars, table, matrix, finds, months ...";
    }
    std::string example() const override {
        return "wardmap chart ages examples/coventry/data/coventry_ward_population_mid2020.csv --bands "
               "0-14,15-24,25-44,45-64,65+ -o out/ages.svg\n"
               "  wardmap chart bars examples/coventry/data/needs_assessment/offences_by_type.csv --where "
               "marker=alcohol --label offence \\\n"
               "    --value yt_june_2021 --value yt_june_2022 -o out/bars.svg";
    }

    void setup(CLI::App& app) override {
        app.add_option(
               "KIND", kind_,
               "quadrant (of an indicators table), ages, bars, table, matrix, finds; of a count "
               "table months, index, share, season, hours; of indicators compare, trend, scatter, gradient")
            ->type_name("KIND");
        table_.add_options(app);
        app.add_option("--area", area_, "Column of the areas' names")->type_name("COLUMN");
        app.add_option("--label", label_, "Of bars, compare, trend, scatter: the column of names")
            ->type_name("COLUMN");
        app.add_option("--value", values_, "Column to draw; may be repeated")
            ->type_name("COLUMN")
            ->allow_extra_args(false);
        app.add_option("--bands", bands_, "Of ages: 0-15,16-24,25-64,65+")->type_name("BANDS");
        app.add_option("--by", by_,
                       "Of a matrix the column of kinds; else one chart for each value of this column")
            ->type_name("COLUMN")
            ->allow_extra_args(false);
        app.add_option("--rate-scale", rate_scale_, "Of a quadrant chart: linear or square-root")
            ->type_name("SCALE");
        app.add_option("--change-scale", change_scale_, "Of a quadrant chart: log or linear")
            ->type_name("SCALE");
        constexpr const char* of_counts = "Charts of a count table";
        app.add_option("--kind", counted_kind_, "The kind drawn: a value of a column of kinds")
            ->type_name("VALUE")
            ->group(of_counts);
        app.add_option("--kind-column", kind_column_, "Where two columns have that value: which is meant")
            ->type_name("COLUMN")
            ->group(of_counts);
        app.add_option("--baseline", baseline_,
                       "Of index: the month compared with (the first), or year-before")
            ->type_name("YYYY-MM")
            ->group(of_counts);
        app.add_option("--break", breaks_,
                       "A known break, shaded: '2020-03..2020-06=First lockdown'; may be repeated")
            ->type_name("FROM..TO=NOTE")
            ->allow_extra_args(false)
            ->group(of_counts);
        app.add_flag("--last-incomplete", last_incomplete_, "The last month is not whole")->group(of_counts);
        app.add_option("--trend", trend_, "Of share: automatic, log-linear, quasi-poisson or none")
            ->type_name("MODEL")
            ->group(of_counts);
        app.add_option("--season-style", season_style_, "Of season: columns, or dots with ranges over years")
            ->type_name("STYLE")
            ->group(of_counts);
        app.add_option("--season-start", season_start_, "Of season: january or april")
            ->type_name("MONTH")
            ->group(of_counts);
        add_comparison_options(app);
        meta_.add_options(app);
        small_numbers_.add_options(app);
        picture_.add_options(app);
    }

    void run(Session& session) override {
        if (kind_.empty())
            throw UsageError("it is not said which chart", {}, std::string("there are: ") + kinds);
        ChartRequest request;
        request.kind = parse_chart_kind(kind_);
        request.figure = picture_.options(kind_);
        request.area_column = area_;
        request.label_column = label_;
        request.values = values_;
        request.by = by_;
        if (!bands_.empty()) request.bands = parse_age_bands(bands_);
        request.rate_scale = parse_rate_scale(rate_scale_);
        request.change_scale = parse_change_scale(change_scale_);
        request.small_numbers = small_numbers_.parsed();
        request.counts = count_options();
        request.comparison = comparison_options();
        const ReadTable read = table_.read(session);
        request.table = meta_.apply(read.table);
        session.log.parameter("kind", kind_);
        session.log.parameter("small_numbers", small_numbers_.rule);

        const FigureResult made = draw_charts(request, liberation_sans());
        session.log.problems.merge(made.problems);
        session.log.ledger.add(made.ledger);
        session.log.ledger.rows_read += read.rows_filtered;
        session.log.ledger.filtered += read.rows_filtered;
        picture_.write(made.figures, session);
    }

private:
    void add_comparison_options(CLI::App& app) {
        constexpr const char* of_areas = "Compare, trend, scatter, gradient";
        app.add_option("--highlight", roles_.highlight, "Name or code of an area in focus; may be repeated")
            ->type_name("AREA")
            ->allow_extra_args(false)
            ->group(of_areas);
        app.add_option("--reference", roles_.references,
                       "Name or code of what the areas are held against; may be repeated")
            ->type_name("AREA")
            ->allow_extra_args(false)
            ->group(of_areas);
        app.add_option("--lower", columns_.lower, "Column of lower limits (found by its name)")
            ->type_name("COLUMN")
            ->group(of_areas);
        app.add_option("--upper", columns_.upper, "Column of upper limits")
            ->type_name("COLUMN")
            ->group(of_areas);
        app.add_option("--period-column", columns_.period,
                       "Column of periods; --period names the one compared")
            ->type_name("COLUMN")
            ->group(of_areas);
        app.add_option("--keep", comparison_.keep,
                       "Of compare: so many of the highest, the lowest and beside the highlighted")
            ->type_name("N")
            ->group(of_areas);
        app.add_flag("--all-rows", all_rows_, "Of compare: every area, however high the picture")
            ->group(of_areas);
        app.add_flag("--from-zero", from_zero_, "Of trend: the axis starts at 0")->group(of_areas);
        app.add_option("--x", comparison_.x, "Of scatter: the column along")
            ->type_name("COLUMN")
            ->group(of_areas);
        app.add_option("--y", comparison_.y, "Of scatter: the column upwards")
            ->type_name("COLUMN")
            ->group(of_areas);
        app.add_option("--x-scale", x_scale_, "Of scatter: linear, log or square-root")
            ->type_name("SCALE")
            ->group(of_areas);
        app.add_option("--y-scale", y_scale_, "Of scatter: linear, log or square-root")
            ->type_name("SCALE")
            ->group(of_areas);
        app.add_option("--correlation", correlation_, "Of scatter: spearman, pearson or none")
            ->type_name("KIND")
            ->group(of_areas);
        app.add_flag("--whole-lines", whole_lines_, "Of scatter: lines at the values of the total row")
            ->group(of_areas);
        app.add_option("--decile", comparison_.decile, "Of gradient: column of deciles, 1 the most deprived")
            ->type_name("COLUMN")
            ->group(of_areas);
        app.add_option("--count", columns_.count, "Column of counts")->type_name("COLUMN")->group(of_areas);
        app.add_option("--population", columns_.people, "Column of people")
            ->type_name("COLUMN")
            ->group(of_areas);
        app.add_flag("--fifths", fifths_, "Of gradient: deciles by pairs")->group(of_areas);
        app.add_option("--per", comparison_.per, "Of gradient: rates per so many people")
            ->type_name("N")
            ->group(of_areas);
        app.add_option("--level", comparison_.level, "Of gradient and the correlation: level of the limits")
            ->type_name("SHARE")
            ->group(of_areas);
    }

    ComparisonOptions comparison_options() const {
        ComparisonOptions options = comparison_;
        options.columns = columns_;
        options.roles = roles_;
        options.period = meta_.period;
        options.rows = all_rows_ ? CompareRows::all : CompareRows::fit;
        options.start = from_zero_ ? AxisStart::zero : AxisStart::near;
        options.x_scale = parse_axis_scale(x_scale_);
        options.y_scale = parse_axis_scale(y_scale_);
        options.whole_lines = whole_lines_ ? WholeLines::yes : WholeLines::no;
        options.correlation =
            correlation_ == "none" ? std::nullopt : std::optional(parse_correlation(correlation_));
        options.groups = fifths_ ? GradientGroups::fifths : GradientGroups::as_given;
        return options;
    }

    CountChartOptions count_options() const {
        CountChartOptions options;
        options.kind = counted_kind_;
        options.kind_column = kind_column_;
        options.last_month = last_incomplete_ ? LastMonth::part : LastMonth::whole;
        for (const std::string& text : breaks_) options.breaks.push_back(parse_time_band(text));
        if (baseline_ == "year-before") {
            options.against = IndexAgainst::year_before;
        } else if (!baseline_.empty()) {
            options.baseline = parse_month(baseline_);
        }
        if (trend_ == "none") {
            options.trend_shown = TrendShown::no;
        } else {
            options.trend_model = parse_trend_model(trend_);
        }
        options.season_style = parse_season_style(season_style_);
        options.season_start = parse_season_start(season_start_);
        return options;
    }

    TableInput table_{};
    MetaInput meta_{};
    SmallNumbersInput small_numbers_{};
    PictureInput picture_{};
    std::string kind_{}, area_{}, label_{}, bands_{}, rate_scale_{"linear"}, change_scale_{"log"};
    std::string counted_kind_{}, kind_column_{}, baseline_{}, trend_{"automatic"}, season_style_{"columns"},
        season_start_{"january"};
    std::vector<std::string> values_{}, by_{}, breaks_{};
    bool last_incomplete_ = false;
    ComparisonOptions comparison_{};
    AreaValueColumns columns_{};
    AreaRoles roles_{};
    std::string x_scale_{"linear"}, y_scale_{"linear"}, correlation_{"spearman"};
    bool all_rows_ = false, from_zero_ = false, whole_lines_ = false, fifths_ = false;
};

}  // namespace

std::unique_ptr<Command> chart_command() {
    return std::make_unique<ChartCommand>();
}

}  // namespace wardmap
