#include "command.hpp"
#include "event_options.hpp"
#include "input_options.hpp"
#include "output_options.hpp"
#include "picture_options.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/base/output_file.hpp"
#include "wardmap/report/impact_call.hpp"
#include "wardmap/report/impact_file.hpp"
#include "wardmap/report/impact_outputs.hpp"

#include <cmath>
#include <optional>
#include <string_view>

namespace wardmap {
namespace {

class ImpactCommand final : public Command {
public:
    std::string name() const override { return "impact"; }
    std::string summary() const override {
        return "Impact areas: small areas of disproportionate crime, deprivation and harm, with their "
               "defence";
    }
    std::string example() const override { return "wardmap impact --example > out/impact.toml"; }

    void setup(CLI::App& app) override {
        app.add_option("UNITS", units_,
                       "Areas to be joined (built-in name or boundary file), or hex:METRES over --areas")
            ->type_name("UNITS");
        app.add_flag("--example", example_,
                     "Print a definition file with every key, its default and what it means");
        app.add_option("--definition", definition_, "What an impact area is (defaults where not given)")
            ->type_name("FILE.toml");
        app.add_option("--events", events_.inputs, "Events: files, folders, patterns; may be repeated")
            ->type_name("EVENTS")
            ->allow_extra_args(false);
        app.add_option("--population", population_, "People by unit (of hexagons: by area)")
            ->type_name("FILE");
        app.add_option("--population-column", population_column_, "Its column of people")
            ->type_name("COLUMN");
        app.add_option("--workday", workday_, "People there in the daytime, as --population")
            ->type_name("FILE");
        app.add_option("--imd", imd_,
                       "Deciles of deprivation by unit, or by small area with a column of the areas")
            ->type_name("FILE");
        app.add_option("--lookup", lookup_,
                       "From the small areas of --imd to the areas, where --imd has no column of them")
            ->type_name("FILE");
        app.add_option("--harm", harm_,
                       "Weights: columns kind and weight, also proactive (yes, no) and version")
            ->type_name("FILE");
        app.add_option("--needles", needles_, "Needle finds by unit (of hexagons: by area)")
            ->type_name("FILE");
        app.add_option("--needles-column", needles_column_, "Its column of finds")->type_name("COLUMN");
        app.add_option("--existing", existing_,
                       "Impact areas that are there: scored by the same measures, and monitored")
            ->type_name("POLYGONS");
        app.add_option("--ring", ring_, "Around existing areas, for displacement")->type_name("METRES");
        app.add_option("--nominations", nominations_, "Units named by partners; kept apart from the score")
            ->type_name("FILE");
        app.add_option("--last-month", last_month_,
                       "Last month of the last year: 2022-06 (the latest full year)")
            ->type_name("YYYY-MM");
        app.add_option("--units-out", units_out_, "Also write the table of units")->type_name("FILE");
        app.add_option("--reruns-out", reruns_out_, "Also write the table of reruns of the defence")
            ->type_name("FILE");
        app.add_option(
               "--summary-out", summary_out_,
               "Also write the figures of all areas together: concentration, one year ahead, year on year")
            ->type_name("FILE");
        app.add_flag("--no-defence", no_defence_, "Leave out the reruns and resampled counts");
        events_.add_place_options(app);
        constexpr const char* group = "Events";
        app.add_option("--date", events_.columns.date, "Column of dates (guessed: Month, Date)")
            ->type_name("COLUMN")
            ->group(group);
        app.add_option("--date-order", events_.date_order, "day-first or month-first")
            ->type_name("ORDER")
            ->group(group);
        app.add_option("--kind", events_.columns.by,
                       "Column of kinds of event, which weights and exclude_kinds name")
            ->type_name("COLUMN")
            ->allow_extra_args(false)
            ->group(group);
        app.add_option("--marker", events_.columns.markers,
                       "Column of yes and no whose share is given; may be repeated")
            ->type_name("COLUMN")
            ->allow_extra_args(false)
            ->group(group);
        constexpr const char* words = "Words";
        app.add_option("--measure", measure_, "What the events are, in lower case: 'recorded crime'")
            ->type_name("TEXT")
            ->group(words);
        app.add_option("--source", source_, "Who published them, for the source line")
            ->type_name("TEXT")
            ->group(words);
        small_.add_options(app);
        areas_.add_options(app);
        picture_.add_options(app);
    }

