#include "wardmap/io/read_table.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/gdal_module.hpp"
#include "wardmap/io/grid_table.hpp"
#include "wardmap/io/input_file.hpp"
#include "wardmap/io/sha256.hpp"
#include "wardmap/io/table_metadata.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/select_rows.hpp"

#include <filesystem>
#include <utility>

namespace wardmap {
namespace {

bool is_workbook(const std::string& path, std::string_view bytes) {
    const std::string ending = lower_ascii(std::filesystem::path(path).extension().string());
    if (ending == ".xlsx" || ending == ".xlsm" || ending == ".xls" || ending == ".ods") return true;
    // A zip whose first entry is one of a workbook, under another name.
    return path != "-" && bytes.substr(0, 4) == "PK\x03\x04" &&
           (bytes.substr(30, 19) == "[Content_Types].xml" || bytes.substr(30, 8) == "mimetype" ||
            bytes.substr(30, 3) == "xl/" || bytes.substr(30, 6) == "_rels/" ||
            bytes.substr(30, 9) == "docProps/");
}

/// A sheet that could be meant: it has a table, best one of numbers.
enum class SheetWorth : unsigned char { nothing, words, numbers };

SheetWorth worth_of(const RawSheet& sheet, const std::string& path) {
    try {
        const GridTable found = table_from_grid(sheet.cells, {.file = path, .sheet = sheet.name});
        if (found.table.columns().size() < 2) return SheetWorth::nothing;
        for (const Column& column : found.table.columns()) {
            if (looks_numeric(column)) return SheetWorth::numbers;
        }
        return SheetWorth::words;
    } catch (const InputError&) {
        return SheetWorth::nothing;  // a cover page or an empty sheet: not the one
    }
}

const RawSheet& named_sheet(const std::vector<RawSheet>& sheets, const std::string& path,
                            const std::string& wanted) {
    const std::string lower = lower_ascii(trimmed(wanted));
    std::vector<std::string> names;
    for (const RawSheet& sheet : sheets) {
        if (sheet.name == wanted) return sheet;
        names.push_back(sheet.name);
    }
    for (const RawSheet& sheet : sheets) {
        if (lower_ascii(trimmed(sheet.name)) == lower) return sheet;
    }
    const auto place = parse_number(lower);
    if (place && *place >= 1 && *place <= static_cast<double>(sheets.size()) &&
        *place == static_cast<double>(static_cast<std::size_t>(*place))) {
        return sheets[static_cast<std::size_t>(*place) - 1];
    }
    throw NameUnknown("there is no sheet '" + wanted + "'", {.file = path}, did_you_mean(wanted, names));
}

const RawSheet& chosen_sheet(const std::vector<RawSheet>& sheets, const std::string& path,
                             const std::string& wanted, std::vector<std::string>& guesses) {
    if (sheets.empty()) throw InputError("the workbook has no sheets", {.file = path});
    if (!wanted.empty()) return named_sheet(sheets, path, wanted);
    if (sheets.size() == 1) return sheets.front();
    const RawSheet* best = nullptr;
    SheetWorth worth = SheetWorth::nothing;
    for (const RawSheet& sheet : sheets) {
        const SheetWorth here = worth_of(sheet, path);
        if (here > worth) {
            worth = here;
            best = &sheet;
        }
    }
    std::string names;
    for (const RawSheet& sheet : sheets) names += (names.empty() ? "" : ", ") + sheet.name;
    if (best == nullptr)
        throw InputError("none of the sheets holds a table: " + names, {.file = path},
                         "name one with --sheet");
    guesses.push_back("sheet of " + path + ": " + best->name + " (of " + names + ")");
    return *best;
}

/// "Source: Police" -> "Police"
std::string source_in(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        if (lower_ascii(text.substr(0, 7)) == "source:")
            return std::string(trimmed(std::string_view(text).substr(7)));
    }
    return {};
}

void add_metadata(ReadTable& read, const std::string& path) {
    const std::filesystem::path beside = metadata_path(path);
    std::error_code failed;
    if (path == "-" || !std::filesystem::is_regular_file(beside, failed)) return;
    try {
        const TableMetadata known = parse_table_metadata(read_input(beside.string()));
        std::vector<Column> columns;
        for (const Column& column : read.table.columns()) {
            const auto unit = known.units.find(column.name());
            columns.push_back(unit == known.units.end() ? column : column.with_unit(unit->second));
        }
        read.table = Table(std::move(columns), known.meta, read.table.origin());
        read.guesses.push_back("metadata of " + path + ": " + beside.filename().string());
    } catch (const InputError& error) {
        read.problems.add(Severity::warning, "bad_metadata",
                          "the metadata beside the table cannot be read and was left out",
                          {.file = beside.string()}, error.what_happened());
    }
}

}  // namespace

ReadTable read_table(const std::string& path, const ReadTableOptions& options) {
    std::string bytes = read_input(path);
    const std::string name = path == "-" ? "standard input" : path;
    ReadTable read;
    read.sha256 = sha256_of(bytes);
    GridTable found;
    if (is_workbook(path, bytes)) {
        if (bytes.empty()) throw InputError("the file is empty", {.file = name}, "export it again");
        const std::vector<RawSheet> sheets = read_workbook(path);
        const RawSheet& sheet = chosen_sheet(sheets, path, options.sheet, read.guesses);
        found = table_from_grid(sheet.cells,
                                {.file = path, .sheet = sheet.name, .header_row = options.header_row});
    } else {
        CsvGrid grid = read_csv(std::move(bytes), name);
        if (!options.sheet.empty()) {
            grid.problems.add(Severity::note, "no_sheets", "a text file has no sheets; --sheet was not used",
                              {.file = name}, options.sheet);
        }
        read.problems.merge(grid.problems);
        read.guesses = std::move(grid.guesses);
        found = table_from_grid(std::move(grid.cells),
                                {.file = name, .sheet = {}, .header_row = options.header_row});
    }
    read.table = std::move(found.table);
    read.problems.merge(found.problems);
    read.guesses.insert(read.guesses.end(), found.guesses.begin(), found.guesses.end());
    read.texts_above = std::move(found.texts_above);
    read.texts_below = std::move(found.texts_below);
    read.rows_read = read.table.row_count();
    add_metadata(read, path);
    if (read.table.meta().source.empty()) {
        TableMeta meta = read.table.meta();
        meta.source = source_in(read.texts_above);
        if (meta.source.empty()) meta.source = source_in(read.texts_below);
        if (!meta.source.empty()) {
            read.guesses.push_back("source of " + name + ": " + meta.source);
            read.table = read.table.with(meta);
        }
    }
    for (const auto& [column, value] : options.where) read.table = rows_where(read.table, column, value);
    read.rows_filtered = read.rows_read - read.table.row_count();
    return read;
}

}  // namespace wardmap
