#include "statistics.hpp"
#include "stats_table.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/funnel.hpp"
#include "wardmap/indicator/limits.hpp"
#include "wardmap/indicator/standardised_rate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace wardmap {
namespace {

constexpr const char* offences =
    "examples/coventry/data/needs_assessment/offences_by_ward.csv --where marker=alcohol \\\n"
    "    --where 'offence=VIOLENCE WITHOUT INJURY'";

std::string per_text(double per) {
    return "per " + with_thousands(per, 0);
}

/// Options that several statistics of rates have.
struct RateOptions {
    std::string count{}, population{};
    double per = 100000;
    double level = 0.95;

    void add_columns(CLI::App& app) {
        app.add_option("--count", count, "Column of events")->type_name("COLUMN");
        app.add_option("--population", population,
                       "Column of people or person-years, or a table of them by area")
            ->type_name("COLUMN|FILE");
    }
    void add_per(CLI::App& app) {
        app.add_option("--per", per, "Rates are per this many people")->type_name("N");
    }
    void add_level(CLI::App& app) {
        app.add_option("--level", level, "Level of the limits: 0.95")->type_name("P");
    }
};

/// Limits of each row as three columns.
void add_limits(StatsTable& table, const char* value, std::span<const Limits> limits,
                const std::string& unit) {
    std::array<std::vector<double>, 3> columns;
    for (const Limits& one : limits) {
        columns[0].push_back(one.value);
        columns[1].push_back(one.lower);
        columns[2].push_back(one.upper);
    }
    table.add(value, columns[0], unit);
    table.add("lower", columns[1], unit);
    table.add("upper", columns[2], unit);
}

class RateLimitsStatistic final : public Command {
public:
    std::string name() const override { return "rate_limits"; }
    std::string summary() const override { return "Rates with limits: exact under 10 events, Byar from 10"; }
    std::string example() const override {
        return std::string("wardmap stats rate_limits ") + offences +
               " --count yt_june_2022 \\\n    --population "
               "examples/coventry/data/coventry_ward_population_mid2020.csv";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        options_.add_columns(app);
        options_.add_per(app);
        options_.add_level(app);
    }

    void run(Session& session) override {
        needed(options_.count, "--count", "which column holds the events");
        needed(options_.population, "--population", "which column holds the people");
        table_.open(session, std::array{options_.count});
        const auto counts = table_.numbers(options_.count);
        const auto people = table_.people(options_.population);
        std::vector<Limits> limits;
        for (std::size_t i = 0; i < counts.size(); ++i)
            limits.push_back(rate_limits(counts[i], people[i], options_.per, options_.level));
        add_limits(table_, "rate", limits, per_text(options_.per));
        table_.write("rate " + per_text(options_.per) +
                     ", limits exact under 10 events, Byar from 10, level " + full_precision(options_.level));
    }

private:
    StatsTable table_{};
    RateOptions options_{};
};

class ProportionLimitsStatistic final : public Command {
public:
    std::string name() const override { return "proportion_limits"; }
    std::string summary() const override { return "Shares with Wilson's limits"; }
    std::string example() const override {
        return "wardmap stats proportion_limits examples/coventry/data/coventry_ward_population_mid2020.csv "
               "\\\n"
               "    --x age_0_4 --n all_ages";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        app.add_option("--x", x_, "Column of the part")->type_name("COLUMN");
        app.add_option("--n", n_, "Column of the total")->type_name("COLUMN");
        options_.add_level(app);
    }

    void run(Session& session) override {
        needed(x_, "--x", "which column holds the part");
        needed(n_, "--n", "which column holds the total");
        table_.open(session, std::array{x_});
        const auto parts = table_.numbers(x_);
        const auto totals = table_.numbers(n_);
        std::vector<Limits> limits;
        for (std::size_t i = 0; i < parts.size(); ++i)
            limits.push_back(proportion_limits(parts[i], totals[i], options_.level));
        add_limits(table_, "share", limits, {});
        table_.write("share from 0 to 1, limits by Wilson's score, level " + full_precision(options_.level));
    }

private:
    StatsTable table_{};
    RateOptions options_{};
    std::string x_{}, n_{};
};

class RateRatioStatistic final : public Command {
public:
    std::string name() const override { return "rate_ratio"; }
    std::string summary() const override { return "Later rate by earlier rate: exact, mid-p, score or Wald"; }
    std::string example() const override {
        return std::string("wardmap stats rate_ratio ") + offences +
               " --before yt_june_2021 --after yt_june_2022";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        app.add_option("--before", before_, "Column of the earlier events")->type_name("COLUMN");
        app.add_option("--after", after_, "Column of the later events")->type_name("COLUMN");
        app.add_option("--population-before", population_before_,
                       "People in the earlier period: a column, or a table")
            ->type_name("COLUMN|FILE");
        app.add_option("--population-after", population_after_, "People in the later period")
            ->type_name("COLUMN|FILE");
        app.add_option("--method", method_, "exact, midp, score or wald")->type_name("NAME");
        options_.add_level(app);
    }

