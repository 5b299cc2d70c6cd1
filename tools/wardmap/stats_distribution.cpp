#include "statistics.hpp"
#include "stats_table.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/class_breaks.hpp"
#include "wardmap/indicator/concentration.hpp"
#include "wardmap/indicator/deprivation.hpp"
#include "wardmap/indicator/harm.hpp"
#include "wardmap/indicator/inequality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class QuantileStatistic final : public Command {
public:
    std::string name() const override { return "quantile"; }
    std::string summary() const override { return "Groups of equal size by OHID's rule"; }
    std::string example() const override {
        return "wardmap stats quantile examples/coventry/data/coventry_ward_population_mid2020.csv \\\n"
               "    --value all_ages --k 5 --first high";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        app.add_option("--value", value_, "Column to group")->type_name("COLUMN");
        app.add_option("--k", k_, "How many groups")->type_name("N");
        app.add_option("--first", first_, "Group 1 holds the low or the high values")->type_name("low|high");
    }

    void run(Session& session) override {
        needed(value_, "--value", "which column to group");
        if (first_ != "low" && first_ != "high") {
            throw UsageError("the first group cannot be '" + first_ + "'", {}, "there are: low, high");
        }
        table_.open(session, {});
        const auto groups =
            area_quantiles(table_.numbers(value_), k_,
                           first_ == "low" ? QuantileOrder::low_first : QuantileOrder::high_first);
        std::vector<double> out;
        for (const int group : groups) out.push_back(group == 0 ? nan : group);
        table_.add("quantile", out);
        table_.write("OHID quantiles, " + std::to_string(k_) + " groups, " + first_ + " values first");
    }

private:
    StatsTable table_{};
    std::string value_{}, first_{"low"};
    std::size_t k_ = 10;
};

class DeprivationDecileStatistic final : public Command {
public:
    std::string name() const override { return "deprivation_decile"; }
    std::string summary() const override {
        return "Tenths of ranks as the Indices of Deprivation publish them";
    }
    std::string example() const override {
        return "wardmap stats deprivation_decile examples/statistics/small_areas.csv --rank imd_rank --n "
               "32844";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        app.add_option("--rank", rank_, "Column of ranks, 1 the most deprived")->type_name("COLUMN");
        app.add_option("--n", n_, "How many areas were ranked: 32844 in England in 2019")->type_name("N");
    }

    void run(Session& session) override {
        needed(rank_, "--rank", "which column holds the ranks");
        if (!(n_ >= 1)) {
            throw UsageError("it is not said how many areas were ranked", {},
                             "give --n: 32844 small areas in England in 2019");
        }
        table_.open(session, {});
        const Column ranks = Column::numbers(rank_, table_.numbers(rank_));
        const Column deciles = published_deciles(ranks, n_, "decile", session.log.problems);
        table_.add("decile", deciles.numbers());
        table_.write("published rule: ceiling of 10 rank / " + full_precision(n_) + ", 1 the most deprived");
    }

private:
    StatsTable table_{};
    std::string rank_{};
    double n_ = 0;
};

class ClassBreaksStatistic final : public Command {
public:
    std::string name() const override { return "class_breaks"; }
    std::string summary() const override {
        return "The class of each row; 'wardmap breaks' gives the edges alone";
    }
    std::string example() const override {
        return "wardmap stats class_breaks examples/coventry/data/coventry_ward_population_mid2020.csv \\\n"
               "    --value all_ages --k 4 --round-breaks";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        app.add_option("--value", value_, "Column to class")->type_name("COLUMN");
        app.add_option("--scheme", scheme_, "natural, quantile, equal, pretty, sd or headtail")
            ->type_name("NAME");
        app.add_option("--k", options_.k, "How many classes")->type_name("N");
        app.add_flag("--round-breaks", round_, "Round the edges inside gaps");
    }

