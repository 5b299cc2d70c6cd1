#include "wardmap/report/figure_read.hpp"

#include "wardmap/base/error.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace wardmap {
namespace {

using Json = nlohmann::ordered_json;

std::optional<double> number_or_nothing(const Json& value) {
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

/// A column is of text if any of its cells holds a text that stands for no state.
Column column_of(const std::string& name, const Json& rows) {
    std::vector<double> numbers;
    std::vector<CellState> states;
    std::vector<std::string> texts;
    bool is_text = false;
    bool any_number = false;
    for (const Json& record : rows) {
        const Json cell = record.value(name, Json(nullptr));
        numbers.push_back(cell.is_number() ? cell.get<double>() : std::nan(""));
        CellState state = cell.is_number() ? CellState::value : CellState::missing;
        texts.push_back(cell.is_string() ? cell.get<std::string>()
                        : cell.is_null() ? std::string()
                                         : cell.dump());
        any_number = any_number || cell.is_number();
        if (cell.is_string()) {
            if (texts.back() == "[c]")
                state = CellState::suppressed;
            else if (texts.back() == "[z]")
                state = CellState::not_applicable;
            else
                is_text = true;
        }
        states.push_back(state);
    }
    if (is_text && !any_number) return Column::text(name, std::move(texts));
    return Column::numbers(name, std::move(numbers), std::move(states));
}

Table data_of(const Json& rows) {
    std::vector<Column> columns;
    if (!rows.empty()) {
        for (const auto& [name, cell] : rows.front().items()) columns.push_back(column_of(name, rows));
    }
    return Table(std::move(columns));
}

FigureFacts facts_of(const Json& object) {
    FigureFacts facts;
    facts.shades_counts = object.at("shades_counts").get<bool>();
    facts.circles_of_rates = object.at("circles_of_rates").get<bool>();
    facts.shows_rates = object.at("shows_rates").get<bool>();
    facts.marks_small = object.at("marks_small").get<bool>();
    facts.says_events = object.at("says_events").get<bool>();
    facts.areas_without_row = object.at("areas_without_row").get<std::vector<std::string>>();
    facts.rows_of_no_area = object.at("rows_of_no_area").get<std::vector<std::string>>();
    facts.labels_of_no_area = object.at("labels_of_no_area").get<std::vector<std::string>>();
    facts.small_baselines = object.at("small_baselines").get<std::size_t>();
    if (object.contains("linear_change_pct"))
        facts.linear_change_pct = object.at("linear_change_pct").get<double>();
    return facts;
}

Figure figure_of(const Json& object) {
    Figure figure;
    figure.id = object.at("id").get<std::string>();
    figure.kind = object.at("kind").get<std::string>();
    figure.title = object.at("title").get<std::string>();
    figure.subtitle = object.at("subtitle").get<std::string>();
    figure.alt = object.at("alt").get<std::string>();
    figure.description = object.at("description").get<std::string>();
    figure.notes = object.at("notes").get<std::vector<std::string>>();
    figure.sources = object.at("sources").get<std::vector<std::string>>();
    figure.log = object.at("log").get<std::vector<std::string>>();
    for (const Json& entry : object.at("classes")) {
        FigureClass one;
        one.label = entry.at("label").get<std::string>();
        one.color = color_from_hex(entry.at("color").get<std::string>());
        one.count = entry.at("count").get<std::size_t>();
        one.lower = number_or_nothing(entry.at("lower"));
        one.upper = number_or_nothing(entry.at("upper"));
        figure.classes.push_back(std::move(one));
    }
    for (const Json& entry : object.at("labels")) {
        PlacedLabel label;
        label.code = entry.at("code").get<std::string>();
        label.text = entry.at("text").get<std::string>();
        figure.labels.push_back(std::move(label));
    }
    figure.data = data_of(object.at("data"));
    figure.facts = facts_of(object.at("facts"));
    return figure;
}

}  // namespace

Figure figure_from_json(std::string_view json, const std::string& file) {
    const std::string remedy = "write one with --data-out FILE.json beside the picture";
    try {
        const Json object = Json::parse(json);
        if (!object.is_object() || object.value("schema", Json()) != "wardmap.figure/1")
            throw InputError("this is no figure: its schema is not wardmap.figure/1", {.file = file}, remedy);
        if (object.contains("log") && !object.contains("facts"))
            throw InputError("this figure was written by a wardmap that did not yet write its facts",
                             {.file = file}, remedy);
        return figure_of(object);
    } catch (const nlohmann::json::exception& error) {
        throw InputError("this is no figure (" + std::string(error.what()) + ")", {.file = file}, remedy);
    } catch (const UsageError& error) {
        throw InputError(error.what_happened(), {.file = file}, remedy);
    }
}

}  // namespace wardmap