    void run(Session& session) override {
        if (example_) {
            session.write_stdout(impact_example());
            return;
        }
        ImpactAsk ask;
        for (const std::string& path : session.outputs)
            if (path != "-") {
                (void)impact_output_of(path);
                check_output(path, session.overwrite());
            }
        if (units_.empty())
            throw UsageError("it is not said what impact areas are made of", {},
                             "name units of areas, or hex:500 with --areas");
        if (!definition_.empty()) ask.inputs.definition = read_impact_definition(definition_);
        if (events_.columns.by.size() > 1) throw UsageError("events have one kind", {}, "give --kind once");
        ask.inputs.source = events_.source(session);
        ask.inputs.counter.snap_m = events_.snap_m;
        ask.inputs.last_month = last_month_;
        if (const auto size = hexagon_size(units_)) {
            if (!areas_.given())
                throw UsageError("hexagons need areas to lie over", {}, "name them with --areas");
            ask.inputs.hexagon_m = *size;
        } else {
            AreasInput units;
            units.source = units_;
            const AreaSet read = units.read(session).areas;
            if (ask.inputs.definition.hexagon_m > 0) {
                ask.inputs.areas = read;
            } else {
                ask.inputs.units = read;
            }
        }
        if (areas_.given()) ask.inputs.areas = areas_.read(session).areas;
        ask.inputs.population = people(population_, population_column_, session);
        ask.inputs.workday = people(workday_, {}, session);
        ask.inputs.needles = people(needles_, needles_column_, session);
        if (!imd_.empty()) ask.inputs.imd = read_plain_table(imd_, session).table;
        if (!lookup_.empty())
            ask.inputs.imd_lookup = read_lookup(
                lookup_, ask.inputs.areas.size() > 0 ? ask.inputs.areas : ask.inputs.units, session);
        const std::string harm = !harm_.empty() ? harm_ : ask.inputs.definition.harm_weights;
        if (!harm.empty()) ask.inputs.harm = read_plain_table(harm, session).table;
        if (!nominations_.empty()) ask.inputs.nominations = read_plain_table(nominations_, session).table;
        if (!existing_.empty()) {
            AreasInput existing;
            existing.source = existing_;
            ask.existing = existing.read(session).areas;
        }
        ask.ring_m = ring_;
        if (!measure_.empty()) ask.measure = measure_;
        ask.source = source_;
        ask.small_numbers = small_.parsed();
        ask.defence = no_defence_ ? DefencePack::left_out : DefencePack::made;
        for (const std::string& words : definition_words(ask.inputs.definition))
            session.log.parameter("definition", words);

        ImpactResult made = find_impact_areas(ask);
        if (const std::size_t small = small_impact_counts(made);
            small > 0 && !ask.small_numbers.applies() && (!units_out_.empty() || !session.outputs.empty()))
            made.inputs.problems.add(Severity::note, "small_cells",
                                     "counts are 1 to 4; --small-numbers under:5 would withhold them", {}, {},
                                     small);
        note_events(made.inputs.counted.read, made.inputs.guesses, made.inputs.counted.counted.ledger,
                    made.inputs.problems, session);
        session.say(made.paragraph);
        for (const ImpactAreaReport& area : made.areas)
            session.say(area.code + " " + area.name + ": " + with_thousands(area.score.residents, 0) +
                        " residents, " +
                        (std::isfinite(area.score.events) ? with_thousands(area.score.events, 0) + " events"
                                                          : std::string("events withheld [c]")) +
                        (area.standing ? ", " + std::string(name_of(*area.standing)) : std::string{}));
        if (made.monitored) session.say(made.monitored->sentence);
        write(made, session);
    }

private:
    static std::optional<PopulationInput> people(const std::string& file, const std::string& column,
                                                 Session& session) {
        if (file.empty()) return std::nullopt;
        PopulationInput input;
        input.table = read_plain_table(file, session).table;
        input.column = column;
        input.year = population_year(file);
        return input;
    }

    void write(const ImpactResult& made, Session& session) const {
        ImpactFileOptions options;
        options.figure = picture_.options("impact-map");
        options.dpi = picture_.dpi;
        options.document.created_s = time_of_creation();
        options.document.template_file = picture_.template_file;
        TableOutput tables;
        const std::vector<std::string> all = session.outputs;
        std::vector<std::string> of_tables;
        for (const std::string& path : all) {
            if (path == "-" || impact_output_of(path) == ImpactOutput::table) {
                of_tables.push_back(path);
                continue;
            }
            write_impact_file(path, made, options, session.overwrite());
            session.wrote(path);
        }
        if (!of_tables.empty() || all.empty()) {
            session.outputs = of_tables;
            tables.write(made.table, session);
        }
        for (const auto& [path, table] :
             {std::pair{&units_out_, &made.units}, std::pair{&reruns_out_, &made.scenarios},
              std::pair{&summary_out_, &made.summary}})
            if (!path->empty()) {
                session.outputs = {*path};
                tables.write(*table, session);
            }
        session.outputs = all;
    }

    EventsInput events_{};
    AreasInput areas_{};
    PictureInput picture_{};
    SmallNumbersInput small_{};
    std::string units_{}, definition_{}, population_{}, population_column_{}, workday_{}, imd_{}, lookup_{},
        harm_{}, needles_{}, needles_column_{}, existing_{}, nominations_{}, last_month_{}, units_out_{},
        reruns_out_{}, summary_out_{}, measure_{}, source_{};
    double ring_ = 300;
    bool example_ = false, no_defence_ = false;
};

}  // namespace

std::unique_ptr<Command> impact_command() {
    return std::make_unique<ImpactCommand>();
}

}  // namespace wardmap
