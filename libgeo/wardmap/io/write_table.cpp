#include "wardmap/io/write_table.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/csv_text.hpp"
#include "wardmap/io/table_metadata.hpp"
#include "wardmap/io/write_workbook.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/published_rounding.hpp"
#include "wardmap/table/spread_column.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace wardmap {
namespace {

Table prepared(const Table& table, const WriteTableOptions& options) {
    const Table rounded = options.precision == Precision::published ? rounded_as_published(table) : table;
    return options.wide.empty() ? rounded : spread_column(rounded, options.wide);
}

std::string json_text(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string csv_of(const Table& table) {
    std::string out;
    const auto columns = table.columns();
    const CsvCell kind = columns.size() == 1 ? CsvCell::alone : CsvCell::among_others;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (c > 0) out += ',';
        append_csv_cell(out, columns[c].name(), kind);
    }
    out += '\n';
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (c > 0) out += ',';
            append_csv_cell(out, text_of_cell(columns[c], row), kind);
        }
        out += '\n';
    }
    return out;
}

std::string json_of(const Table& table) {
    std::vector<std::string> keys;
    for (const Column& column : table.columns()) keys.push_back(json_text(column.name()));
    std::string out = "[";
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        out += row > 0 ? ",\n  {" : "\n  {";
        for (std::size_t c = 0; c < keys.size(); ++c) {
            const Column& column = table.columns()[c];
            if (c > 0) out += ", ";
            out += keys[c] + ": ";
            if (column.is_text()) {
                out += json_text(column.text(row));
            } else {
                const std::string number = column.state(row) == CellState::value
                                               ? full_precision(column.number(row))
                                               : std::string{};
                out += number.empty() ? "null" : number;
            }
        }
        out += "}";
    }
    return out + (table.row_count() > 0 ? "\n]\n" : "]\n");
}

}  // namespace

TableFormat table_format_of(const std::filesystem::path& file) {
    const std::string ending = lower_ascii(file.extension().string());
    if (ending == ".csv") return TableFormat::csv;
    if (ending == ".json") return TableFormat::json;
    if (ending == ".xlsx") return TableFormat::xlsx;
    throw UsageError("a table cannot be written as '" + ending + "'", {.file = file.string()},
                     "the endings are .csv, .json and .xlsx");
}

std::string table_csv(const Table& table, const WriteTableOptions& options) {
    return csv_of(prepared(table, options));
}

std::string table_json(const Table& table, const WriteTableOptions& options) {
    return json_of(prepared(table, options));
}

std::string table_bytes(const Table& table, TableFormat format, const WriteTableOptions& options) {
    switch (format) {
        case TableFormat::csv:
            return table_csv(table, options);
        case TableFormat::json:
            return table_json(table, options);
        case TableFormat::xlsx:
            break;
    }
    const std::array<NamedTable, 1> one{NamedTable{"Table", table}};
    return workbook_bytes(one, options);
}

std::vector<WrittenFile> write_table(const std::filesystem::path& file, const Table& table,
                                     const WriteTableOptions& options, Overwrite overwrite) {
    const TableFormat format = table_format_of(file);
    const std::filesystem::path beside = metadata_path(file);
    check_output(file, overwrite);
    check_output(beside, overwrite);
    const Table ready = prepared(table, options);
    const WriteTableOptions as_is{.precision = Precision::full, .wide = {}, .created = options.created};
    std::vector<WrittenFile> written;
    written.push_back({file, table_bytes(ready, format, as_is)});
    written.push_back({beside, table_metadata_json(ready, file.filename().string())});
    for (const WrittenFile& one : written) write_output(one.path, one.bytes, overwrite);
    return written;
}

}  // namespace wardmap
