#include "wardmap/io/office/workbook.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace wardmap {
namespace {

constexpr int most_decimals = 3;
constexpr std::uint8_t a4 = 9;
static_assert(most_sheet_rows == LXW_ROW_MAX && most_sheet_columns == LXW_COL_MAX);

[[noreturn]] void fail(const std::string& sheet, const std::string& why) {
    throw std::runtime_error(sheet.empty() ? why : "sheet '" + sheet + "': " + why);
}

void check(lxw_error error, const std::string& sheet) {
    if (error != LXW_NO_ERROR) fail(sheet, lxw_strerror(error));
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
            const auto at = static_cast<std::size_t>(decimals);
            std::string pattern = "#,##0";
            if (decimals > 0) pattern += "." + std::string(at, '0');
            numbers_.at(at) = number_format(pattern);
            bold_numbers_.at(at) = number_format(pattern);
            format_set_bold(bold_numbers_.at(at));
        }
        bold_ = workbook_add_format(book_);
        format_set_bold(bold_);
    }

    /// Null for plain text.
    lxw_format* of(const SheetCell& cell) const {
        const auto decimals = static_cast<std::size_t>(std::clamp(cell.decimals, 0, most_decimals));
        switch (cell.look) {
            case CellLook::plain:
                return nullptr;
            case CellLook::bold:
                return bold_;
            case CellLook::header:
                return header_;
            case CellLook::number_header:
                return number_header_;
            case CellLook::title:
                return title_;
            case CellLook::label:
                return label_;
            case CellLook::wrapped:
                return wrapped_;
            case CellLook::number:
                return numbers_[decimals];
            case CellLook::bold_number:
                return bold_numbers_[decimals];
        }
        return nullptr;
    }

private:
    lxw_format* number_format(const std::string& pattern) {
        lxw_format* const format = workbook_add_format(book_);
        format_set_num_format(format, pattern.c_str());
        format_set_align(format, LXW_ALIGN_RIGHT);
        return format;
    }

    lxw_workbook* book_;
    lxw_format* header_ = nullptr;
    lxw_format* number_header_ = nullptr;
    lxw_format* title_ = nullptr;
    lxw_format* wrapped_ = nullptr;
    lxw_format* label_ = nullptr;
    lxw_format* bold_ = nullptr;
    std::array<lxw_format*, most_decimals + 1> numbers_{};
    std::array<lxw_format*, most_decimals + 1> bold_numbers_{};
};

void write_sheet(lxw_workbook* book, const Sheet& sheet, const Formats& formats) {
    lxw_worksheet* const to = workbook_add_worksheet(book, sheet.name.c_str());
    if (to == nullptr) fail(sheet.name, "a sheet cannot have this name");
    for (const SheetCell& cell : sheet.cells) {
        const auto row = static_cast<lxw_row_t>(cell.row);
        const auto column = static_cast<lxw_col_t>(cell.column);
        lxw_format* const format = formats.of(cell);
        check(cell.is_text ? worksheet_write_string(to, row, column, cell.text.c_str(), format)
                           : worksheet_write_number(to, row, column, cell.number, format),
              sheet.name);
    }
    for (std::size_t c = 0; c < sheet.widths.size(); ++c) {
        const auto column = static_cast<lxw_col_t>(c);
        check(worksheet_set_column(to, column, column, sheet.widths[c], nullptr), sheet.name);
    }
    if (sheet.has_header) {
        worksheet_freeze_panes(to, 1, static_cast<lxw_col_t>(sheet.columns_in_view));
        worksheet_repeat_rows(to, 0, 0);
    }
    if (sheet.is_landscape) {
        worksheet_set_landscape(to);
    } else {
        worksheet_set_portrait(to);
    }
    worksheet_set_paper(to, a4);
    worksheet_fit_to_pages(to, 1, 0);
}

struct AbandonWorkbook {
    void operator()(lxw_workbook* book) const noexcept { lxw_workbook_free(book); }
};

}  // namespace

void write_xlsx(const Workbook& given, const std::string& path) {
    std::unique_ptr<lxw_workbook, AbandonWorkbook> book(workbook_new(path.c_str()));
    if (!book) fail({}, "there is no memory left");
    const Formats formats(book.get());
    for (const Sheet& sheet : given.sheets) write_sheet(book.get(), sheet, formats);
    std::string title = given.title;
    std::string author = given.author;
    lxw_doc_properties properties{};
    properties.title = title.empty() ? nullptr : title.data();
    properties.author = author.data();
    properties.created = static_cast<time_t>(given.created_s);
    check(workbook_set_properties(book.get(), &properties), {});
    check(workbook_close(book.release()), {});  // this is where it writes
}

}  // namespace wardmap
