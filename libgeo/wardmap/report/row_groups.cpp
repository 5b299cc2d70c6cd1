#include "wardmap/report/row_groups.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/report/project.hpp"

#include <map>
#include <numeric>

namespace wardmap {

std::string RowGroup::id() const {
    std::string joined;
    for (const auto& [column, value] : values) joined += value + " ";
    return id_from(joined);
}

std::string RowGroup::words() const {
    std::string joined;
    for (const auto& [column, value] : values)
        joined += (joined.empty() ? "" : ", ") + fill_template("{" + column + "}", values);
    return joined;
}

std::vector<RowGroup> row_groups(const Table& table, std::span<const std::string> by) {
    std::vector<RowGroup> groups;
    if (by.empty()) {
        groups.emplace_back();
        groups.back().rows.resize(table.row_count());
        std::iota(groups.back().rows.begin(), groups.back().rows.end(), std::size_t{0});
        return groups;
    }
    std::map<std::vector<std::string>, std::size_t> places;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        std::vector<std::string> key;
        for (const std::string& name : by) {
            const Column& column = table.column(name);
            key.push_back(column.is_text() ? column.text(row) : full_precision(column.number(row)));
        }
        const auto [place, is_new] = places.emplace(key, groups.size());
        if (is_new) {
            groups.emplace_back();
            for (std::size_t i = 0; i < by.size(); ++i) groups.back().values.emplace_back(by[i], key[i]);
        }
        groups[place->second].rows.push_back(row);
    }
    return groups;
}

}  // namespace wardmap
