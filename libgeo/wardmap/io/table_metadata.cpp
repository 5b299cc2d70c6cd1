#include "wardmap/io/table_metadata.hpp"

#include "wardmap/table/column_meaning.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>
#include <utility>

namespace wardmap {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& object, const char* key, const std::string& text) {
    if (!text.empty()) object[key] = text;
}

std::string text_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<std::string> texts_at(const Json& object, const char* key) {
    std::vector<std::string> texts;
    const auto found = object.find(key);
    if (found == object.end()) return texts;
    if (found->is_string()) texts.push_back(found->get<std::string>());
    if (found->is_array()) {
        for (const Json& one : *found) {
            if (one.is_string()) texts.push_back(one.get<std::string>());
        }
    }
    return texts;
}

std::optional<double> number_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number()) return std::nullopt;
    return found->get<double>();
}

Json object_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : Json::object();
}

std::string first_of(std::string text, const std::string& otherwise) {
    return text.empty() ? otherwise : std::move(text);
}

bool whole_numbers(const Column& column) {
    for (const double number : column.numbers()) {
        if (std::isfinite(number) && number != std::floor(number)) return false;
    }
    return true;
}

Json schema_of(const Table& table) {
    Json columns = Json::array();
    for (const Column& column : table.columns()) {
        Json one;
        one["name"] = column.name();
        one["titles"] = column.name();
        one["datatype"] = column.is_text() ? "string" : whole_numbers(column) ? "integer" : "number";
        if (!column.is_text()) one["null"] = {"", "[c]"};
        put(one, "unit", column.unit());
        put(one, "dc:description", column_meaning(column, table.meta()));
        columns.push_back(std::move(one));
    }
    return Json{{"columns", std::move(columns)}};
}

}  // namespace

std::filesystem::path metadata_path(const std::filesystem::path& table) {
    std::filesystem::path path = table;
    path += "-metadata.json";
    return path;
}

std::string table_metadata_json(const Table& table, std::string_view file_name) {
    const TableMeta& meta = table.meta();
    Json out;
    out["@context"] = {"http://www.w3.org/ns/csvw", {{"@language", "en"}}};
    out["url"] = std::string(file_name);
    put(out, "dc:title", meta.title);
    put(out, "dc:source", meta.source);
    if (!meta.attribution.empty()) out["dc:rights"] = meta.attribution;
    put(out, "title", meta.title);
    put(out, "measure", meta.measure);
    if (!meta.period_before.empty() || !meta.period_after.empty()) {
        Json periods;
        put(periods, "before", meta.period_before);
        put(periods, "after", meta.period_after);
        out["periods"] = std::move(periods);
    }
    put(out, "unit", meta.unit);
    if (meta.per > 0)
        out["per"] =
            meta.per == std::floor(meta.per) ? Json(static_cast<long long>(meta.per)) : Json(meta.per);
    put(out, "denominator", meta.denominator);
    put(out, "denominator_year", meta.denominator_year);
    put(out, "whole", meta.whole);
    put(out, "area_noun", meta.area_noun);
    if (!meta.cuts.empty()) {
        Json cuts;
        cuts["by"] = meta.cuts;
        if (meta.cut_rate && std::isfinite(*meta.cut_rate)) cuts["rate"] = *meta.cut_rate;
        if (meta.cut_change_pct && std::isfinite(*meta.cut_change_pct))
            cuts["change_pct"] = *meta.cut_change_pct;
        out["cuts"] = std::move(cuts);
    }
    if (meta.level) out["level"] = *meta.level;
    put(out, "small_numbers", meta.small_numbers);
    put(out, "source", meta.source);
    if (!meta.attribution.empty()) out["attribution"] = meta.attribution;
    put(out, "method", meta.method);
    if (!meta.notes.empty()) out["notes"] = meta.notes;
    out["tableSchema"] = schema_of(table);
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

TableMetadata parse_table_metadata(std::string_view json) {
    const Json in = Json::parse(json.begin(), json.end(), nullptr, false);
    if (!in.is_object()) throw InputError("the metadata is no JSON object");
    TableMetadata out;
    TableMeta& meta = out.meta;
    meta.title = first_of(text_at(in, "title"), text_at(in, "dc:title"));
    meta.measure = text_at(in, "measure");
    const Json periods = object_at(in, "periods");
    meta.period_before = text_at(periods, "before");
    meta.period_after = text_at(periods, "after");
    meta.unit = text_at(in, "unit");
    meta.per = number_at(in, "per").value_or(0.0);
    meta.denominator = text_at(in, "denominator");
    meta.denominator_year = text_at(in, "denominator_year");
    meta.whole = text_at(in, "whole");
    meta.area_noun = text_at(in, "area_noun");
    const Json cuts = object_at(in, "cuts");
    meta.cuts = text_at(cuts, "by");
    meta.cut_rate = number_at(cuts, "rate");
    meta.cut_change_pct = number_at(cuts, "change_pct");
    meta.level = number_at(in, "level");
    meta.small_numbers = text_at(in, "small_numbers");
    meta.source = first_of(text_at(in, "source"), text_at(in, "dc:source"));
    meta.attribution = texts_at(in, "attribution");
    if (meta.attribution.empty()) meta.attribution = texts_at(in, "dc:rights");
    meta.method = text_at(in, "method");
    meta.notes = texts_at(in, "notes");
    const Json schema = object_at(in, "tableSchema");
    const auto columns = schema.find("columns");
    if (columns != schema.end() && columns->is_array()) {
        for (const Json& column : *columns) {
            if (!column.is_object()) continue;
            const std::string unit = text_at(column, "unit");
            const std::vector<std::string> titles = texts_at(column, "titles");
            const std::string name = titles.empty() ? text_at(column, "name") : titles.front();
            if (!unit.empty() && !name.empty()) out.units[name] = unit;
        }
    }
    return out;
}

}  // namespace wardmap
