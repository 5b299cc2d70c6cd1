#include "wardmap/event/area_column.hpp"

#include "wardmap/area/name_folding.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace wardmap {
namespace {

/// "E01009590": a letter and eight figures.
bool looks_like_code(std::string_view cell) noexcept {
    return cell.size() == 9 && std::isupper(static_cast<unsigned char>(cell[0])) != 0 &&
           std::all_of(cell.begin() + 1, cell.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

AreaColumn::AreaColumn(AreaSet areas, std::optional<Lookup> lookup)
    : areas_(std::move(areas)), lookup_(std::move(lookup)) {
    if (lookup_) return;
    for (std::size_t a = 0; a < areas_.size(); ++a) {
        const auto [at, is_new] = by_name_.emplace(fold_name(areas_.names()[a]), static_cast<AreaIndex>(a));
        if (!is_new) at->second = not_located;
    }
}

NamedArea AreaColumn::find(std::string_view cell) const {
    if (cell.empty()) return {not_located, AreaNameMatch::blank};
    if (lookup_) {
        const std::string& target = lookup_->target_of(cell);
        if (!target.empty()) {
            const AreaIndex area = areas_.index_of(target);
            return area >= 0 ? NamedArea{area, AreaNameMatch::found}
                             : NamedArea{outside_areas, AreaNameMatch::elsewhere};
        }
        if (lookup_->is_elsewhere(cell)) return {outside_areas, AreaNameMatch::elsewhere};
    } else {
        if (const AreaIndex area = areas_.index_of(cell); area >= 0) return {area, AreaNameMatch::found};
        if (const auto named = by_name_.find(fold_name(cell)); named != by_name_.end()) {
            return named->second >= 0 ? NamedArea{named->second, AreaNameMatch::found}
                                      : NamedArea{not_located, AreaNameMatch::ambiguous};
        }
    }
    if (looks_like_code(cell)) return {outside_areas, AreaNameMatch::elsewhere};
    return {not_located, AreaNameMatch::unknown};
}

}  // namespace wardmap
