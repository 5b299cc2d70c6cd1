#include "command.hpp"
#include "input_options.hpp"

#include "wardmap/area/coverage.hpp"
#include "wardmap/area/lookup.hpp"
#include "wardmap/area/merge.hpp"
#include "wardmap/area/vintage.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/builtin_areas.hpp"
#include "wardmap/io/write_layer.hpp"
#include "wardmap/io/write_table.hpp"

namespace wardmap {
namespace {

class AreasCommand final : public Command {
public:
    std::string name() const override { return "areas"; }
    std::string summary() const override {
        return "List the built-in areas, describe a boundary file, write or merge areas";
    }
    std::string example() const override {
        return "wardmap areas boundaries/coventry-wards.geojson\n"
               "  wardmap areas coventry-wards -o out/wards.gpkg";
    }

    void setup(CLI::App& app) override {
        app.add_option("AREAS", areas_.source, "Built-in name or boundary file; none: list the built-in sets")
            ->type_name("AREAS");
        areas_.add_field_options(app);
        app.add_option("--merge", lookup_,
                       "Join areas by a table: code of the area, then the locality it belongs to")
            ->type_name("LOOKUP");
    }

    void run(Session& session) override {
        if (!areas_.given()) return list(session);
        const ReadAreas read = areas_.read(session);
        AreaSet areas = read.areas;
        if (!lookup_.empty()) {
            const ReadTable table = read_plain_table(lookup_, session);
            const Lookup lookup = make_lookup(table.table, areas, session.log.problems);
            session.guessed(lookup.guesses());
            areas = merge_areas(areas, lookup);
            if (session.outputs.empty())
                session.say("merged into " + counted(areas.size(), areas.noun()) + "; -o FILE writes them");
        }
        if (session.outputs.empty()) return describe(read, areas, session);
        for (const std::string& path : session.outputs) {
            const LayerToWrite layer{
                .name = areas.whole().empty() ? "areas" : areas.whole() + " " + areas.noun() + "s",
                .areas = areas};
            if (path == "-") {
                session.write_stdout(layer_bytes(layer, LayerFormat::geojson));
            } else {
                write_layer(path, layer, session.overwrite());
                session.wrote(path);
            }
        }
    }

private:
    void list(Session& session) const {
        std::vector<std::string> names, crs, sources;
        std::vector<double> counts;
        for (const BuiltinAreas& set : builtin_areas()) {
            names.push_back(set.name);
            counts.push_back(static_cast<double>(set.areas));
            crs.push_back(set.crs);
            sources.push_back(set.source);
        }
        const Table table({Column::text("name", names), Column::numbers("areas", counts),
                           Column::text("crs", crs), Column::text("source", sources)});
        if (session.outputs.empty()) return session.write_stdout(table_csv(table, {}));
        for (const std::string& path : session.outputs) {
            write_table(path, table, {}, session.overwrite());
            session.wrote(path);
        }
    }

    static void describe(const ReadAreas& read, const AreaSet& areas, Session& session) {
        std::string text;
        const auto line = [&](const std::string& label, const std::string& value) {
            if (!value.empty()) text += label + ": " + value + "\n";
        };
        line("areas",
             counted(areas.size(), areas.noun()) + (areas.whole().empty() ? "" : " of " + areas.whole()));
        line("coordinate system", areas.crs().definition);
        line("vintage", areas.vintage().empty() ? code_vintage(areas.codes()) : areas.vintage());
        const Box box = areas.box();
        const int decimals = box.max_x > 400 ? 0 : 5;
        line("extent",
             "x " + with_thousands(box.min_x, decimals) + " to " + with_thousands(box.max_x, decimals) +
                 ", y " + with_thousands(box.min_y, decimals) + " to " + with_thousands(box.max_y, decimals));
        std::string fields;
        for (const FieldInfo& field : read.fields) fields += (fields.empty() ? "" : ", ") + field.name;
        line("fields", fields);
        const CoverageReport coverage = check_coverage(areas);
        text += coverage_text(coverage, areas);
        session.log.problems.merge(coverage_problems(coverage, areas));
        for (const std::string& credit : areas.attribution()) line("attribution", credit);
        session.write_stdout(text);
    }

    AreasInput areas_{};
    std::string lookup_{};
};

}  // namespace

std::unique_ptr<Command> areas_command() {
    return std::make_unique<AreasCommand>();
}

}  // namespace wardmap
