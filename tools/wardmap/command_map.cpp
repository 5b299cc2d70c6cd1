#include "command.hpp"
#include "input_options.hpp"
#include "output_options.hpp"
#include "picture_options.hpp"

#include "wardmap/area/lookup.hpp"
#include "wardmap/area/merge.hpp"
#include "wardmap/io/input_file.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/report/figure_file.hpp"
#include "wardmap/report/map_call.hpp"

namespace wardmap {
namespace {

AreaLabels parse_labels(const std::string& text) {
    if (text == "none") return AreaLabels::none;
    if (text == "name") return AreaLabels::name;
    if (text == "value") return AreaLabels::value;
    if (text == "name,value" || text == "name-and-value") return AreaLabels::name_and_value;
    throw UsageError("labels cannot be '" + text + "'", {}, "there are: none, name, value, name,value");
}

FigureScale parse_scale(const std::string& text) {
    if (text == "shared") return FigureScale::shared;
    if (text == "each") return FigureScale::each;
    throw UsageError("a scale cannot be '" + text + "'", {}, "there are: shared, each");
}

class MapCommand final : public Command {
public:
    std::string name() const override { return "map"; }
    std::string summary() const override { return "A map: shaded areas, circles for counts, or quadrants"; }
    std::string example() const override {
        return "wardmap map examples/coventry/data/needs_assessment/offences_by_ward.csv --areas "
               "coventry-wards --area ward \\\n"
               "    --where marker=alcohol --where 'offence=VIOLENCE WITHOUT INJURY' --value rate_per_100k "
               "-o out/map.svg";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        areas_.add_options(app);
        app.add_option("--area", area_, "Column of area codes or names")->type_name("COLUMN");
        app.add_option("--value", value_, "Column to draw")->type_name("COLUMN");
        app.add_option("--kind", kind_,
                       "choropleth (rates, shares), circles (counts), quadrant (a ward table)")
            ->type_name("KIND");
        app.add_option("--by", by_, "One map for each value of this column; may be repeated")
            ->type_name("COLUMN")
            ->allow_extra_args(false);
        app.add_option("--scale", scale_, "Of several maps: shared or each")->type_name("SCALE");
        app.add_flag("--facets", facets_, "The maps of --by as small ones on one page, with one key");
        constexpr const char* group = "Classes and labels";
        app.add_option("--k", k_, "How many classes")->type_name("N")->group(group);
        app.add_option("--scheme", scheme_, "natural, quantile, equal, pretty, sd, headtail or fixed")
            ->type_name("NAME")
            ->group(group);
        app.add_option("--breaks", breaks_, "Inner edges: 250,400,1000")
            ->type_name("A,B,...")
            ->delimiter(',')
            ->group(group);
        app.add_flag("--no-round-breaks", no_round_, "Keep the edges that the data give")->group(group);
        app.add_option("--palette", palette_, "Colours by name: Blues")->type_name("NAME")->group(group);
        app.add_option("--labels", labels_, "none, name, value, or name,value")
            ->type_name("WHAT")
            ->group(group);
        app.add_option("--label-file", label_file_, "Places of labels, as --data-out writes them")
            ->type_name("FILE.json")
            ->group(group);
        constexpr const char* layers = "Layers";
        app.add_option("--overlay", overlay_, "Outlines on top: impact areas")
            ->type_name("AREAS")
            ->group(layers);
        app.add_option("--overlay-title", overlay_title_, "What they are called: 'Impact areas'")
            ->type_name("TEXT")
            ->group(layers);
        CLI::Option* outline =
            app.add_option("--outline", outline_, "Larger areas, whose borders stand above the areas' own")
                ->type_name("AREAS")
                ->group(layers);
        app.add_option("--outline-lookup", outline_lookup_,
                       "The areas themselves joined into larger ones by this table")
            ->type_name("LOOKUP")
            ->group(layers)
            ->excludes(outline);
        app.add_option("--outline-title", outline_title_, "What they are called: 'Localities'")
            ->type_name("TEXT")
            ->group(layers);
        app.add_option("--context", context_, "Neighbours round the map, pale and named where it fits")
            ->type_name("AREAS")
            ->group(layers);
        app.add_option("--locator", locator_, "A small map of these shows where the areas are")
            ->type_name("AREAS")
            ->group(layers);
        meta_.add_options(app);
        small_numbers_.add_options(app);
        picture_.add_options(app);
    }

