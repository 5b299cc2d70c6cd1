#include "wardmap/io/write_workbook.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/input_file.hpp"
#include "wardmap/io/office/module_interface.hpp"
#include "wardmap/io/office_module.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/column_meaning.hpp"
#include "wardmap/table/published_rounding.hpp"
#include "wardmap/table/spread_column.hpp"
#include "wardmap/table/total_row.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr std::size_t longest_sheet_name = 31;
constexpr double narrowest = 9;
constexpr double widest = 44;

/// A file of our own that goes away with it: libxlsxwriter writes to files only.
class TemporaryFile {
public:
    TemporaryFile() {
        std::error_code failed;
        path_ = (std::filesystem::temp_directory_path(failed) / "wardmap-XXXXXX").string();
        const int file = failed ? -1 : ::mkstemp(path_.data());
        if (file < 0)
            throw OutputError("no temporary file can be made", {.file = path_},
                              "is the folder writable? TMPDIR names another");
        ::close(file);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
};

/// The first `most` characters of UTF-8 text.
std::string first_characters(const std::string& text, std::size_t most) {
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (starts && characters++ == most) return text.substr(0, at);
    }
    return text;
}

std::size_t character_count(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// A name that Excel takes and that is not taken yet.
std::string sheet_name(const std::string& wanted, std::set<std::string>& taken) {
    std::string clean;
    for (const char c : wanted)
        clean += std::string_view("[]:*?/\\").find(c) == std::string_view::npos ? c : ' ';
    clean = std::string(trimmed(clean));
    while (!clean.empty() && clean.front() == '\'') clean.erase(0, 1);
    clean = first_characters(clean, longest_sheet_name);
    while (!clean.empty() && (clean.back() == '\'' || clean.back() == ' ')) clean.pop_back();
    if (clean.empty() || lower_ascii(clean) == "history") clean = "Table";
    std::string name = clean;
    for (int n = 2; !taken.insert(lower_ascii(name)).second; ++n) {
        const std::string number = " " + std::to_string(n);
        name = first_characters(clean, longest_sheet_name - number.size()) + number;
    }
    return name;
}

bool is_total_row(const Table& table, std::size_t row) {
    for (const Column& column : table.columns()) {
        if (!column.is_text()) return false;
        if (is_total_name(column.text(row))) return true;
    }
    return false;
}

/// Columns of names at the left that stay in view.
std::size_t columns_of_names(const Table& table) {
    std::size_t n = 0;
    while (n < 2 && n < table.columns().size() && table.columns()[n].is_text()) ++n;
    return n == table.columns().size() ? 0 : n;
}

SheetCell text_cell(std::size_t row, std::size_t column, CellLook look, std::string text) {
    return {.row = row, .column = column, .look = look, .is_text = true, .text = std::move(text)};
}

Sheet sheet_of(const Table& table, const std::string& name) {
    if (table.row_count() + 1 > most_sheet_rows || table.columns().size() > most_sheet_columns) {
        throw OutputError("a table of " + counted(table.row_count(), "row") + " and " +
                              counted(table.columns().size(), "column") + " does not fit into a sheet",
                          {.layer = name}, "write it as .csv");
    }
    std::vector<bool> is_total(table.row_count());
    for (std::size_t row = 0; row < table.row_count(); ++row) is_total[row] = is_total_row(table, row);
    Sheet sheet{
        .name = name, .has_header = true, .columns_in_view = columns_of_names(table), .is_landscape = true};
    for (std::size_t c = 0; c < table.columns().size(); ++c) {
        const Column& column = table.columns()[c];
        const int decimals = published_decimals(column);
        sheet.cells.push_back(
            text_cell(0, c, column.is_text() ? CellLook::header : CellLook::number_header, column.name()));
        std::size_t longest = character_count(column.name());
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            const CellLook number_look = is_total[row] ? CellLook::bold_number : CellLook::number;
            if (!column.is_text() && column.state(row) == CellState::value &&
                std::isfinite(column.number(row))) {
                sheet.cells.push_back({.row = row + 1,
                                       .column = c,
                                       .look = number_look,
                                       .decimals = decimals,
                                       .number = column.number(row) + 0.0});
                longest = std::max(longest, with_thousands(column.number(row), decimals).size());
                continue;
            }
            std::string text = text_of_cell(column, row);
            if (text.empty()) continue;
            longest = std::max(longest, character_count(text));
            const CellLook text_look = is_total[row] ? CellLook::bold : CellLook::plain;
            sheet.cells.push_back(
                text_cell(row + 1, c, column.is_text() ? text_look : number_look, std::move(text)));
            sheet.cells.back().decimals = decimals;
        }
        sheet.widths.push_back(std::clamp(static_cast<double>(longest) * 1.1 + 2.0, narrowest, widest));
    }
    return sheet;
}

