#include "wardmap/indicator/adjust_p.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>

namespace wardmap {

Adjustment parse_adjustment(std::string_view text) {
    for (const Adjustment one : {Adjustment::bh, Adjustment::by, Adjustment::holm, Adjustment::bonferroni}) {
        if (text == name_of(one)) return one;
    }
    const std::array<std::string, 4> names{"bh", "by", "holm", "bonferroni"};
    throw UsageError("there is no adjustment '" + std::string(text) + "' of p-values", {},
                     did_you_mean(text, names));
}

std::string_view name_of(Adjustment adjustment) noexcept {
    switch (adjustment) {
        case Adjustment::bh:
            return "bh";
        case Adjustment::by:
            return "by";
        case Adjustment::holm:
            return "holm";
        case Adjustment::bonferroni:
            break;
    }
    return "bonferroni";
}

std::vector<double> adjust_p(std::span<const double> p_values, Adjustment adjustment) {
    std::vector<double> out(p_values.begin(), p_values.end());
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (std::isnan(out[i])) continue;
        if (out[i] < 0 || out[i] > 1) {
            throw UsageError("p-value " + std::to_string(i) + " is " + full_precision(out[i]), {},
                             "p-values lie between 0 and 1");
        }
        order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return out[a] < out[b]; });
    const double tests = static_cast<double>(order.size());
    switch (adjustment) {
        case Adjustment::bonferroni:
            for (const std::size_t i : order) out[i] = std::min(1.0, out[i] * tests);
            break;
        case Adjustment::holm: {
            double largest = 0;
            for (std::size_t rank = 0; rank < order.size(); ++rank) {
                largest = std::max(largest, out[order[rank]] * (tests - static_cast<double>(rank)));
                out[order[rank]] = std::min(1.0, largest);
            }
            break;
        }
        case Adjustment::bh:
        case Adjustment::by: {
            double dependence = 1;
            if (adjustment == Adjustment::by) {
                dependence = 0;
                for (std::size_t rank = 1; rank <= order.size(); ++rank)
                    dependence += 1 / static_cast<double>(rank);
            }
            double smallest = 1;
            for (std::size_t rank = order.size(); rank > 0; --rank) {
                double& p = out[order[rank - 1]];
                smallest = std::min(smallest, p * dependence * tests / static_cast<double>(rank));
                p = smallest;
            }
            break;
        }
    }
    return out;
}

}  // namespace wardmap
