#include "statistics.hpp"
#include "stats_table.hpp"

#include "wardmap/area/match.hpp"
#include "wardmap/area/neighbours.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/cluster/empirical_bayes.hpp"
#include "wardmap/cluster/getis_ord.hpp"
#include "wardmap/cluster/local_moran.hpp"
#include "wardmap/cluster/moran.hpp"
#include "wardmap/cluster/scan.hpp"
#include "wardmap/geometry/measure.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr const char* offences =
    "examples/coventry/data/needs_assessment/offences_by_ward.csv \\\n"
    "    --where marker=alcohol --where 'offence=VIOLENCE WITHOUT INJURY' --areas coventry-wards";

/// What makes areas neighbours.
struct NeighbourOptions {
    std::string kind{"queen"};
    std::optional<double> snap{};

    void add_options(CLI::App& app) {
        app.add_option("--neighbours", kind, "Borders that meet anywhere (queen) or along a stretch (rook)")
            ->type_name("queen|rook");
        app.add_option("--snap", snap,
                       "Borders this near count as touching, in the areas' units (0.5 m, or 5e-6 degrees)")
            ->type_name("DISTANCE");
    }
    Neighbours of(const AreaSet& areas, Session& session) const {
        const std::array<std::string, 2> kinds{"queen", "rook"};
        if (kind != kinds[0] && kind != kinds[1])
            throw UsageError("there are no neighbours '" + kind + "'", {}, did_you_mean(kind, kinds));
        if (snap && !(*snap >= 0 && std::isfinite(*snap)))
            throw UsageError("--snap is " + full_precision(*snap), {}, "give a distance, 0 or more");
        Neighbours found = contiguity(areas, kind == "queen" ? Contiguity::queen : Contiguity::rook, snap);
        session.log.problems.merge(neighbour_problems(areas, found));
        return found;
    }
};

/// A table whose rows are areas of a set, and its numbers in the order of the areas.
class AreaTable {
public:
    void add_options(CLI::App& app) {
        table_.add_options(app);
        areas_input_.add_options(app);
        app.add_option("--area", area_column_, "Column of codes or names; guessed")->type_name("COLUMN");
    }
    void add_prefix_option(CLI::App& app) { table_.add_prefix_option(app); }

    void open(Session& session, std::span<const std::string> count_columns) {
        if (!areas_input_.given()) {
            throw UsageError("it is not said which areas the rows are", {},
                             "name them with --areas: a built-in set (see 'wardmap areas') or a file");
        }
        areas_ = areas_input_.read(session).areas;
        table_.open(session, count_columns);
        const Table used = table_.table().take(table_.rows());
        const Matched matched = match_rows(used, areas_, {.area_column = area_column_});
        session.guessed(matched.guesses);
        Problems& problems = session.log.problems;
        problems.merge(matched.problems);
        area_of_row_ = matched.area_of_row;
        std::vector<std::size_t> first(areas_.size(), used.row_count());
        for (std::size_t row = 0; row < area_of_row_.size(); ++row) {
            if (area_of_row_[row] == no_area) {
                --session.log.ledger.located;
                --session.log.ledger.counted;
                ++session.log.ledger.outside;
                continue;
            }
            std::size_t& place = first[static_cast<std::size_t>(area_of_row_[row])];
            if (place != used.row_count()) {
                const auto area = static_cast<std::size_t>(area_of_row_[row]);
                throw InputError("area " + areas_.codes()[area] + " has two rows, " +
                                     used.where(place).text() + " and " + used.where(row).text(),
                                 {.code = areas_.codes()[area]}, "choose the rows of one group with --where");
            }
            place = row;
        }
    }

    const AreaSet& areas() const noexcept { return areas_; }
    StatsTable& table() noexcept { return table_; }

    std::vector<double> numbers(const std::string& column) { return by_area(table_.numbers(column)); }
    std::vector<double> people(const std::string& column) { return by_area(table_.people(column)); }

    void add(const std::string& name, std::span<const double> of_areas) {
        std::vector<double> out;
        for (const AreaIndex area : area_of_row_)
            out.push_back(area == no_area ? nan : of_areas[static_cast<std::size_t>(area)]);
        table_.add(name, out);
    }
    void add(const std::string& name, const std::vector<std::string>& of_areas) {
        std::vector<std::string> out;
        for (const AreaIndex area : area_of_row_)
            out.push_back(area == no_area ? std::string{} : of_areas[static_cast<std::size_t>(area)]);
        table_.add(name, out);
    }

private:
    std::vector<double> by_area(const std::vector<double>& of_rows) const {
        std::vector<double> out(areas_.size(), nan);
        for (std::size_t row = 0; row < of_rows.size(); ++row) {
            if (area_of_row_[row] != no_area) out[static_cast<std::size_t>(area_of_row_[row])] = of_rows[row];
        }
        return out;
    }