std::string joined(const std::string& a, std::string_view between, const std::string& b) {
    return a.empty() ? b : b.empty() ? a : a + std::string(between) + b;
}

/// What is known of a table, as label and text.
std::vector<std::pair<std::string, std::string>> about(const Table& table) {
    const TableMeta& meta = table.meta();
    std::vector<std::pair<std::string, std::string>> lines;
    const auto add = [&](const char* label, const std::string& text) {
        if (!text.empty()) lines.emplace_back(label, text);
    };
    add("Title", meta.title);
    add("Measure", meta.measure);
    add("Unit", meta.unit);
    add("Periods", joined(meta.period_before, " and ", meta.period_after));
    add("Rates per", meta.per > 0 ? with_thousands(meta.per, 0) : std::string{});
    add("Denominator", joined(meta.denominator, ", ", meta.denominator_year));
    add("Quadrants cut at", meta.cuts);
    add("Small numbers", meta.small_numbers == "none" ? std::string{} : meta.small_numbers);
    add("Method", meta.method);
    add("Source", meta.source);
    for (const std::string& line : meta.attribution) add("Attribution", line);
    for (const std::string& note : meta.notes) add("Note", note);
    return lines;
}

Sheet about_sheet(const std::vector<std::pair<std::string, Table>>& tables) {
    Sheet page{.name = "About", .widths = {24, 100}};
    std::size_t row = 0;
    const auto line = [&](const std::string& label, const std::string& text) {
        page.cells.push_back(text_cell(row, 0, CellLook::label, label));
        page.cells.push_back(text_cell(row++, 1, CellLook::wrapped, text));
    };
    std::map<std::string, bool> said;  // meanings of columns that came before
    for (const auto& [name, table] : tables) {
        if (row > 0) ++row;
        page.cells.push_back(text_cell(row++, 0, CellLook::title, "Sheet " + name));
        for (const auto& [label, text] : about(table)) line(label, text);
        for (const Column& column : table.columns()) {
            const std::string meaning = column_meaning(column, table.meta());
            if (!meaning.empty() && !std::exchange(said[column.name() + "\n" + meaning], true))
                line(column.name(), meaning);
        }
    }
    return page;
}

}  // namespace

std::string workbook_bytes(std::span<const NamedTable> tables, const WriteTableOptions& options) {
    if (tables.empty()) throw OutputError("a workbook needs at least one table");
    Workbook book{.author = "wardmap", .created_s = std::max<std::int64_t>(options.created, 1)};
    if (tables.size() == 1) book.title = tables.front().table.meta().title;
    std::set<std::string> taken{"about"};
    std::vector<std::pair<std::string, Table>> sheets;
    for (const NamedTable& one : tables) {
        Table table = options.precision == Precision::published ? rounded_as_published(one.table) : one.table;
        if (!options.wide.empty()) table = spread_column(table, options.wide);
        const std::string name = sheet_name(one.name, taken);
        book.sheets.push_back(sheet_of(table, name));
        sheets.emplace_back(name, std::move(table));
    }
    const bool anything = std::any_of(sheets.begin(), sheets.end(),
                                      [](const auto& sheet) { return !about(sheet.second).empty(); });
    if (anything) book.sheets.push_back(about_sheet(sheets));
    const OfficeModule& office = office_module();
    const TemporaryFile file;
    try {
        office.write_workbook(book, file.path());
    } catch (const std::runtime_error& why) {
        throw OutputError(std::string("the workbook cannot be written: ") + why.what(), {},
                          "write the table as .csv");
    }
    return read_input(file.path());
}

}  // namespace wardmap
