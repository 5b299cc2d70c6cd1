#include "statistics.hpp"
#include "stats_table.hpp"

#include "wardmap/area/area_parts.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/report/indicator_call.hpp"

#include <array>
#include <cmath>
#include <numeric>

namespace wardmap {
namespace {

/// The two sets of areas, and the values of the first.
struct TwoSets {
    AreasInput from{}, to{};
    std::string area{}, value{};

    void add_options(CLI::App& app) {
        app.add_option("--from-areas", from.source, "The areas that the table's rows are of")
            ->type_name("AREAS")
            ->group("Areas");
        to.add_options(app);
        app.add_option("--area", area, "Column of their codes or names (guessed if not given)")
            ->type_name("COLUMN");
        app.add_option("--value", value, "Column of values, or people")->type_name("COLUMN");
    }
    void check() const {
        needed(from.source, "--from-areas", "which areas the table's rows are of");
        needed(to.source, "--areas", "which areas to bring them to");
        needed(value, "--value", "which column to take");
    }
    /// One value an area of `areas`; NaN where the table has none.
    std::vector<double> values_of(const Table& table, const AreaSet& areas, Session& session) const {
        std::vector<std::string> guesses;
        std::vector<MatchReport> matches;
        const PopulationInput input{.table = table, .area_column = area, .column = value};
        const Column found = population_of_areas(input, areas, session.log.problems, guesses, matches);
        session.guessed(guesses);
        for (const MatchReport& match : matches) session.say("matched: " + match.text());
        return {found.numbers().begin(), found.numbers().end()};
    }
};

std::vector<Column> area_columns(const AreaSet& areas) {
    return {Column::text("area_code", {areas.codes().begin(), areas.codes().end()}),
            Column::text("area_name", {areas.names().begin(), areas.names().end()})};
}

/// One row an area of --areas.
class InterpolateStatistic final : public Command {
public:
    std::string name() const override { return "interpolate"; }
    std::string summary() const override {
        return "Values of areas brought to other areas by surface: one row for each of these";
    }
    std::string example() const override {
        return "wardmap stats interpolate examples/coventry/data/coventry_ward_population_mid2020.csv \\\n"
               "    --from-areas coventry-wards --areas examples/statistics/coventry_halves.geojson --value "
               "all_ages";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        sets_.add_options(app);
        app.add_option("--kind", kind_, "sum (counts, people) or mean (rates, scores)")->type_name("KIND");
        app.add_flag("--share-out-rest", share_out_rest_,
                     "What lies in no area goes with the rest of its own: for two outlines of one place");
    }

    void run(Session& session) override {
        sets_.check();
        const Interpolation kind = parse_interpolation(kind_);
        table_.open(session, kind == Interpolation::sum ? std::vector<std::string>{sets_.value}
                                                        : std::vector<std::string>{});
        const AreaSet from = sets_.from.read(session).areas, to = sets_.to.read(session).areas;
        const auto values = sets_.values_of(table_.table(), from, session);
        const Interpolated made = interpolate(values, parts_by_surface(from, to, session.threads), kind,
                                              share_out_rest_ ? Rest::shared_out : Rest::left_out);
        const std::string left_out = kind == Interpolation::sum
                                         ? with_thousands(made.left_out, 1) + " of " + sets_.value
                                         : with_thousands(100 * made.left_out, 2) + "% of the surface";
        if (made.left_out > 0) {
            session.log.problems.add(Severity::note, "left_out",
                                     "part of the areas lies in none of the others: " + left_out,
                                     {.file = table_.table().origin().file, .column = sets_.value});
        }
        std::vector<Column> columns = area_columns(to);
        columns.push_back(result_column(sets_.value, made.values));
        table_.write(Table(std::move(columns)), kind_ + " by surface; in no area: " + left_out);
    }

private:
    StatsTable table_{};
    TwoSets sets_{};
    std::string kind_{"sum"};
    bool share_out_rest_ = false;
};

/// One row an area of --from-areas.
class LookupStatistic final : public Command {
public:
    std::string name() const override { return "lookup"; }
    std::string summary() const override {
        return "Which area each small area belongs to, by surface, centre or finer units, and what that "
               "loses";
    }
    std::string example() const override {
        return "wardmap stats lookup examples/statistics/output_areas.csv --by units --from-column "
               "small_area \\\n"
               "    --to-column ward --value people";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        sets_.add_options(app);
        app.add_option("--by", by_,
                       "surface (most of it), centre (its centre of mass) or units (most people)")
            ->type_name("HOW");
        app.add_option("--from-column", from_column_, "By units: column of the small area each row lies in")
            ->type_name("COLUMN");
        app.add_option("--to-column", to_column_, "By units: column of the area each row lies in")
            ->type_name("COLUMN");
    }

