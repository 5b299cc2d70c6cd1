#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/table/table.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace wardmap {

/// Reads just enough GeoJSON for pictures: polygons and multipolygons in longitude and latitude.
inline AreaSet geojson_areas(const std::string& path, const std::string& code, const std::string& name,
                             const std::string& whole, const std::string& crs = "EPSG:4326") {
    std::ifstream file(path);
    const nlohmann::json json = nlohmann::json::parse(file);
    AreaSetParts parts;
    parts.crs = {crs};
    parts.whole = whole;
    parts.noun = "ward";
    parts.attribution = {"Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
                         "Contains OS data © Crown copyright and database right 2016."};
    for (const auto& feature : json["features"]) {
        parts.codes.push_back(feature["properties"][code].get<std::string>());
        parts.names.push_back(feature["properties"][name].get<std::string>());
        MultiPolygon shape;
        const auto add = [&](const nlohmann::json& polygon) {
            for (const auto& ring : polygon) {
                std::vector<Point> points;
                for (const auto& p : ring) points.push_back({p[0].get<double>(), p[1].get<double>()});
                shape.add_ring(points);
            }
            shape.end_polygon();
        };
        const auto& geometry = feature["geometry"];
        if (geometry["type"] == "Polygon") {
            add(geometry["coordinates"]);
        } else {
            for (const auto& polygon : geometry["coordinates"]) add(polygon);
        }
        parts.shapes.push_back(std::move(shape));
    }
    return AreaSet(std::move(parts));
}

inline const AreaSet& coventry_wards() {
    static const AreaSet wards = geojson_areas(WARDMAP_SOURCE_DIR "/boundaries/coventry-wards.geojson", "ward_code", "ward_name", "Coventry");
    return wards;
}

/// Rows of a plain CSV (no quotes but round whole cells).
inline std::vector<std::map<std::string, std::string>> csv_rows(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::map<std::string, std::string>> rows;
    std::vector<std::string> head;
    for (std::string line; std::getline(file, line);) {
        std::vector<std::string> cells{""};
        bool quoted = false;
        for (const char c : line) {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) cells.emplace_back();
            else if (c != '\r') cells.back() += c;
        }
        if (head.empty()) {
            head = cells;
            continue;
        }
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < head.size() && i < cells.size(); ++i) row[head[i]] = cells[i];
    }
    return rows;
}

/// One of the nine published ward tables, with rates on the mid-2020 population.
inline Table coventry_table(const std::string& marker, const std::string& offence) {
    const std::string data = WARDMAP_SOURCE_DIR "/examples/coventry/data/";
    std::map<std::string, double> people;
    for (const auto& row : csv_rows(data + "coventry_ward_population_mid2020.csv")) {
        people[row.at("ward_name")] = *parse_number(row.at("all_ages"));
    }
    AreaCounts counts;
    std::vector<double> before;
    std::vector<double> after;
    std::vector<double> population;
    const AreaSet& wards = coventry_wards();
    for (const auto& row : csv_rows(data + "needs_assessment/offences_by_ward.csv")) {
        if (row.at("marker") != marker || row.at("offence") != offence) continue;
        for (std::size_t i = 0; i < wards.size(); ++i) {
            if (wards.names()[i] != row.at("ward")) continue;
            counts.codes.push_back(wards.codes()[i]);
            counts.names.push_back(wards.names()[i]);
            before.push_back(*parse_number(row.at("yt_june_2021")));
            after.push_back(*parse_number(row.at("yt_june_2022")));
            population.push_back(people.at(wards.names()[i]));
        }
    }
    counts.before = Column::numbers("yt_june_2021", before);
    counts.after = Column::numbers("yt_june_2022", after);
    counts.population = Column::numbers("population", population);
    TableMeta meta;
    std::string words = offence;
    for (char& c : words) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    meta.measure = marker + "-marked " + words;
    meta.unit = "offences";
    meta.period_before = "year to June 2021";
    meta.period_after = "year to June 2022";
    meta.denominator = "resident population";
    meta.denominator_year = "mid-2020";
    meta.whole = "Coventry";
    meta.area_noun = "ward";
    meta.source = "Coventry Drug and Alcohol Needs Assessment 2022";
    Problems problems;
    return ward_table(counts, {}, meta, problems);
}

}  // namespace wardmap
