#include "wardmap/io/write_workbook.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/input_file.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/column_meaning.hpp"
#include "wardmap/table/published_rounding.hpp"
#include "wardmap/table/spread_column.hpp"
#include "wardmap/table/total_row.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr std::size_t longest_sheet_name = 31;
constexpr double narrowest = 9;
constexpr double widest = 44;
constexpr int most_decimals = 3;

/// A file of our own that goes away with it. libxlsxwriter writes to files only.
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

void check(lxw_error error, const std::string& sheet) {
    if (error != LXW_NO_ERROR)
        throw OutputError(std::string("the workbook cannot be written: ") + lxw_strerror(error),
                          {.layer = sheet});
}

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

/// The formats of one workbook; they belong to it.
class Formats {
public:
    explicit Formats(lxw_workbook* book) : book_(book) {
        header_ = workbook_add_format(book_);
        format_set_bold(header_);
        format_set_text_wrap(header_);
        format_set_align(header_, LXW_ALIGN_VERTICAL_BOTTOM);
        format_set_bottom(header_, LXW_BORDER_THIN);
        number_header_ = workbook_add_format(book_);
        format_set_bold(number_header_);
        format_set_text_wrap(number_header_);
        format_set_align(number_header_, LXW_ALIGN_RIGHT);
        format_set_align(number_header_, LXW_ALIGN_VERTICAL_BOTTOM);
        format_set_bottom(number_header_, LXW_BORDER_THIN);
        title_ = workbook_add_format(book_);
        format_set_bold(title_);
        format_set_font_size(title_, 13);
        wrapped_ = workbook_add_format(book_);
        format_set_text_wrap(wrapped_);
        format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
        label_ = workbook_add_format(book_);
        format_set_align(label_, LXW_ALIGN_VERTICAL_TOP);
        for (int decimals = 0; decimals <= most_decimals; ++decimals) {
            std::string pattern = "#,##0";
            if (decimals > 0) pattern += "." + std::string(static_cast<std::size_t>(decimals), '0');
            for (const bool bold : {false, true}) {
                lxw_format* format = workbook_add_format(book_);
                format_set_num_format(format, pattern.c_str());
                format_set_align(format, LXW_ALIGN_RIGHT);
                if (bold) format_set_bold(format);
                (bold ? bold_numbers_ : numbers_).at(static_cast<std::size_t>(decimals)) = format;
            }
        }
        bold_text_ = workbook_add_format(book_);
        format_set_bold(bold_text_);
    }

    lxw_format* header(bool is_text) const { return is_text ? header_ : number_header_; }
    lxw_format* title() const { return title_; }
    lxw_format* wrapped() const { return wrapped_; }
    lxw_format* label() const { return label_; }
    lxw_format* text(bool bold) const { return bold ? bold_text_ : nullptr; }
    lxw_format* number(int decimals, bool bold) const {
        const auto at = static_cast<std::size_t>(std::clamp(decimals, 0, most_decimals));
        return bold ? bold_numbers_[at] : numbers_[at];
    }

private:
    lxw_workbook* book_;
    lxw_format* header_ = nullptr;
    lxw_format* number_header_ = nullptr;
    lxw_format* title_ = nullptr;
    lxw_format* wrapped_ = nullptr;
    lxw_format* label_ = nullptr;
    lxw_format* bold_text_ = nullptr;
    std::array<lxw_format*, most_decimals + 1> numbers_{};
    std::array<lxw_format*, most_decimals + 1> bold_numbers_{};
};

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

void write_sheet(lxw_worksheet* sheet, const Table& table, const Formats& formats, const std::string& name) {
    if (table.row_count() + 1 > LXW_ROW_MAX || table.columns().size() > LXW_COL_MAX) {
        throw OutputError("a table of " + counted(table.row_count(), "row") + " and " +
                              counted(table.columns().size(), "column") + " does not fit into a sheet",
                          {.layer = name}, "write it as .csv");
    }
    std::vector<bool> is_total(table.row_count());
    for (std::size_t row = 0; row < table.row_count(); ++row) is_total[row] = is_total_row(table, row);
    for (std::size_t c = 0; c < table.columns().size(); ++c) {
        const Column& column = table.columns()[c];
        const auto at = static_cast<lxw_col_t>(c);
        const int decimals = published_decimals(column);
        check(worksheet_write_string(sheet, 0, at, column.name().c_str(), formats.header(column.is_text())),
              name);
        std::size_t longest = character_count(column.name());
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            const auto line = static_cast<lxw_row_t>(row + 1);
            const bool number = !column.is_text() && column.state(row) == CellState::value &&
                                std::isfinite(column.number(row));
            if (number) {
                lxw_format* format = formats.number(decimals, is_total[row]);
                check(worksheet_write_number(sheet, line, at, column.number(row) + 0.0, format), name);
                longest = std::max(longest, with_thousands(column.number(row), decimals).size());
                continue;
            }
            const std::string text = text_of_cell(column, row);
            if (text.empty()) continue;
            lxw_format* format =
                column.is_text() ? formats.text(is_total[row]) : formats.number(decimals, is_total[row]);
            check(worksheet_write_string(sheet, line, at, text.c_str(), format), name);
            longest = std::max(longest, character_count(text));
        }
        const double width = std::clamp(static_cast<double>(longest) * 1.1 + 2.0, narrowest, widest);
        check(worksheet_set_column(sheet, at, at, width, nullptr), name);
    }
    worksheet_freeze_panes(sheet, 1, static_cast<lxw_col_t>(columns_of_names(table)));
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
    worksheet_fit_to_pages(sheet, 1, 0);
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