    StatsTable table_{};
    AreasInput areas_input_{};
    std::string area_column_{};
    AreaSet areas_{};
    std::vector<AreaIndex> area_of_row_{};
};

/// Options of a test by permutation.
struct PermutationOptions {
    std::uint32_t permutations;
    std::uint64_t seed = 1;

    void add_options(CLI::App& app) {
        app.add_option("--permutations", permutations, "How many; 0: no p by permutation")->type_name("N");
        app.add_option("--seed", seed, "Another seed draws other permutations")->type_name("N");
    }
};

/// One row an area.
class ContiguityStatistic final : public Command {
public:
    std::string name() const override { return "contiguity"; }
    std::string summary() const override { return "Which areas touch: one row an area"; }
    std::string example() const override { return "wardmap stats contiguity --areas coventry-wards"; }

    void setup(CLI::App& app) override {
        areas_input_.add_options(app);
        neighbours_.add_options(app);
        output_.add_options(app);
    }

    void run(Session& session) override {
        if (!areas_input_.given())
            throw UsageError("it is not said which areas", {}, "name them with --areas");
        const AreaSet areas = areas_input_.read(session).areas;
        const Neighbours found = neighbours_.of(areas, session);
        std::vector<std::string> codes(areas.codes().begin(), areas.codes().end());
        std::vector<std::string> names(areas.names().begin(), areas.names().end());
        std::vector<std::string> lists;
        std::vector<double> counts;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            std::string list;
            for (const AreaIndex j : found.of(i))
                list += (list.empty() ? "" : " ") + codes[static_cast<std::size_t>(j)];
            lists.push_back(std::move(list));
            counts.push_back(static_cast<double>(found.of(i).size()));
        }
        TableMeta meta;
        meta.method = "contiguity " + neighbours_.kind;
        meta.source = areas.source();
        output_.write(
            Table({Column::text("area_code", std::move(codes)), Column::text("area_name", std::move(names)),
                   result_column("neighbour_count", std::move(counts)),
                   Column::text("neighbours", std::move(lists))},
                  meta),
            session);
    }

private:
    AreasInput areas_input_{};
    NeighbourOptions neighbours_{};
    TableOutput output_{};
};

/// One row.
class MoranStatistic final : public Command {
public:
    std::string name() const override { return "moran"; }
    std::string summary() const override { return "Moran's I: are areas like their neighbours? One row"; }
    std::string example() const override {
        return std::string("wardmap stats moran ") + offences + " --value rate_per_100k";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        neighbours_.add_options(app);
        permutation_.add_options(app);
        app.add_option("--value", value_, "Column of numbers")->type_name("COLUMN");
        app.add_option("--style", style_, "A neighbour weighs 1 / their number (row), or 1 (binary)")
            ->type_name("row|binary");
    }

    void run(Session& session) override {
        needed(value_, "--value", "which column holds the values");
        const WeightStyle style = parse_weight_style(style_);
        table_.open(session, {});
        const auto values = table_.numbers(value_);
        const Moran made = moran(values, neighbours_.of(table_.areas(), session),
                                 {permutation_.permutations, permutation_.seed, style, session.threads});
        table_.table().write(Table({result_column("i", {made.i}), result_column("expected", {made.expected}),
                                    result_column("variance", {made.variance}), result_column("z", {made.z}),
                                    result_column("p_two_sided", {made.p_two_sided}),
                                    result_column("p_permutation", {made.p_permutation})}),
                             made.method + ", neighbours " + neighbours_.kind);
    }

private:
    AreaTable table_{};
    NeighbourOptions neighbours_{};
    PermutationOptions permutation_{9999};
    std::string value_{}, style_{"row"};
};

class LocalMoranStatistic final : public Command {
public:
    std::string name() const override { return "local_moran"; }
    std::string summary() const override {
        return "Which areas lie among their like: HH, LL, HL, LH, with p";
    }
    std::string example() const override {
        return std::string("wardmap stats local_moran ") + offences + " --value rate_per_100k";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        neighbours_.add_options(app);
        permutation_.add_options(app);
        app.add_option("--value", value_, "Column of numbers")->type_name("COLUMN");
        app.add_option("--style", style_, "A neighbour weighs 1 / their number (row), or 1 (binary)")
            ->type_name("row|binary");
        app.add_option("--divisor", divisor_, "m2 divided by n (spdep) or n-1 (GeoDa, esda)")
            ->type_name("n|n-1");
    }

