#include "wardmap/report/table_file.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/report/table_docx.hpp"

#include <algorithm>
#include <array>

namespace wardmap {
namespace {

constexpr std::array<std::string_view, 4> endings{".csv", ".json", ".xlsx", ".docx"};

std::string ending_of(const std::filesystem::path& file) {
    return lower_ascii(file.extension().string());
}

}  // namespace

void check_table_file(std::string_view file) {
    const std::string ending = ending_of(std::filesystem::path(file));
    if (std::find(endings.begin(), endings.end(), ending) != endings.end()) return;
    throw UsageError(ending.empty() ? "the name has no ending that says what to write"
                                    : "a table cannot be written as '" + ending + "'",
                     {.file = std::string(file)}, "the endings are .csv, .json, .xlsx and .docx");
}

std::vector<WrittenFile> write_table_file(const std::filesystem::path& file, const Table& table,
                                          const TableFileOptions& options, Overwrite overwrite) {
    check_table_file(file.string());
    if (ending_of(file) != ".docx") return write_table(file, table, options.table, overwrite);
    check_output(file, overwrite);
    WrittenFile out{file,
                    table_docx(table, liberation_sans(),
                               {.template_file = options.template_file, .created_s = options.table.created})};
    write_output(file, out.bytes, overwrite);
    return {std::move(out)};
}

}  // namespace wardmap