    void run(Session& session) override {
        needed(before_, "--before", "which column holds the earlier events");
        needed(after_, "--after", "which column holds the later events");
        if (population_before_.empty() != population_after_.empty()) {
            throw UsageError("people are given for one period only", {},
                             "give both --population-before and --population-after, or neither");
        }
        const RatioMethod method = parse_ratio_method(method_);
        table_.open(session, std::array{before_, after_});
        const auto before = table_.numbers(before_), after = table_.numbers(after_);
        const auto people = [&](const std::string& column) {
            return column.empty() ? std::vector<double>(before.size(), 1.0) : table_.people(column);
        };
        const auto people_before = people(population_before_), people_after = people(population_after_);
        std::array<std::vector<double>, 4> columns;
        for (std::size_t i = 0; i < before.size(); ++i) {
            const RatioLimits one =
                rate_ratio(before[i], after[i], people_before[i], people_after[i], options_.level, method);
            columns[0].push_back(one.ratio);
            columns[1].push_back(one.lower);
            columns[2].push_back(one.upper);
            columns[3].push_back(one.p_value);
        }
        table_.add("ratio", columns[0]);
        table_.add("lower", columns[1]);
        table_.add("upper", columns[2]);
        table_.add("p_value", columns[3]);
        table_.write("ratio of " + std::string(population_before_.empty() ? "counts" : "rates") +
                     ", method " + method_ + ", level " + full_precision(options_.level));
    }

private:
    StatsTable table_{};
    RateOptions options_{};
    std::string before_{}, after_{}, population_before_{}, population_after_{}, method_{"exact"};
};

/// One row an area, from its rows of bands.
class StandardisedRateStatistic final : public Command {
public:
    std::string name() const override { return "standardised_rate"; }
    std::string summary() const override {
        return "Rates of areas with different ages made comparable: one row an area";
    }
    std::string example() const override {
        return "wardmap stats standardised_rate examples/statistics/events_by_age.csv --group area --band "
               "age_band \\\n"
               "    --count events --population people --standard ESP2013";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        options_.add_columns(app);
        app.add_option("--group", group_, "Column that names the area of each row; without it all are one")
            ->type_name("COLUMN");
        app.add_option("--standard", standard_, "Column of the standard population, or ESP2013")
            ->type_name("COLUMN");
        app.add_option("--standard-count", standard_count_,
                       "Indirect: column of the standard's events, with --standard its people")
            ->type_name("COLUMN");
        app.add_option("--band", band_, "Column of age bands (0-4, 90+), for --standard ESP2013")
            ->type_name("COLUMN");
        app.add_option("--kind", kind_, "direct or indirect")->type_name("KIND");
        app.add_option("--limits", limits_, "Of a direct rate: dobson or fay_feuer")->type_name("NAME");
        options_.add_per(app);
        options_.add_level(app);
    }

    void run(Session& session) override {
        needed(options_.count, "--count", "which column holds the events");
        needed(options_.population, "--population", "which column holds the people");
        needed(standard_, "--standard", "what the standard population is");
        const bool indirect = is_indirect();
        const StandardisingOptions options{options_.per, options_.level, parse_direct_limits(limits_)};
        table_.open(session, std::array{options_.count});
        const auto counts = table_.numbers(options_.count);
        const auto people = table_.people(options_.population);
        const auto standard = standard_people();
        const auto standard_counts = indirect
                                         ? table_.numbers(needed(standard_count_, "--standard-count",
                                                                 "which column holds the standard's events"))
                                         : std::vector<double>{};

        const TextGroups groups =
            groups_of(group_.empty() ? std::vector<std::string>(counts.size(), "all") : table_.texts(group_));
        const auto of_rows = [](const std::vector<double>& values, const std::vector<std::size_t>& which) {
            std::vector<double> out;
            for (const std::size_t i : which) out.push_back(values[i]);
            return out;
        };
        std::vector<std::vector<double>> columns(indirect ? 9 : 5);
        for (const auto& which : groups.rows) {
            std::vector<double> row;
            if (indirect) {
                const IndirectRate one =
                    indirect_rate(of_rows(counts, which), of_rows(people, which),
                                  of_rows(standard_counts, which), of_rows(standard, which), options);
                row = {one.rate.value,  one.rate.lower, one.rate.upper, one.ratio.value, one.ratio.lower,
                       one.ratio.upper, one.expected,   one.count,      one.population};
            } else {
                const DirectRate one = direct_rate(of_rows(counts, which), of_rows(people, which),
                                                   of_rows(standard, which), options);
                row = {one.rate.value, one.rate.lower, one.rate.upper, one.count, one.population};
            }
            for (std::size_t c = 0; c < row.size(); ++c) columns[c].push_back(row[c]);
        }
        static constexpr const char* direct_names[] = {"rate", "lower", "upper", "count", "population"};
        static constexpr const char* indirect_names[] = {"rate",     "lower",       "upper",
                                                         "ratio",    "ratio_lower", "ratio_upper",
                                                         "expected", "count",       "population"};
        std::vector<Column> out{Column::text(group_.empty() ? "group" : group_, groups.names)};
        for (std::size_t c = 0; c < columns.size(); ++c) {
            out.push_back(result_column(indirect ? indirect_names[c] : direct_names[c], columns[c],
                                        c < 3 ? per_text(options_.per) : std::string{}));
        }
        const std::string what =
            indirect
                ? "indirectly standardised, limits exact under 10 events, Byar from 10"
                : "directly standardised to " + standard_ + ", limits " + limits_ + ", none under 10 events";
        table_.write(Table(std::move(out)),
                     what + ", " + per_text(options_.per) + ", level " + full_precision(options_.level));
    }

private:
    bool is_indirect() const {
        if (kind_ == "direct" || kind_ == "indirect") return kind_ == "indirect";
        throw UsageError("a rate cannot be standardised '" + kind_ + "'", {}, "there are: direct, indirect");
    }