    void run(Session& session) override {
        needed(value_, "--value", "which column holds the values");
        LocalMoranOptions options;
        options.permutations = permutation_.permutations;
        options.seed = permutation_.seed;
        options.divisor = parse_moment_divisor(divisor_);
        options.style = parse_weight_style(style_);
        options.threads = session.threads;
        table_.open(session, {});
        const auto values = table_.numbers(value_);
        const LocalMoran made = local_moran(values, neighbours_.of(table_.areas(), session), options);
        std::vector<std::string> patterns;
        for (const LocalPattern pattern : made.pattern) patterns.emplace_back(name_of(pattern));
        table_.add("i", made.i);
        table_.add("z", made.z);
        table_.add("lag", made.lag);
        table_.add("pattern", patterns);
        table_.add("p_greater", made.p_greater);
        table_.add("p_less", made.p_less);
        table_.add("p_two_sided", made.p_two_sided);
        table_.table().write(made.method + ", neighbours " + neighbours_.kind);
    }

private:
    AreaTable table_{};
    NeighbourOptions neighbours_{};
    PermutationOptions permutation_{9999};
    std::string value_{}, style_{"row"}, divisor_{"n"};
};

class GetisOrdStatistic final : public Command {
public:
    std::string name() const override { return "getis_ord"; }
    std::string summary() const override {
        return "Whether high or low values gather about each area: Gi*, Gi";
    }
    std::string example() const override {
        return std::string("wardmap stats getis_ord ") + offences + " --value rate_per_100k";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        neighbours_.add_options(app);
        permutation_.add_options(app);
        app.add_option("--value", value_, "Column of numbers")->type_name("COLUMN");
        app.add_flag("--without-itself", without_itself_, "Gi: the area is left out of its neighbours");
        app.add_option("--style", style_, "Weights; z is the same with either")->type_name("row|binary");
    }

    void run(Session& session) override {
        needed(value_, "--value", "which column holds the values");
        GetisOrdOptions options;
        options.kind = without_itself_ ? GetisOrdKind::gi : GetisOrdKind::gi_star;
        options.style = parse_weight_style(style_);
        options.permutations = permutation_.permutations;
        options.seed = permutation_.seed;
        options.threads = session.threads;
        table_.open(session, {});
        const auto values = table_.numbers(value_);
        const GetisOrd made = getis_ord(values, neighbours_.of(table_.areas(), session), options);
        table_.add("z", made.z);
        table_.add("p_two_sided", made.p_two_sided);
        table_.table().write(made.method + ", neighbours " + neighbours_.kind);
    }

private:
    AreaTable table_{};
    NeighbourOptions neighbours_{};
    PermutationOptions permutation_{0};
    std::string value_{}, style_{"binary"};
    bool without_itself_ = false;
};

class EmpiricalBayesStatistic final : public Command {
public:
    std::string name() const override { return "empirical_bayes"; }
    std::string summary() const override {
        return "Rates drawn towards the whole's, the more the fewer people";
    }
    std::string example() const override {
        return std::string("wardmap stats empirical_bayes ") + offences +
               " \\\n    --count yt_june_2022 --population "
               "examples/coventry/data/coventry_ward_population_mid2020.csv --local";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        table_.add_prefix_option(app);
        neighbours_.add_options(app);
        app.add_option("--count", count_, "Column of events")->type_name("COLUMN");
        app.add_option("--population", population_, "Column of people, or a table of them by area")
            ->type_name("COLUMN|FILE");
        app.add_option("--per", per_, "Rates are per this many people")->type_name("N");
        app.add_flag("--local", local_, "Draw each rate towards that of the area and its neighbours");
    }

    void run(Session& session) override {
        needed(count_, "--count", "which column holds the events");
        needed(population_, "--population", "which column holds the people");
        if (!(per_ > 0)) throw UsageError("--per is " + full_precision(per_), {}, "give a number above 0");
        table_.open(session, std::array{count_});
        const auto counts = table_.numbers(count_), people = table_.people(population_);
        SmoothedRates made = local_ ? empirical_bayes(counts, people, neighbours_.of(table_.areas(), session))
                                    : empirical_bayes(counts, people);
        for (double& rate : made.rates) rate *= per_;
        table_.add("empirical_bayes", made.rates);
        table_.table().write(made.method + ", per " + with_thousands(per_, 0) +
                             (local_ ? ", neighbours " + neighbours_.kind : ""));
    }

private:
    AreaTable table_{};
    NeighbourOptions neighbours_{};
    std::string count_{}, population_{};
    double per_ = 100000;
    bool local_ = false;
};