    void run(Session& session) override {
        MapRequest request;
        request.kind = parse_map_kind(kind_);
        if (value_.empty() && request.kind != MapKind::quadrant)
            throw UsageError("it is not said what to draw", {}, "name a column with --value");
        if (!areas_.given())
            throw UsageError("a map needs areas", {},
                             "name them with --areas: 'wardmap areas' lists those built in");
        request.scale = parse_scale(scale_);
        request.small_numbers = small_numbers_.parsed();
        MapOptions& options = request.options;
        options.figure = picture_.options("map");
        options.value = value_;
        options.labels = parse_labels(labels_);
        if (!scheme_.empty()) options.scheme = parse_scheme(scheme_);
        if (k_ > 0) options.k = k_;
        options.breaks = breaks_;
        options.round_breaks = no_round_ ? RoundBreaks::no : RoundBreaks::yes;
        options.palette = palette_;

        const ReadTable read = table_.read(session);
        request.table = meta_.apply(read.table);
        request.areas = areas_.read(session).areas;
        request.area_column = area_;
        request.by = by_;
        if (!label_file_.empty())
            options.label_positions = labels_from_json(read_input(label_file_), label_file_);
        options.label_file = label_file_;
        options.overlay = layer(overlay_, session);
        options.overlay_title = overlay_title_;
        options.outlines = layer(outline_, session);
        options.outline_title = outline_title_;
        if (!outline_lookup_.empty()) {
            const ReadTable lookup_table = read_plain_table(outline_lookup_, session);
            const Lookup lookup = make_lookup(lookup_table.table, request.areas, session.log.problems);
            session.guessed(lookup.guesses());
            options.outlines = merge_areas(request.areas, lookup);
        }
        options.context = layer(context_, session);
        options.locator = layer(locator_, session);
        request.facets = facets_ ? Facets::yes : Facets::no;
        session.log.parameter("value", value_);
        session.log.parameter("kind", kind_);
        session.log.parameter("small_numbers", small_numbers_.rule);

        const FigureResult made = draw_maps(request, liberation_sans());
        session.guessed(made.guesses);
        session.log.problems.merge(made.problems);
        session.log.ledger.add(made.ledger);
        session.log.ledger.rows_read += read.rows_filtered;
        session.log.ledger.filtered += read.rows_filtered;
        for (const MatchReport& match : made.matches) session.say("matched: " + match.text());
        picture_.write(made.figures, session);
    }

private:
    static std::optional<AreaSet> layer(const std::string& source, Session& session) {
        if (source.empty()) return std::nullopt;
        AreasInput input;
        input.source = source;
        return input.read(session).areas;
    }

    TableInput table_{};
    AreasInput areas_{};
    MetaInput meta_{};
    SmallNumbersInput small_numbers_{};
    PictureInput picture_{};
    std::string area_{}, value_{}, kind_{"choropleth"}, scale_{"shared"}, scheme_{}, palette_{},
        labels_{"name,value"}, label_file_{}, overlay_{}, overlay_title_{}, outline_{}, outline_lookup_{},
        outline_title_{}, context_{}, locator_{};
    std::vector<std::string> by_{};
    std::size_t k_ = 0;
    std::vector<double> breaks_{};
    bool no_round_ = false;
    bool facets_ = false;
};

}  // namespace

std::unique_ptr<Command> map_command() {
    return std::make_unique<MapCommand>();
}

}  // namespace wardmap
