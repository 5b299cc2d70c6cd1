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
    "quadrant, ages, bars, table, matrix, finds, months, index, share, season, hours";

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
        app.add_option("KIND", kind_,
                       "quadrant (of an indicators table), ages, bars, table, matrix, finds; of a count "
                       "table months, index, share, season, hours")
            ->type_name("KIND");
        table_.add_options(app);
        app.add_option("--area", area_, "Column of the areas' names")->type_name("COLUMN");
        app.add_option("--label", label_, "Of bars: the column of names")->type_name("COLUMN");
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
};

}  // namespace

std::unique_ptr<Command> chart_command() {
    return std::make_unique<ChartCommand>();
}

}  // namespace wardmap