    std::vector<double> standard_people() {
        if (standard_ != "ESP2013" || table_.table().find(standard_) != nullptr)
            return table_.numbers(standard_);
        const auto labels = table_.texts(needed(band_, "--band", "which column holds the age bands"));
        return european_standard_of(labels);
    }

    StatsTable table_{};
    RateOptions options_{};
    std::string group_{}, standard_{}, standard_count_{}, band_{}, kind_{"direct"}, limits_{"dobson"};
};

class FunnelStatistic final : public Command {
public:
    std::string name() const override { return "funnel"; }
    std::string summary() const override {
        return "Which areas lie beyond chance of the common level, with 95% and 99.8% limits and phi";
    }
    std::string example() const override {
        return std::string("wardmap stats funnel ") + offences +
               " --count yt_june_2022 \\\n    --population "
               "examples/coventry/data/coventry_ward_population_mid2020.csv --per 100000";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        options_.per = 1;
        options_.add_columns(app);
        options_.add_per(app);
        app.add_option("--kind", kind_, "rate, ratio (population: expected events) or proportion")
            ->type_name("KIND");
        app.add_option("--baseline", baseline_, "The common level, per --per; else of all areas together")
            ->type_name("X");
    }

    void run(Session& session) override {
        needed(options_.count, "--count", "which column holds the events");
        needed(options_.population, "--population", "which column holds the people");
        FunnelOptions options{.kind = parse_funnel_kind(kind_), .per = options_.per};
        if (!baseline_.empty()) {
            options.baseline = parse_number(baseline_);
            if (!options.baseline)
                throw UsageError("the baseline '" + baseline_ + "' is no number", {}, "give one, per --per");
        }
        table_.open(session, std::array{options_.count});
        const auto counts = table_.numbers(options_.count);
        const auto people = table_.people(options_.population);
        const Funnel made = funnel(counts, people, options);
        const auto names = [](std::span<const FunnelClass> classes) {
            std::vector<std::string> out;
            for (const FunnelClass one : classes) out.emplace_back(name_of(one));
            return out;
        };
        const std::string unit = options_.per == 1 ? std::string{} : per_text(options_.per);
        table_.add("pattern", names(made.pattern));
        table_.add("lower95", made.lower95, unit);
        table_.add("upper95", made.upper95, unit);
        table_.add("lower998", made.lower998, unit);
        table_.add("upper998", made.upper998, unit);
        table_.add_same("phi", made.phi);
        table_.add("value", made.value, unit);
        table_.add("pattern_adjusted", names(made.pattern_adjusted));
        table_.add_same("tau2", made.tau2);
        table_.write("funnel of " + kind_ + "s around " + full_precision(made.baseline) +
                     ", exact limits; phi " + with_thousands(made.phi, 2) + " of z-scores winsorised at 10%");
    }

private:
    StatsTable table_{};
    RateOptions options_{};
    std::string kind_{"rate"}, baseline_{};
};

}  // namespace

void add_rate_statistics(Statistics& all) {
    all.push_back(std::make_unique<RateLimitsStatistic>());
    all.push_back(std::make_unique<ProportionLimitsStatistic>());
    all.push_back(std::make_unique<RateRatioStatistic>());
    all.push_back(std::make_unique<StandardisedRateStatistic>());
    all.push_back(std::make_unique<FunnelStatistic>());
}

}  // namespace wardmap