    void run(Session& session) override {
        needed(value_, "--value", "which column to class");
        options_.scheme = parse_scheme(scheme_);
        options_.round = round_ ? RoundBreaks::yes : RoundBreaks::no;
        table_.open(session, {});
        const ClassBreaks made = class_breaks(table_.numbers(value_), options_);
        std::vector<double> codes;
        std::vector<std::string> labels;
        for (const int code : made.codes) {
            codes.push_back(code < 0 ? nan : code);
            labels.push_back(code < 0 ? std::string{} : made.labels[static_cast<std::size_t>(code)]);
        }
        table_.add("codes", codes);
        table_.add("labels", labels);
        table_.write("classes by " + scheme_ + ", goodness of variance fit " + with_thousands(made.gvf, 3));
    }

private:
    StatsTable table_{};
    ClassOptions options_{};
    std::string value_{}, scheme_{"natural"};
    bool round_ = false;
};

/// One row.
class InequalitySlopeStatistic final : public Command {
public:
    std::string name() const override { return "inequality_slope"; }
    std::string summary() const override {
        return "Slope and relative index of inequality, from the most to the least deprived: one row";
    }
    std::string example() const override {
        return "wardmap stats inequality_slope examples/statistics/rate_by_fifth.csv \\\n"
               "    --value rate --population people --order fifth";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        app.add_option("--value", value_, "Column of each group's value")->type_name("COLUMN");
        app.add_option("--population", population_, "Column of its people")->type_name("COLUMN");
        app.add_option("--order", order_,
                       "Column to sort the groups by, most deprived first; else as they stand")
            ->type_name("COLUMN");
    }