    void run(Session& session) override {
        if (by_ == "units") return by_units(session);
        if (by_ != "surface" && by_ != "centre") {
            throw UsageError("a lookup cannot be made by '" + by_ + "'", {},
                             "there are: surface, centre, units");
        }
        sets_.check();
        table_.open(session, {});
        const AreaSet from = sets_.from.read(session).areas, to = sets_.to.read(session).areas;
        const auto people = sets_.values_of(table_.table(), from, session);
        const AreaParts parts = parts_by_surface(from, to, session.threads);
        const auto chosen = by_ == "surface" ? largest_part(parts) : target_of_centre(from, to);
        const auto share = share_in(parts, chosen);
        std::vector<double> placed;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (chosen[i] != no_area) {
                placed.push_back(people[i]);
                continue;
            }
            session.log.problems.add(Severity::warning, "in_no_area", "small areas lie in none of the areas",
                                     {.file = sets_.from.source, .code = from.codes()[i]}, from.names()[i]);
        }
        finish(lookup_table(from, to, chosen, share), placed, session);
    }

private:
    /// The people that a whole choice puts elsewhere, by the share that lies there.
    void finish(const Table& lookup, const std::vector<double>& people, Session& session) const {
        std::vector<double> elsewhere;
        double all = 0, lost = 0;
        for (std::size_t row = 0; row < people.size(); ++row) {
            elsewhere.push_back(people[row] * (1 - lookup.column("share").number(row)));
            if (std::isnan(elsewhere.back())) continue;
            all += people[row];
            lost += elsewhere.back();
        }
        const std::string said = "about " + with_thousands(lost, 0) + " of " + with_thousands(all, 0) + " " +
                                 sets_.value + " (" + with_thousands(all > 0 ? 100 * lost / all : 0, 1) +
                                 "%) lie in another area than the one chosen";
        session.say(said);
        table_.write(lookup.with(result_column(sets_.value, people))
                         .with(result_column("elsewhere", std::move(elsewhere))),
                     "lookup by " + by_ + "; " + said);
    }

    void by_units(Session& session) {
        needed(from_column_, "--from-column", "which column holds the small areas");
        needed(to_column_, "--to-column", "which column holds the areas");
        table_.open(session, {});
        const TextGroups from = groups_of(table_.texts(from_column_)),
                         to = groups_of(table_.texts(to_column_));
        const auto people =
            sets_.value.empty() ? std::vector<double>(table_.size(), 1.0) : table_.numbers(sets_.value);
        if (sets_.value.empty()) sets_.value = "units";
        std::vector<AreaIndex> source_of, target_of;
        for (std::size_t row = 0; row < people.size(); ++row) {
            source_of.push_back(static_cast<AreaIndex>(from.group_of_row[row]));
            target_of.push_back(static_cast<AreaIndex>(to.group_of_row[row]));
        }
        const AreaParts parts =
            parts_by_units(source_of, target_of, people, from.names.size(), to.names.size());
        const auto chosen = largest_part(parts);
        const auto share = share_in(parts, chosen);
        std::vector<std::string> codes, areas;
        std::vector<double> shares, placed;
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            if (chosen[i] == no_area) {
                session.log.problems.add(Severity::warning, "in_no_area",
                                         "small areas have nobody in any of the areas", {}, from.names[i]);
                continue;
            }
            codes.push_back(from.names[i]);
            areas.push_back(to.names[static_cast<std::size_t>(chosen[i])]);
            shares.push_back(share[i]);
            placed.push_back(parts.source_weight[i]);
        }
        finish(
            Table({Column::text("from_code", std::move(codes)), Column::text("area_code", std::move(areas)),
                   Column::numbers("share", std::move(shares))}),
            placed, session);
    }

    StatsTable table_{};
    TwoSets sets_{};
    std::string by_{"surface"}, from_column_{}, to_column_{};
};

/// One row an area of --areas.
class WeightedCentresStatistic final : public Command {
public:
    std::string name() const override { return "weighted_centres"; }
    std::string summary() const override {
        return "The mean place of the people of each area, from small areas within it";
    }
    std::string example() const override {
        return "wardmap stats weighted_centres examples/coventry/data/coventry_ward_population_mid2020.csv "
               "\\\n"
               "    --from-areas coventry-wards --areas examples/statistics/coventry_halves.geojson --value "
               "all_ages";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        sets_.add_options(app);
    }

    void run(Session& session) override {
        sets_.check();
        table_.open(session, {});
        const AreaSet from = sets_.from.read(session).areas, to = sets_.to.read(session).areas;
        auto people = sets_.values_of(table_.table(), from, session);
        std::vector<Point> centres;
        for (std::size_t i = 0; i < from.size(); ++i) {
            const MultiPolygon& shape = from.shapes()[i];
            centres.push_back(shape.empty() ? Point{} : centroid(shape));
            if (shape.empty()) people[i] = 0;
        }
        const auto made = weighted_centres(centres, people, target_of_centre(from, to), to.size());
        std::vector<double> x, y;
        for (const Point point : made) {
            x.push_back(point.x);
            y.push_back(point.y);
        }
        std::vector<Column> columns = area_columns(to);
        columns.push_back(result_column("x", std::move(x)));
        columns.push_back(result_column("y", std::move(y)));
        table_.write(Table(std::move(columns)), "centres of " + std::to_string(from.size()) +
                                                    " areas weighted by " + sets_.value + ", in " +
                                                    from.crs().definition);
    }

private:
    StatsTable table_{};
    TwoSets sets_{};
};

}  // namespace

void add_areal_statistics(Statistics& all) {
    all.push_back(std::make_unique<InterpolateStatistic>());
    all.push_back(std::make_unique<LookupStatistic>());
    all.push_back(std::make_unique<WeightedCentresStatistic>());
}

}  // namespace wardmap