class AboutSheet {
public:
    AboutSheet(lxw_workbook* book, const std::string& name, const Formats& formats)
        : sheet_(workbook_add_worksheet(book, name.c_str())), name_(name), formats_(formats) {
        if (sheet_ == nullptr) throw OutputError("the workbook cannot be written", {.layer = name});
        check(worksheet_set_column(sheet_, 0, 0, 24, nullptr), name_);
        check(worksheet_set_column(sheet_, 1, 1, 100, nullptr), name_);
        worksheet_set_portrait(sheet_);
        worksheet_set_paper(sheet_, 9);
        worksheet_fit_to_pages(sheet_, 1, 0);
    }
    void title(const std::string& text) {
        if (row_ > 0) ++row_;
        check(worksheet_write_string(sheet_, row_++, 0, text.c_str(), formats_.title()), name_);
    }
    void line(const std::string& label, const std::string& text) {
        check(worksheet_write_string(sheet_, row_, 0, label.c_str(), formats_.label()), name_);
        check(worksheet_write_string(sheet_, row_++, 1, text.c_str(), formats_.wrapped()), name_);
    }

private:
    lxw_worksheet* sheet_;
    std::string name_;
    const Formats& formats_;
    lxw_row_t row_ = 0;
};

void write_about(lxw_workbook* book, const std::vector<std::pair<std::string, Table>>& sheets,
                 const std::string& name, const Formats& formats) {
    AboutSheet page(book, name, formats);
    std::map<std::string, bool> said;  // meanings of columns that came before
    for (const auto& [sheet, table] : sheets) {
        page.title("Sheet " + sheet);
        for (const auto& [label, text] : about(table)) page.line(label, text);
        for (const Column& column : table.columns()) {
            const std::string meaning = column_meaning(column, table.meta());
            if (!meaning.empty() && !std::exchange(said[column.name() + "\n" + meaning], true))
                page.line(column.name(), meaning);
        }
    }
}

/// Closes the book whatever happens; close() is where libxlsxwriter writes.
struct AbandonWorkbook {
    void operator()(lxw_workbook* book) const noexcept { lxw_workbook_free(book); }
};

}  // namespace

std::string workbook_bytes(std::span<const NamedTable> tables, const WriteTableOptions& options) {
    if (tables.empty()) throw OutputError("a workbook needs at least one table");
    // libxlsxwriter writes its time through gmtime(), which has one answer for all threads.
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> lock(one_at_a_time);
    const TemporaryFile file;
    std::unique_ptr<lxw_workbook, AbandonWorkbook> book(workbook_new(file.path().c_str()));
    if (!book)
        throw OutputError("the workbook cannot be made", {.file = file.path()}, "is there memory left?");
    const Formats formats(book.get());
    std::set<std::string> taken{"about"};
    std::vector<std::pair<std::string, Table>> sheets;
    for (const NamedTable& one : tables) {
        Table table = options.precision == Precision::published ? rounded_as_published(one.table) : one.table;
        if (!options.wide.empty()) table = spread_column(table, options.wide);
        const std::string name = sheet_name(one.name, taken);
        lxw_worksheet* sheet = workbook_add_worksheet(book.get(), name.c_str());
        if (sheet == nullptr)
            throw OutputError("the workbook cannot have a sheet of this name", {.layer = name});
        write_sheet(sheet, table, formats, name);
        sheets.emplace_back(name, std::move(table));
    }
    const bool anything = std::any_of(sheets.begin(), sheets.end(),
                                      [](const auto& sheet) { return !about(sheet.second).empty(); });
    if (anything) write_about(book.get(), sheets, "About", formats);
    std::string title = tables.front().table.meta().title;
    std::string author = "wardmap";
    lxw_doc_properties properties{};
    properties.title = tables.size() == 1 ? title.data() : nullptr;
    properties.author = author.data();
    properties.created = static_cast<time_t>(std::max<std::int64_t>(options.created, 1));
    check(workbook_set_properties(book.get(), &properties), {});
    check(workbook_close(book.release()), {});
    return read_input(file.path());
}

}  // namespace wardmap
