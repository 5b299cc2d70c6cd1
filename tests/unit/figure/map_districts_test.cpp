/// Maps of districts taken at random from England's wards: what nobody looked at one by one must hold.
#include "map_material.hpp"
#include "wardmap/figure/choropleth.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>

using namespace wardmap;
using namespace wardmap::testing;

namespace {

/// England's wards by district, read once; empty where the file, or the module that reads it, is not there.
const std::map<std::string, AreaSet>& districts() {
    static const std::map<std::string, AreaSet> all = [] {
        std::map<std::string, AreaSet> out;
        const std::string file = WARDMAP_SOURCE_DIR "/../shared/data/boundaries/england_wards.fgb";
        if (!std::filesystem::exists(file)) {
            MESSAGE("skipped: " << file << " is not there");
            return out;
        }
        const AreaSet wards = read_areas(file).areas;
        std::map<std::string, AreaSetParts> parts;
        for (std::size_t i = 0; i < wards.size(); ++i) {
            AreaSetParts& one = parts[wards.parents()[i]];
            one.crs = wards.crs();
            one.noun = "ward";
            one.codes.push_back(wards.codes()[i]);
            one.names.push_back(wards.names()[i]);
            one.shapes.push_back(wards.shapes()[i]);
        }
        for (auto& [code, one] : parts) out.emplace(code, AreaSet(std::move(one)));
        return out;
    }();
    return all;
}

/// The same districts on every run and machine: a linear congruence of Knuth's, seeded once.
std::vector<std::string> some_districts(std::size_t wanted) {
    std::vector<std::string> codes;
    for (const auto& [code, areas] : districts()) codes.push_back(code);
    std::vector<std::string> out;
    std::uint64_t state = 20261126;
    while (out.size() < std::min(wanted, codes.size())) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const std::string& code = codes[(state >> 33) % codes.size()];
        if (std::find(out.begin(), out.end(), code) == out.end()) out.push_back(code);
    }
    return out;
}

Table rates_of(const AreaSet& areas) {
    std::vector<double> values;
    for (std::size_t i = 0; i < areas.size(); ++i) values.push_back(static_cast<double>(i * 7919 % 1500));
    TableMeta meta;
    meta.measure = "noise complaints";
    meta.unit = "complaints";
    meta.per = 100000;
    return value_table(areas, "rate", values, meta);
}

}  // namespace

TEST_CASE("districts at random: no label over another, each in its area, led to or numbered, none lost") {
    std::size_t inside = 0;
    std::size_t all = 0;
    for (const std::string& code : some_districts(48)) {
        CAPTURE(code);
        const AreaSet& areas = districts().at(code);
        for (const AreaLabels labels : {AreaLabels::name, AreaLabels::name_and_value}) {
            MapOptions options;
            options.labels = labels;
            const Figure figure = choropleth(rates_of(areas), areas, options, liberation_sans());
            const LabelCheck check = check_labels(figure);
            CHECK_MESSAGE(check.overlaps.empty(), (check.overlaps.empty() ? "" : check.overlaps.front()));
            CHECK_MESSAGE(check.outside.empty(), (check.outside.empty() ? "" : check.outside.front()));
            const auto faults = text_faults(figure, liberation_sans());
            CHECK_MESSAGE(faults.empty(), (faults.empty() ? "" : faults.front()));
            // Every area has a label, or the log says that it has none.
            for (std::size_t i = 0; i < areas.size(); ++i) {
                const bool labelled =
                    std::any_of(figure.labels.begin(), figure.labels.end(),
                                [&](const PlacedLabel& label) { return label.code == areas.codes()[i]; });
                const bool logged =
                    std::any_of(figure.log.begin(), figure.log.end(), [&](const std::string& line) {
                        return line.rfind(areas.names()[i] + ": no room for its label", 0) == 0;
                    });
                CHECK(labelled != logged);
            }
            inside += check.inside;
            all += areas.size();
        }
    }
    MESSAGE(inside << " of " << all << " labels stand inside their areas");
    CHECK(inside * 100 >= all * 45);
}
