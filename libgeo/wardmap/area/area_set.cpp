#include "wardmap/area/area_set.hpp"

#include "wardmap/base/error.hpp"

#include <mutex>
#include <unordered_map>
#include <utility>

namespace wardmap {

struct AreaSet::Data {
    AreaSetParts parts{};
    std::unordered_map<std::string_view, AreaIndex> index{};
    Box box{};
    mutable std::once_flag index_made{};
    mutable PointIndex point_index{};
};

AreaSet::AreaSet() : AreaSet(AreaSetParts{}) {}

AreaSet::AreaSet(AreaSetParts parts) {
    auto data = std::make_shared<Data>();
    data->parts = std::move(parts);
    const AreaSetParts& p = data->parts;
    const std::size_t n = p.codes.size();
    if (p.names.size() != n || p.shapes.size() != n || (!p.parents.empty() && p.parents.size() != n)) {
        throw InputError("areas need one name and one shape for each code", {.file = p.source});
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (p.codes[i].empty()) {
            throw InputError("area " + std::to_string(i + 1) + " ('" + p.names[i] + "') has no code",
                             {.file = p.source}, "name another field with --area-code");
        }
        if (!data->index.emplace(p.codes[i], static_cast<AreaIndex>(i)).second) {
            throw InputError("the code '" + p.codes[i] + "' stands for two areas", {.file = p.source},
                             "name a field whose values are all different with --area-code");
        }
        data->box.add(p.shapes[i].box());
    }
    data_ = std::move(data);
}

std::size_t AreaSet::size() const noexcept {
    return data_->parts.codes.size();
}
std::span<const std::string> AreaSet::codes() const noexcept {
    return data_->parts.codes;
}
std::span<const std::string> AreaSet::names() const noexcept {
    return data_->parts.names;
}
std::span<const MultiPolygon> AreaSet::shapes() const noexcept {
    return data_->parts.shapes;
}
std::span<const std::string> AreaSet::parents() const noexcept {
    return data_->parts.parents;
}
const Crs& AreaSet::crs() const noexcept {
    return data_->parts.crs;
}
const std::string& AreaSet::whole() const noexcept {
    return data_->parts.whole;
}
const std::string& AreaSet::noun() const noexcept {
    return data_->parts.noun;
}
const std::string& AreaSet::vintage() const noexcept {
    return data_->parts.vintage;
}
const std::string& AreaSet::source() const noexcept {
    return data_->parts.source;
}
std::span<const std::string> AreaSet::attribution() const noexcept {
    return data_->parts.attribution;
}
Box AreaSet::box() const noexcept {
    return data_->box;
}

AreaIndex AreaSet::index_of(std::string_view code) const noexcept {
    const auto found = data_->index.find(code);
    return found == data_->index.end() ? no_area : found->second;
}

const PointIndex& AreaSet::point_index() const {
    std::call_once(data_->index_made, [&] { data_->point_index = PointIndex(data_->parts.shapes); });
    return data_->point_index;
}

AreaSet AreaSet::with_shapes(std::vector<MultiPolygon> shapes, Crs crs) const {
    AreaSetParts parts = data_->parts;
    parts.shapes = std::move(shapes);
    parts.crs = std::move(crs);
    return AreaSet(std::move(parts));
}

const AreaSetParts& AreaSet::parts() const noexcept {
    return data_->parts;
}

}  // namespace wardmap
