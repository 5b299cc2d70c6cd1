#include "command.hpp"
#include "input_options.hpp"
#include "output_options.hpp"

#include "wardmap/area/lookup.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/indicator/aggregate.hpp"
#include "wardmap/report/map_call.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <optional>

namespace wardmap {
namespace {

class AggregateCommand final : public Command {
public:
    std::string name() const override { return "aggregate"; }
    std::string summary() const override {
        return "Small areas to wards by a lookup: sums, means, weighted means";
    }
    std::string example() const override {
        return "wardmap aggregate examples/coventry/data/coventry_lsoa_deprivation.csv --areas "
               "coventry-wards \\\n"
               "    --lookup examples/coventry/data/coventry_lsoa_deprivation.csv --value imd2019_decile "
               "--how weighted-mean \\\n"
               "    --weight population_mid2020 -o out/imd.csv";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        areas_.add_options(app);
        app.add_option("--lookup", lookup_,
                       "Table with the code of each small area and of the area it lies in")
            ->type_name("FILE");
        app.add_option("--area", area_, "Column of the small areas' codes in TABLE")->type_name("COLUMN");
        app.add_option("--value", value_, "Column to bring up")->type_name("COLUMN");
        app.add_option("--how", how_, "sum, mean or weighted-mean")->type_name("HOW");
        app.add_option("--weight", weight_, "Column of weights: people")->type_name("COLUMN");
        meta_.add_options(app);
        small_numbers_.add_options(app);
        output_.add_options(app);
    }

    void run(Session& session) override {
        if (lookup_.empty() || value_.empty() || how_.empty()) {
            throw UsageError("a lookup, a column and how to bring it up are needed", {},
                             "give --lookup FILE --value COLUMN --how sum|mean|weighted-mean");
        }
        if (value_ == "n")
            throw UsageError(
                "the result has a column 'n' of its own, for how many small areas made each value", {},
                "give the column of values another name");
        const AggregateKind kind = parse_aggregate(how_);
        if (kind == AggregateKind::weighted_mean && weight_.empty()) {
            throw UsageError("a weighted mean needs weights", {}, "name their column with --weight");
        }
        const SmallNumberRule rule = small_numbers_.parsed();
        if (rule.applies() && kind != AggregateKind::sum) {
            throw UsageError("small numbers are withheld in counts, and a mean is none", {},
                             "leave --small-numbers out, or give --how sum");
        }
        if (!areas_.given())
            throw UsageError("it is not said which areas to bring the values to", {},
                             "name them with --areas");
        const ReadTable read = table_.read(session);
        const Table whole_table = meta_.apply(read.table);
        const AreaSet areas = areas_.read(session).areas;
        const ReadTable lookup_read = read_plain_table(lookup_, session);
        const Lookup lookup = make_lookup(lookup_read.table, {}, session.log.problems, nullptr, &areas);
        session.guessed(lookup.guesses());
        const Matched matched = match_rows_through(whole_table, lookup, areas, {.area_column = area_});
        session.guessed(matched.guesses);
        session.log.problems.merge(matched.problems);
        session.log.ledger.add(ledger_of(matched));
        session.log.ledger.rows_read += read.rows_filtered;
        session.log.ledger.filtered += read.rows_filtered;
        session.say("matched: " + matched.report.text());

        // A national table holds rows of elsewhere, which the match has counted: no fault, and not looked at
        // further.
        std::vector<std::size_t> here;
        for (std::size_t row = 0; row < whole_table.row_count(); ++row) {
            if (matched.row_match[row] != RowMatch::outside) here.push_back(row);
        }
        const Table table = whole_table.take(here);
        RowsInAreas rows;
        rows.codes.assign(areas.codes().begin(), areas.codes().end());
        rows.names.assign(areas.names().begin(), areas.names().end());
        for (const std::size_t row : here) rows.area_of_row.push_back(matched.area_of_row[row]);
        rows.origin = table.origin();
        const Column& small = table.column(matched.report.column);
        if (small.is_text()) rows.row_names.assign(small.texts().begin(), small.texts().end());

        TableMeta meta = table.meta();
        meta.whole = meta.whole.empty() ? areas.whole() : meta.whole;
        meta.area_noun = areas.noun();
        std::optional<Column> weights;
        if (kind == AggregateKind::weighted_mean)
            weights = read_numbers(table, weight_, session.log.problems);
        const Column values = read_numbers(table, value_, session.log.problems);
        Table made = aggregate(rows, values, kind, weights, meta, session.log.problems);
        if (rule.applies())
            made = suppress_small_numbers(made, std::vector<std::string>{values.name()}, rule,
                                          session.log.problems);
        output_.write(made, session);
    }

private:
    TableInput table_{};
    AreasInput areas_{};
    MetaInput meta_{};
    SmallNumbersInput small_numbers_{};
    TableOutput output_{};
    std::string lookup_{}, area_{}, value_{}, how_{}, weight_{};
};

}  // namespace

std::unique_ptr<Command> aggregate_command() {
    return std::make_unique<AggregateCommand>();
}

}  // namespace wardmap
