#include "wardmap/report/impact_file.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/report/toml_handle.hpp"

#include <fstream>
#include <iterator>

namespace wardmap {
namespace {

constexpr std::string_view example =
    R"(# What an impact area is. Every key has this default; delete what you do not change.
name = "Impact areas"
[units]                   # what is joined together
kind = "areas"            # the areas given, or "hexagons" laid over them
size_m = 500              # of hexagons: metres between opposite sides
[budget]
residents_share = 0.10    # all impact areas together hold at most this share of residents
areas = 0                 # instead: at most this many areas; 0: by residents
[area]
population = [1500, 10000]  # residents of each; a single unit above may stand alone
contiguity = "queen"      # "queen": borders meet, if only in a point; "rook": along a stretch
compactness_min = 0.2     # 4 pi surface / perimeter squared; a disc has 1, a ribbon nearly 0
[measure]
use = "crime"             # "crime" (events), "harm" (events by weight) or "both" (both must be met)
per = "residents"         # "residents", "workday" (people there in the daytime) or "area" (square kilometres)
years = 3                 # the latest full years
markers = []              # e.g. ["alcohol"]: only events with one of these markers
exclude_kinds = []        # e.g. ["Possession of drugs"]
[harm]
weights = ""              # a file of your own with columns kind and weight, from this file's folder
exclude_proactive = true  # offences that police activity finds have no harm (column proactive of the weights)
[deprivation]
require = true            # residents of each area live in the most deprived deciles ...
deciles = [1, 2]
share = 0.5               # ... at least this share of them
[method]
choose = "A"              # A rank, B local statistics, C scan, D growth, E must-meet; all are run for comparison
seed = 1
permutations = 999
level = 0.05              # false discoveries of B, p of C
must_meet_share = 0.2     # E: units in the top of this share by crime and by harm
# [[exclude]]             # places left out, each with its reason; may be repeated
# unit = "E01009642"
# reason = "Prison: incidents are those of one address"
)";

std::size_t whole(TomlEntry& entry, std::string_view key, std::size_t otherwise) {
    const double value = entry.number(key, static_cast<double>(otherwise));
    if (value < 0 || value != static_cast<double>(static_cast<std::size_t>(value)))
        throw InputError(
            "'" + std::string(key) + "' of " + entry.name() + " should be a whole number from 0 upwards",
            entry.where());
    return static_cast<std::size_t>(value);
}

/// The one table of a name, if it is there.
template <class Read>
void with_table(TomlEntry& top, std::string_view key, const Read& read) {
    for (TomlEntry& entry : top.entries(key, "[" + std::string(key) + "]")) {
        read(entry);
        entry.finish();
    }
}

}  // namespace

std::string impact_example() {
    return std::string(example);
}

ImpactDefinition parse_impact_definition(std::string_view text, const std::filesystem::path& path) {
    const toml::table root = parse_toml(text, path);
    TomlEntry top(root, "the definition", path);
    ImpactDefinition out;
    out.name = top.text("name", out.name);
    with_table(top, "units", [&](TomlEntry& units) {
        const std::string kind = units.text("kind", "areas");
        const double size = units.number("size_m", 500);
        if (kind != "areas" && kind != "hexagons")
            throw InputError("'kind' of [units] cannot be '" + kind + "'", units.where(),
                             "there are: areas, hexagons");
        out.hexagon_m = kind == "hexagons" ? size : 0;
    });
    with_table(top, "budget", [&](TomlEntry& budget) {
        out.residents_share = budget.number("residents_share", out.residents_share);
        out.areas = whole(budget, "areas", out.areas);
    });
    with_table(top, "area", [&](TomlEntry& area) {
        const std::vector<double> population = area.numbers("population");
        if (!population.empty()) {
            if (population.size() != 2)
                throw InputError("'population' of [area] should be two numbers, least and most",
                                 area.where());
            out.population_min = population[0];
            out.population_max = population[1];
        }
        const std::string contiguity = area.text("contiguity", "queen");
        if (contiguity != "queen" && contiguity != "rook")
            throw InputError("'contiguity' of [area] cannot be '" + contiguity + "'", area.where(),
                             "there are: queen, rook");
        out.contiguity = contiguity == "rook" ? Contiguity::rook : Contiguity::queen;
        out.compactness_min = area.number("compactness_min", out.compactness_min);
    });
    with_table(top, "measure", [&](TomlEntry& measure) {
        out.measure = parse_impact_measure(measure.text("use", "crime"));
        out.denominator = parse_impact_denominator(measure.text("per", "residents"));
        out.years = whole(measure, "years", out.years);
        out.markers = measure.texts("markers");
        out.exclude_kinds = measure.texts("exclude_kinds");
    });
    with_table(top, "harm", [&](TomlEntry& harm) {
        if (const std::string weights = harm.text("weights"); !weights.empty())
            out.harm_weights = (path.parent_path() / weights).lexically_normal().string();
        out.exclude_proactive = harm.flag("exclude_proactive", out.exclude_proactive);
    });
    with_table(top, "deprivation", [&](TomlEntry& deprivation) {
        out.require_deprived = deprivation.flag("require", out.require_deprived);
        const std::vector<double> deciles = deprivation.numbers("deciles");
        if (!deciles.empty()) {
            out.deciles.clear();
            for (const double decile : deciles) out.deciles.push_back(static_cast<int>(decile));
        }
        out.deprived_share = deprivation.number("share", out.deprived_share);
    });
    with_table(top, "method", [&](TomlEntry& method) {
        out.method = parse_impact_method(method.text("choose", "A"));
        out.seed = whole(method, "seed", out.seed);
        out.permutations = whole(method, "permutations", out.permutations);
        out.level = method.number("level", out.level);
        out.must_meet_share = method.number("must_meet_share", out.must_meet_share);
    });
    for (TomlEntry& entry : top.entries("exclude", "[[exclude]]")) {
        ImpactExclusion one{entry.text("unit"), entry.text("reason")};
        entry.finish();
        if (one.unit.empty() && one.reason.empty()) continue;  // the empty one of the specification's example
        if (one.unit.empty() || one.reason.empty())
            throw InputError("[[exclude]] needs a unit and a reason", entry.where(),
                             "say why a place is left out: it is printed");
        out.exclude.push_back(std::move(one));
    }
    top.finish();
    out.check();
    return out;
}

ImpactDefinition read_impact_definition(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw FileMissing("there is no such file", {.file = path.string()},
                          "'wardmap impact --example' prints one to begin with");
    }
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return parse_impact_definition(text, path);
}

}  // namespace wardmap
