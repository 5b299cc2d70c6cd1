#include "wardmap/report/figure_file.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/pdf.hpp"
#include "wardmap/render/png.hpp"
#include "wardmap/render/svg.hpp"
#include "wardmap/report/docx.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace wardmap {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

/// Edges that would give a withheld value away are the minimum and maximum of the data, not those of rounded
/// classes; both are null where anything is withheld.
bool anything_withheld(const Table& table) {
    for (const Column& column : table.columns()) {
        if (column.is_text()) continue;
        for (std::size_t row = 0; row < column.size(); ++row) {
            if (column.state(row) == CellState::suppressed) return true;
        }
    }
    return false;
}

Json cell(const Column& column, std::size_t row) {
    if (column.is_text()) return column.text(row);
    switch (column.state(row)) {
        case CellState::value:
            return column.number(row);
        case CellState::suppressed:
            return "[c]";
        case CellState::not_applicable:
            return "[z]";
        case CellState::missing:
        case CellState::undefined:
            break;
    }
    return nullptr;
}

Json millimetres(const Box& box) {
    return {box.min_x, box.min_y, box.max_x, box.max_y};
}

Box box_of(const Json& numbers) {
    return {numbers.at(0).get<double>(), numbers.at(1).get<double>(), numbers.at(2).get<double>(),
            numbers.at(3).get<double>()};
}

Json data_of(const Table& table) {
    Json rows = Json::array();
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        Json record = Json::object();
        for (const Column& column : table.columns()) record[column.name()] = cell(column, row);
        rows.push_back(std::move(record));
    }
    return rows;
}

std::string picture_docx(const Figure& figure, const PictureOptions& options) {
    Document document;
    document.title = figure.title;
    document.figures.push_back({.figure = figure, .number = 1});
    Section only;
    only.blocks.push_back({Picture{0}});
    document.sections.push_back(std::move(only));
    const std::string picture = to_png(figure.scene, {.dpi = options.dpi, .threads = 0});
    return to_docx(document, {&picture, 1}, liberation_sans(),
                   {.front = DocxFront::left_out,
                    .template_file = options.template_file,
                    .created_s = options.created_s});
}

Json facts_json(const FigureFacts& facts) {
    Json out = {{"shades_counts", facts.shades_counts},     {"circles_of_rates", facts.circles_of_rates},
                {"shows_rates", facts.shows_rates},         {"marks_small", facts.marks_small},
                {"says_events", facts.says_events},         {"areas_without_row", facts.areas_without_row},
                {"rows_of_no_area", facts.rows_of_no_area}, {"labels_of_no_area", facts.labels_of_no_area},
                {"small_baselines", facts.small_baselines}};
    if (facts.linear_change_pct) out["linear_change_pct"] = *facts.linear_change_pct;
    return out;
}

}  // namespace

PictureFormat picture_format_of(std::string_view file) {
    std::string extension = std::filesystem::path(file).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (extension == ".svg") return PictureFormat::svg;
    if (extension == ".pdf") return PictureFormat::pdf;
    if (extension == ".png") return PictureFormat::png;
    if (extension == ".docx") return PictureFormat::docx;
    const std::vector<std::string> known{".svg", ".pdf", ".png", ".docx"};
    const std::string what = extension.empty()
                                 ? "'" + std::string(file) + "' has no ending that says what picture to write"
                                 : "pictures are not written as '" + extension + "'";
    throw UsageError(what, {}, did_you_mean(extension, known));
}

std::string figure_bytes(const Figure& figure, PictureFormat format, const PictureOptions& options) {
    switch (format) {
        case PictureFormat::svg:
            return to_svg(figure.scene, {.threads = 0});
        case PictureFormat::png:
            return to_png(figure.scene, {.dpi = options.dpi, .threads = 0});
        case PictureFormat::docx:
            return picture_docx(figure, options);
        case PictureFormat::pdf:
            break;
    }
    PdfOptions pdf;
    pdf.created_s = options.created_s;
    return to_pdf(figure.scene, pdf);
}

std::string figure_json(const Figure& figure) {
    const bool withheld = anything_withheld(figure.data);
    Json object;
    object["schema"] = "wardmap.figure/1";
    object["id"] = figure.id;
    object["kind"] = figure.kind;
    object["width_mm"] = figure.scene.width_mm;
    object["height_mm"] = figure.scene.height_mm;
    object["title"] = figure.title;
    object["subtitle"] = figure.subtitle;
    object["alt"] = figure.alt;
    object["description"] = figure.description;
    object["notes"] = figure.notes;
    object["sources"] = figure.sources;
    Json classes = Json::array();
    for (const FigureClass& one : figure.classes) {
        classes.push_back({{"label", one.label},
                           {"color", hex(one.color)},
                           {"count", one.count},
                           {"lower", withheld ? Json(nullptr) : number_or_null(one.lower)},
                           {"upper", withheld ? Json(nullptr) : number_or_null(one.upper)}});
    }
    object["classes"] = std::move(classes);
    if (figure.goodness_of_fit) object["goodness_of_fit"] = *figure.goodness_of_fit;
    Json area_classes = Json::object();
    const Column* codes = figure.data.find("area_code");
    for (std::size_t row = 0; codes != nullptr && row < figure.class_of_area.size() && row < codes->size();
         ++row) {
        if (!codes->text(row).empty()) area_classes[codes->text(row)] = figure.class_of_area[row];
    }
    object["class_of_area"] = std::move(area_classes);
    Json labels = Json::array();
    for (const PlacedLabel& label : figure.labels) {
        Json one = {{"code", label.code},
                    {"text", label.text},
                    {"box_mm", millimetres(label.box)},
                    {"leader", label.has_leader}};
        if (!label.lines.empty()) {
            one["lines_mm"] = Json::array();
            for (const Box& line : label.lines) one["lines_mm"].push_back(millimetres(line));
        }
        if (label.by_hand) one["by_hand"] = true;
        if (label.symbol) one["symbol_mm"] = {label.symbol->x, label.symbol->y};
        labels.push_back(std::move(one));
    }
    object["labels"] = std::move(labels);
    object["data"] = data_of(figure.data);
    object["log"] = figure.log;
    object["facts"] = facts_json(figure.facts);
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<PlacedLabel> labels_from_json(std::string_view json, const std::string& file) {
    std::vector<PlacedLabel> labels;
    try {
        const Json parsed = Json::parse(json);
        for (const Json& entry : parsed.at("labels")) {
            PlacedLabel label;
            label.code = entry.at("code").get<std::string>();
            label.text = entry.at("text").get<std::string>();
            label.box = box_of(entry.at("box_mm"));
            label.has_leader = entry.value("leader", false);
            label.by_hand = entry.value("by_hand", false);
            if (entry.contains("lines_mm")) {
                for (const Json& line : entry.at("lines_mm")) label.lines.push_back(box_of(line));
            }
            if (entry.contains("symbol_mm")) {
                const Json& symbol = entry.at("symbol_mm");
                label.symbol = Point{symbol.at(0).get<double>(), symbol.at(1).get<double>()};
            }
            if (!label.code.empty()) labels.push_back(std::move(label));
        }
    } catch (const nlohmann::json::exception& error) {
        throw InputError("this is no file of label positions (" + std::string(error.what()) + ")",
                         {.file = file}, "write one with --data-out and edit its box_mm");
    }
    return labels;
}

}  // namespace wardmap
