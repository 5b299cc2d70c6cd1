#include "wardmap/base/suggest.hpp"

#include "wardmap/base/letter_case.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t most_listed = 12;

/// Optimal string alignment: a swap of two neighbours counts as one edit.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
        before_last = std::exchange(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view wanted, std::span<const std::string> names,
                                       std::size_t most) {
    const std::string want = lower_ascii(wanted);
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const std::string& name : names) {
        const std::string have = lower_ascii(name);
        const std::size_t distance = edit_distance(want, have);
        const bool inside = want.size() >= 3 && have.find(want) != std::string::npos;
        if (distance <= std::max<std::size_t>(1, std::max(want.size(), have.size()) / 3) || inside) {
            near.emplace_back(distance, name);
        }
    }
    std::stable_sort(near.begin(), near.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    for (auto& [distance, name] : near) {
        if (out.size() == most) break;
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
    }
    return out;
}

std::string did_you_mean(std::string_view wanted, std::span<const std::string> names) {
    if (names.empty()) return {};
    const std::vector<std::string> near = nearest_names(wanted, names);
    std::string text;
    if (!near.empty()) {
        text = "did you mean ";
        for (std::size_t i = 0; i < near.size(); ++i) {
            if (i > 0) text += i + 1 == near.size() ? " or " : ", ";
            text += "'" + near[i] + "'";
        }
        return text + "?";
    }
    text = "there are: ";
    for (std::size_t i = 0; i < std::min(names.size(), most_listed); ++i) {
        if (i > 0) text += ", ";
        text += names[i];
    }
    if (names.size() > most_listed) {
        text += " and " + std::to_string(names.size() - most_listed) + " more";
    }
    return text;
}

}  // namespace wardmap
