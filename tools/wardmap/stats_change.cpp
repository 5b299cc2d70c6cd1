#include "statistics.hpp"
#include "stats_table.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/adjust_p.hpp"
#include "wardmap/indicator/change_test.hpp"
#include "wardmap/indicator/quadrant_chances.hpp"
#include "wardmap/indicator/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr const char* violence =
    "examples/coventry/data/needs_assessment/offences_by_ward.csv --where marker=alcohol \\\n"
    "    --where 'offence=VIOLENCE WITHOUT INJURY' --before yt_june_2021 --after yt_june_2022";

/// The columns of two periods.
struct PeriodColumns {
    std::string before{}, after{};

    void add_options(CLI::App& app) {
        app.add_option("--before", before, "Column of the earlier events")->type_name("COLUMN");
        app.add_option("--after", after, "Column of the later events")->type_name("COLUMN");
    }
    std::array<std::string, 2> both() const {
        return {needed(before, "--before", "which column holds the earlier events"),
                needed(after, "--after", "which column holds the later events")};
    }
};

class AdjustPStatistic final : public Command {
public:
    std::string name() const override { return "adjust_p"; }
    std::string summary() const override {
        return "p-values of many tests made stricter: Benjamini-Hochberg and others";
    }
    std::string example() const override {
        return "wardmap stats adjust_p examples/statistics/small_areas.csv --p p_value";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        app.add_option("--p", p_, "Column of p-values")->type_name("COLUMN");
        app.add_option("--method", method_, "bh, by, holm or bonferroni")->type_name("NAME");
    }

    void run(Session& session) override {
        needed(p_, "--p", "which column holds the p-values");
        const Adjustment method = parse_adjustment(method_);
        table_.open(session, {});
        table_.add("p_adjusted", adjust_p(table_.numbers(p_), method));
        table_.write("p adjusted by " + method_ + ", each row a test");
    }

private:
    StatsTable table_{};
    std::string p_{}, method_{"bh"};
};

class ChangeStatistic final : public Command {
public:
    std::string name() const override { return "change"; }
    std::string summary() const override {
        return "Which areas changed beyond chance, all areas counted as tests";
    }
    std::string example() const override {
        return std::string("wardmap stats change ") + violence + " --prefix test_";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        columns_.add_options(app);
        app.add_option("--population-before", population_before_,
                       "People in the earlier period: a column, or a table")
            ->type_name("COLUMN|FILE");
        app.add_option("--population-after", population_after_, "People in the later period")
            ->type_name("COLUMN|FILE");
        app.add_option("--method", method_, "Of the test: exact, midp, score or wald")->type_name("NAME");
        app.add_option("--adjust", adjust_, "Of the p-values: bh, by, holm or bonferroni")->type_name("NAME");
        app.add_option("--level", options_.level, "Level of the limits; a change is clear beyond it")
            ->type_name("P");
    }

    void run(Session& session) override {
        const auto columns = columns_.both();
        if (population_before_.empty() != population_after_.empty()) {
            throw UsageError("people are given for one period only", {},
                             "give both --population-before and --population-after, or neither");
        }
        options_.method = parse_ratio_method(method_);
        options_.adjustment = parse_adjustment(adjust_);
        table_.open(session, columns);
        const auto before = table_.numbers(columns[0]), after = table_.numbers(columns[1]);
        const auto people = [&](const std::string& given) {
            return given.empty() ? std::vector<double>{} : table_.people(given);
        };
        const auto people_before = people(population_before_), people_after = people(population_after_);
        const auto changes = test_changes(before, after, people_before, people_after, options_);
        std::array<std::vector<double>, 7> numbers;
        std::vector<std::string> words;
        std::size_t clear = 0;
        for (const AreaChange& one : changes) {
            const double row[] = {one.change,      one.change_pct,    one.ratio.ratio, one.ratio.lower,
                                  one.ratio.upper, one.ratio.p_value, one.p_adjusted};
            for (std::size_t c = 0; c < numbers.size(); ++c) numbers[c].push_back(row[c]);
            words.emplace_back(words_of(one.verdict));
            clear += one.verdict == ChangeVerdict::clear_rise || one.verdict == ChangeVerdict::clear_fall;
        }
        static constexpr const char* names[] = {"change", "change_pct", "ratio",     "lower",
                                                "upper",  "p_value",    "p_adjusted"};
        for (std::size_t c = 0; c < numbers.size(); ++c)
            table_.add(names[c], numbers[c], c == 1 ? "%" : std::string{});
        table_.add("words", words);
        session.say("clear changes: " + std::to_string(clear) + " of " + counted(changes.size(), "row"));
        table_.write("ratio of " + std::string(people_before.empty() ? "counts" : "rates") + ", " + method_ +
                     " test, p adjusted by " + adjust_ + ", clear beyond level " +
                     full_precision(options_.level));
    }

private:
    StatsTable table_{};
    PeriodColumns columns_{};
    ChangeTestOptions options_{};
    std::string population_before_{}, population_after_{}, method_{"exact"}, adjust_{"bh"};
};

