/// \file
/// The nine published ward tables as `indicators` tables, with the words a project file gives them.
#pragma once

#include "support/csv_rows.hpp"
#include "wardmap/indicator/ward_table.hpp"

#include <map>
#include <string>
#include <vector>

namespace wardmap::testing {

inline std::string lower_words(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return text;
}

inline TableMeta coventry_meta(const std::string& marker, const std::string& offence) {
    TableMeta meta;
    meta.measure = marker + "-marked " + lower_words(offence);
    meta.unit = "offences";
    meta.period_before = "year to June 2021";
    meta.period_after = "year to June 2022";
    meta.denominator = "resident population";
    meta.denominator_year = "mid-2020";
    meta.whole = "Coventry";
    meta.area_noun = "ward";
    meta.source = "Coventry Drug and Alcohol Needs Assessment 2022 (offences)";
    meta.attribution = {
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0 (mid-2020 "
        "population)."};
    return meta;
}

/// In the order printed; empty where the data are not there.
inline std::vector<Table> published_ward_tables(const IndicatorOptions& options = {}) {
    std::map<std::string, std::pair<std::string, double>> wards;
    for (const CsvRow& row : csv_rows("examples/coventry/data/coventry_ward_population_mid2020.csv")) {
        wards[row.at("ward_name")] = {row.at("ward_code"), number_in(row, "all_ages")};
    }
    std::vector<std::vector<CsvRow>> figures;
    std::string figure;
    for (const CsvRow& row : csv_rows("examples/coventry/data/needs_assessment/offences_by_ward.csv")) {
        if (row.at("figure") != figure) {
            figures.emplace_back();
        }
        figure = row.at("figure");
        figures.back().push_back(row);
    }
    std::vector<Table> tables;
    for (const auto& rows : figures) {
        AreaCounts counts;
        std::vector<double> before, after, people;
        for (const CsvRow& row : rows) {
            if (row.at("ward") == "Total") {
                continue;
            }
            counts.names.push_back(row.at("ward"));
            counts.codes.push_back(wards.at(row.at("ward")).first);
            before.push_back(number_in(row, "yt_june_2021"));
            after.push_back(number_in(row, "yt_june_2022"));
            people.push_back(wards.at(row.at("ward")).second);
        }
        counts.before = Column::numbers("yt_june_2021", before);
        counts.after = Column::numbers("yt_june_2022", after);
        counts.population = Column::numbers("all_ages", people);
        Problems problems;
        tables.push_back(ward_table(counts, options,
                                    coventry_meta(rows[0].at("marker"), rows[0].at("offence")), problems));
    }
    return tables;
}

}  // namespace wardmap::testing
