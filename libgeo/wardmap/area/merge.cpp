#include "wardmap/area/merge.hpp"

#include "wardmap/area/vintage.hpp"
#include "wardmap/geometry/dissolve.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace wardmap {
namespace {

struct Group {
    std::string code{};
    std::string name{};
    std::vector<std::size_t> parts{};
};

std::vector<Group> groups_of(const AreaSet& areas, const Lookup& lookup) {
    std::unordered_map<std::string, std::string> name_of;
    for (std::size_t t = 0; t < lookup.targets().size(); ++t)
        name_of.emplace(lookup.targets()[t], lookup.target_names()[t]);
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> group_of;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const std::string& target = lookup.target_of(areas.codes()[i]);
        if (target.empty()) {
            groups.push_back({areas.codes()[i], areas.names()[i], {i}});
            continue;
        }
        const auto [found, fresh] = group_of.emplace(target, groups.size());
        if (fresh) groups.push_back({target, name_of.at(target), {}});
        groups[found->second].parts.push_back(i);
    }
    return groups;
}

}  // namespace

AreaSet merge_areas(const AreaSet& areas, const Lookup& lookup) {
    AreaSetParts parts;
    std::vector<MultiPolygon> pieces;
    for (Group& group : groups_of(areas, lookup)) {
        pieces.clear();
        for (const std::size_t i : group.parts) pieces.push_back(areas.shapes()[i]);
        parts.shapes.push_back(group.parts.size() == 1 ? pieces.front() : dissolve(pieces));
        if (!areas.parents().empty()) {
            const std::string& parent = areas.parents()[group.parts.front()];
            const bool one_parent = std::all_of(group.parts.begin(), group.parts.end(),
                                                [&](std::size_t i) { return areas.parents()[i] == parent; });
            parts.parents.push_back(one_parent ? parent : std::string{});
        }
        parts.codes.push_back(std::move(group.code));
        parts.names.push_back(std::move(group.name));
    }
    parts.crs = areas.crs();
    parts.whole = areas.whole();
    parts.noun = area_noun(parts.codes);
    parts.vintage = areas.vintage();
    parts.source = areas.source();
    parts.attribution.assign(areas.attribution().begin(), areas.attribution().end());
    return AreaSet(std::move(parts));
}

}  // namespace wardmap
