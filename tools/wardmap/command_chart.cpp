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

class ChartCommand final : public Command {
public:
    std::string name() const override { return "chart"; }
    std::string summary() const override { return "A chart: quadrant, ages, bars, table, matrix or finds"; }
    std::string example() const override {
        return "wardmap chart ages examples/coventry/data/coventry_ward_population_mid2020.csv --bands "
               "0-14,15-24,25-44,45-64,65+ -o out/ages.svg\n"
               "  wardmap chart bars examples/coventry/data/needs_assessment/offences_by_type.csv --where "
               "marker=alcohol --label offence \\\n"
               "    --value yt_june_2021 --value yt_june_2022 -o out/bars.svg";
    }

    void setup(CLI::App& app) override {
        app.add_option("KIND", kind_, "quadrant (of an indicators table), ages, bars, table, matrix, finds")
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
        meta_.add_options(app);
        small_numbers_.add_options(app);
        picture_.add_options(app);
    }

    void run(Session& session) override {
        if (kind_.empty())
            throw UsageError("it is not said which chart", {},
                             "there are: quadrant, ages, bars, table, matrix, finds");
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
    TableInput table_{};
    MetaInput meta_{};
    SmallNumbersInput small_numbers_{};
    PictureInput picture_{};
    std::string kind_{}, area_{}, label_{}, bands_{}, rate_scale_{"linear"}, change_scale_{"log"};
    std::vector<std::string> values_{}, by_{};
};

}  // namespace

std::unique_ptr<Command> chart_command() {
    return std::make_unique<ChartCommand>();
}

}  // namespace wardmap
