#include "wardmap/indicator/harm.hpp"

#include "wardmap/area/name_folding.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/event/marker_cell.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Of police.uk's categories those that hold grave and slight offences together, folded.
constexpr std::array<std::string_view, 6> broad{"violence and sexual offences",
                                                "criminal damage and arson",
                                                "anti social behaviour",
                                                "vehicle crime",
                                                "other crime",
                                                "public order"};

bool has_word(const std::string& name, std::string_view word) {
    return fold_name(name).find(word) != std::string::npos;
}

/// The column asked for, or the first whose name holds one of the words.
const Column* column_of(const Table& table, const std::string& wanted,
                        std::initializer_list<std::string_view> words) {
    if (!wanted.empty()) return &table.column(wanted);
    for (const std::string_view word : words) {
        for (const Column& column : table.columns()) {
            if (has_word(column.name(), word) && !column.name().starts_with("weights_")) return &column;
        }
    }
    return nullptr;
}

const Column& needed(const Column* column, const Table& table, const char* what, const char* word) {
    if (column != nullptr) return *column;
    throw InputError(std::string("which column holds the ") + what + " is not known", table.where(0),
                     std::string("call it '") + word + "', or name it");
}

/// What the weights are, where the table says it in every row alike.
std::string constant_text(const Table& table, std::string_view column) {
    const Column* found = table.find(column);
    if (found == nullptr || found->size() == 0) return {};
    return found->is_text() ? found->text(0) : full_precision(found->number(0));
}

/// Yes, no, or neither; frames have 1 and 0.
std::optional<bool> yes_no_of(const Column& column, std::size_t row) {
    if (column.is_text()) return parse_yes_no(column.text(row));
    const double number = column.number(row);
    return number == 0 || number == 1 ? std::optional<bool>(number == 1) : std::nullopt;
}

struct Weight {
    double value = 0;
    bool proactive = false;
};

}  // namespace

HarmWeights harm_weights(const Table& table, const HarmColumns& columns, std::string name,
                         std::string version, Problems& problems) {
    HarmWeights out;
    out.name = name.empty() ? constant_text(table, "weights_name") : std::move(name);
    out.version = version.empty() ? constant_text(table, "weights_version") : std::move(version);
    if (out.name.empty() || out.version.empty()) {
        throw InputError("the harm weights have no " + std::string(out.name.empty() ? "name" : "version"),
                         table.where(0),
                         "say which they are: columns weights_name and weights_version, or name them where "
                         "the file is given");
    }
    const Column& kinds =
        needed(column_of(table, columns.kind, {"kind", "offence", "crime type", "category"}), table, "kinds",
               "kind");
    const Column& given = needed(column_of(table, columns.weight, {"weight", "harm", "days", "severity"}),
                                 table, "weights", "weight");
    const Column* proactive = column_of(table, columns.proactive, {"proactive"});
    const Column weights = read_numbers(table, given.name(), problems);

    if (!kinds.is_text())
        throw InputError("the column of kinds holds numbers", table.where(0, kinds.name()),
                         "name the column of their names");

    std::map<std::string, double> seen;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string& kind = kinds.text(row);
        const double weight = weights.number(row);
        if (kind.empty() || !(weight >= 0) || !std::isfinite(weight)) {
            problems.add(Severity::problem, "weight_missing", "kinds have no usable weight",
                         table.where(row, given.name()), kind);
            continue;
        }
        const auto [place, first] = seen.try_emplace(fold_name(kind), weight);
        if (!first) {
            if (place->second != weight) {
                problems.add(Severity::problem, "weight_conflict",
                             "kinds come twice with different weights; the first is used",
                             table.where(row, given.name()), kind);
            }
            continue;
        }
        std::optional<bool> looked_for = false;
        if (proactive != nullptr) looked_for = yes_no_of(*proactive, row);
        if (!looked_for) {
            problems.add(Severity::problem, "proactive_unreadable",
                         "whether kinds are found proactively is neither yes nor no; taken as no",
                         table.where(row, proactive->name()), kind);
        }
        out.kinds.push_back(kind);
        out.weights.push_back(weight);
        out.proactive.push_back(looked_for.value_or(false));
    }
    if (out.kinds.empty())
        throw InputError("the table holds no usable weight", table.where(0, given.name()),
                         "give one number of 0 or more for each kind");
    return out;
}

std::vector<AreaHarm> harm_of(std::span<const AreaIndex> area_of_row, std::span<const std::string> kinds,
                              std::span<const double> counts, std::size_t areas, const HarmWeights& weights,
                              ProactiveEvents proactive, Problems& problems) {
    if (kinds.size() != area_of_row.size() || counts.size() != area_of_row.size())
        throw std::invalid_argument("rows have an area, a kind and a count each");
    std::map<std::string, Weight> weight_of;
    for (std::size_t k = 0; k < weights.kinds.size(); ++k)
        weight_of.emplace(fold_name(weights.kinds[k]), Weight{weights.weights[k], weights.proactive[k]});

    std::vector<AreaHarm> out(areas);
    std::vector<double> gravest(areas, 0.0);
    double all = 0;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        const double count = counts[row];
        if (count < 0) {
            throw UsageError("a count is " + full_precision(count), {}, "it cannot be negative");
        }
        if (area_of_row[row] == no_area || !(count > 0)) continue;
        AreaHarm& area = out[static_cast<std::size_t>(area_of_row[row])];
        const std::string kind = fold_name(kinds[row]);
        const auto found = weight_of.find(kind);
        const auto events = static_cast<std::uint64_t>(std::llround(std::max(1.0, count)));
        if (found == weight_of.end()) {
            area.unweighted += count;
            problems.add(Severity::warning, "kind_without_weight",
                         "events are of kinds without a harm weight and add no harm", {}, kinds[row], events);
            continue;
        }
        if (found->second.proactive && proactive == ProactiveEvents::left_out) {
            area.left_out += count;
            problems.add(Severity::note, "proactive_left_out",
                         "proactively detected events are left out of harm", {}, kinds[row], events);
            continue;
        }
        if (std::find(broad.begin(), broad.end(), kind) != broad.end()) {
            problems.add(Severity::warning, "broad_kinds",
                         "harm weights stand on broad categories that mix grave and slight offences: harm is "
                         "an approximation",
                         {}, kinds[row], events);
        }
        const double weight = found->second.value;
        area.events += count;
        area.harm += weight * count;
        all += weight * count;
        double& worst = gravest[static_cast<std::size_t>(area_of_row[row])];
        const double one = weight * std::min(1.0, count);
        if (one > worst) {
            worst = one;
            area.gravest_kind = kinds[row];
        }
    }
    for (std::size_t i = 0; i < areas; ++i) {
        out[i].share = all > 0 ? out[i].harm / all : nan;
        out[i].gravest_share = out[i].harm > 0 ? gravest[i] / out[i].harm : nan;
    }
    return out;
}

}  // namespace wardmap
