/// \file
/// Long tables of counts as `wardmap count` writes them, and a look at where a chart's texts stand.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/indicator/month_series.hpp"
#include "wardmap/table/table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace wardmap::testing {

/// One area; kinds by name with a count a month from `first`. Months listed in `without` have no rows.
inline Table months_by_kind(const std::string& first, const std::map<std::string, std::vector<double>>& kinds,
                            const std::vector<std::string>& without = {}) {
    std::vector<std::string> codes, names, periods, values;
    std::vector<double> counts;
    const int number = month_number(*parse_period(first));
    for (const auto& [kind, numbers] : kinds) {
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const std::string label = month_of_number(number + static_cast<int>(i)).label();
            if (std::find(without.begin(), without.end(), label) != without.end()) continue;
            codes.emplace_back("E05001218");
            names.emplace_back("Bablake");
            periods.push_back(label);
            values.push_back(kind);
            counts.push_back(numbers[i]);
        }
    }
    TableMeta meta;
    meta.unit = "offences";
    meta.whole = "Coventry";
    return Table(
        {Column::text("area_code", codes), Column::text("area_name", names), Column::text("period", periods),
         Column::text("offence", values), Column::numbers("count", counts)},
        meta);
}

/// No two texts of the chart cover each other, and none leaves the page.
inline void check_texts_apart(const Figure& figure) {
    REQUIRE_FALSE(figure.labels.empty());
    constexpr double least = 0.05;  // mm: boxes reach to accents and descenders that may not be there
    for (std::size_t i = 0; i < figure.labels.size(); ++i) {
        const Box& a = figure.labels[i].box;
        CHECK_MESSAGE(a.min_x >= -least, figure.labels[i].text);
        CHECK_MESSAGE(a.max_x <= figure.scene.width_mm + least, figure.labels[i].text);
        CHECK_MESSAGE(a.min_y >= -least, figure.labels[i].text);
        CHECK_MESSAGE(a.max_y <= figure.scene.height_mm + least, figure.labels[i].text);
        for (std::size_t j = i + 1; j < figure.labels.size(); ++j) {
            const Box& b = figure.labels[j].box;
            const bool apart = a.max_x <= b.min_x + least || b.max_x <= a.min_x + least ||
                               a.max_y <= b.min_y + least || b.max_y <= a.min_y + least;
            CHECK_MESSAGE(apart, figure.labels[i].text << " on " << figure.labels[j].text);
        }
    }
}

inline bool has_note(const Figure& figure, const std::string& part) {
    for (const std::string& note : figure.notes) {
        if (note.find(part) != std::string::npos) return true;
    }
    return false;
}

inline bool has_text(const Figure& figure, const std::string& text) {
    for (const PlacedLabel& label : figure.labels) {
        if (label.text == text) return true;
    }
    return false;
}

}  // namespace wardmap::testing
