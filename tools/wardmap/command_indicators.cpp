#include "command.hpp"
#include "input_options.hpp"
#include "output_options.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/report/indicator_call.hpp"

namespace wardmap {
namespace {

class IndicatorsCommand final : public Command {
public:
    std::string name() const override { return "indicators"; }
    std::string summary() const override {
        return "The ward table: change, rates, limits, ranks and quadrants from two counts";
    }
    std::string example() const override {
        return "wardmap indicators examples/coventry/data/needs_assessment/offences_by_ward.csv --areas "
               "coventry-wards \\\n"
               "    --area ward --from yt_june_2021 --to yt_june_2022 --by marker --by offence \\\n"
               "    --population examples/coventry/data/coventry_ward_population_mid2020.csv -o "
               "out/ward-tables.csv";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        areas_.add_options(app);
        app.add_option("--area", area_, "Column of area codes or names (else area_code, area_name)")
            ->type_name("COLUMN");
        app.add_option("--row", row_, "Without areas: the column that names the rows")->type_name("COLUMN");
        app.add_option("--from", from_, "Column of the earlier counts; several are added up")
            ->type_name("COLUMN")
            ->allow_extra_args(false);
        app.add_option("--to", to_, "Column of the later counts")
            ->type_name("COLUMN")
            ->allow_extra_args(false);
        app.add_option("--period-from", period_from_, "Of a long table of counts: the earlier period")
            ->type_name("PERIOD")
            ->allow_extra_args(false);
        app.add_option("--period-to", period_to_, "Of a long table of counts: the later period")
            ->type_name("PERIOD")
            ->allow_extra_args(false);
        app.add_option("--by", by_, "One table for each value of this column; may be repeated")
            ->type_name("COLUMN")
            ->allow_extra_args(false);
        app.add_flag("--add-rows", add_rows_,
                     "Add up several rows of an area: all offences of a marker together");
        app.add_option("--population", population_, "Table of people by area")->type_name("FILE");
        app.add_option("--population-column", population_column_, "Its column of people")
            ->type_name("COLUMN");
        app.add_option("--population-before", population_before_, "People in the earlier period")
            ->type_name("FILE");
        app.add_option("--population-also", population_also_, "A further denominator, beside the first")
            ->type_name("FILE")
            ->allow_extra_args(false);
        app.add_option("--per", per_, "Rates are per this many people")->type_name("N");
        app.add_option("--cuts", cuts_, "What divides the quadrants: total, median, zero, or RATE,CHANGE")
            ->type_name("CUTS");
        app.add_option("--level", level_, "Level of the limits: 0.95")->type_name("P");
        app.add_option("--pool", pool_, "The counts are of this many years added up")->type_name("N");
        meta_.add_options(app);
        small_numbers_.add_options(app);
        output_.add_options(app);
    }

    void run(Session& session) override {
        if (from_.empty() != to_.empty() || (from_.empty() && (period_from_.empty() || period_to_.empty()))) {
            throw UsageError("two counts are needed, an earlier and a later", {},
                             "name their columns with --from and --to, or the periods of a long table with "
                             "--period-from and --period-to");
        }
        if (!areas_.given() && row_.empty()) {
            throw UsageError("it is not said what the rows are", {},
                             "name the areas with --areas, or the column of other rows with --row");
        }
        IndicatorRequest request;
        request.options.cuts = parse_cuts(cuts_);
        request.options.per = per_;
        request.options.level = level_;
        request.options.pool = pool_;
        request.small_numbers = small_numbers_.parsed();
        const ReadTable read = table_.read(session);
        request.table = meta_.apply(read.table);
        if (areas_.given()) request.areas = areas_.read(session).areas;
        request.area_column = area_;
        request.row_column = row_;
        request.from = from_;
        request.to = to_;
        request.period_from = period_from_;
        request.period_to = period_to_;
        request.by = by_;
        request.several = add_rows_ ? SeveralRows::added : SeveralRows::refused;
        request.meta = request.table.meta();
        if (!population_.empty()) request.population = people(population_, session);
        if (!population_before_.empty()) request.population_before = people(population_before_, session);
        for (const std::string& file : population_also_)
            request.population_also.push_back(people(file, session));
        session.log.parameter("cuts", cuts_);
        session.log.parameter("per", full_precision(per_));
        session.log.parameter("level", full_precision(level_));
        session.log.parameter("small_numbers", small_numbers_.rule);

        const IndicatorResult made = make_indicators(request);
        session.guessed(made.guesses);
        session.log.problems.merge(made.problems);
        session.log.ledger.add(made.ledger);
        session.log.ledger.rows_read += read.rows_filtered;
        session.log.ledger.filtered += read.rows_filtered;
        if (!request.small_numbers.applies()) note_small_cells(made, session);
        for (const MatchReport& match : made.matches) session.say("matched: " + match.text());
        output_.write(made.table, session);
    }

private:
    /// Who publishes should know how many counts may point at persons.
    static void note_small_cells(const IndicatorResult& made, Session& session) {
        std::size_t cells = 0;
        for (const GroupTable& group : made.groups) {
            const Table areas = group.table.take(area_rows(group.table));
            cells += small_cells(areas.column("count_before")) + small_cells(areas.column("count_after"));
        }
        if (cells == 0) return;
        session.log.problems.add(Severity::note, "small_cells",
                                 "counts are 1 to 4; --small-numbers under:5 would withhold them", {}, {},
                                 cells);
    }

    PopulationInput people(const std::string& file, Session& session) const {
        PopulationInput input;
        input.table = read_plain_table(file, session).table;
        input.column = population_column_;
        return input;
    }

    TableInput table_{};
    AreasInput areas_{};
    MetaInput meta_{};
    SmallNumbersInput small_numbers_{};
    TableOutput output_{};
    std::string area_{};
    std::string row_{};
    std::vector<std::string> from_{}, to_{}, period_from_{}, period_to_{}, by_{};
    std::string population_{}, population_column_{}, population_before_{};
    std::vector<std::string> population_also_{};
    double per_ = 100000;
    std::string cuts_{"total"};
    double level_ = 0.95;
    double pool_ = 1;
    bool add_rows_ = false;
};

}  // namespace

std::unique_ptr<Command> indicators_command() {
    return std::make_unique<IndicatorsCommand>();
}

}  // namespace wardmap