/// One row a cluster.
class ScanStatistic final : public Command {
public:
    std::string name() const override { return "scan"; }
    std::string summary() const override {
        return "Clusters of events in circles, with p: one row a cluster";
    }
    std::string example() const override {
        return std::string("wardmap stats scan ") + offences +
               " \\\n    --count yt_june_2022 --population "
               "examples/coventry/data/coventry_ward_population_mid2020.csv";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        permutation_.add_options(app);
        app.add_option("--count", count_, "Column of events")->type_name("COLUMN");
        app.add_option("--population", population_, "Column of people, or a table of them by area")
            ->type_name("COLUMN|FILE");
        app.add_option("--x", x_, "Column of each area's place, to the east; else the middle of its shape")
            ->type_name("COLUMN");
        app.add_option("--y", y_, "Column of each area's place, to the north")->type_name("COLUMN");
        app.add_option("--max-share", max_share_, "Of all people in a circle, at most")->type_name("P");
        app.add_option("--max-population", max_population_, "People in a circle, at most")->type_name("N");
        app.add_option("--stop-after", stop_after_,
                       "End once so many replications are as strong; 0: make all")
            ->type_name("N");
    }

    void run(Session& session) override {
        needed(count_, "--count", "which column holds the events");
        needed(population_, "--population", "which column holds the people");
        if (x_.empty() != y_.empty())
            throw UsageError("a place has two numbers", {}, "give both --x and --y, or neither");
        table_.open(session, std::array{count_});
        const auto counts = table_.numbers(count_), people = table_.people(population_);
        std::vector<double> x, y;
        std::string places = ", places the centroids of the shapes, in metres";
        if (x_.empty()) {
            const AreaSet in_metres = reproject(table_.areas(), mapping_crs(table_.areas()));
            for (const MultiPolygon& shape : in_metres.shapes()) {
                const Point middle = shape.empty() ? Point{nan, nan} : centroid(shape);
                x.push_back(middle.x);
                y.push_back(middle.y);
            }
        } else {
            x = table_.numbers(x_);
            y = table_.numbers(y_);
            places = ", places " + x_ + " and " + y_;
        }
        const Scan made = scan(counts, people, x, y,
                               {max_share_, max_population_, permutation_.permutations, permutation_.seed,
                                stop_after_, session.threads});
        std::vector<std::string> members, centres;
        std::array<std::vector<double>, 9> numbers;
        const auto code = [&](AreaIndex i) { return table_.areas().codes()[static_cast<std::size_t>(i)]; };
        for (const ScanCluster& one : made.clusters) {
            std::string list;
            for (const AreaIndex i : one.members) list += (list.empty() ? "" : " ") + code(i);
            members.push_back(std::move(list));
            centres.push_back(code(one.centre));
            const double row[] = {static_cast<double>(numbers[0].size() + 1),
                                  static_cast<double>(one.members.size()),
                                  one.count,
                                  one.expected,
                                  one.rr,
                                  one.llr,
                                  one.p_value,
                                  one.population,
                                  one.radius};
            for (std::size_t c = 0; c < numbers.size(); ++c) numbers[c].push_back(row[c]);
        }
        table_.table().write(
            Table({result_column("cluster", numbers[0]), Column::text("members", std::move(members)),
                   result_column("areas", numbers[1]), result_column("count", numbers[2]),
                   result_column("expected", numbers[3]), result_column("rr", numbers[4]),
                   result_column("llr", numbers[5]), result_column("p_value", numbers[6]),
                   result_column("population", numbers[7]), Column::text("centre", std::move(centres)),
                   result_column("radius", numbers[8])}),
            made.method + places);
    }

private:
    AreaTable table_{};
    PermutationOptions permutation_{999};
    std::string count_{}, population_{}, x_{}, y_{};
    double max_share_ = 0.5;
    std::optional<double> max_population_{};
    std::uint32_t stop_after_ = 0;
};

}  // namespace

void add_neighbour_statistics(Statistics& all) {
    all.push_back(std::make_unique<ContiguityStatistic>());
    all.push_back(std::make_unique<MoranStatistic>());
    all.push_back(std::make_unique<LocalMoranStatistic>());
    all.push_back(std::make_unique<GetisOrdStatistic>());
    all.push_back(std::make_unique<EmpiricalBayesStatistic>());
    all.push_back(std::make_unique<ScanStatistic>());
}

}  // namespace wardmap