    void run(Session& session) override {
        needed(value_, "--value", "which column holds the values");
        needed(population_, "--population", "which column holds the people");
        table_.open(session, {});
        const auto values = table_.numbers(value_), people = table_.numbers(population_);
        std::vector<std::size_t> order(values.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        if (!order_.empty()) {
            const auto keys = table_.numbers(order_);
            if (std::any_of(keys.begin(), keys.end(), [](double key) { return std::isnan(key); })) {
                throw InputError("groups have no place in the order",
                                 {.file = table_.table().origin().file, .column = order_},
                                 "give each a number, 1 for the most deprived");
            }
            std::stable_sort(order.begin(), order.end(),
                             [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
        }
        std::vector<double> sorted_values, sorted_people;
        for (const std::size_t i : order) {
            sorted_values.push_back(values[i]);
            sorted_people.push_back(people[i]);
        }
        const InequalitySlope made = inequality_slope(sorted_values, sorted_people);
        table_.write(Table({result_column("sii", {made.sii}), result_column("rii", {made.rii}),
                            result_column("intercept", {made.intercept})}),
                     "least squares weighted by people, from the most to the least deprived");
    }

private:
    StatsTable table_{};
    std::string value_{}, population_{}, order_{};
};

/// One row.
class ConcentrationStatistic final : public Command {
public:
    std::string name() const override { return "concentration"; }
    std::string summary() const override { return "How much of all events lies in how few places: one row"; }
    std::string example() const override {
        return "wardmap stats concentration examples/coventry/data/needs_assessment/needle_finds_by_ward.csv "
               "\\\n"
               "    --count yt_july_2022 --top 0.1 --share 0.5";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        app.add_option("--count", count_, "Column of events")->type_name("COLUMN");
        app.add_option("--weight", weight_, "Column of each place's size: people, or area")
            ->type_name("COLUMN|FILE");
        app.add_option("--top", tops_, "Share of events in this share of places; may be repeated")
            ->type_name("X")
            ->allow_extra_args(false);
        app.add_option("--share", shares_, "Share of places that holds this share of events; may be repeated")
            ->type_name("X")
            ->allow_extra_args(false);
    }

    void run(Session& session) override {
        needed(count_, "--count", "which column holds the events");
        table_.open(session, std::array{count_});
        const auto counts = table_.numbers(count_);
        const Concentration made(counts, weight_.empty() ? std::vector<double>{} : table_.people(weight_));
        std::vector<Column> row{result_column("gini", {made.gini()}),
                                result_column("gini_unbiased", {made.gini_unbiased()}),
                                result_column("generalised", {made.generalised()}),
                                result_column("places", {static_cast<double>(made.places())}),
                                result_column("events", {made.events()})};
        for (const double top : tops_)
            row.push_back(result_column("share_in_top_" + full_precision(top), {made.share_in_top(top)}));
        for (const double share : shares_)
            row.push_back(result_column("places_for_" + full_precision(share), {made.places_for(share)}));
        table_.write(Table(std::move(row)), weight_.empty() ? "Gini's coefficient of events by place"
                                                            : "Gini's coefficient of events by " + weight_);
    }

private:
    StatsTable table_{};
    std::string count_{}, weight_{};
    std::vector<double> tops_{0.05, 0.1, 0.2}, shares_{0.25, 0.5, 0.8};
};

/// One row an area.
class HarmStatistic final : public Command {
public:
    std::string name() const override { return "harm"; }
    std::string summary() const override {
        return "Harm of each area: events weighted by kind, with weights from your own file";
    }
    std::string example() const override {
        return "wardmap stats harm examples/statistics/offences_by_kind.csv --area area_code --kind offence "
               "\\\n"
               "    --count count --weights examples/statistics/harm_weights.csv \\\n"
               "    --weights-name 'Made-up days' --weights-version 2022";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        app.add_option("--area", area_, "Column of each row's area")->type_name("COLUMN");
        app.add_option("--kind", kind_, "Column of each row's kind")->type_name("COLUMN");
        app.add_option("--count", count_, "Column of events")->type_name("COLUMN");
        app.add_option("--weights", weights_, "Table of the harm of one event of each kind")
            ->type_name("FILE");
        app.add_option("--weights-name", weights_name_, "Which weights they are")->type_name("TEXT");
        app.add_option("--weights-version", weights_version_, "Of which year")->type_name("TEXT");
        app.add_option("--weights-kind", columns_.kind, "Its column of kinds")->type_name("COLUMN");
        app.add_option("--weights-column", columns_.weight, "Its column of weights")->type_name("COLUMN");
        app.add_flag("--with-proactive", with_proactive_, "Count proactively detected events as well");
    }

    void run(Session& session) override {
        needed(area_, "--area", "which column holds the areas");
        needed(kind_, "--kind", "which column holds the kinds");
        needed(count_, "--count", "which column holds the events");
        needed(weights_, "--weights", "which file holds the harm weights");
        table_.open(session, std::array{count_});
        const auto counts = table_.numbers(count_);
        const TextGroups areas = groups_of(table_.texts(area_));
        std::vector<AreaIndex> area_of_row;
        for (const std::size_t group : areas.group_of_row)
            area_of_row.push_back(static_cast<AreaIndex>(group));
        const HarmWeights weights = harm_weights(read_plain_table(weights_, session).table, columns_,
                                                 weights_name_, weights_version_, session.log.problems);
        const auto made = harm_of(area_of_row, table_.texts(kind_), counts, areas.names.size(), weights,
                                  with_proactive_ ? ProactiveEvents::counted : ProactiveEvents::left_out,
                                  session.log.problems);
        std::array<std::vector<double>, 6> columns;
        std::vector<std::string> gravest;
        for (const AreaHarm& one : made) {
            const double row[] = {one.events,        one.harm,     one.share,
                                  one.gravest_share, one.left_out, one.unweighted};
            for (std::size_t c = 0; c < columns.size(); ++c) columns[c].push_back(row[c]);
            gravest.push_back(one.gravest_kind);
        }
        static constexpr const char* names[] = {"events",        "harm",     "harm_share",
                                                "gravest_share", "left_out", "unweighted"};
        std::vector<Column> out{Column::text(area_, areas.names)};
        for (std::size_t c = 0; c < columns.size(); ++c) out.push_back(result_column(names[c], columns[c]));
        out.push_back(Column::text("gravest_kind", gravest));
        table_.write(Table(std::move(out)), "harm weights " + weights.name + ", " + weights.version +
                                                (with_proactive_ ? "; proactively detected events counted"
                                                                 : "; proactively detected events left out"));
    }

private:
    StatsTable table_{};
    HarmColumns columns_{};
    std::string area_{}, kind_{}, count_{}, weights_{}, weights_name_{}, weights_version_{};
    bool with_proactive_ = false;
};

}  // namespace

void add_distribution_statistics(Statistics& all) {
    all.push_back(std::make_unique<QuantileStatistic>());
    all.push_back(std::make_unique<DeprivationDecileStatistic>());
    all.push_back(std::make_unique<ClassBreaksStatistic>());
    all.push_back(std::make_unique<InequalitySlopeStatistic>());
    all.push_back(std::make_unique<ConcentrationStatistic>());
    all.push_back(std::make_unique<HarmStatistic>());
}

}  // namespace wardmap
