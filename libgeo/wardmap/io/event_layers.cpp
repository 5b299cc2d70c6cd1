#include "wardmap/io/event_layers.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/gdal_module.hpp"
#include "wardmap/io/read_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <utility>

namespace wardmap {
namespace {

constexpr std::array<std::string_view, 11> layer_endings{
    ".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml", ".kmz", ".gml", ".gpx", ".tab", ".topojson"};
constexpr std::array<std::string_view, 4> workbook_endings{".xlsx", ".xlsm", ".xls", ".ods"};

std::string ending_of(const std::string& path) {
    return lower_ascii(std::filesystem::path(path).extension().string());
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& endings, const std::string& ending) {
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

/// Text in memory.
class TextSource final : public ByteSource {
public:
    TextSource(std::string name, std::string text)
        : name_(std::move(name)), text_(std::move(text)), left_(text_) {}
    const std::string& name() const override { return name_; }
    std::string_view next(std::size_t most) override {
        const std::string_view piece = left_.substr(0, most);
        left_.remove_prefix(piece.size());
        return piece;
    }
    bool is_mapped() const noexcept override { return true; }

private:
    std::string name_;
    std::string text_;
    std::string_view left_;
};

void append_cell(std::string& text, std::string_view cell) {
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        text += cell;
        return;
    }
    text += '"';
    for (const char c : cell) {
        if (c == '"') text += '"';
        text += c;
    }
    text += '"';
}

EventLayer from_points(const std::string& path, const std::string& layer) {
    const RawPoints points = read_points(path, layer);
    EventLayer out;
    out.has_points = true;
    out.crs = points.crs;
    if (points.not_points > 0) {
        out.problems.add(Severity::problem, "not_points",
                         "features are lines, polygons or several points; the rows have no location",
                         {.file = path, .layer = points.name}, {}, points.not_points);
    }
    std::string text;
    for (const std::string& name : points.field_names) {
        append_cell(text, name);
        text += ',';
    }
    text += std::string(point_x_column) + "," + point_y_column + "\n";
    for (std::size_t row = 0; row < points.x.size(); ++row) {
        for (const auto& field : points.fields) {
            append_cell(text, field[row]);
            text += ',';
        }
        const bool somewhere = std::isfinite(points.x[row]) && std::isfinite(points.y[row]);
        if (somewhere) text += full_precision(points.x[row]);
        text += ',';
        if (somewhere) text += full_precision(points.y[row]);
        text += '\n';
    }
    out.text = std::make_unique<TextSource>(path, std::move(text));
    return out;
}

EventLayer from_workbook(const std::string& path, const std::string& sheet) {
    ReadTable read = read_table(path, {.sheet = sheet});
    EventLayer out;
    out.problems = std::move(read.problems);
    out.guesses = std::move(read.guesses);
    if (!read.table.origin().rows.empty()) out.rows_above = read.table.origin().rows.front() - 1;
    std::string text;
    const auto columns = read.table.columns();
    const auto put_row = [&](const auto& cell) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i > 0) text += ',';
            append_cell(text, cell(columns[i]));
        }
        text += '\n';
    };
    put_row([](const Column& column) { return std::string_view(column.name()); });
    for (std::size_t row = 0; row < read.table.row_count(); ++row) {
        put_row([&](const Column& column) { return std::string_view(column.text(row)); });
    }
    out.text = std::make_unique<TextSource>(path, std::move(text));
    return out;
}

}  // namespace

bool is_event_layer(const std::string& path) {
    const std::string ending = ending_of(path);
    if (ending == ".zip") {
        const std::vector<std::string> members = zip_without_rows(path);
        return std::any_of(members.begin(), members.end(), [](const std::string& member) {
            return is_one_of(layer_endings, ending_of(member));
        });
    }
    return is_one_of(layer_endings, ending) || is_one_of(workbook_endings, ending);
}

EventLayer open_event_layer(const std::string& path, const EventSource& source) {
    if (is_one_of(workbook_endings, ending_of(path))) return from_workbook(path, source.sheet);
    return from_points(path, source.layer);
}

}  // namespace wardmap