class QuadrantChancesStatistic final : public Command {
public:
    std::string name() const override { return "quadrant_chances"; }
    std::string summary() const override {
        return "The chance of each quadrant, by drawing the counts again and again";
    }
    std::string example() const override {
        return std::string("wardmap stats quadrant_chances ") + violence +
               " \\\n    --population examples/coventry/data/coventry_ward_population_mid2020.csv";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        columns_.add_options(app);
        app.add_option("--population", population_, "People: a column, or a table of them by area")
            ->type_name("COLUMN|FILE");
        app.add_option("--cuts", cuts_, "What divides the quadrants: total, median, zero, or RATE,CHANGE")
            ->type_name("CUTS");
        app.add_option("--per", options_.per, "A fixed rate cut is per this many people")->type_name("N");
        app.add_option("--pool", options_.pool, "The counts are of this many years added up")->type_name("N");
        app.add_option("--draws", options_.draws, "How often to draw")->type_name("N");
        app.add_option("--seed", options_.seed, "The same seed gives the same chances")->type_name("N");
    }

    void run(Session& session) override {
        const auto columns = columns_.both();
        needed(population_, "--population", "how many people live in the areas");
        options_.cuts = parse_cuts(cuts_);
        options_.threads = session.threads;
        table_.open(session, columns);
        const auto before = table_.numbers(columns[0]), after = table_.numbers(columns[1]);
        const auto people = table_.people(population_);
        const auto chances = quadrant_chances(before, after, people, options_);
        std::vector<std::string> likeliest;
        std::vector<double> largest;
        std::array<std::vector<double>, 4> each;
        for (const QuadrantChance& one : chances) {
            const auto best = std::max_element(one.begin(), one.end());
            const bool placed = !std::isnan(one[0]);
            likeliest.emplace_back(placed ? quadrant_codes[best - one.begin()] : "none");
            largest.push_back(placed ? *best : std::numeric_limits<double>::quiet_NaN());
            for (std::size_t q = 0; q < each.size(); ++q) each[q].push_back(one[q]);
        }
        for (std::size_t q = 0; q < each.size(); ++q) table_.add(std::string(quadrant_codes[q]), each[q]);
        table_.add("likeliest", likeliest);
        table_.add("chance", largest);
        table_.write("chances by " + with_thousands(options_.draws, 0) +
                     " draws of the underlying numbers (gamma, count + 1/2), cuts " + cuts_ + ", seed " +
                     std::to_string(options_.seed));
    }

private:
    StatsTable table_{};
    PeriodColumns columns_{};
    QuadrantChanceOptions options_{};
    std::string population_{}, cuts_{"total"};
};

}  // namespace

void add_change_statistics(Statistics& all) {
    all.push_back(std::make_unique<AdjustPStatistic>());
    all.push_back(std::make_unique<ChangeStatistic>());
    all.push_back(std::make_unique<QuadrantChancesStatistic>());
}

}  // namespace wardmap
